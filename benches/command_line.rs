//! The whole process, from start to exit: a corpus against `wc -m` on the same files in the same run, and a small file
//! against `true`. `cargo bench --bench command_line`; figures are of the machine and the minute, ratios less so.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const CORPUS_BYTES: usize = 60_000_000;
const FILES_PER_FOLDER: usize = 200;
const ROUNDS: usize = 5;

/// Sentences are put together from these, so that the corpus reads like articles and holds few copies.
const WHO: [&str; 12] = [
    "镇里的老木匠",
    "河边小学的师生",
    "修桥队的年轻人",
    "合唱团的姑娘们",
    "供销社的营业员",
    "渔港的船老大",
    "果园的技术员",
    "图书馆的志愿者",
    "消防站的队员",
    "邮局的投递员",
    "山村卫生室的大夫",
    "棉纺车间的女工",
];
const WHEN: [&str; 12] = [
    "去年秋天",
    "天刚亮的时候",
    "雨季到来之前",
    "这个星期",
    "三月里",
    "午饭过后",
    "整个冬天",
    "开学那天",
    "月底",
    "连着几个晚上",
    "收工以后",
    "赶集的日子",
];
const WHAT: [&str; 12] = [
    "把旧仓库改成了活动室",
    "给每户人家送去一份清单",
    "沿着山路走访了十几个寨子",
    "清点了全部器材并登记造册",
    "请来师傅讲解操作要领",
    "量好尺寸重新铺设了水管",
    "收集了两百多条意见",
    "种下一千多棵树苗",
    "排练新编的节目",
    "修好了停用多年的水车",
    "整理出一本厚厚的台账",
    "为孤寡老人检查线路",
];
const HOW: [&str; 12] = [
    "大家都说这样更方便",
    "一点也不敢马虎",
    "前后花了整整四十天",
    "没有花公家一分钱",
    "路过的人纷纷停下来看",
    "谁也不肯先回家",
    "账目当天就贴在墙上",
    "这在当地还是头一回",
    "成效很快显现出来",
    "孩子们最高兴",
    "老人们连连点头",
    "计划明年继续做下去",
];

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = corpus(folder.path());
    let program = env!("CARGO_BIN_EXE_article-lsp");
    let check = || {
        let mut command = Command::new(program);
        command.args(["check", "--no-config", "--exit-zero", "--format", "json"]).arg(folder.path());
        command
    };
    let count = || {
        let mut command = Command::new("wc");
        command.arg("-m").args(&files).env("LC_ALL", "C.UTF-8");
        command
    };
    let (mut checks, mut counts) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        counts.push(time(&mut count()));
        checks.push(time(&mut check()));
    }
    let (check, count) = (median(checks), median(counts));
    println!("{} MB in {} files", CORPUS_BYTES / 1_000_000, files.len());
    println!("wc -m  {count:>10.1?}\ncheck  {check:>10.1?}  {:.2} times", check.as_secs_f64() / count.as_secs_f64());

    let small = folder.path().join("small.md");
    fs::write(&small, "标题\n\n正文只有一句话。\n").expect("written");
    let (mut starts, mut nothings) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS * 10 {
        nothings.push(time(&mut Command::new("true")));
        starts.push(time(Command::new(program).args(["check", "--no-config"]).arg(&small)));
    }
    println!("true   {:>10.1?}\nsmall  {:>10.1?}", median(nothings), median(starts));
}

fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    command.stdout(Stdio::null()).status().expect("the program starts");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Writes the corpus, the same on every run.
fn corpus(folder: &Path) -> Vec<PathBuf> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let (mut files, mut written) = (Vec::new(), 0);
    while written < CORPUS_BYTES {
        let mut page = String::new();
        for article in 0..6 {
            writeln!(page, "## {}{}\n", WHO[next(12)], WHAT[next(12)]).expect("a string takes everything");
            for _ in 0..4 + next(6) {
                page.push_str("　　");
                for _ in 0..2 + next(5) {
                    let (who, when, what, how) = (WHO[next(12)], WHEN[next(12)], WHAT[next(12)], HOW[next(12)]);
                    write!(page, "{when}，{who}{what}，共{}件，{how}。", next(9000))
                        .expect("a string takes everything");
                }
                page.push_str("\n\n");
            }
            if article == 3 && next(4) == 0 {
                page.push_str("　　编者按：以上各篇均由读者来稿整理而成，文中数字以各单位上报为准，特此说明。\n\n");
            }
        }
        let path = folder.join(format!("{}/{}.md", files.len() / FILES_PER_FOLDER, files.len()));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        written += page.len();
        fs::write(&path, page).expect("written");
        files.push(path);
    }
    files
}
