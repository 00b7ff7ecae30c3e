//! `textDocument/diagnostic`: findings for a client that asks for them.

use tower_lsp::ls_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::server::convert::View;

/// The findings, or that they are those that the client has under `previous`.
pub(in crate::server) fn report(view: &View, previous: Option<&str>) -> DocumentDiagnosticReportResult {
    let items = view.diagnostics();
    let result_id = result_id(&items);
    let report = if previous == Some(result_id.as_str()) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        full(Some(result_id), items)
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// The report on a document that is not open, or too large.
pub(in crate::server) fn nothing() -> DocumentDiagnosticReportResult {
    DocumentDiagnosticReportResult::Report(full(None, Vec::new()))
}

fn full(result_id: Option<String>, items: Vec<tower_lsp::ls_types::Diagnostic>) -> DocumentDiagnosticReport {
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// Names what was found: the same findings have the same name, whatever happened in between.
pub(super) fn result_id(items: &[tower_lsp::ls_types::Diagnostic]) -> String {
    let json = serde_json::to_vec(items).expect("diagnostics are plain data");
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&json))
}
