//! Where the time of one keystroke goes inside the program: one edit of a page, analysed again with its memo.
//!
//! ```text
//! cargo bench --bench analysis                     # a table over sizes
//! cargo bench --bench analysis -- 1000000 50       # one size, so many edits: for a profiler
//! ```

#[allow(dead_code, reason = "this needs a part of the generator")]
#[path = "../tests/generated/pages.rs"]
mod pages;

use std::hint::black_box;
use std::time::{Duration, Instant};

use article_lsp::article::Memo;
use article_lsp::block::{self, Format};
use article_lsp::config::Config;
use article_lsp::workspace;
use pages::Random;

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let sizes: Vec<(usize, usize)> = match numbers[..] {
        [bytes, edits] => vec![(bytes, edits)],
        _ => vec![(20_000, 100), (1_000_000, 30), (10_000_000, 3)],
    };
    println!("{:>10} {:>12} {:>12} {:>12}", "bytes", "copy + hash", "first", "edit");
    for (bytes, edits) in sizes {
        let mut text = pages::page(bytes, 7).text;
        let copy = median(11, || {
            black_box(block::hash(&black_box(text.as_str()).to_owned()));
        });
        let mut memo = Memo::default();
        let mut analyse = |text: &str| {
            black_box(workspace::check(text, Format::Markdown, None, &Config::default(), &mut memo));
        };
        let first = median(1, || analyse(&text));
        let mut random = Random::new(3);
        let mut times: Vec<Duration> = (0..edits)
            .map(|_| {
                let at = random.below(text.len());
                let at = (at..).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
                text.insert(at, '的');
                median(1, || analyse(&text))
            })
            .collect();
        times.sort_unstable();
        println!("{bytes:>10} {copy:>12.2?} {first:>12.2?} {:>12.2?}", times[times.len() / 2]);
    }
}

fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}
