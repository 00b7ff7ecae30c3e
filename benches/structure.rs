//! How fast a page is read and checked: `cargo bench --bench structure`.
//!
//! Three things are timed over generated pages of 1, 2 and 4 MB, on one core: the first analysis (nothing is known),
//! the analysis after a keystroke (one paragraph changed, the rest is in the memo), and the yardstick that every
//! figure is held against: decoding the same bytes and counting their characters. The last lines state the ratios.

use std::hint::black_box;
use std::time::{Duration, Instant};

use article_lsp::article::{Memo, Page};
use article_lsp::block::Format;
use article_lsp::config::Config;
use article_lsp::rules::{Context, check};
use divan::Bencher;
use divan::counter::BytesCount;

/// Sizes of the generated pages, in megabytes.
const SIZES: [usize; 3] = [1, 2, 4];

fn main() {
    divan::main();
    if !std::env::args().any(|argument| matches!(argument.as_str(), "--list" | "--test")) {
        report();
    }
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn yardstick(bencher: Bencher, megabytes: usize) {
    let text = page(megabytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| decode(black_box(text.as_bytes())));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn first_analysis(bencher: Bencher, megabytes: usize) {
    let text = page(megabytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| analyse(&text, &mut Memo::default()));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn keystroke(bencher: Bencher, megabytes: usize) {
    let text = page(megabytes);
    let mut memo = Memo::default();
    analyse(&text, &mut memo);
    let mut typed = 0;
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        typed += 1;
        analyse(&edited(&text, typed), &mut memo)
    });
}

/// Decodes `bytes` and counts their characters one by one, as the simplest program that looks at them would.
fn decode(bytes: &[u8]) -> usize {
    let text = std::str::from_utf8(bytes).expect("generated text");
    text.chars().fold(0, |n, c| n + usize::from(black_box(c) != '\0'))
}

fn analyse(text: &str, memo: &mut Memo) -> usize {
    let page = Page::parse(text, Format::Markdown, memo);
    check(&Context { page: &page, config: &Config::default(), encoding: None, elsewhere: None }).len()
}

/// `text` with a figure typed into its middle.
fn edited(text: &str, typed: usize) -> String {
    let middle = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    format!("{}{typed}{}", &text[..middle], &text[middle..])
}

/// States the ratios, from the best of some runs each: what else the machine does only ever adds time.
fn report() {
    let best = |n: usize, run: &mut dyn FnMut() -> usize| {
        let time = |run: &mut dyn FnMut() -> usize| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        };
        (0..n).map(|_| time(run)).min().unwrap_or_default()
    };
    println!("\n| page | yardstick | first analysis | ratio | keystroke | ratio |\n|---|---|---|---|---|---|");
    let mut first: Vec<Duration> = Vec::new();
    for megabytes in SIZES {
        let text = page(megabytes);
        let yardstick = best(10, &mut || decode(text.as_bytes()));
        let cold = best(3, &mut || analyse(&text, &mut Memo::default()));
        let mut memo = Memo::default();
        analyse(&text, &mut memo);
        let mut typed = 0;
        let warm = best(10, &mut || {
            typed += 1;
            analyse(&edited(&text, typed), &mut memo)
        });
        let ratio = |time: Duration| time.as_secs_f64() / yardstick.as_secs_f64();
        println!(
            "| {megabytes} MB | {yardstick:.2?} | {cold:.2?} | {:.1} | {warm:.2?} | {:.1} |",
            ratio(cold),
            ratio(warm)
        );
        first.push(cold);
    }
    let growth: Vec<String> =
        first.windows(2).map(|pair| format!("{:.2}", pair[1].as_secs_f64() / pair[0].as_secs_f64())).collect();
    println!("growth of the first analysis from 1 to 2 to 4 MB: {}", growth.join(", "));
}

/// A page of about so many megabytes: articles with kickers, titles, bylines, sections, paragraphs of several
/// sentences, one paragraph in a hundred cut in two, one in two hundred printed twice.
fn page(megabytes: usize) -> String {
    let mut dice = Dice(megabytes as u64);
    let mut page = String::with_capacity(megabytes << 20);
    let mut last = String::new();
    while page.len() < megabytes << 20 {
        let title = dice.clause();
        page += &format!("{}\n\n# {title}\n\n本报记者 李{}\n\n", dice.clause(), dice.word());
        for n in 0..12 {
            if n % 5 == 4 {
                page += &format!("## {}\n\n", dice.clause());
            }
            let paragraph = dice.paragraph();
            match dice.roll(200) {
                0 | 1 => {
                    let cut = paragraph.char_indices().nth(40).map_or(paragraph.len(), |(at, _)| at);
                    page += &format!("{}\n\n{}\n\n", &paragraph[..cut], &paragraph[cut..]);
                }
                2 => page += &format!("{paragraph}\n\n{last}\n\n"),
                _ => page += &format!("{paragraph}\n\n"),
            }
            last = paragraph;
        }
    }
    page
}

/// Two-character words of which the text is made.
const WORDS: &str = "职工工会服务企业车间班组技能培训竞赛师傅徒弟工匠劳模社区街道居民志愿活动中心讲座图书食堂健康体检安全生产质量创新\
    项目设备工艺数据平台网络园区物流快递司机骑手权益合同工资协商调解法律援助咨询心理关怀困难帮扶就业岗位招聘学历教育学校\
    老师课程考试证书等级评选表彰先进代表会议报告建议提案调研走访座谈交流合作联盟共建资源阵地驿站食品药品医院医生护士科室\
    病人家属环境绿化河道公园道路桥梁隧道工地材料钢筋水泥图纸测量施工进度验收电力线路变压检修巡查隐患整改消防演练应急预案\
    天气暴雨积雪低温高温清凉温暖春节中秋国庆端午文化艺术歌曲舞蹈书法摄影比赛足球篮球羽毛乒乓健步登山农村田间粮食蔬菜水果\
    养殖合社电商直播品牌市场客户订单出口外贸港口码头货轮集装铁路列车车站乘客票务航班机场旅游景区导游酒店民宿餐厅厨师";

/// A small generator of random numbers (xorshift): the pages are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % below
    }

    fn word(&mut self) -> String {
        let n_words = WORDS.chars().filter(|c| !c.is_whitespace()).count() / 2;
        let at = self.roll(n_words) * 2;
        WORDS.chars().filter(|c| !c.is_whitespace()).skip(at).take(2).collect()
    }

    fn clause(&mut self) -> String {
        let n_words = 4 + self.roll(5);
        (0..n_words).map(|_| self.word()).collect()
    }

    fn paragraph(&mut self) -> String {
        let n_sentences = 2 + self.roll(4);
        (0..n_sentences)
            .map(|_| {
                let n_clauses = 1 + self.roll(3);
                let clauses: Vec<String> = (0..n_clauses).map(|_| self.clause()).collect();
                clauses.join("，") + "。"
            })
            .collect()
    }
}
