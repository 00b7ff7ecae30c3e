//! `workspace/diagnostic`: the findings of every article below the folders of the workspace.
//!
//! Clients ask again and again. What was found in a file is kept until the file or its settings change, so that asking
//! again costs one walk over the folders.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde_json::json;
use tower_lsp::ls_types::{
    FullDocumentDiagnosticReport, ProgressToken, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::config::Config;
use crate::lang::{Lang, Phrase};
use crate::server::Shared;
use crate::server::convert::View;
use crate::server::documents::Snapshot;
use crate::server::uri;
use crate::workspace;

use super::diagnostic::result_id;

/// Files that are reported at once where the client takes partial results.
const BATCH: usize = 32;

const TITLE: Phrase = Phrase { en: "Checking articles", zh: "检查文章" };

/// What was found in files that are not open.
#[derive(Default, Debug)]
pub(in crate::server) struct Cache {
    files: Mutex<HashMap<PathBuf, Entry>>,
}

impl Cache {
    /// Forgets all but `files`.
    fn keep(&self, files: &[PathBuf]) {
        let files: HashSet<&PathBuf> = files.iter().collect();
        self.files.lock().unwrap_or_else(PoisonError::into_inner).retain(|path, _| files.contains(path));
    }
}

#[derive(Clone, Debug)]
struct Entry {
    modified: Option<SystemTime>,
    length: u64,
    config: Arc<Config>,
    lang: Lang,
    result_id: String,
    items: Arc<Vec<tower_lsp::ls_types::Diagnostic>>,
}

/// The reports, without those that were sent as partial results.
pub(in crate::server) fn report(
    shared: &Shared,
    params: WorkspaceDiagnosticParams,
    is_cancelled: &AtomicBool,
) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let previous: HashMap<String, String> =
        params.previous_result_ids.into_iter().map(|p| (p.uri.as_str().to_owned(), p.value)).collect();
    let partial = params.partial_result_params.partial_result_token;
    let progress = params.work_done_progress_params.work_done_token;
    let lang = shared.features().lang;
    let begin = json!({"kind": "begin", "title": TITLE.get(lang), "cancellable": true, "percentage": 0});
    send_progress(shared, progress.as_ref(), &begin);
    let found = files(shared);
    let files = found.as_deref().unwrap_or_default();
    let mut gone: HashSet<&str> = previous.keys().map(String::as_str).collect();
    let mut reports = Vec::new();
    for open in shared.documents.all() {
        gone.remove(&*open.uri);
        reports.push(open_report(shared, &open, &previous));
    }
    for (n, path) in files.iter().enumerate() {
        if is_cancelled.load(Ordering::Relaxed) {
            break;
        }
        if let Some((uri, report)) = file_report(shared, path, &previous) {
            gone.remove(uri.as_str());
            reports.push(report);
        }
        if n % BATCH == BATCH - 1 {
            let percentage = n * 100 / files.len();
            let message = format!("{n}/{}", files.len());
            let value = json!({"kind": "report", "percentage": percentage, "message": message});
            send_progress(shared, progress.as_ref(), &value);
            if let Some(token) = &partial {
                send_progress(shared, Some(token), &json!({"items": std::mem::take(&mut reports)}));
            }
        }
    }
    // Whoever did not look at every file cannot say which are gone.
    if found.is_some() && !is_cancelled.load(Ordering::Relaxed) {
        reports.extend(gone.into_iter().filter_map(|uri| Some(gone_report(uri.parse().ok()?))));
        shared.closed_files.keep(files);
    }
    if let Some(token) = &partial
        && !reports.is_empty()
    {
        send_progress(shared, Some(token), &json!({"items": std::mem::take(&mut reports)}));
    }
    send_progress(shared, progress.as_ref(), &json!({"kind": "end"}));
    reports
}

fn send_progress(shared: &Shared, token: Option<&ProgressToken>, value: &serde_json::Value) {
    if let Some(token) = token {
        let mut params = json!({"token": token, "value": value});
        shared.documents.restore_spelling(&mut params);
        shared.outbox.wait_for_room();
        shared.send(&json!({"jsonrpc": "2.0", "method": "$/progress", "params": params}));
    }
}

/// The articles below the folders that are not open; none where the configuration is wrong.
fn files(shared: &Shared) -> Option<Vec<PathBuf>> {
    let folders = shared.settings.folders().clone();
    match workspace::find(&folders, &shared.settings.resolver, false) {
        Ok(found) => {
            let is_closed = |path: &PathBuf| {
                uri::from_path(path).is_some_and(|uri| shared.documents.snapshot(uri.as_str()).is_none())
            };
            Some(found.files.into_iter().filter(is_closed).collect())
        }
        Err(error) => {
            tracing::error!("{error}");
            None
        }
    }
}

fn open_report(
    shared: &Shared,
    open: &Snapshot,
    previous: &HashMap<String, String>,
) -> WorkspaceDocumentDiagnosticReport {
    let analysis = open.analyses.of(open, &shared.settings);
    let view = View::new(shared, open, &analysis);
    let items = view.diagnostics();
    one_report(view.uri(), Some(i64::from(open.version)), result_id(&items), || items, previous)
}

fn file_report(
    shared: &Shared,
    path: &Path,
    previous: &HashMap<String, String>,
) -> Option<(Uri, WorkspaceDocumentDiagnosticReport)> {
    let uri = uri::from_path(path)?;
    let entry = entry(shared, path, &uri)?;
    let items = || Vec::clone(&entry.items);
    Some((uri.clone(), one_report(uri, None, entry.result_id.clone(), items, previous)))
}

/// That nothing is found any more in a file that the client knows findings of: it was taken away, or is left out now.
fn gone_report(uri: Uri) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: None, items: Vec::new() },
    })
}

/// What is known of a file; found out where it is new or has changed.
fn entry(shared: &Shared, path: &Path, uri: &Uri) -> Option<Entry> {
    let metadata = path.metadata().ok()?;
    let config = shared.settings.config_at(path);
    let lang = shared.settings.lang_for(uri.as_str(), shared.features().lang);
    let (modified, length) = (metadata.modified().ok(), metadata.len());
    let files = || shared.closed_files.files.lock().unwrap_or_else(PoisonError::into_inner);
    let is_current = |e: &&Entry| (e.modified, e.length, e.lang) == (modified, length, lang) && *e.config == *config;
    if let Some(entry) = files().get(path).filter(is_current) {
        return Some(entry.clone());
    }
    // What cannot be read is the command line's to name; an editor shows what it can open.
    let source = workspace::load(path).ok()?;
    let snapshot = Snapshot::of_file(uri.as_str(), path, &source);
    let analysis = snapshot.analyses.of(&snapshot, &shared.settings);
    let items = View::new(shared, &snapshot, &analysis).diagnostics();
    let entry = Entry { modified, length, config, lang, result_id: result_id(&items), items: Arc::new(items) };
    files().insert(path.to_owned(), entry.clone());
    Some(entry)
}

fn one_report(
    uri: Uri,
    version: Option<i64>,
    result_id: String,
    items: impl FnOnce() -> Vec<tower_lsp::ls_types::Diagnostic>,
    previous: &HashMap<String, String>,
) -> WorkspaceDocumentDiagnosticReport {
    if previous.get(uri.as_str()) == Some(&result_id) {
        return WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        });
    }
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items: items() };
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report,
    })
}
