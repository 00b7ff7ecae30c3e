//! `wrapped-heading`: one heading set on two lines.

use super::{Context, Rule};
use crate::article::Page;
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::seam::SeamKind;
use crate::text::Span;
use crate::zh;

pub(super) const RULE: Rule = Rule {
    name: "wrapped-heading",
    severity: Severity::Information,
    fixable: true,
    summary: Phrase { en: "a heading on two lines", zh: "标题折成两行" },
    docs: Phrase {
        en: "A long title was set on two lines, and extraction made two headings, or a heading and a paragraph, of it.\n\n\
             ```bad\n## ⟦青年职工的\n成长“法则”⟧\n\n青川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。\n```\n\
             ```good\n## 青年职工的成长“法则”\n\n青川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。\n```\n\n\
             The repair joins the two lines; it asks first, because a kicker and its title stand one above the other too. \
             The break is in a word, in a quotation, or behind a word that wants another. The rule is silent on purpose \
             where the first line could stand alone: two lines that both read as headings are a kicker and a title.\n",
        zh: "长标题排成了两行，提取时成了两个标题，或者一个标题和一个段落。\n\n\
             ```bad\n⟦了解\n更多⟧\n\n青川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。\n```\n\
             ```good\n了解更多\n\n青川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。\n```\n\n\
             修复把两行接起来；引题和主题也是上下两行，所以修复前须经确认。断处须在词语或引文中间，或在“的”“把”一类的字后面；第一行能独立成题时不报告：两行都像标题的，是引题和主题。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    let halves = ctx.page.seams.iter().filter(|seam| seam.kind == SeamKind::Heading);
    acc.extend(halves.filter_map(|seam| Some(finding(ctx.page, seam.tail?, seam.head?))));
}

fn finding(page: &Page, tail: usize, head: usize) -> Finding {
    let (first, second) = (page.blocks[tail].content, page.blocks[head].content);
    let (left, right) = (page.text.slice(first), page.text.slice(second));
    let new_text = zh::joint(left, right);
    let joined = format!("{left}{new_text}{right}");
    Finding {
        fixes: vec![Fix {
            title: Message::new("Join the two lines", "把两行接起来"),
            safety: Safety::Unsafe,
            edits: vec![Edit { span: Span::new(first.end, second.start), new_text: new_text.to_owned() }],
        }],
        ..Finding::new(
            first.cover(second),
            Message::new(format!("one heading on two lines: {joined}"), format!("一个标题被折成两行：{joined}")),
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
    fn flags_a_heading_whose_quote_stays_open() {
        testing::check(&RULE, &format!("⟦“小课堂\n进车间”⟧\n\n{BODY}\n"));
    }

    #[test]
    fn fix_drops_the_mark_of_the_second_line() {
        let before = format!("## ⟦青年职工的\n\n## 成长“法则”⟧\n\n{BODY}\n");
        testing::check_fix(&RULE, &before, &format!("## 青年职工的成长“法则”\n\n{BODY}\n"));
    }

    #[test]
    fn flags_a_heading_that_is_cut_in_a_word() {
        testing::check(&RULE, &format!("# ⟦青川市推行职工技能培\n\n# 训补贴进车间⟧\n\n{BODY}\n"));
        testing::check(&RULE, &format!("# 把课堂搬进车间\n\n## ⟦——青川市工会干部培训\n\n班走进企业⟧\n\n{BODY}\n"));
        // The quotation closes in the second line, and a section follows.
        testing::check(&RULE, &format!("# ⟦小工具如何走出“价\n\n# 格过山车”⟧\n\n## 先找买家\n\n{BODY}\n"));
    }

    #[test]
    fn keeps_the_name_of_a_column_and_a_title() {
        testing::check(
            &RULE,
            &format!("# 工会时评\n\n# 让职工走进温暖的家\n\n{BODY}\n\n# 人物\n\n# 车间里的灯火\n\n{BODY}\n"),
        );
    }

    #[test]
    fn keeps_a_kicker_and_its_title() {
        testing::check(&RULE, &format!("青川市推进服务阵地建设\n让职工走进温暖的家\n\n本报记者 周晓岚\n\n{BODY}\n"));
    }

    #[test]
    fn keeps_a_title_that_ends_in_a_particle_and_its_author() {
        testing::check(&RULE, &format!("从一次技能比赛想到的\n\n周晓岚\n\n{BODY}\n"));
    }

    #[test]
    fn keeps_a_title_and_its_subtitle() {
        testing::check(&RULE, &format!("# 三十年不曾忘却的\n\n——访东街修表匠周晓岚\n\n{BODY}\n"));
    }

    #[test]
    fn keeps_verse() {
        testing::check(&RULE, &format!("# 母亲的\n\n手表停在七点\n那是她下地的时候\n针脚还在走\n\n{BODY}\n"));
        testing::check(
            &RULE,
            &format!(
                "# 巡井路\n\n石 榴\n\n风把脚印收走\n\n又把脚印还来\n\n是我每天抄写的\n\n一行短句\n\n# 灯\n\n{BODY}\n"
            ),
        );
        testing::check(&RULE, &format!("{BODY}\n\n远方的\n灯火\n近处的\n机器\n都在歌唱\n"));
    }
}
