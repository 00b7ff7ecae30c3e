//! Values of the core become values of the protocol, and back. No other file does that.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::json;
use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DocumentChanges,
    Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, Position, Range, TextDocumentEdit,
    TextEdit, Uri, WorkspaceEdit,
};

use crate::diagnostic::{self, Edit, Severity};
use crate::lang::{Lang, Message};
use crate::rules;
use crate::text::{self, Span};

use super::Shared;
use super::analysis::Analysis;
use super::capabilities::Features;
use super::documents::Snapshot;

/// The source that clients show beside a finding.
pub(super) const SOURCE: &str = "article-lsp";

/// Where the rules are explained.
static RULE_PAGES: LazyLock<HashMap<&str, CodeDescription>> = LazyLock::new(|| {
    let page = |rule: &rules::Rule| Some((rule.name, CodeDescription { href: rule.url().parse().ok()? }));
    rules::RULES.iter().filter_map(page).collect()
});

/// A finding as the protocol has it, made of texts that are not copied: hundreds go out at a keystroke.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Published<'a> {
    range: Range,
    severity: DiagnosticSeverity,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<&'static CodeDescription>,
    source: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<PublishedRelated<'a>>,
    #[serde(skip_serializing_if = "<[DiagnosticTag]>::is_empty")]
    tags: &'static [DiagnosticTag],
}

/// Another place that a finding refers to.
#[derive(Serialize)]
struct PublishedRelated<'a> {
    location: PublishedLocation<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct PublishedLocation<'a> {
    uri: &'a Uri,
    range: Range,
}

/// The same to be kept, for the answers that are made of the protocol's own types.
impl From<Published<'_>> for Diagnostic {
    fn from(published: Published) -> Self {
        let related = |PublishedRelated { location: PublishedLocation { uri, range }, message }| {
            let location = Location { uri: Uri::clone(uri), range };
            DiagnosticRelatedInformation { location, message: str::to_owned(message) }
        };
        let Published { related_information, tags, .. } = published;
        Self {
            range: published.range,
            severity: Some(published.severity),
            code: Some(NumberOrString::String(published.code.to_owned())),
            code_description: published.code_description.cloned(),
            source: Some(published.source.to_owned()),
            message: published.message.to_owned(),
            related_information: (!related_information.is_empty())
                .then(|| related_information.into_iter().map(related).collect()),
            tags: (!tags.is_empty()).then(|| tags.to_vec()),
            data: None,
        }
    }
}

/// One version of a document as its client sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub features: &'a Features,
    pub lang: Lang,
    pub snapshot: &'a Snapshot,
    pub analysis: &'a Analysis,
}

impl<'a> View<'a> {
    pub(super) fn new(shared: &'a Shared, snapshot: &'a Snapshot, analysis: &'a Analysis) -> Self {
        let features = shared.features();
        Self { features, lang: shared.settings.lang_for(&snapshot.uri, features.lang), snapshot, analysis }
    }

    /// The text.
    pub(super) fn text(&self) -> &'a text::Text {
        &self.analysis.page.text
    }

    /// The URI, as the protocol's types have it.
    pub(super) fn uri(&self) -> Uri {
        self.snapshot.uri.parse().unwrap_or_else(|_| {
            // Its escapes are in order, but it is no URI: it has no scheme. Nothing is lost, the client opened it so.
            "untitled:unknown".parse().expect("a URI")
        })
    }

    pub(super) fn say(&self, message: &'a Message) -> String {
        message.get(self.lang).to_owned()
    }

    pub(super) fn position(&self, at: usize) -> Position {
        let position = self.text().position(at, self.features.encoding);
        Position { line: position.line as u32, character: position.column as u32 }
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    pub(super) fn location(&self, span: Span) -> Location {
        Location { uri: self.uri(), range: self.range(span) }
    }

    /// The byte at `position`, clamped to the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let position = text::Position { line: position.line as usize, column: position.character as usize };
        self.text().offset(position, self.features.encoding)
    }

    /// The bytes in `range`, clamped to the text.
    pub(super) fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start);
        Span::new(start, self.offset(range.end).max(start))
    }

    /// Every finding.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        self.published(&self.uri()).map(Diagnostic::from).collect()
    }

    /// One finding.
    pub(super) fn diagnostic(&self, diagnostic: &diagnostic::Diagnostic) -> Diagnostic {
        self.published_of(&self.uri(), diagnostic).into()
    }

    /// Every finding of this document, which has the URI `uri`: to read that costs more than all else of a finding.
    pub(super) fn published(&self, uri: &'a Uri) -> impl Iterator<Item = Published<'a>> {
        self.analysis.diagnostics.iter().map(|diagnostic| self.published_of(uri, diagnostic))
    }

    fn published_of<'b>(&self, uri: &'b Uri, diagnostic: &'b diagnostic::Diagnostic) -> Published<'b> {
        let finding = &diagnostic.finding;
        let related = finding.related.iter().filter(|_| self.features.related_information);
        Published {
            range: self.range(finding.span),
            severity: to_lsp_severity(diagnostic.severity),
            code: diagnostic.rule,
            code_description: RULE_PAGES.get(diagnostic.rule).filter(|_| self.features.code_description),
            source: SOURCE,
            message: finding.message.get(self.lang),
            related_information: related
                .map(|related| PublishedRelated {
                    location: PublishedLocation { uri, range: self.range(related.span) },
                    message: related.message.get(self.lang),
                })
                .collect(),
            tags: if self.features.unnecessary_tag && finding.unnecessary {
                &[DiagnosticTag::UNNECESSARY]
            } else {
                &[]
            },
        }
    }

    /// Edits of this document in order.
    pub(super) fn text_edits(&self, edits: &[Edit]) -> Vec<TextEdit> {
        edits.iter().map(|edit| TextEdit { range: self.range(edit.span), new_text: edit.new_text.clone() }).collect()
    }

    /// Edits of this document, for this version of it where the client can say so.
    #[allow(clippy::mutable_key_type)] // The protocol's type has URIs as keys.
    pub(super) fn workspace_edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let edits = self.text_edits(edits);
        if self.features.versioned_edits {
            let text_document =
                OptionalVersionedTextDocumentIdentifier { uri: self.uri(), version: Some(self.snapshot.version) };
            let edits = edits.into_iter().map(OneOf::Left).collect();
            let changes = vec![TextDocumentEdit { text_document, edits }];
            WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(changes)), ..WorkspaceEdit::default() }
        } else {
            WorkspaceEdit { changes: Some(HashMap::from([(self.uri(), edits)])), ..WorkspaceEdit::default() }
        }
    }

    /// The arguments of the command that shows `span`.
    pub(super) fn go_to_arguments(&self, span: Span) -> Vec<serde_json::Value> {
        vec![json!(self.uri()), json!(self.range(span))]
    }
}

const fn to_lsp_severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Error => DiagnosticSeverity::ERROR,
    }
}
