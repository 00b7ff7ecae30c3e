//! What is kept from one analysis of a text to the next: facts about blocks and about pairs of them, under the hashes
//! of their content. It makes the next analysis cheap and never changes it.

use std::sync::Arc;

use super::evidence::Join;
use super::facts::Facts;
use crate::memo::Cache;

/// Facts of the analysis before and of this one.
#[derive(Default, Debug)]
pub struct Memo {
    facts: Cache<Arc<Facts>>,
    joins: Cache<Arc<Join>>,
}

impl Memo {
    /// The facts of the block with this hash.
    pub fn facts(&mut self, hash: u64, find_out: impl FnOnce() -> Facts) -> Arc<Facts> {
        self.facts.get(hash, || Arc::new(find_out()))
    }

    /// What the two blocks with these hashes say about each other.
    pub fn join(&mut self, (tail, head): (u64, u64), find_out: impl FnOnce() -> Join) -> Arc<Join> {
        self.joins.get(tail.rotate_left(32).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ head, || Arc::new(find_out()))
    }

    /// Begins an analysis: forgets what the one before did not use.
    pub fn turn(&mut self) {
        self.facts.turn();
        self.joins.turn();
    }
}
