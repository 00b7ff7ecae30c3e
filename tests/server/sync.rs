//! Text synchronisation: the order of the wire, encodings, bursts.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, framed, insert, is_publish};

const URI: &str = "file:///稿.md";

/// The first line as the server has it, without its mark.
fn heading(client: &mut Client) -> String {
    client.text(URI).lines().next().expect("a line").trim_start_matches("# ").to_owned()
}

fn page(heading: &str) -> String {
    format!("# {heading}\n\n区里的职工服务中心今年办了许多实事，大家都说好，来的人一年比一年多。\n")
}

#[test]
fn edits_count_in_the_encoding_agreed() {
    for (encoding, after_han, after_astral) in [("utf-8", 3, 7), ("utf-16", 1, 3), ("utf-32", 1, 2)] {
        let mut capabilities = capabilities();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let (mut client, answer) = Client::initialized_with(&json!({"capabilities": capabilities}));
        assert_eq!(answer["capabilities"]["positionEncoding"], encoding);
        client.open(URI, &page("服𠮷务"));
        client.change(URI, 2, &json!([insert(0, 2 + after_astral, "丙"), insert(0, 2 + after_han, "乙")]));
        assert_eq!(heading(&mut client), "服乙𠮷丙务", "{encoding}");
    }
}

#[test]
fn a_burst_of_a_thousand_edits_keeps_its_order_and_is_not_published_a_thousand_times() {
    let mut client = Client::initialized(&capabilities());
    // Long enough that reading it takes longer than an edit takes to arrive: of a short page every version may be read.
    let rest = "\n村里的老水管全都换成了新的，师傅们忙到天黑才收工。\n".repeat(400);
    client.open(URI, &(page("") + &rest));
    client.published(URI, 1);
    let mut burst = Vec::new();
    for n in 0..1000_u16 {
        // Each goes to the front of what was typed: the order is in the text.
        let digit = (b'0' + (n % 10) as u8) as char;
        let params = json!({"textDocument": {"uri": URI, "version": n + 2}, "contentChanges": [insert(0, 2, &digit.to_string())]});
        burst.extend(framed(
            &json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}).to_string(),
        ));
    }
    client.write(&burst);
    client.published(URI, 1001);
    let expected: String = (0..1000_u16).rev().map(|n| (b'0' + (n % 10) as u8) as char).collect();
    assert_eq!(heading(&mut client), expected);
    let mut publishes = 1;
    while client.wait_for(std::time::Duration::ZERO, &|m| is_publish(m, URI)).is_some() {
        publishes += 1;
    }
    assert!(publishes < 100, "{publishes} publishes");
}

#[test]
fn a_request_sees_the_text_as_it_was_when_it_came() {
    let mut client = Client::initialized(&capabilities());
    client.open(URI, &page("初稿"));
    let ask = json!({"jsonrpc": "2.0", "id": 900, "method": "textDocument/documentSymbol", "params": {"textDocument": {"uri": URI}}});
    let params = json!({"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": page("改稿")}]});
    let edit = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params});
    let mut together = framed(&ask.to_string());
    together.extend(framed(&edit.to_string()));
    client.write(&together);
    assert_eq!(client.answer(900)["result"][0]["name"], "初稿");
    assert_eq!(heading(&mut client), "改稿");
}

#[test]
fn closing_takes_the_findings_away_and_later_changes_are_ignored() {
    let mut client = Client::initialized(&capabilities());
    client.open(URI, &page("题"));
    client.published(URI, 1);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": URI}}));
    let cleared = client.wait(|m| is_publish(m, URI));
    assert_eq!(cleared["params"]["diagnostics"], json!([]));
    client.change(URI, 2, &json!([insert(0, 0, "甲")]));
    let symbols = client.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": URI}}));
    assert_eq!(symbols["result"], Value::Null);
    client.open(URI, &page("新"));
    assert_eq!(heading(&mut client), "新");
}
