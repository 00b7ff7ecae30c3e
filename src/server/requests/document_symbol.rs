//! `textDocument/documentSymbol`: the outline, nested or flat.

use tower_lsp::ls_types::{DocumentSymbol, DocumentSymbolResponse, SymbolInformation, SymbolKind};

use crate::article::Kind;
use crate::server::convert::View;
use crate::text::Span;

/// The outline.
pub(in crate::server) fn symbols(view: &View) -> DocumentSymbolResponse {
    let nested = nested(view);
    if view.features.nested_symbols {
        DocumentSymbolResponse::Nested(nested)
    } else {
        let mut flat = Vec::new();
        flatten(view, nested, None, &mut flat);
        DocumentSymbolResponse::Flat(flat)
    }
}

#[allow(deprecated)] // The field is deprecated, but the type has no other constructor.
fn nested(view: &View) -> Vec<DocumentSymbol> {
    let page = &view.analysis.page;
    if !page.is_chinese {
        return Vec::new();
    }
    let headings: Vec<usize> = (0..page.blocks.len()).filter(|&n| page.kinds[n] == Kind::Title).collect();
    let symbol = |(n, &heading): (usize, &usize)| {
        let end = headings.get(n + 1).map_or(page.blocks.len(), |&next| next);
        let selection = page.blocks[heading].content;
        DocumentSymbol {
            name: page.content(heading).to_owned(),
            detail: None,
            kind: SymbolKind::STRING,
            tags: None,
            deprecated: None,
            range: view.range(Span::new(page.blocks[heading].span.start, page.blocks[end - 1].span.end)),
            selection_range: view.range(selection),
            children: None,
        }
    };
    headings.iter().enumerate().map(symbol).collect()
}

#[allow(deprecated)] // As above.
fn flatten(view: &View, symbols: Vec<DocumentSymbol>, container: Option<&str>, flat: &mut Vec<SymbolInformation>) {
    for symbol in symbols {
        flat.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol.kind,
            tags: None,
            deprecated: None,
            location: tower_lsp::ls_types::Location { uri: view.uri(), range: symbol.range },
            container_name: container.map(str::to_owned),
        });
        flatten(view, symbol.children.unwrap_or_default(), Some(&symbol.name), flat);
    }
}
