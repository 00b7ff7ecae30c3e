//! The lexicon: words and how common they are, to see whether a word straddles a seam.
//!
//! Made by `examples/train-seams` from the dictionary of jieba and from `present-day.txt`, because that dictionary
//! takes a tenth of a second and 35 MB to load and this one is looked up where it lies.

use super::table::{self, Hash, Table, hash};
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
/// Stretches of at most [`LONGEST`] characters among so many.
const MOST_STRETCHES: usize = MOST_READ * LONGEST;
/// Words of at most [`LONGEST`] characters that may cross a place.
const MOST_CROSSING: usize = LONGEST * (LONGEST - 1) / 2;
/// Seed of the hashes.
const SEED: u64 = 0x77;
/// How many groups the beginnings of words fall into, by a hash of their first two characters. Most stretches of a text are
/// no words: 26 of the 45 that an edge has are not looked up when their groups have no word of their length.
const GROUPS: usize = 1 << 16;

/// The words over their table.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    /// A bit for each length from two characters on that a word of the group has.
    lengths: &'a [u8],
    table: Table<'a>,
}

impl<'a> Lexicon<'a> {
    /// Reads what [`build`] wrote; a lexicon without words where `data` is something else.
    pub fn new(data: &'a [u8]) -> Self {
        let (lengths, table) = data.split_at_checked(GROUPS).unwrap_or_default();
        Self { lengths, table: Table::new(table) }
    }

    fn push(&self, stretch: &mut Growing, c: char) {
        stretch.hash.push(c);
        stretch.chars += 1;
        if stretch.chars == 2 {
            stretch.lengths = self.lengths.get(group(stretch.hash)).copied().unwrap_or(0);
        }
    }

    /// Natural logarithm of the relative frequency of `word`, if it is one.
    pub fn frequency(&self, word: &[char]) -> Option<f32> {
        self.table.get(hash(SEED, word.iter().copied())).map(|value| Entry::new(value).frequency())
    }

    /// Looks up every stretch of at most [`LONGEST`] of the first [`MOST_READ`] of `chars`.
    pub fn stretches<'c>(&self, chars: &'c [char]) -> Stretches<'c> {
        let chars = &chars[..chars.len().min(MOST_READ)];
        // The hash of each stretch, and where it begins and how long it is.
        let (mut hashes, mut places, mut n) = ([0; MOST_STRETCHES], [(0, 0); MOST_STRETCHES], 0);
        for start in 0..chars.len() {
            let mut stretch = Growing::default();
            for (longer, &c) in chars[start..].iter().take(LONGEST).enumerate() {
                self.push(&mut stretch, c);
                if stretch.may_be_word() {
                    (hashes[n], places[n]) = (stretch.hash.finish(), (start, longer));
                    n += 1;
                }
                if !stretch.may_grow() {
                    break;
                }
            }
        }
        let mut found = [[None; LONGEST]; MOST_READ];
        self.table.get_each(&hashes[..n], |n, value| {
            let (start, longer) = places[n];
            found[start][longer] = Some(Entry::new(value));
        });
        Stretches { chars, found }
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
        // The hash of each stretch that crosses the place, and how many of its characters stand before it and behind it.
        let (mut hashes, mut places, mut n) = ([0; MOST_CROSSING], [(0, 0); MOST_CROSSING], 0);
        for n_before in 1..=before.len().min(LONGEST - 1) {
            let mut stretch = Growing::default();
            before[before.len() - n_before..].iter().for_each(|&c| self.push(&mut stretch, c));
            for (behind, &c) in after.iter().take(LONGEST - n_before).enumerate() {
                if !stretch.may_grow() {
                    break;
                }
                self.push(&mut stretch, c);
                if stretch.may_be_word() {
                    (hashes[n], places[n]) = (stretch.hash.finish(), (n_before, behind + 1));
                    n += 1;
                }
            }
        }
        let mut across = Across { gain: 0.0, longest: 0, in_tail: 0 };
        self.table.get_each(&hashes[..n], |n, value| {
            let (n_before, n_behind) = places[n];
            let frequency = Entry::new(value).frequency();
            let joined = readings_before[before.len() - n_before] + frequency + readings_after[n_behind];
            across.gain = across.gain.max(joined - apart);
            if n_before + n_behind > across.longest {
                (across.longest, across.in_tail) = (n_before + n_behind, n_before);
            }
        });
        across
    }
}

/// A stretch that grows by one character at a time, from none.
struct Growing {
    hash: Hash,
    chars: usize,
    /// See [`Lexicon::lengths`]; nothing is known before there are two characters.
    lengths: u8,
}

impl Default for Growing {
    fn default() -> Self {
        Self { hash: Hash::new(SEED), chars: 0, lengths: u8::MAX }
    }
}

impl Growing {
    const fn may_be_word(&self) -> bool {
        self.chars < 2 || self.lengths >> (self.chars - 2) & 1 == 1
    }

    /// Whether a word may begin with it and be longer.
    const fn may_grow(&self) -> bool {
        self.chars < 2 || self.lengths >> (self.chars - 1) != 0
    }
}

/// The group of the words that begin with two characters of which this is the hash.
const fn group(hash: Hash) -> usize {
    (hash.finish() >> 16) as usize & (GROUPS - 1)
}

/// A few characters, and which stretches of them are words. Look-ups are most of what reading them costs, so they are made
/// once for all that is asked.
#[derive(Clone, Copy, Debug)]
pub struct Stretches<'c> {
    chars: &'c [char],
    /// By the character that they begin with, by their length from one on.
    found: [[Option<Entry>; LONGEST]; MOST_READ],
}

/// A word of the lexicon.
#[derive(Clone, Copy, Debug)]
struct Entry {
    steps: u8,
    tag: u8,
}

impl Entry {
    fn new(value: &[u8]) -> Self {
        Self { steps: value[0], tag: value.get(1).copied().unwrap_or(0) }
    }

    fn frequency(self) -> f32 {
        -f32::from(self.steps) / STEPS_PER_NAT
    }
}

impl Stretches<'_> {
    /// How the first characters read as words: `[n]` is the logarithm of the probability of the best reading of the
    /// first `n` behind the first `start`. Of them the first [`LONGEST`] are looked at.
    pub fn readings(&self, start: usize) -> Readings {
        let mut best = [f32::NEG_INFINITY; LONGEST + 1];
        best[0] = 0.0;
        let n_chars = (self.chars.len() - start).min(LONGEST);
        for at in 0..n_chars {
            for (n, frequency) in self.words(start + at, n_chars - at) {
                best[at + n] = best[at + n].max(best[at] + frequency);
            }
        }
        best
    }

    /// How the rest of the first [`LONGEST`] characters reads as words: `[n]` is the logarithm of the probability of the best
    /// reading of what is left behind the first `n`.
    pub fn readings_of_rest(&self) -> Readings {
        let mut best = [f32::NEG_INFINITY; LONGEST + 1];
        let n_chars = self.chars.len().min(LONGEST);
        best[n_chars] = 0.0;
        for start in (0..n_chars).rev() {
            for (n, frequency) in self.words(start, n_chars - start) {
                best[start] = best[start].max(frequency + best[start + n]);
            }
        }
        best
    }

    /// Length and frequency of the first word of the best reading, of which `readings` are those of the rest; (0, 0) where
    /// there is nothing to read.
    pub fn first_word(&self, readings: &Readings) -> (usize, f32) {
        let words = self.words(0, self.chars.len().min(LONGEST));
        words.max_by(|a, b| (a.1 + readings[a.0]).total_cmp(&(b.1 + readings[b.0]))).unwrap_or((0, 0.0))
    }

    /// Length and frequency of the last word of the best reading of what stands behind the first `start` characters, at
    /// most [`LONGEST`], of which `readings` are those of its beginnings; (0, 0) where there is nothing to read.
    pub fn last_word(&self, start: usize, readings: &Readings) -> (usize, f32) {
        let n_chars = self.chars.len() - start;
        let words = (0..n_chars).filter_map(|at| {
            let n = n_chars - at;
            Some((at, self.frequency(start + at, n)?))
        });
        let best = words.max_by(|a, b| (a.1 + readings[a.0]).total_cmp(&(b.1 + readings[b.0])));
        best.map_or((0, 0.0), |(at, frequency)| (n_chars - at, frequency))
    }

    /// The words of the best reading, in order.
    pub fn best(&self) -> Words {
        let chars = self.chars;
        // From the end on: the logarithm of the best reading of what is left, and its first word.
        let mut best = [(0.0, Word::default()); MOST_READ + 1];
        for start in (0..chars.len()).rev() {
            let is_han = zh::is_han(chars[start]);
            let tag = if is_han { 0 } else { MARKS + (u32::from(chars[start]) % 127) as u8 };
            best[start] = (UNKNOWN + best[start + 1].0, Word { start, chars: 1, tag });
            let longest = if is_han { LONGEST.min(chars.len() - start) } else { 0 };
            for (n, entry) in (1..).zip(&self.found[start][..longest]) {
                let Some(entry) = entry else { continue };
                let score = entry.frequency() + best[start + n].0;
                if score >= best[start].0 {
                    best[start] = (score, Word { start, chars: n, tag: entry.tag });
                }
            }
        }
        let (mut n, mut at, mut words) = (0, 0, [Word::default(); MOST_READ]);
        while at < chars.len() {
            words[n] = best[at].1;
            at += words[n].chars;
            n += 1;
        }
        Words { words, n }
    }

    /// The words of at most `longest` characters that begin at `start`: their length and frequency.
    fn words(&self, start: usize, longest: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        (1..=longest).filter_map(move |n| Some((n, self.frequency(start, n)?)))
    }

    /// The frequency of the `n` characters from `start` on, if they are a word; one character that is none counts as a rare
    /// one.
    fn frequency(&self, start: usize, n: usize) -> Option<f32> {
        self.found[start][n - 1].map(Entry::frequency).or((n == 1).then_some(UNKNOWN))
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

/// The words that a few characters read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Words {
    words: [Word; MOST_READ],
    n: usize,
}

impl Words {
    /// The words, in order.
    pub fn read(&self) -> &[Word] {
        &self.words[..self.n]
    }
}

/// Writes a lexicon of `words` of 1 to [`LONGEST`] characters, each with its frequency in steps and its part of speech.
pub fn build(words: &[(Vec<char>, [u8; 2])]) -> Vec<u8> {
    let mut data = vec![0; GROUPS];
    for (word, _) in words {
        if let [first, second, ..] = word[..] {
            let mut hash = Hash::new(SEED);
            hash.push(first);
            hash.push(second);
            data[group(hash)] |= 1 << (word.len() - 2);
        }
    }
    let mut entries: Vec<_> =
        words.iter().map(|(word, value)| (hash(SEED, word.iter().copied()), value.to_vec())).collect();
    entries.sort();
    data.extend(table::build(&entries, 2));
    data
}
