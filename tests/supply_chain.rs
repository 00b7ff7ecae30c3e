//! What the binary is linked with: licences that allow it to be shipped, no network code, no crate twice without a
//! reason. The facts are those of `cargo metadata`; only what is linked into the binary counts.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences whose terms a binary under MIT OR Apache-2.0 can meet. An expression passes when each of its `AND` parts
/// offers one of them.
const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that open sockets or speak to servers; SECURITY.md promises that none is linked.
const NETWORK: &[&str] =
    &["curl", "hyper", "isahc", "mio", "native-tls", "openssl", "reqwest", "rustls", "socket2", "ureq"];

struct Package {
    name: String,
    version: String,
    licence: String,
}

/// The packages linked into the binary on the platforms that are released: normal dependencies, followed from the root.
fn linked() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu", "--filter-platform", "x86_64-unknown-linux-musl"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .map(|node| (node["id"].as_str().expect("an id"), node))
        .collect();
    let root = metadata["resolve"]["root"].as_str().expect("a root");
    let (mut seen, mut queue) = (BTreeSet::from([root]), vec![root]);
    while let Some(id) = queue.pop() {
        for dependency in nodes[id]["deps"].as_array().expect("dependencies") {
            let is_normal =
                dependency["dep_kinds"].as_array().expect("kinds").iter().any(|kind| kind["kind"].is_null());
            let id = dependency["pkg"].as_str().expect("an id");
            if is_normal && seen.insert(id) {
                queue.push(id);
            }
        }
    }
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .filter(|package| seen.contains(package["id"].as_str().expect("an id")))
        .map(|package| Package {
            name: text(package, "name"),
            version: text(package, "version"),
            licence: text(package, "license"),
        })
        .collect()
}

/// Whether the expression can be met: `A OR B` by either, `A AND B` by both; parentheses group the `OR`s.
fn is_allowed(licence: &str) -> bool {
    licence.split(" AND ").all(|part| {
        part.trim_matches(['(', ')'])
            .split(" OR ")
            .flat_map(|one| one.split('/'))
            .any(|one| LICENCES.contains(&one.trim()))
    })
}

#[test]
fn every_licence_can_be_met() {
    let packages = linked();
    assert!(packages.len() > 10, "the graph was read");
    for Package { name, version, licence } in packages {
        assert!(is_allowed(&licence), "{name} {version} is under {licence:?}");
    }
}

#[test]
fn no_network_code_is_linked() {
    for Package { name, .. } in linked() {
        assert!(!NETWORK.contains(&name.as_str()), "{name} is linked");
    }
}

#[test]
fn an_unknown_licence_is_refused() {
    assert!(is_allowed("(Apache-2.0 OR MIT) AND BSD-3-Clause"));
    assert!(is_allowed("MIT/Apache-2.0"));
    assert!(!is_allowed("GPL-3.0"));
    assert!(!is_allowed("MIT AND GPL-3.0"));
    assert!(!is_allowed(""));
}
