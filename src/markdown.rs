//! What is Markdown in a Markdown file: fenced code, tables, HTML, quotes and front matter, as
//! `pulldown-cmark` parses them.
//!
//! Headings and list items are read line by line elsewhere: in the files that this program is for, a `#`
//! is one piece of evidence among others, and paragraphs are cut where `CommonMark` would join them.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::text::Span;

/// What a region of a Markdown file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RegionKind {
    /// Fenced code.
    Code,
    /// A pipe table.
    Table,
    /// A block of HTML, comments included.
    Html,
    /// A block quote.
    Quote,
    /// YAML or TOML front matter.
    FrontMatter,
}

/// A stretch of a Markdown file that is not running text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Region {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it is.
    pub kind: RegionKind,
}

/// The regions of `source` in order, never overlapping.
///
/// A text without a character that could open one is not parsed.
pub fn regions(source: &str) -> Vec<Region> {
    let bytes = source.as_bytes();
    let may_hold_one = memchr::memchr3(b'`', b'~', b'|', bytes).is_some()
        || memchr::memchr2(b'<', b'>', bytes).is_some()
        || ["---", "+++"].iter().any(|fence| source.trim_start_matches('\u{feff}').starts_with(fence));
    if !may_hold_one {
        return Vec::new();
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut regions: Vec<Region> = Vec::new();
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        let kind = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => RegionKind::Code,
            Event::Start(Tag::Table(_)) => RegionKind::Table,
            Event::Start(Tag::HtmlBlock) => RegionKind::Html,
            Event::Start(Tag::BlockQuote(_)) => RegionKind::Quote,
            Event::Start(Tag::MetadataBlock(_)) => RegionKind::FrontMatter,
            _ => continue,
        };
        if regions.last().is_none_or(|last| last.span.end <= range.start) {
            regions.push(Region { span: Span::new(range.start, range.end), kind });
        }
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_kind() {
        let source = "---\na: 1\n---\n\n正文。\n\n```\n代码\n\n代码\n```\n\n|甲|乙|\n|-|-|\n|1|2|\n\n> 引文\n\n<div>\n图\n</div>\n";
        let found: Vec<_> = regions(source).iter().map(|r| r.kind).collect();
        use RegionKind::{Code, FrontMatter, Html, Quote, Table};
        assert_eq!(found, [FrontMatter, Code, Table, Quote, Html]);
    }

    #[test]
    fn running_text_holds_none() {
        assert!(regions("# 标题\n\n　　正文。\n").is_empty());
        assert!(regions("甲<乙，丙>丁。\n").is_empty());
    }
}
