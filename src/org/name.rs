//! A name as it stands in the page.

use std::sync::Arc;

use super::wording::Wording;
use crate::block::Block;
use crate::text::Span;

/// A name found in the page.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Where.
    pub span: Span,
    /// What it reads, without the line breaks that wrap it.
    pub wording: Arc<Wording>,
    /// How sure the model is; infinite for a name of the dictionary or one that follows from another.
    pub margin: f32,
    /// For one of the two parts of a name that a seam cut, which of the cut names.
    pub cut: Option<u32>,
}

impl Name {
    pub(super) const fn new(span: Span, wording: Arc<Wording>, margin: f32) -> Self {
        Self { span, wording, margin, cut: None }
    }
}

/// Each of `blocks` with the `names` in it; both are in order.
pub(super) fn blocks_with<'a>(
    blocks: impl IntoIterator<Item = &'a Block>,
    names: &'a [Name],
) -> impl Iterator<Item = (&'a Block, &'a [Name])> {
    let mut rest = names;
    blocks.into_iter().map(move |block| {
        let skipped = rest.iter().take_while(|name| name.span.end <= block.span.start).count();
        rest = &rest[skipped..];
        let (here, behind) = rest.split_at(rest.iter().take_while(|name| name.span.start < block.span.end).count());
        rest = behind;
        (block, here)
    })
}
