//! What client and server can do. The server offers what the client has said that it can use.

use serde_json::{Value, json};
use tower_lsp::ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, DiagnosticTag, DocumentLinkOptions, ExecuteCommandOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, MarkupKind, OneOf, PositionEncodingKind,
    Registration, RenameOptions, SelectionRangeProviderCapability, SemanticTokensFullOptions, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use crate::lang::Lang;
use crate::text::Encoding;

use super::requests::semantic_tokens;

/// The kind of the action that applies every safe repair.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.article-lsp");
/// The command that shows a place.
pub(super) const GO_TO: &str = "article-lsp.goTo";

/// What was agreed with the client.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
#[allow(clippy::struct_excessive_bools)] // The protocol has these switches, each on its own.
pub(super) struct Features {
    /// What a column counts.
    pub encoding: Encoding,
    /// The language of messages.
    pub lang: Lang,
    /// The client asks for diagnostics; then none are pushed.
    pub pulls_diagnostics: bool,
    /// The client asks again when told to.
    pub refreshes_diagnostics: bool,
    /// Diagnostics may name other places.
    pub related_information: bool,
    /// Diagnostics may have a link behind their code.
    pub code_description: bool,
    /// Diagnostics may be greyed out.
    pub unnecessary_tag: bool,
    /// Symbols may have children.
    pub nested_symbols: bool,
    /// Hovers may be Markdown.
    pub hover_markdown: bool,
    /// Code actions may be more than commands.
    pub action_literals: bool,
    /// Of several actions one may be marked as the best.
    pub preferred_action: bool,
    /// The client can be asked to show a place.
    pub show_document: bool,
    /// Edits may name the version of the document that they are for.
    pub versioned_edits: bool,
    /// The client can be asked for its settings.
    pub configuration: bool,
    /// The client tells of changed settings when asked to.
    pub registers_configuration: bool,
    /// The client watches files when asked to.
    pub registers_watchers: bool,
    /// The client folds.
    pub folds: bool,
    /// Folds that the client takes.
    pub most_folds: Option<usize>,
    /// The client grows selections.
    pub selection_ranges: bool,
    /// The client shows inlay hints.
    pub inlay_hints: bool,
    /// The client asks for inlay hints again when told to.
    pub refreshes_inlay_hints: bool,
    /// The client shows code lenses.
    pub code_lenses: bool,
    /// The client asks for code lenses again when told to.
    pub refreshes_code_lenses: bool,
    /// The client colours by meaning.
    pub semantic_tokens: bool,
    /// The client asks for colours again when told to.
    pub refreshes_semantic_tokens: bool,
    /// The client asks what a rename would change before it asks for the name.
    pub prepares_rename: bool,
    /// The client has folders.
    pub workspace_folders: bool,
}

impl Features {
    /// Reads what the client said in `initialize`.
    pub(super) fn negotiate(params: &InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let document = capabilities.text_document.clone().unwrap_or_default();
        let workspace = capabilities.workspace.clone().unwrap_or_default();
        let window = capabilities.window.clone().unwrap_or_default();
        let general = capabilities.general.clone().unwrap_or_default();
        let publish = document.publish_diagnostics.unwrap_or_default();
        let action = document.code_action.unwrap_or_default();
        let hover_formats = document.hover.and_then(|hover| hover.content_format).unwrap_or_default();
        // Related information, links and tags are declared with the push; a client that pulls may declare them there,
        // which the types do not know yet, and has them in any case.
        let pulls = document.diagnostic.is_some();
        Self {
            encoding: encoding(general.position_encodings.as_deref().unwrap_or_default()),
            lang: params.locale.as_deref().map_or(Lang::En, Lang::from_locale),
            pulls_diagnostics: pulls,
            refreshes_diagnostics: workspace.diagnostics.and_then(|d| d.refresh_support).unwrap_or(false),
            related_information: publish.related_information.unwrap_or(false),
            code_description: publish.code_description_support.unwrap_or(false),
            unnecessary_tag: publish
                .tag_support
                .is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::UNNECESSARY)),
            nested_symbols: document
                .document_symbol
                .and_then(|symbol| symbol.hierarchical_document_symbol_support)
                .unwrap_or(false),
            hover_markdown: hover_formats.first() == Some(&MarkupKind::Markdown),
            action_literals: action.code_action_literal_support.is_some(),
            preferred_action: action.is_preferred_support.unwrap_or(false),
            show_document: window.show_document.is_some_and(|show| show.support),
            versioned_edits: workspace.workspace_edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            configuration: workspace.configuration.unwrap_or(false),
            registers_configuration: is_dynamic(
                workspace.did_change_configuration.and_then(|c| c.dynamic_registration),
            ),
            registers_watchers: is_dynamic(workspace.did_change_watched_files.and_then(|w| w.dynamic_registration)),
            folds: document.folding_range.is_some(),
            most_folds: document.folding_range.and_then(|fold| fold.range_limit).map(|limit| limit as usize),
            selection_ranges: document.selection_range.is_some(),
            inlay_hints: document.inlay_hint.is_some(),
            refreshes_inlay_hints: workspace.inlay_hint.and_then(|hint| hint.refresh_support).unwrap_or(false),
            code_lenses: document.code_lens.is_some(),
            refreshes_code_lenses: workspace.code_lens.and_then(|lens| lens.refresh_support).unwrap_or(false),
            semantic_tokens: document.semantic_tokens.is_some(),
            refreshes_semantic_tokens: workspace.semantic_tokens.and_then(|t| t.refresh_support).unwrap_or(false),
            prepares_rename: document.rename.and_then(|rename| rename.prepare_support).unwrap_or(false),
            workspace_folders: workspace.workspace_folders.unwrap_or(false),
        }
    }

    /// What the server offers this client. What every client has had from the first version of the protocol on is
    /// offered to all; what came later, to those that say that they have it.
    pub(super) fn offer(&self) -> ServerCapabilities {
        let progress = WorkDoneProgressOptions::default();
        ServerCapabilities {
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
                Encoding::Utf32 => PositionEncodingKind::UTF32,
            }),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                will_save: None,
                will_save_wait_until: None,
                save: Some(TextDocumentSyncSaveOptions::Supported(false)),
            })),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            code_action_provider: Some(if self.action_literals {
                CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
                    work_done_progress_options: progress,
                    resolve_provider: None,
                })
            } else {
                CodeActionProviderCapability::Simple(true)
            }),
            execute_command_provider: self.show_document.then(|| ExecuteCommandOptions {
                commands: vec![GO_TO.to_owned()],
                work_done_progress_options: progress,
            }),
            diagnostic_provider: self.pulls_diagnostics.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("article-lsp".to_owned()),
                    inter_file_dependencies: false,
                    workspace_diagnostics: true,
                    work_done_progress_options: progress,
                })
            }),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            completion_provider: Some(CompletionOptions::default()),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: None,
                work_done_progress_options: progress,
            }),
            document_formatting_provider: Some(OneOf::Left(true)),
            document_range_formatting_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            rename_provider: Some(if self.prepares_rename {
                let options = RenameOptions { prepare_provider: Some(true), work_done_progress_options: progress };
                OneOf::Right(options)
            } else {
                OneOf::Left(true)
            }),
            ..self.offer_later_features()
        }
    }

    fn offer_later_features(&self) -> ServerCapabilities {
        ServerCapabilities {
            folding_range_provider: self.folds.then_some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: self.selection_ranges.then_some(SelectionRangeProviderCapability::Simple(true)),
            inlay_hint_provider: self.inlay_hints.then_some(OneOf::Left(true)),
            // A lens is a command, and the command asks the client to show a place.
            code_lens_provider: (self.code_lenses && self.show_document)
                .then_some(CodeLensOptions { resolve_provider: None }),
            semantic_tokens_provider: self.semantic_tokens.then(|| {
                SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                    legend: semantic_tokens::legend(),
                    range: Some(true),
                    full: Some(SemanticTokensFullOptions::Bool(true)),
                })
            }),
            workspace: self.workspace_folders.then_some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: None,
            }),
            ..ServerCapabilities::default()
        }
    }
}

fn is_dynamic(registration: Option<bool>) -> bool {
    registration.unwrap_or(false)
}

/// What the client is asked to tell of after `initialized`: changed settings, and changed files that are settings.
pub(super) fn registrations(features: &Features) -> Vec<Registration> {
    let mut registrations = Vec::new();
    if features.registers_configuration {
        registrations.push(Registration {
            id: "article-lsp.configuration".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(json!({"section": super::settings::SECTION})),
        });
    }
    if features.registers_watchers {
        // Configuration, and the dictionaries of organisations that it names.
        let globs = ["**/*.toml", "**/*.csv", "**/.article-lsp-ignore"];
        let watchers: Vec<_> = globs.iter().map(|glob| json!({"globPattern": glob})).collect();
        registrations.push(Registration {
            id: "article-lsp.files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(json!({"watchers": watchers})),
        });
    }
    registrations
}

/// The first of the client's encodings that we know; UTF-16 where it names none.
fn encoding(offered: &[PositionEncodingKind]) -> Encoding {
    offered.iter().find_map(|kind| kind.as_str().parse().ok()).unwrap_or_default()
}

/// What `initialize` answers about the server itself.
pub(super) fn server_info() -> tower_lsp::ls_types::ServerInfo {
    tower_lsp::ls_types::ServerInfo {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
    }
}

/// `value` read as the arguments of [`GO_TO`]: a URI and a range.
pub(super) fn go_to_arguments(arguments: &[Value]) -> Option<(tower_lsp::ls_types::Uri, tower_lsp::ls_types::Range)> {
    let [uri, range] = arguments else { return None };
    Some((serde_json::from_value(uri.clone()).ok()?, serde_json::from_value(range.clone()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn negotiate(params: Value) -> Features {
        Features::negotiate(&serde_json::from_value(params).expect("well formed"))
    }

    #[test]
    fn the_clients_first_encoding_wins() {
        for (offered, agreed) in [
            (json!(["utf-8", "utf-16"]), Encoding::Utf8),
            (json!(["utf-16", "utf-8"]), Encoding::Utf16),
            (json!(["utf-7", "utf-32"]), Encoding::Utf32),
            (json!([]), Encoding::Utf16),
        ] {
            let params = json!({"capabilities": {"general": {"positionEncodings": offered}}});
            assert_eq!(negotiate(params).encoding, agreed, "{offered}");
        }
        assert_eq!(negotiate(json!({"capabilities": {}})), Features::default());
    }

    #[test]
    fn diagnostics_are_pulled_by_who_can() {
        let features = negotiate(json!({"capabilities": {"textDocument": {"diagnostic": {}}}, "locale": "zh-cn"}));
        assert!(features.offer().diagnostic_provider.is_some());
        assert_eq!(features.lang, Lang::Zh);
        assert!(Features::default().offer().diagnostic_provider.is_none());
    }
}
