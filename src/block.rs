//! Lines become blocks: what stands between two breaks of the page, with the marks that it carries.
//!
//! A block is one line, because extraction separates paragraphs by blank lines, by single newlines or by
//! indentation, and cuts them with the same means; whether two lines belong together is for
//! [`crate::seam`] to say. Only a stretch of hard-wrapped lines (many lines of about the same width, none of them
//! closed before the last) is one block of several lines.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::markdown::{self, RegionKind};
use crate::text::{Span, Text, is_blank};
use crate::zh;

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
    /// Hash of the bytes of `span`: equal blocks have equal hashes, so facts about a block are kept under it.
    pub hash: u64,
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

/// Splits `text` into blocks in order.
pub fn blocks(text: &Text, format: Format) -> Vec<Block> {
    let regions = match format {
        Format::Markdown => markdown::regions(text.as_str()),
        Format::Plain => Vec::new(),
    };
    let mut regions = regions.into_iter().peekable();
    let mut blocks = Vec::new();
    let (mut line, mut last_line) = (0, None);
    while line < text.line_count() {
        let content = text.trim(text.line(line));
        if content.is_empty() {
            line += 1;
            continue;
        }
        let blank_before = last_line.map_or(line, |last: usize| line - last - 1);
        while regions.next_if(|region| region.span.end <= content.start).is_some() {}
        let block = if let Some(region) = regions.next_if(|region| region.span.start <= content.start) {
            region_block(text, line, region.span, region.kind)
        } else {
            let limit = regions.peek().map_or(text.len(), |region| region.span.start);
            let n_lines = wrapped_lines(text, line, limit);
            line_block(text, line..line + n_lines)
        };
        last_line = Some(block.lines.end - 1);
        line = block.lines.end;
        blocks.push(Block { blank_before, ..block });
    }
    blocks
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

fn region_block(text: &Text, first: usize, region: Span, kind: RegionKind) -> Block {
    let trimmed = text.trim(Span::new(text.line_with_ending(first).start, region.end.max(text.line(first).end)));
    let last = text.line_of(trimmed.end.saturating_sub(1).max(trimmed.start));
    let form = match kind {
        RegionKind::Code => Form::Code,
        RegionKind::Table => Form::Table,
        RegionKind::Html => Form::Html,
        RegionKind::Quote => Form::Quote,
        RegionKind::FrontMatter => Form::FrontMatter,
    };
    Block {
        span: trimmed,
        content: trimmed,
        lines: first..last + 1,
        form,
        indented: false,
        blank_before: 0,
        hash: hash(text.slice(trimmed)),
    }
}

fn line_block(text: &Text, lines: Range<usize>) -> Block {
    let first = text.line(lines.start);
    let span = text.trim(Span::new(first.start, text.line(lines.end - 1).end));
    let (form, content) = form(text, span);
    let indent = &text.as_str()[first.start..span.start];
    Block {
        span,
        content,
        form,
        indented: indent.contains('\u{3000}')
            || indent.chars().filter(|&c| c == ' ').count() >= 2
            || indent.contains('\t'),
        blank_before: 0,
        hash: hash(text.slice(span)),
        lines,
    }
}

/// What the marks of the line or lines in `span` say, and the content without them.
fn form(text: &Text, span: Span) -> (Form, Span) {
    let line = text.slice(span);
    let without = |prefix: usize, suffix: usize| text.trim(Span::new(span.start + prefix, span.end - suffix));
    let hashes = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(is_blank) {
        let closing = line.len() - line.trim_end_matches('#').len();
        let closing = if line[..line.len() - closing].ends_with(' ') { closing } else { 0 };
        return (Form::Heading(hashes as u8), without(hashes, closing));
    }
    if line.starts_with("![") && (line.ends_with(')') || line.ends_with(']')) {
        return (Form::Image, span);
    }
    let squeezed: String = line.chars().filter(|c| !is_blank(*c)).collect();
    if squeezed.len() >= 3 && ["-", "*", "_", "—", "─", "="].iter().any(|mark| squeezed.replace(mark, "").is_empty())
    {
        return (Form::Break, span);
    }
    if let Some(marker) = list_marker(line) {
        return (Form::ListItem, without(marker, 0));
    }
    for mark in ["**", "__"] {
        if line.len() > 2 * mark.len() && line.starts_with(mark) && line.ends_with(mark) {
            return (Form::Text, without(mark.len(), mark.len()));
        }
    }
    (Form::Text, span)
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

/// Narrowest hard-wrapped line, in columns: verse and lists are narrower.
const LEAST_WRAP_WIDTH: usize = 24;
/// Widest hard-wrapped line, in columns: a line of more is a paragraph on one line.
const MOST_WRAP_WIDTH: usize = 120;
/// A hard-wrapped stretch has at least this many lines; two lines are a cut, not a convention.
const LEAST_WRAPPED_LINES: usize = 3;

/// How many lines from `first` on are one hard-wrapped paragraph; 1 where they are not.
fn wrapped_lines(text: &Text, first: usize, limit: usize) -> usize {
    let line = |n: usize| text.line(n);
    let width = |n: usize| text.slice(text.trim(line(n))).width();
    let full = width(first).max(if first + 1 < text.line_count() { width(first + 1) } else { 0 });
    if !(LEAST_WRAP_WIDTH..=MOST_WRAP_WIDTH).contains(&full) {
        return 1;
    }
    let is_full = |n: usize, columns: usize| width(n).abs_diff(columns) <= 4;
    let mut end = first;
    while end < text.line_count() {
        let span = line(end);
        let content = text.trim(span);
        let starts_anew = end > first
            && (text.as_str()[span.start..content.start].contains('\u{3000}') || form(text, content).0 != Form::Text);
        if content.is_empty() || content.start >= limit || starts_anew || form(text, content).0 != Form::Text {
            break;
        }
        end += 1;
        let columns = width(end - 1) + if end - 1 == first { content.start.abs_diff(span.start) / 3 * 2 } else { 0 };
        if !is_full(end - 1, full) && !(end - 1 == first && is_full_value(columns, full)) {
            break;
        }
    }
    let n_lines = end - first;
    let open = (first..end.saturating_sub(1)).filter(|&n| !zh::is_closed(text.slice(line(n)))).count();
    if n_lines >= LEAST_WRAPPED_LINES && open * 3 >= (n_lines - 1) * 2 { n_lines } else { 1 }
}

const fn is_full_value(columns: usize, full: usize) -> bool {
    columns.abs_diff(full) <= 4
}

/// A hash of content, stable within a version of the program.
pub fn hash(content: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(content.as_bytes())
}

#[cfg(test)]
mod tests {
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
        ];
        let found = forms("## 标题\n\n　　正文一。\n正文二。\n- 项目\n**粗体**\n\n---\n![图](a.png)");
        assert_eq!(found, expected.map(|(form, content)| (form, content.to_owned())));
    }

    #[test]
    fn hard_wrapped_lines_are_one_block() {
        let line = "这是一行被硬性折断的文字它的宽度总是一样";
        let source = format!("{line}\n{line}\n{line}\n到此为止。\n\n{line}。\n");
        let text = Text::new(source.as_str());
        let blocks = blocks(&text, Format::Markdown);
        assert_eq!(blocks.iter().map(|b| b.lines.len()).collect::<Vec<_>>(), [4, 1]);
    }

    #[test]
    fn blank_lines_are_counted() {
        let text = Text::new("甲。\n\n\n乙。\n丙。");
        assert_eq!(blocks(&text, Format::Plain).iter().map(|b| b.blank_before).collect::<Vec<_>>(), [0, 2, 0]);
    }
}
