//! The settings of the session: those of the command line's resolver, so that an editor and the command line say the
//! same of a file.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Config;
use crate::lang::Lang;
use crate::workspace::{Discovery, Resolver, Selection};

use super::uri;

/// Which settings hold for which document.
#[derive(Debug)]
pub(super) struct Settings {
    resolver: Resolver,
    /// The language that the command line asks for.
    lang: Option<Lang>,
    default: Arc<Config>,
    /// What was said of wrong configuration files: once is enough.
    complaints: Mutex<HashSet<String>>,
}

impl Settings {
    pub(super) fn new(discovery: Discovery, lang: Option<Lang>) -> Self {
        let resolver = Resolver::new(discovery, Selection::default());
        Self { resolver, lang, default: Arc::default(), complaints: Mutex::default() }
    }

    /// The settings for the document `uri`: the defaults where its configuration file is wrong, which is said once.
    pub(super) fn config_for(&self, uri: &str) -> Arc<Config> {
        self.resolver.config(&place(uri)).unwrap_or_else(|error| {
            let complaint = error.to_string();
            if self.complaints.lock().unwrap_or_else(PoisonError::into_inner).insert(complaint.clone()) {
                tracing::error!("{complaint}");
            }
            Arc::clone(&self.default)
        })
    }

    /// The language for the document `uri`: the command line's, then its configuration's, then the client's.
    pub(super) fn lang_for(&self, uri: &str, client: Lang) -> Lang {
        let configured = || self.resolver.settings(&place(uri)).ok().and_then(|settings| settings.file.lang);
        self.lang.or_else(configured).unwrap_or(client)
    }

    /// A configuration file changed.
    pub(super) fn reload(&self) {
        self.resolver.forget();
        self.complaints.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Where a document stands. One that is in no folder has the settings of the folder that the server runs in.
fn place(uri: &str) -> PathBuf {
    uri::to_path(uri).unwrap_or_else(|| PathBuf::from("untitled.md"))
}
