//! `check`: report what is broken in files and folders, and repair it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Result, bail};
use clap::Args;
use rayon::prelude::*;

use super::across::{self, Index};
use super::baseline::Baseline;
use super::cache::Cache;
use super::format::{Format, Output};
use super::inputs::{self, Input};
use super::report::{self, File, Report};
use super::statistics::{Profile, statistics};
use super::{Global, Outcome, diff, print, print_bytes, terminal};
use crate::article::{Memo, Page};
use crate::config::FailOn;
use crate::lang::{Lang, Message, Phrase};
use crate::rules::{self, Context};
use crate::text::Text;
use crate::workspace::{self, FileError, Resolver, Selection};

/// What `check` understands.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: inputs::InputArguments,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    rules: RuleArguments,
    #[command(flatten)]
    fixes: FixArguments,
    #[command(flatten)]
    exit: ExitArguments,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
struct OutputArguments {
    #[arg(long, value_name = "FORMAT", help = format!("Format of the output; FORMAT=FILE writes to a file; several may be given [{}]", Format::names().join(", ")))]
    format: Vec<Output>,
    /// Write the output to this file
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    /// Count findings by rule instead of listing them, as a table or as JSON
    #[arg(long)]
    statistics: bool,
    /// Say on standard error how much time each rule takes
    #[arg(long)]
    profile: bool,
    /// Keep what is found in this folder, and analyse only what changed
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Rules")]
struct RuleArguments {
    /// Run only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Run these rules although the configuration turns them off
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    extend_select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Report paragraphs that stand in a file of this folder, too
    ///
    /// Needs at most 160 bytes of memory for each paragraph in the folder.
    #[arg(long, value_name = "DIR")]
    across_files: Vec<PathBuf>,
    /// Leave out the findings that this file records
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Record what is found in the file that --baseline names
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Fixes")]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
struct FixArguments {
    /// Apply safe fixes, then report what is left
    #[arg(long)]
    fix: bool,
    /// Apply fixes that a person should look at, too; with --fix, --fix-only or --diff
    #[arg(long)]
    unsafe_fixes: bool,
    /// Apply fixes and report nothing
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    fix_only: bool,
    /// Show what fixes would change, as a diff; nothing is written
    #[arg(long, conflicts_with_all = ["fix", "statistics", "output_file", "write_baseline"])]
    diff: bool,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Exit code")]
struct ExitArguments {
    /// The least severity that makes the exit code 1 [default: the configuration's, then `warning`]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Exit with 0 whatever is found; the same as `--fail-on never`
    #[arg(long, conflicts_with = "fail_on")]
    exit_zero: bool,
    /// Exit with 1 only when more findings than this reach the severity
    #[arg(long, value_name = "N", default_value_t = 0)]
    max_findings: usize,
}

impl FixArguments {
    /// Whether repaired texts are written.
    const fn writes(&self) -> bool {
        self.fix || self.fix_only
    }

    /// Whether texts are repaired, be it to show the difference.
    const fn repairs(&self) -> bool {
        self.writes() || self.diff
    }
}

impl OutputArguments {
    /// The format and the file of each output; standard output where there is none.
    fn outputs(&self) -> Vec<(Format, Option<&Path>)> {
        let elsewhere = self.output_file.as_deref();
        if self.format.is_empty() {
            return vec![(Format::Human, elsewhere)];
        }
        self.format.iter().map(|output| (output.format, output.file.as_deref().or(elsewhere))).collect()
    }

    /// A place to which more than one output would go.
    fn shared_place(&self) -> Option<Message> {
        let outputs = self.outputs();
        let shared = (1..outputs.len()).find(|&n| outputs[..n].iter().any(|(_, file)| *file == outputs[n].1))?;
        let file = outputs[shared].1.map(workspace::display);
        Some(file.map_or_else(|| super::STANDARD_OUTPUT.into(), |file| Message::new(file.clone(), format!(" {file}"))))
    }
}

/// What the work on one file needs to know.
struct Job<'a> {
    resolver: &'a Resolver,
    lang: Lang,
    fixes: &'a FixArguments,
    index: Option<Index>,
    cache: Option<Cache>,
    /// Whether the texts of the files are needed in the end.
    keeps_texts: bool,
}

/// What came of one file.
#[derive(Default)]
struct Done {
    /// The file with its findings; none when it has none.
    file: Option<File>,
    n_fixes: usize,
    /// The difference that fixes make, with --diff.
    diff: Vec<u8>,
    /// The repaired text of standard input.
    output: Option<Vec<u8>>,
}

const NEEDS_FOLDER: Phrase = Phrase {
    en: "duplicate-across-files needs --across-files, which says where the other files are",
    zh: "duplicate-across-files 需要用 --across-files 指明其他文件所在的文件夹",
};
const NEEDS_FIX: Phrase = Phrase {
    en: "--unsafe-fixes needs --fix, --fix-only or --diff",
    zh: "--unsafe-fixes 须与 --fix、--fix-only 或 --diff 同用",
};
const INTERRUPTION: Phrase = Phrase { en: "interrupted", zh: "已中断" };

/// Set when the user asked to stop: the file in hand is finished, no other is begun.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let selection = Selection {
        only: arguments.rules.select.clone(),
        also: arguments.rules.extend_select.clone(),
        except: arguments.rules.ignore.clone(),
        behind_keystrokes: false,
    };
    refuse(arguments, &selection)?;
    let fixes = &arguments.fixes;
    if fixes.writes() {
        // Files are replaced whole, so an interrupted run damages none; this leaves no temporary file either.
        ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed)).map_err(|error| {
            Message::new(format!("signals cannot be caught: {error}"), format!("无法接收信号：{error}"))
        })?;
    }
    let ran = selection.clone();
    let resolver = Resolver::new(global.discovery(), selection);
    let (mut inputs, mut errors) = inputs::find(&arguments.inputs, &resolver)?;
    if fixes.writes() {
        // A file that goes by two names, through a symbolic link, is repaired under the first.
        let mut seen = HashSet::new();
        inputs.retain(|input| fs::canonicalize(input.path()).map_or(true, |path| seen.insert(path)));
    }
    // A report is in one language, that of the first file.
    let settings = resolver.settings(inputs.first().map_or(Path::new("x.md"), Input::path))?;
    let lang = global.lang(settings.file.lang);
    let mut baseline = baseline(&arguments.rules, ran)?;
    let index = index(&arguments.rules.across_files, &resolver, &inputs, &mut errors)?;
    let cache = arguments.output.cache.as_deref().map(Cache::new);
    let keeps_texts = arguments.output.outputs().iter().any(|(format, _)| format.needs_text());
    let job = Job { resolver: &resolver, lang, fixes, index, cache, keeps_texts };
    let progress = progress(inputs.len());
    let results: Vec<Result<Done, FileError>> =
        inputs.par_iter().map(|input| job.run(input)).inspect(|_| progress.inc(1)).collect();
    progress.finish_and_clear();

    let empty = Report { files: Vec::new(), n_files: 0, n_fixes: 0, errors, lang };
    let Collected { report, differences, repaired } = collect(empty, &inputs, results, baseline.as_mut());
    if INTERRUPTED.load(Ordering::Relaxed) {
        bail!(Message::from(INTERRUPTION));
    }
    if let Some(baseline) = baseline.as_mut().filter(|_| !fixes.diff) {
        finish_baseline(baseline, arguments.rules.write_baseline, lang)?;
    }
    if arguments.output.profile {
        anstream::eprint!("{}", profile(&inputs, &resolver)?.render(lang));
    }
    emit(arguments, &report, &differences, repaired.as_deref())?;
    super::print_errors(&report.errors, lang);
    let outcome = outcome(arguments, &report, !differences.is_empty());
    // The process ends here: to give the memory of ten thousand findings back piece by piece takes longer than to find files.
    std::mem::forget(report);
    Ok(outcome)
}

/// Refuses arguments of which each is right, and that do not go together.
fn refuse(arguments: &Arguments, selection: &Selection) -> Result<()> {
    if let Some(message) = selection.unknown() {
        bail!(message);
    }
    let mut asked = selection.only.iter().chain(&selection.also);
    if arguments.rules.across_files.is_empty() && asked.any(|rule| rule == across::RULE) {
        bail!(Message::from(NEEDS_FOLDER));
    }
    let fixes = &arguments.fixes;
    if fixes.unsafe_fixes && !fixes.repairs() {
        bail!(Message::from(NEEDS_FIX));
    }
    if let Some(place) = arguments.output.shared_place() {
        bail!(Message::new(
            format!(
                "two formats go to {}; give each but one a file of its own, as in --format sarif=found.sarif",
                place.en
            ),
            format!("两种格式都输出到{}；请为其中之一另指定文件，如 --format sarif=found.sarif", place.zh),
        ));
    }
    Ok(())
}

/// The baseline that is asked for; of it only the findings of rules that run can be out of date.
fn baseline(arguments: &RuleArguments, selection: Selection) -> Result<Option<Baseline>> {
    let Some(path) = &arguments.baseline else { return Ok(None) };
    let looks_elsewhere = !arguments.across_files.is_empty();
    let is_run = move |rule: &str| selection.runs(rule) && (rule != across::RULE || looks_elsewhere);
    Baseline::open(path, arguments.write_baseline, &is_run).map(Some)
}

/// The index of the files of `folders`, if any; what cannot be read is added to `errors`.
fn index(
    folders: &[PathBuf],
    resolver: &Resolver,
    inputs: &[Input],
    errors: &mut Vec<FileError>,
) -> Result<Option<Index>> {
    if folders.is_empty() {
        return Ok(None);
    }
    let found = workspace::find(folders, resolver, false)?;
    let (index, unread) = Index::new(found.files);
    // What is checked as well is named once.
    let is_checked = |error: &FileError| inputs.iter().any(|i| workspace::display(i.path()) == error.path);
    errors.extend(found.errors.into_iter().chain(unread).filter(|error| !is_checked(error)));
    Ok(Some(index))
}

/// What came of all files.
struct Collected {
    report: Report,
    /// The differences that fixes make, with --diff.
    differences: Vec<u8>,
    /// The repaired text of standard input.
    repaired: Option<Vec<u8>>,
}

/// Adds `results` to `report`, one for each of `inputs`, without what the baseline records.
fn collect(
    mut report: Report,
    inputs: &[Input],
    results: Vec<Result<Done, FileError>>,
    mut baseline: Option<&mut Baseline>,
) -> Collected {
    let (mut differences, mut repaired) = (Vec::new(), None);
    for (input, result) in inputs.iter().zip(results) {
        match result {
            Ok(done) => {
                report.n_files += 1;
                report.n_fixes += done.n_fixes;
                differences.extend(done.diff);
                repaired = repaired.or(done.output);
                let mut file = done.file;
                if let Some(baseline) = &mut baseline {
                    let mut none = Vec::new();
                    baseline.filter(input.path(), file.as_mut().map_or(&mut none, |file| &mut file.diagnostics));
                }
                report.files.extend(file.filter(|file| !file.diagnostics.is_empty()));
            }
            Err(error) => report.errors.push(error),
        }
    }
    Collected { report, differences, repaired }
}

fn outcome(arguments: &Arguments, report: &Report, differs: bool) -> Outcome {
    if !report.errors.is_empty() {
        return Outcome::Failed;
    }
    if arguments.exit.exit_zero || arguments.fixes.fix_only || arguments.rules.write_baseline {
        return Outcome::Clean;
    }
    if arguments.fixes.diff {
        return if differs { Outcome::Findings } else { Outcome::Clean };
    }
    let n_bad = |file: &File| {
        let threshold = arguments.exit.fail_on.or(file.fail_on).unwrap_or_default().severity();
        file.diagnostics.iter().filter(|d| threshold.is_some_and(|least| d.severity >= least)).count()
    };
    let bad: usize = report.files.iter().map(n_bad).sum();
    if bad > arguments.exit.max_findings { Outcome::Findings } else { Outcome::Clean }
}

/// Prints what was asked for: the repaired text of standard input, a diff, or the report in every format.
fn emit(arguments: &Arguments, report: &Report, differences: &[u8], repaired: Option<&[u8]>) -> Result<()> {
    if arguments.fixes.diff {
        return match std::str::from_utf8(differences) {
            Ok(text) if terminal::is_for_people() => print(&diff::colored(text)),
            _ => print_bytes(differences),
        };
    }
    if let Some(bytes) = repaired {
        print_bytes(bytes)?;
    }
    if arguments.fixes.fix_only {
        return Ok(());
    }
    for (format, file) in arguments.output.outputs() {
        let rendered = if arguments.output.statistics { statistics(report, format)? } else { format.render(report) };
        match file {
            Some(path) => {
                let plain = anstream::adapter::strip_str(&rendered).to_string();
                fs::write(path, plain).map_err(|error| FileError::new(path, workspace::plain(&error)))?;
            }
            // Standard output holds the repaired text.
            None if repaired.is_some() => anstream::eprint!("{rendered}"),
            None => print(&rendered)?,
        }
    }
    Ok(())
}

impl Job<'_> {
    fn run(&self, input: &Input) -> Result<Done, FileError> {
        if INTERRUPTED.load(Ordering::Relaxed) {
            return Ok(Done::default());
        }
        let path = input.path();
        let format = workspace::format_of(path);
        let source = input.load()?;
        let settings = self.resolver.settings(path).map_err(|error| FileError::new(path, error))?;
        let config = settings.config(path);
        // Of thousands of files, the texts are most of the memory.
        let file = |path, text, diagnostics: Vec<report::Diagnostic>| {
            let text = if self.keeps_texts { text } else { Text::default() };
            (!diagnostics.is_empty()).then_some(File { path, text, fail_on: settings.file.fail_on, diagnostics })
        };
        let shown = workspace::display(path);
        let mut done = Done::default();
        let mut fixed = None;
        if self.fixes.repairs() {
            let text = source.text.clone();
            let workspace::Fixed { text, n_fixes } =
                workspace::fix(text, format, Some(source.encoding()), &config, self.fixes.unsafe_fixes);
            if self.fixes.diff {
                done.diff = diff::of_file(&shown, &source, [&source.text, &text], terminal::is_for_people());
                return Ok(done);
            }
            match input {
                Input::File(path) => {
                    workspace::write(path, &source, &text)?;
                }
                Input::Stdin(name, _) => {
                    let lossy = || FileError::new(name, workspace::LOSSY);
                    done.output = Some(source.encode(&text).ok_or_else(lossy)?);
                }
            }
            done.n_fixes = n_fixes;
            fixed = Some(text).filter(|text| *text != source.text);
        }
        // What other files hold is in no key, so it is not kept.
        let cache = self.cache.as_ref().filter(|_| self.index.is_none() && fixed.is_none());
        let cached = cache.map(|cache| (cache, cache.key(&shown, &source, &config, self.lang)));
        let encoding = Some(source.encoding());
        let text = fixed.unwrap_or(source.text);
        if let Some(diagnostics) = cached.as_ref().and_then(|(cache, key)| cache.get(key)) {
            done.file = file(shown, Text::new(text), diagnostics);
            return Ok(done);
        }
        let page = Page::parse(text, format, &mut Memo::default());
        let found = self.index.as_ref().map(|index| index.find(path, &page));
        let elsewhere = found.iter().flatten().map(|located| located.reprint.clone()).collect::<Vec<_>>();
        let context =
            Context { page: &page, config: &config, encoding, elsewhere: found.as_ref().map(|_| elsewhere.as_slice()) };
        let mut diagnostics = report::diagnostics(&shown, &page.text, &rules::check(&context), self.lang);
        across::relate(&mut diagnostics, found.as_deref().unwrap_or_default(), &page, self.lang);
        if let Some((cache, key)) = &cached {
            cache.put(key, &diagnostics);
        }
        done.file = file(shown, Arc::unwrap_or_clone(page.text), diagnostics);
        Ok(done)
    }
}

fn finish_baseline(baseline: &mut Baseline, write: bool, lang: Lang) -> Result<()> {
    let stale = baseline.stale();
    if write {
        return baseline.write();
    }
    if stale > 0 {
        match lang {
            Lang::En if stale == 1 => anstream::eprintln!(
                "note: 1 recorded finding is no more; --write-baseline takes it out of the baseline"
            ),
            Lang::En => anstream::eprintln!(
                "note: {stale} recorded findings are no more; --write-baseline takes them out of the baseline"
            ),
            Lang::Zh => anstream::eprintln!("提示：基线中有 {stale} 个问题已不存在，可用 --write-baseline 更新"),
        }
    }
    Ok(())
}

fn profile(inputs: &[Input], resolver: &Resolver) -> Result<Profile> {
    let mut profile = Profile::new();
    for input in inputs {
        if let Ok(source) = input.load() {
            profile.add(input.path(), &source.text, &*resolver.config(input.path())?, source.encoding());
        }
    }
    Ok(profile)
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
