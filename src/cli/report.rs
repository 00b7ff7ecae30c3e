//! What a run found, in the words of the outside: paths, lines and columns, messages in one language.
//!
//! The field names are those of the JSON that other programs rely on. Lines and columns are 1-based, columns count
//! Unicode scalar values, ends are exclusive.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::config::FailOn;
use crate::diagnostic::{self, Safety, Severity};
use crate::lang::Lang;
use crate::rules::{self, Rule};
use crate::text::{Encoding, Position, Span, Text};
use crate::workspace::FileError;
use crate::zh;

/// A place in a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(super) struct Place {
    pub line: usize,
    pub column: usize,
}

/// A stretch of a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(super) struct Range {
    pub start: Place,
    pub end: Place,
}

impl Range {
    /// Where `span` of `text` is.
    pub fn new(text: &Text, span: Span) -> Self {
        Self::counted(text, span, Encoding::Utf32)
    }

    /// The same with columns that count bytes of `text`.
    pub fn in_bytes(self, text: &Text) -> Self {
        Self::counted(text, self.span(text), Encoding::Utf8)
    }

    fn counted(text: &Text, span: Span, encoding: Encoding) -> Self {
        let place = |at: usize| {
            let position = text.position(at, encoding);
            Place { line: position.line + 1, column: position.column + 1 }
        };
        Self { start: place(span.start), end: place(span.end) }
    }

    /// The bytes of `text` that it means.
    pub fn span(self, text: &Text) -> Span {
        let offset =
            |place: Place| text.offset(Position { line: place.line - 1, column: place.column - 1 }, Encoding::Utf32);
        Span::new(offset(self.start), offset(self.end))
    }
}

/// Another place that a diagnostic refers to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Related {
    pub path: String,
    pub range: Range,
    pub message: String,
}

/// A repair.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Fix {
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

/// A replacement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Edit {
    pub path: String,
    pub range: Range,
    pub new_text: String,
}

/// A finding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Diagnostic {
    pub path: String,
    pub rule: String,
    /// Where the documentation of the rule is.
    pub url: Option<String>,
    pub severity: Severity,
    pub message: String,
    pub range: Range,
    /// Names the finding by its content: the same after edits elsewhere, different for every finding of a file.
    pub fingerprint: String,
    pub related: Vec<Related>,
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// Whether there is a repair, for `--unsafe-fixes` at least.
    pub fn has_edits(&self) -> bool {
        self.fixes.iter().any(|fix| !fix.edits.is_empty())
    }

    /// Whether an unattended run may repair it.
    pub fn is_fixable(&self) -> bool {
        self.fixes.iter().any(|fix| fix.safety == Safety::Safe)
    }
}

/// A file that was checked.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub path: String,
    /// The text that the places refer to; empty where no format [needs it](super::format::Format::needs_text).
    pub text: Text,
    /// What its configuration says of the exit code.
    pub fail_on: Option<FailOn>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A run.
#[derive(Debug)]
pub(super) struct Report {
    /// The files with findings, in order.
    pub files: Vec<File>,
    /// How many files were checked, those without findings included.
    pub n_files: usize,
    /// How many repairs were applied.
    pub n_fixes: usize,
    pub errors: Vec<FileError>,
    pub lang: Lang,
}

impl Report {
    /// Every finding, in order.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.iter().flat_map(|file| &file.diagnostics)
    }

    /// How many findings each rule has.
    pub fn by_rule(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self.diagnostics() {
            *counts.entry(diagnostic.rule.as_str()).or_default() += 1;
        }
        counts
    }
}

/// The findings of a file in the words of the outside.
pub(super) fn diagnostics(path: &str, text: &Text, found: &[diagnostic::Diagnostic], lang: Lang) -> Vec<Diagnostic> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    found
        .iter()
        .map(|diagnostic::Diagnostic { rule, severity, finding }| {
            let hash = content_hash(rule, text, finding);
            let occurrence = seen.entry(hash).and_modify(|n| *n += 1).or_default();
            let edit = |edit: &diagnostic::Edit| Edit {
                path: path.to_owned(),
                range: Range::new(text, edit.span),
                new_text: edit.new_text.clone(),
            };
            Diagnostic {
                path: path.to_owned(),
                rule: (*rule).to_owned(),
                url: rules::find(rule).map(Rule::url),
                severity: *severity,
                message: finding.message.get(lang).to_owned(),
                range: Range::new(text, finding.span),
                fingerprint: format!("{hash:016x}-{occurrence}"),
                related: finding
                    .related
                    .iter()
                    .map(|related| Related {
                        path: path.to_owned(),
                        range: Range::new(text, related.span),
                        message: related.message.get(lang).to_owned(),
                    })
                    .collect(),
                fixes: finding
                    .fixes
                    .iter()
                    .map(|fix| Fix {
                        title: fix.title.get(lang).to_owned(),
                        safety: fix.safety,
                        edits: fix.edits.iter().map(edit).collect(),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// A hash of what is reported: the rule and the characters that carry meaning, in place and in the place that it
/// refers to first. White space and width do not count, so that formatting wakes no finding.
fn content_hash(rule: &str, text: &Text, finding: &diagnostic::Finding) -> u64 {
    let mut content = String::from(rule);
    for span in std::iter::once(finding.span).chain(finding.related.first().map(|related| related.span)) {
        content.push('\n');
        content.extend(zh::key(text.slice(span)));
    }
    crate::block::hash(&content)
}
