//! A stretch of text as the recogniser reads it: its characters, and what the lexicon says of each of them.

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
        reading.read(text);
        reading
    }

    /// Reads `text` in place of what was read before; keeps the memory.
    pub fn read(&mut self, text: &str) {
        self.chars.clear();
        self.starts.clear();
        self.marks.clear();
        for (at, c) in text.char_indices() {
            self.chars.push(zh::fold_width(c));
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
                mark(marks, n, n_chars, entry);
            });
            if let Some((end, rank)) = place {
                place_end = end;
                marks[n].place = (end - n) as u8;
                marks[n].rank = Some(rank);
            }
        }
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

fn mark(marks: &mut [Mark], n: usize, n_chars: u8, entry: Entry) {
    let last = n + usize::from(n_chars) - 1;
    if let Some(kind) = entry.body() {
        marks[n].body = n_chars;
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
    if entry.is_vague() {
        marks[last].vague_ending = marks[last].vague_ending.max(n_chars);
    }
}
