//! What a hover says: which organisation stands under the cursor, what it is, where it belongs, how often and under
//! which names the page mentions it.

use crate::lang::{Lang, Phrase};
use crate::navigation::at;
use crate::org::Organisation;
use crate::text::{Span, Text};

/// What is said of one place in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// The mention that it is about.
    pub span: Span,
    /// The text as Markdown.
    pub markdown: String,
    /// The same as plain text.
    pub plain: String,
}

/// What to say, in `lang`, of byte `offset` of `text` whose organisations are `organisations`.
pub fn hover(text: &Text, organisations: &[Organisation], offset: usize, lang: Lang) -> Option<Hover> {
    let (organisation, mention) = at(organisations, offset)?;
    let mut facts = vec![organisation.kind.label().get(lang).to_owned()];
    if !organisation.jurisdiction.is_empty() {
        facts.push(organisation.jurisdiction.join(" › "));
    }
    let mut lines = vec![facts.join(" · ")];
    if let Some(parent) = &organisation.part_of {
        lines.push(format!("{}{parent}", PART_OF.get(lang)));
    }
    lines.push(mentions(text, organisation, lang));
    if let Some(note) = &organisation.note {
        lines.push(note.clone());
    }
    let mut markdown = format!("**{}**\n\n{}", escape(&organisation.name), {
        let escaped: Vec<String> = lines.iter().map(|line| escape(line)).collect();
        escaped.join("  \n")
    });
    let mut plain = format!("{}\n{}", organisation.name, lines.join("\n"));
    if let Some(url) = &organisation.url {
        for part in ["  \n<", url, ">"] {
            markdown.push_str(part);
        }
        for part in ["\n", url] {
            plain.push_str(part);
        }
    }
    Some(Hover { span: mention.span, markdown, plain })
}

const PART_OF: Phrase = Phrase { en: "Part of ", zh: "隶属于" };

/// How often, under which names, and from which line on.
fn mentions(text: &Text, organisation: &Organisation, lang: Lang) -> String {
    let n = organisation.mentions.len();
    let first = organisation.mentions.first().map_or(0, |mention| text.line_of(mention.span.start) + 1);
    let others = organisation.aliases.join("、");
    match (lang, others.is_empty()) {
        (Lang::En, true) => format!("{n} mention{} here, first in line {first}", if n == 1 { "" } else { "s" }),
        (Lang::En, false) => {
            format!("{n} mention{} here, also as {others}, first in line {first}", if n == 1 { "" } else { "s" })
        }
        (Lang::Zh, true) => format!("本文提到 {n} 次，首次在第 {first} 行"),
        (Lang::Zh, false) => format!("本文提到 {n} 次，又作{others}，首次在第 {first} 行"),
    }
}

/// `text` with the characters escaped that Markdown would read as marks.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Memo, Page};
    use crate::block::Format;
    use crate::org::organisations;

    #[test]
    fn says_what_it_is_and_where_it_belongs() {
        let source = "近日，青岛市黄岛区总工会举办职工运动会，来自各个街道的三百名职工参加。\n\n记者从区总工会了解到，比赛共设六个项目。\n";
        let page = Page::parse(source, Format::Markdown, &mut Memo::default());
        let at = source.rfind("总工会").expect("the second mention");
        let hover = hover(&page.text, &organisations(&page), at, Lang::En).expect("a hover");
        assert_eq!(page.text.slice(hover.span), "区总工会");
        assert_eq!(
            hover.plain,
            "青岛市黄岛区总工会\ntrade union · 山东省 › 青岛市 › 黄岛区\n2 mentions here, also as 区总工会, first in line 1"
        );
    }

    #[test]
    fn says_nothing_of_other_text() {
        let source = "近日，青岛市黄岛区总工会举办职工运动会，来自各个街道的三百名职工参加。";
        let page = Page::parse(source, Format::Markdown, &mut Memo::default());
        assert_eq!(hover(&page.text, &organisations(&page), 0, Lang::Zh), None);
    }
}
