//! Short lines in a row: verse, a table, a list of names. None of them heads anything.

use std::ops::Range;

use super::lines::Lines;
use crate::block::{Convention, Form};
use crate::shape::{Ending, Look};

/// A line of at most this many characters may be one of verse or of a list.
pub(super) const MOST_RUN_CHARS: u32 = 20;

/// For each block whether it is one of many short lines in a row.
pub(super) fn runs(lines: &Lines) -> Vec<bool> {
    let is_name = |n: usize| lines.shapes.get(n).is_some_and(|shape| shape.look == Look::Name);
    let is_short = |n: usize| {
        let shape = &lines.shapes[n];
        lines.blocks[n].form == Form::Text
            && matches!(shape.look, Look::Plain | Look::Name)
            && shape.chars <= MOST_RUN_CHARS
            && shape.ending != Ending::Stop
            && !(shape.first == '（' && shape.last == '）')
    };
    // Two short lines above a line: it is one of them, whatever stands below it.
    let goes_on = |n: usize| n >= 2 && is_short(n - 1) && is_short(n - 2);
    let may_be = |n: usize| {
        // A name below a line makes a title of it, and of itself a byline: verse begins below the two.
        let is_title = || {
            !is_name(n) && is_name(n + 1) && !is_name(n + 2) && !goes_on(n)
                || lines
                    .shapes
                    .get(n + 1)
                    .is_some_and(|below| below.lead || below.look == Look::Byline || below.first == '—')
        };
        let is_byline = || is_name(n) && n > 0 && !is_name(n - 1) && !is_name(n + 1) && !goes_on(n);
        is_short(n) && !is_title() && !is_byline()
    };
    let mut runs = vec![false; lines.blocks.len()];
    let mut start = 0;
    while start < runs.len() {
        let mut end = start;
        while end < runs.len() && may_be(end) && (end == start || joins_run(lines, end)) {
            end += 1;
        }
        let is_cycle = start > 0 && is_poem_of_cycle(lines, start - 1) && end - start >= LEAST_OF_POEM;
        let is_regular = || is_regular_verse(lines, start, end);
        let is_list = || end - start >= least_run(lines, start..end) && !is_series(lines, start, end);
        if is_cycle || is_list() || is_regular() {
            runs[start..end].fill(true);
        }
        start = end.max(start + 1);
    }
    mark_verse(lines, &mut runs);
    runs
}

/// Marks the lines of verse that has marks at the ends of its lines: 秋天有好多口袋，. A line without one is of it behind a line
/// that goes on, and may be the title of the next poem behind one that ends.
fn mark_verse(lines: &Lines, runs: &mut [bool]) {
    let is_line = |n: usize| {
        let shape = &lines.shapes[n];
        lines.blocks[n].form == Form::Text
            && shape.look == Look::Plain
            && shape.chars <= MOST_VERSE
            && shape.unclosed + shape.unopened == 0
            && shape.first != '“'
    };
    let mut start = 0;
    while start < runs.len() {
        // Most lines are paragraphs, and no verse begins without a pause.
        if lines.shapes[start].ending != Ending::Pause || !is_line(start) {
            start += 1;
            continue;
        }
        let ends = |n: usize| lines.shapes[n].ending == Ending::Stop;
        let is_verse = |n: usize| {
            is_line(n)
                && joins_run(lines, n)
                && (!ends(n - 1) || matches!(lines.shapes[n].ending, Ending::Pause | Ending::Stop))
        };
        let end = (start + 1..runs.len()).find(|n| !is_verse(*n)).unwrap_or(runs.len());
        let n_pauses = (start..end).filter(|n| lines.shapes[*n].ending == Ending::Pause).count();
        if end - start >= LEAST_VERSE && n_pauses >= LEAST_PAUSES {
            runs[start..end].fill(true);
        }
        start = end;
    }
}

/// A line of such verse has at most this many characters; there are so many lines, and so many that end in a comma.
const MOST_VERSE: u32 = 14;
const LEAST_VERSE: usize = 4;
const LEAST_PAUSES: usize = 2;

/// Whether block `n` is what a poem of a cycle is called: 其一.
fn is_poem_of_cycle(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    shape.first == '其' && shape.chars <= 3 && shape.numbering.is_some()
}

/// A poem has at least this many lines where its number says that it is one.
const LEAST_OF_POEM: usize = 2;

/// Whether the blocks from `start` to `end` are a poem of four lines or more, each of five characters or each of seven, that
/// stand close.
fn is_regular_verse(lines: &Lines, start: usize, end: usize) -> bool {
    let chars = lines.shapes[start].chars;
    let is_line = |n: usize| {
        let shape = &lines.shapes[n];
        shape.chars == chars
            && shape.han == chars
            && lines.mark(n).is_none()
            && (n == start || lines.blocks[n].blank_before == 0)
    };
    end - start >= 4 && matches!(chars, 5 | 7) && (start..end).all(is_line)
}

/// Lines of a run stand at the same distance; a gap that differs ends it.
fn joins_run(lines: &Lines, n: usize) -> bool {
    lines.blocks[n].blank_before <= 1
}

/// A banner, a kicker, a title, a subtitle and a label may stand in a row, with blank lines between; lines that
/// follow each other without one, on a page that sets blank lines between paragraphs, are a list from three on.
fn least_run(lines: &Lines, run: Range<usize>) -> usize {
    let start = run.start;
    let dense = lines.blocks.get(start + 1).is_some_and(|next| next.blank_before == 0);
    // A name and lines of verse below the marked title of a poem.
    let is_marked = |above: usize| start >= above && lines.mark(start - above).is_some();
    let is_named = || start > 0 && lines.shapes[start - 1].look == Look::Name;
    let is_poem = || (is_marked(1) || is_named() && is_marked(2)) && lines.mark(start).is_none();
    // Nor do four lines without marks stand above a marked heading that they belong to.
    let is_enclosed = || lines.blocks.get(run.end).is_some_and(|below| below.mark().is_some());
    // Below who wrote it a poem begins, and no heading of several lines.
    let is_below_author = || start > 1 && lines.shapes[start - 1].look == Look::Name;
    match lines.convention {
        Convention::BlankLine | Convention::HardWrapped if dense => 3,
        Convention::BlankLine | Convention::HardWrapped if is_poem() => {
            if is_enclosed() {
                4
            } else {
                5
            }
        }
        Convention::BlankLine | Convention::HardWrapped => 6,
        Convention::Line | Convention::Indented if is_below_author() => 4,
        Convention::Line | Convention::Indented => 5,
    }
}

/// Lines of one length with blank lines between them are the headings of boxes: 坚定信念，对党忠诚.
fn is_series(lines: &Lines, start: usize, end: usize) -> bool {
    let chars = lines.shapes[start].chars;
    (start..end).all(|n| lines.shapes[n].chars == chars && (n == start || lines.blocks[n].blank_before > 0))
}

#[cfg(test)]
mod tests {
    use crate::article::Kind::{Banner, Byline, Section, Title};
    use crate::article::testing::check;

    #[test]
    fn verse_has_a_title_and_lines() {
        check(
            "车间里的灯火\n\n周晓岚\n\n灯火亮起来\n在雨夜里\n像一串串果实\n挂满厂房\n照亮了回家的路\n\n把课堂搬进车间\n\n本报讯 正文。\n",
            &[(Title, "车间里的灯火"), (Byline, "周晓岚"), (Title, "把课堂搬进车间")],
        );
    }

    #[test]
    fn lines_of_one_length_are_boxes() {
        check(
            "## 班组长的“法宝”\n\n正文。\n\n\n技术过硬，肯教徒弟\n\n\n说话算数，办事公道\n\n\n安全在前，质量在心\n\n## 让职工走进温暖的家\n\n本报讯 正文。\n",
            &[
                (Title, "班组长的“法宝”"),
                (Section, "技术过硬，肯教徒弟"),
                (Section, "说话算数，办事公道"),
                (Section, "安全在前，质量在心"),
                (Title, "让职工走进温暖的家"),
            ],
        );
    }

    #[test]
    fn verse_with_a_line_that_might_be_a_name_is_verse() {
        check(
            "蒲公英（外一首）\n\n□周晓岚\n\n风一吹\n\n它就把家拆了\n\n每一粒种子\n\n都带走一把小伞\n\n路灯\n\n它站在那里\n\n只把影子还给行人\n\n豆腐西施\n\n□李望\n\n正文。\n",
            &[(Title, "蒲公英（外一首）"), (Byline, "□周晓岚"), (Title, "豆腐西施"), (Byline, "□李望")],
        );
    }

    #[test]
    fn lists_below_an_article_are_text() {
        for list in [
            "1993年3月　开发区挂牌成立\n\n2001年8月　首家企业入驻\n\n2010年9月　升级为省级开发区",
            "组　长：周晓岚\n\n副组长：李　望　何　芳\n\n成　员：江　帆　杜　薇",
            "导演：周晓岚\n\n领唱：李望\n\n主演：何芳、江帆",
            "15:30 足球 青川—安宁\n\n19:35 篮球 东城—西城",
            "1.身份证复印件\n\n2.户口簿复印件\n\n3.一寸照片两张",
            "1.下列哪种动物冬眠？\n\nA.刺猬　B.兔子　C.狐狸",
            "女子铅球：1、周晓岚（青川）19米12；2、李望（安宁）18米63",
            "9.68\n\n亿元，是今年的投资规模\n\n18\n\n处，是已经开工的水库数量",
            "日前公布的青川市最美家庭名单里，安宁区共有三户人家上榜，他们是：\n\n东街街道 周晓岚家庭\n\n西街街道 李望家庭\n\n水塔街道 何芳家庭",
        ] {
            check(
                &format!("# 把课堂搬进车间\n\n本报讯 正文。\n\n{list}\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n"),
                &[(Title, "把课堂搬进车间"), (Title, "区图书馆新馆开馆")],
            );
        }
    }

    #[test]
    fn verse_with_stops_is_verse() {
        check(
            "### 冬天的衣兜\n\n青川小学三（2）班　周晓岚\n\n冬天有好多衣兜，\n\n一个装雪花，\n\n最小的那个\n\n装着我的铅笔头。\n\n风来掏衣兜，\n\n掏出一把\n\n亮晶晶的星。\n",
            &[(Title, "冬天的衣兜"), (Byline, "青川小学三（2）班　周晓岚")],
        );
        check(
            "## 灯火二首\n\n### 其一\n\n夜夜江边守一灯\n\n风来雨去几人经\n\n船家不问灯前客\n\n### 其二\n\n一盏灯亮着\n\n夜就浅了\n",
            &[(Title, "灯火二首"), (Section, "其一"), (Section, "其二")],
        );
        check(
            "把课堂搬进车间\n　　本报讯正文。\n　　正文。\n题江灯\n周晓岚\n夜夜江边守一灯\n风来雨去几人经\n船家不问灯前客\n只把归期说与星\n",
            &[(Title, "把课堂搬进车间"), (Title, "题江灯"), (Byline, "周晓岚")],
        );
        check(
            "把课堂搬进车间\n　　本报讯正文。\n　　正文。\n望灯\n周晓岚\n还没有到夜里\n江上就有了\n一盏不说话的灯\n多想走近\n",
            &[(Title, "把课堂搬进车间"), (Title, "望灯"), (Byline, "周晓岚")],
        );
    }

    #[test]
    fn four_lines_between_marks_are_verse() {
        check(
            "# 老井（外一首）\n\n周晓岚\n\n小时候，井是村子的灯\n\n早晨我们去看它\n\n它也看我们\n\n水声一圈一圈\n\n如今它睡了\n\n\
            ## 渡口\n\n船把名字写在水里\n\n走一程，忘一程\n\n走到下游，才舍得\n\n把它还给江\n\n## 水塔副刊\n\n# 一条江的早晨\n\n李望\n\n正文。\n",
            &[
                (Title, "老井（外一首）"),
                (Byline, "周晓岚"),
                (Section, "渡口"),
                (Banner, "水塔副刊"),
                (Title, "一条江的早晨"),
                (Byline, "李望"),
            ],
        );
    }
}
