//! Trains the conditional random field: `AdaGrad` on the negative log-likelihood, one text at a time.

use article_lsp::org::model::{B, E, FOLLOWS, Features, Found, HEADER, I, N_FEATURES, N_LABELS, O, best_path};
use article_lsp::org::reading::Reading;

use crate::generate::{Random, Sample};

/// Step size of `AdaGrad`.
const RATE: f32 = 0.12;
/// Weight decay of a weight each time that it is touched.
const DECAY: f32 = 1e-4;
/// Share of the features that a text is trained without, in percent: so none is relied on alone.
const DROPPED: usize = 20;
/// Gradients smaller than this are left out: most characters are surely outside of every name.
const LEAST_GRADIENT: f32 = 2e-3;

/// A text in features and labels.
pub(crate) struct Item {
    rows: Vec<[u32; N_FEATURES]>,
    labels: Vec<u8>,
}

impl Item {
    pub(crate) fn new(sample: &Sample, features: &mut Features) -> Self {
        features.read(&Reading::new(&sample.text));
        let mut labels = vec![O as u8; features.rows.len()];
        for &(start, end) in sample.spans.iter().filter(|(start, end)| end - start >= 2) {
            labels[start..end].fill(I as u8);
            labels[start] = B as u8;
            labels[end - 1] = E as u8;
        }
        Self { rows: features.rows.clone(), labels }
    }
}

/// Weights in training.
pub(crate) struct Crf {
    log_rows: u32,
    weights: Vec<[f32; N_LABELS]>,
    squares: Vec<[f32; N_LABELS]>,
    transitions: [[f32; N_LABELS]; N_LABELS],
    transition_squares: [[f32; N_LABELS]; N_LABELS],
    /// Sums of the weights and transitions at the ends of passes, and how many.
    sums: (Vec<[f32; N_LABELS]>, [[f32; N_LABELS]; N_LABELS], f32),
}

impl Crf {
    pub(crate) fn new(log_rows: u32) -> Self {
        let n_rows = 1 << log_rows;
        Self {
            log_rows,
            weights: vec![[0.0; N_LABELS]; n_rows],
            squares: vec![[1e-4; N_LABELS]; n_rows],
            transitions: [[0.0; N_LABELS]; N_LABELS],
            transition_squares: [[1.0; N_LABELS]; N_LABELS],
            sums: (vec![[0.0; N_LABELS]; n_rows], [[0.0; N_LABELS]; N_LABELS], 0.0),
        }
    }

    fn emissions(&self, item: &Item, kept: &[bool; N_FEATURES]) -> Vec<[f32; N_LABELS]> {
        let mask = (1_u32 << self.log_rows) - 1;
        item.rows
            .iter()
            .map(|row| {
                let mut sums = [0.0; N_LABELS];
                for (&feature, _) in row.iter().zip(kept).filter(|(_, kept)| **kept) {
                    let weights = &self.weights[(feature & mask) as usize];
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum += weight;
                    }
                }
                sums
            })
            .collect()
    }

    /// Counts the weights of `other` as they are into the average.
    pub(crate) fn remember(&mut self, other: &Self) {
        for (sum, weights) in self.sums.0.iter_mut().zip(&other.weights) {
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        self.sums.1.iter_mut().flatten().zip(other.transitions.iter().flatten()).for_each(|(sum, w)| *sum += w);
        self.sums.2 += 1.0;
    }

    /// Puts the average of what was remembered in place of the weights: a single pass, or a single model, ends at a
    /// random place near the best one, and the average of several is nearer.
    pub(crate) fn average(&mut self) {
        let (weights, transitions, n) = &self.sums;
        self.weights = weights.iter().map(|row| row.map(|sum| sum / n)).collect();
        self.transitions = transitions.map(|row| row.map(|sum| sum / n));
    }

    /// One pass over `items` in random order.
    pub(crate) fn epoch(&mut self, items: &[&Item], random: &mut Random, rate: f32) {
        let mut order: Vec<usize> = (0..items.len()).collect();
        random.shuffle(&mut order);
        for n in order {
            let kept = std::array::from_fn(|_| !random.percent(DROPPED));
            self.step(items[n], rate * RATE, &kept);
        }
    }

    fn step(&mut self, item: &Item, rate: f32, kept: &[bool; N_FEATURES]) {
        let n_chars = item.rows.len();
        if n_chars == 0 {
            return;
        }
        let emissions = self.emissions(item, kept);
        let transitions = self.transitions;
        let none = f32::NEG_INFINITY;
        let mut forward = vec![[none; N_LABELS]; n_chars];
        let mut backward = vec![[none; N_LABELS]; n_chars];
        forward[0] = [emissions[0][O], emissions[0][B], none, none];
        for n in 1..n_chars {
            for label in 0..N_LABELS {
                let terms = std::array::from_fn(|b| {
                    if FOLLOWS[b][label] { forward[n - 1][b] + transitions[b][label] } else { none }
                });
                forward[n][label] = log_sum(terms) + emissions[n][label];
            }
        }
        backward[n_chars - 1] = [0.0, none, none, 0.0];
        for n in (0..n_chars - 1).rev() {
            for label in 0..N_LABELS {
                backward[n][label] = log_sum(std::array::from_fn(|a| {
                    if FOLLOWS[label][a] {
                        transitions[label][a] + emissions[n + 1][a] + backward[n + 1][a]
                    } else {
                        none
                    }
                }));
            }
        }
        let all = log_sum(std::array::from_fn(|l| forward[n_chars - 1][l] + backward[n_chars - 1][l]));
        let mut steps = [[0.0_f32; N_LABELS]; N_LABELS];
        let mask = (1_u32 << self.log_rows) - 1;
        for n in 0..n_chars {
            let label = usize::from(item.labels[n]);
            if n > 0 {
                let before = usize::from(item.labels[n - 1]);
                steps[before][label] -= 1.0;
                for b in 0..N_LABELS {
                    for l in 0..N_LABELS {
                        if FOLLOWS[b][l] {
                            let score = forward[n - 1][b] + transitions[b][l] + emissions[n][l] + backward[n][l] - all;
                            steps[b][l] += score.exp();
                        }
                    }
                }
            }
            let mut gradient: [f32; N_LABELS] = std::array::from_fn(|l| (forward[n][l] + backward[n][l] - all).exp());
            gradient[label] -= 1.0;
            if gradient.iter().all(|g| g.abs() < LEAST_GRADIENT) {
                continue;
            }
            for (&feature, _) in item.rows[n].iter().zip(kept).filter(|(_, kept)| **kept) {
                let at = (feature & mask) as usize;
                for l in 0..N_LABELS {
                    let weight = &mut self.weights[at][l];
                    let step = gradient[l] + DECAY * *weight;
                    let square = &mut self.squares[at][l];
                    *square += step * step;
                    *weight -= rate * step / square.sqrt();
                }
            }
        }
        for b in 0..N_LABELS {
            for l in 0..N_LABELS {
                let square = &mut self.transition_squares[b][l];
                *square += steps[b][l] * steps[b][l];
                self.transitions[b][l] -= rate * steps[b][l] / square.sqrt();
            }
        }
    }

    /// The names found in `item`.
    pub(crate) fn found(&self, item: &Item) -> Vec<Found> {
        let emissions = self.emissions(item, &[true; N_FEATURES]);
        best_path(&emissions, &self.transitions, &mut Vec::new())
    }

    /// The same in characters.
    pub(crate) fn names(&self, item: &Item) -> Vec<(usize, usize)> {
        self.found(item).iter().map(|found| (found.start, found.end)).collect()
    }

    /// The names that `item` was labelled with.
    pub(crate) fn gold(item: &Item) -> Vec<(usize, usize)> {
        let mut spans = Vec::new();
        let mut start = 0;
        for (n, &label) in item.labels.iter().enumerate() {
            match usize::from(label) {
                B => start = n,
                E => spans.push((start, n + 1)),
                _ => {}
            }
        }
        spans
    }

    /// The model file: weights as signed bytes of one scale. The scale is chosen so that one weight in a thousand
    /// is clipped.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut sizes: Vec<f32> = self.weights.iter().flatten().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let most = sizes.get(sizes.len() - 1 - sizes.len() / 1000).copied().unwrap_or(1.0);
        let scale = most / 127.0;
        let mut bytes = Vec::with_capacity(HEADER + self.weights.len() * N_LABELS);
        bytes.extend(self.log_rows.to_le_bytes());
        bytes.extend(scale.to_le_bytes());
        bytes.extend(self.transitions.iter().flatten().flat_map(|w| w.to_le_bytes()));
        bytes.extend(
            self.weights.iter().flatten().map(|w| ((w / scale).round().clamp(-127.0, 127.0) as i8).cast_unsigned()),
        );
        bytes
    }
}

fn log_sum(terms: [f32; N_LABELS]) -> f32 {
    let most = terms.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + terms.iter().map(|t| (t - most).exp()).sum::<f32>().ln()
}
