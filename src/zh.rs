//! Chinese characters and punctuation: their classes, width folding, and how much Chinese a text holds.

/// Whether `c` is a Chinese character (unified ideographs and their extensions, 々 and 〇 as well).
pub const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' | '々' | '〇')
}

/// The full-width form of half-width punctuation as OCR prints it; every other character as it is.
pub const fn fold_width(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        '\u{ff10}'..='\u{ff19}' => ((c as u32 - 0xff10) as u8 + b'0') as char,
        '\u{ff21}'..='\u{ff3a}' => ((c as u32 - 0xff21) as u8 + b'A') as char,
        '\u{ff41}'..='\u{ff5a}' => ((c as u32 - 0xff41) as u8 + b'a') as char,
        _ => c,
    }
}

/// Whether `c` ends a sentence, in full or half width.
pub const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '．')
}

/// Whether `c` opens a quotation or a bracket.
pub const fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '(' | '【' | '［' | '[' | '〔')
}

/// Whether `c` closes a quotation or a bracket.
pub const fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '》' | '〉' | '）' | ')' | '】' | '］' | ']' | '〕')
}

/// Whether `text` ends with the end of a sentence; quotes, brackets and a footnote mark may follow it.
pub fn is_closed(text: &str) -> bool {
    text.trim_end_matches(|c| closes(c) || c == '"' || crate::text::is_blank(c))
        .chars()
        .next_back()
        .is_some_and(ends_sentence)
}

/// The characters of `text` that carry meaning: letters, Hanzi and digits, width folded, lower case.
/// Two texts with the same key read the same.
pub fn key(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(fold_width).filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase())
}

/// A page with fewer Hanzi is not looked at: nothing can be said of a handful of characters.
const LEAST_HAN: usize = 20;
/// The least share of Hanzi among the letters of a text that is taken for Chinese, in percent. English
/// documents that quote Chinese stay below; Chinese pages with long Latin names stay far above.
const LEAST_HAN_PERCENT: usize = 25;

/// Whether `text` holds enough Chinese to be read as a Chinese article.
pub fn is_chinese(text: &str) -> bool {
    let (mut han, mut letters) = (0_usize, 0_usize);
    for c in text.chars() {
        if is_han(c) {
            han += 1;
            letters += 1;
        } else if c.is_alphabetic() {
            letters += 1;
        }
    }
    han >= LEAST_HAN && han * 100 >= letters * LEAST_HAN_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_close_behind_quotes_and_brackets() {
        for closed in ["好。", "好!", "“好。”", "好。）", "……", "（完。） "] {
            assert!(is_closed(closed), "{closed}");
        }
        for open in ["好", "好，", "“好”", "好）", "", "好。他"] {
            assert!(!is_closed(open), "{open}");
        }
    }

    #[test]
    fn the_key_ignores_width_and_punctuation() {
        let key = |text| super::key(text).collect::<String>();
        assert_eq!(key("工会，共 12 项！ABC"), key("工会,共１２项!abc"));
    }

    #[test]
    fn english_documents_are_not_chinese() {
        assert!(is_chinese(&"工会服务职工，".repeat(5)));
        assert!(!is_chinese("A README about 工会 and nothing else, in English words."));
        assert!(!is_chinese("短文"));
    }
}
