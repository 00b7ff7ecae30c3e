//! `not-utf8`: a file in another encoding, or characters that an earlier conversion destroyed.

use super::{Context, Rule, UTF_8};
use crate::block::LOST;
use crate::diagnostic::{Finding, Severity};
use crate::lang::{Message, Phrase};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "not-utf8",
    severity: Severity::Warning,
    fixable: false,
    summary: Phrase { en: "a file that is not UTF-8", zh: "文件不是 UTF-8 编码" },
    docs: Phrase {
        en: "The file is in GB18030, GBK, Big5 or UTF-16, or begins with a byte order mark. It was decoded and \
            checked; but other programs show it as garbage, and search, diff and version control do not work on \
            it. Also reported: `\u{fffd}`, the mark that an earlier conversion left where it destroyed a \
            character.\n\n\
            ```bad\n镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了⟦\u{fffd}\u{fffd}⟧生活用品。\n```\n\n\
            There is no automatic repair: convert the file with the editor's “save with encoding” or with \
            `iconv -f GB18030 -t UTF-8`. A lost character has to be read from the page. Fixes of other rules are \
            written back in the encoding that the file has. A byte order mark before UTF-8 is information only.\n",
        zh: "文件采用 GB18030、GBK、Big5 或 UTF-16 编码，或以字节顺序标记（BOM）开头。程序已按该编码解码并检查，\
            但其他程序会显示乱码，搜索、比较和版本管理也无法使用。同时报告 `\u{fffd}`：此前的转码在这里毁掉了字符。\n\n\
            ```bad\n镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了⟦\u{fffd}\u{fffd}⟧生活用品。\n```\n\n\
            不提供自动修复：请用编辑器的“以编码保存”，或 `iconv -f GB18030 -t UTF-8` 转换；丢失的字要对照原版面补上。\
            其他规则的修复会按文件原有编码写回。UTF-8 前的字节顺序标记只作提示。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    if !ctx.page.is_chinese {
        return;
    }
    if let Some(name) = ctx.encoding.filter(|name| *name != UTF_8) {
        let severity = name.starts_with("UTF-8").then_some(Severity::Information);
        let message = Message::new(
            format!("the file is {name}, not plain UTF-8"),
            format!("文件采用{}编码，而不是普通的 UTF-8", zh(name)),
        );
        acc.push(Finding { severity, ..Finding::new(Span::empty(0), message) });
    }
    for block in ctx.page.blocks.iter().filter(|block| block.holds_lost) {
        let mut from = block.span;
        while let Some(at) = ctx.page.text.slice(from).find(LOST) {
            let start = from.start + at;
            let rest = ctx.page.text.slice(Span::new(start, from.end)).trim_start_matches(LOST);
            from.start = from.end - rest.len();
            let message = Message::new("characters were lost in an earlier conversion", "此前转码时丢失了字符");
            acc.push(Finding::new(Span::new(start, from.start), message));
        }
    }
}

/// The name of an encoding in Chinese text.
fn zh(name: &str) -> String {
    if name.starts_with("UTF-8") { "带字节顺序标记（BOM）的 UTF-8 ".to_owned() } else { format!(" {name} ") }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;
    use crate::article::{Memo, Page};
    use crate::block::Format;
    use crate::config::Config;

    const TEXT: &str = "镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n";

    #[test]
    fn flags_the_encoding_once() {
        for (encoding, severity) in [("GB18030", None), ("UTF-8 with a byte order mark", Some(Severity::Information))] {
            let page = Page::parse(TEXT, Format::Plain, &mut Memo::default());
            let mut found = Vec::new();
            super::check(
                &Context { page: &page, config: &Config::default(), encoding: Some(encoding), elsewhere: None },
                &mut found,
            );
            assert_eq!(found.iter().map(|f| (f.span, f.severity)).collect::<Vec<_>>(), [(Span::empty(0), severity)]);
        }
    }

    #[test]
    fn keeps_utf8() {
        check(&RULE, TEXT);
    }

    #[test]
    fn keeps_files_that_are_not_chinese() {
        check(&RULE, "An English file with a \u{fffd} in it.\n");
    }
}
