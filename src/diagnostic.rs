//! What a rule finds: where, how bad, what it refers to, and how it can be repaired.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lang::{Message, Phrase};
use crate::text::Span;

/// How bad a finding is, the least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Information,
    /// Wrong, almost surely.
    Warning,
    /// Wrong, and the file cannot be used as it is.
    Error,
}

impl Severity {
    /// The word for it in the configuration and in the output of every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// What it is called to people.
    pub const fn label(self) -> Phrase {
        match self {
            Self::Information => Phrase { en: "information", zh: "提示" },
            Self::Warning => Phrase { en: "warning", zh: "警告" },
            Self::Error => Phrase { en: "error", zh: "错误" },
        }
    }
}

/// Whether a fix may be applied unattended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Applied by “fix all” and by `--fix`: no character is lost but those that the message names.
    Safe,
    /// Applied only when a person chose it.
    Unsafe,
}

/// A replacement of a stretch of the text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes in its place.
    pub new_text: String,
}

/// A repair: edits that belong together, in order, never overlapping.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Fix {
    /// What it does, for a menu.
    pub title: Message,
    /// Whether it may run unattended.
    pub safety: Safety,
    /// The edits, by position.
    pub edits: Vec<Edit>,
}

/// Another place in the same text that a finding refers to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: Message,
}

/// What a rule reports; [`crate::rules::check`] makes a [`Diagnostic`] of it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Finding {
    /// The place that is wrong.
    pub span: Span,
    /// What is wrong, one sentence.
    pub message: Message,
    /// How bad, where it differs from the rule's own severity.
    pub severity: Option<Severity>,
    /// The places that it refers to, the most important first.
    pub related: Vec<Related>,
    /// Repairs, the best first.
    pub fixes: Vec<Fix>,
    /// Whether the text in `span` could go without loss: editors grey it out.
    pub unnecessary: bool,
}

impl Finding {
    /// A finding with nothing but a place and a message.
    pub const fn new(span: Span, message: Message) -> Self {
        Self { span, message, severity: None, related: Vec::new(), fixes: Vec::new(), unnecessary: false }
    }
}

/// A finding with the name of its rule and its final severity.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Diagnostic {
    /// Name of the rule.
    pub rule: &'static str,
    /// Final severity.
    pub severity: Severity,
    /// The finding itself.
    pub finding: Finding,
}

/// Applies `edits` to `source`. Edits that overlap an earlier one are left out.
pub fn apply(source: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(source.len());
    let mut done = 0;
    for edit in sorted {
        if edit.span.start < done {
            continue;
        }
        result.push_str(&source[done..edit.span.start]);
        result.push_str(&edit.new_text);
        done = edit.span.end;
    }
    result.push_str(&source[done..]);
    result
}
