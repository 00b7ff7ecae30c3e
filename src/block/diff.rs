//! What two versions of a page have in common: the one idea that makes a keystroke cost what it changed.
//!
//! A keystroke changes one block of thousands. The blocks before and behind it are the same as in the version before,
//! and so is nearly all that was found out about them. A [`Diff`] says which blocks are the same, as runs that stand in
//! both versions; every stage of the analysis keeps what it found in lists that go with the blocks, has the diff
//! [move](Diff::apply) them to where the blocks stand now, and looks again only at what is new and at what is near
//! enough to it to depend on it. How near that is, each stage knows.
//!
//! The analysis of a version is the same whatever is kept of the one before. A page of which nothing was kept is one
//! in which every block is new.

use std::ops::Range;

use super::Block;

/// How far behind a difference the two versions are compared to find where they go on alike, in blocks: edits of many
/// places at once lie further apart, and whatever replaces more than this is as good as new.
const LOOK_AHEAD: usize = 32;

/// A run of blocks that stands in both versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Run {
    /// Its first block in the old version.
    old: usize,
    /// Its first block in the new version.
    new: usize,
    len: usize,
}

/// A stretch of blocks that another takes the place of; either may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hunk {
    /// The blocks of the old version.
    pub old: Range<usize>,
    /// The blocks of the new version.
    pub new: Range<usize>,
}

/// What two versions of a page have in common.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diff {
    runs: Vec<Run>,
    n_old: usize,
    n_new: usize,
}

impl Diff {
    /// The difference to a version of which nothing is known.
    pub const fn whole(n_blocks: usize) -> Self {
        Self { runs: Vec::new(), n_old: 0, n_new: n_blocks }
    }

    /// What `old` and `new` have in common. Linear in their length.
    pub fn new(old: &[Block], new: &[Block]) -> Self {
        let mut diff = Self { runs: Vec::new(), n_old: old.len(), n_new: new.len() };
        let n_before = old.iter().zip(new).take_while(|(old, new)| same(old, new)).count();
        let (old_rest, new_rest) = (&old[n_before..], &new[n_before..]);
        let n_behind = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| same(old, new)).count();
        let (old_end, new_end) = (old.len() - n_behind, new.len() - n_behind);
        diff.push(0, 0, n_before);
        let (mut at_old, mut at_new) = (n_before, n_before);
        while let Some((skip_old, skip_new)) = next_alike(&old[at_old..old_end], &new[at_new..new_end]) {
            (at_old, at_new) = (at_old + skip_old, at_new + skip_new);
            diff.push(at_old, at_new, 1);
            (at_old, at_new) = (at_old + 1, at_new + 1);
        }
        diff.push(old_end, new_end, n_behind);
        diff
    }

    fn push(&mut self, old: usize, new: usize, len: usize) {
        match self.runs.last_mut() {
            Some(run) if run.old + run.len == old && run.new + run.len == new => run.len += len,
            _ if len > 0 => self.runs.push(Run { old, new, len }),
            _ => {}
        }
    }

    /// What was replaced by what, in order.
    pub fn hunks(&self) -> impl DoubleEndedIterator<Item = Hunk> + '_ {
        (0..=self.runs.len()).filter_map(|n| {
            let before = n.checked_sub(1).map_or((0, 0), |n| {
                let run = self.runs[n];
                (run.old + run.len, run.new + run.len)
            });
            let behind = self.runs.get(n).map_or((self.n_old, self.n_new), |run| (run.old, run.new));
            (before != behind).then_some(Hunk { old: before.0..behind.0, new: before.1..behind.1 })
        })
    }

    /// Where block `old` of the old version stands now, if it does.
    pub fn place_of(&self, old: usize) -> Option<usize> {
        let run = self.runs[..self.runs.partition_point(|run| run.old <= old)].last()?;
        (old < run.old + run.len).then(|| run.new + old - run.old)
    }

    /// As [`Self::place_of`]; of a block that is gone, where it would stand.
    pub fn place_or_gap(&self, old: usize) -> usize {
        let run = self.runs[..self.runs.partition_point(|run| run.old <= old)].last();
        run.map_or(0, |run| run.new + (old - run.old).min(run.len))
    }

    /// Whether a block of the old version stands elsewhere now, or is gone and no other in its place.
    pub fn moves(&self) -> bool {
        self.n_old != self.n_new || self.runs.iter().any(|run| run.old != run.new)
    }

    /// Moves what is kept of each block to where it stands now, and has `find_out` say what is to be kept of each new one.
    pub fn apply<T>(&self, kept: &mut Vec<T>, mut find_out: impl FnMut(usize) -> T) {
        if self.runs.is_empty() {
            kept.clear();
            kept.extend((0..self.n_new).map(find_out));
            return;
        }
        debug_assert_eq!(kept.len(), self.n_old, "something is kept of each block");
        for Hunk { old, new } in self.hunks().rev() {
            // A block in the place of another costs no move of those behind.
            let n_both = old.len().min(new.len());
            for n in 0..n_both {
                kept[old.start + n] = find_out(new.start + n);
            }
            kept.splice(old.start + n_both..old.end, (new.start + n_both..new.end).map(&mut find_out));
        }
    }
}

/// Whether two blocks are the same to whatever looks at them, but for where they stand.
fn same(old: &Block, new: &Block) -> bool {
    old.hash == new.hash
        && old.form == new.form
        && old.indented == new.indented
        && old.blank_before == new.blank_before
        && old.span.len() == new.span.len()
}

/// How many blocks of each to leave out until two are the same; as few as possible.
fn next_alike(old: &[Block], new: &[Block]) -> Option<(usize, usize)> {
    (0..2 * LOOK_AHEAD).find_map(|n_left_out| {
        let alike = |skip: usize| {
            let (old, new) = (old.get(skip)?, new.get(n_left_out - skip)?);
            same(old, new).then_some((skip, n_left_out - skip))
        };
        (n_left_out.saturating_sub(LOOK_AHEAD)..=n_left_out.min(LOOK_AHEAD)).find_map(alike)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::block::{Format, blocks};
    use crate::text::Text;

    fn page(lines: &[u8]) -> Vec<Block> {
        let lines: Vec<String> = lines.iter().map(|line| format!("第{line}行\n\n")).collect();
        blocks(&Text::new(lines.concat()), Format::Markdown)
    }

    fn hunks(old: &[u8], new: &[u8]) -> Vec<(Range<usize>, Range<usize>)> {
        Diff::new(&page(old), &page(new)).hunks().map(|hunk| (hunk.old, hunk.new)).collect()
    }

    #[test]
    fn each_place_that_was_edited_is_a_hunk() {
        assert_eq!(hunks(&[1, 2, 3, 4, 5], &[1, 2, 3, 4, 5]), []);
        assert_eq!(hunks(&[1, 2, 3, 4, 5, 6], &[1, 7, 3, 4, 8, 9, 6]), [(1..2, 1..2), (4..5, 4..6)]);
        assert_eq!(hunks(&[1, 2, 3, 4, 5], &[1, 3, 5]), [(1..2, 1..1), (3..4, 2..2)]);
        assert_eq!(hunks(&[1, 2], &[]), [(0..2, 0..0)]);
    }

    proptest! {
        #[test]
        fn what_is_kept_goes_with_its_block(
            old in prop::collection::vec(0..20_u8, 0..60),
            edits in prop::collection::vec((any::<usize>(), any::<usize>(), prop::collection::vec(20..30_u8, 0..3)), 0..5),
        ) {
            let mut new = old.clone();
            for (start, end, lines) in edits {
                let start = start % (new.len() + 1);
                let end = (start + end % 3).min(new.len());
                new.splice(start..end, lines);
            }
            let (old, new) = (page(&old), page(&new));
            let diff = Diff::new(&old, &new);
            let mut kept: Vec<Option<u64>> = old.iter().map(|block| Some(block.hash)).collect();
            diff.apply(&mut kept, |_| None);
            prop_assert_eq!(kept.len(), new.len());
            let mut is_new = vec![false; new.len()];
            diff.hunks().for_each(|hunk| is_new[hunk.new].fill(true));
            for (n, block) in new.iter().enumerate() {
                prop_assert_eq!(kept[n], (!is_new[n]).then_some(block.hash));
            }
            for (n, block) in old.iter().enumerate() {
                if let Some(place) = diff.place_of(n) {
                    prop_assert_eq!(new[place].hash, block.hash);
                    prop_assert!(!is_new[place]);
                }
            }
            let n_kept = kept.iter().flatten().count();
            prop_assert_eq!((0..old.len()).filter(|n| diff.place_of(*n).is_some()).count(), n_kept);
        }
    }
}
