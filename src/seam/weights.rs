//! The table of weights: what each piece of evidence counts for in each of the model's judgements.

use super::feature::{Evidence, Feature, N_CELLS};

/// A judgement of the model: one logistic regression each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Judgement {
    /// The block starts in mid-sentence, as far as is seen at a glance.
    Glance,
    /// The block is left open: its sentence stops without ending.
    Open,
    /// The block starts in mid-sentence.
    Started,
    /// The second of two neighbours goes on with the first.
    Pair,
    /// The second block goes on with the first, wherever the two stand.
    Any,
    /// As `Pair`, now that the rivals are known.
    Adjacent,
    /// As `Any`, now that the rivals are known.
    Displaced,
    /// The block is cut off and nothing goes on with it.
    Truncated,
    /// The block starts in mid-sentence and its beginning is nowhere.
    Orphan,
}

impl Judgement {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Glance,
        Self::Open,
        Self::Started,
        Self::Pair,
        Self::Any,
        Self::Adjacent,
        Self::Displaced,
        Self::Truncated,
        Self::Orphan,
    ];

    /// Its name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Glance => "glance",
            Self::Open => "open",
            Self::Started => "started",
            Self::Pair => "pair",
            Self::Any => "any",
            Self::Adjacent => "adjacent",
            Self::Displaced => "displaced",
            Self::Truncated => "truncated",
            Self::Orphan => "orphan",
        }
    }
}

/// The weights of all judgements.
#[derive(Clone, PartialEq, Debug)]
pub struct Weights {
    of: Vec<Vec<f32>>,
}

impl Default for Weights {
    fn default() -> Self {
        Self { of: vec![vec![0.0; N_CELLS]; Judgement::ALL.len()] }
    }
}

impl Weights {
    /// Reads a table: lines of judgement, feature, cell, weight, separated by tabs; `#` begins a comment. A line
    /// that is none of these is passed over; a test holds that the table that ships has none.
    pub fn parse(table: &str) -> Self {
        let mut weights = Self::default();
        for (judgement, cell, weight) in table.lines().filter_map(parse_line) {
            weights.of[judgement as usize][cell] = weight;
        }
        weights
    }

    /// The weights of `judgement`, one a cell.
    pub fn of(&self, judgement: Judgement) -> &[f32] {
        &self.of[judgement as usize]
    }

    /// The same, to be fitted.
    pub fn of_mut(&mut self, judgement: Judgement) -> &mut Vec<f32> {
        &mut self.of[judgement as usize]
    }

    /// The logit of `judgement` on `evidence`: 0 is even, 2.2 is nine in ten, 4.6 is ninety-nine in a hundred.
    pub fn logit(&self, judgement: Judgement, evidence: &Evidence) -> f32 {
        let [logit] = self.logits([judgement], evidence);
        logit
    }

    /// The logits of several judgements on `evidence`: a sum waits for each of its steps, three at a time wait together.
    pub fn logits<const N: usize>(&self, judgements: [Judgement; N], evidence: &Evidence) -> [f32; N] {
        self.add([0.0; N], judgements, &evidence.cells)
    }

    /// The same of evidence of which `logits` are the logits so far, and `cells` are what was added to it.
    pub fn add<const N: usize>(
        &self,
        mut logits: [f32; N],
        judgements: [Judgement; N],
        cells: &[(u16, f32)],
    ) -> [f32; N] {
        let weights = judgements.map(|judgement| self.of(judgement));
        for (cell, value) in cells {
            for (logit, weights) in logits.iter_mut().zip(weights) {
                *logit += weights[usize::from(*cell)] * value;
            }
        }
        logits
    }

    /// The table, with the features explained.
    pub fn table(&self) -> String {
        use std::fmt::Write;
        let mut table = String::from(
            "# Weights of the seam model, written by examples/train-seams; see feature.rs for the cells.\n",
        );
        for feature in Feature::ALL {
            let _ = writeln!(table, "\n# {}: {}", feature.name(), feature.explanation());
            for judgement in Judgement::ALL {
                for cell in 0..feature.n_cells() {
                    let weight = self.of(judgement)[feature.first_cell() + cell];
                    if weight.abs() >= LEAST_WEIGHT {
                        let _ = writeln!(table, "{}\t{}\t{cell}\t{weight:.3}", judgement.name(), feature.name());
                    }
                }
            }
        }
        table
    }
}

/// Weights that are less than this make no difference and are not written.
const LEAST_WEIGHT: f32 = 0.0005;

fn parse_line(line: &str) -> Option<(Judgement, usize, f32)> {
    let mut fields = line.split('\t');
    let judgement = fields.next()?;
    let judgement = Judgement::ALL.into_iter().find(|j| j.name() == judgement)?;
    let feature = Feature::named(fields.next()?)?;
    let cell: usize = fields.next()?.parse().ok()?;
    let weight = fields.next()?.parse().ok()?;
    (cell < feature.n_cells()).then_some((judgement, feature.first_cell() + cell, weight))
}

/// The probability that goes with a logit.
pub fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_is_read_to_its_last_line() {
        let table = include_str!("weights.tsv");
        let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            assert!(parse_line(line).is_some(), "{line}");
        }
        assert_eq!(Weights::parse(table).table(), table);
    }
}
