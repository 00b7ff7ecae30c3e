//! For people: every finding with the text around it.
//!
//! `annotate-snippets` draws the excerpts. Tried on one page with `ariadne`, `codespan-reporting` and `miette`, all
//! four align their marks under Hanzi; none shortens a paragraph of four hundred Hanzi on one line, so that is done
//! here, before drawing. `annotate-snippets` then needs the fewest lines for two places (three for each, where
//! `ariadne` and `miette` take five), looks like the compiler that its readers know, takes a line number and an
//! origin for an excerpt that is not the whole file, and lets the words “warning” and “help” be Chinese.

use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::report::{Diagnostic, File, Range, Report};
use crate::cli::terminal::{self, BOLD, paint, visible};
use crate::diagnostic::{Safety, Severity};
use crate::lang::Lang;
use crate::text::{Span, Text};

/// Columns that line numbers and the frame take at the left.
const FRAME: usize = 9;
/// Columns of context before what is reported, when the line is shortened.
const CONTEXT: usize = 24;

pub(super) fn render(report: &Report) -> String {
    let width = terminal::width().saturating_sub(FRAME);
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let mut output = String::new();
    for file in &report.files {
        for diagnostic in &file.diagnostics {
            output.push_str(&draw(&renderer, file, diagnostic, report.lang, width));
            output.push('\n');
        }
    }
    output.push_str(&summary(report));
    output
}

fn draw(renderer: &Renderer, file: &File, diagnostic: &Diagnostic, lang: Lang, width: usize) -> String {
    let drawn = renderer.render(&[group(file, diagnostic, lang, width)]);
    let mut output = String::new();
    for line in drawn.lines() {
        // An excerpt without a path is announced by a mark that says nothing.
        if anstream::adapter::strip_str(line).to_string().trim() != ":::" {
            // Of the text, `annotate-snippets` replaces the other half of the control characters.
            output.push_str(&line.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{fffd}"));
            output.push('\n');
        }
    }
    output
}

fn group<'a>(file: &'a File, diagnostic: &'a Diagnostic, lang: Lang, width: usize) -> Group<'a> {
    let mut group = level(diagnostic.severity, lang)
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.rule.as_str())
        .element(origin(&file.path, diagnostic.range));
    group = group.element(snippet(&file.text, diagnostic.range, AnnotationKind::Primary, "", width));
    for related in &diagnostic.related {
        if related.path == file.path {
            let kind = AnnotationKind::Context;
            group = group.element(snippet(&file.text, related.range, kind, &related.message, width));
        } else {
            group = group.element(origin(&related.path, related.range));
        }
    }
    for fix in &diagnostic.fixes {
        let (name, note) = match (lang, fix.safety) {
            (Lang::En, Safety::Safe) => ("fix", ""),
            (Lang::En, Safety::Unsafe) => ("fix", " (to be confirmed)"),
            (Lang::Zh, Safety::Safe) => ("修复", ""),
            (Lang::Zh, Safety::Unsafe) => ("修复", "（需确认）"),
        };
        group = group.element(Level::HELP.with_name(name).message(format!("{}{note}", visible(&fix.title))));
    }
    group
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
    };
    level.with_name(severity.label().get(lang))
}

fn origin(path: &str, range: Range) -> Origin<'_> {
    Origin::path(visible(path)).line(range.start.line).char_column(range.start.column)
}

fn snippet<'a>(
    text: &Text,
    range: Range,
    kind: AnnotationKind,
    label: &'a str,
    width: usize,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (source, span) = excerpt(text, range.span(text), width);
    let annotation = kind.span(span.range());
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    Snippet::source(source).line_start(range.start.line).annotation(annotation)
}

/// The lines that hold `span`, each shortened to `width` columns, and where `span` is in them.
fn excerpt(text: &Text, span: Span, width: usize) -> (String, Span) {
    // What ends at the start of a line ends, to the eye, at the end of the line before.
    let visible = text.slice(span).trim_end_matches(['\n', '\r']).len();
    let span = Span::new(span.start, span.start + visible);
    let (first, last) = (text.line_of(span.start), text.line_of(span.end));
    let mut output = String::new();
    let mut shown = Span::empty(0);
    for n in first..=last {
        let line = text.line(n);
        let from = span.start.clamp(line.start, line.end) - line.start;
        let to = span.end.clamp(line.start, line.end) - line.start;
        let start = output.len();
        let (short, inside) = shorten(text.slice(line), Span::new(from, to), width);
        output.push_str(&short);
        output.push('\n');
        if n == first {
            shown.start = start + inside.start;
        }
        if n == last {
            shown.end = start + inside.end;
        }
    }
    (output, shown)
}

/// `line` in at most about `width` columns: a window around `span`, and the middle of `span` left out when it
/// alone is wider. Says where `span` is in the result.
fn shorten(line: &str, span: Span, width: usize) -> (String, Span) {
    if line.width() <= width {
        return (line.to_owned(), span);
    }
    let (before, inside, after) = (&line[..span.start], &line[span.start..span.end], &line[span.end..]);
    let spare = width.saturating_sub(inside.width() + after.width());
    let before = tail(before, spare.max(CONTEXT.min(width / 3)));
    let room = width.saturating_sub(before.width());
    let inside = if inside.width() > room {
        let end = tail(inside, room / 3).trim_start_matches('…').to_owned();
        format!("{}{end}", head(inside, room - room / 3))
    } else {
        inside.to_owned()
    };
    let after = head(after, room.saturating_sub(inside.width()));
    let start = before.len();
    let end = start + inside.len();
    (before + &inside + &after, Span::new(start, end))
}

/// The first characters of `text` in `width` columns, `…` after them when something is left out.
fn head(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= width
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// The last characters of `text` in `width` columns, `…` before them when something is left out.
fn tail(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.char_indices().rev().take_while(|(_, c)| {
        used += c.width().unwrap_or(0);
        used <= width
    });
    let start = kept.last().map_or(text.len(), |(at, _)| at);
    format!("…{}", &text[start..])
}

/// The last line: how much was found, and what can be done.
pub(super) fn summary(report: &Report) -> String {
    let count = |severity| report.diagnostics().filter(|d| d.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Information));
    let total = errors + warnings + notes;
    let fixable = report.diagnostics().filter(|d| d.is_fixable()).count();
    let to_confirm = report.diagnostics().filter(|d| !d.is_fixable() && d.has_edits()).count();
    let files = report.n_files;
    let mut output = String::new();
    if report.n_fixes > 0 {
        output += &match report.lang {
            Lang::En => format!("{} applied. ", plural_es(report.n_fixes, "fix")),
            Lang::Zh => format!("已修复 {} 处。", report.n_fixes),
        };
    }
    let unread = report.errors.len();
    let result = match report.lang {
        Lang::En if files == 0 => write!(output, "No files were checked."),
        Lang::Zh if files == 0 => write!(output, "没有检查任何文件。"),
        Lang::En if total == 0 => write!(output, "No problems in {}.", plural(files, "file")),
        Lang::Zh if total == 0 => write!(output, "检查了 {files} 个文件，没有问题。"),
        Lang::En => write!(
            output,
            "{} in {} of {} ({}, {}, {notes} information).",
            plural(total, "problem"),
            report.files.len(),
            plural(files, "file"),
            plural(errors, "error"),
            plural(warnings, "warning"),
        ),
        Lang::Zh => write!(
            output,
            "检查了 {files} 个文件，{} 个文件有 {total} 个问题（错误 {errors}，警告 {warnings}，提示 {notes}）。",
            report.files.len(),
        ),
    };
    result.expect("a string takes everything");
    output += &match (report.lang, fixable, to_confirm) {
        (_, 0, 0) => String::new(),
        (Lang::En, _, 0) => format!(" {fixable} can be fixed with --fix."),
        (Lang::En, 0, _) => format!(" {to_confirm} can be fixed with --fix --unsafe-fixes."),
        (Lang::En, ..) => format!(" {fixable} can be fixed with --fix, {to_confirm} more with --unsafe-fixes."),
        (Lang::Zh, _, 0) => format!("其中 {fixable} 个可用 --fix 修复。"),
        (Lang::Zh, 0, _) => format!("其中 {to_confirm} 个可用 --fix --unsafe-fixes 修复。"),
        (Lang::Zh, ..) => format!("其中 {fixable} 个可用 --fix 修复，另 {to_confirm} 个须加 --unsafe-fixes。"),
    };
    if unread > 0 {
        output += &match report.lang {
            Lang::En => format!(" {} could not be checked.", plural(unread, "path")),
            Lang::Zh => format!("有 {unread} 处无法检查。"),
        };
    }
    format!("{}\n", paint(BOLD, &output))
}

fn plural(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn plural_es(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "es" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_shortened_around_the_finding() {
        let line = format!("{}要找的字{}", "甲".repeat(200), "乙".repeat(200));
        let start = "甲".repeat(200).len();
        let (short, span) = shorten(&line, Span::new(start, start + "要找的字".len()), 80);
        assert_eq!(&short[span.range()], "要找的字");
        assert!(short.starts_with("…甲") && short.ends_with("乙…"));
        assert!((70..=80).contains(&short.width()), "{}", short.width());
    }

    #[test]
    fn long_findings_lose_their_middle() {
        let line = format!("始{}终", "甲".repeat(200));
        let (short, span) = shorten(&line, Span::new(0, line.len()), 60);
        assert_eq!(span, Span::new(0, short.len()));
        assert!(short.starts_with("始甲") && short.ends_with("甲终") && short.contains('…'));
        assert!(short.width() <= 60, "{}", short.width());
    }

    #[test]
    fn an_excerpt_is_drawn_for_every_place() {
        let long = "为了让职工能够就近参加培训，提升本领，".repeat(9);
        let text = Text::new(format!("# 标题\n\n　　{long}开办了二十四期技能培\n\n训班，形成了合力。\n"));
        let span = |part: &str| {
            let start = text.as_str().find(part).expect("in the text");
            Range::new(&text, Span::new(start, start + part.len()))
        };
        let diagnostic = Diagnostic {
            path: "a.md".into(),
            rule: "broken-paragraph".into(),
            url: None,
            severity: Severity::Warning,
            message: "the sentence is cut".into(),
            range: span("技能培\n"),
            fingerprint: String::new(),
            related: vec![crate::cli::report::Related {
                path: "a.md".into(),
                range: span("训班，"),
                message: "it goes on here".into(),
            }],
            fixes: vec![crate::cli::report::Fix { title: "Join".into(), safety: Safety::Safe, edits: Vec::new() }],
        };
        let file = File { path: "a.md".into(), text: text.clone(), fail_on: None, diagnostics: Vec::new() };
        let drawn = draw(&Renderer::plain(), &file, &diagnostic, Lang::En, 60);
        expect_test::expect![[r"
            warning[broken-paragraph]: the sentence is cut
             --> a.md:3:181
              |
            3 | …为了让职工能够就近参加培训，提升本领，开办了二十四期技能培
              |                                                      ^^^^^^
              |
            5 | 训班，形成了合力。
              | ------ it goes on here
              |
              = fix: Join
        "]]
        .assert_eq(&drawn);
    }

    #[test]
    fn short_lines_stay() {
        assert_eq!(shorten("甲乙丙", Span::new(3, 6), 80), ("甲乙丙".to_owned(), Span::new(3, 6)));
    }
}
