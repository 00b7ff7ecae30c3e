//! Echoes: sentences that an editor repeats on purpose, in a lead, a box or a pull quote.

use std::sync::Arc;

use super::alignment::extend;
use super::print::{self, Print};
use super::{Copy, Echo, index};
use crate::block::{Block, Form};
use crate::shape::{Shape, Style};
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

/// Finds the echoes of a page, outside of its copies. `prints[n]` belongs to `blocks[n]`.
pub(super) fn echoes(
    text: &Text,
    blocks: &[Block],
    shapes: &[Shape],
    prints: &[Arc<Print>],
    copies: &[Copy],
) -> Vec<Echo> {
    let is_copy = |n: usize| {
        copies[copies.partition_point(|copy| copy.later.end <= n)..].first().is_some_and(|c| c.later.contains(&n))
    };
    let is_law = |n: usize| shapes[n].numbering.is_some_and(|numbering| numbering.style == Style::Clause);
    let may_echo =
        |n: usize| matches!(blocks[n].form, Form::Text | Form::ListItem | Form::Quote) && !is_law(n) && !is_copy(n);
    let entered: Vec<u32> =
        (0..blocks.len()).filter(|&n| !prints[n].clauses.is_empty() && may_echo(n)).map(|n| n as u32).collect();
    let numbers = entered.iter().flat_map(|&n| prints[n as usize].clauses.iter().map(move |&clause| (clause, n)));
    let count = entered.iter().map(|&n| prints[n as usize].clauses.len()).sum();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for group in index::repeated(numbers, count).chunk_by(|a, b| a.0 == b.0) {
        if group.len() <= MOST_PLACES {
            pairs.extend(group[1..].iter().map(|&(_, later)| (later, group[0].1)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut found: Vec<Echo> = Vec::new();
    for (later, earlier) in pairs {
        compare(text, blocks[later as usize].content, blocks[earlier as usize].content, &mut found);
    }
    merged(found)
}

/// Adds the sentences of `later` that `earlier` has as well; the two are contents of blocks, perhaps of the same.
fn compare(text: &Text, later: Span, earlier: Span, acc: &mut Vec<Echo>) {
    let earlier_clauses = print::clauses(text.slice(earlier));
    let (later_sentences, earlier_sentences) = (sentences(text, later), sentences(text, earlier));
    for (at, clause) in print::clauses(text.slice(later)) {
        let at_later = later.start + at;
        let Some(&(at, _)) = earlier_clauses.iter().find(|(_, other)| *other == clause) else { continue };
        let at_earlier = earlier.start + at;
        let holder = |sentences: &[Span], at: usize| sentences.iter().find(|s| s.range().contains(&at)).copied();
        let (Some(later), Some(earlier)) = (holder(&later_sentences, at_later), holder(&earlier_sentences, at_earlier))
        else {
            continue;
        };
        let is_known = acc.iter().rev().any(|echo| echo.later == later && echo.earlier == earlier);
        if earlier.start < later.start && !is_known && is_echo(text, (later, at_later), (earlier, at_earlier)) {
            acc.push(Echo { later, earlier });
        }
    }
}

/// Whether two sentences that share the clause at the given bytes are the same sentence, give or take a few words.
fn is_echo(text: &Text, (later, at_later): (Span, usize), (earlier, at_earlier): (Span, usize)) -> bool {
    let key = |span: Span| zh::key(text.slice(span)).collect::<Vec<char>>();
    let cut = |span: Span, at: usize| (key(Span::new(span.start, at)), key(Span::new(at, span.end)));
    let ((mut later_back, later_on), (mut earlier_back, earlier_on)) = (cut(later, at_later), cut(earlier, at_earlier));
    let (len_later, len_earlier) = (later_back.len() + later_on.len(), earlier_back.len() + earlier_on.len());
    later_back.reverse();
    earlier_back.reverse();
    let on = extend(&mut later_on.as_slice(), &mut earlier_on.as_slice());
    let back = extend(&mut later_back.as_slice(), &mut earlier_back.as_slice());
    let common = (on.a + back.a).min(on.b + back.b).saturating_sub(on.edits.len() + back.edits.len());
    let (shorter, longer) = (len_later.min(len_earlier), len_later.max(len_earlier));
    common >= LEAST_ECHO
        && common * 100 >= shorter * LEAST_OF_SHORTER_PERCENT
        && (common * 100 >= longer * LEAST_OF_LONGER_PERCENT || common >= LONG_ECHO)
}

/// The sentences in `span`; parts between semicolons count as sentences.
fn sentences(text: &Text, span: Span) -> Vec<Span> {
    let content = text.slice(span);
    let mut found = Vec::new();
    let (mut start, mut ended) = (0, false);
    for (at, c) in content.char_indices() {
        let ends = zh::ends_sentence(c) || matches!(c, '；' | ';');
        if ended && !ends && !zh::closes(c) && c != '"' {
            found.push(text.trim(Span::new(span.start + start, span.start + at)));
            (start, ended) = (at, false);
        }
        ended |= ends;
    }
    found.push(text.trim(Span::new(span.start + start, span.end)));
    found
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

/// Whether `next` begins where `span` ends, but for blanks between sentences of one block.
const fn follows(span: Span, next: Span) -> bool {
    next.start >= span.end && next.start - span.end <= 1
}
