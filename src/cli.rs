//! The command line: arguments in, exit code out. One file a command, one file a format of output.
//!
//! Exit codes are 0 when nothing is at or above the threshold, 1 when something is, 2 when an argument, the
//! configuration or a file was at fault, whatever the format.

mod across;
mod baseline;
mod cache;
mod check;
mod chinese;
mod completions;
mod config;
mod diff;
mod explain;
mod format;
mod inputs;
mod organisations;
mod outline;
mod report;
mod rules;
mod schema;
mod serve;
mod statistics;
mod table;
mod terminal;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Error, Result};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::lang::{Lang, Message, Phrase};
use crate::workspace::{self, ConfigError, Discovery, FileError, Resolver, Selection};

/// Finds what OCR and PDF extraction broke in Chinese newspaper articles, and repairs it
#[derive(Parser, Debug)]
#[command(name = "article-lsp", bin_name = "article-lsp", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Args, Debug)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,
    /// Language of messages [default: the configuration's, then the locale's]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    lang: Option<Lang>,
    /// Use this configuration file instead of the nearest article-lsp.toml
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(long, global = true)]
    no_config: bool,
}

impl Global {
    fn discovery(&self) -> Discovery {
        match &self.config {
            Some(file) => Discovery::File(file.clone()),
            None if self.no_config => Discovery::Defaults,
            None => Discovery::Upwards,
        }
    }

    /// The language: the option's, then `configured`, then the locale's.
    fn lang(&self, configured: Option<Lang>) -> Lang {
        self.lang.or(configured).unwrap_or_else(terminal::locale)
    }

    /// The language for the file `path`. A configuration that cannot be read has none.
    fn lang_for(&self, path: &Path) -> Lang {
        let settings = || Resolver::new(self.discovery(), Selection::default()).settings(path).ok();
        self.lang(self.lang.map_or_else(|| settings().and_then(|settings| settings.file.lang), |_| None))
    }

    /// The language in the working directory.
    fn lang_here(&self) -> Lang {
        self.lang_for(Path::new("page.md"))
    }
}

#[derive(Clone, Copy, Default, ValueEnum, Debug)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Report what is broken in files and folders
    Check(Box<check::Arguments>),
    /// Show the headings of a file
    Outline(outline::Arguments),
    /// List the organisations that files name
    Organisations(organisations::Arguments),
    /// Explain a rule
    Explain(explain::Arguments),
    /// List the rules
    Rules(rules::Arguments),
    /// Show the settings that hold, or the schema of the configuration file
    Config(config::Arguments),
    /// Print a script that completes commands and options in a shell
    Completions(completions::Arguments),
    /// Print the manual page
    Man,
    /// Run the language server on stdin and stdout
    Serve(serve::Arguments),
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// Something at or above the threshold.
    Findings,
    /// Something could not be done.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Runs the program with `arguments`, the name of the program first. `give_back` gives memory that is free back to the
/// system: the server asks for it when a document is closed.
pub fn run(arguments: impl IntoIterator<Item = OsString>, give_back: fn()) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            match asked_lang(&arguments).unwrap_or_else(terminal::locale) {
                // Printing fails only when nobody listens any more.
                Lang::En => drop(error.print()),
                Lang::Zh => chinese::print(&arguments),
            }
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    terminal::set_color(cli.global.color);
    let outcome = match &cli.command {
        Command::Check(arguments) => check::run(arguments, &cli.global),
        Command::Outline(arguments) => outline::run(arguments, &cli.global),
        Command::Organisations(arguments) => organisations::run(arguments, &cli.global),
        Command::Explain(arguments) => explain::run(arguments, &cli.global),
        Command::Rules(arguments) => rules::run(arguments, &cli.global),
        Command::Config(arguments) => config::run(arguments, &cli.global),
        Command::Completions(arguments) => completions::run(arguments, &cli.global),
        Command::Man => completions::man(&cli.global),
        Command::Serve(arguments) => return serve::run(arguments, &cli.global, give_back),
    };
    outcome.map_or_else(|error| failed(&error, &cli.global), ExitCode::from)
}

/// What `--lang` says among arguments that ask for help or cannot be parsed.
fn asked_lang(arguments: &[OsString]) -> Option<Lang> {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next().map(std::borrow::Cow::into_owned),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        let lang = value.and_then(|value| Lang::from_str(&value, false).ok());
        if lang.is_some() {
            return lang;
        }
    }
    None
}

/// The command line, to print of it in `lang`.
fn command(lang: Lang) -> clap::Command {
    match lang {
        Lang::En => Cli::command(),
        Lang::Zh => chinese::command(chinese::Purpose::Reference),
    }
}

fn failed(error: &Error, global: &Global) -> ExitCode {
    // Whoever closed the pipe (`| head`) has read enough.
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(closed) {
        return ExitCode::SUCCESS;
    }
    let lang = global.lang_here();
    let _ = writeln!(anstream::stderr(), "{}{}", terminal::error_label(lang), terminal::visible(&text_of(error, lang)));
    Outcome::Failed.into()
}

/// What `error` says in `lang`. Those of libraries and other programs have one language.
fn text_of(error: &Error, lang: Lang) -> String {
    if let Some(error) = error.downcast_ref::<FileError>() {
        error.get(lang)
    } else if let Some(error) = error.downcast_ref::<ConfigError>() {
        error.get(lang)
    } else if let Some(message) = error.downcast_ref::<Message>() {
        message.get(lang).to_owned()
    } else {
        format!("{error:#}")
    }
}

/// Writes `output` to standard output, without its colours where they are not wanted.
fn print(output: &str) -> Result<()> {
    // With the colours anstream leaves out control characters. Where there are none of either, as in most formats, a report
    // of megabytes need not be searched for them byte by byte.
    let is_control = |byte: u8| byte < b' ' && !byte.is_ascii_whitespace() || byte == 0x7f;
    if !output.bytes().fold(false, |any, byte| any | is_control(byte)) {
        return print_bytes(output.as_bytes());
    }
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(output.as_bytes()).and_then(|()| stdout.flush()).map_err(output_error)
}

/// Writes a text of the user to standard output as it is.
fn print_bytes(bytes: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(output_error)
}

const STANDARD_OUTPUT: Phrase = Phrase { en: "standard output", zh: "标准输出" };

/// Names standard output as the place of `error`, unless nobody listens there any more.
fn output_error(error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return error.into();
    }
    let (why, Phrase { en, zh }) = (workspace::plain(&error), STANDARD_OUTPUT);
    Message::new(format!("{en}: {}", why.en), format!("{zh}：{}", why.zh)).into()
}

/// Names on standard error what could not be done.
fn print_errors(errors: &[FileError], lang: Lang) {
    for error in errors {
        let _ = writeln!(anstream::stderr(), "{}{}", terminal::error_label(lang), terminal::visible(&error.get(lang)));
    }
}
