//! Fits the joint model: places between two words of the sentences of the texts, and the same ends before what other
//! sentences go on or begin with.

use article_lsp::seam::edge;
use article_lsp::seam::evidence::LEAST_PARTED;
use article_lsp::seam::facts::normalised;
use article_lsp::seam::joint::{self, Before, Behind};
use article_lsp::seam::lexicon::{LONGEST, Lexicon};
use article_lsp::zh;

use crate::random::Random;
use crate::regression::{self, Row};

/// One place between two words in so many is taken for a cut. With one in four the right rest was the likeliest of the four of
/// a held-out cut .603 of the time where places within words were learned from, too; with one in two .610, and .653 where these
/// hardly counted: what parts a word is seen without this model.
const CUTS: usize = 2;
/// So many rests of other sentences, and so many beginnings, are set behind each cut.
const RESTS: usize = 2;
const STARTS: usize = 1;
/// The penalty on weights. Of all texts 12 and 40 are as good; of a fifth of them, with fewer cuts and pieces, the log-loss of
/// held-out cuts was .474 with 12 and .496 with 5.
const PENALTY: f64 = 12.0;

/// The joint model of `texts`, as [`joint::Joints`] reads it.
pub fn fit(lexicon: &Lexicon, texts: &[&str]) -> Vec<u8> {
    regression::fit_bytes(&rows(lexicon, texts), joint::N_CELLS, PENALTY).collect()
}

fn rows(lexicon: &Lexicon, texts: &[&str]) -> Vec<Row> {
    let (mut cuts, mut starts): (Vec<(Before, Behind)>, Vec<Behind>) = (Vec::new(), Vec::new());
    for text in texts {
        let chars: Vec<char> = normalised(text).collect();
        let behind = |at: usize| {
            let behind = &chars[at..chars.len().min(at + edge::SHOWN)];
            joint::behind(behind, lexicon.stretches(behind).best().read())
        };
        for at in 0..chars.len() {
            let starts_sentence = at == 0 || "。！？".contains(chars[at - 1]);
            let is_within = at > 1 && at + 1 < chars.len() && !starts_sentence && !zh::ends_sentence(chars[at]);
            if starts_sentence && !zh::closes(chars[at]) {
                starts.push(behind(at));
            } else if is_within && at % CUTS == 0 {
                let before = &chars[at.saturating_sub(edge::SHOWN)..at];
                if !parts_word(lexicon, before, &chars[at..]) {
                    cuts.push((joint::before(before, lexicon.stretches(edge::last(before)).best().read()), behind(at)));
                }
            }
        }
    }
    let mut random = Random::new(1);
    let mut rows = Vec::new();
    for (before, behind) in &cuts {
        let row = |behind: &Behind, is_true| Row::of(joint::cells(before, behind), is_true);
        rows.push(row(behind, true));
        rows.extend((0..RESTS).map(|_| row(&random.pick(&cuts).1, false)));
        rows.extend((0..STARTS).map(|_| row(random.pick(&starts), false)));
    }
    rows
}

/// Whether the place between `before` and `behind` is within a word.
fn parts_word(lexicon: &Lexicon, before: &[char], behind: &[char]) -> bool {
    let last = &before[before.len().saturating_sub(LONGEST)..];
    let readings = (lexicon.stretches(last).readings(0), lexicon.stretches(behind).readings_of_rest());
    lexicon.across((last, &readings.0), (behind, &readings.1)).gain > LEAST_PARTED
}
