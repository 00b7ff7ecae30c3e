//! Files are replaced whole: at every moment the old text or the new one is there, never a part of either.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{FileError, Source, plain, read};
use crate::block::hash;
use crate::lang::{Message, Phrase};

/// Why a text is not written that its encoding does not hold.
pub const LOSSY: Phrase =
    Phrase { en: "cannot be written back in its encoding without loss", zh: "无法按原编码无损写回" };
const CHANGED: Phrase = Phrase { en: "changed on disk meanwhile, not written", zh: "期间已被改动，未写入" };
const READ_ONLY: Phrase = Phrase { en: "is read-only", zh: "是只读文件" };
const BUSY: Phrase = Phrase { en: "is being written by another process", zh: "正由另一进程写入" };
#[cfg(unix)]
const OWNER: Phrase = Phrase { en: "its owner or group would be lost", zh: "会丢失其属主或属组" };

/// Puts `text` where `source` was read from `path`, in the same encoding. A symbolic link stays one; permissions,
/// owner and group stay. Returns whether anything was written: a text that is the same is not.
///
/// The new text goes to a file beside the old one, which it then replaces. A process that dies in between leaves the
/// old text and a file `.article-lsp-…`, which the next call for the same `path` takes away, whatever it writes.
///
/// # Errors
/// When the file changed since it was read (a change between this look and the replacement, some microseconds,
/// goes unseen), does not survive decoding and encoding, has a second hard link or an owner that a replacement would
/// lose (Windows is not asked for either), is being written by another process, or cannot be written.
pub fn write(path: &Path, source: &Source, text: &str) -> Result<bool, FileError> {
    let failed = |error: io::Error| {
        let why = plain(&error);
        FileError::new(path, Message::new(format!("cannot be written: {}", why.en), format!("无法写入：{}", why.zh)))
    };
    let target = fs::canonicalize(path).map_err(failed)?;
    let draft = Draft::of(&target);
    if source.text == text {
        draft.sweep();
        return Ok(false);
    }
    let lossy = || FileError::new(path, LOSSY);
    let before = source.encode(&source.text).ok_or_else(lossy)?;
    let after = source.encode(text).ok_or_else(lossy)?;
    let on_disk = read(&target)?;
    if on_disk != before {
        let survives = super::decode(on_disk).is_ok_and(|found| found == *source);
        return Err(if survives { lossy() } else { FileError::new(path, CHANGED) });
    }
    let metadata = fs::metadata(&target).map_err(failed)?;
    if metadata.permissions().readonly() {
        return Err(FileError::new(path, READ_ONLY));
    }
    let links = hard_links(&metadata);
    if links > 1 {
        let en = format!("has {links} hard links, which a repair would part; not written");
        return Err(FileError::new(path, Message::new(en, format!("有 {links} 个硬链接，修复会使其分离，未写入"))));
    }
    let mut file = draft.open().map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => FileError::new(path, BUSY),
        _ => failed(error),
    })?;
    let written = fill(&mut file, &after, &metadata).and_then(|()| draft.replace(file, &target));
    if written.is_err() {
        draft.sweep();
    }
    written.map_err(failed)?;
    Ok(true)
}

/// Writes `bytes` and what is to stay of the old file.
fn fill(file: &mut File, bytes: &[u8], old: &Metadata) -> io::Result<()> {
    file.set_len(0)?;
    file.write_all(bytes)?;
    keep_owner(file, old)?;
    file.set_permissions(old.permissions())?;
    file.sync_all()
}

#[cfg(unix)]
fn hard_links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
const fn hard_links(_: &Metadata) -> u64 {
    1
}

#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    let lost = |_| io::Error::other(Message::from(OWNER));
    fchown(file, Some(old.uid()), Some(old.gid())).map_err(lost)
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// The file beside a target in which its new text grows. Its name depends on that of the target alone, so that what a
/// dead process left is found again; a lock tells the dead from the living.
#[derive(Debug)]
struct Draft {
    path: PathBuf,
}

impl Draft {
    fn of(target: &Path) -> Self {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        Self { path: target.with_file_name(format!(".article-lsp-{:016x}", hash(&name))) }
    }

    /// Makes it, for this process alone; `WouldBlock` when another one has it. What a dead process left is never gone on
    /// with: in a folder that others may write to, it may be theirs.
    fn open(&self) -> io::Result<File> {
        // A file system without locks has none that could be held: what was just made is ours.
        let is_unknown =
            |error: io::Error| if error.kind() == io::ErrorKind::Unsupported { Ok(true) } else { Err(error) };
        loop {
            match new_file(&self.path) {
                Ok(file) if is_held(&file, &self.path).or_else(is_unknown)? => return Ok(file),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self.clear()?,
                Err(error) => return Err(error),
                Ok(_) => {}
            }
        }
    }

    /// Takes away what a dead process left; `WouldBlock` when it is no dead one's.
    fn clear(&self) -> io::Result<()> {
        let is_gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        let clear = || {
            if !fs::symlink_metadata(&self.path)?.is_file() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            let file = open_left(&self.path)?;
            if is_held(&file, &self.path)? { fs::remove_file(&self.path) } else { Ok(()) }
        };
        clear().or_else(|error| if is_gone(&error) { Ok(()) } else { Err(error) })
    }

    /// Puts it in the place of `target`.
    fn replace(&self, file: File, target: &Path) -> io::Result<()> {
        let renamed = fs::rename(&self.path, target);
        // Until now nobody else could take it for what a dead process left.
        drop(file);
        renamed
    }

    /// As [`Self::clear`]; what cannot be taken away stays until the next time.
    fn sweep(&self) {
        // Most folders have nothing to sweep.
        if fs::symlink_metadata(&self.path).is_ok() {
            let _ = self.clear();
        }
    }
}

#[cfg(unix)]
fn new_file(path: &Path) -> io::Result<File> {
    // Until the permissions of the old file are set, nobody else reads it.
    std::os::unix::fs::OpenOptionsExt::mode(File::options().write(true).create_new(true), 0o600).open(path)
}

/// Others may rename it, for so does [`Draft::replace`] while it is open, and neither read nor write it.
#[cfg(windows)]
fn new_file(path: &Path) -> io::Result<File> {
    const FILE_SHARE_DELETE: u32 = 4;
    let mut options = File::options();
    std::os::windows::fs::OpenOptionsExt::share_mode(options.write(true).create_new(true), FILE_SHARE_DELETE).open(path)
}

/// Opens what a process left, dead or alive.
#[cfg(unix)]
fn open_left(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Opens what a process left; `WouldBlock` when it is still open there.
#[cfg(windows)]
fn open_left(path: &Path) -> io::Result<File> {
    const ERROR_SHARING_VIOLATION: i32 = 32;
    File::open(path).map_err(|error| match error.raw_os_error() {
        Some(ERROR_SHARING_VIOLATION) => io::ErrorKind::WouldBlock.into(),
        _ => error,
    })
}

/// Whether `file` is now this process's alone and still the one at `path`: whoever had it may have put it in its place
/// before the lock was ours. `WouldBlock` when another process has it.
#[cfg(unix)]
fn is_held(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    file.try_lock()?;
    let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
    let own = file.metadata().map(identity)?;
    Ok(fs::symlink_metadata(path).map(identity).is_ok_and(|found| found == own))
}

/// Whoever could open the file has it alone: it was made so.
#[cfg(windows)]
fn is_held(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::load;

    #[test]
    fn keeps_encoding_and_mark() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        for (before, after) in [
            (&b"\xef\xbb\xbf\xe7\x94\xb2\r\n"[..], &b"\xef\xbb\xbf\xe4\xb9\x99\r\n"[..]),
            (b"\xff\xfe\x32\x75\n\0", b"\xff\xfe\x59\x4e\n\0"),
        ] {
            fs::write(&path, before).expect("written");
            let source = load(&path).expect("text");
            assert_eq!(write(&path, &source, &source.text), Ok(false));
            assert_eq!(write(&path, &source, &source.text.replace('甲', "乙")), Ok(true));
            assert_eq!(fs::read(&path).expect("read"), after);
        }
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no stray file");
    }

    #[test]
    fn a_file_that_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "甲").expect("written");
        let source = load(&path).expect("text");
        fs::write(&path, "丙").expect("written");
        let error = write(&path, &source, "乙").expect_err("changed");
        assert_eq!(error.message, CHANGED.into());
        assert_eq!(fs::read_to_string(&path).expect("read"), "丙");
    }

    #[test]
    fn what_a_dead_process_left_is_used_or_taken_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        let names = || -> Vec<_> {
            fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect()
        };
        for text in ["乙", "甲"] {
            fs::write(&path, "甲").expect("written");
            let source = load(&path).expect("text");
            let draft = Draft::of(&fs::canonicalize(&path).expect("there"));
            fs::write(&draft.path, "一段写到一半的很长的文字").expect("written");
            assert_eq!(write(&path, &source, text), Ok(text == "乙"));
            assert_eq!(fs::read_to_string(&path).expect("read"), text);
            assert_eq!(names(), ["a.md"]);
        }
    }

    #[test]
    fn one_process_writes_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "甲").expect("written");
        let source = load(&path).expect("text");
        let draft = Draft::of(&fs::canonicalize(&path).expect("there"));
        let held = draft.open().expect("ours");
        let error = write(&path, &source, "乙").expect_err("held");
        assert_eq!(error.message, BUSY.into());
        assert_eq!(write(&path, &source, "甲"), Ok(false));
        assert!(draft.path.exists(), "what is in use is not swept");
        drop(held);
        assert_eq!(write(&path, &source, "乙"), Ok(true));
    }

    #[test]
    fn many_writers_at_once_leave_one_whole_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        let texts: Vec<String> = ["乙", "丙", "丁", "戊"].map(|c| c.repeat(50_000)).to_vec();
        for _ in 0..50 {
            fs::write(&path, "甲").expect("written");
            let source = load(&path).expect("text");
            let written: Vec<_> = std::thread::scope(|scope| {
                let writers: Vec<_> = texts.iter().map(|text| scope.spawn(|| write(&path, &source, text))).collect();
                writers.into_iter().map(|writer| writer.join().expect("no panic")).collect()
            });
            let left = fs::read_to_string(&path).expect("read");
            match texts.iter().position(|text| *text == left) {
                Some(winner) => assert!(written[winner].is_ok(), "{winner}: {written:?}"),
                // Windows may replace no file that another one is just looking at: then nobody wins, and all say so.
                None => assert!(cfg!(windows) && left == "甲" && written.iter().all(Result::is_err), "{written:?}"),
            }
        }
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no stray file");
    }

    #[cfg(unix)]
    #[test]
    fn hard_links_are_not_parted() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&path, "甲").expect("written");
        fs::hard_link(&path, &link).expect("linked");
        let source = load(&path).expect("text");
        let error = write(&path, &source, "乙").expect_err("two names");
        assert_eq!(error.message.en, "has 2 hard links, which a repair would part; not written");
        assert_eq!(fs::read_to_string(&link).expect("read"), "甲");
        fs::remove_file(&link).expect("removed");
        assert_eq!(write(&path, &source, "乙"), Ok(true));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&path, "甲").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        symlink("a.md", &link).expect("linked");
        let source = load(&link).expect("text");
        assert_eq!(write(&link, &source, "乙"), Ok(true));
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("read"), "乙");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o640);
    }
}
