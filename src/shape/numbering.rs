//! How a line is numbered: 一、 （二） 3. 第四章 ⑤ 第六， 一是 ●.

use crate::text::is_blank;
use crate::zh;

/// The style of a number at the start of a line, the outermost first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Style {
    /// 第一章, 第二节, 第三编: a part of a long text.
    Chapter,
    /// 第十四条: an article of a law.
    Clause,
    /// 一、 and 看点一：, 话题二 .
    Han,
    /// （一）
    BracketedHan,
    /// 1. or 1、
    Digit,
    /// (1)
    BracketedDigit,
    /// ①
    Circled,
    /// 第一， 首先， 一是: counting in running text.
    Ordinal,
    /// ● ■ ◆ and their like, or a run of dashes.
    Bullet,
}

/// A number at the start of a line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Numbering {
    /// How it is written.
    pub style: Style,
    /// The number, 0 where the style has none.
    pub number: u32,
    /// Bytes of the line up to the end of the number and its mark, blanks behind it included.
    pub len: usize,
}

/// The number that `line` starts with.
pub fn numbering(line: &str) -> Option<Numbering> {
    let start = line.len() - line.trim_start_matches(is_blank).len();
    let rest = &line[start..];
    // Most lines begin with a Hanzi that no number begins with.
    if rest.starts_with(|c| zh::is_han(c) && !BEGIN_NUMBERS.contains(c)) {
        return None;
    }
    let (style, number, len) = named(rest)
        .or_else(|| part_of(rest))
        .or_else(|| circled(rest))
        .or_else(|| bullet(rest))
        .or_else(|| bracketed(rest))
        .or_else(|| ordered(rest))
        .or_else(|| counted(rest))?;
    let behind = &rest[len..];
    let len = start + len + behind.len() - behind.trim_start_matches(is_blank).len();
    Some(Numbering { style, number, len })
}

/// The Hanzi that numbers begin with: numerals, 第 and the first characters of words that count.
static BEGIN_NUMBERS: zh::Set = zh::Set::new("一二三四五六七八九十百零〇第首其再最看话案亮镜故误步议场问");

type Found = (Style, u32, usize);

/// What is counted in the headings of the parts of an article: as parts that are numbered with 一、.
const PARTS: [&str; 11] = ["看点", "话题", "案例", "亮点", "镜头", "故事", "误区", "步骤", "议题", "场景", "问题"];

/// What is counted with 第 has at most this many characters: 第二个十年：, 第三站：.
const MOST_COUNTED: usize = 3;

/// Whether `content` begins as the headings of parts do that are counted by what they are: 问题五：….
pub fn counts_part(content: &str) -> bool {
    let rest = content.trim_start_matches(is_blank);
    named(rest).or_else(|| part_of(rest)).is_some()
}

/// 看点一：, 话题二 ; the poems of a cycle, 其一; the parts of what happened over years, 2006：.
fn named(rest: &str) -> Option<Found> {
    if let Some(poem) = rest.strip_prefix('其')
        && let Some((number, len, _)) = number(poem)
        && poem[len..].chars().next().is_none_or(|c| is_blank(c) || c == '·')
    {
        return Some((Style::Han, number, '其'.len_utf8() + len));
    }
    if let Some(("19" | "20", year)) = rest.split_at_checked(2)
        && let Some(behind) = year.strip_prefix(|c: char| c.is_ascii_digit())
        && let Some(behind) = behind.strip_prefix(|c: char| c.is_ascii_digit())
        && let Some(mark) = behind.chars().next().filter(|c| matches!(c, '：' | ':'))
    {
        return Some((Style::Han, rest[..4].parse().unwrap_or(0), 4 + mark.len_utf8()));
    }
    let part = PARTS.iter().find(|part| rest.starts_with(**part))?;
    let (number, len, _) = number(&rest[part.len()..])?;
    let len = part.len() + len;
    let mark = rest[len..].chars().next().filter(|c| matches!(c, '：' | ':') || is_blank(*c))?;
    Some((Style::Han, number, len + mark.len_utf8()))
}

/// 第三个十年：, 第二站：, 一问：.
fn part_of(rest: &str) -> Option<Found> {
    let counted = rest.strip_prefix('第').unwrap_or(rest);
    let (number, len, _) = number(counted)?;
    let mut behind = counted[len..].char_indices().take(MOST_COUNTED + 1);
    let (at, mark) = behind.find(|(_, c)| matches!(c, '：' | ':'))?;
    let what = &counted[len..len + at];
    let is_counted = if counted.len() < rest.len() { !what.is_empty() } else { what == "问" };
    let len = rest.len() - counted.len() + len + at + mark.len_utf8();
    (is_counted && what.chars().all(zh::is_han)).then_some((Style::Han, number, len))
}

fn circled(rest: &str) -> Option<Found> {
    let c = rest.chars().next()?;
    let number = match c {
        '①'..='⑳' => c as u32 - '①' as u32 + 1,
        '❶'..='❿' => c as u32 - '❶' as u32 + 1,
        '⒈'..='⒛' => c as u32 - '⒈' as u32 + 1,
        _ => return None,
    };
    Some((Style::Circled, number, c.len_utf8()))
}

/// Whether `c` is a mark that items of a list and headings are set with.
pub(super) const fn is_bullet(c: char) -> bool {
    matches!(c, '●' | '○' | '■' | '◆' | '◇' | '▲' | '△' | '★' | '☆' | '•' | '▪' | '►' | '▶' | '※')
}

fn bullet(rest: &str) -> Option<Found> {
    let c = rest.chars().next()?;
    if is_bullet(c) {
        return Some((Style::Bullet, 0, c.len_utf8()));
    }
    let dashes = rest.len() - rest.trim_start_matches(['—', '─']).len();
    (dashes >= 2 * '—'.len_utf8() && dashes < rest.len()).then_some((Style::Bullet, 0, dashes))
}

/// （一） and (1).
fn bracketed(rest: &str) -> Option<Found> {
    let inner = rest.strip_prefix(['（', '('])?;
    let open = rest.len() - inner.len();
    let (number, len, digits) = number(inner)?;
    let mark = inner[len..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let style = if digits { Style::BracketedDigit } else { Style::BracketedHan };
    Some((style, number, open + len + mark.len_utf8()))
}

/// 一、 and 1. and 1、, but neither 1.5 nor 1990年.
fn ordered(rest: &str) -> Option<Found> {
    let (number, len, digits) = number(rest)?;
    let mut behind = rest[len..].chars();
    let mark = behind.next()?;
    let next = behind.next();
    let is_padded =
        || rest.starts_with('0') && len == 2 && rest[len..].chars().filter(|c| zh::is_han(*c)).count() >= LEAST_PADDED;
    let ends = match mark {
        '、' => true,
        // 01 前言, but not 02 要闻, which is the name of a page.
        _ if is_blank(mark) => digits && is_padded(),
        '.' | '．' => !next.is_some_and(|c| c.is_ascii_digit()) && number < 100,
        ')' | '）' => digits && number < 100,
        _ => false,
    };
    // “一、二、三” and “三、四百人” count; they do not number.
    let counts = mark == '、' && next.is_some_and(|c| is_numeral(c) || c.is_ascii_digit());
    let style = if digits { Style::Digit } else { Style::Han };
    (ends && !counts).then_some((style, number, len + mark.len_utf8()))
}

/// So many Hanzi behind a padded number are a heading; the name of a page has fewer.
const LEAST_PADDED: usize = 6;

/// 第一章, 第一条, 第一，, 首先，, 一是.
fn counted(rest: &str) -> Option<Found> {
    if let Some(inner) = rest.strip_prefix('第') {
        let (number, len, _) = number(inner)?;
        let mark = inner[len..].chars().next()?;
        let style = match mark {
            '章' | '节' | '编' | '篇' | '部' => Style::Chapter,
            '条' => Style::Clause,
            '，' | ',' | '、' => Style::Ordinal,
            _ => return None,
        };
        return Some((style, number, '第'.len_utf8() + len + mark.len_utf8()));
    }
    let words = [("首先", 1), ("其次", 2), ("再次", 3), ("最后", 0)];
    if let Some((word, number)) = words.into_iter().find(|(word, _)| rest.starts_with(word)) {
        let mark = rest[word.len()..].chars().next().filter(|c| matches!(c, '，' | ',' | '、'))?;
        return Some((Style::Ordinal, number, word.len() + mark.len_utf8()));
    }
    let (number, len, digits) = number(rest)?;
    (!digits && rest[len..].starts_with('是')).then(|| (Style::Ordinal, number, len + '是'.len_utf8()))
}

const fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '零' | '〇')
}

/// The number at the start of `rest`: its value, its bytes, whether it is written in digits. Up to four characters.
fn number(rest: &str) -> Option<(u32, usize, bool)> {
    let digits: String = rest.chars().map(zh::fold_width).take_while(char::is_ascii_digit).take(5).collect();
    if !digits.is_empty() {
        let len = rest.chars().take(digits.len()).map(char::len_utf8).sum();
        return (digits.len() <= 3).then(|| (digits.parse().unwrap_or(0), len, true));
    }
    let (mut value, mut digit, mut n_chars) = (0_u32, 0_u32, 0);
    for c in rest.chars().take(6) {
        match c {
            '十' => value += std::mem::take(&mut digit).max(1) * 10,
            '百' => value += std::mem::take(&mut digit).max(1) * 100,
            '零' | '〇' => {}
            _ => match zh::numeral(c) {
                Some(number) => digit = number,
                None => break,
            },
        }
        n_chars += 1;
    }
    (1..=5).contains(&n_chars).then(|| (value + digit, rest.chars().take(n_chars).map(char::len_utf8).sum(), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_and_numbers() {
        for (line, style, number) in [
            ("一、加强领导", Style::Han, 1),
            ("第二个十年：修路", Style::Han, 2),
            ("三问：钱从哪里来", Style::Han, 3),
            ("看点三：票价怎么定", Style::Han, 3),
            ("其二 · 寄北方", Style::Han, 2),
            ("2006：九个人和一条船", Style::Han, 2006),
            ("话题二 谁来照看老人", Style::Han, 2),
            ("02 车间里的年轻人多了", Style::Digit, 2),
            ("十二、附则", Style::Han, 12),
            ("（三）办好食堂", Style::BracketedHan, 3),
            ("(4)办好食堂", Style::BracketedDigit, 4),
            ("5.办好食堂", Style::Digit, 5),
            ("６、办好食堂", Style::Digit, 6),
            ("⑦办好食堂", Style::Circled, 7),
            ("第八章 附则", Style::Chapter, 8),
            ("第二十一条任何单位", Style::Clause, 21),
            ("第一，要办好食堂", Style::Ordinal, 1),
            ("其次，要办好食堂", Style::Ordinal, 2),
            ("三是办好食堂", Style::Ordinal, 3),
            ("●办好食堂", Style::Bullet, 0),
            ("———办好食堂", Style::Bullet, 0),
        ] {
            let found = numbering(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.style, found.number), (style, number), "{line}");
        }
    }

    #[test]
    fn figures_in_a_sentence_are_no_numbers() {
        for line in [
            "1.5万人",
            "问题一直没有解决",
            "故事一开头就讲",
            "02 要闻",
            "1998年",
            "三、四百人",
            "一、二、三",
            "一个堡垒",
            "十多年来",
            "第一次",
            "第一次修路时他说：好",
            "一说：",
            "2024.3.5",
            "（一个人）",
            "",
            "十",
        ] {
            assert_eq!(numbering(line), None, "{line}");
        }
    }
}
