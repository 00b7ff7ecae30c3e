//! What a block says by itself: how it begins and ends, how long it is, what stays open in it.
//!
//! Facts depend on the bytes of the block and on the model alone, so they are kept from one analysis to the next.

use std::sync::OnceLock;

use super::Model;
use super::language::{CLAUSE, END, Language, ORDER, Reading, START};
use super::lexicon::{LONGEST, Readings};
use crate::shape::Shape;
use crate::text::is_blank;
use crate::zh;

/// What a block says by itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// The first characters, normalised, at most [`OPENING`].
    pub opening: Vec<char>,
    /// The last characters, normalised, at most [`ENDING`].
    pub ending: Vec<char>,
    /// How it looks.
    pub shape: Shape,
    // What only some blocks are asked for is found out when they are.
    end: OnceLock<End>,
    start: OnceLock<Start>,
    first_words: OnceLock<Readings>,
    topic: OnceLock<Topic>,
    pairs: OnceLock<Topic>,
}

/// What the models say of the end of a block.
#[derive(Clone, PartialEq, Debug)]
pub struct End {
    /// Logarithm of the probability that a text ends after its last characters.
    pub here: f32,
    /// Logarithm of the probability that a sentence ends there.
    pub sentence: f32,
    /// Logarithm of the probability that a clause ends there.
    pub clause: f32,
    /// The character model, having read its last characters.
    pub reading: Reading,
    /// How its last [`LONGEST`] characters read as words.
    pub words: Readings,
}

/// What the character model says of the start of a block.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Start {
    /// How much likelier its first characters are at the start of a text than in its middle, as a logarithm.
    pub here: f32,
    /// How much likelier its first characters are at the start of a clause than within one, as a logarithm.
    pub clause: f32,
    /// Logarithm of the probability that a text starts with its first two characters.
    pub alone: f32,
    /// Logarithms of the probabilities of its first characters at the start of a text; 0 behind its last.
    pub each: [f32; SHOWN],
    /// The character model, having read these characters.
    pub reading: Reading,
}

/// Pairs of Hanzi that say what a text is about, in order.
pub type Topic = Vec<[char; 2]>;

/// Characters by which a start is judged: those whose context reaches back to the start.
pub const SHOWN: usize = ORDER - 1;
/// Characters kept from the start: enough for what a heading's words are taken up in.
pub const OPENING: usize = 96;
/// Characters kept from the end: a whole title, or the last sentence of a paragraph.
pub const ENDING: usize = 64;

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

/// What `language` says of the start of `content`.
pub fn start_of(content: &str, language: &Language) -> Start {
    start(normalised(content), language)
}

/// Judges a start by the characters from whose context it is seen.
fn start(opening: impl IntoIterator<Item = char>, language: &Language) -> Start {
    let (mut reading, mut of_clause) = (language.after([START]), language.after([CLAUSE]));
    let mut start = Start { here: 0.0, clause: 0.0, alone: 0.0, each: [0.0; SHOWN], reading };
    for (n, c) in opening.into_iter().take(SHOWN).enumerate() {
        let (step, gain) = language.read_both_ways(&mut reading, c);
        start.here += gain;
        start.clause += language.read_both_ways(&mut of_clause, c).1;
        start.each[n] = step.log_probability;
    }
    Start { alone: start.each[0] + start.each[1], reading, ..start }
}

/// Characters of no topic.
const COMMON: &str =
    "的一是在了和有为不人这中大上个国到我以要他时来用们生地出就分对成会可年也而说于之与及等其本从将被把着或但并由";

/// A pair of characters less likely than this, once in 60,000, says what a text is about.
const RARE: f32 = -11.0;

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
        let (mut opening, mut ending) = (Vec::with_capacity(OPENING), Vec::with_capacity(ENDING));
        opening.extend(normalised(content).take(OPENING));
        ending.extend(normalised(content).rev().take(ENDING));
        ending.reverse();
        Self {
            opening,
            ending,
            shape: *shape,
            end: OnceLock::new(),
            start: OnceLock::new(),
            first_words: OnceLock::new(),
            topic: OnceLock::new(),
            pairs: OnceLock::new(),
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
            let ends = |end: char| model.language.read(&mut { reading }, end).log_probability;
            let sentence = ends(END).exp() + ends('。').exp();
            End {
                here: ends(END),
                sentence: sentence.ln(),
                clause: (sentence + ends('，').exp() + ends('；').exp()).ln(),
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

    /// What its end is about: fewer than [`ENDING`] pairs.
    pub fn topic(&self) -> &Topic {
        self.topic.get_or_init(|| topic(&self.ending))
    }

    /// The pairs of Hanzi in its first and its last characters, in order.
    pub fn pairs(&self) -> &Topic {
        self.pairs.get_or_init(|| {
            let pairs = self.opening.windows(2).chain(self.ending.windows(2));
            let mut pairs: Topic = pairs.map(|pair| [pair[0], pair[1]]).collect();
            pairs.retain(|pair| pair.iter().all(|c| zh::is_han(*c)));
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        })
    }
}

/// Whether `pair` is rare: what it is in says what a text is about, of all texts of a page.
pub fn is_rare(pair: [char; 2], language: &Language) -> bool {
    language.pair(pair[0], pair[1]) < RARE
}
