//! Lines and columns, and the only place that knows UTF-16.
//!
//! Everything else counts bytes. Lines and columns here are 0-based; a shell that prints adds one.

use std::str::FromStr;

use ropey::Rope;

use super::Text;

/// What a column counts.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: two for a character outside the basic plane. What the protocol counts where nothing is agreed.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// How many columns `c` takes.
    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// How many columns `text` takes.
    pub fn measure(self, text: &str) -> usize {
        let begins_char = |byte: u8| !matches!(byte, 0x80..=0xbf);
        let begins_pair = |byte: u8| byte >= 0xf0;
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => count(text, begins_char) + count(text, begins_pair),
            Self::Utf32 => count(text, begins_char),
        }
    }

    /// The byte in `line` at `column`: clamped to the end, and to the start of a character that `column` splits.
    fn byte_at(self, line: &str, column: usize) -> usize {
        let mut seen = 0;
        for (at, c) in line.char_indices() {
            seen += self.width(c);
            if seen > column {
                return at;
            }
        }
        line.len()
    }

    /// The protocol's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }
}

impl FromStr for Encoding {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        [Self::Utf8, Self::Utf16, Self::Utf32].into_iter().find(|e| e.name() == name).ok_or(())
    }
}

/// How many bytes of `text` are such. The processor adds many bytes at once where the sum is a byte, too.
fn count(text: &str, is_such: impl Fn(u8) -> bool) -> usize {
    let pieces = text.as_bytes().chunks(u8::MAX.into());
    pieces.map(|piece| usize::from(piece.iter().map(|byte| u8::from(is_such(*byte))).sum::<u8>())).sum()
}

/// A 0-based line and a 0-based column, counted in some [`Encoding`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Position {
    /// 0-based line.
    pub line: usize,
    /// 0-based column, in the units of the encoding in use.
    pub column: usize,
}

/// The UTF-16 code units of `text`, for a file that is written back in that encoding.
pub fn utf16_units(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.encode_utf16()
}

impl Text {
    /// The position of byte `at` (clamped to the text).
    pub fn position(&self, at: usize, encoding: Encoding) -> Position {
        let at = at.min(self.len());
        let line = self.line_of(at);
        let start = self.line_with_ending(line).start;
        Position { line, column: encoding.measure(&self.as_str()[start..at]) }
    }

    /// The byte at `position`. A column past the end means the end of the line, a line past the end the
    /// end of the text, as the protocol asks.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        if position.line >= self.line_count() {
            return self.len();
        }
        let line = self.line(position.line);
        line.start + encoding.byte_at(self.slice(line), position.column)
    }
}

/// The char index in `rope` at `position`, clamped as in [`Text::offset`].
pub fn char_index_in_rope(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let Ok(start) = rope.try_line_to_char(position.line) else {
        return rope.len_chars();
    };
    if position.line >= rope.len_lines() {
        return rope.len_chars();
    }
    let line = rope.line(position.line);
    let mut content = line.len_chars();
    while content > 0 && matches!(line.char(content - 1), '\n' | '\r') {
        content -= 1;
    }
    let column = match encoding {
        Encoding::Utf8 => line.try_byte_to_char(position.column).unwrap_or(content),
        Encoding::Utf16 => line.try_utf16_cu_to_char(position.column).unwrap_or(content),
        Encoding::Utf32 => position.column,
    };
    start + column.min(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line of each width, a CRLF, a BOM and U+3000, and a last line without an end.
    const SAMPLE: &str = "\u{feff}a中\r\n\u{3000}𠮷b\n\nz𠮷";

    #[test]
    fn positions_by_table() {
        let text = Text::new(SAMPLE);
        // (byte, line, UTF-8, UTF-16, UTF-32)
        let table = [
            (0, 0, 0, 0, 0),
            (3, 0, 3, 1, 1),
            (4, 0, 4, 2, 2),
            (7, 0, 7, 3, 3),
            (9, 1, 0, 0, 0),
            (12, 1, 3, 1, 1),
            (16, 1, 7, 3, 2),
            (17, 1, 8, 4, 3),
            (18, 2, 0, 0, 0),
            (19, 3, 0, 0, 0),
            (20, 3, 1, 1, 1),
            (24, 3, 5, 3, 2),
        ];
        for (byte, line, utf8, utf16, utf32) in table {
            for (encoding, column) in [(Encoding::Utf8, utf8), (Encoding::Utf16, utf16), (Encoding::Utf32, utf32)] {
                let position = Position { line, column };
                assert_eq!(text.position(byte, encoding), position, "byte {byte} in {}", encoding.name());
                assert_eq!(text.offset(position, encoding), byte, "{position:?} in {}", encoding.name());
            }
        }
    }

    #[test]
    fn what_lies_past_the_end_is_clamped() {
        let text = Text::new(SAMPLE);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            assert_eq!(text.offset(Position { line: 0, column: 99 }, encoding), 7);
            assert_eq!(text.offset(Position { line: 99, column: 0 }, encoding), text.len());
        }
        assert_eq!(text.offset(Position { line: 1, column: 2 }, Encoding::Utf16), 12, "inside a surrogate pair");
    }

    #[test]
    fn rope_and_text_agree() {
        let (text, rope) = (Text::new(SAMPLE), Rope::from_str(SAMPLE));
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for line in 0..6 {
                for column in 0..12 {
                    let position = Position { line, column };
                    let byte = text.offset(position, encoding);
                    let index = char_index_in_rope(&rope, position, encoding);
                    assert_eq!(rope.char_to_byte(index), byte, "{position:?} in {}", encoding.name());
                }
            }
        }
    }
}
