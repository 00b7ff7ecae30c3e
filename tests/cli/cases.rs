//! The cases of `tests/cmd`: arguments, a folder, what is printed, the exit code.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes what the program says now.

#[test]
fn cases() {
    trycmd::TestCases::new()
        .env("LC_ALL", "C")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .insert_var("[VERSION]", env!("CARGO_PKG_VERSION"))
        .expect("a variable")
        .case("tests/cmd/*.trycmd");
}
