//! `textDocument/formatting` and `textDocument/rangeFormatting`.

use tower_lsp::ls_types::{Range, TextEdit};

use crate::format::format;
use crate::server::convert::View;
use crate::text::Span;

/// The edits that format the page, or those of them that lie in the lines of `range`.
pub(in crate::server) fn edits(view: &View, range: Option<Range>) -> Vec<TextEdit> {
    let mut edits = format(&view.analysis.page, &view.analysis.diagnostics);
    if let Some(range) = range {
        let (text, span) = (view.text(), view.span(range));
        let first = text.line(text.line_of(span.start));
        let last = text.line_with_ending(text.line_of(span.end));
        let lines = Span::new(first.start, last.end);
        edits.retain(|edit| lines.start <= edit.span.start && edit.span.end <= lines.end);
    }
    view.text_edits(&edits)
}
