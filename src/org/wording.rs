//! What a name says by its wording alone, whatever page it stands in. A page uses few wordings many times: each is
//! looked into once, and kept.

use std::ops::Range;
use std::sync::Arc;

use super::OrgKind;
use super::body;
use super::campus;
use super::grammar::{NUMBERS, VAGUE};
use super::lexicon::{Entry, is_distinctive, lexicon};
use super::place;
use super::reading::{Reading, Unwrapped};
use super::short::short_names;
use crate::block::hash;
use crate::memo::Cache;
use crate::zh;

/// A wording that may be a name.
#[derive(Debug)]
pub(super) struct Wording {
    /// Hash of the text: two wordings are the same where their hashes are.
    pub hash: u64,
    pub text: Arc<str>,
    /// Its length in characters.
    pub n_chars: usize,
    /// Whether it means a particular body.
    pub means: Means,
    /// Whether it is a body of the closed list.
    pub is_body: bool,
    /// Whether it may be relative to the place of its article: 区总工会, 团区委, 镇党委.
    pub is_relative: bool,
    /// Bytes of the word for the Youth League before its place or rank.
    pub league: usize,
    /// Whether a university has such a school or office, and the name leaves out of which university it is: 外国语学院.
    pub is_unit: bool,
    /// The word for a rank that it begins with, behind the league, where it is relative to a place or a body of that
    /// rank: 区 of 区总工会, 街道 of 街道党工委.
    pub rank: Option<&'static str>,
    /// What must not stand behind it, because a longer word would then begin in it.
    pub goes_on: &'static [&'static str],
    /// The divisions of China that it begins with, in bytes.
    places: Vec<Range<usize>>,
    /// Names that it may go by, without those that are common nouns.
    pub short: Vec<Arc<str>>,
    /// Hash of what it has in common with other names of the same body.
    pub key: u64,
    /// What sort of body it is.
    pub kind: OrgKind,
    /// The body that it says it is part of.
    pub parent: Option<String>,
}

/// Whether a wording means a particular body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Means {
    /// No: a suffix alone (联合会), a common noun (各街道党工委), a team without its company, a place.
    Nothing,
    /// A workshop without its company: yes where the page has it more than once.
    Workshop,
    /// A team without its body (巡堤队): yes where the page has several, as reports on matches have.
    Squad,
    /// Yes.
    Body,
}

impl Wording {
    fn new(text: &str, hash_of_text: u64, is_traditional: bool) -> Self {
        let listed = lexicon().get(text);
        let traditional = listed.filter(|_| is_traditional).and_then(Entry::traditional);
        let is_body = traditional.is_some() || listed.is_some_and(|entry| entry.body().is_some());
        let is_suffix = !is_body && listed.is_some_and(|entry| entry.suffix().is_some());
        let league = place::league(text);
        let is_relative = is_relative(&text[league..]);
        let mut places = place::leading(&text[league..]);
        for place in &mut places {
            *place = place.start + league..place.end + league;
        }
        // Behind the league no place is cut away: 县委 is no short form of 共青团某某县委.
        let first_places: &[Range<usize>] = if league == 0 { &places } else { &[] };
        let means = if traditional.is_some() {
            Means::Body
        } else if !is_body && (counts(text) || counts_within(text) || is_event(text) || is_misread(text))
            || !is_relative && (is_suffix || is_common(text))
            || place::is_place(text)
            || text.starts_with(VAGUE)
        {
            Means::Nothing
        } else if !is_team(text, first_places) {
            Means::Body
        } else if is_squad(text) {
            Means::Squad
        } else if text.ends_with("车间") {
            Means::Workshop
        } else {
            Means::Nothing
        };
        Self {
            hash: hash_of_text,
            text: text.into(),
            n_chars: text.chars().count(),
            means,
            is_body,
            is_relative,
            league,
            is_unit: campus::is_unit(&text.chars().collect::<Vec<char>>()),
            rank: relative_rank(&text[league..]),
            goes_on: goes_on(text),
            short: short_names(text, first_places).into_iter().map(Arc::from).collect(),
            key: hash(&body::key(text, first_places)),
            kind: traditional.unwrap_or_else(|| body::kind(text)),
            parent: body::parent(text),
            places,
        }
    }

    /// What stands behind the word for the Youth League; all of it in most names.
    pub(super) fn behind_league(&self) -> &str {
        &self.text[self.league..]
    }

    /// The divisions of China that it begins with, as written.
    pub(super) fn places(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.places.iter().map(|place| &self.text[place.clone()])
    }
}

impl PartialEq for Wording {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

/// The wordings that were looked into, under the hashes of their texts.
#[derive(Default, Debug)]
pub(super) struct Wordings {
    known: Cache<Arc<Wording>>,
    is_traditional: bool,
}

impl Wordings {
    /// What `text` says.
    pub(super) fn of(&mut self, text: &str) -> Arc<Wording> {
        let hash = hash(text);
        self.known.get(hash, || Arc::new(Wording::new(text, hash, self.is_traditional)))
    }

    /// What `stretch` says without the line breaks that wrap it.
    pub(super) fn of_stretch(&mut self, stretch: &str) -> Arc<Wording> {
        self.of(&Unwrapped::new(stretch).text)
    }

    /// Begins an analysis, see [`Cache::turn`], of a page of the one or the other script.
    pub(super) fn turn(&mut self, is_traditional: bool) {
        self.is_traditional = is_traditional;
        self.known.turn();
    }
}

/// Whether `name` may be relative to the place of its article: a rank stands for the place.
fn is_relative(name: &str) -> bool {
    let leads = |rest: &str| {
        let kind = lexicon().get(rest).and_then(Entry::suffix);
        matches!(kind, Some(OrgKind::Party | OrgKind::Union | OrgKind::Government))
    };
    name.starts_with(['区', '市', '县', '省'])
        || ["街道", "镇", "乡", "开发区", "高新区", "经开区", "新区"]
            .iter()
            .any(|rank| name.strip_prefix(rank).is_some_and(leads))
}

/// Whether `name` only says what such a body does (发电总厂), or breaks off in brackets.
fn is_common(name: &str) -> bool {
    let reading = Reading::new(name);
    let kind = reading.marks.last().and_then(|mark| mark.suffix_kind);
    let is_owned = (0..reading.len()).any(|n| reading.marks[n].place > 0 || reading.marks[n].body > 0);
    let is_broken = name.matches(['（', '(']).count() != name.matches(['）', ')']).count();
    is_broken
        || is_rootless(&reading)
        || !is_owned && !matches!(kind, Some(OrgKind::Party | OrgKind::Union)) && !is_distinctive(name)
}

/// Whether there is but one character before the suffix of a company: 访集团.
fn is_rootless(reading: &Reading) -> bool {
    let Some(last) = reading.marks.last().filter(|mark| mark.suffix_kind == Some(OrgKind::Company)) else {
        return false;
    };
    last.suffix_ending >= 2 && reading.len() == usize::from(last.suffix_ending) + 1 && zh::is_han(reading.chars[0])
}

/// What makes a longer word of the end of `name`: 国防部 + 长 (the minister), 公安部 + 门 (offices), 协 + 定, 四中 + 全会, 维修师 + 傅.
fn goes_on(name: &str) -> &'static [&'static str] {
    match name.chars().next_back() {
        Some('部') => &["长", "门", "队", "署"],
        Some('协') => &["定", "议", "调"],
        Some('中') => &["全会"],
        Some('处') => &["长", "分", "理", "罚"],
        Some('师') => &["傅", "父"],
        // 小米 is millet, too.
        Some('米') if name == "小米" => &["粥", "饭", "糕", "面", "酒", "辣", "椒", "蕉"],
        Some('队') if name == "少先队" => &["员"],
        Some(last) if SPORTS.contains(&last) => &["联赛", "甲级", "超级联赛", "锦标赛", "冠军赛"],
        Some('会') if name.ends_with("学会") => &["了", "过", "用", "做"],
        _ => &[],
    }
}

/// Whether `name` begins with a number and the word for what is counted: 三家医院, 第一所中学, 三省公安厅, but not 五家渠市教育局,
/// 三支队.
fn counts(name: &str) -> bool {
    let is_ordinal = name.starts_with('第');
    let rest = name.trim_start_matches('第');
    let counted = rest.trim_start_matches(NUMBERS);
    counted.len() < rest.len()
        && !name.starts_with("五家渠")
        && (counted.starts_with(['家', '所', '个', '座', '名'])
            || counted.strip_prefix('支').is_some_and(|rest| !rest.starts_with(['队', '部', '行']))
            || !is_ordinal
                && counted
                    .strip_prefix(['省', '市', '县', '区'])
                    .and_then(|rest| lexicon().get(rest))
                    .is_some_and(|entry| entry.suffix().is_some()))
}

/// Whether `name` says how many bodies are meant and only what they do, with a place before the number: 希腊一家航运公司.
fn counts_within(name: &str) -> bool {
    name.char_indices().skip(1).any(|(at, c)| {
        // 青川县第二家上市公司.
        let is_one_of_them =
            || name[..at].ends_with('第') && name[at..].trim_start_matches(NUMBERS).starts_with(['家', '所', '座']);
        let noun = || name[at..].trim_start_matches(NUMBERS).strip_prefix(['家', '所', '个', '座']);
        NUMBERS.contains(&c)
            && (is_one_of_them() || noun().is_some_and(|noun| !noun.is_empty() && !is_distinctive(noun)))
    })
}

/// Whether `name` ends like a body and is none: a home (安嘉文家中), a machine (五轴加工中心), one word said twice (妇联妇联), the
/// teams of a country in a sport (全国女排).
fn is_misread(name: &str) -> bool {
    let is_machine = || name.strip_suffix("加工中心").is_some_and(|kind| kind.ends_with(['轴', '式', '控']));
    let is_twice = || name.split_at_checked(name.len() / 2).is_some_and(|(first, second)| first == second);
    let is_sport = || name.strip_prefix("全国").is_some_and(|team| team.ends_with(SPORTS) && team.chars().count() == 2);
    name.ends_with("家中") || is_machine() || is_twice() || is_sport()
}

/// Characters that the short names of teams end with: 女排, 男篮, 女足.
const SPORTS: [char; 3] = ['排', '篮', '足'];

/// Whether `name` is that of an event: 世界互联网大会, but not 人民代表大会.
fn is_event(name: &str) -> bool {
    ["大会", "交易会", "博览会", "洽谈会"].iter().any(|end| name.ends_with(end)) && !name.ends_with("代表大会")
}

/// Whether `name` is a team or a workshop that says nothing of its company: 装配车间, 钣金班, 除锈一班.
fn is_team(name: &str, places: &[Range<usize>]) -> bool {
    // “开路者”青年突击队 says whose it is.
    if name.starts_with('“') {
        return false;
    }
    let Some(stem) = TEAMS.iter().find_map(|team| name.strip_suffix(team)) else {
        return places.is_empty() && is_squad(name);
    };
    let reading = Reading::new(stem);
    let names_owner = |n: usize| {
        reading.marks[n].suffix_ending >= 2
            || matches!(reading.chars[n], '厂' | '段' | '矿')
            || stem.ends_with('钻') && reading.chars[n].is_ascii_digit()
    };
    places.is_empty() && !(0..reading.len()).any(names_owner)
}

/// Whether `name` says what a team does and not whose it is: 巡堤队.
fn is_squad(name: &str) -> bool {
    let is_owned = || name.starts_with(['区', '市', '县', '省']) || Reading::new(name).marks[0].place > 0;
    name.ends_with('队') && name.chars().count() == 3 && lexicon().get(name).is_none() && !is_owned()
}

/// What teams and workshops end with.
const TEAMS: [&str; 6] = ["班组", "班", "车间", "工段", "突击队", "井队"];

/// The word for a rank that a relative name begins with: 区 of 区总工会, 街道 of 街道党工委.
fn relative_rank(name: &str) -> Option<&'static str> {
    [
        "实验区",
        "开发区",
        "示范区",
        "高新区",
        "经开区",
        "园区",
        "新区",
        "街道",
        "社区",
        "区",
        "市",
        "县",
        "省",
        "镇",
        "乡",
        "村",
        "厂",
    ]
    .into_iter()
    .find(|rank| {
        name.strip_prefix(rank).is_some_and(|rest| {
            lexicon().get(rest).and_then(Entry::suffix).is_some() || matches!(*rank, "区" | "市" | "县" | "省")
        })
    })
}
