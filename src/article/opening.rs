//! Whether a heading that no mark, byline or dateline tells apart opens an article of its own or heads a part of the one
//! above it: a logistic regression over the look of the heading and over what the texts above and below it are about.
//!
//! A part goes on about people and things that the article has named; a new article names its own, and its title says the
//! words of its first sentences. `examples/train-seams --headings` fits the weights and measures them on articles of the
//! program's own making.

use std::collections::HashSet;

use crate::seam::Model;
use crate::seam::facts::is_rare;
use crate::zh;

/// How many pieces of evidence there are.
pub const N_EVIDENCE: usize = 11;

/// Each piece of [`evidence`] and what it weighs, as `examples/train-seams --headings` prints it. Held out by fifths, of 724
/// titles without a mark, a byline or a dateline below 628 are told at [`LEAST_OPENING`], and of 333 headings of parts 311.
pub const WEIGHTS: [(&str, f32); N_EVIDENCE] = [
    ("always 1", 0.09),
    ("the text below begins with a day, as reports do", 1.58),
    ("share of the heading's pairs of Hanzi that the text below takes up, at most a half", 1.72),
    ("the same of the text above", -2.28),
    ("share of the rare pairs of the text below that the text above has, in tenths, at most 1.2", -4.12),
    ("how many these are, at most four", -0.39),
    ("the heading has at least seven characters", 1.86),
    ("at least ten", 0.92),
    ("at least fourteen", 1.79),
    ("it says whose the words are, asks or quotes: a colon, a question mark, a bracket, a quotation first", -2.13),
    ("the article above has a part with a heading already", -2.18),
];

/// A heading opens an article from these log-odds on: to cut an article in two is worse than to leave two together. Held out,
/// 659 titles and 305 headings of parts are told at 1, 628 and 311 at 1.5, 579 and 318 at 2.
pub const LEAST_OPENING: f32 = 1.5;

/// So many blocks of the text below say what it is about …
pub const N_BELOW: usize = 3;
/// … and so many of the text above.
pub const N_ABOVE: usize = 12;

/// The log-odds that `heading` opens an article, with the blocks `above` it and `below` it, the nearest [`N_ABOVE`] and
/// [`N_BELOW`] in order, and whether the article above `has_parts`.
pub fn logit(heading: &str, above: &[&str], below: &[&str], has_parts: bool) -> f32 {
    evidence(heading, above, below, has_parts).iter().zip(WEIGHTS).map(|(value, (_, weight))| value * weight).sum()
}

/// The value of each piece of evidence, in the order of [`WEIGHTS`].
pub fn evidence(heading: &str, above: &[&str], below: &[&str], has_parts: bool) -> [f32; N_EVIDENCE] {
    let language = &Model::shipped().language;
    let (title, text, before) = (pairs(&[heading]), pairs(below), pairs(above));
    let share = |part: usize, all: usize| if all == 0 { 0.0 } else { part as f32 / all as f32 };
    let taken_up = |by: &HashSet<[char; 2]>| share(title.intersection(by).count(), title.len()).min(0.5);
    let rare = text.iter().filter(|pair| is_rare(**pair, language));
    let (n_rare, n_shared) =
        rare.fold((0, 0), |(all, shared), pair| (all + 1, shared + usize::from(before.contains(pair))));
    let n_chars = heading.chars().filter(|c| !c.is_whitespace()).count();
    let says_whose =
        heading.contains(['：', ':', '？', '（', '(']) || heading.starts_with(['“', '「', '【', '《', '①', '■']);
    let is_dated = below.first().is_some_and(|text| begins_with_day(text));
    let flag = |holds: bool| f32::from(u8::from(holds));
    [
        1.0,
        flag(is_dated),
        taken_up(&text),
        taken_up(&before),
        (share(n_shared, n_rare) * 10.0).min(1.2),
        n_shared.min(4) as f32,
        flag(n_chars >= 7),
        flag(n_chars >= 10),
        flag(n_chars >= 14),
        flag(says_whose),
        flag(has_parts),
    ]
}

/// The pairs of Hanzi in `texts`.
pub(super) fn pairs(texts: &[&str]) -> HashSet<[char; 2]> {
    let mut found = HashSet::new();
    for text in texts {
        let mut before = None;
        for c in text.chars() {
            let c = Some(c).filter(|c| zh::is_han(*c));
            if let (Some(before), Some(c)) = (before, c) {
                found.insert([before, c]);
            }
            before = c;
        }
    }
    found
}

/// Whether `text` begins with the day of what it reports: 近日, 昨天上午, 6月12日, 记者昨日.
fn begins_with_day(text: &str) -> bool {
    let text = text.strip_prefix("记者").unwrap_or(text);
    if text.starts_with('昨') || DAYS.iter().any(|day| text.starts_with(day)) {
        return true;
    }
    matches!(zh::figures(text), Some((1..=2, '月' | '日')))
}

/// How a report says that it is new.
const DAYS: [&str; 12] =
    ["近日", "日前", "今天", "今日", "今晨", "前天", "前日", "连日来", "近期", "近来", "这几天", "本周"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Kind::Title;
    use crate::article::testing::check;

    const ABOVE: [&str; 2] = [
        "童一鸣蹲在田埂上，盯着手里的遥控器，无人机贴着麦穗飞过去，药雾落在叶子上。",
        "五年前他从省城回到柳树湾，用全部积蓄买下第一架植保机，乡亲们都说这后生不务正业。",
    ];

    #[test]
    fn a_part_goes_on_about_the_same_people() {
        let below = ["童一鸣记得，第一年农时不懂，植保机摔坏两架，柳树湾的乡亲劝他回省城。"];
        assert!(logit("第一年赔了十八万", &ABOVE, &below, false) < LEAST_OPENING);
    }

    #[test]
    fn an_article_takes_up_the_words_of_its_title() {
        let below = ["近日，安宁区图书馆新馆开馆，三层楼里摆着二十万册图书，周末座无虚席。"];
        assert!(logit("安宁区图书馆新馆开馆迎读者", &ABOVE, &below, false) > LEAST_OPENING);
    }

    #[test]
    fn an_article_needs_no_byline_to_begin() {
        check(
            "让职工走进温暖的家\n\n本报讯 正文。\n\n北山林场试种药材见成效\n\n近日，北山林场林下的药材丰收，黄精和天麻长势喜人，林农老郑算了一笔账，亩均增收三千元。\n",
            &[(Title, "让职工走进温暖的家"), (Title, "北山林场试种药材见成效")],
        );
    }

    #[test]
    fn an_announcement_is_an_article() {
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n征稿启事\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Title, "征稿启事")],
        );
    }
}
