//! The list of features: one short function a method. Each takes the version of the document that the request came
//! for, and has a file of [`super::requests`] answer off the threads that carry messages.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    DidChangeConfigurationParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentRangeFormattingParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, FoldingRange, FoldingRangeParams, GotoDefinitionParams,
    GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint,
    InlayHintParams, Location, PrepareRenameResponse, ReferenceParams, RenameParams, SelectionRange,
    SelectionRangeParams, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, ShowDocumentParams, TextDocumentIdentifier, TextDocumentPositionParams, TextEdit,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::{Client, LanguageServer};

use super::cancellation::Waiting;
use super::capabilities::{self, Features};
use super::convert::View;
use super::requests::{
    code_action, code_lens, completion, diagnostic, document_symbol, folding_range, formatting, hover, inlay_hint,
    navigation, selection_range, semantic_tokens, workspace_diagnostic, workspace_symbol,
};
use super::{Shared, configuration, lifecycle, session};

/// A request of our own: the text of a document as the server has it. For whoever looks for an edit that went wrong.
pub(super) const VIEW_TEXT: &str = "article-lsp/viewText";

/// Parameters of [`VIEW_TEXT`].
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct ViewTextParams {
    #[serde(rename = "textDocument")]
    _text_document: TextDocumentIdentifier,
}

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

    /// Answers [`VIEW_TEXT`].
    pub(super) async fn view_text(&self, _: ViewTextParams) -> Result<Option<String>> {
        self.answer(|view| view.text().as_str().to_owned()).await
    }

    /// Answers a request about a document; none where it is not open.
    async fn answer<T: Send + 'static>(&self, answer: impl FnOnce(&View) -> T + Send + 'static) -> Result<Option<T>> {
        let Some(snapshot) = session::snapshot() else { return Ok(None) };
        let answer = move |shared: &Shared| {
            let analysis = snapshot.analyses.of(&snapshot, &shared.settings);
            answer(&View::new(shared, &snapshot, &analysis))
        };
        self.work(answer).await.map(Some)
    }

    /// Runs `work` on a thread for work, so that it may compute; a panic costs this one answer. What is cancelled
    /// before its turn comes is not begun.
    async fn work<T: Send + 'static>(&self, work: impl FnOnce(&Shared) -> T + Send + 'static) -> Result<T> {
        let shared = Arc::clone(&self.shared);
        let waiting = Waiting::default();
        let cancelled = waiting.cancelled();
        let work = move || (!cancelled.load(Ordering::Relaxed)).then(|| work(&shared));
        let done = tokio::task::spawn_blocking(work).await.map_err(|_| Error::internal_error())?;
        done.ok_or_else(Error::request_cancelled)
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(pid) = params.process_id {
            lifecycle::end_with(pid);
        }
        let features = self.shared.features.get_or_init(|| Features::negotiate(&params));
        configuration::begin(&self.shared.settings, &params);
        self.shared.lifecycle.run();
        Ok(InitializeResult {
            capabilities: features.offer(),
            server_info: Some(capabilities::server_info()),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        configuration::register(&self.client, &self.shared);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        configuration::changed(&self.client, &self.shared, &params.settings);
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        configuration::files_changed(&self.client, &self.shared);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        configuration::folders_changed(&self.shared.settings, &params.event);
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let report = self.answer(move |view| diagnostic::report(view, params.previous_result_id.as_deref())).await?;
        Ok(report.unwrap_or_else(diagnostic::nothing))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let start = Instant::now();
        let waiting = Waiting::default();
        let cancelled = waiting.cancelled();
        let items = self.work(move |shared| workspace_diagnostic::report(shared, params, &cancelled)).await?;
        // Clients ask again at once. Where nothing is new, they may have no more than a twentieth of a core.
        let is_new = |report: &_| matches!(report, WorkspaceDocumentDiagnosticReport::Full(_));
        if !items.is_empty() && !items.iter().any(is_new) {
            tokio::time::sleep(start.elapsed() * 20).await;
        }
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
    }

    async fn document_symbol(&self, _: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(document_symbol::symbols).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let symbols = self.work(move |shared| {
            let mut found = Vec::new();
            for open in shared.documents.all() {
                let analysis = open.analyses.of(&open, &shared.settings);
                workspace_symbol::symbols(&View::new(shared, &open, &analysis), &params.query, &mut found);
            }
            found.truncate(workspace_symbol::MOST);
            found
        });
        Ok(Some(WorkspaceSymbolResponse::Flat(symbols.await?)))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { position, .. } = params.text_document_position_params;
        Ok(self.answer(move |view| hover::hover(view, position)).await?.flatten())
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { position, .. } = params.text_document_position_params;
        let definition = self.answer(move |view| navigation::definition(view, position)).await?;
        Ok(definition.flatten().map(GotoDefinitionResponse::Scalar))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams { position, .. } = params.text_document_position;
        let with_definition = params.context.include_declaration;
        self.answer(move |view| navigation::references(view, position, with_definition)).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { position, .. } = params.text_document_position_params;
        self.answer(move |view| navigation::highlights(view, position)).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        Ok(self.answer(move |view| navigation::prepare_rename(view, params.position)).await?.flatten())
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams { position, .. } = params.text_document_position;
        self.answer(move |view| navigation::rename(view, position, &params.new_name)).await?.transpose()
    }

    async fn document_link(&self, _: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.answer(navigation::links).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { position, .. } = params.text_document_position;
        let list = self.answer(move |view| completion::complete(view, position)).await?;
        Ok(list.map(CompletionResponse::List))
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.answer(move |view| code_action::actions(view, params.range, &params.context)).await
    }

    async fn code_lens(&self, _: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.answer(code_lens::lenses).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        if !self.shared.settings.inlay_hints() {
            return Ok(None);
        }
        self.answer(move |view| inlay_hint::hints(view, params.range)).await
    }

    async fn folding_range(&self, _: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(folding_range::ranges).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.answer(move |view| selection_range::ranges(view, &params.positions)).await
    }

    async fn semantic_tokens_full(&self, _: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let tokens = self.answer(|view| semantic_tokens::semantic_tokens(view, None)).await?;
        Ok(tokens.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let tokens = self.answer(move |view| semantic_tokens::semantic_tokens(view, Some(params.range))).await?;
        Ok(tokens.map(SemanticTokensRangeResult::Tokens))
    }

    async fn formatting(&self, _: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.answer(|view| formatting::edits(view, None)).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.answer(move |view| formatting::edits(view, Some(params.range))).await
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
