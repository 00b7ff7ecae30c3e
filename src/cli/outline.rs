//! `outline`: show the headings of a file.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::report::Range;
use super::{Global, Outcome, print};
use crate::workspace;

/// What `outline` understands.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The file
    file: PathBuf,
    /// Format of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum, Debug)]
enum Format {
    /// A tree
    #[default]
    Human,
    /// JSON
    Json,
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    path: &'a str,
    symbols: Vec<Symbol>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Symbol {
    name: String,
    detail: String,
    kind: &'static str,
    level: usize,
    heading_lines: Vec<usize>,
    range: Range,
    selection_range: Range,
    children: Vec<Symbol>,
}

pub(super) fn run(arguments: &Arguments, _global: &Global) -> Result<Outcome> {
    let _source = workspace::load(&arguments.file)?;
    let document = Document { version: 1, path: &workspace::display(&arguments.file), symbols: Vec::new() };
    print(&match arguments.format {
        Format::Human => String::new(),
        Format::Json => serde_json::to_string_pretty(&document)? + "\n",
    })?;
    Ok(Outcome::Clean)
}
