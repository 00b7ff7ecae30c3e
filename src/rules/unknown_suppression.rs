//! `unknown-suppression`: a comment that allows a rule that does not exist, or is misspelt.

use super::{Context, RULES, Rule};
use crate::config::nearest;
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::suppression::{Suppressions, WORDS};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "unknown-suppression",
    severity: Severity::Warning,
    fixable: true,
    summary: Phrase { en: "a comment that allows an unknown rule", zh: "放行注释中的规则不存在" },
    docs: Phrase {
        en: "A comment names a rule that does not exist, or begins with a word that is not understood. It allows \
            nothing. The words are `allow`, `allow-line`, `allow-begin`, `allow-end` and `allow-file`.\n\n\
            ```bad\n<!-- article-lsp allow ⟦duplicated-paragraph⟧: 原版如此 -->\n镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n```\n\n\
            The repair writes the nearest right word, where there is one; it is not applied unattended.\n",
        zh: "注释中的规则名不存在，或开头的指令写错，因此不起作用。指令有 `allow`、`allow-line`、`allow-begin`、\
            `allow-end`、`allow-file`。\n\n\
            ```bad\n<!-- article-lsp allow ⟦duplicated-paragraph⟧: 原版如此 -->\n镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n```\n\n\
            修复会改成最接近的正确写法（如果有），需确认后执行。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    if !ctx.page.is_chinese {
        return;
    }
    let found = Suppressions::new(ctx.page);
    let rules: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    for suppression in &found.allowed {
        if !rules.contains(&suppression.rule.as_str()) {
            let name = &suppression.rule;
            let message = Message::new(format!("there is no rule `{name}`"), format!("没有规则 {name}"));
            acc.push(finding(suppression.name, message, nearest(name, &rules)));
        }
    }
    for misspelt in &found.misspelt {
        let word = ctx.page.text.slice(misspelt.span);
        let message = Message::new("the comment is not understood and allows nothing", "注释无法识别，不起作用");
        acc.push(finding(misspelt.span, message, nearest(word, &WORDS)));
    }
}

fn finding(span: Span, message: Message, right: Option<&str>) -> Finding {
    let fix = |right: &str| Fix {
        title: Message::new(format!("Write `{right}`"), format!("改为 {right}")),
        safety: Safety::Unsafe,
        edits: vec![Edit { span, new_text: right.to_owned() }],
    };
    Finding { fixes: right.map(fix).into_iter().collect(), ..Finding::new(span, message) }
}
