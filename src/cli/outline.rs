//! `outline`: show the headings of a file.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::report::Range;
use super::terminal::{BOLD, CYAN, DIM, paint, visible};
use super::{Global, Outcome, inputs, print};
use crate::article::{Memo, Page};
use crate::lang::Lang;
use crate::outline::{self, SymbolKind, outline};
use crate::text::{Span, Text};
use crate::workspace;

/// What `outline` understands.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The file; `-` is standard input
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
    kind: SymbolKind,
    level: usize,
    heading_lines: Vec<usize>,
    range: Range,
    selection_range: Range,
    children: Vec<Symbol>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let source = inputs::load(&arguments.file)?;
    let page = Page::parse(source.text, workspace::format_of(&arguments.file), &mut Memo::default());
    let symbols: Vec<Symbol> = outline(&page).iter().map(|symbol| Symbol::new(&page.text, symbol)).collect();
    print(&match arguments.format {
        Format::Human => {
            let mut output = String::new();
            let digits = page.text.line_count().to_string().len();
            tree(&symbols, "", digits, global.lang_for(&arguments.file), &mut output);
            output
        }
        Format::Json => {
            let document = Document { version: 1, path: &workspace::display(&arguments.file), symbols };
            serde_json::to_string_pretty(&document)? + "\n"
        }
    })?;
    Ok(Outcome::Clean)
}

impl Symbol {
    fn new(text: &Text, symbol: &outline::Symbol) -> Self {
        let lines = |span: &Span| text.line_of(span.start) + 1..=text.line_of(span.end) + 1;
        Self {
            name: symbol.name.clone(),
            detail: symbol.detail.clone(),
            kind: symbol.kind,
            level: symbol.level,
            heading_lines: symbol.headings.iter().flat_map(lines).collect(),
            range: Range::new(text, symbol.span),
            selection_range: Range::new(text, symbol.selection),
            children: symbol.children.iter().map(|child| Self::new(text, child)).collect(),
        }
    }
}

/// Draws `symbols` with their line numbers at the left, each level under its parent.
fn tree(symbols: &[Symbol], indent: &str, digits: usize, lang: Lang, acc: &mut String) {
    for (n, symbol) in symbols.iter().enumerate() {
        let is_last = n + 1 == symbols.len();
        let (branch, below) = match (symbol.level, is_last) {
            (1, _) => ("", ""),
            (_, true) => ("└─ ", "   "),
            (_, false) => ("├─ ", "│  "),
        };
        let line = format!("{:>digits$}", symbol.selection_range.start.line);
        let name = visible(&symbol.name);
        let name = if symbol.kind == SymbolKind::Title { paint(BOLD, &name) } else { name.into_owned() };
        *acc += &format!("{} {indent}{branch}{} {name}", paint(DIM, &line), paint(CYAN, symbol.kind.label().get(lang)));
        if !symbol.detail.is_empty() {
            *acc += &format!("  {}", paint(DIM, &visible(&symbol.detail)));
        }
        acc.push('\n');
        tree(&symbol.children, &format!("{indent}{below}"), digits, lang, acc);
    }
}
