//! `--across-files`: paragraphs that stand in another file, such as the same report in two papers.
//!
//! Every paragraph is one number, the hash of the characters in it that carry meaning, with the first two files that
//! hold it: time is linear in the size of the files, memory is some 40 bytes a paragraph (10 MB for 60 MB of text).
//! Copies that differ in a character are not found; inside a file `duplicate-paragraph` finds them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::report::{Diagnostic, Range, Related};
use crate::article::Page;
use crate::block::{Block, blocks, hash};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::text::{Span, Text};
use crate::workspace::{self, FileError, display};
use crate::zh;

/// A paragraph of fewer characters may stand in many files for no reason: credits, slogans, datelines. The same
/// least as inside a file.
const LEAST_CHARACTERS: usize = 30;

/// The rule under whose name the findings go.
const RULE: &str = "duplicate-paragraph";

/// Where a paragraph stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Place {
    /// Index of the file.
    file: u32,
    /// Index of the block in the file.
    block: u32,
    range: Range,
}

/// The paragraphs of many files.
#[derive(Debug)]
pub(super) struct Index {
    files: Vec<PathBuf>,
    /// The absolute path of each file, to recognise it under another name.
    identities: HashMap<PathBuf, u32>,
    /// The first two files that hold each paragraph.
    places: HashMap<u64, (Place, Option<Place>)>,
}

impl Index {
    /// Reads `files`. What cannot be read is said.
    pub fn new(files: Vec<PathBuf>) -> (Self, Vec<FileError>) {
        let read: Vec<_> = files.par_iter().enumerate().map(|(n, path)| paragraphs(n as u32, path)).collect();
        let identities = files.iter().enumerate().map(|(n, path)| (identity(path), n as u32)).collect();
        let (mut places, mut errors) = (HashMap::new(), Vec::new());
        for result in read {
            match result {
                Ok(found) => {
                    for (hash, place) in found {
                        let (first, second): &mut (Place, Option<Place>) = places.entry(hash).or_insert((place, None));
                        if second.is_none() && first.file != place.file {
                            *second = Some(place);
                        }
                    }
                }
                Err(error) => errors.push(error),
            }
        }
        (Self { files, identities, places }, errors)
    }

    /// The paragraphs of `page`, read from `path`, that stand in another file. When the file is one of the index,
    /// only files before it count, so that of two copies the later one is reported.
    pub fn find(&self, path: &Path, page: &Page, lang: Lang) -> Vec<Diagnostic> {
        let own = self.identities.get(&identity(path)).copied();
        // A run of blocks here, and the place where it begins there.
        let mut found: Vec<(std::ops::Range<usize>, Place)> = Vec::new();
        for (n, block) in page.blocks.iter().enumerate() {
            let Some(place) = key(&page.text, block).and_then(|key| self.elsewhere(key, own)) else { continue };
            let goes_on = |run: &std::ops::Range<usize>, there: &Place| {
                run.end == n && there.file == place.file && there.block as usize + run.len() == place.block as usize
            };
            match found.last_mut().filter(|(run, there)| goes_on(run, there)) {
                Some((run, there)) => {
                    run.end = n + 1;
                    there.range.end = place.range.end;
                }
                None => found.push((n..n + 1, place)),
            }
        }
        let path = display(path);
        found.into_iter().map(|(run, place)| self.diagnostic(&path, page, run, place, lang)).collect()
    }

    /// Where else the paragraph stands.
    fn elsewhere(&self, key: u64, own: Option<u32>) -> Option<Place> {
        let (first, second) = *self.places.get(&key)?;
        match own {
            None => Some(first),
            Some(own) => [Some(first), second].into_iter().flatten().find(|place| place.file < own),
        }
    }

    fn diagnostic(
        &self,
        path: &str,
        page: &Page,
        blocks: std::ops::Range<usize>,
        place: Place,
        lang: Lang,
    ) -> Diagnostic {
        let span = page.blocks[blocks.start].span.cover(page.blocks[blocks.end - 1].span);
        let other = display(&self.files[place.file as usize]);
        let (n, line) = (blocks.len(), place.range.start.line);
        let message = match (lang, n) {
            (Lang::En, 1) => format!("this paragraph stands in {other}, line {line}"),
            (Lang::En, _) => format!("these {n} paragraphs stand in {other}, from line {line} on"),
            (Lang::Zh, 1) => format!("本段也见于 {other} 第 {line} 行"),
            (Lang::Zh, _) => format!("这 {n} 段也见于 {other}，自第 {line} 行起"),
        };
        let note = match lang {
            Lang::En => "the other file",
            Lang::Zh => "另一文件",
        };
        let content: String = zh::key(page.text.slice(span)).collect();
        Diagnostic {
            path: path.to_owned(),
            rule: RULE.to_owned(),
            severity: Severity::Information,
            message,
            range: Range::new(&page.text, span),
            fingerprint: format!("{:016x}-{}", hash(&format!("{other}\n{content}")), blocks.start),
            related: vec![Related { path: other, range: place.range, message: note.to_owned() }],
            fixes: Vec::new(),
        }
    }
}

fn identity(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn paragraphs(file: u32, path: &Path) -> Result<Vec<(u64, Place)>, FileError> {
    let source = workspace::load(path)?;
    if !zh::is_chinese(&source.text) {
        return Ok(Vec::new());
    }
    let text = Text::new(source.text);
    let blocks = blocks(&text, workspace::format_of(path));
    let place = |n: usize, span: Span| Place { file, block: n as u32, range: Range::new(&text, span) };
    Ok(blocks.iter().enumerate().filter_map(|(n, b)| Some((key(&text, b)?, place(n, b.span)))).collect())
}

/// What a paragraph says, as a number; none for what is too short or no running text.
fn key(text: &Text, block: &Block) -> Option<u64> {
    if !block.is_prose() {
        return None;
    }
    let key: String = zh::key(text.slice(block.content)).collect();
    (key.chars().count() >= LEAST_CHARACTERS).then(|| hash(&key))
}
