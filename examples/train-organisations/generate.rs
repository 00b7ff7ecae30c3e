//! Expands the grammars of names and of sentences into text with labelled names.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

/// A text and the names in it, in characters, end exclusive.
#[derive(Clone, Default, Debug)]
pub(crate) struct Sample {
    pub(crate) text: String,
    pub(crate) spans: Vec<(usize, usize)>,
}

impl Sample {
    /// Appends `text`.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends `text` as a name.
    pub(crate) fn push_name(&mut self, text: &str) {
        let start = self.text.chars().count();
        self.text.push_str(text);
        self.spans.push((start, start + text.chars().count()));
    }
}

/// A small generator of random numbers (`SplitMix64`), so that training gives the same model everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// True this many times in a hundred.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// Shuffles `items`.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for n in (1..items.len()).rev() {
            items.swap(n, self.below(n + 1));
        }
    }
}

/// A piece of an alternative.
#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    /// `{symbol}`.
    Symbol(String),
    /// `[symbol]`.
    Name(String),
}

/// A context-free grammar of text.
#[derive(Debug)]
pub(crate) struct Grammar {
    rules: HashMap<String, Vec<Vec<Piece>>>,
}

impl Grammar {
    /// Reads the grammars beside this file; `divisions` is `divisions.tsv`, `towns` names of townships.
    pub(crate) fn open(divisions: &str, towns: &[String]) -> Result<Self> {
        let mut rules: HashMap<String, Vec<Vec<Piece>>> = HashMap::new();
        for source in [include_str!("names.grammar"), include_str!("sentences.grammar")] {
            for line in source.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
                let (symbol, alternatives) = line.split_once(" = ").context("SYMBOL = ALTERNATIVES")?;
                let parsed = rules.entry(symbol.trim().to_owned()).or_default();
                for alternative in alternatives.split(" | ") {
                    let (weight, text) = match alternative.trim().split_once('*') {
                        Some((weight, text)) => (weight.parse().context("a weight")?, text),
                        None => (1, alternative.trim()),
                    };
                    parsed.extend(std::iter::repeat_n(pieces(text)?, weight));
                }
            }
        }
        let mut words = |symbol: &str, list: Vec<String>| {
            rules.insert(symbol.to_owned(), list.into_iter().map(|word| vec![Piece::Text(word)]).collect());
        };
        let of_length = |length: usize| -> Vec<String> {
            divisions
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .filter(|(code, _)| code.len() == length)
                .map(|(_, name)| name.to_owned())
                .collect()
        };
        let short = |names: &[String]| {
            names
                .iter()
                .filter_map(|name| name.strip_suffix(['市', '县', '区']))
                .filter(|name| name.chars().count() >= 2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (prefectures, counties) = (of_length(4), of_length(6));
        let mut shorts = short(&prefectures);
        shorts.extend(shorts.clone());
        shorts.extend(short(&counties).into_iter().step_by(4));
        words("short", shorts);
        words("province", of_length(2));
        words("prefecture", prefectures);
        words("county", counties);
        words("township", towns.to_vec());
        let grammar = Self { rules };
        for alternative in grammar.rules.values().flatten().flatten() {
            if let Piece::Symbol(symbol) | Piece::Name(symbol) = alternative
                && !grammar.rules.contains_key(symbol)
            {
                bail!("no such symbol: {symbol}");
            }
        }
        Ok(grammar)
    }

    /// A text made from `symbol`.
    pub(crate) fn text(&self, symbol: &str, random: &mut Random) -> String {
        let mut sample = Sample::default();
        self.expand(symbol, random, &mut sample);
        sample.text
    }

    /// Appends a text made from `symbol` with its names.
    pub(crate) fn expand(&self, symbol: &str, random: &mut Random, sample: &mut Sample) {
        let alternatives = &self.rules[symbol];
        for piece in &alternatives[random.below(alternatives.len())] {
            match piece {
                Piece::Text(text) => sample.push(text),
                Piece::Symbol(symbol) => self.expand(symbol, random, sample),
                Piece::Name(symbol) => {
                    let name = self.text(symbol, random);
                    sample.push_name(&name);
                }
            }
        }
    }
}

fn pieces(text: &str) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[']) {
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        let is_name = rest[at..].starts_with('[');
        let end = rest[at..].find(if is_name { ']' } else { '}' }).context("a closing bracket")? + at;
        let symbol = rest[at + 1..end].to_owned();
        pieces.push(if is_name { Piece::Name(symbol) } else { Piece::Symbol(symbol) });
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}
