//! Duplicates: paragraphs and sentences that stand in the page twice, found by their fingerprints.
//!
//! Every block has a fingerprint that depends on its content alone ([`print()`]), so a memo may keep it. Blocks
//! that share rare numbers of their fingerprints are found in one pass over the page ([`index`]); only these are
//! compared, character by character ([`alignment`]), and what differs has to look like OCR ([`noise`]) for the one to
//! be a [`struct@Copy`] of the other. A sentence that an editor repeats in a lead or a box is an [`Echo`].

pub mod across;
mod alignment;
mod copy;
mod echo;
mod form;
mod index;
mod noise;
mod print;

use std::ops::Range;
use std::sync::Arc;

use crate::block::Block;
use crate::block::diff::Diff;
use crate::shape::Shape;
use crate::text::{Span, Text};

use copy::Sheet;
pub use print::{Print, print};

/// What an index and a comparison need to know of a page.
#[derive(Clone, Copy, Debug)]
pub struct Comparable<'a> {
    /// Its text in simplified characters.
    pub text: &'a Text,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// The shapes of the blocks.
    pub shapes: &'a [Shape],
    /// The fingerprints of the blocks.
    pub prints: &'a [Arc<Print>],
}

/// A run of blocks that repeats an earlier run.
#[derive(Clone, PartialEq, Debug)]
pub struct Copy {
    /// Indices of the blocks of the later copy.
    pub later: Range<usize>,
    /// Indices of the blocks of the first copy.
    pub earlier: Range<usize>,
    /// Share of the characters that the two have in common, 1.0 for an exact copy.
    pub similarity: f32,
    /// The one that can go.
    pub spare: Spare,
}

/// Which of two copies can go without loss.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spare {
    /// The later one.
    Later,
    /// The earlier one: it is cut off, and the later one is whole.
    Earlier,
}

/// A sentence or clause that the page repeats elsewhere on purpose (a pull quote, a lead, a summary box).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Echo {
    /// The later occurrence.
    pub later: Span,
    /// The earlier occurrence.
    pub earlier: Span,
}

/// What is kept from one search to the next.
#[derive(Clone, Default, Debug)]
pub struct Memo {
    copies: copy::Memo,
    echoes: echo::Memo,
}

/// Finds what a page repeats: copies by their later run, echoes by their later sentence. The time is linear in the
/// length of the page. `diff` is how its blocks differ from those that `memo` was last used with, which makes the search
/// cheap and never changes the result.
pub fn repetitions(page: Comparable, diff: &Diff, memo: &mut Memo) -> (Vec<Copy>, Vec<Echo>) {
    let copies = copy::copies(&Sheet::new(page, None), diff, &mut memo.copies);
    let echoes = echo::echoes(page, &copies, diff, &mut memo.echoes);
    (copies, echoes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, RngSeed};

    use super::*;
    use crate::block::Block;
    use crate::block::{self, Format};
    use crate::shape::{self, Shape};
    use crate::text::Text;
    use std::sync::Arc;

    /// What a page repeats.
    struct Found {
        n_blocks: usize,
        copies: Vec<Copy>,
        echoes: Vec<Echo>,
    }

    fn page(source: &str) -> Found {
        page_with(source, &mut (Memo::default(), Vec::new()))
    }

    fn page_with(source: &str, (memo, last): &mut (Memo, Vec<Block>)) -> Found {
        let text = Text::new(source);
        let blocks = block::blocks(&text, Format::Markdown);
        let content = |b: &Block| text.slice(b.content);
        let shapes: Vec<Shape> = blocks.iter().map(|b| shape::shape(content(b))).collect();
        let prints: Vec<_> = blocks.iter().map(|b| Arc::new(print(content(b)))).collect();
        let page = Comparable { text: &text, blocks: &blocks, shapes: &shapes, prints: &prints };
        let (copies, echoes) = repetitions(page, &Diff::new(last, &blocks), memo);
        last.clone_from(&blocks);
        Found { n_blocks: blocks.len(), copies, echoes }
    }

    /// A text of `n` characters that carry meaning, with a mark behind every `clause` of them.
    fn paragraph(n: usize, clause: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(0x4e00_u32..0x5e00, n).prop_map(move |codes| {
            let mut text = String::new();
            for (at, code) in codes.into_iter().enumerate() {
                text.extend(char::from_u32(code));
                text.push_str(if (at + 1) % clause == 0 { "，" } else { "" });
            }
            text + "。"
        })
    }

    /// `text` with one character in each twenty substituted, lost or doubled.
    fn noisy(text: &str, errors: &[(usize, u8)]) -> String {
        let mut result = String::new();
        for (at, c) in text.chars().enumerate() {
            match errors.get(at / 20) {
                Some(&(within, kind)) if within == at % 20 => match kind {
                    0 => result.push('囗'),
                    1 => {}
                    _ => result.extend([c, c]),
                },
                _ => result.push(c),
            }
        }
        result
    }

    proptest! {
        #![proptest_config(Config { cases: 200, rng_seed: RngSeed::Fixed(7), ..Config::default() })]

        #[test]
        fn noise_of_one_character_in_twenty_is_seen_through(
            (first, other, second) in (70..400_usize, 5..30_usize).prop_flat_map(|(n, clause)| {
                let errors = prop::collection::vec((0..20_usize, 0..3_u8), n / 20 + 1);
                (paragraph(n, clause), paragraph(90, 9), errors).prop_map(|(text, other, errors)| {
                    let second = noisy(&text, &errors);
                    (text, other, second)
                })
            }),
        ) {
            let page = page(&format!("{first}\n\n{other}\n\n{second}\n"));
            prop_assert_eq!(page.copies.len(), 1, "{:?}", page.copies);
            prop_assert_eq!((page.copies[0].later.clone(), page.copies[0].earlier.clone()), (2..3, 0..1));
            prop_assert!(page.copies[0].similarity > 0.85);
        }

        #[test]
        fn a_copy_may_be_cut_anywhere(
            (first, second, at) in (100..300_usize).prop_flat_map(|n| {
                (paragraph(n, 11), paragraph(80, 9), 40..n - 40)
            }),
        ) {
            let cut = first.char_indices().nth(at).map_or(0, |(cut, _)| cut);
            let (head, tail) = first.split_at(cut);
            let whole_first = page(&format!("{first}\n\n{second}\n\n{head}\n\n{tail}\n"));
            prop_assert_eq!(whole_first.copies.len(), 1, "{:?}", whole_first.copies);
            prop_assert_eq!((whole_first.copies[0].later.clone(), whole_first.copies[0].earlier.clone()), (2..4, 0..1));
            let pieces_first = page(&format!("{head}\n\n{tail}\n\n{second}\n\n{first}\n"));
            prop_assert_eq!(pieces_first.copies.len(), 1, "{:?}", pieces_first.copies);
            prop_assert_eq!((pieces_first.copies[0].later.clone(), pieces_first.copies[0].earlier.clone()), (3..4, 0..2));
        }

        #[test]
        fn the_memo_changes_nothing(
            kinds in prop::collection::vec(0..6_usize, 1..40),
            changes in prop::collection::vec((any::<usize>(), 0..6_usize), 1..8),
        ) {
            let lines = [
                "河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完。",
                "河弯村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半大就卖完。",
                "河湾村的水磨坊停了三十多年，今年开春又转了起",
                "来，磨出来的面粉半天就卖完，乡亲们排着队来买，外乡的客商也打电话来订货，说是要磨得细一些。",
                "村支书说：“河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完。”孩子们都来看。",
                "# 标题",
            ];
            let mut kinds = kinds;
            let mut memo = (Memo::default(), Vec::new());
            for (at, kind) in changes {
                let at = at % kinds.len();
                kinds[at] = kind;
                let source = kinds.iter().map(|kind| lines[*kind]).collect::<Vec<_>>().join("\n\n");
                let warm = page_with(&source, &mut memo);
                let cold = page(&source);
                prop_assert_eq!(warm.copies, cold.copies);
                prop_assert_eq!(warm.echoes, cold.echoes);
            }
        }

        #[test]
        fn different_texts_are_not_copies(texts in prop::collection::vec(paragraph(120, 13), 2..12)) {
            let page = page(&texts.join("\n\n"));
            prop_assert!(page.copies.is_empty() && page.echoes.is_empty());
        }

        #[test]
        fn any_page_has_an_answer_within_bounds(
            lines in prop::collection::vec(
                prop::sample::select(vec![
                    "河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完。",
                    "河湾村的水磨坊停了三十多年，今年开春又转了起",
                    "来，磨出来的面粉半天就卖完。",
                    "河弯村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半大就卖完。",
                    "村支书说：“河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完。”孩子们都来看。",
                    "", "# 标题", "- 项目", "……", "　　", "---", "|表|格|", "abc, def; 123.",
                ]),
                0..24,
            ),
            gap in prop::sample::select(vec!["\n", "\n\n", "\r\n\r\n"]),
        ) {
            let source = lines.join(gap);
            let page = page(&source);
            let mut end = 0;
            for copy in &page.copies {
                prop_assert!(end <= copy.later.start && copy.later.end <= page.n_blocks);
                prop_assert!(copy.earlier.end <= copy.later.start && !copy.earlier.is_empty() && !copy.later.is_empty());
                end = copy.later.end;
            }
            for echo in &page.echoes {
                prop_assert!(echo.earlier.end <= echo.later.start);
                prop_assert!(source.get(echo.later.range()).is_some() && source.get(echo.earlier.range()).is_some());
            }
        }
    }
}
