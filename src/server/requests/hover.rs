//! `textDocument/hover`: the organisation under the cursor.

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use crate::hover;
use crate::server::convert::View;

/// What is said of the organisation at `position`.
pub(in crate::server) fn hover(view: &View, position: Position) -> Option<Hover> {
    let found = hover::hover(view.text(), view.analysis.organisations(), view.offset(position), view.lang)?;
    let (kind, value) = if view.features.hover_markdown {
        (MarkupKind::Markdown, found.markdown)
    } else {
        (MarkupKind::PlainText, found.plain)
    };
    let contents = HoverContents::Markup(MarkupContent { kind, value });
    Some(Hover { contents, range: Some(view.range(found.span)) })
}
