//! `check`: report what is broken in files and folders.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use rayon::prelude::*;

use super::format::Format;
use super::report::{self, File, Report};
use super::{Global, Outcome, print, terminal};
use crate::article::Memo;
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::workspace::{self, FileError, Resolver, Selection, Source};

/// What `check` understands.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Files and folders; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Format of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// The name of standard input: says its kind and which settings it has
    #[arg(long, value_name = "NAME", default_value = "stdin.md")]
    stdin_filename: PathBuf,
    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
    /// Leave out what the configuration excludes even when it is named
    #[arg(long)]
    force_exclude: bool,
}

/// One text to check.
enum Input {
    File(PathBuf),
    Stdin(PathBuf, Vec<u8>),
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let resolver = Resolver::new(global.discovery(), Selection::default());
    let (inputs, errors) = inputs(arguments, &resolver)?;
    let root = inputs.first().map_or(Path::new("."), Input::path);
    let settings = resolver.settings(root)?;
    let lang = global.lang(settings.file.lang);
    let threshold = settings.file.fail_on.unwrap_or(Severity::Warning);

    let progress = progress(inputs.len());
    let results: Vec<Result<Option<File>, FileError>> =
        inputs.par_iter().map(|input| check(input, &resolver, lang)).inspect(|_| progress.inc(1)).collect();
    progress.finish_and_clear();

    let mut report = Report { files: Vec::new(), n_files: 0, errors, lang };
    for result in results {
        match result {
            Ok(file) => {
                report.n_files += 1;
                report.files.extend(file);
            }
            Err(error) => report.errors.push(error),
        }
    }
    print(&arguments.format.render(&report))?;
    super::print_errors(&report.errors);
    Ok(if !report.errors.is_empty() {
        Outcome::Failed
    } else if report.reaches(threshold) && !arguments.exit_zero {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

impl Input {
    fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Stdin(path, _) => path,
        }
    }

    fn load(&self) -> Result<Source, FileError> {
        match self {
            Self::File(path) => workspace::load(path),
            Self::Stdin(path, bytes) => {
                workspace::decode(bytes.clone()).map_err(|message| FileError::new(path, message))
            }
        }
    }
}

fn inputs(arguments: &Arguments, resolver: &Resolver) -> Result<(Vec<Input>, Vec<FileError>)> {
    let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
    let mut inputs = Vec::new();
    if arguments.paths.iter().any(|path| is_stdin(&path)) {
        if arguments.paths.len() > 1 {
            bail!("`-` cannot be combined with other paths");
        }
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        inputs.push(Input::Stdin(arguments.stdin_filename.clone(), bytes));
        return Ok((inputs, Vec::new()));
    }
    let found = workspace::find(&arguments.paths, resolver, arguments.force_exclude)?;
    inputs.extend(found.files.into_iter().map(Input::File));
    Ok((inputs, found.errors))
}

/// The file with its findings; none when it has none.
fn check(input: &Input, resolver: &Resolver, lang: Lang) -> Result<Option<File>, FileError> {
    let path = input.path();
    let source = input.load()?;
    let config = resolver.config(path).map_err(|error| FileError::new(path, error))?;
    let encoding = source.odd_encoding();
    let (page, found) =
        workspace::check(source.text, workspace::format_of(path), encoding, &config, &mut Memo::default());
    if found.is_empty() {
        return Ok(None);
    }
    let path = workspace::display(path);
    let diagnostics = report::diagnostics(&path, &page.text, &found, lang);
    Ok(Some(File { path, text: page.text, diagnostics }))
}

/// A run over fewer files is done before a bar could be read.
const LEAST_FILES_FOR_PROGRESS: usize = 500;

fn progress(n_files: usize) -> indicatif::ProgressBar {
    if n_files >= LEAST_FILES_FOR_PROGRESS && terminal::is_watched() {
        indicatif::ProgressBar::new(n_files as u64)
    } else {
        indicatif::ProgressBar::hidden()
    }
}
