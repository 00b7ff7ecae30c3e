//! Findings go to the client: once a version, and only while that version is the newest.
//!
//! Every version that was read gets an answer, also where the findings are the same as before: a client that shows
//! findings of the current version only would otherwise wait for them.

use serde::Serialize;

use super::Shared;
use super::analysis::Analysis;
use super::convert::{Published, View};
use super::documents::Snapshot;

#[derive(Serialize)]
struct Notification<'a> {
    jsonrpc: &'static str,
    method: &'static str,
    params: Params<'a>,
}

#[derive(Serialize)]
struct Params<'a> {
    uri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    diagnostics: &'a [Published<'a>],
}

/// Publishes what was found, unless the document has changed or gone in the meantime.
pub(super) fn publish(shared: &Shared, snapshot: &Snapshot, analysis: &Analysis) {
    let view = View::new(shared, snapshot, analysis);
    let uri = view.uri();
    let diagnostics: Vec<Published> = view.published(&uri).collect();
    let mut body = notification(&snapshot.spelling, Some(snapshot.version), &diagnostics);
    if snapshot.spelling != snapshot.uri {
        // The places that findings refer to are in this document, too, and have its URI.
        body = shared.documents.respelt(&body);
    }
    shared.documents.if_current(snapshot, || shared.outbox.send(body));
}

/// Takes the findings of a document that is closed off the client's screen.
pub(super) fn clear(shared: &Shared, spelling: &str) {
    shared.outbox.send(notification(spelling, None, &[]));
}

/// Bytes of room for a finding: those of a generated page of 1 MB take 535 on average, those of a page of `seeds` 559.
const FINDING: usize = 640;

fn notification(uri: &str, version: Option<i32>, diagnostics: &[Published]) -> Vec<u8> {
    let params = Params { uri, version, diagnostics };
    let notification = Notification { jsonrpc: "2.0", method: "textDocument/publishDiagnostics", params };
    let mut body = Vec::with_capacity((diagnostics.len() + 1) * FINDING);
    serde_json::to_writer(&mut body, &notification).expect("diagnostics are plain data");
    body
}
