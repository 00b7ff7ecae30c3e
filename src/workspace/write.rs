//! Files are replaced whole: at every moment the old text or the new one is there, never a part of either.

use std::fs;
use std::io::Write;
use std::path::Path;

use tempfile::Builder;

use super::{FileError, Source, plain, read};

/// Puts `text` where `source` was read from `path`, in the same encoding. A symbolic link stays one, permissions
/// stay. Returns whether anything was written: a text that is the same is not.
///
/// The new text goes to a file beside the old one, which it then replaces; a process that dies in between leaves
/// the old text, and at worst a stray file `.article-lsp-…`.
///
/// # Errors
/// When the file changed since it was read (a change between this look and the replacement, some microseconds,
/// goes unseen), does not survive decoding and encoding, or cannot be written.
pub fn write(path: &Path, source: &Source, text: &str) -> Result<bool, FileError> {
    if source.text == text {
        return Ok(false);
    }
    let lossy = || FileError::new(path, "cannot be written back in its encoding without loss");
    let before = source.encode(&source.text).ok_or_else(lossy)?;
    let after = source.encode(text).ok_or_else(lossy)?;
    let failed = |error: std::io::Error| FileError::new(path, plain(&error));
    let target = fs::canonicalize(path).map_err(failed)?;
    let on_disk = read(&target)?;
    if on_disk != before {
        let survives = super::decode(on_disk).is_ok_and(|found| found == *source);
        return Err(if survives { lossy() } else { FileError::new(path, "changed on disk meanwhile, not written") });
    }
    let metadata = fs::metadata(&target).map_err(failed)?;
    if metadata.permissions().readonly() {
        return Err(FileError::new(path, "is read-only"));
    }
    let folder = target.parent().unwrap_or(Path::new("/"));
    let mut file = Builder::new().prefix(".article-lsp-").tempfile_in(folder).map_err(failed)?;
    file.write_all(&after).map_err(failed)?;
    fs::set_permissions(file.path(), metadata.permissions()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
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
        assert!(error.message.contains("changed on disk"), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("read"), "丙");
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
