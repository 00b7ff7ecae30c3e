//! What a block says by itself: how it begins and ends, how long it is, what stays open in it.
//!
//! Facts depend on the bytes of the block and on the model alone, so they are kept from one analysis to the next.

use super::language::{END, Language, START};
use crate::shape::{Ending, Shape};
use crate::text::is_blank;
use crate::zh;

/// What a block says by itself. Lengths are in characters, blanks not counted.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// Number of characters.
    pub n_chars: usize,
    /// The first characters, normalised, at most [`OPENING`].
    pub opening: Vec<char>,
    /// The last characters, normalised, at most [`ENDING`].
    pub ending: Vec<char>,
    /// Whether it ends with the end of a sentence.
    pub is_closed: bool,
    /// Ends of sentences before its own end.
    pub n_inner_stops: usize,
    /// Commas, colons, semicolons.
    pub n_commas: usize,
    /// Characters before the first comma or stop.
    pub first_clause: usize,
    /// Characters after the last comma or stop.
    pub last_clause: usize,
    /// Whether what stands before the last clause is the end of a sentence.
    pub last_clause_is_new: bool,
    /// Which quotes and brackets stay open: one bit for each of `QUOTES`.
    pub left_open: u8,
    /// Which quotes and brackets are closed without having been opened.
    pub closes_unopened: u8,
    /// How it looks.
    pub shape: Shape,
    /// Logarithm of the probability that a text ends after its last characters.
    pub end: f32,
    /// How much likelier its first characters are at the start of a text than in its middle, as a logarithm.
    pub start: f32,
    /// Logarithm of the probability that a text starts with its first two characters.
    pub start_alone: f32,
}

/// Characters kept from the start: enough for what a heading's words are taken up in.
pub const OPENING: usize = 96;
/// Characters kept from the end: a whole title, or the last sentence of a paragraph.
pub const ENDING: usize = 64;

/// Quotes and brackets that come in pairs.
const QUOTES: [(char, char); 8] =
    [('“', '”'), ('‘', '’'), ('《', '》'), ('（', '）'), ('「', '」'), ('『', '』'), ('〈', '〉'), ('【', '】')];

/// `c` as the models know it: full width, figures and Latin letters all alike.
pub const fn normal(c: char) -> char {
    match zh::fold_width(c) {
        '0'..='9' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        c => c,
    }
}

/// The characters of `content` as the models know them.
pub fn normalised(content: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    content.chars().filter(|c| !is_blank(*c)).map(normal)
}

const fn is_comma(c: char) -> bool {
    matches!(c, '，' | '；' | '：')
}

/// Characters by which a start is judged.
const SHOWN: usize = 4;

/// How much likelier the first characters of `content` are at the start of a text than in its middle.
pub fn start_of(content: &str, language: &Language) -> f32 {
    let mut opening = ['\0'; SHOWN];
    let mut n = 0;
    for (place, c) in opening.iter_mut().zip(normalised(content)) {
        *place = c;
        n += 1;
    }
    start(&opening[..n], language).0
}

fn start(opening: &[char], language: &Language) -> (f32, f32) {
    let mut shown = [START; SHOWN + 1];
    shown[1..=opening.len()].copy_from_slice(opening);
    let (mut start, mut alone) = (0.0, 0.0);
    for n in 1..=opening.len() {
        let at_start = language.log_probability(&shown[..n], shown[n]);
        start += at_start - language.log_probability(&shown[1..n], shown[n]);
        if n <= 2 {
            alone += at_start;
        }
    }
    (start, alone)
}

impl Facts {
    /// Reads the content of a block.
    pub fn new(content: &str, shape: &Shape, language: &Language) -> Self {
        let mut facts = Self {
            n_chars: 0,
            opening: Vec::with_capacity(OPENING),
            ending: normalised(content).rev().take(ENDING).collect(),
            is_closed: shape.ending == Ending::Stop,
            n_inner_stops: 0,
            n_commas: 0,
            first_clause: 0,
            last_clause: 0,
            last_clause_is_new: false,
            left_open: 0,
            closes_unopened: 0,
            shape: *shape,
            end: 0.0,
            start: 0.0,
            start_alone: 0.0,
        };
        facts.ending.reverse();
        facts.scan(content);
        facts.end = language.log_probability(&facts.ending, END);
        (facts.start, facts.start_alone) = start(facts.first(SHOWN), language);
        facts
    }

    fn scan(&mut self, content: &str) {
        let (mut depth, mut clause, mut stops, mut stop_is_last) = ([0_i32; QUOTES.len()], 0, 0, false);
        let mut has_clause = false;
        for c in normalised(content) {
            self.n_chars += 1;
            if self.opening.len() < OPENING {
                self.opening.push(c);
            }
            if zh::is_han(c) || c.is_ascii_alphanumeric() {
                clause += 1;
                if stop_is_last {
                    self.n_inner_stops = stops;
                    self.last_clause_is_new = true;
                    stop_is_last = false;
                    clause = 1;
                }
                continue;
            }
            if is_comma(c) {
                self.n_commas += 1;
                self.first_clause = if has_clause { self.first_clause } else { clause };
                self.last_clause_is_new = false;
                has_clause = true;
                clause = 0;
            } else if zh::ends_sentence(c) {
                stops += usize::from(!stop_is_last);
                stop_is_last = true;
                self.first_clause = if has_clause { self.first_clause } else { clause };
                has_clause = true;
            }
            for (n, pair) in QUOTES.iter().enumerate() {
                if c == pair.0 {
                    depth[n] += 1;
                } else if c == pair.1 {
                    depth[n] -= 1;
                    if depth[n] < 0 {
                        depth[n] = 0;
                        self.closes_unopened |= 1 << n;
                    }
                }
            }
        }
        self.last_clause = clause;
        self.first_clause = if has_clause { self.first_clause } else { clause };
        for (n, depth) in depth.iter().enumerate() {
            self.left_open |= u8::from(*depth > 0) << n;
        }
    }

    /// The last `n` characters.
    pub fn last(&self, n: usize) -> &[char] {
        &self.ending[self.ending.len() - n.min(self.ending.len())..]
    }

    /// The first `n` characters.
    pub fn first(&self, n: usize) -> &[char] {
        &self.opening[..n.min(self.opening.len())]
    }
}
