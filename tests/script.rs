//! A page in traditional characters, and with their quotation marks, is read as the same page in simplified ones: it has
//! the same findings, fixes, outline and organisations at the same places, and what the program writes is as traditional
//! as the page.

use std::collections::HashMap;
use std::path::Path;

use article_lsp::article::{Memo, Page};
use article_lsp::block::Format;
use article_lsp::config::Config;
use article_lsp::org::organisations;
use article_lsp::outline::outline;
use article_lsp::rules::{Context, check};
use article_lsp::text::Span;

/// The simplified characters of the table with a traditional one each, and the quotation marks that go with these.
fn traditional() -> HashMap<char, char> {
    let pairs = include_str!("../src/zh/traditional.txt").split_whitespace().map(|pair| {
        let mut chars = pair.chars();
        let (traditional, simplified) = (chars.next().expect("a pair"), chars.next().expect("a pair"));
        (simplified, traditional)
    });
    pairs.chain("“”‘’".chars().zip("「」『』".chars())).collect()
}

/// The bundled pages, and sound ones, that are in UTF-8.
fn pages() -> Vec<(String, Format, String)> {
    let mut pages = Vec::new();
    for directory in ["seeds", "tests/pages"] {
        let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(directory)).expect("a directory");
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let format = match path.extension().and_then(|extension| extension.to_str()) {
                Some("md") => Format::Markdown,
                Some("txt") if !name.ends_with(".outline.txt") => Format::Plain,
                _ => continue,
            };
            if let Ok(text) = std::fs::read_to_string(&path) {
                pages.push((name, format, text));
            }
        }
    }
    pages
}

/// The rule and the place of a finding, and the edits of its fixes.
type Repair = (String, Span, Vec<(Span, String)>);

#[test]
fn a_page_is_read_alike_in_both_scripts() {
    let traditional = traditional();
    let respelt = |text: &str| text.chars().map(|c| traditional.get(&c).copied().unwrap_or(c)).collect::<String>();
    let (mut n_findings, mut n_mentions) = (0, 0);
    for (name, format, text) in pages() {
        let parse = |text: &str| Page::parse(text, format, &mut Memo::default());
        // A traditional page among the bundled ones is read in its own characters as well.
        let (page, other) = (parse(&text), parse(&respelt(&text)));
        assert!(!page.is_chinese || !other.is_simplified(), "{name}");

        let found = |page: &Page| check(&Context { page, config: &Config::default(), encoding: None, elsewhere: None });
        let edits = |page: &Page, respell: &dyn Fn(&str) -> String| -> Vec<Repair> {
            let fixes = found(page).into_iter().map(|found| {
                let edits = found.finding.fixes.into_iter().flat_map(|fix| fix.edits);
                let edits = edits.map(|edit| (edit.span, respell(&edit.new_text))).collect();
                (found.rule.to_owned(), found.finding.span, edits)
            });
            fixes.collect()
        };
        let expected = edits(&page, &respelt);
        assert_eq!(edits(&other, &str::to_owned), expected, "{name}");
        n_findings += expected.len();

        let names = |page: &Page, respell: &dyn Fn(&str) -> String| -> Vec<String> {
            let mut names = Vec::new();
            let mut rest = outline(page);
            while let Some(symbol) = rest.pop() {
                names.push(respell(&symbol.name));
                rest.extend(symbol.children);
            }
            names
        };
        assert_eq!(names(&other, &str::to_owned), names(&page, &respelt), "{name}");

        let bodies = |page: &Page, respell: &dyn Fn(&str) -> String| -> Vec<(String, Vec<Span>)> {
            let mentions = |of: &article_lsp::org::Organisation| of.mentions.iter().map(|m| m.span).collect();
            organisations(page).iter().map(|of| (respell(&of.name), mentions(of))).collect()
        };
        let expected = bodies(&page, &respelt);
        assert_eq!(bodies(&other, &str::to_owned), expected, "{name}");
        n_mentions += expected.iter().map(|(_, mentions)| mentions.len()).sum::<usize>();
    }
    assert!(n_findings > 20 && n_mentions > 100, "{n_findings} findings, {n_mentions} mentions");
}
