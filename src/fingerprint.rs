//! Duplicates: paragraphs and sentences that stand in the page twice, found by their fingerprints.
//!
//! Every block has a fingerprint that depends on its content alone ([`print`]), so a memo may keep it. Blocks
//! that share rare numbers of their fingerprints are found in one pass over the page ([`index`]); only these are
//! compared, character by character ([`alignment`]), and what differs has to look like OCR ([`noise`]) for the one to
//! be a [`Copy`] of the other. A sentence that an editor repeats in a lead or a box is an [`Echo`].

mod alignment;
mod copy;
mod echo;
mod index;
mod noise;
mod print;

use std::ops::Range;
use std::sync::Arc;

use crate::block::Block;
use crate::shape::Shape;
use crate::text::{Span, Text};

pub use print::{Print, print};

/// A run of blocks that repeats an earlier run.
#[derive(Clone, PartialEq, Debug)]
pub struct Copy {
    /// Indices of the blocks of the later copy.
    pub later: Range<usize>,
    /// Indices of the blocks of the first copy.
    pub earlier: Range<usize>,
    /// Share of the characters that the two have in common, 1.0 for an exact copy.
    pub similarity: f32,
    /// The one that can go.
    pub spare: Spare,
}

/// Which of two copies can go without loss.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spare {
    /// The later one.
    Later,
    /// The earlier one: it is cut off, and the later one is whole.
    Earlier,
}

/// A sentence or clause that the page repeats elsewhere on purpose (a pull quote, a lead, a summary box).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Echo {
    /// The later occurrence.
    pub later: Span,
    /// The earlier occurrence.
    pub earlier: Span,
}

/// Finds what a page repeats: copies by their later run, echoes by their later sentence. `prints[n]` is the
/// [`print()`] of the content of `blocks[n]`, `shapes[n]` its shape. The time is linear in the length of the page.
pub fn repetitions(text: &Text, blocks: &[Block], shapes: &[Shape], prints: &[Arc<Print>]) -> (Vec<Copy>, Vec<Echo>) {
    let copies = copy::copies(text, blocks, shapes, prints);
    let echoes = echo::echoes(text, blocks, shapes, prints, &copies);
    (copies, echoes)
}
