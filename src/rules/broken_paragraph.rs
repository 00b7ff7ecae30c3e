//! `broken-paragraph`: a sentence cut in two, its other half in the next block.

use super::{Context, Rule};
use crate::article::Page;
use crate::diagnostic::{Edit, Finding, Fix, Related, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::seam::{Seam, SeamKind};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "broken-paragraph",
    severity: Severity::Warning,
    fixable: true,
    summary: Phrase { en: "a sentence cut in two", zh: "句子被截成两段" },
    docs: Phrase {
        en: "A column or a page ended in the middle of a sentence, and extraction made two paragraphs of it.\n\n\
            ```bad\n区总工会今年为全区各家企业的职工开办了二十四期技能培⟦训班，已有三千多人参加。⟧\n```\n",
        zh: "栏或版在句子中间结束，提取时被截成了两段。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    acc.extend(ctx.page.seams.iter().filter_map(|seam| match *seam {
        Seam { kind: SeamKind::Adjacent, tail: Some(tail), head: Some(head), .. } => {
            Some(finding(ctx.page, seam, tail, head))
        }
        _ => None,
    }));
}

/// How many characters of each half the report covers.
const SHOWN: usize = 8;

fn finding(page: &Page, seam: &Seam, tail: usize, head: usize) -> Finding {
    let (tail, head) = (page.blocks[tail].content, page.blocks[head].content);
    let last = page.text.slice(tail).char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
    let first = page.text.slice(head).char_indices().nth(SHOWN).map_or(head.len(), |(at, _)| at);
    let gap = Span::new(tail.end, head.start + seam.repeated);
    Finding {
        severity: None,
        related: vec![Related {
            span: Span::new(head.start, head.start + first),
            message: Message::new("the sentence goes on here", "句子在此继续"),
        }],
        fixes: vec![Fix {
            title: Message::new("Join the two halves", "把两半接起来"),
            safety: Safety::Safe,
            edits: vec![Edit { span: gap, new_text: String::new() }],
        }],
        ..Finding::new(
            Span::new(tail.start + last, tail.end),
            Message::new("the sentence is cut here and goes on in the next block", "句子在此被截断，下文在下一段"),
        )
    }
}
