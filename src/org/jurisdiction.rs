//! The divisions of China: which place lies in which, so that 北京市 › 朝阳区 can be said of 朝阳区.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexicon::{Entry, Rank, lexicon};

/// Provinces, prefectures and counties by administrative code and by name.
#[derive(Debug)]
struct Divisions {
    names: HashMap<u32, &'static str>,
    codes: HashMap<&'static str, Vec<u32>>,
}

static DIVISIONS: LazyLock<Divisions> = LazyLock::new(|| {
    let mut divisions = Divisions { names: HashMap::new(), codes: HashMap::new() };
    for line in include_str!("divisions.tsv").lines() {
        let (code, name) = line.split_once('\t').expect("code and name");
        let code = code.parse().expect("a code");
        divisions.names.insert(code, name);
        divisions.codes.entry(name).or_default().push(code);
    }
    divisions
});

/// The codes of the divisions that `name` may mean, with or without the word for its rank (北京 is 北京市).
fn codes(name: &str) -> Vec<u32> {
    let known = &DIVISIONS.codes;
    if let Some(codes) = known.get(name) {
        return codes.clone();
    }
    for suffix in ["省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区"]
    {
        if let Some(codes) = known.get(format!("{name}{suffix}").as_str()) {
            return codes.clone();
        }
    }
    if let Some(codes) = ["区", "县"].iter().find_map(|rank| known.get(format!("{name}{rank}").as_str())) {
        return codes.clone();
    }
    lexicon().get(name).filter(|e| e.rank() == Some(Rank::Township)).and_then(Entry::code).into_iter().collect()
}

/// Codes of townships begin here: nine digits.
const TOWNSHIPS: u32 = 100_000_000;

/// Codes of prefectures begin here: four digits.
const PREFECTURES: u32 = 1000;

/// The cities that are provinces: 北京市, 天津市, 上海市, 重庆市.
const MUNICIPALITIES: [u32; 4] = [11, 12, 31, 50];

/// The division that `code` lies in: 110105 in 1101, 1101 in 11.
fn parent(code: u32) -> Option<u32> {
    let parent = if code >= TOWNSHIPS { code / 1000 } else { code / 100 };
    (parent > 0).then_some(parent)
}

/// `code` and everything that it lies in, the smallest first.
fn line(code: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(code), |&code| parent(code))
}

/// The chain of places, largest first, for the places that a name begins with (`places`, in order, as written)
/// on a page that names the divisions `around` elsewhere. Of several divisions with the name, the one is taken
/// that lies in a place of the name or of the page; if none does, the chain begins with the name itself.
pub fn chain(places: &[&str], around: &[u32]) -> Vec<String> {
    let Some((&first, rest)) = places.split_first() else { return Vec::new() };
    let candidates = codes(first);
    let fits = |code: &u32| {
        rest.first().is_none_or(|next| {
            let next = codes(next);
            next.is_empty() || next.iter().any(|&n| line(n).skip(1).any(|c| c == *code))
        })
    };
    let fitting: Vec<u32> = candidates.iter().copied().filter(fits).collect();
    let candidates = if fitting.is_empty() { candidates } else { fitting };
    let lies_in = |place: u32| candidates.iter().copied().find(|&code| line(code).skip(1).any(|c| c == place));
    // A town of that name lies elsewhere, too, though no list has it: only its county or its city says that it is this one.
    let is_city = |place: u32| place >= PREFECTURES || MUNICIPALITIES.contains(&place);
    let is_near = |&place: &u32| is_city(place) || candidates.iter().all(|&code| code < TOWNSHIPS);
    let near = around.iter().copied().filter(is_near).find_map(lies_in);
    let is_named = |&code: &u32| code < TOWNSHIPS && around.contains(&code);
    let near = near.or_else(|| candidates.iter().copied().find(is_named));
    // A township that no list has twice may still be one that no list has at all.
    let alone = || candidates.first().copied().filter(|&code| candidates.len() == 1 && code < TOWNSHIPS);
    let code = near.or_else(alone);
    let mut chain = match code {
        Some(code) => path(code, first),
        None => vec![first.to_owned()],
    };
    for place in rest {
        match codes(place).into_iter().find(|&c| code.is_some_and(|code| line(c).skip(1).any(|p| p == code))) {
            Some(code) => {
                let path = path(code, place);
                if path.len() > chain.len() {
                    chain = path;
                }
            }
            None => chain.push((*place).to_owned()),
        }
    }
    chain.dedup();
    chain
}

/// The names of everything that `code`, called `name`, lies in, and its own.
fn path(code: u32, name: &str) -> Vec<String> {
    let mut path: Vec<String> =
        line(code).filter_map(|c| DIVISIONS.names.get(&c)).map(|name| (*name).to_owned()).collect();
    path.reverse();
    if !DIVISIONS.names.contains_key(&code) {
        path.push(name.to_owned());
    }
    path
}

/// Whether `name` is a province or a prefecture, with or without the word for its rank.
pub fn is_large(name: &str) -> bool {
    codes(name).iter().any(|&code| code < 10_000)
}

/// The code of the division that `name` means without doubt.
pub fn certain(name: &str) -> Option<u32> {
    match codes(name)[..] {
        [code] => Some(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_goes_up_to_the_province() {
        assert_eq!(chain(&["黄岛区"], &[]), ["山东省", "青岛市", "黄岛区"]);
        assert_eq!(chain(&["青岛", "黄岛区"], &[]), ["山东省", "青岛市", "黄岛区"]);
    }

    #[test]
    fn the_page_decides_between_namesakes() {
        let changchun = certain("长春市").expect("one 长春市");
        assert_eq!(chain(&["朝阳区"], &[changchun]), ["吉林省", "长春市", "朝阳区"]);
        assert_eq!(chain(&["朝阳区"], &[]), ["朝阳区"]);
    }

    #[test]
    fn only_its_county_or_its_city_says_which_town_it_is() {
        let [town, province, city] = ["甪直镇", "江苏省", "苏州市"].map(|name| certain(name).expect("one"));
        assert_eq!(chain(&["甪直镇"], &[town, province]), ["甪直镇"]);
        assert_eq!(chain(&["甪直镇"], &[town, city]), ["江苏省", "苏州市", "吴中区", "甪直镇"]);
    }
}
