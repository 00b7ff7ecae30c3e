//! Duplicates: paragraphs and sentences that stand in the page twice, found by their fingerprints.

use std::ops::Range;

use crate::text::Span;

/// A run of blocks that repeats an earlier run.
#[derive(Clone, PartialEq, Debug)]
pub struct Copy {
    /// Indices of the blocks of the later copy.
    pub later: Range<usize>,
    /// Indices of the blocks of the first copy.
    pub earlier: Range<usize>,
    /// Share of the characters that the two have in common, 1.0 for an exact copy.
    pub similarity: f32,
}

/// A sentence or clause that the page repeats elsewhere on purpose (a pull quote, a lead, a summary box).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Echo {
    /// The later occurrence.
    pub later: Span,
    /// The earlier occurrence.
    pub earlier: Span,
}
