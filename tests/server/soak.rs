//! Mixed traffic of three editors: the text stays the model's, the findings stay those of a fresh document, memory
//! stays flat, answers stay fast, documents that are closed are gone.
//!
//! What the editors say of themselves is in `clients`, as pytest-lsp 1.0 (MIT) recorded it from them. Six seconds in
//! all unless the environment gives more:
//! `ARTICLE_LSP_SOAK_SECONDS=1200 cargo test --release --test server soak -- --nocapture`.

#[path = "../generated/pages.rs"]
mod pages;

use std::time::{Duration, Instant};

use article_lsp::text::{Encoding, Text};
use serde_json::{Value, json};

use crate::client::{Client, is_publish};
use pages::{AWKWARD, Random};

const URI: &str = "file:///soak/稿 [1].md";

/// Seconds for each of the clients.
fn seconds() -> u64 {
    let all = std::env::var("ARTICLE_LSP_SOAK_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    all.unwrap_or(6) / CLIENTS.len() as u64
}

/// What three editors send with `initialize`. Two are pushed findings, one pulls them.
const CLIENTS: [(&str, &str); 3] = [
    ("VS Code", include_str!("clients/vscode.json")),
    ("Neovim", include_str!("clients/neovim.json")),
    ("Emacs", include_str!("clients/emacs.json")),
];

/// An editor at work.
struct Editor {
    client: Client,
    encoding: Encoding,
    pulls: bool,
}

impl Editor {
    fn new(recorded: &str) -> Self {
        let mut params: Value = serde_json::from_str(recorded).expect("JSON");
        params["processId"] = json!(std::process::id());
        let (client, answer) = Client::initialized_with(&params);
        let encoding = match answer["capabilities"]["positionEncoding"].as_str() {
            None | Some("utf-16") => Encoding::Utf16,
            Some("utf-8") => Encoding::Utf8,
            Some("utf-32") => Encoding::Utf32,
            other => panic!("{other:?}"),
        };
        Self { client, encoding, pulls: answer["capabilities"]["diagnosticProvider"].is_object() }
    }

    /// The findings of the newest version.
    fn findings(&mut self, uri: &str, version: i64) -> Value {
        if !self.pulls {
            return Value::Array(self.client.published(uri, version));
        }
        self.client.result("textDocument/diagnostic", &document(uri))["items"].clone()
    }

    /// The findings of a document that is opened with `text`, closed again.
    fn fresh(&mut self, text: &str) -> String {
        let uri = "file:///soak/fresh.md";
        self.client.open(uri, text);
        let found = self.findings(uri, 1).to_string().replace(uri, URI);
        self.client.notify("textDocument/didClose", &document(uri));
        if !self.pulls {
            self.client.wait(|m| is_publish(m, uri) && m["params"]["diagnostics"] == json!([]));
        }
        found
    }
}

/// A place where a text can be cut: not in a character, not in a line end.
fn place(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let inside_line_end = |at: usize| at > 0 && at < bytes.len() && bytes[at - 1] == b'\r' && bytes[at] == b'\n';
    (from..=text.len()).find(|&at| text.is_char_boundary(at) && !inside_line_end(at)).unwrap_or(text.len())
}

fn edit(model: &mut String, random: &mut Random, encoding: Encoding) -> Value {
    let from = place(model, random.below(model.len() + 1));
    let to = if random.once_in(2) { place(model, from + random.below(20)) } else { from };
    let new = if random.once_in(3) { pages::paragraph(random, 60) } else { random.pick(AWKWARD).to_owned() };
    let text = Text::new(model.as_str());
    let at = |byte: usize| {
        let position = text.position(byte, encoding);
        json!({"line": position.line, "character": position.column})
    };
    let change = json!({"range": {"start": at(from), "end": at(to)}, "text": new});
    model.replace_range(from..to, &new);
    change
}

fn document(uri: &str) -> Value {
    json!({"textDocument": {"uri": uri}})
}

/// Resident memory in kB, where the system tells.
fn resident(client: &Client) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", client.child.id())).ok()?;
    status.lines().find(|line| line.starts_with("VmRSS:"))?.split_whitespace().nth(1)?.parse().ok()
}

/// The time that one in a hundred exceeds.
fn p99(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[(sorted.len() * 99 / 100).min(sorted.len() - 1)]
}

/// Rounds after which caches are full and memory can be compared, and at least as many to compare with.
const WARM: usize = 20;
/// What memory may grow by, in kB: documents of 20 to 60 kB come and go.
const MOST_GROWTH: u64 = 10_000;

#[test]
fn mixed_traffic_leaves_nothing_behind() {
    for (n, (name, recorded)) in CLIENTS.into_iter().enumerate() {
        let mut editor = Editor::new(recorded);
        let mut random = Random::new(n as u64);
        let mut model = pages::page(20_000, n as u64).text;
        editor.client.open(URI, &model);
        let (mut version, mut times) = (1, Vec::new());
        // The most in the first and in the last half of the rounds: single values depend on what is open.
        let mut memory: Vec<u64> = Vec::new();
        let end = Instant::now() + Duration::from_secs(seconds());
        while Instant::now() < end || times.len() < 2 * WARM {
            let started = Instant::now();
            for _ in 0..=random.below(8) {
                version += 1;
                let changes: Vec<Value> =
                    (0..=random.below(3)).map(|_| edit(&mut model, &mut random, editor.encoding)).collect();
                editor.client.change(URI, version, &json!(changes));
            }
            let found = editor.findings(URI, version);
            times.push(started.elapsed());
            let client = &mut editor.client;
            let at = json!({"textDocument": {"uri": URI}, "position": {"line": random.below(60), "character": 3}});
            for method in ["hover", "definition", "documentHighlight"] {
                assert!(client.request(&format!("textDocument/{method}"), &at).get("error").is_none(), "{method}");
            }
            client.result("textDocument/documentSymbol", &document(URI));
            client.result("textDocument/foldingRange", &document(URI));
            let range = json!({"start": at["position"], "end": at["position"]});
            let params = json!({"textDocument": {"uri": URI}, "range": range, "context": {"diagnostics": []}});
            client.result("textDocument/codeAction", &params);
            // Asked and not waited for, as an editor does that scrolls on.
            let id = client.ask("textDocument/documentSymbol", &document(URI));
            client.notify("$/cancelRequest", &json!({"id": id}));
            client.answer(id);
            client.answer_requests();
            if times.len().is_multiple_of(10) {
                assert_eq!(client.text(URI), model);
                assert_eq!(found.to_string(), editor.fresh(&model));
            }
            // A page grows while it is edited; it is cut back so that memory can be compared.
            if model.len() > 60_000 {
                version += 1;
                model = pages::page(20_000, version as u64).text;
                editor.client.change(URI, version, &json!([{"text": model}]));
                editor.findings(URI, version);
            }
            editor.client.forget_notifications();
            memory.extend(resident(&editor.client).filter(|_| times.len() > WARM));
        }
        let half = times.len() / 2;
        let (first, last) = (p99(&times[..half]), p99(&times[half..]));
        let most = |part: &[u64]| part.iter().copied().max().unwrap_or(0);
        let (early, late) = (most(&memory[..memory.len() / 2]), most(&memory[memory.len() / 2..]));
        println!("{name}: {} rounds, p99 {first:.1?} then {last:.1?}, {early} kB then {late} kB", times.len());
        assert!(late <= early + MOST_GROWTH, "{name}: memory grew from {early} kB to {late} kB");
        assert!(last <= first * 4 + Duration::from_millis(50), "{name}: p99 rose from {first:?} to {last:?}");
        let client = &mut editor.client;
        client.notify("textDocument/didClose", &document(URI));
        assert_eq!(client.request("textDocument/documentSymbol", &document(URI))["result"], Value::Null);
        assert_eq!(client.shut_down().code(), Some(0));
    }
}
