//! Script: traditional characters are read as simplified ones, which the models and the lists of words are written in.
//!
//! The text itself stays as it is. What is read in its place is as long, character for character and byte for byte, so
//! that every span holds in both.

use std::borrow::Cow;
use std::sync::Arc;

use super::{HANZI_BYTES, hanzi_at};
use crate::text::{Kept, Text};

/// Each traditional character with the simplified one that it is read as. From the tables of Open Chinese Convert 1.1
/// (`TSCharacters`, and the variants of Taiwan and Hong Kong; Apache-2.0) those of the main block whose simplified
/// character GB 2312 has; without 乾, 著, 瞭, 藉 and the like, which are characters of simplified texts as well.
const PAIRS: &str = include_str!("traditional.txt");

/// The first character of the main block, and how many it has.
const FIRST: u32 = 0x4e00;
const BLOCK: usize = 0xa000 - FIRST as usize;

/// The simplified character of each of the main block; 0 for those that are read as they are.
static SIMPLIFIED: [u16; BLOCK] = {
    let (mut table, bytes, mut at) = ([0; BLOCK], PAIRS.as_bytes(), 0);
    while at < bytes.len() {
        let (Some(traditional), Some(simplified)) = (hanzi_at(bytes, at), hanzi_at(bytes, at + HANZI_BYTES)) else {
            panic!("a pair of Hanzi");
        };
        table[(traditional as u32 - FIRST) as usize] = simplified as u16;
        // One blank or the end of the line follows.
        at += 2 * HANZI_BYTES + 1;
    }
    table
};

/// What `c` is read as.
#[inline]
pub const fn simplify(c: char) -> char {
    match char::from_u32(entry(c) as u32) {
        None | Some('\0') => c,
        Some(simplified) => simplified,
    }
}

/// The entry of `c` in the table.
#[inline]
const fn entry(c: char) -> u16 {
    let at = (c as u32).wrapping_sub(FIRST) as usize;
    if at < BLOCK { SIMPLIFIED[at] } else { 0 }
}

/// What `text` is read as: as many bytes.
pub fn simplified(text: &str) -> Cow<'_, str> {
    if is_read_as_it_is(text) { text.into() } else { text.chars().map(simplify).collect::<String>().into() }
}

/// What `text` is read as, the same text where that is no other. It has `kept` of a text `before`, with what that was
/// read as: only what lies between is read.
pub fn edited(text: &Arc<Text>, before: (&Arc<Text>, &Arc<Text>), kept: Kept) -> Arc<Text> {
    let (old, old_simplified) = before;
    let source = text.as_str();
    let middle = &source[kept.before..source.len() - kept.behind];
    let was_read_as_it_is = Arc::ptr_eq(old, old_simplified) || old.as_str() == old_simplified.as_str();
    if was_read_as_it_is && is_read_as_it_is(middle) {
        return Arc::clone(text);
    }
    let old_simplified = old_simplified.as_str();
    let (first, last) = (&old_simplified[..kept.before], &old_simplified[old_simplified.len() - kept.behind..]);
    let simplified = [first, &simplified(middle), last].concat();
    if simplified == source { Arc::clone(text) } else { Arc::new(text.respelt(simplified)) }
}

/// Whether no character of `text` is read as another.
fn is_read_as_it_is(text: &str) -> bool {
    text.chars().all(|c| entry(c) == 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is read of `text` after `before` was.
    fn after(before: &str, text: &str) -> (Arc<Text>, Arc<Text>) {
        let read = |text: &str, before: (&Arc<Text>, &Arc<Text>)| {
            let kept = Kept::of(before.0.as_str(), text);
            let text = Arc::new(before.0.edited(text.to_owned(), kept));
            let simplified = edited(&text, before, kept);
            (text, simplified)
        };
        let (old, old_simplified) = read(before, (&Arc::default(), &Arc::default()));
        read(text, (&old, &old_simplified))
    }

    #[test]
    fn traditional_characters_are_read_as_simplified_ones() {
        assert_eq!(
            simplified("臺灣總工會在裡面開會後，發佈了麵粉的價錢。"),
            "台湾总工会在里面开会后，发布了面粉的价钱。"
        );
        assert_eq!(simplified("𠮷e\u{301}，𡈽！"), "𠮷e\u{301}，𡈽！");
    }

    #[test]
    fn simplified_texts_are_read_as_they_are() {
        for text in ["乾隆年间的名著《瞭望》", "头发、后面、干部、台上", ""] {
            assert!(matches!(simplified(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn what_is_read_is_as_long_and_is_not_read_again() {
        for c in (0..=0x3_ffff).filter_map(char::from_u32) {
            let read = simplify(c);
            assert_eq!(read.len_utf8(), c.len_utf8(), "{c}");
            assert_eq!(simplify(read), read, "{c}");
        }
    }

    #[test]
    fn a_text_that_is_read_as_it_is_is_not_kept_twice() {
        let (text, simplified) = after("总工会", "总工会开会");
        assert!(Arc::ptr_eq(&text, &simplified));
        // The last traditional character is gone.
        let (text, simplified) = after("总工会開会", "总工会会");
        assert!(Arc::ptr_eq(&text, &simplified));
    }

    proptest! {
        #[test]
        fn an_edit_reads_as_the_whole_text_does(before in "[会會\n开開a，]{0,12}", text in "[会會\n开開a，]{0,12}") {
            let (text, simplified) = after(&before, &text);
            prop_assert_eq!(simplified.as_str(), super::simplified(text.as_str()));
            prop_assert_eq!(simplified.line_count(), text.line_count());
        }
    }
}
