//! The whole process, from start to exit: a corpus against `wc -m` on the same files in the same run, and a small file
//! against `true`. `cargo bench --bench command_line`; figures are of the machine and the minute, ratios less so.

#[path = "../tests/generated/pages.rs"]
mod pages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const CORPUS_BYTES: usize = 60_000_000;
/// A page of a newspaper.
const PAGE_BYTES: usize = 12_000;
const FILES_PER_FOLDER: usize = 200;
const ROUNDS: usize = 5;

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
    let write = |n: usize| {
        let path = folder.join(format!("{}/{n}.md", n / FILES_PER_FOLDER));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, pages::page(PAGE_BYTES, n as u64).text).expect("written");
        path
    };
    (0..CORPUS_BYTES / PAGE_BYTES).map(write).collect()
}
