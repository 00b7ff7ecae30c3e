//! The second stage: what one stage found likely, seen beside its rivals.

use super::feature::{Evidence, Feature};
use super::memo::{Memo, Scores, Standing};
use super::survey::elsewhere::{Edge, Elsewhere};
use super::survey::{Pair, Survey};
use super::weights::Weights;

/// What became of the candidates of a page.
#[derive(Debug)]
pub struct Rivals {
    /// Pairs, neighbours and others, with their evidence.
    pub pairs: Vec<Pair>,
    /// Evidence that each tail is cut off for good, where that is possible.
    pub truncated: Vec<Option<Evidence>>,
    /// Evidence that each head's beginning is nowhere, where that is possible.
    pub orphans: Vec<Option<Evidence>>,
}

/// A tail below this logit is not looked at again: a heading beyond doubt.
const LEAST_OPEN: f32 = -6.0;
/// A tail or head below this logit takes no part in the search for halves that stand apart.
const LEAST_APART: f32 = -5.5;
/// Nor do two whose logits together are below this one.
const LEAST_TOGETHER: f32 = -4.0;
/// A tail or head below this logit is not said to be cut without its other half.
const LEAST_ALONE: f32 = -3.0;
/// Only of a half that by itself is above this logit the page is asked how its edge stands elsewhere.
const LEAST_SURE: f32 = -1.0;
/// So many heads are weighed for a tail, the likeliest: a page that is all open ends must not cost the square.
pub(super) const MOST_HEADS: usize = 24;

/// Knots of logits.
const LOGITS: [f32; 9] = [-8., -5., -3., -1.5, 0., 1.5, 3., 5., 8.];
/// Knots of distances, in blocks.
const DISTANCES: [f32; 8] = [1., 2., 3., 4., 6., 10., 16., 28.];

/// Knots of numbers of rare pairs.
const TOPICS: [f32; 8] = [0., 1., 2., 3., 5., 8., 12., 18.];
/// Knots of their differences.
const MORE_TOPICS: [f32; 8] = [-10., -5., -2., 0., 2., 5., 10., 16.];

/// Weighs the candidates of `survey` against each other.
pub fn rivals(survey: &Survey, weights: &Weights, memo: &mut Memo) -> Rivals {
    let (tails, heads) = survey.standings(weights, memo);
    let open: Vec<f32> = tails.iter().map(|tail| tail.logit).collect();
    let started: Vec<f32> = heads.iter().map(|head| head.logit).collect();
    let mut scored = Vec::new();
    let mut of_tail = Vec::new();
    for tail in (0..tails.len()).filter(|tail| open[*tail] >= LEAST_OPEN.min(LEAST_APART)) {
        of_tail.clear();
        if open[tail] >= LEAST_OPEN {
            of_tail.extend(survey.neighbours_of(tail));
        }
        if open[tail] >= LEAST_APART {
            let mut likeliest: Vec<usize> = survey
                .within_reach(tail)
                .filter(|head| started[*head] >= LEAST_APART && open[tail] + started[*head] >= LEAST_TOGETHER)
                .collect();
            likeliest.sort_by(|a, b| started[*b].total_cmp(&started[*a]).then(a.cmp(b)));
            likeliest.truncate(MOST_HEADS);
            likeliest.sort_unstable();
            of_tail.extend(likeliest);
        }
        let judged = survey.scores(tail, &of_tail, (&tails, &heads), weights, memo);
        let pairs = of_tail.iter().zip(judged).enumerate();
        scored.extend(pairs.map(|(n, (&head, scores))| Scored { tail, head, n, scores }));
    }
    weigh(survey, &scored, &tails, &heads, memo)
}

/// A pair after the first judgement.
struct Scored {
    /// Index into the tails.
    tail: usize,
    /// Index into the heads.
    head: usize,
    /// Which of the pairs of its tail it is.
    n: usize,
    scores: Scores,
}

fn weigh(survey: &Survey, scored: &[Scored], tails: &[Standing], heads: &[Standing], memo: &mut Memo) -> Rivals {
    let mut of_tails = vec![Best::default(); survey.tails.len()];
    let mut of_heads = vec![Best::default(); survey.heads.len()];
    for (n, &Scored { tail, head, scores, .. }) in scored.iter().enumerate() {
        of_tails[tail].add(n, scores.any, scores.neighbours);
        of_heads[head].add(n, scores.any, scores.neighbours);
    }
    let elsewhere_of = |standing: &Standing, prose: usize, edge: Edge| {
        (standing.own > LEAST_SURE).then(|| survey.elsewhere(prose, edge))
    };
    let ends: Vec<_> = survey.tails.iter().zip(tails).map(|(t, own)| elsewhere_of(own, t.prose, Edge::End)).collect();
    let starts: Vec<_> =
        survey.heads.iter().zip(heads).map(|(h, own)| elsewhere_of(own, h.prose, Edge::Start)).collect();
    let mut pairs = Vec::with_capacity(scored.len());
    for (n, &Scored { tail, head, n: of_tail, scores }) in scored.iter().enumerate() {
        let mut evidence = Evidence { cells: Vec::with_capacity(MOST_CELLS) };
        evidence.set(Feature::Bias, 0, 1.0);
        evidence.ramp(Feature::LogitAny, 0, scores.any, &LOGITS);
        evidence.ramp(Feature::LogitOpen, 0, tails[tail].logit, &LOGITS);
        evidence.ramp(Feature::LogitStart, 0, heads[head].logit, &LOGITS);
        evidence.ramp(Feature::MarginHead, 0, scores.any - of_tails[tail].rival(n), &LOGITS);
        evidence.ramp(Feature::MarginTail, 0, scores.any - of_heads[head].rival(n), &LOGITS);
        if is_undecided(scores) {
            let words = survey.page_words(tail, head, of_tail, memo);
            for cell in 0..4 {
                evidence.flag(Feature::PageWords, cell, words >> cell & 1 == 1);
            }
            evidence.flag(Feature::PageWords, 4, words == 0);
        }
        let (tail_prose, head_prose) = (survey.tails[tail].prose, survey.heads[head].prose);
        if let Some(neighbours) = scores.neighbours {
            evidence.ramp(Feature::LogitPair, 0, neighbours, &LOGITS);
        } else {
            let is_behind = head_prose > tail_prose;
            let distance = head_prose.abs_diff(tail_prose) - usize::from(is_behind);
            evidence.ramp(Feature::Distance, usize::from(!is_behind) * DISTANCES.len(), distance as f32, &DISTANCES);
            evidence.ramp(Feature::Broken, 0, of_tails[tail].neighbour, &LOGITS);
            evidence.ramp(Feature::Broken, 9, of_heads[head].neighbour, &LOGITS);
            alone(&mut evidence, survey, head_prose);
            elsewhere(&mut evidence, Feature::PageEnds, ends[tail]);
            elsewhere(&mut evidence, Feature::PageStarts, starts[head]);
            if is_undecided(scores) && scores.any > LEAST_LIKELY {
                let (there, here) = survey.subjects(tail, head, of_tail, memo);
                evidence.ramp(Feature::Topic, 0, there as f32, &TOPICS);
                evidence.ramp(Feature::Topic, 8, here as f32, &TOPICS);
                evidence.ramp(Feature::Topic, 16, there as f32 - here as f32, &MORE_TOPICS);
            }
        }
        let is_adjacent = scores.neighbours.is_some();
        let Scores { repeated, parts_word, .. } = scores;
        pairs.push(Pair { tail, head, is_adjacent, repeated, parts_word, evidence });
    }
    // What stands around a lone half is weighed here, so the first judgement on it is taken without.
    let truncated = (0..survey.tails.len()).map(|n| {
        (tails[n].logit >= LEAST_ALONE).then(|| {
            let mut evidence = single(&of_tails[n], survey, survey.tails[n].prose);
            evidence.ramp(Feature::LogitOpen, 0, tails[n].own, &LOGITS);
            elsewhere(&mut evidence, Feature::PageEnds, ends[n]);
            evidence
        })
    });
    let orphans = (0..survey.heads.len()).map(|n| {
        (heads[n].logit >= LEAST_ALONE).then(|| {
            let mut evidence = single(&of_heads[n], survey, survey.heads[n].prose);
            evidence.ramp(Feature::LogitStart, 0, heads[n].own, &LOGITS);
            let [same, named] = survey.begins_alike(survey.heads[n].prose, memo);
            evidence.flag(Feature::BeginsAlike, 0, same);
            evidence.flag(Feature::BeginsAlike, 1, named);
            evidence.flag(Feature::BeginsAlike, 2, !same && !named);
            elsewhere(&mut evidence, Feature::PageStarts, starts[n]);
            evidence
        })
    });
    Rivals { truncated: truncated.collect(), orphans: orphans.collect(), pairs }
}

/// What the rest of the page says of the edge of a half, where it was asked.
fn elsewhere(evidence: &mut Evidence, feature: Feature, edges: Option<[Elsewhere; 2]>) {
    for (n, edge) in edges.into_iter().flatten().enumerate() {
        evidence.flag(feature, 4 * n, edge.at_edge);
        evidence.flag(feature, 4 * n + 1, edge.beside.is_some());
        evidence.flag(feature, 4 * n + 2, edge.beside_twice);
        evidence.flag(feature, 4 * n + 3, !edge.at_edge && edge.beside.is_none());
    }
}

/// Between these logits, either way, the words of the page are asked.
const UNDECIDED: f32 = 7.0;

/// A pair that stands apart and is less likely, one in eighty, is not saved by what its halves are about.
const LEAST_LIKELY: f32 = -4.4;

fn is_undecided(scores: Scores) -> bool {
    scores.neighbours.unwrap_or(scores.any).abs() < UNDECIDED
}

/// No pair has more cells of the second stage than this: two for each quantity, and the flags.
const MOST_CELLS: usize = 44;

fn single(best: &Best, survey: &Survey, prose: usize) -> Evidence {
    let mut evidence = Evidence::default();
    evidence.set(Feature::Bias, 0, 1.0);
    evidence.ramp(Feature::BestPair, 0, best.neighbour, &LOGITS);
    evidence.ramp(Feature::BestAny, 0, best.any.1, &LOGITS);
    alone(&mut evidence, survey, prose);
    evidence
}

fn alone(evidence: &mut Evidence, survey: &Survey, prose: usize) {
    let cell = |closed: Option<bool>, nothing: usize, first: usize| match closed {
        None => nothing,
        Some(true) => first,
        Some(false) => first + 1,
    };
    evidence.flag(Feature::Alone, cell(survey.closed_before(prose), 0, 2), true);
    evidence.flag(Feature::Alone, cell(survey.closed_after(prose), 1, 4), true);
}

/// The best scores of one block.
#[derive(Clone, Debug)]
struct Best {
    any: (usize, f32),
    second: f32,
    neighbour: f32,
}

/// The score of a rival that is not there.
const NO_RIVAL: f32 = -8.0;

impl Default for Best {
    fn default() -> Self {
        Self { any: (usize::MAX, NO_RIVAL), second: NO_RIVAL, neighbour: NO_RIVAL }
    }
}

impl Best {
    fn add(&mut self, pair: usize, any: f32, neighbour: Option<f32>) {
        if any > self.any.1 {
            self.second = self.any.1;
            self.any = (pair, any);
        } else {
            self.second = self.second.max(any);
        }
        self.neighbour = neighbour.map_or(self.neighbour, |score| score.max(self.neighbour));
    }

    const fn rival(&self, pair: usize) -> f32 {
        if self.any.0 == pair { self.second } else { self.any.1 }
    }
}
