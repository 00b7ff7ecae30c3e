//! Logistic regression with an L2 penalty, fitted by L-BFGS: deterministic, and exact enough to be repeated.

use article_lsp::seam::edge::STEPS_PER_NAT;
use rayon::prelude::*;

/// One observation: cells that are not 0, what is known before they are weighed, whether it is true, how much it counts.
pub struct Row {
    pub offset: f64,
    pub cells: Vec<(u32, f32)>,
    pub is_true: bool,
    pub weight: f32,
}

impl Row {
    /// One that shows each of `cells` and counts as much as any other.
    pub fn of(cells: impl IntoIterator<Item = u32>, is_true: bool) -> Self {
        let cells = cells.into_iter().map(|cell| (cell, 1.0)).collect();
        Self { offset: 0.0, cells, is_true, weight: 1.0 }
    }

    /// The log-odds that it is true.
    pub fn logit<W: Copy + Into<f64>>(&self, weights: &[W]) -> f64 {
        let weigh = |(cell, value): &(u32, f32)| weights[*cell as usize].into() * f64::from(*value);
        self.offset + self.cells.iter().map(weigh).sum::<f64>()
    }

    /// How unlikely it holds what is true, given its log-odds: a negative logarithm.
    pub fn loss(&self, logit: f64) -> f64 {
        let signed = if self.is_true { logit } else { -logit };
        if signed > 0.0 { (-signed).exp().ln_1p() } else { signed.exp().ln_1p() - signed }
    }
}

const MEMORY: usize = 10;

/// The weights, one a cell, that explain `rows` best.
pub fn fit(rows: &[&Row], n_cells: usize, penalty: f64, n_steps: usize) -> Vec<f32> {
    let mut weights = vec![0.0_f64; n_cells];
    let (mut loss, mut gradient) = loss(rows, &weights, penalty);
    let mut history: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for _ in 0..n_steps {
        let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut shares = Vec::new();
        for (step, change, inverse) in history.iter().rev() {
            let share = inverse * dot(step, &direction);
            add(&mut direction, change, -share);
            shares.push(share);
        }
        if let Some((step, change, _)) = history.last() {
            let scale = dot(step, change) / dot(change, change);
            for d in &mut direction {
                *d *= scale;
            }
        } else {
            let norm = dot(&gradient, &gradient).sqrt();
            for d in &mut direction {
                *d /= norm.max(1e-12);
            }
        }
        for ((step, change, inverse), share) in history.iter().zip(shares.into_iter().rev()) {
            let other = inverse * dot(change, &direction);
            add(&mut direction, step, share - other);
        }
        let slope = dot(&direction, &gradient);
        if slope > -1e-9 {
            break;
        }
        let mut length = 1.0;
        let (next, next_loss, next_gradient) = loop {
            let mut next = weights.clone();
            add(&mut next, &direction, length);
            let (next_loss, next_gradient) = self::loss(rows, &next, penalty);
            if next_loss <= loss + 1e-4 * length * slope || length < 1e-8 {
                break (next, next_loss, next_gradient);
            }
            length *= 0.5;
        };
        let step: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&step, &change);
        if curvature > 1e-12 {
            history.push((step, change, 1.0 / curvature));
            if history.len() > MEMORY {
                history.remove(0);
            }
        }
        let gained = loss - next_loss;
        (weights, loss, gradient) = (next, next_loss, next_gradient);
        if gained < 1e-6 * loss {
            break;
        }
    }
    weights.into_iter().map(|weight| weight as f32).collect()
}

/// Steps after which the weights of the edge and the joint model are taken as they are.
const N_STEPS: usize = 60;

/// The weights that explain `rows` best, a signed byte a cell.
pub fn fit_bytes(rows: &[Row], n_cells: usize, penalty: f64) -> impl Iterator<Item = u8> {
    let weights = fit(&rows.iter().collect::<Vec<_>>(), n_cells, penalty, N_STEPS);
    let step = |weight: f32| (weight * STEPS_PER_NAT).round().clamp(-127.0, 127.0) as i8;
    weights.into_iter().map(step).flat_map(i8::to_le_bytes)
}

/// So many parts of the rows are summed side by side: a fixed number, so that the sum is the same on every machine.
const N_PARTS: usize = 8;

fn loss(rows: &[&Row], weights: &[f64], penalty: f64) -> (f64, Vec<f64>) {
    let sum = |rows: &[&Row]| {
        let (mut loss, mut gradient) = (0.0, vec![0.0; weights.len()]);
        for row in rows {
            let logit = row.logit(weights);
            loss += f64::from(row.weight) * row.loss(logit);
            let error = 1.0 / (1.0 + (-logit).exp()) - f64::from(u8::from(row.is_true));
            for (cell, value) in &row.cells {
                gradient[*cell as usize] += f64::from(row.weight) * error * f64::from(*value);
            }
        }
        (loss, gradient)
    };
    let parts: Vec<(f64, Vec<f64>)> = rows.par_chunks(rows.len().div_ceil(N_PARTS).max(1)).map(sum).collect();
    let mut gradient: Vec<f64> = weights.iter().map(|w| penalty * w).collect();
    let mut loss = penalty * dot(weights, weights) / 2.0;
    for (part, of_part) in &parts {
        loss += part;
        add(&mut gradient, of_part, 1.0);
    }
    (loss, gradient)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(a: &mut [f64], b: &[f64], factor: f64) {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += factor * b);
}
