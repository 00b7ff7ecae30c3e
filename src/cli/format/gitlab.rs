//! A code quality report of GitLab: findings on the changed lines of a merge request.

use serde_json::{Value, json};

use crate::cli::report::Report;
use crate::diagnostic::Severity;

pub(super) fn render(report: &Report) -> String {
    let mut issues: Vec<Value> = report
        .diagnostics()
        .map(|diagnostic| {
            json!({
                "description": diagnostic.message,
                "check_name": diagnostic.rule,
                "fingerprint": fingerprint(&diagnostic.path, &diagnostic.fingerprint),
                "severity": match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Information => "info",
                },
                "location": {
                    "path": diagnostic.path,
                    "positions": { "begin": diagnostic.range.start, "end": diagnostic.range.end },
                },
            })
        })
        .collect();
    issues.extend(report.errors.iter().map(|error| {
        json!({
            "description": error.message.get(report.lang),
            "check_name": "unreadable-file",
            "fingerprint": fingerprint(&error.path, &error.message.en),
            "severity": "critical",
            "location": { "path": error.path, "lines": { "begin": 1 } },
        })
    }));
    serde_json::to_string_pretty(&issues).expect("strings and numbers only") + "\n"
}

/// Unique in the project: the same finding in two files is two findings.
fn fingerprint(path: &str, content: &str) -> String {
    format!("{:016x}", crate::block::hash(&format!("{path}\n{content}")))
}
