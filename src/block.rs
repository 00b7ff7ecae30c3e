//! Lines become blocks: what stands between two breaks of the page, with the marks that it carries.
//!
//! A block is one line, because extraction separates paragraphs by blank lines, by single newlines or by
//! indentation, and cuts them with the same means; whether two lines belong together is for
//! [`crate::seam`] to say. Only a stretch of hard-wrapped lines (many lines of about the same width, none of them
//! closed before the last) is one block of several lines.

pub mod diff;
mod edit;
mod wrap;

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use self::wrap::Widths;
use crate::markdown::{self, Region, RegionKind};
use crate::text::{Kept, Span, Text, is_blank};

/// What kind of file a text came from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Format {
    /// `.md`, `.markdown`.
    #[default]
    Markdown,
    /// `.txt`: code fences, tables and HTML are text, `#` before a title still marks it.
    Plain,
}

/// How the file separates its paragraphs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Convention {
    /// By blank lines.
    BlankLine,
    /// One line each, no blank line between.
    Line,
    /// One line each, indented by U+3000 or spaces.
    Indented,
    /// Many short lines to a paragraph.
    HardWrapped,
}

/// What the marks and the syntax say that a block is; what it means is for [`crate::article`] to decide.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// Running text, or a heading without marks.
    Text,
    /// A line that begins with this many `#`.
    Heading(u8),
    /// A list item with its marker.
    ListItem,
    /// A table.
    Table,
    /// An image or its placeholder.
    Image,
    /// HTML.
    Html,
    /// A block quote.
    Quote,
    /// Fenced code.
    Code,
    /// Front matter.
    FrontMatter,
    /// A thematic break: `---`, `***`, `* * *`.
    Break,
}

/// A stretch of the page between two breaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// From the first visible byte (marks included, indentation not) to the last.
    pub span: Span,
    /// The same without marks (`#`, `-`, `**`).
    pub content: Span,
    /// Its lines, 0-based, end exclusive.
    pub lines: Range<usize>,
    /// What marks and syntax say.
    pub form: Form,
    /// Whether its first line is indented by at least one U+3000 or two spaces.
    pub indented: bool,
    /// Blank lines between the block before and this one.
    pub blank_before: usize,
    /// Hash of the form and the bytes of `span`: facts about the content are kept under it.
    pub hash: u64,
    /// Whether [`NOTE`] stands in it.
    pub holds_note: bool,
    /// Whether [`LOST`] stands in it.
    pub holds_lost: bool,
}

impl Block {
    /// Whether it is one of the forms that hold running text: `Text`, `Heading`, `ListItem`.
    pub const fn is_prose(&self) -> bool {
        matches!(self.form, Form::Text | Form::Heading(_) | Form::ListItem)
    }

    /// The number of `#` that it begins with, if any.
    pub const fn mark(&self) -> Option<u8> {
        match self.form {
            Form::Heading(level) => Some(level),
            _ => None,
        }
    }

    /// Whether it is a paragraph broken over several lines.
    pub const fn is_wrapped(&self) -> bool {
        matches!(self.form, Form::Text) && self.lines.end - self.lines.start > 1
    }
}

/// The text of a run of blocks, which is not empty.
pub fn covered(blocks: &[Block], run: &Range<usize>) -> Span {
    blocks[run.start].span.cover(blocks[run.end - 1].span)
}

/// Splits `text` into blocks in order: every character that is not blank is in exactly one block.
pub fn blocks(text: &Text, format: Format) -> Vec<Block> {
    Split::default().edited((&Text::default(), text), format, Kept::default()).blocks
}

/// A text that was split into blocks.
#[derive(Clone, Default, Debug)]
pub struct Split {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    format: Format,
    /// Whether what each block is depends on the lines around it alone: no region may begin far above it, and no width
    /// of the whole page tells which lines are wrapped.
    is_local: bool,
}

impl Split {
    /// Splits the second of two texts, of which this is the first, and `kept` what they have in common.
    pub fn edited(&self, (old, text): (&Text, &Text), format: Format, kept: Kept) -> Self {
        if let Some(blocks) = self.edited_near((old, text), format, kept) {
            return Self { blocks, format, is_local: true };
        }
        let may_hold_regions = format == Format::Markdown && markdown::may_hold_region(text.as_str());
        let regions = if may_hold_regions { markdown::regions(text.as_str()) } else { Vec::new() };
        let whole = |page| {
            let mut blocks = Vec::with_capacity(text.line_count() / 2 + 1);
            split(text, 0..text.line_count(), &regions, page, &mut blocks);
            blocks
        };
        let blocks = whole(None);
        // Where paragraphs of three lines and more show at what width the file is wrapped, paragraphs of two can be told.
        match wrap::page_widths(text, &blocks) {
            Some(widths) => Self { blocks: whole(Some(widths)), format, is_local: false },
            None => Self { blocks, format, is_local: !may_hold_regions },
        }
    }
}

/// Adds the blocks of `lines` to `blocks`, which hold those of the lines before.
fn split(text: &Text, lines: Range<usize>, regions: &[Region], page: Option<Widths>, blocks: &mut Vec<Block>) {
    let mut regions = regions.iter().peekable();
    let mut line = lines.start;
    while line < lines.end {
        let content = text.trim(text.line(line));
        if content.is_empty() {
            line += 1;
            continue;
        }
        let blank_before = line - blocks.last().map_or(0, |last| last.lines.end);
        while regions.next_if(|region| region.span.end <= content.start).is_some() {}
        let block = if let Some(region) = regions.next_if(|region| region.span.start <= content.start) {
            region_block(text, line, region)
        } else {
            let limit = regions.peek().map_or(text.len(), |region| region.span.start);
            let n_lines = wrap::wrapped_lines(text, line, limit, page);
            line_block(text, line..line + n_lines, content)
        };
        line = block.lines.end;
        blocks.push(Block { blank_before, ..block });
    }
}

/// The convention of the file that was split into `blocks`.
pub fn convention(blocks: &[Block]) -> Convention {
    let paragraphs: Vec<&Block> =
        blocks.iter().filter(|b| b.form == Form::Text && b.span.len() >= LONG_BLOCK).collect();
    let share = |is: fn(&Block) -> bool| paragraphs.iter().filter(|b| is(b)).count() * 2 > paragraphs.len();
    if share(Block::is_wrapped) {
        Convention::HardWrapped
    } else if share(|b| b.indented) {
        Convention::Indented
    } else if share(|b| b.blank_before == 0) {
        Convention::Line
    } else {
        Convention::BlankLine
    }
}

/// Blocks of at least this many bytes (forty Hanzi) show how paragraphs are set; headings do not.
const LONG_BLOCK: usize = 120;

fn region_block(text: &Text, first: usize, region: &Region) -> Block {
    let last = text.line_of(region.span.end.saturating_sub(1)).max(first);
    let span = text.trim(Span::new(text.line(first).start, text.line(last).end));
    // A fence that is never closed holds the blank lines to the end of the file.
    let last = text.line_of(span.end.saturating_sub(1)).max(first);
    let form = match region.kind {
        RegionKind::Code => Form::Code,
        RegionKind::Table => Form::Table,
        RegionKind::Html => Form::Html,
        RegionKind::Quote => Form::Quote,
        RegionKind::FrontMatter => Form::FrontMatter,
    };
    block(text, first..last + 1, form, span, span)
}

/// The block of `lines`, of which the first holds `first` between its blanks.
fn line_block(text: &Text, lines: Range<usize>, first: Span) -> Block {
    let start = text.line(lines.start).start;
    let span = match lines.len() {
        1 => first,
        _ => Span::new(first.start, text.trim(text.line(lines.end - 1)).end),
    };
    let note = trailing_note(text.slice(span));
    let (form, content) = form(text, text.trim(Span::new(span.start, span.end - note)));
    let indent = &text.as_str()[start..span.start];
    let indented = !indent.is_empty()
        && (indent.contains(['\u{3000}', '\t']) || indent.bytes().filter(|b| *b == b' ').count() >= 2);
    Block { indented, ..block(text, lines, form, span, content) }
}

/// A block that is not indented and has no blank line before it.
fn block(text: &Text, lines: Range<usize>, form: Form, span: Span, content: Span) -> Block {
    // The search of the standard library goes by the last byte, which Hanzi are full of.
    static NOTES: LazyLock<Finder> = LazyLock::new(|| Finder::new(NOTE));
    static LOSSES: LazyLock<Finder> = LazyLock::new(|| Finder::new(LOST));
    let bytes = text.slice(span).as_bytes();
    Block {
        span,
        content,
        lines,
        form,
        indented: false,
        blank_before: 0,
        hash: block_hash(form, text.slice(span)),
        holds_note: NOTES.find(bytes).is_some(),
        holds_lost: LOSSES.find(bytes).is_some(),
    }
}

/// What the marks of the line or lines in `span` say, and the content without them.
fn form(text: &Text, span: Span) -> (Form, Span) {
    let line = text.slice(span);
    let without = |prefix: usize, suffix: usize| text.trim(Span::new(span.start + prefix, span.end - suffix));
    match line.as_bytes() {
        [b'#', ..] => {
            let hashes = line.len() - line.trim_start_matches('#').len();
            if hashes <= 6 && line[hashes..].starts_with(is_blank) {
                let closing = line.len() - line.trim_end_matches('#').len();
                let closing = if line[..line.len() - closing].ends_with(' ') { closing } else { 0 };
                return (Form::Heading(hashes as u8), without(hashes, closing));
            }
        }
        // An image, or one that is a link.
        [b'!', b'[', ..] | [b'[', b'!', b'[', ..] if line.ends_with([')', ']']) => return (Form::Image, span),
        // A note to this program on a line of its own is as little text as a comment.
        [b'[', ..] if line.ends_with(']') && line[1..].trim_start_matches(' ').starts_with(NOTE) => {
            return (Form::Html, span);
        }
        [b'-' | b'*' | b'_' | b'+' | b'=' | b'0'..=b'9' | 0xe2, ..] => {
            if is_break(line) {
                return (Form::Break, span);
            }
            if let Some(marker) = list_marker(line) {
                return (Form::ListItem, without(marker, 0));
            }
            for mark in ["**", "__"] {
                let bold = line.len() > 2 * mark.len() && line.starts_with(mark) && line.ends_with(mark);
                if bold && !line[2..line.len() - 2].contains(mark) {
                    return (Form::Text, without(mark.len(), mark.len()));
                }
            }
        }
        _ => {}
    }
    (Form::Text, span)
}

/// The bytes of a comment of this program (see [`crate::suppression`]) at the end of `line`, which is about the text
/// and no part of it. A line that holds nothing else has none.
fn trailing_note(line: &str) -> usize {
    [("<!--", "-->"), ("[", "]")]
        .into_iter()
        .filter(|(_, close)| line.ends_with(close))
        .filter_map(|(open, _)| line.rfind(open).map(|at| (at, open.len())))
        .find(|&(at, open)| at > 0 && line[at + open..].trim_start_matches(' ').starts_with(NOTE))
        .map_or(0, |(at, _)| line.len() - at)
}

/// What a comment of this program begins with.
pub const NOTE: &str = "article-lsp ";
/// What stands for a character that was lost when a text was converted.
pub const LOST: &str = "\u{fffd}";

/// Whether `line` is a rule: three or more of one of `-*_=`, or two or more dashes that stand for one.
fn is_break(line: &str) -> bool {
    let Some(mark) = line.chars().next().filter(|c| matches!(c, '-' | '*' | '_' | '=' | '—' | '─')) else {
        return false;
    };
    let least = if mark.is_ascii() { 3 } else { 2 };
    line.chars().all(|c| c == mark || is_blank(c)) && line.chars().filter(|c| *c == mark).count() >= least
}

/// The bytes of a list marker at the start of `line`: `- `, `* `, `+ `, `1. `, `1) `.
fn list_marker(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let marker = match digits {
        0 if matches!(bytes.first(), Some(b'-' | b'*' | b'+')) => 1,
        1..=3 if matches!(bytes.get(digits), Some(b'.' | b')')) => digits + 1,
        _ => return None,
    };
    (bytes.get(marker) == Some(&b' ')).then_some(marker + 1)
}

/// A hash of content, stable within a version of the program.
pub fn hash(content: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(content.as_bytes())
}

/// The hash of a block. The form is part of it: what is kept about a block depends on its content, and the same
/// bytes hold another content as a heading than as code.
fn block_hash(form: Form, bytes: &str) -> u64 {
    let salt = match form {
        Form::Text => 0,
        Form::Heading(_) | Form::ListItem => 1,
        _ => 2,
    };
    hash(bytes) ^ salt
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forms(source: &str) -> Vec<(Form, String)> {
        let text = Text::new(source);
        blocks(&text, Format::Markdown).iter().map(|b| (b.form, text.slice(b.content).to_owned())).collect()
    }

    #[test]
    fn each_line_is_a_block_with_its_form() {
        let expected = [
            (Form::Heading(2), "标题"),
            (Form::Text, "正文一。"),
            (Form::Text, "正文二。"),
            (Form::ListItem, "项目"),
            (Form::Text, "粗体"),
            (Form::Break, "---"),
            (Form::Image, "![图](a.png)"),
            (Form::Image, "[![图](a.png)](b)"),
        ];
        let found =
            forms("## 标题\n\n　　正文一。\n正文二。\n- 项目\n**粗体**\n\n---\n![图](a.png)\n[![图](a.png)](b)");
        assert_eq!(found, expected.map(|(form, content)| (form, content.to_owned())));
    }

    #[test]
    fn a_note_on_a_line_of_its_own_is_no_text() {
        assert_eq!(forms("[article-lsp allow a：原版如此]\n正文。")[0].0, Form::Html);
        assert_eq!(forms("[一]\n正文。")[0].0, Form::Text);
    }

    #[test]
    fn a_note_behind_the_text_is_no_part_of_it() {
        for (line, content) in [
            ("正文。 <!-- article-lsp allow-line a: 原版如此 -->", "正文。"),
            ("正文。[article-lsp allow-line a]", "正文。"),
            ("## 标题 <!--article-lsp allow-line a-->", "标题"),
            ("正文。<!-- 编者按 -->", "正文。<!-- 编者按 -->"),
            ("[article-lsp allow a]", "[article-lsp allow a]"),
            ("正文[一]", "正文[一]"),
        ] {
            assert_eq!(forms(line)[0].1, content);
        }
    }

    #[test]
    fn blank_lines_are_counted() {
        let text = Text::new("甲。\n\n\n乙。\n丙。");
        assert_eq!(blocks(&text, Format::Plain).iter().map(|b| b.blank_before).collect::<Vec<_>>(), [0, 2, 0]);
    }

    #[test]
    fn the_convention_is_detected() {
        let paragraph =
            "区总工会今年为全区各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。";
        let page = |between: &str, indent: &str| {
            let paragraphs: Vec<_> = (0..4).map(|n| format!("{indent}{n}{paragraph}")).collect();
            let text = Text::new(format!("标题\n\n{}", paragraphs.join(between)));
            convention(&blocks(&text, Format::Markdown))
        };
        assert_eq!(page("\n\n", ""), Convention::BlankLine);
        assert_eq!(page("\n", ""), Convention::Line);
        assert_eq!(page("\r\n", "\u{3000}\u{3000}"), Convention::Indented);
        assert_eq!(page("\n\n", "\u{3000}\u{3000}"), Convention::Indented);
    }

    #[test]
    fn rules_are_not_text_and_text_is_no_rule() {
        let found: Vec<_> =
            forms("---\n\n* * *\n\n———\n\n——副题\n\n**\n\n***粗***").into_iter().map(|(form, _)| form).collect();
        use Form::{Break, Text};
        assert_eq!(found, [Break, Break, Break, Text, Text, Text]);
    }

    #[test]
    fn the_same_bytes_in_another_form_have_another_hash() {
        let text = Text::new("# 标题\n\n- ```\n# 标题\n```\n");
        let blocks = blocks(&text, Format::Markdown);
        let code = blocks.iter().find(|b| b.form == Form::Code).expect("the code");
        assert_ne!(blocks[0].hash, code.hash);
    }

    /// Pieces of which texts are made that are hard to split.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => prop::sample::select(vec![
                "\n", "\r\n", "\r", "\n\n", "\u{3000}\u{3000}", "\u{c}", "\u{feff}", " ", "\t", "\0", "\u{200b}", "# ", "## ",
                "- ", "1. ", "> ", "```\n", "~~~\n", "|甲|乙|\n|-|-|\n", "<div>\n", "<!-- ", "---\n", "+++\n", "***", "**", "![图](a)",
                "。", "，", "“", "”", "（", "）", "𠮷", "e\u{301}", "本报讯", "记者周晓岚", "一、", "（一）",
            ]).prop_map(str::to_owned),
            2 => "[一-龥]{1,40}",
            1 => any::<String>(),
        ]
    }

    proptest! {
        #[test]
        fn every_text_is_covered_by_blocks_in_order(pieces in prop::collection::vec(piece(), 0..40), plain in any::<bool>()) {
            let source = pieces.concat();
            let text = Text::new(source.as_str());
            let blocks = blocks(&text, if plain { Format::Plain } else { Format::Markdown });
            let (mut end, mut line) = (0, 0);
            for block in &blocks {
                prop_assert!(block.span.start >= end && block.lines.start >= line && !block.span.is_empty());
                prop_assert!(source[end..block.span.start].chars().all(is_blank));
                prop_assert_eq!(text.line_of(block.span.start), block.lines.start);
                prop_assert_eq!(text.line_of(block.span.end - 1), block.lines.end - 1);
                prop_assert!(block.span.start <= block.content.start && block.content.end <= block.span.end);
                // Slicing panics off the boundaries of characters.
                let _ = (text.slice(block.span), text.slice(block.content));
                (end, line) = (block.span.end, block.lines.end);
            }
            prop_assert!(source[end..].chars().all(is_blank));
        }
    }
}
