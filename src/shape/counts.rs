//! What is counted in a line, and what it begins and ends with: one pass over its characters.

use super::clauses;
use crate::text::is_blank;
use crate::zh;

/// What was read of a line so far. Counts, first and last character are those of [`Shape`](super::Shape).
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of the pass by itself")]
pub(super) struct Counts {
    pub chars: u32,
    pub han: u32,
    pub digits: u32,
    pub stops: u32,
    pub pauses: u32,
    pub gaps: u32,
    pub phrase_gaps: u32,
    pub unclosed: u32,
    pub unopened: u32,
    pub first: char,
    pub last: char,
    /// The last character that is neither blank nor a closing quote or bracket: it decides the ending.
    pub core: char,
    /// Whether closing quotes or brackets stand behind it.
    pub closed: bool,
    pub clauses: clauses::Reader,
    /// Whether the last character is blank, and not before the first that is not.
    in_gap: bool,
    /// Whether the last character ends a sentence.
    in_stop: bool,
    ascii_quote_open: bool,
}

impl Counts {
    /// Reads `content`.
    pub fn of(content: &str) -> Self {
        let mut counts = Self::default();
        let (bytes, mut at) = (content.as_bytes(), 0);
        loop {
            // Nearly all characters are Hanzi, and no other question has to be asked of one.
            let n_hanzi = zh::n_hanzi_at(bytes, at);
            if n_hanzi > 0 {
                let behind = at + n_hanzi * zh::HANZI_BYTES;
                let of_them = |at: usize| zh::hanzi_at(bytes, at).unwrap_or_default();
                counts.hanzi(n_hanzi as u32, of_them(at), of_them(behind - zh::HANZI_BYTES));
                at = behind;
            }
            let Some(c) = content[at..].chars().next() else { break };
            at += c.len_utf8();
            counts.character(c);
        }
        counts.unclosed += u32::from(counts.ascii_quote_open);
        counts
    }

    /// Takes in a row of Hanzi.
    fn hanzi(&mut self, n: u32, first: char, last: char) {
        self.visible(first);
        self.chars += n;
        self.han += n;
        self.clauses.letters(n);
        (self.last, self.core) = (last, last);
        (self.closed, self.in_stop) = (false, false);
    }

    /// Takes in any character.
    fn character(&mut self, c: char) {
        if is_blank(c) {
            self.in_gap = self.chars > 0;
            return;
        }
        let c = zh::fold_width(c);
        if zh::is_han(c) {
            self.hanzi(1, c, c);
            return;
        }
        self.visible(c);
        self.chars += 1;
        self.last = c;
        if c.is_ascii_alphanumeric() {
            self.clauses.letters(1);
        } else {
            self.clauses.mark(c);
        }
        let stop = zh::ends_sentence(c);
        self.stops += u32::from(stop && !self.in_stop);
        self.in_stop = stop;
        if c.is_ascii_digit() {
            self.digits += 1;
        } else if matches!(c, '，' | '、' | '；' | '：') {
            self.pauses += 1;
        } else if zh::opens(c) {
            self.unclosed += 1;
        } else if zh::closes(c) {
            match self.unclosed.checked_sub(1) {
                Some(unclosed) => self.unclosed = unclosed,
                None => self.unopened += 1,
            }
        } else if c == '"' {
            self.ascii_quote_open = !self.ascii_quote_open;
        }
        self.closed = zh::closes(c) || c == '"';
        if !self.closed {
            self.core = c;
        }
    }

    /// Notes that `c` comes next and is not blank: it may be the first, or end a gap.
    fn visible(&mut self, c: char) {
        if self.chars == 0 {
            self.first = c;
        }
        if self.in_gap {
            self.gaps += 1;
            self.phrase_gaps += u32::from(!self.last.is_ascii_alphanumeric() && !c.is_ascii_alphanumeric());
            self.in_gap = false;
        }
    }
}
