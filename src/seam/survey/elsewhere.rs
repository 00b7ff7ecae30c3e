//! What the rest of the page says about a half: lines that begin alike, and where its edge stands whole.

use super::Survey;
use crate::seam::facts::Facts;
use crate::seam::memo::Memo;
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
}
