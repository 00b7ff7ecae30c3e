//! The text as the user has it: an immutable string, its lines, and spans of bytes in it.
//!
//! Nothing here normalises: line endings, a byte order mark, U+3000 indentation and form feeds stay
//! where they are, and every span of the program refers to this string.

mod position;

use std::ops::Range;

pub use position::{Encoding, Position, char_index_in_rope, utf16_units};

/// A half-open range of bytes in a [`Text`], on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from byte `start` to byte `end`, exclusive.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty span at byte `at`.
    pub const fn empty(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether byte `at` is inside, the end included: a cursor behind the last character counts.
    pub const fn touches(self, at: usize) -> bool {
        self.start <= at && at <= self.end
    }

    /// As a standard range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// How much of a text stands in an earlier version of it: so many bytes at its start and so many at its end, up to
/// boundaries of characters.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Kept {
    /// Bytes at the start.
    pub before: usize,
    /// Bytes at the end.
    pub behind: usize,
}

/// Bytes that are compared at once.
const COMPARED: usize = 4096;

impl Kept {
    /// What `new` has of `old`.
    pub fn of(old: &str, new: &str) -> Self {
        let alike = |(old, new): &(&[u8], &[u8])| old == new;
        let (old_bytes, new_bytes) = (old.as_bytes(), new.as_bytes());
        let pieces = old_bytes.chunks_exact(COMPARED).zip(new_bytes.chunks_exact(COMPARED));
        let before = pieces.take_while(alike).count() * COMPARED;
        let (old_rest, new_rest) = (&old_bytes[before..], &new_bytes[before..]);
        let before = before + old_rest.iter().zip(new_rest).take_while(|(old, new)| old == new).count();
        let before = new.floor_char_boundary(before);

        let (old_rest, new_rest) = (&old_bytes[before..], &new_bytes[before..]);
        let pieces = old_rest.rchunks_exact(COMPARED).zip(new_rest.rchunks_exact(COMPARED));
        let behind = pieces.take_while(alike).count() * COMPARED;
        let (old_rest, new_rest) = (&old_rest[..old_rest.len() - behind], &new_rest[..new_rest.len() - behind]);
        let behind =
            behind + old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
        Self { before, behind: new.len() - new.ceil_char_boundary(new.len() - behind) }
    }
}

/// An immutable text and where its lines begin.
///
/// Lines end at `\n`, `\r\n` or a lone `\r`, as the Language Server Protocol has it; a form feed ends none.
#[derive(Clone, Debug)]
pub struct Text {
    source: String,
    /// Byte offset of the first byte of every line; never empty.
    line_starts: Vec<usize>,
}

impl Default for Text {
    fn default() -> Self {
        Self { source: String::new(), line_starts: vec![0] }
    }
}

impl Text {
    /// Indexes `source`; one scan.
    pub fn new(source: impl Into<String>) -> Self {
        Self::default().edited(source.into(), Kept::default())
    }

    /// `source`, which has `kept` of this text: only what lies between is scanned for lines.
    pub fn edited(&self, source: String, kept: Kept) -> Self {
        let bytes = source.as_bytes();
        let (behind, old_behind) = (source.len() - kept.behind, self.len() - kept.behind);
        // Whether a line starts behind the last byte that is kept before may depend on the next.
        let n_before = self.line_starts.partition_point(|&start| start < kept.before).max(1);
        let n_behind = self.line_starts.partition_point(|&start| start <= old_behind);
        let from = kept.before.saturating_sub(1);
        let mut line_starts = Vec::with_capacity(self.line_starts.len() + (behind - from) / 64);
        line_starts.extend_from_slice(&self.line_starts[..n_before]);
        for at in memchr::memchr2_iter(b'\n', b'\r', &bytes[from..behind]).map(|at| from + at) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                line_starts.push(at + 1);
            }
        }
        line_starts.extend(self.line_starts[n_behind..].iter().map(|start| start - old_behind + behind));
        Self { source, line_starts }
    }

    /// `source`, which is as long and has the same lines, in other characters.
    pub fn respelt(&self, source: String) -> Self {
        debug_assert_eq!(source.len(), self.len());
        Self { source, line_starts: self.line_starts.clone() }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Whether the text is the empty string.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// Number of lines; the empty text has one.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The 0-based line that holds byte `at` (clamped to the text).
    pub fn line_of(&self, at: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// Line `line` (0-based, clamped) with its terminator.
    pub fn line_with_ending(&self, line: usize) -> Span {
        let line = line.min(self.line_starts.len() - 1);
        let end = self.line_starts.get(line + 1).copied().unwrap_or(self.source.len());
        Span::new(self.line_starts[line], end)
    }

    /// Line `line` (0-based, clamped) without its terminator.
    pub fn line(&self, line: usize) -> Span {
        let mut span = self.line_with_ending(line);
        let bytes = self.source.as_bytes();
        while span.end > span.start && matches!(bytes[span.end - 1], b'\n' | b'\r') {
            span.end -= 1;
        }
        span
    }

    /// The string in `span`.
    ///
    /// # Panics
    /// When `span` is out of bounds or not on character boundaries: spans come from this text.
    pub fn slice(&self, span: Span) -> &str {
        &self.source[span.range()]
    }

    /// `span` without the white space (U+3000, BOM and form feed included) at its ends.
    pub fn trim(&self, span: Span) -> Span {
        let slice = self.slice(span);
        let head = slice.len() - slice.trim_start_matches(is_blank).len();
        let tail = slice.trim_end_matches(is_blank).len();
        if head >= tail { Span::empty(span.start) } else { Span::new(span.start + head, span.start + tail) }
    }

    /// The line ending that the text uses most, `\n` where it has none.
    pub fn line_ending(&self) -> &'static str {
        let bytes = self.source.as_bytes();
        let (mut lf, mut crlf, mut cr) = (0, 0, 0);
        for &start in &self.line_starts[1..] {
            match (start.checked_sub(2).map(|at| bytes[at]), bytes[start - 1]) {
                (Some(b'\r'), b'\n') => crlf += 1,
                (_, b'\n') => lf += 1,
                _ => cr += 1,
            }
        }
        if crlf > lf && crlf >= cr {
            "\r\n"
        } else if cr > lf {
            "\r"
        } else {
            "\n"
        }
    }
}

/// Whether `c` is blank in a page: white space, U+3000 among it, and the invisible marks that extraction leaves.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_end_where_the_protocol_ends_them() {
        let text = Text::new("a\r\nb\rc\u{c}d\n\ne");
        let lines: Vec<_> = (0..text.line_count()).map(|n| text.slice(text.line(n))).collect();
        assert_eq!(lines, ["a", "b", "c\u{c}d", "", "e"]);
        assert_eq!(text.line_of(0), 0);
        assert_eq!(text.line_of(2), 0);
        assert_eq!(text.line_of(3), 1);
        assert_eq!(text.line_of(99), 4);
    }

    proptest! {
        #[test]
        fn the_lines_of_an_edited_text_are_those_of_the_text(
            old in PIECES,
            (start, end) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
            inserted in PIECES,
        ) {
            let boundary = |at: prop::sample::Index| old.floor_char_boundary(at.index(old.len() + 1));
            let (start, end) = (boundary(start).min(boundary(end)), boundary(start).max(boundary(end)));
            let new = [&old[..start], &inserted, &old[end..]].concat();
            let kept = Kept::of(&old, &new);
            prop_assert!(kept.before + kept.behind <= new.len().min(old.len()));
            prop_assert_eq!(&old[..kept.before], &new[..kept.before]);
            prop_assert_eq!(&old[old.len() - kept.behind..], &new[new.len() - kept.behind..]);
            let edited = Text::new(old.as_str()).edited(new.clone(), kept);
            prop_assert_eq!(edited.line_starts, Text::new(new).line_starts);
        }
    }

    /// Texts of which an edit may put together or part what ends a line, or cut a character that is like another.
    const PIECES: &str = "[\r\n甲由a]{0,8}";

    #[test]
    fn what_is_kept_of_a_long_text_is_found() {
        let long = "甲乙丙丁\n".repeat(COMPARED);
        let middle = long.len() / 2;
        let middle = long.floor_char_boundary(middle);
        let edited = [&long[..middle], "戊", &long[middle..]].concat();
        let kept = Kept::of(&long, &edited);
        assert_eq!((kept.before, kept.behind), (middle, long.len() - middle));
        assert_eq!(Kept::of(&long, &long), Kept { before: long.len(), behind: 0 });
    }

    #[test]
    fn trims_what_extraction_leaves() {
        let text = Text::new("\u{feff}\u{3000}\u{3000}甲乙 \u{c}");
        assert_eq!(text.slice(text.trim(Span::new(0, text.len()))), "甲乙");
        let blank = Text::new("\u{3000} ");
        assert!(blank.trim(Span::new(0, blank.len())).is_empty());
    }

    #[test]
    fn the_commonest_line_ending_wins() {
        assert_eq!(Text::new("a\r\nb\r\nc\n").line_ending(), "\r\n");
        assert_eq!(Text::new("a\rb").line_ending(), "\r");
        assert_eq!(Text::new("a").line_ending(), "\n");
    }
}
