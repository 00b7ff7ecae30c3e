//! One JSON document with everything.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::cli::report::{Diagnostic, Report};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    /// Empty: see [`List`].
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
    let json = pretty(&document);
    // Of many files the findings are nearly all of it, and every processor takes a part.
    let lists: Vec<List> = diagnostics.par_chunks(CHUNK).map(List::of).collect();
    let (before, after) = json.split_once("[]").filter(|_| !lists.is_empty()).unwrap_or((&json, ""));
    let mut document = String::with_capacity(json.len() + lists.iter().map(|list| list.json.len()).sum::<usize>());
    document.push_str(before);
    for (n, list) in lists.iter().enumerate() {
        document.push_str(if n == 0 { "[\n" } else { ",\n" });
        document.push_str(list.inner());
    }
    document.push_str(if lists.is_empty() { "" } else { "\n  ]" });
    document.push_str(after);
    document.push('\n');
    document
}

/// Findings as they stand in the document, and what is around them where they stand alone.
struct List {
    json: String,
}

impl List {
    fn of(diagnostics: &[&Diagnostic]) -> Self {
        #[derive(Serialize)]
        struct Alone<'a> {
            diagnostics: &'a [&'a Diagnostic],
        }
        Self { json: pretty(&Alone { diagnostics }) }
    }

    /// What stands between the brackets.
    fn inner(&self) -> &str {
        let (first, last) = (self.json.find("[\n").map(|at| at + 2), self.json.rfind("\n  ]"));
        &self.json[first.unwrap_or_default()..last.unwrap_or(self.json.len())]
    }
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("strings and numbers only")
}
