//! `textDocument/semanticTokens`: organisations, headings and bylines in colour, also where there is no Markdown.

use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend,
};

use crate::navigation::{TokenKind, tokens};
use crate::server::convert::View;

/// The types, standard ones because themes know those. The order is that of the numbers in [`number`].
pub(in crate::server) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: vec![SemanticTokenType::CLASS, SemanticTokenType::KEYWORD, SemanticTokenType::COMMENT],
        token_modifiers: vec![SemanticTokenModifier::ABSTRACT],
    }
}

/// Type and modifiers of a token. A short name is an abstract class: the same colour, set off where the theme does.
const fn number(kind: TokenKind) -> (u32, u32) {
    match kind {
        TokenKind::Organisation => (0, 0),
        TokenKind::Alias => (0, 1),
        TokenKind::Heading => (1, 0),
        TokenKind::Byline => (2, 0),
    }
}

/// The tokens of the page, or those that `range` touches.
pub(in crate::server) fn semantic_tokens(view: &View, range: Option<Range>) -> SemanticTokens {
    let asked = range.map(|range| view.span(range));
    let mut data = Vec::new();
    let mut last = tower_lsp::ls_types::Position::default();
    for (span, kind) in tokens(&view.analysis.page, view.analysis.organisations()) {
        if asked.is_some_and(|asked| !asked.overlaps(span)) {
            continue;
        }
        let start = view.position(span.start);
        // A token may not reach over the end of its line; a name over a line break is shown up to it.
        let text = &view.analysis.page.text;
        let end = view.position(span.end.min(text.line(text.line_of(span.start)).end).max(span.start));
        let (token_type, token_modifiers_bitset) = number(kind);
        let delta_line = start.line - last.line;
        data.push(SemanticToken {
            delta_line,
            delta_start: if delta_line == 0 { start.character - last.character } else { start.character },
            length: end.character - start.character,
            token_type,
            token_modifiers_bitset,
        });
        last = start;
    }
    SemanticTokens { result_id: None, data }
}
