//! `--across-files`: paragraphs that stand in another file, such as the same report in two papers.
//!
//! [`crate::fingerprint::across`] finds them, noisy copies included. Time is linear in the size of the files; memory is
//! the index, at most [`across::BYTES_PER_PARAGRAPH`] a paragraph, and [`CHUNK`] pages at a time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::report::{Diagnostic, Range, Related};
use crate::article::Page;
use crate::block::covered;
use crate::fingerprint::across::{self, Builder, Paragraphs, Reprint};
use crate::lang::{Lang, Phrase};
use crate::workspace::{self, FileError, display};

/// The rule that reports them.
pub(super) const RULE: &str = "duplicate-across-files";

/// Pages that are in memory at the same time while the index is built.
const CHUNK: usize = 256;

/// The paragraphs of many files.
#[derive(Debug)]
pub(super) struct Index {
    files: Vec<PathBuf>,
    /// The number of each file by its absolute path, to recognise it under another name.
    numbers: HashMap<PathBuf, u32>,
    index: across::Index,
}

/// A run of paragraphs that stands in another file, too, and where it is there.
#[derive(Debug)]
pub(super) struct Located {
    pub reprint: Reprint,
    range: Range,
}

impl Index {
    /// Reads `files`. What cannot be read is said.
    pub fn new(files: Vec<PathBuf>) -> (Self, Vec<FileError>) {
        let (mut builder, mut errors) = (Builder::default(), Vec::new());
        for (n, chunk) in files.chunks(CHUNK).enumerate() {
            let pages: Vec<_> = chunk.par_iter().map(|path| paragraphs(path)).collect();
            for (k, page) in pages.into_iter().enumerate() {
                match page {
                    Ok(page) => builder.add((n * CHUNK + k) as u32, page.comparable()),
                    Err(error) => errors.push(error),
                }
            }
        }
        let numbers = files.iter().enumerate().map(|(n, path)| (identity(path), n as u32)).collect();
        (Self { files, numbers, index: builder.build() }, errors)
    }

    /// The paragraphs of `page`, read from `path`, that stand in another file. When the file is one of the index,
    /// only files before it count, so that of two copies the later one is reported.
    pub fn find(&self, path: &Path, page: &Page) -> Vec<Located> {
        let own = self.numbers.get(&identity(path)).copied();
        let mut found = Vec::new();
        self.index.copies(
            page.comparable(),
            own,
            // A file that was there a moment ago may be gone.
            |number| paragraphs(&self.files[number as usize]).ok(),
            |copy, number, other| {
                let range = Range::new(&other.text, covered(&other.blocks, &copy.earlier));
                let file = display(&self.files[number as usize]);
                let reprint = Reprint { blocks: copy.later.clone(), file, line: range.start.line };
                found.push(Located { reprint, range });
            },
        );
        found.sort_by_key(|located| located.reprint.blocks.start);
        found
    }
}

const OTHER: Phrase = Phrase { en: "the other copy", zh: "另一份" };

/// Gives the findings of the rule the places in the other files, which the rules of a page do not know.
pub(super) fn relate(diagnostics: &mut [Diagnostic], found: &[Located], page: &Page, lang: Lang) {
    for Located { reprint, range } in found {
        let own = Range::new(&page.text, reprint.span(page.comparable()));
        for diagnostic in diagnostics.iter_mut().filter(|d| d.rule == RULE && d.range == own) {
            let path = reprint.file.clone();
            diagnostic.related = vec![Related { path, range: *range, message: OTHER.get(lang).to_owned() }];
        }
    }
}

fn paragraphs(path: &Path) -> Result<Paragraphs, FileError> {
    Ok(Paragraphs::new(workspace::load(path)?.text, workspace::format_of(path)))
}

fn identity(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
