//! `rules`: list the rules.

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::table::Table;
use super::{Global, Outcome, print};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::rules::RULES;

/// What `rules` understands.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Format of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum, Debug)]
enum Format {
    /// A table
    #[default]
    Human,
    /// JSON, with the documentation in both languages
    Json,
    /// A table in Markdown
    Markdown,
}

#[derive(Serialize)]
struct Both {
    en: &'static str,
    zh: &'static str,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    severity: Severity,
    fixable: bool,
    summary: Both,
    docs: Both,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let lang = global.lang_here();
    print(&match arguments.format {
        Format::Human => human(lang),
        Format::Json => json()?,
        Format::Markdown => markdown(lang),
    })?;
    Ok(Outcome::Clean)
}

fn human(lang: Lang) -> String {
    let (header, yes) = match lang {
        Lang::En => (["rule", "severity", "fix", "what it finds"], "yes"),
        Lang::Zh => (["规则", "级别", "修复", "发现什么"], "有"),
    };
    let mut table = Table::new(&header);
    for rule in RULES {
        let fix = if rule.fixable { yes } else { "" };
        let cells = [rule.name, rule.severity.name(), fix, rule.summary.get(lang)];
        table.push(cells.map(str::to_owned).to_vec());
    }
    table.render()
}

fn markdown(lang: Lang) -> String {
    let header = match lang {
        Lang::En => "| rule | severity | fix | what it finds |\n|---|---|---|---|\n",
        Lang::Zh => "| 规则 | 级别 | 修复 | 发现什么 |\n|---|---|---|---|\n",
    };
    let mut output = header.to_owned();
    for rule in RULES {
        let fix = match (rule.fixable, lang) {
            (false, _) => "",
            (true, Lang::En) => "yes",
            (true, Lang::Zh) => "有",
        };
        let summary = rule.summary.get(lang);
        output += &format!("| `{}` | {} | {fix} | {summary} |\n", rule.name, rule.severity.name());
    }
    output
}

fn json() -> Result<String> {
    let entries: Vec<Entry> = RULES
        .iter()
        .map(|rule| Entry {
            name: rule.name,
            severity: rule.severity,
            fixable: rule.fixable,
            summary: Both { en: rule.summary.en, zh: rule.summary.zh },
            docs: Both { en: rule.docs.en, zh: rule.docs.zh },
        })
        .collect();
    Ok(serde_json::to_string_pretty(&entries)? + "\n")
}
