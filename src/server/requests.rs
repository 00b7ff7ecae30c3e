//! What each feature answers: pure functions of one version of a document, one file a feature. Only
//! [`workspace_diagnostic`] and [`workspace_symbol`] look further than one document.

pub(super) mod code_action;
pub(super) mod code_lens;
pub(super) mod completion;
pub(super) mod diagnostic;
pub(super) mod document_symbol;
pub(super) mod folding_range;
pub(super) mod formatting;
pub(super) mod hover;
pub(super) mod inlay_hint;
pub(super) mod navigation;
pub(super) mod selection_range;
pub(super) mod semantic_tokens;
pub(super) mod workspace_diagnostic;
pub(super) mod workspace_symbol;
