//! `completions`: the script that completes commands and options in a shell. `man`: the manual page.

use anyhow::Result;
use clap::Args;
use clap_complete::Shell;

use super::{Global, Outcome, command, print};
use crate::lang::Lang;

/// What `completions` understands.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(global.lang_here()), "article-lsp", &mut script);
    print(&String::from_utf8(script)?)?;
    Ok(Outcome::Clean)
}

/// Prints the manual: the program's page, then one for every command.
pub(super) fn man(global: &Global) -> Result<Outcome> {
    let lang = global.lang_here();
    let mut command = command(lang);
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        clap_mangen::Man::new(sub.clone()).render(&mut page)?;
    }
    let page = String::from_utf8(page)?;
    print(&if lang == Lang::Zh { chinese_headings(page) } else { page })?;
    Ok(Outcome::Clean)
}

/// The manual with clap's own words in Chinese: it has no way to set them.
fn chinese_headings(page: String) -> String {
    let words = [
        (".SH NAME", ".SH 名称"),
        (".SH SYNOPSIS", ".SH 用法"),
        (".SH DESCRIPTION", ".SH 说明"),
        (".SH OPTIONS", ".SH 选项"),
        (".SH SUBCOMMANDS", ".SH 命令"),
        (".SH VERSION", ".SH 版本"),
        ("Possible values:", "可选值："),
        ("[default: ", "[默认："),
    ];
    words.into_iter().fold(page, |page, (en, zh)| page.replace(en, zh))
}
