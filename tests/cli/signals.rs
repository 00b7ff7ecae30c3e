//! A run that ends in the middle: by a signal, by a reader that went away, by force.
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{FIXABLE, FIXED, article_lsp};

/// How often a run is killed.
const KILLS: u32 = 300;
/// Files that each run repairs.
const N_FILES: usize = 12;

#[test]
fn a_killed_run_leaves_no_damaged_file_and_the_next_one_takes_away_what_it_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |n: usize| folder.path().join(format!("{n}.md"));
    let (before, after) = (FIXABLE.repeat(4), FIXED.repeat(4));
    let prepare = || (0..N_FILES).for_each(|n| fs::write(path(n), &before).expect("written"));
    let command = || {
        let mut command = article_lsp(folder.path());
        command.args(["check", ".", "--fix-only"]).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    // How long a run takes that nobody kills, on this machine now.
    prepare();
    let start = Instant::now();
    assert!(command().status().expect("the program starts").success());
    let whole = start.elapsed();
    let strays = || {
        let entries = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        entries.filter(|name| name.to_string_lossy().starts_with('.')).count()
    };
    let (mut interrupted, mut left_over) = (0, 0);
    for round in 0..KILLS {
        prepare();
        let mut child = command().spawn().expect("the program starts");
        // From before the first file to after the last, not in order, so that a slower minute does no harm.
        std::thread::sleep(whole.mul_f64(f64::from(round * 37 % 101) / 80.0));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let n_fixed = (0..N_FILES)
            .filter(|&n| {
                let text = fs::read_to_string(path(n)).expect("whole UTF-8");
                assert!(text == before || text == after, "{n}.md is damaged");
                text == after
            })
            .count();
        interrupted += usize::from(n_fixed > 0 && n_fixed < N_FILES);
        assert!(strays() <= N_FILES, "strays pile up");
        left_over += strays();
        if round % 10 == 9 {
            assert!(command().status().expect("the program starts").success());
            assert_eq!(strays(), 0, "the next run takes away what dead ones left");
        }
    }
    assert!(interrupted > 0, "no run was killed in the middle");
    println!("{interrupted} runs killed between two files, {left_over} strays seen");
}

#[test]
fn an_interrupted_run_ends_cleanly() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..400 {
        fs::write(folder.path().join(format!("{n}.md")), FIXABLE).expect("written");
    }
    let child = article_lsp(folder.path())
        .args(["check", ".", "--fix"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(Duration::from_millis(30));
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    let output = child.wait_with_output().expect("ended");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!message.contains("panicked"), "{message}");
    // Either the signal came in time, or the run was over before.
    assert!(!status.success() || matches!(output.status.code(), Some(0 | 2) | None), "{:?}", output.status);
    let strays = fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok);
    assert_eq!(strays.filter(|entry| entry.file_name().to_string_lossy().starts_with('.')).count(), 0);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let root = env!("CARGO_MANIFEST_DIR");
    for format in ["human", "json", "sarif"] {
        let mut child = article_lsp(root.as_ref())
            .args(["check", "seeds", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let mut message = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut message).expect("UTF-8");
        child.wait().expect("ended");
        assert_eq!(message, "", "{format}");
    }
}
