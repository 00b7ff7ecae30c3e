//! How reports of the present day begin, which the texts of 1998 do not: with a date in figures, with 近日 or 据介绍. A
//! model that learned from those texts alone takes a date for what follows 本报讯, and so for the middle of a sentence.

use crate::random::Random;

/// Openings of clauses without figures.
const WORDS: [&str; 28] = [
    "近日，",
    "日前，",
    "连日来，",
    "近年来，",
    "今年以来，",
    "当天，",
    "当日，",
    "目前，",
    "截至目前，",
    "据介绍，",
    "据了解，",
    "据悉，",
    "下一步，",
    "活动现场，",
    "会上，",
    "随后，",
    "活动期间，",
    "活动中，",
    "座谈会上，",
    "一直以来，",
    "与此同时，",
    "前不久，",
    "每到周末，",
    "如今，",
    "为此，",
    "此外，",
    "“十四五”以来，",
    "在这里，",
];

/// An opening: seven in twelve are dates.
pub fn opening(random: &mut Random) -> String {
    let (year, month, day) = (random.between(2012, 2026), random.between(1, 12), random.between(1, 30));
    match random.below(12) {
        0 | 1 => format!("{month}月{day}日，"),
        2 => format!("{month}月{day}日{}，", random.pick(&["上午", "下午", "晚", "起"])),
        3 => format!("{month}月{day}日至{}日，", day + 1),
        4 => format!("{year}年{month}月，"),
        5 => format!("{year}年{month}月{day}日，"),
        6 => format!("今年{month}月，"),
        _ => (*random.pick(&WORDS)).to_owned(),
    }
}
