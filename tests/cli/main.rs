//! The command line as its users meet it: the real program, real files.

mod cases;
mod pipeline;
mod sarif;
mod signals;

use std::path::Path;
use std::process::{Command, Output};

/// The program, run in `folder`, with nothing of the tester's environment that changes its output.
fn article_lsp(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_article-lsp"));
    command.current_dir(folder).env("LC_ALL", "C").env("NO_COLOR", "1").env_remove("COLUMNS");
    command
}

/// Runs `arguments` in `folder`.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    article_lsp(folder).args(arguments).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// A page with a safe repair: a comment that allows what is not there.
const FIXABLE: &str = "<!-- article-lsp allow not-utf8 -->\n\
    入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n";
/// The same repaired.
const FIXED: &str = "入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n";
