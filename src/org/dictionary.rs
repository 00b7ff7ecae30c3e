//! The user's dictionary of organisations, as TOML or CSV: names that are found with certainty, and what is to be
//! said of them. Pure: finding and reading the files is the workspace's.
//!
//! ```toml
//! [[organisation]]
//! name = "青岛市黄岛区总工会"
//! aliases = ["黄岛区总工会"]
//! kind = "union"
//! jurisdiction = "山东省/青岛市/黄岛区"
//! note = "2014 年由原黄岛区、胶南市总工会合并而成"
//! url = "https://example.org/"
//! ```
//!
//! A CSV file has the same fields as columns, under a line of headers; only `name` must be there. Aliases are
//! separated by `、`, `;` or `|`.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use toml::Spanned;

use super::OrgKind;
use crate::block::hash;
use crate::lang::{Message, Phrase};
use crate::memo::key;
use crate::zh::script::simplified;

/// How a dictionary is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DictionaryFormat {
    /// `.toml`: an array of tables `organisation`.
    Toml,
    /// `.csv`: a line of headers, then one organisation a line.
    Csv,
}

/// One organisation of the dictionary.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Entry {
    /// Its full name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What sort of body it is.
    pub kind: Option<OrgKind>,
    /// Places that it belongs to, largest first.
    pub jurisdiction: Vec<String>,
    /// What the user says of it.
    pub note: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// Why a line of a dictionary was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// 1-based line.
    pub line: usize,
    /// The reason, one line.
    pub reason: Message,
}

/// Organisations that the user knows.
#[derive(Clone, Default, Debug)]
pub struct Dictionary {
    entries: Vec<Entry>,
    /// The entry that each name and alias, in simplified characters, belongs to.
    names: HashMap<String, usize>,
    automaton: Option<AhoCorasick>,
    /// Hash of the names and aliases that it finds.
    hash: u64,
}

impl Dictionary {
    /// A dictionary of `entries`. Where two have the same name the first one counts.
    pub fn new(entries: Vec<Entry>) -> Self {
        let (mut names, mut patterns) = (HashMap::new(), Vec::new());
        for (n, entry) in entries.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                let name = simplified(name);
                if !names.contains_key(&*name) {
                    names.insert(name.to_string(), n);
                    patterns.push(name);
                }
            }
        }
        let build = || {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(patterns.iter().map(|name| name.as_bytes()))
                .ok()
        };
        let automaton = (!patterns.is_empty()).then(build).flatten();
        let hash = key(patterns.iter().map(|name| hash(name)));
        Self { entries, names, automaton, hash }
    }

    /// Several dictionaries as one, the earlier ones first.
    pub fn merge(dictionaries: impl IntoIterator<Item = Self>) -> Self {
        Self::new(dictionaries.into_iter().flat_map(|dictionary| dictionary.entries).collect())
    }

    /// Its entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that has `name` as its name or as an alias, in simplified or traditional characters.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.names.get(&*simplified(name)).map(|n| &self.entries[*n])
    }

    /// Whether it knows no organisation.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Hash of its names and aliases, on which alone [`Self::occurrences`] depends.
    pub const fn hash(&self) -> u64 {
        self.hash
    }

    /// The bytes of `text`, which is in simplified characters, where a name of the dictionary stands, the longest where
    /// several begin, in order.
    pub fn occurrences<'a>(&'a self, text: &'a str) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
        self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text).map(|found| found.range()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    organisation: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    aliases: Names,
    kind: Option<String>,
    #[serde(default)]
    jurisdiction: Places,
    note: Option<String>,
    url: Option<String>,
}

/// A list, or one string with separators.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    List(Vec<String>),
    Text(String),
}

impl Default for Names {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

/// As [`Names`], but places are separated by `/` or `›`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Places {
    List(Vec<String>),
    Text(String),
}

impl Default for Places {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

const NO_NAME: Phrase = Phrase { en: "no column `name`", zh: "缺少 name 列" };
const NO_VALUES: Phrase = Phrase { en: "not a line of values in UTF-8", zh: "不是一行 UTF-8 的值" };
const SHORT_NAME: Phrase = Phrase { en: "a name has at least two characters", zh: "名称至少有两个字" };

/// The dictionary in `text`, and what in it could not be understood.
pub fn parse(text: &str, format: DictionaryFormat) -> (Dictionary, Vec<Error>) {
    let mut errors = Vec::new();
    let mut entries = Vec::new();
    match format {
        DictionaryFormat::Toml => match toml::from_str::<File>(text) {
            Ok(file) => {
                for row in file.organisation {
                    let line = line_of(text, row.span().start);
                    collect(row.into_inner(), line, &mut entries, &mut errors);
                }
            }
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                let why = error.message().replace('\n', " ");
                let zh = format!("不是有效的机构词典：{why}");
                errors.push(Error { line, reason: Message::new(why, zh) });
            }
        },
        DictionaryFormat::Csv => {
            let mut reader = csv::ReaderBuilder::new()
                .trim(csv::Trim::All)
                .flexible(true)
                .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let headers = reader.headers().cloned().unwrap_or_default();
            if !headers.iter().any(|header| header == "name") {
                return (Dictionary::default(), vec![Error { line: 1, reason: NO_NAME.into() }]);
            }
            for record in reader.records() {
                match record {
                    Ok(record) => {
                        let line = record.position().map_or(1, |position| position.line() as usize);
                        let field = |name: &str| {
                            let at = headers.iter().position(|header| header == name)?;
                            record.get(at).filter(|value| !value.is_empty()).map(str::to_owned)
                        };
                        let row = Row {
                            name: field("name").unwrap_or_default(),
                            aliases: Names::Text(field("aliases").unwrap_or_default()),
                            kind: field("kind"),
                            jurisdiction: Places::Text(field("jurisdiction").unwrap_or_default()),
                            note: field("note"),
                            url: field("url"),
                        };
                        collect(row, line, &mut entries, &mut errors);
                    }
                    Err(error) => errors.push(Error {
                        line: error.position().map_or(1, |position| position.line() as usize),
                        reason: NO_VALUES.into(),
                    }),
                }
            }
        }
    }
    (Dictionary::new(entries), errors)
}

fn collect(row: Row, line: usize, entries: &mut Vec<Entry>, errors: &mut Vec<Error>) {
    let name = row.name.trim().to_owned();
    if name.chars().count() < 2 {
        errors.push(Error { line, reason: SHORT_NAME.into() });
        return;
    }
    let kind = match row.kind.as_deref().map(|kind| (kind, OrgKind::from_name(kind))) {
        Some((kind, None)) => {
            let known = OrgKind::ALL.map(OrgKind::name).join(", ");
            let en = format!("no such kind: {kind} (one of {known})");
            errors.push(Error {
                line, reason: Message::new(en, format!("没有类别 {kind}（可用的有：{known}）"))
            });
            return;
        }
        Some((_, kind)) => kind,
        None => None,
    };
    let split = |text: &str, separators: &[char]| -> Vec<String> {
        text.split(separators).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    let aliases = match row.aliases {
        Names::List(list) => list,
        Names::Text(text) => split(&text, &['、', ';', '；', '|']),
    };
    let jurisdiction = match row.jurisdiction {
        Places::List(list) => list,
        Places::Text(text) => split(&text, &['/', '›', '>']),
    };
    let aliases = aliases.into_iter().filter(|alias| alias.chars().count() >= 2 && *alias != name).collect();
    entries.push(Entry { name, aliases, kind, jurisdiction, note: row.note, url: row.url });
}

fn line_of(text: &str, at: usize) -> usize {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_toml() {
        let text = "[[organisation]]\nname = \"青岛市黄岛区总工会\"\naliases = [\"黄岛工会\"]\nkind = \"union\"\njurisdiction = \"山东省/青岛市\"\n";
        let (dictionary, errors) = parse(text, DictionaryFormat::Toml);
        assert_eq!(errors, []);
        let entry = dictionary.find("黄岛工会").expect("found by its alias");
        assert_eq!(entry.kind, Some(OrgKind::Union));
        assert_eq!(entry.jurisdiction, ["山东省", "青岛市"]);
    }

    #[test]
    fn reads_csv_and_skips_what_is_wrong() {
        let text = "name,aliases,kind\n青岛市黄岛区总工会,黄岛工会;黄岛总工会,union\n某某公司,,firm\n,,\n";
        let (dictionary, errors) = parse(text, DictionaryFormat::Csv);
        assert_eq!(dictionary.entries().len(), 1);
        assert_eq!(dictionary.entries()[0].aliases, ["黄岛工会", "黄岛总工会"]);
        assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [3, 4]);
        assert!(errors[0].reason.en.starts_with("no such kind: firm"), "{}", errors[0].reason);
    }

    #[test]
    fn errors_of_toml_have_a_line() {
        let text =
            "[[organisation]]\nname = \"青岛市黄岛区总工会\"\n\n[[organisation]]\nname = \"某某局\"\nkind = \"x\"\n";
        assert_eq!(parse(text, DictionaryFormat::Toml).1[0].line, 4);
        assert_eq!(parse("a\n[[organisation]\n", DictionaryFormat::Toml).1.len(), 1);
        assert_eq!(parse("[[organisation]]\nnom = 1\n", DictionaryFormat::Toml).1[0].line, 2);
    }

    #[test]
    fn occurrences_are_the_longest() {
        let entry = |name: &str| Entry { name: name.to_owned(), ..Entry::default() };
        let dictionary = Dictionary::new(vec![entry("黄岛工会"), entry("黄岛工会学校")]);
        let text = "到黄岛工会学校参观黄岛工会。";
        assert_eq!(dictionary.occurrences(text).map(|at| &text[at]).collect::<Vec<_>>(), ["黄岛工会学校", "黄岛工会"]);
    }
}
