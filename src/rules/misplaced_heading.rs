//! `misplaced-heading`: a title that stands below its article.

use std::ops::Range;

use super::{Context, Rule};
use crate::article::{Article, Kind, Page};
use crate::block::Convention;
use crate::diagnostic::{Edit, Finding, Fix, Related, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::seam::SeamKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "misplaced-heading",
    severity: Severity::Information,
    fixable: true,
    summary: Phrase { en: "a title below its article", zh: "标题落在正文之后" },
    docs: Phrase {
        en: "A title that was printed beside or inside the text was extracted after it. The article above has a banner or \
             nothing for a heading, or a report without one stands in it, and its text holds the words of the title.\n\n\
             ```bad\n## 工会时评\n\n把服务送到职工身边，工会才有凝聚力。做好这件事，要多到一线去，听大家说心里话。\n\n# ⟦把服务送到职工身边⟧\n\n## 东风产业园\n\n# “小课堂”赋能大产业\n\n本报讯 青川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加。\n```\n\
             ```good\n## 工会时评\n\n# 把服务送到职工身边\n\n把服务送到职工身边，工会才有凝聚力。做好这件事，要多到一线去，听大家说心里话。\n\n## 东风产业园\n\n# “小课堂”赋能大产业\n\n本报讯 青川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加。\n```\n\n\
             The repair moves the title above the text. It asks first: whose title it is can only be judged by reading. The \
             rule is silent on purpose where the text above has a title of its own, where it does not take up the words of the \
             heading or the text below does so, too, and where nothing says that another title or the end follows.\n",
        zh: "排在正文旁边或中间的标题，提取后落到了正文后面：上面的文章只有栏目名或没有标题，或其中夹着一篇没有标题的消息，而正文中有这个标题的字句。\n\n\
             ```bad\n## 工会时评\n\n把服务送到职工身边，工会才有凝聚力。做好这件事，要多到一线去，听大家说心里话。\n\n# ⟦把服务送到职工身边⟧\n```\n\
             ```good\n## 工会时评\n\n# 把服务送到职工身边\n\n把服务送到职工身边，工会才有凝聚力。做好这件事，要多到一线去，听大家说心里话。\n```\n\n\
             修复把标题移到正文之前；标题属于哪一篇要读了才能断定，所以须经确认。上面的正文已有标题、没有用到标题的字句、或下面的正文同样用到，以及后面没有另一个标题也不是文末时，不报告。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    acc.extend(ctx.page.articles.iter().filter_map(|article| {
        let (title, first) = misplaced(ctx.page, article)?;
        Some(finding(ctx.page, &title, first))
    }));
}

/// The lines of the title that stands below the text of `article`, and the first block of that text.
fn misplaced(page: &Page, article: &Article) -> Option<(Range<usize>, usize)> {
    let mut body = article.blocks().filter(|n| !article.heading.contains(n));
    let first = body.next()?;
    let title = body.find(|n| page.kinds[*n] == Kind::Title)?;
    let goes_on = |n: &usize| page.seams.iter().any(|s| s.kind == SeamKind::Heading && s.tail == Some(n - 1));
    let end = (title + 1..page.blocks.len()).take_while(goes_on).last().unwrap_or(title) + 1;
    Some((title..end, first))
}

fn finding(page: &Page, title: &Range<usize>, first: usize) -> Finding {
    let (upper, lower, text) = (&page.blocks[title.start], &page.blocks[title.end - 1], &page.blocks[first]);
    let line_start = |n: usize| page.text.line(page.blocks[n].lines.start).start;
    let line_ending = page.text.line_ending();
    let gap = match page.convention {
        Convention::BlankLine | Convention::HardWrapped => line_ending.repeat(2),
        Convention::Line | Convention::Indented => line_ending.to_owned(),
    };
    let moved = format!("{}{gap}", page.text.slice(upper.span.cover(lower.span)));
    Finding {
        related: vec![Related {
            span: text.content,
            message: Message::new("the text that it heads begins here", "它所领的正文从这里开始"),
        }],
        fixes: vec![Fix {
            title: Message::new("Move the title above its text", "把标题移到正文之前"),
            safety: Safety::Unsafe,
            edits: vec![
                Edit { span: Span::empty(line_start(first)), new_text: moved },
                Edit { span: page.with_gap(title), new_text: String::new() },
            ],
        }],
        ..Finding::new(
            upper.content.cover(lower.content),
            Message::new("this title stands below the text that it heads", "这个标题落在它所领的正文之后"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::RULE;

    const BODY: &str =
        "青川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。";

    #[test]
    fn flags_both_lines_of_a_title_and_fix_moves_both() {
        let text = "青年职工的成长“法则”是什么？区里做了调查，大家都说，多到一线去，才能学到真本领。";
        let news = format!("# 让职工走进温暖的家\n\n本报讯 {BODY}\n");
        let before = format!("{text}\n\n## ⟦青年职工的\n\n## 成长“法则”⟧\n\n{news}");
        testing::check_fix(&RULE, &before, &format!("## 青年职工的\n\n## 成长“法则”\n\n{text}\n\n{news}"));
    }

    #[test]
    fn keeps_a_title_on_two_lines_of_which_the_text_above_says_one() {
        let text = "区里青年职工的精神面貌变了样，大家都说好，多到一线去，才能学到真本领。";
        testing::check(&RULE, &format!("{text}\n\n## 青年职工的\n\n成长“法则”\n\n本报讯 {BODY}\n"));
    }

    #[test]
    fn flags_a_title_below_a_column_that_has_none() {
        for column in ["直击", "时评", "一家之言"] {
            let source = format!("## {column}\n\n{BODY}\n\n### ⟦“学到了真本领”⟧\n\n## 应急指南\n\n{BODY}\n");
            testing::check(&RULE, &source);
        }
    }

    #[test]
    fn flags_the_title_of_a_report_within_an_article_and_fix_moves_it() {
        let first = format!("# 学到真本领\n\n{BODY}\n\n");
        let report = "本报讯（记者周晓岚）松岭村图书室昨天迎来第一批小读者，三百本新书由区总工会送来。\n\n";
        let next = format!("# 让职工走进温暖的家\n\n本报讯 {BODY}\n");
        let title = "# 三百本新书送进松岭村\n\n";
        testing::check_fix(
            &RULE,
            &format!("{first}{report}# ⟦三百本新书送进松岭村⟧\n\n{next}"),
            &format!("{first}{title}{report}{next}"),
        );
    }

    #[test]
    fn keeps_who_wrote_the_text_in_brackets() {
        testing::check(
            &RULE,
            &format!(
                "松岭村总工会的周晓岚说，{BODY}\n\n（松岭村总工会周晓岚）\n\n# 让职工走进温暖的家\n\n本报讯 {BODY}\n"
            ),
        );
    }

    #[test]
    fn keeps_a_kicker_whose_words_both_texts_take_up() {
        let report = "本报讯（记者周晓岚）松岭村图书室昨天迎来第一批小读者，三百本新书由区总工会送来。\n\n";
        let next = "# 让小读者走进温暖的家\n\n本报讯 松岭村图书室的三百本新书今天全部上架，小读者来了一批又一批。\n";
        testing::check(&RULE, &format!("# 学到真本领\n\n{BODY}\n\n{report}松岭村图书室添新书\n\n{next}"));
    }

    #[test]
    fn keeps_the_kicker_of_the_next_article() {
        testing::check(
            &RULE,
            &format!("## 工会时评\n\n{BODY}\n\n青川市推进服务阵地建设\n\n# 让职工走进温暖的家\n\n本报讯 {BODY}\n"),
        );
    }

    #[test]
    fn keeps_a_heading_below_an_article_with_a_title() {
        testing::check(
            &RULE,
            &format!(
                "# 学到真本领\n\n本报讯 {BODY}\n\n大家都说学到了真本领\n\n# 让职工走进温暖的家\n\n本报讯 {BODY}\n"
            ),
        );
    }
}
