//! How fast a page is read and checked: `cargo bench --bench structure`.
//!
//! Three things are timed over generated pages of 1, 2 and 4 MB, on one core: the first analysis (nothing is known),
//! the analysis after a keystroke (one paragraph changed, the rest is in the memo), and the yardstick that every
//! figure is held against: decoding the same bytes and counting their characters. The last lines state the ratios.

#[path = "../tests/generated/pages.rs"]
mod pages;

use std::hint::black_box;
use std::time::{Duration, Instant};

use article_lsp::article::{Memo, Page};
use article_lsp::block::Format;
use article_lsp::config::Config;
use article_lsp::rules::{Context, check};
use divan::Bencher;
use divan::counter::BytesCount;

/// Sizes of the generated pages, in megabytes.
const SIZES: [usize; 3] = [1, 2, 4];

fn main() {
    divan::main();
    if !std::env::args().any(|argument| matches!(argument.as_str(), "--list" | "--test")) {
        report();
    }
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn yardstick(bencher: Bencher, megabytes: usize) {
    let text = page(megabytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| decode(black_box(text.as_bytes())));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn first_analysis(bencher: Bencher, megabytes: usize) {
    let text = page(megabytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| analyse(&text, &mut Memo::default()));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn keystroke(bencher: Bencher, megabytes: usize) {
    let text = page(megabytes);
    let mut memo = Memo::default();
    analyse(&text, &mut memo);
    let mut typed = 0;
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        typed += 1;
        analyse(&edited(&text, typed), &mut memo)
    });
}

/// Decodes `bytes` and counts their characters one by one, as the simplest program that looks at them would.
fn decode(bytes: &[u8]) -> usize {
    let text = std::str::from_utf8(bytes).expect("generated text");
    text.chars().fold(0, |n, c| n + usize::from(black_box(c) != '\0'))
}

fn analyse(text: &str, memo: &mut Memo) -> usize {
    let page = Page::parse(text, Format::Markdown, memo);
    check(&Context { page: &page, config: &Config::default(), encoding: None, elsewhere: None }).len()
}

/// `text` with a figure typed into its middle.
fn edited(text: &str, typed: usize) -> String {
    let middle = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    format!("{}{typed}{}", &text[..middle], &text[middle..])
}

/// States the ratios, from the best of some runs each: what else the machine does only ever adds time.
fn report() {
    let best = |n: usize, run: &mut dyn FnMut() -> usize| {
        let time = |run: &mut dyn FnMut() -> usize| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        };
        (0..n).map(|_| time(run)).min().unwrap_or_default()
    };
    println!("\n| page | yardstick | first analysis | ratio | keystroke | ratio |\n|---|---|---|---|---|---|");
    let mut first: Vec<Duration> = Vec::new();
    for megabytes in SIZES {
        let text = page(megabytes);
        let yardstick = best(10, &mut || decode(text.as_bytes()));
        let cold = best(10, &mut || analyse(&text, &mut Memo::default()));
        let mut memo = Memo::default();
        analyse(&text, &mut memo);
        let mut typed = 0;
        let warm = best(10, &mut || {
            typed += 1;
            analyse(&edited(&text, typed), &mut memo)
        });
        let ratio = |time: Duration| time.as_secs_f64() / yardstick.as_secs_f64();
        println!(
            "| {megabytes} MB | {yardstick:.2?} | {cold:.2?} | {:.1} | {warm:.2?} | {:.1} |",
            ratio(cold),
            ratio(warm)
        );
        first.push(cold);
    }
    let growth: Vec<String> =
        first.windows(2).map(|pair| format!("{:.2}", pair[1].as_secs_f64() / pair[0].as_secs_f64())).collect();
    println!("growth of the first analysis from 1 to 2 to 4 MB: {}", growth.join(", "));
}

/// A page of so many megabytes.
fn page(megabytes: usize) -> String {
    pages::page(megabytes << 20, megabytes as u64).text
}
