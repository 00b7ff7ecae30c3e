//! What can be folded: articles and sections, front matter, tables and other blocks of many lines.

use std::ops::Range;

use crate::article::Page;
use crate::outline::Symbol;

/// What a fold holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FoldKind {
    /// A heading and what stands below it.
    Section,
    /// Front matter, a table, code, a quotation, HTML, a hard-wrapped paragraph.
    Block,
}

/// A stretch of lines that can be folded to its first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fold {
    /// Its lines, 0-based, end exclusive; at least two.
    pub lines: Range<usize>,
    /// What it holds.
    pub kind: FoldKind,
}

/// The folds of `page` with this outline, by their first line, the longest first.
pub fn folds(page: &Page, outline: &[Symbol]) -> Vec<Fold> {
    let mut folds = Vec::new();
    sections(page, outline, &mut folds);
    folds.extend(page.blocks.iter().map(|block| Fold { lines: block.lines.clone(), kind: FoldKind::Block }));
    folds.retain(|fold| fold.lines.len() > 1);
    folds.sort_by_key(|fold| (fold.lines.start, std::cmp::Reverse(fold.lines.end)));
    folds.dedup_by(|later, first| later.lines == first.lines);
    folds
}

fn sections(page: &Page, symbols: &[Symbol], acc: &mut Vec<Fold>) {
    for symbol in symbols {
        // A fold begins at the line of the name, so that the name is what stays.
        let first = page.text.line_of(symbol.selection.start);
        let last = page.text.line_of(symbol.span.end.saturating_sub(1).max(symbol.span.start));
        acc.push(Fold { lines: first..last.max(first) + 1, kind: FoldKind::Section });
        sections(page, &symbol.children, acc);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Memo;
    use crate::block::Format;
    use crate::outline::outline;

    #[test]
    fn articles_and_tables_fold() {
        let source = "---\na: 1\n---\n\n# 区图书馆延长开放时间\n\n区图书馆昨日宣布，从下周起每天延长开放两个小时，方便下班的居民借书还书。\n\n|甲|乙|\n|-|-|\n|1|2|\n";
        let page = Page::parse(source, Format::Markdown, &mut Memo::default());
        let folds = folds(&page, &outline(&page));
        let found: Vec<_> = folds.iter().map(|fold| (fold.lines.clone(), fold.kind)).collect();
        assert_eq!(found, [(0..3, FoldKind::Block), (4..11, FoldKind::Section), (8..11, FoldKind::Block)]);
    }
}
