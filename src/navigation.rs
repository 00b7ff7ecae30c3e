//! Where to go from a name: definition, references, highlights, rename, completion, links and colours of the
//! organisations of a page. Pure: offsets are bytes, and the server makes positions of them.

use std::collections::HashSet;

use crate::article::{Kind, Page};
use crate::diagnostic::Edit;
use crate::org::reading::Unwrapped;
use crate::org::{Dictionary, Mention, OrgKind, Organisation};
use crate::text::Span;

/// The organisation that is mentioned at byte `offset` (the end of the name counts), and the mention.
pub fn at(organisations: &[Organisation], offset: usize) -> Option<(&Organisation, Mention)> {
    let mut touching = organisations
        .iter()
        .flat_map(|o| o.mentions.iter().map(move |m| (o, *m)))
        .filter(|(_, mention)| mention.span.touches(offset))
        .collect::<Vec<_>>();
    // Between two names that touch each other the one that begins here is meant.
    touching.sort_by_key(|(_, mention)| std::cmp::Reverse(mention.span.start));
    touching.into_iter().next()
}

/// Where the body at `offset` is first mentioned by its full name, or first mentioned where it never is.
pub fn definition(organisations: &[Organisation], offset: usize) -> Option<Span> {
    let (organisation, _) = at(organisations, offset)?;
    let full = organisation.mentions.iter().find(|mention| !mention.is_alias);
    full.or(organisation.mentions.first()).map(|mention| mention.span)
}

/// Every mention of the body at `offset`, in order: references and highlights.
pub fn references(organisations: &[Organisation], offset: usize) -> Vec<Span> {
    at(organisations, offset).map_or_else(Vec::new, |(o, _)| o.mentions.iter().map(|m| m.span).collect())
}

/// The place of the name that a rename at `offset` would change, and the name, in one line even where it is on two.
pub fn prepare_rename(page: &Page, organisations: &[Organisation], offset: usize) -> Option<(Span, String)> {
    at(organisations, offset).map(|(_, mention)| (mention.span, wording(page, &mention)))
}

/// The edits that give the body at `offset` the name `new_name`, in every mention of it. A mention that reads as the
/// one under the cursor becomes `new_name`; another wording of the same body takes over what changed where it has that
/// part (黄岛区总工会 becomes 西海岸区总工会 together with 青岛市黄岛区总工会), and stays where it has not (区总工会).
/// LSP has no means to ask which of them to change.
pub fn rename(page: &Page, organisations: &[Organisation], offset: usize, new_name: &str) -> Vec<Edit> {
    let Some((organisation, renamed)) = at(organisations, offset) else { return Vec::new() };
    let old_name = wording(page, &renamed);
    let change = Change::between(&old_name, new_name);
    let mentions = organisation.mentions.iter().filter(|mention| !mention.is_part || mention.span == renamed.span);
    mentions
        .filter_map(|mention| {
            let wording = wording(page, mention);
            let new_text = if wording == old_name { Some(new_name.to_owned()) } else { change.apply(&wording) };
            new_text.map(|new_text| Edit { span: mention.span, new_text })
        })
        .collect()
}

/// How a mention reads, without the line ends of a column.
fn wording(page: &Page, mention: &Mention) -> String {
    Unwrapped::new(page.text.slice(mention.span)).text.into()
}

/// What differs between two names, with the character on either side of it.
struct Change<'a> {
    before: &'a str,
    old: &'a str,
    new: &'a str,
    after: &'a str,
}

impl<'a> Change<'a> {
    fn between(old: &'a str, new: &'a str) -> Self {
        let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
            a.zip(b).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
        };
        let head = same(&mut old.chars(), &mut new.chars());
        let tail = same(&mut old[head..].chars().rev(), &mut new[head..].chars().rev());
        let end = old.len() - tail;
        let last = old[..head].chars().next_back().map_or(0, char::len_utf8);
        let first = old[end..].chars().next().map_or(0, char::len_utf8);
        let new = &new[head..new.len() - tail];
        Self { before: &old[head - last..head], old: &old[head..end], new, after: &old[end..end + first] }
    }

    /// `wording` with the same change; none where it has not the part that changed: two characters, or one with a
    /// neighbour.
    fn apply(&self, wording: &str) -> Option<String> {
        let Self { before, old, new, after } = *self;
        let is_exchange = !old.is_empty() && !new.is_empty();
        let is_long = old.chars().count() >= 2;
        // What is only added or only left out says little: both neighbours have to be there.
        let least = if is_exchange { usize::from(!is_long) } else { 2 };
        let n_neighbours =
            |(before, after): &(&str, &str)| usize::from(!before.is_empty()) + usize::from(!after.is_empty());
        [(before, after), (before, ""), ("", after), ("", "")]
            .into_iter()
            .filter(|neighbours| n_neighbours(neighbours) >= least)
            .find_map(|(before, after)| {
                let part = [before, old, after].concat();
                let at = wording.find(&part)?;
                Some([&wording[..at], before, new, after, &wording[at + part.len()..]].concat())
            })
    }
}

/// A name to offer while typing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What is inserted.
    pub name: String,
    /// The full name of the body, where `name` is a short one.
    pub full_name: Option<String>,
    /// What sort of body it is.
    pub kind: OrgKind,
}

/// The names of `organisations`, the most mentioned first, full names before short ones; then those of `dictionary` that
/// the page does not have.
pub fn completions(organisations: &[Organisation], dictionary: &Dictionary) -> Vec<Completion> {
    let mut order: Vec<&Organisation> = organisations.iter().collect();
    order.sort_by_key(|o| std::cmp::Reverse(o.mentions.len()));
    let full = order.iter().map(|o| Completion { name: o.name.clone(), full_name: None, kind: o.kind });
    let short = order.iter().flat_map(|o| {
        o.aliases.iter().map(|alias| Completion { name: alias.clone(), full_name: Some(o.name.clone()), kind: o.kind })
    });
    let known = dictionary.entries().iter().flat_map(|entry| {
        let kind = entry.kind.unwrap_or(OrgKind::Other);
        let short = entry.aliases.iter().map(|alias| (alias, Some(entry.name.clone())));
        std::iter::once((&entry.name, None)).chain(short).map(move |(name, full_name)| Completion {
            name: name.clone(),
            full_name,
            kind,
        })
    });
    let mut seen = HashSet::new();
    full.chain(short).chain(known).filter(|completion| seen.insert(completion.name.clone())).collect()
}

/// Every mention of a body that has an address in the dictionary, with the address.
pub fn links(organisations: &[Organisation]) -> Vec<(Span, &str)> {
    let mut links: Vec<(Span, &str)> = organisations
        .iter()
        .filter_map(|o| o.url.as_deref().map(|url| (o, url)))
        .flat_map(|(o, url)| o.mentions.iter().map(move |mention| (mention.span, url)))
        .collect();
    links.sort_by_key(|(span, _)| *span);
    links
}

/// What a stretch of text is, for colours.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// The full name of an organisation.
    Organisation,
    /// A short or relative name of one.
    Alias,
    /// A heading.
    Heading,
    /// Who wrote it.
    Byline,
}

/// The stretches that are coloured, in order and without overlap: inside a heading or a byline the names of
/// organisations are stretches of their own. Only a name that is broken over two lines spans a line end.
pub fn tokens(page: &Page, organisations: &[Organisation]) -> Vec<(Span, TokenKind)> {
    let mut names: Vec<(Span, TokenKind)> = organisations
        .iter()
        .flat_map(|o| &o.mentions)
        .map(|m| (m.span, if m.is_alias { TokenKind::Alias } else { TokenKind::Organisation }))
        .collect();
    names.sort_by_key(|(span, _)| *span);
    let mut tokens = names.clone();
    for (block, kind) in page.blocks.iter().zip(&page.kinds) {
        let kind = match kind {
            Kind::Byline => TokenKind::Byline,
            kind if kind.is_heading() => TokenKind::Heading,
            _ => continue,
        };
        for line in block.lines.clone() {
            let line = page.text.trim(page.text.line(line));
            let line = Span::new(line.start.max(block.content.start), line.end.min(block.content.end));
            let mut from = line.start;
            let first = names.partition_point(|(span, _)| span.end <= line.start);
            for (name, _) in names[first..].iter().take_while(|(span, _)| span.start < line.end) {
                tokens.push((Span::new(from, name.start.max(from)), kind));
                from = name.end;
            }
            tokens.push((Span::new(from, line.end.max(from)), kind));
        }
    }
    tokens.retain(|(span, _)| !span.is_empty());
    tokens.sort_by_key(|(span, _)| *span);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Memo;
    use crate::block::Format;
    use crate::diagnostic::apply;
    use crate::org::{self, organisations};

    const SOURCE: &str = "# 青岛市黄岛区总工会举办运动会\n\n近日，青岛市黄岛区总工会举办职工运动会，来自各个街道的三百名职工参加。\n\n记者从区总工会了解到，比赛共设六个项目。\n";

    fn page() -> (Page, Vec<Organisation>) {
        let page = Page::parse(SOURCE, Format::Markdown, &mut Memo::default());
        let organisations = organisations(&page);
        (page, organisations)
    }

    #[test]
    fn an_alias_leads_to_the_first_full_name() {
        let (page, organisations) = page();
        let alias = SOURCE.find("区总工会了解").expect("the alias");
        let definition = definition(&organisations, alias).expect("a definition");
        assert_eq!(page.text.line_of(definition.start), 0);
        assert_eq!(references(&organisations, alias).len(), 3);
    }

    #[test]
    fn a_rename_changes_every_wording_that_has_the_part() {
        let (page, organisations) = page();
        let full = SOURCE.find("青岛市").expect("the full name");
        let edits = rename(&page, &organisations, full, "青岛市西海岸区总工会");
        assert_eq!(apply(SOURCE, &edits), SOURCE.replace("黄岛", "西海岸"), "区总工会 stays");
        let alias = SOURCE.find("区总工会了解").expect("the alias");
        let edits = rename(&page, &organisations, alias, "区工会");
        assert_eq!(apply(SOURCE, &edits), SOURCE.replace("区总工会", "区工会"));
        let edits = rename(&page, &organisations, full, "青岛市黄岛总工会");
        assert_eq!(apply(SOURCE, &edits), SOURCE.replace("黄岛区", "黄岛"), "区总工会 keeps its rank");
        assert!(rename(&page, &organisations, 0, "某会").is_empty());
    }

    #[test]
    fn a_name_on_two_lines_is_renamed_as_one() {
        let source = "近日，各县各区分别举办职工运动会，青岛市\n黄岛区总工会举办的运动会有来自各个街道的\n\
            三百名职工参加，共设六个项目，比赛持续三天。\n";
        let page = Page::parse(source, Format::Plain, &mut Memo::default());
        let organisations = organisations(&page);
        let (span, name) = prepare_rename(&page, &organisations, source.find("黄岛").expect("there")).expect("a name");
        assert_eq!((page.text.slice(span), name.as_str()), ("青岛市\n黄岛区总工会", "青岛市黄岛区总工会"));
    }

    #[test]
    fn a_change_is_taken_over_where_its_part_is() {
        let change = |old, new, wording| Change::between(old, new).apply(wording);
        let full = "宁川恒远精密机械有限公司";
        assert_eq!(change(full, "宁川恒达精密机械有限公司", "恒远公司").as_deref(), Some("恒达公司"));
        assert_eq!(change("恒远公司", "恒达公司", full).as_deref(), Some("宁川恒达精密机械有限公司"));
        assert_eq!(change("宁川石化公司", "宁川石化工公司", "石化公司").as_deref(), Some("石化工公司"));
        assert_eq!(change(full, "宁川蓝鲸精密机械有限公司", "该厂"), None);
        assert_eq!(change("恒远公司", "恒远集团公司", full), None);
    }

    #[test]
    fn completion_offers_full_names_first() {
        let (_, organisations) = page();
        let names = |dictionary: &Dictionary| -> Vec<String> {
            completions(&organisations, dictionary).into_iter().map(|c| c.name).collect()
        };
        assert_eq!(names(&Dictionary::default()), ["青岛市黄岛区总工会", "区总工会"]);
        let entry = |name: &str| org::dictionary::Entry { name: name.to_owned(), ..org::dictionary::Entry::default() };
        let dictionary = Dictionary::new(vec![entry("区总工会"), entry("幸福里议事团")]);
        assert_eq!(names(&dictionary), ["青岛市黄岛区总工会", "区总工会", "幸福里议事团"]);
    }

    #[test]
    fn tokens_never_overlap_and_cover_headings() {
        let (page, organisations) = page();
        let tokens = tokens(&page, &organisations);
        assert!(tokens.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start));
        let shown: Vec<(&str, TokenKind)> = tokens.iter().map(|(s, k)| (page.text.slice(*s), *k)).collect();
        assert_eq!(shown[0], ("青岛市黄岛区总工会", TokenKind::Organisation));
        assert_eq!(shown[1], ("举办运动会", TokenKind::Heading));
        assert_eq!(shown.last(), Some(&("区总工会", TokenKind::Alias)));
    }
}
