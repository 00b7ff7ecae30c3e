//! `broken-paragraph`: a sentence cut in two, its other half in the next block.

use super::joining::{marks, may_go, moving, related, severity, without};
use super::{Context, Rule};
use crate::article::Page;
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::seam::{Seam, SeamKind};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "broken-paragraph",
    severity: Severity::Warning,
    fixable: true,
    summary: Phrase { en: "a sentence cut in two", zh: "句子被截成两段" },
    docs: Phrase {
        en: "A column or a page ended in the middle of a sentence, and extraction made two paragraphs of it. \
            Search, quotation and every later step of editing stumble over it.\n\n\
            ```bad\n青川区总工会今年为全区各家企业的职工开办了二十四期技⟦能提升班，技能培⟧\n\n训班已有三千多人参加，其中六百多人取得了证书。\n```\n\
            ```good\n青川区总工会今年为全区各家企业的职工开办了二十四期技能提升班，技能培训班已有三千多人参加，其中六百多人取得了证书。\n```\n\n\
            The repair joins the two halves. What the second half repeats by mistake goes, a character or two, and a \
            mark of a heading before it; its title names them. It is safe where the model is all but certain, the halves \
            part a word, a name, a number or a quotation, nothing stands between them, no character goes, and they do not \
            meet in one that may belong there twice. Less certain seams are an information.\n\n\
            Silent on purpose: after 。！？…, where a cut cannot be told from a paragraph's end; between two lines of \
            a title; where a heading and its article would read as one sentence about as well; between the lines of a \
            couplet or of verse; behind a dash that leads up to what follows; between two fields of a form (来电：…); behind \
            an address (各位老师，); behind a sentence that is signed or says whom to ask (…。来源：某某).\n",
        zh: "栏或版面在句子中间结束，提取时被截成了两段，检索、引用和后续编辑都会受影响。\n\n\
            ```bad\n青川区总工会今年为全区各家企业的职工开办了二十四期技⟦能提升班，技能培⟧\n\n训班已有三千多人参加，其中六百多人取得了证书。\n```\n\
            ```good\n青川区总工会今年为全区各家企业的职工开办了二十四期技能提升班，技能培训班已有三千多人参加，其中六百多人取得了证书。\n```\n\n\
            修复把两半接起来；后一半误重的一两个字和行首的标题标记会删去，修复的标题中会写明，此外一字不丢。\
            把握极大、截断处在词、人名、数字或引文当中、两半之间没有别的内容、不删字、接缝处也没有可能本该重复的字时，可安全自动执行；把握较小的只作提示。\n\n\
            以下情况有意不报：截断处恰在句末标点之后；标题分成两行；标题与正文连读也通；\
            对句、诗行之间；引出下文的破折号之后；表格式条目（来电：……）之间；称呼（各位老师，）之后；句末署名、注明来源或联系方式（……。来源：某某）之后。\n",
    },
    check,
};

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    acc.extend(ctx.seams(SeamKind::Adjacent).filter_map(|seam| finding(ctx.page, seam)));
}

/// From this confidence on two neighbours that part a word or a quotation may be joined unattended: on held-out pages none of
/// 461 above it is wrong, on pages of articles of the present day 3 of 1,237; between .98 and .99 there 3 of 157 were. Between
/// two words an end that was lost may read on into any paragraph.
const SAFE: f32 = 0.99;

fn finding(page: &Page, seam: &Seam) -> Option<Finding> {
    let (tail, head) = (seam.tail?, seam.head?);
    let reading = seam.reading(&page.text, &page.blocks)?;
    // What the second half repeats may be the first character of the next paragraph, and the rest of the sentence lost.
    let is_certain = seam.confidence >= SAFE && seam.parts_word && seam.repeated == 0;
    let is_safe = is_certain && !seam.meets_in_doubt(&page.text, &page.blocks);
    let fix = if head == tail + 1 {
        let (before, behind) = (&page.blocks[tail], &page.blocks[head]);
        let gap = Span::new(before.content.end, behind.content.start + seam.repeated);
        let marks = marks(page, [before.content.end, before.span.end], [behind.span.start, behind.content.start]);
        let is_safe = is_safe && may_go(&marks);
        let without = without(&marks, seam.repeated_text(&page.text, &page.blocks));
        // A page has hundreds of these; to put a text together takes a fifth of the time of formatting it.
        Fix {
            title: Message::new(
                ["Join", &without.en, ": ", &reading].concat(),
                ["接成一段", &without.zh, "：", &reading].concat(),
            ),
            safety: if is_safe { Safety::Safe } else { Safety::Unsafe },
            edits: vec![Edit { span: gap, new_text: String::new() }],
        }
    } else {
        moving(page, seam, &reading, false)?
    };
    Some(Finding {
        severity: Some(severity(seam.confidence)),
        related: related(page, seam),
        fixes: vec![fix],
        ..Finding::new(
            seam.tail_span(&page.text, &page.blocks)?,
            Message::new(
                ["the sentence is cut here and goes on in the next block: ", &reading].concat(),
                ["句子在此被截断，下文在下一段：", &reading].concat(),
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::diagnostic::Safety;
    use crate::rules::testing::{check, check_documentation, check_fix, diagnostics};
    use crate::rules::{displaced_continuation, orphan_continuation, truncated_paragraph};

    #[test]
    fn the_documentation_of_the_seam_rules_is_true() {
        [&RULE, &displaced_continuation::RULE, &truncated_paragraph::RULE, &orphan_continuation::RULE]
            .into_iter()
            .for_each(check_documentation);
    }

    #[test]
    fn flags_three_pieces_in_a_row() {
        check(
            &RULE,
            "安宁街道总工会的志愿者走进社区，为老人们理发、修家电、测血压，还教他们使用⟦智能手机。活动结⟧\n\n\
            束后，大家又到困难职工家⟦中走访，送去了生⟧\n\n活用品，叮嘱他们保重身体。\n",
        );
    }

    #[test]
    fn flags_a_cut_round_a_picture_with_its_title_its_text_and_its_credit() {
        check(
            &RULE,
            "为了让职工学到真本领，青川机械厂请来退休的老技师，每周给青年职工上两⟦次课，传授操作技⟧\n\n\
            ![](images/class.jpg)\n\n车间里的课堂\n\n3月12日，退休的老技师在青川机械厂给青年职工上课。\n\n\
            新华社记者 周晓岚 摄\n\n术和生产经验，受到大家的欢迎。\n",
        );
    }

    #[test]
    fn flags_a_cut_name_and_a_long_report_with_blanks_in_it() {
        check(
            &RULE,
            "# 社区食堂开张\n\n本报讯（记者 周晓岚）桂花里社区食堂昨日开张，每天供应三十多种饭菜，老人用餐打八折。⟦社区党支部书记徐⟧\n\n\
            岚介绍，食堂还给行动不便的老人送餐上门。\n\n# 图书馆重新开放\n\n街道图书馆昨日重新开放。\n",
        );
    }

    #[test]
    fn flags_a_cut_before_a_quotation() {
        check(
            &RULE,
            "去年以来，青川区总工会为全区职工办实事、解难事。今年，，⟦区总工会又推出了⟧\n\n\
            “技能培训、岗位练兵、技术比武”三项活动，已有两千多名职工报名参加。\n\n图书馆昨日重新开放。\n",
        );
    }

    #[test]
    fn flags_a_half_behind_a_tail_that_is_not_its_own() {
        check(
            &displaced_continuation::RULE,
            "青川 Star·云岭广场作为⟦全市夜间消费新地⟧\n\n老城的街巷也热闹起来，傍晚出门散步的人比往年多了一倍，沿街的小店都延长了营业时间。\n\n\
            “家里要是有人照看的话，谁不愿意出去多跑几\n\n\
            标，聚集了很多年轻人，经营广场的华瑞公司一直在想办法把他们组织起来。为此，公司请来街道干部，商量怎样把广场办成青年职工的家。\n\n\
            街道图书馆昨日重新开放，读者可以在网上预约座位。\n",
        );
    }

    #[test]
    fn flags_a_half_that_stands_before_its_beginning() {
        let rest = "能培训，其中六百多人取得了证书，四十多人当上了班组长。";
        let beginning = "青川区总工会今年为全区各家企业的职工开办了二十四期技能提升班，已有三千多名职工参加了技";
        let between = "街道图书馆昨日重新开放，读者可以在网上预约座位。";
        let marked = beginning.replace("多名职工参加了技", "⟦多名职工参加了技⟧");
        check(&displaced_continuation::RULE, &format!("{between}\n\n{rest}\n\n{between}\n\n{marked}\n\n{between}\n"));
        check_fix(
            &displaced_continuation::RULE,
            &format!("{rest}\n\n{between}\n\n{marked}\n"),
            &format!("{between}\n\n{beginning}{rest}\n"),
        );
    }

    #[test]
    fn keeps_what_another_speaker_says_and_the_text_of_a_picture() {
        check(
            &RULE,
            "读者 李望：我今年3月进了一家电商公司，约定试用期三个月。5月底，公司\n\n\
            律师 周晓岚：用人单位在试用期内解除劳动合同，必须证明劳动者不符合录用条件。\n",
        );
        check(
            &RULE,
            "7月中旬，青川县的三千多亩荷塘进入采收期，村民划着小船采摘莲蓬。当地依托荷\n\n图①：村民在采摘莲蓬。\n",
        );
    }

    #[test]
    fn keeps_a_title_before_its_article() {
        check(&RULE, "劳动竞赛激发新活力\n\n安宁街道总工会今年举办了三场劳动竞赛，吸引八百多名职工参加。\n");
        check(&RULE, "# 技能培训送到家门口\n\n本报讯 青川区近日在各社区开办技能培训班，居民不出社区就能学到手艺。\n");
    }

    #[test]
    fn keeps_a_heading_whose_words_the_text_takes_up() {
        check(&RULE, "固定班次和弹性班次\n\n固定班次是指每天上下班时间不变的班次，适合流水线上的职工。\n");
    }

    #[test]
    fn flags_a_cut_round_a_line_of_the_page() {
        for between in ["□ 本报记者 周晓岚", "本报记者 周晓岚 通讯员 李望", "（下转第三版）"]
        {
            check(
                &RULE,
                &format!(
                    "# 社区食堂开张\n\n桂花里的老人们都说，日子变了样。食堂开张以后⟦，吃饭这件事更省⟧\n\n{between}\n\n\
                    心了，味道也合口。\n\n老人徐阿姨说，食堂里有热汤，也有软饭，下雨天还有志愿者送到家里来。\n"
                ),
            );
        }
    }

    #[test]
    fn keeps_what_ends_in_a_full_stop_of_latin_texts() {
        check(
            &RULE,
            "# 停车场月底开放\n\n记者昨日在现场看到,工人们正给地面划线,整个场地约五千平方米.\n\n\
            停车场预计本月底投入使用,白天首小时免费.\n\n“家门口停车难,难了快十年了.”社区书记说.\n",
        );
    }

    #[test]
    fn keeps_a_sentence_that_is_signed() {
        for signature in
            ["来源：青川网", "据青川新闻客户端", "本报记者周晓岚", "□周晓岚", "文/图 周晓岚", "——一位老街坊"]
        {
            let next = "和青川相邻的安宁街道，则把六处空地改成了菜园，由居民认领。";
            let text = format!("# 口袋公园添了十六个\n\n今年以来，全区新增口袋公园十六个。{signature}\n\n{next}\n");
            for rule in [&RULE, &truncated_paragraph::RULE] {
                check(rule, &text);
            }
        }
    }

    #[test]
    fn keeps_small_ads_apart() {
        check(
            &RULE,
            "招送水工，包吃住。电话：13800001111 周经理\n\n好街坊家政招月嫂、保姆、钟点工。\n\n\
            专业疏通下水道，高压清洗，24小时服务，电话8800121\n\n专业开锁换锁，公安备案，电话8800110\n\n\
            李师傅修空调　加氟、清洗，随叫随到。\n",
        );
    }

    #[test]
    fn keeps_verse_and_an_address() {
        check(&RULE, "青川谣\n\n河水流过青石桥，\n岸上杨柳半枝高。\n渡船不问归期晚，\n只把灯火过桥烧。\n");
        let rest = "大家晚上好！站在这里，我心里很不平静，想起了许多往事。";
        check(&RULE, &format!("各位老师、各位同学，\n\n{rest}\n\n亲爱的妈妈，\n\n您好！我在学校一切都好。\n"));
    }

    #[test]
    fn keeps_free_verse_and_a_couplet_with_a_third_line() {
        check(
            &RULE,
            "# 渡口\n\n周晓岚\n\n晚风停在竹篙上，\n\n停在父亲的草帽上。\n\n一声吆喝，惊起水鸟，\n\n惊起满河的星光。\n\n\
            船头轻轻一摆，\n\n就靠了岸。\n",
        );
        check(
            &RULE,
            "左边一盏灯，\n\n右边一盏灯，\n\n照着渡口等归人。\n\n街道图书馆昨日重新开放，读者坐满了阅览室。\n",
        );
    }

    #[test]
    fn keeps_the_text_below_a_picture_apart() {
        check(
            &RULE,
            "徐阿姨种了二十亩莲藕，驻村干部帮她设计标签、联系买家，前前后后跑了七趟，没收一分钱，还帮她把原先堆在\n\n\
            ![](images/lotus.jpg)\n\n莲塘老街上，村民在晾晒莲子。记者 周晓岚 摄\n\n\
            小档案\n\n青塘镇有莲田三千亩。\n\n一间屋里的莲藕全部卖了出去，换回了一年的学费。\n",
        );
    }

    #[test]
    fn keeps_short_verse() {
        for verse in [
            "夜里下了雨，\n\n替谁洗净这条路。\n\n燕子落在檐下，\n\n问我几时回来。",
            "灯亮了，雨也停了，\n\n巷口的戏又开场了，\n\n你要回来，就走小桥那条路。",
            "谁家灯火还亮？\n\n消息两三行，说是各安康。\n\n且把新茶斟满盏，\n\n隔窗遥敬月光。",
            "船靠岸的时候，\n\n天还没有亮，\n\n母亲站在\n\n第三级台阶上，\n\n她的手里提着\n\n一盏灯。",
        ] {
            check(&RULE, &format!("# 渡口\n\n周晓岚\n\n{verse}\n\n# 社区食堂开张\n\n桂花里社区食堂昨日开张。\n"));
        }
    }

    #[test]
    fn keeps_what_a_dash_leads_up_to() {
        check(
            &RULE,
            "许多年以后，他还记得师傅说过的那句话——\n\n手艺要传给肯吃苦的人。\n\n街道图书馆昨日重新开放，读者坐满了阅览室。\n",
        );
    }

    #[test]
    fn keeps_the_next_turn_of_a_talk() {
        check(
            &RULE,
            "# 路修好以后\n\n主持人：请李望谈谈。\n\n李望（桂花里居民）：我家门前的路从前一下雨就没法走，现在好多了，就是晚上路也\n\n\
            周晓岚（安宁街道办事处主任）：路灯下个月就装。\n",
        );
    }

    #[test]
    fn flags_halves_round_the_text_of_a_picture_whose_credit_stands_in_brackets() {
        for picture in [
            "养路工在青川大桥上检查护栏。（青川公路中心宣传科供图）",
            "雾中的青川大桥。周晓岚/摄",
            "漫画：“再来一碗”（李望作）",
        ] {
            check(
                &RULE,
                &format!(
                    "青川大桥装上了新的报警器，有车驶入作业区，几秒钟就能发出警报，到今年五月，已成⟦功预警车辆误闯作⟧\n\n\
                    ![](images/bridge.jpg)\n\n{picture}\n\n业区二十三次，没有发生一起事故。\n"
                ),
            );
        }
    }

    #[test]
    fn keeps_the_fields_of_a_form() {
        check(
            &RULE,
            "来电：市民周女士\n\n反映：安宁路口的绿灯只有十二秒，老人走不到对面。\n\n街道图书馆昨日重新开放，读者坐满了阅览室。\n",
        );
    }

    #[test]
    fn keeps_a_heading_that_counts_a_part_or_introduces_a_person() {
        for heading in ["问题五：调剂，勾还是不勾", "周晓岚，41岁，中学教师"] {
            check(
                &RULE,
                &format!(
                    "# 填报之前想清楚\n\n志愿怎么填，家长们各有各的想法，学校也开了三场讲座。\n\n{heading}\n\n\
                    勾。除非能接受退档，不然不要留下空格，老师们在讲座上说了许多遍，家长们也都记了下来。\n"
                ),
            );
        }
    }

    #[test]
    fn keeps_where_to_write_to() {
        check(
            &RULE,
            "车间里的师傅们说，往年一到夏天，炉子前面的温度就会烧\n\n本版投稿邮箱：wx@qcrb.example\n\n\
            街道图书馆昨日重新开放，读者坐满了阅览室。\n",
        );
    }

    #[test]
    fn flags_halves_with_the_number_of_a_page_or_a_short_text_of_a_picture_between() {
        for between in ["2", "青川机械厂车间一角。 周晓岚 摄"] {
            check(
                &RULE,
                &format!(
                    "为了让职工学到真本领，青川机械厂请来退休的老技师，每周给青年职工上两⟦次课，传授操作技⟧\n\n{between}\n\n\
                    术和生产经验，受到大家的欢迎。\n\n街道图书馆昨日重新开放。\n"
                ),
            );
        }
    }

    #[test]
    fn keeps_a_report_that_begins_with_its_reporter_in_brackets() {
        check(
            &RULE,
            "校长说，学校有学生二百一十三人，老师只有九位，宿舍的屋顶每逢雨季就\n\n\
            〔记者周晓岚／青川报导〕市府昨天召开会议，决定明年起修缮老旧校舍，经费由两级分担。\n",
        );
    }

    #[test]
    fn keeps_numbered_items() {
        check(
            &RULE,
            "青川区总工会提出三项要求。\n\n一、提高认识，加强领导\n\n二、突出重点，狠抓落实\n\n三、总结经验，形成制度\n\n各单位要认真贯彻。\n",
        );
    }

    #[test]
    fn keeps_bylines_and_captions() {
        check(
            &RULE,
            "让书香飘进车间\n\n本报记者 周晓岚 李望\n\n青川纺织厂的职工书屋每天开放到晚上九点，藏书有三千多册。\n\n\
            职工们在书屋里读书\n\n本报记者 周晓岚 摄\n",
        );
    }

    #[test]
    fn keeps_a_cut_end_before_an_address_or_a_closing_formula() {
        for head in [
            "特此公告。",
            "同志们，一年之计在于春，让我们把新的任务一件一件落到实处。",
            "各位代表！过去一年成绩来之不易。",
        ] {
            check(
                &RULE,
                &format!("过去的一年，车间里添了三条新线，订单排到了明年，这些成绩的取得，主要负责\n\n{head}\n"),
            );
        }
    }

    #[test]
    fn fix_joins_and_drops_the_repeated_character() {
        check_fix(
            &RULE,
            "为了让职工学到真本领，青川机械厂请来退休的老技师，每周给青年职工⟦上两次课，传授技⟧\n\n技术和经验，受到大家的欢迎。\n",
            "为了让职工学到真本领，青川机械厂请来退休的老技师，每周给青年职工上两次课，传授技术和经验，受到大家的欢迎。\n",
        );
    }

    #[test]
    fn fix_names_the_character_that_it_drops_and_asks_where_both_may_belong() {
        let source = |tail: &str, head: &str| {
            format!(
                "为了让职工学到真本领，青川机械厂请来退休的老技师，每周给青年职工上两次课，{tail}\n\n\
                {head}，受到大家的欢迎。\n\n街道图书馆昨日重新开放。\n"
            )
        };
        for (tail, head, title) in [
            ("传授技", "技术和生产经验", "接成一段（去掉重复的“技”）："),
            ("还请青川区公安局", "局长周晓岚讲解交通安全", "接成一段："),
        ] {
            let found = diagnostics(&source(tail, head));
            let fix = &found.iter().find(|d| d.rule == RULE.name).expect(tail).finding.fixes[0];
            assert!(fix.title.zh.starts_with(title), "{}", fix.title.zh);
            assert_eq!(fix.safety, Safety::Unsafe, "{tail}");
        }
    }

    #[test]
    fn fix_joins_within_a_quotation_unasked() {
        let found = diagnostics(
            "安宁街道总工会今年把三十八家企业编成网格，党员带头上门服务，企业有事随时可以找人商量，大家都说“一个网格就是\n\n\
            一个大家庭”，有困难一起扛，有好事一起分享，日子过得一年比一年红火。\n\n街道图书馆昨日重新开放。\n",
        );
        let found = found.iter().find(|d| d.rule == RULE.name).expect("it is cut");
        assert_eq!(found.finding.fixes[0].safety, Safety::Safe);
    }

    #[test]
    fn fix_asks_before_it_joins_between_two_words() {
        let found = diagnostics(
            "安宁街道的工人夜校昨晚开课，来的多是附近工地上的青年工人。夜校负责人告诉\n\n\
            记者，这样的课每周三次，学员可以自己选课，一年下来能拿到一张结业证书。\n\n\
            街道图书馆昨日重新开放，读者坐满了阅览室。\n",
        );
        let found = found.iter().find(|d| d.rule == RULE.name).expect("it is cut");
        assert_eq!(found.finding.fixes[0].safety, Safety::Unsafe);
    }

    #[test]
    fn fix_names_the_marks_that_it_drops_and_asks_before_it_drops_those_of_a_list() {
        let source = |mark: &str| {
            format!(
                "青川区总工会今年为职工开办了二十四期培训班，已有三千多人参加了技\n\n\
                {mark}能培训，其中六百多人取得了证书。\n\n街道图书馆昨日重新开放。\n"
            )
        };
        for (mark, safety, title) in [
            ("", Safety::Safe, "接成一段："),
            ("# ", Safety::Safe, "接成一段（去掉 #）："),
            ("- ", Safety::Unsafe, "接成一段（去掉 -）："),
        ] {
            let found = diagnostics(&source(mark));
            let fix = &found.iter().find(|d| d.rule == RULE.name).expect(mark).finding.fixes[0];
            assert!(fix.title.zh.starts_with(title), "{}", fix.title.zh);
            assert_eq!(fix.safety, safety, "{mark}");
        }
    }

    #[test]
    fn fix_moves_the_rest_above_a_picture() {
        check_fix(
            &RULE,
            "为了让职工学到真本领，青川机械厂请来退休的老技师，每周给青年职工上两⟦次课，传授操作技⟧\n\n\
            ![](images/class.jpg)\n\n术和生产经验，受到大家的欢迎。\n",
            "为了让职工学到真本领，青川机械厂请来退休的老技师，每周给青年职工上两次课，传授操作技术和生产经验，受到大家的欢迎。\n\n\
            ![](images/class.jpg)\n",
        );
    }
}
