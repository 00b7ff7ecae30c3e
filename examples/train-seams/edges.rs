//! Fits the edge model: starts of sentences and ends of clauses in the texts, against places within their sentences.

use article_lsp::seam::edge::{self, Cells};
use article_lsp::seam::facts::normalised;
use article_lsp::seam::lexicon::Lexicon;
use article_lsp::zh;

use crate::openings::opening;
use crate::random::Random;
use crate::regression::{self, Row};

/// One place within a sentence in so many is taken for a cut.
const CUTS: usize = 5;
/// One text in so many is read once more with an opening of the present day.
const OPENED: usize = 10;
/// The penalty on weights with which texts that were held out are likeliest: log-loss .199 of starts and .313 of ends; with
/// 1.5 .210 and .332, with 16 .205 and .320.
const PENALTY: f64 = 5.0;

/// The edge model of `texts`, as [`edge::Edges`] reads it.
pub fn fit(lexicon: &Lexicon, texts: &[&str]) -> Vec<u8> {
    let mut random = Random::new(0);
    let reports = texts.iter().filter(|text| zh::is_closed(text)).step_by(OPENED);
    let opened: Vec<String> = reports.map(|text| format!("{}{text}", opening(&mut random))).collect();
    let texts: Vec<&str> = texts.iter().copied().chain(opened.iter().map(String::as_str)).collect();
    rows(lexicon, &texts).iter().flat_map(|rows| regression::fit_bytes(rows, edge::N_CELLS, PENALTY)).collect()
}

/// What stands behind starts and cuts; what stands before ends and cuts.
fn rows(lexicon: &Lexicon, texts: &[&str]) -> [Vec<Row>; 2] {
    let row = |cells: Cells, is_true| Row::of(cells.into_iter().map(u32::from), is_true);
    let [mut starts, mut ends] = [Vec::new(), Vec::new()];
    for text in texts {
        let chars: Vec<char> = normalised(text).collect();
        for at in 0..=chars.len() {
            let starts_sentence = at == 0 || "。！？；".contains(chars[at - 1]);
            let ends_clause = at == chars.len() || "，。；！？：".contains(chars[at]);
            let is_cut = at > 0 && at % CUTS == 0 && !starts_sentence && !ends_clause;
            if at < chars.len() && (starts_sentence && !zh::closes(chars[at]) || is_cut) {
                let behind = &chars[at..chars.len().min(at + edge::SHOWN)];
                starts.push(row(edge::start_cells(behind, lexicon.stretches(behind).best().read()), starts_sentence));
            }
            if at > 0 && !zh::ends_sentence(chars[at - 1]) && (ends_clause || is_cut) {
                let before = &chars[at.saturating_sub(edge::SHOWN)..at];
                ends.push(row(
                    edge::end_cells(before, lexicon.stretches(edge::last(before)).best().read()),
                    ends_clause,
                ));
            }
        }
    }
    [starts, ends]
}
