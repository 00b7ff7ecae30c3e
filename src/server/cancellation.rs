//! Work that nobody waits for any more: the framework drops the future of a cancelled request, and the thread that
//! works for it is told so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Held by the one who waits; when it is dropped, the work is cancelled.
#[derive(Default, Debug)]
pub(super) struct Waiting(Arc<AtomicBool>);

impl Waiting {
    /// What the work looks at: true once nobody waits.
    pub(super) fn cancelled(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
