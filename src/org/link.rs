//! Mentions become entities: which names mean the same body, where it belongs, and what it is part of.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::alias::Aliases;
use super::dictionary::Dictionary;
use super::facts::Facts;
use super::jurisdiction;
use super::name::Name;
use super::named::{NamedPlaces, Names};
use super::referent::Referents;
use super::wording::{Wording, Wordings};
use super::{Mention, Organisation};
use crate::article::Page;
use crate::block::hash;
use crate::memo::{ByHash, Cache, Hashes, key};
use crate::zh::script::simplified;

/// What is kept from one search to the next: where the body of a name lies, under the hashes of the places that it begins
/// with and of the divisions that the page names.
pub(super) type Memo = Cache<Arc<[String]>>;

/// The entities behind `names`, which are in order: those of the dictionary first, each group by first mention.
pub(super) fn entities(
    page: &Page,
    facts: &[(usize, Arc<Facts>)],
    names: &[Name],
    aliases: &Aliases,
    dictionary: &Dictionary,
    wordings: &mut Wordings,
    memo: &mut Memo,
) -> Vec<Organisation> {
    let names = Names::of(names, wordings);
    let around = NamedPlaces::of(page, facts, &names);
    let full_names = full_names(page, &names, aliases, dictionary, &around, wordings);
    let mut places: ByHash<usize> = ByHash::default();
    let mut found: Vec<Organisation> = Vec::new();
    for ((name, whole), full) in names.all.iter().zip(&names.wording_of).zip(full_names) {
        let whole = &names.wordings[*whole];
        let is_alias = *whole != full;
        let at = *places.entry(full.hash).or_insert_with(|| {
            found.push(organisation(&full, &around, dictionary, memo));
            found.len() - 1
        });
        let entity = &mut found[at];
        if is_alias && !entity.aliases.iter().any(|alias| **alias == *whole.text) {
            entity.aliases.push(whole.text.to_string());
        }
        entity.mentions.push(Mention { span: name.span, is_alias, is_part: name.cut.is_some() });
    }
    settle_parents(&mut found);
    found.sort_by_key(|o| dictionary.find(&o.name).is_none());
    found
}

fn organisation(name: &Wording, around: &NamedPlaces, dictionary: &Dictionary, memo: &mut Memo) -> Organisation {
    let entry = dictionary.find(&name.text);
    let stated = entry.map(|entry| entry.jurisdiction.clone()).filter(|places| !places.is_empty());
    let mut chain = || {
        let under = key(name.places().map(hash).chain([around.hash]));
        memo.get(under, || {
            let places: Vec<&str> = name.places().collect();
            jurisdiction::chain(&places, &around.codes).into()
        })
    };
    Organisation {
        kind: entry.and_then(|entry| entry.kind).unwrap_or(name.kind),
        jurisdiction: stated.unwrap_or_else(|| chain().to_vec()),
        name: name.text.to_string(),
        aliases: Vec::new(),
        part_of: name.parent.clone(),
        note: entry.and_then(|entry| entry.note.clone()),
        url: entry.and_then(|entry| entry.url.clone()),
        mentions: Vec::new(),
    }
}

/// Where the page mentions the body that another belongs to, that name is the one to give; a body without a place
/// of its own lies where its parent lies.
fn settle_parents(found: &mut [Organisation]) {
    let mut called: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, entity) in found.iter().enumerate() {
        let aliases = entity.aliases.iter().filter(|alias| alias.chars().nth(3).is_some());
        for name in std::iter::once(&entity.name).chain(aliases) {
            called.entry(name).or_default().push(n);
        }
    }
    // The longest name that another begins with; of several bodies with that name, the last.
    let parent = |n: usize| {
        let name = found[n].name.as_str();
        let beginnings = name.char_indices().rev().map(|(at, _)| &name[..at]);
        let mut bodies = beginnings.filter_map(|beginning| called.get(beginning));
        bodies.find_map(|bodies| bodies.iter().copied().filter(|&other| other != n).max())
    };
    let settled: Vec<(usize, Option<String>, Option<Vec<String>>)> = (0..found.len())
        .filter_map(|n| Some((n, parent(n)?)))
        .map(|(n, parent)| {
            let (entity, parent) = (&found[n], &found[parent]);
            let is_longer = entity.part_of.as_ref().is_none_or(|own| own.len() <= parent.name.len());
            let lies_with = entity.jurisdiction.is_empty();
            (n, is_longer.then(|| parent.name.clone()), lies_with.then(|| parent.jurisdiction.clone()))
        })
        .collect();
    for (n, part_of, jurisdiction) in settled {
        let entity = &mut found[n];
        entity.part_of = part_of.or_else(|| entity.part_of.take());
        if let Some(jurisdiction) = jurisdiction {
            entity.jurisdiction = jurisdiction;
        }
    }
}

/// The full name of the body behind each name.
fn full_names(
    page: &Page,
    names: &Names,
    aliases: &Aliases,
    dictionary: &Dictionary,
    around: &NamedPlaces,
    wordings: &mut Wordings,
) -> Vec<Arc<Wording>> {
    // The longest name with a key; of several, the first in the order of characters.
    let mut longest: ByHash<&Arc<Wording>> = ByHash::default();
    for wording in &names.wordings {
        let full = longest.entry(wording.key).or_insert(wording);
        *full = std::cmp::min_by_key(*full, wording, |name| (Reverse(name.text.len()), Arc::clone(&name.text)));
    }
    let used: Hashes = names.wordings.iter().map(|wording| wording.hash).collect();
    let settle = |full: Arc<Wording>, wordings: &mut Wordings| {
        let full = if used.contains(&full.hash) { Arc::clone(longest[&full.key]) } else { full };
        match dictionary.find(&full.text) {
            Some(entry) => wordings.of(&simplified(&entry.name)),
            None => full,
        }
    };
    // What each wording means, but for those that mean another body in another place.
    let full: Vec<Option<Arc<Wording>>> = names
        .wordings
        .iter()
        .map(|whole| {
            if let Some(entry) = dictionary.find(&whole.text) {
                return Some(wordings.of(&simplified(&entry.name)));
            }
            let full = aliases.full(whole).or_else(|| whole.rank.is_none().then_some(whole))?;
            Some(settle(Arc::clone(full), wordings))
        })
        .collect();
    let is_relative: Vec<bool> = full.iter().map(Option::is_none).collect();
    let mut referents = Referents::new(page, names, &is_relative);
    let full_name = |(n, &whole): (usize, &usize)| match &full[whole] {
        Some(full) => Arc::clone(full),
        None => settle(referents.resolve(n, around, wordings), wordings),
    };
    names.wording_of.iter().enumerate().map(full_name).collect()
}
