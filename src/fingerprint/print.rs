//! The fingerprint of a block: a few numbers by which blocks that share text find each other.
//!
//! It is a function of the block's content alone, taken in one pass without allocation for each piece, and small, so
//! that it can be kept for every block of a long page.

use crate::zh;

/// Characters to a shingle. Of six Hanzi in a row few are set phrases (of four, many are); with five errors in a
/// hundred characters three shingles in four still come through.
const SHINGLE: u32 = 6;
/// Bits by which the rolling hash moves with each character: after six, a character has left the 64 bits.
const SHIFT: u32 = 64_u32.div_ceil(SHINGLE);
/// Numbers in a sketch. A half of a paragraph shares half of them with the whole; a copy with five errors in a
/// hundred characters shares nine on average and fewer than two once in ten thousand copies.
pub(super) const SKETCH: usize = 16;
/// A copy has at least this many characters that carry meaning. What repeats below are lines of verse, slogans,
/// datelines, names and formulas.
pub(super) const LEAST_COPY: u32 = 30;
/// A clause with fewer characters is a phrase that anyone may use.
const LEAST_CLAUSE: u32 = 8;

/// Bytes of a short clause that counts: room for the clauses of most blocks is made at once.
const CLAUSE_BYTES: usize = 30;

/// By what a block is recognised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Print {
    /// How many characters carry meaning: those of [`zh::key`].
    pub(super) chars: u32,
    /// Whether there is a mark between clauses: without one it is a heading, a name, a slogan, a row of a table.
    pub(super) has_clauses: bool,
    /// The least hash of a shingle in each of as many ranges; `EMPTY` where there is none.
    pub(super) sketch: [u32; SKETCH],
    /// Its clauses of at least [`LEAST_CLAUSE`] characters, in order.
    pub(super) clauses: Box<[Clause]>,
}

/// No shingle fell into this range of the sketch.
pub(super) const EMPTY: u32 = u32::MAX;

/// A clause of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Clause {
    /// Hash of the characters that carry meaning.
    pub hash: u32,
    /// Byte of the content at which it ends: that of the mark behind it.
    pub end: u32,
}

impl Print {
    /// The numbers of the sketch.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.sketch.iter().copied().filter(|number| *number != EMPTY)
    }

    /// Whether the block is long enough, and has the clauses of running text, to be looked for a copy of it.
    pub(super) const fn may_repeat(&self) -> bool {
        self.chars >= LEAST_COPY && self.has_clauses
    }
}

/// Spreads the bits of a character over a word.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
/// Mixes a word, as the finish of a hash.
const MIX: u64 = 0xd6e8_feb8_6659_fd93;

/// Takes the fingerprint of the content of a block.
pub fn print(content: &str) -> Print {
    let (mut reader, mut sketch) = (Reader::default(), [EMPTY; SKETCH]);
    let (mut clauses, mut has_clauses) = (Vec::with_capacity(content.len() / CLAUSE_BYTES), false);
    let mut at = 0;
    loop {
        while let Some(c) = zh::hanzi_at(content.as_bytes(), at) {
            reader.read(c, &mut sketch);
            at += zh::HANZI_BYTES;
        }
        let Some(c) = content[at..].chars().next() else { break };
        let end = at;
        at += c.len_utf8();
        let c = zh::fold_width(c);
        if ends_clause(c) {
            has_clauses = true;
            clauses.extend(reader.end_clause(end));
        } else if zh::carries_meaning(c) {
            reader.read(c.to_ascii_lowercase(), &mut sketch);
        }
    }
    clauses.extend(reader.end_clause(content.len()));
    Print { chars: reader.chars, has_clauses, sketch, clauses: clauses.into() }
}

/// Takes in the characters of a block that carry meaning. The sketch is no part of it, so that the rest stays in
/// registers.
#[derive(Default)]
struct Reader {
    chars: u32,
    clause_chars: u32,
    clause: u64,
    rolling: u64,
}

impl Reader {
    #[inline]
    fn read(&mut self, c: char, sketch: &mut [u32; SKETCH]) {
        let spread = u64::from(c).wrapping_mul(SPREAD);
        self.chars += 1;
        self.clause_chars += 1;
        self.clause = (self.clause.rotate_left(5) ^ spread).wrapping_mul(MIX);
        self.rolling = (self.rolling << SHIFT).wrapping_add(spread);
        if self.chars >= SHINGLE {
            let hash = finish(self.rolling);
            let least = &mut sketch[(hash >> (u32::BITS - SKETCH.ilog2())) as usize];
            *least = hash.min(*least);
        }
    }

    /// The clause that ends at this byte, unless it is a phrase, and begins the next.
    fn end_clause(&mut self, end: usize) -> Option<Clause> {
        let (hash, n_chars) = (finish(self.clause), self.clause_chars);
        (self.clause, self.clause_chars) = (0, 0);
        (n_chars >= LEAST_CLAUSE).then_some(Clause { hash, end: end as u32 })
    }
}

/// The hashes of the shingles of a key, with the position of their first character.
pub(super) fn shingles(key: &[char]) -> impl Iterator<Item = (usize, u32)> + '_ {
    let mut rolling = 0_u64;
    key.iter().enumerate().filter_map(move |(at, &c)| {
        rolling = (rolling << SHIFT).wrapping_add(u64::from(c).wrapping_mul(SPREAD));
        let start = (at + 1).checked_sub(SHINGLE as usize)?;
        Some((start, finish(rolling)))
    })
}

const fn finish(word: u64) -> u32 {
    ((word ^ (word >> 32)).wrapping_mul(MIX) >> 32) as u32
}

/// Whether `c`, width folded, stands between clauses.
pub(super) const fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "入冬以后，镇上的豆腐坊每天四点开门；老板娘说，水是从后山挑来的，豆子是自家种的。";

    #[test]
    fn width_and_punctuation_do_not_matter() {
        let other = TEXT.replace('，', ",").replace("豆腐坊", "“豆腐 坊”");
        let (print, other) = (print(TEXT), super::print(&other));
        assert_eq!(print.sketch, other.sketch);
        let hashes = |print: &Print| print.clauses.iter().map(|clause| clause.hash).collect::<Vec<_>>();
        assert_eq!(hashes(&print), hashes(&other));
    }

    #[test]
    fn the_sketch_is_made_of_the_shingles() {
        let key: Vec<char> = zh::key(TEXT).collect();
        let print = print(TEXT);
        assert_eq!(print.chars as usize, key.len());
        let mut least = [EMPTY; SKETCH];
        for (_, hash) in shingles(&key) {
            let range = hash as usize >> 28;
            least[range] = least[range].min(hash);
        }
        assert_eq!(least, print.sketch);
    }

    #[test]
    fn what_ends_a_clause_carries_no_meaning() {
        assert!((0..=0x3_ffff).filter_map(char::from_u32).all(|c| !(ends_clause(c) && zh::carries_meaning(c))));
    }

    #[test]
    fn clauses_know_where_they_end() {
        let print = print(TEXT);
        let ends: Vec<_> = print.clauses.iter().map(|clause| &TEXT[..clause.end as usize]).collect();
        assert!(ends[0].ends_with("四点开门") && ends[1].ends_with("后山挑来的") && ends.len() == 2, "{ends:?}");
    }
}
