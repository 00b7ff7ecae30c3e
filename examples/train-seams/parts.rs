//! Fits the weights of `src/article/opening.rs`: which headings open an article and which head a part of one, where neither
//! marks nor bylines tell.

use std::path::Path;

use anyhow::Result;
use article_lsp::article::opening::{LEAST_OPENING, N_ABOVE, N_BELOW, N_EVIDENCE, WEIGHTS, evidence};
use article_lsp::shape::shape;

use crate::articles;
use crate::pages::N_FOLDS;
use crate::regression::{self, Row};

/// How strongly weights are held near zero. Of .1, .3, 1 and 3 the weaker lose less on held-out articles (log-loss .176, .186,
/// .200, .217); but these are all of one manner, and pages of another are to be read, so no extreme is taken.
const PENALTY: f64 = 1.0;
const N_STEPS: usize = 200;
/// A text of fewer characters below a heading is a byline or a subtitle: then nobody asks.
const LEAST_BELOW: u32 = 25;

/// Fits on the articles of `directory` and prints the weights, and what they and those that ship tell apart.
///
/// # Errors
/// Where the articles cannot be read.
pub fn fit(directory: &Path) -> Result<()> {
    let rows = rows(&articles::read_marked(directory)?);
    let all: Vec<&Row> = rows.iter().map(|(_, row)| row).collect();
    let mut held_out = Vec::new();
    for fold in 0..N_FOLDS {
        let of_fold = |held: bool| rows.iter().filter(move |(of, _)| (*of == fold) == held).map(|(_, row)| row);
        let seen: Vec<&Row> = of_fold(false).collect();
        let weights = regression::fit(&seen, N_EVIDENCE, PENALTY, N_STEPS);
        held_out.extend(of_fold(true).map(|row| (row.logit(&weights), row.is_true)));
    }
    let weights = WEIGHTS.map(|(_, weight)| weight);
    let shipped: Vec<(f64, bool)> = all.iter().map(|row| (row.logit(&weights), row.is_true)).collect();
    for (name, logits) in [("held out", held_out), ("shipped", shipped)] {
        let told = |is_true: bool| {
            let of_class: Vec<bool> = logits
                .iter()
                .filter(|(_, is)| *is == is_true)
                .map(|(logit, _)| (*logit > f64::from(LEAST_OPENING)) == is_true)
                .collect();
            format!("{} of {}", of_class.iter().filter(|right| **right).count(), of_class.len())
        };
        println!("openings, {name}: titles {}, headings of parts {}", told(true), told(false));
    }
    for ((name, _), weight) in WEIGHTS.iter().zip(regression::fit(&all, N_EVIDENCE, PENALTY, N_STEPS)) {
        println!("  {weight:5.2} {name}");
    }
    Ok(())
}

/// The headings of one line between texts, each with its fifth.
fn rows(articles: &[Vec<(usize, String)>]) -> Vec<(usize, Row)> {
    let mut rows = Vec::new();
    for (n, article) in articles.iter().enumerate() {
        let n_heads = article.iter().take_while(|(marks, _)| *marks == 1).count();
        for (at, (marks, heading)) in article.iter().enumerate() {
            let is_title = *marks == 1 && n_heads == 1 && n > 0;
            if !is_title && *marks != 2 {
                continue;
            }
            let before = if is_title { &articles[n - 1] } else { &article[..at] };
            let has_parts = before.iter().any(|(marks, _)| *marks == 2);
            let end = (at + 1..article.len()).find(|n| article[*n].0 > 0).unwrap_or(article.len());
            let below = texts(&article[at + 1..end.min(at + 1 + N_BELOW)]);
            let Some(first) = below.first().map(|line| shape(line)) else { continue };
            if first.lead || first.chars < LEAST_BELOW {
                continue;
            }
            let above = texts(&before[before.len().saturating_sub(N_ABOVE)..]);
            let cells = (0_u32..).zip(evidence(heading, &above, &below, has_parts)).collect();
            rows.push((n % N_FOLDS, Row { offset: 0.0, cells, is_true: is_title, weight: 1.0 }));
        }
    }
    rows
}

fn texts(lines: &[(usize, String)]) -> Vec<&str> {
    lines.iter().map(|(_, line)| line.as_str()).collect()
}
