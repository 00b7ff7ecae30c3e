//! Makes the seam model and measures it.
//!
//! ```text
//! cargo run --release --example train-seams -- --pages DIR --texts FILE --dictionary FILE [--write] [--nested]
//! cargo run --release --example train-seams -- --pages DIR --headings [--write]
//! cargo run --release --example train-seams -- --explain PAGE
//! ```
//! `--pages`: pages with known seams, `NNN.md` beside `NNN.gold.json`. `--texts`: one JSON object a line with a `text`
//! (a paragraph or a title), for the character and the edge model, which read the articles of `articles`, too.
//! `--dictionary`: lines of word, frequency, tag (jieba's `dict.txt`). Prints, fitted on four fifths and measured on the
//! fifth, five times: the scores by kind, false alarms on clean pages, and how far the confidence can be trusted.
//! `--write` fits on everything and writes the files under `src/seam`: the same arguments give the same files.
//! `--headings` does the same for `src/article/heading.tsv`. `--shipped` only measures the model that ships on the pages,
//! `--explain` prints what it thinks of one page, `--show` what is wrong and why.

mod articles;
mod data;
mod edges;
mod headings;
mod measure;
mod openings;
mod pages;
mod random;
mod regression;

use std::collections::HashSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use article_lsp::block::diff::Diff;
use article_lsp::block::{self, Block, Format};
use article_lsp::seam::edge::Edges;
use article_lsp::seam::feature::{Evidence, Feature, N_CELLS};
use article_lsp::seam::language::Language;
use article_lsp::seam::lexicon::Lexicon;
use article_lsp::seam::rivals::{Rivals, rivals};
use article_lsp::seam::survey::Survey;
use article_lsp::seam::weights::{Judgement, Weights};
use article_lsp::seam::{Memo, Model, SeamKind, decide, least_confidence};
use article_lsp::shape::{self, Shape};
use article_lsp::text::Text;
use articles::Sheet;
use clap::Parser;
use measure::Scores;
use pages::{N_FOLDS, Page};
use random::Random;
use rayon::prelude::*;
use regression::Row;

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Parser)]
struct Arguments {
    /// Pages with known seams.
    #[arg(long)]
    pages: Option<PathBuf>,
    /// Texts for the character model.
    #[arg(long)]
    texts: Option<PathBuf>,
    /// The dictionary.
    #[arg(long)]
    dictionary: Option<PathBuf>,
    /// Pages made of each page; a quarter as many are made of each sheet of articles.
    #[arg(long, default_value_t = 16)]
    generated: usize,
    /// Write the model.
    #[arg(long)]
    write: bool,
    /// Fit the second stage of each fifth anew from the other four; slower, and the honest figure.
    #[arg(long)]
    nested: bool,
    /// Measure the model that ships.
    #[arg(long)]
    shipped: bool,
    /// Fit and measure the weights of headings, not those of seams.
    #[arg(long)]
    headings: bool,
    /// Print what is wrong.
    #[arg(long)]
    show: bool,
    /// Print what the model that ships thinks of the open ends of this file, and why.
    #[arg(long)]
    explain: Option<PathBuf>,
}

/// A page as the fit needs it.
struct Prepared {
    page: Page,
    text: Text,
    blocks: Vec<Block>,
    shapes: Vec<Shape>,
}

impl Prepared {
    fn new(page: Page) -> Self {
        let text = Text::new(page.source.as_str());
        let blocks = block::blocks(&text, page.format);
        let shapes = blocks.iter().map(|block| shape::shape(text.slice(block.content))).collect();
        Self { page, text, blocks, shapes }
    }

    /// Line of a block, 1-based.
    fn line(&self, block: usize) -> usize {
        self.blocks[block].lines.end
    }

    fn first_line(&self, block: usize) -> usize {
        self.blocks[block].lines.start + 1
    }
}

/// Words of the present day.
const PRESENT_DAY: &str = include_str!("present-day.txt");
/// The articles of the program's own making.
const ARTICLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/train-seams/articles");

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(path) = arguments.explain {
        explain(&std::fs::read_to_string(path)?);
        return Ok(());
    }
    let read = pages::read(&arguments.pages.context("--pages is missing")?)?;
    if arguments.headings {
        let pages: Vec<Page> = read.into_iter().map(|(page, _)| page).collect();
        let table = headings::fit(&pages)?;
        if arguments.write {
            std::fs::write("src/article/heading.tsv", table)?;
        }
        return Ok(());
    }
    if arguments.shipped {
        let mut scores = Scores::default();
        for (page, _) in read {
            let prepared = Prepared::new(page);
            let seams = article_lsp::seam::seams(
                &prepared.text,
                &prepared.blocks,
                &prepared.shapes,
                &Diff::whole(prepared.blocks.len()),
                &mut Memo::default(),
            );
            scores.add(&prepared, &seams);
        }
        scores.print(arguments.show);
        return Ok(());
    }
    let dictionary = std::fs::read_to_string(arguments.dictionary.context("--dictionary is missing")?)?;
    let words: Vec<&str> =
        PRESENT_DAY.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect();
    let texts = read_texts(&std::fs::read_to_string(arguments.texts.context("--texts is missing")?)?)?;
    let sheets = articles::read(Path::new(ARTICLES))?;
    let all: Vec<&str> = texts.iter().chain(sheets.iter().flat_map(|sheet| &sheet.lines)).map(String::as_str).collect();
    let lexicon_data = data::lexicon(&dictionary, &words);
    let lexicon = Lexicon::new(&lexicon_data);
    let data = model_data(&texts, &sheets, &words, &lexicon, &read);
    eprintln!("{} texts, {} words, lexicon of {} bytes", texts.len(), words.len(), lexicon_data.len());

    let mut prepared = Vec::new();
    let mut by_fold: Vec<Vec<String>> = vec![Vec::new(); N_FOLDS];
    for (page, whole) in &read {
        by_fold[page.fold].extend(pages::sentences(whole));
    }
    let n_of_given = read.len() * arguments.generated;
    let given = read.iter().map(|(page, whole)| (&page.name, whole, page.fold, arguments.generated));
    let of_sheet = arguments.generated / SHEETS;
    let new = sheets.iter().map(|sheet| (&sheet.name, &sheet.lines, sheet.fold, of_sheet));
    for (n, (name, whole, fold, n_versions)) in given.chain(new).enumerate() {
        for version in 0..n_versions {
            let mut random = Random::new((n * 100 + version) as u64);
            let (source, splits) = pages::generate(whole, &by_fold[fold], &lexicon, &mut random);
            let is_clean = splits.is_empty();
            let name = format!("{name}-{version}");
            let strangeness = usize::from(version % 3 == 2);
            let format = Format::Markdown;
            prepared.push(Prepared::new(Page { name, source, format, splits, is_clean, fold, strangeness }));
        }
    }
    let n_generated = prepared.len();
    prepared.extend(read.into_iter().map(|(page, _)| Prepared::new(page)));
    let models: Vec<Vec<Model>> =
        data.iter().map(|of_fold| of_fold.iter().map(|data| data.model(lexicon)).collect()).collect();
    let fit = Fit::new(&prepared, &models, [n_of_given, n_generated]);
    fit.measure(arguments.nested, arguments.show);
    if arguments.write {
        let weights = fit.fit(&(0..N_FOLDS).collect::<Vec<_>>());
        std::fs::write("src/seam/weights.tsv", weights.table())?;
        std::fs::write("src/seam/lexicon.bin", &lexicon_data)?;
        let data = data::language(&all, &words);
        std::fs::write("src/seam/edges.bin", edges::fit(&lexicon, &all))?;
        eprintln!("character model of {} bytes", data.len());
        std::fs::write("src/seam/language.bin", data)?;
    }
    Ok(())
}

/// Prints the judgements of the model that ships on each block of `source` that may be half of a sentence.
fn explain(source: &str) {
    let page = Page {
        name: String::new(),
        source: source.to_owned(),
        format: Format::Markdown,
        splits: Vec::new(),
        is_clean: false,
        fold: 0,
        strangeness: 0,
    };
    let (prepared, model, memo) = (Prepared::new(page), Model::shipped(), &mut Memo::default());
    let survey = Survey::new(model, &prepared.text, &prepared.blocks, &prepared.shapes, memo);
    let found = rivals(&survey, &model.weights, memo);
    let say = |judgement: Judgement, evidence: &Evidence| {
        let logit = model.weights.logit(judgement, evidence);
        println!("  {} {logit:+.1}:{}", judgement.name(), reasons(&model.weights, judgement, evidence));
    };
    for (n, tail) in survey.tails.iter().enumerate() {
        println!("line {} stops", prepared.line(tail.block));
        say(Judgement::Open, &survey.left_open(n, memo));
        found.truncated[n].iter().for_each(|evidence| say(Judgement::Truncated, evidence));
        for pair in found.pairs.iter().filter(|pair| pair.tail == n) {
            let judgement = if pair.is_adjacent { Judgement::Adjacent } else { Judgement::Displaced };
            if pair.is_adjacent || model.weights.logit(judgement, &pair.evidence) > -3.0 {
                println!(" goes on in line {}", prepared.first_line(survey.heads[pair.head].block));
                say(Judgement::Pair, &survey.pair(n, pair.head, memo).evidence);
                say(judgement, &pair.evidence);
            }
        }
    }
    for (n, head) in survey.heads.iter().enumerate() {
        if let Some(evidence) = &found.orphans[n] {
            println!("line {} starts", prepared.first_line(head.block));
            say(Judgement::Started, &survey.started(n, memo));
            say(Judgement::Orphan, evidence);
        }
    }
}

fn read_texts(lines: &str) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for line in lines.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        texts.extend(value["text"].as_str().map(str::to_owned));
    }
    Ok(texts)
}

/// What a model rests on.
struct Data {
    language: Vec<u8>,
    edges: Vec<u8>,
}

impl Data {
    fn model<'a>(&'a self, lexicon: Lexicon<'a>) -> Model<'a> {
        Model {
            language: Language::new(&self.language),
            lexicon,
            edges: Edges::new(&self.edges),
            weights: Weights::default(),
        }
    }
}

/// Of each fifth the character models and the edge models that do not know its text: of all other texts, and of few, as a
/// page of another newspaper meets them.
fn model_data(
    texts: &[String],
    sheets: &[Sheet],
    words: &[&str],
    lexicon: &Lexicon,
    read: &[(Page, Vec<String>)],
) -> Vec<[Data; 2]> {
    const WINDOW: usize = 8;
    let windows = |text: &str| {
        let chars: Vec<char> = article_lsp::seam::facts::normalised(text).collect();
        let hash = |chars: &[char]| article_lsp::seam::table::hash(3, chars.iter().copied());
        if chars.len() < WINDOW { vec![hash(&chars)] } else { chars.windows(WINDOW).map(hash).collect::<Vec<u64>>() }
    };
    let mut of_folds: Vec<HashSet<u64>> = vec![HashSet::new(); N_FOLDS];
    for (page, _) in read {
        for line in page.source.lines() {
            of_folds[page.fold].extend(windows(line));
        }
    }
    let is_of = |text: &str, fold: usize| {
        let windows = windows(text);
        windows.iter().filter(|window| of_folds[fold].contains(window)).count() * 3 > windows.len()
    };
    let build = |fold: usize| {
        let others = texts.iter().filter(|text| !is_of(text, fold));
        let articles = sheets.iter().filter(|sheet| sheet.fold != fold).flat_map(|sheet| &sheet.lines);
        let others: Vec<&str> = others.chain(articles).map(String::as_str).collect();
        let few: Vec<&str> = others.iter().step_by(5).copied().collect();
        let models = [&others, &few]
            .map(|texts| Data { language: data::language(texts, words), edges: edges::fit(lexicon, texts) });
        let sizes = models.each_ref().map(|data| data.language.len());
        eprintln!("fold {fold}: {} texts, models of {sizes:?} bytes", others.len());
        models
    };
    (0..N_FOLDS).into_par_iter().map(build).collect()
}

/// The surveys of all pages.
struct Fit<'a> {
    pages: &'a [Prepared],
    surveys: Vec<Survey<'a>>,
    /// From here on the generated pages are made of the articles, no longer of given pages.
    n_of_given: usize,
    /// From here on the pages are given ones, not generated.
    n_generated: usize,
    first_stage: Vec<[Vec<Row>; 4]>,
}

/// Judgements of the first stage.
const FIRST_STAGE: [Judgement; 4] = [Judgement::Open, Judgement::Started, Judgement::Pair, Judgement::Any];
const SECOND_STAGE: [Judgement; 4] =
    [Judgement::Adjacent, Judgement::Displaced, Judgement::Truncated, Judgement::Orphan];
/// The penalty on weights: enough that a cell seen a dozen times cannot decide by itself.
const PENALTY: f64 = 2.0;
const N_STEPS: usize = 120;
/// What happened on a given page counts so many times what was made up: half as much as all pages made of its text. The
/// log-loss of given pages that are held out is then least.
const GIVEN: f32 = 8.0;
/// One page is made of a sheet of articles where so many are made of a given page. Of 400 broken pages of reports from the
/// web, which nothing is fitted on, 298 of 800 displaced halves are then missed, with as many as of a given page 306; of
/// articles that are held out 402 seams are falsely found, without any page of articles in the fit 463.
const SHEETS: usize = 4;
/// One pair of strangers in so many is fitted on.
const STRANGERS: usize = 12;

impl<'a> Fit<'a> {
    fn new(pages: &'a [Prepared], models: &'a [Vec<Model<'a>>], [n_of_given, n_generated]: [usize; 2]) -> Self {
        let mut memo = Memo::default();
        let mut surveys = Vec::new();
        let mut first_stage = Vec::new();
        for prepared in pages {
            let model = &models[prepared.page.fold][prepared.page.strangeness];
            let survey = Survey::new(model, &prepared.text, &prepared.blocks, &prepared.shapes, &mut memo);
            let mut rows = first_stage_rows(prepared, &survey, &mut memo);
            if surveys.len() >= n_generated {
                rows.iter_mut().flatten().for_each(|row| row.weight *= GIVEN);
            }
            first_stage.push(rows);
            surveys.push(survey);
            memo = Memo::default();
        }
        let (mut n_seams, mut n_lost) = (0, 0);
        for (prepared, survey) in pages.iter().zip(&surveys) {
            let truth = Truth::of(&prepared.page);
            n_seams += truth.tails.len() + truth.heads.len();
            n_lost += truth
                .tails
                .iter()
                .filter(|line| survey.tails.iter().all(|tail| prepared.line(tail.block) != **line))
                .count();
            n_lost += truth
                .heads
                .iter()
                .filter(|line| survey.heads.iter().all(|head| prepared.first_line(head.block) != **line))
                .count();
        }
        eprintln!("{n_lost} of {n_seams} halves are no candidates");
        let fit = Self { pages, surveys, n_of_given, n_generated, first_stage };
        for (n, judgement) in FIRST_STAGE.iter().enumerate() {
            let rows = fit.first_stage.iter().flat_map(|rows| &rows[n]);
            let n_true = rows.clone().filter(|row| row.is_true).count();
            eprintln!("{}: {} rows, {n_true} true", judgement.name(), rows.count());
        }
        fit
    }

    fn pages_of<'f>(&'f self, folds: &'f [usize]) -> impl Iterator<Item = usize> + 'f {
        (0..self.pages.len()).filter(|n| folds.contains(&self.pages[*n].page.fold))
    }

    fn fit_first_stage(&self, folds: &[usize]) -> Weights {
        let mut weights = Weights::default();
        for (n, judgement) in FIRST_STAGE.into_iter().enumerate() {
            let rows: Vec<&Row> = self.pages_of(folds).flat_map(|page| &self.first_stage[page][n]).collect();
            *weights.of_mut(judgement) = regression::fit(&rows, N_CELLS, PENALTY, N_STEPS);
        }
        weights
    }

    fn second_stage_rows(&self, folds: &[usize], weights: &Weights) -> [Vec<Row>; 4] {
        let mut all: [Vec<Row>; 4] = Default::default();
        for page in self.pages_of(folds) {
            let mut memo = Memo::default();
            let found = rivals(&self.surveys[page], weights, &mut memo);
            let mut rows = second_stage_rows(&self.pages[page], &self.surveys[page], &found);
            if page >= self.n_generated {
                rows.iter_mut().flatten().for_each(|row| row.weight *= GIVEN);
            }
            for (all, rows) in all.iter_mut().zip(rows) {
                all.extend(rows);
            }
        }
        all
    }

    fn fit_second_stage(weights: &mut Weights, rows: &[&[Vec<Row>; 4]]) {
        for (n, judgement) in SECOND_STAGE.into_iter().enumerate() {
            let rows: Vec<&Row> = rows.iter().flat_map(|rows| &rows[n]).collect();
            *weights.of_mut(judgement) = regression::fit(&rows, N_CELLS, PENALTY, N_STEPS);
        }
    }

    /// Fits both stages on `folds`; the second on what the first says of pages that it has not seen.
    fn fit(&self, folds: &[usize]) -> Weights {
        let held_out: Vec<[Vec<Row>; 4]> = folds
            .iter()
            .map(|fold| {
                let others: Vec<usize> = folds.iter().copied().filter(|other| other != fold).collect();
                self.second_stage_rows(&[*fold], &self.fit_first_stage(&others))
            })
            .collect();
        let mut weights = self.fit_first_stage(folds);
        Self::fit_second_stage(&mut weights, &held_out.iter().collect::<Vec<_>>());
        weights
    }

    /// Prints what the model thinks of the known seams of a page that it does not find likely, and why.
    fn explain(&self, page: usize, found: &Rivals, weights: &Weights) {
        let (prepared, survey, memo) = (&self.pages[page], &self.surveys[page], &mut Memo::default());
        for split in &prepared.page.splits {
            let tail = survey.tails.iter().position(|tail| Some(prepared.line(tail.block)) == split.a_line);
            let head = survey.heads.iter().position(|head| Some(prepared.first_line(head.block)) == split.b_line);
            let mut judged = Vec::new();
            if let Some(tail) = tail {
                judged.push((Judgement::Open, survey.left_open(tail, memo)));
                judged.extend(found.truncated[tail].clone().map(|evidence| (Judgement::Truncated, evidence)));
            }
            if let Some(head) = head {
                judged.push((Judgement::Started, survey.started(head, memo)));
                judged.extend(found.orphans[head].clone().map(|evidence| (Judgement::Orphan, evidence)));
            }
            if let Some(pair) = found.pairs.iter().find(|pair| Some(pair.tail) == tail && Some(pair.head) == head) {
                let (first, second) = if pair.is_adjacent {
                    (Judgement::Pair, Judgement::Adjacent)
                } else {
                    (Judgement::Any, Judgement::Displaced)
                };
                judged.push((first, survey.pair(pair.tail, pair.head, memo).evidence));
                judged.push((second, pair.evidence.clone()));
            }
            let Some((decisive, evidence)) = judged.last() else { continue };
            if weights.logit(*decisive, evidence) > 0.0 && !FIRST_STAGE.contains(decisive) {
                continue;
            }
            println!("  {} {} {:?}→{:?}", prepared.page.name, split.kind, split.a_line, split.b_line);
            for (judgement, evidence) in judged {
                println!(
                    "    {} {:+.1}:{}",
                    judgement.name(),
                    weights.logit(judgement, &evidence),
                    reasons(weights, judgement, &evidence)
                );
            }
        }
    }

    fn measure(&self, nested: bool, show: bool) {
        let folds: Vec<usize> = (0..N_FOLDS).collect();
        let others = |fold: usize| folds.iter().copied().filter(|other| *other != fold).collect::<Vec<_>>();
        let of_folds: Vec<Weights> = if nested {
            folds.iter().map(|fold| self.fit(&others(*fold))).collect()
        } else {
            let first: Vec<Weights> = folds.iter().map(|fold| self.fit_first_stage(&others(*fold))).collect();
            let rows: Vec<_> = folds.iter().map(|fold| self.second_stage_rows(&[*fold], &first[*fold])).collect();
            first
                .into_iter()
                .enumerate()
                .map(|(fold, mut weights)| {
                    let rows: Vec<_> = others(fold).into_iter().map(|other| &rows[other]).collect();
                    Self::fit_second_stage(&mut weights, &rows);
                    weights
                })
                .collect()
        };
        for (title, range, strangeness) in [
            ("generated pages", 0..self.n_of_given, 0),
            ("generated pages, by a character model of a fifth", 0..self.n_of_given, 1),
            ("pages of articles of the present day", self.n_of_given..self.n_generated, 0),
            ("given pages", self.n_generated..self.pages.len(), 0),
        ] {
            let found: Vec<(usize, Rivals)> = range
                .filter(|page| self.pages[*page].page.strangeness == strangeness)
                .map(|page| {
                    (page, rivals(&self.surveys[page], &of_folds[self.pages[page].page.fold], &mut Memo::default()))
                })
                .collect();
            let measured = |least: &dyn Fn(SeamKind) -> f32| {
                let mut scores = Scores::default();
                for (page, found) in &found {
                    let weights = &of_folds[self.pages[*page].page.fold];
                    scores.add(&self.pages[*page], &decide(&self.surveys[*page], weights, found, least));
                }
                scores
            };
            println!("== {title}, fitted on four fifths and measured on the fifth");
            let mut losses = [0.0; 4];
            for (page, found) in &found {
                let rows = second_stage_rows(&self.pages[*page], &self.surveys[*page], found);
                let weights = &of_folds[self.pages[*page].page.fold];
                for (n, judgement) in SECOND_STAGE.into_iter().enumerate() {
                    losses[n] += rows[n].iter().map(|row| row.loss(row.logit(weights.of(judgement)))).sum::<f64>();
                }
            }
            println!("  log-loss of the second stage: {losses:.1?}");
            let show = show && title == "given pages";
            measured(&least_confidence).print(show);
            for kind in [SeamKind::Adjacent, SeamKind::Displaced, SeamKind::Truncated, SeamKind::Orphan] {
                println!("  {kind:?} given from this confidence on, P/R/F1:");
                for least in [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8] {
                    let scores = measured(&|other| if other == kind { least } else { least_confidence(other) });
                    println!("    {least:.2} {}", scores.line(kind));
                }
            }
            if show {
                for (page, found) in &found {
                    self.explain(*page, found, &of_folds[self.pages[*page].page.fold]);
                }
            }
        }
    }
}

/// What each feature contributes to a judgement, the strongest first.
fn reasons(weights: &Weights, judgement: Judgement, evidence: &Evidence) -> String {
    let of = |feature: &Feature| {
        let cells = feature.first_cell()..feature.first_cell() + feature.n_cells();
        let own = evidence.cells.iter().filter(|(cell, _)| cells.contains(&usize::from(*cell))).copied();
        (feature.name(), weights.logit(judgement, &Evidence { cells: own.collect() }))
    };
    let mut reasons: Vec<(&str, f32)> = Feature::ALL.iter().map(of).filter(|(_, logit)| logit.abs() >= 0.15).collect();
    reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let mut line = String::new();
    for (name, logit) in reasons {
        let _ = write!(line, " {name} {logit:+.1}");
    }
    line
}

/// The seams of a page that are known, as sets of lines.
struct Truth {
    pairs: HashSet<(usize, usize)>,
    tails: HashSet<usize>,
    heads: HashSet<usize>,
    missing: HashSet<usize>,
    orphans: HashSet<usize>,
}

impl Truth {
    fn of(page: &Page) -> Self {
        Self {
            pairs: page.splits.iter().filter_map(|split| Some((split.a_line?, split.b_line?))).collect(),
            tails: page.splits.iter().filter_map(|split| split.a_line).collect(),
            heads: page.splits.iter().filter_map(|split| split.b_line).collect(),
            missing: page
                .splits
                .iter()
                .filter(|split| split.b_line.is_none())
                .filter_map(|split| split.a_line)
                .collect(),
            orphans: page
                .splits
                .iter()
                .filter(|split| split.a_line.is_none())
                .filter_map(|split| split.b_line)
                .collect(),
        }
    }
}

fn row(evidence: &Evidence, is_true: bool, weight: f32) -> Row {
    Row { offset: 0.0, cells: evidence.cells.clone(), is_true, weight }
}

fn first_stage_rows(prepared: &Prepared, survey: &Survey, memo: &mut Memo) -> [Vec<Row>; 4] {
    let truth = Truth::of(&prepared.page);
    let tail_line = |n: usize| prepared.line(survey.tails[n].block);
    let head_line = |n: usize| prepared.first_line(survey.heads[n].block);
    let mut rows: [Vec<Row>; 4] = Default::default();
    for n in 0..survey.tails.len() {
        rows[0].push(row(&survey.left_open(n, memo), truth.tails.contains(&tail_line(n)), 1.0));
    }
    for n in 0..survey.heads.len() {
        rows[1].push(row(&survey.started(n, memo), truth.heads.contains(&head_line(n)), 1.0));
    }
    for (tail, head) in survey.neighbours(|_| true) {
        let pair = survey.pair(tail, head, memo);
        let is_true = truth.pairs.contains(&(tail_line(pair.tail), head_line(pair.head)));
        rows[2].push(row(&pair.evidence, is_true, 1.0));
        rows[3].push(row(&pair.evidence, is_true, 1.0));
    }
    let mut n_strangers = 0;
    for tail in 0..survey.tails.len() {
        for head in survey.within_reach(tail) {
            let is_true = truth.pairs.contains(&(tail_line(tail), head_line(head)));
            // A half that the pair would take from its own other half is worth looking at; two strangers seldom are.
            let is_rival = truth.tails.contains(&tail_line(tail)) && truth.heads.contains(&head_line(head));
            n_strangers += 1;
            if is_true || is_rival || n_strangers % STRANGERS == 0 {
                let weight = if is_true || is_rival { 1.0 } else { STRANGERS as f32 / 2.0 };
                rows[3].push(row(&survey.pair(tail, head, memo).evidence, is_true, weight));
            }
        }
    }
    rows
}

fn second_stage_rows(prepared: &Prepared, survey: &Survey, rivals: &Rivals) -> [Vec<Row>; 4] {
    let truth = Truth::of(&prepared.page);
    let tail_line = |n: usize| prepared.line(survey.tails[n].block);
    let head_line = |n: usize| prepared.first_line(survey.heads[n].block);
    let mut rows: [Vec<Row>; 4] = Default::default();
    for pair in &rivals.pairs {
        let is_true = truth.pairs.contains(&(tail_line(pair.tail), head_line(pair.head)));
        rows[usize::from(!pair.is_adjacent)].push(row(&pair.evidence, is_true, 1.0));
    }
    // A half whose other half is on the page is neither: it is not said to be lost, and it is no sound line.
    for (n, evidence) in rivals.truncated.iter().enumerate() {
        let (line, is_lost) = (tail_line(n), truth.missing.contains(&tail_line(n)));
        if let Some(evidence) = evidence
            && (is_lost || !truth.tails.contains(&line))
        {
            rows[2].push(row(evidence, is_lost, 1.0));
        }
    }
    for (n, evidence) in rivals.orphans.iter().enumerate() {
        let (line, is_lost) = (head_line(n), truth.orphans.contains(&head_line(n)));
        if let Some(evidence) = evidence
            && (is_lost || !truth.heads.contains(&line))
        {
            rows[3].push(row(evidence, is_lost, 1.0));
        }
    }
    rows
}
