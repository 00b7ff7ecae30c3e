//! The grammar of names of Chinese bodies, where the lexicon alone decides: a place or a known body, modifiers, and
//! a suffix; a relative name (区总工会) is the word for a rank and a suffix.

use super::lexicon::Rank;
use super::reading::Reading;
use crate::zh;

/// Most characters between the first place and the suffix.
const MOST_MODIFIER: usize = 14;

/// Numbers before what is counted.
pub(super) const NUMBERS: [char; 14] =
    ['一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '几', '数'];

/// Characters that make a common noun of a name that begins with them, and of one before which they stand.
pub(super) const VAGUE: [char; 3] = ['该', '各', '某'];

/// A stretch of characters that is a name by the grammar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// The names in `reading`, in order, none overlapping another.
pub fn candidates(reading: &Reading) -> Vec<Candidate> {
    let mut found = Vec::new();
    for n in 0..reading.len() {
        let mark = reading.marks[n];
        if mark.body >= 2 {
            found.push(Candidate { start: n, end: n + usize::from(mark.body) });
        }
        if mark.suffix_ending > 0 {
            let end = n + 1;
            if let Some(start) = start_of(reading, end - usize::from(mark.suffix_ending), end) {
                found.push(Candidate { start, end });
            }
        }
    }
    found.sort_by_key(|c| (c.start, std::cmp::Reverse(c.end)));
    let mut end = 0;
    found.retain(|c| {
        let keep = c.start >= end;
        if keep {
            end = c.end;
        }
        keep
    });
    found
}

/// Where the name whose suffix is `suffix..end` begins; none where only the suffix stands there.
fn start_of(reading: &Reading, suffix: usize, end: usize) -> Option<usize> {
    let marks = &reading.marks;
    let mut start = None;
    let mut n = suffix;
    while n > 0 && suffix - n < MOST_MODIFIER {
        n -= 1;
        let c = reading.chars[n];
        if !(zh::is_han(c) || c.is_alphanumeric() || c == '·') || marks[n].title > 1 {
            break;
        }
        let begins = |length: u8| length > 0 && n + usize::from(length) <= suffix;
        if begins(marks[n].place) || begins(marks[n].body) {
            start = Some(n);
        } else if marks[n].verb > 0 && !is_inside_place(reading, n) {
            break;
        }
    }
    if start.is_some_and(|s| marks[s].rank == Some(Rank::Country) && end - suffix < 2) {
        return None;
    }
    start.or_else(|| relative(reading, suffix, end))
}

/// Whether a place covers character `n`.
pub(super) fn is_inside_place(reading: &Reading, n: usize) -> bool {
    (n.saturating_sub(8)..=n).any(|s| s + usize::from(reading.marks[s].place) > n)
}

/// A relative name begins with the rank of the place: 区总工会, 市交通局, 省政府, 省委宣传部.
fn relative(reading: &Reading, suffix: usize, end: usize) -> Option<usize> {
    let is_rank = |n: usize| matches!(reading.chars[n], '区' | '市' | '县' | '省' | '镇' | '乡');
    let at = if end - suffix >= 2 && is_rank(suffix) {
        suffix
    } else if suffix >= 2 && reading.chars[suffix - 1] == '委' && is_rank(suffix - 2) {
        suffix - 2
    } else {
        suffix.checked_sub(1).filter(|&at| is_rank(at))?
    };
    let before = at.checked_sub(1).map(|n| (reading.chars[n], reading.marks[n]));
    let stands_free =
        before.is_none_or(|(c, mark)| !zh::is_han(c) || reading.marks[at - 1].verb > 0 && mark.vague_ending == 0);
    (end - suffix >= 2 && stands_free).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let reading = Reading::new(text);
        candidates(&reading).iter().map(|c| text[reading.bytes(c.start, c.end)].to_owned()).collect()
    }

    #[test]
    fn places_modifiers_and_suffixes_make_names() {
        assert_eq!(names("近日，青岛市黄岛区教育局举办活动。"), ["青岛市黄岛区教育局"]);
        assert_eq!(names("记者从区总工会了解到，国务院已经批准。"), ["区总工会", "国务院"]);
    }

    #[test]
    fn a_rank_stands_for_its_place() {
        assert_eq!(names("市委、市政府要求，省委宣传部、省科委参加。"), ["市委", "市政府", "省委宣传部", "省科委"]);
    }

    #[test]
    fn common_nouns_are_no_names() {
        assert_eq!(names("各级工会和公司都要重视医院的工作。"), Vec::<String>::new());
    }
}
