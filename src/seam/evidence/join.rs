//! What two texts say about each other: how they read as one, which words and names cross the seam, what both are about.

use super::{class, form};
use crate::seam::Model;
use crate::seam::facts::{End, Facts, Named, SHOWN, named};
use crate::seam::feature::{Evidence, Feature};
use crate::shape::Ending;
use crate::zh;

/// Characters of a head that are weighed behind a tail.
const WEIGHED: usize = 6;
/// Knots of a gain over one character.
const GAINS_1: [f32; 10] = [-6., -4., -2.5, -1., 0., 1., 2.5, 4., 6., 9.];
/// Knots of a gain over several.
const GAINS: [f32; 12] = [-9., -6., -4., -2.5, -1., 0., 1., 2.5, 4., 6., 9., 13.];
/// Knots of a gain together with the tail's end.
const GAINS_WITH_END: [f32; 14] = [-8., -5., -2.5, 0., 2., 4., 6., 8., 10., 12.5, 15., 18., 21., 25.];
/// Knots of the gain of a reading across the seam.
const READINGS: [f32; 14] = [-2., 0., 0.5, 1.5, 2.5, 3.5, 5., 6.5, 8., 10., 12., 14., 17., 21.];
/// A word is parted where the two sides read so much better with it, as a logarithm: 本报 ¶ 记者 and 回 ¶ 家里 read as well as
/// two. Of 177 joins that were given unattended on pages with a lost end before a whole paragraph 4 were wrong; of those that
/// part a word by this measure 1 of 150.
pub const LEAST_PARTED: f32 = 1.0;

/// Knots of the log-odds of the joint model.
const JOINTS: [f32; 12] = [-6., -4.5, -3., -2., -1., 0., 1., 2., 3., 4., 5., 7.];
/// Knots of shares.
const SHARES: [f32; 6] = [0., 0.1, 0.2, 0.35, 0.5, 0.8];
/// Knots of numbers of shared pairs of characters.
const COUNTS: [f32; 6] = [0., 1., 2., 3., 5., 8.];

/// What two texts say about each other, wherever they stand.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Join {
    pub(super) evidence: Evidence,
    /// Characters at the start of the head that repeat the end of the tail.
    pub n_repeated: usize,
    /// Whether the two meet within a word, a name, a number or a quotation.
    pub parts_word: bool,
}

impl Join {
    /// Reads the two contents as one. Only `neighbours` repeat characters by mistake: a column that was moved was printed once.
    pub fn new(model: &Model, tail: &Facts, head: &Facts, neighbours: bool) -> Self {
        let n_repeated = if neighbours { n_repeated(model, tail, head) } else { 0 };
        let mut join = Self { n_repeated, ..Self::default() };
        let goes_on = &head.opening[join.n_repeated.min(head.opening.len())..];
        join.language(model, tail, head, goes_on);
        join.words(model, tail, head, goes_on);
        join.name(model, tail, head, goes_on);
        join.topic(model, tail, head);
        let evidence = &mut join.evidence;
        let meets = [tail.ending.last(), goes_on.first()].map(Option::<&char>::copied);
        join.parts_word |= meets.iter().all(|c| c.is_some_and(|c| c.is_ascii_digit()));
        let (end, start) = (coarse_class(tail.ending.last()), coarse_class(goes_on.first()));
        evidence.flag(Feature::SeamClasses, end * 6 + start, true);
        let (ours, theirs) = (&tail.shape.clauses, &head.shape.clauses);
        let across = ours.left_open & theirs.closes_unopened != 0;
        join.parts_word |= across;
        evidence.flag(Feature::QuoteAcross, 0, across);
        evidence.flag(Feature::QuoteAcross, 1, !across && ours.left_open != 0);
        evidence.flag(Feature::QuoteAcross, 2, !across && theirs.closes_unopened != 0);
        if !join.parts_word && join.n_repeated == 0 {
            let joint = model.joints.logit(&tail.end(model).before, &head.first_words(model).behind);
            evidence.ramp(Feature::Joint, form(ours) * JOINTS.len(), joint, &JOINTS);
        }
        evidence.flag(Feature::Repeated, 0, join.n_repeated == 1);
        evidence.flag(Feature::Repeated, 1, join.n_repeated == 2);
        let meets_itself = tail.last(1) == head.first(1) && tail.last(1).iter().all(|c| zh::is_han(*c));
        evidence.flag(Feature::Repeated, 2, join.n_repeated == 0 && meets_itself);
        let stops = ours.inner_stops.min(1) as usize + usize::from(ours.inner_stops == 0 && ours.commas > 0) * 2;
        let lengths = |n: u32, bounds: [u32; 3]| bounds.iter().filter(|bound| n >= **bound).count();
        let length = lengths(tail.shape.chars, [12, 22, 60]);
        let head_length = lengths(head.shape.chars, [12, 30, 90]).min(2);
        let shape = ((stops * 4 + length) * 3 + head_length) * 2 + usize::from(head.shape.ending == Ending::Stop);
        evidence.flag(Feature::Shape, shape, true);
        if let (Some(ours), Some(theirs)) = (tail.shape.numbering, head.shape.numbering) {
            evidence.flag(Feature::Parallel, 0, ours.style == theirs.style);
        }
        evidence.flag(Feature::Parallel, 1, tail.first(2) == head.first(2));
        evidence.flag(
            Feature::Parallel,
            2,
            tail.last(1) == head.last(1) && tail.shape.chars.abs_diff(head.shape.chars) <= 4,
        );
        join
    }

    /// How well the head reads behind the tail.
    fn language(&mut self, model: &Model, tail: &Facts, head: &Facts, goes_on: &[char]) {
        let start = head.start(model);
        let mut reading = tail.end(model).reading;
        let (mut gain, mut gains, mut orders) = (0.0, [0.0; WEIGHED + 1], [0; WEIGHED]);
        if self.n_repeated == 0 {
            // Behind the characters of the start both readings have the same context, and neither gains.
            for (k, (&c, known)) in goes_on.iter().zip(start.grams).enumerate() {
                let step = model.language.read_known(&mut reading, c, k, known);
                gain += step.log_probability - start.each[k];
                (gains[k + 1], orders[k]) = (gain, step.order);
            }
            gains[goes_on.len().min(SHOWN) + 1..].fill(gain);
        } else {
            let mut alone = start.reading;
            for (k, &c) in goes_on.iter().take(WEIGHED).enumerate() {
                let step = model.language.read(&mut reading, c);
                let at_start = start.each.get(k).copied();
                gain += step.log_probability
                    - at_start.unwrap_or_else(|| model.language.read(&mut alone, head.opening[k]).log_probability);
                (gains[k + 1], orders[k]) = (gain, step.order);
            }
            gains[goes_on.len().min(WEIGHED)..].fill(gain);
        }
        let evidence = &mut self.evidence;
        evidence.ramp(Feature::GainForm, form(&tail.shape.clauses) * GAINS.len(), gains[6], &GAINS);
        evidence.ramp(Feature::Gain1, 0, gains[1], &GAINS_1);
        evidence.ramp(Feature::Gain3, 0, gains[3], &GAINS);
        evidence.ramp(Feature::Gain6, 0, gains[6], &GAINS);
        evidence.ramp(Feature::GainEnd, 0, gains[6] - tail.end(model).here, &GAINS_WITH_END);
        let mut all = true;
        for (cell, (left, right)) in [(1, 1), (2, 1), (1, 2), (3, 1), (2, 2), (1, 3)].into_iter().enumerate() {
            let known = orders[right - 1] >= left + right;
            evidence.flag(Feature::Known, cell, known);
            all &= known || cell < 3;
        }
        evidence.flag(Feature::Known, 6, all);
    }

    fn words(&mut self, model: &Model, tail: &Facts, head: &Facts, goes_on: &[char]) {
        // Where a mark stands on either side no word can cross, and that none does says nothing.
        if ![tail.ending.last(), goes_on.first()].into_iter().all(|c| c.is_some_and(|c| zh::is_han(*c))) {
            return;
        }
        let (ours, theirs) = (&tail.end(model).words, &head.first_words(model).readings);
        let shifted = (self.n_repeated > 0).then(|| model.lexicon.stretches(goes_on).readings_of_rest());
        let theirs = shifted.as_ref().unwrap_or(theirs);
        let across = model.lexicon.across((&tail.ending, ours), (goes_on, theirs));
        self.parts_word |= across.gain > LEAST_PARTED;
        self.evidence.ramp(Feature::Reading, 0, across.gain, &READINGS);
        self.evidence.flag(Feature::Straddling, across.longest.saturating_sub(1).min(4), true);
        self.evidence.flag(Feature::Straddling, 5, across.longest > 2 && across.in_tail == 1);
        self.evidence.flag(Feature::Straddling, 6, across.longest > 2 && across.in_tail > 1);
        self.evidence.flag(Feature::Straddling, 7, across.longest == 2);
    }

    /// A person's name that the seam cuts, or an office and the name of its holder.
    fn name(&mut self, model: &Model, tail: &Facts, head: &Facts, goes_on: &[char]) {
        let End { is_surname, is_office, .. } = *tail.end(model);
        let Named { given, whole, comma } = if self.n_repeated == 0 { head.named() } else { named(goes_on) };
        self.parts_word |= is_surname && given;
        self.evidence.flag(Feature::NameAcross, 0, is_surname && given);
        self.evidence.flag(Feature::NameAcross, 1, is_surname && comma);
        self.evidence.flag(Feature::NameAcross, 2, given && !is_surname);
        self.evidence.flag(Feature::NameAcross, 3, is_office);
        self.evidence.flag(Feature::NameAcross, 4, is_office && whole);
    }

    /// What the two texts are about: words of a heading come back in its article.
    fn topic(&mut self, model: &Model, tail: &Facts, head: &Facts) {
        let ours = tail.topic();
        let (mut shared, mut rare) = (0, 0);
        for pair in ours.shared_with([&head.opening[..]]) {
            shared += 1;
            rare += usize::from(!model.language.knows(&pair));
        }
        let (clauses, chars) = (&tail.shape.clauses, tail.shape.chars);
        let group = if clauses.commas + clauses.inner_stops > 0 {
            3
        } else {
            usize::from(chars > 12) + usize::from(chars > 30)
        };
        let share = shared as f32 / ours.len().max(3) as f32;
        self.evidence.ramp(Feature::TakenUp, group * SHARES.len(), share, &SHARES);
        self.evidence.ramp(Feature::Shared, 0, shared as f32, &COUNTS);
        self.evidence.ramp(Feature::SharedRare, 0, rare as f32, &RARE_COUNTS);
    }
}

/// Knots of numbers of rare pairs.
const RARE_COUNTS: [f32; 4] = [0., 1., 2., 4.];

/// How many characters the head repeats from the end of the tail by mistake: at most two, and no single one where the two
/// make a word (常常, 刚刚) or where one ends a word and the other begins one (公安局|局长).
fn n_repeated(model: &Model, tail: &Facts, head: &Facts) -> usize {
    let n = [2, 1].into_iter().find(|&n| {
        let (last, first) = (tail.last(n), head.first(n));
        last.len() == n && last == first && last.iter().all(|c| zh::is_han(*c)) && head.shape.chars as usize > n + 1
    });
    match n {
        Some(1)
            if model.lexicon.frequency(&[tail.ending[tail.ending.len() - 1]; 2]).is_some()
                || tail.end(model).last_word.0 > 1 && head.first_words(model).first.0 > 1 =>
        {
            0
        }
        Some(n) => n,
        None => 0,
    }
}

fn coarse_class(c: Option<&char>) -> usize {
    match class(c.copied()) {
        0 => 0,
        1 | 2 | 12 => 1,
        3..=6 => 2,
        7..=9 => 3,
        10 => 4,
        _ => 5,
    }
}
