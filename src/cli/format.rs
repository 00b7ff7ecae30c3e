//! The formats in which findings are printed: one file each.

mod human;
mod json;

use clap::ValueEnum;

use super::report::Report;

/// A format.
#[derive(Clone, Copy, PartialEq, Eq, Default, ValueEnum, Debug)]
pub(super) enum Format {
    /// For people: every finding with the text around it
    #[default]
    Human,
    /// One JSON document
    Json,
}

impl Format {
    /// The report in this format.
    pub fn render(self, report: &Report) -> String {
        match self {
            Self::Human => human::render(report),
            Self::Json => json::render(report),
        }
    }
}
