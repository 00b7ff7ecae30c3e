//! How a session begins and ends.

#[cfg(unix)]
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

#[test]
fn exits_with_0_after_shutdown_while_stdin_stays_open() {
    let mut client = Client::initialized(&capabilities());
    assert_eq!(client.shut_down().code(), Some(0));
}

#[test]
fn exits_with_1_without_shutdown() {
    let mut client = Client::initialized(&capabilities());
    client.notify("exit", &Value::Null);
    assert_eq!(client.ended().code(), Some(1));
    let mut client = Client::start();
    client.notify("exit", &Value::Null);
    assert_eq!(client.ended().code(), Some(1), "not even initialised");
}

#[test]
fn exits_when_stdin_closes() {
    let mut client = Client::initialized(&capabilities());
    client.close_stdin();
    assert_eq!(client.ended().code(), Some(1));
}

/// A process that waits to be killed.
#[cfg(unix)]
fn sleeper() -> std::process::Child {
    Command::new("sleep").arg("600").stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("there is a `sleep`")
}

#[cfg(unix)]
#[test]
fn exits_when_the_clients_process_dies() {
    let mut editor = sleeper();
    let params = json!({"capabilities": {}, "processId": editor.id()});
    let (mut client, _) = Client::initialized_with(&params);
    client.is_well();
    editor.kill().expect("ours");
    // Not waited for: to the system it is a zombie, to us it is gone.
    assert_eq!(client.ended().code(), Some(1));
    editor.wait().expect("ours");
}

#[cfg(unix)]
#[test]
fn exits_when_the_process_named_on_the_command_line_dies() {
    let mut editor = sleeper();
    let mut client = Client::start_with(&["serve", "--stdio", "--clientProcessId", &editor.id().to_string()]);
    client.request("initialize", &json!({"capabilities": {}}));
    editor.kill().and_then(|()| editor.wait()).expect("ours");
    assert_eq!(client.ended().code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_client_that_cannot_be_seen_is_served() {
    let mut editor = sleeper();
    editor.kill().and_then(|()| editor.wait()).expect("ours");
    let (mut client, _) = Client::initialized_with(&json!({"capabilities": {}, "processId": editor.id()}));
    assert_eq!(client.wait_for(Duration::from_millis(500), &|_| false), None);
    client.is_well();
}

#[test]
fn requests_before_initialize_are_refused() {
    let mut client = Client::start();
    let params = json!({"textDocument": {"uri": "file:///a.md"}});
    assert_eq!(client.request("textDocument/documentSymbol", &params)["error"]["code"], -32002);
    assert_eq!(client.request("shutdown", &Value::Null)["error"]["code"], -32002);
    client.open("file:///a.md", "早到的文件。");
    client.request("initialize", &json!({"capabilities": {}}));
    client.is_well();
}

#[test]
fn initialize_twice_is_refused_and_changes_nothing() {
    let mut client = Client::initialized(&capabilities());
    let again = json!({"capabilities": {"general": {"positionEncodings": ["utf-8"]}}});
    assert_eq!(client.request("initialize", &again)["error"]["code"], -32600);
    client.is_well();
}

#[test]
fn after_shutdown_only_exit_is_heard() {
    let mut client = Client::initialized(&capabilities());
    client.request("shutdown", &Value::Null);
    let params = json!({"textDocument": {"uri": "file:///a.md"}});
    assert_eq!(client.request("textDocument/documentSymbol", &params)["error"]["code"], -32600);
    client.open("file:///a.md", "迟到的文件。");
    client.notify("exit", &Value::Null);
    assert_eq!(client.ended().code(), Some(0));
}

#[test]
fn a_client_may_send_everything_at_once() {
    let mut client = Client::start();
    let mut bytes = Vec::new();
    for message in [
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}),
        json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
            {"uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": "一"}}}),
        json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": {"textDocument":
            {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}}}),
        json!({"jsonrpc": "2.0", "id": 3, "method": "shutdown"}),
    ] {
        bytes.extend(crate::client::framed(&message.to_string()));
    }
    client.write(&bytes);
    assert_eq!(client.answer(1)["result"]["serverInfo"]["name"], "article-lsp");
    assert!(client.answer(2).get("result").is_some(), "the hover came before the shutdown");
    assert_eq!(client.answer(3)["result"], Value::Null);
    client.notify("exit", &Value::Null);
    assert_eq!(client.ended().code(), Some(0));
}
