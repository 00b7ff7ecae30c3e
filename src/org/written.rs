//! Names as they are written: by the user's dictionary, else by the page, which may be in traditional characters.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::Organisation;
use super::dictionary::Dictionary;
use super::reading::Unwrapped;
use crate::article::Page;
use crate::text::Span;

/// Writes the names in `found`, which are in simplified characters, as the dictionary and `page` do.
pub(super) fn write(page: &Page, found: &mut [Organisation], dictionary: &Dictionary) {
    if page.is_simplified() && dictionary.is_empty() {
        return;
    }
    let written = Written::of(page, found);
    let body = |name: &str| dictionary.find(name).map_or_else(|| written.get(name), |entry| entry.name.clone());
    for entity in found {
        if dictionary.find(&entity.name).is_none_or(|entry| entry.jurisdiction.is_empty()) {
            written.put(&mut entity.jurisdiction);
        }
        written.put(&mut entity.aliases);
        entity.part_of = entity.part_of.as_deref().map(body);
        entity.name = body(&entity.name);
    }
}

/// How a page writes what was read in simplified characters.
struct Written<'a> {
    page: &'a Page,
    /// The names that stand in the page, under what they were read as.
    names: HashMap<String, String>,
    /// Characters that the page writes otherwise, for names that are put together of several places.
    chars: OnceCell<HashMap<char, char>>,
}

impl<'a> Written<'a> {
    fn of(page: &'a Page, found: &[Organisation]) -> Self {
        let mut names = HashMap::new();
        if !page.is_simplified() {
            let unwrapped = |text: &str| Unwrapped::new(text).text.to_string();
            for Span { start, end } in found.iter().flat_map(|entity| &entity.mentions).map(|mention| mention.span) {
                let name = &page.simplified.as_str()[start..end];
                names.entry(unwrapped(name)).or_insert_with(|| unwrapped(&page.text.as_str()[start..end]));
            }
        }
        Self { page, names, chars: OnceCell::new() }
    }

    fn get(&self, name: &str) -> String {
        if self.page.is_simplified() {
            return name.to_owned();
        }
        self.names.get(name).cloned().unwrap_or_else(|| {
            let chars = self.chars.get_or_init(|| {
                let pairs = self.page.simplified.as_str().chars().zip(self.page.text.as_str().chars());
                // Of several the first one counts.
                let mut chars = HashMap::new();
                for (read, written) in pairs.filter(|(read, written)| read != written) {
                    chars.entry(read).or_insert(written);
                }
                chars
            });
            name.chars().map(|c| chars.get(&c).copied().unwrap_or(c)).collect()
        })
    }

    fn put(&self, names: &mut [String]) {
        for name in names {
            *name = self.get(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dictionary::{DictionaryFormat, parse};
    use super::super::{Memo, Organisation, organisations, organisations_with};
    use crate::article::{self, Page};
    use crate::block::Format;

    const TEXT: &str = "青島市黃島區總工會昨日為各家企業的職工開辦了技能培訓班。區總工會主席說，\
        來的人比往年多，萬里運輸有限公司派了三十人。";

    fn page(text: &str) -> Page {
        Page::parse(text, Format::Plain, &mut article::Memo::default())
    }

    /// The organisation called `name`.
    fn called<'a>(found: &'a [Organisation], name: &str) -> Option<&'a Organisation> {
        found.iter().find(|organisation| organisation.name == name)
    }

    #[test]
    fn names_are_written_as_the_page_writes_them() {
        let found = organisations(&page(TEXT));
        let union = called(&found, "青島市黃島區總工會").expect("the union");
        assert_eq!(union.aliases, ["區總工會"]);
        assert_eq!(union.jurisdiction, ["山东省", "青島市", "黃島區"]);
        // 里 is no 裡 here, whatever the page has elsewhere.
        let text = format!("他在家裡說，{TEXT}");
        assert!(called(&organisations(&page(&text)), "萬里運輸有限公司").is_some());
    }

    #[test]
    fn the_dictionary_is_found_in_either_script_and_writes_names_its_own_way() {
        let simplified = crate::zh::script::simplified(TEXT);
        for name in ["青岛市黄岛区总工会", "青島市黃島區總工會"] {
            let (dictionary, _) =
                parse(&format!("[[organisation]]\nname = \"{name}\"\nnote = \"记\""), DictionaryFormat::Toml);
            for text in [TEXT, &simplified] {
                let page = page(text);
                let found = organisations_with(&page, &dictionary, &mut Memo::default());
                let union = called(&found, name).unwrap_or_else(|| panic!("{name} in {text}: {found:?}"));
                assert_eq!((union.mentions.len(), union.note.as_deref()), (2, Some("记")));
            }
        }
    }
}
