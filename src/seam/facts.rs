//! What a block says by itself: how it begins and ends, how long it is, what stays open in it.
//!
//! Facts depend on the bytes of the block and on the model alone, so they are kept from one analysis to the next.

use super::language::{END, Language, START};
use crate::text::is_blank;
use crate::zh;

/// What a block says by itself. Lengths are in characters, blanks not counted.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// Number of characters.
    pub n_chars: usize,
    /// The first characters, normalised, at most [`OPENING`].
    pub opening: Vec<char>,
    /// The last characters, normalised, at most [`ENDING`].
    pub ending: Vec<char>,
    /// Whether it ends with the end of a sentence.
    pub is_closed: bool,
    /// Ends of sentences before its own end.
    pub n_inner_stops: usize,
    /// Commas, colons, semicolons.
    pub n_commas: usize,
    /// Characters before the first comma or stop.
    pub first_clause: usize,
    /// Characters after the last comma or stop.
    pub last_clause: usize,
    /// Whether what stands before the last clause is the end of a sentence.
    pub last_clause_is_new: bool,
    /// Which quotes and brackets stay open: one bit for each of `QUOTES`.
    pub left_open: u8,
    /// Which quotes and brackets are closed without having been opened.
    pub closes_unopened: u8,
    /// How it is numbered at its start, if it is.
    pub enumeration: Option<Enumeration>,
    /// Begins like the first paragraph of a report: 本报讯, 新华社……电.
    pub is_lead: bool,
    /// Is the line of an author, a photographer or a source.
    pub is_byline: bool,
    /// Is the text that goes with a picture.
    pub is_caption: bool,
    /// Holds blanks between its characters, as bylines and spaced titles do.
    pub is_spaced: bool,
    /// Logarithm of the probability that a text ends after its last characters.
    pub end: f32,
    /// How much likelier its first characters are at the start of a text than in its middle, as a logarithm.
    pub start: f32,
    /// Logarithm of the probability that a text starts with its first two characters.
    pub start_alone: f32,
}

/// How a block is numbered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Enumeration {
    /// 第一，第二条
    Ordinal,
    /// 一、二、
    Han,
    /// （一）（1）
    Bracketed,
    /// 1. 1、
    Digit,
    /// ● △ ◆ □
    Bullet,
}

/// Characters kept from the start: enough for what a heading's words are taken up in.
pub const OPENING: usize = 96;
/// Characters kept from the end: a whole title, or the last sentence of a paragraph.
pub const ENDING: usize = 64;

/// Quotes and brackets that come in pairs.
const QUOTES: [(char, char); 8] = [
    ('“', '”'),
    ('‘', '’'),
    ('《', '》'),
    ('（', '）'),
    ('「', '」'),
    ('『', '』'),
    ('〈', '〉'),
    ('【', '】'),
];

/// `c` as the models know it: full width, figures and Latin letters all alike.
pub const fn normal(c: char) -> char {
    match zh::fold_width(c) {
        '0'..='9' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        c => c,
    }
}

/// The characters of `content` as the models know them.
pub fn normalised(content: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    content.chars().filter(|c| !is_blank(*c)).map(normal)
}

const fn is_comma(c: char) -> bool {
    matches!(c, '，' | '；' | '：')
}

impl Facts {
    /// Reads the content of a block.
    pub fn new(content: &str, language: &Language) -> Self {
        let mut facts = Self {
            n_chars: 0,
            opening: Vec::with_capacity(OPENING),
            ending: normalised(content).rev().take(ENDING).collect(),
            is_closed: zh::is_closed(content),
            n_inner_stops: 0,
            n_commas: 0,
            first_clause: 0,
            last_clause: 0,
            last_clause_is_new: false,
            left_open: 0,
            closes_unopened: 0,
            enumeration: None,
            is_lead: is_lead(content),
            is_byline: false,
            is_caption: false,
            is_spaced: content.contains(is_blank),
            end: 0.0,
            start: 0.0,
            start_alone: 0.0,
        };
        facts.ending.reverse();
        facts.scan(content);
        facts.enumeration = enumeration(&facts.opening);
        facts.is_byline = is_byline(content, facts.n_chars);
        facts.is_caption = is_caption(content, facts.n_chars);
        facts.end = language.log_probability(&facts.ending, END);
        let shown: Vec<char> = std::iter::once(START).chain(facts.opening.iter().copied().take(4)).collect();
        for n in 1..shown.len() {
            let at_start = language.log_probability(&shown[..n], shown[n]);
            facts.start += at_start - language.log_probability(&shown[1..n], shown[n]);
            if n <= 2 {
                facts.start_alone += at_start;
            }
        }
        facts
    }

    fn scan(&mut self, content: &str) {
        let (mut depth, mut clause, mut stops, mut stop_is_last) = ([0_i32; QUOTES.len()], 0, 0, false);
        let mut has_clause = false;
        for c in normalised(content) {
            self.n_chars += 1;
            if self.opening.len() < OPENING {
                self.opening.push(c);
            }
            if zh::is_han(c) || c.is_ascii_alphanumeric() {
                clause += 1;
                if stop_is_last {
                    self.n_inner_stops = stops;
                    self.last_clause_is_new = true;
                    stop_is_last = false;
                    clause = 1;
                }
                continue;
            }
            if is_comma(c) {
                self.n_commas += 1;
                self.first_clause = if has_clause { self.first_clause } else { clause };
                self.last_clause_is_new = false;
                has_clause = true;
                clause = 0;
            } else if zh::ends_sentence(c) {
                stops += usize::from(!stop_is_last);
                stop_is_last = true;
                self.first_clause = if has_clause { self.first_clause } else { clause };
                has_clause = true;
            }
            for (n, pair) in QUOTES.iter().enumerate() {
                if c == pair.0 {
                    depth[n] += 1;
                } else if c == pair.1 {
                    depth[n] -= 1;
                    if depth[n] < 0 {
                        depth[n] = 0;
                        self.closes_unopened |= 1 << n;
                    }
                }
            }
        }
        self.last_clause = clause;
        self.first_clause = if has_clause { self.first_clause } else { clause };
        for (n, depth) in depth.iter().enumerate() {
            self.left_open |= u8::from(*depth > 0) << n;
        }
    }

    /// The last `n` characters.
    pub fn last(&self, n: usize) -> &[char] {
        &self.ending[self.ending.len() - n.min(self.ending.len())..]
    }

    /// The first `n` characters.
    pub fn first(&self, n: usize) -> &[char] {
        &self.opening[..n.min(self.opening.len())]
    }
}

fn is_lead(content: &str) -> bool {
    let start: String = normalised(content).take(24).collect();
    let agency = ["本报", "新华社", "据新华社", "中新社", "据中新社", "本刊"].iter().any(|name| start.starts_with(name));
    agency && ["讯", "电", "报道"].iter().any(|word| start.contains(word))
        || start.starts_with("（记者")
        || start.starts_with("（通讯员")
}

/// Longest byline, in characters: three reporters with their papers.
const LONGEST_BYLINE: usize = 40;

pub(super) fn is_byline(content: &str, n_chars: usize) -> bool {
    if n_chars > LONGEST_BYLINE || content.contains(['。', '，', ',']) {
        return false;
    }
    let start = content.trim_start_matches(['□', '■', '◎', '●', '○', '▲', '（', '(', ' ', '\u{3000}']);
    let named = ["本报记者", "本报通讯员", "本报实习", "新华社记者", "记者", "通讯员", "作者", "文/", "图/", "来源", "资料来源"]
        .iter()
        .any(|word| start.starts_with(word));
    let whole = content.starts_with(['（', '(']) && content.ends_with(['）', ')']);
    named || whole || ["摄", "摄影报道", "供图", "供稿", "整理", "撰文"].iter().any(|word| content.ends_with(word))
}

/// Longest caption, in characters.
const LONGEST_CAPTION: usize = 160;

pub(super) fn is_caption(content: &str, n_chars: usize) -> bool {
    let end = content.trim_end_matches(['）', ')', ' ', '\u{3000}']);
    n_chars <= LONGEST_CAPTION
        && (content.starts_with("图为")
            || content.starts_with("右图")
            || content.starts_with("左图")
            || content.starts_with("上图")
            || content.starts_with("下图")
            || content.starts_with("题图")
            || end.ends_with('摄')
            || end.ends_with("供图"))
}

fn enumeration(opening: &[char]) -> Option<Enumeration> {
    let is_number = |c: char| "〇一二三四五六七八九十百0".contains(c);
    let (first, rest) = opening.split_first()?;
    let digits = rest.iter().take_while(|c| is_number(**c)).count();
    let after = rest.get(digits).copied().unwrap_or(' ');
    match first {
        '●' | '△' | '▲' | '◆' | '◇' | '□' | '■' | '○' | '◎' | '★' | '☆' | '※' | '•' => {
            Some(Enumeration::Bullet)
        }
        '第' if digits > 0 && "，、：条章节款项届".contains(after) => Some(Enumeration::Ordinal),
        '（' if digits > 0 && after == '）' => Some(Enumeration::Bracketed),
        '①'..='⑳' => Some(Enumeration::Digit),
        '0' if "、.．".contains(after) => Some(Enumeration::Digit),
        c if is_number(*c) && "、．".contains(after) => Some(Enumeration::Han),
        _ if opening.len() > 2 && "其首再最".contains(*first) && opening.iter().take(4).any(|c| *c == '，') => {
            Some(Enumeration::Ordinal)
        }
        _ => None,
    }
}
