//! Articles of the program's own making, as newspapers of the present day print them. The newspaper that the other texts
//! come from is of 1998: a model that learned from it alone does not know that 战略 goes on as 合作协议.
//!
//! A file of `articles` holds articles with a blank line between them: the kicker, the title and the subtitle after `# `, a
//! heading after `## `, a paragraph, a byline or the text of a picture a line. Persons, firms and events are invented;
//! offices, places and papers that everyone knows are named, and a few public facts.

use std::path::Path;

use anyhow::{Context, Result};

use crate::pages::N_FOLDS;

/// So many articles in a row make a page.
const ON_A_PAGE: usize = 6;

/// What a page of new articles is made of.
pub struct Sheet {
    /// Its number.
    pub name: String,
    /// The titles, headings and paragraphs of its articles, in order.
    pub lines: Vec<String>,
    /// Which fifth it belongs to.
    pub fold: usize,
}

/// Reads the articles of `directory`, file by file in the order of their names, [`ON_A_PAGE`] to a page.
///
/// # Errors
/// Where the directory or one of its files cannot be read.
pub fn read(directory: &Path) -> Result<Vec<Sheet>> {
    let articles = read_marked(directory)?;
    let sheet = |(n, articles): (usize, &[Vec<(usize, String)>])| Sheet {
        name: format!("articles-{n:03}"),
        lines: articles.iter().flatten().map(|(_, line)| line.clone()).collect(),
        fold: n % N_FOLDS,
    };
    Ok(articles.chunks(ON_A_PAGE).enumerate().map(sheet).collect())
}

/// The lines of each article of `directory`, in the order of the files, with how many `#` stand before each.
///
/// # Errors
/// Where the directory or one of its files cannot be read.
pub fn read_marked(directory: &Path) -> Result<Vec<Vec<(usize, String)>>> {
    let entries = std::fs::read_dir(directory).with_context(|| format!("{}", directory.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut articles = Vec::new();
    for path in paths {
        let source = std::fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        let lines = source.lines().map(str::trim).collect::<Vec<_>>();
        let unmarked = |line: &&str| {
            let text = line.trim_start_matches('#');
            (line.len() - text.len(), text.trim_start().to_owned())
        };
        for article in lines.split(|line| line.is_empty()).filter(|article| !article.is_empty()) {
            articles.push(article.iter().map(unmarked).collect());
        }
    }
    Ok(articles)
}
