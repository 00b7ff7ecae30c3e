//! The lexicon: words and how common they are, to see whether a word straddles a seam.
//!
//! Made by `examples/train-seams` from the dictionary of jieba and from `present-day.txt`, because that dictionary
//! takes a tenth of a second and 35 MB to load and this one is looked up where it lies.

use super::table::{Hash, Table, hash};
use crate::zh;

/// Steps of a stored logarithm.
pub const STEPS_PER_NAT: f32 = 12.0;
/// The logarithm of the frequency of a character that is no word.
pub const UNKNOWN: f32 = -16.0;
/// Longest word that is looked up, in characters.
pub const LONGEST: usize = 6;
/// Most characters that are read as words at once.
pub const MOST_READ: usize = 10;
/// The first number of what is no Hanzi, among the parts of speech.
pub const MARKS: u8 = 128;
/// Seed of the hashes.
const SEED: u64 = 0x77;

/// The words over their table.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    table: Table<'a>,
}

impl<'a> Lexicon<'a> {
    /// Reads the table of a lexicon.
    pub fn new(data: &'a [u8]) -> Self {
        Self { table: Table::new(data) }
    }

    /// Natural logarithm of the relative frequency of `word`, if it is one.
    pub fn frequency(&self, word: &[char]) -> Option<f32> {
        self.table.get(key(word)).map(logarithm)
    }

    /// How the first characters of `chars` read as words: `[n]` is the logarithm of the probability of the best
    /// reading of the first `n`. Characters behind the first [`LONGEST`] are not looked at.
    pub fn readings(&self, chars: &[char]) -> Readings {
        let mut best = [f32::NEG_INFINITY; LONGEST + 1];
        best[0] = 0.0;
        let chars = &chars[..chars.len().min(LONGEST)];
        for start in 0..chars.len() {
            for (n, frequency) in self.words(&chars[start..]) {
                best[start + n] = best[start + n].max(best[start] + frequency);
            }
        }
        best
    }

    /// How the rest of `chars` reads as words: `[n]` is the logarithm of the probability of the best reading of what is
    /// left behind the first `n`. Characters behind the first [`LONGEST`] are not looked at.
    pub fn readings_of_rest(&self, chars: &[char]) -> Readings {
        let mut best = [f32::NEG_INFINITY; LONGEST + 1];
        let chars = &chars[..chars.len().min(LONGEST)];
        best[chars.len()] = 0.0;
        for start in (0..chars.len()).rev() {
            for (n, frequency) in self.words(&chars[start..]) {
                best[start] = best[start].max(frequency + best[start + n]);
            }
        }
        best
    }

    /// The words of the best reading of `chars`, in order: their number, and what they are. Characters behind the first
    /// [`MOST_READ`] are not looked at.
    pub fn words_of(&self, chars: &[char]) -> (usize, [Word; MOST_READ]) {
        let chars = &chars[..chars.len().min(MOST_READ)];
        // From the end on: the logarithm of the best reading of what is left, and its first word.
        let mut best = [(0.0, Word::default()); MOST_READ + 1];
        for start in (0..chars.len()).rev() {
            let is_han = zh::is_han(chars[start]);
            let tag = if is_han { 0 } else { MARKS + (u32::from(chars[start]) % 127) as u8 };
            best[start] = (UNKNOWN + best[start + 1].0, Word { start, chars: 1, tag });
            let longest = if is_han { LONGEST.min(chars.len() - start) } else { 0 };
            for (n, value) in self.entries(&chars[start..start + longest]) {
                let Some(value) = value else { continue };
                let score = logarithm(value) + best[start + n].0;
                if score >= best[start].0 {
                    let tag = value.get(1).copied().unwrap_or(0);
                    best[start] = (score, Word { start, chars: n, tag });
                }
            }
        }
        let (mut n, mut at, mut words) = (0, 0, [Word::default(); MOST_READ]);
        while at < chars.len() {
            words[n] = best[at].1;
            at += words[n].chars;
            n += 1;
        }
        (n, words)
    }

    /// Length and frequency of the first word of the best reading of `chars`, of which `readings` are those of the rest;
    /// (0, 0) where there is nothing to read.
    pub fn first_word(&self, chars: &[char], readings: &Readings) -> (usize, f32) {
        let words = self.words(&chars[..chars.len().min(LONGEST)]);
        words.max_by(|a, b| (a.1 + readings[a.0]).total_cmp(&(b.1 + readings[b.0]))).unwrap_or((0, 0.0))
    }

    /// Length and frequency of the last word of the best reading of `chars`, at most [`LONGEST`], of which `readings`
    /// are those of its beginnings; (0, 0) where there is nothing to read.
    pub fn last_word(&self, chars: &[char], readings: &Readings) -> (usize, f32) {
        let words = (0..chars.len()).filter_map(|start| {
            let frequency = self.frequency(&chars[start..]).or((start + 1 == chars.len()).then_some(UNKNOWN))?;
            Some((start, frequency))
        });
        let best = words.max_by(|a, b| (a.1 + readings[a.0]).total_cmp(&(b.1 + readings[b.0])));
        best.map_or((0, 0.0), |(start, frequency)| (chars.len() - start, frequency))
    }

    /// The words that `chars` begins with: their length and frequency. A character that is no word counts as a rare one.
    fn words<'c>(&'c self, chars: &'c [char]) -> impl Iterator<Item = (usize, f32)> + 'c {
        self.entries(chars).filter_map(|(n, value)| {
            let frequency = value.map(logarithm).or((n == 1).then_some(UNKNOWN))?;
            Some((n, frequency))
        })
    }

    /// The beginnings of `chars`: their length and what the table holds of them, if they are words.
    fn entries<'c>(&'c self, chars: &'c [char]) -> impl Iterator<Item = (usize, Option<&'a [u8]>)> + 'c {
        let mut hash = Hash::new(SEED);
        chars.iter().enumerate().map(move |(n, &c)| {
            hash.push(c);
            (n + 1, self.table.get(hash.finish()))
        })
    }

    /// What words make of the place between `before` and `after`, of which the last and the first characters count.
    /// The readings are those of the last [`LONGEST`] characters of `before`, and of the rest of `after`.
    pub fn across(
        &self,
        (before, readings_before): (&[char], &Readings),
        (after, readings_after): (&[char], &Readings),
    ) -> Across {
        let before = &before[before.len() - before.len().min(LONGEST)..];
        let apart = readings_before[before.len()] + readings_after[0];
        let mut across = Across { gain: 0.0, longest: 0, in_tail: 0 };
        for n_before in 1..=before.len().min(LONGEST - 1) {
            let start = before.len() - n_before;
            let mut hash = Hash::new(SEED);
            before[start..].iter().for_each(|&c| hash.push(c));
            for (n, &c) in after.iter().take(LONGEST - n_before).enumerate() {
                hash.push(c);
                let Some(frequency) = self.table.get(hash.finish()).map(logarithm) else { continue };
                let joined = readings_before[start] + frequency + readings_after[n + 1];
                across.gain = across.gain.max(joined - apart);
                if n_before + n + 1 > across.longest {
                    (across.longest, across.in_tail) = (n_before + n + 1, n_before);
                }
            }
        }
        across
    }
}

/// Logarithms of the probabilities of readings, by number of characters.
pub type Readings = [f32; LONGEST + 1];

/// What words make of a place between two characters.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Across {
    /// How much better the two sides read when a word may cross the place, as a logarithm; 0 where none helps.
    pub gain: f32,
    /// Characters of the longest word that crosses it; 0 where there is none.
    pub longest: usize,
    /// How many of them stand before it.
    pub in_tail: usize,
}

/// A word in a text.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Word {
    /// Where it begins, in characters.
    pub start: usize,
    /// How many it has.
    pub chars: usize,
    /// Its part of speech: a number of the dictionary's, 0 where it has none; from [`MARKS`] on the character itself.
    pub tag: u8,
}

fn logarithm(value: &[u8]) -> f32 {
    -f32::from(value[0]) / STEPS_PER_NAT
}

/// The key of `word`.
pub fn key(word: &[char]) -> u64 {
    hash(SEED, word.iter().copied())
}
