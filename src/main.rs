//! The binary: hands the command line to the library, and has it use an allocator of its own on Linux.

use std::process::ExitCode;

/// `check` takes 0.92 of the time of the processors that it takes with the allocator of glibc. That of musl has one lock, and
/// gives every large block back to the system at once: with it `check` of 60 MB takes 1.6 times as much of the processors, a
/// keystroke in a page of 1 MB three times (`benches/README.md`).
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Gives the memory that is free back to the system.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the allocator is a C library, and no safe function does it")]
fn give_back() {
    // SAFETY: it asks nothing of its caller: it may be called at any time, by any thread.
    unsafe { libmimalloc_sys::mi_collect(true) }
}

/// Other systems' allocators give it back by themselves.
#[cfg(not(target_os = "linux"))]
const fn give_back() {}

fn main() -> ExitCode {
    article_lsp::cli::run(std::env::args_os(), give_back)
}
