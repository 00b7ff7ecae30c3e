//! Sound pages of many kinds, in `tests/pages`: nothing may be found in them, and their outlines are known.
//! `UPDATE_EXPECT=1` writes the outlines beside the pages; look at the difference before you commit it.

use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect_file;

/// What the program prints in English when it is run in `tests/pages`.
#[track_caller]
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_article-lsp"))
        .args(arguments)
        .args(["--lang", "en", "--color", "never"])
        .current_dir(directory())
        .output()
        .expect("the program runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

/// Names of the pages, in order.
fn pages() -> Vec<String> {
    let entries = std::fs::read_dir(directory()).expect("the directory is there");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
    let mut pages: Vec<String> = names.filter(|name| !name.ends_with(".outline.txt")).collect();
    pages.sort();
    assert!(pages.len() >= 18, "{pages:?}");
    pages
}

#[test]
fn nothing_is_found_in_sound_pages() {
    let pages = pages();
    let mut arguments = vec!["check", "--no-config", "--format", "concise"];
    arguments.extend(pages.iter().map(String::as_str));
    assert_eq!(printed(&arguments), format!("No problems in {} files.\n", pages.len()));
}

#[test]
fn outlines_of_sound_pages() {
    for page in pages() {
        let expected = directory().join(format!("{page}.outline.txt"));
        expect_file![expected].assert_eq(&printed(&["outline", &page]));
    }
}
