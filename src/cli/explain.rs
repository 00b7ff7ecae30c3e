//! `explain`: the documentation of a rule.

use std::fmt::Write;

use anyhow::{Result, bail};
use clap::Args;

use super::terminal::{BOLD, CYAN, DIM, GREEN, RED, paint};
use super::{Global, Outcome, print};
use crate::lang::Lang;
use crate::rules::{Rule, find, unknown};

/// What `explain` understands.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The name of the rule
    rule: String,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let Some(rule) = find(&arguments.rule) else { bail!(unknown(&arguments.rule)) };
    print(&render(rule, global.lang_here()))?;
    Ok(Outcome::Clean)
}

fn render(rule: &Rule, lang: Lang) -> String {
    let summary = rule.summary.get(lang);
    let mut output = format!("{}  {summary}\n", paint(BOLD, rule.name));
    let fixable = match lang {
        Lang::En if rule.fixable => "offers fixes",
        Lang::En => "offers no fixes",
        Lang::Zh if rule.fixable => "可修复",
        Lang::Zh => "不提供修复",
    };
    let level = rule.severity.name();
    let line = match lang {
        Lang::En => format!("severity: {level}, {fixable}"),
        Lang::Zh => format!("级别：{level}（{}），{fixable}", rule.severity.label().zh),
    };
    writeln!(output, "{}\n", paint(DIM, &line)).expect("a string takes everything");
    output.push_str(&markdown(rule.docs.get(lang), lang));
    output
}

/// Markdown for a terminal: headings bold, inline code in colour, examples indented under their name.
fn markdown(source: &str, lang: Lang) -> String {
    let mut output = String::new();
    let mut fence = None;
    for line in source.lines() {
        match (fence, line.strip_prefix("```")) {
            (None, Some(kind)) => {
                fence = Some(kind);
                let name = match (kind, lang) {
                    ("bad", Lang::En) => paint(RED, "reported:"),
                    ("bad", Lang::Zh) => paint(RED, "会报告："),
                    ("good", Lang::En) => paint(GREEN, "repaired:"),
                    ("good", Lang::Zh) => paint(GREEN, "修复后："),
                    _ => continue,
                };
                output.push_str(&name);
                output.push('\n');
            }
            (Some(_), Some(_)) => fence = None,
            (Some("bad"), None) => {
                let marked = line.replace('⟦', &format!("{RED}⟦")).replace('⟧', &format!("⟧{RED:#}"));
                writeln!(output, "    {marked}").expect("a string takes everything");
            }
            (Some(_), None) => writeln!(output, "    {line}").expect("a string takes everything"),
            (None, None) => {
                let heading = line.trim_start_matches('#');
                let line = if heading.len() < line.len() { paint(BOLD, heading.trim()) } else { inline(line) };
                output.push_str(&line);
                output.push('\n');
            }
        }
    }
    output
}

/// A line with its inline code in colour.
fn inline(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    let is_code = |n: usize| n % 2 == 1 && n + 1 < parts.len();
    parts.iter().enumerate().map(|(n, part)| if is_code(n) { paint(CYAN, part) } else { (*part).to_owned() }).collect()
}
