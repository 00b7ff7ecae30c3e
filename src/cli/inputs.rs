//! Which texts a run looks at: paths, standard input, a list of files, what changed in git.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::lang::{Message, Phrase};
use crate::workspace::{self, FileError, Resolver, Source};

/// What says which files are looked at.
#[derive(Args, Debug)]
#[command(next_help_heading = "Files")]
pub(super) struct InputArguments {
    /// Files and folders; `-` is standard input [default: the working directory]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read the paths from this file, one a line or separated by NUL; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    files_from: Option<PathBuf>,
    /// The name of standard input: says its kind and which settings it has
    #[arg(long, value_name = "NAME", default_value = "stdin.md")]
    stdin_filename: PathBuf,
    /// Only files that differ from this revision of git, new ones included
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Only files that differ from the last commit: the same as `--since HEAD`
    #[arg(long, conflicts_with = "since")]
    changed: bool,
    /// Leave out what the configuration or .article-lsp-ignore excludes even when it is named
    #[arg(long)]
    force_exclude: bool,
}

const ALONE: Phrase = Phrase { en: "`-` cannot be combined with other paths", zh: "- 不能与其他路径同用" };
const NOT_UTF8: Phrase = Phrase { en: "not UTF-8", zh: "不是 UTF-8 编码" };

/// One text to check.
#[derive(Debug)]
pub(super) enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input: the name that it goes by, and its bytes.
    Stdin(PathBuf, Vec<u8>),
}

impl Input {
    /// Its path or the name that it goes by.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Stdin(path, _) => path,
        }
    }

    /// Its text.
    pub fn load(&self) -> Result<Source, FileError> {
        match self {
            Self::File(path) => workspace::load(path),
            Self::Stdin(path, bytes) => {
                workspace::decode(bytes.clone()).map_err(|message| FileError::new(path, message))
            }
        }
    }
}

/// The text of the file `path`, or of standard input where it is `-`.
pub(super) fn load(path: &Path) -> Result<Source, FileError> {
    if path.as_os_str() == "-" {
        let bytes = workspace::read_from(std::io::stdin().lock(), 0);
        return bytes.and_then(workspace::decode).map_err(|message| FileError::new(path, message));
    }
    workspace::load(path)
}

/// Finds the texts, in an order that depends on the arguments and the names of the files only.
pub(super) fn find(arguments: &InputArguments, resolver: &Resolver) -> Result<(Vec<Input>, Vec<FileError>)> {
    let mut paths = match &arguments.files_from {
        Some(list) => listed(list)?,
        None => arguments.paths.clone(),
    };
    if paths.iter().any(|path| path.as_os_str() == "-") {
        if paths.len() > 1 {
            bail!(Message::from(ALONE));
        }
        let bytes = standard_input()?;
        return Ok((vec![Input::Stdin(arguments.stdin_filename.clone(), bytes)], Vec::new()));
    }
    if paths.is_empty() && arguments.files_from.is_none() {
        paths.push(PathBuf::from("."));
    }
    let mut found = workspace::find(&paths, resolver, arguments.force_exclude)?;
    if arguments.changed || arguments.since.is_some() {
        let changed = changed_since(arguments.since.as_deref())?;
        found.files.retain(|file| fs::canonicalize(file).is_ok_and(|file| changed.contains(&file)));
    }
    Ok((found.files.into_iter().map(Input::File).collect(), found.errors))
}

fn standard_input() -> Result<Vec<u8>> {
    let read = workspace::read_from(std::io::stdin().lock(), 0);
    Ok(read.map_err(|why| Message::new(format!("standard input: {}", why.en), format!("标准输入：{}", why.zh)))?)
}

fn listed(list: &Path) -> Result<Vec<PathBuf>> {
    let bytes = if list.as_os_str() == "-" { standard_input()? } else { workspace::read(list)? };
    let separator = if bytes.contains(&0) { '\0' } else { '\n' };
    let text = String::from_utf8(bytes).map_err(|_| FileError::new(list, NOT_UTF8))?;
    let lines = text.split(separator).map(|line| line.trim_end_matches('\r'));
    Ok(lines.filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// The files of the repository of the working directory that differ from `revision`, the last commit where none is
/// given, or are not tracked.
fn changed_since(revision: Option<&str>) -> Result<HashSet<PathBuf>> {
    if let Some(revision) = revision.filter(|revision| revision.starts_with('-')) {
        bail!(Message::new(format!("`{revision}` is not a revision"), format!("{revision} 不是 git 版本")));
    }
    let root = git(&["rev-parse", "--show-toplevel"])?;
    let root = PathBuf::from(String::from_utf8_lossy(&root).trim_end().to_owned());
    // The user's settings may ask for names relative to the working directory; older versions know no `--no-relative`.
    let since = |revision: &str| {
        git(&[
            "-c",
            "diff.relative=false",
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--diff-filter=d",
            "--no-ext-diff",
            revision,
            "--",
        ])
    };
    let diff = match revision {
        Some(revision) => since(revision)?,
        None if git(&["rev-parse", "--verify", "--quiet", "HEAD"]).is_ok() => since("HEAD")?,
        // Before the first commit everything is new.
        None => git(&["ls-files", "--full-name", "-z", "--", ":/"])?,
    };
    let top = root.as_os_str();
    let untracked = git(&[
        OsStr::new("-C"),
        top,
        OsStr::new("ls-files"),
        OsStr::new("--others"),
        OsStr::new("--exclude-standard"),
        OsStr::new("-z"),
    ])?;
    let names = [diff, untracked].concat();
    let names = names.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Ok(names.filter_map(|name| fs::canonicalize(root.join(String::from_utf8_lossy(name).as_ref())).ok()).collect())
}

fn git<S: AsRef<OsStr>>(arguments: &[S]) -> Result<Vec<u8>> {
    let output = Command::new("git").args(arguments).output().map_err(|error| {
        let why = workspace::plain(&error);
        Message::new(format!("git cannot be run: {}", why.en), format!("无法运行 git：{}", why.zh))
    })?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        bail!("git: {}", message.lines().next().unwrap_or("failed").trim_start_matches("fatal: "));
    }
    Ok(output.stdout)
}
