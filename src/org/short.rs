//! The names that a full one may go by, whatever page it stands in.

use std::ops::Range;

use super::grammar::NUMBERS;
use super::lexicon::{Rank, is_distinctive};
use super::reading::Reading;
use super::search::LEAST_SEARCHED;

/// What the legal form of a company adds to its name, the longest first.
const LEGAL: [&str; 12] = [
    "集团股份有限公司",
    "集团有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "集团公司",
    "总公司",
    "发展中心",
    "服务中心",
    "公司",
    "集团",
];

/// Characters of the short name of a company: its root and what it does.
const BRAND: usize = 4;

/// Short forms of the ends of names.
const SHORT_ENDS: [(&str, &str); 12] = [
    ("职业高中", "职高"),
    ("职业高级中学", "职高"),
    ("职业技术学院", "职院"),
    ("师范大学", "师大"),
    ("师范学院", "师院"),
    ("医科大学", "医大"),
    ("农业大学", "农大"),
    ("财经大学", "财大"),
    ("交通大学", "交大"),
    ("工业大学", "工大"),
    ("科技大学", "科大"),
    ("民族大学", "民大"),
];

/// Names that `full`, which begins with `places`, may go by, without those that are common nouns.
pub(super) fn short_names(full: &str, places: &[Range<usize>]) -> Vec<String> {
    let reading = Reading::new(full);
    let mut place_end = 0;
    while place_end < reading.len() && reading.marks[place_end].place > 0 {
        place_end += usize::from(reading.marks[place_end].place);
    }
    let listed = reading.bytes(0, place_end).end;
    let unlisted = places.iter().map(ExactSizeIterator::len).sum();
    let without_place = full.get(listed.max(unlisted)..).unwrap_or_default();
    // 义马集团渑池县蓝天煤业有限公司 is also 蓝天煤业: what stands behind the last place inside the name.
    let inner =
        (1..reading.len()).rev().find(|&n| matches!(reading.marks[n].rank, Some(Rank::County | Rank::Prefecture)));
    let behind = inner.map(|n| &full[reading.bytes(n + usize::from(reading.marks[n].place), reading.len())]);
    let mut short = Vec::new();
    let legal = |name: &str| LEGAL.iter().find_map(|form| name.strip_suffix(form)).map(str::to_owned);
    short.extend(legal(full).filter(|_| place_end < reading.len()));
    if without_place.len() < full.len() {
        short.push(without_place.to_owned());
        short.extend(legal(without_place));
    }
    if let Some(behind) = behind.filter(|_| place_end == 0) {
        short.push(behind.to_owned());
        short.extend(legal(behind));
    }
    // 双溪精工传动有限公司 is also 双溪精工.
    let brand = |stem: &String| Some(stem[..stem.char_indices().nth(BRAND)?.0].to_owned());
    let stem = short.last().filter(|_| full.ends_with("有限公司"));
    short.extend(stem.and_then(brand));
    for (long, end) in SHORT_ENDS {
        if let Some(stem) = full.strip_suffix(long) {
            short.push(format!("{stem}{end}"));
        }
        if let Some(stem) = without_place.strip_suffix(long).filter(|stem| !stem.is_empty()) {
            short.push(format!("{stem}{end}"));
        }
    }
    short.retain(|name| !name.ends_with(NUMBERS));
    short.retain(|name| name.chars().count() >= LEAST_SEARCHED && is_distinctive(name));
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::place::leading;

    #[test]
    fn short_names_hold_more_than_common_nouns() {
        let short_names = |full| short_names(full, &leading(full));
        assert_eq!(short_names("青岛市人民医院"), Vec::<String>::new());
        assert_eq!(short_names("青岛蓝鲸物流有限公司"), ["青岛蓝鲸物流", "蓝鲸物流有限公司", "蓝鲸物流"]);
        assert_eq!(short_names("青岛市自来水公司"), Vec::<String>::new());
    }
}
