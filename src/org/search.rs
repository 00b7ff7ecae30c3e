//! Where a set of names stands in a page, block by block. A keystroke changes one block and seldom a name of the page:
//! while the names are the same only new blocks are searched, and where some come or go only the blocks that hold one of
//! these are searched again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, Match, MatchKind};

use super::reading::Unwrapped;
use crate::memo::Cache;
use crate::text::Span;

/// Names shorter than this (in characters) are not searched for: they are parts of too many words.
pub(super) const LEAST_SEARCHED: usize = 3;

/// A place where a name stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hit {
    /// Its bytes, from where the stretch begins that was searched.
    start: u32,
    end: u32,
    /// The index of the name.
    pub name: usize,
}

impl Hit {
    /// Where it is in the page, if the stretch begins at byte `at`.
    pub(super) const fn span(self, at: usize) -> Span {
        Span::new(at + self.start as usize, at + self.end as usize)
    }
}

/// A search for a set of names.
#[derive(Debug)]
pub(super) struct Search {
    /// `Standard` finds every occurrence, overlapping ones too, by where they end; `LeftmostLongest` of those that overlap
    /// the first, of those that begin alike the longest.
    kind: MatchKind,
    names: Vec<Arc<str>>,
    automaton: Option<AhoCorasick>,
    /// What is found in a block, under its hash; it depends on nothing else but the names.
    hits: Cache<Arc<[Hit]>>,
    /// The same for the names of the last search, if they were others.
    last: Cache<Arc<[Hit]>>,
    /// The index now of each name of the last search, if it is still sought.
    stayed: Vec<Option<usize>>,
    /// The names that the last search did not know.
    came: Option<AhoCorasick>,
}

impl Search {
    pub(super) fn new(kind: MatchKind) -> Self {
        let (hits, last) = (Cache::default(), Cache::default());
        Self { kind, names: Vec::new(), automaton: None, hits, last, stayed: Vec::new(), came: None }
    }

    /// Begins an analysis that looks for `names`, each of them once.
    pub(super) fn begin(&mut self, names: Vec<Arc<str>>) {
        if self.names == names {
            self.hits.turn();
            self.last = Cache::default();
            return;
        }
        let index: HashMap<&str, usize> = names.iter().enumerate().map(|(n, name)| (&**name, n)).collect();
        self.stayed = self.names.iter().map(|name| index.get(&**name).copied()).collect();
        let known: HashSet<&str> = self.names.iter().map(|name| &**name).collect();
        let came = names.iter().filter(|name| !known.contains(&***name));
        self.came = automaton(came, MatchKind::LeftmostFirst);
        self.automaton = automaton(names.iter(), self.kind);
        self.last = std::mem::take(&mut self.hits);
        self.names = names;
    }

    /// Where the names stand in the block with the hash `block`, in `text`, which depends on nothing else.
    pub(super) fn hits<'a>(&mut self, block: u64, text: impl FnOnce() -> Unwrapped<'a>) -> Arc<[Hit]> {
        let Self { kind, automaton, hits, last, stayed, came, .. } = self;
        hits.get(block, || {
            let flat = text();
            let known = last.peek(block).filter(|_| came.as_ref().is_some_and(|came| !came.is_match(&*flat.text)));
            let stand = |hit: &Hit| Some(Hit { name: stayed[hit.name]?, ..*hit });
            if let Some(hits) = known.and_then(|hits| hits.iter().map(stand).collect::<Option<Vec<Hit>>>()) {
                return hits.into();
            }
            let Some(automaton) = automaton else { return Arc::default() };
            let hit = |found: Match| {
                let at = flat.range(found.range());
                Hit { start: at.start as u32, end: at.end as u32, name: found.pattern().as_usize() }
            };
            match kind {
                MatchKind::Standard => automaton.find_overlapping_iter(&*flat.text).map(hit).collect(),
                _ => automaton.find_iter(&*flat.text).map(hit).collect(),
            }
        })
    }
}

/// An automaton for `names`; none where they are too many for one, which no page has.
fn automaton<'a>(names: impl Iterator<Item = &'a Arc<str>>, kind: MatchKind) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(kind).build(names.map(|name| name.as_bytes())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::hash;

    #[test]
    fn what_was_found_stands_while_no_name_of_the_block_comes_or_goes() {
        let mut search = Search::new(MatchKind::LeftmostLongest);
        let mut found = |names: &[&'static str], text: &'static str| {
            search.begin(names.iter().map(|&name| name.into()).collect());
            let hits = search.hits(hash(text), || Unwrapped::new(text));
            hits.iter().map(|hit| (names[hit.name], &text[hit.span(0).range()])).collect::<Vec<_>>()
        };
        let text = "黄岛区总工会和教育局";
        assert_eq!(found(&["总工会"], text), [("总工会", "总工会")]);
        assert_eq!(found(&["博物馆", "总工会"], text), [("总工会", "总工会")]);
        assert_eq!(found(&["博物馆", "黄岛区总工会"], text), [("黄岛区总工会", "黄岛区总工会")]);
        assert_eq!(found(&["教育局", "总工会"], text), [("总工会", "总工会"), ("教育局", "教育局")]);
        assert_eq!(found(&["教育局"], text), [("教育局", "教育局")]);
        assert_eq!(found(&[], text), []);
    }
}
