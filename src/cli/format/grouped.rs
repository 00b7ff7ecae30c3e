//! For people: one line a finding, under the name of its file.

use crate::cli::report::Report;
use crate::cli::terminal::{BOLD, paint, visible};

pub(super) fn render(report: &Report) -> String {
    let mut output = String::new();
    for file in &report.files {
        output += &paint(BOLD, &visible(&file.path));
        output.push('\n');
        for diagnostic in &file.diagnostics {
            output += &format!("  {}\n", super::concise::line(diagnostic));
        }
        output.push('\n');
    }
    output + &super::human::summary(report)
}
