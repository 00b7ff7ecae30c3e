//! The recogniser: a linear-chain conditional random field over characters, its weights hashed and quantised, read
//! in place from the binary.
//!
//! Labels are B, I, E and O. A feature is hashed to one of `2^n` rows of four bytes, one weight a label; features
//! that share a row share its weights, which costs little (see `MODEL.md`). `examples/train-organisations` calls
//! [`Features::read`] for training, so that both sides see the same features.

use std::sync::LazyLock;

use super::grammar::{self, Candidate};
use super::reading::Reading;
use crate::zh;

/// Number of labels.
pub const N_LABELS: usize = 4;
/// Outside of every name.
pub const O: usize = 0;
/// First character of a name.
pub const B: usize = 1;
/// Neither first nor last character of a name.
pub const I: usize = 2;
/// Last character of a name.
pub const E: usize = 3;

/// A name with this margin is certain: it is searched for in the whole page.
pub(super) const CERTAIN: f32 = 6.0;
/// A name with a smaller margin is dropped unless the page confirms it elsewhere. Of 0 and 1 the former gave the better
/// F1 (.944 and .941) on 156 mentions judged by hand.
pub(super) const LEAST_MARGIN: f32 = 0.0;

/// Which label may follow which.
pub const FOLLOWS: [[bool; N_LABELS]; N_LABELS] =
    [[true, true, false, false], [false, false, true, true], [false, false, true, true], [true, true, false, false]];

/// Features of one character.
pub const N_FEATURES: usize = 46;

/// The embedded model.
#[derive(Debug)]
pub struct Model {
    /// Rows of [`N_LABELS`] signed bytes.
    rows: &'static [u8],
    mask: u32,
    scale: f32,
    transitions: [[f32; N_LABELS]; N_LABELS],
}

/// Bytes before the rows: log2 of their number, the scale, the transitions.
pub const HEADER: usize = 4 + 4 + 4 * N_LABELS * N_LABELS;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::open(include_bytes!("model.bin")));

/// The model; opened when first asked for.
pub fn model() -> &'static Model {
    &MODEL
}

/// A name that the model found, in characters of the reading.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Found {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// By how much the score of the best labelling exceeds that of the same with this name left out.
    pub margin: f32,
}

impl Model {
    /// The model in `bytes`, which stay where they are.
    ///
    /// # Panics
    /// When `bytes` is no model: it is embedded, and a test opens it.
    pub fn open(bytes: &'static [u8]) -> Self {
        let word = |n: usize| [bytes[n], bytes[n + 1], bytes[n + 2], bytes[n + 3]];
        let mut transitions = [[0.0; N_LABELS]; N_LABELS];
        for (n, weight) in transitions.iter_mut().flatten().enumerate() {
            *weight = f32::from_le_bytes(word(8 + 4 * n));
        }
        let n_rows = 1_u32 << u32::from_le_bytes(word(0));
        let rows = &bytes[HEADER..];
        assert_eq!(rows.len(), n_rows as usize * N_LABELS, "the model is whole");
        Self { rows, mask: n_rows - 1, scale: f32::from_le_bytes(word(4)), transitions }
    }

    /// The names in `reading`, in order.
    pub fn names(&self, reading: &Reading, scratch: &mut Scratch) -> Vec<Found> {
        scratch.features.read(reading);
        let Scratch { features, emissions, from } = scratch;
        emissions.clear();
        for (row, &c) in features.rows.iter().zip(&reading.chars) {
            if ends(c) {
                emissions.push([0.0, f32::NEG_INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY]);
                continue;
            }
            let mut sums = [0_i32; N_LABELS];
            for &feature in row {
                let at = (feature & self.mask) as usize * N_LABELS;
                for (sum, &weight) in sums.iter_mut().zip(&self.rows[at..at + N_LABELS]) {
                    *sum += i32::from(weight.cast_signed());
                }
            }
            emissions.push(sums.map(|sum| sum as f32 * self.scale));
        }
        best_path(emissions, &self.transitions, from)
    }
}

impl Scratch {
    /// What the grammar takes for names in the reading that was looked through last.
    pub fn candidates(&self) -> &[Candidate] {
        &self.features.candidates
    }

    /// By how much the reading that was looked through last speaks for `start..end` as one name, and not for none there.
    pub fn margin(&self, start: usize, end: usize) -> f32 {
        let label = |n| match n {
            _ if n == start => B,
            _ if n + 1 == end => E,
            _ => I,
        };
        (start..end).map(|n| self.emissions[n][label(n)] - self.emissions[n][O]).sum()
    }
}

/// Memory that is used again from one stretch to the next.
#[derive(Default, Debug)]
pub struct Scratch {
    features: Features,
    emissions: Vec<[f32; N_LABELS]>,
    from: Vec<[u8; N_LABELS]>,
}

/// The names on the best labelling under `emissions` and `transitions`.
pub fn best_path(
    emissions: &[[f32; N_LABELS]],
    transitions: &[[f32; N_LABELS]; N_LABELS],
    from: &mut Vec<[u8; N_LABELS]>,
) -> Vec<Found> {
    from.clear();
    let mut score = [0.0, 0.0, f32::NEG_INFINITY, f32::NEG_INFINITY];
    for (n, emission) in emissions.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; N_LABELS];
        let mut back = [0_u8; N_LABELS];
        for label in 0..N_LABELS {
            if n == 0 {
                next[label] = score[label] + emission[label];
                continue;
            }
            for before in 0..N_LABELS {
                let total = score[before] + transitions[before][label];
                if FOLLOWS[before][label] && total > next[label] {
                    next[label] = total;
                    back[label] = before as u8;
                }
            }
            next[label] += emission[label];
        }
        score = next;
        from.push(back);
    }
    let mut found = Vec::new();
    let mut label = if score[E] > score[O] { E } else { O };
    let mut end = 0;
    let mut margin = 0.0;
    for n in (0..emissions.len()).rev() {
        if label == E {
            end = n + 1;
            margin = 0.0;
        }
        if label != O {
            margin += emissions[n][label] - emissions[n][O];
        }
        if label == B {
            found.push(Found { start: n, end, margin });
        }
        label = usize::from(from[n][label]);
    }
    found.reverse();
    found
}

/// The features of every character of a reading.
#[derive(Default, Debug)]
pub struct Features {
    /// For each character the hashes of its features.
    pub rows: Vec<[u32; N_FEATURES]>,
    tags: Vec<Tags>,
    /// What the grammar takes for names.
    candidates: Vec<Candidate>,
}

/// What the lexicon and the neighbourhood say of one character, in small numbers.
#[derive(Clone, Copy, Default, Debug)]
struct Tags {
    /// The character, digits and letters made alike.
    c: u32,
    /// Rank and part of the place that covers it.
    place: u32,
    /// Part of the body of the closed list that covers it.
    body: u32,
    /// Kind and length of the suffix that ends with it.
    suffix: u32,
    /// Whether a title or a verb begins here, or a vague word ends here.
    cue: u32,
    /// Part of the grammar's candidate that covers it.
    candidate: u32,
    /// Class of the character: Hanzi, digit, letter, the punctuation itself.
    class: u32,
    /// Characters to the end of the next suffix in the same stretch without punctuation, in classes.
    to_suffix: u32,
    /// Kind of that suffix.
    next_kind: u32,
    /// Characters from the last place in the same stretch, in classes.
    from_place: u32,
    /// What follows the quotation that the character stands in; 0 outside.
    quotation: u32,
}

/// How far suffixes and places are looked for, in characters.
const REACH: usize = 18;

impl Features {
    /// Finds the features of every character of `reading`.
    pub fn read(&mut self, reading: &Reading) {
        self.tag(reading);
        self.rows.clear();
        let outside = Tags::default();
        for n in 0..self.tags.len() {
            let tag = |offset: isize| {
                let at = n.checked_add_signed(offset);
                at.and_then(|at| self.tags.get(at)).unwrap_or(&outside)
            };
            let window: [&Tags; 7] = std::array::from_fn(|k| tag(k.cast_signed() - 3));
            self.rows.push(features(&window));
        }
    }

    fn tag(&mut self, reading: &Reading) {
        let n_chars = reading.len();
        self.tags.clear();
        self.tags.resize(n_chars, Tags::default());
        let tags = &mut self.tags;
        let mut body_end = 0;
        for (n, mark) in reading.marks.iter().enumerate() {
            let c = reading.chars[n];
            tags[n].class = class(c);
            tags[n].c = match tags[n].class {
                2 => u32::from('0'),
                3 => u32::from('A'),
                _ => u32::from(c),
            };
            if let Some(rank) = mark.rank {
                cover(tags, n, mark.place, |tag, part| tag.place = rank as u32 * 4 + part);
            }
            if mark.body > 0 && n >= body_end {
                body_end = n + usize::from(mark.body);
                cover(tags, n, mark.body, |tag, part| tag.body = part);
            }
            if let Some(kind) = mark.suffix_kind {
                tags[n].suffix = 1 + kind as u32 * 3 + u32::from(mark.suffix_ending.min(3) - 1);
            }
            tags[n].cue =
                u32::from(mark.title > 0) + 2 * u32::from(mark.verb.min(2)) + 8 * u32::from(mark.vague_ending > 0);
        }
        self.candidates = grammar::candidates(reading);
        for candidate in &self.candidates {
            let length = (candidate.end - candidate.start) as u8;
            cover(tags, candidate.start, length, |tag, part| tag.candidate = part);
        }
        let (mut end, mut kind) = (0, 0);
        for n in (0..n_chars).rev() {
            if breaks(reading.chars[n]) {
                end = 0;
            }
            if let Some(of) = reading.marks[n].suffix_kind.filter(|_| reading.marks[n].suffix_ending >= 2) {
                (end, kind) = (n + 1, of as u32 + 1);
            }
            if end > n && end - n <= REACH {
                tags[n].to_suffix = distance(end - n);
                tags[n].next_kind = kind;
            }
        }
        let mut place = None;
        for n in 0..n_chars {
            if breaks(reading.chars[n]) {
                place = None;
            }
            if reading.marks[n].place > 0 && place.is_none_or(|p: usize| n - p > usize::from(reading.marks[p].place)) {
                place = Some(n);
            }
            if let Some(place) = place.filter(|place| n - place <= REACH) {
                tags[n].from_place = distance(n - place + 1);
            }
        }
        quotations(reading, tags);
    }
}

/// Marks what stands in “…” with the first two characters behind it: a brand is followed by 品牌, an activity by
/// 活动.
fn quotations(reading: &Reading, tags: &mut [Tags]) {
    let mut open = None;
    for n in 0..reading.len() {
        match reading.chars[n] {
            '“' | '‘' => open = Some(n),
            '”' | '’' => {
                if let Some(open) = open.take().filter(|open| n - open <= 2 * REACH) {
                    let behind = |k: usize| reading.chars.get(n + k).map_or(1, |&c| u32::from(c));
                    let behind = hash(&[behind(1), behind(2)]) | 1;
                    for tag in &mut tags[open + 1..n] {
                        tag.quotation = behind;
                    }
                }
            }
            _ => {}
        }
    }
}

fn cover(tags: &mut [Tags], start: usize, length: u8, mut set: impl FnMut(&mut Tags, u32)) {
    let length = usize::from(length);
    for (n, tag) in tags[start..start + length].iter_mut().enumerate() {
        set(
            tag,
            if n == 0 {
                1
            } else if n + 1 == length {
                3
            } else {
                2
            },
        );
    }
}

const fn class(c: char) -> u32 {
    if zh::is_han(c) {
        1
    } else if c.is_ascii_digit() {
        2
    } else if c.is_ascii_alphabetic() {
        3
    } else {
        c as u32
    }
}

/// Whether no name reaches over `c`.
const fn breaks(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '；' | '：' | '？' | '！' | '《' | '》' | '\n' | '…')
}

/// Whether `c` is part of no name: the end of a clause, of a line or of a cell.
const fn ends(c: char) -> bool {
    matches!(c, '。' | '，' | '；' | '：' | '？' | '！' | '…' | '【' | '】' | '|' | '+' | '\t' | '\n' | '\u{3000}')
}

/// A distance in characters as a class: exact when small.
const fn distance(n: usize) -> u32 {
    match n {
        0..=6 => n as u32,
        7..=8 => 7,
        9..=11 => 8,
        _ => 9,
    }
}

fn hash(values: &[u32]) -> u32 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for &value in values {
        state = (state ^ u64::from(value)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        state ^= state >> 32;
    }
    (state >> 16) as u32
}

/// The features of the character in the middle of `w`.
#[rustfmt::skip]
fn features(w: &[&Tags; 7]) -> [u32; N_FEATURES] {
    let [m3, m2, m1, o, p1, p2, p3] = *w;
    [
        hash(&[0, m3.c]), hash(&[1, m2.c]), hash(&[2, m1.c]), hash(&[3, o.c]), hash(&[4, p1.c]), hash(&[5, p2.c]), hash(&[6, p3.c]),
        hash(&[7, m3.c, m2.c]), hash(&[8, m2.c, m1.c]), hash(&[9, m1.c, o.c]), hash(&[10, o.c, p1.c]), hash(&[11, p1.c, p2.c]), hash(&[12, p2.c, p3.c]),
        hash(&[13, m2.c, m1.c, o.c]), hash(&[14, m1.c, o.c, p1.c]), hash(&[15, o.c, p1.c, p2.c]),
        hash(&[16, m3.c, m2.c, m1.c, o.c]), hash(&[17, o.c, p1.c, p2.c, p3.c]),
        hash(&[18, o.place]), hash(&[19, m1.place, o.place]), hash(&[20, o.place, p1.place]), hash(&[21, o.place, o.c]),
        hash(&[22, m1.place, o.c, p1.c]), hash(&[23, o.body, p1.body, p1.class]), hash(&[24, m1.body, o.body, m1.class]), hash(&[25, o.body, o.c]),
        hash(&[26, o.suffix]), hash(&[27, o.suffix, p1.c]), hash(&[28, o.suffix, p1.cue, p1.class]), hash(&[29, m1.suffix, o.c]),
        hash(&[30, p1.suffix, o.c]), hash(&[31, m1.suffix, o.cue, o.class]), hash(&[32, m1.cue, o.cue]), hash(&[33, o.c, p1.cue]),
        hash(&[34, o.candidate]), hash(&[35, m1.candidate, o.candidate, p1.candidate]), hash(&[36, o.to_suffix, o.next_kind]), hash(&[37, o.to_suffix, o.place, m1.class]),
        hash(&[38, o.from_place, o.suffix]), hash(&[39, o.quotation, u32::from(m1.class == u32::from('“'))]), hash(&[40, u32::from(o.quotation != 0), o.suffix, p1.class]), hash(&[41, o.next_kind, m1.c, m1.cue]),
        hash(&[42, o.from_place, o.to_suffix]), hash(&[43, m1.suffix, o.suffix, p1.suffix]), hash(&[44, m1.class, o.class, p1.class, o.candidate]), hash(&[45, m1.cue, m1.place, o.to_suffix, o.next_kind]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_features() {
        let mut features = Features::default();
        features.read(&Reading::new("“先锋”品牌，区总工会。"));
        assert_eq!(features.rows.len(), 12);
    }
}
