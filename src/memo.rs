//! What is kept from one analysis of a document to the next: facts under the hash of the content they are about.
//!
//! A keystroke changes one block of thousands, so whatever is costly to find out about a block is kept under
//! [`Block::hash`](crate::block::Block::hash) and found out again only for the block that changed. A [`Cache`] has
//! two generations: an analysis moves what it uses from the old one to the new one, and [`Cache::turn`] forgets the
//! rest. So it never holds more than the last two analyses used, without a clock, a limit or a list of recent use.
//!
//! A cache never changes a result: what is kept must depend on nothing but the content under whose hash it is.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::mem;

/// Facts of type `V` under hashes of content. Make `V` small, or an `Arc`: it is cloned on every look.
#[derive(Clone, Debug)]
pub struct Cache<V> {
    /// What the analysis under way has used.
    fresh: HashMap<u64, V, BuildHasherDefault<Identity>>,
    /// What the one before has used.
    stale: HashMap<u64, V, BuildHasherDefault<Identity>>,
}

impl<V> Default for Cache<V> {
    fn default() -> Self {
        Self { fresh: HashMap::default(), stale: HashMap::default() }
    }
}

impl<V: Clone> Cache<V> {
    /// The fact about the content with this hash; `find_out` is called if neither generation has it.
    pub fn get(&mut self, hash: u64, find_out: impl FnOnce() -> V) -> V {
        if let Some(value) = self.fresh.get(&hash) {
            return value.clone();
        }
        let value = self.stale.remove(&hash).unwrap_or_else(find_out);
        self.fresh.insert(hash, value.clone());
        value
    }

    /// Ends an analysis: forgets what it did not use. Call it once at the start of every analysis.
    pub fn turn(&mut self) {
        mem::swap(&mut self.fresh, &mut self.stale);
        self.fresh.clear();
    }

    /// How many facts are kept.
    pub fn len(&self) -> usize {
        self.fresh.len() + self.stale.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The keys are hashes already (xxh3): hashing them once more would double the cost of a look.
#[derive(Clone, Copy, Default, Debug)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_found_out_once_while_it_is_used() {
        let mut cache = Cache::default();
        let mut asked = 0;
        for _ in 0..5 {
            cache.turn();
            for _ in 0..3 {
                let fact = cache.get(7, || {
                    asked += 1;
                    "seven"
                });
                assert_eq!(fact, "seven");
            }
        }
        assert_eq!(asked, 1);
    }

    #[test]
    fn what_an_analysis_did_not_use_is_forgotten() {
        let mut cache = Cache::default();
        for analysis in 0..100_u64 {
            cache.turn();
            for key in 0..10 {
                cache.get(analysis * 10 + key, || key);
            }
            assert!(cache.len() <= 20, "two generations at most");
        }
        cache.turn();
        cache.turn();
        assert!(cache.is_empty());
    }
}
