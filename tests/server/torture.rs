//! What a client must not do, and what the world does to it. Each ends in the answer that the protocol prescribes or
//! in a clear error, never in a hang, a crash or a lost edit.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, framed, insert, is_publish};

const PARAGRAPH: &str = "区里的职工服务中心今年办了许多实事，大家都说好，来的人一年比一年多。";

/// The first line as the server has it, without its mark.
fn heading(client: &mut Client, uri: &str) -> String {
    client.text(uri).lines().next().expect("a line").trim_start_matches("# ").to_owned()
}

#[test]
fn unknown_methods_are_answered_and_unknown_notifications_ignored() {
    let mut client = Client::initialized(&capabilities());
    assert_eq!(client.request("textDocument/nonsense", &json!({}))["error"]["code"], -32601);
    client.notify("textDocument/nonsense", &json!({}));
    client.notify("$/nonsense", &json!({}));
    client.notify("$/setTrace", &json!({"value": "verbose"}));
    client.notify("$/cancelRequest", &json!({"id": 77}));
    let unknown = json!({"command": "article-lsp.nonsense"});
    assert_eq!(client.request("workspace/executeCommand", &unknown)["error"]["code"], -32602);
    client.is_well();
}

#[test]
fn wrong_types_cost_one_error() {
    let mut client = Client::initialized(&capabilities());
    for params in [json!({}), json!([]), json!(3), json!({"textDocument": 3}), json!({"textDocument": {"uri": 3}})] {
        let answer = client.request("textDocument/hover", &params);
        assert_eq!(answer["error"]["code"], -32602, "{params}");
        for method in ["didOpen", "didChange", "didClose", "didSave"] {
            client.notify(&format!("textDocument/{method}"), &params);
        }
    }
    client.is_well();
}

#[test]
fn positions_far_outside_are_clamped() {
    let mut client = Client::initialized(&capabilities());
    let uri = "file:///a.md";
    client.open(uri, &format!("# 题\n\n{PARAGRAPH}\n"));
    let far = json!({"line": 4_000_000_000_u64, "character": 4_000_000_000_u64});
    client.change(uri, 2, &json!([insert(0, u64::from(u32::MAX) + 9, "目")]));
    assert_eq!(heading(&mut client, uri), "题目");
    let at = json!({"textDocument": {"uri": uri}, "position": far});
    for method in ["hover", "definition", "documentHighlight", "prepareRename", "completion"] {
        assert!(client.request(&format!("textDocument/{method}"), &at).get("error").is_none(), "{method}");
    }
    let range = json!({"start": far, "end": {"line": 0, "character": 0}});
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    assert_eq!(client.result("textDocument/codeAction", &params), json!([]));
}

#[test]
fn documents_that_are_not_open_have_no_answers() {
    let mut client = Client::initialized(&capabilities());
    let params = json!({"textDocument": {"uri": "file:///never.md"}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.result("textDocument/hover", &params), Value::Null);
    client.change("file:///never.md", 2, &json!([{"text": "甲"}]));
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": "file:///never.md"}}));
    client.is_well();
}

#[test]
fn malformed_messages_are_answered_and_cost_no_edit() {
    let mut client = Client::initialized(&capabilities());
    let uri = "file:///a.md";
    client.open(uri, &format!("# 题\n\n{PARAGRAPH}\n"));
    client.write(&framed("{\"jsonrpc\": \"2.0\", \"method\":"));
    client.write(b"Content-Length: 12\r\n\r\n{\"a\": \"\xff\xfe\"}}");
    client.write(b"garbage\r\n\r\n");
    client.write(&framed("[1, 2"));
    client.change(uri, 2, &json!([insert(0, 3, "目")]));
    assert_eq!(heading(&mut client, uri), "题目");
    for _ in 0..4 {
        let answer = client.wait(|m| m["id"].is_null() && m.get("error").is_some());
        assert_eq!(answer["error"]["code"], -32700);
    }
}

#[test]
fn half_a_header_and_silence_does_not_hold_findings_back() {
    let mut client = Client::initialized(&capabilities());
    let uri = "file:///a.md";
    let open = json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
        {"uri": uri, "languageId": "markdown", "version": 1, "text": PARAGRAPH}}});
    let mut bytes = framed(&open.to_string());
    bytes.extend(b"Content-Len");
    client.write(&bytes);
    client.published(uri, 1);
    client.write(b"gth: 30\r\n\r\n{\"jsonrpc\"");
    client.close_stdin();
    assert_eq!(client.ended().code(), Some(1), "a body cut short is the end");
}

#[test]
fn uris_come_back_as_the_client_wrote_them() {
    let mut client = Client::initialized(&capabilities());
    for uri in [
        "file:///稿/报 纸.md",
        "file:///a/[2024]年|^{x}.md",
        "file:///c:/Users/我/a.md",
        "file:///C%3A/a.md",
        "untitled:Untitled-1",
        "untitled:无标题 1",
        "vscode-remote://ssh/x.md",
        "file:///100%.md",
    ] {
        client.open(uri, &format!("# 题\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"));
        let found = client.published(uri, 1);
        assert!(!found.is_empty(), "{uri}");
        assert_eq!(heading(&mut client, uri), "题", "{uri}");
        client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
        client.wait(|m| is_publish(m, uri) && m["params"]["diagnostics"] == json!([]));
    }
}

#[test]
fn ten_thousand_documents_open_and_close() {
    let mut client = Client::initialized(&capabilities());
    for n in 0..10_000 {
        client.open(&format!("file:///{n}.md"), "# 题\n");
    }
    client.published("file:///9999.md", 1);
    for n in 0..10_000 {
        client.notify("textDocument/didClose", &json!({"textDocument": {"uri": format!("file:///{n}.md")}}));
    }
    client.is_well();
    assert_eq!(client.result("workspace/symbol", &json!({"query": ""})), json!([]));
}

#[test]
fn a_document_of_100_mb_is_refused_with_a_message() {
    let mut client = Client::initialized(&capabilities());
    let uri = "file:///大.md";
    client.open(uri, &"一".repeat((100 << 20) / 3));
    let message = client.wait(|m| m["method"] == "window/showMessage");
    assert!(message["params"]["message"].as_str().expect("a text").contains("MiB"), "{message}");
    client.change(uri, 2, &json!([insert(0, 0, "甲")]));
    client.is_well();
}

#[test]
fn a_cancelled_request_is_answered_as_cancelled_or_done() {
    let mut client = Client::initialized(&capabilities());
    let uri = "file:///a.md";
    client.open(uri, &format!("{PARAGRAPH}\n\n").repeat(60));
    let mut together = Vec::new();
    for id in 500..520 {
        let params = json!({"textDocument": {"uri": uri}});
        let ask = json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/semanticTokens/full", "params": params});
        together.extend(framed(&ask.to_string()));
        let cancel = json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id}});
        together.extend(framed(&cancel.to_string()));
    }
    client.write(&together);
    let answers: Vec<Value> = (500..520).map(|id| client.answer(id)).collect();
    assert!(answers.iter().any(|answer| answer["error"]["code"] == -32800), "{:?}", answers[0]);
    client.is_well();
}

#[test]
fn a_client_that_does_not_read_costs_no_edit() {
    let mut client = Client::initialized_silent();
    let uri = "file:///a.md";
    // Enough findings that a few publishes fill every pipe.
    client.open(uri, &format!("# 题\n\n{}", format!("{PARAGRAPH}\n\n").repeat(400)));
    for n in 0..300 {
        client.change(uri, n + 2, &json!([insert(0, 3, "目")]));
        if n % 100 == 0 {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    client.read_on();
    client.published(uri, 301);
    assert_eq!(heading(&mut client, uri), format!("题{}", "目".repeat(300)));
}

#[test]
fn a_client_that_reads_no_more_does_not_keep_the_server_alive() {
    let mut client = Client::initialized_silent();
    // More than every pipe holds.
    client.open("file:///a.md", &format!("{PARAGRAPH}\n\n").repeat(2000));
    client.ask("shutdown", &Value::Null);
    client.notify("exit", &Value::Null);
    assert_eq!(client.ended().code(), Some(0));
}

#[test]
fn ranges_that_end_before_they_begin_cost_no_text() {
    let mut client = Client::initialized(&capabilities());
    let uri = "file:///a.md";
    client.open(uri, &format!("# 题目\n\n{PARAGRAPH}\n"));
    let at = |character: u64| json!({"line": 0, "character": character});
    client.change(uri, 2, &json!([{"range": {"start": at(4), "end": at(2)}, "text": "新"}]));
    client.change(uri, 3, &json!([insert(0, 0, "甲")]));
    let text = client.text(uri);
    assert!(text.contains("题目") && text.contains('新') && text.contains(PARAGRAPH), "{text}");
}

#[test]
fn versions_may_come_in_any_order() {
    let mut client = Client::initialized(&capabilities());
    let uri = "file:///a.md";
    client.open(uri, &format!("# 题\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"));
    for version in [9, 3, -1, 3] {
        client.change(uri, version, &json!([insert(0, 3, "目")]));
    }
    assert_eq!(heading(&mut client, uri), "题目目目目");
    assert!(!client.published(uri, 3).is_empty());
}

#[test]
fn a_document_may_be_opened_twice() {
    let mut client = Client::initialized(&capabilities());
    let uri = "file:///a.md";
    client.open(uri, "# 旧\n");
    client.open(uri, "# 新\n");
    assert_eq!(heading(&mut client, uri), "新");
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    let symbols = client.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": uri}}));
    assert_eq!(symbols["result"], Value::Null);
    client.is_well();
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_process() {
    let mut client = Client::initialized(&capabilities());
    let status =
        std::process::Command::new("kill").arg(client.child.id().to_string()).status().expect("there is `kill`");
    assert!(status.success());
    assert!(!client.ended().success());
}
