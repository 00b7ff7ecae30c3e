//! Paragraphs that stand in several files: an index over many pages, and the comparison of two of them.
//!
//! The index holds numbers and no text: for each paragraph sixteen pairs of neighbours in its sketch, eight bytes each,
//! and a directory of them, at most [`BYTES_PER_PARAGRAPH`]. Texts that say different things in the same set phrases
//! share single numbers by the dozen, and hardly ever a pair. What the index finds is only likely; [`shared`] compares
//! the pages themselves, as within one page.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::copy::{self, Sheet};
use super::print::{EMPTY, Print, SKETCH, print};
use super::{Comparable, Copy};
use crate::block::diff::Diff;
use crate::block::{self, Block, Format, covered};
use crate::memo;
use crate::shape::{self, Shape};
use crate::text::{Span, Text};
use crate::zh;

/// Pages with which a page is compared: those that share most.
const MOST_PAGES: usize = 8;
/// Pairs of a paragraph below which the page that shares them is doubtful: most such pages say something else in the
/// same phrases. Of copies with five errors in a hundred characters one in seven shares fewer.
const LEAST_SHARED: usize = 3;
/// A doubtful page is compared only if fewer than this many were compared before it: in a collection where every page
/// is like hundreds of others, time would go nowhere else.
const MOST_DOUBTFUL: usize = 2;
/// Pages looked at for one pair; what more have is boilerplate, or a copy of one of these.
const MOST_ENTRIES: usize = 32;
/// Entries to a place in the directory.
const ENTRIES_PER_PLACE: usize = 4;
/// What a paragraph costs in the index, at most: its entries, and its share of a directory that is as large as the
/// next power of two asks.
pub const BYTES_PER_PARAGRAPH: usize = SKETCH * (size_of::<u64>() + 2 * size_of::<u32>().div_ceil(ENTRIES_PER_PLACE));

impl Comparable<'_> {
    /// The pairs that are entered for each block that may be a copy, with the index of the block. Of an exact copy all
    /// are the same; of copies with five errors in a hundred characters one in eighty has none that is, of exact halves
    /// of paragraphs one in thirty.
    fn pairs(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        (0..self.blocks.len())
            .filter(|&n| copy::may_repeat(&self.blocks[n], &self.shapes[n], &self.prints[n]))
            .flat_map(|n| {
                let sketch = &self.prints[n].sketch;
                (0..SKETCH).map(move |at| (at, sketch[at], sketch[(at + 1) % SKETCH])).map(move |pair| (n, pair))
            })
            .filter(|(_, (_, one, other))| *one != EMPTY && *other != EMPTY)
            .map(|(n, (at, one, other))| (n, (memo::key([at as u64, one.into(), other.into()]) >> u32::BITS) as u32))
    }
}

/// A page as far as it can be compared with others: reading it costs a third of what [`crate::article::Page`] costs.
#[derive(Debug)]
pub struct Paragraphs {
    /// Its text [in simplified characters](zh::script).
    pub text: Text,
    /// Its blocks.
    pub blocks: Vec<Block>,
    shapes: Vec<Shape>,
    prints: Vec<Arc<Print>>,
}

impl Paragraphs {
    /// Reads `source`. Of a text that is not Chinese there are none.
    pub fn new(source: impl Into<String>, format: Format) -> Self {
        let text = Text::new(zh::script::simplified(&source.into()));
        let blocks = if zh::is_chinese(text.as_str()) { block::blocks(&text, format) } else { Vec::new() };
        let shapes = blocks.iter().map(|b| shape::shape(text.slice(b.content))).collect();
        let prints = blocks.iter().map(|b| Arc::new(print(text.slice(b.content)))).collect();
        Self { text, blocks, shapes, prints }
    }

    /// What a comparison needs to know.
    pub fn comparable(&self) -> Comparable<'_> {
        Comparable { text: &self.text, blocks: &self.blocks, shapes: &self.shapes, prints: &self.prints }
    }
}

/// A run of paragraphs of a page that stands in another file, too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reprint {
    /// The blocks of the page.
    pub blocks: Range<usize>,
    /// The other file, as people call it.
    pub file: String,
    /// Where the run begins there, 1-based.
    pub line: usize,
}

impl Reprint {
    /// Where the run is in its own page.
    pub fn span(&self, page: Comparable) -> Span {
        covered(page.blocks, &self.blocks)
    }
}

/// An index under construction: pages are added in order of their numbers.
#[derive(Clone, Default, Debug)]
pub struct Builder {
    /// A pair in the upper half of the word, the page on which its paragraph stands in the lower.
    entries: Vec<u64>,
}

impl Builder {
    /// Adds the paragraphs of page number `page`.
    pub fn add(&mut self, page: u32, paragraphs: Comparable) {
        self.entries.extend(paragraphs.pairs().map(|(_, pair)| u64::from(pair) << u32::BITS | u64::from(page)));
    }

    /// Sorts what was added.
    pub fn build(mut self) -> Index {
        self.entries.sort_unstable();
        self.entries.dedup();
        self.entries.shrink_to_fit();
        let bits = (self.entries.len() / ENTRIES_PER_PLACE).max(1).ilog2();
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for &entry in &self.entries {
            starts[place(entry, bits) + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        Index { entries: self.entries, starts, bits }
    }
}

/// What a page probably shares with another.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
struct Shared {
    /// Its blocks that have a pair in common with the other.
    blocks: Vec<usize>,
    /// The most pairs that one of them has in common with the other.
    most: usize,
}

/// Which pages hold which paragraphs.
#[derive(Clone, Debug)]
pub struct Index {
    entries: Vec<u64>,
    /// Where the entries begin that begin with the bits of the position.
    starts: Vec<u32>,
    bits: u32,
}

impl Index {
    /// Hands to `found` the copies in `page` of what stands in other pages, with the numbers of these. `own` is the
    /// number of `page` if it is in the index: then only pages with lower numbers count, so that of two pages one is
    /// told. A paragraph is told once. `read` gives another page; none where it is gone.
    pub fn copies(
        &self,
        page: Comparable,
        own: Option<u32>,
        mut read: impl FnMut(u32) -> Option<Paragraphs>,
        mut found: impl FnMut(&Copy, u32, &Paragraphs),
    ) {
        let mut is_told = vec![false; page.blocks.len()];
        let mut n_compared = 0;
        for (number, Shared { blocks, most }) in self.pages_like(page, own) {
            if n_compared == MOST_PAGES || n_compared >= MOST_DOUBTFUL && most < LEAST_SHARED {
                return;
            }
            if blocks.iter().all(|&n| is_told[n]) {
                continue;
            }
            let Some(other) = read(number) else { continue };
            n_compared += 1;
            for copy in shared(page, other.comparable()) {
                for copy in untold(&copy, &is_told) {
                    is_told[copy.later.clone()].fill(true);
                    found(&copy, number, &other);
                }
            }
        }
    }

    /// The numbers of the pages that probably hold paragraphs of a page, with what they share; the likeliest first.
    fn pages_like(&self, page: Comparable, own: Option<u32>) -> Vec<(u32, Shared)> {
        let mut pages: BTreeMap<u32, Shared> = BTreeMap::new();
        let mut numbers: Vec<u32> = Vec::new();
        let pairs: Vec<(usize, u32)> = page.pairs().collect();
        for paragraph in pairs.chunk_by(|a, b| a.0 == b.0) {
            let counts = |number: &u32| own.is_none_or(|own| *number < own);
            let with = |&(_, pair): &(usize, u32)| self.pages_with(pair).take_while(counts).take(MOST_ENTRIES);
            numbers.clear();
            numbers.extend(paragraph.iter().flat_map(with));
            numbers.sort_unstable();
            for same in numbers.chunk_by(|a, b| a == b) {
                let shared = pages.entry(same[0]).or_default();
                shared.blocks.push(paragraph[0].0);
                shared.most = shared.most.max(same.len());
            }
        }
        let mut pages: Vec<(u32, Shared)> = pages.into_iter().collect();
        pages.sort_by_key(|(number, shared)| (std::cmp::Reverse((shared.most, shared.blocks.len())), *number));
        pages
    }

    /// How many bytes it takes.
    pub const fn size(&self) -> usize {
        self.entries.len() * size_of::<u64>() + self.starts.len() * size_of::<u32>()
    }

    /// The pages that hold a pair, in order.
    fn pages_with(&self, pair: u32) -> impl Iterator<Item = u32> + '_ {
        let place = place(u64::from(pair) << u32::BITS, self.bits);
        let entries = &self.entries[self.starts[place] as usize..self.starts[place + 1] as usize];
        let of_pair = move |entry: u64| (entry >> u32::BITS) as u32 == pair;
        entries.iter().filter(move |entry| of_pair(**entry)).map(|&entry| entry as u32)
    }
}

/// The parts of a copy that are not told yet.
fn untold(copy: &Copy, is_told: &[bool]) -> Vec<Copy> {
    let is_even = copy.later.len() == copy.earlier.len();
    let blocks: Vec<usize> = copy.later.clone().filter(|&n| !is_told[n]).collect();
    let runs = blocks.chunk_by(|a, b| a + 1 == *b).map(|run| run[0]..run[run.len() - 1] + 1);
    runs.map(|later| {
        let from = copy.earlier.start + later.start - copy.later.start;
        // Where blocks were cut differently, the whole run is named.
        let earlier = if is_even { from..from + later.len() } else { copy.earlier.clone() };
        Copy { later, earlier, ..copy.clone() }
    })
    .collect()
}

/// Where in a directory of 2 to the power of `bits` places an entry belongs.
const fn place(entry: u64, bits: u32) -> usize {
    // A shift by the whole width is no shift.
    (entry >> 1 >> (u64::BITS - 1 - bits)) as usize
}

/// The copies in `later` of what stands in `earlier`: [`Copy::later`] are blocks of the one, [`Copy::earlier`] of the
/// other.
pub fn shared(later: Comparable, earlier: Comparable) -> Vec<Copy> {
    let n_blocks = earlier.blocks.len();
    let gap = "\n\n";
    let text = Text::new([earlier.text.as_str(), gap, later.text.as_str()].concat());
    let offset = earlier.text.len() + gap.len();
    let moved = |span: Span| Span::new(span.start + offset, span.end + offset);
    let behind = later.blocks.iter().map(|b| Block { span: moved(b.span), content: moved(b.content), ..b.clone() });
    let blocks: Vec<Block> = earlier.blocks.iter().cloned().chain(behind).collect();
    let (shapes, prints) = ([earlier.shapes, later.shapes].concat(), [earlier.prints, later.prints].concat());
    let both = Comparable { text: &text, blocks: &blocks, shapes: &shapes, prints: &prints };
    let sheet = Sheet::new(both, Some(n_blocks));
    let copies = copy::copies(&sheet, &Diff::whole(blocks.len()), &mut copy::Memo::default());
    let own = |copy: Copy| Copy { later: copy.later.start - n_blocks..copy.later.end - n_blocks, ..copy };
    copies.into_iter().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILL: &str = "河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完。";
    const SCHOOL: &str = "村小学的操场边上种着一排银杏，是二十年前的毕业生栽下的，每到深秋满地金黄。";
    const FERRY: &str = "傍晚时分，最后一班渡船靠岸，船工把缆绳系在石桩上，数着一天的票根回家去。";

    fn page(paragraphs: &[&str]) -> Paragraphs {
        Paragraphs::new(paragraphs.join("\n\n"), Format::Markdown)
    }

    fn index(pages: &[Paragraphs]) -> Index {
        let mut builder = Builder::default();
        for (n, page) in pages.iter().enumerate() {
            builder.add(n as u32, page.comparable());
        }
        builder.build()
    }

    #[test]
    fn a_page_finds_the_pages_that_share_its_paragraphs() {
        let pages = [
            page(&[FERRY]),
            page(&[MILL, SCHOOL]),
            page(&["无关的一段话，说的是别的事情，谁也没有抄过谁，只是凑够了字数。"]),
            page(&[SCHOOL, FERRY, MILL]),
        ];
        let index = index(&pages);
        let like = |n: usize, own: Option<u32>| -> Vec<(u32, Vec<usize>)> {
            let like = index.pages_like(pages[n].comparable(), own);
            like.into_iter().map(|(number, shared)| (number, shared.blocks)).collect()
        };
        assert_eq!(like(3, Some(3)), [(1, vec![0, 2]), (0, vec![1])]);
        assert_eq!(like(1, Some(1)), []);
        assert_eq!(like(1, None), [(1, vec![0, 1]), (3, vec![0, 1])]);
        assert_eq!(like(2, Some(2)), []);
        assert_eq!(self::index(&[]).pages_like(pages[1].comparable(), None), []);
    }

    #[test]
    fn a_paragraph_is_told_once_and_no_page_is_read_in_vain() {
        let pages = [page(&[MILL, SCHOOL]), page(&[MILL]), page(&[FERRY, MILL]), page(&[FERRY, MILL, SCHOOL])];
        let mut read = Vec::new();
        let texts: Vec<String> = pages.iter().map(|page| page.text.as_str().to_owned()).collect();
        let mut found = Vec::new();
        index(&pages).copies(
            pages[3].comparable(),
            Some(3),
            |n| {
                read.push(n);
                Some(Paragraphs::new(texts[n as usize].as_str(), Format::Markdown))
            },
            |copy, number, _| found.push((copy.later.clone(), number, copy.earlier.clone())),
        );
        assert_eq!(found, [(1..3, 0, 0..2), (0..1, 2, 0..1)], "of the second run what is left");
        assert!(!read.contains(&1), "what it shares is told already");
    }

    #[test]
    fn the_index_is_as_small_as_it_says() {
        let text = |n: usize| -> String {
            (0..60).filter_map(|k| char::from_u32(0x4e00 + ((n * 7919 + k * 104_729) % 20_000) as u32)).collect()
        };
        let pages: Vec<Paragraphs> =
            (0..300).map(|n| page(&[&format!("{}，{}。", text(2 * n), text(2 * n + 1))])).collect();
        let size = index(&pages).size();
        assert!(size > 300 * SKETCH && size <= 300 * BYTES_PER_PARAGRAPH, "{size}");
        assert_eq!(BYTES_PER_PARAGRAPH, 160, "the help of --across-files says so");
    }

    #[test]
    fn runs_are_found_across_pages_and_do_not_reach_over_the_border() {
        let (first, second) = (page(&[FERRY, MILL, SCHOOL]), page(&["# 标题", MILL, SCHOOL, FERRY]));
        let found: Vec<_> =
            shared(second.comparable(), first.comparable()).into_iter().map(|c| (c.later, c.earlier)).collect();
        assert_eq!(found, [(1..3, 1..3), (3..4, 0..1)]);
        // A copy inside one of the two is not a copy of the other.
        assert!(shared(page(&[SCHOOL]).comparable(), page(&[MILL, MILL]).comparable()).is_empty());
        assert!(shared(page(&[MILL, MILL]).comparable(), page(&[SCHOOL]).comparable()).is_empty());
    }
}
