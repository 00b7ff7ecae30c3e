//! The formats in which findings are printed: one file each.

mod checkstyle;
mod concise;
mod github;
mod gitlab;
mod grouped;
mod human;
mod json;
mod json_lines;
mod junit;
mod rdjson;
mod sarif;

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

use super::report::Report;
use crate::lang::Message;

/// A format.
#[derive(Clone, Copy, PartialEq, Eq, Default, ValueEnum, Debug)]
pub(super) enum Format {
    /// For people: every finding with the text around it
    #[default]
    #[value(alias = "full")]
    Human,
    /// For people: one line a finding
    Concise,
    /// For people: one line a finding, under the name of its file
    Grouped,
    /// One JSON document
    Json,
    /// One JSON object a line a finding
    JsonLines,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// SARIF 2.1.0
    Sarif,
    /// `JUnit` XML
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// JSON of reviewdog
    Rdjson,
}

impl Format {
    /// The names of all, as they are given on the command line.
    pub fn names() -> Vec<String> {
        let values = Self::value_variants().iter().filter_map(Self::to_possible_value);
        values.map(|value| value.get_name().to_owned()).collect()
    }

    /// Whether it needs the text around a finding: to show it, or to count its bytes.
    pub fn needs_text(self) -> bool {
        matches!(self, Self::Human | Self::Rdjson)
    }

    /// The report in this format, colours included where it has any.
    pub fn render(self, report: &Report) -> String {
        match self {
            Self::Human => human::render(report),
            Self::Concise => concise::render(report),
            Self::Grouped => grouped::render(report),
            Self::Json => json::render(report),
            Self::JsonLines => json_lines::render(report),
            Self::Github => github::render(report),
            Self::Gitlab => gitlab::render(report),
            Self::Sarif => sarif::render(report),
            Self::Junit => junit::render(report),
            Self::Checkstyle => checkstyle::render(report),
            Self::Rdjson => rdjson::render(report),
        }
    }
}

/// A format, and the file that it goes to instead of standard output: `sarif=findings.sarif`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Output {
    pub format: Format,
    pub file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = Message;

    fn from_str(value: &str) -> Result<Self, Message> {
        let (name, file) =
            value.split_once('=').map_or((value, None), |(name, file)| (name, Some(PathBuf::from(file))));
        if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) {
            return Err(Message::new(format!("`{value}` names no file"), format!("{value} 没有指明文件")));
        }
        let format = Format::from_str(name, false).map_err(|_| {
            let known = Format::names();
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            match crate::config::nearest(name, &names) {
                Some(right) => Message::new(
                    format!("there is no format `{name}`, did you mean `{right}`?"),
                    format!("没有格式 {name}，是否指 {right}？"),
                ),
                None => Message::new(
                    format!("there is no format `{name}`; there are {}", names.join(", ")),
                    format!("没有格式 {name}，可用的有：{}", names.join("、")),
                ),
            }
        })?;
        Ok(Self { format, file })
    }
}
