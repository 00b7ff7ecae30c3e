//! How settings reach the server: with `initialize`, pulled from the client, pushed by it, read again from files.
//!
//! Nothing here waits for the client in a handler. A client may answer us after we have answered it, or never.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::ls_types::{ConfigurationItem, InitializeParams, WorkspaceFolder, WorkspaceFoldersChangeEvent};

use super::settings::{SECTION, Settings};
use super::{Shared, capabilities, uri};

/// How long the client is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Takes what `initialize` says: folders and settings.
pub(super) fn begin(settings: &Settings, params: &InitializeParams) {
    let mut folders: Vec<_> = params.workspace_folders.iter().flatten().filter_map(path).collect();
    #[allow(deprecated)] // Clients without folders still name their root here.
    if folders.is_empty() {
        folders.extend(params.root_uri.as_ref().and_then(|root| uri::to_path(root.as_str())));
    }
    *settings.folders() = folders;
    if let Some(options) = &params.initialization_options {
        settings.set_editor(options);
    }
}

fn path(folder: &WorkspaceFolder) -> Option<std::path::PathBuf> {
    uri::to_path(folder.uri.as_str())
}

/// Asks the client to tell of changes, and for its settings.
pub(super) fn register(client: &Client, shared: &Arc<Shared>) {
    let registrations = capabilities::registrations(shared.features());
    if !registrations.is_empty() {
        let client = client.clone();
        tokio::spawn(async move {
            let registered = tokio::time::timeout(PATIENCE, client.register_capability(registrations)).await;
            if let Ok(Err(error)) = registered {
                tracing::warn!("the client does not tell of changes: {error}");
            }
        });
    }
    if shared.features().configuration {
        pull(client, shared);
    }
}

/// The client's settings changed: asked for where it can be asked, else taken from `settings`.
pub(super) fn changed(client: &Client, shared: &Arc<Shared>, settings: &Value) {
    if shared.features().configuration {
        pull(client, shared);
    } else if shared.settings.set_editor(settings) {
        refresh(client, shared);
    }
}

fn pull(client: &Client, shared: &Arc<Shared>) {
    let (client, shared) = (client.clone(), Arc::clone(shared));
    tokio::spawn(async move {
        let items = vec![ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) }];
        match tokio::time::timeout(PATIENCE, client.configuration(items)).await {
            Ok(Ok(sections)) => {
                // A client without our section answers `null`: then what `initialize` said stays.
                if let Some(section) = sections.first().filter(|section| section.is_object())
                    && shared.settings.set_editor(section)
                {
                    refresh(&client, &shared);
                }
            }
            Ok(Err(error)) => tracing::warn!("the client does not tell its settings: {error}"),
            Err(_) => {}
        }
    });
}

/// Configuration files or dictionaries changed.
pub(super) fn files_changed(client: &Client, shared: &Arc<Shared>) {
    shared.settings.reload();
    refresh(client, shared);
}

/// The client opened or closed folders.
pub(super) fn folders_changed(settings: &Settings, event: &WorkspaceFoldersChangeEvent) {
    let removed: Vec<_> = event.removed.iter().filter_map(path).collect();
    let mut folders = settings.folders();
    folders.retain(|folder| !removed.contains(folder));
    for added in event.added.iter().filter_map(path) {
        if !folders.contains(&added) {
            folders.push(added);
        }
    }
}

/// Has everything read again under the new settings.
fn refresh(client: &Client, shared: &Arc<Shared>) {
    let features = shared.features();
    for document in shared.documents.all() {
        shared.wakeups.wake(document.uri);
    }
    let (client, features) = (client.clone(), features.clone());
    tokio::spawn(async move {
        // A client that answers with an error, or not at all, asks when it likes to.
        if features.pulls_diagnostics && features.refreshes_diagnostics {
            let _ = tokio::time::timeout(PATIENCE, client.workspace_diagnostic_refresh()).await;
        }
        if features.refreshes_inlay_hints {
            let _ = tokio::time::timeout(PATIENCE, client.inlay_hint_refresh()).await;
        }
        if features.refreshes_code_lenses {
            let _ = tokio::time::timeout(PATIENCE, client.code_lens_refresh()).await;
        }
        if features.refreshes_semantic_tokens {
            let _ = tokio::time::timeout(PATIENCE, client.semantic_tokens_refresh()).await;
        }
    });
}
