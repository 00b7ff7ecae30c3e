//! What each feature answers: pure functions of one version of a document, one file a feature.

pub(super) mod code_action;
pub(super) mod diagnostic;
pub(super) mod document_symbol;
pub(super) mod hover;
