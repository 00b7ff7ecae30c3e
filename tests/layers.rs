//! The invariants of the architecture, as the head of `src/lib.rs` states them, held against the source files.

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below `src`, with its path relative to it and its text.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a source folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file in UTF-8");
        (path.strip_prefix(&root).expect("below src").to_owned(), text)
    };
    found.into_iter().map(read).collect()
}

/// The layers, lowest first: the order of the `pub mod` lines of `src/lib.rs`.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("src/lib.rs");
    lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

/// The top-level module that a file belongs to.
fn layer_of(path: &Path) -> String {
    let first = path.components().next().expect("a path").as_os_str().to_string_lossy().into_owned();
    first.strip_suffix(".rs").map_or(first.clone(), str::to_owned)
}

/// The top-level modules that `text` names as `crate::…`; comments and unit tests, which may look at the layers above,
/// left out.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for line in code {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(group.split(',').map(|part| word(part.trim()))),
                None => found.push(word(rest)),
            }
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

#[test]
fn imports_point_up_the_list() {
    let layers = layers();
    let rank = |name: &str| layers.iter().position(|layer| layer == name);
    assert!(rank("text").is_some() && rank("rules") > rank("text"), "the list of layers is read: {layers:?}");
    for (path, text) in sources() {
        let Some(own) = rank(&layer_of(&path)) else { continue };
        for import in imports(&text) {
            if let Some(other) = rank(&import) {
                assert!(other <= own, "{} may not know `{import}`, which is above it", path.display());
            }
        }
    }
}

#[test]
fn every_module_has_its_place_in_the_list() {
    let layers = layers();
    for (path, _) in sources() {
        let layer = layer_of(&path);
        assert!(layer == "lib" || layer == "main" || layers.contains(&layer), "{} is in no layer", path.display());
    }
}

#[test]
fn protocol_types_stay_in_the_server() {
    for (path, text) in sources() {
        if layer_of(&path) != "server" {
            assert!(!text.contains("tower_lsp") && !text.contains("ls_types"), "{} knows the protocol", path.display());
        }
    }
}

#[test]
fn utf16_stays_in_one_file() {
    for (path, text) in sources() {
        if !path.ends_with("text/position.rs") {
            for name in ["encode_utf16", "len_utf16", "utf16_cu"] {
                assert!(!text.contains(name), "{} counts UTF-16", path.display());
            }
        }
    }
}

#[test]
fn the_core_does_no_input_or_output() {
    let shells = ["workspace", "cli", "server", "main"];
    for (path, text) in sources() {
        if !shells.contains(&layer_of(&path).as_str()) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for name in ["std::fs", "std::env", "std::io", "std::process", "Instant::now", "SystemTime"] {
                assert!(!code.contains(name), "{} uses {name}", path.display());
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{} has no head", path.display());
        assert!(!text.lines().any(|line| line.ends_with(' ')), "{} has trailing spaces", path.display());
    }
}

#[test]
fn every_rule_file_is_a_rule() {
    for (path, _) in sources() {
        if path.parent() == Some(Path::new("rules")) {
            let stem = path.file_stem().expect("a name").to_string_lossy().replace('_', "-");
            let is_shared = ["joining", "testing"].contains(&stem.as_str());
            assert!(is_shared || article_lsp::rules::find(&stem).is_some(), "{stem} is not registered");
        }
    }
    for rule in article_lsp::rules::RULES {
        let file = format!("src/rules/{}.rs", rule.name.replace('-', "_"));
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).exists(), "{} has no file {file}", rule.name);
    }
}
