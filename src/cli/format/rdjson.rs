//! The JSON of reviewdog, suggestions included.

use serde_json::{Value, json};

use crate::cli::report::{Diagnostic, Report};
use crate::diagnostic::Severity;

pub(super) fn render(report: &Report) -> String {
    let diagnostics: Vec<Value> = report.diagnostics().map(diagnostic).collect();
    let document = json!({
        "source": { "name": "article-lsp" },
        "diagnostics": diagnostics,
    });
    serde_json::to_string_pretty(&document).expect("strings and numbers only") + "\n"
}

fn diagnostic(diagnostic: &Diagnostic) -> Value {
    let suggestions: Vec<Value> = diagnostic
        .fixes
        .iter()
        .flat_map(|fix| &fix.edits)
        .map(|edit| json!({ "range": edit.range, "text": edit.new_text }))
        .collect();
    json!({
        "message": diagnostic.message,
        "location": { "path": diagnostic.path, "range": diagnostic.range },
        "severity": match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Information => "INFO",
        },
        "code": { "value": diagnostic.rule, "url": diagnostic.url },
        "suggestions": suggestions,
        "relatedLocations": diagnostic
            .related
            .iter()
            .map(|related| json!({
                "message": related.message,
                "location": { "path": related.path, "range": related.range },
            }))
            .collect::<Vec<_>>(),
    })
}
