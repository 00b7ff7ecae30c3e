//! Branches: a name that goes on behind the body that they belong to, 青塘公安分局 + 文昌路派出所.

use super::Known;
use crate::org::model::LEAST_MARGIN;
use crate::zh;

impl Known<'_> {
    /// The end of the branch that goes on behind the body `start..end`, where the model is nearly as sure of it.
    pub(super) fn branch_behind(&self, start: usize, end: usize) -> Option<usize> {
        let (chars, marks) = (&self.reading.chars, &self.reading.marks);
        let ends_body = marks[end - 1].suffix_ending >= 2 || usize::from(marks[start].body) == end - start;
        if !ends_body {
            return None;
        }
        let branch_at = |n: usize| {
            let word = BRANCHES.iter().find(|word| self.goes_on_with(n, word))?;
            Some(n + word.chars().count())
        };
        let is_part = |&n: &usize| {
            let mark = &marks[n];
            zh::is_han(chars[n]) && mark.verb == 0 && mark.title == 0 && mark.vague_ending == 0
        };
        let reach = (end..chars.len().min(end + LONGEST_PLACE)).take_while(is_part).count();
        let next = (end + 1..=end + reach).find_map(branch_at)?;
        let margin = self.scratch.margin(start, next);
        let lost = self.scratch.margin(start, end) - margin;
        (margin >= LEAST_MARGIN && lost <= MOST_LOST).then_some(next)
    }
}

/// What branches end with that stand behind the whole name of their body and a name of their own.
const BRANCHES: [&str; 5] = ["派出所", "网点", "分理处", "营业所", "工会"];

/// Characters of the longest name of its own that a branch has: 海天码头.
const LONGEST_PLACE: usize = 7;

/// By how much the model may be less sure of the branch than of its body.
const MOST_LOST: f32 = 6.0;
