//! Paragraphs that stand in several files: an index over many pages, and the comparison of two of them.
//!
//! The index holds numbers and no text: for each paragraph eight numbers of its sketch and where it stands, 72 bytes,
//! and a directory of the numbers, so that a look costs the same however many pages there are. What it finds is only
//! likely; [`shared`] compares the pages themselves, as within one page.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Copy;
use super::copy::{self, Sheet};
use super::print::{EMPTY, Print, SKETCH};
use crate::block::Block;
use crate::memo::Cache;
use crate::shape::Shape;
use crate::text::{Span, Text};

/// Numbers of a sketch that are entered: every other one. Of a copy with five errors in a hundred characters one in a
/// hundred is missed, of an exact one none.
const ENTERED: usize = SKETCH / 2;
/// Numbers that two paragraphs share before their pages are compared.
const LEAST_SHARED: usize = 2;
/// Pages with which a page is compared: those that share most.
const MOST_PAGES: usize = 8;
/// Paragraphs looked at for one number; what more have is boilerplate.
const MOST_ENTRIES: usize = 8;

/// What an index and a comparison need to know of a page.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its text.
    pub text: &'a Text,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// The shapes of the blocks.
    pub shapes: &'a [Shape],
    /// The fingerprints of the blocks.
    pub prints: &'a [Arc<Print>],
}

impl Source<'_> {
    /// The numbers that are entered for each block that may be a copy, with the index of the block.
    fn numbers(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        (0..self.blocks.len())
            .filter(|&n| copy::may_repeat(&self.blocks[n], &self.shapes[n], &self.prints[n]))
            .flat_map(|n| {
                self.prints[n].sketch.iter().step_by(SKETCH / ENTERED).filter(|&&x| x != EMPTY).map(move |&x| (n, x))
            })
    }
}

/// An index under construction: pages are added in order of their numbers.
#[derive(Clone, Default, Debug)]
pub struct Builder {
    /// A number of a paragraph, and the page on which the paragraph stands.
    entries: Vec<(u32, u32)>,
}

impl Builder {
    /// Adds the paragraphs of page number `page`.
    pub fn add(&mut self, page: u32, source: Source) {
        self.entries.extend(source.numbers().map(|(_, number)| (spread(number), page)));
    }

    /// Sorts what was added.
    pub fn build(mut self) -> Index {
        self.entries.sort_unstable();
        self.entries.dedup();
        let bits = self.entries.len().max(1).ilog2();
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for &(number, _) in &self.entries {
            starts[bucket(number, bits) + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        Index { entries: self.entries, starts, bits }
    }
}

/// Which pages hold which paragraphs.
#[derive(Clone, Debug)]
pub struct Index {
    entries: Vec<(u32, u32)>,
    /// Where the entries begin whose number begins with the bits of the position.
    starts: Vec<u32>,
    bits: u32,
}

impl Index {
    /// The numbers of the pages with which a page should be compared, those that share most first. `own` is its own
    /// number if it is in the index: then only pages with lower numbers are given, so that of two pages one is told.
    pub fn pages_like(&self, source: Source, own: Option<u32>) -> Vec<u32> {
        let mut paragraphs: BTreeMap<u32, u32> = BTreeMap::new();
        let numbers: Vec<(usize, u32)> = source.numbers().collect();
        let mut pages: Vec<u32> = Vec::new();
        for paragraph in numbers.chunk_by(|a, b| a.0 == b.0) {
            pages.clear();
            for &(_, number) in paragraph {
                let is_told = |page: &u32| own.is_none_or(|own| *page < own);
                pages.extend(self.pages_with(spread(number)).filter(is_told).take(MOST_ENTRIES));
            }
            pages.sort_unstable();
            for page in pages.chunk_by(|a, b| a == b).filter(|page| page.len() >= LEAST_SHARED) {
                *paragraphs.entry(page[0]).or_default() += 1;
            }
        }
        let mut pages: Vec<(u32, u32)> = paragraphs.into_iter().collect();
        pages.sort_by_key(|&(page, n_paragraphs)| (std::cmp::Reverse(n_paragraphs), page));
        pages.into_iter().take(MOST_PAGES).map(|(page, _)| page).collect()
    }

    /// How many bytes it takes.
    pub const fn size(&self) -> usize {
        self.entries.len() * size_of::<(u32, u32)>() + self.starts.len() * size_of::<u32>()
    }

    fn pages_with(&self, number: u32) -> impl Iterator<Item = u32> + '_ {
        let bucket = bucket(number, self.bits);
        let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        self.entries[range].iter().filter(move |entry| entry.0 == number).map(|entry| entry.1)
    }
}

/// The numbers of sketches are least hashes and lie close to each other; spread evenly they find their bucket at once.
const fn spread(number: u32) -> u32 {
    number.wrapping_mul(0x9e37_79b1)
}

const fn bucket(number: u32, bits: u32) -> usize {
    (number as u64 >> (u32::BITS - bits)) as usize
}

/// The copies in `later` of what stands in `earlier`: [`Copy::later`] are blocks of the one, [`Copy::earlier`] of the
/// other.
pub fn shared(later: Source, earlier: Source) -> Vec<Copy> {
    let n_blocks = earlier.blocks.len();
    let gap = "\n\n";
    let text = Text::new([earlier.text.as_str(), gap, later.text.as_str()].concat());
    let offset = earlier.text.len() + gap.len();
    let moved = |span: Span| Span::new(span.start + offset, span.end + offset);
    let behind = later.blocks.iter().map(|b| Block { span: moved(b.span), content: moved(b.content), ..b.clone() });
    let blocks: Vec<Block> = earlier.blocks.iter().cloned().chain(behind).collect();
    let (shapes, prints) = ([earlier.shapes, later.shapes].concat(), [earlier.prints, later.prints].concat());
    let both = Source { text: &text, blocks: &blocks, shapes: &shapes, prints: &prints };
    let sheet = Sheet::new(both, Some(n_blocks));
    let copies = copy::copies(&sheet, &mut Cache::default());
    let own = |copy: Copy| Copy { later: copy.later.start - n_blocks..copy.later.end - n_blocks, ..copy };
    copies.into_iter().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{self, Format};
    use crate::fingerprint::print;
    use crate::shape;

    struct Page {
        text: Text,
        blocks: Vec<Block>,
        shapes: Vec<Shape>,
        prints: Vec<Arc<Print>>,
    }

    impl Page {
        fn source(&self) -> Source<'_> {
            Source { text: &self.text, blocks: &self.blocks, shapes: &self.shapes, prints: &self.prints }
        }
    }

    const MILL: &str = "河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完。";
    const SCHOOL: &str = "村小学的操场边上种着一排银杏，是二十年前的毕业生栽下的，每到深秋满地金黄。";
    const FERRY: &str = "傍晚时分，最后一班渡船靠岸，船工把缆绳系在石桩上，数着一天的票根回家去。";

    fn page(paragraphs: &[&str]) -> Page {
        let text = Text::new(paragraphs.join("\n\n"));
        let blocks = block::blocks(&text, Format::Markdown);
        let shapes = blocks.iter().map(|b| shape::shape(text.slice(b.content))).collect();
        let prints = blocks.iter().map(|b| Arc::new(print(text.slice(b.content)))).collect();
        Page { text, blocks, shapes, prints }
    }

    #[test]
    fn a_page_finds_the_pages_that_share_its_paragraphs() {
        let pages = [
            page(&[FERRY]),
            page(&[MILL, SCHOOL]),
            page(&["无关的一段话，说的是别的事情，谁也没有抄过谁，只是凑够了字数。"]),
            page(&[SCHOOL, FERRY, MILL]),
        ];
        let mut builder = Builder::default();
        for (n, page) in pages.iter().enumerate() {
            builder.add(n as u32, page.source());
        }
        let index = builder.build();
        assert_eq!(index.pages_like(pages[3].source(), Some(3)), [1, 0]);
        assert_eq!(index.pages_like(pages[1].source(), Some(1)), [0_u32; 0]);
        assert_eq!(index.pages_like(pages[1].source(), None), [1, 3]);
        assert_eq!(index.pages_like(pages[2].source(), Some(2)), [0_u32; 0]);
        assert!(Builder::default().build().pages_like(pages[1].source(), None).is_empty());
    }

    #[test]
    fn runs_are_found_across_pages_and_do_not_reach_over_the_border() {
        let (first, second) = (page(&[FERRY, MILL, SCHOOL]), page(&["# 标题", MILL, SCHOOL, FERRY]));
        let found: Vec<_> = shared(second.source(), first.source()).into_iter().map(|c| (c.later, c.earlier)).collect();
        assert_eq!(found, [(1..3, 1..3), (3..4, 0..1)]);
        // A copy inside one of the two is not a copy of the other.
        assert!(shared(page(&[SCHOOL]).source(), page(&[MILL, MILL]).source()).is_empty());
        assert!(shared(page(&[MILL, MILL]).source(), page(&[SCHOOL]).source()).is_empty());
    }
}
