//! Invented pages with every organisation that they name. `tests/organisations/sentences.txt` says which: names, kinds,
//! and the full name behind a short one, exactly.

use article_lsp::article::{Memo, Page};
use article_lsp::block::Format;
use article_lsp::org::organisations;

/// `source` with the organisations that are found in it marked as the file marks them.
fn marked(source: &str) -> String {
    let page = Page::parse(source, Format::Markdown, &mut Memo::default());
    let mut marks: Vec<(usize, String)> = Vec::new();
    for organisation in organisations(&page) {
        for mention in &organisation.mentions {
            let text = page.text.slice(mention.span).replace('\n', "");
            let full = if text == organisation.name { String::new() } else { format!("|{}", organisation.name) };
            marks.push((mention.span.start, "⟦".to_owned()));
            marks.push((mention.span.end, format!("|{}{full}⟧", organisation.kind.name())));
        }
    }
    // Ends before beginnings at the same place, the last place first.
    marks.sort_by_key(|(at, mark)| (*at, mark.starts_with('⟦')));
    let mut marked = source.to_owned();
    for (at, mark) in marks.iter().rev() {
        marked.insert_str(*at, mark);
    }
    marked.replace('\n', "⏎")
}

/// The text of `line` without its marks.
fn source(line: &str) -> String {
    let mut source = String::new();
    for (n, piece) in line.split('⟦').enumerate() {
        match piece.split_once('⟧') {
            Some((name, rest)) if n > 0 => {
                source.push_str(name.split('|').next().unwrap_or_default());
                source.push_str(rest);
            }
            _ => source.push_str(piece),
        }
    }
    source.replace('⏎', "\n")
}

#[test]
fn every_organisation_is_found_and_nothing_else() {
    let lines: Vec<&str> = include_str!("organisations/sentences.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        .collect();
    assert!(lines.len() >= 60, "{} pages", lines.len());
    let wrong: Vec<String> = lines
        .iter()
        .map(|line| (line, marked(&source(line))))
        .filter(|(line, found)| *line != found)
        .map(|(line, found)| format!("expected {line}\n   found {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} pages:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}
