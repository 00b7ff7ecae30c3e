//! `organisations`: list the organisations that files name.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde::Serialize;

use super::report::Range;
use super::table::Table;
use super::{Global, Outcome, inputs, print};
use crate::article::{Memo, Page};
use crate::lang::Lang;
use crate::org::{self, OrgKind, organisations_with};
use crate::workspace::{self, FileError, Resolver, Selection};

/// What `organisations` understands.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Files and folders; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Format of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum, Debug)]
enum Format {
    /// A table
    #[default]
    Human,
    /// JSON
    Json,
    /// Comma-separated values, one organisation a row
    Csv,
}

/// The organisations of a file.
#[derive(Serialize)]
struct File {
    path: String,
    organisations: Vec<Organisation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Organisation {
    name: String,
    kind: OrgKind,
    aliases: Vec<String>,
    jurisdiction: Vec<String>,
    part_of: Option<String>,
    mentions: Vec<Mention>,
}

#[derive(Serialize)]
struct Mention {
    text: String,
    range: Range,
}

/// What is printed of one file.
#[derive(Serialize)]
struct One<'a> {
    version: u32,
    #[serde(flatten)]
    file: &'a File,
}

/// What is printed of several.
#[derive(Serialize)]
struct Many<'a> {
    version: u32,
    files: &'a [File],
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let resolver = Resolver::new(global.discovery(), Selection::default());
    let found = workspace::find(&arguments.paths, &resolver, false)?;
    let lang = global.lang_for(arguments.paths.first().map_or(Path::new("page.md"), PathBuf::as_path));
    for path in &found.files {
        // A dictionary that is wrong is wrong for every file: said once.
        resolver.settings(path)?.dictionary()?;
    }
    let results: Vec<Result<File, FileError>> = found.files.par_iter().map(|path| read(path, &resolver)).collect();
    let (mut files, mut errors) = (Vec::new(), found.errors);
    for result in results {
        match result {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    let is_one = matches!(arguments.paths.as_slice(), [path] if !path.is_dir());
    print(&match arguments.format {
        Format::Human => human(&files, lang),
        Format::Json => match files.as_slice() {
            [file] if is_one => serde_json::to_string_pretty(&One { version: 1, file })? + "\n",
            _ => serde_json::to_string_pretty(&Many { version: 1, files: &files })? + "\n",
        },
        Format::Csv => csv(&files)?,
    })?;
    super::print_errors(&errors, lang);
    Ok(if errors.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

fn read(path: &Path, resolver: &Resolver) -> Result<File, FileError> {
    let settings = resolver.settings(path);
    let dictionary =
        settings.and_then(|settings| settings.dictionary()).map_err(|error| FileError::new(path, error))?;
    let source = inputs::load(path)?;
    let page = Page::parse(source.text, workspace::format_of(path), &mut Memo::default());
    let organisations = organisations_with(&page, &dictionary, &mut org::Memo::default())
        .into_iter()
        .map(|organisation| Organisation {
            kind: organisation.kind,
            mentions: organisation
                .mentions
                .iter()
                .map(|mention| Mention {
                    text: page.text.slice(mention.span).to_owned(),
                    range: Range::new(&page.text, mention.span),
                })
                .collect(),
            name: organisation.name,
            aliases: organisation.aliases,
            jurisdiction: organisation.jurisdiction,
            part_of: organisation.part_of,
        })
        .collect();
    Ok(File { path: workspace::display(path), organisations })
}

fn human(files: &[File], lang: Lang) -> String {
    if files.iter().all(|file| file.organisations.is_empty()) {
        return String::new();
    }
    let header = match lang {
        Lang::En => ["place", "times", "kind", "name", "also"],
        Lang::Zh => ["位置", "次数", "类别", "名称", "又称"],
    };
    let kind = |kind: OrgKind| match lang {
        // As in a dictionary, and shorter.
        Lang::En => kind.name(),
        Lang::Zh => kind.label().zh,
    };
    let mut table = Table::new(&header);
    for file in files {
        for organisation in &file.organisations {
            let place = organisation.mentions.first().map_or_else(
                || file.path.clone(),
                |m| format!("{}:{}:{}", file.path, m.range.start.line, m.range.start.column),
            );
            table.push(vec![
                place,
                organisation.mentions.len().to_string(),
                kind(organisation.kind).to_owned(),
                organisation.name.clone(),
                organisation.aliases.join("、"),
            ]);
        }
    }
    table.render()
}

fn csv(files: &[File]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "path",
        "name",
        "kind",
        "aliases",
        "jurisdiction",
        "part_of",
        "mentions",
        "line",
        "column",
    ])?;
    for file in files {
        for organisation in &file.organisations {
            let place = organisation.mentions.first().map(|m| m.range.start);
            writer.write_record([
                file.path.as_str(),
                &organisation.name,
                organisation.kind.name(),
                &organisation.aliases.join("、"),
                &organisation.jurisdiction.join("、"),
                organisation.part_of.as_deref().unwrap_or_default(),
                &organisation.mentions.len().to_string(),
                &place.map(|p| p.line.to_string()).unwrap_or_default(),
                &place.map(|p| p.column.to_string()).unwrap_or_default(),
            ])?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
