//! The open documents: a rope each, changed in wire order by the one thread that reads.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ropey::Rope;
use serde::Deserialize;

use crate::block::Format;
use crate::text::{Encoding, Position, char_index_in_rope};
use crate::workspace::{self, Source};

use super::analysis::Analyses;
use super::uri;

/// Largest document that is looked at, in bytes: the same as on the command line.
pub(super) const LARGEST: usize = workspace::MAX_FILE_SIZE as usize;

/// Parameters of `textDocument/didOpen`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opened {
    text_document: OpenedDocument,
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
struct OpenedDocument {
    uri: String,
    #[serde(default)]
    language_id: String,
    #[serde(default)]
    version: i32,
    text: String,
}

/// Parameters of `textDocument/didChange`. Positions are read wider than the protocol's 32 bits, because an edit
/// that is dropped for an absurd position would leave the text wrong for good; they are clamped.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changed {
    text_document: ChangedDocument,
    content_changes: Vec<Change>,
}

#[derive(Deserialize, Debug)]
struct ChangedDocument {
    uri: String,
    #[serde(default)]
    version: Option<i32>,
}

#[derive(Deserialize, Debug)]
struct Change {
    range: Option<ChangeRange>,
    text: String,
}

#[derive(Deserialize, Debug)]
struct ChangeRange {
    start: ChangePosition,
    end: ChangePosition,
}

#[derive(Deserialize, Debug)]
struct ChangePosition {
    line: u64,
    character: u64,
}

impl ChangePosition {
    fn clamped(&self) -> Position {
        let clamp = |n| usize::try_from(n).unwrap_or(usize::MAX);
        Position { line: clamp(self.line), column: clamp(self.character) }
    }
}

/// Parameters of `textDocument/didClose`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Closed {
    text_document: ClosedDocument,
}

#[derive(Deserialize, Debug)]
struct ClosedDocument {
    uri: String,
}

/// A document at one moment. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// Its normalised URI.
    pub uri: Arc<str>,
    /// Its URI in the client's own spelling.
    pub spelling: Arc<str>,
    /// The client's version.
    pub version: i32,
    /// Our own: grows with every change of any document, never used twice.
    pub revision: u64,
    /// The text.
    pub rope: Rope,
    /// What kind of file it is.
    pub format: Format,
    /// The encoding of a file that is not open; of an open one the client does not tell.
    pub encoding: Option<&'static str>,
    /// What is known of it.
    pub analyses: Arc<Analyses>,
}

impl Snapshot {
    /// A file that is not open, as it is on disk.
    pub(super) fn of_file(uri: &str, path: &Path, source: &Source) -> Self {
        Self {
            uri: uri.into(),
            spelling: uri.into(),
            version: 0,
            revision: 0,
            rope: Rope::from_str(&source.text),
            format: workspace::format_of(path),
            encoding: Some(source.encoding()),
            analyses: Arc::default(),
        }
    }
}

/// The open documents by normalised URI.
#[derive(Default, Debug)]
pub(super) struct Documents {
    state: Mutex<State>,
}

#[derive(Default, Debug)]
struct State {
    open: HashMap<Arc<str>, Snapshot>,
    /// The client's spellings of URIs that it does not write as the protocol's types do.
    spellings: HashMap<String, String>,
    last_revision: u64,
}

/// What became of a notification.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Applied {
    /// The text of this document is new.
    Changed(Arc<str>),
    /// The document is too large and will not be looked at.
    Refused(Arc<str>),
    /// Nothing to do: not open, or refused before (a refused document is closed for us).
    Ignored,
}

impl Documents {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a document, or opens it anew. `spelling` is its URI as the client wrote it.
    pub(super) fn open(&self, opened: Opened, spelling: &str) -> Applied {
        let OpenedDocument { uri, language_id, version, text } = opened.text_document;
        let mut state = self.lock();
        let key: Arc<str> = uri.as_str().into();
        if uri != spelling {
            state.spellings.insert(uri, spelling.to_owned());
        }
        state.open.remove(&key);
        if text.len() > LARGEST {
            return Applied::Refused(key);
        }
        state.last_revision += 1;
        let snapshot = Snapshot {
            uri: Arc::clone(&key),
            spelling: spelling.into(),
            version,
            revision: state.last_revision,
            rope: Rope::from_str(&text),
            format: format(&key, &language_id),
            encoding: None,
            analyses: Arc::default(),
        };
        state.open.insert(Arc::clone(&key), snapshot);
        Applied::Changed(key)
    }

    /// Applies all changes of one notification, in their order.
    pub(super) fn change(&self, changed: &Changed, encoding: Encoding) -> Applied {
        let mut guard = self.lock();
        let state = &mut *guard;
        let Some(document) = state.open.get_mut(changed.text_document.uri.as_str()) else { return Applied::Ignored };
        for change in &changed.content_changes {
            match &change.range {
                Some(range) => replace(&mut document.rope, range, &change.text, encoding),
                None => document.rope = Rope::from_str(&change.text),
            }
        }
        state.last_revision += 1;
        document.revision = state.last_revision;
        document.version = changed.text_document.version.unwrap_or(document.version);
        let key = Arc::clone(&document.uri);
        if document.rope.len_bytes() > LARGEST {
            state.open.remove(&key);
            return Applied::Refused(key);
        }
        Applied::Changed(key)
    }

    /// Closes a document and gives back what it was.
    pub(super) fn close(&self, closed: &Closed) -> Option<Snapshot> {
        let mut state = self.lock();
        let uri = closed.text_document.uri.as_str();
        state.spellings.remove(uri);
        state.open.remove(uri)
    }

    /// The document as it is now.
    pub(super) fn snapshot(&self, uri: &str) -> Option<Snapshot> {
        self.lock().open.get(uri).cloned()
    }

    /// Every open document as it is now, by URI.
    pub(super) fn all(&self) -> Vec<Snapshot> {
        let mut all: Vec<Snapshot> = self.lock().open.values().cloned().collect();
        all.sort_by(|a, b| a.uri.cmp(&b.uri));
        all
    }

    /// Runs `then` if `snapshot` is still the newest of its document; no edit comes in between.
    pub(super) fn if_current(&self, snapshot: &Snapshot, then: impl FnOnce()) {
        let state = self.lock();
        if state.open.get(&snapshot.uri).is_some_and(|now| now.revision == snapshot.revision) {
            then();
        }
    }

    /// A message with its URIs in the client's own spelling.
    pub(super) fn respelt(&self, body: &[u8]) -> Vec<u8> {
        let mut message: serde_json::Value = serde_json::from_slice(body).expect("a message of ours");
        self.restore_spelling(&mut message);
        message.to_string().into_bytes()
    }

    /// Puts the URIs of an answer into the client's own spelling.
    pub(super) fn restore_spelling(&self, value: &mut serde_json::Value) {
        uri::restore_all(value, &self.lock().spellings);
    }
}

fn replace(rope: &mut Rope, range: &ChangeRange, text: &str, encoding: Encoding) {
    let start = char_index_in_rope(rope, range.start.clamped(), encoding);
    let end = char_index_in_rope(rope, range.end.clamped(), encoding).max(start);
    rope.remove(start..end);
    rope.insert(start, text);
}

/// The format of a document. What the command line would find in a folder has the format that it has there. Of all else,
/// what ends in `.text` or is in a language that the client calls plain text is that, and the rest is Markdown.
fn format(uri: &str, language: &str) -> Format {
    let path = Path::new(uri.split(['?', '#']).next().unwrap_or(uri));
    let is_text = || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("text"));
    if workspace::is_article(path) {
        workspace::format_of(path)
    } else if is_text() || matches!(language, "plaintext" | "text") {
        Format::Plain
    } else {
        Format::Markdown
    }
}

#[cfg(test)]
mod model;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn open(documents: &Documents, text: &str) {
        let opened =
            json!({"textDocument": {"uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": text}});
        documents.open(serde_json::from_value(opened).expect("well formed"), "file:///a.md");
    }

    fn change(documents: &Documents, changes: &serde_json::Value) -> String {
        let params = json!({"textDocument": {"uri": "file:///a.md", "version": 2}, "contentChanges": changes});
        documents.change(&serde_json::from_value(params).expect("well formed"), Encoding::Utf16);
        documents.snapshot("file:///a.md").expect("open").rope.to_string()
    }

    fn at(line: u64, character: u64) -> serde_json::Value {
        json!({"line": line, "character": character})
    }

    #[test]
    fn changes_apply_in_their_order() {
        let documents = Documents::default();
        open(&documents, "甲𠮷乙\r\n丙");
        let changes = json!([
            {"range": {"start": at(0, 3), "end": at(0, 4)}, "text": "丁"},
            {"range": {"start": at(1, 1), "end": at(1, 1)}, "text": "\n戊"},
            {"range": {"start": at(2, 0), "end": at(2, 1)}, "text": ""}
        ]);
        assert_eq!(change(&documents, &changes), "甲𠮷丁\r\n丙\n");
        assert_eq!(change(&documents, &json!([{"text": "全新"}])), "全新");
    }

    #[test]
    fn what_lies_outside_is_clamped() {
        let documents = Documents::default();
        open(&documents, "甲\n乙");
        let changes = json!([{"range": {"start": at(0, 99), "end": at(u64::MAX, 7)}, "text": "。"}]);
        assert_eq!(change(&documents, &changes), "甲。");
        let backwards = json!([{"range": {"start": at(0, 2), "end": at(0, 0)}, "text": "！"}]);
        assert_eq!(change(&documents, &backwards), "甲。！");
    }

    #[test]
    fn the_name_says_the_format_and_else_the_language() {
        assert_eq!(format("file:///a/b.TXT", "markdown"), Format::Plain);
        assert_eq!(format("file:///a.b/c.md", "plaintext"), Format::Markdown);
        assert_eq!(format("file:///a.text", "markdown"), Format::Plain);
        assert_eq!(format("git:/a.md?ref=HEAD.txt", "plaintext"), Format::Markdown);
        assert_eq!(format("file:///a.txt.orig", "plaintext"), Format::Plain);
        assert_eq!(format("untitled:Untitled-1", "plaintext"), Format::Plain);
        assert_eq!(format("untitled:Untitled-1", "markdown"), Format::Markdown);
    }
}
