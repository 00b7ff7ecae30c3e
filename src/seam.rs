//! Seams: the places where a sentence stops without ending, and where it goes on.
//!
//! A scored model, not a pile of ifs. First every block is judged by itself (left open? started in mid-sentence?) and
//! with every other that it could belong to; then the likely pairs are judged again beside their rivals; then one
//! assignment over the page gives each tail at most one head. All judgements are logistic regressions over named
//! evidence ([`feature`]); their weights (`weights.tsv`), the character model (`language.bin`), the edge model
//! (`edges.bin`), the joint model (`joints.bin`) and the lexicon (`lexicon.bin`) are made by `examples/train-seams`, which
//! also measures how far the confidence can be trusted.
//!
//! A block that ends with the end of a sentence and starts like one costs next to nothing, and nothing has to be
//! loaded before the first answer: the data lie in the program and are looked up in place.

pub mod assignment;
pub mod edge;
pub mod evidence;
pub mod facts;
pub mod feature;
pub mod joint;
pub mod language;
pub mod lexicon;
pub mod memo;
pub mod rivals;
pub mod survey;
pub mod table;
pub mod weights;
pub mod window;

use std::sync::LazyLock;

pub use memo::Memo;

use crate::block::Block;
use crate::block::diff::Diff;
use crate::shape::Shape;
use crate::text::{Span, Text};
use crate::zh;
use edge::Edges;
use feature::Evidence;
use joint::Joints;
use language::Language;
use lexicon::Lexicon;
use rivals::Rivals;
use survey::{Pair, Survey};
use weights::{Judgement, Weights, probability};
use window::Windows;

/// What became of a sentence that was cut.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SeamKind {
    /// The next block of text goes on with it.
    Adjacent,
    /// A block further away goes on with it.
    Displaced,
    /// Nothing on the page goes on with it.
    Truncated,
    /// It begins in mid-sentence, and its beginning is nowhere.
    Orphan,
    /// A heading set on two lines.
    Heading,
}

/// A place where a sentence was cut.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seam {
    /// What became of the sentence.
    pub kind: SeamKind,
    /// Index of the block that is cut off; none for an orphan.
    pub tail: Option<usize>,
    /// Index of the block that goes on; none for a truncated one.
    pub head: Option<usize>,
    /// Bytes at the start of the head that repeat the end of the tail and go when the two are joined.
    pub repeated: usize,
    /// Whether it parts a word, a name, a number or a quotation, and does not stand between two words.
    pub parts_word: bool,
    /// Probability that the sentence was cut here and goes on there, calibrated on pages with known seams.
    pub confidence: f32,
}

/// What may be a seam, judged by itself.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Judged {
    /// What it would be.
    seam: Seam,
    /// What speaks for it beyond the least that is asked of it, as a logit.
    gain: f32,
}

/// How many characters of each half are shown to a person.
const SHOWN: usize = 8;

impl Seam {
    /// The last characters of the block that is cut off.
    pub fn tail_span(&self, text: &Text, blocks: &[Block]) -> Option<Span> {
        let tail = blocks.get(self.tail?)?.content;
        let start = text.slice(tail).char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
        Some(Span::new(tail.start + start, tail.end))
    }

    /// The first characters of the block that goes on.
    pub fn head_span(&self, text: &Text, blocks: &[Block]) -> Option<Span> {
        let head = blocks.get(self.head?)?.content;
        let end = text.slice(head).char_indices().nth(SHOWN).map_or(head.len(), |(at, _)| at);
        Some(Span::new(head.start, head.start + end))
    }

    /// Moves it to where its blocks stand now; false if one of them is gone.
    fn follow(&mut self, diff: &Diff) -> bool {
        let mut stands = true;
        for half in [&mut self.tail, &mut self.head].into_iter().flatten() {
            match diff.place_of(*half) {
                Some(place) => *half = place,
                None => stands = false,
            }
        }
        stands
    }

    /// Whether nobody can say how the two halves join: between two Latin letters, where a blank may belong, or between twice
    /// the same Hanzi, which the page may have printed twice (现场会 ¶ 会诊).
    pub fn meets_in_doubt(&self, text: &Text, blocks: &[Block]) -> bool {
        let content =
            |block: Option<usize>| block.and_then(|n| blocks.get(n)).map_or("", |block| text.slice(block.content));
        let first = content(self.head).get(self.repeated..).and_then(|head| head.chars().next());
        let (Some(last), Some(first)) = (content(self.tail).chars().next_back(), first) else { return false };
        last.is_ascii_alphabetic() && first.is_ascii_alphabetic()
            || self.repeated == 0 && last == first && zh::is_han(last)
    }

    /// What the head repeats from the end of the tail and loses when the two are joined.
    pub fn repeated_text<'t>(&self, text: &'t Text, blocks: &[Block]) -> &'t str {
        let head = self.head.and_then(|n| blocks.get(n)).map_or("", |block| text.slice(block.content));
        head.get(..self.repeated).unwrap_or_default()
    }

    /// How the place will read when it is repaired: …断丰富“正阳先|锋”党建品牌….
    pub fn reading(&self, text: &Text, blocks: &[Block]) -> Option<String> {
        let tail = text.slice(self.tail_span(text, blocks)?);
        let head = text.slice(blocks.get(self.head?)?.content).get(self.repeated..)?;
        let end = head.char_indices().nth(SHOWN).map_or(head.len(), |(at, _)| at);
        Some(["…", tail, "|", &head[..end], "…"].concat())
    }
}

/// What the judgements rest on.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// The character model.
    pub language: Language<'a>,
    /// The words.
    pub lexicon: Lexicon<'a>,
    /// How starts and ends read.
    pub edges: Edges<'a>,
    /// What makes one sentence.
    pub joints: Joints<'a>,
    /// What each piece of evidence counts.
    pub weights: Weights,
}

impl Model<'static> {
    /// The model that comes with the program.
    pub fn shipped() -> &'static Self {
        static MODEL: LazyLock<Model<'static>> = LazyLock::new(|| Model {
            language: Language::new(include_bytes!("seam/language.bin")),
            lexicon: Lexicon::new(include_bytes!("seam/lexicon.bin")),
            edges: Edges::new(include_bytes!("seam/edges.bin")),
            joints: Joints::new(include_bytes!("seam/joints.bin")),
            weights: Weights::parse(include_str!("seam/weights.tsv")),
        });
        &MODEL
    }
}

/// Least confidence with which a seam of each kind is given at all: below, another reading of the page is about as
/// likely. Measured on 230 pages with known seams, fitted on four fifths and measured on the fifth
/// (`examples/train-seams`): neighbours P 0.98, R 0.98, F1 0.98; displaced P 0.99, R 0.84, F1 0.91; cut off for good P
/// 0.90, R 0.61; without a beginning P 0.77, R 0.40.
///
/// Of what is given at 0.9 and above 556 of 558 neighbours and all of 108 displaced halves are right; between 0.8 and 0.9
/// 25 of 26 and 8 of 8; between 0.6 and 0.7 6 of 10 and 1 of 1.
pub const fn least_confidence(kind: SeamKind) -> f32 {
    match kind {
        SeamKind::Adjacent | SeamKind::Heading => 0.5,
        SeamKind::Displaced => 0.38,
        SeamKind::Truncated => 0.4,
        SeamKind::Orphan => 0.65,
    }
}

/// The same for the neighbour of a tail that would surely ([`SURELY_CUT`]) be said to be cut off for good if it were not
/// for it: that it goes on there is then the likelier of the two. Held out, on an earlier fit, the F1 of neighbours is .980 with
/// this and with 0.4; one seam more of the articles of the present day is found, and one of 31 lost ends is missed.
const LEAST_OF_CUT: f32 = 0.35;
const SURELY_CUT: f32 = 0.8;

/// The seams of a page, by place. `shapes[n]` belongs to `blocks[n]`; `diff` is how the blocks differ from those that
/// `memo` was last used with. It makes the survey cheap and never changes the result.
pub fn seams(text: &Text, blocks: &[Block], shapes: &[Shape], diff: &Diff, memo: &mut Memo) -> Vec<Seam> {
    let model = Model::shipped();
    let mut survey = Survey::at_a_glance(model, text, blocks, shapes);
    memo.follow(diff);
    let is_set_alike = std::mem::replace(&mut memo.setting, survey.setting) == survey.setting;
    let windows = if is_set_alike { Windows::new(&survey, diff) } else { Windows::whole(&survey) };
    survey.look_at(&windows, memo);
    let rivals = rivals::rivals(&survey, &model.weights, memo);
    memo.replace(&windows, judge(&survey, &model.weights, &rivals, least_confidence));
    choose(&memo.judged)
}

/// Chooses among the candidates those of at least the confidence `least` asks of their kind.
pub fn decide(survey: &Survey, weights: &Weights, rivals: &Rivals, least: impl Fn(SeamKind) -> f32) -> Vec<Seam> {
    let mut judged = judge(survey, weights, rivals, least);
    judged.sort_unstable_by_key(|judged| (judged.seam.tail, judged.seam.head));
    choose(&judged)
}

/// The candidates of at least the confidence that `least` asks of their kind, each by itself.
fn judge(survey: &Survey, weights: &Weights, rivals: &Rivals, least: impl Fn(SeamKind) -> f32) -> Vec<Judged> {
    let logit = |probability: f32| (probability / (1.0 - probability)).ln();
    let mut found = Vec::new();
    let mut judge = |seam: Seam, score: f32, least| {
        let gain = score - logit(least);
        if gain > 0.0 {
            found.push(Judged { seam, gain });
        }
    };
    let lone = |judgement, evidence: &[Option<Evidence>]| -> Vec<Option<f32>> {
        evidence.iter().map(|evidence| evidence.as_ref().map(|evidence| weights.logit(judgement, evidence))).collect()
    };
    let truncated = lone(Judgement::Truncated, &rivals.truncated);
    let orphans = lone(Judgement::Orphan, &rivals.orphans);
    // The fit of lone halves has seen none whose other half is on the page: one is lone only if none of its pairs is true.
    let (mut goes_on, mut is_begun) = (vec![0.0_f32; survey.tails.len()], vec![0.0_f32; survey.heads.len()]);
    for pair in &rivals.pairs {
        let (judgement, kind) = if pair.is_adjacent {
            (Judgement::Adjacent, SeamKind::Adjacent)
        } else {
            (Judgement::Displaced, SeamKind::Displaced)
        };
        let (tail, head) = (Some(survey.tails[pair.tail].block), Some(survey.heads[pair.head].block));
        let cut = truncated[pair.tail].map_or(0.0, probability);
        let least = if pair.is_adjacent && cut >= SURELY_CUT { least(kind).min(LEAST_OF_CUT) } else { least(kind) };
        let score = weights.logit(judgement, &pair.evidence);
        let confidence = probability(score);
        goes_on[pair.tail] = goes_on[pair.tail].max(confidence);
        is_begun[pair.head] = is_begun[pair.head].max(confidence);
        let Pair { repeated, parts_word, .. } = *pair;
        judge(Seam { kind, tail, head, repeated, parts_word, confidence }, score, least);
    }
    let tails = survey.tails.iter().zip(truncated).zip(goes_on);
    let tails = tails.map(|((tail, score), paired)| (SeamKind::Truncated, Some(tail.block), None, score, paired));
    let heads = survey.heads.iter().zip(orphans).zip(is_begun);
    let heads = heads.map(|((head, score), paired)| (SeamKind::Orphan, None, Some(head.block), score, paired));
    for (kind, tail, head, score, paired) in tails.chain(heads) {
        if let Some(score) = score {
            let confidence = probability(score) * (1.0 - paired);
            judge(Seam { kind, tail, head, repeated: 0, parts_word: false, confidence }, score, least(kind));
        }
    }
    found
}

/// The best choice among `judged`, in order: each block is at most once a tail and at most once a head.
fn choose(judged: &[Judged]) -> Vec<Seam> {
    let pairs: Vec<(Seam, f32)> = judged.iter().map(|judged| (judged.seam, judged.gain)).collect();
    let (pairs, alone): (Vec<_>, Vec<_>) =
        pairs.iter().partition(|(seam, _)| seam.tail.is_some() && seam.head.is_some());
    let edges: Vec<_> =
        pairs.iter().map(|(seam, gain)| (seam.tail.unwrap_or(0), seam.head.unwrap_or(0), *gain)).collect();
    let mut seams: Vec<Seam> = assignment::assign(&edges).into_iter().map(|edge| pairs[edge].0).collect();
    let sorted = |half: fn(&Seam) -> Option<usize>| {
        let mut halves: Vec<usize> = seams.iter().filter_map(half).collect();
        halves.sort_unstable();
        halves
    };
    let (tails, heads) = (sorted(|seam| seam.tail), sorted(|seam| seam.head));
    let is_in = |halves: &[usize], half: Option<usize>| half.is_some_and(|half| halves.binary_search(&half).is_ok());
    let is_alone = |seam: &Seam| !is_in(&tails, seam.tail) && !is_in(&heads, seam.head);
    seams.extend(alone.into_iter().map(|(seam, _)| seam).filter(is_alone));
    seams.sort_by_key(|seam| (seam.tail.or(seam.head), seam.kind));
    seams
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Format, blocks};
    use crate::shape::shape;

    fn seams_of(source: &str) -> Vec<Seam> {
        let text = Text::new(source);
        let blocks = blocks(&text, Format::Markdown);
        let shapes: Vec<Shape> = blocks.iter().map(|block| shape(text.slice(block.content))).collect();
        seams(&text, &blocks, &shapes, &Diff::whole(blocks.len()), &mut Memo::default())
    }

    const CUT: &str = "青川区总工会今年为职工开办了二十四期培训班，已有三千多人参加了技\n\n\
        能培训，其中六百多人取得了证书。\n\n街道图书馆昨日重新开放。\n";

    #[test]
    fn finds_a_cut() {
        let found = seams_of(CUT);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].kind, found[0].tail, found[0].head), (SeamKind::Adjacent, Some(0), Some(1)));
    }

    #[test]
    fn every_text_has_an_answer() {
        for source in
            ["", "\n", "。", "甲", "甲\n乙\n丙", "“\n”\n", "\u{feff}　　\n#\n- \n", "a\nb", "0\n0\n", "技\n技\n技\n"]
        {
            for seam in seams_of(source) {
                assert!((0.0..=1.0).contains(&seam.confidence), "{source:?}");
            }
        }
    }

    #[test]
    fn a_file_of_open_ends_costs_its_length() {
        // Three hundred lines that all are cut on both sides: the search for their other halves must stay within reach.
        let line = |n: usize| format!("能培训，其中第{n}车间已有三千多名职工参加了技\n\n");
        let text = Text::new((0..300).map(line).collect::<String>());
        let blocks = blocks(&text, Format::Markdown);
        let shapes: Vec<Shape> = blocks.iter().map(|block| shape(text.slice(block.content))).collect();
        let (model, memo) = (Model::shipped(), &mut Memo::default());
        let survey = Survey::new(model, &text, &blocks, &shapes, memo);
        let weighed = rivals::rivals(&survey, &model.weights, memo).pairs.len();
        assert_eq!(survey.tails.len(), 300);
        assert!(weighed + 1 >= survey.tails.len(), "{weighed} pairs: each but the last has a neighbour");
        assert!(weighed <= survey.tails.len() * (rivals::MOST_HEADS + survey::MOST_BETWEEN + 1), "{weighed} pairs");
    }
}
