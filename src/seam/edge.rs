//! The edge model: whether the first words of a block read like the start of a sentence, and its last ones like the end
//! of a clause, or like what a cut leaves.
//!
//! Two logistic regressions over characters, words and parts of speech, fitted by `examples/train-seams` on every edge in
//! its texts and on places within their sentences (see [`super::language`] for the texts). They know many more starts than
//! pages with known seams can show, and by the parts of speech those of words that they have never seen (名技术员, 里的旧桌椅).

use super::lexicon::{MOST_READ, Word};
use super::table::Hash;

/// Cells of each regression; a piece of evidence is known by its hash.
pub const N_CELLS: usize = 1 << 16;
/// Steps of a stored weight for each nat: a byte reaches from -5.3 to 5.3.
pub const STEPS_PER_NAT: f32 = 24.0;
/// Characters within which the mark next to the edge is looked for.
pub const SHOWN: usize = 40;
/// Characters at the edge that count as they are.
const CHARS: usize = 3;
/// Words at the edge that count.
const WORDS: usize = 4;

/// The weights of the two regressions.
#[derive(Clone, Copy, Debug)]
pub struct Edges<'a> {
    weights: &'a [u8],
}

impl<'a> Edges<'a> {
    /// Reads what the trainer wrote: a signed byte a cell, of starts and then of ends.
    pub const fn new(weights: &'a [u8]) -> Self {
        Self { weights }
    }

    /// Log-odds that `opening` starts a sentence and is not what a cut leaves. `words` are those of its first characters.
    pub fn start(&self, opening: &[char], words: &[Word]) -> f32 {
        self.sum(0, start_cells(opening, words))
    }

    /// Log-odds that `ending` ends a clause and is not cut. `words` are those of its [`last`] characters.
    pub fn end(&self, ending: &[char], words: &[Word]) -> f32 {
        self.sum(N_CELLS, end_cells(ending, words))
    }

    /// What the first three characters add to the log-odds of [`Self::start`].
    pub fn start_of_chars(&self, opening: &[char]) -> f32 {
        let mut cells = [0; CHARS];
        let n = cells_of_chars(&mut cells, opening.iter());
        self.sum(0, cells.into_iter().take(n))
    }

    fn sum(&self, first: usize, cells: impl IntoIterator<Item = u16>) -> f32 {
        sum(self.weights, cells.into_iter().map(|cell| first + usize::from(cell)))
    }
}

/// The log-odds that `cells` make of `weights`, a signed byte a cell.
pub(super) fn sum(weights: &[u8], cells: impl Iterator<Item = usize>) -> f32 {
    let weight = |cell: usize| weights.get(cell).map_or(0, |weight| i32::from(*weight as i8));
    cells.map(weight).sum::<i32>() as f32 / STEPS_PER_NAT
}

/// What an edge shows, each piece as the hash of what it is.
pub type Cells = [u16; CHARS + 15];

/// The characters of `ending` whose words count.
pub fn last(ending: &[char]) -> &[char] {
    &ending[ending.len() - ending.len().min(MOST_READ)..]
}

/// What the start of a text shows, of which `words` are those of the first characters.
pub fn start_cells(opening: &[char], words: &[Word]) -> Cells {
    cells(opening, opening.iter(), |k| words.get(k).copied(), mark_behind(opening))
}

/// What the end of a text shows, of which `words` are those of its [`last`] characters.
pub fn end_cells(ending: &[char], words: &[Word]) -> Cells {
    let word = |k: usize| words.len().checked_sub(k + 1).map(|at| words[at]);
    cells(last(ending), ending.iter().rev(), word, mark_before(ending))
}

/// The first mark of a text that begins with `opening`, and the characters before it; none where it is far.
pub(super) fn mark_behind(opening: &[char]) -> Option<(usize, char)> {
    opening.iter().take(SHOWN).copied().enumerate().find(|(_, c)| "，、；：。！？”》）".contains(*c))
}

/// The last mark of a text that ends with `ending`, and the characters behind it; none where it is far.
pub(super) fn mark_before(ending: &[char]) -> Option<(usize, char)> {
    ending.iter().rev().take(SHOWN).copied().enumerate().find(|(_, c)| "，、；：。！？“《（".contains(*c))
}

/// The part of speech of `word`: words of one character are another matter than longer ones of the same.
pub(super) fn class(word: &Word) -> u64 {
    u64::from(word.tag) << 2 | word.chars.min(3) as u64
}

/// What an edge of a text shows, from the edge inwards: its characters, the words among `read`, the mark next to it and
/// how many characters away that is.
fn cells<'c>(
    read: &[char],
    chars: impl Iterator<Item = &'c char>,
    word: impl Fn(usize) -> Option<Word>,
    mark: Option<(usize, char)>,
) -> Cells {
    let mut cells = Cells::default();
    cells_of_chars(&mut cells[..CHARS], chars);
    let spelled = |n: usize| {
        let mut hash = Hash::new(1);
        if let Some(word) = word(n) {
            read[word.start..word.start + word.chars].iter().for_each(|c| hash.push(*c));
        }
        hash.finish()
    };
    let (first, second, third) = (spelled(0), spelled(1), spelled(2));
    let classes: [u64; WORDS] = std::array::from_fn(|n| word(n).map_or(0, |word| class(&word)));
    let lengths = classes.map(|class| class & 3);
    let (distance, mark) = mark.map_or((SHOWN, 0), |(at, mark)| (at, u64::from(u32::from(mark))));
    let near = if distance < 12 { distance } else { distance / 4 * 4 };
    let pieces: [[u64; 3]; 15] = [
        [first, 0, 0],
        [first, classes[1], 0],
        [first, classes[1], classes[2]],
        [classes[0], 0, 0],
        [classes[0], classes[1], 0],
        [classes[0], classes[1], classes[2]],
        [classes[0], second, 0],
        [0, second, 0],
        [0, classes[1], classes[2]],
        [classes[1], classes[2], classes[3]],
        [0, 0, third],
        [0, classes[1], third],
        [lengths[0], lengths[1], lengths[2]],
        [classes[0], mark, distance.min(8) as u64],
        [0, mark, near as u64],
    ];
    for (kind, (cell, piece)) in cells[CHARS..].iter_mut().zip(pieces).enumerate() {
        *cell = folded(piece.into_iter().fold(self::kind(kind as u64), mix));
    }
    cells
}

/// The hash that pieces of a kind of evidence begin with.
pub(super) const fn kind(n: u64) -> u64 {
    (n + 2).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Takes `part` into a hash of a piece of evidence.
pub(super) const fn mix(hash: u64, part: u64) -> u64 {
    let mixed = (hash ^ part).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 32)
}

/// Puts the cells of the outermost characters into `cells`, and says how many there are.
fn cells_of_chars<'c>(cells: &mut [u16], chars: impl Iterator<Item = &'c char>) -> usize {
    let (mut hash, mut n) = (Hash::new(0), 0);
    for (cell, &c) in cells.iter_mut().zip(chars) {
        hash.push(c);
        *cell = folded(hash.finish());
        n += 1;
    }
    n
}

/// The cell of a hash.
const fn folded(hash: u64) -> u16 {
    (hash >> 24) as u16
}

#[cfg(test)]
mod tests {
    use crate::seam::Model;

    fn chars(text: &str) -> Vec<char> {
        crate::seam::facts::normalised(text).collect()
    }

    fn start(text: &str) -> f32 {
        let Model { edges, lexicon, .. } = Model::shipped();
        let opening = chars(text);
        edges.start(&opening, lexicon.stretches(&opening).best().read())
    }

    fn end(text: &str) -> f32 {
        let Model { edges, lexicon, .. } = Model::shipped();
        let ending = chars(text);
        edges.end(&ending, lexicon.stretches(super::last(&ending)).best().read())
    }

    #[test]
    fn tells_starts_from_what_a_cut_leaves() {
        for (whole, rest) in
            [("据了解，这样的服务点", "解，这样的服务点"), ("三百名志愿者", "名志愿者来到车间，为职工")]
        {
            assert!(start(whole) > start(rest), "{whole}");
        }
    }

    #[test]
    fn tells_ends_from_cuts() {
        for (whole, cut) in
            [("共同参加技能培训", "共同参加技能培"), ("为职工办实事", "为职工办实"), ("前往车间", "前往车间和")]
        {
            assert!(end(whole) > end(cut), "{whole}");
        }
    }

    #[test]
    fn every_edge_has_an_answer() {
        for text in ["", "，", "a", "的", "0年", "“”"] {
            assert!(start(text).is_finite() && end(text).is_finite());
        }
    }
}
