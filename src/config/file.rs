//! The file `article-lsp.toml`: its keys, and errors that point at the place and name the nearest right word.

use std::collections::BTreeMap;
use std::ops::Range;

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};

use super::{Config, Level};
use crate::diagnostic::Severity;
use crate::lang::Lang;

/// What a rule is set to in the file. `on` takes back what stands further up: the rule has its own severity again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// Reported with the rule's own severity.
    On,
    /// Never reported.
    Off,
    /// Reported as information.
    Information,
    /// Reported as a warning.
    Warning,
    /// Reported as an error.
    Error,
}

impl Setting {
    /// The words that stand for a setting.
    const NAMES: [&str; 5] = ["on", "off", "information", "warning", "error"];

    /// Writes the setting of `rule` into `config`.
    pub fn apply(self, rule: &str, config: &mut Config) {
        let level = match self {
            Self::On => {
                config.rules.remove(rule);
                config.asked.insert(rule.to_owned());
                return;
            }
            Self::Off => Level::Off,
            Self::Information => Level::Information,
            Self::Warning => Level::Warning,
            Self::Error => Level::Error,
        };
        config.rules.insert(rule.to_owned(), level);
    }
}

/// What makes `check` exit with 1.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Warnings and errors.
    #[default]
    Warning,
    /// Everything.
    Information,
    /// Nothing.
    Never,
}

impl FailOn {
    /// The least severity that counts; none when nothing does.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Information => Some(Severity::Information),
            Self::Never => None,
        }
    }

    /// The word for it in the configuration.
    pub const fn name(self) -> &'static str {
        match self.severity() {
            Some(severity) => severity.name(),
            None => "never",
        }
    }
}

/// `article-lsp.toml`: the settings of the folder that holds it and of everything below.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "article-lsp.toml")]
pub struct File {
    /// The language of messages: `en` or `zh`. Without it, the locale of the terminal or the editor decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Globs of the files that are looked at in a folder, relative to this file. Without it: `*.md`, `*.markdown`
    /// and `*.txt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include: Option<Vec<String>>,
    /// Globs of files and folders that are left out, relative to this file.
    pub exclude: Vec<String>,
    /// Files with organisations that you know, `.toml` or `.csv`, relative to this file.
    pub organisations: Vec<String>,
    /// The least severity of a finding that makes `check` exit with 1, or `never`. Without it: `warning`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<FailOn>,
    /// Cut, displaced and lost sentences that the model is less sure of are not reported; in percent, from 0 to 100.
    /// Without it, everything that is likely is reported, and what is 90 % sure is a warning.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 100))]
    pub least_confidence: Option<u8>,
    /// Levels of rules by name.
    pub rules: BTreeMap<String, Setting>,
    /// Levels of rules for some files only; the last that matches a file wins.
    pub overrides: Vec<Override>,
}

/// Levels of rules for the files that match.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Globs of the files, relative to the configuration file.
    pub files: Vec<String>,
    /// Levels of rules by name.
    pub rules: BTreeMap<String, Setting>,
}

/// The keys of the file, for the error that names the nearest one. A test holds that it has every key of [`File`].
const KEYS: [&str; 8] =
    ["lang", "include", "exclude", "organisations", "fail-on", "least-confidence", "rules", "overrides"];
/// The keys of an override.
const OVERRIDE_KEYS: [&str; 2] = ["files", "rules"];

/// What is wrong with a configuration file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What is wrong, one line.
    pub message: String,
    /// Where, in bytes of the file, as far as it is known.
    pub span: Option<Range<usize>>,
}

impl From<toml::de::Error> for Error {
    fn from(error: toml::de::Error) -> Self {
        Self { message: error.message().replace('\n', " "), span: error.span() }
    }
}

impl File {
    /// Reads `source`. `rules` are the names that exist.
    ///
    /// # Errors
    /// The first thing in the file that is not TOML, not a key, not a rule or not a value of its key.
    pub fn parse(source: &str, rules: &[&str]) -> Result<Self, Error> {
        let table = DeTable::parse(source)?;
        check_keys(table.get_ref(), "key", &KEYS)?;
        if let Some(settings) = table.get_ref().get("rules") {
            check_rules(settings.get_ref(), rules)?;
        }
        if let Some(value) = table.get_ref().get("fail-on")
            && let Some(word) = value.get_ref().as_str()
        {
            let known: Vec<&str> = FailOn::value_variants().iter().map(|fail_on| fail_on.name()).collect();
            if !known.contains(&word) {
                return Err(unknown("level", word, &known, value.span()));
            }
        }
        if let Some(percent) = table.get_ref().get("least-confidence")
            && toml::from_str::<Self>(source).is_ok_and(|file| file.least_confidence > Some(100))
        {
            let message = "`least-confidence` is a number from 0 to 100".to_owned();
            return Err(Error { message, span: Some(percent.span()) });
        }
        if let Some(overrides) = table.get_ref().get("overrides").and_then(|o| o.get_ref().as_array()) {
            for entry in overrides.iter().filter_map(|entry| entry.get_ref().as_table()) {
                check_keys(entry, "key", &OVERRIDE_KEYS)?;
                if let Some(settings) = entry.get("rules") {
                    check_rules(settings.get_ref(), rules)?;
                }
            }
        }
        Ok(toml::from_str(source)?)
    }
}

fn check_keys(table: &DeTable, what: &str, known: &[&str]) -> Result<(), Error> {
    match table.keys().find(|key| !known.contains(&key.get_ref().as_ref())) {
        Some(key) => Err(unknown(what, key.get_ref(), known, key.span())),
        None => Ok(()),
    }
}

fn check_rules(settings: &DeValue, known: &[&str]) -> Result<(), Error> {
    let Some(table) = settings.as_table() else { return Ok(()) };
    check_keys(table, "rule", known)?;
    for value in table.values() {
        if let Some(word) = value.get_ref().as_str().filter(|word| !Setting::NAMES.contains(word)) {
            return Err(unknown("level", word, &Setting::NAMES, value.span()));
        }
    }
    Ok(())
}

fn unknown(what: &str, found: &str, known: &[&str], span: Range<usize>) -> Error {
    let message = match nearest(found, known) {
        Some(right) => format!("unknown {what} `{found}`, did you mean `{right}`?"),
        None => format!("unknown {what} `{found}`, expected one of {}", known.join(", ")),
    };
    Error { message, span: Some(span) }
}

/// Words that are less alike than this are not offered: below it, suggestions for the rules' names are guesses.
const LEAST_LIKENESS: f64 = 0.7;

/// The word of `known` that `found` was probably meant to be.
pub fn nearest<'a>(found: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|word| (strsim::jaro_winkler(found, word), *word))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [&str; 2] = ["broken-paragraph", "duplicate-paragraph"];

    #[test]
    fn a_confidence_is_a_percentage() {
        assert!(File::parse("least-confidence = 100\n", &RULES).is_ok());
        let error = File::parse("lang = 'zh'\nleast-confidence = 101\n", &RULES).expect_err("too much");
        assert_eq!(error.message, "`least-confidence` is a number from 0 to 100");
        assert_eq!(error.span, Some(31..34));
    }

    #[test]
    fn reads_every_key() {
        let source = "lang = 'zh'\ninclude = ['*.md']\nexclude = ['old/**']\norganisations = ['names.txt']\n\
            fail-on = 'error'\nleast-confidence = 75\n[rules]\nbroken-paragraph = 'off'\n[[overrides]]\nfiles = ['a/**']\n\
            rules = { broken-paragraph = 'on' }\n";
        let file = File::parse(source, &RULES).expect("valid");
        assert_eq!(file.lang, Some(Lang::Zh));
        assert_eq!(file.rules["broken-paragraph"], Setting::Off);
        assert_eq!(file.overrides[0].rules["broken-paragraph"], Setting::On);
        assert_eq!(file.fail_on, Some(FailOn::Error));
        let never = File::parse("fail-on = 'never'", &RULES).expect("valid");
        assert_eq!(never.fail_on.map(FailOn::severity), Some(None));
        assert_eq!(file.least_confidence, Some(75));
    }

    #[test]
    fn errors_name_the_nearest_word_and_the_place() {
        let table = [
            ("exlude = []", "unknown key `exlude`, did you mean `exclude`?", 0..6),
            (
                "[rules]\nbroken-paragraf = 'off'",
                "unknown rule `broken-paragraf`, did you mean `broken-paragraph`?",
                8..23,
            ),
            ("[rules]\nbroken-paragraph = 'warn'", "unknown level `warn`, did you mean `warning`?", 27..33),
            ("fail-on = 'warn'", "unknown level `warn`, did you mean `warning`?", 10..16),
            ("[[overrides]]\nfile = []", "unknown key `file`, did you mean `files`?", 14..18),
            (
                "zzz = 1",
                "unknown key `zzz`, expected one of lang, include, exclude, organisations, fail-on, least-confidence, rules, overrides",
                0..3,
            ),
        ];
        for (source, message, span) in table {
            let error = File::parse(source, &RULES).expect_err(source);
            assert_eq!((error.message.as_str(), error.span), (message, Some(span)));
        }
        assert!(File::parse("lang = 3", &RULES).is_err());
        assert!(File::parse("[rules", &RULES).is_err());
    }

    #[test]
    fn the_list_of_keys_is_complete() {
        let keys = |schema: &schemars::Schema| -> Vec<String> {
            schema.get("properties").and_then(|p| p.as_object()).expect("properties").keys().cloned().collect()
        };
        let sorted = |known: &[&str]| {
            let mut known: Vec<_> = known.iter().map(|&key| key.to_owned()).collect();
            known.sort();
            known
        };
        let mut found = keys(&schemars::schema_for!(File));
        found.sort();
        assert_eq!(found, sorted(&KEYS));
        let mut found = keys(&schemars::schema_for!(Override));
        found.sort();
        assert_eq!(found, sorted(&OVERRIDE_KEYS));
    }
}
