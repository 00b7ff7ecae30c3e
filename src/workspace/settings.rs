//! Which settings a file has: the one resolver, for the command line and for the server.
//!
//! The nearest `article-lsp.toml` in the folder of the file or above it holds, alone: settings are in one place.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::{display, find::is_article};
use crate::config::{Config, File, Level};
use crate::lang::{Lang, Message, Phrase};
use crate::org::Dictionary;
use crate::org::dictionary::{DictionaryFormat, parse};
use crate::rules::{self, RULES};
use crate::text::{Encoding, Text};

/// The name of the configuration file.
pub const FILE_NAME: &str = "article-lsp.toml";

/// A configuration file that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{place}: {message}")]
pub struct ConfigError {
    /// The file, with line and column where they are known.
    pub place: String,
    /// What is wrong, one line.
    pub message: Message,
}

impl ConfigError {
    /// Place and message in `lang`.
    pub fn get(&self, lang: Lang) -> String {
        format!("{}: {}", self.place, self.message.get(lang))
    }
}

impl From<ConfigError> for Message {
    fn from(error: ConfigError) -> Self {
        Self::new(error.get(Lang::En), error.get(Lang::Zh))
    }
}

/// Where the configuration comes from.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Discovery {
    /// From the nearest file upwards.
    #[default]
    Upwards,
    /// From this file.
    File(PathBuf),
    /// From nowhere: every setting is the default.
    Defaults,
}

/// What a command line asks on top of the configuration. Names have to be names of rules.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Selection {
    /// Only these rules run; all when empty.
    pub only: Vec<String>,
    /// These run although the configuration turned them off.
    pub also: Vec<String>,
    /// These do not run.
    pub except: Vec<String>,
    /// Rules that are too slow to run behind a keystroke run only if the user names them.
    pub behind_keystrokes: bool,
}

impl Selection {
    /// The first name that is not the name of a rule, as an error that names the nearest right one.
    pub fn unknown(&self) -> Option<Message> {
        let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        let mut given = self.only.iter().chain(&self.also).chain(&self.except);
        let wrong = given.find(|name| !names.contains(&name.as_str()))?;
        Some(rules::unknown(wrong))
    }

    /// Whether it lets `rule` run.
    pub fn runs(&self, rule: &str) -> bool {
        let is_in = |list: &[String]| list.iter().any(|name| name == rule);
        !is_in(&self.except) && (self.only.is_empty() || is_in(&self.only) || is_in(&self.also))
    }

    fn apply(&self, config: &mut Config) {
        config.asked.extend(self.only.iter().chain(&self.also).cloned());
        if !self.behind_keystrokes {
            config.asked.extend(RULES.iter().map(|rule| rule.name.to_owned()));
        }
        let levels = &mut config.rules;
        for rule in RULES {
            let is_in = |list: &[String]| list.iter().any(|name| name == rule.name);
            let is_off = levels.get(rule.name) == Some(&Level::Off);
            if !self.runs(rule.name) {
                levels.insert(rule.name.to_owned(), Level::Off);
            } else if is_off && (is_in(&self.also) || is_in(&self.only)) {
                levels.remove(rule.name);
            }
        }
    }
}

/// The settings of a folder.
#[derive(Debug)]
pub struct Settings {
    /// The configuration file; none for the defaults.
    pub path: Option<PathBuf>,
    /// What it says.
    pub file: File,
    /// The folder that its globs and paths are relative to, absolute.
    root: PathBuf,
    include: Option<GlobSet>,
    exclude: GlobSet,
    overrides: Vec<GlobSet>,
    selection: Selection,
    /// The settings of a file that no override matches.
    base: Arc<Config>,
    /// Read when first asked for: most runs do not.
    dictionary: OnceLock<Result<Arc<Dictionary>, ConfigError>>,
}

impl Settings {
    fn new(path: Option<PathBuf>, file: File, selection: &Selection) -> Result<Self, ConfigError> {
        let fail = |message: Message| ConfigError { place: path.as_deref().map(display).unwrap_or_default(), message };
        let globs = |patterns: &[String]| globs(patterns).map_err(fail);
        let mut settings = Self {
            root: path.as_deref().and_then(|p| absolute(p).parent().map(Path::to_owned)).unwrap_or_default(),
            include: file.include.as_deref().map(globs).transpose()?,
            exclude: globs(&file.exclude)?,
            overrides: file.overrides.iter().map(|o| globs(&o.files)).collect::<Result<_, _>>()?,
            selection: selection.clone(),
            base: Arc::default(),
            dictionary: OnceLock::new(),
            path,
            file,
        };
        settings.base = Arc::new(settings.with_overrides(&[]));
        Ok(settings)
    }

    /// Whether `path`, found in a folder, is to be looked at.
    pub fn includes(&self, path: &Path) -> bool {
        match &self.include {
            Some(include) => include.is_match(self.relative(path)),
            None => is_article(path),
        }
    }

    /// Whether `path` or a folder that it is in is left out.
    pub fn excludes(&self, path: &Path) -> bool {
        !self.exclude.is_empty() && self.relative(path).ancestors().any(|part| self.exclude.is_match(part))
    }

    /// The settings of `path`.
    pub fn config(&self, path: &Path) -> Arc<Config> {
        if self.overrides.is_empty() {
            return Arc::clone(&self.base);
        }
        let relative = self.relative(path);
        let matching: Vec<usize> =
            (0..self.overrides.len()).filter(|&n| self.overrides[n].is_match(&relative)).collect();
        if matching.is_empty() { Arc::clone(&self.base) } else { Arc::new(self.with_overrides(&matching)) }
    }

    /// The organisations that the user knows, from the files that the configuration names.
    ///
    /// # Errors
    /// When one of the files cannot be read, or a line of it is wrong.
    pub fn dictionary(&self) -> Result<Arc<Dictionary>, ConfigError> {
        let read = || -> Result<Arc<Dictionary>, ConfigError> {
            let files = self.file.organisations.iter().map(|name| read_dictionary(&self.root.join(name)));
            Ok(Arc::new(Dictionary::merge(files.collect::<Result<Vec<_>, _>>()?)))
        };
        self.dictionary.get_or_init(read).clone()
    }

    fn with_overrides(&self, matching: &[usize]) -> Config {
        let mut config = Config { least_confidence: self.file.least_confidence.unwrap_or(0), ..Config::default() };
        let overrides = matching.iter().map(|&n| &self.file.overrides[n].rules);
        for rules in std::iter::once(&self.file.rules).chain(overrides) {
            for (name, setting) in rules {
                setting.apply(name, &mut config);
            }
        }
        self.selection.apply(&mut config);
        config
    }

    fn relative(&self, path: &Path) -> PathBuf {
        let path = absolute(path);
        path.strip_prefix(&self.root).map(Path::to_owned).unwrap_or(path)
    }
}

/// Finds the settings of files and keeps them by folder.
#[derive(Default, Debug)]
pub struct Resolver {
    discovery: Discovery,
    selection: Selection,
    folders: Mutex<HashMap<PathBuf, Result<Arc<Settings>, ConfigError>>>,
}

impl Resolver {
    /// A resolver that knows nothing yet.
    pub fn new(discovery: Discovery, selection: Selection) -> Self {
        Self { discovery, selection, folders: Mutex::default() }
    }

    /// The settings of the file `path`, which need not exist.
    ///
    /// # Errors
    /// When the configuration file that holds for it cannot be read or is wrong.
    pub fn settings(&self, path: &Path) -> Result<Arc<Settings>, ConfigError> {
        let folder = match self.discovery {
            Discovery::Upwards => path.parent().unwrap_or(path).to_owned(),
            Discovery::File(_) | Discovery::Defaults => PathBuf::new(),
        };
        if let Some(known) = self.folders().get(&folder) {
            return known.clone();
        }
        let settings = match &self.discovery {
            Discovery::Upwards => match nearest_file(&folder) {
                Some(file) => self.read(&file),
                None => self.defaults(),
            },
            Discovery::File(file) => self.read(file),
            Discovery::Defaults => self.defaults(),
        };
        self.folders().insert(folder, settings.clone());
        settings
    }

    /// What the rules need for the file `path`.
    ///
    /// # Errors
    /// As [`Self::settings`].
    pub fn config(&self, path: &Path) -> Result<Arc<Config>, ConfigError> {
        Ok(self.settings(path)?.config(path))
    }

    /// Forgets what was read: a configuration file changed.
    pub fn forget(&self) {
        self.folders().clear();
    }

    fn folders(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, Result<Arc<Settings>, ConfigError>>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn defaults(&self) -> Result<Arc<Settings>, ConfigError> {
        Settings::new(None, File::default(), &self.selection).map(Arc::new)
    }

    fn read(&self, path: &Path) -> Result<Arc<Settings>, ConfigError> {
        let fail = |message: Message| ConfigError { place: display(path), message };
        let source = read_text(path)?;
        let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
        let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        let file = File::parse(source, &names).map_err(|error| match error.span {
            Some(span) => {
                let at = Text::new(source).position(span.start, Encoding::Utf32);
                let place = format!("{}:{}:{}", display(path), at.line + 1, at.column + 1);
                ConfigError { place, message: error.message }
            }
            None => fail(error.message),
        })?;
        Settings::new(Some(path.to_owned()), file, &self.selection).map(Arc::new)
    }
}

const NO_FILE: Phrase = Phrase { en: "is no regular file", zh: "不是普通文件" };
const NOT_UTF8: Phrase = Phrase { en: "not UTF-8", zh: "不是 UTF-8 编码" };

/// The text of a file of settings.
fn read_text(path: &Path) -> Result<String, ConfigError> {
    let bytes = super::read(path).map_err(|error| ConfigError { place: error.path, message: error.message })?;
    String::from_utf8(bytes).map_err(|_| ConfigError { place: display(path), message: NOT_UTF8.into() })
}

fn read_dictionary(path: &Path) -> Result<Dictionary, ConfigError> {
    // The name may come from a folder that nobody vouches for: a device has no end, and a pipe is waited for.
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Err(ConfigError { place: display(path), message: NO_FILE.into() });
    }
    let text = read_text(path)?;
    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let format = if is_csv { DictionaryFormat::Csv } else { DictionaryFormat::Toml };
    let (dictionary, errors) = parse(text.strip_prefix('\u{feff}').unwrap_or(&text), format);
    match errors.into_iter().next() {
        Some(error) => Err(ConfigError { place: format!("{}:{}", display(path), error.line), message: error.reason }),
        None => Ok(dictionary),
    }
}

/// The nearest configuration file in `folder` or above.
fn nearest_file(folder: &Path) -> Option<PathBuf> {
    // A relative path is shown as short as it can be, but the search has to leave the working directory.
    let here = folder.join(FILE_NAME);
    if here.is_file() {
        return Some(here);
    }
    absolute(folder).ancestors().map(|above| above.join(FILE_NAME)).find(|file| file.is_file())
}

/// `path` from the root, without `.` and `..`; symbolic links stay.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        if part == std::path::Component::ParentDir {
            clean.pop();
        } else {
            clean.push(part);
        }
    }
    clean
}

/// One matcher for `patterns`. A pattern without a slash matches at any depth, as in `.gitignore`; one that
/// ends in a slash means the folder.
fn globs(patterns: &[String]) -> Result<GlobSet, Message> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let trimmed = pattern.trim_start_matches("./").trim_end_matches('/');
        let anywhere = if trimmed.contains('/') { trimmed.to_owned() } else { format!("**/{trimmed}") };
        let glob = GlobBuilder::new(anywhere.trim_start_matches('/')).literal_separator(true).build();
        set.add(glob.map_err(|error| {
            let why = error.kind();
            Message::new(format!("`{pattern}` is not a glob: {why}"), format!("{pattern} 不是有效的通配符：{why}"))
        })?);
    }
    set.build().map_err(|error| Message::new(error.to_string(), format!("通配符无效：{error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
        folder
    }

    #[test]
    fn the_nearest_file_upwards_holds() {
        let tree = folder(&[
            (FILE_NAME, "[rules]\nbroken-paragraph = 'off'\n"),
            (
                "a/article-lsp.toml",
                "[rules]\nbroken-paragraph = 'error'\n[[overrides]]\nfiles = ['old/*.md']\nrules = { broken-paragraph = 'information' }\n",
            ),
        ]);
        let resolver = Resolver::default();
        let level = |path: &str| {
            resolver.config(&tree.path().join(path)).expect("settings").rules.get("broken-paragraph").copied()
        };
        assert_eq!(level("x.md"), Some(Level::Off));
        assert_eq!(level("b/c/x.md"), Some(Level::Off));
        assert_eq!(level("a/x.md"), Some(Level::Error));
        assert_eq!(level("a/old/x.md"), Some(Level::Information));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let tree = folder(&[(FILE_NAME, "lang = 'zh'\n[rules]\nbroken-paragrap = 'off'\n")]);
        let error = Resolver::default().config(&tree.path().join("x.md")).expect_err("wrong");
        assert!(error.place.ends_with("article-lsp.toml:3:1"), "{error}");
        assert_eq!(error.message.en, "unknown rule `broken-paragrap`, did you mean `broken-paragraph`?");
        assert_eq!(error.message.zh, "没有这个规则：broken-paragrap，是否指 broken-paragraph？");
    }

    #[test]
    fn excludes_files_and_folders() {
        let tree =
            folder(&[(FILE_NAME, "include = ['*.md', 'texts/**/*.txt']\nexclude = ['drafts/', '*.tmp.md', 'a/b']\n")]);
        let settings = Resolver::default().settings(&tree.path().join("x.md")).expect("settings");
        let at = |path: &str| tree.path().join(path);
        assert!(settings.includes(&at("x.md")) && settings.includes(&at("q/x.md")) && !settings.includes(&at("x.txt")));
        assert!(settings.includes(&at("texts/q/x.txt")) && settings.includes(&at("texts/x.txt")));
        for out in ["drafts/x.md", "q/drafts/r/x.md", "q/x.tmp.md", "a/b/x.md"] {
            assert!(settings.excludes(&at(out)), "{out}");
        }
        assert!(!settings.excludes(&at("q/a/b/x.md")) && !settings.excludes(&at("draft/x.md")));
    }

    #[test]
    fn the_user_names_organisations() {
        let tree = folder(&[
            (FILE_NAME, "organisations = ['known.toml']\n"),
            ("known.toml", "[[organisation]]\nname = '柳河镇豆腐坊'\n"),
            ("wrong/article-lsp.toml", "organisations = ['missing.toml']\n"),
        ]);
        let dictionary =
            |path: &str| Resolver::default().settings(&tree.path().join(path)).expect("settings").dictionary();
        assert!(dictionary("a.md").expect("a dictionary").find("柳河镇豆腐坊").is_some());
        assert!(dictionary("wrong/a.md").expect_err("missing").place.ends_with("missing.toml"));
    }

    #[cfg(unix)]
    #[test]
    fn a_dictionary_is_a_regular_file_of_bounded_length() {
        let tree = folder(&[
            ("device/article-lsp.toml", "organisations = ['/dev/zero']\n"),
            ("pipe/article-lsp.toml", "organisations = ['pipe']\n"),
            ("folder/article-lsp.toml", "organisations = ['.']\n"),
            ("large/article-lsp.toml", "organisations = ['large.csv']\n"),
        ]);
        let made = std::process::Command::new("mkfifo").arg(tree.path().join("pipe/pipe")).status();
        assert!(made.is_ok_and(|status| status.success()), "there is a `mkfifo`");
        let large = fs::File::create(tree.path().join("large/large.csv")).expect("a file");
        large.set_len(super::super::MAX_FILE_SIZE + 1).expect("a file without content");
        for (name, said) in [
            ("device", "is no regular file"),
            ("pipe", "is no regular file"),
            ("folder", "is a folder"),
            ("large", "is larger than 32 MiB"),
        ] {
            let settings = Resolver::default().settings(&tree.path().join(name).join("a.md")).expect("settings");
            assert_eq!(settings.dictionary().expect_err("refused").message.en, said);
        }
    }

    #[test]
    fn the_command_line_selects() {
        let mut config = Config::default();
        config.rules.insert("broken-paragraph".to_owned(), Level::Off);
        Selection { also: vec!["broken-paragraph".into()], ..Selection::default() }.apply(&mut config);
        assert!(config.rules.is_empty() && config.asks_for("broken-paragraph"));
        Selection { except: vec!["broken-paragraph".into()], ..Selection::default() }.apply(&mut config);
        assert!(config.rules["broken-paragraph"] == Level::Off && !config.asks_for("broken-paragraph"));
        let unknown = Selection { only: vec!["broken".into()], ..Selection::default() }.unknown();
        assert_eq!(unknown.expect("wrong").en, "unknown rule `broken`, did you mean `broken-paragraph`?");
    }
}
