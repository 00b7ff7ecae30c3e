//! Which files a run looks at: those that were named, and the articles in the folders that were named.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;

use super::{ConfigError, FileError, Resolver, dangling, display, plain, settings::absolute};
use crate::lang::{Message, Phrase};

/// The file with globs, in the syntax of `.gitignore`, of what is never looked at.
const IGNORE_FILE: &str = ".article-lsp-ignore";

/// The files that say what a walk leaves out.
const IGNORE_FILES: [&str; 3] = [".gitignore", ".ignore", IGNORE_FILE];

/// The endings of articles.
const EXTENSIONS: [&str; 3] = ["md", "markdown", "txt"];

/// What was found.
#[derive(Default, Debug)]
pub struct Found {
    /// Files in the order of the arguments, within a folder by name; each once.
    pub files: Vec<PathBuf>,
    /// What could not be looked at.
    pub errors: Vec<FileError>,
}

/// Whether a file in a folder is an article by its name.
pub fn is_article(path: &Path) -> bool {
    path.extension().is_some_and(|found| EXTENSIONS.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// Finds the files that `paths` stand for. A file that is named is taken whatever its name is and wherever it is
/// ignored, unless `force_exclude` asks to leave out what the configuration or an [`IGNORE_FILE`] excludes.
///
/// # Errors
/// When a configuration file on the way is wrong.
pub fn find(paths: &[PathBuf], resolver: &Resolver, force_exclude: bool) -> Result<Found, ConfigError> {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    // One folder holds nothing twice, and to name a file in full asks the system each time.
    let mut is_new = |path: &Path| paths.len() == 1 || seen.insert(absolute(path));
    for path in paths {
        if path.is_dir() {
            walk(path, resolver, &mut is_new, &mut found)?;
        } else if !(force_exclude && (resolver.settings(path)?.excludes(path) || is_ignored(path))) && is_new(path) {
            found.files.push(path.clone());
        }
    }
    Ok(found)
}

/// Whether an [`IGNORE_FILE`] above `path` names it or a folder that it is in; the nearest that says anything counts.
fn is_ignored(path: &Path) -> bool {
    let path = absolute(path);
    let files = path.ancestors().skip(1).map(|folder| folder.join(IGNORE_FILE)).filter(|file| file.is_file());
    let mut said = files.map(|file| Gitignore::new(file).0.matched_path_or_any_parents(&path, false).map(|_| ()));
    said.find(|said| !said.is_none()).is_some_and(|said| said.is_ignore())
}

/// Adds to `found` the articles in `folder` that `is_new`.
fn walk(
    folder: &Path,
    resolver: &Resolver,
    is_new: &mut impl FnMut(&Path) -> bool,
    found: &mut Found,
) -> Result<(), ConfigError> {
    let (sender, passed_over) = mpsc::channel();
    let is_readable = move |folder: &Path| {
        let Some(file) = special_ignore_file(folder) else { return true };
        // The other end is there as long as the walk is.
        _ = sender.send(file);
        false
    };
    let walk = is_readable(folder).then(|| {
        WalkBuilder::new(folder)
            .add_custom_ignore_filename(IGNORE_FILE)
            .require_git(false)
            .follow_links(true)
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .filter_entry(move |entry| {
                !entry.file_type().is_some_and(|kind| kind.is_dir()) || is_readable(entry.path())
            })
            .build()
    });
    for entry in walk.into_iter().flatten() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.errors.push(walk_error(folder, &error));
                continue;
            }
        };
        if let Some(error) = entry.error() {
            found.errors.push(walk_error(entry.path(), error));
        }
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.into_path();
        // `check .` shows `a.md`, not `./a.md`.
        let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
        let settings = resolver.settings(&path)?;
        if settings.includes(&path) && !settings.excludes(&path) && is_new(&path) {
            found.files.push(path);
        }
    }
    found.errors.extend(passed_over.try_iter().map(|file| FileError::new(&file, PASSED_OVER)));
    Ok(())
}

/// Said of an ignore file that is a pipe or a device.
const PASSED_OVER: Phrase =
    Phrase { en: "is no regular file; its folder is passed over", zh: "不是普通文件，所在文件夹已跳过" };

/// The first of the [`IGNORE_FILES`] in `folder` that is a pipe or a device, for which the walk would wait without end.
fn special_ignore_file(folder: &Path) -> Option<PathBuf> {
    let mut files = IGNORE_FILES.into_iter().map(|name| folder.join(name));
    files.find(|file| file.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()))
}

fn walk_error(folder: &Path, error: &ignore::Error) -> FileError {
    use ignore::Error as E;
    // As the files are shown.
    let folder = folder.strip_prefix("./").unwrap_or(folder);
    match error {
        E::WithPath { path, err } => walk_error(path, err),
        E::WithDepth { err, .. } | E::WithLineNumber { err, .. } => walk_error(folder, err),
        E::Loop { ancestor, child } => {
            let child = child.strip_prefix("./").unwrap_or(child);
            let ancestor = display(ancestor.strip_prefix("./").unwrap_or(ancestor));
            let en = format!("is a symbolic link that leads back to {ancestor}");
            FileError::new(child, Message::new(en, format!("是指回 {ancestor} 的符号链接")))
        }
        E::Io(error) => dangling(folder).unwrap_or_else(|| FileError::new(folder, plain(error))),
        E::Glob { glob, err } => {
            let glob = glob.as_deref().unwrap_or_default();
            FileError::new(
                folder,
                Message::new(format!("`{glob}` is not a glob: {err}"), format!("{glob} 不是有效的通配符：{err}")),
            )
        }
        other => FileError::new(folder, Message::new(other.to_string(), format!("无法遍历：{other}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_whose_ignore_file_is_a_pipe_is_passed_over() {
        let tree = tempfile::tempdir().expect("a folder");
        for (folder, name) in [("a", ".gitignore"), ("b", IGNORE_FILE)] {
            let folder = tree.path().join(folder);
            std::fs::create_dir(&folder).expect("a folder");
            std::fs::write(folder.join("x.md"), "").expect("a file");
            let made = std::process::Command::new("mkfifo").arg(folder.join(name)).status();
            assert!(made.is_ok_and(|status| status.success()), "there is a `mkfifo`");
        }
        std::fs::write(tree.path().join("y.md"), "").expect("a file");
        let found = |path: &Path| find(&[path.to_owned()], &Resolver::default(), false).expect("settings");
        let whole = found(tree.path());
        assert_eq!(whole.files, [tree.path().join("y.md")]);
        assert_eq!(whole.errors.len(), 2);
        let named = found(&tree.path().join("b"));
        assert!(named.files.is_empty());
        assert!(named.errors[0].path.ends_with(IGNORE_FILE));
    }

    #[test]
    fn a_path_that_goes_up_and_down_is_the_file_that_it_leads_to() {
        let tree = tempfile::tempdir().expect("a folder");
        let at = |path: &str| tree.path().join(path);
        for folder in ["a", "b"] {
            std::fs::create_dir(at(folder)).expect("a folder");
            std::fs::write(at(folder).join("x.md"), "").expect("a file");
        }
        std::fs::write(at("a").join(IGNORE_FILE), "x.md\n").expect("a file");
        let files = |paths: &[&str], force_exclude| {
            let paths: Vec<PathBuf> = paths.iter().map(|path| at(path)).collect();
            find(&paths, &Resolver::default(), force_exclude).expect("settings").files
        };
        assert_eq!(files(&["a/../b/x.md"], true), [at("a/../b/x.md")], "what `a` ignores is not asked");
        assert!(files(&["b/../a/x.md"], true).is_empty());
        assert_eq!(files(&["b/x.md", "a/../b/x.md"], false), [at("b/x.md")]);
    }
}
