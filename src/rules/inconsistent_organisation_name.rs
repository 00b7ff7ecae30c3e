//! `inconsistent-organisation-name`: the name of an organisation that differs by one character from a name that the
//! page uses much more often.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Context, Rule};
use crate::article::Page;
use crate::diagnostic::{Edit, Finding, Fix, Related, Safety, Severity};
use crate::lang::{Message, Phrase};
use crate::memo::key;
use crate::org::{self, Organisation};
use crate::text::Span;
use crate::zh;

pub(super) const RULE: Rule = Rule {
    name: "inconsistent-organisation-name",
    severity: Severity::Information,
    fixable: true,
    summary: Phrase { en: "a name that differs by one character", zh: "机构名称一字之差" },
    docs: Phrase {
        en: "OCR takes one character for another, and an author forgets one: the same organisation then goes by two \
            names. Reported is what differs by one character from the name of an organisation that the page uses at \
            least three times, and three times as often.\n\n\
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
            direction, the first character, or the name of a place, and for names of fewer than four characters.\n\n\
            The recogniser of organisations is asked only about a page that has two such wordings before 公司, 工会 and \
            the like; it takes longer than all other rules together. In an editor, where every keystroke would wait \
            for it, the rule runs only when the configuration names it.\n",
        zh: "识别时认错一个字，写稿时漏掉一个字，同一机构就有了两个名称。若某处与本文至少使用三次、且次数至少为其三倍的机构名称仅差一字，则报告。\n\n\
            ```bad\n\
            蓝鲸物流有限公司近日为职工送去防暑物资。\n\n\
            据了解，蓝鲸物流有限公司有职工三百人。\n\n\
            ⟦蓝鲸物硫有限公司⟧工会负责人说，蓝鲸物流有限公司今后还要办培训班。\n\
            ```\n\n\
            修复以常用名称替换少见名称，须由人确认：不同机构也可能只差一字。差别为数字（一车间、二车间）、方位、首字或地名时不报告，不足四字的名称也不报告。\n\n\
            仅当版面上“公司”“工会”等字样之前确有两种写法时才调用机构识别，因为识别比其他规则都费时。在编辑器中每次按键都要等它，因此只有在配置中写明时才运行。\n",
    },
    check,
};

/// The frequent name is used at least this often: two uses are no habit.
const LEAST_USES: usize = 3;
/// The frequent name is used at least this many times as often as the rare one.
const LEAST_RATIO: usize = 3;
/// Shorter names differ by a character too easily.
const LEAST_CHARS: usize = 4;
/// A shorter wording that the recogniser takes for a name is one (南开大学 beside 南京大学).
const LONG: usize = 6;
/// How far before the end of a name two wordings are compared, in characters.
const REACH: usize = 12;

/// What the names that are compared end with.
const ENDS: [&str; 52] = [
    "公司",
    "集团",
    "工会",
    "联合会",
    "协会",
    "学会",
    "商会",
    "研究会",
    "基金会",
    "委员会",
    "管委会",
    "居委会",
    "村委会",
    "党委",
    "党支部",
    "党总支",
    "党建",
    "党组",
    "总局",
    "银行",
    "支行",
    "分行",
    "合作社",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "幼儿园",
    "医院",
    "法院",
    "检察院",
    "研究院",
    "研究所",
    "事务所",
    "办事处",
    "派出所",
    "中心",
    "工作室",
    "车间",
    "项目部",
    "出版社",
    "报社",
    "电视台",
    "俱乐部",
    "服务队",
    "科技",
    "物流",
    "物业",
    "传媒",
    "石化",
    "联盟",
];

fn check(ctx: &Context, acc: &mut Vec<Finding>) {
    if !ctx.config.asks_for(RULE.name) {
        return;
    }
    let slips = slips(ctx.page);
    if slips.is_empty() {
        return;
    }
    let organisations = org::organisations(ctx.page);
    let (source, written) = (ctx.page.simplified.as_str(), &ctx.page.text);
    let mut uses: HashMap<&str, Vec<Span>> = HashMap::new();
    for name in organisations.iter().flat_map(names) {
        uses.entry(&source[name.range()]).or_default().push(name);
    }
    for slip in slips {
        let frequent =
            uses.iter().filter_map(|(name, spans)| slip.of(source, name, spans)).max_by_key(|f| (f.name.len(), f.name));
        let Some(Frequent { spans, rare, .. }) = frequent else { continue };
        let wording = &source[rare.range()];
        let is_name = wording.chars().count() < LONG && uses.contains_key(wording);
        let is_frequent = spans.len() >= LEAST_RATIO * source.matches(wording).count();
        if is_frequent && !is_name && acc.iter().all(|found| !found.span.overlaps(rare)) {
            acc.push(finding(rare, written.slice(rare), written.slice(spans[0]), spans));
        }
    }
    acc.sort_by_key(|found| found.span);
}

/// Where the organisation is named: its mentions, and the body that it is part of inside them.
fn names(organisation: &Organisation) -> impl Iterator<Item = Span> {
    let parent = organisation.part_of.as_ref().filter(|parent| organisation.name.starts_with(parent.as_str()));
    let within = move |span: Span| {
        let is_whole = span.len() == organisation.name.len();
        parent.filter(|_| is_whole).map(|parent| Span::new(span.start, span.start + parent.len()))
    };
    let mentions = organisation.mentions.iter().filter(|mention| !mention.is_part);
    mentions.flat_map(move |mention| std::iter::once(mention.span).chain(within(mention.span)))
}

/// A place where the text differs by one character from what the page has more often before the same word.
#[derive(Clone, Copy, Debug)]
struct Slip {
    /// The end of the rare wording, in bytes.
    end: usize,
    /// Characters from there back to the one that differs.
    behind: usize,
    /// Characters of the rare wording and of the frequent one at that place: 1 or 0 each.
    own: usize,
    other: usize,
}

/// A name that a rare wording differs from.
struct Frequent<'a> {
    name: &'a str,
    spans: &'a [Span],
    rare: Span,
}

impl Slip {
    /// The frequent name that this is a slip for, if `name` is that.
    fn of<'a>(&self, source: &str, name: &'a str, spans: &'a [Span]) -> Option<Frequent<'a>> {
        let n_chars = name.chars().count();
        let head = n_chars.checked_sub(self.behind + self.other).filter(|head| *head > 0)?;
        if spans.len() < LEAST_USES || n_chars < LEAST_CHARS {
            return None;
        }
        let before = &source[..self.end];
        let length = head + self.own + self.behind;
        let (start, _) = before.char_indices().rev().nth(length - 1)?;
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        let (rare, name_chars) = (chars(&before[start..]), chars(name));
        let is_same =
            rare[..head] == name_chars[..head] && rare[length - self.behind..] == name_chars[n_chars - self.behind..];
        let changed = rare[head..head + self.own].iter().chain(&name_chars[head..head + self.other]);
        let is_slip = is_same && rare != name_chars && changed.clone().all(|&c| zh::is_han(c) && !tells_apart(c));
        (is_slip && !is_rank(&name_chars[head..])).then(|| Frequent { name, spans, rare: Span::new(start, self.end) })
    }
}

/// Whether the name goes on with a rank right behind the character: 黄岛区 and 黄山区 are two places.
fn is_rank(rest: &[char]) -> bool {
    rest.iter().take(2).any(|c| matches!(c, '区' | '市' | '县' | '省' | '镇' | '乡' | '村'))
}

/// The places of `page` where a name may be written wrongly; without the recogniser.
fn slips(page: &Page) -> Vec<Slip> {
    let mut found: Vec<Ending> = Vec::new();
    for block in page.blocks.iter().filter(|block| block.is_prose()) {
        endings(page.simplified.slice(block.content), block.content.start, &mut found);
    }
    let mut places = places(&found);
    keep_contested(&mut places);
    places.sort_unstable_by_key(|place| (place.around, place.own));
    let mut slips = Vec::new();
    for alike in places.chunk_by(|a, b| a.around == b.around) {
        let wordings: Vec<&[Place]> = alike.chunk_by(|a, b| a.own == b.own).collect();
        let Some(most) = wordings.iter().max_by_key(|places| places.len()) else { continue };
        if most.len() < LEAST_USES || wordings.len() < 2 {
            continue;
        }
        let may_be_wrong = |own: Option<char>| own.is_none_or(|c| !tells_apart(c));
        if !may_be_wrong(most[0].own) {
            continue;
        }
        let rare =
            wordings.iter().filter(|places| LEAST_RATIO * places.len() <= most.len() && may_be_wrong(places[0].own));
        slips.extend(rare.flat_map(|places| places.iter()).map(|place| Slip {
            end: found[place.n].at,
            behind: place.behind + ENDS[found[place.n].word].chars().count(),
            own: usize::from(place.own.is_some()),
            other: usize::from(most[0].own.is_some()),
        }));
    }
    slips.sort_by_key(|slip| (slip.end, slip.behind, slip.own, slip.other));
    slips
}

/// A place where one of the [`ENDS`] stands.
struct Ending {
    /// Byte behind it.
    at: usize,
    /// Which of them.
    word: usize,
    /// The Hanzi before it, the nearest first.
    before: [char; REACH],
    n_before: usize,
}

impl Ending {
    fn before(&self) -> &[char] {
        &self.before[..self.n_before]
    }
}

/// A place before an ending where another wording may have another character, or none.
struct Place {
    /// Hash of what the wordings have in common: the ending, the characters up to the place and those beyond it.
    around: u64,
    /// Which ending.
    n: usize,
    /// Characters between the place and the ending.
    behind: usize,
    /// The character there; none where the other wording has one more.
    own: Option<char>,
}

/// Adds to `found` where the [`ENDS`] stand in `content`, which begins at byte `start` of the page.
fn endings(content: &str, start: usize, found: &mut Vec<Ending>) {
    static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(ENDS);
        builder.expect("a short list of words")
    });
    for end in AUTOMATON.find_iter(content) {
        let mut ending =
            Ending { at: start + end.end(), word: end.pattern().as_usize(), before: ['\0'; REACH], n_before: 0 };
        for c in content[..end.start()].chars().rev().take_while(|&c| zh::is_han(c)).take(REACH) {
            ending.before[ending.n_before] = c;
            ending.n_before += 1;
        }
        found.push(ending);
    }
}

/// The places before the endings that `found` holds, where enough others have the same characters up to there.
fn places(found: &[Ending]) -> Vec<Place> {
    // The endings with a hash of the word and the characters up to the place.
    let mut alike: Vec<(usize, u64)> =
        found.iter().enumerate().map(|(n, ending)| (n, key([ending.word as u64]))).collect();
    let mut places = Vec::new();
    let mut n_alike: Vec<usize> = Vec::new();
    for behind in 0..REACH {
        alike.retain(|(n, _)| found[*n].n_before > behind);
        n_alike.clear();
        n_alike.resize(alike.len().next_power_of_two(), 0);
        let mask = n_alike.len() - 1;
        for (_, near) in &alike {
            n_alike[*near as usize & mask] += 1;
        }
        alike.retain(|(_, near)| n_alike[*near as usize & mask] > LEAST_USES);
        for (n, near) in &mut alike {
            let far = &found[*n].before()[behind..];
            let own = u64::from(far[0]);
            let mut add = |around: u64, own: Option<char>| places.push(Place { around, n: *n, behind, own });
            // One character more or less: two characters on the far side, or nearly every repetition would be one.
            if let [_, next, rest @ ..] = far {
                add(key([*near, u64::from(*next), 1]), Some(far[0]));
                add(key([*near, own, u64::from(*next), 2]), None);
                if let [last, ..] = rest {
                    add(key([*near, u64::from(*next), u64::from(*last), 2]), Some(far[0]));
                }
            }
            *near = key([*near, own]);
        }
    }
    places
}

/// Keeps the places that may have enough others around them, and another wording among them; of the rest nearly none.
/// They are a few of a hundred, and all that are one group stay or go together.
fn keep_contested(places: &mut Vec<Place>) {
    #[derive(Clone, Copy, Default)]
    struct Group {
        n: u32,
        own: Option<char>,
        differ: bool,
    }
    let mut groups = vec![Group::default(); places.len().next_power_of_two()];
    let mask = groups.len() - 1;
    for place in &*places {
        let group = &mut groups[place.around as usize & mask];
        group.differ |= group.n > 0 && group.own != place.own;
        (group.own, group.n) = (place.own, group.n + 1);
    }
    places.retain(|place| {
        let group = &groups[place.around as usize & mask];
        group.differ && group.n as usize > LEAST_USES
    });
}

/// Whether two bodies may differ by `c` alone.
fn tells_apart(c: char) -> bool {
    static TELLING: zh::Set =
        zh::Set::new("〇零一二三四五六七八九十百千甲乙丙丁东西南北中上下前后左右大小新老色省市区县镇乡村厂委局党团");
    c.is_ascii_alphanumeric() || TELLING.contains(c)
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
    use super::RULE;

    #[test]
    fn fix_puts_the_frequent_name() {
        check_fix(
            &RULE,
            "蓝鲸物流有限公司近日为职工送去防暑物资。\n\n据了解，蓝鲸物流有限公司有职工三百人。\n\n⟦蓝鲸物硫有限公司⟧工会负责人说，蓝鲸物流有限公司今后还要办培训班。\n",
            "蓝鲸物流有限公司近日为职工送去防暑物资。\n\n据了解，蓝鲸物流有限公司有职工三百人。\n\n蓝鲸物流有限公司工会负责人说，蓝鲸物流有限公司今后还要办培训班。\n",
        );
    }

    /// `rare` once beside three times `frequent`.
    fn page(frequent: &str, rare: &str) -> String {
        format!(
            "本报讯（记者周明远）近日，青岛{frequent}发展有限公司（以下简称“{frequent}”）举办职工技能大赛。\n\n\
             {frequent}的职工说，比赛很精彩。在{frequent}，大家都报了名。记者从{frequent}了解到，培训班还要再办。\n\n\
             {rare}的负责人说，今后还要办下去。{frequent}的做法受到好评。\n"
        )
    }

    #[test]
    fn flags_a_character_exchanged_in_a_short_name() {
        check(&RULE, &page("蓝杉党建", "⟦蓝衫党建⟧"));
    }

    #[test]
    fn flags_a_character_too_many() {
        let text = "青岛石化公司举办职工技能大赛。青岛石化公司工会主席说，比赛很精彩。\n\n\
            记者在青岛石化公司看到，⟦青岛石化工公司⟧的职工都报了名。青岛石化公司今后还要办培训班。\n";
        check(&RULE, text);
    }

    #[test]
    fn keeps_a_name_that_is_used_as_often() {
        check(&RULE, "蓝鲸物流有限公司近日为职工送去防暑物资。\n\n蓝鲸物硫有限公司工会负责人说，今后还要办培训班。\n");
    }

    #[test]
    fn keeps_names_that_are_told_apart_by_one_character() {
        for (frequent, rare) in [
            ("加热一车间党支部", "加热二车间党支部"),
            ("黄岛区总工会", "黄山区总工会"),
            ("南京大学", "南开大学"),
            ("泰国政府", "韩国政府"),
            ("蓝鲸公司党委", "蓝鲸公司工会"),
            ("蓝色党建", "红色党建"),
        ] {
            let text = format!(
                "{frequent}近日举办活动。记者从{frequent}了解到，三百名职工参加了比赛。\n\n\
                 {rare}的代表也参加了活动。{frequent}今后还要办培训班，{frequent}的负责人说。\n"
            );
            check(&RULE, &text);
        }
    }
}
