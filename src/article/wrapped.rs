//! Headings that are set on two lines.

use super::cell;
use super::heading::Around;
use super::lines::{LEAST_PARAGRAPH, Lines};
use crate::block::Form;
use crate::seam::Model;
use crate::seam::facts::Facts;
use crate::shape::{self, Ending, Look, counts_part};
use crate::zh;

/// The first lines of headings that are set on two: the line breaks off where no heading ends, in a word or in a
/// quotation, or the two together are a label (了解 ¶ 更多), and nothing but blank stands between them.
pub(super) fn wrapped(lines: &Lines, around: &Around) -> Vec<usize> {
    let may_be = |n: usize| {
        let shape = &lines.shapes[n];
        matches!(lines.blocks[n].form, Form::Text | Form::Heading(_))
            && !lines.blocks[n].is_wrapped()
            && matches!(shape.look, Look::Plain | Look::Name)
            && shape.chars <= MOST_WRAPPED
            && shape.stops == 0
            && !shape.opens_sentence
            && (shape.numbering.is_none() || shape.first == '—')
    };
    let is_line_below = |n: usize| lines.blocks.get(n).is_some_and(|block| block.blank_before == 0 && may_be(n));
    let continues = |n: usize| {
        let (first, second) = (&lines.shapes[n], &lines.shapes[n + 1]);
        let (above, below) = (&lines.blocks[n], &lines.blocks[n + 1]);
        if around.runs[n] || !may_be(n) || !may_be(n + 1) || second.ending == Ending::Pause || below.blank_before > 1 {
            return false;
        }
        let same_mark = below.mark().is_none() || below.mark() == above.mark();
        let in_quotation = first.unclosed > 0 && second.unopened > 0;
        // A dash begins a subtitle; below the title of a poem one verse follows another.
        let is_subtitle = second.first == '—' && !in_quotation;
        let is_bare = |n: usize| lines.blocks[n].mark().is_none() && may_be(n);
        let is_verse = above.mark().is_some() && below.mark().is_none() && is_line_below(n + 2)
            || n >= 2 && (n - 2..n).all(is_bare) && is_bare(n) && below.mark().is_none();
        // 一问：…, with 二问：… to come, heads a part.
        let counts = second.pauses > 0 && counts_part(lines.content(n + 1));
        if is_subtitle || is_verse || counts {
            return false;
        }
        let is_heading = above.mark().is_some() || heads_text(lines, n + 2);
        let breaks_off =
            || is_heading && (in_quotation || first.hanging && heads_text(lines, n + 2) || reads_on(lines, n));
        let joined = || [lines.content(n), lines.content(n + 1)].concat();
        let is_label = || first.chars + second.chars <= 8 && shape::shape(&joined()).look == Look::Label;
        // A name below a title wrote the article: …想到的 ¶ 周晓岚.
        let goes_on = second.look != Look::Name;
        same_mark && (goes_on && breaks_off() && !cell::is_cell(lines, n) || is_label())
    };
    let mut found: Vec<usize> = Vec::new();
    for n in 0..lines.blocks.len().saturating_sub(1) {
        if continues(n) && found.last().is_none_or(|last| *last + 1 < n) {
            found.push(n);
        }
    }
    found
}

/// Whether block `n` and the next read as one: a word crosses from one to the other, or the characters of the second are
/// far likelier behind those of the first than at the start of a text.
fn reads_on(lines: &Lines, n: usize) -> bool {
    let model = Model::shipped();
    let facts = |n: usize| Facts::new(lines.content(n), &lines.shapes[n]);
    let (above, below) = (facts(n), facts(n + 1));
    if ![above.ending.last(), below.opening.first()].into_iter().all(|c| c.is_some_and(|c| zh::is_han(*c))) {
        return false;
    }
    let end = above.end(model);
    let words = model.lexicon.across((&above.ending, &end.words), (&below.opening, &below.first_words(model).readings));
    let mut reading = end.reading;
    let first = below.first(N_READ);
    let joined: f32 = first.iter().map(|c| model.language.read(&mut reading, *c).log_probability).sum();
    let apart = end.here + below.start(model).each.iter().take(first.len()).sum::<f32>();
    words.gain >= LEAST_CROSSING || joined - apart >= LEAST_READING
}

/// So many characters of a second line say how it reads behind the first.
const N_READ: usize = 3;

/// What a word that crosses two lines gains at least, and what reading on does, both as logarithms. With these 29 of 35
/// headings that were cut in two on invented pages are found, and none where none was cut.
const LEAST_CROSSING: f32 = 2.0;
const LEAST_READING: f32 = 12.5;

/// Half of a heading on two lines has at most this many characters.
const MOST_WRAPPED: u32 = 20;

/// Whether what stands at block `n` is what stands below a heading: a byline, a paragraph, another heading's mark.
fn heads_text(lines: &Lines, n: usize) -> bool {
    lines
        .shapes
        .get(n)
        .is_none_or(|shape| shape.look.is_apart() || shape.chars >= LEAST_PARAGRAPH || lines.blocks[n].mark().is_some())
}
