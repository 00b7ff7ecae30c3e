//! One JSON object a line a finding; errors are objects of two fields.

use serde_json::json;

use crate::cli::report::Report;

pub(super) fn render(report: &Report) -> String {
    let mut output = String::new();
    for diagnostic in report.diagnostics() {
        output += &serde_json::to_string(diagnostic).expect("strings and numbers only");
        output.push('\n');
    }
    for error in &report.errors {
        output += &format!("{}\n", json!({ "path": error.path, "error": error.message.get(report.lang) }));
    }
    output
}
