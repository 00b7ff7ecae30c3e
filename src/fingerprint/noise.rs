//! Noise or another wording: whether the differences of two texts are those of OCR.
//!
//! OCR errors are scattered: a character here, a character there, whatever it means. An editor changes whole clauses,
//! and a form letter or a table in prose changes names and numbers and nothing else.

use super::alignment::Edit;

/// Errors in a hundred characters that two copies of one text may differ by: five in each, and as many again by
/// chance in a short text.
const MOST_ERRORS_PERCENT: i64 = 15;
/// Errors in a row of which a copy may have one: OCR loses or garbles a word now and then.
const LONGEST_GAP: usize = 3;
/// The same in a text of fewer than [`SHORT`] characters: sentences that report two events alike differ by names.
const LONGEST_GAP_IN_SHORT: usize = 2;
/// Characters of a short text.
const SHORT: i64 = 60;
/// The same for two texts that are otherwise the same but for three characters in a hundred.
const LONGEST_GAP_OF_THE_SAME: usize = 10;
/// The same at the start, where an editor puts who says it: 他说, 据介绍.
const LONGEST_GAP_AT_THE_START: usize = 2;
/// Fewer edits say nothing about how they are spread.
const LEAST_TO_SPREAD: usize = 4;

/// Whether two texts of `len` characters that differ by `edits` are one text, read twice by a machine.
pub(super) fn is_plausible(edits: &[Edit], len: i64) -> bool {
    let n_edits = edits.len() as i64;
    if n_edits * 100 > len * MOST_ERRORS_PERCENT {
        return false;
    }
    let gaps = gaps(edits);
    if edits.first().is_some_and(|edit| edit.a == 0 || edit.b == 0) && gaps[0] > LONGEST_GAP_AT_THE_START {
        return false;
    }
    let longest_allowed = if len < SHORT {
        LONGEST_GAP_IN_SHORT
    } else if n_edits * 100 <= len * 3 {
        LONGEST_GAP_OF_THE_SAME
    } else {
        LONGEST_GAP
    };
    if gaps.iter().any(|&gap| gap > longest_allowed) {
        return false;
    }
    let in_gaps: usize = gaps.iter().filter(|&&gap| gap > 1).sum();
    if edits.len() >= LEAST_TO_SPREAD && in_gaps * 2 > edits.len() {
        return false;
    }
    !are_numbers(edits)
}

/// Whether `c` is a digit, Arabic or Chinese.
pub(super) const fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '0'..='9'
            | '〇'
            | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '两'
    )
}

/// The lengths of the rows of edits that no agreeing character parts.
fn gaps(edits: &[Edit]) -> Vec<usize> {
    edits
        .chunk_by(|before, edit| {
            let taken = |c: Option<char>| usize::from(c.is_some());
            before.a + taken(before.in_a) == edit.a && before.b + taken(before.in_b) == edit.b
        })
        .map(<[Edit]>::len)
        .collect()
}

/// Whether nothing but numbers differs, and one stands against another: the same form, filled in twice.
fn are_numbers(edits: &[Edit]) -> bool {
    let is_number = |c: Option<char>| c.is_none_or(is_numeral);
    edits.iter().all(|edit| is_number(edit.in_a) && is_number(edit.in_b))
        && edits.iter().any(|edit| edit.in_a.is_some() && edit.in_b.is_some())
}
