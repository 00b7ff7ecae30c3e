//! What is kept from one analysis of a text to the next: facts about blocks and judgements on them and on pairs of
//! them, under the hashes of their content and of all else that they depend on. It makes the next analysis cheap and
//! never changes it.
//!
//! A memo belongs to one set of weights: where these change, as when they are fitted, take a new one.

use std::sync::Arc;

use super::facts::Facts;
use crate::memo::{Cache, key};

/// Facts and judgements of the analysis before and of this one.
#[derive(Default, Debug)]
pub struct Memo {
    facts: Cache<Arc<Facts>>,
    starts: Cache<f32>,
    open: Cache<f32>,
    started: Cache<f32>,
    pairs: Cache<Scores>,
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

    /// How much the block with this hash looks like the start of a text.
    pub fn start(&mut self, hash: u64, find_out: impl FnOnce() -> f32) -> f32 {
        self.starts.get(hash, find_out)
    }

    /// The logit of the block with this hash in this place as left open, if it is kept.
    pub fn open(&mut self, hash: u64, place: u64) -> Option<f32> {
        self.open.peek(key([hash, place]))
    }

    /// Keeps it.
    pub fn keep_open(&mut self, hash: u64, place: u64, logit: f32) {
        self.open.get(key([hash, place]), || logit);
    }

    /// The logit of the block with this hash in this place as started in mid-sentence, if it is kept.
    pub fn started(&mut self, hash: u64, place: u64) -> Option<f32> {
        self.started.peek(key([hash, place]))
    }

    /// Keeps it.
    pub fn keep_started(&mut self, hash: u64, place: u64, logit: f32) {
        self.started.get(key([hash, place]), || logit);
    }

    /// The scores of the blocks with these hashes in these places, if they are kept.
    pub fn scores(&mut self, hashes: (u64, u64), places: u64) -> Option<Scores> {
        self.pairs.peek(key([hashes.0, hashes.1, places]))
    }

    /// Keeps them.
    pub fn keep_scores(&mut self, hashes: (u64, u64), places: u64, scores: Scores) {
        self.pairs.get(key([hashes.0, hashes.1, places]), || scores);
    }

    /// Begins an analysis: forgets what the one before did not use.
    pub fn turn(&mut self) {
        self.facts.turn();
        self.starts.turn();
        self.open.turn();
        self.started.turn();
        self.pairs.turn();
    }
}
