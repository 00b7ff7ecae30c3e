//! Known findings, kept in a file: only new ones count.
//!
//! A finding is known by its file, its rule and its content, so that edits elsewhere do not wake it. Of findings
//! with the same content as many are known as were recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use super::report::Diagnostic;
use crate::lang::{Message, Phrase};
use crate::workspace::{self, FileError};

/// The file: for every path, relative to the folder of the baseline, how often each finding stands in it.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    files: BTreeMap<String, BTreeMap<String, usize>>,
}

const VERSION: u32 = 1;

const NEWER: Phrase =
    Phrase { en: "written by a newer version of article-lsp", zh: "由更新版本的 article-lsp 写成" };

/// A baseline in use.
#[derive(Debug)]
pub(super) struct Baseline {
    path: PathBuf,
    document: Document,
    /// Recorded findings of rules that this run leaves out: it cannot say whether they are still there.
    left_out: BTreeMap<String, BTreeMap<String, usize>>,
    /// What was looked at in this run.
    checked: BTreeSet<String>,
    /// What was found in this run, known or not.
    found: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Baseline {
    /// Reads `path`. When it is to be written, it need not exist. `is_run` says whether this run has a rule.
    pub fn open(path: &Path, may_be_new: bool, is_run: &dyn Fn(&str) -> bool) -> Result<Self> {
        let mut document: Document = match fs::read_to_string(path) {
            Ok(json) => serde_json::from_str(&json).map_err(|error| {
                let en = format!("not a baseline: {error}");
                FileError::new(path, Message::new(en, format!("不是基线文件：{error}")))
            })?,
            Err(error) if may_be_new && error.kind() == std::io::ErrorKind::NotFound => Document::default(),
            Err(error) => bail!(FileError::new(path, workspace::plain(&error))),
        };
        if document.version > VERSION {
            bail!(FileError::new(path, NEWER));
        }
        let mut left_out: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for (name, findings) in &mut document.files {
            let is_left_out = |key: &str| !key.split(':').next().is_some_and(is_run);
            let kept = findings.extract_if(.., |key, _| is_left_out(key)).collect::<BTreeMap<_, _>>();
            left_out.extend((!kept.is_empty()).then(|| (name.clone(), kept)));
        }
        Ok(Self { path: path.to_owned(), document, left_out, checked: BTreeSet::new(), found: BTreeMap::new() })
    }

    /// Takes the known ones out of the `diagnostics` of the file `path`.
    pub fn filter(&mut self, path: &Path, diagnostics: &mut Vec<Diagnostic>) {
        let name = self.name(path);
        self.checked.insert(name.clone());
        let mut known = self.document.files.get(&name).cloned().unwrap_or_default();
        let found = self.found.entry(name).or_default();
        diagnostics.retain(|diagnostic| {
            let key = key(diagnostic);
            *found.entry(key.clone()).or_default() += 1;
            match known.get_mut(&key).filter(|n| **n > 0) {
                Some(n) => {
                    *n -= 1;
                    false
                }
                None => true,
            }
        });
    }

    /// How many recorded findings of the files of this run, and of files that are gone, are no more.
    pub fn stale(&self) -> usize {
        let folder = self.folder();
        let mut stale = 0;
        for (name, known) in &self.document.files {
            let found = self.found.get(name);
            if self.checked.contains(name) || !folder.join(name).exists() {
                stale += known
                    .iter()
                    .map(|(key, n)| n.saturating_sub(found.and_then(|f| f.get(key)).copied().unwrap_or(0)))
                    .sum::<usize>();
            }
        }
        stale
    }

    /// Records what this run found. What is recorded of files that it did not look at, and of rules that it left out,
    /// stays, unless the files are gone.
    pub fn write(&mut self) -> Result<()> {
        let folder = self.folder();
        let mut files = std::mem::take(&mut self.found);
        files.retain(|_, findings| !findings.is_empty());
        for (name, known) in std::mem::take(&mut self.document.files) {
            if !self.checked.contains(&name) && folder.join(&name).exists() {
                files.insert(name, known);
            }
        }
        for (name, known) in std::mem::take(&mut self.left_out) {
            if folder.join(&name).exists() {
                files.entry(name).or_default().extend(known);
            }
        }
        let document = Document { version: VERSION, files };
        let json = serde_json::to_string_pretty(&document)? + "\n";
        fs::write(&self.path, json).map_err(|error| FileError::new(&self.path, workspace::plain(&error)).into())
    }

    /// The folder that the names in the file are relative to.
    fn folder(&self) -> PathBuf {
        let path = std::path::absolute(&self.path).unwrap_or_else(|_| self.path.clone());
        path.parent().map(Path::to_owned).unwrap_or_default()
    }

    /// How `path` is called in the file.
    fn name(&self, path: &Path) -> String {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        workspace::display(path.strip_prefix(self.folder()).unwrap_or(&path))
    }
}

/// The rule and the content of a finding; the number of its occurrence, which edits elsewhere change, is left out.
fn key(diagnostic: &Diagnostic) -> String {
    let hash = diagnostic.fingerprint.split('-').next().unwrap_or_default();
    format!("{}:{hash}", diagnostic.rule)
}
