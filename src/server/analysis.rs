//! One thread reads the newest text of whatever changed; requests share what it found.
//!
//! There is no timer. While a document is read, newer versions replace each other, so a burst of edits costs one
//! more reading. Why one thread: two readings of the same document would only wait for its memo.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};

use crate::article::{Memo, Page};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::lang::Message;
use crate::org::{self, Dictionary, Organisation};
use crate::rules;
use crate::text::Span;
use crate::workspace;

use super::Shared;
use super::documents::Snapshot;
use super::publish;
use super::settings::Settings;

/// What is known of one version of a document.
#[derive(Debug)]
pub(super) struct Analysis {
    revision: u64,
    /// The settings that it was made with.
    pub config: Arc<Config>,
    /// The page.
    pub page: Page,
    /// What the rules found.
    pub diagnostics: Vec<Diagnostic>,
    organisations: OnceLock<Vec<Organisation>>,
    /// The organisations that the user knows.
    pub(super) dictionary: Arc<Dictionary>,
    names: Arc<Mutex<org::Memo>>,
}

impl Analysis {
    /// The organisations: looked for when first asked for, never on the way of a keystroke.
    pub(super) fn organisations(&self) -> &[Organisation] {
        self.organisations.get_or_init(|| {
            let mut memo = self.names.lock().unwrap_or_else(PoisonError::into_inner);
            org::organisations_with(&self.page, &self.dictionary, &mut memo)
        })
    }
}

/// What is known of a document: of its latest version, and of its blocks from all versions.
#[derive(Default, Debug)]
pub(super) struct Analyses {
    state: Mutex<State>,
    /// Facts about names, apart from the rest: whoever looks for organisations holds up no findings.
    names: Arc<Mutex<org::Memo>>,
}

#[derive(Default, Debug)]
struct State {
    memo: Memo,
    latest: Option<Arc<Analysis>>,
}

impl Analyses {
    /// The analysis that was made last.
    fn latest(&self) -> Option<Arc<Analysis>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).latest.clone()
    }

    /// The analysis of `snapshot` under the settings that hold for it: the one at hand if it is of this version and
    /// of these settings, else a new one.
    pub(super) fn of(&self, snapshot: &Snapshot, settings: &Settings) -> Arc<Analysis> {
        let (config, dictionary) = (&settings.config_for(&snapshot.uri), settings.dictionary_for(&snapshot.uri));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(latest) = &state.latest
            && latest.revision == snapshot.revision
            && (Arc::ptr_eq(&latest.config, config) || latest.config == *config)
            && Arc::ptr_eq(&latest.dictionary, &dictionary)
        {
            return Arc::clone(latest);
        }
        let (page, diagnostics) = analyse(snapshot, config, &mut state.memo);
        let analysis = Arc::new(Analysis {
            revision: snapshot.revision,
            config: Arc::clone(config),
            page,
            diagnostics,
            organisations: OnceLock::new(),
            dictionary,
            names: Arc::clone(&self.names),
        });
        if state.latest.as_ref().is_none_or(|latest| latest.revision <= snapshot.revision) {
            state.latest = Some(Arc::clone(&analysis));
        }
        analysis
    }
}

fn analyse(snapshot: &Snapshot, config: &Config, memo: &mut Memo) -> (Page, Vec<Diagnostic>) {
    let source = String::from(&snapshot.rope);
    // A panicking rule is caught by `rules::check`. This is for the parser: what it half wrote into the memo goes.
    let (format, encoding) = (snapshot.format, snapshot.encoding);
    let parsed = catch_unwind(AssertUnwindSafe(|| workspace::check(source, format, encoding, config, memo)));
    parsed.unwrap_or_else(|_| {
        *memo = Memo::default();
        (Page::parse("", snapshot.format, &mut Memo::default()), vec![failure()])
    })
}

fn failure() -> Diagnostic {
    let message = Message::new(
        "this file could not be read; this is a defect of article-lsp",
        "无法解读此文件，这是 article-lsp 的缺陷",
    );
    Diagnostic {
        rule: rules::INTERNAL_ERROR,
        severity: Severity::Warning,
        finding: Finding::new(Span::empty(0), message),
    }
}

/// The documents that wait to be read.
#[derive(Default, Debug)]
pub(super) struct Wakeups {
    waiting: Mutex<BTreeSet<Arc<str>>>,
    woken: Condvar,
}

impl Wakeups {
    /// Has a document read.
    pub(super) fn wake(&self, uri: Arc<str>) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(uri);
        self.woken.notify_one();
    }

    fn is_idle(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn next(&self) -> Arc<str> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(uri) = waiting.pop_first() {
                return uri;
            }
            waiting = self.woken.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Starts the thread.
pub(super) fn start(shared: Arc<Shared>) {
    let thread = std::thread::Builder::new().name("article-lsp-analysis".to_owned());
    thread.spawn(move || run(&shared)).expect("a process can start a thread");
}

fn run(shared: &Shared) {
    loop {
        // A client that does not read gets its findings when it does, and then the newest.
        shared.outbox.wait_for_room();
        let uri = shared.wakeups.next();
        let Some(snapshot) = shared.documents.snapshot(&uri) else {
            // It is closed. Only the thread that asked for memory can give it back at once.
            if shared.wakeups.is_idle() {
                (shared.give_back)();
            }
            continue;
        };
        // Held until the findings are on their way: to take a long page apart takes a tenth of the time of reading it.
        let before = snapshot.analyses.latest();
        let analysis = snapshot.analyses.of(&snapshot, &shared.settings);
        if !shared.features().pulls_diagnostics {
            publish::publish(shared, &snapshot, &analysis);
        }
        drop(before);
    }
}
