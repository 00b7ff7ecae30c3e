//! What the tests of rules call: marked text in, marked text out. `⟦` and `⟧` stand around what is reported.

use super::{Context, RULES, Rule};
use crate::article::{Memo, Page};
use crate::block::Format;
use crate::config::{Config, Level};
use crate::diagnostic::{Diagnostic, apply};
use crate::fingerprint::across::{Paragraphs, Reprint, shared};

/// What stands in the other file that the tests know of.
pub(super) const OTHER_FILE: &str =
    "入秋以后，河边的老磨坊每个周末都开门，孩子们排着队看水轮转动，磨出来的玉米面半天就卖完。";

/// Every diagnostic of `source` under a configuration that leaves the levels as they are and asks for the rules
/// that run only when asked for.
pub(super) fn diagnostics(source: &str) -> Vec<Diagnostic> {
    let page = Page::parse(source, Format::Markdown, &mut Memo::default());
    let mut config = Config::default();
    config.rules.insert("inconsistent-organisation-name".to_owned(), Level::Information);
    let other = Paragraphs::new(OTHER_FILE, Format::Markdown);
    let elsewhere: Vec<Reprint> = shared(page.comparable(), other.comparable())
        .into_iter()
        .map(|copy| Reprint { blocks: copy.later, file: "other.md".to_owned(), line: 1 })
        .collect();
    super::check(&Context { page: &page, config: &config, encoding: None, elsewhere: Some(&elsewhere) })
}

/// Asserts that `rule` reports exactly the places marked in `marked`.
#[track_caller]
pub(super) fn check(rule: &Rule, marked: &str) {
    let source = marked.replace(['⟦', '⟧'], "");
    let mut spans: Vec<_> =
        diagnostics(&source).iter().filter(|d| d.rule == rule.name).map(|d| d.finding.span).collect();
    spans.sort_unstable();
    let mut found = source.clone();
    for span in spans.iter().rev() {
        found.insert(span.end, '⟧');
        found.insert(span.start, '⟦');
    }
    assert_eq!(found, marked);
}

/// Asserts what `check` asserts, and that the first repair of the first finding gives `after`.
#[track_caller]
pub(super) fn check_fix(rule: &Rule, marked: &str, after: &str) {
    check(rule, marked);
    let source = marked.replace(['⟦', '⟧'], "");
    let found = diagnostics(&source).into_iter().find(|d| d.rule == rule.name).expect("a finding");
    assert_eq!(apply(&source, &found.finding.fixes[0].edits), after);
}

/// The `bad` and `good` blocks of a rule's documentation, in pairs.
fn examples(docs: &str) -> Vec<(String, Option<String>)> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    let mut lines = docs.lines();
    while let Some(line) = lines.next() {
        let kind = line.trim_start_matches('`');
        if !line.starts_with("```") || !matches!(kind, "bad" | "good") {
            continue;
        }
        let fence = &line[..line.len() - kind.len()];
        let body: String = lines.by_ref().take_while(|l| *l != fence).flat_map(|l| [l, "\n"]).collect();
        match kind {
            "bad" => found.push((body, None)),
            _ => found.last_mut().expect("`good` follows `bad`").1 = Some(body),
        }
    }
    found
}

#[test]
fn documentation_is_true() {
    RULES.iter().for_each(check_documentation);
}

/// Asserts that every example in the documentation of `rule` is true.
#[track_caller]
pub(super) fn check_documentation(rule: &Rule) {
    for docs in [rule.docs.en, rule.docs.zh] {
        let examples = examples(docs);
        assert!(!examples.is_empty(), "{} has no example", rule.name);
        for (bad, good) in examples {
            match good {
                Some(good) => check_fix(rule, &bad, &good),
                None => check(rule, &bad),
            }
        }
    }
}

#[test]
fn what_is_less_sure_than_the_settings_ask_is_not_reported() {
    let source = "区总工会今年为全区各家企业的职工开办了二十四期技能培\n\n训班，已有三千多人参加。\n";
    let page = Page::parse(source, Format::Markdown, &mut Memo::default());
    let confidence = page.seams.first().expect("a seam").confidence;
    let found = |least_confidence: u8| {
        let config = Config { least_confidence, ..Config::default() };
        super::check(&Context { page: &page, config: &config, encoding: None, elsewhere: None }).len()
    };
    assert_eq!(found((confidence * 100.0) as u8), 1);
    assert_eq!(found(100), usize::from(confidence >= 1.0));
}
