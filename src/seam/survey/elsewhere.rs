//! What the rest of the page says about a half or a pair: lines that begin alike, where its edge or what straddles the seam
//! stands whole, what the texts around it are about.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::{PAGE, Survey};
use crate::memo::key;
use crate::seam::facts::{self, Facts};
use crate::seam::memo::Memo;
use crate::text::Span;
use crate::zh;

/// How the characters at the edge of a block stand elsewhere.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Elsewhere {
    /// At an edge, too: no Hanzi stands beside them.
    pub at_edge: bool,
    /// The Hanzi that stands beside them, the last one found.
    pub beside: Option<char>,
    /// The same one stands beside them twice in a row.
    pub beside_twice: bool,
}

impl Elsewhere {
    fn add(&mut self, beside: Option<char>) {
        match beside.filter(|c| zh::is_han(*c)) {
            None => self.at_edge = true,
            Some(c) => self.beside_twice |= self.beside.replace(c) == Some(c),
        }
    }
}

/// Which edge of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// Its first characters.
    Start,
    /// Its last ones.
    End,
}

/// Items of a list stand at most so many blocks apart.
const NEAR: usize = 4;
/// Most characters, with its stop, of a sentence that begins an item and only names it.
const FEW: usize = 5;

/// Nothing that straddles the seam could be a word: a mark or a figure stands on one side.
pub const NO_WORDS: u8 = 1 << 7;

impl Survey<'_> {
    /// Whether a block near this one of the prose begins with the same two characters, and whether one begins with a
    /// sentence of a few characters as this one does: items of a list, of which none was cut.
    pub fn begins_alike(&self, prose: usize, memo: &mut Memo) -> [bool; 2] {
        let ours = self.facts(prose, memo);
        let is_named = |facts: &Facts| facts.first(FEW).iter().any(|c| zh::ends_sentence(*c));
        let near = prose.saturating_sub(NEAR)..(prose + NEAR + 1).min(self.prose.len());
        near.filter(|other| *other != prose).fold([false; 2], |[same, named], other| {
            let theirs = self.facts(other, memo);
            [same || theirs.first(2) == ours.first(2), named || is_named(&ours) && is_named(&theirs)]
        })
    }

    /// How the two and the three characters at an edge of this one of the prose stand elsewhere near by. What was cut within
    /// a name stands whole elsewhere, always beside what it was cut from.
    pub fn elsewhere(&self, prose: usize, edge: Edge) -> [Elsewhere; 2] {
        let content = self.blocks[self.prose[prose].block].content;
        let (own, mut found) = (self.text.slice(content), [Elsewhere::default(); 2]);
        let three: Vec<char> = match edge {
            Edge::Start => own.chars().take(3).collect(),
            Edge::End => own.chars().rev().take(3).collect(),
        };
        let &[first, second, ..] = three.as_slice() else { return found };
        if !zh::is_han(first) || !zh::is_han(second) {
            return found;
        }
        let (two, place) = match edge {
            Edge::Start => ([first, second], content.start),
            Edge::End => ([second, first], content.end - first.len_utf8() - second.len_utf8()),
        };
        let (two, near) = (String::from_iter(two), self.near(content));
        let near = self.blocks[near.start].span.cover(self.blocks[near.end - 1].span);
        let text = self.text.slice(near);
        for at in memchr::memmem::find_iter(text.as_bytes(), &two).filter(|at| near.start + at != place) {
            let (before, after) = (text[..at].chars().next_back(), text[at + two.len()..].chars().next());
            let (outwards, inwards) = if edge == Edge::Start { (before, after) } else { (after, before) };
            found[0].add(outwards);
            if three.get(2).is_some_and(|third| inwards == Some(*third)) {
                found[1].add(outwards);
            }
        }
        found
    }

    /// Which of the strings that straddle the seam of a tail and a head stand whole elsewhere near by: two
    /// characters, two and one, one and two, two and two; a bit for each; [`NO_WORDS`] where no
    /// Hanzi meet. The pair is the `n`th of the tail.
    pub fn page_words(&self, tail: usize, head: usize, n: usize, memo: &mut Memo) -> u8 {
        let known = &mut memo.of(self.tails[tail].block).pairs[n];
        let (tail, head) = (&self.blocks[self.tails[tail].block], &self.blocks[self.heads[head].block]);
        let near = self.near(tail.content.cover(head.content));
        let around = self.hashes[near.end].wrapping_sub(self.hashes[near.start]);
        let repeated = known.scores.repeated;
        let find_out = || {
            let (first, last) = (self.blocks[near.start].span, self.blocks[near.end - 1].span);
            let around = self.text.slice(first.cover(last)).as_bytes();
            let (tail, head) = (self.text.slice(tail.content), &self.text.slice(head.content)[repeated..]);
            straddling(around, tail, head)
        };
        match known.words {
            Some((known_around, words)) if known_around == around => words,
            _ => known.words.insert((around, find_out())).1,
        }
    }

    /// How many rare pairs of characters the head with this index shares with the tail and its neighbours, and how many
    /// with its own neighbours. The pair is the `n`th of the tail.
    pub fn subjects(&self, tail: usize, head: usize, n: usize, memo: &mut Memo) -> (usize, usize) {
        let (block, tail, head) = (self.tails[tail].block, self.tails[tail].prose, self.heads[head].prose);
        let last = self.prose.len() - 1;
        let (there, here) = (tail.saturating_sub(2)..=last.min(tail + 1), head.saturating_sub(1)..=last.min(head + 1));
        let hash = |prose: usize| self.blocks[self.prose[prose].block].hash;
        // A block is not compared with itself, so it matters where in the first stretch the head stands, if it does.
        let own = there.clone().position(|other| other == head).map_or(u64::MAX, |n| n as u64);
        let n_there = there.clone().count() as u64;
        let key = key([own, n_there].into_iter().chain(there.clone().chain(here.clone()).map(hash)));
        if let Some((known, subjects)) = memo.of(block).pairs[n].subjects
            && known == key
        {
            return subjects;
        }
        let subjects = (self.shared(head, there, memo), self.shared(head, here, memo));
        memo.of(block).pairs[n].subjects = Some((key, subjects));
        subjects
    }

    /// How many rare pairs of characters a block of the prose shares with the `others`.
    fn shared(&self, prose: usize, others: RangeInclusive<usize>, memo: &mut Memo) -> usize {
        let ours = self.facts(prose, memo);
        let others: Vec<Arc<Facts>> =
            others.filter(|other| *other != prose).map(|other| self.facts(other, memo)).collect();
        let theirs = others.iter().flat_map(|facts| facts.ends());
        let is_rare = |pair: &[char; 2]| facts::is_rare(*pair, &self.model.language);
        ours.pairs().shared_with(theirs).filter(is_rare).count()
    }

    /// The blocks that lie within a page around `span`, which is the span of one of them or more.
    fn near(&self, span: Span) -> Range<usize> {
        let (start, end) = (span.start.saturating_sub(PAGE / 2), span.end + PAGE / 2);
        let first = self.blocks.partition_point(|block| block.content.start < start);
        let behind = self.blocks.partition_point(|block| block.content.end <= end);
        first..behind
    }
}

/// Which of the strings that straddle the seam of `tail` and `head` stand in `around`; a bit for each: see
/// [`Survey::page_words`].
fn straddling(around: &[u8], tail: &str, head: &str) -> u8 {
    let last = |n: usize| tail.char_indices().rev().nth(n - 1).map(|(at, _)| &tail[at..]);
    let first = |n: usize| head.char_indices().nth(n - 1).map(|(at, c)| &head[..at + c.len_utf8()]);
    let are_han = |text: &&str| text.chars().all(zh::is_han);
    let (Some(before), Some(after)) = (last(1).filter(are_han), first(1).filter(are_han)) else {
        return NO_WORDS;
    };
    // Where the longer ones stand the shortest does, so it alone is searched for.
    let longer_before = last(2).filter(are_han).map(|longer| &longer.as_bytes()[..longer.len() - before.len()]);
    let longer_after = first(2).filter(are_han).map(|longer| &longer.as_bytes()[after.len()..]);
    let bit = |is: bool, n: usize| u8::from(is) << n;
    let of = |before: bool, after: bool| 1 | bit(before, 1) | bit(after, 2) | bit(before && after, 3);
    let all = of(longer_before.is_some(), longer_after.is_some());
    let (mut bits, mut from) = (0, 0);
    let middle = [before, after].concat();
    let finder = memchr::memmem::Finder::new(middle.as_bytes());
    while let Some(at) = finder.find(&around[from..]).map(|at| from + at) {
        let is_before = longer_before.is_some_and(|longer| around[..at].ends_with(longer));
        let is_after = longer_after.is_some_and(|longer| around[at + middle.len()..].starts_with(longer));
        bits |= of(is_before, is_after);
        if bits == all {
            break;
        }
        from = at + before.len();
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Block, Format, blocks};
    use crate::seam::Model;
    use crate::shape::{Shape, shape};
    use crate::text::Text;

    /// A half that stands twice, once beside the end that it may go on with: what is known of one is not known of the other.
    #[test]
    fn what_stands_twice_is_asked_in_its_place() {
        let run = "街道图书馆的周晓岚已经三十多年没有换过书架\n\n能培训，其中六百多人取得了证书，书架也换了新的\n\n\
            青川市总工会今年为职工开办了二十四期培训班，已有三千多人参加了技\n\n";
        let text = Text::new(format!("{run}区里的水磨坊昨日重新开放。\n\n{run}"));
        let blocks: Vec<Block> = blocks(&text, Format::Markdown);
        let shapes: Vec<Shape> = blocks.iter().map(|block| shape(text.slice(block.content))).collect();
        let (model, memo) = (Model::shipped(), &mut Memo::default());
        let survey = Survey::new(model, &text, &blocks, &shapes, memo);
        let tail = survey.tails.iter().position(|tail| tail.block == 2).expect("it is cut");
        let twice: Vec<usize> = (0..survey.heads.len()).filter(|n| matches!(survey.heads[*n].block, 1 | 5)).collect();
        let (tails, heads) = survey.standings(&model.weights, memo);
        let mut asked = || {
            survey.scores(tail, &twice, (&tails, &heads), &model.weights, memo);
            [0, 1].map(|n| survey.subjects(tail, twice[n], n, memo))
        };
        let first = asked();
        assert_ne!(first[0], first[1]);
        assert_eq!(asked(), first);
    }
}
