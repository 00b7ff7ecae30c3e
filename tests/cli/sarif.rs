//! SARIF, as far as a reader of this project relies on it. `.ci/sarif.py` holds it against the official schema.

use std::path::Path;

use super::run;

#[test]
fn has_rules_fixes_fingerprints_and_columns_in_code_points() {
    let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["check", "seeds", "missing.md", "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(2));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert!(results.len() > 3 && results.iter().any(|result| result["fixes"].is_array()));
    let mut fingerprints = Vec::new();
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["help"]["markdown"].as_str().is_some_and(|help| !help.is_empty()));
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        fingerprints.push((uri.to_string(), result["partialFingerprints"]["content/v1"].to_string()));
    }
    fingerprints.sort();
    assert!(fingerprints.windows(2).all(|pair| pair[0] != pair[1]), "every finding of a file has its own");
}
