//! Mixed traffic of three kinds of clients: the text stays the model's, the findings stay those of a fresh document,
//! memory stays flat, documents that are closed are gone.
//!
//! Two seconds a client unless the environment gives more:
//! `ARTICLE_LSP_SOAK_SECONDS=400 cargo test --release --test server soak -- --nocapture`.

#[path = "../generated/pages.rs"]
mod pages;

use std::time::{Duration, Instant};

use article_lsp::text::{Encoding, Text};
use serde_json::{Value, json};

use crate::client::{Client, capabilities, is_publish};
use pages::{AWKWARD, Random};

const URI: &str = "file:///soak/稿 [1].md";

fn seconds() -> u64 {
    std::env::var("ARTICLE_LSP_SOAK_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(2)
}

/// What three editors say of themselves: one that can do all, one that counts bytes, one that can do next to nothing.
fn clients() -> [(Value, Encoding); 3] {
    let mut counts_bytes = capabilities();
    counts_bytes["general"]["positionEncodings"] = json!(["utf-8", "utf-32"]);
    [(capabilities(), Encoding::Utf16), (counts_bytes, Encoding::Utf8), (json!({}), Encoding::Utf16)]
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

/// The findings of a document that is opened with `text`, closed again.
fn fresh(client: &mut Client, text: &str) -> String {
    let uri = "file:///soak/fresh.md";
    client.open(uri, text);
    let found = Value::Array(client.published(uri, 1)).to_string().replace(uri, URI);
    client.notify("textDocument/didClose", &document(uri));
    client.wait(|m| is_publish(m, uri) && m["params"]["diagnostics"] == json!([]));
    found
}

#[test]
fn mixed_traffic_leaves_nothing_behind() {
    for (n, (capabilities, encoding)) in clients().into_iter().enumerate() {
        let mut client = Client::initialized(&capabilities);
        let mut random = Random::new(n as u64);
        let mut model = pages::page(20_000, n as u64).text;
        client.open(URI, &model);
        let (mut version, mut rounds, mut times) = (1, 0_usize, Vec::new());
        let mut warm = None;
        let end = Instant::now() + Duration::from_secs(seconds());
        while Instant::now() < end || rounds < 10 {
            rounds += 1;
            let started = Instant::now();
            for _ in 0..=random.below(8) {
                version += 1;
                let changes: Vec<Value> =
                    (0..=random.below(3)).map(|_| edit(&mut model, &mut random, encoding)).collect();
                client.change(URI, version, &json!(changes));
            }
            let found = client.published(URI, version);
            times.push(started.elapsed());
            let at = json!({"textDocument": {"uri": URI}, "position": {"line": random.below(60), "character": 3}});
            for method in ["hover", "definition", "documentHighlight"] {
                assert!(client.request(&format!("textDocument/{method}"), &at).get("error").is_none(), "{method}");
            }
            client.result("textDocument/documentSymbol", &document(URI));
            if rounds.is_multiple_of(10) {
                assert_eq!(client.text(URI), model);
                assert_eq!(Value::Array(found).to_string(), fresh(&mut client, &model));
            }
            // A page grows while it is edited; it is cut back so that memory can be compared.
            if model.len() > 60_000 {
                version += 1;
                model = pages::page(20_000, version as u64).text;
                client.change(URI, version, &json!([{"text": model}]));
                client.published(URI, version);
            }
            while client.wait_for(Duration::ZERO, &|m| is_publish(m, URI)).is_some() {}
            if rounds == 10 {
                warm = resident(&client);
            }
        }
        let now = resident(&client);
        times.sort_unstable();
        println!("client {n}: {rounds} rounds, p99 {:?}, kB {warm:?} → {now:?}", times[times.len() * 99 / 100]);
        if let (Some(warm), Some(now)) = (warm, now) {
            assert!(now < warm + 30_000, "memory grew from {warm} kB to {now} kB");
        }
        client.notify("textDocument/didClose", &document(URI));
        assert_eq!(client.request("textDocument/documentSymbol", &document(URI))["result"], Value::Null);
        assert_eq!(client.shut_down().code(), Some(0));
    }
}
