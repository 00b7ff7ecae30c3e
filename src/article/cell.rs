//! Cells and rows of tables that are set as lines: fields, figures, ranks, guests, what a timetable holds. None of them heads
//! anything.

use super::lines::{Lines, MOST_LONG};
use super::run::MOST_RUN_CHARS;
use crate::block::Form;
use crate::shape::{Ending, Look, MOST_FIELD_NAME, MOST_LABEL, Shape, begins_field};
use crate::text::is_blank;
use crate::zh;

/// Whether block `n` is a cell or a row of a table that is set as lines: a name with its value (咨询电话：12333,
/// 办公时间：… above 地址：…), or names and figures between blanks, several in a row.
pub(super) fn is_cell(lines: &Lines, n: usize) -> bool {
    let is_plain = |n: usize| lines.blocks[n].form == Form::Text && lines.shapes[n].stops == 0;
    let is_field = |n: usize| is_plain(n) && is_field(lines.content(n));
    let is_row =
        |at: usize| is_plain(at) && lines.shapes[at].gaps >= 2 && lines.shapes[at].gaps == lines.shapes[n].gaps;
    let has_figures = |at: usize| {
        let cells = lines.content(at).split(is_blank);
        cells.filter(|cell| cell.contains(|c: char| zh::fold_width(c).is_ascii_digit())).count() >= 2
    };
    let end = lines.blocks.len();
    let beside = |holds: &dyn Fn(usize) -> bool| n > 0 && holds(n - 1) || n + 1 < end && holds(n + 1);
    let is_event = |n: usize| is_plain(n) && lines.shapes[n].gaps > 0 && is_dated(lines.content(n));
    let is_figure = |n: usize| is_plain(n) && is_figure(lines.content(n));
    let is_row_of_three = |first: usize| first + 3 <= end && (first..first + 3).all(is_row);
    let shape = &lines.shapes[n];
    is_ranking(lines, n)
        || is_listed(lines, n)
        || is_counted_above(lines, n)
        || is_event(n) && beside(&is_event)
        || is_figure(n) && beside(&is_figure)
        || is_plain(n) && n + 1 < end && [n, n + 1].into_iter().all(|n| begins_field(lines.content(n)))
        || is_plain(n) && lines.content(n).starts_with("单位：")
        || is_field(n)
            && (shape.digits * 2 >= shape.chars || beside(&|n| is_field(n) || lines.shapes[n].look == Look::Imprint))
        || is_row(n) && has_figures(n) && beside(&is_row)
        || is_row(n) && (n.saturating_sub(2)..=n).any(is_row_of_three)
}

/// Whether block `n` is one of three lines or more, each of two words, below a line that ends in a colon: 获奖家庭如下： above
/// 东街街道 周晓岚家庭; or one of the guests of a talk: 周晓岚 青川机械厂钳工班长 below 嘉宾.
fn is_listed(lines: &Lines, n: usize) -> bool {
    let is_row = |n: usize| {
        let shape = &lines.shapes[n];
        shape.gaps == 1
            && shape.chars <= MOST_GUEST
            && shape.pauses + shape.stops == 0
            && lines.blocks[n].form == Form::Text
            && lines.mark(n).is_none()
    };
    if !is_row(n) {
        return false;
    }
    let start = (n.saturating_sub(MOST_LISTED)..n).rev().take_while(|at| is_row(*at)).last().unwrap_or(n);
    let end = (n..lines.blocks.len()).take(MOST_LISTED).take_while(|at| is_row(*at)).last().unwrap_or(n);
    if start == 0 {
        return false;
    }
    let above = &lines.shapes[start - 1];
    let are_short = || (start..=end).all(|n| lines.shapes[n].chars <= MOST_RUN_CHARS);
    let are_guests =
        above.chars <= MOST_LABEL && lines.content(start - 1).trim_end_matches(['：', ':']).ends_with("嘉宾");
    end > start && are_guests || end - start >= 2 && above.ending == Ending::Colon && are_short()
}

/// A guest and who that is have at most this many characters.
const MOST_GUEST: u32 = 30;

/// So many lines of a list are looked at on either side.
const MOST_LISTED: usize = 12;

/// Whether block `n` says what the figure is that stands by itself above: 9.68 ¶ 亿元，是今年的投资规模.
fn is_counted_above(lines: &Lines, n: usize) -> bool {
    let is_figure = |shape: &Shape| shape.digits > 0 && shape.han == 0 && shape.chars as usize <= MOST_FIGURE;
    n > 0
        && lines.shapes[n].pauses > 0
        && is_figure(&lines.shapes[n - 1])
        && lines.blocks[n - 1].form == Form::Text
        && lines.content(n).chars().take(MOST_UNIT + 1).any(|c| matches!(c, '，' | ','))
}

/// A unit has at most this many characters: 万公里.
const MOST_UNIT: usize = 3;

/// Whether block `n` tells who came first, second and third: 女子铅球：1、…；2、….
fn is_ranking(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    let ranks = |content: &str| {
        let first =
            content.split_once(['：', ':']).map(|(_, ranked)| ranked).filter(|ranked| ranked.starts_with("1、"));
        first.is_some_and(|ranked| ["；2、", ";2、"].iter().any(|second| ranked.contains(second)))
    };
    shape.chars <= MOST_LONG && shape.digits >= 2 && shape.pauses >= 3 && ranks(lines.content(n))
}

/// Whether `content` is a figure and what it counts, as a box sets them: 46.2万吨　上半年产量.
fn is_figure(content: &str) -> bool {
    let Some((figure, counted)) = content.split_once(is_blank) else { return false };
    let is_short = |text: &str, most| text.chars().count() <= most;
    figure.starts_with(|c: char| c.is_ascii_digit())
        && !is_dated(content)
        && is_short(figure, MOST_FIGURE)
        && is_short(counted, MOST_COUNTED)
        && counted.chars().all(|c| zh::is_han(c) || is_blank(c))
        && figure.contains(|c: char| zh::is_han(c) || matches!(c, '%' | '％' | '℃'))
}

/// Such a figure has at most this many characters with its unit, and what it counts so many.
const MOST_FIGURE: usize = 8;
const MOST_COUNTED: usize = 12;

/// Whether `content` begins with a date or a time of day: 1993年3月　…, 19:35 ….
fn is_dated(content: &str) -> bool {
    let first = content.split(is_blank).next().unwrap_or_default();
    let folded = || first.chars().map(zh::fold_width);
    folded().next().is_some_and(|c| c.is_ascii_digit())
        && folded()
            .all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '时' | '分' | '：' | '.' | '-' | '—'))
        && folded().any(|c| matches!(c, '年' | '月' | '日' | '时' | '：'))
}

/// Whether `content` is the name of a thing, a colon and its value; a name of two may be set as wide as one of three.
fn is_field(content: &str) -> bool {
    let Some((name, value)) = content.split_once(['：', ':']) else { return false };
    let n_han = name.chars().filter(|c| zh::is_han(*c)).count();
    (2..=MOST_FIELD_NAME).contains(&n_han)
        && name.chars().all(|c| zh::is_han(c) || is_blank(c))
        && value.starts_with(|c| !is_blank(c))
}

#[cfg(test)]
mod tests {
    use crate::article::Kind::{Label, Title};
    use crate::article::testing::check;

    #[test]
    fn guests_of_a_talk_are_text() {
        check(
            "# “进厂”的路不止一条\n\n嘉宾\n\n徐师傅 青川机械厂钳工班长\n\n小李 安宁技师学院数控专业毕业生\n\n\
            主持人：近日，本报发起一场讨论，请两位来谈谈。\n\n徐师傅：我在车间里干了三十年，带过二十个徒弟。\n",
            &[(Title, "“进厂”的路不止一条"), (Label, "嘉宾")],
        );
    }

    #[test]
    fn the_fields_of_a_form_are_text() {
        check("把课堂搬进车间\n\n本报讯 正文。\n\n来电：市民周女士\n\n反映：正文。\n", &[(Title, "把课堂搬进车间")]);
    }

    #[test]
    fn a_box_of_figures_is_text() {
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n46.2万册 上半年借阅\n\n97.3% 到馆率\n\n216位 新读者\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n",
            &[(Title, "把课堂搬进车间"), (Title, "区图书馆新馆开馆")],
        );
    }
}
