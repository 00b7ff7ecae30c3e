//! Annotations of GitHub Actions: commands on standard output that show findings on the changed lines.

use crate::cli::report::Report;
use crate::cli::terminal::visible;
use crate::diagnostic::Severity;

pub(super) fn render(report: &Report) -> String {
    let mut output = String::new();
    for diagnostic in report.diagnostics() {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "notice",
        };
        let (start, end) = (diagnostic.range.start, diagnostic.range.end);
        let mut place = format!("file={},line={},endLine={}", property(&diagnostic.path), start.line, end.line);
        // Columns are allowed on findings of one line only.
        if start.line == end.line {
            place += &format!(",col={},endColumn={}", start.column, end.column);
        }
        let message = format!("{} ({})", diagnostic.message, diagnostic.rule);
        output += &format!("::{command} {place},title={}::{}\n", property(&diagnostic.rule), data(&message));
    }
    for error in &report.errors {
        output += &format!("::error file={}::{}\n", property(&error.path), data(error.message.get(report.lang)));
    }
    output
}

/// A message: a line end would end the command.
fn data(text: &str) -> String {
    visible(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")).into_owned()
}

/// A value between commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
