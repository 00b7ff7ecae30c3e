//! What is kept from one analysis of a document to the next under the hash of what it is about: comparisons of blocks,
//! which are too many to be kept with each block, and the names in a block, which are looked for now and then. What goes
//! with one block is kept with it, see [`crate::block::diff`].
//!
//! A [`Cache`] knows which facts the analysis under way has used, and forgets the others once they outnumber these: it
//! never holds much more than twice what an analysis needs, without a clock, a limit or a list of recent use, and a look
//! costs one probe of a table.
//!
//! A cache never changes a result: what is kept must depend on nothing but the content under whose hash it is.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Facts of type `V` under hashes of content. Make `V` small, or an `Arc`: it is cloned on every look.
#[derive(Clone, Debug)]
pub struct Cache<V> {
    /// Each fact with the analysis that used it last.
    kept: ByHash<(u64, V)>,
    /// The analysis under way.
    analysis: u64,
    /// How many facts it has used.
    used: usize,
}

impl<V> Default for Cache<V> {
    fn default() -> Self {
        Self { kept: ByHash::default(), analysis: 0, used: 0 }
    }
}

impl<V: Clone> Cache<V> {
    /// The fact about the content with this hash; `find_out` is called if it is not kept.
    pub fn get(&mut self, hash: u64, find_out: impl FnOnce() -> V) -> V {
        match self.kept.entry(hash) {
            Entry::Occupied(mut kept) => {
                let (analysis, value) = kept.get_mut();
                self.used += usize::from(*analysis != self.analysis);
                *analysis = self.analysis;
                value.clone()
            }
            Entry::Vacant(vacant) => {
                self.used += 1;
                vacant.insert((self.analysis, find_out())).1.clone()
            }
        }
    }

    /// The fact about the content with this hash, if it is kept. To look is not to use it.
    pub fn peek(&self, hash: u64) -> Option<&V> {
        self.kept.get(&hash).map(|(_, value)| value)
    }

    /// Begins an analysis. Call it once at the start of every one: facts that the last did not use are forgotten
    /// here, once they outnumber those that it did.
    pub fn turn(&mut self) {
        if self.kept.len() > 2 * self.used {
            let last = self.analysis;
            self.kept.retain(|_, (analysis, _)| *analysis == last);
        }
        self.analysis += 1;
        self.used = 0;
    }

    /// How many facts are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

/// Values under hashes of content.
pub type ByHash<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// Hashes of content.
pub type Hashes = HashSet<u64, BuildHasherDefault<Identity>>;

/// The keys are hashes already (xxh3): hashing them once more would double the cost of a look.
#[derive(Clone, Copy, Default, Debug)]
pub struct Identity(u64);

/// The key of a fact that depends on several things: hashes of contents, and small numbers.
pub fn key(parts: impl IntoIterator<Item = u64>) -> u64 {
    parts.into_iter().fold(0, |key: u64, part| {
        let mixed = (key.rotate_left(29) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    })
}

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
    fn what_no_analysis_uses_is_forgotten() {
        let mut cache = Cache::default();
        for analysis in 0..100_u64 {
            cache.turn();
            for key in 0..10 {
                cache.get(analysis * 10 + key, || key);
            }
            assert!(cache.len() <= 30, "twice what an analysis uses, and what the next one adds");
        }
        cache.turn();
        cache.turn();
        assert!(cache.is_empty());
    }
}
