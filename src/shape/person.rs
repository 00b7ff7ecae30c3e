//! Who speaks in the part of an article that the line heads: 周晓岚，25岁，社区工作者.

use crate::text::is_blank;
use crate::zh;

/// Such a line has at most this many characters.
const MOST_INTRODUCED: usize = 24;
/// Bytes of the longest character.
const LONGEST_CHARACTER: usize = char::MAX.len_utf8();

/// Whether `content` is a personal name, an age and what the person does, with commas or blanks between.
pub fn introduces_person(content: &str) -> bool {
    // A paragraph is told by its bytes and never read.
    let may_be_short = content.len() <= MOST_INTRODUCED * LONGEST_CHARACTER;
    if !may_be_short || !content.contains('岁') || content.chars().count() > MOST_INTRODUCED {
        return false;
    }
    let is_between = |c: char| is_blank(c) || matches!(c, '，' | ',' | '、' | '/' | '|' | '｜');
    let words: Vec<&str> = content.split(is_between).filter(|word| !word.is_empty()).collect();
    let Some(age) = words.iter().position(|word| is_age(word)) else { return false };
    let name: Vec<char> = words[..age].concat().chars().collect();
    let is_plain = |word: &&str| word.chars().all(char::is_alphanumeric);
    zh::personal_names(&name) == Some(1) && words.len() > age + 1 && words[age + 1..].iter().all(is_plain)
}

/// Whether `word` is an age in years: 25岁.
pub(super) fn is_age(word: &str) -> bool {
    let years = word.strip_suffix('岁').unwrap_or_default();
    (1..=3).contains(&years.len()) && years.bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::introduces_person;

    #[test]
    fn a_name_an_age_and_a_trade_introduce() {
        for content in ["周晓岚，25岁，社区工作者", "周 岚 25岁 电焊工", "李望、34岁、烘焙师"]
        {
            assert!(introduces_person(content), "{content}");
        }
        for content in
            ["周晓岚今年25岁，是社区工作者", "年满18岁，持证上岗", "周晓岚，25岁，他说：好。", "25岁 社区工作者"]
        {
            assert!(!introduces_person(content), "{content}");
        }
    }
}
