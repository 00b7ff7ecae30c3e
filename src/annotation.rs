//! What is shown between the lines: where a cut sentence goes on, and that a paragraph comes again.

use std::ops::Range;

use crate::article::Page;
use crate::block::covered;
use crate::lang::Message;
use crate::seam::SeamKind;
use crate::text::Span;

/// A note at a place that leads to another place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Where it stands.
    pub at: Span,
    /// What it says.
    pub label: Message,
    /// The places that it speaks of, the nearest first.
    pub targets: Vec<Span>,
}

/// At the end of every half sentence that goes on further away, where it goes on.
pub fn continuations(page: &Page) -> Vec<Note> {
    let note = |tail: usize, head: usize| {
        let target = page.blocks[head].content;
        let line = page.text.line_of(target.start) + 1;
        Note {
            at: Span::empty(page.blocks[tail].content.end),
            label: Message::new(format!("→ line {line}"), format!("→ 第 {line} 行")),
            targets: vec![target],
        }
    };
    let displaced = page.seams.iter().filter(|seam| seam.kind == SeamKind::Displaced);
    displaced.filter_map(|seam| Some(note(seam.tail?, seam.head?))).collect()
}

/// Above every paragraph that comes again, or that is a copy, how often and where.
pub fn copies(page: &Page) -> Vec<Note> {
    let span = |run: &Range<usize>| covered(&page.blocks, run);
    let mut notes = Vec::new();
    let mut firsts: Vec<_> = page.copies.iter().map(|copy| copy.earlier.clone()).collect();
    firsts.sort_by_key(|blocks| (blocks.start, blocks.end));
    firsts.dedup();
    for first in firsts {
        let again = page.copies.iter().filter(|copy| copy.earlier == first);
        let targets: Vec<Span> = again.map(|copy| span(&copy.later)).collect();
        let n = targets.len();
        let en = if n == 1 { "comes again once".to_owned() } else { format!("comes again {n} times") };
        notes.push(Note { at: span(&first), label: Message::new(en, format!("又出现 {n} 次")), targets });
    }
    for copy in &page.copies {
        let target = span(&copy.earlier);
        let line = page.text.line_of(target.start) + 1;
        let label = Message::new(format!("copy of line {line}"), format!("与第 {line} 行重复"));
        notes.push(Note { at: span(&copy.later), label, targets: vec![target] });
    }
    notes.sort_by_key(|note| note.at);
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Memo;
    use crate::block::Format;
    use crate::fingerprint::{Copy, Spare};
    use crate::seam::Seam;

    fn page() -> Page {
        let source = "甲甲甲甲。\n\n乙乙乙乙\n\n甲甲甲甲。\n\n乙乙。\n";
        let mut page = Page::parse(source, Format::Markdown, &mut Memo::default());
        page.seams = vec![Seam {
            kind: SeamKind::Displaced,
            tail: Some(1),
            head: Some(3),
            repeated: 0,
            parts_word: true,
            confidence: 0.9,
        }];
        page.copies = vec![Copy { later: 2..3, earlier: 0..1, similarity: 1.0, spare: Spare::Later }];
        page
    }

    #[test]
    fn a_cut_sentence_names_the_line_of_its_other_half() {
        let notes = continuations(&page());
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].label.en, "→ line 7");
    }

    #[test]
    fn copies_name_each_other() {
        let labels: Vec<_> = copies(&page()).into_iter().map(|note| note.label.en).collect();
        assert_eq!(labels, ["comes again once", "copy of line 1"]);
    }
}
