//! One JSON document with everything.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::report::{Diagnostic, Report};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    diagnostics: Vec<&'a Diagnostic>,
    errors: Vec<Error<'a>>,
    summary: Summary<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    path: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary<'a> {
    files: usize,
    diagnostics: usize,
    by_rule: BTreeMap<&'a str, usize>,
}

pub(super) fn render(report: &Report) -> String {
    let document = Document {
        version: 1,
        diagnostics: report.diagnostics().collect(),
        errors: report.errors.iter().map(|e| Error { path: &e.path, message: e.message.get(report.lang) }).collect(),
        summary: Summary {
            files: report.n_files,
            diagnostics: report.diagnostics().count(),
            by_rule: report.by_rule(),
        },
    };
    let mut json = serde_json::to_string_pretty(&document).expect("strings and numbers only");
    json.push('\n');
    json
}
