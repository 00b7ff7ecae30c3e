//! `repeated-sentence`: a sentence that stands in another place of the page as well.

use super::{Context, Rule};
use crate::diagnostic::{Finding, Related, Severity};
use crate::lang::{Message, Phrase};

pub(super) const RULE: Rule = Rule {
    name: "repeated-sentence",
    severity: Severity::Information,
    fixable: false,
    summary: Phrase { en: "a sentence that stands elsewhere too", zh: "句子重复" },
    docs: Phrase {
        en: "A lead, a box (阅读提示) or a pull quote often repeats a sentence of the article. That is the work of an \
            editor and no defect, but one who makes a clean article of the page has to choose.\n\n\
            ```bad\n\
            阅读提示\n\n\
            三年来，河湾村把废弃的砖窑改成了图书室，请回乡的大学生轮流值班。村里的故事还在继续。\n\n\
            走进河湾村，满眼是新栽的果树，村口立着一块石碑。⟦三年来，河湾村把废弃的砖窑改成了图书室，\
            请回乡的大学生们轮流值班。⟧孩子们放学后就往这里跑。\n\
            ```\n\n\
            The two may differ by a few words. A sentence of fewer than twenty characters, a set phrase that stands in \
            many places, a sentence inside a paragraph that is a `duplicate-paragraph` as a whole, and notices of \
            courts, of lost papers and the like are not reported. There is no repair.\n",
        zh: "导语、阅读提示、引语框常常重复正文中的句子。这是编辑的安排，不是错误，但整理成干净的文章时需要取舍。\n\n\
            ```bad\n\
            阅读提示\n\n\
            三年来，河湾村把废弃的砖窑改成了图书室，请回乡的大学生轮流值班。村里的故事还在继续。\n\n\
            走进河湾村，满眼是新栽的果树，村口立着一块石碑。⟦三年来，河湾村把废弃的砖窑改成了图书室，\
            请回乡的大学生们轮流值班。⟧孩子们放学后就往这里跑。\n\
            ```\n\n\
            两句可以相差几个字。不足二十字的句子、多处出现的套话，以及整段已由 `duplicate-paragraph` 报告的，不再报告；\
            法院公告、遗失声明一类的格式文字也不报告。\
            本规则不提供修复。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    acc.extend(ctx.page.echoes.iter().map(|echo| {
        let line = ctx.page.text.line_of(echo.earlier.start) + 1;
        Finding {
            related: vec![Related {
                span: echo.earlier, message: Message::new("the first time", "先出现的一处")
            }],
            ..Finding::new(
                echo.later,
                Message::new(
                    format!("this sentence stands in line {line} already"),
                    format!("此句在第 {line} 行已出现"),
                ),
            )
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    const SENTENCE: &str = "三年来，河湾村把废弃的砖窑改成了图书室，请回乡的大学生轮流值班。";

    #[test]
    fn flags_a_clause_of_a_lead_that_the_body_quotes() {
        check(
            &RULE,
            "设立一站办齐的便民窗口，受理村民求助四百余件，件件都有回音；修通入户道路三十公里，家家出门不踩泥……\n\n\
             ⟦“我们设立一站办齐的便民窗口，受理村民求助四百余件，件件都有回音。”⟧村委会主任说，今年还要接着办下去。\n",
        );
    }

    #[test]
    fn flags_sentences_that_follow_each_other_once() {
        let pair = format!("{SENTENCE}孩子们放学以后就往这里跑，天黑了还不肯回家去。");
        check(&RULE, &format!("{pair}村里的故事还在继续。\n\n走进河湾村，满眼是新栽的果树。⟦{pair}⟧\n"));
    }

    #[test]
    fn keeps_a_sentence_inside_a_copy() {
        let paragraph = format!("{SENTENCE}孩子们放学以后就往这里跑，天黑了还不肯回家去。");
        check(&RULE, &format!("{paragraph}\n\n{paragraph}\n"));
    }

    #[test]
    fn keeps_lines_that_are_not_sentences() {
        let line = "sectionCollapsed: true, showTableOfContents: false";
        check(&RULE, &format!("{line}\n\n{SENTENCE}\n\n{line}\n"));
    }

    #[test]
    fn keeps_phrases() {
        check(
            &RULE,
            "在全体村民的共同努力下，水渠提前完工，灌溉面积翻了一番。\n\n\
             在全体村民的共同努力下，合作社当年扭亏，还清了欠下的贷款。\n",
        );
    }
}
