//! What a page names: its bodies, each wording once, and its places.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::facts::Facts;
use super::jurisdiction;
use super::name::Name;
use super::place::has_rank;
use super::wording::{Wording, Wordings};
use crate::article::Page;
use crate::block::hash;
use crate::memo::{ByHash, key};

/// The names of a page, and which of them are the same.
pub(super) struct Names<'a> {
    /// The names, in order.
    pub all: &'a [Name],
    /// Different wordings, in the order of their first use; for the two parts of a name that a seam cut, that of the whole.
    pub wordings: Vec<Arc<Wording>>,
    /// The index of the wording of each name.
    pub wording_of: Vec<usize>,
}

impl<'a> Names<'a> {
    pub(super) fn of(all: &'a [Name], known: &mut Wordings) -> Self {
        let mut names = Self { all, wordings: Vec::new(), wording_of: Vec::with_capacity(all.len()) };
        let mut index: ByHash<usize> = ByHash::default();
        let mut index_of = |wording: &Arc<Wording>, wordings: &mut Vec<Arc<Wording>>| {
            *index.entry(wording.hash).or_insert_with(|| {
                wordings.push(Arc::clone(wording));
                wordings.len() - 1
            })
        };
        // Of a cut name whose other part is gone, the part is the name. The two need not stand next to each other.
        let mut parts: HashMap<u32, Vec<usize>> = HashMap::new();
        for (n, name) in all.iter().enumerate() {
            if let Some(cut) = name.cut {
                parts.entry(cut).or_default().push(n);
            }
        }
        for name in all {
            let halves = name.cut.map_or(&[][..], |cut| &parts[&cut]);
            let index = if let &[first, second] = halves {
                let whole = format!("{}{}", all[first].wording.text, all[second].wording.text);
                index_of(&known.of(&whole), &mut names.wordings)
            } else {
                index_of(&name.wording, &mut names.wordings)
            };
            names.wording_of.push(index);
        }
        names
    }
}

/// The divisions that a page names.
pub(super) struct NamedPlaces<'a> {
    /// Codes of the divisions that are named without doubt, the most frequent first.
    pub codes: Vec<u32>,
    /// Hash of the codes.
    pub hash: u64,
    /// Names of places as the page has them, the most frequent first; those that no list holds among them.
    places: Vec<&'a str>,
}

impl<'a> NamedPlaces<'a> {
    pub(super) fn of(page: &'a Page, facts: &[(usize, Arc<Facts>)], names: &'a Names) -> Self {
        // How often each place is named, and where first.
        let mut counts: ByHash<(&str, usize, usize)> = ByHash::default();
        for (at, facts) in facts {
            for place in &facts.places {
                let span = place.start as usize + at..place.end as usize + at;
                let first = span.start;
                counts.entry(place.name).or_insert_with(|| (&page.simplified.as_str()[span], 0, first)).1 += 1;
            }
        }
        let mut uses = vec![0; names.wordings.len()];
        for &wording in &names.wording_of {
            uses[wording] += 1;
        }
        for (wording, uses) in names.wordings.iter().zip(uses) {
            for place in wording.places().filter(|place| has_rank(place) && jurisdiction::certain(place).is_none()) {
                counts.entry(hash(place)).or_insert((place, 0, page.simplified.len())).1 += uses;
            }
        }
        let mut places: Vec<(&str, usize, usize)> = counts.into_values().collect();
        places.sort_by_key(|&(name, count, first)| (Reverse(count), first, name));
        let places: Vec<&str> = places.into_iter().map(|(name, ..)| name).collect();
        let codes: Vec<u32> = places.iter().filter_map(|name| jurisdiction::certain(name)).collect();
        Self { hash: key(codes.iter().map(|&code| u64::from(code))), codes, places }
    }

    /// The place of the page that a relative name with the rank `rank` (区, 市, 县) means; none for a rank of several
    /// characters. Never a place that the page does not name.
    pub(super) fn place(&self, rank: &str) -> Option<String> {
        let rank = rank.chars().next().filter(|first| first.len_utf8() == rank.len())?;
        let own = self.places.iter().find(|name| name.ends_with(rank) && has_rank(name));
        let above = || {
            // 市 of a page that names 北京 and its districts is 北京市.
            let chains = self.places.iter().flat_map(|place| jurisdiction::chain(&[place], &self.codes));
            let named = |name: &String| name.strip_suffix(rank).is_some_and(|short| self.places.contains(&short));
            chains.into_iter().find(|name| matches!(rank, '市' | '省') && named(name))
        };
        own.map(|own| (*own).to_owned()).or_else(above)
    }
}
