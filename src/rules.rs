//! The rules: one file each, with its documentation, its check and its repairs, and one line in [`RULES`].
//!
//! A rule is named for what it finds wrong, so that “allow …” reads well; its name is its file, its key in the
//! configuration, its row in the README and its page in `explain`. The `bad` and `good` blocks of its
//! documentation run as tests.

mod broken_paragraph;
mod not_utf8;
#[cfg(test)]
mod testing;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::article::Page;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::lang::{Message, Phrase};
use crate::text::Span;

/// Every rule, in the order in which they are listed to people.
pub static RULES: &[Rule] = &[broken_paragraph::RULE, not_utf8::RULE];

/// A rule: data and a function.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case noun phrase for what is wrong.
    pub name: &'static str,
    /// How bad it is unless the configuration or the finding says otherwise.
    pub severity: Severity,
    /// Whether it offers repairs.
    pub fixable: bool,
    /// What is wrong, in a few words.
    pub summary: Phrase,
    /// Markdown: what it reports, why that is bad, examples (`bad` with `⟦⟧` around what is reported, `good` after
    /// the first repair), how safe the repair is, when it is silent on purpose.
    pub docs: Phrase,
    /// Adds what it finds.
    pub check: fn(&Context, &mut Vec<Finding>),
}

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The page.
    pub page: &'a Page,
    /// The settings.
    pub config: &'a Config,
    /// The name of the encoding of the file where it is not plain UTF-8; none for the buffer of an editor.
    pub encoding: Option<&'static str>,
}

/// The name under which a panic in a rule is reported.
pub const INTERNAL_ERROR: &str = "internal-error";

/// Runs every rule that is on. The same page and settings give the same diagnostics in the same order: by
/// place, then by rule.
pub fn check(ctx: &Context) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in RULES {
        let level = ctx.config.rules.get(rule.name).copied();
        if level.is_some_and(|level| level.severity().is_none()) {
            continue;
        }
        let mut findings = Vec::new();
        if catch_unwind(AssertUnwindSafe(|| (rule.check)(ctx, &mut findings))).is_err() {
            diagnostics.push(internal_error(rule));
        }
        diagnostics.extend(findings.into_iter().map(|finding| Diagnostic {
            rule: rule.name,
            severity: level.and_then(super::config::Level::severity).or(finding.severity).unwrap_or(rule.severity),
            finding,
        }));
    }
    diagnostics.sort_by_key(|d| (d.finding.span, d.rule));
    diagnostics
}

/// The rule called `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

fn internal_error(rule: &Rule) -> Diagnostic {
    let message = Message::new(
        format!("the rule {} failed on this file; this is a defect of article-lsp", rule.name),
        format!("规则 {} 在此文件上出错，这是 article-lsp 的缺陷", rule.name),
    );
    Diagnostic { rule: INTERNAL_ERROR, severity: Severity::Warning, finding: Finding::new(Span::empty(0), message) }
}
