//! Random edit scripts: the server's text equals that of a model written without a rope, and what it finds in a text
//! does not depend on how the text was typed.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::client::{Client, capabilities};

/// What texts are made of: Hanzi, a character outside the basic plane, every kind of line end, what looks like one and
/// is none, and enough prose that there is something to find.
const PIECES: [&str; 18] = [
    "甲",
    "𠮷",
    "a",
    "é",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u{c}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{3000}",
    "。",
    "# ",
    "|甲|\n|-|\n",
    "本报讯 临河区总工会昨日宣布，从下周起职工书屋每天延长开放两个小时，方便下班的职工来借书还书，深受大家欢迎。\n\n",
    "区总工会有关负责人介绍，今年以来全区已新建职工书屋二十家，覆盖十二个街道，藏书超过三万册，",
];

#[derive(Clone, Debug)]
struct Edit {
    /// Start and end as lines and characters; none replaces everything.
    range: Option<[(usize, usize); 2]>,
    text: String,
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12).prop_map(|pieces| pieces.concat())
}

fn edit() -> impl Strategy<Value = Edit> {
    // Lines and characters often lie past the end: they are clamped.
    let position = (0..12_usize, prop_oneof![0..8_usize, 0..90_usize]);
    let range = prop::option::weighted(
        0.95,
        [position.clone(), position].prop_map(|mut ends| {
            ends.sort_unstable();
            ends
        }),
    );
    (range, text()).prop_map(|(range, text)| Edit { range, text })
}

/// The byte at a position, after the letter of the protocol.
fn offset(text: &str, (line, character): (usize, usize), width: fn(char) -> usize) -> usize {
    let (mut start, mut lines) = (0, 0);
    let bytes = text.as_bytes();
    while lines < line {
        let Some(end) = text[start..].find(['\n', '\r']) else { return text.len() };
        let end = start + end;
        start = end + if bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n') { 2 } else { 1 };
        lines += 1;
    }
    let mut seen = 0;
    for (at, c) in text[start..].char_indices() {
        seen += width(c);
        if matches!(c, '\n' | '\r') || seen > character {
            return start + at;
        }
    }
    text.len()
}

fn apply(text: &mut String, edit: &Edit, width: fn(char) -> usize) {
    match edit.range {
        None => text.clone_from(&edit.text),
        Some([start, end]) => {
            let start = offset(text, start, width);
            let end = offset(text, end, width).max(start);
            text.replace_range(start..end, &edit.text);
        }
    }
}

fn to_json(edit: &Edit) -> Value {
    let position = |(line, character)| json!({"line": line, "character": character});
    match edit.range {
        None => json!({"text": edit.text}),
        Some([start, end]) => json!({"range": {"start": position(start), "end": position(end)}, "text": edit.text}),
    }
}

/// Everything that the server says of a document, without its name.
fn answers(client: &mut Client, uri: &str, version: i64) -> Vec<Value> {
    let findings = client.published(uri, version);
    let document = json!({"textDocument": {"uri": uri}});
    let mut answers = vec![json!(findings)];
    for method in ["documentSymbol", "semanticTokens/full", "foldingRange", "codeLens"] {
        answers.push(client.result(&format!("textDocument/{method}"), &document));
    }
    let answers = json!(answers).to_string().replace(uri, "URI");
    serde_json::from_str(&answers).expect("JSON")
}

fn run(encoding: &str, width: fn(char) -> usize) {
    let mut capabilities = capabilities();
    capabilities["general"]["positionEncodings"] = json!([encoding]);
    let client = RefCell::new(Client::initialized(&capabilities));
    let n_cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
    let script = (text(), prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..8));
    let n_documents = RefCell::new(0);
    let result = TestRunner::new(config).run(&script, |(source, notifications)| {
        let (mut client, mut n) = (client.borrow_mut(), n_documents.borrow_mut());
        *n += 1;
        let (typed, fresh) = (format!("file:///{n}.md"), format!("file:///{n}-fresh.md"));
        let mut model = source.clone();
        client.open(&typed, &source);
        for (version, edits) in notifications.iter().enumerate() {
            for edit in edits {
                apply(&mut model, edit, width);
            }
            client.change(&typed, version as i64 + 2, &json!(edits.iter().map(to_json).collect::<Vec<_>>()));
        }
        prop_assert_eq!(client.text(&typed), model.clone());
        client.open(&fresh, &model);
        let last = notifications.len() as i64 + 1;
        let (after_typing, at_once) = (answers(&mut client, &typed, last), answers(&mut client, &fresh, 1));
        prop_assert_eq!(after_typing, at_once);
        for uri in [typed, fresh] {
            client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
        }
        // Thousands of cases would look through thousands of them.
        client.forget_notifications();
        Ok(())
    });
    if let Err(error) = result {
        panic!("{encoding}: {error}");
    }
}

#[test]
fn typing_in_utf8_equals_the_model() {
    run("utf-8", char::len_utf8);
}

#[test]
fn typing_in_utf16_equals_the_model() {
    run("utf-16", char::len_utf16);
}

#[test]
fn typing_in_utf32_equals_the_model() {
    run("utf-32", |_| 1);
}
