//! How fast repeated paragraphs are found: 100,000 paragraphs, one in fifty a noisy copy, and how the time grows.
//!
//! `cargo bench --bench duplicates` prints the growth and the share of the yardstick, then divan's table. The
//! yardstick is hashing the same bytes, in the same run.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use article_lsp::block::diff::Diff;
use article_lsp::block::{self, Block, Format};
use article_lsp::fingerprint::Comparable;
use article_lsp::fingerprint::{self, Print};
use article_lsp::shape::{self, Shape};
use article_lsp::text::Text;
use divan::Bencher;
use divan::counter::BytesCount;

const PARAGRAPHS: usize = 100_000;
/// The page of a newspaper with many articles.
const PAGE: usize = 3_000;

/// A page of paragraphs in the manner of a newspaper: invented words of a small vocabulary, clauses of about twelve
/// characters. Every fiftieth paragraph repeats the twentieth before it, with one character in twenty wrong.
fn page(n_paragraphs: usize) -> String {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let words: Vec<String> =
        (0..4000).map(|_| (0..2).filter_map(|_| char::from_u32(0x4e00 + random(3000) as u32)).collect()).collect();
    let mut paragraphs: Vec<String> = Vec::with_capacity(n_paragraphs);
    for n in 0..n_paragraphs {
        let mut paragraph = String::new();
        if n % 50 == 49 {
            for (at, c) in paragraphs[n - 20].chars().enumerate() {
                paragraph.push(if at % 20 == 11 { '囗' } else { c });
            }
        } else {
            for _ in 0..4 + random(10) {
                for _ in 0..6 {
                    // A few words are much commoner than the rest, as in a text.
                    let rare = random(4000);
                    paragraph.push_str(&words[(random(rare + 1)) as usize]);
                }
                paragraph.push('，');
            }
            paragraph.push_str("如此。");
        }
        paragraphs.push(paragraph);
    }
    paragraphs.join("\n\n")
}

struct Prepared {
    text: Text,
    blocks: Vec<Block>,
    shapes: Vec<Shape>,
    prints: Vec<Arc<Print>>,
}

impl Prepared {
    fn comparable(&self) -> Comparable<'_> {
        Comparable { text: &self.text, blocks: &self.blocks, shapes: &self.shapes, prints: &self.prints }
    }
}

fn prepared(n_paragraphs: usize) -> Prepared {
    let text = Text::new(page(n_paragraphs));
    let blocks = block::blocks(&text, Format::Markdown);
    let shapes = blocks.iter().map(|b| shape::shape(text.slice(b.content))).collect();
    let prints = prints(&text, &blocks);
    Prepared { text, blocks, shapes, prints }
}

fn prints(text: &Text, blocks: &[Block]) -> Vec<Arc<Print>> {
    blocks.iter().map(|b| Arc::new(fingerprint::print(text.slice(b.content)))).collect()
}

/// The least of five runs: noise of the machine only adds.
fn time(mut run: impl FnMut()) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn find(p: &Prepared) -> usize {
    let (copies, echoes) =
        fingerprint::repetitions(p.comparable(), &Diff::whole(p.blocks.len()), &mut fingerprint::Memo::default());
    copies.len() + echoes.len()
}

fn main() {
    let mut previous: Option<Duration> = None;
    for quarter in [1, 2, 4] {
        let p = prepared(PARAGRAPHS * quarter / 4);
        let hash = time(|| {
            black_box(block::hash(p.text.as_str()));
        });
        let sketch = time(|| {
            black_box(prints(&p.text, &p.blocks));
        });
        let found = time(|| {
            black_box(find(&p));
        });
        let whole = sketch + found;
        let growth = previous.map_or(String::new(), |before| {
            format!(", {:.2} times the half", whole.as_secs_f64() / before.as_secs_f64())
        });
        println!(
            "{:>7} paragraphs, {:>4} MB: fingerprints {sketch:.1?}, copies {found:.1?}, {:.0} times hashing{growth}; {} found",
            p.blocks.len(),
            p.text.len() / 1_000_000,
            whole.as_secs_f64() / hash.as_secs_f64(),
            find(&p),
        );
        previous = Some(whole);
    }
    divan::main();
}

/// The yardstick.
#[divan::bench]
fn hash_the_bytes(bencher: Bencher) {
    let text = page(PAGE);
    bencher.counter(BytesCount::new(text.len())).bench(|| block::hash(black_box(&text)));
}

/// Every block anew, as when a file is opened.
#[divan::bench]
fn fingerprints_of_a_page(bencher: Bencher) {
    let p = prepared(PAGE);
    bencher.counter(BytesCount::new(p.text.len())).bench(|| prints(&p.text, &p.blocks));
}

/// What a keystroke pays: the fingerprints are kept.
#[divan::bench]
fn copies_of_a_page(bencher: Bencher) {
    let p = prepared(PAGE);
    bencher.counter(BytesCount::new(p.text.len())).bench(|| find(&p));
}
