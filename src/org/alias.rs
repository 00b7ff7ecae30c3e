//! Short names: which ones a full name may go by, and which of them a page declares or uses.

use std::collections::HashSet;
use std::sync::Arc;

use super::model::{CERTAIN, LEAST_MARGIN};
use super::name::{Name, blocks_with};
use super::reading::Unwrapped;
use super::search::Search;
use super::wording::{Wording, Wordings};
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_read() {
        assert_eq!(declared("（以下简称“蓝鲸公司”）成立"), Some("蓝鲸公司"));
        assert_eq!(declared("（简称蓝鲸）"), Some("蓝鲸"));
        assert_eq!(declared("，以下"), None);
    }
}
