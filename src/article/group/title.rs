//! Which line of a heading group is the title: the others stand above it (引题) or explain it (副题).

use std::ops::Range;

use super::{Grouping, MOST_COLUMN};
use crate::article::heading::tells_of;
use crate::shape::Ending;

impl Grouping<'_> {
    /// The title among the headings of `group`: by default the last, unless marks or form say otherwise.
    pub(super) fn title(&self, group: &Range<usize>) -> usize {
        let mark = |n: usize| self.lines.mark(n);
        // The name of a page or a column: what it is called says so, or that it is short and two deeper marks follow, or one
        // as high and then a deeper one.
        let heads_two = |n: usize| {
            let is_deeper =
                |above: usize, below: usize| mark(above).zip(mark(below)).is_some_and(|(above, below)| above < below);
            group.len() > 2
                && self.lines.shapes[n].chars <= MOST_COLUMN
                && (is_deeper(n, n + 1) && is_deeper(n, n + 2) || mark(n) == mark(n + 1) && is_deeper(n, n + 2))
        };
        let is_column_name = |n: usize| n == group.start && (self.lines.shapes[n].is_banner || heads_two(n));
        let highest = group.clone().filter(|n| !is_column_name(*n)).filter_map(mark).min();
        // Of two marked lines the deeper is the subtitle, and so is one below the highest of several; where the highest
        // comes first in a longer group, it may name the whole page.
        let is_pair = group.len() == 2 && group.clone().all(|n| mark(n).is_some());
        let is_highest = |n: &usize| mark(*n).is_some() && mark(*n) == highest;
        let names_page = is_highest(&group.start) && !is_column_name(group.start);
        let depth = if is_pair || !names_page { 2.0 } else { 0.3 };
        let last = group.clone().rfind(|n| !self.continues(*n)).unwrap_or(group.start);
        let is_explanation = |n: usize| {
            matches!(self.lines.shapes[n].first, '—' | '（' | '－' | '-' | '●')
                || EXPLANATIONS.iter().any(|start| self.lines.content(n).starts_with(start))
                || n > group.start && tells_of(self.lines.content(n))
        };
        let score = |n: usize| {
            let shape = &self.lines.shapes[n];
            let mut score = match (mark(n), highest) {
                (Some(mark), Some(highest)) => 2.0 - depth * f32::from(mark.saturating_sub(highest)),
                _ => 0.0,
            };
            if n == last {
                score += 1.5;
            }
            score += match shape.chars {
                // The name of a column stands above the title, whose mark may be deeper.
                0..=4 if n == group.start && group.len() > 1 => -1.5,
                0..=4 => -1.0,
                7..=24 => 0.5,
                35.. => -1.0,
                _ => 0.0,
            };
            if is_explanation(n) {
                score -= 3.0;
            }
            // It explains the line above, whatever mark that has.
            if n + 1 < group.end && is_explanation(n + 1) {
                score += 2.0;
            }
            if shape.ending == Ending::Colon {
                score -= 2.0;
            }
            if shape.is_banner || n > group.start && self.says_what_it_is(n) {
                score -= 2.0;
            }
            // A line of many clauses explains the title above it.
            if n > group.start && shape.pauses >= 2 && self.lines.shapes[n - 1].pauses == 0 {
                score -= 2.0;
            }
            score
        };
        let better = |best: usize, n: usize| if score(n) >= score(best) { n } else { best };
        group.clone().filter(|n| !self.continues(*n)).reduce(better).unwrap_or(group.start)
    }

    /// Whether block `n` ends as the subtitle of a feature does, which says what sort of article it is, or as that of a
    /// report on a meeting, which says who spoke.
    fn says_what_it_is(&self, n: usize) -> bool {
        let shape = &self.lines.shapes[n];
        let ends_with = |words: &[&str]| words.iter().any(|word| self.lines.content(n).ends_with(word));
        shape.ending == Ending::Bare && (shape.chars >= LEAST_SORT && ends_with(&SORTS) || ends_with(&SPEAKING))
    }
}

/// What features are called in their subtitles: …青川县推进教育优质均衡发展观察.
const SORTS: [&str; 16] = [
    "纪实",
    "侧记",
    "观察",
    "见闻",
    "综述",
    "纪事",
    "扫描",
    "调查",
    "启示",
    "透视",
    "探访",
    "述评",
    "追踪",
    "采访记",
    "访谈录",
    "巡礼",
];

/// What people do at the meeting that the title is about: 周晓岚主持并讲话.
const SPEAKING: [&str; 8] = ["讲话", "主持", "主持会议", "出席", "出席会议", "致辞", "作报告", "参加"];

/// How subtitles begin: with a dash as recognition of print may take it, or with the book that the article is about.
const EXPLANATIONS: [&str; 4] = ["一一", "读《", "评《", "观《"];

/// A subtitle that says what it is has at least this many characters; shorter ones are names of columns.
const LEAST_SORT: u32 = 9;
