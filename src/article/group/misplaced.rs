//! Titles that were printed beside their text and extracted after it.

use std::collections::HashSet;
use std::ops::Range;

use super::{Grouping, Kind, MOST_COLUMN};
use crate::zh;

impl Grouping<'_> {
    /// Where the text begins that `first`, the first heading of `group`, stands below as its title: the open article, which
    /// lacks one, or a report within it that nothing heads. The title was printed beside the text and extracted after it.
    pub(super) fn text_above_title(&self, first: &Range<usize>, group: &Range<usize>) -> Option<usize> {
        let open = self.open?;
        let more_follow = first.end < group.end || !self.heads_text(group.end);
        // What stands in brackets says who wrote the text.
        let is_bracketed = self.lines.shapes[first.start].first == '（';
        if !open.has_text || !more_follow || is_bracketed {
            return None;
        }
        let part = self.articles[open.article].parts.last()?;
        // A column has a name, and its article, which someone signs, may lack a title.
        let is_column = |title: usize| {
            let is_lone = self.articles[open.article].heading.len() == 1;
            is_lone && self.lines.shapes[title].chars <= MOST_COLUMN && self.closes_article(first.start)
        };
        let start = if open.title.is_none() {
            self.articles[open.article].parts.first()?.start
        } else if open.title.is_some_and(is_column) {
            self.articles[open.article].heading.end
        } else {
            let is_report = |n: &usize| self.kinds[*n] == Kind::Paragraph && self.lines.shapes[*n].lead;
            let follows_text = |n: &usize| *n > part.start && self.kinds[*n - 1] == Kind::Paragraph;
            let mut near = part.clone().rev().take(MOST_ABOVE).take_while(|n| !self.kinds[*n].is_heading());
            near.find(is_report).filter(follows_text)?
        };
        let above: Vec<usize> = part.clone().rev().take(MOST_ABOVE).filter(|n| *n >= start).collect();
        let is_text = |n: &usize| !self.kinds[*n].is_heading();
        let below: Vec<usize> = (group.end..self.kinds.len()).take_while(is_text).take(MOST_BELOW).collect();
        self.takes_up(first, &above, &below).then_some(start)
    }

    /// Whether the text of the blocks `above` takes up the words of the heading `first`, and that of the blocks `below` does
    /// not.
    fn takes_up(&self, first: &Range<usize>, above: &[usize], below: &[usize]) -> bool {
        let key = |n: usize| zh::key(self.lines.content(n));
        let title: Vec<char> = first.clone().flat_map(key).collect();
        if title.len() < LEAST_MISPLACED {
            return false;
        }
        let title_text = String::from_iter(&title);
        if above.iter().any(|n| key(*n).collect::<String>().contains(&title_text)) {
            return true;
        }
        let is_pair = |pair: &&[char]| pair.iter().all(|c| zh::is_han(*c));
        let pairs: HashSet<&[char]> = title.windows(2).filter(is_pair).collect();
        let shared = |blocks: &[usize]| {
            let text: Vec<char> = blocks.iter().flat_map(|n| key(*n)).collect();
            text.windows(2).filter(|pair| pairs.contains(pair)).collect::<HashSet<_>>().len()
        };
        let (above, below) = (shared(above), shared(below));
        pairs.len() >= LEAST_PAIRS
            && above * 100 >= pairs.len() * LEAST_TAKEN_UP_PERCENT
            && above.saturating_sub(below) * 100 >= pairs.len() * LEAST_MORE_PERCENT
    }

    /// Lets the text from block `start` on be an article of its own, where the open one has a title.
    pub(super) fn part_with(&mut self, start: usize) {
        let Some(open) = self.open.filter(|open| open.title.is_some()) else { return };
        let Some(part) = self.articles[open.article].parts.last_mut() else { return };
        let end = std::mem::replace(&mut part.end, start);
        self.begin(start..start, None, false);
        (start..end).for_each(|n| self.body(n));
    }
}

/// A title that is looked for in the text above it has at least this many characters: shorter words recur anyhow.
const LEAST_MISPLACED: usize = 5;
/// Nor is one of fewer pairs of Hanzi looked for by what the text takes up of it.
const LEAST_PAIRS: usize = 4;
/// The text that a title heads takes up this share of its pairs of Hanzi, and so many more than the text that the title
/// stands above. Of 763 titles of newspaper pages three in four are so to their own text, and one in twenty to the text
/// above them.
const LEAST_TAKEN_UP_PERCENT: usize = 40;
const LEAST_MORE_PERCENT: usize = 30;
/// So many blocks of the text below are looked at: what a report is about is said at its start; of the text above, the last
/// so many, that a page of one article costs no more than its length.
const MOST_BELOW: usize = 4;
const MOST_ABOVE: usize = 60;
