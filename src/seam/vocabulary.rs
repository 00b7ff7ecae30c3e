//! Where certain pairs of characters stand in a text: one scan answers for all seams of a page.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::memo::{Identity, key};
use crate::text::Span;

/// Pairs of Hanzi and where they stand.
#[derive(Debug)]
pub struct Vocabulary {
    /// First bytes of each pair in order, under its [`key`], which no two pairs share.
    places: HashMap<u64, Vec<usize>, BuildHasherDefault<Identity>>,
}

/// Bits of the sieve that most characters of a page do not pass: 8 kB, which stay in the fastest cache.
const SIEVE_BITS: usize = 1 << 16;

impl Vocabulary {
    /// Scans `text` for the `wanted` pairs of Hanzi.
    pub fn new(text: &str, wanted: impl Iterator<Item = (char, char)>) -> Self {
        let mut places: HashMap<u64, Vec<usize>, _> = HashMap::default();
        let mut sieve = vec![0_u64; SIEVE_BITS / 64];
        for (first, second) in wanted {
            let bit = sieve_bit(first, second);
            sieve[bit / 64] |= 1 << (bit % 64);
            places.entry(pair_key(first, second)).or_default();
        }
        if places.is_empty() {
            return Self { places };
        }
        let (mut start, mut before) = (0, '\0');
        for (at, c) in text.char_indices() {
            let bit = sieve_bit(before, c);
            if sieve[bit / 64] >> (bit % 64) & 1 == 1
                && let Some(places) = places.get_mut(&pair_key(before, c))
            {
                places.push(start);
            }
            (start, before) = (at, c);
        }
        Self { places }
    }

    /// Whether `pair`, which was wanted, stands whole in `span`.
    pub fn stands_in(&self, pair: (char, char), span: Span) -> bool {
        let Some(places) = self.places.get(&pair_key(pair.0, pair.1)) else { return false };
        let first = places.partition_point(|at| *at < span.start);
        places.get(first).is_some_and(|at| at + pair.0.len_utf8() + pair.1.len_utf8() <= span.end)
    }
}

const fn sieve_bit(first: char, second: char) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9e37_79b1) ^ (second as u32).wrapping_mul(0x85eb_ca6b);
    (mixed >> (u32::BITS - SIEVE_BITS.ilog2())) as usize
}

fn pair_key(first: char, second: char) -> u64 {
    key([u64::from(first) << 32 | u64::from(second)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_search_finds() {
        let text = "河湾村的水磨坊，河湾 村的水磨坊𠮷祥𠮷祥河河河";
        let wanted = [('河', '湾'), ('湾', '村'), ('𠮷', '祥'), ('河', '河'), ('水', '坊')];
        let vocabulary = Vocabulary::new(text, wanted.into_iter());
        let boundaries: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        for &start in &boundaries {
            for &end in boundaries.iter().filter(|end| **end >= start) {
                for (first, second) in wanted {
                    let expected = text[start..end].contains(&format!("{first}{second}"));
                    assert_eq!(vocabulary.stands_in((first, second), Span::new(start, end)), expected);
                }
            }
        }
    }
}
