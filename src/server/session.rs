//! What happens to a message in wire order, before anything awaits.
//!
//! The framework runs handlers side by side, so an edit that waits its turn in a handler can overtake another. Here
//! edits are applied in `call` itself, and a request takes its snapshot there: it sees the text as it was when it
//! came, whatever comes after.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Request, Response};
use tower_lsp::{ExitedError, LspService};
use tower_service::Service;

use super::documents::{Applied, LARGEST, Snapshot};
use super::handlers::Backend;
use super::{Shared, publish, uri};

tokio::task_local! {
    /// The document of the request that runs, as it was when the request came.
    static SNAPSHOT: Option<Snapshot>;
}

/// The document of the request that runs; none where it is not open.
pub(super) fn snapshot() -> Option<Snapshot> {
    SNAPSHOT.try_with(Clone::clone).ok().flatten()
}

/// The framework's service, with the order of the wire before it and a net below it.
#[derive(Debug)]
pub(super) struct Session {
    service: LspService<Backend>,
    shared: Arc<Shared>,
    /// Documents that have changed since the analysis was last woken.
    changed: Vec<Arc<str>>,
}

impl Session {
    pub(super) const fn new(service: LspService<Backend>, shared: Arc<Shared>) -> Self {
        Self { service, shared, changed: Vec::new() }
    }

    /// Has everything read that has changed.
    pub(super) fn wake_analysis(&mut self) {
        for uri in self.changed.drain(..) {
            self.shared.wakeups.wake(uri);
        }
    }

    /// Applies a notification about the text of a document. False where it is none.
    fn apply(&mut self, method: &str, spelling: &str, params: &mut Value) -> bool {
        let shared = Arc::clone(&self.shared);
        let documents = &shared.documents;
        match method {
            "textDocument/didOpen" => {
                if let Some(opened) = read(method, params) {
                    self.note(documents.open(opened, spelling), spelling);
                }
            }
            "textDocument/didChange" => {
                if let Some(changed) = read(method, params) {
                    let encoding = shared.features().encoding;
                    self.note(documents.change(&changed, encoding), spelling);
                }
            }
            "textDocument/didClose" => {
                if let Some(closed) = read(method, params)
                    && let Some(document) = documents.close(&closed)
                {
                    if !shared.features().pulls_diagnostics {
                        publish::clear(&shared, &document.spelling);
                    }
                    self.changed.push(document.uri);
                }
            }
            "textDocument/didSave" => {
                if let Some(uri) = document_uri(params) {
                    self.changed.push(uri.into());
                }
            }
            _ => return false,
        }
        true
    }

    fn note(&mut self, applied: Applied, spelling: &str) {
        match applied {
            Applied::Changed(uri) => self.changed.push(uri),
            Applied::Refused(_) => {
                publish::clear(&self.shared, spelling);
                self.shared.show_too_large(spelling, LARGEST);
            }
            Applied::Ignored => tracing::warn!("a change of a document that is not open: {spelling}"),
        }
    }
}

/// Reads the parameters of a notification, which cannot be answered: what is wrong with them is logged.
fn read<T: DeserializeOwned>(method: &str, params: &mut Value) -> Option<T> {
    serde_json::from_value(params.take()).inspect_err(|error| tracing::error!("{method} is ignored: {error}")).ok()
}

fn document_uri(params: &Value) -> Option<&str> {
    params.get("textDocument")?.get("uri")?.as_str()
}

/// What will be the answer to a request; none to a notification.
pub(super) type Answer = BoxFuture<'static, Result<Option<Response>, ExitedError>>;

impl Session {
    /// Takes a message. What comes of it is to be run elsewhere, but for a notification about a text: nothing is left
    /// to do for that, and to wake another thread for nothing would take longer than the edit.
    pub(super) fn take(&mut self, request: Request) -> Option<Answer> {
        let (method, id, mut params) = request.into_parts();
        let mut snapshot = None;
        if let Some(params) = &mut params {
            let spelling = document_uri(params).unwrap_or_default().to_owned();
            uri::normalise_all(params);
            let is_running = self.shared.lifecycle.is_running();
            if id.is_none() && is_running && self.apply(&method, &spelling, params) {
                return None;
            }
            snapshot = document_uri(params).and_then(|uri| self.shared.documents.snapshot(uri));
        }
        match method.as_ref() {
            "shutdown" if self.shared.lifecycle.is_running() => self.shared.lifecycle.shut_down(),
            _ => {}
        }
        let mut request = Request::build(method);
        if let Some(params) = params {
            request = request.params(params);
        }
        if let Some(id) = &id {
            request = request.id(id.clone());
        }
        let answer = AssertUnwindSafe(SNAPSHOT.scope(snapshot, self.service.call(request.finish()))).catch_unwind();
        Some(Box::pin(async move {
            // The message of the panic is on stderr and in the log; the client gets its answer.
            answer.await.unwrap_or_else(|_| Ok(id.map(|id| Response::from_error(id, Error::internal_error()))))
        }))
    }
}
