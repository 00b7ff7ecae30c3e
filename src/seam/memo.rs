//! What is kept from one analysis of a text to the next: facts about blocks and judgements on them and on pairs of
//! them, under the hashes of their content and of all else that they depend on. It makes the next analysis cheap and
//! never changes it.
//!
//! A memo belongs to one set of weights: where these change, as when they are fitted, take a new one.

use std::sync::Arc;

use super::facts::{Facts, Start};
use crate::memo::{Cache, key};

/// Facts and judgements of the analysis before and of this one.
#[derive(Default, Debug)]
pub struct Memo {
    facts: Cache<Arc<Facts>>,
    starts: Cache<Start>,
    tails: Cache<Standing>,
    heads: Cache<Standing>,
    pairs: Cache<Scores>,
    words: Cache<u8>,
    shared: Cache<usize>,
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
}

impl Memo {
    /// The facts of the block with this hash.
    pub fn facts(&mut self, hash: u64, find_out: impl FnOnce() -> Facts) -> Arc<Facts> {
        self.facts.get(hash, || Arc::new(find_out()))
    }

    /// What the character model says of the start of the block with this hash.
    pub fn start(&mut self, hash: u64, find_out: impl FnOnce() -> Start) -> Start {
        self.starts.get(hash, find_out)
    }

    /// What the block with this hash says in this place as a tail, if it is kept.
    pub fn tail(&mut self, hash: u64, place: u64) -> Option<Standing> {
        self.tails.peek(key([hash, place]))
    }

    /// Keeps it.
    pub fn keep_tail(&mut self, hash: u64, place: u64, standing: Standing) -> Standing {
        self.tails.get(key([hash, place]), || standing)
    }

    /// What the block with this hash says in this place as a head, if it is kept.
    pub fn head(&mut self, hash: u64, place: u64) -> Option<Standing> {
        self.heads.peek(key([hash, place]))
    }

    /// Keeps it.
    pub fn keep_head(&mut self, hash: u64, place: u64, standing: Standing) -> Standing {
        self.heads.get(key([hash, place]), || standing)
    }

    /// The scores of the blocks with these hashes in these places, if they are kept.
    pub fn scores(&mut self, hashes: (u64, u64), places: u64) -> Option<Scores> {
        self.pairs.peek(key([hashes.0, hashes.1, places]))
    }

    /// Keeps them.
    pub fn keep_scores(&mut self, hashes: (u64, u64), places: u64, scores: Scores) {
        self.pairs.get(key([hashes.0, hashes.1, places]), || scores);
    }

    /// Which of the words that straddle the seam of the blocks with these hashes stand in the blocks `around` them, a sum
    /// of hashes.
    pub fn words(&mut self, hashes: (u64, u64), repeated: usize, around: u64, find_out: impl FnOnce() -> u8) -> u8 {
        self.words.get(key([hashes.0, hashes.1, repeated as u64, around]), find_out)
    }

    /// How many rare pairs of characters a block shares with others, under a hash of them all, if it is kept.
    pub fn shared(&mut self, key: u64) -> Option<usize> {
        self.shared.peek(key)
    }

    /// Keeps it.
    pub fn keep_shared(&mut self, key: u64, n_shared: usize) -> usize {
        self.shared.get(key, || n_shared)
    }

    /// Begins an analysis: forgets what the one before did not use.
    pub fn turn(&mut self) {
        self.facts.turn();
        self.starts.turn();
        self.tails.turn();
        self.heads.turn();
        self.pairs.turn();
        self.words.turn();
        self.shared.turn();
    }
}
