//! `textDocument/codeLens`: above a paragraph that comes again, how often and where.

use tower_lsp::ls_types::{CodeLens, Command};

use crate::annotation;
use crate::server::capabilities::GO_TO;
use crate::server::convert::View;

/// The lenses of the page. Each shows the nearest of the places that it speaks of.
pub(in crate::server) fn lenses(view: &View) -> Vec<CodeLens> {
    let lens = |note: annotation::Note| {
        let target = note.targets.first()?;
        Some(CodeLens {
            range: view.range(note.at),
            command: Some(Command {
                title: view.say(&note.label),
                command: GO_TO.to_owned(),
                arguments: Some(view.go_to_arguments(*target)),
            }),
            data: None,
        })
    };
    annotation::copies(&view.analysis.page).into_iter().filter_map(lens).collect()
}
