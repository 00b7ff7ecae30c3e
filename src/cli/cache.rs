//! `--cache`: what was found in a file, kept under everything that it depends on: the text, its name and encoding,
//! the settings, the language, and the program itself. Another answer has another key, so none is ever stale; an
//! entry that cannot be read is as good as none.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;
use xxhash_rust::xxh3::Xxh3Default;

use super::report::Diagnostic;
use crate::config::Config;
use crate::lang::Lang;
use crate::workspace::Source;

/// What was written longer ago is thrown away, asked for or not.
const LIFE: Duration = Duration::from_secs(30 * 24 * 3600);

/// A folder of entries.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
    /// Hash of the program: its version, and the time and size of the binary, for a version under work has many.
    program: u64,
}

/// The name of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Key(String);

impl Cache {
    /// The cache in `folder`, without what is too old.
    pub fn new(folder: &Path) -> Self {
        let binary = env::current_exe().and_then(fs::metadata).ok();
        let stamp = binary.map(|metadata| (metadata.len(), metadata.modified().ok()));
        let program = crate::block::hash(&format!("{}{stamp:?}", env!("CARGO_PKG_VERSION")));
        let cache = Self { folder: folder.to_owned(), program };
        cache.sweep();
        cache
    }

    /// The name of what is found in `source`.
    pub fn key(&self, path: &str, source: &Source, config: &Config, lang: Lang) -> Key {
        let mut hasher = Xxh3Default::new();
        hasher.update(&self.program.to_le_bytes());
        // The lengths keep the parts apart.
        for part in [path, source.encoding(), &format!("{config:?}"), lang.name(), &source.text] {
            hasher.update(&part.len().to_le_bytes());
            hasher.update(part.as_bytes());
        }
        Key(format!("{:032x}.json", hasher.digest128()))
    }

    /// What was found before.
    pub fn get(&self, key: &Key) -> Option<Vec<Diagnostic>> {
        serde_json::from_slice(&fs::read(self.folder.join(&key.0)).ok()?).ok()
    }

    /// Keeps what was found. A folder that cannot be written costs the speed and nothing else.
    pub fn put(&self, key: &Key, diagnostics: &[Diagnostic]) {
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let mut file = NamedTempFile::new_in(&self.folder)?;
            file.write_all(&serde_json::to_vec(diagnostics)?)?;
            file.persist(self.folder.join(&key.0))?;
            Ok(())
        };
        let _ = write();
    }

    fn sweep(&self) {
        let now = SystemTime::now();
        let is_old = |entry: &fs::DirEntry| {
            let modified = entry.metadata().and_then(|metadata| metadata.modified());
            modified.is_ok_and(|modified| now.duration_since(modified).is_ok_and(|age| age > LIFE))
        };
        // Only files of the cache's own making: someone may name a folder that holds others.
        let is_ours = |entry: &fs::DirEntry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.strip_suffix(".json")
                .is_some_and(|stem| stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if is_ours(&entry) && is_old(&entry) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
