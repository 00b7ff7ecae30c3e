//! One JSON document with everything.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::cli::report::{Diagnostic, Report};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    /// Empty: see [`listed`].
    diagnostics: [(); 0],
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

/// So many findings are put into words together.
const CHUNK: usize = 512;

pub(super) fn render(report: &Report) -> String {
    let diagnostics: Vec<&Diagnostic> = report.diagnostics().collect();
    let document = Document {
        version: 1,
        diagnostics: [],
        errors: report.errors.iter().map(|e| Error { path: &e.path, message: e.message.get(report.lang) }).collect(),
        summary: Summary { files: report.n_files, diagnostics: diagnostics.len(), by_rule: report.by_rule() },
    };
    let mut json = pretty(&document);
    if !diagnostics.is_empty() {
        // Of many files they are nearly all of it, and every processor takes a part.
        let lists: Vec<String> = diagnostics.par_chunks(CHUNK).map(listed).collect();
        json = json.replacen("[]", &format!("[\n{}\n  ]", lists.join(",\n")), 1);
    }
    json.push('\n');
    json
}

/// Findings as they stand in the document, between the brackets of their list.
fn listed(diagnostics: &[&Diagnostic]) -> String {
    #[derive(Serialize)]
    struct List<'a> {
        diagnostics: &'a [&'a Diagnostic],
    }
    let json = pretty(&List { diagnostics });
    let (first, last) = (json.find("[\n").map(|at| at + 2), json.rfind("\n  ]"));
    json[first.unwrap_or_default()..last.unwrap_or(json.len())].to_owned()
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("strings and numbers only")
}
