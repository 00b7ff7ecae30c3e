//! Mentions become entities: which names mean the same body, what sort of body it is, where it belongs.

use super::jurisdiction;
use super::lexicon::{Rank, lexicon};
use super::reading::Reading;
use super::{Mention, OrgKind, Organisation};
use crate::article::Page;
use crate::text::Span;

/// The entities behind the mentions `spans` of `page`, in the order of their first mention.
pub(super) fn entities(page: &Page, spans: &[Span]) -> Vec<Organisation> {
    let around = Around::of(page);
    let names: Vec<&str> = spans.iter().map(|&span| page.text.slice(span)).collect();
    let mut found: Vec<Organisation> = Vec::new();
    for (n, &span) in spans.iter().enumerate() {
        let full = full_name(n, &names, &around);
        let is_alias = names[n] != full;
        let mention = Mention { span, is_alias };
        let entity = match found.iter().position(|o| o.name == full) {
            Some(at) => &mut found[at],
            None => {
                found.push(Organisation {
                    kind: kind(&full),
                    jurisdiction: jurisdiction::chain(&places(&full), &around.codes),
                    name: full,
                    aliases: Vec::new(),
                    part_of: None,
                    note: None,
                    url: None,
                    mentions: Vec::new(),
                });
                found.last_mut().expect("just added")
            }
        };
        if is_alias && !entity.aliases.iter().any(|a| a == names[n]) {
            entity.aliases.push(names[n].to_owned());
        }
        entity.mentions.push(mention);
    }
    let names: Vec<String> = found.iter().map(|o| o.name.clone()).collect();
    for entity in &mut found {
        entity.part_of = names
            .iter()
            .filter(|name| entity.name.len() > name.len() && entity.name.starts_with(name.as_str()))
            .max_by_key(|name| name.len())
            .cloned();
    }
    found
}

/// The divisions that a page names.
struct Around {
    /// Codes of the divisions that are named without doubt, the most frequent first.
    codes: Vec<u32>,
    /// Names of places as the page has them, with how often.
    places: Vec<(String, usize)>,
}

impl Around {
    fn of(page: &Page) -> Self {
        let mut places: Vec<(String, usize)> = Vec::new();
        let mut reading = Reading::default();
        for (n, block) in page.blocks.iter().enumerate() {
            if !block.is_prose() {
                continue;
            }
            let content = page.content(n);
            reading.read(content);
            for (at, mark) in reading.marks.iter().enumerate().filter(|(_, mark)| mark.place > 0) {
                if !matches!(mark.rank, Some(Rank::Country | Rank::City)) {
                    let name = &content[reading.bytes(at, at + usize::from(mark.place))];
                    match places.iter_mut().find(|(known, _)| known == name) {
                        Some((_, count)) => *count += 1,
                        None => places.push((name.to_owned(), 1)),
                    }
                }
            }
        }
        places.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let codes = places.iter().filter_map(|(name, _)| jurisdiction::certain(name)).collect();
        Self { codes, places }
    }

    /// The place of the page that a relative name with the rank `rank` (区, 市, 县) means.
    fn place(&self, rank: char) -> Option<&str> {
        self.places.iter().map(|(name, _)| name.as_str()).find(|name| name.ends_with(rank) && name.chars().count() > 1)
    }
}

/// The full name of the body that mention `n` names.
fn full_name(n: usize, names: &[&str], around: &Around) -> String {
    let name = names[n];
    let Some(rank) = name.chars().next().filter(|c| matches!(c, '区' | '市' | '县' | '省' | '镇' | '乡')) else {
        return name.to_owned();
    };
    let before = names[..n].iter().rev();
    if let Some(full) = before.chain(&names[n..]).find(|full| full.len() > name.len() && full.ends_with(name)) {
        return (*full).to_owned();
    }
    match around.place(rank) {
        Some(place) => format!("{place}{}", &name[rank.len_utf8()..]),
        None => name.to_owned(),
    }
}

/// What sort of body is called `name`.
fn kind(name: &str) -> OrgKind {
    if let Some(kind) = lexicon().get(name).and_then(super::lexicon::Entry::body) {
        return kind;
    }
    Reading::new(name).marks.last().and_then(|mark| mark.suffix_kind).unwrap_or(OrgKind::Other)
}

/// The divisions of China that `name` begins with, as written.
fn places(name: &str) -> Vec<&str> {
    let reading = Reading::new(name);
    let mut places = Vec::new();
    let mut n = 0;
    while let Some(mark) = reading.marks.get(n).filter(|mark| mark.place > 0) {
        let end = n + usize::from(mark.place);
        if !matches!(mark.rank, Some(Rank::Country | Rank::City)) {
            places.push(&name[reading.bytes(n, end)]);
        }
        n = end;
    }
    places
}
