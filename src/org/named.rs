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
use crate::memo::{ByHash, Hashes, key};

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
    /// Names of places as the page has them, the most frequent first, and how often; those that no list holds among them.
    places: Vec<(&'a str, usize)>,
    names: &'a Names<'a>,
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
        let places: Vec<(&str, usize)> = places.into_iter().map(|(name, count, _)| (name, count)).collect();
        let codes: Vec<u32> = places.iter().filter_map(|(name, _)| jurisdiction::certain(name)).collect();
        Self { hash: key(codes.iter().map(|&code| u64::from(code))), codes, places, names }
    }

    /// The place of the page that a relative name with the rank `rank` (区, 市, 县) means; none for a rank of several
    /// characters. Never a place that the page does not name, nor one that it names but once and in which no body of it
    /// lies: there a guest comes from.
    pub(super) fn place(&self, rank: &str) -> Option<String> {
        let rank = rank.chars().next().filter(|first| first.len_utf8() == rank.len())?;
        let counts = |place: &&(&str, usize)| place.1 > 1 || self.holds_body(place.0);
        let own = self.places.iter().find(|(name, _)| name.ends_with(rank) && has_rank(name));
        let above = || {
            // 市 of a page that names 北京 and its districts is 北京市.
            let chains = self.places.iter().flat_map(|(place, _)| jurisdiction::chain(&[place], &self.codes));
            let short = |name: &String| {
                let short = name.strip_suffix(rank)?;
                self.places.iter().find(|(place, _)| *place == short)
            };
            let mut named =
                chains.filter(|_| matches!(rank, '市' | '省')).filter_map(|name| Some((short(&name)?, name)));
            named.next().filter(|(short, _)| counts(short)).map(|(_, name)| name)
        };
        own.filter(counts).map(|own| own.0.to_owned()).or_else(above)
    }

    /// Whether a body of the page lies in `place`, as its name says.
    fn holds_body(&self, place: &str) -> bool {
        // Most bodies of a page lie in a few places.
        let mut looked_at = Hashes::default();
        self.names.wordings.iter().any(|wording| {
            let places: Vec<&str> = wording.places().collect();
            if places.is_empty() || !looked_at.insert(key(places.iter().map(|place| hash(place)))) {
                return false;
            }
            let chain = jurisdiction::chain(&places, &self.codes);
            chain.iter().any(|name| name.starts_with(place))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::org::tests::shown;

    #[test]
    fn where_a_guest_comes_from_is_not_where_the_page_lies() {
        let guest = "第一名是来自河南信阳的快递员安嘉禾。竞赛由省总工会主办。\n";
        assert_eq!(shown(guest), ["省总工会 (union): 省总工会"]);
        let own = "河南省人民医院的护士安嘉禾获得第一名。竞赛由省总工会主办。\n";
        let hospital = "河南省人民医院 (hospital): 河南省人民医院";
        assert_eq!(shown(own), [hospital, "河南省总工会 (union): 省总工会"]);
    }
}
