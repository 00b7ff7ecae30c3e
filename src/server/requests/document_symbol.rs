//! `textDocument/documentSymbol`: the outline, nested or flat.

use tower_lsp::ls_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind};

use crate::outline::{self, Symbol};
use crate::server::convert::View;

/// The outline.
pub(in crate::server) fn symbols(view: &View) -> DocumentSymbolResponse {
    let outline = outline::outline(&view.analysis.page);
    if view.features.nested_symbols {
        DocumentSymbolResponse::Nested(outline.iter().map(|symbol| nested(view, symbol)).collect())
    } else {
        let mut flat = Vec::new();
        flatten(view, &outline, None, &mut flat);
        DocumentSymbolResponse::Flat(flat)
    }
}

#[allow(deprecated)] // The field is deprecated, but the type has no other constructor.
fn nested(view: &View, symbol: &Symbol) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.iter().map(|child| nested(view, child)).collect();
    DocumentSymbol {
        name: name(symbol),
        detail: (!symbol.detail.is_empty()).then(|| symbol.detail.clone()),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.span.cover(symbol.selection)),
        selection_range: view.range(symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

/// The symbols one after the other, each with the name of the one that it is in.
#[allow(deprecated)] // As above.
pub(in crate::server) fn flatten(
    view: &View,
    symbols: &[Symbol],
    container: Option<&str>,
    acc: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        acc.push(SymbolInformation {
            name: name(symbol),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location { uri: view.uri(), range: view.range(symbol.span.cover(symbol.selection)) },
            container_name: container.map(str::to_owned),
        });
        flatten(view, &symbol.children, Some(&symbol.name), acc);
    }
}

/// The protocol forbids empty names.
fn name(symbol: &Symbol) -> String {
    if symbol.name.trim().is_empty() { "—".to_owned() } else { symbol.name.clone() }
}

/// The protocol's kinds are those of programs; these have icons that can be told apart.
const fn kind(kind: outline::SymbolKind) -> SymbolKind {
    match kind {
        outline::SymbolKind::Page => SymbolKind::NAMESPACE,
        outline::SymbolKind::Title => SymbolKind::CLASS,
        outline::SymbolKind::Section => SymbolKind::METHOD,
        outline::SymbolKind::Label => SymbolKind::PROPERTY,
        outline::SymbolKind::Caption => SymbolKind::FIELD,
    }
}
