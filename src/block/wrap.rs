//! Hard-wrapped paragraphs: which lines that follow each other are one paragraph, broken at the width of a column.
//!
//! A line was broken by the column if what begins the next line had no room on it. So the lines of a paragraph agree on
//! a width that explains all its breaks ([`Widths`]), and a heading, which ends where it likes, seldom agrees with them.
//! Lines of one width alone prove nothing all the same: verse, lists and tables have them too, and so have two halves of
//! cut sentences now and then. Wrapped lines hold punctuation and seldom end with any, and the last ends a sentence.
//!
//! Where blank lines or indentation set a paragraph off, it goes from one to the next. Where nothing does, it ends with the
//! first line that ends a sentence: a full line may be its last by chance, and two paragraphs in one are worse than one in
//! two.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Block, Form, form};
use crate::shape::{Look, Style, begins_caption, numbering, shape};
use crate::text::{Span, Text};
use crate::zh;

/// Narrowest hard-wrapped line, in columns: newspapers set columns of ten Hanzi and more, verse is narrower.
const LEAST_WIDTH: usize = 20;

/// Widest hard-wrapped line, in columns: a line of more is a paragraph on one line.
const MOST_WIDTH: usize = 120;

/// No line of at most [`MOST_WIDTH`] columns has more bytes than this: three for two columns, and blanks at the
/// ends. Longer lines are not measured, which keeps pages of one line a paragraph at the speed of the scan.
const MOST_BYTES: usize = MOST_WIDTH / 2 * 3 + 30;

/// A paragraph of this many lines is one on any page, if it is set off; two lines are a cut, unless the page is known to
/// be wrapped.
const LEAST_LINES: usize = 3;

/// A paragraph that nothing sets off has so many full lines: of three lines in a row on pages of one line a paragraph two
/// are of one width now and then, where sentences were cut in two (on 4 of 272 generated pages).
const LEAST_FULL: usize = 3;

/// So many lines without the end of a sentence are a list or verse, however far they go on: of 23,000 sentences of
/// newspapers one in a thousand takes more than 22 lines of the narrowest column. It keeps the cost of such a file linear.
const MOST_WITHOUT_STOP: usize = 24;

/// This many wrapped paragraphs of one width show that the page is wrapped.
const LEAST_PARAGRAPHS: usize = 2;

/// By so many columns of half a Hanzi the lines of a paragraph that is set off may miss the width that explains them all: an
/// indentation that was lost, punctuation that was squeezed. What is not set off is told from headings by its width alone.
const TOLERANCE: usize = 4;

/// The widths of a column, in columns of half a Hanzi, that explain why lines were broken where they were.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    least: usize,
    most: usize,
}

impl Widths {
    const ANY: Self = Self { least: LEAST_WIDTH, most: MOST_WIDTH };

    /// Those of them that hold `line`, broken before `next` if there is one; none if they miss each other by more than
    /// `tolerance`.
    fn explain(self, line: &Line, next: Option<&Line>, tolerance: usize) -> Option<Self> {
        let least = self.least.max(line.narrow);
        let most = next.map_or(self.most, |next| self.most.min(line.wide + next.first - 1));
        (least <= most + tolerance).then_some(Self { least, most })
    }
}

/// What a line measures. Punctuation is set on half its width behind other punctuation, and beyond the edge of the column
/// at the end of a line; quotes, figures, letters and blanks are as wide as half a Hanzi or as a whole one.
#[derive(Debug)]
struct Line {
    /// The least that it may be wide, indentation included.
    narrow: usize,
    /// The most.
    wide: usize,
    /// The most that the first piece of it measures that no line break goes through.
    first: usize,
}

impl Line {
    fn new(text: &Text, n: usize) -> Self {
        let (indent, content) = (indent(text, n).width_cjk(), content(text, n));
        let most = |c: char| if columns(c) > 0 { 2 } else { 0 };
        let hung = content.trim_end_matches(hangs);
        let mut is_behind_mark = false;
        let least = |c: char| {
            let is_squeezed = std::mem::replace(&mut is_behind_mark, zh::opens(c) || hangs(c)) && is_behind_mark;
            if is_squeezed || matches!(c, '“' | '”' | '‘' | '’') { 1 } else { columns(c) }
        };
        Self {
            narrow: indent + hung.chars().map(least).sum::<usize>(),
            wide: indent + content.chars().map(most).sum::<usize>(),
            first: first_piece(content).width_cjk().max(1),
        }
    }
}

fn columns(c: char) -> usize {
    c.width_cjk().unwrap_or(0)
}

/// Whether no line begins with `c`: it hangs on what stands before it.
const fn hangs(c: char) -> bool {
    zh::closes(c) || is_punctuation(zh::fold_width(c)) || matches!(c, '·' | '%' | '％')
}

/// The first piece of `content` that no line break goes through: a Hanzi with the punctuation on both of its sides, a
/// word in Latin letters, a figure, a dash.
fn first_piece(content: &str) -> &str {
    let core = content.trim_start_matches(zh::opens);
    let first = core.chars().next().unwrap_or_default();
    let is_of_it =
        |c: char| c == first && matches!(c, '—' | '…') || c.is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
    let rest = core[first.len_utf8().min(core.len())..].trim_start_matches(is_of_it).trim_start_matches(hangs);
    &content[..content.len() - rest.len()]
}

/// The widths at which the page is wrapped, if the paragraphs that tell it by themselves agree.
pub(super) fn page_widths(text: &Text, blocks: &[Block]) -> Option<Widths> {
    let widths = |block: &Block| {
        let lines: Vec<Line> = block.lines.clone().map(|n| Line::new(text, n)).collect();
        let next = lines.iter().skip(1).map(Some).chain([None]);
        lines.iter().zip(next).try_fold(Widths::ANY, |widths, (line, next)| widths.explain(line, next, TOLERANCE))
    };
    let found: Vec<Widths> = blocks.iter().filter(|b| b.is_wrapped()).filter_map(widths).collect();
    if found.len() < LEAST_PARAGRAPHS {
        return None;
    }
    let mut most: Vec<usize> = found.iter().map(|widths| widths.most).collect();
    most.sort_unstable();
    // Where the next piece is one Hanzi, the line before it lacks one column of two at most.
    let page = Widths { least: most[most.len() / 2] - 1, most: most[most.len() / 2] };
    let agree = found.iter().filter(|widths| widths.least <= page.most && page.least <= widths.most).count();
    (agree >= LEAST_PARAGRAPHS && agree * 3 >= found.len() * 2).then_some(page)
}

/// How many lines from `first` on are one paragraph, 1 where they are not wrapped; none begins at byte `limit` or
/// behind. `page` are the widths that [`page_widths`] found.
pub(super) fn wrapped_lines(text: &Text, first: usize, limit: usize, page: Option<Widths>) -> usize {
    let end_of_lines = |reach| end_of_lines(text, first, limit, page.unwrap_or(Widths::ANY), reach);
    let set_off = if is_apart(text, first) { end_of_lines(Reach::SetOff) } else { first };
    let is_set_off = set_off > first + 1 && (set_off == text.line_count() || is_apart(text, set_off));
    let end = if is_set_off { set_off } else { end_of_lines(Reach::FirstSentence) };
    if end - first < 2 || !may_begin(text, first) || !is_set_off && reads_as_heading(content(text, first)) {
        return 1;
    }
    let ends = |n: usize| ends_paragraph(content(text, n));
    // A line that ends nothing is the last of a paragraph only where the paragraph was cut; else it is a heading.
    let is_cut = page.is_some() && is_set_off && !ends(end - 1) && !ends(end - 2);
    let end = if ends(end - 1) || is_cut { end } else { end - 1 };
    if end == first {
        return 1;
    }
    let least = match page {
        Some(_) if ends(end - 1) => 2,
        Some(_) => LEAST_LINES,
        None if !ends(end - 1) => return 1,
        None if is_set_off => LEAST_LINES,
        None => LEAST_FULL + 1,
    };
    let n_lines = end - first;
    if n_lines >= least && is_paragraph(text, first..end, page.is_some()) { n_lines } else { 1 }
}

/// How far lines are followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// As far as one width explains them, about.
    SetOff,
    /// As far as one width explains them exactly, up to the first that ends a sentence and leaves no quotation open.
    FirstSentence,
}

/// The end of the lines from `first` on that one width explains: each was broken where the next had no room.
fn end_of_lines(text: &Text, first: usize, limit: usize, widths: Widths, reach: Reach) -> usize {
    let fits = |n: usize| n < text.line_count() && text.line(n).len() <= MOST_BYTES && !text.line(n).is_empty();
    let mut end = first + 1;
    if !fits(first) || !fits(end) || !is_running(text, first) {
        return end;
    }
    let tolerance = if reach == Reach::SetOff { TOLERANCE } else { 0 };
    let mut line = Line::new(text, first);
    let mut widths = widths.explain(&line, None, tolerance);
    let (mut quotations, mut without_stop) = (0_usize, 0);
    while let Some(known) = widths
        && without_stop < MOST_WITHOUT_STOP
    {
        let mut has_stop = false;
        for c in content(text, end - 1).chars().filter(|c| !zh::is_han(*c)) {
            has_stop |= zh::ends_sentence(c);
            if zh::opens(c) {
                quotations += 1;
            } else if zh::closes(c) {
                quotations = quotations.saturating_sub(1);
            }
        }
        without_stop = if has_stop { 0 } else { without_stop + 1 };
        let is_over = reach == Reach::FirstSentence && quotations == 0 && ends_paragraph(content(text, end - 1));
        if is_over || !fits(end) || !goes_on(text, end, limit) {
            break;
        }
        let next = Line::new(text, end);
        widths = known.explain(&line, Some(&next), tolerance).and_then(|widths| widths.explain(&next, None, tolerance));
        line = next;
        end += usize::from(widths.is_some());
    }
    end
}

/// Whether line `n` parts the paragraphs around it: it is blank, or too long to be one of several lines. No paragraph
/// goes on beyond it, and none that ends above it depends on what it says.
pub(super) fn parts(text: &Text, n: usize) -> bool {
    let line = text.line(n);
    line.len() > MOST_BYTES || text.trim(line).is_empty()
}

/// Whether line `n` is set off from the one above: by a blank line, by indentation, by the mark of either.
fn is_apart(text: &Text, n: usize) -> bool {
    n == 0 || is_indented(text, n) || !is_running(text, n) || !is_running(text, n - 1)
}

fn content(text: &Text, n: usize) -> &str {
    text.slice(text.trim(text.line(n)))
}

fn indent(text: &Text, n: usize) -> &str {
    let line = text.line(n);
    text.slice(Span::new(line.start, text.trim(line).start))
}

/// Whether line `n` begins further to the right than the one above, as paragraphs do.
fn is_indented(text: &Text, n: usize) -> bool {
    let above = n.checked_sub(1).map_or("", |above| indent(text, above));
    indent(text, n).contains('\u{3000}') || indent(text, n).width_cjk() >= above.width_cjk() + 2
}

/// Whether line `n` holds text and carries no mark of its own.
fn is_running(text: &Text, n: usize) -> bool {
    let content = text.trim(text.line(n));
    !content.is_empty() && form(text, content) == (Form::Text, content)
}

/// Whether line `n` can go on with the paragraph of the line above.
fn goes_on(text: &Text, n: usize, limit: usize) -> bool {
    let content = content(text, n);
    let is_item = || numbering(content).is_some_and(|numbering| numbering.style != Style::Ordinal);
    let begins = || {
        let shape = shape(content);
        // In mid-sentence a line may look like a date by chance, and not like who wrote the article.
        let is_surely = matches!(shape.look, Look::Byline | Look::Credit | Look::Signature | Look::Jump | Look::Label);
        let is_of_its_own = is_surely || shape.look.is_apart() && ends_paragraph(self::content(text, n - 1));
        shape.lead || is_of_its_own || begins_caption(content)
    };
    text.line(n).start < limit && is_running(text, n) && !is_indented(text, n) && !is_item() && !begins()
}

/// Whether line `n` can be the first of a paragraph of several lines.
fn may_begin(text: &Text, n: usize) -> bool {
    let shape = shape(content(text, n));
    shape.lead || !shape.look.is_apart() && shape.look != Look::Label
}

/// Whether `line` reads as a heading that is as wide as the column by chance: two phrases with a blank or a colon between
/// and no other punctuation.
fn reads_as_heading(line: &str) -> bool {
    let shape = shape(line);
    let n_colons = line.chars().filter(|c| zh::fold_width(*c) == '：').count();
    let is_parted = shape.phrase_gaps > 0 || n_colons > 0;
    is_parted && shape.stops == 0 && shape.pauses as usize == n_colons && !shape.lead
}

/// Whether `line` ends as the last of a paragraph does: with the end of a sentence, with who wrote it in brackets, with
/// what introduces a list.
fn ends_paragraph(line: &str) -> bool {
    zh::is_closed(line) || line.ends_with(['）', ')', '：', ':'])
}

/// Whether `lines` read as running text: they hold punctuation, and few are rows of words. Where no width is `known` of
/// the page, few end with punctuation, either.
fn is_paragraph(text: &Text, lines: Range<usize>, known: bool) -> bool {
    let (mut stopped, mut ended, mut punctuated, mut rows) = (0, 0, 0, 0);
    for n in lines.clone() {
        let line = content(text, n);
        let last = line.trim_end_matches(zh::closes).chars().next_back().map_or(' ', zh::fold_width);
        stopped += usize::from(zh::ends_sentence(last) && n + 1 < lines.end);
        ended += usize::from(is_punctuation(last) && n + 1 < lines.end);
        punctuated += usize::from(line.chars().map(zh::fold_width).any(is_punctuation));
        let words = line.split(char::is_whitespace).filter(|word| !word.is_empty()).count();
        rows += usize::from(words >= 3 && !is_latin(line));
    }
    let n_lines = lines.len();
    (known || ended * 2 < n_lines && stopped * 2 < n_lines - 1) && punctuated * 3 >= n_lines && rows * 2 < n_lines
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
    fn lines_agree_on_a_width_that_explains_their_breaks() {
        // Figures are as wide as half a Hanzi or as a whole one; what hangs on a character goes with it.
        check(
            "本报讯（通讯员 李望 文/图）11月\n的青川，气温已经降到了零下十二度。\n上午八点，市总工会的慰问车从3号\n门出发，“暖心包”装了满满一车。\n",
            &[4],
        );
        // The first line had room for a character more, and is a heading for all that is known.
        check(
            "培训进车间\n青川市总工会今年为各企业职工\n的培训开办了二十四期技能培训班，\n已有三千多人参加，大家都说学到了\n真本领。\n",
            &[1, 1, 1, 1, 1],
        );
    }

    /// Two wrapped paragraphs that nothing sets off, each with a heading above it and a full line in its middle that
    /// ends a sentence, or none.
    const BARE: &str = "培训进车间\n青川市总工会今年为全市各家企业\n的职工开办了二十四期技能培训班，\n已有三千多人参加。大家说，在这\n里学到了真本领。\n师傅带徒弟\n记者：今年还有哪些新的打算呢？\n李望：我们要把课堂搬到车间里，\n让更多的人听得到，也让讲课的人\n看得见问题在哪里，同机器在一起\n才讲得清楚。\n";

    #[test]
    fn where_nothing_sets_paragraphs_off_they_end_with_a_sentence() {
        check(BARE, &[1, 4, 1, 1, 4]);
        let two = "青川市总工会今年为全市各家企业\n的职工开办了二十四期技能培训班。\n已有三千多人参加培训，其中六百\n人取得了证书。\n";
        check(&format!("{BARE}以赛代训\n{two}"), &[1, 4, 1, 1, 4, 1, 2, 2]);
        check(&format!("{BARE}\n{two}"), &[1, 4, 1, 1, 4, 4]);
    }

    #[test]
    fn keeps_headings_of_the_width_of_the_column() {
        check(&format!("{BARE}“课堂”进车间 “证书”到手中\n{BARE}"), &[1, 4, 1, 1, 4, 1, 1, 4, 1, 1, 4]);
        check(&format!("{BARE}青川市：二十四期培训班开进车间\n{BARE}"), &[1, 4, 1, 1, 4, 1, 1, 4, 1, 1, 4]);
    }

    #[test]
    fn keeps_bylines_credits_and_captions() {
        let three =
            "青川市总工会今年为全市各家企业\n的职工开办了二十四期技能培训班，\n已有三千多人参加，大家学到真本\n";
        check(&format!("本报记者 周晓岚 通讯员 李望之\n{three}领。\n"), &[1, 4]);
        check(&format!("{three}图为职工在认真听讲。\n本报记者 李望 摄\n"), &[1, 1, 1, 1, 1]);
    }

    #[test]
    fn a_line_that_ends_no_sentence_is_no_last_line() {
        // Two finished sentences, of which one is cut, and the heading of what follows.
        check("去年，公司被定为全市的改革示范单位。\n今年，公司的经验在全市推广，已有一\n工匠擂台\n", &[1, 1, 1]);
        check(
            "　　周晓岚、李望、欧阳靖等人参加了会见和座谈会。\n据介绍，这个地区今年计划开办二十四期培训班，预计明年\n能办到三十六期，每期二十天。\n",
            &[1, 1, 1],
        );
        check(
            "从今年3月1日起，职工的疗养费用等六项支出纳入\n市总工会专项资金的支付范围，最高可以支付六成。\n东山区：劳模疗养院开门迎客\n",
            &[1, 1, 1],
        );
    }

    #[test]
    fn keeps_verse() {
        check(
            "我听见机器在夜里轻轻歌唱\n我看见灯火在雨中慢慢摇晃\n我记得师傅把扳手递到手上\n我知道明天有人从这里起航\n",
            &[1, 1, 1, 1],
        );
        check("灯火是雨夜里的庄稼人\n种下了扳手、焊花\n和头一班汽笛\n", &[1, 1, 1]);
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
