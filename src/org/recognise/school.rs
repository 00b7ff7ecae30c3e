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

    /// Schools that are called by a root and a number, before what looks like the rest of a longer word: 白川一中 + 学生.
    pub(super) fn numbered_schools(&self) -> impl Iterator<Item = Proposal> {
        let chars = &self.reading.chars;
        (4..chars.len()).filter_map(|end| {
            let is_numbered = chars[end - 1] == '中' && NUMBERS.contains(&chars[end - 2]);
            if !is_numbered || !PUPILS.iter().any(|pupils| self.goes_on_with(end, pupils)) {
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
}

/// The margin of a unit of a university: not enough by itself, the page must say which university it is of.
pub(super) const UNIT_MARGIN: f32 = LEAST_MARGIN - 1.0;

/// Least margin, by the model, of a school by its root and number.
const LEAST_NUMBERED: f32 = -2.0;

/// Those who go to a school, behind its name.
const PUPILS: [&str; 2] = ["学生", "学子"];
