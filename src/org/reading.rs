//! A stretch of text as the recogniser reads it: its characters, and what the lexicon says of each of them.

use std::borrow::Cow;
use std::ops::Range;

use super::OrgKind;
use super::lexicon::{Entry, Rank, lexicon};
use crate::zh;

/// What the lexicon says where a word of it begins, and where a suffix ends.
#[derive(Clone, Copy, Default, Debug)]
pub struct Mark {
    /// Length in characters of the place that begins here; 0 for none. Places never overlap.
    pub place: u8,
    /// Rank of that place.
    pub rank: Option<Rank>,
    /// Length in characters of the longest body of the closed list that begins here.
    pub body: u8,
    /// Whether that body is called by a common word.
    pub is_word: bool,
    /// Its kind.
    pub body_kind: Option<OrgKind>,
    /// Length in characters of the longest suffix that begins here.
    pub suffix: u8,
    /// Length in characters of the longest suffix whose last character is this one.
    pub suffix_ending: u8,
    /// The kind that this last suffix stands for.
    pub suffix_kind: Option<OrgKind>,
    /// Length in characters of a title (书记) that begins here.
    pub title: u8,
    /// Length in characters of a word that separates names, beginning here.
    pub verb: u8,
    /// Length in characters of the longest word for a part of a committee or government (改革办) that begins here.
    pub department: u8,
    /// Length in characters of a word (各, 该) that makes a common noun vague, ending with this character.
    pub vague_ending: u8,
}

/// A stretch of text, character by character.
#[derive(Default, Debug)]
pub struct Reading {
    /// Its characters, width folded.
    pub chars: Vec<char>,
    /// Byte offset of each character in the stretch, and its length in bytes at the end.
    pub starts: Vec<u32>,
    /// What the lexicon says of each character.
    pub marks: Vec<Mark>,
}

impl Reading {
    /// Reads `text`.
    pub fn new(text: &str) -> Self {
        let mut reading = Self::default();
        reading.read(text, false);
        reading
    }

    /// Reads `text` in place of what was read before; keeps the memory. On a page that is written in traditional characters
    /// the names count that are none elsewhere.
    pub fn read(&mut self, text: &str, is_traditional: bool) {
        self.chars.clear();
        self.starts.clear();
        self.marks.clear();
        for (at, c) in text.char_indices() {
            self.chars.push(fold_bullet(zh::fold_quotation(zh::fold_width(c))));
            self.starts.push(at as u32);
        }
        self.starts.push(text.len() as u32);
        self.marks.resize(self.chars.len(), Mark::default());
        let words = lexicon();
        let mut place_end = 0;
        for n in 0..self.chars.len() {
            if !zh::is_han(self.chars[n]) && !self.chars[n].is_ascii_digit() {
                continue;
            }
            let mut place: Option<(usize, Rank)> = None;
            let at = self.starts[n] as usize;
            let (starts, marks) = (&self.starts, &mut self.marks);
            let mut end = n;
            words.prefixes(&text[at..], |len, entry| {
                while (starts[end] as usize) < at + len {
                    end += 1;
                }
                let n_chars = (end - n) as u8;
                if n >= place_end
                    && let Some(rank) = entry.rank()
                {
                    place = Some((end, rank));
                }
                let body = entry.body().or_else(|| entry.traditional().filter(|_| is_traditional));
                mark(marks, n, n_chars, entry, body);
            });
            // 其中 + 国网青川供电公司: neither 中国 nor 中国网 begins behind 其.
            if self.chars[n] == '中' && n > 0 && self.chars[n - 1] == '其' {
                (marks[n].body, marks[n].body_kind) = (0, None);
            } else if let Some((end, rank)) = place {
                place_end = end;
                marks[n].place = (end - n) as u8;
                marks[n].rank = Some(rank);
            }
        }
        self.drop_straddling_titles();
    }

    /// Takes back the titles that a listed body ends in and a place goes on from: 国家统计局 + 长沙.
    fn drop_straddling_titles(&mut self) {
        for n in 0..self.len() {
            let body = usize::from(self.marks[n].body);
            let Some(place) = self.marks.get(n + body).filter(|_| body >= 3) else { continue };
            if place.place > 0 && place.place >= self.marks[n + body - 1].title {
                self.marks[n + body - 1].title = 0;
            }
        }
    }

    /// Whether a name may begin at `start`: at the head of a clause, behind punctuation, a verb or a date.
    pub fn is_free_before(&self, start: usize) -> bool {
        let Some(last) = start.checked_sub(1) else { return true };
        let ends_verb = |length: usize| start >= length && usize::from(self.marks[start - length].verb) == length;
        // 3月17日 + 市人大常委会, but not 17 + 日本.
        let ends_date = || {
            self.chars[last] == '日' && last > 0 && self.chars[last - 1].is_ascii_digit() && self.marks[last].place == 0
        };
        if zh::is_han(self.chars[last]) {
            self.marks[last].vague_ending == 0 && ((1..=3).any(ends_verb) || ends_date())
        } else {
            self.chars[last] != '《'
        }
    }

    /// Whether the place that begins at `start` is meant as one: not the 会同 of 交通局会同财政局, the 和县 of 教育局和县政府.
    pub fn means_place(&self, start: usize) -> bool {
        let is_within = start > 0 && zh::is_han(self.chars[start - 1]);
        let is_verb = self.marks[start].verb >= 2 || self.chars[start] == '和' && !self.is_free_before(start);
        !(is_within && is_verb)
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether it holds no character.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The bytes of characters `from..to`, relative to the stretch.
    pub fn bytes(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        self.starts[from] as usize..self.starts[to] as usize
    }
}

/// A stretch without the line breaks that wrap it and the indentation behind them.
#[derive(Debug)]
pub struct Unwrapped<'a> {
    /// What is left.
    pub text: Cow<'a, str>,
    /// Where something was left out, in bytes of `text`, and how many bytes have been left out up to there.
    gaps: Vec<(usize, usize)>,
}

impl<'a> Unwrapped<'a> {
    /// `stretch` in one line. A line break beside `|` stays: it ends the row of a table.
    pub fn new(stretch: &'a str) -> Self {
        if !stretch.contains('\n') {
            return Self { text: Cow::Borrowed(stretch), gaps: Vec::new() };
        }
        let (mut text, mut gaps) = (String::with_capacity(stretch.len()), Vec::new());
        let mut left_out = 0;
        for line in stretch.split('\n') {
            let rest = line.trim();
            if !text.is_empty() && (text.ends_with('|') || rest.starts_with('|')) {
                text.push('\n');
                left_out -= 1;
            }
            left_out += line.len() - line.trim_start().len();
            gaps.push((text.len(), left_out));
            text.push_str(rest);
            left_out += line.trim_start().len() - rest.len() + 1;
        }
        Self { text: Cow::Owned(text), gaps }
    }

    /// `stretch` as it is, with its line breaks.
    pub const fn as_is(stretch: &'a str) -> Self {
        Self { text: Cow::Borrowed(stretch), gaps: Vec::new() }
    }

    /// The bytes of the stretch that bytes `range` of the text stand in.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let left_out = |n: usize| n.checked_sub(1).map_or(0, |n| self.gaps[n].1);
        let start = left_out(self.gaps.partition_point(|(at, _)| *at <= range.start));
        let end = left_out(self.gaps.partition_point(|(at, _)| *at < range.end));
        range.start + start..range.end + end
    }
}

/// The bullet that the model knows, for each that a line may begin with.
const fn fold_bullet(c: char) -> char {
    match c {
        '▲' | '△' | '▼' | '▽' | '◆' | '◇' | '■' | '□' | '★' | '☆' | '◎' | '▶' | '►' | '※' => {
            '●'
        }
        _ => c,
    }
}

fn mark(marks: &mut [Mark], n: usize, n_chars: u8, entry: Entry, body: Option<OrgKind>) {
    let last = n + usize::from(n_chars) - 1;
    if let Some(kind) = body {
        marks[n].body = n_chars;
        marks[n].is_word = entry.is_word();
        marks[n].body_kind = Some(kind);
    }
    if let Some(kind) = entry.suffix() {
        marks[n].suffix = n_chars;
        if marks[last].suffix_ending < n_chars {
            marks[last].suffix_ending = n_chars;
            marks[last].suffix_kind = Some(kind);
        }
    }
    if entry.is_title() {
        marks[n].title = n_chars;
    }
    if entry.is_verb() {
        marks[n].verb = n_chars;
    }
    if entry.is_department() {
        marks[n].department = n_chars;
    }
    if entry.is_vague() {
        marks[last].vague_ending = marks[last].vague_ending.max(n_chars);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_line_is_one_and_keeps_its_places() {
        let stretch = "宁川市总\n　　工会和市\r\n教育局";
        let flat = Unwrapped::new(stretch);
        assert_eq!(flat.text, "宁川市总工会和市教育局");
        for (name, as_written) in
            [("宁川市总工会", "宁川市总\n　　工会"), ("市教育局", "市\r\n教育局"), ("工会", "工会")]
        {
            let at = flat.text.find(name).expect("in the text");
            assert_eq!(&stretch[flat.range(at..at + name.len())], as_written);
        }
    }

    #[test]
    fn rows_of_a_table_stay_apart() {
        assert_eq!(Unwrapped::new("| 市总 |\n| 工会 |").text, "| 市总 |\n| 工会 |");
    }
}
