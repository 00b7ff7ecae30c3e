//! Pages of any size in invented Chinese, with headings, cut sentences and copies at known places.
//!
//! Tests, benches and fuzzers share it: one seed gives one page, on every machine. A page of 1 MB has about 3,000
//! paragraphs and 320,000 Hanzi. The sentences come from a small grammar; words, numbers, dates and names differ from one to
//! the next, so that nothing comes twice but what is copied on purpose.

#![allow(dead_code, reason = "each of the programs that include this file needs a part of it")]

use std::fmt::Write;

/// Numbers that look random and are the same on every machine (splitmix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// A page and what is known of it. Places are bytes.
#[derive(Clone, Default, Debug)]
pub struct Generated {
    /// The page: one paragraph a line, blank lines between.
    pub text: String,
    /// Where headings begin, their marks included.
    pub headings: Vec<usize>,
    /// Where sentences are cut: the end of the first half.
    pub cuts: Vec<usize>,
    /// Where copies of earlier paragraphs begin.
    pub copies: Vec<usize>,
    /// How many paragraphs it has, halves of cut ones and copies counted.
    pub paragraphs: usize,
}

/// A heading stands before this many paragraphs.
const PARAGRAPHS_PER_HEADING: usize = 8;
/// One paragraph of this many is cut in two.
const PARAGRAPHS_PER_CUT: usize = 20;
/// One paragraph of this many comes again at once.
const PARAGRAPHS_PER_COPY: usize = 100;
/// A paragraph ends with the sentence that takes it over this many bytes, which gives 3,000 of them to 1 MB.
const PARAGRAPH_BYTES: usize = 265;

/// A page of at least `bytes` bytes, and at most a paragraph more.
pub fn page(bytes: usize, seed: u64) -> Generated {
    let mut random = Random::new(seed);
    let mut page = Generated::default();
    page.text.reserve(bytes + 1024);
    while page.text.len() < bytes || page.paragraphs == 0 {
        if page.paragraphs.is_multiple_of(PARAGRAPHS_PER_HEADING) {
            page.headings.push(page.text.len());
            let heading = heading(&mut random);
            let marks = random.pick(&["# ", "## ", ""]);
            page.block(&format!("{marks}{heading}"));
        }
        let paragraph = paragraph(&mut random, PARAGRAPH_BYTES);
        if random.once_in(PARAGRAPHS_PER_CUT) {
            let middle = cut(&paragraph, &mut random);
            page.paragraph(&paragraph[..middle]);
            page.cuts.push(page.text.trim_end().len());
            page.paragraph(&paragraph[middle..]);
        } else {
            page.paragraph(&paragraph);
        }
        if random.once_in(PARAGRAPHS_PER_COPY) {
            page.copies.push(page.text.len());
            page.paragraph(&paragraph);
        }
    }
    page
}

impl Generated {
    fn block(&mut self, block: &str) {
        self.text.push_str(block);
        self.text.push_str("\n\n");
    }

    fn paragraph(&mut self, paragraph: &str) {
        self.block(paragraph);
        self.paragraphs += 1;
    }
}

/// A paragraph of at least `bytes` bytes: whole sentences.
pub fn paragraph(random: &mut Random, bytes: usize) -> String {
    let mut paragraph = String::with_capacity(bytes + 200);
    while paragraph.len() < bytes {
        sentence(random, &mut paragraph);
    }
    paragraph
}

/// A byte between two Hanzi in the middle of a sentence of `paragraph`.
fn cut(paragraph: &str, random: &mut Random) -> usize {
    let is_hanzi = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let chars: Vec<(usize, char)> = paragraph.char_indices().collect();
    let from = chars.len() / 4 + random.below(chars.len() / 2);
    let between = |n: &usize| is_hanzi(chars[*n - 1].1) && is_hanzi(chars[*n].1);
    (from..chars.len()).find(between).map_or(chars[from].0, |n| chars[n].0)
}

const PLACES: &[&str] = &[
    "宁川市",
    "青塘区",
    "栖山区",
    "望湖区",
    "东屏区",
    "云台县",
    "白鹭镇",
    "石桥镇",
    "柳溪乡",
    "枫林街道",
    "临江街道",
    "南浦街道",
    "松岭村",
    "杏花社区",
    "竹园社区",
    "河湾村",
];
const BODIES: &[&str] = &[
    "总工会",
    "教育局",
    "人民医院",
    "实验小学",
    "第三中学",
    "图书馆",
    "文化馆",
    "农业农村局",
    "市场监督管理局",
    "气象局",
    "供电公司",
    "消防救援大队",
    "志愿者协会",
    "合作社",
    "纺织有限公司",
    "园林绿化中心",
    "残疾人联合会",
];
const PEOPLE: &[&str] = &[
    "职工",
    "家长",
    "学生",
    "老人",
    "村民",
    "商户",
    "医护人员",
    "驾驶员",
    "退休教师",
    "青年志愿者",
    "种粮大户",
    "社区干部",
    "手艺人",
    "环卫工人",
];
const NAMES: &[&str] =
    &["田望舒", "邵青禾", "纪若川", "温见山", "霍知秋", "丁一苇", "尤清让", "孟长庚", "瞿小满", "安如松"];
const ACTIONS: &[&str] = &[
    "开办了",
    "组织了",
    "完成了",
    "推出了",
    "整修了",
    "检查了",
    "走访了",
    "建成了",
    "征集了",
    "调整了",
    "筹备了",
    "公布了",
    "受理了",
    "改造了",
    "回访了",
];
const MEASURES: &[&str] = &["期", "场", "处", "项", "批", "次", "条", "户", "间", "座"];
const OPENINGS: &[&str] =
    &["据介绍", "与此同时", "在此之前", "不仅如此", "记者了解到", "按照计划", "入夏以来", "说起变化"];

/// Characters of which words are put together: a language of set phrases would be full of repetitions, which real
/// pages are not.
const FIRST: &[&str] = &[
    "新", "老", "水", "山", "田", "路", "桥", "灯", "书", "学", "车", "船", "花", "树", "石", "木", "布", "茶", "米",
    "菜", "医", "药", "农", "工", "商", "文", "体", "电", "气", "网", "旧", "夜", "早", "晚", "南", "北", "东", "西",
];
const SECOND: &[&str] = &[
    "校", "站", "堂", "坊", "棚", "院", "窗", "渠", "塘", "库", "线", "桩", "牌", "屋", "台", "廊", "园", "圃", "场",
    "课", "展", "赛", "会", "宴", "灶", "井", "闸", "坝", "亭", "楼", "仓", "炉", "机", "具", "票", "账", "刊", "戏",
];
const VERBS: &[&str] = &[
    "缩短",
    "省下",
    "带动",
    "方便",
    "照亮",
    "接通",
    "翻修",
    "添置",
    "挨家登记",
    "逐一回访",
    "托付给",
    "分给",
    "送到",
    "搬进",
    "围绕",
    "避开",
    "多出",
    "换成",
    "赶上",
    "请教",
    "教会",
    "留住",
    "惊动",
    "安顿",
    "说服",
    "追上",
    "谢过",
];
const AMOUNTS: &[&str] =
    &["三成", "一半", "不少", "整整一季", "两条街", "好几趟", "七八户", "近百人", "四个班", "一个上午", "大半年"];

fn object(random: &mut Random) -> String {
    [random.pick(FIRST), random.pick(SECOND), random.pick(FIRST), random.pick(SECOND)].concat()
}

fn result(random: &mut Random) -> String {
    let (verb, amount) = (random.pick(VERBS), random.pick(AMOUNTS));
    match random.below(3) {
        0 => format!("{verb}了{amount}{}", object(random)),
        1 => format!("把{}{verb}{}", object(random), random.pick(PLACES)),
        _ => format!("{}也{verb}了{amount}{}", random.pick(PEOPLE), object(random)),
    }
}

fn sentence(random: &mut Random, acc: &mut String) {
    let body = |random: &mut Random| format!("{}{}", random.pick(PLACES), random.pick(BODIES));
    let n = random.below(9_000) + 2;
    let text = match random.below(7) {
        0 => format!(
            "今年{}月以来，{}为{}{}{n}{}{}，{}。",
            random.below(12) + 1,
            body(random),
            random.pick(PEOPLE),
            random.pick(ACTIONS),
            random.pick(MEASURES),
            object(random),
            result(random)
        ),
        1 => format!(
            "{}，{}已有{n}名{}参加了{}，其中一半以上来自{}。",
            random.pick(OPENINGS),
            random.pick(PLACES),
            random.pick(PEOPLE),
            object(random),
            random.pick(PLACES)
        ),
        2 => format!(
            "“{}{n}{}的{}，{}。”{}负责人{}说。",
            random.pick(&["我们准备了", "这里一共有", "大家先后报名", "头一年只做了"]),
            random.pick(MEASURES),
            object(random),
            result(random),
            body(random),
            random.pick(NAMES)
        ),
        3 => format!(
            "{}月{}日，{}联合{}在{}{}{n}{}{}。",
            random.below(12) + 1,
            random.below(28) + 1,
            body(random),
            body(random),
            random.pick(PLACES),
            random.pick(ACTIONS),
            random.pick(MEASURES),
            object(random)
        ),
        4 => format!(
            "家住{}的{}{}算了一笔账：{}以后，每个月少花{n}元，{}。",
            random.pick(PLACES),
            random.pick(PEOPLE),
            random.pick(NAMES),
            object(random),
            result(random)
        ),
        5 => format!(
            "{}，{}还同{}一起{}《{}{}办法》，{}。",
            random.pick(OPENINGS),
            body(random),
            body(random),
            random.pick(&["印发了", "讨论了", "修订了"]),
            random.pick(PLACES),
            object(random),
            result(random)
        ),
        _ => format!(
            "从{}到{}，{n}{}{}{}，{}。",
            random.pick(PLACES),
            random.pick(PLACES),
            random.pick(MEASURES),
            object(random),
            random.pick(&["陆续投入使用", "接受了验收", "换了新的面貌", "进入最后的调试"]),
            result(random)
        ),
    };
    acc.push_str(&text);
}

fn heading(random: &mut Random) -> String {
    let mut heading = String::new();
    let written = match random.below(3) {
        0 => write!(heading, "{}{}{}", random.pick(PLACES), random.pick(ACTIONS), object(random)),
        1 => write!(heading, "{}走进{}", object(random), random.pick(PLACES)),
        _ => write!(heading, "{}{}的一天", random.pick(PLACES), random.pick(PEOPLE)),
    };
    written.expect("writing into a string cannot fail");
    heading
}

/// What breaks programs that count: wide, astral, combining and invisible characters, every kind of line end, marks
/// of Markdown, quotation marks, an unpaired bracket.
pub const AWKWARD: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u{c}",
    "\u{feff}",
    "\u{3000}",
    "\u{3000}\u{3000}",
    "\t",
    " ",
    "\u{200b}",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "𠮷",
    "𡈽𠀋",
    "👩‍👩‍👧",
    "é",
    "e\u{301}",
    "中",
    "区总工会",
    "臺灣區總工會",
    "。",
    "，",
    "“",
    "”",
    "「",
    "（",
    "）",
    "《",
    "# ",
    "## ",
    "**",
    "- ",
    "1. ",
    "> ",
    "```\n",
    "~~~",
    "| a | b |\n|--|--|\n",
    "<div>\n",
    "<!--",
    "-->",
    "---\n",
    "![图](a.png)",
    "[链接](b)",
    "本报讯（记者 田望舒）",
    "二〇二四年",
    "１２３",
    "，，",
    "……",
    "——",
    "\0",
    "\u{1b}[31m",
    "\u{10ffff}",
    "a",
    "Z9",
];

/// A text of up to `pieces` pieces, many of them awkward.
pub fn awkward(random: &mut Random, pieces: usize) -> String {
    let mut text = String::new();
    for _ in 0..random.below(pieces + 1) {
        match random.below(6) {
            0 => sentence(random, &mut text),
            1 => text.push_str(&heading(random)),
            2 => {
                let whole = paragraph(random, 60);
                let half = cut(&whole, random);
                text.push_str(&whole[..half]);
                text.push_str(random.pick(&["\n\n", "\n", "\r\n\r\n", "\n\n\u{3000}\u{3000}"]));
                text.push_str(&whole[half..]);
            }
            _ => text.push_str(random.pick(AWKWARD)),
        }
    }
    text
}
