//! Formatting of a page: hard-wrapped paragraphs on one line, no blanks at line ends, one blank line between blocks.
//!
//! Only white space changes, but for the repairs of `hard-wrapped-paragraph` that are safe. Nothing is touched between
//! two blocks that may be two halves of one sentence: a blank line there is evidence, and whoever repairs it
//! should see it.

use crate::article::{Kind, Page};
use crate::block::{Block, Convention, Form, Format};
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::text::{Span, is_blank};
use crate::zh;

/// The rule whose safe repairs are part of formatting.
const UNWRAPPING: &str = "hard-wrapped-paragraph";

/// The edits that format `page`, by position. A page without enough Chinese is left as it is.
pub fn format(page: &Page, diagnostics: &[Diagnostic]) -> Vec<Edit> {
    if !page.is_chinese {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.rule == UNWRAPPING)
        .filter_map(|diagnostic| diagnostic.finding.fixes.iter().find(|fix| fix.safety == Safety::Safe))
        .flat_map(|fix| fix.edits.iter().cloned())
        .collect();
    gaps(page, &mut edits);
    line_ends(page, &mut edits);
    edits.retain(|edit| page.text.slice(edit.span) != edit.new_text);
    edits.sort_by_key(|edit| edit.span);
    edits.dedup_by(|later, first| later.span.start < first.span.end || later.span == first.span);
    edits
}

/// The white space between blocks, before the first and behind the last.
fn gaps(page: &Page, acc: &mut Vec<Edit>) {
    let newline = page.text.line_ending();
    let Some(last) = page.blocks.last() else { return };
    // What stands before the first block on its own line is its indentation, or a byte order mark.
    let first_line = page.text.line_of(page.blocks[0].span.start);
    let before = Span::new(0, page.text.line(first_line).start);
    if page.text.slice(before).chars().all(char::is_whitespace) {
        acc.push(Edit { span: before, new_text: String::new() });
    }
    for n in 1..page.blocks.len() {
        if may_be_one(page, n - 1) {
            continue;
        }
        let (upper, lower) = (&page.blocks[n - 1], &page.blocks[n]);
        let lower_line = page.text.line(lower.lines.start).start;
        let gap = Span::new(upper.span.end, lower_line);
        let is_tight = match (upper.form, lower.form) {
            (Form::ListItem, Form::ListItem) => lower.blank_before == 0,
            (Form::Text, _) if is_underline(page, lower) => true,
            _ => keeps_lines_together(page) && lower.blank_before == 0,
        };
        let is_space = gap.start <= gap.end && page.text.slice(gap).chars().all(is_blank);
        if is_space {
            acc.push(Edit { span: gap, new_text: newline.repeat(if is_tight { 1 } else { 2 }) });
        }
    }
    let rest = Span::new(last.span.end, page.text.len());
    if page.text.slice(rest).chars().all(is_blank) {
        acc.push(Edit { span: rest, new_text: newline.to_owned() });
    }
}

/// Whether `block` is a line that makes a heading of the text right above it: Markdown underlines headings with `===`, and
/// those below them with `---`.
fn is_underline(page: &Page, block: &Block) -> bool {
    let line = page.text.slice(block.span);
    let is_made_of = |mark| line.trim_start_matches(mark).is_empty();
    page.format == Format::Markdown && block.blank_before == 0 && (is_made_of('=') || is_made_of('-'))
}

/// Whether the file separates its paragraphs by line ends alone: then a blank line would be a new convention.
const fn keeps_lines_together(page: &Page) -> bool {
    matches!(page.convention, Convention::Line | Convention::Indented)
}

/// A block of at least this many bytes (twenty-five Hanzi) that ends without a full stop may be half a sentence,
/// whatever it was taken for: titles of newspapers are shorter, and a wrong blank line hides a cut.
const LONG_HEADING: usize = 75;

/// Whether block `n` and the next may be two halves of one sentence, or of one heading.
fn may_be_one(page: &Page, n: usize) -> bool {
    let joined = |seam: &crate::seam::Seam| seam.tail == Some(n) && seam.head == Some(n + 1);
    let content = page.content(n);
    let is_open = page.blocks[n].form == Form::Text
        && (page.kinds[n] == Kind::Paragraph || content.len() >= LONG_HEADING)
        && !zh::is_closed(content);
    is_open || page.seams.iter().any(joined)
}

/// Blanks at the ends of lines inside blocks of running text; elsewhere they may mean something.
fn line_ends(page: &Page, acc: &mut Vec<Edit>) {
    for block in page.blocks.iter().filter(|block| block.is_prose()) {
        for line in block.lines.clone() {
            let line = page.text.line(line);
            let line = Span::new(line.start, line.end.min(block.span.end));
            let trimmed = page.text.slice(line).trim_end_matches(is_blank).len();
            let blanks = Span::new(line.start + trimmed, line.end);
            if !blanks.is_empty() && acc.iter().all(|edit| !edit.span.overlaps(blanks)) {
                acc.push(Edit { span: blanks, new_text: String::new() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Memo;
    use crate::config::Config;
    use crate::diagnostic::apply;
    use crate::rules::{self, Context};

    fn formatted(source: &str) -> String {
        let page = Page::parse(source, Format::Markdown, &mut Memo::default());
        let diagnostics =
            rules::check(&Context { page: &page, config: &Config::default(), encoding: None, elsewhere: None });
        apply(source, &format(&page, &diagnostics))
    }

    const PARAGRAPH: &str = "区图书馆昨日宣布，从下周起每天延长开放两个小时，方便下班的居民来借书还书和自习。";

    #[test]
    fn blocks_stand_one_blank_line_apart() {
        let source = format!("\n\n# 区图书馆延长开放时间  \n{PARAGRAPH}　\n\n\n\n{PARAGRAPH}");
        let expected = format!("# 区图书馆延长开放时间\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n");
        assert_eq!(formatted(&source), expected);
        assert_eq!(formatted(&expected), expected);
    }

    #[test]
    fn an_underline_stays_below_its_heading() {
        let source = format!(
            "区图书馆延长开放时间  \n===\n\n\n{PARAGRAPH}\n\n延长开放以后\n-\n\n{PARAGRAPH}\n\n下班的居民\n---\n\n{PARAGRAPH}\n"
        );
        let expected = source.replace("  \n", "\n").replace("\n\n\n", "\n\n");
        assert_eq!(formatted(&source), expected);
        assert_eq!(formatted(&expected), expected);
    }

    #[test]
    fn indentation_line_ends_and_lists_stay() {
        let source = format!("\u{feff}　　{PARAGRAPH}\r\n\r\n- 甲项目\r\n- 乙项目\r\n\r\n　　{PARAGRAPH}\r\n");
        assert_eq!(formatted(&source), source);
    }

    #[test]
    fn a_doubtful_seam_is_left_alone() {
        let open = PARAGRAPH.trim_end_matches("和自习。");
        let source = format!("{PARAGRAPH}\n\n{open}\n\n\n\n{PARAGRAPH}\n");
        assert_eq!(formatted(&source), source);
    }

    #[test]
    fn other_languages_and_code_stay() {
        for source in ["# A README  \n\n\n\nwith words.  ", "```\n甲  \n\n\n\n乙  \n```\n", ""] {
            assert_eq!(formatted(source), source);
        }
    }
}
