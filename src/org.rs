//! Organisations: which bodies a page names, under which names, and where.

pub mod dictionary;
mod document;
pub mod grammar;
pub mod jurisdiction;
mod kind;
pub mod lexicon;
mod link;
pub mod model;
pub mod reading;

use std::sync::Arc;

use crate::article::Page;
use crate::memo::Cache;
use crate::text::Span;

pub use dictionary::Dictionary;
pub use kind::OrgKind;

/// One place where an organisation is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// The name's span.
    pub span: Span,
    /// Whether it is a short or relative name and not the full one.
    pub is_alias: bool,
    /// Whether a seam cut the name and this is one of its two parts.
    pub is_part: bool,
}

/// An organisation that a page names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organisation {
    /// The fullest name that can be given.
    pub name: String,
    /// What sort of body it is.
    pub kind: OrgKind,
    /// Other names in the page.
    pub aliases: Vec<String>,
    /// Places that it belongs to, largest first: 北京市, 朝阳区.
    pub jurisdiction: Vec<String>,
    /// The body that it is part of.
    pub part_of: Option<String>,
    /// What the user's dictionary says of it.
    pub note: Option<String>,
    /// Its address in the user's dictionary.
    pub url: Option<String>,
    /// Where it is named, in order.
    pub mentions: Vec<Mention>,
}

/// What is kept from one search for organisations to the next: the names that the model found in each block.
#[derive(Default, Debug)]
pub struct Memo {
    names: Cache<Arc<[document::Found]>>,
}

/// The organisations of `page` in the order of their first mention.
pub fn organisations(page: &Page) -> Vec<Organisation> {
    organisations_with(page, &Dictionary::default(), &mut Memo::default())
}

/// The organisations of `page`, those of the user's dictionary first, each group in the order of first mention.
/// `memo` makes the next search in a similar page cheap and never changes the result.
pub fn organisations_with(page: &Page, dictionary: &Dictionary, memo: &mut Memo) -> Vec<Organisation> {
    if !page.is_chinese {
        return Vec::new();
    }
    let (names, aliases) = document::names(page, dictionary, &mut memo.names);
    link::entities(page, &names, &aliases, dictionary)
}
