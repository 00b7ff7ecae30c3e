//! Fits the weights of `src/article/heading.tsv` on pages with known seams and measures them.
//!
//! Such a page does not say which lines are headings, but it says enough: a line that ends with the end of a sentence or
//! that a seam joins to another is text; a short one that does neither is a heading. Lines that may be either (questions,
//! names, verse, tables, lists) are left out, and so are long ones. The fit moves each weight from what it was before, as far
//! as the lines speak of it: the mean of its prior is that weight, not zero.

use std::collections::HashSet;
use std::fmt::Write;

use anyhow::Result;
use article_lsp::article::heading::{Evidence, TABLE, evidence_of, read_table};
use article_lsp::article::{self, Memo};
use article_lsp::shape::{Ending, Look};

use crate::pages::{N_FOLDS, Page};
use crate::regression::{self, Row};

/// How strongly a weight holds to what it was. Of 1, 3, 10 and 30 the weaker are the better on held-out pages of the same
/// newspaper (log-loss .040, .043, .048, .054), but at 3 they follow it too far: in `tests/pages`, present-day pages, notes
/// in brackets and entries of lists became headings.
const PENALTY: f64 = 10.0;
const N_STEPS: usize = 200;
/// Hanzi of the longest line that is taken for a heading when nothing says that it is not.
const MOST_HEADING: u32 = 40;

/// Fits the table on `pages`, prints what it gains on pages that it has not seen, and returns it.
pub fn fit(pages: &[Page]) -> Result<String> {
    let rows: Vec<Vec<Row>> = pages.iter().map(rows).collect();
    let of_folds = |wanted: &dyn Fn(usize) -> bool| -> Vec<&Row> {
        pages.iter().zip(&rows).filter(|(page, _)| wanted(page.fold)).flat_map(|(_, rows)| rows).collect()
    };
    let before = vec![0.0; Evidence::ALL.len()];
    let (mut errors, mut losses, mut n_rows) = ([0; 2], [0.0; 2], 0);
    for fold in 0..N_FOLDS {
        let seen = of_folds(&|other| other != fold);
        let unseen = of_folds(&|other| other == fold);
        let fitted = regression::fit(&seen, Evidence::ALL.len(), PENALTY, N_STEPS);
        n_rows += unseen.len();
        for (n, weights) in [&before, &fitted].into_iter().enumerate() {
            for row in &unseen {
                let logit = row.logit(weights);
                errors[n] += usize::from((logit > 0.0) != row.is_true);
                losses[n] += row.loss(logit);
            }
        }
    }
    println!("headings: {n_rows} lines, wrong before {}, fitted and held out {}", errors[0], errors[1]);
    println!("  log-loss a line before {:.4}, held out {:.4}", losses[0] / n_rows as f64, losses[1] / n_rows as f64);
    let fitted = regression::fit(&of_folds(&|_| true), Evidence::ALL.len(), PENALTY, N_STEPS);
    let mut table = String::new();
    for line in TABLE.lines().filter(|line| line.starts_with('#')) {
        writeln!(table, "{line}")?;
    }
    for (evidence, before, _) in read_table(TABLE) {
        writeln!(table, "{}\t{before:.2}\t{:.2}", evidence.name(), before + fitted[evidence as usize])?;
    }
    Ok(table)
}

fn rows(page: &Page) -> Vec<Row> {
    let before: Vec<(Evidence, f32)> = read_table(TABLE).map(|(evidence, before, _)| (evidence, before)).collect();
    let weight = |evidence: &Evidence| before.iter().find(|(other, _)| other == evidence).map_or(0.0, |found| found.1);
    let parsed = article::Page::parse(page.source.as_str(), page.format, &mut Memo::default());
    let split: HashSet<usize> = page.splits.iter().flat_map(|split| [split.a_line, split.b_line]).flatten().collect();
    let mut rows = Vec::new();
    for (n, evidence) in evidence_of(&parsed) {
        let (block, shape) = (&parsed.blocks[n], &parsed.shapes[n]);
        let is_split = split.contains(&block.lines.end) || split.contains(&(block.lines.start + 1));
        let of_many = |found: &Evidence| {
            matches!(found, Evidence::InRun | Evidence::IsCell | Evidence::NumberedItem | Evidence::Attributes)
        };
        let is_unclear = shape.look == Look::Name || evidence.iter().any(of_many);
        let is_true = match shape.ending {
            _ if is_split => false,
            Ending::Stop if !shape.is_question() => false,
            Ending::Bare | Ending::Closer if shape.chars <= MOST_HEADING && !is_unclear => true,
            _ => continue,
        };
        rows.push(Row {
            offset: evidence.iter().map(|evidence| f64::from(weight(evidence))).sum(),
            cells: evidence.iter().map(|evidence| (*evidence as u32, 1.0)).collect(),
            is_true,
            weight: 1.0,
        });
    }
    rows
}
