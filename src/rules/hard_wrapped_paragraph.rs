//! `hard-wrapped-paragraph`: a paragraph broken into lines at the width of a column.

use super::{Context, Rule};
use crate::article::Page;
use crate::block::Block;
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::text::Span;
use crate::zh;

pub(super) const RULE: Rule = Rule {
    name: "hard-wrapped-paragraph",
    severity: Severity::Warning,
    fixable: true,
    summary: Phrase { en: "a paragraph broken into lines", zh: "段落被按栏宽折行" },
    docs: Phrase {
        en: "Extraction kept the line breaks of the printed column: one paragraph is many lines of about the same \
             width. Search, diff and every program that takes a line for a paragraph then see pieces of sentences, and \
             Markdown puts a blank between the Hanzi where the lines meet.\n\n\
             One finding a paragraph. The repair makes one line of it: nothing between Hanzi, one space between Latin \
             words. It is safe: nothing but line breaks and the blanks around them goes. Only where two figures meet, which \
             may be one number (20 ¶ 24) or two (2023 ¶ 300), a person has to look.\n\n\
             ```bad\n　　⟦青川市总工会今年为全市各家企业\n的职工开办了二十四期技能培训班，\n已有三千多人参加，大家都说学到了\n真本领。⟧\n```\n\
             ```good\n　　青川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。\n```\n\n\
             Where neither blank lines nor indentation tell paragraphs apart, one ends with the first line that ends a \
             sentence: what is left over is a paragraph in two, never two in one.\n\n\
             It is silent on purpose about verse, lists, tables and runs of short paragraphs, and about two lines alone: \
             those are `broken-paragraph`, if anything.\n",
        zh: "提取时保留了报纸栏宽处的换行：一个段落成了宽度相近的许多行。搜索、比对以及一切以行为段的程序看到的都是半句话，\
             Markdown 还会在两行相接的汉字之间加上空格。\n\n\
             每段报告一次。修复把它接成一行：汉字之间不加任何字符，西文单词之间加一个空格。这是安全的修复：去掉的只有换行和换行两边的空白。\
             只有换行两边都是数字时须由人确认：可能是一个数（20 ¶ 24），也可能是两个（2023 ¶ 300）。\n\n\
             ```bad\n⟦区总工会每周二下午在社区活动室举\n办讲座讲怎样用好 open source\ntools，请技术能手来讲课，邻近几\n家企业的职工下了班就来听讲。⟧\n```\n\
             ```good\n区总工会每周二下午在社区活动室举办讲座讲怎样用好 open source tools，请技术能手来讲课，邻近几家企业的职工下了班就来听讲。\n```\n\n\
             段落之间既无空行又无缩进时，以句末收行的一行便算段末：宁可一段分作两段，也不把两段并作一段。\n\n\
             诗歌、列表、表格和连续的短段落不报告；只有两行的也不报告，那若是缺陷，便是 `broken-paragraph`。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    if ctx.page.is_chinese {
        acc.extend(ctx.page.blocks.iter().filter(|b| b.is_wrapped()).map(|block| finding(ctx.page, block)));
    }
}

fn finding(page: &Page, block: &Block) -> Finding {
    let n_lines = block.lines.len();
    let content = |line: usize| page.text.trim(page.text.line(line));
    let (mut edits, mut safety) = (Vec::new(), Safety::Safe);
    for line in block.lines.start + 1..block.lines.end {
        let (left, right) = (content(line - 1), content(line));
        let span = Span::new(left.end, right.start);
        let (left, right) = (page.text.slice(left), page.text.slice(right));
        edits.push(Edit { span, new_text: zh::joint(left, right).to_owned() });
        if zh::meets_in_figures(left, right) {
            safety = Safety::Unsafe;
        }
    }
    Finding {
        fixes: vec![Fix { title: Message::new("Make it one line", "接成一行"), safety, edits }],
        ..Finding::new(
            block.span,
            Message::new(
                format!("one paragraph is broken into {n_lines} lines"),
                format!("一个段落被折成了 {n_lines} 行"),
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::article::Memo;
    use crate::block::Format;

    const LINES: &str =
        "青川市总工会今年为全市各家企业\n的职工开办了二十四期技能培训班，\n已有三千多人参加，大家都说学到了\n真本领。";

    #[test]
    fn flags_each_paragraph_once() {
        testing::check(&RULE, &format!("⟦{LINES}⟧\n\n⟦{LINES}⟧\n"));
    }

    #[test]
    fn fix_keeps_carriage_returns_elsewhere() {
        let source = format!("标题\r\n\r\n⟦{}⟧\r\n", LINES.replace('\n', " \r\n"));
        testing::check_fix(&RULE, &source, &format!("标题\r\n\r\n{}\r\n", LINES.replace('\n', "")));
    }

    #[test]
    fn where_figures_meet_a_person_has_to_look() {
        for (end, safety) in [("今年有\n三千多人参加", Safety::Safe), ("截至2023\n300多人参加", Safety::Unsafe)]
        {
            let source =
                format!("青川市总工会今年为全市各家企业\n的职工开办了培训班，{end}，大家都说在这里\n学到了真本领。\n");
            let page = Page::parse(source, Format::Markdown, &mut Memo::default());
            let wrapped = page.blocks.iter().find(|block| block.is_wrapped()).expect("a wrapped paragraph");
            assert_eq!(finding(&page, wrapped).fixes[0].safety, safety);
        }
    }

    #[test]
    fn keeps_paragraphs_of_one_line() {
        testing::check(&RULE, &format!("{0}\n{0}\n{0}\n", LINES.replace('\n', "")));
    }

    #[test]
    fn keeps_verse_and_lists() {
        testing::check(
            &RULE,
            "我听见机器在夜里轻轻歌唱\n我看见灯火在雨中慢慢摇晃\n我记得师傅把扳手递到手上\n我知道明天有人从这里起航\n",
        );
        testing::check(
            &RULE,
            "办好职工食堂、澡堂和活动室；\n办好职工书屋、讲堂和托管班；\n办好职工疗养、体检和互助会；\n",
        );
    }

    #[test]
    fn keeps_files_that_are_not_chinese() {
        testing::check(
            &RULE,
            "This is a paragraph of an English file,\nwhich is wrapped at forty columns, as\npeople do, and no business of ours.\n",
        );
    }
}
