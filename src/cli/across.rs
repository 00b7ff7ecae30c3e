//! `--across-files`: paragraphs that stand in another file, such as the same report in two papers.
//!
//! [`crate::fingerprint::across`] finds them, noisy copies included. Time is linear in the size of the files; memory
//! is the index, some 70 bytes a paragraph, and [`CHUNK`] pages at a time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::report::{Diagnostic, Range, Related};
use crate::article::{Memo, Page};
use crate::diagnostic::Severity;
use crate::fingerprint::across::{self, Builder};
use crate::lang::Lang;
use crate::text::Span;
use crate::workspace::{self, FileError, display};
use crate::zh;

/// Pages that are in memory at the same time while the index is built.
const CHUNK: usize = 256;

/// The rule under whose name the findings go.
const RULE: &str = "duplicate-paragraph";

/// The paragraphs of many files.
#[derive(Debug)]
pub(super) struct Index {
    files: Vec<PathBuf>,
    /// The number of each file by its absolute path, to recognise it under another name.
    numbers: HashMap<PathBuf, u32>,
    index: across::Index,
}

impl Index {
    /// Reads `files`. What cannot be read is said.
    pub fn new(files: Vec<PathBuf>) -> (Self, Vec<FileError>) {
        let (mut builder, mut errors) = (Builder::default(), Vec::new());
        for (n, chunk) in files.chunks(CHUNK).enumerate() {
            let pages: Vec<_> = chunk.par_iter().map(|path| page(path)).collect();
            for (k, page) in pages.into_iter().enumerate() {
                match page {
                    Ok(page) => builder.add((n * CHUNK + k) as u32, page.source()),
                    Err(error) => errors.push(error),
                }
            }
        }
        let numbers = files.iter().enumerate().map(|(n, path)| (identity(path), n as u32)).collect();
        (Self { files, numbers, index: builder.build() }, errors)
    }

    /// The paragraphs of `page`, read from `path`, that stand in another file. When the file is one of the index,
    /// only files before it count, so that of two copies the later one is reported; a paragraph is reported once.
    pub fn find(&self, path: &Path, page: &Page, lang: Lang) -> Vec<Diagnostic> {
        let own = self.numbers.get(&identity(path)).copied();
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut reported = vec![false; page.blocks.len()];
        for number in self.index.pages_like(page.source(), own) {
            let other = &self.files[number as usize];
            // A file that was there a moment ago may be gone.
            let Ok(other_page) = self::page(other) else { continue };
            for copy in across::shared(page.source(), other_page.source()) {
                if reported[copy.later.clone()].iter().any(|reported| *reported) {
                    continue;
                }
                reported[copy.later.clone()].fill(true);
                let earlier = Range::new(&other_page.text, span(&other_page, &copy.earlier));
                found.push(diagnostic(path, page, &copy.later, (display(other), earlier), lang));
            }
        }
        found
    }
}

fn diagnostic(
    path: &Path,
    page: &Page,
    blocks: &std::ops::Range<usize>,
    (other, earlier): (String, Range),
    lang: Lang,
) -> Diagnostic {
    let span = span(page, blocks);
    let (n, line) = (blocks.len(), earlier.start.line);
    let message = match (lang, n) {
        (Lang::En, 1) => format!("this paragraph stands in {other}, line {line}, as well"),
        (Lang::En, _) => format!("these {n} paragraphs stand in {other}, from line {line} on, as well"),
        (Lang::Zh, 1) => format!("本段也见于 {other} 第 {line} 行"),
        (Lang::Zh, _) => format!("这 {n} 段也见于 {other}，自第 {line} 行起"),
    };
    let note = match lang {
        Lang::En => "the other copy",
        Lang::Zh => "另一份",
    };
    let content: String = zh::key(page.text.slice(span)).collect();
    Diagnostic {
        path: display(path),
        rule: RULE.to_owned(),
        severity: Severity::Information,
        message,
        range: Range::new(&page.text, span),
        fingerprint: format!("{:016x}-{}", crate::block::hash(&format!("{other}\n{content}")), blocks.start),
        related: vec![Related { path: other, range: earlier, message: note.to_owned() }],
        fixes: Vec::new(),
    }
}

fn span(page: &Page, blocks: &std::ops::Range<usize>) -> Span {
    page.blocks[blocks.start].span.cover(page.blocks[blocks.end - 1].span)
}

fn page(path: &Path) -> Result<Page, FileError> {
    let source = workspace::load(path)?;
    Ok(Page::parse(source.text, workspace::format_of(path), &mut Memo::default()))
}

fn identity(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
