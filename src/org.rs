//! Organisations: which bodies a page names, under which names, and where.

mod alias;
mod body;
mod campus;
pub mod dictionary;
mod document;
mod facts;
pub mod grammar;
pub mod jurisdiction;
mod kind;
pub mod lexicon;
mod link;
pub mod model;
mod name;
mod named;
mod place;
pub mod reading;
mod recognise;
mod referent;
mod search;
mod short;
mod wording;
mod written;

use crate::article::Page;
use crate::text::Span;

pub use dictionary::Dictionary;
pub use kind::OrgKind;

/// One place where an organisation is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// The name's span.
    pub span: Span,
    /// Whether it is a short or relative name and not the full one.
    pub is_alias: bool,
    /// Whether a seam cut the name and this is one of its two parts.
    pub is_part: bool,
}

/// An organisation that a page names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organisation {
    /// The fullest name that can be given.
    pub name: String,
    /// What sort of body it is.
    pub kind: OrgKind,
    /// Other names in the page.
    pub aliases: Vec<String>,
    /// Places that it belongs to, largest first: 北京市, 朝阳区.
    pub jurisdiction: Vec<String>,
    /// The body that it is part of.
    pub part_of: Option<String>,
    /// What the user's dictionary says of it.
    pub note: Option<String>,
    /// Its address in the user's dictionary.
    pub url: Option<String>,
    /// Where it is named, in order.
    pub mentions: Vec<Mention>,
}

/// What is kept from one search for organisations to the next: all that does not depend on the page as a whole.
#[derive(Default, Debug)]
pub struct Memo {
    document: document::Memo,
    chains: link::Memo,
}

/// The organisations of `page` in the order of their first mention.
pub fn organisations(page: &Page) -> Vec<Organisation> {
    organisations_with(page, &Dictionary::default(), &mut Memo::default())
}

/// The organisations of `page`, those of the user's dictionary first, each group in the order of first mention.
/// `memo` makes the next search in a similar page cheap and never changes the result.
pub fn organisations_with(page: &Page, dictionary: &Dictionary, memo: &mut Memo) -> Vec<Organisation> {
    if !page.is_chinese {
        return Vec::new();
    }
    memo.document.turn(page);
    memo.chains.turn();
    let facts = memo.document.facts(page);
    let (names, aliases) = memo.document.names(page, dictionary, &facts);
    let Memo { document, chains } = memo;
    let mut found = link::entities(page, &facts, &names, &aliases, dictionary, &mut document.wordings, chains);
    written::write(page, &mut found, dictionary);
    found
}

#[cfg(test)]
mod tests {
    use super::dictionary::{DictionaryFormat, parse};
    use super::*;
    use crate::article;
    use crate::block::Format;

    fn page(source: &str) -> Page {
        Page::parse(source, Format::Markdown, &mut article::Memo::default())
    }

    /// `name (kind): mention, mention` for every organisation of `source`.
    pub(super) fn shown(source: &str) -> Vec<String> {
        let page = page(source);
        let show = |o: &Organisation| {
            let mentions: Vec<&str> = o.mentions.iter().map(|m| page.text.slice(m.span)).collect();
            format!("{} ({}): {}", o.name, o.kind.name(), mentions.join(", "))
        };
        organisations(&page).iter().map(show).collect()
    }

    #[test]
    fn relative_names_mean_the_body_of_their_article() {
        let source = "近日，青岛市黄岛区总工会举办职工运动会。记者从区总工会了解到，三百名职工参加了比赛。\n";
        assert_eq!(shown(source), ["青岛市黄岛区总工会 (union): 青岛市黄岛区总工会, 区总工会"]);
    }

    #[test]
    fn common_nouns_brands_and_events_are_no_organisations() {
        let source = "各级工会要把职工冷暖放在心上。“暖心先锋”党建品牌受到职工欢迎。\n\n\
            该公司工会主席说，企业工会和社区一起办好技能大赛，让党支部更有活力。\n";
        assert_eq!(shown(source), Vec::<String>::new());
    }

    #[test]
    fn short_names_are_declared_or_follow_from_the_full_one() {
        let source = "近日，青岛蓝鲸物流有限公司（以下简称“蓝鲸”）举办职工技能大赛，三百名职工参加。\n\n\
            蓝鲸物流的职工说，比赛很精彩。今后蓝鲸还要办培训班。\n";
        let found = shown(source);
        assert_eq!(found, ["青岛蓝鲸物流有限公司 (company): 青岛蓝鲸物流有限公司, 蓝鲸, 蓝鲸物流, 蓝鲸"],);
    }

    /// What is shown of `line` on a page that names nothing else.
    fn shown_alone(line: &str) -> Vec<String> {
        shown(&format!("{line}\n\n蝉声从河边传来，孩子们追着萤火虫跑过了石桥，笑声传得很远很远。\n"))
    }

    #[test]
    fn who_speaks_and_who_signs_is_no_organisation() {
        for line in ["夏夜\n\n冉秋禾", "　　主持人：安嘉文", "美编：小鲸"] {
            assert_eq!(shown_alone(line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn words_that_end_like_bodies_are_none() {
        for line in [
            "退休教师车小满学会了用手机付款。",
            "公司从五个分厂抽调二十人组成护桥队，分头去各地。",
            "在九个乡镇、街道便民服务中心设置帮办席。",
            "全省九百个乡镇便民服务中心都延长了时间。",
            "反映：蓝湖花园东门的共享单车乱停乱放，堵住了路。",
            "少先队员们把红领巾系在树上，维修师傅修好了门。",
            "——访集团首席技师车小满",
        ] {
            assert_eq!(shown_alone(line), Vec::<String>::new(), "{line}");
        }
        let match_report = shown_alone("客场作战的蓝鲸队先进一球，万山队和飞鹰队打成平局。");
        assert!(match_report.iter().all(|team| team.contains("队")), "{match_report:?}");
    }

    #[test]
    fn companies_need_no_legal_form() {
        for (line, name) in [
            ("去年冬天，枫江顺达快运公司的司机在车站等了一夜。", "枫江顺达快运公司"),
            ("白鹭网络科技公司的职工每周三晚上到社区来教老人上网。", "白鹭网络科技公司"),
        ] {
            assert_eq!(shown_alone(line), [format!("{name} (company): {name}")]);
        }
    }

    #[test]
    fn a_company_is_called_by_its_root_and_trade() {
        let source = "记者走进江苏蓝鲸精密传动有限公司的厂房。\n\n蓝鲸精密的车间里，机器昼夜不停。\n";
        let found = shown(source);
        assert_eq!(found, ["江苏蓝鲸精密传动有限公司 (company): 江苏蓝鲸精密传动有限公司, 蓝鲸精密"]);
    }

    #[test]
    fn names_end_before_persons_verbs_and_spaces_and_begin_with_their_root() {
        for (line, name) in [
            ("（本期嘉宾：辽宁蓝鲸律师事务所律师　车小满）", "辽宁蓝鲸律师事务所"),
            ("两家企业的代表也来了，其中国网长春供电公司还带来了工具。", "国网长春供电公司"),
            ("至此，集团九个厂区都有了小屋。小屋由集团工会女职工委员会负责管理。", "集团工会女职工委员会"),
            ("她把青岛蓝鲸商贸行诉至法院，要求退货。", "青岛蓝鲸商贸行"),
            ("青岛市自来水有限公司发布消息，今晚十时停水。", "青岛市自来水有限公司"),
            ("“慢一点。”枫桥小学体育教师车小满说。", "枫桥小学"),
            ("5月的最后一天，纺织与材料工程学院的走廊里摆满了登山包。", "纺织与材料工程学院"),
            ("省教育考试院提醒，考生不要轻信传言。", "省教育考试院"),
        ] {
            let found = shown_alone(line);
            assert!(matches!(&found[..], [one] if one.ends_with(&format!(": {name}"))), "{line} {found:?}");
        }
    }

    /// Checks that `line` names exactly `names`, on a page that names nothing else.
    #[track_caller]
    pub(super) fn check(line: &str, names: &[&str]) {
        let page = page(&format!("{line}\n\n蝉声从河边传来，孩子们追着萤火虫跑过了石桥，笑声传得很远很远。\n"));
        let mut spans: Vec<Span> =
            organisations(&page).iter().flat_map(|o| o.mentions.iter().map(|m| m.span)).collect();
        spans.sort();
        let found: Vec<&str> = spans.into_iter().map(|span| page.text.slice(span)).collect();
        assert_eq!(found, names, "{line}");
    }

    #[test]
    fn no_mark_of_a_list_begins_a_name() {
        for mark in ["▲", "◆", "■", "★", "●"] {
            check(&format!("{mark}宁川农商银行近日推出新产品。"), &["宁川农商银行"]);
        }
        check("　　本报讯青岭县种子公司坚持薄利多销，去年推广杂交稻。", &["青岭县种子公司"]);
    }

    #[test]
    fn a_proper_name_in_quotation_marks_begins_the_body_behind_it() {
        check("妇联和“春苗”社会工作服务中心开办暑托班，收了三十个孩子。", &["妇联", "“春苗”社会工作服务中心"]);
        check("在“老舅妈”人民调解委员会的主持下，双方握手言和。", &["“老舅妈”人民调解委员会"]);
        check("感谢黄岛区“向阳里”社会工作服务中心。", &["黄岛区“向阳里”社会工作服务中心"]);
        check("他是“开路者”青年突击队队长。", &["“开路者”青年突击队"]);
        check("“四美堂”中药铺每天早上七点半开门。", &["“四美堂”中药铺"]);
        for line in ["评出“百强”社会组织服务中心。", "“暖心”志愿服务队项目启动。", "“一站式”社会治理服务中心建成。"]
        {
            check(line, &[]);
        }
    }

    #[test]
    fn a_name_goes_on_over_the_branch_behind_it() {
        check("青塘公安分局文昌路派出所的民警赶来了。", &["青塘公安分局文昌路派出所"]);
        check("每逢星期三，厦门港务控股集团长滩码头工会的职工书屋就挤满了人。", &["厦门港务控股集团长滩码头工会"]);
        check("江北区纪委监委派驻第二纪检监察组立案调查。", &["江北区纪委监委派驻第二纪检监察组"]);
        check("宁川省教育委员会办公室", &["宁川省教育委员会办公室"]);
    }

    #[test]
    fn a_place_may_follow_the_bureau_that_it_has_a_branch_of() {
        check("党委把国家税务总局长沙市岳麓区税务局请来。", &["国家税务总局长沙市岳麓区税务局"]);
        check("国家统计局长沙调查队发布数据。", &["国家统计局长沙调查队"]);
        check("记者采访了国家统计局局长。", &["国家统计局"]);
    }

    #[test]
    fn what_is_founded_is_not_its_founder() {
        check("宁川市还在浦东陆家嘴创办青禾实业公司，建造标准厂房。", &["青禾实业公司"]);
    }

    #[test]
    fn units_of_a_university_are_bodies_on_its_page() {
        let line = "昨天，宁川大学开会。会上，外国语学院、教务处作了交流发言，原数学与统计学院教授出席。";
        check(line, &["宁川大学", "外国语学院", "教务处", "数学与统计学院"]);
        check("会上，教务处作了交流发言。", &[]);
        check("宁川大学的教务处长说，隔壁学院、二级学院都来了。", &["宁川大学"]);
    }

    #[test]
    fn several_bodies_and_things_are_none() {
        check("▲公司18日同希腊一家航运公司签订合同，为后者建造四艘货轮。", &[]);
        check("交警在城区二十六所小学门前设置等候区。", &[]);
        check("又添一件：搬家公司论箱收费。", &[]);
        check("毕业生已经能够独立完成五轴加工中心的编程。", &[]);
        check("“妇联妇联，关键在‘联’。”", &[]);
        check("全国女排甲级联赛昨晚战罢第七轮。", &[]);
        check("采访地点：宁川市安嘉文家中", &[]);
        check("来信请寄：宁川市书院街12号　邮编：331604", &[]);
        check("合作社注册了“青禾软香”地理标志，统一品种。", &[]);
    }

    #[test]
    fn a_date_and_a_term_stand_before_and_in_a_name() {
        check("3月17日市十届人大常委会第三十六次会议通过", &["市十届人大常委会"]);
        check("市十五届人大四次会议昨天开幕。", &["市十五届人大"]);
    }

    #[test]
    fn studios_are_called_by_their_master() {
        check("该队还成立了邬小军创新工作室，每周三下午讨论难题。", &["邬小军创新工作室"]);
    }

    #[test]
    fn offices_that_stand_free_are_bodies() {
        check("他来自省地质局。两年里，他帮村里打了三口井。", &["省地质局"]);
        check("他来自县蚕桑局。两年里，他帮村里打了三口井。", &["县蚕桑局"]);
        check("青岛市发展格局，看的是长远。", &[]);
        let bodies = ["北滩海事局", "北滩出入境边防检查站"];
        check(&format!("{}、{}为船员办理了手续。", bodies[0], bodies[1]), &bodies);
        check("对此，市自然资源和规划局答复说，方案已经编好。", &["市自然资源和规划局"]);
        check("患者被送来，途中市急救中心派出两辆车。", &["市急救中心"]);
        check("蚂蚁已移交省农业科学院作进一步鉴定。", &["省农业科学院"]);
    }

    #[test]
    fn sports_and_millet_are_no_bodies() {
        check("10月23日　乒乓球俱乐部赛　第四轮", &[]);
        check("水电物业、修房补漏都是自己掏的钱。", &[]);
        check("山药、黄芪、小米粥更为合适。", &[]);
        check("青川县第二家上市公司昨天挂牌。", &[]);
    }

    #[test]
    fn persons_behind_their_role_or_before_their_country_are_none() {
        check("（指导老师：安嘉禾）", &[]);
        check("前三名依次是：马尔隆（瑞典）、安嘉文（中国）。", &[]);
    }

    #[test]
    fn names_begin_behind_verbs_and_end_before_what_is_no_part_of_them() {
        check("她用蜡笔画了画，寄给了青鹭镇人民政府。", &["青鹭镇人民政府"]);
        check("后来铺子归了溪西市饮食服务公司，我也进去当了学徒。", &["溪西市饮食服务公司"]);
        check("外婆是梅州第三被服厂的挡车工。", &["梅州第三被服厂"]);
        check("这是记者昨天从省纺织工业厅获得的消息。", &["省纺织工业厅"]);
        check("奥赛结束，我省白川一中学生安嘉文获得金牌。", &["白川一中"]);
        check("走进江岭大学西苑二舍，墙上贴着一张公约。", &["江岭大学"]);
        check("记西岭钢厂二炼钢厂炉前班", &["西岭钢厂二炼钢厂"]);
        check("该站由市九医院与团市委共建。", &["市九医院", "团市委"]);
    }

    #[test]
    fn committees_that_settle_disputes_are_bodies() {
        let committee = "黄岛区婚姻家庭纠纷人民调解委员会";
        check(&format!("说着说着就哭了。{committee}三家坐到一起。"), &[committee]);
    }

    #[test]
    fn offices_of_a_zone_are_bodies() {
        let source = "蓝湖经济技术开发区管委会昨天开会。开发区管委会主任说，开发区规划建设局派人上门服务。\n";
        let committee = "蓝湖经济技术开发区管委会 (government): 蓝湖经济技术开发区管委会, 开发区管委会";
        assert_eq!(shown(source), [committee, "开发区规划建设局 (government): 开发区规划建设局"]);
    }

    #[test]
    fn the_dictionary_is_certain_and_comes_first() {
        let text = "[[organisation]]\nname = \"幸福里议事团\"\naliases = [\"议事团\"]\nkind = \"community\"\nnote = \"居民自治组织\"\n";
        let (dictionary, errors) = parse(text, DictionaryFormat::Toml);
        assert_eq!(errors, []);
        let page = page("黄岛区总工会主席说，幸福里议事团和大家商量停车的事。议事团每月开一次会，居民都可以来。\n");
        let found = organisations_with(&page, &dictionary, &mut Memo::default());
        assert_eq!(found[0].name, "幸福里议事团");
        assert_eq!((found[0].kind, found[0].mentions.len()), (OrgKind::Community, 2));
        assert_eq!(found[0].note.as_deref(), Some("居民自治组织"));
        assert_eq!(found[1].name, "黄岛区总工会");
    }

    #[test]
    fn a_name_that_two_seams_cut_alike_is_one_name_twice() {
        let cut = |verb| {
            format!(
                "记者近日在青岛市黄岛区采访时{verb}，今年以来，为了让更多的职工学到一技之长，青岛蓝鲸物\n\n\
                 流有限公司已经连续开办了三期培训班，三百名职工参加了学习，大家都说收获很大。\n\n"
            )
        };
        let source = cut("了解到") + &cut("看到");
        assert_eq!(shown(&source), ["青岛蓝鲸物流有限公司 (company): 青岛蓝鲸物, 流有限公司, 青岛蓝鲸物, 流有限公司"],);
    }

    #[test]
    fn what_is_kept_changes_nothing() {
        let entry = |name: &str| dictionary::Entry { name: name.to_owned(), ..dictionary::Entry::default() };
        let union = "黄岛区总工会举办职工运动会，三百名职工参加了比赛，气氛热烈。";
        let report = "朝阳区总工会也派代表来学习，大家都说这样的运动会办得好，明年还要再来参加。";
        let cut = "记者近日在青岛市黄岛区采访时了解到，今年以来，为了让更多的职工学到一技之长，青岛蓝鲸物";
        let rest = "已经连续开办了三期培训班，三百名职工参加了学习，大家都说收获很大。";
        let short = "蓝鲸物流和白鹭物流的职工都说，比赛很精彩。今后蓝鲸物流和白鹭物流还要一起办培训班。";
        // Each differs from the one before in what some of what is kept depends on: a name, as many names but others, the
        // dictionary, another dictionary, the divisions that the page names, what stands behind a seam.
        let versions = [
            (union.to_owned(), None),
            (format!("区总工会和{union}"), None),
            (format!("青岛蓝鲸物流有限公司举办职工技能大赛。\n\n{short}"), None),
            (format!("青岛白鹭物流有限公司举办职工技能大赛。\n\n{short}"), None),
            (union.to_owned(), None),
            (format!("{union}\n\n{report}"), None),
            (format!("{union}\n\n{report}"), Some("代表")),
            (format!("{union}\n\n{report}"), Some("运动会")),
            (format!("{union}\n\n{report}"), None),
            (format!("{union}长春市的职工也来了。\n\n{report}"), None),
            (format!("{union}北京市的职工也来了。\n\n{report}"), None),
            (format!("{cut}\n\n流有限公司{rest}"), None),
            (format!("{cut}\n\n业服务中心{rest}"), None),
        ];
        let mut memo = Memo::default();
        let mut before = Vec::new();
        for (source, name) in versions {
            let page = page(&source);
            let dictionary = Dictionary::new(name.map(entry).into_iter().collect());
            let kept = organisations_with(&page, &dictionary, &mut memo);
            assert_eq!(kept, organisations_with(&page, &dictionary, &mut memo), "{source}");
            assert_eq!(kept, organisations_with(&page, &dictionary, &mut Memo::default()), "{source}");
            assert_ne!(kept, before, "{source}");
            before = kept;
        }
    }
}
