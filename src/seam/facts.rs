//! What a block says by itself: how it begins and ends, how long it is, what stays open in it.
//!
//! Facts depend on the bytes of the block and on the model alone, so they are kept from one analysis to the next.

use std::sync::OnceLock;

use super::Model;
use super::language::{END, Language, ORDER, Reading, START};
use super::lexicon::{LONGEST, Readings};
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
    // What only some blocks are asked for is found out when they are.
    end: OnceLock<End>,
    start: OnceLock<Start>,
    first_words: OnceLock<Readings>,
    topic: OnceLock<Topic>,
}

/// What the models say of the end of a block.
#[derive(Clone, PartialEq, Debug)]
pub struct End {
    /// Logarithm of the probability that a text ends after its last characters.
    pub here: f32,
    /// The character model, having read its last characters.
    pub reading: Reading,
    /// How its last [`LONGEST`] characters read as words.
    pub words: Readings,
}

/// What the character model says of the start of a block.
#[derive(Clone, PartialEq, Debug)]
pub struct Start {
    /// How much likelier its first characters are at the start of a text than in its middle, as a logarithm.
    pub here: f32,
    /// Logarithm of the probability that a text starts with its first two characters.
    pub alone: f32,
    /// Logarithms of the probabilities of its first characters at the start of a text; 0 behind its last.
    pub each: [f32; SHOWN],
    /// The character model, having read these characters.
    pub reading: Reading,
}

/// Pairs of Hanzi that say what a text is about, in order; fewer than [`ENDING`].
pub type Topic = Vec<[char; 2]>;

/// Characters by which a start is judged: those whose context reaches back to the start.
pub const SHOWN: usize = ORDER - 1;
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
    // Nearly all characters are Hanzi, and no other question has to be asked of one.
    content.chars().filter_map(|c| if zh::is_han(c) { Some(c) } else { (!is_blank(c)).then(|| normal(c)) })
}

const fn is_comma(c: char) -> bool {
    matches!(c, '，' | '；' | '：')
}

/// How much likelier the first characters of `content` are at the start of a text than in its middle.
pub fn start_of(content: &str, language: &Language) -> f32 {
    start(normalised(content), language).here
}

/// Judges a start by the characters from whose context it is seen.
fn start(opening: impl IntoIterator<Item = char>, language: &Language) -> Start {
    let mut reading = language.after([START]);
    let mut start = Start { here: 0.0, alone: 0.0, each: [0.0; SHOWN], reading };
    for (n, c) in opening.into_iter().take(SHOWN).enumerate() {
        let (step, gain) = language.read_both_ways(&mut reading, c);
        start.here += gain;
        start.each[n] = step.log_probability;
    }
    Start { alone: start.each[0] + start.each[1], reading, ..start }
}

/// Characters of no topic.
const COMMON: &str =
    "的一是在了和有为不人这中大上个国到我以要他时来用们生地出就分对成会可年也而说于之与及等其本从将被把着或但并由";

fn topic(chars: &[char]) -> Topic {
    let mut pairs = Vec::with_capacity(chars.len());
    let mut before = None;
    for &c in chars {
        let speaks = (zh::is_han(c) && !COMMON.contains(c)).then_some(c);
        pairs.extend(before.zip(speaks).map(|(first, second)| [first, second]));
        before = speaks;
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl Facts {
    /// Reads the content of a block.
    pub fn new(content: &str, shape: &Shape) -> Self {
        let mut facts = Self {
            n_chars: 0,
            opening: Vec::with_capacity(OPENING),
            ending: Vec::with_capacity(ENDING),
            is_closed: shape.ending == Ending::Stop,
            n_inner_stops: 0,
            n_commas: 0,
            first_clause: 0,
            last_clause: 0,
            last_clause_is_new: false,
            left_open: 0,
            closes_unopened: 0,
            shape: *shape,
            end: OnceLock::new(),
            start: OnceLock::new(),
            first_words: OnceLock::new(),
            topic: OnceLock::new(),
        };
        facts.ending.extend(normalised(content).rev().take(ENDING));
        facts.ending.reverse();
        facts.scan(content);
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

    /// What `model`, always the same one, says of its end.
    pub fn end(&self, model: &Model) -> &End {
        self.end.get_or_init(|| {
            let reading = model.language.after(self.last(ORDER - 1).iter().copied());
            End {
                here: model.language.read(&mut { reading }, END).log_probability,
                reading,
                words: model.lexicon.readings(self.last(LONGEST)),
            }
        })
    }

    /// What `model`, always the same one, says of its start.
    pub fn start(&self, model: &Model) -> &Start {
        self.start.get_or_init(|| start(self.opening.iter().copied(), &model.language))
    }

    /// How its first [`LONGEST`] characters read as words from each on, to `model`, always the same one.
    pub fn first_words(&self, model: &Model) -> &Readings {
        self.first_words.get_or_init(|| model.lexicon.readings_of_rest(self.first(LONGEST)))
    }

    /// What its end is about.
    pub fn topic(&self) -> &Topic {
        self.topic.get_or_init(|| topic(&self.ending))
    }
}
