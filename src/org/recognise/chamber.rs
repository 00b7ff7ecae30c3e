//! Chambers: what a court or a procuratorate is divided into goes on behind its name, 青川县人民法院 + 民事审判第一庭.

use super::Known;
use crate::org::OrgKind;
use crate::org::grammar::NUMBERS;
use crate::zh;

impl Known<'_> {
    /// The end of the chamber that goes on behind the court or procuratorate that ends at `end`.
    pub(super) fn chamber_behind(&self, end: usize) -> Option<usize> {
        let (chars, marks) = (&self.reading.chars, &self.reading.marks);
        if marks[end - 1].suffix_kind != Some(OrgKind::Court) || marks[end - 1].suffix_ending < 2 {
            return None;
        }
        let is_part = |&n: &usize| {
            let mark = &marks[n];
            zh::is_han(chars[n]) && mark.verb == 0 && mark.title == 0 && mark.vague_ending == 0 && mark.place == 0
        };
        let reach = (end..chars.len().min(end + LONGEST)).take_while(is_part).last()? + 1;
        (end + 2..=reach).find(|&next| {
            let is_office = OFFICES.iter().any(|word| next >= end + word.chars().count() && self.ends_with(next, word));
            is_office || self.is_bench(end, next)
        })
    }

    /// Whether `start..end` is a chamber that sits: 立案庭, 民一庭, but not 当庭.
    fn is_bench(&self, start: usize, end: usize) -> bool {
        let chars = &self.reading.chars;
        let matter = end - 2;
        chars[end - 1] == '庭'
            && self.char(end) != Some('审')
            && (NUMBERS.contains(&chars[matter]) && matter > start
                || MATTERS.iter().any(|word| self.ends_with(end - 1, word)))
    }

    fn ends_with(&self, end: usize, word: &str) -> bool {
        end.checked_sub(word.chars().count()).is_some_and(|start| self.goes_on_with(start, word))
    }
}

/// Characters of the longest chamber: 未成年人案件综合审判庭.
const LONGEST: usize = 12;

/// What procuratorates are divided into, and who carries out what a court decides.
const OFFICES: [&str; 4] = ["检察部", "检察办公室", "检察室", "执行局"];

/// What the name of a chamber says before 庭; 当庭, 开庭 and 合议庭 are no names.
const MATTERS: [&str; 9] = ["审判", "立案", "速裁", "民", "刑", "民事", "刑事", "行政", "少年"];

#[cfg(test)]
mod tests {
    use crate::org::tests::check;

    #[test]
    fn chambers_of_a_court_go_on_behind_it() {
        check("望湖区人民法院立案庭的窗口前排着长队。", &["望湖区人民法院立案庭"]);
        let office = "望湖区人民检察院未成年人检察办公室";
        check(&format!("{office}检察官安嘉禾松了一口气。"), &[office]);
        check("望湖区人民法院当庭宣判，原告撤回起诉。", &["望湖区人民法院"]);
    }
}
