//! The list of features: one short function a method. Each takes the version of the document that the request came
//! for, and has a file of [`super::requests`] answer off the threads that carry messages.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeActionParams, CodeActionResponse, DocumentDiagnosticParams, DocumentDiagnosticReportResult,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, Hover, HoverParams, InitializeParams,
    InitializeResult, ShowDocumentParams,
};
use tower_lsp::{Client, LanguageServer};

use super::capabilities::{self, Features};
use super::convert::View;
use super::requests::{code_action, diagnostic, document_symbol, hover};
use super::{Shared, lifecycle, session};

/// What the framework calls.
#[derive(Debug)]
pub(super) struct Backend {
    client: Client,
    shared: Arc<Shared>,
}

impl Backend {
    pub(super) const fn new(client: Client, shared: Arc<Shared>) -> Self {
        Self { client, shared }
    }

    /// Answers a request about a document; none where it is not open. Runs on a thread for work, so that it may
    /// compute; a panic costs this one answer.
    async fn answer<T: Send + 'static>(&self, answer: impl FnOnce(&View) -> T + Send + 'static) -> Result<Option<T>> {
        let Some(snapshot) = session::snapshot() else { return Ok(None) };
        let shared = Arc::clone(&self.shared);
        let work = tokio::task::spawn_blocking(move || {
            let config = shared.settings.config_for(&snapshot.uri);
            let analysis = snapshot.analyses.of(&snapshot, &config);
            answer(&View::new(&shared, &snapshot, &analysis))
        });
        work.await.map(Some).map_err(|_| Error::internal_error())
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(pid) = params.process_id {
            lifecycle::end_with(pid);
        }
        let features = self.shared.features.get_or_init(|| Features::negotiate(&params));
        self.shared.lifecycle.run();
        Ok(InitializeResult {
            capabilities: features.offer(),
            server_info: Some(capabilities::server_info()),
            offset_encoding: None,
        })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let report = self.answer(move |view| diagnostic::report(view, params.previous_result_id.as_deref())).await?;
        Ok(report.unwrap_or_else(diagnostic::nothing))
    }

    async fn document_symbol(&self, _: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(document_symbol::symbols).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let position = params.text_document_position_params.position;
        Ok(self.answer(move |view| hover::hover(view, position)).await?.flatten())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.answer(move |view| code_action::actions(view, params.range, &params.context)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        match params.command.as_str() {
            capabilities::GO_TO => {
                let (uri, range) = capabilities::go_to_arguments(&params.arguments)
                    .ok_or_else(|| Error::invalid_params("the arguments are a URI and a range"))?;
                let show =
                    ShowDocumentParams { uri, external: Some(false), take_focus: Some(true), selection: Some(range) };
                // The answer does not wait for the client: it may be waiting for the answer.
                let client = self.client.clone();
                tokio::spawn(async move { client.show_document(show).await });
                Ok(None)
            }
            unknown => Err(Error::invalid_params(format!("there is no command `{unknown}`"))),
        }
    }
}
