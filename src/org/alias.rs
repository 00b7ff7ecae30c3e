//! Short names: which ones a full name may go by, and which of them a page declares or uses.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::document::{LEAST_SEARCHED, Name, blocks_with};
use super::facts::{CERTAIN, LEAST_MARGIN};
use super::lexicon::Rank;
use super::reading::{Reading, Unwrapped};
use super::search::Search;
use super::wording::{NUMBERS, Wording, Wordings, is_distinctive};
use crate::article::Page;
use crate::memo::{ByHash, Hashes};
use crate::text::Span;

/// Short names that a page declares or uses, with the full name behind each.
#[derive(Default, Debug)]
pub(super) struct Aliases {
    /// In the order in which they were found.
    pub(super) short: Vec<Arc<Wording>>,
    /// The full name, under the hash of the short one.
    full: ByHash<Arc<Wording>>,
}

impl Aliases {
    /// The full name behind `short`, if the page says so.
    pub(super) fn full(&self, short: &Wording) -> Option<&Arc<Wording>> {
        self.full.get(&short.hash)
    }

    /// The short names of `names`, which are in order.
    pub(super) fn of(page: &Page, names: &[Name], search: &mut Search, wordings: &mut Wordings) -> Self {
        let source = page.simplified.as_str();
        let mut aliases = Self::default();
        let mut uses: ByHash<usize> = ByHash::default();
        for name in names {
            *uses.entry(name.wording.hash).or_default() += 1;
        }
        let mut seen = Hashes::default();
        let mut candidates: Vec<(&Arc<str>, &Arc<Wording>)> = Vec::new();
        for name in names.iter().filter(|name| name.cut.is_none() && name.margin >= LEAST_MARGIN) {
            let full = &name.wording;
            if let Some(short) = declared(&source[name.span.end..]) {
                aliases.add(short, full, wordings);
            }
            // Where a place begins a legal name and its form ends it, nothing is cut off.
            let is_legal = || full.places().len() > 0 && full.text.ends_with("有限公司");
            let is_habit = name.margin >= CERTAIN || uses[&full.hash] >= 2 || is_legal();
            if is_habit && seen.insert(full.hash) {
                candidates.extend(full.short.iter().map(|short| (short, full)));
            }
        }
        let standing = standing(page, names, &candidates, search);
        for (short, full) in candidates.iter().filter(|(short, _)| standing.contains(*short)) {
            aliases.add(short, full, wordings);
        }
        aliases
    }

    fn add(&mut self, short: &str, full: &Arc<Wording>, wordings: &mut Wordings) {
        if *short == *full.text || short.chars().nth(1).is_none() {
            return;
        }
        let short = wordings.of(short);
        self.full.entry(short.hash).or_insert_with(|| {
            self.short.push(Arc::clone(&short));
            Arc::clone(full)
        });
    }
}

/// Which of the short names stand by themselves somewhere in `page`, and not only inside of longer `names`, which are in
/// order. One search looks for all of them.
fn standing(
    page: &Page,
    names: &[Name],
    candidates: &[(&Arc<str>, &Arc<Wording>)],
    search: &mut Search,
) -> HashSet<Arc<str>> {
    let mut known = HashSet::with_capacity(candidates.len());
    let sought: Vec<Arc<str>> =
        candidates.iter().filter(|(short, _)| known.insert(*short)).map(|(short, _)| Arc::clone(short)).collect();
    search.begin(sought.clone());
    let mut is_standing = vec![false; sought.len()];
    for (block, here) in blocks_with(&page.blocks, names) {
        let hits = search.hits(block.hash, || Unwrapped::as_is(page.simplified.slice(block.span)));
        for hit in &*hits {
            let span = hit.span(block.span.start);
            let near = || here.get(here.partition_point(|name| name.span.end <= span.start)).map(|name| name.span);
            let is_inside = |name: Span| name.cover(span) == name && name.len() > span.len();
            is_standing[hit.name] |= !near().is_some_and(is_inside);
        }
    }
    sought.into_iter().zip(is_standing).filter_map(|(short, stands)| stands.then_some(short)).collect()
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

/// Characters of the short name of a company: its root and what it does.
const BRAND: usize = 4;

/// Short forms of the ends of names.
const SHORT_ENDS: [(&str, &str); 12] = [
    ("职业高中", "职高"),
    ("职业高级中学", "职高"),
    ("职业技术学院", "职院"),
    ("师范大学", "师大"),
    ("师范学院", "师院"),
    ("医科大学", "医大"),
    ("农业大学", "农大"),
    ("财经大学", "财大"),
    ("交通大学", "交大"),
    ("工业大学", "工大"),
    ("科技大学", "科大"),
    ("民族大学", "民大"),
];

/// Names that `full`, which begins with `places`, may go by, without those that are common nouns.
pub(super) fn short_names(full: &str, places: &[Range<usize>]) -> Vec<String> {
    let reading = Reading::new(full);
    let mut place_end = 0;
    while place_end < reading.len() && reading.marks[place_end].place > 0 {
        place_end += usize::from(reading.marks[place_end].place);
    }
    let listed = reading.bytes(0, place_end).end;
    let unlisted = places.iter().map(ExactSizeIterator::len).sum();
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
    // 双溪精工传动有限公司 is also 双溪精工.
    let brand = |stem: &String| Some(stem[..stem.char_indices().nth(BRAND)?.0].to_owned());
    let stem = short.last().filter(|_| full.ends_with("有限公司"));
    short.extend(stem.and_then(brand));
    for (long, end) in SHORT_ENDS {
        if let Some(stem) = full.strip_suffix(long) {
            short.push(format!("{stem}{end}"));
        }
        if let Some(stem) = without_place.strip_suffix(long).filter(|stem| !stem.is_empty()) {
            short.push(format!("{stem}{end}"));
        }
    }
    short.retain(|name| !name.ends_with(NUMBERS));
    short.retain(|name| name.chars().count() >= LEAST_SEARCHED && is_distinctive(name));
    short
}

#[cfg(test)]
mod tests {
    use super::super::place::leading;
    use super::*;

    #[test]
    fn short_names_hold_more_than_common_nouns() {
        let short_names = |full| short_names(full, &leading(full));
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
