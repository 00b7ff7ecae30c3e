//! What the model takes for a name and the words around it say to be none: a person, a place, a brand.

use super::Known;
use crate::org::grammar::NUMBERS;
use crate::org::lexicon::Rank;
use crate::org::model::Found;
use crate::org::reading::Reading;
use crate::zh;

impl Known<'_> {
    /// Whether `name` is no name of a body where it stands.
    pub(super) fn is_misread(&self, name: &Found) -> bool {
        self.is_label(name)
            || self.goes_on_in_word(name)
            || self.is_address(name)
            || self.is_brand(name)
            || self.is_person(name)
            || self.is_united(name.end)
    }

    /// Whether nothing says that `name`, which ends with no suffix, is a body: it stands alone in its line or behind a
    /// label, like a person's name.
    fn is_label(&self, name: &Found) -> bool {
        let before = name.start.checked_sub(1).and_then(|n| self.char(n));
        let is_open = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_short = name.end - name.start <= LONGEST_PERSON;
        let stands_alone = || (is_open(before) || before == Some('：')) && is_open(self.char(name.end));
        is_short && self.is_bare(name) && (stands_alone() || self.is_called(name) || self.is_of_country(name))
    }

    /// Whether `name` is all that stands behind the label that says what somebody is: 指导老师：安嘉文）.
    fn is_called(&self, name: &Found) -> bool {
        let Reading { chars, marks, .. } = self.reading;
        let Some(colon) = name.start.checked_sub(1).filter(|&n| chars[n] == '：') else { return false };
        let is_role = |length: usize| colon >= length && usize::from(marks[colon - length].title) == length;
        (2..=4).any(is_role) && self.char(name.end).is_none_or(|c| !zh::is_han(c))
    }

    /// Whether `name` is that of a person with what he or she is called behind it: 安嘉文律师.
    fn is_person(&self, name: &Found) -> bool {
        let Reading { chars, marks, .. } = self.reading;
        let Some(role) = name.end.checked_sub(ROLE).filter(|role| (2..=3).contains(&(role.saturating_sub(name.start))))
        else {
            return false;
        };
        let is_role = usize::from(marks[role].title) == ROLE || self.goes_on_with(role, "律师");
        let is_plain = |n: usize| marks[n].suffix_ending == 0 && marks[n].body == 0;
        is_role && zh::is_surname(chars[name.start]) && (name.start..name.end).all(is_plain)
    }

    /// Whether the country of `name` stands behind it in brackets, as that of a person: 贝尔恩（瑞典）.
    fn is_of_country(&self, name: &Found) -> bool {
        let Some(mark) = self.reading.marks.get(name.end + 1) else { return false };
        self.char(name.end) == Some('（')
            && mark.rank == Some(Rank::Country)
            && self.char(name.end + 1 + usize::from(mark.place)) == Some('）')
    }

    /// Whether `name` is what a thing is sold under: “青禾软香”商标.
    fn is_brand(&self, name: &Found) -> bool {
        let before = name.start.checked_sub(1).and_then(|n| self.char(n));
        before == Some('“')
            && self.char(name.end) == Some('”')
            && self.is_bare(name)
            && BRANDS.iter().any(|brand| self.goes_on_with(name.end + 1, brand))
    }

    /// Whether `name` is that of a street, and the number of a house stands behind it: 宁川市书院 + 街12号.
    fn is_address(&self, name: &Found) -> bool {
        let is_street = matches!(self.char(name.end), Some('街' | '路' | '巷' | '弄'));
        is_street && self.char(name.end + 1).is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether a word for a place or a time goes on behind the end of `name`: 蓝湖花园东 + 门, 双溪一 + 周.
    fn goes_on_in_word(&self, name: &Found) -> bool {
        let next = self.char(name.end);
        let is_site = || matches!(next, Some('门' | '路' | '街' | '站' | '侧' | '岸'));
        let is_time = || matches!(next, Some('年' | '月' | '周' | '天'));
        self.is_bare(name)
            && match self.reading.chars[name.end - 1] {
                '东' | '南' | '西' | '北' => is_site(),
                last => NUMBERS.contains(&last) && is_time(),
            }
    }
}

/// Characters of the longest name of a person that is not foreign.
const LONGEST_PERSON: usize = 4;

/// Characters of what a person is called behind the name: 律师, 教授.
const ROLE: usize = 2;

/// What is registered of a brand, behind the quotation that it stands in.
const BRANDS: [&str; 4] = ["商标", "注册商标", "地理标志", "证明商标"];

#[cfg(test)]
mod tests {
    use crate::org::tests::check;

    #[test]
    fn a_person_with_a_profession_is_no_body() {
        check("（解答人：宁远舟律师）", &[]);
    }
}
