//! What must hold for any input whatever, as functions from bytes that panic where it does not.
//!
//! The fuzzers (`fuzz/`) call them with what coverage leads to, the tests beside this file with seeded input and with
//! everything that ever failed.

use std::collections::HashMap;
use std::io::Read;

use article_lsp::article::{Memo, Page};
use article_lsp::block::Format;
use article_lsp::config::{Config, File};
use article_lsp::diagnostic::{Diagnostic, Edit, Safety, Severity, apply};
use article_lsp::org;
use article_lsp::org::dictionary::{DictionaryFormat, parse};
use article_lsp::rules::{self, Context, INTERNAL_ERROR};
use article_lsp::server::transport::{Incoming, Reader};
use article_lsp::text::{Span, is_blank};
use article_lsp::workspace::{self, decode};
use article_lsp::zh::script::simplified;

use super::pages::AWKWARD;

/// A property: panics when the bytes break it.
pub type Property = fn(&[u8]);

/// Every property with the name of its fuzzer.
pub const ALL: &[(&str, Property)] = &[
    ("analysis", analysis),
    ("repairs", repairs),
    ("decoding", decoding),
    ("configuration", configuration),
    ("organisations", organisations),
    ("protocol", protocol),
];

/// The text that the bytes stand for. The first byte chooses: UTF-8 as it comes, or a piece of the trade for most
/// bytes and a Hanzi for the others, so that the fuzzer need not find out by itself what a page is made of.
pub fn text_of(bytes: &[u8]) -> (Format, String) {
    let Some((&choice, bytes)) = bytes.split_first() else { return (Format::Markdown, String::new()) };
    let format = if choice & 1 == 0 { Format::Markdown } else { Format::Plain };
    if choice & 2 == 0 {
        return (format, String::from_utf8_lossy(bytes).into_owned());
    }
    let mut text = String::new();
    let mut bytes = bytes.iter().map(|&byte| usize::from(byte));
    while let Some(byte) = bytes.next() {
        match byte {
            0..80 => text.push_str(AWKWARD[byte % AWKWARD.len()]),
            80..200 => text.push_str(PHRASES[byte % PHRASES.len()]),
            _ => {
                let hanzi = 0x4e00 + (byte - 200) * 256 + bytes.next().unwrap_or(0);
                text.extend(u32::try_from(hanzi).ok().and_then(char::from_u32));
            }
        }
    }
    (format, text)
}

const PHRASES: &[&str] = &[
    "宁川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，",
    "已有三千多人参加，其中一半以上来自青塘区的中小企业。",
    "“大家都说这里的",
    "饭菜又热又便宜。”退休教师田望舒说。",
    "青塘区人民医院",
    "（以下简称“区医院”）",
    "栖山纺织有限公司",
    "第三中学",
    "社区",
    "的",
    "进",
    "入秋以来，气温一天比一天低，山里的路不好走，",
    "村里的合作社把收购点搬到了田头。",
    "宁川日报",
    "一版",
    "阅读提示",
    "短 讯",
    "本报记者 孟长庚",
    "图为活动现场。",
    "2024年5月1日",
    "第12期",
    "（上接第一版）",
    "一、",
    "（二）",
    "责任编辑：安如松",
    "[article-lsp allow-line broken-paragraph：原版如此]",
    "<!-- article-lsp allow duplicate-paragraph -->",
    "他们先后走访了望湖区的三十多家工厂，把夏天的清凉送到了生产线旁，工友们接过毛巾和绿豆汤，连声道谢。",
];

fn read(text: &str, format: Format, memo: &mut Memo) -> (Page, Vec<Diagnostic>) {
    let page = Page::parse(text, format, memo);
    let diagnostics =
        rules::check(&Context { page: &page, config: &Config::default(), encoding: None, elsewhere: None });
    (page, diagnostics)
}

/// Any text has a page; its spans lie in the text, on boundaries of characters; the same text gives the same page and
/// the same findings, whatever was read before it; no rule panics.
pub fn analysis(bytes: &[u8]) {
    let (format, text) = text_of(bytes);
    let (page, diagnostics) = read(&text, format, &mut Memo::default());
    assert_eq!(page.text.as_str(), text, "the text stays as it is");
    assert_in_bounds(&page, &diagnostics);

    // As after an edit: first without a stretch of it, then with it.
    let mut memo = Memo::default();
    let boundary = |part: usize| (0..=text.len() * part / 7).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let before = format!("{}{}", &text[..boundary(3)], &text[boundary(5)..]);
    read(&before, format, &mut memo);
    for _ in 0..2 {
        let (again, diagnostics_again) = read(&text, format, &mut memo);
        assert_eq!(again.blocks, page.blocks);
        assert_eq!(again.kinds, page.kinds);
        assert_eq!(again.seams, page.seams);
        assert_eq!(again.copies, page.copies);
        assert_eq!(again.echoes, page.echoes);
        assert_eq!(again.articles, page.articles);
        assert_eq!(diagnostics_again, diagnostics);
    }
}

fn assert_in_bounds(page: &Page, diagnostics: &[Diagnostic]) {
    let text = page.text.as_str();
    let inside = |span: Span| {
        assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} is no part of the text");
    };
    assert_eq!(page.blocks.len(), page.kinds.len());
    let mut end = 0;
    for block in &page.blocks {
        inside(block.span);
        inside(block.content);
        assert!(block.span.start >= end, "blocks overlap");
        assert!(block.span.start <= block.content.start && block.content.end <= block.span.end);
        assert!(block.lines.start < block.lines.end && block.lines.end <= page.text.line_count());
        end = block.span.end;
    }
    let n_blocks = page.blocks.len();
    for seam in &page.seams {
        assert!([seam.tail, seam.head].into_iter().flatten().all(|n| n < n_blocks));
    }
    for article in &page.articles {
        assert!(article.heading.end <= n_blocks && article.parts.iter().all(|part| part.end <= n_blocks));
    }
    for diagnostic in diagnostics {
        assert_ne!(diagnostic.rule, INTERNAL_ERROR, "a rule panicked");
        let finding = &diagnostic.finding;
        inside(finding.span);
        finding.related.iter().for_each(|related| inside(related.span));
        for fix in &finding.fixes {
            let mut end = 0;
            for edit in &fix.edits {
                inside(edit.span);
                assert!(edit.span.start >= end, "{}: edits overlap", diagnostic.rule);
                end = edit.span.end;
            }
        }
    }
    let organisations = org::organisations(page);
    for mention in organisations.iter().flat_map(|organisation| &organisation.mentions) {
        inside(mention.span);
        assert!(!mention.span.is_empty());
    }
    assert_eq!(org::organisations(page), organisations);
}

/// Every repair leaves a text that can be read again. Safe repairs lose no character that stands nowhere else, taken
/// together leave nothing safe to repair, and do not make more findings and more warnings than they repair, but for
/// repetition: what was made whole may turn out to stand elsewhere, too.
pub fn repairs(bytes: &[u8]) {
    let (format, text) = text_of(bytes);
    let (page, diagnostics) = read(&text, format, &mut Memo::default());
    let mut tried = 0;
    for diagnostic in &diagnostics {
        for fix in &diagnostic.finding.fixes {
            let fixed = apply(&text, &fix.edits);
            assert_ne!(fixed, text, "{}: a repair that changes nothing", diagnostic.rule);
            if fix.safety == Safety::Safe {
                assert_nothing_lost(diagnostic, &text, &fixed);
            }
            tried += 1;
            // A page of thousands of findings would take minutes.
            if tried <= 16 {
                read(&fixed, format, &mut Memo::default());
            }
        }
    }
    let fixed = workspace::fix(page.text.as_str().to_owned(), format, None, &Config::default(), false).text;
    let (_, left) = read(&fixed, format, &mut Memo::default());
    let again = workspace::fix(fixed.clone(), format, None, &Config::default(), false).text;
    assert_eq!(again, fixed, "repairing does not come to an end");
    let is_defect = |d: &&Diagnostic| !matches!(d.rule, "duplicate-paragraph" | "repeated-sentence");
    let all = |found: &[Diagnostic]| found.iter().filter(is_defect).count();
    let warnings =
        |found: &[Diagnostic]| found.iter().filter(is_defect).filter(|d| d.severity != Severity::Information).count();
    // An information may become surer when what stood beside it is mended, and a half whose rival is gone may be seen.
    // Both at once would be a repair that does harm.
    let is_no_worse = all(&left) <= all(&diagnostics) || warnings(&left) <= warnings(&diagnostics);
    assert!(is_no_worse, "repairs made findings: {diagnostics:#?}\n{left:#?}");
}

/// Asserts that what a safe repair takes away still stands in the text, or is named by the message.
fn assert_nothing_lost(diagnostic: &Diagnostic, before: &str, after: &str) {
    if diagnostic.rule == "unused-suppression" {
        // A comment is no text; what goes is the name in it, or all of it.
        let name = &before[diagnostic.finding.span.range()];
        let gone = |edit: &Edit| edit.new_text.is_empty() && before[edit.span.range()].contains(name);
        assert!(diagnostic.finding.fixes.iter().flat_map(|fix| &fix.edits).all(gone));
        return;
    }
    let count = |text: &str| {
        let mut counts: HashMap<char, isize> = HashMap::new();
        for c in text.chars().filter(|&c| !is_blank(c)) {
            *counts.entry(c).or_default() += 1;
        }
        counts
    };
    let left = count(after);
    for (c, n) in count(before) {
        let lost = n - left.get(&c).copied().unwrap_or(0);
        let named = diagnostic.finding.message.zh.contains(c)
            || diagnostic.finding.fixes.iter().any(|fix| fix.title.zh.contains(c));
        let is_copy = diagnostic.finding.unnecessary && left.contains_key(&c);
        assert!(lost <= 0 || named || is_copy, "{}: {c:?} is lost: {before:?} → {after:?}", diagnostic.rule);
    }
}

/// Bytes decode or are refused with a reason; what can be written back gives the same bytes.
pub fn decoding(bytes: &[u8]) {
    match decode(bytes.to_vec()) {
        Ok(source) => {
            let encoded = source.encode(&source.text);
            assert!(encoded.is_none_or(|encoded| encoded == bytes), "{:?}: {:?}", source.encoding(), source.text);
        }
        Err(reason) => assert!(!reason.en.is_empty() && !reason.zh.is_empty()),
    }
}

/// A configuration is read or refused with a reason and a place; what was read can be written and read again.
pub fn configuration(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let names: Vec<&str> = rules::RULES.iter().map(|rule| rule.name).collect();
    match File::parse(&source, &names) {
        Ok(file) => {
            let written = toml::to_string(&file).expect("a configuration can be written");
            assert_eq!(File::parse(&written, &names).as_ref(), Ok(&file), "{written}");
        }
        Err(error) => {
            for message in [&error.message.en, &error.message.zh] {
                assert!(!message.is_empty() && !message.contains('\n'), "{message:?}");
            }
            assert!(error.span.is_none_or(|span| span.start <= span.end && source.get(span).is_some()));
        }
    }
}

/// A dictionary of organisations is read, what is wrong in it is said with its line, and what is known is found. The
/// first byte chooses how it is written.
pub fn organisations(bytes: &[u8]) {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let format = if choice & 1 == 0 { DictionaryFormat::Toml } else { DictionaryFormat::Csv };
    let source = String::from_utf8_lossy(bytes);
    let (dictionary, errors) = parse(&source, format);
    let n_lines = source.split(['\n', '\r']).count();
    for error in errors {
        assert!((1..=n_lines).contains(&error.line), "line {} of {n_lines}: {}", error.line, error.reason);
        assert!(!error.reason.en.is_empty() && !error.reason.zh.is_empty());
    }
    let mut text = String::new();
    for entry in dictionary.entries() {
        // Of two that differ by their script alone the first counts.
        let is_name = |name: &str| simplified(name) == simplified(&entry.name);
        assert!(
            dictionary
                .find(&entry.name)
                .is_some_and(|found| is_name(&found.name) || found.aliases.iter().any(|name| is_name(name)))
        );
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            assert!(name.chars().count() >= 2, "{name:?} would be found everywhere");
            text.push_str(name);
            text.push_str("的职工来到");
        }
    }
    let first = dictionary.occurrences(&simplified(&text)).next();
    assert_eq!(first.map(|at| at.start), dictionary.entries().first().map(|_| 0), "{text:?}");
    let page = Page::parse(text, Format::Markdown, &mut Memo::default());
    for mention in
        org::organisations_with(&page, &dictionary, &mut org::Memo::default()).iter().flat_map(|o| &o.mentions)
    {
        assert!(page.text.as_str().get(mention.span.range()).is_some_and(|name| !name.is_empty()));
    }
}

/// A stream that arrives in pieces of `piece` bytes.
struct Trickle<'a> {
    left: &'a [u8],
    piece: usize,
}

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.piece.min(self.left.len()).min(buffer.len());
        let (now, left) = self.left.split_at(n);
        buffer[..n].copy_from_slice(now);
        self.left = left;
        Ok(n)
    }
}

/// What a client may write: the same messages come out of it however it arrives, in the same order; what is announced
/// comes; a body that is wrong costs one answer and not the next message. The first byte chooses whether the rest is
/// the stream as it is, or bodies with a line end between that get headers.
pub fn protocol(bytes: &[u8]) {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let framed = |body: &[u8]| [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat();
    let mut n_bodies = None;
    let stream = if choice & 1 == 0 {
        bytes.to_vec()
    } else {
        let bodies: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
        n_bodies = Some(bodies.len());
        bodies.into_iter().flat_map(framed).collect()
    };
    let read = |piece: usize| {
        let mut reader = Reader::new(Trickle { left: &stream, piece });
        let (mut found, mut is_announced) = (Vec::new(), false);
        while let Some(incoming) = reader.next() {
            found.push(match incoming {
                Incoming::Request(request) => format!("{request:?}"),
                Incoming::Response(response) => format!("{response:?}"),
                Incoming::Refused(response) => {
                    assert!(response.error().is_some_and(|error| !error.message.is_empty()));
                    format!("{response:?}")
                }
            });
            is_announced = reader.has_next();
        }
        assert!(!is_announced, "a message was announced and did not come");
        found
    };
    let whole = read(usize::MAX);
    assert!(n_bodies.is_none_or(|n| n == whole.len()), "{n_bodies:?} bodies, {} messages", whole.len());
    for piece in [1, 7] {
        assert_eq!(read(piece), whole);
    }
}
