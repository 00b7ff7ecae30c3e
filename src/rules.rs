//! The rules: one file each, with its documentation, its check and its repairs, and one line in [`RULES`].
//!
//! A rule is named for what it finds wrong, so that “allow …” reads well; its name is its file, its key in the
//! configuration, its row in the README and its page in `explain`. The `bad` and `good` blocks of its
//! documentation run as tests.

mod broken_paragraph;
mod displaced_continuation;
mod duplicate_across_files;
mod duplicate_paragraph;
mod hard_wrapped_paragraph;
mod inconsistent_organisation_name;
mod joining;
mod misplaced_heading;
mod not_utf8;
mod orphan_continuation;
mod repeated_sentence;
#[cfg(test)]
mod testing;
mod truncated_paragraph;
mod unknown_suppression;
mod unused_suppression;
mod wrapped_heading;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::article::Page;
use crate::config::{Config, Level, nearest};
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::fingerprint::across::Reprint;
use crate::lang::{Message, Phrase};
use crate::seam::{Seam, SeamKind};
use crate::suppression::Suppressions;
use crate::text::Span;

/// Every rule, in the order in which they are listed to people.
pub static RULES: &[Rule] = &[
    broken_paragraph::RULE,
    displaced_continuation::RULE,
    truncated_paragraph::RULE,
    orphan_continuation::RULE,
    duplicate_paragraph::RULE,
    duplicate_across_files::RULE,
    repeated_sentence::RULE,
    hard_wrapped_paragraph::RULE,
    wrapped_heading::RULE,
    misplaced_heading::RULE,
    inconsistent_organisation_name::RULE,
    not_utf8::RULE,
    unknown_suppression::RULE,
    unused_suppression::RULE,
];

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

impl Rule {
    /// Where its documentation can be read: its file, which opens with what it is for and holds what `explain` prints.
    pub fn url(&self) -> String {
        format!("{}/blob/main/src/rules/{}.rs", env!("CARGO_PKG_REPOSITORY"), self.name.replace('-', "_"))
    }
}

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The page.
    pub page: &'a Page,
    /// The settings.
    pub config: &'a Config,
    /// The name of the encoding of the file; none for the buffer of an editor, which was decoded by someone else.
    pub encoding: Option<&'static str>,
    /// What stands in other files, too; none where nobody looked.
    pub elsewhere: Option<&'a [Reprint]>,
}

impl<'a> Context<'a> {
    /// The seams of one kind that are sure enough for the settings.
    fn seams(&self, kind: SeamKind) -> impl Iterator<Item = &'a Seam> + use<'a> {
        let least = f32::from(self.config.least_confidence) / 100.0;
        self.page.seams.iter().filter(move |seam| seam.kind == kind && seam.confidence >= least)
    }
}

/// The name of plain UTF-8, as opposed to all other encodings.
pub const UTF_8: &str = "UTF-8";

/// The name under which a panic in a rule is reported.
pub const INTERNAL_ERROR: &str = "internal-error";

/// Runs every rule that is on, and leaves out what comments in the page allow. The same page and settings give the
/// same diagnostics in the same order: by place, then by rule.
pub fn check(ctx: &Context) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in RULES {
        run(ctx, rule, &mut diagnostics, |findings| (rule.check)(ctx, findings));
    }
    suppress(ctx, &mut diagnostics);
    diagnostics.sort_by_key(|d| (d.finding.span, d.rule));
    diagnostics
}

/// Adds what `check` finds under the name of `rule`, at the level that the configuration gives it. A panic is a finding.
pub fn run(ctx: &Context, rule: &Rule, acc: &mut Vec<Diagnostic>, check: impl FnOnce(&mut Vec<Finding>)) {
    let level = ctx.config.rules.get(rule.name).copied();
    if level.is_some_and(|level| level.severity().is_none()) {
        return;
    }
    let mut findings = Vec::new();
    if catch_unwind(AssertUnwindSafe(|| check(&mut findings))).is_err() {
        acc.push(internal_error(rule));
    }
    acc.extend(findings.into_iter().map(|finding| Diagnostic {
        rule: rule.name,
        severity: level.and_then(Level::severity).or(finding.severity).unwrap_or(rule.severity),
        finding,
    }));
}

/// Leaves out what comments allow, and reports the comments that allow nothing.
fn suppress(ctx: &Context, diagnostics: &mut Vec<Diagnostic>) {
    let suppressions = Suppressions::new(ctx.page);
    if suppressions.allowed.is_empty() {
        return;
    }
    let used = suppressions.apply(diagnostics);
    let is_on = |name: &str| match name {
        _ if find(name).is_none() || ctx.config.rules.get(name) == Some(&Level::Off) => false,
        // Of a buffer it looks at the lost characters only.
        "not-utf8" => ctx.encoding.is_some(),
        // These two run only when asked.
        "duplicate-across-files" => ctx.elsewhere.is_some(),
        "inconsistent-organisation-name" => ctx.config.asks_for(name),
        _ => true,
    };
    let unused = suppressions.allowed.iter().zip(used).filter(|(s, used)| !used && is_on(&s.rule));
    if ctx.page.is_chinese {
        run(ctx, &unused_suppression::RULE, diagnostics, |findings| {
            unused.for_each(|(suppression, _)| unused_suppression::report(ctx, suppression, findings));
        });
    }
}

/// The rule called `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// What is said of a `name` that no rule has, the nearest right one included.
pub fn unknown(name: &str) -> Message {
    let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    match nearest(name, &names) {
        Some(right) => Message::new(
            format!("unknown rule `{name}`, did you mean `{right}`?"),
            format!("没有规则 {name}，是否指 {right}？"),
        ),
        None => Message::new(
            format!("unknown rule `{name}`; `article-lsp rules` lists them"),
            format!("没有规则 {name}；article-lsp rules 可列出全部规则"),
        ),
    }
}

fn internal_error(rule: &Rule) -> Diagnostic {
    let message = Message::new(
        format!("the rule {} failed on this file; this is a defect of article-lsp", rule.name),
        format!("规则 {} 在此文件上出错，这是 article-lsp 的缺陷", rule.name),
    );
    Diagnostic { rule: INTERNAL_ERROR, severity: Severity::Warning, finding: Finding::new(Span::empty(0), message) }
}
