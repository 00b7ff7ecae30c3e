//! Hard-wrapped paragraphs: which lines that follow each other are one paragraph, broken at the width of a column.
//!
//! Lines of one width alone prove nothing: verse, lists and tables have them too. A wrapped paragraph is cut where
//! the column ends, so its lines hold punctuation and seldom end with any, and only its last line is short.

use unicode_width::UnicodeWidthStr;

use super::{Block, Form, form};
use crate::shape::{Style, numbering};
use crate::text::{Span, Text};
use crate::zh;

/// Narrowest hard-wrapped line, in columns: newspapers set columns of ten Hanzi and more, verse is narrower.
const LEAST_WIDTH: usize = 20;

/// Widest hard-wrapped line, in columns: a line of more is a paragraph on one line.
const MOST_WIDTH: usize = 120;

/// No line of at most [`MOST_WIDTH`] columns has more bytes than this: three for two columns, and blanks at the
/// ends. Longer lines are not measured, which keeps pages of one line a paragraph at the speed of the scan.
const MOST_BYTES: usize = MOST_WIDTH / 2 * 3 + 30;

/// Lines of one column differ by this many columns: punctuation is not set at their start, Latin words not cut.
const TOLERANCE: usize = 4;

/// This many lines show a width; two lines are a cut, unless the page is known to be wrapped.
const LEAST_LINES: usize = 3;

/// This many wrapped paragraphs of one width show that the page is wrapped.
const LEAST_PARAGRAPHS: usize = 2;

/// The width at which the page is wrapped, in columns, if paragraphs of three lines and more agree on one.
pub(super) fn page_width(text: &Text, blocks: &[Block]) -> Option<usize> {
    let mut widths: Vec<usize> =
        blocks.iter().filter(|b| b.is_wrapped()).map(|b| width(text, b.lines.start + 1)).collect();
    if widths.len() < LEAST_PARAGRAPHS {
        return None;
    }
    widths.sort_unstable();
    let median = widths[widths.len() / 2];
    let agree = widths.iter().filter(|width| width.abs_diff(median) <= TOLERANCE).count();
    (agree >= LEAST_PARAGRAPHS && agree * 3 >= widths.len() * 2).then_some(median)
}

/// How many lines from `first` on are one paragraph, 1 where they are not wrapped; none begins at byte `limit` or
/// behind. `page_width` is the width that [`page_width`] found.
pub(super) fn wrapped_lines(text: &Text, first: usize, limit: usize, page_width: Option<usize>) -> usize {
    let n_lines = text.line_count();
    let fits = |n: usize| text.line(n).len() <= MOST_BYTES;
    if first + 1 >= n_lines || !fits(first) || !fits(first + 1) || text.line(first + 1).is_empty() {
        return 1;
    }
    let full = page_width.unwrap_or_else(|| width(text, first).max(width(text, first + 1)));
    if !(LEAST_WIDTH..=MOST_WIDTH).contains(&full) || !is_running(text, first) {
        return 1;
    }
    let mut end = first;
    while end < n_lines && fits(end) && (end == first || goes_on(text, end, limit)) {
        let columns = width(text, end);
        if columns > full + TOLERANCE {
            break;
        }
        end += 1;
        if columns + TOLERANCE < full {
            break;
        }
    }
    let found = end - first;
    let least = if page_width.is_some() { LEAST_LINES - 1 } else { LEAST_LINES };
    if found >= least && is_paragraph(text, first, end) { found } else { 1 }
}

/// Whether line `n` parts the paragraphs around it: it is blank, or too long to be one of several lines. No paragraph
/// goes on beyond it, and none that ends above it depends on what it says.
pub(super) fn parts(text: &Text, n: usize) -> bool {
    let line = text.line(n);
    line.len() > MOST_BYTES || text.trim(line).is_empty()
}

/// The columns of line `n`, its indentation counted: a first line that is indented is as wide as the others.
fn width(text: &Text, n: usize) -> usize {
    let line = text.line(n);
    let content = text.trim(line);
    let indent = text.slice(Span::new(line.start, content.start)).width_cjk();
    indent + text.slice(content).width_cjk()
}

/// Whether line `n` carries no mark of its own.
fn is_running(text: &Text, n: usize) -> bool {
    let content = text.trim(text.line(n));
    !content.is_empty() && form(text, content) == (Form::Text, content)
}

/// Whether line `n` can go on with the paragraph of the line above.
fn goes_on(text: &Text, n: usize, limit: usize) -> bool {
    let line = text.line(n);
    let content = text.trim(line);
    let is_item = || {
        let style = numbering(text.slice(content)).map(|numbering| numbering.style);
        style.is_some_and(|style| style != Style::Ordinal)
    };
    line.start < limit
        && is_running(text, n)
        && !text.slice(Span::new(line.start, content.start)).contains('\u{3000}')
        && !is_item()
}

/// Whether the lines read as running text: they hold punctuation, few end with any, few are rows of words.
fn is_paragraph(text: &Text, first: usize, end: usize) -> bool {
    let (mut ended, mut punctuated, mut rows) = (0, 0, 0);
    for n in first..end {
        let line = text.slice(text.trim(text.line(n)));
        let last = line.trim_end_matches(zh::closes).chars().next_back().map_or(' ', zh::fold_width);
        ended += usize::from(is_punctuation(last) && n + 1 < end);
        punctuated += usize::from(line.chars().map(zh::fold_width).any(is_punctuation));
        let words = line.split(char::is_whitespace).filter(|word| !word.is_empty()).count();
        rows += usize::from(words >= 3 && !is_latin(line));
    }
    let n_lines = end - first;
    ended * 2 < n_lines && punctuated * 3 >= n_lines && rows * 2 < n_lines
}

const fn is_punctuation(c: char) -> bool {
    zh::ends_sentence(c) || matches!(c, '，' | '、' | '；' | '：')
}

/// Whether a line is mostly Latin: its blanks stand between words.
fn is_latin(line: &str) -> bool {
    line.chars().filter(char::is_ascii_alphabetic).count() * 2 > line.chars().count()
}

#[cfg(test)]
mod tests {
    use crate::block::{Convention, Format, blocks, convention};
    use crate::text::Text;

    /// How many lines each block has.
    #[track_caller]
    fn check(source: &str, lines: &[usize]) {
        let text = Text::new(source);
        let found: Vec<_> = blocks(&text, Format::Markdown).iter().map(|b| b.lines.len()).collect();
        assert_eq!(found, lines, "{source}");
    }

    #[test]
    fn a_wrapped_paragraph_is_one_block() {
        check(
            "　　青川市总工会今年为全市各家\n企业的职工开办了二十四期技能培\n训班，已有三千多人参加，大家都\n说学到了真本领。\n\n下一段只有一行，也不短，可是独自站着。\n",
            &[4, 1],
        );
    }

    #[test]
    fn on_a_wrapped_page_two_lines_are_a_paragraph() {
        let three = "青川市总工会今年为全市各家企业\n的职工开办了二十四期技能培训班，\n已有三千多人参加。\n";
        check(&format!("{three}\n{three}\n大家都说学到了真本领，回到岗位\n上用得着。\n"), &[3, 3, 2]);
        check("大家都说学到了真本领，回到岗位\n上用得着。\n", &[1, 1]);
    }

    #[test]
    fn paragraphs_of_a_wrapped_page_may_follow_each_other_without_a_blank_line() {
        let paragraph = "　　青川市总工会今年为全市各家\n企业的职工开办了二十四期技能培\n训班，已有三千多人参加。\n";
        let source = format!("技能培训进车间\n{paragraph}{paragraph}{paragraph}");
        check(&source, &[1, 3, 3, 3]);
        let text = Text::new(source);
        assert_eq!(convention(&blocks(&text, Format::Markdown)), Convention::HardWrapped);
    }

    #[test]
    fn keeps_verse() {
        check(
            "我听见机器在夜里轻轻歌唱\n我看见灯火在雨中慢慢摇晃\n我记得师傅把扳手递到手上\n我知道明天有人从这里起航\n",
            &[1, 1, 1, 1],
        );
    }

    #[test]
    fn keeps_lists() {
        check(
            "（一）不得在库区内堆放易燃物品，\n（二）不得在库区内使用明火取暖，\n（三）不得在库区内私自拉接电线，\n",
            &[1, 1, 1],
        );
        check("办好职工食堂、澡堂和活动室；\n办好职工书屋、讲堂和托管班；\n办好职工疗养、体检和互助会；\n", &[1, 1, 1]);
    }

    #[test]
    fn keeps_tables() {
        check(
            "青川区　一百二十　三百四十五　六百\n安宁区　一百二十　三百四十五　六百\n东山区　一百二十　三百四十五　六百\n",
            &[1, 1, 1],
        );
    }

    #[test]
    fn keeps_runs_of_short_paragraphs() {
        check(
            "“你们厂今年开了几期培训班？”他问。\n“开了十二期，人人都来参加了。”我说。\n“明年还要再开，把新工艺讲透。”他说。\n",
            &[1, 1, 1],
        );
    }
}
