//! What each block is: by its form, by its look, by the score of [`super::heading`], and by what stands around it.
//!
//! A block that is half of a cut sentence is never a heading, and whether it is one is for [`crate::seam`] to say; what
//! is decided here is everything else. What sort of heading a block is depends on the headings around it:
//! [`super::group`] decides that.

use super::heading::{self, Around};
use super::lines::{Lines, by_form, by_look};
use super::{Kind, letters, signature};
use crate::block::Form;
use crate::seam::{Seam, SeamKind};
use crate::shape::{self, Ending, Look, MOST_LABEL, begins_turn};
use crate::zh;

/// Where the score turns a line into a heading.
const THRESHOLD: f32 = 0.0;

/// The kinds of all blocks; headings are [`Kind::Title`], [`Kind::Label`] or [`Kind::Section`] until they are
/// grouped.
pub(super) fn kinds(lines: &Lines, around: &Around, seams: &[Seam], wrapped: &[usize]) -> Vec<Kind> {
    let n_blocks = lines.blocks.len();
    let mut halves = vec![false; n_blocks];
    for seam in seams.iter().filter(|seam| seam.kind != SeamKind::Heading) {
        for half in [seam.tail, seam.head].into_iter().flatten().filter(|n| *n < n_blocks) {
            halves[half] = true;
        }
    }
    let mut kinds: Vec<Kind> = (0..n_blocks)
        .map(|n| match by_form(&lines.blocks[n]) {
            Kind::Title | Kind::Paragraph if halves[n] => Kind::Paragraph,
            Kind::Title | Kind::Paragraph => kind(lines, n, around),
            Kind::ListItem if is_numbered_section(lines, n) && !halves[n] => Kind::Section,
            other => other,
        })
        .collect();
    for &n in wrapped.iter().filter(|n| !halves[**n] && !halves[**n + 1]) {
        let joined = [lines.content(n), lines.content(n + 1)].concat();
        let kind = if shape::shape(&joined).look == Look::Label { Kind::Label } else { Kind::Title };
        kinds[n..n + 2].fill(kind);
    }
    settle_questions(lines, &mut kinds);
    settle_notes(lines, &mut kinds);
    signature::settle_names(lines, &mut kinds);
    signature::settle_signatures(lines, &mut kinds);
    letters::settle(lines, &mut kinds);
    settle_years(lines, &mut kinds);
    kinds
}

/// Bare years above paragraphs head the parts of a memoir, if there are three and each is later than the one before: 1998,
/// 2008年, 二〇一八年.
fn settle_years(lines: &Lines, kinds: &mut [Kind]) {
    let mut years: Vec<(usize, u32)> = Vec::new();
    for n in 0..=kinds.len() {
        let may_be = n < kinds.len() && lines.shapes[n].chars <= MOST_YEAR && may_head_part(lines, n);
        let year = may_be.then(|| year(lines.content(n))).flatten();
        let goes_on = |(_, last): &(usize, u32)| year.is_none_or(|year| *last < year) && n < kinds.len();
        if !years.last().is_none_or(goes_on) {
            if years.len() >= LEAST_YEARS {
                for (at, _) in &years {
                    kinds[*at] = Kind::Section;
                }
            }
            years.clear();
        }
        years.extend(year.map(|year| (n, year)));
    }
}

/// So many years in a row head parts.
const LEAST_YEARS: usize = 3;

/// A year has at most this many characters: 2018年.
const MOST_YEAR: u32 = 5;

/// Whether block `n` stands above a paragraph of text and is a line of text or a heading.
fn may_head_part(lines: &Lines, n: usize) -> bool {
    matches!(lines.blocks[n].form, Form::Text | Form::Heading(_)) && is_above_text(lines, n)
}

/// The year that `content` is, and nothing else.
fn year(content: &str) -> Option<u32> {
    let year = content.strip_suffix('年').unwrap_or(content);
    let digit = |c| match zh::fold_width(c) {
        '〇' | '零' => Some(0),
        c => c.to_digit(10).or_else(|| zh::numeral(c)),
    };
    let digits: Vec<u32> = year.chars().map(digit).collect::<Option<_>>()?;
    let year = digits.iter().fold(0, |year, digit| year * 10 + digit);
    (digits.len() == 4 && YEARS.contains(&year)).then_some(year)
}

/// Years that people write about.
const YEARS: std::ops::Range<u32> = 1800..2100;

/// A question between a label or the name of a column and a paragraph is the title of what follows: 检察官说法,
/// 网购打眼，能退吗？
fn settle_questions(lines: &Lines, kinds: &mut [Kind]) {
    for n in 1..kinds.len() {
        let shape = &lines.shapes[n];
        let above = (&lines.shapes[n - 1], &lines.blocks[n - 1]);
        let is_label = kinds[n - 1].is_heading() && above.0.chars <= MOST_LABEL && above.1.mark() == lines.mark(n);
        let heads = lines.heads_paragraph(n);
        let asks =
            shape.is_question() && shape.stops == 1 && shape.chars <= MOST_ASKED && !begins_turn(lines.content(n));
        if kinds[n] == Kind::Paragraph && is_label && heads && asks && !is_said(lines, n) {
            kinds[n] = Kind::Title;
        }
    }
}

/// A line in brackets below text is a note to it or says where it comes from, not what stands above the next title:
/// （文中人物均为化名）. Neither is what holds where the text is wrong: 以现场公布为准.
fn settle_notes(lines: &Lines, kinds: &mut [Kind]) {
    for n in 1..kinds.len() {
        let shape = &lines.shapes[n];
        let is_note = shape.first == '（'
            && shape.last == '）'
            && shape.numbering.is_none()
            && shape.chars >= LEAST_NOTE
            && lines.mark(n).is_none();
        if is_note && kinds[n].is_heading() && !kinds[n - 1].is_heading() {
            kinds[n] = Kind::Byline;
        }
        let is_proviso = || {
            let content = lines.content(n);
            let begins = ["以", "请以", "均以", "具体以"].iter().any(|start| content.starts_with(start));
            begins && content.ends_with("为准") && lines.mark(n).is_none()
        };
        let heads_nothing = kinds.get(n + 1).is_none_or(|kind| kind.is_heading());
        if kinds[n].is_heading() && !kinds[n - 1].is_heading() && heads_nothing && is_proviso() {
            kinds[n] = Kind::Paragraph;
        }
    }
}

/// A note in brackets has at least this many characters, the brackets included; a shorter one numbers something.
const LEAST_NOTE: u32 = 5;

fn kind(lines: &Lines, n: usize, page: &Around) -> Kind {
    if let Some(kind) = by_look(lines, n) {
        return kind;
    }
    if introduces_part(lines, n) || asks_in_mark(lines, n) {
        return Kind::Title;
    }
    if is_said(lines, n) {
        return Kind::Paragraph;
    }
    if heads_turn(lines, n) {
        return Kind::Label;
    }
    match lines.shapes[n].look {
        _ if heading::surely_text(lines, n, THRESHOLD) || heading::score(lines, n, page) <= THRESHOLD => {
            Kind::Paragraph
        }
        Look::Label if !shape::is_column(lines.content(n)) => Kind::Label,
        _ => Kind::Title,
    }
}

/// Whether block `n` introduces the person who speaks in the paragraph below.
pub(super) fn introduces_part(lines: &Lines, n: usize) -> bool {
    shape::introduces_person(lines.content(n)) && lines.heads_paragraph(n)
}

/// Whether block `n` is a question that a reader is said to ask and an answer follows, or a call of which the voice is
/// drawn out: “卖豆——腐——”.
fn is_said(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    let is_asked = || {
        let is_answered = lines.blocks.get(n + 1).is_some_and(|_| lines.content(n + 1).starts_with('答'));
        is_answered && lines.content(n).contains("问：")
    };
    shape.last == '？' && shape.pauses > 0 && is_asked()
        || shape.last == '”' && shape.first == '“' && lines.content(n).trim_end_matches('”').ends_with('—')
}

/// Whether block `n` says who asks or who answers in the paragraphs below, and another line nearby says who answers or asked:
/// 读者周女士问：, 主任医师李望答：.
fn heads_turn(lines: &Lines, n: usize) -> bool {
    let turn = |n: usize| {
        let shape = &lines.shapes[n];
        let is_short =
            shape.ending == Ending::Colon && shape.pauses == 1 && (LEAST_TURN..=MOST_TURN).contains(&shape.chars);
        let said = is_short.then(|| lines.content(n).trim_end_matches(['：', ':']).chars().next_back());
        said.flatten().filter(|said| matches!(said, '问' | '答'))
    };
    let Some(own) = turn(n) else { return false };
    let has_text = lines.shapes.get(n + 1).is_some_and(|below| below.first != '“' && below.ending == Ending::Stop);
    let near = n.saturating_sub(NEXT_TURN)..(n + NEXT_TURN + 1).min(lines.blocks.len());
    has_text && near.into_iter().filter_map(turn).any(|other| other != own)
}

/// Such a line has at least and at most so many characters: 专家答：; 他问： is narration.
const LEAST_TURN: u32 = 4;
const MOST_TURN: u32 = 16;

/// A question has an answer within so many blocks.
const NEXT_TURN: usize = 6;

/// Whether block `n` is marked and asks, as a title may, more than once: # 操场够用吗？厕所还排队吗？
fn asks_in_mark(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    lines.mark(n).is_some() && shape.chars <= MOST_ASKED && shape.is_question() && !lines.content(n).contains('。')
}

/// Such a title has at most this many characters.
const MOST_ASKED: u32 = 36;

/// `1. 加强领导` above a paragraph is a heading though Markdown takes it for a list.
fn is_numbered_section(lines: &Lines, n: usize) -> bool {
    let (block, shape) = (&lines.blocks[n], &lines.shapes[n]);
    let numbered = lines.text.slice(block.span).starts_with(|c: char| c.is_ascii_digit());
    numbered && shape.chars <= 30 && matches!(shape.ending, Ending::Bare | Ending::Closer) && is_above_text(lines, n)
}

/// Whether a text as long as a paragraph, and neither a list nor a table, stands below block `n`.
fn is_above_text(lines: &Lines, n: usize) -> bool {
    lines.heads_paragraph(n) && lines.blocks[n + 1].form == Form::Text
}

#[cfg(test)]
mod tests {
    use crate::article::Kind::{Banner, Byline, Label, Section, Title};
    use crate::article::testing::check;

    #[test]
    fn questions_of_an_interview_are_text() {
        check(
            "# 把课堂搬进车间\n\n本报记者 周晓岚\n\n问：今年开了多少期培训班？\n\n答：正文。\n\n记者：职工们怎么看？\n\n李望：正文。\n",
            &[(Title, "把课堂搬进车间"), (Byline, "本报记者 周晓岚")],
        );
    }

    #[test]
    fn speech_and_narration_are_text() {
        check(
            "# 车间里的灯火\n\n“快来看，这是我。”一名年轻\n\n工人说。\n\n大家都愣住了：\n\n正文。\n",
            &[(Title, "车间里的灯火")],
        );
    }

    #[test]
    fn what_readers_ask_and_people_call_is_text() {
        check("编读往来\n\n青川读者周晓岚来信问：下岗以后，还算原企业的人吗？\n\n答：正文。\n", &[(Title, "编读往来")]);
        check("车间里的灯火\n\n李芳\n\n“开——饭——”\n\n正文。\n", &[(Title, "车间里的灯火"), (Byline, "李芳")]);
    }

    #[test]
    fn who_asks_and_who_answers_heads_what_they_say() {
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n读者周女士问：\n\n正文。\n\n主任医师李望答：\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Label, "读者周女士问："), (Label, "主任医师李望答：")],
        );
        check(
            "# 车间里的灯火\n\n正文。\n\n周师傅问：\n\n“灯关了吗？”\n\n徒弟小李答：\n\n“早关了。”\n",
            &[(Title, "车间里的灯火")],
        );
    }

    #[test]
    fn who_speaks_heads_a_part() {
        check(
            "第一份工作\n\n本报记者 周晓岚\n\n正文。\n\n李 望 25岁 社区工作者\n\n正文。\n\n何芳，27岁，护士\n\n正文。\n",
            &[
                (Title, "第一份工作"),
                (Byline, "本报记者 周晓岚"),
                (Section, "李 望 25岁 社区工作者"),
                (Section, "何芳，27岁，护士"),
            ],
        );
    }

    #[test]
    fn a_marked_time_heads_a_part() {
        check(
            "# 一炉钢的早晨\n\n正文。\n\n### 开炉时间：六点一刻\n\n正文。\n\n### 收工也是开工\n\n正文。\n",
            &[(Title, "一炉钢的早晨"), (Section, "开炉时间：六点一刻"), (Section, "收工也是开工")],
        );
    }

    #[test]
    fn a_title_may_ask() {
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n# 操场够用吗？厕所还排队吗？\n\n本报记者 周晓岚\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Title, "操场够用吗？厕所还排队吗？"), (Byline, "本报记者 周晓岚")],
        );
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n检察官说法\n\n网购打了眼，能退吗？\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Banner, "检察官说法"), (Title, "网购打了眼，能退吗？")],
        );
    }

    #[test]
    fn comments_of_readers_are_text() {
        check(
            "**微言博议**\n\n@车间老李：茶杯撤了，会议记录能不能也瘦一瘦？\n\n@灯下小周：培训班什么时候办到我们厂里来？\n",
            &[(Title, "微言博议")],
        );
    }

    #[test]
    fn a_note_below_an_article_is_no_kicker() {
        for note in ["（文中人物均为化名）", "（据《青川科学》）", "（晓岚 望之）"] {
            check(
                &format!("# 把课堂搬进车间\n\n正文。\n\n{note}\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n"),
                &[(Title, "把课堂搬进车间"), (Byline, note), (Title, "区图书馆新馆开馆")],
            );
        }
    }

    #[test]
    fn a_note_in_brackets_ends_a_poem() {
        check(
            "# 渡船\n\n渡口的墙上，贴着一首船工们自己写的诗：\n\n水来的时候\n\n我们往水里走\n\n灯灭的时候\n\n我们往河边走\n\n\
            如果有人问起\n\n因为那里，有人在等\n\n（青川慈善会对本文亦有帮助）\n\n\
            公益圆桌\n\n透明是最好的“加热器”\n\n主持人：近日，青川各募捐平台公布了年度报告，有人欢喜，有人质疑，请几位嘉宾聊一聊。\n",
            &[
                (Title, "渡船"),
                (Byline, "（青川慈善会对本文亦有帮助）"),
                (Banner, "公益圆桌"),
                (Title, "透明是最好的“加热器”"),
            ],
        );
    }

    #[test]
    fn labels_and_banners() {
        check(
            "## 工会时评\n\n# 把服务送到职工身边\n\n正文。\n\n## 阅 读 提 示\n\n正文。\n",
            &[(Banner, "工会时评"), (Title, "把服务送到职工身边"), (Label, "阅 读 提 示")],
        );
    }

    #[test]
    fn what_holds_in_doubt_is_a_note() {
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n以现场公布为准\n\n区图书馆新馆开馆\n\n本报讯 正文。\n",
            &[(Title, "把课堂搬进车间"), (Title, "区图书馆新馆开馆")],
        );
    }

    #[test]
    fn an_answer_may_end_in_an_aside() {
        check(
            "# 站在泳池边上\n\n本报记者 周晓岚\n\n正文。\n\n记者：下一个目标是什么？\n\n李小望：期末考试吧，功课落下太多了。（笑）\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n",
            &[(Title, "站在泳池边上"), (Byline, "本报记者 周晓岚"), (Title, "区图书馆新馆开馆")],
        );
    }

    #[test]
    fn three_years_head_the_parts_of_a_memoir() {
        for years in
            [["1998", "2008", "2018"], ["1998年", "2008年", "2018年"], ["一九九八年", "二〇〇八年", "二〇一八年"]]
        {
            let [first, second, third] = years;
            check(
                &format!(
                    "我和老厂的三个夏天\n\n周晓岚\n\n{first}\n\n正文。\n\n{second}\n\n正文。\n\n{third}\n\n正文。\n"
                ),
                &[
                    (Title, "我和老厂的三个夏天"),
                    (Byline, "周晓岚"),
                    (Section, first),
                    (Section, second),
                    (Section, third),
                ],
            );
        }
        check(
            "我和老厂的夏天\n\n周晓岚\n\n1998\n\n正文。\n\n2008\n\n正文。\n",
            &[(Title, "我和老厂的夏天"), (Byline, "周晓岚")],
        );
    }
}
