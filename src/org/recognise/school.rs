//! Schools that the model is unsure of: the schools and offices of a university without its name, schools by a number.

use super::{Known, Proposal};
use crate::org::campus;
use crate::org::grammar::NUMBERS;
use crate::org::model::LEAST_MARGIN;
use crate::zh;

impl Known<'_> {
    /// The schools and offices of a university that stand free without its name: 外国语学院, 教务处.
    pub(super) fn units(&self) -> impl Iterator<Item = Proposal> {
        let chars = &self.reading.chars;
        (2..=chars.len()).filter_map(|end| {
            let is_school = self.goes_on_with(end - 2, campus::SCHOOL);
            let is_office = matches!(chars[end - 1], '处' | '部' | '院' | '会' | '室' | '心');
            if !is_school && !is_office {
                return None;
            }
            let longest = campus::LONGEST_SUBJECT + campus::SCHOOL.chars().count();
            let starts = end.saturating_sub(longest)..end - 2;
            let stands = |start: usize| match start.checked_sub(1).map(|n| chars[n]) {
                Some('校' | '原' | '系') => true,
                Some('）') => false,
                _ => self.reading.is_free_before(start),
            };
            let is_unit = |&start: &usize| campus::is_unit(&chars[start..end]);
            let start = starts.filter(|&start| stands(start)).find(is_unit)?;
            let club = campus::CLUB.map(|length| end + length).find(|&club| {
                let is_han = || (end..club).all(|n| zh::is_han(chars[n]));
                // 社会, 社区.
                let is_word = || matches!(self.char(club), Some('会' | '区'));
                club <= chars.len() && is_school && campus::is_club(&chars[end..club]) && is_han() && !is_word()
            });
            let end = club.unwrap_or(end);
            Some(Proposal { start, end, replaces: true })
        })
    }

    /// Schools that are called by a root and a number and stand free (白川一中), or before what looks like the rest of a longer
    /// word: 白川一中 + 学生.
    pub(super) fn numbered_schools(&self) -> impl Iterator<Item = Proposal> {
        let chars = &self.reading.chars;
        (4..=chars.len()).filter_map(|end| {
            let is_numbered = chars[end - 1] == '中' && NUMBERS.contains(&chars[end - 2]);
            let is_before_pupils = PUPILS.iter().any(|pupils| self.goes_on_with(end, pupils));
            if !is_numbered || self.is_united(end) || !is_before_pupils && !self.is_free_behind(end) {
                return None;
            }
            let start = end - 4;
            let is_of_region = start >= 2
                && matches!(chars[start - 1], '省' | '市' | '县' | '区')
                && matches!(chars[start - 2], '我' | '本');
            let is_plain = |n: usize| {
                let mark = &self.reading.marks[n];
                zh::is_han(chars[n]) && mark.verb == 0 && mark.vague_ending == 0 && !NUMBERS.contains(&chars[n])
            };
            let is_name = (is_of_region || self.reading.is_free_before(start))
                && (start..end - 2).all(is_plain)
                && self.scratch.margin(start, end) >= LEAST_NUMBERED;
            is_name.then_some(Proposal { start, end, replaces: true })
        })
    }

    /// Whether 一 + 中, which end at `end`, count nothing: 三教合一 + 中.
    pub(super) fn is_united(&self, end: usize) -> bool {
        let start = end.saturating_sub(3);
        self.goes_on_with(start + 1, "一中") && self.char(start).is_some_and(|c| UNITED.contains(&c))
    }
}

/// The margin of a unit of a university: not enough by itself, the page must say which university it is of.
pub(super) const UNIT_MARGIN: f32 = LEAST_MARGIN - 1.0;

/// Least margin, by the model, of a school by its root and number.
const LEAST_NUMBERED: f32 = -3.0;

/// Characters that make a word of 一 behind them: 统一, 唯一.
const UNITED: [char; 11] = ['统', '唯', '万', '专', '单', '合', '之', '如', '划', '逐', '同'];

/// Those who go to a school, behind its name.
const PUPILS: [&str; 2] = ["学生", "学子"];

#[cfg(test)]
mod tests {
    use crate::org::tests::check;

    #[test]
    fn schools_by_a_number_stand_free() {
        check("记者在青川三中看到，新的办法已贴上公告栏。", &["青川三中"]);
        check("在三教合一中，他们悟到了和气。", &[]);
        check("为大划一中，他们出了力。", &[]);
    }
}
