//! The settings of the session: those of the command line's resolver, so that an editor and the command line say the
//! same of a file, and over them what the person set in the editor.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde_json::Value;

use crate::config::{Config, File};
use crate::lang::Lang;
use crate::org::Dictionary;
use crate::rules::RULES;
use crate::workspace::{Discovery, Resolver, Selection};

use super::uri;

/// The name of our section of a client's settings.
pub(super) const SECTION: &str = "article-lsp";

/// Which settings hold for which document.
#[derive(Debug)]
pub(super) struct Settings {
    /// Finds `article-lsp.toml` and reads it.
    pub resolver: Resolver,
    /// The language that the command line asks for.
    lang: Option<Lang>,
    default: Arc<Config>,
    no_dictionary: Arc<Dictionary>,
    editor: RwLock<Editor>,
    folders: Mutex<Vec<PathBuf>>,
    /// What was said of wrong configuration: once is enough.
    complaints: Mutex<HashSet<String>>,
}

/// What the person set in the editor: the keys of `article-lsp.toml`, and those that only an editor has.
#[derive(Clone, PartialEq, Default, Debug)]
struct Editor {
    file: File,
    inlay_hints: bool,
}

impl Settings {
    pub(super) fn new(discovery: Discovery, lang: Option<Lang>) -> Self {
        Self {
            resolver: Resolver::new(discovery, Selection { behind_keystrokes: true, ..Selection::default() }),
            lang,
            default: Arc::default(),
            no_dictionary: Arc::default(),
            editor: RwLock::default(),
            folders: Mutex::default(),
            complaints: Mutex::default(),
        }
    }

    /// The settings for the document `uri`: the defaults where its configuration file is wrong, which is said once.
    pub(super) fn config_for(&self, uri: &str) -> Arc<Config> {
        self.config_at(&self.place(uri))
    }

    /// The settings for the file `path`.
    pub(super) fn config_at(&self, path: &Path) -> Arc<Config> {
        let mut config = self.resolver.config(path).unwrap_or_else(|error| {
            self.complain(&error.to_string());
            Arc::clone(&self.default)
        });
        let File { rules, least_confidence, .. } = &self.editor.read().unwrap_or_else(PoisonError::into_inner).file;
        if !rules.is_empty() || least_confidence.is_some() {
            let config = Arc::make_mut(&mut config);
            for (rule, setting) in rules {
                setting.apply(rule, config);
            }
            config.least_confidence = least_confidence.unwrap_or(config.least_confidence);
        }
        config
    }

    /// The organisations that the configuration of the document `uri` names.
    pub(super) fn dictionary_for(&self, uri: &str) -> Arc<Dictionary> {
        let settings = self.resolver.settings(&self.place(uri));
        settings.and_then(|settings| settings.dictionary()).unwrap_or_else(|error| {
            self.complain(&error.to_string());
            Arc::clone(&self.no_dictionary)
        })
    }

    /// The language for the document `uri`: the command line's, then the editor's setting, then the configuration's,
    /// then the client's.
    pub(super) fn lang_for(&self, uri: &str, client: Lang) -> Lang {
        let editor = self.editor.read().unwrap_or_else(PoisonError::into_inner).file.lang;
        let configured = || self.resolver.settings(&self.place(uri)).ok().and_then(|settings| settings.file.lang);
        self.lang.or(editor).or_else(configured).unwrap_or(client)
    }

    /// Whether inlay hints are wanted.
    pub(super) fn inlay_hints(&self) -> bool {
        self.editor.read().unwrap_or_else(PoisonError::into_inner).inlay_hints
    }

    /// Takes the settings of the editor: our section, or an object that has it. What is wrong in them is said, and
    /// those before stay. Whether anything is new.
    pub(super) fn set_editor(&self, settings: &Value) -> bool {
        let section = [SECTION, "articleLsp"].into_iter().find_map(|name| settings.get(name)).unwrap_or(settings);
        match editor(section) {
            Ok(new) => {
                let mut editor = self.editor.write().unwrap_or_else(PoisonError::into_inner);
                let is_new = *editor != new;
                *editor = new;
                is_new
            }
            Err(error) => {
                self.complain(&format!("settings of the editor: {error}"));
                false
            }
        }
    }

    /// A configuration file changed.
    pub(super) fn reload(&self) {
        self.resolver.forget();
        self.complaints.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The folders of the workspace.
    pub(super) fn folders(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a document stands. One that is in no file has the settings of the first folder.
    fn place(&self, uri: &str) -> PathBuf {
        uri::to_path(uri).unwrap_or_else(|| self.folders().first().cloned().unwrap_or_default().join("untitled.md"))
    }

    fn complain(&self, complaint: &str) {
        if self.complaints.lock().unwrap_or_else(PoisonError::into_inner).insert(complaint.to_owned()) {
            tracing::error!("{complaint}");
        }
    }
}

/// Reads the settings of an editor. They go through the reader of `article-lsp.toml`, so that the same words mean the
/// same and the same mistakes are named.
fn editor(section: &Value) -> Result<Editor, String> {
    let mut keys = section.as_object().cloned().unwrap_or_default();
    let inlay_hints = keys.remove("inlayHints").is_some_and(|value| value == true);
    // What the extension for VS Code keeps for itself may come along, and an unset key comes as `null`.
    keys.retain(|key, value| {
        !value.is_null() && !matches!(key.as_str(), "server" | "trace" | "outline" | "continuations")
    });
    let source = toml::to_string(&keys).map_err(|error| error.to_string())?;
    let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    let file = File::parse(&source, &names).map_err(|error| error.to_string())?;
    Ok(Editor { file, inlay_hints })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Level;
    use serde_json::json;

    #[test]
    fn the_editor_has_the_last_word_and_mistakes_change_nothing() {
        let settings = Settings::new(Discovery::Defaults, None);
        settings.set_editor(
            &json!({"article-lsp": {"rules": {"broken-paragraph": "off"}, "lang": "zh", "inlayHints": true,
                "least-confidence": 95}}),
        );
        let level = |settings: &Settings| settings.config_for("untitled:a").rules.get("broken-paragraph").copied();
        assert_eq!(level(&settings), Some(Level::Off));
        assert_eq!(settings.lang_for("untitled:a", Lang::En), Lang::Zh);
        assert!(settings.inlay_hints());
        assert_eq!(settings.config_for("untitled:a").least_confidence, 95);
        settings.set_editor(&json!({"rules": {"broken-paragraf": "off"}}));
        assert_eq!(level(&settings), Some(Level::Off), "what was wrong is not taken");
        settings.set_editor(&json!({"rules": null, "trace": {"server": "off"}}));
        assert_eq!(level(&settings), None);
        assert_eq!(settings.config_for("untitled:a").least_confidence, 0);
    }
}
