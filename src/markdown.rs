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

/// The regions of `source` in order, never overlapping. Ask first whether it [may hold one](may_hold_region).
pub fn regions(source: &str) -> Vec<Region> {
    // The parser takes a byte order mark for text.
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let source = &source[start..];
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
        let span = Span::new(start + range.start, start + range.end);
        if !span.is_empty() && regions.last().is_none_or(|last| last.span.end <= span.start) {
            regions.push(Region { span, kind });
        }
    }
    regions
}

/// Whether a line of `source` begins as a fence, a quote or HTML does, or is the second line of a table. Each line says
/// so by itself.
///
/// The parser costs ten times the scan for lines, and most pages hold nothing of the kind.
pub fn may_hold_region(source: &str) -> bool {
    let source = source.trim_start_matches('\u{feff}');
    let bytes = source.as_bytes();
    let begins_line = |at: usize| {
        let before = bytes[..at]
            .iter()
            .rev()
            .find(|b| !matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9'));
        before.is_none_or(|b| matches!(b, b'\n' | b'\r'))
    };
    let in_rule = |at: usize| {
        let of_rule = |b: &&u8| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t');
        let behind = bytes[at..].iter().find(|b| !of_rule(b));
        let before = bytes[..at].iter().rev().find(|b| !of_rule(b));
        [behind, before].into_iter().all(|b| b.is_none_or(|b| matches!(b, b'\n' | b'\r')))
    };
    ["---", "+++"].iter().any(|fence| source.starts_with(fence))
        || memchr::memchr2_iter(b'<', b'>', bytes).any(begins_line)
        || memchr::memchr3_iter(b'`', b'~', b'|', bytes)
            .any(|at| if bytes[at] == b'|' { in_rule(at) } else { begins_line(at) })
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
        assert!(!may_hold_region("甲<乙，丙>丁，`戊`，己|庚。\n"));
    }

    #[test]
    fn a_byte_order_mark_shifts_nothing() {
        let source = "\u{feff}---\na: 1\n---\n正文。\n";
        let found = regions(source);
        assert_eq!(found[0].kind, RegionKind::FrontMatter);
        assert!(source[found[0].span.range()].starts_with("---"));
    }

    #[test]
    fn what_stands_in_a_list_or_a_quote_is_found() {
        for source in ["- ```\n  代码\n  ```\n", "1. > 引文\n", "  ~~~\n代码\n~~~\n", "a | b\n- | -\n1 | 2\n"] {
            assert_eq!(regions(source).len(), 1, "{source}");
        }
    }
}
