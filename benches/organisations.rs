//! How fast organisations are found: `cargo bench --bench organisations`. The text is invented; a page of a
//! newspaper has some ten to twenty kilobytes. First it prints how long the first sentence takes, for which model,
//! lexicon and divisions are opened; `yardstick` decodes the same text and counts its characters.

use std::time::Instant;

use article_lsp::article::{self, Page};
use article_lsp::block::Format;
use article_lsp::org::{Dictionary, Memo, organisations, organisations_with};
use divan::Bencher;
use divan::counter::BytesCount;

const PARAGRAPHS: &str = "本报讯（记者周明远）近日，青岛市黄岛区总工会联合区人社局、区教育局举办职工技能大赛，三百名职工参加。\n\n\
    记者从区总工会了解到，蓝鲸物流有限公司、星河网络科技等二十家企业完成了工会组建，下一步将把服务送到更多职工身边。\n\n\
    “以前各干各的，现在大家一起想办法。”黄岛区人民医院职工孙晓兰说，职工之家里有书屋、健身房和心理咨询室，下班以后总有人来。\n\n\
    在海滨社区，居民们围坐在一起商量停车的事。社区党委书记说，遇到难题就开会，会上人人都能说话，定下来的事贴在墙上，办完一件划掉一件。\n\n";

fn main() {
    let first = Page::parse(
        "近日，青岛市黄岛区总工会举办职工运动会，三百名职工参加。",
        Format::Markdown,
        &mut article::Memo::default(),
    );
    let start = Instant::now();
    let found = organisations(&first).len();
    println!("model opened and {found} name found in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    divan::main();
}

/// Different paragraphs: those that repeat are kept under their hash.
fn source(times: usize) -> String {
    (0..times).map(|n| PARAGRAPHS.replace('。', &format!("（{n}）。"))).collect()
}

#[divan::bench(args = [16, 160])]
fn yardstick(bencher: Bencher, times: usize) {
    let source = source(times).into_bytes();
    bencher
        .counter(BytesCount::of_slice(&source))
        .bench(|| String::from_utf8_lossy(divan::black_box(&source)).chars().filter(|c| !c.is_whitespace()).count());
}

fn page(times: usize) -> Page {
    Page::parse(PARAGRAPHS.repeat(times), Format::Markdown, &mut article::Memo::default())
}

/// A page that was never seen, of 16 and of 160 kilobytes.
#[divan::bench(args = [16, 160])]
fn unseen(bencher: Bencher, times: usize) {
    let page = Page::parse(source(times), Format::Markdown, &mut article::Memo::default());
    bencher.counter(BytesCount::new(page.text.len())).bench(|| organisations(&page));
}

/// The same page again, everything kept from the time before.
#[divan::bench(args = [16, 160])]
fn seen(bencher: Bencher, times: usize) {
    let page = page(times);
    let mut memo = Memo::default();
    bencher
        .counter(BytesCount::new(page.text.len()))
        .bench_local(|| organisations_with(&page, &Dictionary::default(), &mut memo));
}
