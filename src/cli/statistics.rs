//! `--statistics`: how many findings each rule has. `--profile`: how much time each rule takes.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::Serialize;

use super::format::Format;
use super::report::Report;
use super::table::Table;
use crate::article::{Memo, Page};
use crate::config::{Config, Level};
use crate::lang::Lang;
use crate::rules::{self, Context, RULES, find};
use crate::workspace;

/// How often a rule found something.
#[derive(Serialize)]
struct Count<'a> {
    count: usize,
    rule: &'a str,
    fixable: usize,
    summary: &'a str,
}

/// Findings by rule, the most frequent first: JSON in that format, a table in all others.
pub(super) fn statistics(report: &Report, format: Format) -> Result<String> {
    let mut counts: Vec<Count> = report
        .by_rule()
        .into_iter()
        .map(|(rule, count)| Count {
            count,
            rule,
            fixable: report.diagnostics().filter(|d| d.rule == rule && d.is_fixable()).count(),
            summary: find(rule).map(|rule| rule.summary.get(report.lang)).unwrap_or_default(),
        })
        .collect();
    counts.sort_by_key(|count| (std::cmp::Reverse(count.count), count.rule));
    if format == Format::Json {
        return Ok(serde_json::to_string_pretty(&counts)? + "\n");
    }
    let header = match report.lang {
        Lang::En => ["count", "rule", "fixable", "what it finds"],
        Lang::Zh => ["数量", "规则", "可修复", "发现什么"],
    };
    let mut table = Table::new(&header);
    for Count { count, rule, fixable, summary } in counts {
        table.push(vec![count.to_string(), rule.to_owned(), fixable.to_string(), summary.to_owned()]);
    }
    Ok(table.render())
}

/// Time spent on parsing and on each rule.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    parsing: Duration,
    /// Those that are on in some file.
    rules: BTreeMap<&'static str, Duration>,
}

impl Profile {
    /// No time yet.
    pub fn new() -> Self {
        Self { parsing: Duration::ZERO, rules: BTreeMap::new() }
    }

    /// Adds the time that the file `path` takes. It is analysed again, alone, so that nothing else is measured.
    pub fn add(&mut self, path: &Path, text: &str, config: &Config, encoding: &'static str) {
        let start = Instant::now();
        let page = Page::parse(text, workspace::format_of(path), &mut Memo::default());
        self.parsing += start.elapsed();
        let context = Context { page: &page, config, encoding: Some(encoding), elsewhere: None };
        for rule in RULES.iter().filter(|rule| config.rules.get(rule.name) != Some(&Level::Off)) {
            let start = Instant::now();
            rules::run(&context, rule, &mut Vec::new(), |findings| (rule.check)(&context, findings));
            *self.rules.entry(rule.name).or_default() += start.elapsed();
        }
    }

    /// A table of it, the slowest rule first.
    pub fn render(&self, lang: Lang) -> String {
        let (header, parsing) = match lang {
            Lang::En => (["time", "what"], "reading the page"),
            Lang::Zh => (["耗时", "内容"], "分析版面"),
        };
        let mut rows: Vec<_> = self.rules.iter().map(|(name, time)| (*time, *name)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.0));
        let mut table = Table::new(&header);
        for (time, what) in std::iter::once((self.parsing, parsing)).chain(rows) {
            table.push(vec![format!("{:.2} ms", time.as_secs_f64() * 1e3), what.to_owned()]);
        }
        table.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_off_takes_no_time() {
        let mut config = Config::default();
        config.rules.insert("broken-paragraph".to_owned(), Level::Off);
        let mut profile = Profile::new();
        let text = "镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n";
        profile.add(Path::new("a.md"), text, &config, "UTF-8");
        let table = profile.render(Lang::En);
        assert!(table.contains("duplicate-paragraph") && !table.contains("broken-paragraph"), "{table}");
    }
}
