//! `--diff`: what fixes would change, as a unified diff that `patch -p0` applies.

use similar::{Algorithm, TextDiff};

use super::terminal::{BOLD, CYAN, GREEN, RED, paint, visible};
use crate::workspace::Source;

/// Lines of context around a change, as `diff -u` has it.
const CONTEXT: usize = 3;

/// The difference between two texts of the file `path`, which was read as `source`; empty when there is none. `patch`
/// compares bytes: for it the lines are in the encoding of the file, for people in UTF-8. (Of UTF-16 it knows no lines.)
pub(super) fn of_file(path: &str, source: &Source, [before, after]: [&str; 2], for_people: bool) -> Vec<u8> {
    let name = source.encoding();
    if name.starts_with("UTF-8") {
        // A byte order mark belongs to the first line.
        let marked = |text: &str| source.encode(text).and_then(|bytes| String::from_utf8(bytes).ok());
        if let (Some(before), Some(after)) = (marked(before), marked(after)) {
            return unified(path, &before, &after).into_bytes();
        }
    }
    let diff = unified(path, before, after);
    if for_people || name.starts_with("UTF-16") {
        return diff.into_bytes();
    }
    let lines = diff.match_indices('\n').nth(1).map_or(0, |(end, _)| end + 1);
    match source.encode(&diff[lines..]) {
        Some(encoded) => [&diff.as_bytes()[..lines], &encoded].concat(),
        None => diff.into_bytes(),
    }
}

fn unified(path: &str, before: &str, after: &str) -> String {
    // Lines end at `\n` alone, for `patch` knows no other end.
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).newline_terminated(true).diff_slices(&old, &new);
    // `patch` takes a name up to white space, unless a tab ends it, as `diff -u` has it.
    let name = if path.contains(char::is_whitespace) { format!("{path}\t") } else { path.to_owned() };
    diff.unified_diff().context_radius(CONTEXT).header(&name, &name).to_string()
}

/// A diff for people: in colours, and without characters that a terminal would obey.
pub(super) fn colored(diff: &str) -> String {
    diff.split_inclusive('\n')
        .map(|line| {
            let (text, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
            let text = visible(text);
            let style = match text.as_bytes() {
                [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => BOLD,
                [b'@', ..] => CYAN,
                [b'+', ..] => GREEN,
                [b'-', ..] => RED,
                _ => return text.into_owned() + end,
            };
            paint(style, &text) + end
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_a_unified_diff() {
        let diff = unified("a.md", "甲\n乙\n丙", "甲\n丁\n丙");
        assert_eq!(diff, "--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n 甲\n-乙\n+丁\n 丙\n\\ No newline at end of file\n");
        assert!(unified("a.md", "甲\n", "甲\n").is_empty());
    }
}
