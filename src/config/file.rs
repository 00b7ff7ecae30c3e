//! The file `article-lsp.toml`: its keys, and errors that point at the place and name the nearest right word.

use std::collections::BTreeMap;
use std::ops::Range;

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Config, Level};
use crate::diagnostic::Severity;
use crate::lang::{Lang, Message, Phrase};

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
    /// The words that stand for it.
    const NAMES: [&str; 4] = ["error", "warning", "information", "never"];

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

/// What a key takes, for an error that says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Takes {
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of strings.
    Strings,
    /// A number from 0 to 100.
    Percent,
    /// A table of rules and levels.
    Rules,
    /// A list of tables.
    Overrides,
}

/// The keys of the file. A test holds that it has every key of [`File`].
const KEYS: [(&str, Takes); 8] = [
    ("lang", Takes::Word(&["en", "zh"])),
    ("include", Takes::Strings),
    ("exclude", Takes::Strings),
    ("organisations", Takes::Strings),
    ("fail-on", Takes::Word(&FailOn::NAMES)),
    ("least-confidence", Takes::Percent),
    ("rules", Takes::Rules),
    ("overrides", Takes::Overrides),
];
/// The keys of an override.
const OVERRIDE_KEYS: [(&str, Takes); 2] = [("files", Takes::Strings), ("rules", Takes::Rules)];

/// What is wrong with a configuration file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What is wrong, one line.
    pub message: Message,
    /// Where, in bytes of the file, as far as it is known.
    pub span: Option<Range<usize>>,
}

impl From<toml::de::Error> for Error {
    fn from(error: toml::de::Error) -> Self {
        let why = error.message().replace('\n', " ");
        let zh = format!("不是有效的 TOML：{why}");
        Self { message: Message::new(why, zh), span: error.span() }
    }
}

impl File {
    /// Reads `source`. `rules` are the names that exist.
    ///
    /// # Errors
    /// The first thing in the file that is not TOML, not a key, not a rule or not a value of its key.
    pub fn parse(source: &str, rules: &[&str]) -> Result<Self, Error> {
        check(DeTable::parse(source)?.get_ref(), &KEYS, rules)?;
        Ok(toml::from_str(source)?)
    }
}

/// Holds every key of `table` and its value against `known`.
fn check(table: &DeTable, known: &[(&str, Takes)], rules: &[&str]) -> Result<(), Error> {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    for (key, value) in table {
        let Some((name, takes)) = known.iter().find(|(name, _)| name == key.get_ref()) else {
            return Err(unknown(KEY, key.get_ref(), &names, key.span()));
        };
        check_value(name, *takes, value, rules)?;
    }
    Ok(())
}

fn check_value(key: &str, takes: Takes, value: &Spanned<DeValue>, rules: &[&str]) -> Result<(), Error> {
    let fail = |en: &str, zh: &str| {
        let message = Message::new(format!("`{key}` is {en}"), format!("{key} 应是{zh}"));
        Err(Error { message, span: Some(value.span()) })
    };
    match (takes, value.get_ref()) {
        (Takes::Word(known), DeValue::String(word)) if !known.contains(&word.as_ref()) => {
            Err(unknown(VALUE, word, known, value.span()))
        }
        (Takes::Word(_), DeValue::String(_)) => Ok(()),
        (Takes::Word(known), _) => {
            fail(&format!("one of {}", known.join(", ")), &format!("下列之一：{}", known.join("、")))
        }
        (Takes::Strings, DeValue::Array(list)) if list.iter().all(|entry| entry.get_ref().as_str().is_some()) => Ok(()),
        (Takes::Strings, _) => fail("a list of strings", "字符串列表"),
        (Takes::Percent, DeValue::Integer(number)) if number.to_string().parse().is_ok_and(|n: u8| n <= 100) => Ok(()),
        (Takes::Percent, _) => fail("a number from 0 to 100", " 0 到 100 的整数"),
        (Takes::Rules, DeValue::Table(levels)) => {
            for (rule, level) in levels {
                if !rules.contains(&rule.get_ref().as_ref()) {
                    return Err(unknown(RULE, rule.get_ref(), rules, rule.span()));
                }
                check_value(rule.get_ref(), Takes::Word(&Setting::NAMES), level, rules)?;
            }
            Ok(())
        }
        (Takes::Rules, _) => fail("a table of rules and levels", "以规则为键、级别为值的表"),
        (Takes::Overrides, DeValue::Array(list)) => list.iter().try_for_each(|entry| match entry.get_ref() {
            DeValue::Table(table) => check(table, &OVERRIDE_KEYS, rules),
            _ => fail("a list of tables", "表的列表"),
        }),
        (Takes::Overrides, _) => fail("a list of tables", "表的列表"),
    }
}

const KEY: Phrase = Phrase { en: "key", zh: "键" };
const RULE: Phrase = Phrase { en: "rule", zh: "规则" };
const VALUE: Phrase = Phrase { en: "value", zh: "值" };

fn unknown(what: Phrase, found: &str, known: &[&str], span: Range<usize>) -> Error {
    let Phrase { en, zh } = what;
    let nearest = nearest(found, known);
    // A key in quotes may have line breaks in it.
    let found: String = found.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let message = match nearest {
        Some(right) => Message::new(
            format!("unknown {en} `{found}`, did you mean `{right}`?"),
            format!("没有这个{zh}：{found}，是否指 {right}？"),
        ),
        None => Message::new(
            format!("unknown {en} `{found}`, expected one of {}", known.join(", ")),
            format!("没有这个{zh}：{found}，可用的有：{}", known.join("、")),
        ),
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
        assert_eq!(error.message.en, "`least-confidence` is a number from 0 to 100");
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
            ("[rules]\nbroken-paragraph = 'warn'", "unknown value `warn`, did you mean `warning`?", 27..33),
            ("fail-on = 'warn'", "unknown value `warn`, did you mean `warning`?", 10..16),
            ("[[overrides]]\nfile = []", "unknown key `file`, did you mean `files`?", 14..18),
            (
                "zzz = 1",
                "unknown key `zzz`, expected one of lang, include, exclude, organisations, fail-on, least-confidence, rules, overrides",
                0..3,
            ),
        ];
        for (source, message, span) in table {
            let error = File::parse(source, &RULES).expect_err(source);
            assert_eq!((&*error.message.en, error.span), (message, Some(span)));
        }
        assert!(File::parse("[rules", &RULES).is_err());
        let lists = File::parse("exclude = 'old'", &RULES).expect_err("no list").message;
        assert_eq!(lists, Message::new("`exclude` is a list of strings", "exclude 应是字符串列表"));
        let wrong = [
            "lang = 3",
            "include = [1]",
            "least-confidence = 'high'",
            "least-confidence = -1",
            "rules = []",
            "[rules]\nbroken-paragraph = true",
            "overrides = {}",
            "overrides = [1]",
        ];
        for source in wrong {
            let message = File::parse(source, &RULES).expect_err(source).message;
            assert!(message.en.contains("` is ") && message.zh.contains("应是"), "{source}: {message:?}");
        }
    }

    #[test]
    fn the_list_of_keys_is_complete() {
        let keys = |schema: &schemars::Schema| -> Vec<String> {
            schema.get("properties").and_then(|p| p.as_object()).expect("properties").keys().cloned().collect()
        };
        let sorted = |known: &[(&str, Takes)]| {
            let mut known: Vec<_> = known.iter().map(|(key, _)| (*key).to_owned()).collect();
            known.sort();
            known
        };
        let mut found = keys(&schemars::schema_for!(File));
        found.sort();
        assert_eq!(found, sorted(&KEYS));
        let mut found = keys(&schemars::schema_for!(Override));
        found.sort();
        assert_eq!(found, sorted(&OVERRIDE_KEYS));
        let levels: Vec<&str> = FailOn::value_variants().iter().map(|level| level.name()).collect();
        assert_eq!(levels, FailOn::NAMES);
    }
}
