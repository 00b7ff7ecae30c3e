//! Mentions become entities: which names mean the same body, what sort of body it is, where it belongs.

use std::collections::HashMap;
use std::sync::Arc;

use super::dictionary::Dictionary;
use super::document::{Aliases, Facts, Name, text};
use super::jurisdiction;
use super::lexicon::{Entry, lexicon};
use super::place::{has_rank, leading as places};
use super::reading::{Mark, Reading};
use super::{Mention, OrgKind, Organisation};
use crate::article::Page;
use crate::text::Span;

/// The entities behind `names`, which are in order: those of the dictionary first, each group by first mention.
pub(super) fn entities(
    page: &Page,
    facts: &[(usize, Arc<Facts>)],
    names: &[Name],
    aliases: &Aliases,
    dictionary: &Dictionary,
) -> Vec<Organisation> {
    let wholes = wholes(page, names);
    let around = Around::of(page, facts, &wholes);
    let full_names = full_names(page, names, &wholes, aliases, dictionary, &around);
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<Organisation> = Vec::new();
    for ((name, whole), full) in names.iter().zip(&wholes).zip(full_names) {
        let is_alias = *whole != full;
        let at = *places.entry(full.clone()).or_insert_with(|| {
            found.push(organisation(&full, &around, dictionary));
            found.len() - 1
        });
        let entity = &mut found[at];
        if is_alias && !entity.aliases.contains(whole) {
            entity.aliases.push(whole.clone());
        }
        entity.mentions.push(Mention { span: name.span, is_alias, is_part: name.is_part });
    }
    settle_parents(&mut found);
    found.sort_by_key(|o| dictionary.find(&o.name).is_none());
    found
}

/// The text of each name; for the two parts of a name that a seam cut, the whole name.
fn wholes(page: &Page, names: &[Name]) -> Vec<String> {
    let mut wholes: Vec<String> = names.iter().map(|name| text(page, name).into_owned()).collect();
    let parts: Vec<usize> = (0..names.len()).filter(|&n| names[n].is_part).collect();
    // The parts of one name have the same margin to the last bit; they need not stand next to each other.
    for (k, &first) in parts.iter().enumerate() {
        let same = |n: usize| names[n].margin.to_bits() == names[first].margin.to_bits();
        if let Some(&second) = parts[k + 1..].iter().find(|&&n| same(n)) {
            let whole = format!("{}{}", wholes[first], wholes[second]);
            wholes[first].clone_from(&whole);
            wholes[second] = whole;
        }
    }
    wholes
}

fn organisation(name: &str, around: &Around, dictionary: &Dictionary) -> Organisation {
    let entry = dictionary.find(name);
    let stated = entry.map(|entry| entry.jurisdiction.clone()).filter(|places| !places.is_empty());
    Organisation {
        kind: entry.and_then(|entry| entry.kind).unwrap_or_else(|| kind(name)),
        jurisdiction: stated.unwrap_or_else(|| jurisdiction::chain(&places(name), &around.codes)),
        name: name.to_owned(),
        aliases: Vec::new(),
        part_of: parent(name),
        note: entry.and_then(|entry| entry.note.clone()),
        url: entry.and_then(|entry| entry.url.clone()),
        mentions: Vec::new(),
    }
}

/// Where the page mentions the body that another belongs to, that name is the one to give; a body without a place
/// of its own lies where its parent lies.
fn settle_parents(found: &mut [Organisation]) {
    let known: Vec<(String, Vec<String>)> = found.iter().map(|o| (o.name.clone(), o.jurisdiction.clone())).collect();
    let aliases: Vec<(String, usize)> =
        found.iter().enumerate().flat_map(|(n, o)| o.aliases.iter().map(move |alias| (alias.clone(), n))).collect();
    for entity in found {
        let begins = |name: &str| entity.name.len() > name.len() && entity.name.starts_with(name);
        let by_name =
            known.iter().enumerate().filter(|(_, (name, _))| begins(name)).map(|(n, (name, _))| (name.len(), n));
        let by_alias = aliases
            .iter()
            .filter(|(alias, n)| begins(alias) && known[*n].0 != entity.name && alias.chars().count() > 3)
            .map(|(alias, n)| (alias.len(), *n));
        if let Some((_, parent)) = by_name.chain(by_alias).max() {
            if entity.part_of.as_ref().is_none_or(|own| own.len() <= known[parent].0.len()) {
                entity.part_of = Some(known[parent].0.clone());
            }
            if entity.jurisdiction.is_empty() {
                entity.jurisdiction.clone_from(&known[parent].1);
            }
        }
    }
}

/// The divisions that a page names.
struct Around {
    /// Codes of the divisions that are named without doubt, the most frequent first.
    codes: Vec<u32>,
    /// Names of places as the page has them, the most frequent first; those that no list holds among them.
    places: Vec<String>,
}

impl Around {
    fn of(page: &Page, facts: &[(usize, Arc<Facts>)], wholes: &[String]) -> Self {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut counted: HashMap<&str, bool> = HashMap::new();
        let mut count = |place, at, times| counts.entry(place).or_insert((0, at)).0 += times;
        for (at, facts) in facts {
            for &(start, end) in &facts.places {
                let span = Span::new(at + start as usize, at + end as usize);
                let place = page.text.slice(span);
                // 会同 and 解放 are counties, and words: a county counts where it is called one.
                if *counted.entry(place).or_insert_with(|| has_rank(place) || jurisdiction::is_large(place)) {
                    count(place, span.start, 1);
                }
            }
        }
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for name in wholes {
            *uses.entry(name).or_default() += 1;
        }
        for (name, uses) in uses {
            for place in places(name).into_iter().filter(|place| has_rank(place)) {
                if jurisdiction::certain(place).is_none() {
                    count(place, page.text.len(), uses);
                }
            }
        }
        let mut places: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
        places.sort_by_key(|(name, (count, first))| (std::cmp::Reverse(*count), *first, *name));
        let codes = places.iter().filter_map(|(name, _)| jurisdiction::certain(name)).collect();
        Self { codes, places: places.into_iter().map(|(name, _)| name.to_owned()).collect() }
    }

    /// The place of the page that a relative name with the rank `rank` (区, 市, 县) means. Never a place that the page
    /// does not name.
    fn place(&self, rank: char) -> Option<String> {
        let own = self.places.iter().find(|name| name.ends_with(rank) && has_rank(name));
        let above = || {
            // 市 of a page that names 北京 and its districts is 北京市.
            let chains = self.places.iter().flat_map(|place| jurisdiction::chain(&[place], &self.codes));
            let named = |name: &String| {
                name.strip_suffix(rank).is_some_and(|short| self.places.iter().any(|place| place == short))
            };
            chains.into_iter().find(|name| matches!(rank, '市' | '省') && named(name))
        };
        own.cloned().or_else(above)
    }
}

/// The full name of the body behind each name.
fn full_names(
    page: &Page,
    names: &[Name],
    wholes: &[String],
    aliases: &Aliases,
    dictionary: &Dictionary,
    around: &Around,
) -> Vec<String> {
    let mut longest: HashMap<String, String> = HashMap::new();
    let mut distinct: Vec<&String> = wholes.iter().collect();
    distinct.sort_by_key(|name| (std::cmp::Reverse(name.len()), (*name).clone()));
    distinct.dedup();
    let mut keys: HashMap<String, &String> = HashMap::new();
    for name in &distinct {
        // Sorted by length: the first name with a key is the longest.
        let full = *keys.entry(key(name)).or_insert(name);
        if full != *name {
            longest.insert((*name).clone(), full.clone());
        }
    }
    let mut referents = Referents::new(page, names, wholes);
    (0..names.len())
        .map(|n| {
            let whole = &wholes[n];
            if let Some(entry) = dictionary.find(whole) {
                return entry.name.clone();
            }
            let full = match aliases.full(whole) {
                Some(full) => full.to_owned(),
                None => match relative_rank(whole) {
                    Some(rank) => referents.resolve(n, rank, around),
                    None => whole.clone(),
                },
            };
            let full = longest.get(&full).cloned().unwrap_or(full);
            dictionary.find(&full).map_or(full, |entry| entry.name.clone())
        })
        .collect()
}

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

/// What relative names may stand for. What is found out for one wording or rank is kept for the next mention.
struct Referents<'a> {
    wholes: &'a [String],
    /// The article of each name.
    articles: Vec<Option<usize>>,
    /// For a wording the longer names that end with it, in order.
    longer: HashMap<&'a str, Vec<usize>>,
    /// For a rank the names that begin with a place of it, in order, with that place.
    ranked: HashMap<&'static str, Vec<(usize, &'a str)>>,
}

impl<'a> Referents<'a> {
    fn new(page: &Page, names: &[Name], wholes: &'a [String]) -> Self {
        let article = |name: &Name| {
            let block = page.block_at(name.span.start)?;
            page.articles.iter().position(|article| article.holds(block))
        };
        let articles = names.iter().map(article).collect();
        Self { wholes, articles, longer: HashMap::new(), ranked: HashMap::new() }
    }

    /// The full name that the relative name `n` stands for: the nearest before it in the same article that ends with
    /// it, else the nearest before it, else the first after it, else the place of the page with that rank.
    fn resolve(&mut self, n: usize, rank: &'static str, around: &Around) -> String {
        let (wholes, name) = (self.wholes, self.wholes[n].as_str());
        let longer = self.longer.entry(name).or_insert_with(|| {
            let fits = |m: &usize| wholes[*m].len() > name.len() && wholes[*m].ends_with(name);
            (0..wholes.len()).filter(fits).collect()
        });
        let (before, after) = longer.split_at(longer.partition_point(|&m| m < n));
        let same_article = before.iter().rev().find(|&&m| self.articles[m] == self.articles[n]);
        if let Some(&whole) = same_article.or(before.last()).or(after.first()) {
            return wholes[whole].clone();
        }
        // 区委 beside 朝阳区总工会: the place of the nearest body of that rank.
        let ranked = self.ranked.entry(rank).or_insert_with(|| {
            let place = |name: &'a str| places(name).into_iter().rev().find(|p| p.ends_with(rank) && has_rank(p));
            wholes.iter().enumerate().filter_map(|(m, name)| Some((m, place(name)?))).collect()
        });
        let nearest = ranked[..ranked.partition_point(|(m, _)| *m < n)].last();
        let nearby =
            nearest.filter(|(m, _)| self.articles[*m] == self.articles[n]).map(|(_, place)| (*place).to_owned());
        let named = || rank.chars().next().filter(|_| rank.len() == 3).and_then(|c| around.place(c));
        match nearby.or_else(named) {
            Some(place) => format!("{place}{}", &name[rank.len()..]),
            None => name.to_owned(),
        }
    }
}

/// What two names of the same body have in common: the legal form inside does not count (吉林某公司某厂, 吉林某某厂),
/// nor do the larger places before the last one.
fn key(name: &str) -> String {
    let places = places(name);
    let skipped: usize = places.iter().rev().skip(1).map(|place| place.len()).sum();
    let rest = &name[skipped..];
    let end = rest.strip_suffix("公司").map_or(rest.len(), str::len);
    let (body, _) = rest.split_at(end);
    ["集团公司", "有限责任公司", "股份有限公司", "有限公司"]
        .iter()
        .fold(body.to_owned(), |key, form| key.replace(form, ""))
        .replace("公司", "")
}

/// The body that `name` says it is part of: 某区委 of 某区委组织部, 某厂 of 某厂党委.
fn parent(name: &str) -> Option<String> {
    let reading = Reading::new(name);
    let last = reading.marks.last()?;
    if !is_department(name, last) {
        return None;
    }
    let cut = owner(&reading, usize::from(last.suffix_ending).max(1))?;
    Some(name[reading.bytes(0, cut)].to_owned())
}

/// Whether a body called `name`, which ends with the suffix of `last`, belongs to the one that the name begins with. An
/// association or a school that has a body in its name is not part of it (重点企业工会联谊会).
fn is_department(name: &str, last: &Mark) -> bool {
    let is_part = last.suffix_ending >= 2
        && matches!(last.suffix_kind, Some(OrgKind::Party | OrgKind::Union | OrgKind::Government | OrgKind::Company));
    is_part || name.ends_with(DEPARTMENTS)
}

/// What departments of every sort of body end with.
const DEPARTMENTS: [char; 5] = ['部', '处', '室', '科', '办'];

/// The end of the longest body that the name in `reading` begins with and that is not the whole; with at least
/// `rest` characters behind it.
fn owner(reading: &Reading, rest: usize) -> Option<usize> {
    let ends_body = |cut: &usize| {
        let before = reading.marks[cut - 1];
        before.place == 0
            && usize::from(before.suffix_ending) < *cut
            && (before.suffix_ending >= 2
                || before.suffix_ending == 1 && matches!(reading.chars[cut - 1], '委' | '局' | '厂' | '厅' | '段'))
    };
    (3..=reading.len().checked_sub(rest)?).rev().find(ends_body)
}

/// What sort of body is called `name`.
fn kind(name: &str) -> OrgKind {
    if let Some(kind) = lexicon().get(name).and_then(Entry::body) {
        return kind;
    }
    // A name without any suffix is a brand: 某某出行.
    let reading = Reading::new(name);
    let Some((kind, length)) = reading.marks.last().and_then(|mark| mark.suffix_kind.map(|k| (k, mark.suffix_ending)))
    else {
        return OrgKind::Company;
    };
    let is_military = || ["武警", "军", "部队", "边防", "舰", "兵"].iter().any(|word| name.contains(word));
    let owner_kind = || {
        let listed = (1..reading.len()).rev().find_map(|n| lexicon().get(&name[reading.bytes(0, n)])?.body());
        listed.or_else(|| owner(&reading, usize::from(length)).and_then(|cut| reading.marks[cut - 1].suffix_kind))
    };
    match kind {
        // 大队, 基地: only an army's is military; a company's belongs to the company.
        OrgKind::Military if !is_military() => {
            owner_kind().filter(|kind| *kind == OrgKind::Company).unwrap_or(OrgKind::Other)
        }
        // 总工会法律工作部: a department is of the kind of what it is part of.
        OrgKind::Government if length == 1 || name.ends_with("办公室") => owner_kind().unwrap_or(kind),
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_are_said_by_the_name() {
        assert_eq!(parent("黄岛区委组织部").as_deref(), Some("黄岛区委"));
        assert_eq!(parent("蓝鲸公司铸造车间党支部").as_deref(), Some("蓝鲸公司铸造车间"));
        assert_eq!(parent("黄岛区总工会"), None);
    }

    #[test]
    fn keys_leave_out_the_legal_form_and_larger_places() {
        assert_eq!(key("青岛石化公司炼油厂"), key("青岛石化炼油厂"));
        assert_eq!(key("山东省青岛市黄岛区总工会"), key("黄岛区总工会"));
        assert_ne!(key("黄岛区总工会"), key("崂山区总工会"));
    }
}
