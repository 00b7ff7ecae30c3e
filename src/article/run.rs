//! Short lines in a row: verse, a table, a list of names. None of them heads anything.

use super::lines::Lines;
use crate::block::{Convention, Form};
use crate::shape::{Ending, Look};

/// A line of at most this many characters may be one of verse or of a list.
pub(super) const MOST_RUN_CHARS: u32 = 20;

/// For each block whether it is one of many short lines in a row.
pub(super) fn runs(lines: &Lines) -> Vec<bool> {
    let is_name = |n: usize| lines.shapes.get(n).is_some_and(|shape| shape.look == Look::Name);
    let is_short = |n: usize| {
        let shape = &lines.shapes[n];
        lines.blocks[n].form == Form::Text
            && matches!(shape.look, Look::Plain | Look::Name)
            && shape.chars <= MOST_RUN_CHARS
            && shape.ending != Ending::Stop
            && !(shape.first == '（' && shape.last == '）')
    };
    // Two short lines above a line: it is one of them, whatever stands below it.
    let goes_on = |n: usize| n >= 2 && is_short(n - 1) && is_short(n - 2);
    let may_be = |n: usize| {
        // A name below a line makes a title of it, and of itself a byline: verse begins below the two.
        let is_title = || {
            !is_name(n) && is_name(n + 1) && !is_name(n + 2) && !goes_on(n)
                || lines
                    .shapes
                    .get(n + 1)
                    .is_some_and(|below| below.lead || below.look == Look::Byline || below.first == '—')
        };
        let is_byline = || is_name(n) && n > 0 && !is_name(n - 1) && !is_name(n + 1) && !goes_on(n);
        is_short(n) && !is_title() && !is_byline()
    };
    let mut runs = vec![false; lines.blocks.len()];
    let mut start = 0;
    while start < runs.len() {
        let mut end = start;
        while end < runs.len() && may_be(end) && (end == start || joins_run(lines, end)) {
            end += 1;
        }
        let is_cycle = start > 0 && is_poem_of_cycle(lines, start - 1) && end - start >= LEAST_OF_POEM;
        let is_regular = || is_regular_verse(lines, start, end);
        let is_list = || end - start >= least_run(lines, start) && !is_series(lines, start, end);
        if is_cycle || is_list() || is_regular() {
            runs[start..end].fill(true);
        }
        start = end.max(start + 1);
    }
    mark_verse(lines, &mut runs);
    runs
}

/// Marks the lines of verse that has marks at the ends of its lines: 秋天有好多口袋，. A line without one is of it behind a line
/// that goes on, and may be the title of the next poem behind one that ends.
fn mark_verse(lines: &Lines, runs: &mut [bool]) {
    let is_line = |n: usize| {
        let shape = &lines.shapes[n];
        lines.blocks[n].form == Form::Text
            && shape.look == Look::Plain
            && shape.chars <= MOST_VERSE
            && shape.unclosed + shape.unopened == 0
            && shape.first != '“'
    };
    let mut start = 0;
    while start < runs.len() {
        // Most lines are paragraphs, and no verse begins without a pause.
        if lines.shapes[start].ending != Ending::Pause || !is_line(start) {
            start += 1;
            continue;
        }
        let ends = |n: usize| lines.shapes[n].ending == Ending::Stop;
        let is_verse = |n: usize| {
            is_line(n)
                && joins_run(lines, n)
                && (!ends(n - 1) || matches!(lines.shapes[n].ending, Ending::Pause | Ending::Stop))
        };
        let end = (start + 1..runs.len()).find(|n| !is_verse(*n)).unwrap_or(runs.len());
        let n_pauses = (start..end).filter(|n| lines.shapes[*n].ending == Ending::Pause).count();
        if end - start >= LEAST_VERSE && n_pauses >= LEAST_PAUSES {
            runs[start..end].fill(true);
        }
        start = end;
    }
}

/// A line of such verse has at most this many characters; there are so many lines, and so many that end in a comma.
const MOST_VERSE: u32 = 14;
const LEAST_VERSE: usize = 4;
const LEAST_PAUSES: usize = 2;

/// Whether block `n` is what a poem of a cycle is called: 其一.
fn is_poem_of_cycle(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    shape.first == '其' && shape.chars <= 3 && shape.numbering.is_some()
}

/// A poem has at least this many lines where its number says that it is one.
const LEAST_OF_POEM: usize = 2;

/// Whether the blocks from `start` to `end` are a poem of four lines or more, each of five characters or each of seven, that
/// stand close.
fn is_regular_verse(lines: &Lines, start: usize, end: usize) -> bool {
    let chars = lines.shapes[start].chars;
    let is_line = |n: usize| {
        let shape = &lines.shapes[n];
        shape.chars == chars
            && shape.han == chars
            && lines.mark(n).is_none()
            && (n == start || lines.blocks[n].blank_before == 0)
    };
    end - start >= 4 && matches!(chars, 5 | 7) && (start..end).all(is_line)
}

/// Lines of a run stand at the same distance; a gap that differs ends it.
fn joins_run(lines: &Lines, n: usize) -> bool {
    lines.blocks[n].blank_before <= 1
}

/// A banner, a kicker, a title, a subtitle and a label may stand in a row, with blank lines between; lines that
/// follow each other without one, on a page that sets blank lines between paragraphs, are a list from three on.
fn least_run(lines: &Lines, start: usize) -> usize {
    let dense = lines.blocks.get(start + 1).is_some_and(|next| next.blank_before == 0);
    // A name and lines of verse below the marked title of a poem.
    let is_poem = || start > 0 && lines.mark(start - 1).is_some() && lines.mark(start).is_none();
    // Below who wrote it a poem begins, and no heading of several lines.
    let is_below_author = || start > 1 && lines.shapes[start - 1].look == Look::Name;
    match lines.convention {
        Convention::BlankLine | Convention::HardWrapped if dense => 3,
        Convention::BlankLine | Convention::HardWrapped if is_poem() => 5,
        Convention::BlankLine | Convention::HardWrapped => 6,
        Convention::Line | Convention::Indented if is_below_author() => 4,
        Convention::Line | Convention::Indented => 5,
    }
}

/// Lines of one length with blank lines between them are the headings of boxes: 坚定信念，对党忠诚.
fn is_series(lines: &Lines, start: usize, end: usize) -> bool {
    let chars = lines.shapes[start].chars;
    (start..end).all(|n| lines.shapes[n].chars == chars && (n == start || lines.blocks[n].blank_before > 0))
}
