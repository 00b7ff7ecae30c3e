//! The binary: hands the command line to the library.

use std::process::ExitCode;

/// The allocator of musl has one lock, and gives every large block back to the system at once: with it `check` of 60 MB
/// takes 1.6 times as much of the processors, a keystroke in a page of 1 MB three times. That of glibc stays: a little
/// slower than this one, it holds on to less (`benches/README.md`).
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    article_lsp::cli::run(std::env::args_os())
}
