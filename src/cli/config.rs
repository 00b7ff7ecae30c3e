//! `config`: the settings that hold, and where they come from. `config schema`: what the file may say.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand};
use unicode_width::UnicodeWidthStr;

use super::schema::schema;
use super::terminal::{DIM, paint, visible};
use super::{Global, Outcome, print};
use crate::config::{File, Setting};
use crate::lang::{Lang, Phrase};
use crate::rules::RULES;
use crate::workspace::{Resolver, Selection, Settings, display};

/// What `config` understands.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Say where each setting comes from
    #[arg(long)]
    show_origin: bool,
    /// The settings of this file [default: those of the working directory]
    #[arg(long = "for", value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Print the JSON schema of article-lsp.toml
    Schema,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let output = match arguments.command {
        Some(Command::Schema) => serde_json::to_string_pretty(&schema(global.lang_here()))? + "\n",
        None => {
            let resolver = Resolver::new(global.discovery(), Selection::default());
            let path = arguments.file.as_deref().unwrap_or(Path::new("page.md"));
            let settings = resolver.settings(path)?;
            show(path, &settings, arguments.show_origin, global.lang(settings.file.lang))
        }
    };
    print(&output)?;
    Ok(Outcome::Clean)
}

const LOCALE: Phrase = Phrase { en: "# lang: the locale's", zh: "# lang：随系统区域设置" };
const DEFAULT: Phrase = Phrase { en: "default", zh: "默认" };

/// Every setting of `path` as a line of TOML, its origin behind it.
fn show(path: &Path, settings: &Settings, with_origin: bool, language: Lang) -> String {
    let File { lang, include, exclude, organisations, fail_on, least_confidence, rules, overrides } = &settings.file;
    let file = settings.path.as_deref().map_or_else(String::new, display);
    let config = settings.config(path);
    let default_include = ["*.md", "*.markdown", "*.txt"].map(str::to_owned).to_vec();
    let mut lines: Vec<(String, bool)> = vec![
        (lang.map_or_else(|| LOCALE.get(language).to_owned(), |l| format!("lang = \"{l}\"")), lang.is_some()),
        (format!("include = {:?}", include.as_ref().unwrap_or(&default_include)), include.is_some()),
        (format!("exclude = {exclude:?}"), !exclude.is_empty()),
        (format!("organisations = {organisations:?}"), !organisations.is_empty()),
        (format!("fail-on = \"{}\"", fail_on.unwrap_or_default().name()), fail_on.is_some()),
        (format!("least-confidence = {}", least_confidence.unwrap_or(0)), least_confidence.is_some()),
        (String::new(), false),
        ("[rules]".to_owned(), false),
    ];
    for rule in RULES {
        let level = config.rules.get(rule.name);
        let name = match level {
            None => rule.severity.name(),
            Some(level) => level.severity().map_or("off", |severity| severity.name()),
        };
        let is_named = |rules: &std::collections::BTreeMap<String, Setting>| rules.contains_key(rule.name);
        let is_set = is_named(rules) || level.is_some() && overrides.iter().any(|o| is_named(&o.rules));
        lines.push((format!("{} = \"{name}\"", rule.name), is_set));
    }
    let width = lines.iter().map(|(line, _)| line.width()).max().unwrap_or(0);
    let mut output = String::new();
    for (line, is_set) in &lines {
        let is_setting = line.contains(" = ") || line.starts_with('#');
        if with_origin && is_setting {
            let origin = if *is_set { &file } else { DEFAULT.get(language) };
            let origin = paint(DIM, &visible(&format!("# {origin}")));
            let padding = " ".repeat(width - line.width());
            output += &format!("{line}{padding}  {origin}\n");
        } else {
            output += line;
            output.push('\n');
        }
    }
    output
}
