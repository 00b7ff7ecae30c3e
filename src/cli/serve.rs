//! `article-lsp serve`: the language server.

use std::process::ExitCode;

use clap::Args;

use super::Global;
use crate::server;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Speak over stdin and stdout: the only way, named for clients that name it
    #[arg(long)]
    stdio: bool,
    /// End when this process ends
    #[arg(long = "clientProcessId", alias = "client-process-id", value_name = "PID")]
    client_process_id: Option<u32>,
}

/// Serves one client until it is done.
pub(super) fn run(arguments: &Arguments, global: &Global, give_back: fn()) -> ExitCode {
    server::serve(server::Options {
        client_process_id: arguments.client_process_id,
        discovery: global.discovery(),
        lang: global.lang,
        give_back,
    })
}
