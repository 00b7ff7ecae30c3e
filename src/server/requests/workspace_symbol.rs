//! `workspace/symbol`: headings and organisations of the open documents.

use tower_lsp::ls_types::{SymbolInformation, SymbolKind};

use crate::outline::outline;
use crate::server::convert::View;

use super::document_symbol::flatten;

/// Most symbols that are answered; who looks for something types more.
pub(in crate::server) const MOST: usize = 500;

/// The headings and organisations of a document whose name holds every character of `query` in its order.
#[allow(deprecated)] // The field is deprecated, but the type has no other constructor.
pub(in crate::server) fn symbols(view: &View, query: &str, acc: &mut Vec<SymbolInformation>) {
    let mut found = Vec::new();
    flatten(view, &outline(&view.analysis.page), None, &mut found);
    for organisation in view.analysis.organisations() {
        let Some(mention) = organisation.mentions.first() else { continue };
        found.push(SymbolInformation {
            name: organisation.name.clone(),
            kind: SymbolKind::INTERFACE,
            tags: None,
            deprecated: None,
            location: view.location(mention.span),
            container_name: organisation.part_of.clone(),
        });
    }
    acc.extend(found.into_iter().filter(|symbol| holds(&symbol.name, query)));
}

fn holds(name: &str, query: &str) -> bool {
    let mut rest = name.chars().flat_map(char::to_lowercase);
    query.chars().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_a_subsequence() {
        assert!(holds("某区总工会", "区工会"));
        assert!(holds("ABC公司", "ac 公"));
        assert!(holds("某区", ""));
        assert!(!holds("某区总工会", "会工"));
    }
}
