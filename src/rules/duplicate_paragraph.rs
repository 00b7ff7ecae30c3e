//! `duplicate-paragraph`: the same paragraph, or run of paragraphs, printed twice.

use super::{Context, Rule};
use crate::article::Page;
use crate::block::covered;
use crate::diagnostic::{Edit, Finding, Fix, Related, Safety, Severity};
use crate::fingerprint::{Copy, Spare};
use crate::lang::{Message, Phrase};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-paragraph",
    severity: Severity::Warning,
    fixable: true,
    summary: Phrase { en: "a paragraph printed twice", zh: "段落重复" },
    docs: Phrase {
        en: "Extraction of a page with several columns or boxes often emits a column twice. The later copy is \
            reported, with the first; copies that follow each other in the same order are one finding.\n\n\
            ```bad\n\
            入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
            来买豆腐的多是街坊。\n\n\
            ⟦入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。⟧\n\
            ```\n\n\
            ```good\n\
            入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
            来买豆腐的多是街坊。\n\
            ```\n\n\
            Width, punctuation and spaces do not count. A copy that was recognised anew, with scattered characters \
            wrong, lost or doubled, or that was cut into other pieces, is a copy as well; the message says how much \
            differs.\n\n\
            Nothing is said about text that repeats by nature or on purpose: paragraphs of fewer than thirty \
            characters (verse, slogans, datelines, bylines, names), headings, lists, tables and code, clauses of laws, \
            short paragraphs that come three times, paragraphs that differ in whole clauses, or in nothing but \
            numbers, notices of courts, of lost papers and the like that differ at all. A sentence that a lead or a \
            box repeats is `repeated-sentence`.\n\n\
            The repair deletes the later copy, or the first where that one is cut off and the later one is whole. It is \
            never applied unattended: which copy is the better one, and which one stands in its place, is for a person \
            to say.\n",
        zh: "多栏版面在提取时，常把同一栏输出两次。本规则报告后出现的一份，并指出先出现的一份；依次相同的数段合为一条。\n\n\
            ```bad\n\
            入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
            来买豆腐的多是街坊。\n\n\
            ⟦入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。⟧\n\
            ```\n\n\
            ```good\n\
            入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
            来买豆腐的多是街坊。\n\
            ```\n\n\
            全角半角、标点和空格不计。重新识别而有零星错字、漏字、叠字的，以及分段不同的，同样算作重复，提示中注明相差多少。\n\n\
            理应重复或有意重复的不报：不足三十字的段落（诗行、口号、电头、署名）、标题、列表、表格、代码、法律条文、\
            出现三次的短段、有整句改动的段落、只有数字不同的段落，以及有任何不同的法院公告、遗失声明一类的格式文字。\
            导语或提示框重复正文的句子，另由 `repeated-sentence` 报告。\n\n\
            修复是删去后出现的一份；先出现的一份残缺而后一份完整时，删去先出现的一份。修复不会自动执行：哪一份更好、哪一份位置正确，须由人判断。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    acc.extend(ctx.page.copies.iter().map(|copy| finding(ctx.page, copy)));
}

fn finding(page: &Page, copy: &Copy) -> Finding {
    let (later, earlier) = (covered(&page.blocks, &copy.later), covered(&page.blocks, &copy.earlier));
    let line = page.text.line_of(earlier.start) + 1;
    let n = copy.later.len();
    let message = match (n, difference(copy)) {
        (1, None) => Message::new(
            format!("this paragraph stands in line {line} already"),
            format!("本段与第 {line} 行的段落重复"),
        ),
        (1, Some(percent)) => Message::new(
            format!("this paragraph stands in line {line} already; {percent} % of the characters differ"),
            format!("本段与第 {line} 行的段落重复，{percent}% 的字不同"),
        ),
        (_, None) => Message::new(
            format!("these {n} paragraphs stand from line {line} on already"),
            format!("这 {n} 段与第 {line} 行起的段落重复"),
        ),
        (_, Some(percent)) => Message::new(
            format!("these {n} paragraphs stand from line {line} on already; {percent} % of the characters differ"),
            format!("这 {n} 段与第 {line} 行起的段落重复，{percent}% 的字不同"),
        ),
    };
    let (title, spare) = match copy.spare {
        Spare::Later => (Message::new("Delete the later copy", "删去后出现的一份"), &copy.later),
        Spare::Earlier => {
            (Message::new("Delete the first copy, which is cut off", "删去先出现的残缺一份"), &copy.earlier)
        }
    };
    Finding {
        related: vec![Related { span: earlier, message: Message::new("the first copy", "先出现的一份") }],
        fixes: vec![Fix {
            title,
            safety: Safety::Unsafe,
            edits: vec![Edit { span: page.with_gap(spare), new_text: String::new() }],
        }],
        unnecessary: copy.spare == Spare::Later,
        ..Finding::new(later, message)
    }
}

/// How many characters in a hundred differ, at least one; none for an exact copy.
fn difference(copy: &Copy) -> Option<u32> {
    (copy.similarity < 1.0).then(|| (((1.0 - copy.similarity) * 100.0).round() as u32).max(1))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_fix, diagnostics};
    use super::*;

    /// A paragraph of one hundred and two characters, in three sentences.
    const MILL: &str = "河湾村的水磨坊停了三十多年，今年开春又转了起来。村里的老木匠带着两个徒弟，把朽坏的水轮拆下来重做，\
        前后用了四个月工夫。磨出来的面粉装进印着村名的布袋，赶集的日子里半天就卖完，买主多是特意从县城赶来的年轻人。";
    const SCHOOL: &str = "村小学的操场边上种着一排银杏，是二十年前的毕业生栽下的。每到深秋，孩子们把落叶扫成一堆，\
        挑出最黄的夹在书里，寄给那些当年栽树的人，信里写上各自的班级和名字。";
    const OTHER: &str = "傍晚时分，最后一班渡船靠岸，船工把缆绳系在石桩上。";

    #[test]
    fn flags_a_run_whose_copies_another_paragraph_parts() {
        check(&RULE, &format!("{MILL}\n\n{SCHOOL}\n\n{OTHER}\n\n⟦{MILL}\n\n{SCHOOL}⟧\n\n到此为止。\n"));
    }

    #[test]
    fn flags_a_run_that_carries_the_same_cut_twice() {
        let (first, second) = MILL.split_at("河湾村的水磨坊停了三十多年，今年开春又转了起来。村里的老木".len());
        check(&RULE, &format!("{first}\n\n{second}\n\n{OTHER}\n\n⟦{first}\n\n{second}⟧\n"));
    }

    #[test]
    fn flags_a_copy_in_pieces_and_the_copy_of_pieces() {
        let (first, second) = MILL.split_at("河湾村的水磨坊停了三十多年，今年开春又转了起来。村里的老木".len());
        check(&RULE, &format!("{MILL}\n\n{OTHER}\n\n⟦{first}\n\n{second}⟧\n"));
        check(&RULE, &format!("{first}\n\n{second}\n\n{OTHER}\n\n⟦{MILL}⟧\n"));
    }

    #[test]
    fn flags_pieces_that_are_cut_at_other_places() {
        let (first, second) = MILL.split_at("河湾村的水磨坊停了三十多年，今年开春又转了起来。村里的老木".len());
        let (third, fourth) = MILL.split_at("河湾村的水磨坊停了三十多年，今年开春又转".len());
        check(&RULE, &format!("{first}\n\n{second}\n\n{OTHER}\n\n⟦{third}\n\n{fourth}⟧\n"));
    }

    #[test]
    fn flags_each_of_three_copies_with_the_first() {
        check(&RULE, &format!("{MILL}\n\n⟦{MILL}⟧\n\n⟦{MILL}⟧\n"));
        let found = diagnostics(&format!("{MILL}\n\n{MILL}\n\n{MILL}\n"));
        let firsts = found.iter().filter(|d| d.rule == RULE.name).map(|d| d.finding.related[0].span.start);
        assert_eq!(firsts.collect::<Vec<_>>(), [0, 0]);
    }

    #[test]
    fn flags_a_copy_that_was_recognised_anew() {
        let noisy = MILL.replace("老木匠", "老术匠").replace("四个月", "四四个月").replace("县城赶来", "县城来");
        check(&RULE, &format!("{MILL}\n\n{OTHER}\n\n⟦{noisy}⟧\n"));
        let found = diagnostics(&format!("{MILL}\n\n{OTHER}\n\n{noisy}\n"));
        let message = &found.iter().find(|d| d.rule == RULE.name).expect("a finding").finding.message;
        assert!(message.en.contains("3 %") && message.zh.contains("3%"), "{message:?}");
    }

    #[test]
    fn flags_a_copy_whose_first_characters_are_wrong() {
        let noisy = MILL.replace("河湾村的水磨", "何弯村的水磨");
        check(&RULE, &format!("{MILL}\n\n{OTHER}\n\n⟦{noisy}⟧\n"));
    }

    #[test]
    fn flags_a_copy_that_a_column_cut_off() {
        let part = &MILL[..MILL.find("布袋").expect("the word")];
        check(&RULE, &format!("{MILL}\n\n{OTHER}\n\n⟦{part}⟧\n"));
    }

    #[test]
    fn fix_deletes_the_part_where_the_whole_comes_later() {
        let part = &MILL[..MILL.find("布袋").expect("the word")];
        check_fix(&RULE, &format!("{part}\n\n{OTHER}\n\n⟦{MILL}⟧\n"), &format!("{OTHER}\n\n{MILL}\n"));
    }

    #[test]
    fn fix_leaves_a_well_formed_page() {
        check_fix(
            &RULE,
            &format!("{MILL}\n\n{OTHER}\n\n⟦{MILL}⟧\n\n到此为止。\n"),
            &format!("{MILL}\n\n{OTHER}\n\n到此为止。\n"),
        );
        check_fix(&RULE, &format!("{MILL}\n\n{OTHER}\n\n⟦{MILL}⟧\n"), &format!("{MILL}\n\n{OTHER}\n"));
        check_fix(&RULE, &format!("{MILL}\n\n{OTHER}\n\n⟦{MILL}⟧"), &format!("{MILL}\n\n{OTHER}"));
        check_fix(
            &RULE,
            &format!("　　{MILL}\n　　{OTHER}\n　　⟦{MILL}⟧\n　　到此为止。\n"),
            &format!("　　{MILL}\n　　{OTHER}\n　　到此为止。\n"),
        );
        check_fix(&RULE, &format!("{MILL}\r\n\r\n⟦{MILL}⟧\r\n\r\n完。"), &format!("{MILL}\r\n\r\n完。"));
    }

    #[test]
    fn keeps_a_speech_and_the_report_that_quotes_it() {
        check(&RULE, &format!("{MILL}\n\n{OTHER}\n\n村支书李望山说，{MILL}\n"));
    }

    #[test]
    fn keeps_another_wording() {
        let reworded = MILL
            .replace("前后用了四个月工夫", "从腊月一直忙到清明")
            .replace("赶集的日子里半天就卖完", "在网上也能订到");
        check(&RULE, &format!("{MILL}\n\n{OTHER}\n\n{reworded}\n"));
    }

    #[test]
    fn keeps_a_form_filled_in_twice() {
        let form = |n: &str, m: &str| {
            format!(
                "第{n}小组共有组员{m}人，本月巡查河道二十次，清理漂浮物三十余袋，劝阻钓鱼行为数起，未发现新的排污口。"
            )
        };
        check(&RULE, &format!("{}\n\n{}\n", form("一", "12"), form("二", "15")));
    }

    #[test]
    fn keeps_clauses_that_differ_in_number_and_object() {
        check(
            &RULE,
            "第十五条　任何单位和个人在架空管线的保护范围以内作业的，必须遵守下列规定：\n\n\
             第十六条　任何单位和个人在地下管线的保护范围以内作业的，必须遵守下列规定：\n",
        );
    }

    #[test]
    fn keeps_lines_that_repeat_by_nature() {
        let verse = "月亮出来照山坡，\n照见山坡白花多。\n哥哥打柴不回来，\n妹妹等在小石桥。\n";
        check(&RULE, &format!("{verse}\n山歌唱到半夜里。\n\n{verse}\n{OTHER}\n\n{OTHER}\n\n{OTHER}\n"));
        check(
            &RULE,
            "| 村名 | 户数 |\n|---|---|\n| 河湾村 | 120 |\n\n| 村名 | 户数 |\n|---|---|\n| 河湾村 | 120 |\n\n今年全县又有二十个村通了公路和班车。\n",
        );
    }

    #[test]
    fn what_is_found_does_not_depend_on_what_was_analysed_before() {
        use crate::article::Memo;
        use crate::block::Format;
        let mut memo = Memo::default();
        let pages = [
            format!("{MILL}\n\n{OTHER}\n\n{MILL}\n"),
            format!("{MILL}\n\n{SCHOOL}\n\n{MILL}{SCHOOL}\n"),
            format!("{SCHOOL}\n\n{OTHER}\n\n村里人都说，{SCHOOL}\n\n{MILL}\n\n{MILL}\n"),
            String::new(),
        ];
        for source in pages.iter().chain(pages.iter().rev()) {
            let kept = Page::parse(source.as_str(), Format::Markdown, &mut memo);
            let fresh = Page::parse(source.as_str(), Format::Markdown, &mut Memo::default());
            assert_eq!((kept.copies, kept.echoes), (fresh.copies, fresh.echoes));
        }
    }

    #[test]
    fn keeps_a_notice_that_stands_three_times() {
        let notice = "欢迎读者把身边的新鲜事告诉我们，来信请寄河湾镇文化站，来稿一经采用即付稿酬。";
        check(&RULE, &format!("{notice}\n\n{MILL}\n\n{notice}\n\n{SCHOOL}\n\n{notice}\n"));
    }
}
