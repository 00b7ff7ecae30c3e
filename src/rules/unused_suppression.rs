//! `unused-suppression`: a comment that allows what is not there.
//!
//! What is unused is known when every other rule has run, so `check` is empty and [`report`] is called last.

use super::{Context, Rule};
use crate::diagnostic::{Finding, Fix, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::suppression::Suppression;

pub(super) const RULE: Rule = Rule {
    name: "unused-suppression",
    severity: Severity::Information,
    fixable: true,
    summary: Phrase { en: "a comment that allows what is not there", zh: "多余的放行注释" },
    docs: Phrase {
        en: "A comment allows a rule where the rule reports nothing: the text was repaired, or the comment stands \
            in the wrong place. It would hide a later defect.\n\n\
            ```bad\n<!-- article-lsp allow ⟦duplicate-paragraph⟧: 原版如此 -->\n镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n```\n\
            ```good\n镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n```\n\n\
            The repair takes the comment out; it is safe. Rules that are turned off are not counted.\n",
        zh: "注释放行了某条规则，但该处并没有这个问题：或已修复，或注释位置不对。它会掩盖以后的问题。\n\n\
            ```bad\n<!-- article-lsp allow ⟦duplicate-paragraph⟧: 原版如此 -->\n镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n```\n\
            ```good\n镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n```\n\n\
            修复会删除该注释，可安全自动执行。已关闭的规则不计。\n",
    },
    check: |_, _| {},
};

/// Reports `suppression`, which allowed nothing.
pub(super) fn report(ctx: &Context, suppression: &Suppression, acc: &mut Vec<Finding>) {
    let rule = &suppression.rule;
    acc.push(Finding {
        fixes: vec![Fix {
            title: Message::new("Remove the comment", "删除注释"),
            safety: Safety::Safe,
            edits: vec![suppression.removal(ctx.page)],
        }],
        unnecessary: true,
        ..Finding::new(
            suppression.name,
            Message::new(format!("`{rule}` reports nothing here"), format!("此处没有 {rule} 的问题")),
        )
    });
}
