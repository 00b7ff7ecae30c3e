//! What the rules on cut sentences share: how sure a warning is, what a repair takes away, the repair that moves a half.

use crate::article::Page;
use crate::diagnostic::{Edit, Fix, Related, Safety, Severity};
use crate::lang::Message;
use crate::seam::Seam;
use crate::text::Span;

/// From this confidence on a seam is a warning; below, an information. On held-out pages 556 of 558 neighbours and all
/// of 108 displaced halves at or above it are right.
const SURE: f32 = 0.9;

/// The severity that goes with a confidence.
pub(super) fn severity(confidence: f32) -> Severity {
    if confidence >= SURE { Severity::Warning } else { Severity::Information }
}

/// The place where a sentence goes on.
pub(super) fn related(page: &Page, seam: &Seam) -> Vec<Related> {
    let span = seam.head_span(&page.text, &page.blocks);
    span.into_iter()
        .map(|span| Related { span, message: Message::new("the sentence goes on here", "句子在此继续") })
        .collect()
}

/// The marks between two pairs of bytes, which a repair takes away.
pub(super) fn marks(page: &Page, first: [usize; 2], second: [usize; 2]) -> String {
    [first, second].map(|[start, end]| page.text.slice(Span::new(start, end)).trim()).concat()
}

/// Whether an unattended repair may take `marks` away. `#` before half a sentence is the extraction's; what makes a
/// list or an emphasis may be the author's.
pub(super) fn may_go(marks: &str) -> bool {
    marks.chars().all(|c| c == '#')
}

/// What the title of a repair says of what it takes away: `marks`, and what the second half `repeated`.
pub(super) fn without(marks: &str, repeated: &str) -> Message {
    match (marks, repeated) {
        ("", "") => Message::new("", ""),
        (_, "") => Message::new(format!(" without `{marks}`"), format!("（去掉 {marks}）")),
        ("", _) => Message::new(format!(" without the second “{repeated}”"), format!("（去掉重复的“{repeated}”）")),
        _ => Message::new(
            format!(" without `{marks}` and the second “{repeated}”"),
            format!("（去掉 {marks} 和重复的“{repeated}”）"),
        ),
    }
}

/// The repair that moves the rest of a sentence to its beginning and joins it; safe at most where `is_safe`.
pub(super) fn moving(page: &Page, seam: &Seam, reading: &str, is_safe: bool) -> Option<Fix> {
    let (tail, head) = (seam.tail?, seam.head?);
    let block = &page.blocks[head];
    let marks = marks(page, [block.span.start, block.content.start], [block.content.end, block.span.end]);
    let without = without(&marks, seam.repeated_text(&page.text, &page.blocks));
    Some(Fix {
        title: if head > tail {
            Message::new(
                format!("Move up and join{}: {reading}", without.en),
                format!("移上来接成一段{}：{reading}", without.zh),
            )
        } else {
            Message::new(
                format!("Move down and join{}: {reading}", without.en),
                format!("移下来接成一段{}：{reading}", without.zh),
            )
        },
        safety: if is_safe && may_go(&marks) { Safety::Safe } else { Safety::Unsafe },
        edits: move_to(page, tail, head, seam.repeated),
    })
}

/// Takes block `head` out, with its gap, and puts its content behind that of block `tail`.
fn move_to(page: &Page, tail: usize, head: usize, repeated: usize) -> Vec<Edit> {
    let moved = page.content(head).get(repeated..).unwrap_or_default();
    let mut edits = vec![
        Edit { span: Span::empty(page.blocks[tail].content.end), new_text: moved.to_owned() },
        Edit { span: page.with_gap(&(head..head + 1)), new_text: String::new() },
    ];
    edits.sort_by_key(|edit| edit.span);
    edits
}
