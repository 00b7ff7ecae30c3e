//! Comments in a page that allow what a rule reports.
//!
//! In Markdown a comment is an HTML comment, in plain text it stands in square brackets:
//!
//! | comment | allows |
//! |---|---|
//! | `<!-- article-lsp allow RULE: reason -->` on a line of its own | what begins in the next block |
//! | `… <!-- article-lsp allow-line RULE -->` | what begins on the same line |
//! | `<!-- article-lsp allow-begin RULE -->` … `<!-- article-lsp allow-end RULE -->` | what begins in between |
//! | `<!-- article-lsp allow-file RULE -->` | what is anywhere in the file |
//! | `[article-lsp allow RULE: reason]` | the same in a `.txt` file; so for the others |
//!
//! Several rules are separated by commas. The reason is for people.

use crate::article::Page;
use crate::block::{Format, NOTE};
use crate::diagnostic::{Diagnostic, Edit};
use crate::text::{Span, is_blank};

/// A rule that a comment names, and where it holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suppression {
    /// The name as it is written; it need not be that of a rule.
    pub rule: String,
    /// Where the name is written.
    pub name: Span,
    /// The whole comment.
    pub comment: Span,
    /// Findings that begin here are allowed.
    pub scope: Span,
    /// Whether the comment names no other rule.
    pub is_alone: bool,
}

/// A comment that begins as one of ours and says nothing that is understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Misspelt {
    /// The word that is not understood; the whole comment when there is none.
    pub span: Span,
}

/// What the comments of a page say.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Suppressions {
    /// What is allowed, in order.
    pub allowed: Vec<Suppression>,
    /// Comments that are not understood, in order.
    pub misspelt: Vec<Misspelt>,
}

/// The words that a comment may begin with, after the name of the program.
pub const WORDS: [&str; 5] = ["allow", "allow-line", "allow-begin", "allow-end", "allow-file"];

impl Suppressions {
    /// Reads the comments of `page`.
    pub fn new(page: &Page) -> Self {
        let mut found = Self::default();
        let source = page.text.as_str();
        for block in page.blocks.iter().filter(|block| block.holds_note) {
            for (at, _) in page.text.slice(block.span).match_indices(NOTE) {
                if let Some(comment) = Comment::new(source, block.span.start + at, page.format) {
                    found.read(page, &comment);
                }
            }
        }
        found
    }

    /// Takes out of `diagnostics` what is allowed, and returns for each suppression whether it allowed anything.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<bool> {
        let mut used = vec![false; self.allowed.len()];
        diagnostics.retain(|diagnostic| {
            let mut is_allowed = false;
            for (suppression, used) in self.allowed.iter().zip(&mut used) {
                let start = diagnostic.finding.span.start;
                if suppression.rule == diagnostic.rule && suppression.scope.touches(start) {
                    *used = true;
                    is_allowed = true;
                }
            }
            !is_allowed
        });
        used
    }

    fn read(&mut self, page: &Page, comment: &Comment) {
        let source = page.text.as_str();
        let Some((word, rest)) = comment.words(source) else {
            self.misspelt.push(Misspelt { span: comment.whole });
            return;
        };
        let scope = match page.text.slice(word) {
            "allow" => next_block(page, comment.whole),
            "allow-line" => page.text.line(page.text.line_of(comment.whole.start)),
            "allow-begin" => Span::new(comment.whole.end, page.text.len()),
            "allow-file" => Span::new(0, page.text.len()),
            "allow-end" => {
                let names = names(source, rest);
                for open in &mut self.allowed {
                    let is_region = open.scope.start == open.comment.end && open.scope.end == page.text.len();
                    if is_region && names.iter().any(|&name| page.text.slice(name) == open.rule) {
                        open.scope.end = comment.whole.start;
                    }
                }
                return;
            }
            _ => {
                self.misspelt.push(Misspelt { span: word });
                return;
            }
        };
        let names = names(source, rest);
        if names.is_empty() {
            self.misspelt.push(Misspelt { span: comment.whole });
        }
        let is_alone = names.len() == 1;
        self.allowed.extend(names.into_iter().map(|name| Suppression {
            rule: page.text.slice(name).to_owned(),
            name,
            comment: comment.whole,
            scope,
            is_alone,
        }));
    }
}

impl Suppression {
    /// The edit that takes the rule out of its comment, and the comment and its line with it when nothing is left.
    pub fn removal(&self, page: &Page) -> Edit {
        let source = page.text.as_str();
        let span = if self.is_alone {
            let line = page.text.line_with_ending(page.text.line_of(self.comment.start));
            let is_line = page.text.trim(line) == self.comment;
            if is_line { line } else { self.comment }
        } else {
            let after = &source[self.name.end..self.comment.end];
            let skipped = after.len() - after.trim_start_matches([',', '，', '、', ' ']).len();
            if skipped > 0 && after[skipped..].starts_with(|c: char| c.is_ascii_lowercase()) {
                Span::new(self.name.start, self.name.end + skipped)
            } else {
                let before = source[..self.name.start].trim_end_matches([',', '，', '、', ' ']).len();
                Span::new(before, self.name.end)
            }
        };
        Edit { span, new_text: String::new() }
    }
}

/// The edit that allows `rule` for the block that holds byte `at`: a comment on a line above it.
pub fn insertion(page: &Page, rule: &str, at: usize) -> Edit {
    let first = page.block_at(at).map_or_else(|| page.text.line_of(at), |n| page.blocks[n].lines.start);
    let (open, close) = marks(page.format);
    let new_text = format!("{open}{NOTE}allow {rule}{close}{}", page.text.line_ending());
    Edit { span: Span::empty(page.text.line(first).start), new_text }
}

/// The edit that allows `rule` in the whole page: a comment at its beginning, behind the front matter.
pub fn insertion_for_file(page: &Page, rule: &str) -> Edit {
    let front = page.blocks.first().filter(|block| block.form == crate::block::Form::FrontMatter);
    let line = front.map_or(0, |block| block.lines.end);
    let at = if line < page.text.line_count() { page.text.line(line).start } else { page.text.len() };
    let (open, close) = marks(page.format);
    Edit { span: Span::empty(at), new_text: format!("{open}{NOTE}allow-file {rule}{close}{}", page.text.line_ending()) }
}

const fn marks(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Markdown => ("<!-- ", " -->"),
        Format::Plain => ("[", "]"),
    }
}

/// A comment: all of it, and what stands in it behind the name of the program.
struct Comment {
    whole: Span,
    inside: Span,
}

impl Comment {
    /// The comment in which the name of the program stands at byte `at`.
    fn new(source: &str, at: usize, format: Format) -> Option<Self> {
        let (open, close) = marks(format);
        let before = source[..at].trim_end_matches(' ');
        let start = before.strip_suffix(open.trim_end())?.len();
        let inside = at + NOTE.len();
        let line_end = source[inside..].find(['\n', '\r']).map_or(source.len(), |n| inside + n);
        let close = close.trim_start();
        let end = inside + source[inside..line_end].find(close)?;
        Some(Self { whole: Span::new(start, end + close.len()), inside: Span::new(inside, end) })
    }

    /// The first word, and the rest.
    fn words(&self, source: &str) -> Option<(Span, Span)> {
        let inside = &source[self.inside.range()];
        let start = self.inside.start + inside.len() - inside.trim_start().len();
        let length = source[start..self.inside.end]
            .find(|c| is_blank(c) || matches!(c, ':' | '：'))
            .unwrap_or(self.inside.end - start);
        let word = Span::new(start, start + length);
        (!word.is_empty()).then_some((word, Span::new(word.end, self.inside.end)))
    }
}

/// The names of rules in `span`, up to the reason.
fn names(source: &str, span: Span) -> Vec<Span> {
    let list = &source[span.range()];
    let list = &list[..list.find([':', '：']).unwrap_or(list.len())];
    let mut names = Vec::new();
    let mut from = 0;
    for part in list.split_inclusive([',', '，', '、']) {
        let name = part.trim_matches(|c| is_blank(c) || matches!(c, ',' | '，' | '、'));
        if !name.is_empty() {
            let start = span.start + from + part.find(name).unwrap_or(0);
            names.push(Span::new(start, start + name.len()));
        }
        from += part.len();
    }
    names
}

/// The lines of the first block after `comment` that is no comment of this program.
fn next_block(page: &Page, comment: Span) -> Span {
    let is_ours = |span: Span| page.text.slice(span).trim_start_matches(['<', '!', '-', '[', ' ']).starts_with(NOTE);
    let next = page.blocks.iter().find(|block| block.span.start >= comment.end && !is_ours(block.span));
    next.map_or(Span::empty(page.text.len()), |block| {
        Span::new(page.text.line(block.lines.start).start, page.text.line(block.lines.end - 1).end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Memo;
    use crate::diagnostic::apply;

    fn page(source: &str, format: Format) -> Page {
        Page::parse(source, format, &mut Memo::default())
    }

    /// Each suppression as “rule: the text that it holds for”.
    fn scopes(source: &str, format: Format) -> Vec<String> {
        let page = page(source, format);
        let allowed = Suppressions::new(&page).allowed;
        allowed.iter().map(|s| format!("{}: {}", s.rule, page.text.slice(s.scope))).collect()
    }

    #[test]
    fn every_form_has_its_scope() {
        let source = "甲。\n\n<!-- article-lsp allow a, b: 原版如此 -->\n\n乙。\n\n丙。<!-- article-lsp allow-line c -->\n\
            <!-- article-lsp allow-begin d -->\n丁。\n<!-- article-lsp allow-end d -->\n戊。\n";
        let expected = ["a: 乙。", "b: 乙。", "c: 丙。<!-- article-lsp allow-line c -->", "d: \n丁。\n"];
        assert_eq!(scopes(source, Format::Markdown), expected);
        assert_eq!(scopes("甲。\n[article-lsp allow a：原版如此]\n乙。\n", Format::Plain), ["a: 乙。"]);
        assert_eq!(scopes("<!-- article-lsp allow-file a -->甲。", Format::Markdown).len(), 1);
    }

    #[test]
    fn comments_may_be_stacked() {
        let source = "<!-- article-lsp allow a -->\n<!-- article-lsp allow b -->\n甲。\n";
        assert_eq!(scopes(source, Format::Markdown), ["a: 甲。", "b: 甲。"]);
    }

    #[test]
    fn text_about_the_program_is_no_comment() {
        assert!(scopes("用 article-lsp allow a 可以。[article-lsp allow a]", Format::Markdown).is_empty());
        assert!(scopes("<!-- article-lsp allow a -->", Format::Plain).is_empty());
    }

    #[test]
    fn misspelt_words_are_kept() {
        let page = page("<!-- article-lsp alow a -->\n\n<!-- article-lsp allow -->\n", Format::Markdown);
        let found = Suppressions::new(&page);
        let words: Vec<_> = found.misspelt.iter().map(|m| page.text.slice(m.span)).collect();
        assert_eq!(words, ["alow", "<!-- article-lsp allow -->"]);
        assert!(found.allowed.is_empty());
    }

    #[test]
    fn what_is_inserted_is_understood_and_can_be_taken_out() {
        for (source, format) in [("甲。\r\n\r\n乙。\r\n", Format::Markdown), ("甲。\n乙。", Format::Plain)] {
            let at = source.find('乙').expect("there");
            let edit = insertion(&page(source, format), "a", at);
            let edited = apply(source, &[edit]);
            let page = page(&edited, format);
            let found = Suppressions::new(&page).allowed;
            assert_eq!(page.text.slice(found[0].scope), "乙。");
            assert_eq!(apply(&edited, &[found[0].removal(&page)]), source);
        }
    }

    #[test]
    fn one_rule_of_several_can_be_taken_out() {
        let source = "<!-- article-lsp allow a, b: 理由 -->\n甲。\n";
        let page = page(source, Format::Markdown);
        let found = Suppressions::new(&page).allowed;
        assert_eq!(apply(source, &[found[0].removal(&page)]), "<!-- article-lsp allow b: 理由 -->\n甲。\n");
        assert_eq!(apply(source, &[found[1].removal(&page)]), "<!-- article-lsp allow a: 理由 -->\n甲。\n");
    }
}
