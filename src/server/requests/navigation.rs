//! From the name of an organisation to where it stands: definition, references, highlights, rename, links.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentLink, Location, Position, PrepareRenameResponse, WorkspaceEdit,
};

use crate::lang::Phrase;
use crate::navigation;
use crate::server::convert::View;

/// Where the organisation at `position` has its full name first.
pub(in crate::server) fn definition(view: &View, position: Position) -> Option<Location> {
    navigation::definition(view.analysis.organisations(), view.offset(position)).map(|span| view.location(span))
}

/// Every mention of the organisation at `position`; the definition among them if it is wanted.
pub(in crate::server) fn references(view: &View, position: Position, with_definition: bool) -> Vec<Location> {
    let (organisations, at) = (view.analysis.organisations(), view.offset(position));
    let definition = navigation::definition(organisations, at).filter(|_| !with_definition);
    let references = navigation::references(organisations, at);
    references.into_iter().filter(|span| Some(*span) != definition).map(|span| view.location(span)).collect()
}

/// Every mention of the organisation at `position`, for the eye.
pub(in crate::server) fn highlights(view: &View, position: Position) -> Vec<DocumentHighlight> {
    let highlight = |span| DocumentHighlight { range: view.range(span), kind: Some(DocumentHighlightKind::TEXT) };
    navigation::references(view.analysis.organisations(), view.offset(position)).into_iter().map(highlight).collect()
}

/// The name that a rename at `position` would change.
pub(in crate::server) fn prepare_rename(view: &View, position: Position) -> Option<PrepareRenameResponse> {
    let (page, organisations) = (&view.analysis.page, view.analysis.organisations());
    let (span, placeholder) = navigation::prepare_rename(page, organisations, view.offset(position))?;
    Some(PrepareRenameResponse::RangeWithPlaceholder { range: view.range(span), placeholder })
}

const NO_NAME: Phrase =
    Phrase { en: "there is no organisation here to rename", zh: "此处没有可以改名的组织" };
const BAD_NAME: Phrase = Phrase { en: "a name is one line of text", zh: "名称须为一行文字" };

/// The edits that rename the organisation at `position`.
pub(in crate::server) fn rename(view: &View, position: Position, new_name: &str) -> Result<WorkspaceEdit> {
    if new_name.trim().is_empty() || new_name.contains(['\n', '\r']) {
        return Err(Error::invalid_params(BAD_NAME.get(view.lang)));
    }
    let (page, organisations) = (&view.analysis.page, view.analysis.organisations());
    let edits = navigation::rename(page, organisations, view.offset(position), new_name.trim());
    if edits.is_empty() {
        return Err(Error::invalid_params(NO_NAME.get(view.lang)));
    }
    Ok(view.workspace_edit(&edits))
}

/// The names that have an address.
pub(in crate::server) fn links(view: &View) -> Vec<DocumentLink> {
    let link = |(span, url): (crate::text::Span, &str)| {
        let target = Some(url.parse().ok()?);
        Some(DocumentLink { range: view.range(span), target, tooltip: None, data: None })
    };
    navigation::links(view.analysis.organisations()).into_iter().filter_map(link).collect()
}
