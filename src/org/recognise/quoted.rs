//! Bodies that a proper name in quotation marks begins, with what they are behind it: “春苗”社会工作服务中心.

use super::{COMPOUNDS, Known, Proposal};
use crate::org::OrgKind;
use crate::org::grammar::NUMBERS;
use crate::zh;

impl Known<'_> {
    /// Those that stand in the stretch.
    pub(super) fn quoted(&self) -> impl Iterator<Item = Proposal> {
        let chars = &self.reading.chars;
        (3..chars.len()).filter(|&close| chars[close] == '”').filter_map(|close| {
            let open = self.opening(close)?;
            let end = self.body_behind(open, close)?;
            let start = self.places(open).map_or(open, |(start, _)| start);
            Some(Proposal { start, end, replaces: true })
        })
    }

    /// The mark that opens the quotation that ends at `close`, if a proper name stands in it: no sentence and no honour.
    fn opening(&self, close: usize) -> Option<usize> {
        let chars = &self.reading.chars;
        let is_plain = |&n: &usize| zh::is_han(chars[n]) || chars[n].is_ascii_alphanumeric();
        let first = (close.saturating_sub(LONGEST_QUOTED)..close).rev().take_while(is_plain).last()?;
        let open = first.checked_sub(1).filter(|&open| chars[open] == '“')?;
        let is_honour = chars[first..close].iter().any(|c| HONOURS.contains(c));
        (close - first >= 2 && !is_honour).then_some(open)
    }

    /// The end of the common noun for a body that stands behind the quotation `open..=close`.
    fn body_behind(&self, open: usize, close: usize) -> Option<usize> {
        let chars = &self.reading.chars;
        let behind = close + 1;
        let is_part = |&n: &usize| {
            let mark = &self.reading.marks[n];
            let is_word = mark.verb == 0 || self.goes_on_with(n, "工作") || self.goes_on_with(n, "服务");
            zh::is_han(chars[n]) && mark.place == 0 && mark.vague_ending == 0 && is_word
        };
        let reach = (behind..chars.len().min(behind + LONGEST_NOUN)).take_while(is_part).last()? + 1;
        let end = (behind + 3..=reach).rev().find(|&end| self.is_noun(open, behind, end))?;
        let goes_on = self.char(end).is_some_and(|c| COMPOUNDS.contains(&c))
            || PROJECTS.iter().any(|word| self.goes_on_with(end, word));
        (!goes_on).then_some(end)
    }

    /// Whether `start..end`, behind the quotation that opens at `open`, says what body is called by that name.
    fn is_noun(&self, open: usize, start: usize, end: usize) -> bool {
        let (chars, last) = (&self.reading.chars, &self.reading.marks[end - 1]);
        let is_listed = last.suffix_ending >= 2;
        let is_shop = is_listed && matches!(chars[end - 1], '铺' | '馆');
        if is_shop || end - start < LEAST_NOUN || NUMBERS.contains(&chars[open + 1]) {
            return is_shop;
        }
        TEAMS.iter().any(|team| self.goes_on_with(end - team.chars().count(), team))
            || is_listed
                && match last.suffix_kind {
                    Some(OrgKind::Institute | OrgKind::Association) => true,
                    Some(OrgKind::Other) => self.goes_on_with(end - 3, "委员会"),
                    _ => false,
                }
    }
}

/// Characters of the longest proper name that is looked for in quotation marks, and of the noun behind it.
const LONGEST_QUOTED: usize = 8;
const LONGEST_NOUN: usize = 12;

/// Characters of the shortest noun: 服务队 and 联盟 behind a quotation are as often no body.
const LEAST_NOUN: usize = 4;

/// Characters of what is said in praise of a body, and not its name: “百强”, “五好”, “星级”, “示范”.
const HONOURS: [char; 10] = ['强', '佳', '优', '好', '最', '范', '级', '型', '星', '先'];

/// Groups that have a name of their own in quotation marks, though no list of suffixes holds them.
const TEAMS: [&str; 2] = ["宣讲团", "突击队"];

/// Words that make what stands before them the name of something else than a body.
const PROJECTS: [&str; 9] = ["项目", "建设", "品牌", "模式", "工程", "试点", "行动", "计划", "活动"];
