//! For people: one line a finding, which editors and terminals turn into a link.

use crate::cli::report::{Diagnostic, Report};
use crate::cli::terminal::{BOLD, CYAN, RED, YELLOW, paint, visible};
use crate::diagnostic::Severity;

pub(super) fn render(report: &Report) -> String {
    let mut output = String::new();
    for diagnostic in report.diagnostics() {
        output += &format!("{}{}\n", paint(BOLD, &format!("{}:", visible(&diagnostic.path))), line(diagnostic));
    }
    output + &super::human::summary(report)
}

/// `3:181: warning[broken-paragraph] the sentence is cut`, with a star where an unattended fix exists.
pub(super) fn line(diagnostic: &Diagnostic) -> String {
    let start = diagnostic.range.start;
    let style = match diagnostic.severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Information => CYAN,
    };
    let fixable = if diagnostic.is_fixable() { " [*]" } else { "" };
    let name = paint(style, &format!("{}[{}]", diagnostic.severity.name(), diagnostic.rule));
    format!("{}:{}: {name} {}{fixable}", start.line, start.column, visible(&diagnostic.message))
}
