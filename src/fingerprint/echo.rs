//! Echoes: sentences that an editor repeats on purpose, in a lead, a box or a pull quote.
//!
//! An editor repeats clauses to the letter and changes a few words around them, so a clause that stands in two places
//! leads to the sentences that are compared.

use std::cell::OnceCell;

use super::alignment::extend;
use super::form::is_form;
use super::index::Index;
use super::print::Clause;
use super::{Comparable, Copy, Echo};
use crate::block::Form;
use crate::block::diff::Diff;
use crate::shape::Style;
use crate::text::{Span, Text};
use crate::zh;

/// An echo has at least this many characters that carry meaning; a shorter one is a phrase.
const LEAST_ECHO: usize = 20;
/// Of the shorter sentence, this share comes again.
const LEAST_OF_SHORTER_PERCENT: usize = 80;
/// Of the longer sentence, this share comes again...
const LEAST_OF_LONGER_PERCENT: usize = 60;
/// ...or this many characters, which nobody writes twice by chance.
const LONG_ECHO: usize = 30;
/// A clause that stands in more places is a set phrase.
const MOST_PLACES: usize = 4;
/// Bytes of a sentence on either side of a clause that are looked at; what goes on longer is no sentence.
const LONGEST_SIDE: usize = 1200;

/// What is kept from one search to the next. It never changes a result.
#[derive(Clone, Default, Debug)]
pub(super) struct Memo {
    /// The clauses of the blocks that may echo.
    index: Index,
    /// Whether each block was a copy.
    copies: Vec<bool>,
    /// The clauses of each block that stand earlier, too.
    pairs: Vec<Vec<Pair>>,
}

/// A clause that stands in two places.
#[derive(Clone, Debug)]
struct Pair {
    /// Byte of the content of the later block at which it ends.
    end: u32,
    /// The earlier block.
    earlier: u32,
    /// Byte of its content at which the clause ends.
    earlier_end: u32,
    /// The echo that it leads to, if there is one, as places in the two blocks; none before anybody looked.
    echo: OnceCell<Option<Echo>>,
}

impl Memo {
    /// Follows the page to its next version.
    fn follow(&mut self, page: Comparable, copies: &[Copy], diff: &Diff) {
        let Comparable { blocks, shapes, prints, .. } = page;
        let mut is_copy = vec![false; blocks.len()];
        for copy in copies {
            is_copy[copy.later.clone()].fill(true);
        }
        diff.apply(&mut self.copies, |n| is_copy[n]);
        let renewed: Vec<usize> = (0..blocks.len()).filter(|&n| self.copies[n] != is_copy[n]).collect();
        let is_law = |n: usize| shapes[n].numbering.is_some_and(|numbering| numbering.style == Style::Clause);
        let may_echo =
            |n: usize| matches!(blocks[n].form, Form::Text | Form::ListItem | Form::Quote) && !is_law(n) && !is_copy[n];
        let near = self.index.follow(diff, &renewed, MOST_PLACES + 1, |n, numbers| {
            if may_echo(n) {
                numbers.extend(prints[n].clauses.iter().map(|clause| (clause.hash, clause.end)));
            }
        });
        diff.apply(&mut self.pairs, |_| Vec::new());
        if diff.moves() {
            for pair in self.pairs.iter_mut().flatten() {
                pair.earlier = diff.place_of(pair.earlier as usize).map_or(0, |place| place as u32);
            }
        }
        for n in near {
            self.pairs[n].clear();
            if may_echo(n) {
                let clauses = prints[n].clauses.iter();
                self.pairs[n].extend(clauses.filter_map(|clause| self.index.pair(n as u32, *clause)));
            }
        }
        self.copies = is_copy;
    }
}

impl Index {
    /// The pair of a clause of block `n` with the first place where it stands, unless this is the first itself.
    fn pair(&self, n: u32, clause: Clause) -> Option<Pair> {
        let mut places = self.postings(clause.hash);
        let first = places.next().filter(|first| (first.block, first.at) != (n, clause.end))?;
        let is_phrase = places.nth(MOST_PLACES - 1).is_some();
        (!is_phrase).then_some(Pair {
            end: clause.end,
            earlier: first.block,
            earlier_end: first.at,
            echo: OnceCell::new(),
        })
    }
}

/// Finds the echoes of a page, outside of its `copies`. The page differs by `diff` from that of the last search.
pub(super) fn echoes(page: Comparable, copies: &[Copy], diff: &Diff, memo: &mut Memo) -> Vec<Echo> {
    memo.follow(page, copies, diff);
    let mut found: Vec<Echo> = Vec::new();
    for (n, pairs) in memo.pairs.iter().enumerate() {
        for pair in pairs {
            let (later, earlier) = (page.blocks[n].content, page.blocks[pair.earlier as usize].content);
            let (at_later, at_earlier) = (later.start + pair.end as usize, earlier.start + pair.earlier_end as usize);
            let is_known = |echo: &Echo| echo.later.touches(at_later) && echo.earlier.touches(at_earlier);
            if found.last().is_some_and(is_known) {
                continue;
            }
            let within = |span: Span, block: Span| Span::new(span.start - block.start, span.end - block.start);
            let in_page = |span: Span, block: Span| Span::new(span.start + block.start, span.end + block.start);
            let echo = *pair.echo.get_or_init(|| {
                let found = echo(page.text, (later, at_later), (earlier, at_earlier))?;
                Some(Echo { later: within(found.later, later), earlier: within(found.earlier, earlier) })
            });
            found.extend(
                echo.map(|echo| Echo { later: in_page(echo.later, later), earlier: in_page(echo.earlier, earlier) }),
            );
        }
    }
    merged(found)
}

/// The echo that the clauses ending at bytes `later` and `earlier` are part of.
fn echo(text: &Text, (in_later, at_later): (Span, usize), (in_earlier, at_earlier): (Span, usize)) -> Option<Echo> {
    let later = sentence(text, in_later, at_later);
    let earlier = sentence(text, in_earlier, at_earlier);
    let may_echo = |sentence: Span| sentence.len() >= LEAST_ECHO;
    (earlier.end <= later.start
        && !is_form(text.slice(in_later))
        && may_echo(later)
        && may_echo(earlier)
        && is_echo(text, (later, at_later), (earlier, at_earlier)))
    .then_some(Echo { later, earlier })
}

/// Whether two sentences that share the clause ending at the given bytes are the same sentence, give or take a few
/// words.
fn is_echo(text: &Text, (later, at_later): (Span, usize), (earlier, at_earlier): (Span, usize)) -> bool {
    let key = |start: usize, end: usize| zh::key(text.slice(Span::new(start, end))).collect::<Vec<char>>();
    let (mut later_back, later_on) = (key(later.start, at_later), key(at_later, later.end));
    let (mut earlier_back, earlier_on) = (key(earlier.start, at_earlier), key(at_earlier, earlier.end));
    let (len_later, len_earlier) = (later_back.len() + later_on.len(), earlier_back.len() + earlier_on.len());
    if len_later.min(len_earlier) < LEAST_ECHO {
        return false;
    }
    later_back.reverse();
    earlier_back.reverse();
    let on = extend(&mut later_on.as_slice(), &mut earlier_on.as_slice());
    let back = extend(&mut later_back.as_slice(), &mut earlier_back.as_slice());
    let common = (on.a + back.a).min(on.b + back.b).saturating_sub(on.edits.len() + back.edits.len());
    let (shorter, longer) = (len_later.min(len_earlier), len_later.max(len_earlier));
    // Keys of front matter and rows of figures repeat by nature.
    let n_han = text.slice(later).chars().filter(|&c| zh::is_han(c)).count();
    n_han * 2 >= len_later
        && common >= LEAST_ECHO
        && common * 100 >= shorter * LEAST_OF_SHORTER_PERCENT
        && (common * 100 >= longer * LEAST_OF_LONGER_PERCENT || common >= LONG_ECHO)
}

/// The sentence in `block` that byte `at` is part of, its closing quotes included; parts between semicolons count as
/// sentences.
fn sentence(text: &Text, block: Span, at: usize) -> Span {
    let ends = |c: char| zh::ends_sentence(c) || matches!(c, '；' | ';');
    let trails = |c: char| ends(c) || zh::closes(c) || c == '"';
    let is_boundary = |at: &usize| text.as_str().is_char_boundary(*at);
    let from = (at.saturating_sub(LONGEST_SIDE).max(block.start)..=at).find(is_boundary).unwrap_or(at);
    let to = (at..=(at + LONGEST_SIDE).min(block.end)).rfind(is_boundary).unwrap_or(at);
    let before = text.slice(Span::new(from, at));
    let start =
        before.rfind(ends).map_or(0, |end| end + before[end..].len() - before[end..].trim_start_matches(trails).len());
    let behind = text.slice(Span::new(at, to));
    let end =
        behind.find(ends).map_or(behind.len(), |end| behind.len() - behind[end..].trim_start_matches(trails).len());
    text.trim(Span::new(from + start, at + end))
}

/// One echo for sentences that follow each other in both places, and for each sentence only its first place.
fn merged(mut found: Vec<Echo>) -> Vec<Echo> {
    found.sort_by_key(|echo| (echo.later, echo.earlier));
    let mut merged: Vec<Echo> = Vec::new();
    for echo in found {
        match merged.last_mut() {
            Some(last) if last.later.overlaps(echo.later) => {}
            Some(last) if follows(last.later, echo.later) && follows(last.earlier, echo.earlier) => {
                *last = Echo { later: last.later.cover(echo.later), earlier: last.earlier.cover(echo.earlier) };
            }
            _ => merged.push(echo),
        }
    }
    merged
}

/// Whether `next` begins where `span` ends, but for a blank between sentences of one block.
const fn follows(span: Span, next: Span) -> bool {
    next.start >= span.end && next.start - span.end <= 1
}
