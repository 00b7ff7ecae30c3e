//! `inconsistent-organisation-name`: the name of an organisation that differs by one character from a name that the
//! page uses much more often.

use super::{Context, Rule};
use crate::diagnostic::{Edit, Finding, Fix, Related, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "inconsistent-organisation-name",
    severity: Severity::Information,
    fixable: true,
    summary: Phrase { en: "a name that differs by one character", zh: "机构名称一字之差" },
    docs: Phrase {
        en: "OCR takes one character for another, and an author forgets one: the same organisation then goes by two \
            names. Reported is a name that differs by one character from a name that the page uses at least three \
            times, and three times as often. Runs only where the configuration names the rule, because the \
            search for names takes longer than all other rules together.\n\n\
            ```bad\n\
            蓝鲸物流有限公司近日为职工送去防暑物资。\n\n\
            据了解，蓝鲸物流有限公司有职工三百人。\n\n\
            ⟦蓝鲸物硫有限公司⟧工会负责人说，蓝鲸物流有限公司今后还要办培训班。\n\
            ```\n\
            ```good\n\
            蓝鲸物流有限公司近日为职工送去防暑物资。\n\n\
            据了解，蓝鲸物流有限公司有职工三百人。\n\n\
            蓝鲸物流有限公司工会负责人说，蓝鲸物流有限公司今后还要办培训班。\n\
            ```\n\n\
            The repair puts the frequent name in place of the rare one. It is never applied unattended: two bodies \
            may differ by one character. The rule is silent where the difference is a number (一车间, 二车间), a \
            direction or the name of a place, and for names of fewer than four characters.\n",
        zh: "识别时认错一个字，写稿时漏掉一个字，同一机构就有了两个名称。若某名称与本文至少使用三次、且次数至少为其三倍的名称仅差一字，则报告。查找机构名称比其他规则都费时，因此只有在配置中写明时才运行。\n\n\
            ```bad\n\
            蓝鲸物流有限公司近日为职工送去防暑物资。\n\n\
            据了解，蓝鲸物流有限公司有职工三百人。\n\n\
            ⟦蓝鲸物硫有限公司⟧工会负责人说，蓝鲸物流有限公司今后还要办培训班。\n\
            ```\n\n\
            修复以常用名称替换少见名称，须由人确认：不同机构也可能只差一字。差别为数字（一车间、二车间）、方位或地名时不报告，不足四字的名称也不报告。\n",
    },
    check,
};

/// The frequent name is used at least this often: two uses are no habit.
const LEAST_USES: usize = 3;
/// The frequent name is used at least this many times as often as the rare one.
const LEAST_RATIO: usize = 3;
/// Shorter names differ by a character too easily.
const LEAST_CHARS: usize = 4;

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    // Names are searched for only where somebody asked for the rule: the search costs more than all other rules
    // together, and has no place behind a keystroke.
    if !ctx.config.asks_for(RULE.name) {
        return;
    }
    let organisations = crate::org::organisations(ctx.page);
    let mut names: Vec<(&str, Vec<Span>)> = Vec::new();
    for (organisation, mention) in organisations.iter().flat_map(|o| o.mentions.iter().map(move |m| (o, m))) {
        if mention.is_part {
            continue;
        }
        let name = ctx.page.text.slice(mention.span);
        // 某公司工会 names the company, too.
        let parent = organisation.part_of.as_deref().filter(|parent| name.starts_with(parent));
        let parent = parent.map(|parent| Span::new(mention.span.start, mention.span.start + parent.len()));
        for span in std::iter::once(mention.span).chain(parent) {
            let name = ctx.page.text.slice(span);
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, spans)) => spans.push(span),
                None => names.push((name, vec![span])),
            }
        }
    }
    for (rare, spans) in names.iter().filter(|(name, _)| name.chars().count() >= LEAST_CHARS) {
        let frequent = names.iter().find(|(name, uses)| {
            uses.len() >= LEAST_USES && uses.len() >= LEAST_RATIO * spans.len() && is_slip(rare, name)
        });
        if let Some((frequent, uses)) = frequent {
            acc.extend(spans.iter().map(|&span| finding(span, rare, frequent, uses)));
        }
    }
}

/// Whether `rare` reads as a slip of the pen for `frequent`: one character exchanged, missing or added, and not one
/// that tells two bodies apart.
fn is_slip(rare: &str, frequent: &str) -> bool {
    if rare == frequent || rare.contains(frequent) || frequent.contains(rare) {
        return false;
    }
    let (rare, frequent): (Vec<char>, Vec<char>) = (rare.chars().collect(), frequent.chars().collect());
    if frequent.len() < LEAST_CHARS || rare.len().abs_diff(frequent.len()) > 1 {
        return false;
    }
    let head = rare.iter().zip(&frequent).take_while(|(a, b)| a == b).count();
    let most = rare.len().min(frequent.len()) - head;
    let tail = rare.iter().rev().zip(frequent.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let (own, other) = (&rare[head..rare.len() - tail], &frequent[head..frequent.len() - tail]);
    own.len() <= 1
        && other.len() <= 1
        && head + tail + 1 >= LEAST_CHARS
        && !own.iter().chain(other).any(|&c| tells_apart(c))
        && !(head == 0 && is_rank(&rare, &frequent))
}

/// Whether two bodies may differ by `c` alone.
fn tells_apart(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "〇零一二三四五六七八九十百千甲乙丙丁东西南北中上下前后左右大小新老省市区县镇乡村厂委局党团".contains(c)
}

/// Whether both begin with the name of a place: 黄岛区总工会, 青岛区总工会 are two bodies.
fn is_rank(rare: &[char], frequent: &[char]) -> bool {
    let begins =
        |name: &[char]| name.iter().take(4).any(|c| matches!(c, '区' | '市' | '县' | '省' | '镇' | '乡' | '村'));
    begins(rare) && begins(frequent)
}

fn finding(span: Span, rare: &str, frequent: &str, uses: &[Span]) -> Finding {
    Finding {
        related: vec![Related {
            span: uses[0],
            message: Message::new(format!("{frequent} is first mentioned here"), format!("{frequent}首次出现在这里")),
        }],
        fixes: vec![Fix {
            title: Message::new(format!("Change to {frequent}"), format!("改为{frequent}")),
            safety: Safety::Unsafe,
            edits: vec![Edit { span, new_text: frequent.to_owned() }],
        }],
        ..Finding::new(
            span,
            Message::new(
                format!("{rare} differs by one character from {frequent}, which is mentioned {} times", uses.len()),
                format!("{rare}与本文提到 {} 次的{frequent}仅一字之差", uses.len()),
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_fix};
    use super::{RULE, is_slip};

    #[test]
    fn fix_puts_the_frequent_name() {
        check_fix(
            &RULE,
            "蓝鲸物流有限公司近日为职工送去防暑物资。\n\n据了解，蓝鲸物流有限公司有职工三百人。\n\n⟦蓝鲸物硫有限公司⟧工会负责人说，蓝鲸物流有限公司今后还要办培训班。\n",
            "蓝鲸物流有限公司近日为职工送去防暑物资。\n\n据了解，蓝鲸物流有限公司有职工三百人。\n\n蓝鲸物流有限公司工会负责人说，蓝鲸物流有限公司今后还要办培训班。\n",
        );
    }

    #[test]
    fn keeps_a_name_that_is_used_as_often() {
        check(&RULE, "蓝鲸物流有限公司近日为职工送去防暑物资。\n\n蓝鲸物硫有限公司工会负责人说，今后还要办培训班。\n");
    }

    #[test]
    fn slips_of_the_pen() {
        assert!(is_slip("蓝鲸物硫有限公司", "蓝鲸物流有限公司"));
        assert!(is_slip("青岛石化工公司", "青岛石化公司"));
    }

    #[test]
    fn keeps_names_that_are_told_apart_by_one_character() {
        assert!(!is_slip("加热二车间党支部", "加热一车间党支部"));
        assert!(!is_slip("黄岛区总工会", "崂山区总工会"));
        assert!(!is_slip("蓝鲸公司党委", "蓝鲸公司工会"));
        assert!(!is_slip("蓝鲸公司", "蓝鲸公司工会"));
    }
}
