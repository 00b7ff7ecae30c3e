//! What is kept from one analysis of a text to the next: facts about blocks and about pairs of them, under the hashes
//! of their content. It makes the next analysis cheap and never changes it.

use std::collections::HashMap;
use std::sync::Arc;

use super::evidence::Join;
use super::facts::Facts;

/// Facts of the analysis before and of this one.
#[derive(Default, Debug)]
pub struct Memo {
    facts: Generations<u64, Facts>,
    joins: Generations<(u64, u64), Join>,
}

#[derive(Debug)]
struct Generations<K, V> {
    before: HashMap<K, Arc<V>>,
    now: HashMap<K, Arc<V>>,
}

impl<K, V> Default for Generations<K, V> {
    fn default() -> Self {
        Self { before: HashMap::new(), now: HashMap::new() }
    }
}

impl<K: std::hash::Hash + Eq + Copy, V> Generations<K, V> {
    fn get(&mut self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        let before = &mut self.before;
        Arc::clone(self.now.entry(key).or_insert_with(|| before.remove(&key).unwrap_or_else(|| Arc::new(make()))))
    }

    fn turn(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }
}

impl Memo {
    /// The facts of the block with this hash.
    pub fn facts(&mut self, hash: u64, make: impl FnOnce() -> Facts) -> Arc<Facts> {
        self.facts.get(hash, make)
    }

    /// What the two blocks with these hashes say about each other.
    pub fn join(&mut self, hashes: (u64, u64), make: impl FnOnce() -> Join) -> Arc<Join> {
        self.joins.get(hashes, make)
    }

    /// Ends an analysis: what it did not use is forgotten at the end of the next.
    pub fn turn(&mut self) {
        self.facts.turn();
        self.joins.turn();
    }
}
