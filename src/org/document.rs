//! The document pass: what one page as a whole says about its names. The model sees one block at a time; here a name
//! that it found with certainty is found everywhere, short names follow from full ones, and a name that a seam
//! cut in two is recognised as one.
//!
//! The pass looks at every name of the page after each keystroke, so it does little with each: what a block, a seam and a
//! wording say by themselves is kept ([`facts`](super::facts), [`wording`](super::wording)), and so is where names stand
//! ([`search`](super::search)).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aho_corasick::MatchKind;

use super::alias::Aliases;
use super::dictionary::Dictionary;
use super::facts::{self, Facts};
use super::grammar::{NUMBERS, VAGUE};
use super::model::{CERTAIN, LEAST_MARGIN};
use super::name::{Name, blocks_with};
use super::place;
use super::reading::{Reading, Unwrapped};
use super::search::{LEAST_SEARCHED, Search};
use super::wording::{Means, Wording, Wordings};
use crate::article::Page;
use crate::memo::{ByHash, Hashes};
use crate::seam::SeamKind;
use crate::text::Span;
use crate::zh;

/// What is kept from one document pass to the next.
#[derive(Debug)]
pub(super) struct Memo {
    /// Whether the page is in traditional characters; nothing that is kept of one script holds in the other.
    is_traditional: bool,
    facts: facts::Memo,
    pub(super) wordings: Wordings,
    /// Where short names stand.
    short: Search,
    /// Where names stand that are certain.
    certain: Search,
}

impl Default for Memo {
    fn default() -> Self {
        Self {
            is_traditional: false,
            facts: facts::Memo::default(),
            wordings: Wordings::default(),
            short: Search::new(MatchKind::Standard),
            certain: Search::new(MatchKind::LeftmostLongest),
        }
    }
}

impl Memo {
    /// Begins an analysis of `page`.
    pub(super) fn turn(&mut self, page: &Page) {
        let is_traditional = is_traditional(page);
        if self.is_traditional != is_traditional {
            *self = Self { is_traditional, ..Self::default() };
        }
        self.facts.turn(is_traditional);
        self.wordings.turn(is_traditional);
    }

    /// What is found in each block of running text of `page`, with the byte where its content begins.
    pub(super) fn facts(&mut self, page: &Page) -> Vec<(usize, Arc<Facts>)> {
        let prose = page.blocks.iter().enumerate().filter(|(_, block)| block.is_prose());
        prose.map(|(n, block)| (block.content.start, self.facts.of_block(page, n, &mut self.wordings))).collect()
    }

    /// Every name in `page`, in order, none overlapping another.
    pub(super) fn names(
        &mut self,
        page: &Page,
        dictionary: &Dictionary,
        facts: &[(usize, Arc<Facts>)],
    ) -> (Vec<Name>, Aliases) {
        let name = |at: usize, found: &facts::Found| {
            let span = Span::new(at + found.start as usize, at + found.end as usize);
            Name::new(span, Arc::clone(&found.wording), found.margin)
        };
        let mut names: Vec<Name> =
            facts.iter().flat_map(|(at, facts)| facts.names.iter().map(|found| name(*at, found))).collect();
        prefer(&mut names, self.parts(page));
        begin_with_places(page, &mut names, &mut self.wordings);
        confirm_units(&mut names);
        drop_vague(page, &mut names);
        if !dictionary.is_empty() {
            let mut listed = Vec::new();
            for block in &page.blocks {
                let found = self.facts.listed(page, block, dictionary, &mut self.wordings);
                listed.extend(found.iter().map(|found| name(block.span.start, found)));
            }
            prefer(&mut names, listed);
        }
        let aliases = Aliases::of(page, &names, &mut self.short, &mut self.wordings);
        spread(page, &mut names, &aliases, &mut self.certain);
        let sure = names.iter().filter(|name| name.margin >= LEAST_MARGIN);
        let confirmed: Hashes = sure.map(|name| name.wording.hash).collect();
        names.retain(|name| {
            name.margin >= LEAST_MARGIN || name.wording.is_body || confirmed.contains(&name.wording.hash)
        });
        (names, aliases)
    }

    /// The parts of the names that seams cut.
    fn parts(&mut self, page: &Page) -> Vec<Name> {
        let mut parts = Vec::new();
        for seam in &page.seams {
            let (SeamKind::Adjacent | SeamKind::Displaced | SeamKind::Heading, Some(tail), Some(head)) =
                (seam.kind, seam.tail, seam.head)
            else {
                continue;
            };
            let (tail, head) = (page.blocks[tail].content, page.blocks[head].content);
            let head = Span::new((head.start + seam.repeated).min(head.end), head.end);
            let cuts = self.facts.across(page.simplified.slice(tail), page.simplified.slice(head), &mut self.wordings);
            for cut in &*cuts {
                let [before, after] = cut.lengths;
                let spans = [Span::new(tail.end - before, tail.end), Span::new(head.start, head.start + after)];
                let n = Some((parts.len() / 2) as u32);
                let part = |(span, wording): (Span, &Arc<Wording>)| Name {
                    cut: n,
                    ..Name::new(span, Arc::clone(wording), cut.margin)
                };
                parts.extend(spans.into_iter().zip(&cut.parts).map(part));
            }
        }
        parts
    }
}

/// One character in this many is written otherwise than in simplified characters on a page in traditional ones: a third
/// are in running text, and next to none on a page of the mainland that quotes an inscription.
const WRITTEN_OTHERWISE: usize = 10;

/// So many characters at the beginning of a page tell its script: as many as a page of a newspaper has. The cost of a
/// keystroke does not grow with the text then.
const TELLING: usize = 8192;

/// Whether `page` is in traditional characters, so that it is of Hong Kong, Macau or Taiwan.
fn is_traditional(page: &Page) -> bool {
    if page.is_simplified() {
        return false;
    }
    let pairs = page.text.as_str().chars().zip(page.simplified.as_str().chars()).take(TELLING);
    let (otherwise, all) = pairs.fold((0, 0), |(n, all), (written, read)| (n + usize::from(written != read), all + 1));
    otherwise * WRITTEN_OTHERWISE > all
}

/// Puts `better` in place of the names that they overlap.
fn prefer(names: &mut Vec<Name>, mut better: Vec<Name>) {
    better.sort_by_key(|name| name.span);
    better.dedup_by(|next, first| next.span.overlaps(first.span));
    let mut rest = &better[..];
    names.retain(|name| {
        let before = rest.iter().take_while(|other| other.span.end <= name.span.start).count();
        rest = &rest[before..];
        rest.first().is_none_or(|other| !other.span.overlaps(name.span))
    });
    names.append(&mut better);
    names.sort_by_key(|name| name.span);
}

/// Lets names begin with the places that the page itself sets before other names: the model, which knows the
/// divisions of China, finds 湖区文化馆 in 望湖区文化馆 where no list holds 望湖区.
fn begin_with_places(page: &Page, names: &mut [Name], wordings: &mut Wordings) {
    let sure = names.iter().filter(|name| name.cut.is_none() && name.margin >= LEAST_MARGIN);
    let distinct: ByHash<Arc<Wording>> = sure.map(|name| (name.wording.hash, Arc::clone(&name.wording))).collect();
    let leading = distinct.values().flat_map(|wording| wording.places()).filter(|place| place::has_rank(place));
    let beginnings = Beginnings::of(leading.collect());
    let source = page.simplified.as_str();
    let mut before = 0;
    for name in names {
        let may_begin_earlier = name.cut.is_none() && !name.wording.is_body;
        if may_begin_earlier && beginnings.may_end_at(source, name.span.start) {
            let block = page.block_at(name.span.start).map_or(0, |block| page.blocks[block].content.start);
            let (floor, found) = (block.max(before), name.span.start);
            while let Some(start) = beginnings.earlier_start(source, floor, name.span) {
                name.span.start = start;
            }
            if name.span.start < found {
                name.wording = wordings.of_stretch(page.simplified.slice(name.span));
            }
        }
        before = name.span.end;
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

    /// Whether the first part of a place may end before byte `at`.
    fn may_end_at(&self, source: &str, at: usize) -> bool {
        source[..at].chars().next_back().is_some_and(|last| self.splits.contains_key(&last))
    }

    /// Where the longest place begins that ends at the start of `name` or in it, at `floor` or later.
    fn earlier_start(&self, source: &str, floor: usize, name: Span) -> Option<usize> {
        let before = &source[floor..name.start];
        let splits = self.splits.get(&before.chars().next_back()?)?;
        let fits = |(first, rest): &&(&str, &str)| before.ends_with(first) && source[name.range()].starts_with(rest);
        splits.iter().filter(fits).map(|(first, _)| name.start - first.len()).min()
    }
}

/// Makes the schools and offices of a university certain that stand without its name, on a page that names one or lists
/// several of them.
fn confirm_units(names: &mut [Name]) {
    if !names.iter().any(|name| name.wording.is_unit) {
        return;
    }
    let is_university = |name: &Name| {
        let text = &name.wording.text;
        name.margin >= LEAST_MARGIN && text.ends_with("大学") && name.wording.means == Means::Body
    };
    let units: Hashes = names.iter().filter(|name| name.wording.is_unit).map(|name| name.wording.hash).collect();
    if units.len() >= LEAST_UNITS || names.iter().any(is_university) {
        for name in names.iter_mut().filter(|name| name.wording.is_unit) {
            name.margin = CERTAIN;
        }
    }
}

/// So many different units on a page are those of one university, though the page does not name it.
const LEAST_UNITS: usize = 3;

/// Drops what means no particular body, by its wording or by what stands around it: what a word before it makes a common
/// noun (该厂党委), what a longer word begins in or ends in.
fn drop_vague(page: &Page, names: &mut Vec<Name>) {
    let source = page.simplified.as_str();
    let mut workshops: ByHash<usize> = ByHash::default();
    for name in names.iter().filter(|name| name.wording.means == Means::Workshop) {
        *workshops.entry(name.wording.hash).or_default() += 1;
    }
    let squads = names.iter().filter(|name| name.wording.n_chars == 3 && name.wording.text.ends_with('队')).count();
    names.retain(|name| {
        let (before, after) = (&source[..name.span.start], &source[name.span.end..]);
        let wording = &name.wording;
        let means_a_body = || match wording.means {
            Means::Nothing => false,
            Means::Workshop => workshops[&wording.hash] > 1,
            Means::Squad => squads > 1,
            Means::Body => true,
        };
        name.cut.is_some()
            || (means_a_body() || wording.is_unit && name.margin >= CERTAIN)
                && !is_vague_behind(before)
                && !(wording.is_relative && (place::ends_within_word(before, &wording.text) || is_counted(before)))
                && !wording.goes_on.iter().any(|rest| after.starts_with(rest))
    });
}

/// More words before a name that make it a common noun.
const VAGUE_BEFORE: [&str; 11] =
    ["各级", "各地", "基层", "上级", "下级", "两级", "一家", "一个", "这家", "这个", "每个"];

/// Whether `before`, the text before a name, makes a common noun of it.
fn is_vague_behind(before: &str) -> bool {
    let several = before.strip_suffix(['家', '所', '个']).is_some_and(|before| before.ends_with(NUMBERS));
    several
        || match before.chars().next_back() {
            Some('级' | '地' | '层' | '家' | '个') => VAGUE_BEFORE.iter().any(|vague| before.ends_with(vague)),
            last => last.is_some_and(|last| VAGUE.contains(&last)),
        }
}

/// Whether a rank that stands behind `before` is one of several: 两 + 市检察院, 各市 + 县教育局.
fn is_counted(before: &str) -> bool {
    // 九个乡镇、街道就业服务中心.
    if before.strip_suffix(['、', '和']).is_some_and(|before| before.ends_with("乡镇")) {
        return true;
    }
    let several = before.strip_suffix(['省', '市', '区', '县']).unwrap_or(before);
    before.ends_with(NUMBERS) || several.len() < before.len() && several.ends_with('各')
}

/// Finds the certain names and the aliases wherever they stand alone.
fn spread(page: &Page, names: &mut Vec<Name>, aliases: &Aliases, search: &mut Search) {
    let certain = names.iter().filter(|name| name.cut.is_none() && name.margin >= CERTAIN).map(|name| &name.wording);
    let mut known = Hashes::default();
    let sought: Vec<Arc<Wording>> = certain
        .filter(|name| name.n_chars >= LEAST_SEARCHED)
        .chain(&aliases.short)
        .filter(|name| known.insert(name.hash))
        .cloned()
        .collect();
    search.begin(sought.iter().map(|name| Arc::clone(&name.text)).collect());
    let source = page.simplified.as_str();
    let mut added = Vec::new();
    for (block, here) in blocks_with(page.blocks.iter().filter(|block| block.is_prose()), names) {
        let hits = search.hits(block.hash, || Unwrapped::new(page.simplified.slice(block.content)));
        for hit in &*hits {
            let span = hit.span(block.content.start);
            if sought[hit.name].goes_on.iter().any(|rest| source[span.end..].starts_with(rest)) {
                continue;
            }
            let near = &here[here.partition_point(|name| name.span.end <= span.start)..];
            let is_name = match &near[..near.partition_point(|name| name.span.start < span.end)] {
                [] => stands_alone(source, span),
                // The model was less sure of another stretch here, and the page knows this one.
                [name] if name.span != span && name.cut.is_none() => {
                    let is_surer = name.margin < LEAST_MARGIN || span.cover(name.span) == span;
                    is_surer && stands_alone(source, span) || swallows(page, name.span, span)
                }
                _ => false,
            };
            if is_name {
                added.push(Name::new(span, Arc::clone(&sought[hit.name]), f32::INFINITY));
            }
        }
    }
    prefer(names, added);
}

/// Whether `long` is the name in `name` with a verb and more behind it, or with a conjunction before it.
fn swallows(page: &Page, long: Span, name: Span) -> bool {
    let reads = |start, end| Reading::new(page.simplified.slice(Span::new(start, end)));
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
            | (Some('院'), Some('士'))
            | (Some('工'), Some('会'))
            | (Some('公'), Some('司'))
    );
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
