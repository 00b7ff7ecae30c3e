//! `orphan-continuation`: a text that starts in mid-sentence, its beginning nowhere.

use super::{Context, Rule};
use crate::diagnostic::{Finding, Severity};
use crate::lang::{Message, Phrase};
use crate::seam::SeamKind;

pub(super) const RULE: Rule = Rule {
    name: "orphan-continuation",
    severity: Severity::Information,
    fixable: false,
    summary: Phrase { en: "a sentence whose beginning is lost", zh: "句子的上半缺失" },
    docs: Phrase {
        en: "A paragraph starts in mid-sentence, and no block of the page ends where it could begin: the beginning was \
            lost, or stands on another page. Only the original can tell; there is no repair.\n\n\
            ```bad\n街道图书馆昨日重新开放。读者可以在网上预约座位，也可以到馆登记。\n\n⟦们的欢迎，仅上个⟧月就有两千多名读者到馆借阅图书，创下了开馆以来的最高纪录。\n\n下一步，图书馆还将开办读书会，邀请作家与读者见面。\n```\n\n\
            Silent on purpose: lines that could as well be a beginning.\n",
        zh: "段落从句子中间开始，全版没有能接上的上文：上文已丢失，或在别的版面。须查对原件，故不提供修复。\n\n\
            ```bad\n街道图书馆昨日重新开放。读者可以在网上预约座位，也可以到馆登记。\n\n⟦们的欢迎，仅上个⟧月就有两千多名读者到馆借阅图书，创下了开馆以来的最高纪录。\n\n下一步，图书馆还将开办读书会，邀请作家与读者见面。\n```\n\n\
            以下情况有意不报：也可以是开头的行。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    let page = ctx.page;
    for seam in ctx.seams(SeamKind::Orphan) {
        let Some(span) = seam.head_span(&page.text, &page.blocks) else { continue };
        // Never a warning: on held-out pages one in four reads so and is a beginning all the same.
        acc.push(Finding::new(
            span,
            Message::new(
                "this starts in mid-sentence, and its beginning was not found on the page",
                "此处从句子中间开始，本版未找到上文",
            ),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::RULE;

    fn page(start: &str) -> String {
        format!(
            "## 青川新闻\n\n街道图书馆昨日重新开放，读者可以在网上预约座位。\n\n{start}\n\n\
             青川市总工会今年开办了二十四期培训班，三千多人参加。\n"
        )
    }

    #[test]
    fn flags_what_no_sentence_begins_with() {
        testing::check(&RULE, &page("⟦的单位负责人到车⟧间听取意见，当场答应改善食堂。"));
        testing::check(&RULE, &page("⟦诊。候诊的老人们⟧说，医生上门以后看病方便多了。"));
    }

    #[test]
    fn flags_words_that_only_follow_others() {
        testing::check(&RULE, &page("⟦里的旧桌椅搬进活⟧动室，又添了两百多本书，不上班的日子大家常来坐坐。"));
    }

    #[test]
    fn keeps_items_that_begin_alike() {
        let item = |name: &str| format!("{name}。车间把本月的做法写在墙上，人人都能照着做，照着查。\n\n");
        testing::check(&RULE, &page(&["查漏", "补缺", "留痕"].map(item).concat()));
    }

    #[test]
    fn keeps_a_clause_without_a_subject() {
        testing::check(&RULE, &page("以职工的需要为出发点，工会把食堂、浴室和书屋都搬进了车间。"));
        testing::check(&RULE, &page("据了解，这样的服务点明年还要再建十二个。"));
    }
}
