//! The fuzzer: libFuzzer leads the input of one property of `tests/robustness/properties.rs`, by coverage.
//!
//! Which one, the environment says: `ARTICLE_LSP_FUZZ_TARGET`. One program for all of them links once. `fuzz/run`
//! builds it with the instrumentation and starts it.
#![no_main]

#[allow(dead_code, reason = "the fuzzer brings its own input")]
#[path = "../tests/generated/pages.rs"]
mod pages;
#[path = "../tests/robustness/properties.rs"]
mod properties;

use std::sync::LazyLock;

use properties::Property;

static PROPERTY: LazyLock<Property> = LazyLock::new(|| {
    let target = std::env::var("ARTICLE_LSP_FUZZ_TARGET").unwrap_or_default();
    let names: Vec<&str> = properties::ALL.iter().map(|(name, _)| *name).collect();
    let found = properties::ALL.iter().find(|(name, _)| *name == target);
    found.unwrap_or_else(|| panic!("ARTICLE_LSP_FUZZ_TARGET is one of {}", names.join(", "))).1
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| PROPERTY(bytes));
