//! What stands on a line behind the end of its last sentence and is no sentence: who wrote or said it, where it comes
//! from, whom to ask.

use super::{Look, byline, imprint, person};
use crate::text::is_blank;
use crate::zh;

/// Such words have at most this many characters: a role, two names and the paper that they write for.
const MOST_SIGNED: usize = 28;
/// Who said it, behind a dash, has at most this many: 青川市第三中学 学生家长.
const MOST_SAID: usize = 16;

/// Words before the name of the paper that a text was taken from.
const TAKEN_FROM: [&str; 5] = ["据", "转自", "摘自", "选自", "原载"];

/// Whether `content` ends with such words: …。来源：某某, …。——某某, …。记者某某, …。联系人：某某.
pub(super) fn is_signed(content: &str) -> bool {
    let from = content.char_indices().rev().nth(MOST_SIGNED).map_or(0, |(at, _)| at);
    let Some(stop) = content[from..].rfind(zh::ends_sentence) else { return false };
    let behind = content[from + stop..].trim_start_matches(|c| zh::ends_sentence(c) || zh::closes(c) || c == '"');
    let is_apart = behind.starts_with(is_blank);
    let words: Vec<char> = behind.trim_matches(is_blank).chars().map(zh::fold_width).collect();
    match words.as_slice() {
        [] => false,
        ['—', rest @ ..] => is_speaker(without_age(rest)),
        words => {
            let look = byline::look(words);
            matches!(look, Some(Look::Byline | Look::Credit | Look::Signature))
                || is_apart && look == Some(Look::Name)
                || is_paper(words)
                || is_note(words)
                || content[from + stop..].starts_with('。') && is_aside(words)
                || byline::begins_with_role(words)
                || !words.contains(&'，')
                    && imprint::is_notice(&words.iter().filter(|c| !is_blank(**c)).collect::<String>())
        }
    }
}

/// Who spoke, without how old they are: 周晓岚，8岁.
fn without_age(words: &[char]) -> &[char] {
    let Some(at) = words.iter().rposition(|c| *c == '，') else { return words };
    if person::is_age(&words[at + 1..].iter().collect::<String>()) { &words[..at] } else { words }
}

/// Whether `words` say who spoke: they make no clause.
fn is_speaker(words: &[char]) -> bool {
    let words = words.strip_prefix(&['—']).unwrap_or(words);
    let is_word =
        |c: &char| zh::is_han(*c) && !byline::is_function(*c) || is_blank(*c) || matches!(c, '《' | '》' | '·');
    !words.is_empty() && words.len() <= MOST_SAID && words.iter().all(is_word)
}

/// Whether `words` say in brackets what was to be seen or heard: （笑）, （全场鼓掌）. Behind a call a title says so of a picture:
/// …！（图片）.
fn is_aside(words: &[char]) -> bool {
    matches!(words, ['（', said @ .., '）'] if said.len() <= MOST_OF_ASIDE && said.iter().all(|c| zh::is_han(*c)))
}

/// Such words have at most this many characters.
const MOST_OF_ASIDE: usize = 4;

/// Whether `words` refer to a note or to another page: [1], ②, 详见A05版, 扫码看视频.
fn is_note(words: &[char]) -> bool {
    let is_sign = |c: &char| !zh::is_han(*c) && !c.is_alphabetic();
    let refers = matches!(words, ['详', '见' | '情', ..] | ['扫', '码', ..]);
    words.len() <= MOST_NOTE && words.iter().all(is_sign) && !words.iter().all(char::is_ascii_digit)
        || refers && words.len() <= MOST_SAID && !words.contains(&'，')
}

/// A note has at most this many characters: [12].
const MOST_NOTE: usize = 4;

/// Whether `words` name the paper that the text was taken from: 据青川日报客户端, 转自《青川日报》.
fn is_paper(words: &[char]) -> bool {
    let text: String = words.iter().collect();
    let paper = TAKEN_FROM.iter().find_map(|word| text.strip_prefix(word));
    paper.is_some_and(|paper| paper.starts_with('《') && paper.ends_with('》') || byline::names_medium(paper))
}
