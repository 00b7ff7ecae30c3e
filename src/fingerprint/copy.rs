//! Copies: from two blocks that share rare shingles to the runs of blocks of which one repeats the other.
//!
//! Here is the search: which blocks are compared, and what becomes of the copies that are found. How two are compared is
//! in [`comparison`], and what a comparison reads in [`stream`]; [`kept`] saves those that were made before.

mod comparison;
mod kept;
mod stream;

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use super::index::Index;
use super::print::Print;
use super::{Comparable, Copy, Spare};
use crate::block::diff::Diff;
use crate::block::{Block, Form};
use crate::shape::Shape;
use crate::text::Text;
use crate::zh;
use kept::{Compared, Comparisons};

/// Numbers of the sketch that two blocks share before they are compared.
const LEAST_SHARED: usize = 2;
/// Blocks with which a block is paired for one number that they share: the first that have it.
const MOST_PARTNERS: usize = 3;
/// Blocks with which a block is compared: those that share most.
const MOST_COMPARED: usize = 3;

/// What is searched: a page, or two pages one behind the other.
pub(super) struct Sheet<'a> {
    text: &'a Text,
    blocks: &'a [Block],
    shapes: &'a [Shape],
    prints: &'a [Arc<Print>],
    /// Of two pages, the first block of the second: copies stand behind it and what they repeat before it.
    divide: Option<usize>,
    /// The [`zh::key`] of each block that was compared.
    keys: Vec<OnceCell<Box<[char]>>>,
}

impl<'a> Sheet<'a> {
    /// A sheet of `page`.
    pub(super) fn new(page: Comparable<'a>, divide: Option<usize>) -> Self {
        let Comparable { text, blocks, shapes, prints } = page;
        Self { text, blocks, shapes, prints, divide, keys: vec![OnceCell::new(); blocks.len()] }
    }

    /// The earlier blocks that may be the origin of block `later`, the most alike first. `shared` is room to work in.
    fn partners(&self, later: usize, index: &Index, shared: &mut Vec<u32>) -> Partners {
        let mut partners = [NOBODY; MOST_COMPARED];
        // Of two pages, one behind the other, the earlier block stands on the first.
        if self.divide.is_some_and(|divide| later < divide)
            || !may_repeat(&self.blocks[later], &self.shapes[later], &self.prints[later])
        {
            return partners;
        }
        let limit = self.divide.unwrap_or(later) as u32;
        shared.clear();
        for number in self.prints[later].numbers() {
            let first =
                index.postings(number).map(|posting| posting.block).take_while(|&block| (block as usize) < later);
            shared.extend(first.take(MOST_PARTNERS).filter(|&earlier| earlier < limit));
        }
        shared.sort_unstable();
        let with = shared.chunk_by(|a, b| a == b).filter(|same| same.len() >= LEAST_SHARED);
        let mut most: Vec<(Reverse<usize>, u32)> = with.map(|same| (Reverse(same.len()), same[0])).collect();
        most.sort_unstable();
        for (partner, (_, earlier)) in partners.iter_mut().zip(most) {
            *partner = earlier;
        }
        partners
    }

    fn key(&self, n: usize) -> &[char] {
        self.keys[n].get_or_init(|| {
            let content = self.text.slice(self.blocks[n].content);
            let mut key = Vec::with_capacity(self.prints[n].chars as usize);
            key.extend(zh::key(content));
            key.into()
        })
    }
}

/// Whether a block may be a copy by itself.
pub(super) fn may_repeat(block: &Block, shape: &Shape, print: &Print) -> bool {
    block.form == Form::Text && !shape.look.is_apart() && print.may_repeat()
}

/// What is kept from one search to the next. It never changes a result.
#[derive(Clone, Default, Debug)]
pub(super) struct Memo {
    /// The numbers of the sketches.
    index: Index,
    /// The earlier blocks that may be the origin of each block, the most alike first.
    partners: Vec<Partners>,
    /// The comparisons of the last search, by their later blocks.
    compared: Vec<Compared>,
}

/// At most [`MOST_COMPARED`] blocks, and then `NOBODY`.
type Partners = [u32; MOST_COMPARED];

const NOBODY: u32 = u32::MAX;

impl Memo {
    /// Follows the page to its next version.
    fn follow(&mut self, sheet: &Sheet, diff: &Diff) {
        let numbers = |n: usize, numbers: &mut Vec<(u32, u32)>| {
            if may_repeat(&sheet.blocks[n], &sheet.shapes[n], &sheet.prints[n]) {
                numbers.extend(sheet.prints[n].numbers().map(|number| (number, 0)));
            }
        };
        let near = self.index.follow(diff, &[], MOST_PARTNERS, numbers);
        diff.apply(&mut self.partners, |_| [NOBODY; MOST_COMPARED]);
        if diff.moves() {
            for partner in self.partners.as_flattened_mut() {
                *partner = diff.place_of(*partner as usize).map_or(NOBODY, |place| place as u32);
            }
        }
        let mut shared = Vec::new();
        for n in near {
            self.partners[n] = sheet.partners(n, &self.index, &mut shared);
        }
        kept::follow(&mut self.compared, sheet.blocks.len(), diff);
    }
}

/// Finds the copies of a page, which differs by `diff` from that of the last search.
pub(super) fn copies(sheet: &Sheet, diff: &Diff, memo: &mut Memo) -> Vec<Copy> {
    memo.follow(sheet, diff);
    let mut comparisons = Comparisons::new(sheet, &memo.compared);
    let mut found: Vec<Copy> = Vec::new();
    for (later, partners) in memo.partners.iter().enumerate().filter(|(_, partners)| partners[0] != NOBODY) {
        let mut partners = partners.iter().take_while(|&&earlier| earlier != NOBODY).map(|&earlier| earlier as usize);
        let claimed = found.last().map_or(0, |copy| copy.later.end);
        if later < claimed {
            continue;
        }
        let copy = partners.find_map(|earlier| {
            // The copy of a copy is a copy of the first.
            let first = origin(&found, earlier).filter(|&first| first != earlier);
            first
                .and_then(|first| comparisons.copy(later, first, claimed))
                .or_else(|| comparisons.copy(later, earlier, claimed))
        });
        found.extend(copy);
    }
    memo.compared = comparisons.made();
    drop_refrains(runs(found), sheet.prints)
}

/// Makes one copy of those that follow each other in both places.
fn runs(found: Vec<Copy>) -> Vec<Copy> {
    let mut runs: Vec<Copy> = Vec::new();
    for copy in found {
        match runs.last_mut() {
            Some(run) if run.later.end == copy.later.start && follows(run, &copy) => {
                let (n_run, n_copy) = (run.later.len() as f32, copy.later.len() as f32);
                run.similarity = (run.similarity * n_run + copy.similarity * n_copy) / (n_run + n_copy);
                run.later.end = copy.later.end;
                run.earlier.end = copy.earlier.end;
            }
            _ => runs.push(copy),
        }
    }
    runs
}

/// Whether the origin of `copy` follows that of `run`; a block that was cut differently may belong to both.
fn follows(run: &Copy, copy: &Copy) -> bool {
    let shared = run.earlier.end - 1;
    run.spare == copy.spare
        && (copy.earlier.start == shared + 1 || copy.earlier.start == shared && copy.earlier.end > shared + 1)
        && copy.earlier.end <= run.later.start
}

/// What block `n` was found to repeat, where the copy has as many blocks as its origin.
fn origin(found: &[Copy], n: usize) -> Option<usize> {
    let copy = &found[found.partition_point(|copy| copy.later.end <= n)..].first()?;
    (copy.later.contains(&n) && copy.later.len() == copy.earlier.len())
        .then(|| copy.earlier.start + n - copy.later.start)
}

/// A short paragraph that stands in the page this often does so on purpose: a refrain, a slogan, a standing notice.
const REFRAIN_TIMES: usize = 3;
/// The longest refrain, in characters.
const LONGEST_REFRAIN: u32 = 60;

fn drop_refrains(mut found: Vec<Copy>, prints: &[Arc<Print>]) -> Vec<Copy> {
    let is_short = |copy: &Copy| copy.later.clone().map(|n| prints[n].chars).sum::<u32>() <= LONGEST_REFRAIN;
    let mut short: Vec<Range<usize>> = found.iter().filter(|copy| is_short(copy)).map(|c| c.earlier.clone()).collect();
    short.sort_unstable_by_key(|range| (range.start, range.end));
    let refrains: Vec<Range<usize>> =
        short.chunk_by(|a, b| a == b).filter(|same| same.len() + 1 >= REFRAIN_TIMES).map(|s| s[0].clone()).collect();
    found.retain(|copy| !is_short(copy) || !refrains.contains(&copy.earlier));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Format;
    use crate::fingerprint::across::Paragraphs;

    const MILL: &str = "河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完，买主多是县城来的年轻人，\
        有人还写信来问能不能寄，村里商量着再修一座。";
    const NOTICE: &str = "欢迎读者把身边的新鲜事告诉我们，来信请寄河湾镇文化站，来稿一经采用即付稿酬。";
    const OTHER: &str = "傍晚时分，最后一班渡船靠岸，船工把缆绳系在石桩上。";

    fn copy(later: Range<usize>, earlier: Range<usize>) -> Copy {
        Copy { later, earlier, similarity: 1.0, spare: Spare::Later }
    }

    #[test]
    fn the_most_alike_is_compared_first() {
        let noisy = MILL.replace("水磨坊", "水磨妨").replace("买主", "卖主");
        let page = Paragraphs::new([noisy.as_str(), MILL, OTHER, MILL].join("\n\n"), Format::Markdown);
        let mut memo = Memo::default();
        memo.follow(&Sheet::new(page.comparable(), None), &Diff::whole(4));
        assert_eq!(memo.partners[3], [1, 0, NOBODY]);
        assert_eq!(memo.partners[1], [0, NOBODY, NOBODY]);
        // Of two pages, what stands on one of them is compared with what stands on the other.
        let mut memo = Memo::default();
        memo.follow(&Sheet::new(page.comparable(), Some(1)), &Diff::whole(4));
        assert_eq!(memo.partners[3], [0, NOBODY, NOBODY]);
    }

    #[test]
    fn copies_that_follow_each_other_in_both_places_are_a_run() {
        let less = Copy { similarity: 0.7, ..copy(6..8, 1..3) };
        assert_eq!(runs(vec![copy(5..6, 0..1), less]), [Copy { similarity: 0.8, ..copy(5..8, 0..3) }]);
        // A block that was cut differently belongs to both.
        assert_eq!(runs(vec![copy(5..6, 0..2), copy(6..7, 1..3)]), [copy(5..7, 0..3)]);
    }

    #[test]
    fn copies_that_do_not_follow_each_other_stay_apart() {
        let earlier = Copy { spare: Spare::Earlier, ..copy(6..7, 1..2) };
        for second in [copy(7..8, 1..2), copy(6..7, 2..3), earlier] {
            let found = vec![copy(5..6, 0..1), second];
            assert_eq!(runs(found.clone()), found);
        }
        // The origin of a run ends before the run.
        let found = vec![copy(2..3, 0..1), copy(3..4, 1..3)];
        assert_eq!(runs(found.clone()), found);
    }

    #[test]
    fn the_origin_of_a_block_is_known_where_the_blocks_match() {
        let found = [copy(4..6, 0..2), copy(8..9, 2..4)];
        assert_eq!([3, 4, 5, 6, 8].map(|n| origin(&found, n)), [None, Some(0), Some(1), None, None]);
    }

    #[test]
    fn a_short_paragraph_that_stands_three_times_is_a_refrain() {
        let page = Paragraphs::new([NOTICE, MILL, NOTICE, MILL, NOTICE, MILL].join("\n\n"), Format::Markdown);
        let prints = page.comparable().prints;
        let (short, long) = ([copy(2..3, 0..1), copy(4..5, 0..1)], [copy(3..4, 1..2), copy(5..6, 1..2)]);
        assert_eq!(drop_refrains(short.to_vec(), prints), []);
        assert_eq!(drop_refrains(short[..1].to_vec(), prints), short[..1]);
        assert_eq!(drop_refrains(long.to_vec(), prints), long);
    }
}
