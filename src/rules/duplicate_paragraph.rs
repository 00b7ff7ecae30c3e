//! `duplicate-paragraph`: the same paragraph, or run of paragraphs, printed twice.

use super::{Context, Rule};
use crate::article::Page;
use crate::diagnostic::{Edit, Finding, Fix, Related, Safety, Severity};
use crate::fingerprint::{Copy, Spare};
use crate::lang::{Message, Phrase};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-paragraph",
    severity: Severity::Warning,
    fixable: true,
    summary: Phrase { en: "a paragraph printed twice", zh: "段落重复" },
    docs: Phrase {
        en: "Extraction of a page with several columns or boxes often emits a column twice. The later copy is \
            reported, with the first; copies that follow each other in the same order are one finding.\n\n\
            ```bad\n\
            入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
            来买豆腐的多是街坊。\n\n\
            ⟦入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。⟧\n\
            ```\n\n\
            ```good\n\
            入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
            来买豆腐的多是街坊。\n\
            ```\n\n\
            Width, punctuation and spaces do not count. A copy that was recognised anew, with scattered characters \
            wrong, lost or doubled, or that was cut into other pieces, is a copy as well; the message says how much \
            differs.\n\n\
            Nothing is said about text that repeats by nature or on purpose: paragraphs of fewer than thirty \
            characters (verse, slogans, datelines, bylines, names), headings, lists, tables and code, clauses of laws, \
            short paragraphs that come three times, paragraphs that differ in whole clauses, or in nothing but \
            numbers. A sentence that a lead or a box repeats is `repeated-sentence`.\n\n\
            The repair deletes the later copy. It is never applied unattended: which copy is the better one, and \
            which one stands in its place, is for a person to say.\n",
        zh: "多栏版面在提取时，常把同一栏输出两次。本规则报告后出现的一份，并指出先出现的一份；依次相同的数段合为一条。\n\n\
            ```bad\n\
            入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
            来买豆腐的多是街坊。\n\n\
            ⟦入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。⟧\n\
            ```\n\n\
            ```good\n\
            入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
            来买豆腐的多是街坊。\n\
            ```\n\n\
            全角半角、标点和空格不计。重新识别而有零星错字、漏字、叠字的，以及分段不同的，同样算作重复，提示中注明相差多少。\n\n\
            理应重复或有意重复的不报：不足三十字的段落（诗行、口号、电头、署名）、标题、列表、表格、代码、法律条文、\
            出现三次的短段、有整句改动的段落、只有数字不同的段落。导语或提示框重复正文的句子，另由 `repeated-sentence` 报告。\n\n\
            修复是删去后出现的一份，但不会自动执行：哪一份更好、哪一份位置正确，须由人判断。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    acc.extend(ctx.page.copies.iter().map(|copy| finding(ctx.page, copy)));
}

fn finding(page: &Page, copy: &Copy) -> Finding {
    let span = |run: &std::ops::Range<usize>| page.blocks[run.start].span.cover(page.blocks[run.end - 1].span);
    let (later, earlier) = (span(&copy.later), span(&copy.earlier));
    let line = page.text.line_of(earlier.start) + 1;
    let n = copy.later.len();
    let message = match (n, difference(copy)) {
        (1, None) => Message::new(
            format!("this paragraph stands in line {line} already"),
            format!("本段与第 {line} 行的段落重复"),
        ),
        (1, Some(percent)) => Message::new(
            format!("this paragraph stands in line {line} already; {percent} % of the characters differ"),
            format!("本段与第 {line} 行的段落重复，{percent}% 的字不同"),
        ),
        (_, None) => Message::new(
            format!("these {n} paragraphs stand from line {line} on already"),
            format!("这 {n} 段与第 {line} 行起的段落重复"),
        ),
        (_, Some(percent)) => Message::new(
            format!("these {n} paragraphs stand from line {line} on already; {percent} % of the characters differ"),
            format!("这 {n} 段与第 {line} 行起的段落重复，{percent}% 的字不同"),
        ),
    };
    let (title, spare) = match copy.spare {
        Spare::Later => (Message::new("Delete the later copy", "删去后出现的一份"), &copy.later),
        Spare::Earlier => {
            (Message::new("Delete the first copy, which is cut off", "删去先出现的残缺一份"), &copy.earlier)
        }
    };
    Finding {
        related: vec![Related { span: earlier, message: Message::new("the first copy", "先出现的一份") }],
        fixes: vec![Fix {
            title,
            safety: Safety::Unsafe,
            edits: vec![Edit { span: with_gap(page, spare), new_text: String::new() }],
        }],
        unnecessary: copy.spare == Spare::Later,
        ..Finding::new(later, message)
    }
}

/// How many characters in a hundred differ, at least one; none for an exact copy.
fn difference(copy: &Copy) -> Option<u32> {
    (copy.similarity < 1.0).then(|| (((1.0 - copy.similarity) * 100.0).round() as u32).max(1))
}

/// What goes with a run of blocks that is deleted: its lines, and the gap before it, so that the blocks around it
/// stand as far apart as the following block stood from the run. At the end of the text the last line ending stays.
fn with_gap(page: &Page, run: &std::ops::Range<usize>) -> Span {
    let lines = page.blocks[run.start].lines.start..page.blocks[run.end - 1].lines.end;
    if let Some(next) = page.blocks.get(run.end) {
        return Span::new(page.text.line(lines.start).start, page.text.line(next.lines.start).start);
    }
    let end = page.text.line(lines.end - 1).end;
    match run.start.checked_sub(1) {
        Some(before) => Span::new(page.text.line(page.blocks[before].lines.end - 1).end, end),
        None => Span::new(page.text.line(lines.start).start, end),
    }
}
