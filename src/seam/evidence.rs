//! Facts become evidence: of one block (left open, started in mid-sentence) and of two (one goes on with the other).

mod join;

pub use join::{Join, LEAST_PARTED};

use super::Model;
use super::facts::{Facts, Start, normal, normalised};
use super::feature::{Evidence, Feature};
use super::lexicon::LONGEST;
use crate::shape::{Clauses, Ending, Look, Shape};
use crate::zh;

/// What stands before or after a block, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Neighbour {
    /// Nothing: the page begins or ends.
    Nothing,
    /// A block that ends with the end of a sentence.
    Closed,
    /// A short one that does not.
    Short,
    /// A long one that does not.
    Long,
    /// A byline, or the text of a picture.
    Byline,
}

/// A block in its place on the page.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// What it says by itself.
    pub facts: &'a Facts,
    /// Where it stands.
    pub place: Place,
}

/// What the page says about a block, whatever the block says.
#[expect(clippy::struct_excessive_bools, reason = "each is a piece of evidence of its own")]
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Whether the page indents its paragraphs.
    pub page_indents: bool,
    /// Whether the page marks its headings.
    pub page_marks: bool,
    /// Whether it is indented.
    pub is_indented: bool,
    /// Whether it carries a heading mark.
    pub is_marked: bool,
    /// Whether it carries a list mark.
    pub is_listed: bool,
    /// What stands before it.
    pub before: Neighbour,
    /// What stands after it.
    pub after: Neighbour,
    /// Whether what stands after it is indented.
    pub after_is_indented: bool,
}

impl Place {
    /// All of it as one number below 2^12, to keep judgements under.
    pub fn bits(self) -> u64 {
        let flags = [
            self.page_marks,
            self.page_indents,
            self.is_indented,
            self.is_marked,
            self.is_listed,
            self.after_is_indented,
        ];
        let flags = flags.into_iter().fold(0, |bits, flag| bits << 1 | u64::from(flag));
        flags << 6 | (self.before as u64) << 3 | self.after as u64
    }
}

/// Knots of lengths of tails, in characters.
const TAIL_LENGTHS: [f32; 14] = [1., 4., 7., 10., 14., 18., 22., 28., 36., 48., 64., 90., 130., 200.];
/// Knots of lengths of heads, in characters.
const HEAD_LENGTHS: [f32; 10] = [2., 6., 10., 15., 22., 32., 48., 72., 110., 180.];
/// Knots of lengths of clauses, in characters.
const CLAUSES: [f32; 10] = [0., 1., 2., 3., 4., 6., 8., 12., 17., 26.];
/// Knots of the logarithm of the probability that a text ends.
const ENDS: [f32; 8] = [-12., -10., -8., -6., -4.5, -3., -1.5, -0.5];
/// Knots of how much likelier a start is at the start.
const STARTS: [f32; 12] = [-9., -6., -4., -2.5, -1.2, 0., 1.2, 2.5, 4., 6., 8., 11.];
/// Knots of the logarithm of the probability that a sentence or a clause ends.
const STOPS: [f32; 10] = [-11., -9.5, -8., -7., -6., -5., -4., -3., -2., -1.];
/// Knots of lengths before the first punctuation, in characters.
const BREAKS: [f32; 8] = [0., 1., 2., 3., 5., 8., 14., 24.];
/// Knots of the logarithm of the frequency of a word.
const WORD_FREQUENCIES: [f32; 7] = [-16., -14., -12.5, -11., -9.5, -8., -6.];
/// Knots of the log-odds of the edge model.
const EDGES: [f32; 10] = [-6., -4., -3., -2., -1., 0., 1., 2., 3.5, 5.];
/// Knots of the logarithm of the probability of the first two characters at a start.
const STARTS_ALONE: [f32; 10] = [-24., -20., -17., -14.5, -12.5, -11., -9.5, -8., -6., -4.];
/// Knots of how the tail's end reads, in nats per character.
const TAIL_READINGS: [f32; 10] = [-13., -11., -9.5, -8.5, -7.5, -6.5, -6., -5.5, -5., -4.];

/// The evidence that a block, of which `evidence` is what it says [as a tail](of_tail), is left open.
pub fn open(mut evidence: Evidence, tail: Placed) -> Evidence {
    evidence.set(Feature::Bias, 0, 1.0);
    let (length, next) = (short_or_long(tail.place.after), tail.place.after_is_indented);
    let setting = usize::from(tail.place.page_indents) * (1 + usize::from(next));
    let cell = match tail.place.after {
        Neighbour::Nothing => 0,
        Neighbour::Closed => 1 + setting,
        _ => 4 + 3 * length + setting,
    };
    evidence.flag(Feature::NextOfTail, cell, true);
    evidence
}

/// The evidence that a block, of which `evidence` is what it says [as a head](of_head), starts in mid-sentence.
pub fn started(mut evidence: Evidence, place: Place) -> Evidence {
    evidence.set(Feature::Bias, 0, 1.0);
    let setting = usize::from(place.page_indents) * (1 + usize::from(place.is_indented));
    let before = match place.before {
        Neighbour::Nothing => 0,
        Neighbour::Closed => 1,
        Neighbour::Short | Neighbour::Byline => 2,
        Neighbour::Long => 3,
    };
    evidence.flag(Feature::BeforeHead, before * 3 + setting, true);
    evidence
}

const fn short_or_long(neighbour: Neighbour) -> usize {
    match neighbour {
        Neighbour::Nothing | Neighbour::Closed => 0,
        Neighbour::Short => 1,
        Neighbour::Byline => 2,
        Neighbour::Long => 3,
    }
}

/// What a block that does not end with the end of a sentence says by itself, whatever may go on with it.
pub fn of_tail(model: &Model, tail: Placed) -> Evidence {
    let mut evidence = Evidence::default();
    let facts = tail.facts;
    let (shape, clauses) = (&facts.shape, &facts.shape.clauses);
    let has_stop = clauses.inner_stops > 0;
    let stop = usize::from(has_stop);
    let form = form(clauses);
    evidence.ramp(Feature::TailLength, stop * TAIL_LENGTHS.len(), shape.chars as f32, &TAIL_LENGTHS);
    evidence.flag(Feature::TailInnerStops, clauses.inner_stops.min(3) as usize, true);
    evidence.flag(Feature::TailCommas, stop * 3 + clauses.commas.min(2) as usize, true);
    let clause = if clauses.last_is_new { 2 } else { usize::from(clauses.commas + clauses.inner_stops > 0) };
    evidence.ramp(Feature::TailLastClause, clause * CLAUSES.len(), clauses.last as f32, &CLAUSES);
    evidence.flag(Feature::TailEnd, stop * 16 + class(facts.ending.last().copied()), true);
    evidence.ramp(Feature::TailEndModel, form * ENDS.len(), facts.end(model).here, &ENDS);
    evidence.ramp(Feature::TailStopModel, form * STOPS.len(), facts.end(model).sentence, &STOPS);
    evidence.ramp(Feature::TailClauseModel, form * STOPS.len(), facts.end(model).clause, &STOPS);
    for (n, bits) in OPEN_BITS.iter().enumerate() {
        evidence.flag(Feature::TailLeftOpen, n, clauses.left_open & bits != 0);
    }
    of_indent(&mut evidence, Feature::TailIndent, tail.place);
    evidence.flag(Feature::TailMark, 0, tail.place.is_marked);
    evidence.flag(Feature::TailMark, 1, tail.place.is_listed);
    evidence.flag(Feature::TailMark, 2, tail.place.page_marks && !tail.place.is_marked && !has_stop);
    if let Some(numbering) = shape.numbering {
        evidence.flag(Feature::TailNumbered, numbering.style as usize, true);
    }
    evidence.flag(Feature::TailLead, 0, shape.lead);
    evidence.flag(Feature::TailOpens, stop, shape.opens_sentence);
    evidence.flag(Feature::TailLook, shape.look as usize, shape.look != Look::Plain);
    let last = facts.last(2);
    let is_surname = facts.end(model).is_surname;
    evidence.flag(Feature::TailSurname, 0, is_surname && last.len() == 2 && model.lexicon.frequency(last).is_none());
    let is_spaced = shape.phrase_gaps > 0 && !has_stop;
    evidence.flag(Feature::TailSpaced, 0, is_spaced);
    evidence.flag(Feature::TailSpaced, 1, is_spaced && shape.chars <= 30);
    evidence.ramp(Feature::TailEdge, form * EDGES.len(), facts.end(model).edge, &EDGES);
    let (last, readings) = (facts.last(LONGEST), &facts.end(model).words);
    let reading = readings[last.len()] / last.len().max(1) as f32;
    evidence.ramp(Feature::TailReading, 0, reading, &TAIL_READINGS);
    if last.last().is_some_and(|c| zh::is_han(*c)) {
        of_word(&mut evidence, Feature::TailWord, facts.end(model).last_word);
    }
    evidence
}

/// The form of a tail: 0 a lone line, 1 one with commas, 2 one with stops.
fn form(clauses: &Clauses) -> usize {
    if clauses.inner_stops > 0 { 2 } else { usize::from(clauses.commas > 0) }
}

/// What a block says by itself, whatever it may go on with.
pub fn of_head(model: &Model, head: Placed) -> Evidence {
    let mut evidence = Evidence::default();
    let (facts, start) = (head.facts, head.facts.start(model));
    let closed = of_start(&mut evidence, &facts.shape, head.place);
    evidence.flag(Feature::HeadNoStart, 0, facts.opening.first().is_some_and(|c| never_begins(*c)));
    of_first_chars(&mut evidence, start, closed);
    let words = facts.first_words(model);
    evidence.ramp(Feature::HeadEdge, closed * EDGES.len(), words.edge, &EDGES);
    let (kind, n_before) = first_break(&facts.opening);
    evidence.ramp(Feature::HeadFirstBreak, kind * BREAKS.len(), n_before as f32, &BREAKS);
    if facts.opening.first().is_some_and(|c| zh::is_han(*c)) {
        of_word(&mut evidence, Feature::HeadWord, words.first);
    }
    evidence
}

/// The evidence that a block of this shape, which begins with `first` and `start`, starts in mid-sentence, as far as it is
/// seen at a glance: without a look at any word.
pub fn at_a_glance(model: &Model, first: &[char], start: &Start, shape: &Shape, place: Place) -> Evidence {
    let mut evidence = Evidence::default();
    let closed = of_start(&mut evidence, shape, place);
    of_first_chars(&mut evidence, start, closed);
    evidence.ramp(Feature::HeadChars, closed * EDGES.len(), model.edges.start_of_chars(first), &EDGES);
    started(evidence, place)
}

/// What the character model says of a start.
fn of_first_chars(evidence: &mut Evidence, start: &Start, closed: usize) {
    evidence.ramp(Feature::HeadStartModel, closed * STARTS.len(), start.here, &STARTS);
    evidence.ramp(Feature::HeadClause, closed * STARTS.len(), start.clause, &STARTS);
    evidence.ramp(Feature::HeadSentence, closed * STARTS.len(), start.sentence, &STARTS);
    evidence.ramp(Feature::HeadStartAlone, 0, start.alone, &STARTS_ALONE);
}

/// What the shape and the place of a block say of its start. Returns 1 where it ends with the end of a sentence, else 0.
fn of_start(evidence: &mut Evidence, shape: &Shape, place: Place) -> usize {
    let clauses = &shape.clauses;
    let closed = usize::from(shape.ending == Ending::Stop);
    evidence.ramp(Feature::HeadLength, closed * HEAD_LENGTHS.len(), shape.chars as f32, &HEAD_LENGTHS);
    evidence.flag(Feature::HeadInnerStops, clauses.inner_stops.min(2) as usize, true);
    evidence.flag(Feature::HeadCommas, clauses.commas.min(2) as usize, true);
    evidence.flag(Feature::HeadStart, class((shape.chars > 0).then(|| normal(shape.first))), true);
    of_indent(evidence, Feature::HeadIndent, place);
    evidence.flag(Feature::HeadMark, 0, place.is_marked);
    evidence.flag(Feature::HeadMark, 1, place.is_listed);
    if let Some(numbering) = shape.numbering {
        evidence.flag(Feature::HeadNumbered, numbering.style as usize, true);
    }
    evidence.flag(Feature::HeadLead, 0, shape.lead);
    evidence.flag(Feature::HeadOpens, 0, shape.opens_sentence);
    evidence.flag(Feature::HeadLook, shape.look as usize, shape.look != Look::Plain);
    for (n, bits) in OPEN_BITS.iter().enumerate() {
        evidence.flag(Feature::HeadClosesUnopened, n, clauses.closes_unopened & bits != 0);
    }
    evidence.ramp(Feature::HeadFirstClause, 0, clauses.first as f32, &CLAUSES);
    closed
}

/// Whether `c` never begins a line: where it does, a line was cut.
fn never_begins(c: char) -> bool {
    zh::closes(c) || zh::ends_sentence(c) || matches!(c, '，' | '、' | '；' | '：' | '％' | '%' | '‰' | '℃')
}

/// The first punctuation of a text that begins with `opening`, and the characters before it: 0 a comma or the like, 1
/// an enumeration comma, 2 the end of a sentence, 3 none.
fn first_break(opening: &[char]) -> (usize, usize) {
    let kind = |c: char| match c {
        '，' | '；' | '：' => Some(0),
        '、' => Some(1),
        c if zh::ends_sentence(c) => Some(2),
        _ => None,
    };
    let found = opening.iter().enumerate().find_map(|(n, c)| kind(*c).map(|kind| (kind, n)));
    found.unwrap_or((3, opening.len()))
}

/// How common the outermost word of a block is, by its length: what was cut inside a word ends in a rare one.
fn of_word(evidence: &mut Evidence, feature: Feature, (length, frequency): (usize, f32)) {
    evidence.ramp(feature, (length.clamp(1, 3) - 1) * WORD_FREQUENCIES.len(), frequency, &WORD_FREQUENCIES);
}

fn of_indent(evidence: &mut Evidence, feature: Feature, place: Place) {
    evidence.flag(feature, 0, place.page_indents && place.is_indented);
    evidence.flag(feature, 1, place.page_indents && !place.is_indented);
    evidence.flag(feature, 2, !place.page_indents && place.is_indented);
}

/// The evidence that `head` goes on with `tail` wherever it stands, without what each says by itself.
pub fn between(tail: Placed, head: Placed, join: Join) -> Evidence {
    let mut evidence = join.evidence;
    evidence.set(Feature::Bias, 0, 1.0);
    if tail.place.page_indents {
        let cell = match (tail.place.is_indented, head.place.is_indented) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        evidence.flag(Feature::IndentPair, cell, true);
    }
    evidence
}

/// Adds to `evidence` that the two stand side by side; `gap` is how the space between them is to what is usual.
pub fn beside(evidence: &mut Evidence, tail: Placed, head: Placed, gap: Gap) {
    evidence.flag(Feature::Gap, gap as usize, true);
    evidence.flag(Feature::BeforeTail, tail.place.before as usize, true);
    evidence.flag(Feature::AfterHead, head.place.after as usize, true);
}

/// The space between two blocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gap {
    /// As many blank lines as between most paragraphs.
    Usual,
    /// More.
    Wide,
    /// Fewer.
    Narrow,
    /// A picture, or another thing that is no text.
    Filled,
}

/// Bytes of the first `n_chars` characters of `content` that are not blank.
pub fn bytes_of(content: &str, n_chars: usize) -> usize {
    if n_chars == 0 {
        return 0;
    }
    debug_assert!(normalised(content).count() >= n_chars);
    let mut seen = 0;
    content
        .char_indices()
        .find_map(|(at, c)| {
            seen += usize::from(!crate::text::is_blank(c));
            (seen == n_chars).then(|| at + c.len_utf8())
        })
        .unwrap_or(content.len())
}

/// Quotation marks, title marks, brackets, in the order of the bits of [`crate::shape::Clauses::left_open`].
const OPEN_BITS: [u8; 3] = [0b0011_0011, 0b0100_0100, 0b1000_1000];

fn class(c: Option<char>) -> usize {
    let Some(c) = c else { return 15 };
    match c {
        c if zh::is_han(c) => 0,
        '0' => 1,
        'a' => 2,
        '，' => 3,
        '、' => 4,
        '；' => 5,
        '：' => 6,
        '”' | '’' | '」' | '』' => 7,
        '）' | '】' | '］' | '〕' => 8,
        '》' | '〉' => 9,
        c if zh::opens(c) => 10,
        '—' | '─' | '－' | '-' | '～' | '~' => 11,
        '%' | '％' | '‰' | '℃' | '$' => 12,
        '·' | '・' | '•' | '.' | '．' | '/' => 13,
        c if zh::ends_sentence(c) => 14,
        _ => 15,
    }
}
