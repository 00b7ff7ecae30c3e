//! Files: found, read, decoded, checked and written back. Both shells go through here, so that they agree on
//! which settings a file has and on what is found in it.

mod decode;
mod find;
mod fix;
mod settings;
mod write;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::article::{Memo, Page};
use crate::block::Format;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Message, Phrase};
use crate::rules::{self, Context};

pub use decode::{Source, decode};
pub use find::{Found, find, is_article};
pub use fix::{Fixed, fix};
pub use settings::{ConfigError, Discovery, FILE_NAME, Resolver, Selection, Settings};
pub use write::{LOSSY, write};

/// The largest file that is read, in bytes. A newspaper page is a few tens of kilobytes; what is larger than
/// this is a dump that no editor opens, and would only cost memory.
pub const MAX_FILE_SIZE: u64 = 32 << 20;

/// Why a file was not checked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{path}: {message}")]
pub struct FileError {
    /// The path as the user gave it.
    pub path: String,
    /// What is the matter, one line.
    pub message: Message,
}

impl FileError {
    /// From a path and what is the matter with it.
    pub fn new(path: &Path, message: impl Into<Message>) -> Self {
        Self { path: display(path), message: message.into() }
    }

    /// Path and message in `lang`.
    pub fn get(&self, lang: Lang) -> String {
        format!("{}: {}", self.path, self.message.get(lang))
    }
}

const IS_FOLDER: Phrase = Phrase { en: "is a folder", zh: "是文件夹" };

/// A path as it is shown: with `/` on every system.
pub fn display(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// The bytes of `path`.
///
/// # Errors
/// When it is a folder, cannot be read, or is larger than [`MAX_FILE_SIZE`].
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    let error = |error: io::Error| FileError::new(path, plain(&error));
    let file = File::open(path).map_err(|cause| dangling(path).unwrap_or_else(|| error(cause)))?;
    let metadata = file.metadata().map_err(error)?;
    if metadata.is_dir() {
        return Err(FileError::new(path, IS_FOLDER));
    }
    // A pipe has no length: the limit holds for what is read, too.
    let expected = metadata.len().min(MAX_FILE_SIZE) as usize;
    read_from(file, expected).map_err(|message| FileError::new(path, message))
}

/// All that `source` has, about `expected` bytes.
///
/// # Errors
/// When it cannot be read, or is larger than [`MAX_FILE_SIZE`].
pub fn read_from(source: impl Read, expected: usize) -> Result<Vec<u8>, Message> {
    let mut bytes = Vec::with_capacity(expected + 1);
    source.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes).map_err(|error| plain(&error))?;
    if bytes.len() as u64 > MAX_FILE_SIZE {
        let limit = MAX_FILE_SIZE >> 20;
        return Err(Message::new(format!("is larger than {limit} MiB"), format!("超过 {limit} MiB")));
    }
    Ok(bytes)
}

const DANGLING: Phrase = Phrase { en: "is a symbolic link that leads nowhere", zh: "是失效的符号链接" };

/// Says so when `path` is a symbolic link that leads to nothing, or round and round.
fn dangling(path: &Path) -> Option<FileError> {
    let is_hidden = |error: io::Error| error.kind() == io::ErrorKind::PermissionDenied;
    let leads_nowhere = path.is_symlink() && fs::canonicalize(path).is_err_and(|error| !is_hidden(error));
    leads_nowhere.then(|| FileError::new(path, DANGLING))
}

/// Reads and decodes `path`.
///
/// # Errors
/// When it cannot be read, or is no text.
pub fn load(path: &Path) -> Result<Source, FileError> {
    decode(read(path)?).map_err(|message| FileError::new(path, message))
}

/// An error of the operating system in the words of this program, the same on every system; in those of the system,
/// lower case and without its number, where it is a rare one.
pub fn plain(error: &io::Error) -> Message {
    use io::ErrorKind as Kind;
    if let Some(message) = error.get_ref().and_then(|inner| inner.downcast_ref::<Message>()) {
        return message.clone();
    }
    match error.kind() {
        Kind::NotFound => Message::new("no such file or directory", "没有这个文件或文件夹"),
        Kind::PermissionDenied => Message::new("permission denied", "没有权限"),
        Kind::AlreadyExists => Message::new("exists already", "已经存在"),
        Kind::NotADirectory => Message::new("not a directory", "路径中有一处不是文件夹"),
        Kind::IsADirectory => IS_FOLDER.into(),
        // What `read_to_string` says.
        Kind::InvalidData => Message::new("not UTF-8", "不是 UTF-8 编码"),
        Kind::StorageFull => Message::new("no space left on device", "磁盘空间已满"),
        Kind::QuotaExceeded => Message::new("disk quota exceeded", "超出磁盘配额"),
        Kind::ReadOnlyFilesystem => Message::new("read-only file system", "文件系统只读"),
        Kind::InvalidFilename => Message::new("file name too long or not allowed", "文件名过长或不合规定"),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or_default().trim_end_matches('.');
            let mut chars = text.chars();
            let text: String =
                chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default();
            Message::new(text.clone(), format!("系统报告：{text}"))
        }
    }
}

/// What kind of file `path` is, by its name: `.txt` is plain text, all else Markdown.
pub fn format_of(path: &Path) -> Format {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt")) {
        Format::Plain
    } else {
        Format::Markdown
    }
}

/// Parses and checks a text: the one way from a file or a buffer to its diagnostics. `encoding` is what
/// [`Source::encoding`] says of a file, none for a buffer.
pub fn check(
    text: impl Into<String>,
    format: Format,
    encoding: Option<&'static str>,
    config: &Config,
    memo: &mut Memo,
) -> (Page, Vec<Diagnostic>) {
    let page = Page::parse(text, format, memo);
    let diagnostics = rules::check(&Context { page: &page, config, encoding, elsewhere: None });
    (page, diagnostics)
}
