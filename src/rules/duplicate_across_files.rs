//! `duplicate-across-files`: a paragraph that stands in another file, too.
//!
//! A page does not know of other files: what they hold comes with the [`Context`].

use super::{Context, Rule};
use crate::diagnostic::{Finding, Severity};
use crate::lang::{Message, Phrase};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-across-files",
    severity: Severity::Information,
    fixable: false,
    summary: Phrase { en: "a paragraph that stands in another file, too", zh: "段落也见于其他文件" },
    docs: Phrase {
        en: "The same report was printed in two papers, or a page is in the collection twice: as it came out and as \
            an earlier edition. A corpus that is made of such files counts these paragraphs twice. Looked for only \
            with `check --across-files DIR`; of two files that are both below DIR the later one by name is reported.\n\n\
            ```bad\n⟦入秋以后，河边的老磨坊每个周末都开门，孩子们排着队看水轮转动，磨出来的玉米面半天就卖完。⟧\n```\n\n\
            There is no repair: which of the files is to keep the paragraph is for a person to say. The two may differ \
            as OCR makes texts differ. Silent on purpose: fewer than thirty characters, lines without a comma or a \
            full stop.\n",
        zh: "同一篇报道登在两份报纸上，或同一版面有新旧两个文件。用这些文件做语料，这些段落就会重复计算。\
            只有使用 `check --across-files 目录` 时才查找；两个文件都在该目录下时，报告文件名排在后面的一个。\n\n\
            ```bad\n⟦入秋以后，河边的老磨坊每个周末都开门，孩子们排着队看水轮转动，磨出来的玉米面半天就卖完。⟧\n```\n\n\
            不提供修复：保留哪一份须由人决定。两份之间可以有识别造成的差异。以下情况有意不报：不足三十字；没有逗号、句号的行。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    let page = ctx.page;
    acc.extend(ctx.elsewhere.into_iter().flatten().map(|reprint| {
        let (blocks, file, line) = (&reprint.blocks, &reprint.file, reprint.line);
        let message = if blocks.len() == 1 {
            Message::new(
                format!("this paragraph stands in {file}, line {line}, as well"),
                format!("本段也见于 {file} 第 {line} 行"),
            )
        } else {
            let n = blocks.len();
            Message::new(
                format!("these {n} paragraphs stand in {file}, from line {line} on, as well"),
                format!("这 {n} 段也见于 {file}，自第 {line} 行起"),
            )
        };
        Finding::new(reprint.span(page.comparable()), message)
    }));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{OTHER_FILE, check, diagnostics};

    #[test]
    fn a_comment_allows_it() {
        let allowed = format!("<!-- article-lsp allow {}: 联合采访 -->\n{OTHER_FILE}\n", RULE.name);
        check(&RULE, &allowed);
        assert_eq!(diagnostics(&allowed), []);
    }

    #[test]
    fn flags_a_run_once() {
        let second = "磨坊主人说，石磨是曾祖父那一辈传下来的，每年开春都要请师傅重新凿一遍，凿好了才出粉。";
        check(&RULE, &format!("⟦{OTHER_FILE}⟧\n\n{second}\n"));
    }
}
