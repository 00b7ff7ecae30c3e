//! `textDocument/selectionRange`.

use tower_lsp::ls_types::{Position, SelectionRange};

use crate::outline::outline;
use crate::selection::around;
use crate::server::convert::View;

/// For each position the ranges around it, the smallest first.
pub(in crate::server) fn ranges(view: &View, positions: &[Position]) -> Vec<SelectionRange> {
    let page = &view.analysis.page;
    let outline = outline(page);
    let ranges = |position: &Position| {
        let spans = around(page, &outline, view.offset(*position));
        let grow = |parent: Option<SelectionRange>, span: &crate::text::Span| {
            Some(SelectionRange { range: view.range(*span), parent: parent.map(Box::new) })
        };
        let here = SelectionRange { range: tower_lsp::ls_types::Range::new(*position, *position), parent: None };
        spans.iter().rev().fold(None, grow).unwrap_or(here)
    };
    positions.iter().map(ranges).collect()
}
