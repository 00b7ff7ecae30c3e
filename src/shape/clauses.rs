//! How a line is made of sentences and clauses, and what it leaves open: taken in with the pass over its characters.

use crate::zh;

/// The sentences and clauses of a line. Lengths are in characters that are not blank.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Clauses {
    /// Ends of sentences before its own end.
    pub inner_stops: u32,
    /// Commas, colons, semicolons.
    pub commas: u32,
    /// Characters before the first comma or stop.
    pub first: u32,
    /// Characters after the last comma or stop.
    pub last: u32,
    /// Whether what stands before the last clause is the end of a sentence.
    pub last_is_new: bool,
    /// Which quotes and brackets stay open: one bit for each of `QUOTES`.
    pub left_open: u8,
    /// Which quotes and brackets are closed without having been opened.
    pub closes_unopened: u8,
}

/// Quotes and brackets that come in pairs.
const QUOTES: [(char, char); 8] =
    [('“', '”'), ('‘', '’'), ('《', '》'), ('（', '）'), ('「', '」'), ('『', '』'), ('〈', '〉'), ('【', '】')];

/// Reads a line character by character.
#[derive(Default)]
pub(super) struct Reader {
    found: Clauses,
    depth: [u32; QUOTES.len()],
    stops: u32,
    stop_is_last: bool,
    has_clause: bool,
}

impl Reader {
    /// Takes in so many Hanzi, letters or digits, at least one.
    pub(super) const fn letters(&mut self, n: u32) {
        self.found.last += n;
        if self.stop_is_last {
            self.stop_is_last = false;
            self.found.inner_stops = self.stops;
            self.found.last_is_new = true;
            self.found.last = n;
        }
    }

    /// Takes in any other character, width folded.
    pub(super) fn mark(&mut self, c: char) {
        if matches!(c, '，' | '；' | '：') {
            self.found.commas += 1;
            self.end_clause();
            self.found.last_is_new = false;
            self.found.last = 0;
        } else if zh::ends_sentence(c) {
            self.stops += u32::from(!self.stop_is_last);
            self.stop_is_last = true;
            self.end_clause();
        }
        if !(zh::opens(c) || zh::closes(c)) {
            return;
        }
        for (n, (opening, closing)) in QUOTES.iter().enumerate() {
            if c == *opening {
                self.depth[n] += 1;
            } else if c == *closing {
                match self.depth[n].checked_sub(1) {
                    Some(depth) => self.depth[n] = depth,
                    None => self.found.closes_unopened |= 1 << n,
                }
            }
        }
    }

    const fn end_clause(&mut self) {
        if !self.has_clause {
            self.found.first = self.found.last;
            self.has_clause = true;
        }
    }

    /// What was taken in.
    pub(super) fn finish(mut self) -> Clauses {
        self.end_clause();
        for (n, depth) in self.depth.iter().enumerate() {
            self.found.left_open |= u8::from(*depth > 0) << n;
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::super::shape;
    use super::Clauses;
    use crate::zh;

    #[test]
    fn every_quote_opens_or_closes() {
        assert!(super::QUOTES.iter().all(|(opening, closing)| zh::opens(*opening) && zh::closes(*closing)));
    }

    #[test]
    fn clauses_are_counted_and_quotes_matched() {
        let found = |line| shape(line).clauses;
        let expected =
            Clauses { inner_stops: 1, commas: 1, first: 2, last: 3, last_is_new: true, ..Clauses::default() };
        assert_eq!(found("早晨，灯亮了。人 来了"), expected);
        let quoted = found("他说：“走吧。");
        assert_eq!((quoted.inner_stops, quoted.commas, quoted.first, quoted.left_open), (0, 1, 2, 1));
        assert_eq!(found("走吧”，他说（笑").closes_unopened, 1);
        assert_eq!(found("走吧”，他说（笑").left_open, 1 << 3);
        assert_eq!(found("走吧").first, 2);
    }
}
