//! Chinese characters and punctuation: their classes, width folding, and how much Chinese a text holds.

pub mod script;

/// Whether `c` is a Chinese character (unified ideographs and their extensions, 々 and 〇 as well).
#[inline]
pub const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' | '々' | '〇')
}

/// The Hanzi of the main block (U+4E00 to U+9FFF, [`HANZI_BYTES`] each) at byte `at` of a text, if there is one. Most of a
/// Chinese page is made of them, and nothing else has to be asked of one.
#[inline]
pub const fn hanzi_at(text: &[u8], at: usize) -> Option<char> {
    let Some((_, rest)) = text.split_at_checked(at) else { return None };
    let Some(&[first, second, third]) = rest.first_chunk() else { return None };
    let code = ((first & 0xf) as u32) << 12 | ((second & 0x3f) as u32) << 6 | (third & 0x3f) as u32;
    // Of a character of three bytes the first begins with these four bits.
    if first >> 4 == 0xe && 0x4e00 <= code && code <= 0x9fff { char::from_u32(code) } else { None }
}

/// The Hanzi of the main block that ends at byte `at` of a text, the start of a character, if there is one.
#[inline]
pub fn hanzi_before(text: &[u8], at: usize) -> Option<char> {
    hanzi_at(text, at.checked_sub(HANZI_BYTES)?)
}

/// How many Hanzi of the main block stand at byte `at` of a text, one behind the other.
#[inline]
pub fn n_hanzi_at(text: &[u8], at: usize) -> usize {
    let is_hanzi = |bytes: &&[u8]| matches!(bytes[0], 0xe5..=0xe9) || bytes[0] == 0xe4 && bytes[1] >= 0xb8;
    text.get(at..).unwrap_or_default().chunks_exact(HANZI_BYTES).take_while(is_hanzi).count()
}

/// Bytes of a Hanzi of the main block.
pub const HANZI_BYTES: usize = 3;

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

/// The curved quotation mark for a corner bracket; every other character as it is.
pub const fn fold_quotation(c: char) -> char {
    match c {
        '「' => '“',
        '」' => '”',
        '『' => '‘',
        '』' => '’',
        _ => c,
    }
}

/// Whether `c` ends a sentence, in full or half width.
pub const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '．' | '｡')
}

/// Whether `c` opens a quotation or a bracket.
pub const fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '(' | '【' | '［' | '[' | '〔')
}

/// Whether `c` closes a quotation or a bracket.
pub const fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '》' | '〉' | '）' | ')' | '】' | '］' | ']' | '〕')
}

/// Whether `text` ends with the end of a sentence; quotes and brackets may follow it.
pub fn is_closed(text: &str) -> bool {
    let core = text.trim_end_matches(|c| closes(c) || c == '"' || crate::text::is_blank(c));
    core.ends_with(ends_sentence) || ends_in_full_stop(core)
}

/// Whether `text` ends in the full stop of Latin texts behind a Hanzi or a closing mark, as OCR and typists set it for 。
fn ends_in_full_stop(text: &str) -> bool {
    let before = text.strip_suffix('.').and_then(|text| text.chars().next_back());
    before.is_some_and(|c| is_han(c) || closes(c) || c == '"')
}

/// What goes between `left` and `right` when two lines are made one: a space between Latin words, nothing else.
pub fn joint(left: &str, right: &str) -> &'static str {
    let is_latin = |c: char| c.is_alphanumeric() && c < '\u{2e80}';
    // A comma may be the half-width form of a Chinese one, unless a Latin word stands before it.
    let marks = [',', '.', ';', ':', '?', '!', ')', '”', '"'];
    let mut word = left.chars().rev().skip_while(|c| marks.contains(c));
    let punctuated = left.ends_with(marks);
    let ends_latin = word.next().is_some_and(|c| is_latin(c) && !(punctuated && c.is_ascii_digit()));
    let begins_latin = right.chars().next().is_some_and(is_latin);
    if ends_latin && begins_latin && !meets_in_figures(left, right) { " " } else { "" }
}

/// Whether two lines meet between two figures. Columns cut them as they cut words: 20 ¶ 24年 is one number; but 2023 ¶
/// 300 人 are two.
pub fn meets_in_figures(left: &str, right: &str) -> bool {
    left.ends_with(|c: char| c.is_ascii_digit()) && right.starts_with(|c: char| c.is_ascii_digit())
}

/// The characters of `text` that carry meaning: letters, Hanzi and digits, width folded, lower case.
/// Two texts with the same key read the same.
pub fn key(text: &str) -> impl Iterator<Item = char> + '_ {
    // Nearly all characters are Hanzi, and no other question has to be asked of one.
    text.chars().filter_map(|c| {
        if is_han(c) {
            return Some(c);
        }
        let c = fold_width(c);
        carries_meaning(c).then(|| c.to_ascii_lowercase())
    })
}

/// Whether a character is part of a [`key()`]: a letter, a Hanzi or a digit. What a Chinese page is made of is told by its
/// range: the tables of all letters cost ten times that.
#[inline]
pub fn carries_meaning(c: char) -> bool {
    is_han(c) || !is_cjk_punctuation(c) && c.is_alphanumeric()
}

/// Whether `c` is of one of the ranges of punctuation that Chinese is set with.
const fn is_cjk_punctuation(c: char) -> bool {
    matches!(c,
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// A set of characters of the basic plane, one bit each.
#[derive(Debug)]
pub struct Set([u64; 0x1_0000 / u64::BITS as usize]);

impl Set {
    /// The characters of `chars`.
    ///
    /// # Panics
    /// When one of them is not of the basic plane: in a constant, when the program is compiled.
    pub const fn new(chars: &str) -> Self {
        let mut set = [0; 0x1_0000 / u64::BITS as usize];
        let (bytes, mut at) = (chars.as_bytes(), 0);
        while at < bytes.len() {
            let first = bytes[at] as usize;
            let (n_bytes, mut code) = match first {
                0..0x80 => (1, first),
                0xc0..0xe0 => (2, first & 0x1f),
                0xe0..0xf0 => (3, first & 0xf),
                _ => panic!("a character beyond the basic plane"),
            };
            let end = at + n_bytes;
            at += 1;
            while at < end {
                code = code << 6 | bytes[at] as usize & 0x3f;
                at += 1;
            }
            set[code / 64] |= 1 << (code % 64);
        }
        Self(set)
    }

    /// Whether `c` is one of them.
    #[inline]
    pub const fn contains(&self, c: char) -> bool {
        let code = c as usize;
        code < 0x1_0000 && self.0[code / 64] >> (code % 64) & 1 == 1
    }
}

/// Whether `c` is a common Chinese family name of one character.
pub fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// The number that `c` is as a Chinese numeral from 一 to 九.
pub fn numeral(c: char) -> Option<u32> {
    "一二三四五六七八九".chars().zip(1..).find_map(|(numeral, number)| (numeral == c).then_some(number))
}

/// How many digits `text` begins with, in either width, and the character behind them, which says what they count.
pub fn figures(text: &str) -> Option<(usize, char)> {
    let mut chars = text.chars().enumerate();
    chars.find(|(_, c)| !fold_width(*c).is_ascii_digit())
}

/// The commonest family names, without those that are above all other words (和 于是 从 时 那).
static SURNAMES: Set = Set::new(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤\
常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴\
霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑\
景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝\
官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井\
祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆\
茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由阎",
);

/// Family names of two characters.
const COMPOUND_SURNAMES: [&str; 24] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "夏侯", "宇文", "长孙",
    "端木", "独孤", "南宫", "轩辕", "呼延", "申屠", "钟离", "濮阳", "赫连", "澹台",
];

/// How many personal names `word` is made of when it is made of nothing else: each a family name and one or two
/// characters. Names may follow each other without a blank, as bylines have them: 周晓岚李望.
pub fn personal_names(word: &[char]) -> Option<usize> {
    // least[n]: the fewest names that make up the first n characters.
    let mut least = vec![None::<usize>; word.len() + 1];
    least[0] = Some(0);
    for start in 0..word.len() {
        let Some(before) = least[start] else { continue };
        let rest = &word[start..];
        let compound =
            rest.len() > 2 && COMPOUND_SURNAMES.iter().any(|name| name.chars().eq(rest[..2].iter().copied()));
        let family = if compound { 2 } else { usize::from(is_surname(rest[0])) };
        if family == 0 {
            continue;
        }
        for end in [start + family + 1, start + family + 2] {
            if end <= word.len() && word[start + family..end].iter().all(|c| is_han(*c)) {
                least[end] = Some(least[end].map_or(before + 1, |known| known.min(before + 1)));
            }
        }
    }
    least[word.len()].filter(|names| *names > 0)
}

/// A page with fewer Hanzi is not looked at: nothing can be said of a handful of characters.
const LEAST_HAN: usize = 20;
/// The least share of Hanzi among the letters of a text that is taken for Chinese, in percent. English
/// documents that quote Chinese stay below; Chinese pages with long Latin names stay far above.
const LEAST_HAN_PERCENT: usize = 25;

/// A longer text is judged by this many stretches of [`SAMPLE_BYTES`] each, evenly spread over it: a page of a
/// megabyte need not be decoded at every keystroke to see what it is written in.
const SAMPLES: usize = 32;
/// Bytes of one stretch.
const SAMPLE_BYTES: usize = 128;

/// Whether `text` holds enough Chinese to be read as a Chinese article.
pub fn is_chinese(text: &str) -> bool {
    let (mut han, mut letters) = (0_usize, 0_usize);
    let mut count = |stretch: &str| {
        let mut at = 0;
        loop {
            let n_hanzi = n_hanzi_at(stretch.as_bytes(), at);
            (han, letters, at) = (han + n_hanzi, letters + n_hanzi, at + n_hanzi * HANZI_BYTES);
            let Some(c) = stretch[at..].chars().next() else { break };
            at += c.len_utf8();
            han += usize::from(is_han(c));
            letters += usize::from(!is_cjk_punctuation(c) && c.is_alphabetic() || is_han(c));
        }
    };
    if text.len() <= SAMPLES * SAMPLE_BYTES {
        count(text);
    } else {
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let step = (text.len() - SAMPLE_BYTES) / (SAMPLES - 1);
        for start in (0..SAMPLES).map(|n| n * step) {
            count(&text[boundary(start)..boundary(start + SAMPLE_BYTES)]);
        }
    }
    han >= LEAST_HAN && han * 100 >= letters * LEAST_HAN_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_close_behind_quotes_and_brackets() {
        for closed in ["好。", "好!", "“好。”", "好。）", "……", "（完。） ", "好｡", "好.", "“好.”", "“好”."]
        {
            assert!(is_closed(closed), "{closed}");
        }
        for open in ["好", "好，", "“好”", "好）", "", "好。他", "共3.", "v.", "."] {
            assert!(!is_closed(open), "{open}");
        }
    }

    #[test]
    fn hanzi_are_told_by_their_bytes() {
        for c in (0..=0x3_ffff).filter_map(char::from_u32) {
            let text = format!("一{c}鿿");
            let is_hanzi = ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert_eq!(hanzi_at(text.as_bytes(), 3), is_hanzi.then_some(c), "{c}");
            assert_eq!(n_hanzi_at(text.as_bytes(), 0), if is_hanzi { 3 } else { 1 }, "{c}");
        }
        assert_eq!((hanzi_at(b"", 0), hanzi_at("一".as_bytes(), 3), n_hanzi_at(b"", 1)), (None, None, 0));
    }

    #[test]
    fn a_set_holds_its_characters_and_no_others() {
        static SET: Set = Set::new("aé说，王龥");
        let held: String = (0..=0x3_ffff).filter_map(char::from_u32).filter(|&c| SET.contains(c)).collect();
        assert_eq!(held, "aé王说龥，");
    }

    #[test]
    fn the_key_ignores_width_and_punctuation() {
        let key = |text| super::key(text).collect::<String>();
        assert_eq!(key("工会，共 12 项！ABC"), key("工会,共１２项!abc"));
    }

    #[test]
    fn lines_are_joined_as_their_script_demands() {
        for (left, right, between) in [
            ("职工", "学习", ""),
            ("open", "source", " "),
            ("学习", "AI", ""),
            ("AI", "工具", ""),
            ("20", "24年", ""),
            ("of course,", "we", " "),
            ("why?", "Because", " "),
            ("Go!", "Go!", " "),
            ("“open”", "source", " "),
            ("an \"open\"", "source", " "),
            ("an \"", "open source\"", ""),
            ("“学习”", "AI", ""),
            ("共12项?", "8项", ""),
            ("共12项,", "8项", ""),
        ] {
            assert_eq!(joint(left, right), between, "{left} {right}");
        }
    }

    #[test]
    fn punctuation_carries_no_meaning() {
        for c in (0..=0x3_ffff).filter_map(char::from_u32) {
            assert!(!(is_cjk_punctuation(c) && (c.is_alphanumeric() || is_han(c))), "{c}");
        }
    }

    #[test]
    fn english_documents_are_not_chinese() {
        assert!(is_chinese(&"工会服务职工，".repeat(5)));
        assert!(!is_chinese("A README about 工会 and nothing else, in English words."));
        assert!(!is_chinese("短文"));
        let long = |text: &str| is_chinese(&text.repeat(40_000 / text.len()));
        assert!(long("工会服务职工，"));
        assert!(!long("A README about 工会 and nothing else, in English words. "));
    }
}
