//! Reads text with labels from a weak teacher and corrects what grammar and lists know better.

use std::collections::HashMap;

use anyhow::{Context, Result};
use article_lsp::org::grammar;
use article_lsp::org::lexicon::{Entry, Rank, lexicon};
use article_lsp::org::reading::Reading;
use serde_json::Value;

use crate::generate::Sample;

/// One text in this many is held out, by its line in the file.
const HELD_OUT: usize = 10;

/// The samples of `source` (one JSON object a line: `text`, `spans` of `[start, end, label]` in characters), with
/// labels corrected; texts whose labels cannot be trusted are left out. First those to train on, then those held out.
pub(crate) fn read(source: &str) -> Result<(Vec<Sample>, Vec<Sample>)> {
    let (mut training, mut held_out) = (Vec::new(), Vec::new());
    for (n, line) in source.lines().enumerate() {
        let value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().context("text")?.to_owned();
        let mut labelled: Vec<(usize, usize, bool)> = Vec::new();
        for span in value["spans"].as_array().context("spans")? {
            let number = |n: usize| span[n].as_u64().map(|n| n as usize).context("an offset");
            match span[2].as_str() {
                Some("ORG") => labelled.push((number(0)?, number(1)?, true)),
                Some("LOC") => labelled.push((number(0)?, number(1)?, false)),
                _ => {}
            }
        }
        if let Some(spans) = correct(&text, &labelled) {
            let samples = if n % HELD_OUT == 0 { &mut held_out } else { &mut training };
            samples.push(Sample { text, spans });
        }
    }
    spread(&mut training);
    Ok((training, held_out))
}

/// Corrected spans of names; none where a label is of no use.
fn correct(text: &str, labelled: &[(usize, usize, bool)]) -> Option<Vec<(usize, usize)>> {
    let reading = Reading::new(text);
    let chars = &reading.chars;
    let word = |from: usize, to: usize| -> String { chars[from..to].iter().collect() };
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, &(start, end, is_name)) in labelled.iter().enumerate() {
        if !is_name {
            continue;
        }
        let (mut start, mut end) = (start, end);
        while start < end && matches!(chars[start], '讯' | '发' | '电' | '”' | '“' | '在') && start + 2 < end {
            start += 1;
        }
        while let Some(title) = (start + 1..end).find(|&n| {
            usize::from(reading.marks[n].title) == end - n && end - n >= 2 && reading.marks[end - 1].suffix_ending == 0
        }) {
            end = title;
        }
        if chars[start..end].iter().any(|c| matches!(c, '。' | '，' | '、' | '；' | '：' | '《' | '》')) {
            return None;
        }
        let name = word(start, end);
        let entry = lexicon().get(&name);
        let is_known = entry.is_some_and(|e| e.body().is_some());
        if entry.is_some_and(|e| e.suffix().is_some() || e.rank().is_some()) && !is_known {
            continue;
        }
        let ends_well = reading.marks[end - 1].suffix_ending > 0 || chars[end - 1] == '队' || chars[end - 1] == '社';
        if !is_known && (!ends_well || end - start < 3) {
            return None;
        }
        // The teacher cuts the place off: [湖北省]LOC[麻城市交通局]ORG is one name.
        if let Some(&(from, to, false)) = at.checked_sub(1).and_then(|before| labelled.get(before)) {
            let own_nation = matches!(word(from, to).as_str(), "我国" | "全国" | "国际");
            if to == start && !is_known && !own_nation && !name.starts_with("中国") && !name.starts_with("国家") {
                start = from;
            }
        }
        match spans.last_mut() {
            Some(last) if last.1 == start && !is_known => last.1 = end,
            Some(last) if last.1 > start => last.1 = last.1.max(end),
            _ => spans.push((start, end)),
        }
    }
    for candidate in grammar::candidates(&reading) {
        let free = spans.iter().all(|&(start, end)| candidate.end <= start || end <= candidate.start);
        if free && is_certain(&reading, candidate) {
            spans.push((candidate.start, candidate.end));
        }
    }
    spans.sort_unstable();
    Some(spans)
}

/// Whether the grammar is right about `candidate` without a teacher: a body of the list, a relative name, or a
/// division with an office that every division has.
fn is_certain(reading: &Reading, candidate: grammar::Candidate) -> bool {
    let grammar::Candidate { start, end } = candidate;
    let mark = reading.marks[start];
    let next_is_title = reading.marks.get(end).is_some_and(|m| m.title > 0);
    let continues = reading.chars.get(end).is_some_and(|&c| article_lsp::zh::is_han(c));
    if usize::from(mark.body) == end - start {
        return end - start >= 3 || !continues || next_is_title;
    }
    let suffix = usize::from(reading.marks[end - 1].suffix_ending);
    if suffix < 2 || suffix > end - start {
        return false;
    }
    let places = (end - start) - suffix;
    let begins_with_rank = matches!(reading.chars[start], '区' | '市' | '县' | '省' | '镇' | '乡');
    let is_relative =
        begins_with_rank && mark.place == 0 && (places <= 1 || places == 2 && reading.chars[start + 1] == '委');
    let is_division = usize::from(mark.place) == places && mark.rank.is_some_and(|r| r < Rank::Township);
    is_relative || is_division
}

/// Names that the teacher found at least twice are names wherever they stand.
fn spread(samples: &mut [Sample]) {
    let mut found: HashMap<Vec<char>, usize> = HashMap::new();
    for sample in samples.iter() {
        let chars: Vec<char> = sample.text.chars().collect();
        for &(start, end) in &sample.spans {
            *found.entry(chars[start..end].to_vec()).or_default() += 1;
        }
    }
    let mut known: HashMap<[char; 3], Vec<Vec<char>>> = HashMap::new();
    for (name, count) in found {
        if count >= 2 && name.len() >= 4 {
            known.entry([name[0], name[1], name[2]]).or_default().push(name);
        }
    }
    for names in known.values_mut() {
        names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
    }
    for sample in samples {
        let chars: Vec<char> = sample.text.chars().collect();
        let mut added = Vec::new();
        let mut at = 0;
        while at + 3 < chars.len() {
            let here = known.get(&[chars[at], chars[at + 1], chars[at + 2]]);
            let name = here.and_then(|names| names.iter().find(|name| chars[at..].starts_with(name)));
            let length = name.map_or(1, Vec::len);
            if name.is_some() && sample.spans.iter().all(|&(start, end)| at + length <= start || end <= at) {
                added.push((at, at + length));
            }
            at += length;
        }
        sample.spans.extend(added);
        sample.spans.sort_unstable();
    }
}

/// The symbol of the grammar of names that makes names of the same sort as `name`; none for names that are best
/// left as they are.
pub(crate) fn symbol_like(name: &str) -> Option<&'static str> {
    use article_lsp::org::OrgKind;
    if lexicon().get(name).and_then(Entry::body).is_some() {
        return None;
    }
    let reading = Reading::new(name);
    if matches!(reading.marks[0].rank, Some(Rank::Country | Rank::City)) && !name.starts_with("中国") {
        return Some("fbody");
    }
    Some(match reading.marks.last()?.suffix_kind? {
        OrgKind::Party => "party",
        OrgKind::Union => "union",
        OrgKind::Government => "gov",
        OrgKind::Court => "court",
        OrgKind::Company => "company",
        OrgKind::School => "school",
        OrgKind::Hospital => "hospital",
        OrgKind::Community => "resident",
        OrgKind::Institute => "institute",
        OrgKind::Studio => "studio",
        OrgKind::Media => "media",
        OrgKind::Association => "association",
        OrgKind::Military => "military",
        OrgKind::Other => "other",
    })
}
