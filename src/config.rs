//! Configuration: what `article-lsp.toml` may say. Pure: finding and reading the file is the workspace's.

mod file;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;

pub use file::{Error, FailOn, File, Override, Setting, nearest};

/// What a rule is set to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Never reported.
    Off,
    /// Reported as information.
    Information,
    /// Reported as a warning.
    Warning,
    /// Reported as an error.
    Error,
}

impl Level {
    /// The severity that it stands for; none when the rule is off.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Information => Some(Severity::Information),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// The settings that an analysis needs.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Config {
    /// Levels by name of the rule; a rule that is not here has its own severity.
    pub rules: BTreeMap<String, Level>,
    /// Rules that were turned on by name, which those that are too slow to run unasked wait for.
    pub asked: BTreeSet<String>,
    /// Seams below this confidence, in percent, are not reported.
    pub least_confidence: u8,
}

impl Config {
    /// Whether the user named `rule` and did not turn it off.
    pub fn asks_for(&self, rule: &str) -> bool {
        let level = self.rules.get(rule);
        level.map_or_else(|| self.asked.contains(rule), |level| *level != Level::Off)
    }
}
