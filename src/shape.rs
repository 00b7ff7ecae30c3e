//! What a line looks like by itself: how it ends, how it is numbered, whether it is a byline, a label, a salutation.
//!
//! A [`Shape`] depends on nothing but the content of one block, so it is kept under the block's hash and found out
//! again only when the block changes. What the line *is* depends on its neighbours too and is for
//! [`crate::article`] to decide.

mod byline;
mod caption;
mod clauses;
mod column;
mod counts;
mod imprint;
mod label;
mod numbering;
mod person;
mod signed;
mod speaker;

pub use byline::{POSTS, names_unit};
pub use caption::begins_caption;
pub use clauses::Clauses;
pub use column::is_column;
pub use imprint::tells_time;
pub use label::{MOST_FIELD_NAME, MOST_LABEL, announces, begins_address, begins_field};
pub use numbering::{Numbering, Style, counts_part, numbering};
pub use person::introduces_person;
pub use speaker::begins_turn;

use crate::text::is_blank;
use crate::zh;
use counts::Counts;

/// How a line ends, closing quotes and brackets set aside.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ending {
    /// With the end of a sentence: 。！？…, with who wrote or said it behind one: …。来源：某某, or with where to call or to
    /// write: 服务热线：95598.
    Stop,
    /// With the end of a clause: ，、；
    Pause,
    /// With a colon.
    Colon,
    /// With a dash.
    Dash,
    /// With a closing quote or bracket that no stop stands before.
    Closer,
    /// With a letter, a character, a figure.
    Bare,
}

/// What a line alone looks like, where it looks like anything but text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Look {
    /// Text: a heading, a paragraph, half of one.
    Plain,
    /// Who wrote it: 本报记者 某某, □本报通讯员 某某, 本报讯（记者 某某）.
    Byline,
    /// Who took it, sent it, where it comes from: （来源：…）, （…供稿）, 某某 摄.
    Credit,
    /// Who signs: （某某 某某）, 浙江 某某.
    Signature,
    /// Nothing but what may be a personal name: a byline below a title, a signature below an article, or a word.
    Name,
    /// An address to the reader or to the one who asked, and what closes a letter: 某某你好：, 此致, 祝大家身体健康！
    Salutation,
    /// The name of a box or a part: 阅读提示, 读者来问.
    Label,
    /// The text below a picture: 图为…, 左图：…, a text that ends in （某某摄）.
    Caption,
    /// Where an article goes on or comes from: （下转第三版）, （上接第一版）.
    Jump,
    /// A date and nothing else.
    Date,
    /// Furniture of the page or a postal address: 第3版, 责任编辑：…, 电话：…, a link.
    Imprint,
    /// A row of figures.
    Figures,
}

impl Look {
    /// Whether it stands beside the text and is neither a heading nor half of a sentence.
    pub const fn is_apart(self) -> bool {
        !matches!(self, Self::Plain | Self::Name | Self::Label | Self::Caption)
    }
}

/// A line by itself. Counts are of Unicode scalars.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an observation of its own")]
pub struct Shape {
    /// Characters that are not blank.
    pub chars: u32,
    /// Hanzi among them.
    pub han: u32,
    /// Digits among them.
    pub digits: u32,
    /// Ends of sentences, the last one included; a run such as …… or ？！ counts once.
    pub stops: u32,
    /// Ends of clauses: ，、；： in either width.
    pub pauses: u32,
    /// Stretches of blank between visible characters.
    pub gaps: u32,
    /// Those of them that set phrases apart (奋进新征程 建功新时代), not Latin letters or figures from Hanzi.
    pub phrase_gaps: u32,
    /// The first visible character, width folded; `'\0'` where there is none.
    pub first: char,
    /// The last visible character, width folded; `'\0'` where there is none.
    pub last: char,
    /// How it ends.
    pub ending: Ending,
    /// Quotes and brackets that it opens and never closes.
    pub unclosed: u32,
    /// Quotes and brackets that it closes and never opened.
    pub unopened: u32,
    /// Its sentences and clauses.
    pub clauses: Clauses,
    /// How it is numbered, if it is.
    pub numbering: Option<Numbering>,
    /// What it looks like.
    pub look: Look,
    /// Whether it begins an article: 本报讯, 新华社某地某月某日电.
    pub lead: bool,
    /// Whether it begins as sentences do and headings do not: 近日，… 据悉，… 同时，… 7月9日傍晚，…
    pub opens_sentence: bool,
    /// Whether its last character wants another word behind it: 的, 和, 及, 把.
    pub hanging: bool,
    /// Whether it reads as the name of a page or a column: 工会时评, 要闻 02.
    pub is_banner: bool,
}

impl Shape {
    /// Whether it stops without ending its sentence; figures, bylines and the like end nothing and are not open.
    pub const fn is_open(&self) -> bool {
        !matches!(self.ending, Ending::Stop) && !self.look.is_apart() && self.chars > 0
    }

    /// Whether it is a question or a call: it ends in ？ or ！.
    pub const fn is_question(&self) -> bool {
        matches!(self.last, '？' | '！')
    }

    /// Whether it is nothing but the number of a page: 2, 08, A05.
    pub const fn is_page_number(&self) -> bool {
        self.digits > 0 && self.han == 0 && self.chars <= MOST_PAGE_NUMBER
    }
}

/// The number of a page has at most this many characters.
const MOST_PAGE_NUMBER: u32 = 3;

/// Lines longer than this are text whatever they begin with; the longest of the special forms, a picture's text,
/// is looked at up to any length. In characters: credits of several lines of names stay below.
const MOST_SPECIAL: u32 = 60;

/// The shape of `content`: one pass over its characters, and a second over short lines.
pub fn shape(content: &str) -> Shape {
    let counts = Counts::of(content);
    let ending = ending(content, counts.core, counts.closed);
    let shape = Shape {
        chars: counts.chars,
        han: counts.han,
        digits: counts.digits,
        stops: counts.stops,
        pauses: counts.pauses,
        gaps: counts.gaps,
        phrase_gaps: counts.phrase_gaps,
        first: counts.first,
        last: counts.last,
        ending,
        unclosed: counts.unclosed,
        unopened: counts.unopened,
        clauses: counts.clauses.finish(),
        numbering: numbering(content),
        look: Look::Plain,
        lead: byline::lead(content).is_some(),
        opens_sentence: opens_sentence(content, counts.pauses),
        hanging: ending == Ending::Bare && HANGING.contains(counts.last),
        is_banner: false,
    };
    Shape { look: look(content, &shape), is_banner: column::is_banner(content, &shape), ..shape }
}

/// How `content` ends, whose last character but closing quotes and brackets is `core`; `closed` if any stand behind it.
fn ending(content: &str, core: char, closed: bool) -> Ending {
    match core {
        c if zh::ends_sentence(c) => Ending::Stop,
        '.' if zh::is_closed(content) => Ending::Stop,
        _ if signed::is_signed(content) => Ending::Stop,
        _ if closed => Ending::Closer,
        c if c.is_ascii_alphanumeric() && imprint::ends_in_contact(content) => Ending::Stop,
        '，' | '、' | '；' => Ending::Pause,
        '：' => Ending::Colon,
        '—' | '－' | '-' | '~' | '～' | '─' => Ending::Dash,
        _ => Ending::Bare,
    }
}

/// Characters that stand before what they belong to: a line that ends in one was cut. 在, 为, 对 and 以 end titles too
/// (把工作做实在, 大有可为) and are not here.
static HANGING: zh::Set = zh::Set::new("的和与及把将被从由于向并且或而其该这那每很使让给");

/// Words that open a sentence when a comma follows them.
const SENTENCE_OPENERS: [&str; 39] = [
    "同志们",
    "朋友们",
    "同学们",
    "乡亲们",
    "一句话",
    "近日",
    "日前",
    "近年来",
    "连日来",
    "据悉",
    "据了解",
    "据介绍",
    "目前",
    "同时",
    "此外",
    "另外",
    "其中",
    "随后",
    "当天",
    "当日",
    "如今",
    "今年",
    "去年",
    "下一步",
    "接下来",
    "截至目前",
    "与此同时",
    "但是",
    "然而",
    "因此",
    "所以",
    "于是",
    "不过",
    "首先",
    "其次",
    "最后",
    "今后",
    "未来",
    "在此基础上",
];

fn opens_sentence(content: &str, n_pauses: u32) -> bool {
    if n_pauses == 0 {
        return false;
    }
    let content = content.trim_start_matches(is_blank);
    let comma = content.char_indices().take(LONGEST_OPENER + 1).find(|(_, c)| matches!(c, '，' | ','));
    comma.is_some_and(|(at, _)| SENTENCE_OPENERS.contains(&&content[..at])) || begins_with_date(content)
}

/// Whether `content` says when in figures, as reports do: 7月9日傍晚，….
fn begins_with_date(content: &str) -> bool {
    let content = ["今年", "截至"].iter().find_map(|word| content.strip_prefix(word)).unwrap_or(content);
    matches!(zh::figures(content), Some((1..=4, '年' | '月')))
}

/// Characters of the longest of the [`SENTENCE_OPENERS`].
const LONGEST_OPENER: usize = 5;

fn look(content: &str, shape: &Shape) -> Look {
    if shape.chars == 0 {
        return Look::Plain;
    }
    let figures = shape.han * 3 < shape.chars && shape.digits * 2 >= shape.chars && shape.stops == 0;
    if shape.chars <= MOST_SPECIAL {
        let line: Vec<char> = content.trim_matches(is_blank).chars().map(zh::fold_width).collect();
        let figures = || figures.then_some(Look::Figures);
        if let Some(look) = label::look(&line, shape).or_else(figures).or_else(|| byline::look(&line)) {
            return look;
        }
    } else if figures {
        return Look::Figures;
    }
    if caption::is_caption(content) { Look::Caption } else { Look::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_it_says() {
        let found = shape("　“好！”他说：“我们 一起去（今天，3点）……");
        assert_eq!((found.chars, found.han, found.digits), (22, 11, 1));
        assert_eq!((found.stops, found.pauses, found.gaps), (2, 2, 1));
        let spaced = shape("青川 Live 广场 2024 年 迎新 演出");
        assert_eq!((spaced.gaps, spaced.phrase_gaps), (6, 2));
        assert_eq!((found.first, found.last), ('“', '…'));
        assert_eq!((found.unclosed, found.unopened), (1, 0));
        assert_eq!(found.ending, Ending::Stop);
    }

    #[test]
    fn endings() {
        for (line, ending) in [
            ("好。", Ending::Stop),
            ("“好!\"", Ending::Stop),
            ("（好。）", Ending::Stop),
            ("好,", Ending::Pause),
            ("“好，”", Ending::Closer),
            ("他说:", Ending::Colon),
            ("“好”", Ending::Closer),
            ("奋进——", Ending::Dash),
            ("增长3", Ending::Bare),
            ("如遇下雨则顺延。服务热线：95598", Ending::Stop),
            ("本版信箱：gh@qcrb.example　热线：0000-88661 23", Ending::Stop),
            ("比分：3", Ending::Bare),
            ("专业开锁，公安备案，电话8800110", Ending::Stop),
            ("拨打电话3", Ending::Bare),
            ("他拨打热线：一共3", Ending::Bare),
            ("灯亮了.", Ending::Stop),
            ("共3.", Ending::Bare),
            ("灯亮了。来源：青川网", Ending::Stop),
            ("灯亮了。 本报记者 周晓岚", Ending::Stop),
            ("灯亮了。□周晓岚", Ending::Stop),
            ("“灯亮了。”——一位老街坊", Ending::Stop),
            ("“妈妈，灯亮了。”——周晓岚，8岁", Ending::Stop),
            ("灯亮了。据青川新闻客户端", Ending::Stop),
            ("招送水工，包吃住。电话：13800001111 周经理", Ending::Stop),
            ("招送水工，包吃住。联系人：周女士", Ending::Stop),
            ("灯亮了。　周晓岚", Ending::Stop),
            ("灯亮了。供稿：安宁街道", Ending::Stop),
            ("灯亮了。详见A05版", Ending::Stop),
            ("灯亮了。[1]", Ending::Stop),
            ("灯亮了。（笑）", Ending::Stop),
            ("灯亮了！（图片）", Ending::Closer),
            ("灯亮了。67", Ending::Bare),
            ("灯亮了。编辑", Ending::Bare),
            ("灯亮了。周晓岚", Ending::Bare),
            ("灯亮了。据介绍", Ending::Bare),
            ("灯亮了。——他的话还没有说完，灯又灭", Ending::Bare),
            ("灯亮了。周经理", Ending::Bare),
            ("", Ending::Bare),
        ] {
            assert_eq!(shape(line).ending, ending, "{line}");
        }
    }

    #[track_caller]
    fn looks(look: Look, lines: &[&str]) {
        for line in lines {
            assert_eq!(shape(line).look, look, "{line}");
        }
    }

    #[test]
    fn bylines() {
        looks(
            Look::Byline,
            &[
                "本报记者 周晓岚 本报通讯员 李望",
                "本报记者周晓岚",
                "□本报记者 周晓岚",
                "□ 周晓岚 李望",
                "本报讯（通讯员 周晓岚）",
                "据新华社青川1月6日电（记者周晓岚）",
                "记者：周晓岚",
                "（本报记者 周晓岚 通讯员 李望）",
                "本报评论员",
                "本报驻青川记者周晓岚",
                "青川日报全媒体记者 周晓岚 实习生 李望",
                "文/周晓岚 图/李望",
                "本报特约撰稿人 阿依努尔·买买提",
                "本报青川7月29日讯",
                "栏目主持：周晓岚",
                "插图：周晓岚",
                "本报记者 周 岚",
                "文/周 岚",
                "◎ 周 岚",
                "周晓岚 著",
                "编剧：周晓岚",
                "融媒记者 周晓岚",
                "〔记者周晓岚／青川报导〕",
                "记者 周晓岚／青川报导",
                "〔编译李望／综合报导〕",
                "文·周晓岚",
                "■青川市农业局 周晓岚",
                "主讲人：周晓岚",
                "◇ 学生记者 周晓岚 通讯员 李望",
                "■ 周 晓 岚",
                "□本报记者 许知远航",
                "本报记者周晓岚通讯员李望",
                "讲述：周晓岚（72岁） 整理：李望",
                "讲述:周晓岚(72岁) 整理:李望",
                "受访专家：青川市第二人民医院主任医师 周晓岚",
                "□ 本报记者 周晓岚 □ 本报通讯员 李 望",
                "⊙ 周 岚",
            ],
        );
    }

    #[test]
    fn credits_and_signatures() {
        looks(
            Look::Credit,
            &[
                "（来源：青川发布）",
                "（安宁街道供稿）",
                "(青川新闻网提供)",
                "志愿者 周晓岚 摄",
                "数据来源：青川市统计局",
                "（以上言论仅代表作者个人观点）",
                "新华社记者 周晓岚 摄",
                "(本报记者周晓岚摄)",
                "本报记者 周晓岚 摄影报道",
                "（新华社发）",
                "（本报青川1月5日电）",
                "（作者系青川市总工会原副主席，全国劳动模范）",
                "来源：青川发布",
                "〔中央社青川十二日电〕",
                "〔本报资料照片〕",
                "（2024年6月28日青川市人民代表大会通过）",
                "青川视觉供图",
                "新华社发",
                "新华社发（周晓岚 摄）",
                "（据《青川科学》）",
                "图片由受访单位提供",
                "本版图片均由作者提供",
                "学习现场　青川市总工会供图",
                "（数据来源：青川市统计局）",
            ],
        );
        looks(
            Look::Signature,
            &[
                "（周晓岚 李望）",
                "(周晓岚)",
                "（周晓岚李望）",
                "浙江 周晓岚",
                "企业文化专家 李望",
                "——编者",
                "市民 李望",
                "安宁区 水塔街居民 周晓岚",
                "儿科 主治医师 李望",
                "青川中学 周晓岚",
                "炼钢厂 李望",
                "周晓岚（青川市第一小学）",
                "青川小学五（3）班 周晓岚　指导老师：李望",
                "［美］约翰·史密斯",
                "青川建筑公司 木工班班长 周晓岚",
                "青川律师事务所律师 周 岚",
                "（周 岚）",
                "（周 文）",
                "药学部 主管药师 周晓岚",
                "青川 一家长",
                "青川 一位读者",
                "青川 周先生",
                "青川 红星机械厂 周晓岚",
                "青川市人大代表 周晓岚",
                "周晓岚（青川市人大代表）",
                "（青川理工学院 周晓岚）",
                "文学与新闻学院2016级 周晓岚",
            ],
        );
        looks(Look::Name, &["周晓岚", "李望", "欧阳晓岚"]);
    }

    #[test]
    fn parts_of_the_page() {
        looks(
            Look::Label,
            &[
                "阅读提示",
                "阅 读 提 示",
                "读者来问",
                "专家心解",
                "编者按",
                "记者手记",
                "【新闻链接】",
                "健康提示",
                "新闻速览",
                "延伸阅读",
                "【警示】",
                "居民来信",
            ],
        );
        looks(Look::Salutation, &["晓岚你好：", "李望您好:", "尊敬的读者朋友：", "编辑同志：", "亲爱的妈妈："]);
        looks(
            Look::Caption,
            &[
                "图为职工在社区广场参加活动。",
                "左图：运动会现场",
                "职工们在读书。（本报记者周晓岚摄）",
                "职工们在读书。本报记者 周晓岚 摄",
            ],
        );
        looks(
            Look::Jump,
            &[
                "（下转第三版）",
                "(上接第1版)",
                "下转2版",
                "扫码观看 车间议事厅",
                "扫描二维码看视频",
                "A11版《车间灯火》选读",
            ],
        );
        looks(
            Look::Date,
            &[
                "2024年3月5日",
                "（1998年1月3日）",
                "2024年3月5日 星期二",
                "2025年教师节",
                "2024年国庆节",
                "农历甲辰年七月十五",
                "2024年3月5日 于青川",
                "2024年3月5日 立春夜",
            ],
        );
        looks(
            Look::Imprint,
            &[
                "第3版",
                "责任编辑：周晓岚",
                "电话：010-12345678",
                "https://example.org/a",
                "2024年3月5日　星期二　编辑 周晓岚　校对 李望",
                "《车间灯火》 周晓岚 著 青川出版社 定价：32.00元",
                "青工发〔2024〕18号",
                "2024年3月5日 星期二 第2版",
                "青川都市报 · 2024年3月5日 · 星期二 · A02",
                "报料热线　96××60",
                "作者：周晓岚　出版社：青川出版社",
                "青川农报　技术　2024年3月5日　星期二　编辑：周晓岚",
                "今日8版　总第6021期　零售每份1元",
                "第1187期",
                "总第52期",
                "内部资料　免费赠阅",
                "本期四版　国内统一刊号：CN00-0000",
                "值班编辑　周晓岚　版面　李望",
                "编辑/周晓岚　校对/李望",
                "主编：周晓岚 版式：李望",
                "主编： 电话： 设计：",
                "中共青川市委宣传部　主办",
                "2024年3月5日 责编：周晓岚 版式：李望",
                "本版投稿邮箱：wx@qcrb.example",
                "主编：周 岚　责编：李 望",
                "本期责编　周晓岚　审读　小鹿",
                "主编：周晓岚 电话：000-8229×××",
                "青川市作家协会　《青川晚笛》编辑部　主办",
                "中共青川大学委员会主办",
                "主编：周晓岚",
                "青川市和平医院主办",
                "青川市安宁区委主管主办",
                "青川交通工会 联办　编辑 周晓岚　美编 李望",
                "第22期 · 2024年9月",
                "第四版　2023年5月19日",
                "青川社区·2025年第4期",
                "周晓岚著 青川人民出版社2025年9月版",
                "[日]山田一朗著 李望译 青川书局2025年8月版",
                "青川家电维修部：65xx8801（9:00—16:00）",
                "本栏欢迎投稿，来信请寄：青川市水塔街12号编辑部",
                "2024年3月5日 编辑：周 岚 美编：李 望 电子信箱：qc@example.com",
                "中共青川县委主管主办 青川日报社出版",
            ],
        );
        looks(Look::Figures, &["17090.6287.942343.8312.06", "3 : 2"]);
    }

    #[test]
    fn columns_are_banners() {
        for line in ["体坛短波", "国际短讯", "往事·口述", "热线信箱"] {
            assert!(shape(line).is_banner, "{line}");
        }
        for line in ["浣溪沙·灯火", "往事如烟", "灯火·一座城的夜"] {
            assert!(!shape(line).is_banner, "{line}");
        }
    }

    #[test]
    fn text_looks_like_text() {
        looks(
            Look::Plain,
            &[
                "“小课堂”办到车间里",
                "记者了解到，这里的职工都很满意。",
                "本报记者近日在青川市采访时了解到，多家企业",
                "让服务“看得见、摸得着”",
                "奋进新征程 建功新时代",
                "坚定信念，对党忠诚",
                "怎样写好一篇通讯？",
                "图书馆里的年轻人",
                "电话那头的声音",
                "2024年3月5日，青川市总工会",
                "《车间灯火》由青川出版社出版",
                "县教育局 党委",
                "县公安局 严查酒驾",
                "青川中学 高考报名",
                "编辑部的故事",
                "主编 谁来当",
                "扫码看病不用排队",
                "图片提供线索",
                "谁来主办青川马拉松",
                "青川马拉松由市体育局主办",
                "2025年春运",
                "青川 一家人",
                "青川队：下一场再赢",
                "3版《灯火》之后",
            ],
        );
    }

    #[test]
    fn cut_lines_hang_and_sentences_open() {
        assert!(shape("把培训办到职工的").hanging && !shape("把培训办到职工中去").hanging);
        assert!(shape("近日，青川市总工会").opens_sentence && !shape("近日要闻").opens_sentence);
        assert!(shape("7月9日傍晚，青川市").opens_sentence && !shape("7月9日要闻").opens_sentence);
        assert!(SENTENCE_OPENERS.iter().all(|word| shape(&format!("　{word},青川市总工会")).opens_sentence));
    }

    #[test]
    fn leads() {
        for line in [
            "本报讯（记者周晓岚）近日，",
            "本报讯 近日",
            "新华社青川1月7日电 记者",
            "据新华社北京一月七日电由",
            "本报青川1月5日电（记者",
            "青川晚报讯（记者周晓岚）近日，",
            "中国青川网6月19日讯 昨天",
            "〔记者周晓岚／青川报导〕立法会昨天",
            "〔中央社青川十二日电〕央行昨天",
            "记者周晓岚／青川报导　央行昨天",
            "本报青川讯 昨天",
        ] {
            assert!(shape(line).lead, "{line}");
        }
        for line in [
            "本报记者 周晓岚",
            "本报电影周开幕",
            "新华社的记者",
            "近日，本报讯",
            "他向报社6月19日讯问",
            "青川晚报电",
            "本报通讯员",
            "记者在青川/安宁采访报道",
        ] {
            assert!(!shape(line).lead, "{line}");
        }
    }
}
