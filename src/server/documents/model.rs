//! Random edit scripts against a model of a document: a string, and edits applied to it in the plainest way.
//!
//! After any script the text is the model's, and what is known of it is what a fresh analysis finds. More runs:
//! `PROPTEST_CASES=20000 cargo test --lib model`.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Documents, Encoding};
use crate::article::Memo;
use crate::block::Format;
use crate::config::Config;
use crate::org;
use crate::server::settings::Settings;
use crate::workspace::{self, Discovery};

const URI: &str = "file:///model.md";

/// What texts are put together of: what breaks programs that count, and what pages are made of.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\u{c}",
    "\u{feff}",
    "\u{3000}",
    "\t",
    " ",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "𠮷",
    "👩‍👩‍👧",
    "e\u{301}",
    "\0",
    "a",
    "中",
    "工会",
    "。",
    "，",
    "“",
    "（",
    "# ",
    "- ",
    "**",
    "```\n",
    "| a | b |\n|--|--|\n",
    "<!--",
    "-->",
    "青塘区总工会",
    "区总工会",
    "本报讯（记者 田望舒）",
    "宁川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加。",
    "他们先后走访了望湖区的三十多家工厂，把夏天的清凉送到了",
    "生产线旁，工友们接过毛巾和绿豆汤，连声道谢。",
];

fn text(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(prop::sample::select(PIECES), pieces).prop_map(|pieces| pieces.concat())
}

/// A change: where it starts and ends, as fractions of the lines and of the line, and what comes in its place; the
/// whole text where it has no place.
#[derive(Clone, Debug)]
struct Script {
    places: Option<[(usize, usize); 2]>,
    text: String,
}

fn script() -> impl Strategy<Value = Script> {
    let place = || (0..10_000_usize, 0..10_000_usize);
    let places = prop::option::weighted(0.95, (place(), place()).prop_map(|(start, end)| [start, end]));
    (places, text(0..5)).prop_map(|(places, text)| Script { places, text })
}

/// Start and end of the lines of `text`, without their terminators.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let (mut start, mut chars) = (0, text.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        if c == '\n' || c == '\r' {
            let pair = c == '\r' && chars.next_if(|(_, next)| *next == '\n').is_some();
            lines.push((start, at));
            start = at + 1 + usize::from(pair);
        }
    }
    lines.push((start, text.len()));
    lines
}

/// The byte at a column of a line, both clamped as the protocol asks.
fn offset(text: &str, line: usize, column: usize, encoding: Encoding) -> usize {
    let Some(&(start, end)) = lines(text).get(line) else { return text.len() };
    let inside = |at: &usize| text.is_char_boundary(*at) && encoding.measure(&text[start..*at]) <= column;
    (start..=end).rev().find(inside).unwrap_or(start)
}

/// Applies a change to the model and says it in the protocol's words.
fn apply(model: &mut String, script: &Script, encoding: Encoding) -> Value {
    let Some(places) = script.places else {
        model.clone_from(&script.text);
        return json!({"text": script.text});
    };
    // Two lines and three columns more than there are, so that what lies outside comes up too.
    let [start, end] = places.map(|(line, column)| {
        let lines = lines(model);
        let line = line % (lines.len() + 2);
        let width = lines.get(line).map_or(0, |&(start, end)| encoding.measure(&model[start..end]));
        (line, column % (width + 3))
    });
    let (start, end) = (start.min(end), start.max(end));
    let from = offset(model, start.0, start.1, encoding);
    let to = offset(model, end.0, end.1, encoding).max(from);
    model.replace_range(from..to, &script.text);
    let place = |(line, column)| json!({"line": line, "character": column});
    json!({"range": {"start": place(start), "end": place(end)}, "text": script.text})
}

/// A hundred scripts unless the environment asks for more: with an analysis each, they take seconds in a debug build.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_script_the_document_is_the_model(
        // The longer ones take more than one chunk of the rope, and a line end may lie across two.
        opened in prop_oneof![text(0..30), text(200..600)],
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]),
        notifications in vec(vec(script(), 1..5), 1..8),
    ) {
        let documents = Documents::default();
        let document = json!({"uri": URI, "languageId": "markdown", "version": 0, "text": opened});
        let parameters = serde_json::from_value(json!({"textDocument": document})).expect("well formed");
        documents.open(parameters, URI);
        let settings = Settings::new(Discovery::Defaults, None);
        let mut model = opened;
        for (n, notification) in notifications.iter().enumerate() {
            let changes: Vec<Value> = notification.iter().map(|script| apply(&mut model, script, encoding)).collect();
            let parameters = json!({"textDocument": {"uri": URI, "version": n + 1}, "contentChanges": changes});
            documents.change(&serde_json::from_value(parameters).expect("well formed"), encoding);
            let snapshot = documents.snapshot(URI).expect("open");
            prop_assert_eq!(snapshot.rope.to_string(), model.as_str());
            prop_assert_eq!(snapshot.version as usize, n + 1);
            if n % 3 != 0 {
                continue;
            }
            let known = snapshot.analyses.of(&snapshot, &settings);
            let (page, diagnostics) =
                workspace::check(model.as_str(), Format::Markdown, None, &Config::default(), &mut Memo::default());
            prop_assert_eq!(known.page.text.as_str(), model.as_str());
            prop_assert_eq!(&known.page.blocks, &page.blocks);
            prop_assert_eq!(&known.page.kinds, &page.kinds);
            prop_assert_eq!(&known.page.articles, &page.articles);
            prop_assert_eq!(&known.diagnostics, &diagnostics);
            prop_assert_eq!(known.organisations(), org::organisations(&page));
        }
    }
}
