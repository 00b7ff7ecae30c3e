//! The lexicon: words and how common they are, to see whether a word straddles a seam.
//!
//! Made by `examples/train-seams` from the dictionary of jieba and from `present-day.txt`, because that dictionary
//! takes a tenth of a second and 35 MB to load and this one is looked up where it lies.

use super::table::{Table, hash};

/// Steps of a stored logarithm.
pub const STEPS_PER_NAT: f32 = 12.0;
/// The logarithm of the frequency of a character that is no word.
pub const UNKNOWN: f32 = -16.0;
/// Longest word that is looked up, in characters.
pub const LONGEST: usize = 6;
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
        self.table.get(key(word)).map(|value| -f32::from(value[0]) / STEPS_PER_NAT)
    }

    /// Logarithm of the probability of the best way to read `chars` as words, without a word that crosses `wall`
    /// (an index into `chars`; 0 for none).
    pub fn best_reading(&self, chars: &[char], wall: usize) -> f32 {
        let mut best = [f32::NEG_INFINITY; 2 * LONGEST + 1];
        best[0] = 0.0;
        let n = chars.len().min(2 * LONGEST);
        for start in 0..n {
            for end in start + 1..=n.min(start + LONGEST) {
                if start < wall && wall < end {
                    break;
                }
                let word = &chars[start..end];
                let Some(score) = self.frequency(word).or((end == start + 1).then_some(UNKNOWN)) else { continue };
                best[end] = best[end].max(best[start] + score);
            }
        }
        best[n]
    }

    /// Length of the longest word that begins in the last characters of `tail` and ends in the first of `head`, and
    /// how many of its characters are in `tail`; zeros where there is none.
    pub fn straddling(&self, tail: &[char], head: &[char]) -> (usize, usize) {
        let mut longest = (0, 0);
        for before in 1..=tail.len().min(LONGEST - 1) {
            for after in 1..=head.len().min(LONGEST - before) {
                let mut word = ['\0'; LONGEST];
                word[..before].copy_from_slice(&tail[tail.len() - before..]);
                word[before..before + after].copy_from_slice(&head[..after]);
                if before + after > longest.0 && self.frequency(&word[..before + after]).is_some() {
                    longest = (before + after, before);
                }
            }
        }
        longest
    }
}

/// The key of `word`.
pub fn key(word: &[char]) -> u64 {
    hash(SEED, word.iter().copied())
}
