//! URIs as clients write them: raw Hanzi, spaces, brackets.
//!
//! The protocol's types accept RFC 3986 only and would drop a notification whose URI is not. So every URI of a message
//! is put in order before it is read, and put back into the client's own spelling before it is answered.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// `uri` with every byte percent-encoded that RFC 3986 does not allow, and its escapes in upper case. On Windows the
/// drive is in upper case, too, and its colon escaped, so that a file has one name: editors write it in four ways.
pub(super) fn normalise(uri: &str) -> String {
    let drive = if cfg!(windows) { uri.strip_prefix("file:///").and_then(drive) } else { None };
    if let Some((letter, rest)) = drive {
        return format!("file:///{}%3A{}", letter.to_ascii_uppercase(), normalise(rest));
    }
    let bytes = uri.as_bytes();
    let mut normal = String::with_capacity(uri.len());
    let mut at = 0;
    // Of `#` the first begins the fragment; another has no meaning and would be refused.
    let mut in_fragment = false;
    while at < bytes.len() {
        let byte = bytes[at];
        let escape = bytes.get(at + 1..at + 3).filter(|hex| byte == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        if let Some(hex) = escape {
            normal.push('%');
            normal.extend(hex.iter().map(|hex| hex.to_ascii_uppercase() as char));
            at += 3;
            continue;
        }
        let allowed = byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte);
        if allowed || (byte == b'#' && !in_fragment) {
            normal.push(byte as char);
        } else {
            // Writing into a string cannot fail.
            let _ = write!(normal, "%{byte:02X}");
        }
        in_fragment |= byte == b'#';
        at += 1;
    }
    normal
}

/// The letter of the drive that `path` begins with, and what comes after the colon.
fn drive(path: &str) -> Option<(char, &str)> {
    let letter = path.chars().next().filter(char::is_ascii_alphabetic)?;
    let rest = [":", "%3A", "%3a"].into_iter().find_map(|colon| path[1..].strip_prefix(colon))?;
    rest.starts_with('/').then_some((letter, rest))
}

/// The path of a document in a file; none for `untitled:` and what lies elsewhere.
pub(super) fn to_path(uri: &str) -> Option<PathBuf> {
    let uri: Uri = uri.parse().ok()?;
    // The types would take a path from any scheme.
    uri.scheme().as_str().eq_ignore_ascii_case("file").then_some(())?;
    let path = uri.to_file_path()?.into_owned();
    match uri.authority().map(|authority| authority.host()) {
        // The types would make a drive of the server of a shared folder.
        Some(server) if cfg!(windows) && !server.is_empty() => {
            let path = uri.path().decode().to_string_lossy().replace('/', "\\");
            Some(format!(r"\\{server}{path}").into())
        }
        _ => Some(path),
    }
}

/// The URI of the file `path`, as [`normalise`] would have it.
pub(super) fn from_path(path: &Path) -> Option<Uri> {
    let uri = Uri::from_file_path(path)?;
    match uri.as_str().strip_prefix("file://///") {
        // The types know no shared folders.
        Some(share) if cfg!(windows) => format!("file://{share}").parse().ok(),
        _ => Some(uri),
    }
}

/// Whether a member called `key` holds a URI.
fn holds_uri(key: &str) -> bool {
    key == "uri" || key.ends_with("Uri")
}

/// Puts every URI of a message's parameters in order.
pub(super) fn normalise_all(value: &mut Value) {
    rewrite(value, &|uri| {
        let normal = normalise(uri);
        (normal != uri).then_some(normal)
    });
}

/// Puts every URI of an answer back into the client's own spelling.
pub(super) fn restore_all(value: &mut Value, spellings: &HashMap<String, String>) {
    if !spellings.is_empty() {
        rewrite(value, &|uri| spellings.get(uri).cloned());
    }
}

fn rewrite(value: &mut Value, new: &dyn Fn(&str) -> Option<String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, new)),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                match member {
                    Value::String(uri) if holds_uri(key) => {
                        if let Some(new) = new(uri) {
                            *uri = new;
                        }
                    }
                    // In a workspace edit the URIs are the keys.
                    Value::Object(changes) if key == "changes" => {
                        *changes = std::mem::take(changes)
                            .into_iter()
                            .map(|(uri, edits)| (new(&uri).unwrap_or(uri), edits))
                            .collect();
                    }
                    _ => rewrite(member, new),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_types_would_drop_is_escaped() {
        for (raw, normal) in [
            ("file:///稿/报 纸.md", "file:///%E7%A8%BF/%E6%8A%A5%20%E7%BA%B8.md"),
            ("file:///a/[2024]|b^.md", "file:///a/%5B2024%5D%7Cb%5E.md"),
            ("file:///a%3a/a.md", if cfg!(windows) { "file:///A%3A/a.md" } else { "file:///a%3A/a.md" }),
            ("file:///100%.md", "file:///100%25.md"),
            ("file:///%E6%8A%A5.md", "file:///%E6%8A%A5.md"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
            ("file:///a.md#L1#2", "file:///a.md#L1%232"),
        ] {
            assert_eq!(normalise(raw), normal);
            assert_eq!(normalise(normal), normal, "once is enough");
            assert!(normal.parse::<Uri>().is_ok(), "{normal}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn only_files_have_a_path() {
        assert_eq!(to_path("file:///%E6%8A%A5%20/a.md"), Some(PathBuf::from("/报 /a.md")));
        for elsewhere in ["untitled:Untitled-1", "vscode-remote://host/a.md", "a.md", ""] {
            assert_eq!(to_path(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    #[cfg(windows)]
    fn only_files_have_a_path() {
        for uri in ["file:///c%3A/%E6%8A%A5%20/a.md", "file:///c:/%E6%8A%A5%20/a.md"] {
            let path = to_path(uri).expect("a path");
            assert!(path.is_absolute() && path.ends_with("报 /a.md"), "{uri}: {}", path.display());
        }
        let share = to_path("file://server/share/%E6%8A%A5%20/a.md").expect("a path");
        assert_eq!(share, PathBuf::from(r"\\server\share\报 \a.md"));
        for path in [Path::new(r"c:\报 #1\a%20.md"), &share] {
            let uri = from_path(path).expect("a URI");
            assert_eq!(normalise(uri.as_str()), uri.as_str());
            let back = to_path(uri.as_str()).expect("a path").to_string_lossy().to_lowercase();
            assert_eq!(Path::new(&back), path);
        }
        for elsewhere in ["untitled:Untitled-1", "vscode-remote://host/a.md", "a.md", ""] {
            assert_eq!(to_path(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn answers_speak_the_clients_spelling() {
        let raw = "file:///报.md";
        let mut message = json!({"textDocument": {"uri": raw}, "a": [{"targetUri": raw}], "text": raw});
        normalise_all(&mut message);
        let normal = normalise(raw);
        assert_eq!(message, json!({"textDocument": {"uri": normal}, "a": [{"targetUri": normal}], "text": raw}));
        let spellings = HashMap::from([(normal.clone(), raw.to_owned())]);
        let mut answer = json!({"edit": {"changes": {normal.clone(): []}}, "uri": normal});
        restore_all(&mut answer, &spellings);
        assert_eq!(answer, json!({"edit": {"changes": {raw: []}}, "uri": raw}));
    }
}
