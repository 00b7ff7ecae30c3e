//! The characters of a page around a place, had block by block, and where the blocks lie in what was had.

use super::Sheet;
use crate::block::Block;
use crate::fingerprint::alignment::Chars;

/// The characters that carry meaning from a place in a block on, or back from it, over the blocks that follow.
pub(super) struct Stream<'a> {
    page: &'a Sheet<'a>,
    chars: Vec<char>,
    /// The blocks taken so far, with how many characters they and those before them have.
    ends: Vec<(usize, usize)>,
    /// How many blocks beside the first were asked for, there or not.
    pub n_beside: usize,
    /// The block to take next, if it is prose and within the limit.
    next: Option<usize>,
    /// Forward: one past the last block; backward: the first block.
    limit: usize,
    is_backward: bool,
}

impl<'a> Stream<'a> {
    pub fn forward(page: &'a Sheet<'a>, block: usize, rest: &[char], limit: usize) -> Self {
        let next = Some(block + 1);
        Self {
            page,
            chars: rest.to_vec(),
            ends: vec![(block, rest.len())],
            n_beside: 0,
            next,
            limit,
            is_backward: false,
        }
    }

    pub fn backward(page: &'a Sheet<'a>, block: usize, rest: &[char], limit: usize) -> Self {
        let chars = rest.iter().rev().copied().collect();
        let next = block.checked_sub(1);
        Self { page, chars, ends: vec![(block, rest.len())], n_beside: 0, next, limit, is_backward: true }
    }

    /// How many characters of the first block lie behind the first `n`; negative where these reach beyond it.
    pub fn rest_behind(&self, n: usize) -> i64 {
        self.ends[0].1 as i64 - n as i64
    }

    /// Takes one more block; false if there is none.
    fn take(&mut self) -> bool {
        if self.next.is_some_and(|n| if self.is_backward { n < self.limit } else { n >= self.limit }) {
            return false;
        }
        self.n_beside = self.ends.len();
        let Some(n) = self.next.filter(|&n| self.page.blocks.get(n).is_some_and(Block::is_prose)) else {
            self.next = None;
            return false;
        };
        if self.is_backward {
            self.chars.extend(self.page.key(n).iter().rev());
            self.next = n.checked_sub(1);
        } else {
            self.chars.extend_from_slice(self.page.key(n));
            self.next = Some(n + 1);
        }
        self.ends.push((n, self.chars.len()));
        true
    }
}

impl Chars for Stream<'_> {
    fn had(&self) -> &[char] {
        &self.chars
    }

    fn more(&mut self) -> bool {
        self.take()
    }
}

/// Where the blocks of two streams that start at the same place lie in the stretch that reaches `back` characters
/// back and `on` characters forward.
pub(super) fn places(back_stream: &Stream, on_stream: &Stream, back: usize, on: usize) -> Vec<Place> {
    let (back, on) = (back as i64, on as i64);
    let mut places: Vec<Place> = back_stream.ends[1..]
        .iter()
        .zip(&back_stream.ends)
        .map(|(&(block, end), &(_, start))| Place { block, start: back - end as i64, end: back - start as i64 })
        .rev()
        .collect();
    let (block, end) = on_stream.ends[0];
    places.push(Place { block, start: back - back_stream.ends[0].1 as i64, end: back + end as i64 });
    places.extend(on_stream.ends[1..].iter().zip(&on_stream.ends).map(|(&(block, end), &(_, start))| Place {
        block,
        start: back + start as i64,
        end: back + end as i64,
    }));
    places.retain(|p| p.start < back + on && p.end > 0);
    places
}

/// Where a block lies in a stretch, in characters from its start; a part of the block may lie outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub block: usize,
    pub start: i64,
    pub end: i64,
}

impl Place {
    pub const fn len(self) -> i64 {
        self.end - self.start
    }

    /// How many characters at an end of the block may lie outside of a stretch that holds it: errors close to the
    /// end of a text end the stretch before it.
    pub fn margin(self) -> i64 {
        (self.len() / 4).min(LONGEST_MARGIN)
    }
}

/// Six errors close to each other may keep this many characters at the end of a block out of a stretch.
pub(super) const LONGEST_MARGIN: i64 = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Format;
    use crate::fingerprint::across::Paragraphs;

    /// Three characters, two, a table, and so much that the page counts as Chinese.
    const PAGE: &str = "甲乙，丙。\n\n丁戊。\n\n| 表 | 格 |\n|---|---|\n| 一 | 二 |\n\n傍晚时分，最后一班渡船靠岸，船工把缆绳系在石桩上。\n";

    fn has(stream: &Stream, chars: &str) -> bool {
        stream.had().iter().collect::<String>() == chars
    }

    #[test]
    fn a_stream_goes_on_over_blocks_of_text() {
        let page = Paragraphs::new(PAGE, Format::Markdown);
        let sheet = Sheet::new(page.comparable(), None);
        let mut stream = Stream::forward(&sheet, 0, &sheet.key(0)[1..], 4);
        assert!(has(&stream, "乙丙") && stream.n_beside == 0);
        assert!(stream.more() && has(&stream, "乙丙丁戊") && stream.n_beside == 1);
        // The table is asked for, and ends it.
        assert!(!stream.more() && stream.n_beside == 2);
        assert!(!stream.more() && has(&stream, "乙丙丁戊"));
    }

    #[test]
    fn a_stream_goes_back_to_the_start_of_the_page() {
        let page = Paragraphs::new(PAGE, Format::Markdown);
        let sheet = Sheet::new(page.comparable(), None);
        let mut stream = Stream::backward(&sheet, 1, &sheet.key(1)[..1], 0);
        assert!(stream.more() && has(&stream, "丁丙乙甲") && stream.n_beside == 1);
        assert!(!stream.more() && stream.n_beside == 2);
    }

    #[test]
    fn a_stream_asks_for_nothing_beyond_its_limit() {
        let page = Paragraphs::new(PAGE, Format::Markdown);
        let sheet = Sheet::new(page.comparable(), None);
        let mut on = Stream::forward(&sheet, 0, sheet.key(0), 1);
        let mut back = Stream::backward(&sheet, 1, sheet.key(1), 1);
        assert!(!on.more() && !back.more());
        assert_eq!((on.n_beside, back.n_beside), (0, 0));
    }

    #[test]
    fn places_are_counted_from_the_start_of_the_stretch() {
        let page = Paragraphs::new(PAGE, Format::Markdown);
        let sheet = Sheet::new(page.comparable(), None);
        let (before, behind) = sheet.key(1).split_at(1);
        let (mut back, on) = (Stream::backward(&sheet, 1, before, 0), Stream::forward(&sheet, 1, behind, 2));
        assert!(back.more());
        let found = |n_back, n_on| -> Vec<(usize, i64, i64)> {
            places(&back, &on, n_back, n_on).iter().map(|place| (place.block, place.start, place.end)).collect()
        };
        // 乙丙丁戊: of the first block one character lies before it.
        assert_eq!(found(3, 1), [(0, -1, 2), (1, 2, 4)]);
        // 丁: the first block is not touched, and of the second one character lies behind it.
        assert_eq!(found(1, 0), [(1, 0, 2)]);
    }
}
