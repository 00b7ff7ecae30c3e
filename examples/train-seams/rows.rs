//! The rows that the regressions are fitted on: evidence, and whether it holds.

use std::collections::HashSet;

use article_lsp::seam::feature::Evidence;
use article_lsp::seam::rivals::Rivals;
use article_lsp::seam::survey::Survey;
use article_lsp::seam::{Memo, Model};
use rayon::prelude::*;

use crate::Prepared;
use crate::fit::GIVEN;
use crate::pages::{Page, Split};
use crate::regression::Row;

/// The seams of a page that are known, as sets of lines.
pub struct Truth {
    pub pairs: HashSet<(usize, usize)>,
    pub tails: HashSet<usize>,
    pub heads: HashSet<usize>,
    pub missing: HashSet<usize>,
    pub orphans: HashSet<usize>,
}

impl Truth {
    pub fn of(page: &Page) -> Self {
        let (tail, head): (Line, Line) = (|split| split.a_line, |split| split.b_line);
        let lone = |own: Line, other: Line| {
            page.splits.iter().filter(|split| other(split).is_none()).filter_map(own).collect()
        };
        Self {
            pairs: page.splits.iter().filter_map(|split| Some((tail(split)?, head(split)?))).collect(),
            tails: page.splits.iter().filter_map(tail).collect(),
            heads: page.splits.iter().filter_map(head).collect(),
            missing: lone(tail, head),
            orphans: lone(head, tail),
        }
    }
}

/// The line of one half of a seam, where it is on the page.
type Line = fn(&Split) -> Option<usize>;

/// One pair of strangers in so many is fitted on.
const STRANGERS: usize = 12;

fn row(evidence: &Evidence, is_true: bool, weight: f32) -> Row {
    Row {
        offset: 0.0,
        cells: evidence.cells.iter().map(|(cell, value)| (u32::from(*cell), *value)).collect(),
        is_true,
        weight,
    }
}

/// What is seen at a glance of the blocks that follow no open end, by page; all of them are candidates, as `models` have no
/// weights yet.
pub fn glances(pages: &[Prepared], models: &[Vec<Model>], n_generated: usize) -> Vec<Vec<Row>> {
    let of_page = |(n, prepared): (usize, &Prepared)| {
        let memo = &mut Memo::default();
        let survey = prepared.survey(models, memo);
        let truth = Truth::of(&prepared.page);
        let heads = survey.heads.iter().filter(|head| !survey.follows_tail(head.prose));
        let weight = if n < n_generated { 1.0 } else { GIVEN };
        let is_true = |block| truth.heads.contains(&prepared.first_line(block));
        heads.map(|head| row(&survey.seen_at_a_glance(head.prose, memo), is_true(head.block), weight)).collect()
    };
    pages.par_iter().enumerate().map(of_page).collect()
}

/// What the first stage is fitted on, on one page: open ends, starts, neighbours, pairs wherever they stand.
pub fn first_stage(prepared: &Prepared, survey: &Survey, memo: &mut Memo) -> [Vec<Row>; 4] {
    let truth = Truth::of(&prepared.page);
    let tail_line = |n: usize| prepared.line(survey.tails[n].block);
    let head_line = |n: usize| prepared.first_line(survey.heads[n].block);
    let mut rows: [Vec<Row>; 4] = Default::default();
    for n in 0..survey.tails.len() {
        rows[0].push(row(&survey.left_open(n, memo), truth.tails.contains(&tail_line(n)), 1.0));
    }
    for n in 0..survey.heads.len() {
        rows[1].push(row(&survey.started(n, memo), truth.heads.contains(&head_line(n)), 1.0));
    }
    for (tail, head) in survey.neighbours(|_| true) {
        let pair = survey.pair(tail, head, memo);
        let is_true = truth.pairs.contains(&(tail_line(pair.tail), head_line(pair.head)));
        rows[2].push(row(&pair.evidence, is_true, 1.0));
        rows[3].push(row(&pair.evidence, is_true, 1.0));
    }
    let mut n_strangers = 0;
    for tail in 0..survey.tails.len() {
        for head in survey.within_reach(tail) {
            let is_true = truth.pairs.contains(&(tail_line(tail), head_line(head)));
            // A half that the pair would take from its own other half is worth looking at; two strangers seldom are.
            let is_rival = truth.tails.contains(&tail_line(tail)) && truth.heads.contains(&head_line(head));
            n_strangers += 1;
            if is_true || is_rival || n_strangers % STRANGERS == 0 {
                let weight = if is_true || is_rival { 1.0 } else { STRANGERS as f32 / 2.0 };
                rows[3].push(row(&survey.pair(tail, head, memo).evidence, is_true, weight));
            }
        }
    }
    rows
}

/// What the second stage is fitted on, on one page: neighbours, pairs that stand apart, lost ends, lost beginnings.
pub fn second_stage(prepared: &Prepared, survey: &Survey, rivals: &Rivals) -> [Vec<Row>; 4] {
    let truth = Truth::of(&prepared.page);
    let tail_line = |n: usize| prepared.line(survey.tails[n].block);
    let head_line = |n: usize| prepared.first_line(survey.heads[n].block);
    let mut rows: [Vec<Row>; 4] = Default::default();
    for pair in &rivals.pairs {
        let is_true = truth.pairs.contains(&(tail_line(pair.tail), head_line(pair.head)));
        rows[usize::from(!pair.is_adjacent)].push(row(&pair.evidence, is_true, 1.0));
    }
    // A half whose other half is on the page is neither: it is not said to be lost, and it is no sound line.
    for (n, evidence) in rivals.truncated.iter().enumerate() {
        let (line, is_lost) = (tail_line(n), truth.missing.contains(&tail_line(n)));
        if let Some(evidence) = evidence
            && (is_lost || !truth.tails.contains(&line))
        {
            rows[2].push(row(evidence, is_lost, 1.0));
        }
    }
    for (n, evidence) in rivals.orphans.iter().enumerate() {
        let (line, is_lost) = (head_line(n), truth.orphans.contains(&head_line(n)));
        if let Some(evidence) = evidence
            && (is_lost || !truth.heads.contains(&line))
        {
            rows[3].push(row(evidence, is_lost, 1.0));
        }
    }
    rows
}
