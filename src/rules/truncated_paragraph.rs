//! `truncated-paragraph`: a sentence that is cut and goes on nowhere.

use super::{Context, Rule};
use crate::diagnostic::{Finding, Severity};
use crate::lang::{Message, Phrase};
use crate::seam::SeamKind;

pub(super) const RULE: Rule = Rule {
    name: "truncated-paragraph",
    severity: Severity::Information,
    fixable: false,
    summary: Phrase { en: "a sentence whose end is lost", zh: "句子的下半缺失" },
    docs: Phrase {
        en: "A paragraph stops in mid-sentence, and no block of the page goes on with it: the rest was lost, or stands \
            on another page. Only the original can tell; there is no repair, \
            and it is an information however sure.\n\n\
            ```bad\n青川区总工会日前召开会议，总结今年的工作。会议指出，全区各级工会要进一步做好困难职工的帮扶工作，切实维⟦护好广大职工的合⟧\n\n本报讯 街道图书馆昨日重新开放。读者可以在网上预约座位，也可以到馆登记。\n```\n\n\
            Silent on purpose: short lines, which may be titles; lines that could as well be complete.\n",
        zh: "段落在句子中间中断，全版没有能接上的内容：下文已丢失，或在别的版面。须查对原件，故不提供修复；把握再大也只作提示。\n\n\
            ```bad\n青川区总工会日前召开会议，总结今年的工作。会议指出，全区各级工会要进一步做好困难职工的帮扶工作，切实维⟦护好广大职工的合⟧\n\n本报讯 街道图书馆昨日重新开放。读者可以在网上预约座位，也可以到馆登记。\n```\n\n\
            以下情况有意不报：可能是标题的短行；意思已完整的行。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    let page = ctx.page;
    for seam in ctx.seams(SeamKind::Truncated) {
        let Some(span) = seam.tail_span(&page.text, &page.blocks) else { continue };
        // Never a warning, however sure: the page holds nothing with which it could be repaired.
        acc.push(Finding::new(
            span,
            Message::new(
                "the sentence is cut here, and the rest was not found on the page",
                "句子在此被截断，本版未找到下文",
            ),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn a_lost_end_is_an_information_however_sure() {
        let page = "休息室里还请来了中医，司机们的颈椎病、腰椎病等职业病可以现场理疗。\
栖山区总工会还投入三十万元，为休息室添置了淋浴间、洗衣机和\n\n\
                    本报讯 街道图书馆昨日重新开放。读者可以在网上预约座位，也可以到馆登记。\n";
        let found: Vec<_> = testing::diagnostics(page).into_iter().filter(|d| d.rule == RULE.name).collect();
        assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), [Severity::Information]);
    }
}
