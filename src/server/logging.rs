//! The log goes to stderr and, as `window/logMessage`, to the client. Nothing but protocol goes to stdout.

use std::io::{self, Write};
use std::sync::Arc;

use serde_json::json;
use tower_lsp::ls_types::MessageType;
use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use super::Shared;
use super::transport::Outbox;

/// Starts logging for this process. `ARTICLE_LSP_LOG` filters (`debug`, `article_lsp=trace`); the default is what
/// people should know.
pub(super) fn start(shared: &Arc<Shared>) {
    let filter = || EnvFilter::try_from_env("ARTICLE_LSP_LOG").unwrap_or_else(|_| EnvFilter::new("article_lsp=info"));
    let to_stderr = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(io::stderr).with_filter(filter());
    let to_client = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_level(false)
        .with_target(false)
        .without_time()
        .with_writer(ToClient(shared.outbox.clone()))
        .with_filter(filter());
    // Fails where a subscriber is already set, in tests for example: that one stays.
    let _ = tracing_subscriber::registry().with(to_stderr).with(to_client).try_init();
}

struct ToClient(Outbox);

/// One entry of the log: sent when it is complete.
struct Entry {
    outbox: Outbox,
    kind: MessageType,
    text: Vec<u8>,
}

impl<'a> MakeWriter<'a> for ToClient {
    type Writer = Entry;

    fn make_writer(&'a self) -> Entry {
        Entry { outbox: self.0.clone(), kind: MessageType::LOG, text: Vec::new() }
    }

    fn make_writer_for(&'a self, meta: &Metadata<'_>) -> Entry {
        let kind = match *meta.level() {
            Level::ERROR => MessageType::ERROR,
            Level::WARN => MessageType::WARNING,
            Level::INFO => MessageType::INFO,
            _ => MessageType::LOG,
        };
        Entry { outbox: self.0.clone(), kind, text: Vec::new() }
    }
}

impl Write for Entry {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        // A client that reads slowly can do without the log.
        if self.text.is_empty() || self.outbox.is_full() {
            return;
        }
        let message = String::from_utf8_lossy(&self.text);
        let params = json!({"type": self.kind, "message": message.trim_end()});
        let message = json!({"jsonrpc": "2.0", "method": "window/logMessage", "params": params});
        self.outbox.send(message.to_string().into_bytes());
    }
}
