//! `textDocument/foldingRange`.

use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind};

use crate::folding::{FoldKind, folds};
use crate::outline::outline;
use crate::server::convert::View;

/// What can be folded, as many as the client takes.
pub(in crate::server) fn ranges(view: &View) -> Vec<FoldingRange> {
    let page = &view.analysis.page;
    let folds = folds(page, &outline(page));
    let most = view.features.most_folds.unwrap_or(usize::MAX);
    let range = |fold: crate::folding::Fold| FoldingRange {
        start_line: fold.lines.start as u32,
        end_line: fold.lines.end as u32 - 1,
        kind: match fold.kind {
            FoldKind::Section => Some(FoldingRangeKind::Region),
            FoldKind::Block => None,
        },
        ..FoldingRange::default()
    };
    folds.into_iter().take(most).map(range).collect()
}
