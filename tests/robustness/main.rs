//! The properties of [`properties`] on seeded input, on everything that ever broke one, and on mutations of both.
//!
//! This is the short version, without a guide: the fuzzers in `fuzz/` call the same functions with what coverage
//! leads to.

#[path = "../generated/pages.rs"]
mod pages;
mod properties;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use pages::Random;
use properties::Property;

/// Inputs to each property; `ARTICLE_LSP_FUZZ_RUNS` says how many where more time is at hand.
fn runs() -> usize {
    std::env::var("ARTICLE_LSP_FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(300)
}

/// Runs `property` and says on which bytes it broke.
fn hold(name: &str, property: Property, bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| property(bytes))).is_err() {
        let (format, text) = properties::text_of(bytes);
        panic!("{name} does not hold for {bytes:?}, as text {format:?} {text:?}");
    }
}

/// What is kept for a property: inputs that broke it once, in `fuzz/regressions`. Texts are kept as UTF-8, which means
/// the same whatever [`properties::text_of`] makes of its choices tomorrow.
fn kept(name: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions").join(name);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).expect("a readable file")).collect()
}

#[test]
fn what_once_broke_holds() {
    for &(name, property) in properties::ALL {
        for bytes in kept(name) {
            hold(name, property, &bytes);
        }
    }
}

#[test]
fn any_text_can_be_analysed() {
    let mut random = Random::new(1);
    for run in 0..runs() {
        let bytes = input(&mut random, run);
        hold("analysis", properties::analysis, &bytes);
    }
}

#[test]
fn any_repair_is_sound() {
    let mut random = Random::new(2);
    for run in 0..runs() {
        let bytes = input(&mut random, run);
        hold("repairs", properties::repairs, &bytes);
    }
}

#[test]
fn whole_pages_can_be_analysed_and_repaired() {
    for seed in 0..4 {
        let page = pages::page(8_000, seed);
        for choice in [0, 1] {
            let bytes = [&[choice], page.text.as_bytes()].concat();
            hold("analysis", properties::analysis, &bytes);
            hold("repairs", properties::repairs, &bytes);
        }
    }
}

#[test]
fn any_bytes_decode_or_are_refused() {
    let mut random = Random::new(3);
    for _ in 0..runs() * 10 {
        let text = pages::awkward(&mut random, 12);
        let mut bytes = match random.below(5) {
            0 => text.into_bytes(),
            1 => encoding_rs::GB18030.encode(&text).0.into_owned(),
            2 => encoding_rs::BIG5.encode(&text).0.into_owned(),
            3 => text.chars().flat_map(|c| (c as u16).to_le_bytes()).collect(),
            _ => text.chars().flat_map(|c| (c as u16).to_be_bytes()).collect(),
        };
        mutate(&mut bytes, &mut random);
        hold("decoding", properties::decoding, &bytes);
    }
}

#[test]
fn any_configuration_is_read_or_refused() {
    const GOOD: &str = "lang = 'zh'\ninclude = ['*.md']\nexclude = ['旧/**']\norganisations = ['名.txt']\n\
        fail-on = 'error'\n[rules]\nbroken-paragraph = 'off'\n[[overrides]]\nfiles = ['a*']\n\
        rules = { broken-paragraph = 'error' }\n";
    let mut random = Random::new(4);
    hold("configuration", properties::configuration, GOOD.as_bytes());
    for _ in 0..runs() * 10 {
        let mut bytes = GOOD.as_bytes().to_vec();
        mutate(&mut bytes, &mut random);
        hold("configuration", properties::configuration, &bytes);
    }
}

#[test]
fn any_dictionary_of_organisations_is_read_or_refused() {
    const GOOD: [&str; 2] = [
        "[[organisation]]\nname = '柳河镇豆腐坊'\naliases = ['豆腐坊', '柳河坊']\nkind = 'company'\n\
            jurisdiction = '青塘区/柳河镇'\nnote = '百年老店'\nurl = 'https://example.org/'\n",
        "name,aliases,kind,jurisdiction\r\n柳河镇豆腐坊,豆腐坊；柳河坊,company,青塘区/柳河镇\r\n\"青塘区, 医院\",,,\n",
    ];
    let mut random = Random::new(5);
    for run in 0..runs() * 4 {
        let choice = run % GOOD.len();
        let mut bytes = [&[choice as u8], GOOD[choice].as_bytes()].concat();
        if run >= GOOD.len() {
            mutate(&mut bytes, &mut random);
        }
        hold("organisations", properties::organisations, &bytes);
    }
}

#[test]
fn any_stream_is_read_the_same_however_it_arrives() {
    const GOOD: &str = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"甲\",\"params\":{\"a\":[1,\"\\u4e00\"]}}";
    let answer = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":null}";
    let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let streams =
        [format!("\0{}{}{}", framed(GOOD), framed(answer), framed("[]")), format!("\u{1}{GOOD}\n{answer}\n[]")];
    let mut random = Random::new(6);
    for run in 0..runs() * 10 {
        let mut bytes = streams[run % streams.len()].clone().into_bytes();
        if run >= streams.len() {
            mutate(&mut bytes, &mut random);
        }
        hold("protocol", properties::protocol, &bytes);
    }
}

/// Bytes for a property over texts: a text, or the choices of [`properties::text_of`].
fn input(random: &mut Random, run: usize) -> Vec<u8> {
    let choice = (random.next() & 3) as u8;
    if choice & 2 != 0 {
        return (0..random.below(run + 2)).map(|_| (random.next() >> 32) as u8).fold(
            vec![choice],
            |mut bytes, byte| {
                bytes.push(byte);
                bytes
            },
        );
    }
    let mut bytes = [&[choice], pages::awkward(random, 40).as_bytes()].concat();
    if random.once_in(3) {
        mutate(&mut bytes, random);
        bytes.insert(0, choice);
    }
    bytes
}

/// Changes, takes out, doubles or moves a few bytes.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..random.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        let until = (at + 1 + random.below(8)).min(bytes.len());
        match random.below(5) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = (random.next() >> 32) as u8,
            2 => drop(bytes.drain(at..until)),
            3 => {
                let piece = bytes[at..until].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => bytes.truncate(until),
        }
    }
}
