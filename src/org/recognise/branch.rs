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
        let is_fire_brigade = chars[end - 1] == '队' && (start..end).any(|n| self.goes_on_with(n, "消防"));
        let branch_at = |n: usize| {
            if is_fire_brigade && chars[n] == '站' {
                return Some(n + 1);
            }
            let word = BRANCHES.iter().find(|word| self.goes_on_with(n, word))?;
            Some(n + word.chars().count())
        };
        let is_part = |&n: &usize| {
            let mark = &marks[n];
            zh::is_han(chars[n]) && mark.verb == 0 && mark.title == 0 && mark.vague_ending == 0
        };
        let reach = (end..chars.len().min(end + LONGEST_PLACE)).take_while(is_part).count();
        // 三桥项目部 + 工会 + 主席.
        let union = || self.goes_on_with(end, "工会").then_some(end + 2).filter(|_| marks[end].title > 2);
        let next = union().or_else(|| (end + 1..=(end + reach).min(chars.len() - 1)).find_map(branch_at))?;
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

#[cfg(test)]
mod tests {
    use crate::org::tests::check;

    #[test]
    fn stations_of_a_fire_brigade_and_unions_of_a_site_belong_to_the_name() {
        check("宁川市消防救援支队滨河站的冲锋舟赶到。", &["宁川市消防救援支队滨河站"]);
        check("宁川路桥集团三桥项目部工会主席安嘉禾说，今年还送来了医生。", &["宁川路桥集团三桥项目部工会"]);
    }
}
