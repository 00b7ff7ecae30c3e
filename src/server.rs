//! The language server: the shell that puts the core behind the Language Server Protocol over stdio.
//!
//! This folder is the only place that knows protocol types. A message takes this way:
//!
//! | file | what happens there |
//! |---|---|
//! | [`transport`] | bytes become messages and messages bytes; bad ones are answered, never fatal |
//! | [`session`] | in wire order, before anything awaits: URIs are put in order, edits applied, snapshots taken |
//! | [`documents`] | the open texts, a rope each |
//! | [`analysis`] | one thread reads the newest text; requests share what it found |
//! | [`publish`] | findings go to the client, once a version |
//! | [`handlers`] | the list of features: one short function a method, each over a file of [`requests`] |
//! | [`convert`] | values of the core become values of the protocol and back |
//! | [`capabilities`] | what client and server can do |
//! | [`settings`], [`configuration`] | which settings hold, and how they come here |
//! | [`lifecycle`] | when the process ends, and how |

mod analysis;
mod cancellation;
mod capabilities;
mod configuration;
mod convert;
mod documents;
mod handlers;
mod lifecycle;
mod logging;
mod publish;
mod requests;
mod session;
mod settings;
pub mod transport;
mod uri;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::OnceLock;

use futures_util::{Sink, SinkExt, StreamExt};
use tower_lsp::LspService;
use tower_lsp::jsonrpc::{Request, Response};

use crate::lang::Lang;
use crate::workspace::Discovery;

use analysis::Wakeups;
use capabilities::Features;
use documents::Documents;
use handlers::Backend;
use lifecycle::Lifecycle;
use requests::workspace_diagnostic;
use session::Session;
use settings::Settings;
use transport::{Incoming, Outbox, Reader};

/// How the server was started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The process that started the server: when it is gone, the server ends.
    pub client_process_id: Option<u32>,
    /// Where settings are looked for.
    pub discovery: Discovery,
    /// The language of messages, where the command line says it.
    pub lang: Option<Lang>,
    /// Gives the memory that is free back to the system.
    pub give_back: fn(),
}

/// What every part of a running server shares.
#[derive(Debug)]
struct Shared {
    documents: Documents,
    outbox: Outbox,
    wakeups: Wakeups,
    lifecycle: Lifecycle,
    settings: Settings,
    /// What was found in files that are not open.
    closed_files: workspace_diagnostic::Cache,
    give_back: fn(),
    /// Set by `initialize`.
    features: OnceLock<Features>,
}

impl Shared {
    /// What was agreed with the client; nothing before `initialize`.
    fn features(&self) -> &Features {
        static NONE: OnceLock<Features> = OnceLock::new();
        self.features.get().unwrap_or_else(|| NONE.get_or_init(Features::default))
    }
}

/// Threads that answer requests. More would only wait for the same documents.
const REQUEST_THREADS: usize = 4;

/// Serves one client over stdin and stdout until it says `exit`, closes stdin or dies.
///
/// Ends with 0 after `shutdown`, with 1 otherwise, as the protocol asks.
pub fn serve(options: Options) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(REQUEST_THREADS)
        .thread_name("article-lsp-request")
        .enable_time()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("article-lsp: cannot start: {error}");
            return ExitCode::from(2);
        }
    };
    let shared = Arc::new(Shared {
        documents: Documents::default(),
        outbox: Outbox::to_stdout(),
        wakeups: Wakeups::default(),
        lifecycle: Lifecycle::default(),
        settings: Settings::new(options.discovery, options.lang),
        closed_files: workspace_diagnostic::Cache::default(),
        give_back: options.give_back,
        features: OnceLock::new(),
    });
    logging::start(&shared);
    if let Some(pid) = options.client_process_id {
        lifecycle::end_with(pid);
    }
    analysis::start(Arc::clone(&shared));
    let (service, socket) = LspService::build(|client| Backend::new(client, Arc::clone(&shared)))
        .custom_method(handlers::VIEW_TEXT, Backend::view_text)
        .finish();
    let (mut requests, responses) = socket.split();
    let outgoing = Arc::clone(&shared);
    runtime.spawn(async move {
        while let Some(request) = requests.next().await {
            outgoing.send_request(request);
        }
    });
    let session = Session::new(service, Arc::clone(&shared));
    let code = run(session, responses, &shared, runtime.handle());
    shared.outbox.flush();
    runtime.shutdown_background();
    code
}

/// Reads until the end. The only place where messages are taken, so the order of the wire is the order of effects.
fn run(
    mut session: Session,
    mut responses: impl Sink<Response> + Unpin,
    shared: &Arc<Shared>,
    runtime: &tokio::runtime::Handle,
) -> ExitCode {
    let mut reader = Reader::new(std::io::stdin().lock());
    while let Some(incoming) = reader.next() {
        match incoming {
            Incoming::Request(request) => {
                let method = request.method().to_owned();
                if let Some(answer) = session.take(request) {
                    let shared = Arc::clone(shared);
                    let answer = async move {
                        if let Ok(Some(response)) = answer.await {
                            shared.send_response(response);
                        }
                    };
                    match method.as_str() {
                        // A client may send what follows without waiting; it must find the new state.
                        "initialize" | "shutdown" => runtime.block_on(answer),
                        "exit" => {
                            runtime.block_on(answer);
                            break;
                        }
                        _ => drop(runtime.spawn(answer)),
                    }
                }
            }
            Incoming::Response(response) => drop(runtime.block_on(responses.send(response))),
            Incoming::Refused(response) => shared.send_response(response),
        }
        if !reader.has_next() {
            session.wake_analysis();
        }
    }
    shared.lifecycle.exit_code()
}

impl Shared {
    /// Sends the answer to a request.
    fn send_response(&self, response: Response) {
        let (id, mut result) = response.into_parts();
        if let Ok(value) = &mut result {
            self.documents.restore_spelling(value);
        }
        self.send(&Response::from_parts(id, result));
    }

    /// Sends a request or a notification of ours.
    fn send_request(&self, request: Request) {
        let (method, id, params) = request.into_parts();
        let mut request = Request::build(method);
        if let Some(mut params) = params {
            self.documents.restore_spelling(&mut params);
            request = request.params(params);
        }
        if let Some(id) = id {
            request = request.id(id);
        }
        self.send(&request.finish());
    }

    fn send(&self, message: &impl serde::Serialize) {
        match serde_json::to_vec(message) {
            Ok(body) => self.outbox.send(body),
            Err(error) => tracing::error!("a message could not be written: {error}"),
        }
    }

    /// Tells the person that a document will not be looked at, and why.
    fn show_too_large(&self, uri: &str, limit: usize) {
        let message = crate::lang::Message::new(
            format!("{uri} has more than {} MiB and is not looked at", limit >> 20),
            format!("{uri} 超过 {} MiB，不予检查", limit >> 20),
        );
        self.send(&serde_json::json!({
            "jsonrpc": "2.0",
            "method": "window/showMessage",
            "params": {"type": 2, "message": message.get(self.features().lang)},
        }));
    }
}
