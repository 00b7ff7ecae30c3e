//! What is kept from one analysis of a text to the next: facts about blocks and judgements on them and on pairs of
//! them, with the block that they are about. It makes the next analysis cheap and never changes it.
//!
//! What depends on more than the block is kept together with a hash of all else that it depends on. A memo belongs to
//! one set of weights: where these change, as when they are fitted, take a new one.

use std::sync::Arc;

use super::Judged;
use super::facts::{Facts, Start};
use super::survey::Setting;
use super::window::Windows;
use crate::block::diff::Diff;

/// What is known from the analysis before.
#[derive(Default, Debug)]
pub struct Memo {
    /// What is known of each block.
    pub(super) blocks: Vec<Known>,
    /// How the page is set.
    pub(super) setting: Setting,
    /// What may be a seam.
    pub(super) judged: Vec<Judged>,
}

/// What is known of a block.
#[derive(Default, Debug)]
pub struct Known {
    pub(super) facts: Option<Arc<Facts>>,
    pub(super) start: Option<Start>,
    /// What is seen of it at a glance, in its place.
    pub(super) glance: Option<(u64, f32)>,
    /// What it says in its place as a tail.
    pub(super) tail: Option<(u64, Standing)>,
    /// What it says in its place as a head.
    pub(super) head: Option<(u64, Standing)>,
    /// The pairs of which it is the tail.
    pub(super) pairs: Vec<KnownPair>,
}

/// What is known of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownPair {
    /// The hash of the head.
    pub head: u64,
    /// The places of the two.
    pub places: u64,
    pub scores: Scores,
    /// Under a hash of the blocks around: which words that straddle the seam stand there.
    pub words: Option<(u64, u8)>,
    /// Under a hash of the blocks beside the two: how many rare pairs of characters they share.
    pub subjects: Option<(u64, (usize, usize))>,
}

/// What the first stage says of a half by itself.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Standing {
    /// Logit of a tail as left open, of a head as started in mid-sentence.
    pub logit: f32,
    /// The same without what stands around it.
    pub own: f32,
    /// What it adds to the logit of a pair, wherever the other half stands.
    pub any: f32,
    /// What it adds to the logit of the two as neighbours.
    pub neighbours: f32,
}

/// The first judgement on a pair.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scores {
    /// Logit of the two wherever they stand.
    pub any: f32,
    /// Logit of the two as neighbours, where they are.
    pub neighbours: Option<f32>,
    /// Bytes of the head that repeat the tail.
    pub repeated: usize,
    /// Whether the two meet within a word, a name, a number or a quotation.
    pub parts_word: bool,
}

impl Memo {
    /// What is known of block `n`.
    pub(super) fn of(&mut self, n: usize) -> &mut Known {
        if self.blocks.len() <= n {
            self.blocks.resize_with(n + 1, Known::default);
        }
        &mut self.blocks[n]
    }

    /// Moves what is known to where the blocks stand now.
    pub(super) fn follow(&mut self, diff: &Diff) {
        diff.apply(&mut self.blocks, |_| Known::default());
        self.judged.retain_mut(|judged| judged.seam.follow(diff));
    }

    /// Puts what was judged anew in the `windows` in the place of what was known of them.
    pub(super) fn replace(&mut self, windows: &Windows, judged: Vec<Judged>) {
        self.judged.retain(|judged| !windows.hold(&judged.seam));
        self.judged.extend(judged.into_iter().filter(|judged| windows.hold(&judged.seam)));
        self.judged.sort_unstable_by_key(|judged| (judged.seam.tail, judged.seam.head));
    }
}
