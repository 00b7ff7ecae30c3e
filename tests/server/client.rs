//! A small client of our own: it starts the real binary and speaks the protocol over its pipes.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a test waits for what must come. Far above what it takes, so that a busy machine fails no test.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub struct Client {
    pub child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<(Instant, Value)>,
    /// When the message that was last waited for had come whole.
    pub arrived: Instant,
    /// Held while the client does not read.
    gate: Arc<Mutex<bool>>,
    /// Messages that came while another was waited for.
    kept: VecDeque<Value>,
    last_id: i64,
}

impl Drop for Client {
    fn drop(&mut self) {
        // Ended by the test already, or by this.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The capabilities of a client that can do all that we use.
pub fn capabilities() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "hover": {"contentFormat": ["markdown"]},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
                "isPreferredSupport": true
            },
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "publishDiagnostics": {
                "relatedInformation": true,
                "codeDescriptionSupport": true,
                "versionSupport": true,
                "tagSupport": {"valueSet": [1]}
            }
        },
        "window": {"showDocument": {"support": true}},
        "workspace": {"workspaceEdit": {"documentChanges": true}}
    })
}

/// The URI of the file `path`, as editors write it.
pub fn file_uri(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/");
    // On Windows a path begins with its drive, whose colon VS Code escapes.
    if path.starts_with('/') { format!("file://{path}") } else { format!("file:///{}", path.replacen(':', "%3A", 1)) }
}

impl Client {
    /// Starts the server and says nothing.
    pub fn start() -> Self {
        Self::start_with(&["serve"])
    }

    pub fn start_with(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_article-lsp"));
        command.args(arguments);
        Self::start_command(command)
    }

    /// Starts any server.
    pub fn start_command(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let stdout = child.stdout.take().expect("a pipe");
        let (sender, incoming) = channel();
        let gate = Arc::new(Mutex::new(true));
        let is_open = Arc::clone(&gate);
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some(message) = read(&mut stdout) {
                while !*is_open.lock().expect("no panic") {
                    std::thread::sleep(Duration::from_millis(5));
                }
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            stdin: child.stdin.take(),
            child,
            incoming,
            arrived: Instant::now(),
            gate,
            kept: VecDeque::new(),
            last_id: 0,
        }
    }

    /// Starts the server and initialises it.
    pub fn initialized(capabilities: &Value) -> Self {
        Self::initialized_with(&json!({"capabilities": capabilities})).0
    }

    /// Starts the server and initialises it with these parameters; also gives its answer.
    pub fn initialized_with(params: &Value) -> (Self, Value) {
        let mut client = Self::start();
        let answer = client.request("initialize", params);
        client.notify("initialized", &json!({}));
        (client, answer["result"].clone())
    }

    /// Starts and initialises the server, and then does not read until [`Self::read_on`].
    pub fn initialized_silent() -> Self {
        let client = Self::initialized(&capabilities());
        *client.gate.lock().expect("no panic") = false;
        client
    }

    pub fn read_on(&mut self) {
        *self.gate.lock().expect("no panic") = true;
    }

    /// Writes bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("stdin is open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the server reads");
    }

    pub fn send(&mut self, message: &Value) {
        self.write(&framed(&message.to_string()));
    }

    pub fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and does not wait.
    pub fn ask(&mut self, method: &str, params: &Value) -> i64 {
        self.last_id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params}));
        self.last_id
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// Sends a request and waits for the whole answer.
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Sends a request and waits for its result.
    pub fn result(&mut self, method: &str, params: &Value) -> Value {
        let answer = self.request(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Waits for the first message that fits, and keeps those that come before it.
    #[track_caller]
    pub fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        match self.wait_for(PATIENCE, &fits) {
            Some(message) => message,
            None => panic!("nothing came that fits; kept: {:?}", self.kept),
        }
    }

    /// As [`Self::wait`], but gives up.
    pub fn wait_for(&mut self, patience: Duration, fits: &dyn Fn(&Value) -> bool) -> Option<Value> {
        if let Some(at) = self.kept.iter().position(fits) {
            return self.kept.remove(at);
        }
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let (arrived, message) = self.incoming.recv_timeout(left).ok()?;
            self.arrived = arrived;
            if fits(&message) {
                return Some(message);
            }
            self.kept.push_back(message);
        }
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
    }

    pub fn change(&mut self, uri: &str, version: i64, changes: &Value) {
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
        self.notify("textDocument/didChange", &params);
    }

    /// The text of a document as the server has it.
    pub fn text(&mut self, uri: &str) -> String {
        let text = self.result("article-lsp/viewText", &json!({"textDocument": {"uri": uri}}));
        text.as_str().expect("an open document").to_owned()
    }

    /// Answers what the server asked so far, with nothing.
    pub fn answer_requests(&mut self) {
        while let Some(question) =
            self.wait_for(Duration::ZERO, &|m| m.get("id").is_some() && m.get("method").is_some())
        {
            let nothing = match question["params"]["items"].as_array() {
                Some(items) => json!(vec![Value::Null; items.len()]),
                None => Value::Null,
            };
            self.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": nothing}));
        }
    }

    /// Forgets the notifications that nobody waited for.
    pub fn forget_notifications(&mut self) {
        while self.wait_for(Duration::ZERO, &|m| m.get("id").is_none()).is_some() {}
    }

    /// Waits for the findings of a version.
    #[track_caller]
    pub fn published(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let message = self.wait(|m| is_publish(m, uri) && m["params"]["version"] == version);
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    /// Says `shutdown` and `exit`, keeps stdin open, and waits for the end.
    pub fn shut_down(&mut self) -> ExitStatus {
        assert_eq!(self.request("shutdown", &Value::Null)["result"], Value::Null);
        self.notify("exit", &Value::Null);
        self.ended()
    }

    pub fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// Waits for the end of the process.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("our child") {
                return status;
            }
            assert!(Instant::now() < deadline, "the server does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Proves that the server still works.
    #[track_caller]
    pub fn is_well(&mut self) {
        let uri = "file:///well.md";
        self.open(uri, "");
        let symbols = self.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": uri}}));
        assert_eq!(symbols["result"], json!([]), "{symbols}");
        self.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    }
}

pub fn is_publish(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
}

pub fn framed(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

pub fn insert(line: u64, character: u64, text: &str) -> Value {
    let at = json!({"line": line, "character": character});
    json!({"range": {"start": at, "end": at}, "text": text})
}

/// Reads one message; stdout must hold nothing else.
fn read(stdout: &mut impl BufRead) -> Option<(Instant, Value)> {
    let mut header = String::new();
    if stdout.read_line(&mut header).ok()? == 0 {
        return None;
    }
    let length = header.strip_prefix("Content-Length: ").unwrap_or_else(|| panic!("on stdout: {header:?}"));
    let mut body = vec![0; length.trim().parse().expect("a number")];
    stdout.read_line(&mut String::new()).ok()?;
    stdout.read_exact(&mut body).ok()?;
    let arrived = Instant::now();
    Some((arrived, serde_json::from_slice(&body).expect("JSON")))
}
