//! Scores what is found against annotated pages: by the model alone, and with the document pass.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result};
use article_lsp::article::{Memo, Page};
use article_lsp::block::Format;
use article_lsp::org::model::{Scratch, model};
use article_lsp::org::organisations;
use article_lsp::org::reading::{Reading, Unwrapped};
use article_lsp::text::Span;
use serde_json::Value;

use crate::figures;

/// A place in a page: 0-based line, first character and end in it.
type Place = (usize, usize, usize);

/// Prints the figures for the pages in `texts` that `gold` annotates: JSON files `NAME.json` for pages `NAME.*`, each
/// with `mentions` of `line` (1-based), `start` and `end` (characters, 0-based). What overlaps a mention marked
/// `debatable`, `place_as_body` or `broken` counts neither way.
pub(crate) fn score(texts: &Path, gold: &Path) -> Result<()> {
    let mut counts = [[0; 3]; 2];
    for entry in std::fs::read_dir(gold)? {
        let path = entry?.path();
        let stem = path.file_stem().context("a name")?.to_owned();
        let mut pages = std::fs::read_dir(texts)?.filter_map(|page| Some(page.ok()?.path()));
        let text = pages.find(|page| page.file_stem() == Some(&stem)).context("the page of an annotation")?;
        let annotation: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let (mut wanted, mut soft) = (HashSet::new(), Vec::new());
        for mention in annotation["mentions"].as_array().context("mentions")? {
            let number = |key: &str| mention[key].as_u64().map(|n| n as usize).context("a number");
            let place = (number("line")? - 1, number("start")?, number("end")?);
            if ["debatable", "place_as_body", "broken"].iter().any(|flag| mention[*flag] == true) {
                soft.push(place);
            } else {
                wanted.insert(place);
            }
        }
        let page = Page::parse(std::fs::read_to_string(&text)?, Format::Plain, &mut Memo::default());
        let with_pass = organisations(&page).iter().flat_map(|o| &o.mentions).map(|m| m.span).collect();
        for (spans, counts) in [alone(&page), with_pass].into_iter().zip(&mut counts) {
            let is_soft = |p: &Place| soft.iter().any(|s: &Place| s.0 == p.0 && p.1 < s.2 && s.1 < p.2);
            let found: HashSet<Place> = spans.into_iter().map(|span| place(&page, span)).collect();
            let found: Vec<&Place> = found.iter().filter(|p| wanted.contains(p) || !is_soft(p)).collect();
            counts[0] += found.iter().filter(|p| wanted.contains(p)).count();
            counts[1] += found.len();
            counts[2] += wanted.len();
        }
    }
    let [alone, with_pass] = counts.map(|[right, found, wanted]| figures(right, found, wanted));
    println!("model alone: {alone}\nwith the document pass: {with_pass}");
    Ok(())
}

/// The names that the model finds in `page`, block by block.
fn alone(page: &Page) -> Vec<Span> {
    let mut scratch = Scratch::default();
    let mut spans = Vec::new();
    for block in page.blocks.iter().filter(|block| block.is_prose()) {
        let flat = Unwrapped::new(page.text.slice(block.content));
        let reading = Reading::new(&flat.text);
        spans.extend(model().names(&reading, &mut scratch).iter().map(|found| {
            let at = flat.range(reading.bytes(found.start, found.end));
            Span::new(block.content.start + at.start, block.content.start + at.end)
        }));
    }
    spans
}

fn place(page: &Page, span: Span) -> Place {
    let line = page.text.line_of(span.start);
    let start = page.text.line(line).start;
    let column = |at: usize| page.text.slice(Span::new(start, at)).chars().count();
    (line, column(span.start), column(span.end))
}
