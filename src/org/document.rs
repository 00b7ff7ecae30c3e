//! The document pass: what one page as a whole says about its names. The model sees one block at a time; here a name
//! that it found with certainty is found everywhere, short names follow from full ones, and a name that a seam
//! cut in two is recognised as one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::OrgKind;
use super::dictionary::Dictionary;
use super::grammar::{self, Candidate};
use super::lexicon::{Entry, Rank, lexicon};
use super::model::{Scratch, model};
use super::place;
use super::reading::{Reading, Unwrapped};
use crate::article::Page;
use crate::memo::Cache;
use crate::seam::SeamKind;
use crate::text::Span;
use crate::zh;

/// What is found in one block, whatever stands around it.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// Names, in order.
    names: Vec<Found>,
    /// Divisions of China that the block names: first byte and end, from the start of its content.
    pub(super) places: Vec<(u32, u32)>,
}

/// A name found in one block: bytes from the start of the block's content, and how sure the model is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Found {
    start: u32,
    end: u32,
    margin: f32,
}

/// A name found in the page.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Name {
    /// Where.
    pub span: Span,
    /// How sure the model is; infinite for a name of the dictionary or one that follows from another.
    pub margin: f32,
    /// Whether a seam cut it and this is one of its two parts.
    pub is_part: bool,
}

/// A name with a smaller margin is dropped unless the page confirms it elsewhere. Of 0 and 1 the former gave the better
/// F1 (.944 and .941) on 156 mentions judged by hand.
const LEAST_MARGIN: f32 = 0.0;
/// A name with this margin is certain: it is searched for in the whole page.
const CERTAIN: f32 = 6.0;
/// Names shorter than this (in characters) are not searched for: they are parts of too many words.
const LEAST_SEARCHED: usize = 3;
/// Bytes on either side of a seam that are read again as one text: twenty characters.
const SEAM_REACH: usize = 60;

/// What is found in each block of running text of `page`, with the byte where its content begins.
pub(super) fn facts(page: &Page, memo: &mut Cache<Arc<Facts>>) -> Vec<(usize, Arc<Facts>)> {
    memo.turn();
    let (mut reading, mut scratch) = (Reading::default(), Scratch::default());
    let prose = page.blocks.iter().enumerate().filter(|(_, block)| block.is_prose());
    prose
        .map(|(n, block)| {
            let facts = memo.get(block.hash, || {
                let flat = Unwrapped::new(page.content(n));
                let names = recognise(&flat, &mut reading, &mut scratch);
                Arc::new(Facts { names, places: places(&flat, &reading) })
            });
            (block.content.start, facts)
        })
        .collect()
}

/// The divisions of China in `reading`, which is `flat`: bytes of the stretch that was unwrapped.
fn places(flat: &Unwrapped, reading: &Reading) -> Vec<(u32, u32)> {
    let marks = reading.marks.iter().enumerate();
    marks
        .filter(|(_, mark)| mark.place > 0 && !matches!(mark.rank, Some(Rank::Country | Rank::City)))
        .map(|(n, mark)| flat.range(reading.bytes(n, n + usize::from(mark.place))))
        .map(|bytes| (bytes.start as u32, bytes.end as u32))
        .collect()
}

/// What `name` reads, without the line breaks that wrap it.
pub(super) fn text<'a>(page: &'a Page, name: &Name) -> Cow<'a, str> {
    Unwrapped::new(page.text.slice(name.span)).text
}

/// Every name in `page`, in order, none overlapping another.
pub(super) fn names(page: &Page, dictionary: &Dictionary, facts: &[(usize, Arc<Facts>)]) -> (Vec<Name>, Aliases) {
    let (mut reading, mut scratch) = (Reading::default(), Scratch::default());
    let mut names = Vec::new();
    for (at, facts) in facts {
        names.extend(facts.names.iter().map(|found| Name {
            span: Span::new(at + found.start as usize, at + found.end as usize),
            margin: found.margin,
            is_part: false,
        }));
    }
    let mut parts = Vec::new();
    for seam in &page.seams {
        if let (SeamKind::Adjacent | SeamKind::Displaced | SeamKind::Heading, Some(tail), Some(head)) =
            (seam.kind, seam.tail, seam.head)
        {
            parts.extend(across(page, tail, head, seam.repeated, &mut reading, &mut scratch));
        }
    }
    prefer(&mut names, parts);
    begin_with_places(page, &mut names);
    drop_vague(page, &mut names);
    let mut certain = Vec::new();
    for block in &page.blocks {
        let flat = Unwrapped::new(page.text.slice(block.span));
        certain.extend(dictionary.occurrences(&flat.text).map(|found| {
            let at = flat.range(found);
            let span = Span::new(block.span.start + at.start, block.span.start + at.end);
            Name { span, margin: f32::INFINITY, is_part: false }
        }));
    }
    prefer(&mut names, certain);
    let aliases = Aliases::of(page, &names);
    spread(page, &mut names, &aliases);
    let confirmed: HashSet<Cow<str>> =
        names.iter().filter(|name| name.margin >= LEAST_MARGIN).map(|name| text(page, name)).collect();
    names.retain(|name| {
        name.margin >= LEAST_MARGIN || {
            let text = text(page, name);
            confirmed.contains(&text) || is_body(&text)
        }
    });
    (names, aliases)
}

/// The names in `flat`, in bytes of the stretch that was unwrapped.
fn recognise(flat: &Unwrapped, reading: &mut Reading, scratch: &mut Scratch) -> Vec<Found> {
    reading.read(&flat.text);
    let mut found = model().names(reading, scratch);
    for name in &mut found {
        // 建成了工匠学院: no name begins with a particle.
        if name.end - name.start > 3 && matches!(reading.chars[name.start], '了' | '的' | '着' | '把' | '被') {
            name.start += 1;
        }
    }
    let mut listed = Vec::new();
    for (n, mark) in reading.marks.iter().enumerate().filter(|(_, mark)| mark.body >= 3) {
        let end = n + usize::from(mark.body);
        let closed = |c: Option<&char>| c.is_none_or(|&c| !zh::is_han(c) && !matches!(c, '“' | '《' | '‘'));
        let stands_alone = closed(n.checked_sub(1).map(|n| &reading.chars[n])) && closed(reading.chars.get(end));
        // 南京军区领导: a long name of the list is a word of nothing else, but for 中国银行业, 北京大学生.
        let is_long = mark.body >= 4
            && n.checked_sub(1).is_none_or(|n| reading.chars[n] != '《')
            && !reading.chars.get(end).is_some_and(|c| COMPOUNDS.contains(c));
        if (stands_alone || is_long) && !found.iter().any(|name| name.start < end && n < name.end) {
            listed.push(super::model::Found { start: n, end, margin: CERTAIN });
        }
    }
    // 使青岛市民政局受到: a division and an office that every division has, though 市民 is a word, too.
    for Candidate { start, end } in grammar::candidates(reading) {
        let (mark, suffix) = (reading.marks[start], usize::from(reading.marks[end - 1].suffix_ending));
        let is_division = mark.rank.is_some_and(|rank| rank < Rank::Township);
        let is_office = is_division && suffix >= 3 && usize::from(mark.place) + suffix == end - start;
        if is_office && !found.iter().chain(&listed).any(|name| name.start < end && start < name.end) {
            listed.push(super::model::Found { start, end, margin: CERTAIN });
        }
    }
    found.extend(listed);
    found.sort_by_key(|name| name.start);
    let bytes = |name: super::model::Found| {
        let bytes = flat.range(reading.bytes(name.start, name.end));
        Found { start: bytes.start as u32, end: bytes.end as u32, margin: name.margin }
    };
    found.into_iter().map(bytes).collect()
}

/// Characters that make a common noun of a name before them: 中国银行业, 北京大学生.
const COMPOUNDS: [char; 8] = ['业', '生', '者', '式', '型', '性', '化', '类'];

/// The two parts of a name that stands across the seam between blocks `tail` and `head`.
fn across(
    page: &Page,
    tail: usize,
    head: usize,
    repeated: usize,
    reading: &mut Reading,
    scratch: &mut Scratch,
) -> Vec<Name> {
    let (tail, head) = (page.blocks[tail].content, page.blocks[head].content);
    let head = Span::new((head.start + repeated).min(head.end), head.end);
    let (before, after) = (page.text.slice(tail), page.text.slice(head));
    let from = boundary(before, before.len().saturating_sub(SEAM_REACH));
    let to = boundary(after, SEAM_REACH.min(after.len()));
    let joint = before.len() - from;
    let joined = format!("{}{}", &before[from..], &after[..to]);
    recognise(&Unwrapped::new(&joined), reading, scratch)
        .into_iter()
        .filter(|found| (found.start as usize) < joint && joint < found.end as usize && found.margin >= LEAST_MARGIN)
        .flat_map(|found| {
            let part = |start, end| Name { span: Span::new(start, end), margin: found.margin, is_part: true };
            [
                part(tail.end - (joint - found.start as usize), tail.end),
                part(head.start, head.start + found.end as usize - joint),
            ]
        })
        .collect()
}

/// The last character boundary of `text` at or before byte `at`, which is in bounds.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Puts `better` in place of the names that they overlap.
fn prefer(names: &mut Vec<Name>, mut better: Vec<Name>) {
    better.sort_by_key(|name| name.span);
    better.dedup_by(|next, first| next.span.overlaps(first.span));
    names.retain(|name| {
        let near = better.partition_point(|other| other.span.end <= name.span.start);
        better.get(near).is_none_or(|other| !other.span.overlaps(name.span))
    });
    names.extend(better);
    names.sort_by_key(|name| name.span);
}

/// Lets names begin with the places that the page itself sets before other names: the model, which knows the
/// divisions of China, finds 湖区文化馆 in 望湖区文化馆 where no list holds 望湖区.
fn begin_with_places(page: &Page, names: &mut [Name]) {
    let sure = names.iter().filter(|name| !name.is_part && name.margin >= LEAST_MARGIN);
    let wordings: HashSet<Cow<str>> = sure.map(|name| text(page, name)).collect();
    let leading = wordings.iter().flat_map(|name| place::leading(name)).filter(|place| place::has_rank(place));
    let beginnings = Beginnings::of(leading.collect());
    for n in 0..names.len() {
        let (before, name) = (n.checked_sub(1).map_or(0, |n| names[n].span.end), names[n]);
        if name.is_part || is_body(page.text.slice(name.span)) {
            continue;
        }
        let block = page.block_at(name.span.start).map_or(0, |block| page.blocks[block].content.start);
        let floor = before.max(block);
        while let Some(start) = beginnings.earlier_start(page.text.as_str(), floor, names[n].span) {
            names[n].span.start = start;
        }
    }
}

/// Places, split where a name may have begun too late: by the last character of the first part.
struct Beginnings<'a> {
    splits: HashMap<char, Vec<(&'a str, &'a str)>>,
}

impl<'a> Beginnings<'a> {
    fn of(places: HashSet<&'a str>) -> Self {
        let mut splits: HashMap<char, Vec<(&str, &str)>> = HashMap::new();
        for place in places {
            for (at, last) in place.char_indices() {
                splits.entry(last).or_default().push(place.split_at(at + last.len_utf8()));
            }
        }
        Self { splits }
    }

    /// Where the longest place begins that ends at the start of `name` or in it, at `floor` or later.
    fn earlier_start(&self, source: &str, floor: usize, name: Span) -> Option<usize> {
        let before = &source[floor..name.start];
        let splits = self.splits.get(&before.chars().next_back()?)?;
        let fits = |(first, rest): &&(&str, &str)| before.ends_with(first) && source[name.range()].starts_with(rest);
        splits.iter().filter(fits).map(|(first, _)| name.start - first.len()).min()
    }
}

fn is_body(name: &str) -> bool {
    lexicon().get(name).is_some_and(|entry| entry.body().is_some())
}

/// Drops what means no particular body: a suffix alone (联合会), what a word before it makes a common noun (该厂党委,
/// 各街道党工委), a team or a workshop without its company, a place.
fn drop_vague(page: &Page, names: &mut Vec<Name>) {
    let source = page.text.as_str();
    let mut uses: HashMap<Cow<str>, usize> = HashMap::new();
    for name in names.iter() {
        *uses.entry(text(page, name)).or_default() += 1;
    }
    // What the wording alone says is found out once for each.
    let particular: HashSet<&str> = uses
        .iter()
        .filter(|(text, uses)| {
            let is_bare = lexicon().get(text).is_some_and(|entry| entry.suffix().is_some() && entry.body().is_none());
            (is_relative(text) || !is_bare && !is_common(text))
                && !place::is_place(text)
                && !(is_team(text) && !(text.ends_with("车间") && **uses > 1))
                && !text.starts_with(VAGUE)
        })
        .map(|(text, _)| text.as_ref())
        .collect();
    let keep = |name: &Name| {
        if name.is_part {
            return true;
        }
        let text = text(page, name);
        let before = &source[..name.span.start];
        particular.contains(text.as_ref())
            && !VAGUE_BEFORE.iter().any(|vague| before.ends_with(vague))
            && !(is_relative(&text) && place::ends_within_word(before, &text))
            && !goes_on(&text, &source[name.span.end..])
    };
    let keep: Vec<bool> = names.iter().map(keep).collect();
    let mut keep = keep.into_iter();
    names.retain(|_| keep.next().unwrap_or(true));
}

/// Whether `name` may be relative to the place of its article: 区总工会.
fn is_relative(name: &str) -> bool {
    name.starts_with(['区', '市', '县', '省'])
}

/// Whether `name` only says what such a body does (发电总厂), or breaks off in brackets.
fn is_common(name: &str) -> bool {
    let reading = Reading::new(name);
    let kind = reading.marks.last().and_then(|mark| mark.suffix_kind);
    let is_owned = (0..reading.len()).any(|n| reading.marks[n].place > 0 || reading.marks[n].body > 0);
    let is_broken = name.matches(['（', '(']).count() != name.matches(['）', ')']).count();
    is_broken || !is_owned && !matches!(kind, Some(OrgKind::Party | OrgKind::Union)) && !is_distinctive(name)
}

/// Whether `name` ends in the middle of a word that goes on in `after`: 国防部 + 长 (the minister), 公安部 + 门 (offices),
/// 协 + 定, 四中 + 全会.
fn goes_on(name: &str, after: &str) -> bool {
    let words = [("部", &["长", "门", "队"][..]), ("协", &["定", "议", "调"]), ("中", &["全会"])];
    words.iter().any(|(end, rest)| name.ends_with(end) && rest.iter().any(|rest| after.starts_with(rest)))
}

/// Whether `name` is a team or a workshop that says nothing of its company: 装配车间, 钣金班, 除锈一班.
fn is_team(name: &str) -> bool {
    let Some(stem) = TEAMS.iter().find_map(|team| name.strip_suffix(team)) else { return false };
    let reading = Reading::new(stem);
    let names_owner = |n: usize| reading.marks[n].suffix_ending >= 2 || matches!(reading.chars[n], '厂' | '段' | '矿');
    place::leading(name).is_empty() && !(0..reading.len()).any(names_owner)
}

/// What teams and workshops end with.
const TEAMS: [&str; 5] = ["班组", "班", "车间", "工段", "突击队"];

/// Words that make a common noun of a name that begins with them.
const VAGUE: [char; 3] = ['该', '各', '某'];

/// Words before a name that make it a common noun.
const VAGUE_BEFORE: [&str; 14] =
    ["该", "各", "某", "各级", "各地", "基层", "上级", "下级", "两级", "一家", "一个", "这家", "这个", "每个"];

/// Short names that a page declares or uses, with the full name behind each.
#[derive(Default, Debug)]
pub(super) struct Aliases {
    pairs: Vec<(String, String)>,
}

impl Aliases {
    /// The full name behind `short`, if the page says so.
    pub(super) fn full(&self, short: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == short).map(|(_, full)| full.as_str())
    }

    fn of(page: &Page, names: &[Name]) -> Self {
        let source = page.text.as_str();
        let mut aliases = Self::default();
        let texts: Vec<Cow<str>> = names.iter().map(|name| text(page, name)).collect();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for text in &texts {
            *uses.entry(text).or_default() += 1;
        }
        let whole = |(name, _): &(&Name, &Cow<str>)| !name.is_part && name.margin >= LEAST_MARGIN;
        let mut candidates: Vec<(String, &str)> = Vec::new();
        for (name, full) in names.iter().zip(&texts).filter(whole) {
            if let Some(short) = declared(&source[name.span.end..]) {
                aliases.add(short, full);
            }
            if name.margin < CERTAIN && uses[full.as_ref()] < 2 || !seen.insert(full) {
                continue;
            }
            candidates.extend(short_names(full).into_iter().map(|short| (short, full.as_ref())));
        }
        let standing = standing(source, names, &candidates);
        for (short, full) in candidates.iter().filter(|(short, _)| standing.contains(short.as_str())) {
            aliases.add(short, full);
        }
        aliases
    }

    fn add(&mut self, short: &str, full: &str) {
        if short != full && short.chars().count() >= 2 && self.full(short).is_none() {
            self.pairs.push((short.to_owned(), full.to_owned()));
        }
    }
}

/// Which of the short names stand by themselves somewhere in `source`, and not only inside of longer `names`, which are
/// in order. One scan looks for all of them.
fn standing<'a>(source: &str, names: &[Name], candidates: &'a [(String, &str)]) -> HashSet<&'a str> {
    let mut sought: Vec<&str> = candidates.iter().map(|(short, _)| short.as_str()).collect();
    sought.sort_unstable();
    sought.dedup();
    let mut standing = HashSet::new();
    let Ok(automaton) = AhoCorasick::new(&sought) else { return standing };
    for found in automaton.find_overlapping_iter(source) {
        let (at, end) = (found.start(), found.end());
        let near = names.get(names.partition_point(|name| name.span.end <= at)).map(|name| name.span);
        let is_inside = |name: Span| name.start <= at && end <= name.end && name.len() > end - at;
        if !near.is_some_and(is_inside) {
            standing.insert(sought[found.pattern()]);
        }
    }
    standing
}

/// The short name that `rest`, the text behind a full name, declares: （以下简称“…”）.
fn declared(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix(['（', '('])?;
    let inside = inside.trim_start_matches("以").trim_start_matches("下").strip_prefix("简称")?;
    let inside = inside.trim_start_matches(['“', '"', '「', '：', ':', '为']);
    let end = inside.find(['”', '"', '」', '）', ')', '，', '\n'])?;
    Some(inside[..end].trim()).filter(|short| !short.is_empty() && short.chars().count() <= 12)
}

/// What the legal form of a company adds to its name, the longest first.
const LEGAL: [&str; 12] = [
    "集团股份有限公司",
    "集团有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "集团公司",
    "总公司",
    "发展中心",
    "服务中心",
    "公司",
    "集团",
];

/// Short forms of the ends of names.
const SHORT_ENDS: [(&str, &str); 8] = [
    ("职业高中", "职高"),
    ("职业高级中学", "职高"),
    ("职业技术学院", "职院"),
    ("师范大学", "师大"),
    ("师范学院", "师院"),
    ("医科大学", "医大"),
    ("农业大学", "农大"),
    ("财经大学", "财大"),
];

/// Names that `full` may go by, without those that are common nouns.
fn short_names(full: &str) -> Vec<String> {
    let reading = Reading::new(full);
    let mut place_end = 0;
    while place_end < reading.len() && reading.marks[place_end].place > 0 {
        place_end += usize::from(reading.marks[place_end].place);
    }
    let listed = reading.bytes(0, place_end).end;
    let unlisted = place::leading(full).iter().map(|place| place.len()).sum();
    let without_place = full.get(listed.max(unlisted)..).unwrap_or_default();
    // 义马集团渑池县蓝天煤业有限公司 is also 蓝天煤业: what stands behind the last place inside the name.
    let inner =
        (1..reading.len()).rev().find(|&n| matches!(reading.marks[n].rank, Some(Rank::County | Rank::Prefecture)));
    let behind = inner.map(|n| &full[reading.bytes(n + usize::from(reading.marks[n].place), reading.len())]);
    let mut short = Vec::new();
    let legal = |name: &str| LEGAL.iter().find_map(|form| name.strip_suffix(form)).map(str::to_owned);
    short.extend(legal(full).filter(|_| place_end < reading.len()));
    if without_place.len() < full.len() {
        short.push(without_place.to_owned());
        short.extend(legal(without_place));
    }
    if let Some(behind) = behind.filter(|_| place_end == 0) {
        short.push(behind.to_owned());
        short.extend(legal(behind));
    }
    for (long, end) in SHORT_ENDS {
        if let Some(stem) = full.strip_suffix(long) {
            short.push(format!("{stem}{end}"));
        }
        if let Some(stem) = without_place.strip_suffix(long).filter(|stem| !stem.is_empty()) {
            short.push(format!("{stem}{end}"));
        }
    }
    short.retain(|name| name.chars().count() >= LEAST_SEARCHED && is_distinctive(name));
    short
}

/// Whether `name` holds something else than places, trades and suffixes: 人民医院 and 自来水 mean no body by
/// themselves.
fn is_distinctive(name: &str) -> bool {
    let words = lexicon();
    // `reached[n]`: the first `n` bytes are covered by common words.
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for at in 0..name.len() {
        if reached[at] && name.is_char_boundary(at) {
            let common = |e: Entry| e.suffix().is_some() || e.is_trade() || e.rank().is_some() || e.is_verb();
            words.prefixes(&name[at..], |len, entry| reached[at + len] |= common(entry));
        }
    }
    !reached[name.len()]
}

/// Finds the certain names and the aliases wherever they stand alone.
fn spread(page: &Page, names: &mut Vec<Name>, aliases: &Aliases) {
    let mut sought: Vec<Cow<str>> = names
        .iter()
        .filter(|name| !name.is_part && name.margin >= CERTAIN)
        .map(|name| text(page, name))
        .filter(|name| name.chars().count() >= LEAST_SEARCHED)
        .collect();
    sought.extend(aliases.pairs.iter().map(|(short, _)| Cow::from(short)));
    sought.sort_unstable();
    sought.dedup();
    let automaton =
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(sought.iter().map(|name| name.as_bytes()));
    let Ok(automaton) = automaton else { return };
    let source = page.text.as_str();
    let mut added = Vec::new();
    for block in page.blocks.iter().filter(|block| block.is_prose()) {
        let flat = Unwrapped::new(page.text.slice(block.content));
        for found in automaton.find_iter(flat.text.as_bytes()) {
            let found = flat.range(found.range());
            let span = Span::new(block.content.start + found.start, block.content.start + found.end);
            let near = names.partition_point(|name| name.span.end <= span.start);
            let overlapping: Vec<&Name> = names[near..].iter().take_while(|name| name.span.start < span.end).collect();
            let is_name = match overlapping[..] {
                [] => stands_alone(source, span),
                // The model was less sure of another stretch here, and the page knows this one.
                [name] if name.span != span && !name.is_part => {
                    let is_surer = name.margin < LEAST_MARGIN || span.cover(name.span) == span;
                    is_surer && stands_alone(source, span) || swallows(page, name.span, span)
                }
                _ => false,
            };
            if is_name {
                added.push(Name { span, margin: f32::INFINITY, is_part: false });
            }
        }
    }
    prefer(names, added);
}

/// Whether `long` is the name in `name` with a verb and more behind it, or with a conjunction before it.
fn swallows(page: &Page, long: Span, name: Span) -> bool {
    let reads = |start, end| Reading::new(page.text.slice(Span::new(start, end)));
    if long.start == name.start && long.end > name.end {
        return reads(name.end, long.end).marks.iter().any(|mark| mark.verb >= 2);
    }
    long.end == name.end && long.start < name.start && {
        let before = reads(long.start, name.start);
        usize::from(before.marks[0].verb) == before.len()
    }
}

/// Whether no longer word begins in `span` and goes on behind it: 北京大学 in 北京大学生.
fn stands_alone(source: &str, span: Span) -> bool {
    let after = source[span.end..].chars().next();
    let last = source[span.range()].chars().next_back();
    let goes_on = matches!(
        (last, after),
        (Some('学'), Some('生' | '者' | '院'))
            | (Some('院'), Some('长' | '士'))
            | (Some('工'), Some('会'))
            | (Some('公'), Some('司'))
    ) && !matches!((last, after), (Some('院'), Some('长')));
    let before = source[..span.start].chars().next_back();
    if before.is_some_and(|c| VAGUE.contains(&c)) {
        return false;
    }
    let name = &source[span.range()];
    let is_relative = name.starts_with(['区', '市', '县', '省', '镇', '乡']);
    !goes_on
        && !(is_relative
            && before.is_some_and(|c| {
                zh::is_han(c)
                    && !matches!(c, '和' | '与' | '在' | '由' | '到' | '从' | '对' | '向' | '经' | '据' | '及')
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_hold_more_than_common_nouns() {
        assert_eq!(short_names("青岛市人民医院"), Vec::<String>::new());
        assert_eq!(short_names("青岛蓝鲸物流有限公司"), ["青岛蓝鲸物流", "蓝鲸物流有限公司", "蓝鲸物流"]);
        assert_eq!(short_names("青岛市自来水公司"), Vec::<String>::new());
    }

    #[test]
    fn declarations_are_read() {
        assert_eq!(declared("（以下简称“蓝鲸公司”）成立"), Some("蓝鲸公司"));
        assert_eq!(declared("（简称蓝鲸）"), Some("蓝鲸"));
        assert_eq!(declared("，以下"), None);
    }
}
