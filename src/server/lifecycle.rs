//! When the process ends, and how.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// How often the client's process is looked for. An orphan costs nothing in that time.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// Where a session stands between `initialize` and `exit`.
#[derive(Default, Debug)]
pub(super) struct Lifecycle {
    stage: AtomicU8,
}

const RUNNING: u8 = 1;
const SHUT_DOWN: u8 = 2;

impl Lifecycle {
    /// `initialize` was answered.
    pub(super) fn run(&self) {
        self.stage.store(RUNNING, Ordering::SeqCst);
    }

    /// `shutdown` came.
    pub(super) fn shut_down(&self) {
        self.stage.store(SHUT_DOWN, Ordering::SeqCst);
    }

    /// Whether documents may be opened and changed.
    pub(super) fn is_running(&self) -> bool {
        self.stage.load(Ordering::SeqCst) == RUNNING
    }

    /// 0 after `shutdown`, 1 otherwise: the protocol's rule for `exit`, and for a client that just went away.
    pub(super) fn exit_code(&self) -> std::process::ExitCode {
        u8::from(self.stage.load(Ordering::SeqCst) != SHUT_DOWN).into()
    }
}

/// Ends this process when process `pid` has ended: an editor that was killed cannot say `exit`, and something else
/// may hold our stdin open. A process that is not there to begin with is not waited for: an editor outside our container
/// names itself by a number that means nothing in here.
pub(super) fn end_with(pid: u32) {
    if !is_alive(pid) {
        tracing::debug!("the client's process ({pid}) cannot be seen from here and is not watched");
        return;
    }
    let thread = std::thread::Builder::new().name("article-lsp-heartbeat".to_owned());
    let started = thread.spawn(move || {
        while is_alive(pid) {
            std::thread::sleep(HEARTBEAT);
        }
        eprintln!("article-lsp: the client (process {pid}) is gone");
        std::process::exit(1);
    });
    if let Err(error) = started {
        tracing::warn!("the client's process is not watched: {error}");
    }
}

/// Whether process `pid` runs. One that ended but was not waited for does not.
#[cfg(target_os = "linux")]
fn is_alive(pid: u32) -> bool {
    // The state stands behind the name, which is in brackets and may itself hold brackets.
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| !stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with(['Z', 'X'])))
}

/// Whether process `pid` runs. Asked of `ps`: there is no safe call for it in the standard library.
#[cfg(all(unix, not(target_os = "linux")))]
fn is_alive(pid: u32) -> bool {
    let ps = std::process::Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output();
    ps.is_ok_and(|output| output.status.success() && !output.stdout.trim_ascii_start().starts_with(b"Z"))
}

/// On Windows the end of a client closes our stdin, which ends us.
#[cfg(not(unix))]
fn is_alive(_pid: u32) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_ended_is_not_alive() {
        assert!(is_alive(std::process::id()));
        let mut child = std::process::Command::new("true").spawn().expect("there is a `true`");
        let pid = child.id();
        child.wait().expect("it ends");
        assert!(!is_alive(pid));
    }
}
