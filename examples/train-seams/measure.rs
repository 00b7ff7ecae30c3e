//! Measures found seams against known ones, and the confidence against what came true.

use std::collections::HashSet;
use std::fmt::Write;

use article_lsp::seam::{Seam, SeamKind};

use crate::Prepared;

/// What was found and what was there.
#[derive(Default)]
pub struct Scores {
    kinds: [Tally; 4],
    n_clean: usize,
    clean_alarms: usize,
    /// Those of them that would be warnings.
    clean_warnings: usize,
}

/// From this confidence on a seam is a warning (`SURE` of the rule `broken-paragraph`).
const SURE: f32 = 0.9;

#[derive(Default)]
struct Tally {
    found: usize,
    false_alarms: usize,
    missed: usize,
    /// Confidence and whether it was right.
    trust: Vec<(f32, bool)>,
    wrong: Vec<String>,
}

const KINDS: [(SeamKind, &str); 4] = [
    (SeamKind::Adjacent, "adjacent"),
    (SeamKind::Displaced, "displaced"),
    (SeamKind::Truncated, "missing"),
    (SeamKind::Orphan, "orphan"),
];

type Lines = (Option<usize>, Option<usize>);

impl Scores {
    /// Adds the seams of a page. A seam of another kind than was found is missed, but what was found there is no
    /// false alarm.
    pub fn add(&mut self, prepared: &Prepared, seams: &[Seam]) {
        let page = &prepared.page;
        let lines =
            |seam: &Seam| (seam.tail.map(|tail| prepared.line(tail)), seam.head.map(|head| prepared.first_line(head)));
        let known: Vec<(Lines, &str)> =
            page.splits.iter().map(|split| ((split.a_line, split.b_line), split.kind.as_str())).collect();
        for (n, (kind, name)) in KINDS.into_iter().enumerate() {
            let expected: HashSet<Lines> = known
                .iter()
                .filter(|(_, kind)| *kind == name)
                .map(|((tail, head), _)| match kind {
                    SeamKind::Truncated => (*tail, None),
                    SeamKind::Orphan => (None, *head),
                    _ => (*tail, *head),
                })
                .collect();
            let tally = &mut self.kinds[n];
            let mut found = HashSet::new();
            for seam in seams.iter().filter(|seam| seam.kind == kind) {
                let at = lines(seam);
                let is_right = expected.contains(&at);
                let is_other = known.iter().any(|((tail, head), _)| match kind {
                    SeamKind::Truncated => *tail == at.0,
                    SeamKind::Orphan => *head == at.1,
                    _ => (*tail, *head) == at && tail.is_some() && head.is_some(),
                });
                tally.found += usize::from(is_right);
                tally.false_alarms += usize::from(!is_right && !is_other);
                tally.trust.push((seam.confidence, is_right || is_other));
                if !is_right && !is_other {
                    tally.wrong.push(describe(prepared, '+', at, seam.confidence));
                }
                found.insert(at);
            }
            for at in &expected {
                if !found.contains(at) {
                    tally.missed += 1;
                    tally.wrong.push(describe(prepared, '-', *at, 0.0));
                }
            }
            if page.is_clean {
                self.clean_alarms += found.len();
                self.clean_warnings += seams.iter().filter(|seam| seam.kind == kind && seam.confidence >= SURE).count();
            }
        }
        self.n_clean += usize::from(page.is_clean);
    }

    /// Precision, recall, F1 and counts of one kind.
    pub fn line(&self, kind: SeamKind) -> String {
        let n = KINDS.iter().position(|(other, _)| *other == kind).expect("a kind of one's own");
        let tally = &self.kinds[n];
        let share =
            |part: usize, other: usize| if part + other == 0 { 1.0 } else { part as f64 / (part + other) as f64 };
        let (p, r) = (share(tally.found, tally.false_alarms), share(tally.found, tally.missed));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        format!(
            "P {p:.3}  R {r:.3}  F1 {f1:.3}  (right {}, false {}, missed {})",
            tally.found, tally.false_alarms, tally.missed
        )
    }

    /// Prints everything.
    pub fn print(&self, show: bool) {
        for ((kind, name), tally) in KINDS.iter().zip(&self.kinds) {
            println!("{name:10} {}", self.line(*kind));
            let bounds = [0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01];
            let mut line = String::from("  confidence → right:");
            for bound in bounds.windows(2) {
                let inside: Vec<_> =
                    tally.trust.iter().filter(|(c, _)| (bound[0]..bound[1]).contains(&f64::from(*c))).collect();
                if !inside.is_empty() {
                    let mean = inside.iter().map(|(c, _)| f64::from(*c)).sum::<f64>() / inside.len() as f64;
                    let right = inside.iter().filter(|(_, right)| *right).count();
                    let _ = write!(line, "  {mean:.3} → {right}/{}", inside.len());
                }
            }
            println!("{line}");
            if show {
                let mut wrong = tally.wrong.clone();
                wrong.sort();
                println!("{}", wrong.join("\n"));
            }
        }
        println!(
            "clean pages: {} findings, {} of them warnings, on {} pages",
            self.clean_alarms, self.clean_warnings, self.n_clean
        );
    }
}

fn describe(prepared: &Prepared, sign: char, (tail, head): Lines, confidence: f32) -> String {
    let lines: Vec<&str> = prepared.page.source.split('\n').collect();
    let end = |line: Option<usize>| {
        line.map_or(String::new(), |line| {
            let chars: Vec<char> = lines[line - 1].chars().collect();
            chars[chars.len().saturating_sub(26)..].iter().collect::<String>() + &format!(" ({})", chars.len())
        })
    };
    let start = |line: Option<usize>| line.map_or(String::new(), |line| lines[line - 1].chars().take(22).collect());
    let number = |line: Option<usize>| line.map_or("-".to_owned(), |line| line.to_string());
    format!(
        "  {} {sign} {}→{} {confidence:.3}  {} // {}",
        prepared.page.name,
        number(tail),
        number(head),
        end(tail),
        start(head)
    )
}
