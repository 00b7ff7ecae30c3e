//! The places in names: which divisions a name begins with, those that no list holds among them, and which names
//! are those of places and not of bodies.

use std::ops::Range;

use super::jurisdiction;
use super::lexicon::{Rank, lexicon};
use super::reading::Reading;
use crate::zh;

/// The words for the ranks of divisions that a name may begin with, or end with when it is none.
const RANKS: [char; 7] = ['省', '市', '区', '县', '旗', '镇', '乡'];

/// Least and most characters of a division that no list holds, its rank included: 望湖区, 双峰山镇.
const GUESSED: std::ops::RangeInclusive<usize> = 3..=4;

/// Characters of such a division without its rank, the likelier number first.
pub(super) const ROOT: [usize; 2] = [2, 3];

/// The divisions of China that `name` begins with, in bytes.
pub(super) fn leading(name: &str) -> Vec<Range<usize>> {
    if lexicon().get(name).and_then(super::lexicon::Entry::body).is_some() {
        return Vec::new();
    }
    let reading = Reading::new(name);
    let mut places = Vec::new();
    let mut n = 0;
    while let Some((end, is_domestic)) = listed(&reading, name, n).or_else(|| guessed(&reading, name, n)) {
        if is_domestic {
            places.push(reading.bytes(n, end));
        }
        n = end;
    }
    places
}

/// The end of the listed place that begins at character `n`, and whether it is in China.
fn listed(reading: &Reading, name: &str, n: usize) -> Option<(usize, bool)> {
    let mark = reading.marks.get(n).filter(|mark| mark.place > 0 && mark.body <= mark.place)?;
    let end = n + usize::from(mark.place);
    let is_short = mark.rank == Some(Rank::Short);
    // 云台 is a district, and this is a county of that name.
    if is_short && reading.chars.get(end).is_some_and(|c| matches!(c, '区' | '县' | '镇' | '乡')) {
        return (end + 1 < reading.len() && !within_word(reading.chars[end - 1], reading.chars[end]))
            .then_some((end + 1, true));
    }
    // 解放 of 解放军, 新华 of 新华书店: a county without its rank is a place only before another place.
    let is_word = is_short
        && mark.place <= 2
        && !jurisdiction::is_large(&name[reading.bytes(n, end)])
        && reading.marks.get(end).is_none_or(|next| next.place == 0);
    (!is_word).then_some((end, !matches!(mark.rank, Some(Rank::Country | Rank::City))))
}

/// The end of the place that begins at character `n` and that no list holds: two or three characters and the word
/// for a rank, with a body behind it.
fn guessed(reading: &Reading, name: &str, n: usize) -> Option<(usize, bool)> {
    let end = GUESSED.map(|length| n + length).find(|&end| {
        end + 1 < reading.len() && RANKS.contains(&reading.chars[end - 1]) && {
            let root = n..end - 1;
            !within_word(reading.chars[end - 2], reading.chars[end - 1])
                && root.clone().all(|k| zh::is_han(reading.chars[k]) && reading.marks[k].suffix_ending < 2)
                && !ZONES.contains(&&name[reading.bytes(n, end)])
                && !(n..end).any(|k| reading.marks[k].verb >= 2 || reading.marks[k].body > 0)
        }
    });
    end.map(|end| (end, true))
}

/// Whether `last` and the word `rank` make a word that is no division: 城市, 社区, 城镇.
pub(super) fn within_word(last: char, rank: char) -> bool {
    match rank {
        '市' => matches!(last, '城' | '都' | '超' | '门' | '上' | '股' | '夜' | '辖' | '各' | '全' | '本' | '该'),
        '区' => "社园地厂军灾牧林矿校郊老库特辖片街战景小治各全本该".contains(last),
        '县' => matches!(last, '治' | '各' | '全' | '本' | '该' | '郊'),
        '省' => matches!(last, '各' | '全' | '本' | '该' | '外'),
        '镇' | '乡' => matches!(last, '乡' | '城' | '集' | '家' | '老' | '各' | '全' | '本' | '该'),
        _ => false,
    }
}

/// Bytes of the word for the Youth League that `name` begins with, and behind which its place stands: 共青团某某市委,
/// 团市委, but not 团风县委.
pub(super) fn league(name: &str) -> usize {
    let short = |name: &str| name.starts_with('团') && name.ends_with('委') && leading(name).is_empty();
    ["共青团", "团"]
        .into_iter()
        .find(|word| name.starts_with(word) && (*word != "团" || short(name)))
        .map_or(0, str::len)
}

/// Whether the name of a division ends with the word for its rank: 青岛市, not 青岛.
pub(super) fn has_rank(place: &str) -> bool {
    place.ends_with(RANKS) && place.chars().count() > 2
}

/// Whether the rank that `relative` (区妇联) begins with ends a longer word in front of it: 发达地 + 区妇联.
pub(super) fn ends_within_word(before: &str, relative: &str) -> bool {
    let (Some(last), Some(rank)) = (before.chars().next_back(), relative.chars().next()) else { return false };
    within_word(last, rank)
}

/// Names of zones: places that have a body behind them (a committee), but are none.
const ZONES: [&str; 12] = [
    "园区",
    "产业园",
    "科技园",
    "工业园",
    "创业园",
    "文创园",
    "开发区",
    "示范区",
    "高新区",
    "实验区",
    "保税区",
    "自贸区",
];

/// Stations, ports and halls where things happen: they are named as places.
const SITES: [&str; 8] = ["火车站", "汽车站", "高铁站", "地铁站", "车站", "机场", "大会堂", "体育场"];

/// Whether `name` is the name of a place: a division that no list holds (某某市某某区), a zone, a station.
pub(super) fn is_place(name: &str) -> bool {
    // 社区, 军区, 外务省 end the names of bodies.
    let ends_body = Reading::new(name).marks.last().is_some_and(|mark| mark.suffix_ending >= 2);
    let is_division = name.ends_with(RANKS) && !ends_body;
    is_division || ZONES.iter().chain(&SITES).any(|end| name.ends_with(end)) || is_station(name)
}

/// Whether `name` is a railway station: a place, perhaps a direction, 站.
fn is_station(name: &str) -> bool {
    let Some(stem) = name.strip_suffix('站') else { return false };
    let stem = stem.strip_suffix(['东', '西', '南', '北']).unwrap_or(stem);
    lexicon().get(stem).is_some_and(|entry| entry.rank().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_divisions_that_no_list_holds() {
        let leading = |name| leading(name).into_iter().map(|place| &name[place]).collect::<Vec<&str>>();
        assert_eq!(leading("望湖区文化馆"), ["望湖区"]);
        assert_eq!(leading("宁川市青塘区实验小学"), ["宁川市", "青塘区"]);
        assert_eq!(leading("青岛市黄岛区总工会"), ["青岛市", "黄岛区"]);
        for name in ["城市建设集团", "社区卫生服务中心", "解放军总医院", "开发区管委会", "区总工会"]
        {
            assert_eq!(leading(name), Vec::<&str>::new(), "{name}");
        }
    }

    #[test]
    fn the_league_stands_before_its_place() {
        for (name, behind) in
            [("共青团宁川市委", "宁川市委"), ("团市委", "市委"), ("团风县委", "团风县委"), ("团结村", "团结村")]
        {
            assert_eq!(&name[league(name)..], behind);
        }
    }

    #[test]
    fn zones_and_stations_are_places() {
        for name in ["青岛站", "青岛北站", "蓝鲸产业园", "云台县石门镇", "青岛国际机场"] {
            assert!(is_place(name), "{name}");
        }
        for name in ["青岛气象站", "石门镇政府", "幸福里社区", "蓝鲸产业园管委会", "南京军区", "日本外务省"]
        {
            assert!(!is_place(name), "{name}");
        }
    }
}
