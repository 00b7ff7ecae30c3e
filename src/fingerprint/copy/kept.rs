//! What comparisons of blocks gave: each is made once while the two blocks and those around them stay as they are.

use std::ops::Range;

use super::comparison::REACH;
use super::{Copy, Sheet, Spare};
use crate::block::diff::{Diff, Hunk};

/// What a comparison of two blocks gave, with places as they lie from these two.
#[derive(Clone, Copy, Debug)]
struct Verdict {
    later: (i32, i32),
    earlier: (i32, i32),
    similarity: f32,
    spare: Spare,
}

/// A comparison that was made. It stands while no block that it looked at is another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared {
    later: u32,
    earlier: u32,
    /// How many blocks on either side of the two it looked at: none where the two differ before their ends.
    n_beside: u8,
    bounds: Bounds,
    verdict: Option<Verdict>,
}

/// What a comparison depends on beside the blocks around the two: how far apart the two stand where that is less than
/// what is followed, and how far it may go back and on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Bounds {
    apart: u8,
    back: u8,
    on: u8,
}

impl Bounds {
    fn new(sheet: &Sheet, later: usize, earlier: usize, claimed: usize) -> Self {
        Self {
            apart: (later - earlier).min(2 * REACH + 2) as u8,
            back: (later - sheet.later_limit(later, earlier, claimed)) as u8,
            on: (sheet.earlier_limit(later, earlier) - earlier) as u8,
        }
    }
}

/// Moves `compared` to where the blocks of a page of `n_blocks` stand now, and leaves out what does not stand.
pub(super) fn follow(compared: &mut Vec<Compared>, n_blocks: usize, diff: &Diff) {
    // How far from each block the next is that is another, where that is within reach.
    let mut distances = vec![REACH as u8 + 1; n_blocks];
    for Hunk { new, .. } in diff.hunks() {
        distances[new.clone()].fill(0);
        for distance in 1..=REACH {
            let (before, behind) = (new.start.checked_sub(distance), new.end + distance - 1);
            for block in before.into_iter().chain([behind]).filter(|block| *block < n_blocks) {
                distances[block] = distances[block].min(distance as u8);
            }
        }
    }
    let moves = diff.moves();
    compared.retain_mut(|compared| {
        if moves {
            let places = [compared.later, compared.earlier].map(|block| diff.place_of(block as usize));
            let [Some(later), Some(earlier)] = places else { return false };
            (compared.later, compared.earlier) = (later as u32, earlier as u32);
        }
        [compared.later, compared.earlier].into_iter().all(|block| compared.n_beside < distances[block as usize])
    });
}

/// The comparisons of one search, made or taken over from the search before.
pub(super) struct Comparisons<'a> {
    sheet: &'a Sheet<'a>,
    /// Those of the search before, from the later block that is compared on.
    before: &'a [Compared],
    made: Vec<Compared>,
}

impl<'a> Comparisons<'a> {
    /// Comparisons of the blocks of `sheet`, of which those in `before` need not be made.
    pub(super) fn new(sheet: &'a Sheet<'a>, before: &'a [Compared]) -> Self {
        Self { sheet, before, made: Vec::with_capacity(before.len()) }
    }

    /// All that were asked for.
    pub(super) fn made(self) -> Vec<Compared> {
        self.made
    }

    /// As [`Sheet::compare`]; the later blocks come in order.
    pub(super) fn copy(&mut self, later: usize, earlier: usize, claimed: usize) -> Option<Copy> {
        let bounds = Bounds::new(self.sheet, later, earlier, claimed);
        let n_passed = self.before.iter().take_while(|known| (known.later as usize) < later).count();
        self.before = &self.before[n_passed..];
        let is_this = |known: &&Compared| known.earlier as usize == earlier && known.bounds == bounds;
        let of_later = self.before.iter().take_while(|known| known.later as usize == later);
        let compared = of_later.copied().find(|known| is_this(&known)).unwrap_or_else(|| {
            let (copy, n_beside) = self.sheet.compare(later, earlier, claimed);
            let verdict = copy.map(|copy| Verdict::new(&copy, later, earlier));
            let n_beside = n_beside as u8;
            Compared { later: later as u32, earlier: earlier as u32, n_beside, bounds, verdict }
        });
        self.made.push(compared);
        Some(compared.verdict?.copy(later, earlier))
    }
}

impl Verdict {
    fn new(copy: &Copy, later: usize, earlier: usize) -> Self {
        let from =
            |range: &Range<usize>, base: usize| (range.start as i32 - base as i32, range.end as i32 - base as i32);
        let (later, earlier) = (from(&copy.later, later), from(&copy.earlier, earlier));
        Self { later, earlier, similarity: copy.similarity, spare: copy.spare }
    }

    fn copy(self, later: usize, earlier: usize) -> Copy {
        let at = |(start, end): (i32, i32), base: usize| (base as i32 + start) as usize..(base as i32 + end) as usize;
        let (later, earlier) = (at(self.later, later), at(self.earlier, earlier));
        Copy { later, earlier, similarity: self.similarity, spare: self.spare }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Memo, copies};
    use super::*;
    use crate::block::Format;
    use crate::fingerprint::across::Paragraphs;

    const MILL: &str =
        "河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完，买主多是县城来的年轻人。";

    const A: &str = "镇上的豆腐坊每天四点开门。";
    const B: &str = "最后一班渡船傍晚时分靠岸。";
    const C: &str = "操场边上种着一排老银杏树。";
    const D: &str = "山歌一直唱到月亮出来为止。";
    const E: &str = "信里写上各自的班级和名字。";

    /// The later and the earlier blocks of the comparisons of a page that stand when it has become `changed`.
    fn kept(changed: &[&str]) -> Vec<(u32, u32)> {
        let read = |blocks: &[&str]| Paragraphs::new(blocks.join("\n\n"), Format::Markdown);
        let (old, new) = (read(&[MILL, A, B, C, D, MILL]), read(changed));
        let mut memo = Memo::default();
        let sheet = Sheet::new(old.comparable(), None);
        assert_eq!(copies(&sheet, &Diff::whole(old.blocks.len()), &mut memo).len(), 1);
        assert_eq!(memo.compared.len(), 1);
        follow(&mut memo.compared, new.blocks.len(), &Diff::new(&old.blocks, &new.blocks));
        memo.compared.iter().map(|compared| (compared.later, compared.earlier)).collect()
    }

    #[test]
    fn a_comparison_stands_while_what_it_looked_at_does() {
        assert_eq!(kept(&[MILL, A, E, C, D, MILL]), [(5, 0)]);
        assert_eq!(kept(&[MILL, E, B, C, D, MILL]), []);
        assert_eq!(kept(&[MILL, A, B, C, D, E]), []);
    }

    #[test]
    fn a_comparison_moves_with_its_blocks() {
        assert_eq!(kept(&[MILL, A, B, E, C, D, MILL]), [(6, 0)]);
    }

    #[test]
    fn a_verdict_says_the_same_wherever_its_blocks_stand() {
        let copy = |later, earlier| Copy { later, earlier, similarity: 0.9, spare: Spare::Earlier };
        let verdict = Verdict::new(&copy(7..9, 1..2), 8, 1);
        assert_eq!(verdict.copy(8, 1), copy(7..9, 1..2));
        assert_eq!(verdict.copy(18, 11), copy(17..19, 11..12));
    }
}
