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

#[cfg(test)]
mod tests {
    use crate::article::Kind::{Banner, Byline, Kicker, Section, Subtitle, Title};
    use crate::article::testing::check;

    #[test]
    fn a_subtitle_begins_with_a_dash() {
        check(
            "把课堂搬进车间\n\n——青川市职工技能培训纪实\n\n本报记者 周晓岚\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Subtitle, "——青川市职工技能培训纪实"), (Byline, "本报记者 周晓岚")],
        );
    }

    #[test]
    fn a_question_may_be_a_kicker() {
        check(
            "要不要换一份工作？\n\n想清楚再出发\n\n本报记者 周晓岚\n\n正文。\n",
            &[(Kicker, "要不要换一份工作？"), (Title, "想清楚再出发"), (Byline, "本报记者 周晓岚")],
        );
    }

    #[test]
    fn a_title_stands_above_the_dash_of_its_subtitle() {
        check(
            "优秀班组名单\n装配车间一班\n焊接车间二班\n涂装车间三班\n总装车间四班\n车间里的灯火\n——记装配车间工人 李望\n本报记者 周晓岚\n正文。\n",
            &[(Title, "车间里的灯火"), (Subtitle, "——记装配车间工人 李望"), (Byline, "本报记者 周晓岚")],
        );
        check(
            "# 传 灯 人\n\n**——记装配车间工人 李望**\n\n■本报记者 周晓岚\n\n正文。\n",
            &[(Title, "传 灯 人"), (Subtitle, "——记装配车间工人 李望"), (Byline, "■本报记者 周晓岚")],
        );
    }

    #[test]
    fn what_stands_below_the_highest_mark_is_a_subtitle() {
        check(
            "## 市场监管\n\n# 餐馆里的大黄鱼是养殖的\n\n### 一条鱼差价八百元\n\n本报讯 正文。\n",
            &[(Kicker, "市场监管"), (Title, "餐馆里的大黄鱼是养殖的"), (Subtitle, "一条鱼差价八百元")],
        );
    }

    #[test]
    fn a_column_stands_above_a_title_with_two_deeper_marks() {
        check(
            "# 身边\n\n## 六旬阿姨练瑜伽十年\n\n### 带出一支“银发队”\n\n正文。\n",
            &[(Banner, "身边"), (Title, "六旬阿姨练瑜伽十年"), (Subtitle, "带出一支“银发队”")],
        );
    }

    #[test]
    fn a_subtitle_says_who_spoke_or_explains() {
        check(
            "全区防汛工作会议召开\n\n周晓岚主持并讲话\n\n本报讯 正文。\n",
            &[(Title, "全区防汛工作会议召开"), (Subtitle, "周晓岚主持并讲话")],
        );
        check(
            "# 以项目之进促发展之稳\n\n青川上半年投资超三百亿元\n\n——重点项目建设综述\n\n正文。\n",
            &[(Kicker, "以项目之进促发展之稳"), (Title, "青川上半年投资超三百亿元"), (Subtitle, "——重点项目建设综述")],
        );
        check(
            "# 老街的铜匠\n\n## 一一探访最后一家铜匠铺\n\n本报记者 周晓岚\n\n正文。\n",
            &[(Title, "老街的铜匠"), (Subtitle, "一一探访最后一家铜匠铺"), (Byline, "本报记者 周晓岚")],
        );
    }

    #[test]
    fn a_subtitle_may_lack_its_dash_or_its_mark() {
        check(
            "传 灯 人\n\n记装配车间班长周晓岚\n\n本报记者 李望\n\n正文。\n",
            &[(Title, "传 灯 人"), (Subtitle, "记装配车间班长周晓岚"), (Byline, "本报记者 李望")],
        );
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n## 师傅带徒弟\n\n正文。\n\n## 徒弟变师傅\n\n正文。\n\n# 两元一碗面\n\n老板周晓岚：不涨价，是因为大家吃得起\n\n正文。\n",
            &[
                (Title, "把课堂搬进车间"),
                (Section, "师傅带徒弟"),
                (Section, "徒弟变师傅"),
                (Title, "两元一碗面"),
                (Subtitle, "老板周晓岚：不涨价，是因为大家吃得起"),
            ],
        );
    }
}
