//! `textDocument/completion`: the names of organisations that the page or the dictionary has, once their beginning is
//! typed.

use tower_lsp::ls_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Position, TextEdit};

use crate::navigation;
use crate::server::convert::View;
use crate::text::Span;
use crate::zh;

/// The names that go on from what stands before `position`; all of them where no Chinese stands there.
///
/// Chinese has no blanks between words, so the part of the line that is a beginning of a name is found here, and
/// the list holds for this position only.
pub(in crate::server) fn complete(view: &View, position: Position) -> CompletionList {
    let at = view.offset(position);
    let line = view.text().line(view.text().line_of(at));
    let before = view.text().slice(Span::new(line.start, at.max(line.start)));
    let is_free = !before.chars().next_back().is_some_and(zh::is_han);
    let item = |(n, completion): (usize, navigation::Completion)| {
        let typed = typed(before, &completion.name);
        // A name that stands there in full is no longer typed.
        if typed == completion.name.len() || (typed == 0 && !is_free) {
            return None;
        }
        let range = view.range(Span::new(at - typed, at));
        let label = completion.kind.label().get(view.lang);
        Some(CompletionItem {
            label: completion.name.clone(),
            kind: Some(CompletionItemKind::CLASS),
            detail: Some(completion.full_name.map_or_else(|| label.to_owned(), |full| format!("{label} · {full}"))),
            sort_text: Some(format!("{n:05}")),
            filter_text: Some(completion.name.clone()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: completion.name })),
            ..CompletionItem::default()
        })
    };
    let completions = navigation::completions(view.analysis.organisations(), &view.analysis.dictionary);
    CompletionList { is_incomplete: true, items: completions.into_iter().enumerate().filter_map(item).collect() }
}

/// How many bytes at the end of `before` are the beginning of `name`.
fn typed(before: &str, name: &str) -> usize {
    let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.filter(|&end| before.ends_with(&name[..end])).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_counts() {
        for (before, expected) in
            [("今天区总", "区总"), ("区总工会", "区总工会"), ("在区", "区"), ("区里", ""), ("", "")]
        {
            assert_eq!(typed(before, "区总工会"), expected.len(), "{before}");
        }
    }
}
