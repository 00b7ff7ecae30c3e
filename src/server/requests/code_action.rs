//! `textDocument/codeAction`: what can be done here.

use tower_lsp::ls_types::{CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, Command, Range};

use crate::actions::{self, Effect};
use crate::server::capabilities::{FIX_ALL, GO_TO};
use crate::server::convert::View;
use crate::workspace;

/// The actions in `range`, of the kinds that `context` asks for.
pub(in crate::server) fn actions(view: &View, range: Range, context: &CodeActionContext) -> Vec<CodeActionOrCommand> {
    if !view.features.action_literals {
        return Vec::new();
    }
    let wanted = |kind: &CodeActionKind| context.only.as_ref().is_none_or(|only| only.iter().any(|o| covers(o, kind)));
    let mut found = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        found.extend(quick_fixes(view, range));
    }
    // Repairs of the whole page are offered where somebody asks for them, and not at every cursor.
    if context.only.is_some() && wanted(&FIX_ALL) {
        found.extend(fix_all(view));
    }
    found.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether a client that asks for `asked` wants `kind`: kinds are a hierarchy with dots.
fn covers(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (asked, kind) = (asked.as_str(), kind.as_str());
    asked.is_empty() || kind.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn quick_fixes(view: &View, range: Range) -> Vec<CodeAction> {
    let found = actions::at(&view.analysis.page, &view.analysis.diagnostics, view.span(range));
    let action = |action: actions::Action| {
        let title = view.say(&action.title).clone();
        let (edit, command) = match &action.effect {
            Effect::Edit(edits) => (Some(view.workspace_edit(edits)), None),
            Effect::GoTo(span) if view.features.show_document => {
                let arguments = Some(view.go_to_arguments(*span));
                (None, Some(Command { title: title.clone(), command: GO_TO.to_owned(), arguments }))
            }
            Effect::GoTo(_) => return None,
        };
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![view.diagnostic(&view.analysis.diagnostics[action.diagnostic])]),
            edit,
            command,
            is_preferred: (view.features.preferred_action && action.is_preferred).then_some(true),
            ..CodeAction::default()
        })
    };
    found.into_iter().filter_map(action).collect()
}

/// Every safe repair, again and again until none is left: what `check --fix` does.
fn fix_all(view: &View) -> Option<CodeAction> {
    let (page, config) = (&view.analysis.page, &view.analysis.config);
    let fixed = workspace::fix(page.text.as_str().to_owned(), page.format, view.snapshot.encoding, config, false);
    let edits = actions::edits_between(page.text.as_str(), &fixed.text);
    (!edits.is_empty()).then(|| CodeAction {
        title: actions::FIX_ALL.get(view.lang).to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(view.workspace_edit(&edits)),
        ..CodeAction::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_a_hierarchy() {
        let kind = |name: &'static str| CodeActionKind::new(name);
        for asked in ["", "source", "source.fixAll", "source.fixAll.article-lsp"] {
            assert!(covers(&kind(asked), &FIX_ALL), "{asked}");
        }
        for asked in ["quickfix", "source.fix", "source.fixAll.article-lsp.more"] {
            assert!(!covers(&kind(asked), &FIX_ALL), "{asked}");
        }
    }
}
