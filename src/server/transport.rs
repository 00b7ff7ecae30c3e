//! Bytes become messages and messages bytes.
//!
//! The framework's own `Server` is not used. It ends the session at the first malformed message; it reads, writes and
//! runs handlers in one task, so that a handler that computes stops the reading and a burst of edits can lock the
//! session up. Here the main thread does nothing but read, in wire order; requests run elsewhere; one thread writes.
//! The framework's service, router and client stay.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

/// Largest message that is read into memory, in bytes. A document of [`super::documents::LARGEST`] fits, escaped.
const LARGEST_BODY: usize = 256 << 20;
/// Longest header line. What is longer is not a header.
const LONGEST_HEADER: u64 = 4096;

/// What came from the client.
#[derive(Debug)]
pub enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of ours.
    Response(Response),
    /// Not a message: this is the answer to it.
    Refused(Response),
}

/// Reads messages from a stream of bytes.
#[derive(Debug)]
pub struct Reader<R> {
    stream: R,
}

/// Bytes read at once: what a pipe holds.
const PIPE: usize = 1 << 16;

impl<R: Read> Reader<io::BufReader<R>> {
    /// A reader of `stream` from its beginning.
    pub fn new(stream: R) -> Self {
        Self { stream: io::BufReader::with_capacity(PIPE, stream) }
    }

    /// Whether the next message is already here, whole. Then there is no point in looking at a text that it may
    /// change: this, and no timer, is what makes one of a burst of edits.
    pub fn has_next(&self) -> bool {
        let mut ahead = Reader { stream: self.stream.buffer() };
        matches!(ahead.header(), Ok(Header::Length(length)) if length <= ahead.stream.len())
    }
}

/// The messages, until the stream ends, also in the middle of one.
impl<R: BufRead> Iterator for Reader<R> {
    type Item = Incoming;

    fn next(&mut self) -> Option<Incoming> {
        let length = match self.header().ok()? {
            Header::Length(length) => length,
            Header::None => return Some(refused(ErrorCode::ParseError, "a message without `Content-Length`")),
        };
        if length > LARGEST_BODY {
            io::copy(&mut self.stream.by_ref().take(length as u64), &mut io::sink()).ok()?;
            return Some(refused(ErrorCode::InvalidRequest, "the message is too large"));
        }
        // The length is the client's claim: memory is taken as the bytes arrive.
        let mut body = Vec::with_capacity(length.min(1 << 20));
        self.stream.by_ref().take(length as u64).read_to_end(&mut body).ok()?;
        (body.len() == length).then(|| message(&body))
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads lines up to an empty one, or up to what is no header. Whatever stands before `Content-Length` is
    /// skipped, so that one broken message does not cost the next.
    fn header(&mut self) -> io::Result<Header> {
        let mut length = None;
        let mut garbage = false;
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.stream.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if text.is_empty() {
                match length {
                    Some(length) => return Ok(Header::Length(length)),
                    None if garbage => return Ok(Header::None),
                    None => continue,
                }
            }
            let lower = text.to_ascii_lowercase();
            match lower.rfind("content-length:") {
                Some(at) => length = lower[at + "content-length:".len()..].trim().parse().ok(),
                None if lower.starts_with("content-type:") => {}
                None => garbage = true,
            }
            garbage |= length.is_none();
        }
    }
}

enum Header {
    Length(usize),
    None,
}

/// A message as JSON-RPC has it, before it is known what it is.
#[derive(Deserialize)]
struct Envelope {
    #[serde(default, deserialize_with = "present")]
    id: Option<Value>,
    method: Option<String>,
    params: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    result: Option<Value>,
    error: Option<Value>,
}

/// Tells `null` from nothing.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn message(body: &[u8]) -> Incoming {
    let body = match std::str::from_utf8(body) {
        Ok(body) => body,
        Err(error) => return refused(ErrorCode::ParseError, &error.to_string()),
    };
    // An array would be read as the members in their order.
    let is_object = body.trim_start().starts_with('{');
    let envelope: Envelope = match serde_json::from_str(body) {
        Ok(envelope) if is_object => envelope,
        // What is no message may be no JSON either, further on.
        _ => {
            return match serde_json::from_str::<serde::de::IgnoredAny>(body) {
                Ok(_) => refused(ErrorCode::InvalidRequest, "not a message"),
                Err(error) => refused(ErrorCode::ParseError, &error.to_string()),
            };
        }
    };
    let id = match envelope.id.map(serde_json::from_value::<Id>) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return refused(ErrorCode::InvalidRequest, "an id is a number or a string"),
    };
    match (envelope.method, id) {
        (Some(method), id) => {
            let mut request = Request::build(method);
            if let Some(params) = envelope.params {
                request = request.params(params);
            }
            if let Some(id) = id {
                request = request.id(id);
            }
            Incoming::Request(request.finish())
        }
        (None, Some(id)) => match (envelope.result, envelope.error) {
            (_, Some(error)) => Incoming::Response(Response::from_error(id, client_error(&error))),
            (Some(result), None) => Incoming::Response(Response::from_ok(id, result)),
            (None, None) => Incoming::Refused(Response::from_error(id, Error::invalid_request())),
        },
        (None, None) => refused(ErrorCode::InvalidRequest, "a message without a method"),
    }
}

fn client_error(error: &Value) -> Error {
    serde_json::from_value(error.clone()).unwrap_or_else(|_| Error {
        code: ErrorCode::InternalError,
        message: error.to_string().into(),
        data: None,
    })
}

fn refused(code: ErrorCode, why: &str) -> Incoming {
    let message = format!("{}: {why}", code.description());
    Incoming::Refused(Response::from_error(Id::Null, Error { code, message: message.into(), data: None }))
}

/// What waits to be written. Sending never blocks; one thread writes.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    queue: Arc<Queue>,
}

#[derive(Default, Debug)]
struct Queue {
    state: Mutex<Pending>,
    changed: Condvar,
}

#[derive(Default, Debug)]
struct Pending {
    bodies: VecDeque<Vec<u8>>,
    /// Bytes in `bodies` and in the one being written.
    bytes: usize,
    /// The client reads no more.
    closed: bool,
}

/// Bytes that may wait before findings are held back: a client that reads slowly gets fewer publishes, not a longer
/// queue.
const FULL: usize = 1 << 20;

impl Outbox {
    /// An outbox that writes to stdout.
    pub(super) fn to_stdout() -> Self {
        let outbox = Self { queue: Arc::default() };
        let writer = outbox.clone();
        let thread = std::thread::Builder::new().name("article-lsp-writer".to_owned());
        thread.spawn(move || writer.write(io::stdout())).expect("a process can start a thread");
        outbox
    }

    /// Queues one message; `body` is its JSON, which gets its header when it is written.
    pub(super) fn send(&self, body: Vec<u8>) {
        let mut pending = self.lock();
        if !pending.closed {
            pending.bytes += body.len();
            pending.bodies.push_back(body);
            // A thread that is woken while the lock is held goes to sleep again.
            drop(pending);
            self.queue.changed.notify_all();
        }
    }

    /// Whether so much waits that what can be left out should be.
    pub(super) fn is_full(&self) -> bool {
        self.lock().bytes > FULL
    }

    /// Waits until little waits.
    pub(super) fn wait_for_room(&self) {
        let pending = self.lock();
        drop(self.queue.changed.wait_while(pending, |p| p.bytes > FULL && !p.closed));
    }

    /// Waits until everything is written, but not for long: a client that does not read is not waited for.
    pub(super) fn flush(&self) {
        let pending = self.lock();
        drop(self.queue.changed.wait_timeout_while(pending, Duration::from_secs(2), |p| p.bytes > 0 && !p.closed));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Pending> {
        self.queue.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, mut stream: impl Write) {
        loop {
            let waiting = self.lock();
            let mut pending =
                self.queue.changed.wait_while(waiting, |p| p.bodies.is_empty()).unwrap_or_else(PoisonError::into_inner);
            let bodies = std::mem::take(&mut pending.bodies);
            drop(pending);
            for body in bodies {
                let written = write!(stream, "Content-Length: {}\r\n\r\n", body.len())
                    .and_then(|()| stream.write_all(&body))
                    .and_then(|()| stream.flush());
                let mut pending = self.lock();
                pending.bytes -= body.len();
                if written.is_err() {
                    *pending = Pending { closed: true, ..Pending::default() };
                }
                self.queue.changed.notify_all();
                if written.is_err() {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<String> {
        let reader = Reader::new(bytes);
        let mut found = Vec::new();
        for incoming in reader {
            found.push(match incoming {
                Incoming::Request(request) => request.method().to_owned(),
                Incoming::Response(response) => format!("response {}", response.id()),
                Incoming::Refused(response) => response.error().expect("an error").code.code().to_string(),
            });
        }
        found
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"m"}"#;

    #[test]
    fn what_is_broken_costs_one_answer_and_not_the_next_message() {
        for (broken, expected) in [
            (framed("{"), vec!["-32700", "m"]),
            (framed("[]"), vec!["-32600", "m"]),
            (framed("[1, 2"), vec!["-32700", "m"]),
            (framed(r#"[1, "m", {}, null, null]"#), vec!["-32600", "m"]),
            (framed("3"), vec!["-32600", "m"]),
            (framed("{}"), vec!["-32600", "m"]),
            (framed(r#"{"jsonrpc":"2.0","id":{},"method":"m"}"#), vec!["-32600", "m"]),
            (framed(r#"{"jsonrpc":"2.0","id":1}"#), vec!["-32600", "m"]),
            (framed(r#"{"jsonrpc":"2.0","id":1,"result":null}"#), vec!["response 1", "m"]),
            (framed(&"[".repeat(100_000)), vec!["-32700", "m"]),
            ("nonsense".to_owned(), vec!["m"]),
            ("nonsense\r\n\r\n".to_owned(), vec!["-32700", "m"]),
            ("Content-Length: many\r\n\r\n".to_owned(), vec!["-32700", "m"]),
            ("Content-Length: -1\r\n\r\n".to_owned(), vec!["-32700", "m"]),
            ("\r\n\r\n".to_owned(), vec!["m"]),
        ] {
            assert_eq!(read(format!("{broken}{}", framed(GOOD)).as_bytes()), expected, "{broken:.60}");
        }
    }

    #[test]
    fn invalid_utf8_is_a_parse_error() {
        let mut bytes = b"Content-Length: 8\r\n\r\n{\"a\xff\":1}".to_vec();
        bytes.extend_from_slice(framed(GOOD).as_bytes());
        assert_eq!(read(&bytes), ["-32700", "m"]);
    }

    #[test]
    fn headers_come_in_many_spellings() {
        let body = GOOD.len();
        for header in [
            format!("content-length:{body}\r\n\r\n"),
            format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {body}\r\n\r\n"),
            format!("Content-Length: {body}\n\n"),
        ] {
            assert_eq!(read(format!("{header}{GOOD}").as_bytes()), ["m"], "{header}");
        }
    }

    #[test]
    fn knows_whether_the_next_message_is_here() {
        let (whole, half) = (framed(GOOD), &framed(GOOD)[..30]);
        let bytes = format!("{whole}{whole}{half}");
        let mut reader = Reader::new(bytes.as_bytes());
        let mut seen = Vec::new();
        while reader.next().is_some() {
            seen.push(reader.has_next());
        }
        assert_eq!(seen, [true, false]);
    }

    #[test]
    fn a_message_cut_short_is_the_end() {
        let whole = framed(GOOD);
        for end in 0..whole.len() {
            assert!(read(&whole.as_bytes()[..end]).is_empty(), "{end}");
        }
    }
}
