//! `textDocument/inlayHint`: behind a half sentence, where it goes on. Off until a person turns it on.

use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintLabelPart, Range};

use crate::annotation;
use crate::server::convert::View;

/// The hints in `range`.
pub(in crate::server) fn hints(view: &View, range: Range) -> Vec<InlayHint> {
    let span = view.span(range);
    let hint = |note: annotation::Note| InlayHint {
        position: view.position(note.at.start),
        label: InlayHintLabel::LabelParts(vec![InlayHintLabelPart {
            value: view.say(&note.label),
            location: note.targets.first().map(|target| view.location(*target)),
            ..InlayHintLabelPart::default()
        }]),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    annotation::continuations(&view.analysis.page)
        .into_iter()
        .filter(|note| span.touches(note.at.start))
        .map(hint)
        .collect()
}
