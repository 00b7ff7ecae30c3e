//! Where a set of names stands in a page, block by block. A keystroke changes one block and seldom a name of the page:
//! while the names are the same only new blocks are searched.

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, PatternID};

use crate::memo::Cache;
use crate::text::Span;

/// A place where a name stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hit {
    /// Its bytes, from where the stretch begins that was searched.
    pub start: u32,
    pub end: u32,
    /// The index of the name.
    pub name: u32,
}

impl Hit {
    /// Where the name of an automaton with the number `name` stands.
    pub(super) fn new(at: Range<usize>, name: PatternID) -> Self {
        Self { start: at.start as u32, end: at.end as u32, name: name.as_u32() }
    }

    /// Where it is in the page, if the stretch begins at byte `at`.
    pub(super) const fn span(self, at: usize) -> Span {
        Span::new(at + self.start as usize, at + self.end as usize)
    }
}

/// A search for a set of names. What it found depends on the block and on the names: it is kept under the hash of the
/// one, and goes when the others change.
#[derive(Default, Debug)]
pub(super) struct Search {
    names: Vec<Arc<str>>,
    automaton: Option<AhoCorasick>,
    hits: Cache<Arc<[Hit]>>,
}

impl Search {
    /// Begins an analysis that looks for `names`; `build` makes the automaton if they are not those of the last one.
    pub(super) fn begin(&mut self, names: Vec<Arc<str>>, build: impl FnOnce(&[Arc<str>]) -> Option<AhoCorasick>) {
        if self.names == names {
            self.hits.turn();
        } else {
            *self = Self { automaton: build(&names), names, hits: Cache::default() };
        }
    }

    /// What `find` finds in the block with this hash.
    pub(super) fn hits(&mut self, block: u64, find: impl FnOnce(&AhoCorasick) -> Vec<Hit>) -> Arc<[Hit]> {
        let automaton = self.automaton.as_ref();
        self.hits.get(block, || automaton.map_or_else(Vec::new, find).into())
    }
}
