//! Pages with known seams: those of a directory (`NNN.md` beside `NNN.gold.json`), and new ones made of their text.
//!
//! A new page takes the whole paragraphs of an old one and breaks them anew, as columns do: most cuts fall inside a
//! word, from six characters on; halves are moved one to four blocks or beyond an article, behind whole paragraphs or
//! behind other tails, some are lost; marks, indentation, bylines, kickers, captions and openings of the present day come
//! and go at random, so that none of them alone decides.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use article_lsp::block::Format;
use article_lsp::seam::facts::normalised;
use article_lsp::seam::lexicon::Lexicon;
use article_lsp::text::is_blank;
use article_lsp::zh;
use serde::Deserialize;

use crate::openings::opening;
use crate::random::Random;

/// A page and where it is broken.
#[derive(Clone)]
pub struct Page {
    /// Its name.
    pub name: String,
    /// The text.
    pub source: String,
    /// What kind of file it is.
    pub format: Format,
    /// The seams.
    pub splits: Vec<Split>,
    /// Whether nothing was broken.
    pub is_clean: bool,
    /// Which fifth it belongs to; pages made of the same text share theirs.
    pub fold: usize,
    /// How far the character model that reads it knows its text: 0 as well as any, 1 like a stranger.
    pub strangeness: usize,
}

/// A seam: 1-based lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
pub struct Split {
    pub a_line: Option<usize>,
    pub b_line: Option<usize>,
    pub kind: String,
}

#[derive(Deserialize)]
struct Duplicate {
    second: usize,
}

#[derive(Deserialize)]
struct Gold {
    splits: Vec<Split>,
    duplicates: Vec<Duplicate>,
    clean: bool,
}

/// How many parts the pages are divided into to fit on some and measure on the others.
pub const N_FOLDS: usize = 5;

/// Reads the pages of `directory` in the order of their names, with their whole paragraphs.
pub fn read(directory: &Path) -> Result<Vec<(Page, Vec<String>)>> {
    let mut paths: Vec<_> = std::fs::read_dir(directory)
        .with_context(|| format!("{}", directory.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "md") && path.with_extension("gold.json").exists())
        .collect();
    paths.sort();
    let mut pages = Vec::new();
    for (n, path) in paths.iter().enumerate() {
        let source = std::fs::read_to_string(path)?;
        let gold: Gold = serde_json::from_str(&std::fs::read_to_string(path.with_extension("gold.json"))?)?;
        let whole = whole(&source, &gold);
        let page = Page {
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            source,
            format: Format::Markdown,
            splits: gold.splits,
            is_clean: gold.clean,
            fold: n % N_FOLDS,
            strangeness: 0,
        };
        pages.push((page, whole));
    }
    Ok(pages)
}

/// The paragraphs of a page as they were before it was broken; halves whose others are lost are left out.
fn whole(source: &str, gold: &Gold) -> Vec<String> {
    let lines: Vec<&str> = source.split('\n').collect();
    let goes_on: HashMap<usize, usize> =
        gold.splits.iter().filter_map(|split| Some((split.a_line?, split.b_line?))).collect();
    let mut left_out: HashSet<usize> = gold.duplicates.iter().map(|copy| copy.second).collect();
    left_out.extend(goes_on.values());
    left_out.extend(gold.splits.iter().filter(|split| split.a_line.is_none()).filter_map(|split| split.b_line));
    let lost: HashSet<usize> =
        gold.splits.iter().filter(|split| split.b_line.is_none()).filter_map(|split| split.a_line).collect();
    let mut paragraphs = Vec::new();
    'lines: for line in 1..=lines.len() {
        if left_out.contains(&line) || lines[line - 1].trim_matches(is_blank).is_empty() {
            continue;
        }
        let mut paragraph = full_width(lines[line - 1].trim_matches(is_blank));
        let mut at = line;
        loop {
            if lost.contains(&at) {
                continue 'lines;
            }
            let Some(&next) = goes_on.get(&at) else { break };
            let head = full_width(lines[next - 1].trim_matches(is_blank));
            let repeats = paragraph.chars().next_back() == head.chars().next();
            paragraph.extend(head.chars().skip(usize::from(repeats)));
            at = next;
        }
        paragraphs.push(paragraph);
    }
    paragraphs
}

/// Punctuation in full width, as the newspaper prints it.
fn full_width(text: &str) -> String {
    text.chars().map(|c| if ",;:?!()".contains(c) { zh::fold_width(c) } else { c }).collect()
}

/// Whether typesetters let no line begin with `c`.
fn never_begins(c: char) -> bool {
    "，。、；：？！”）》’".contains(c)
}

fn half_width(text: &str) -> String {
    let half = |c| match c {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '？' => '?',
        '！' => '!',
        '（' => '(',
        '）' => ')',
        c => c,
    };
    text.chars().map(half).collect()
}

/// A block of a page in the making.
struct Piece {
    text: String,
    /// The seams that it is tail and head of.
    tail_of: Option<usize>,
    head_of: Option<usize>,
    /// Marks before it.
    mark: &'static str,
}

/// Breaks the `paragraphs` of a page anew. `others` are sentences of the same fifth, for kickers and captions.
pub fn generate(
    paragraphs: &[String],
    others: &[String],
    lexicon: &Lexicon,
    random: &mut Random,
) -> (String, Vec<Split>) {
    let mut maker = Maker { pieces: Vec::new(), kinds: Vec::new(), lexicon, random };
    let is_clean = maker.random.chance(0.15);
    let rate = if is_clean { 0.0 } else { *maker.random.pick(&[0.06, 0.12, 0.2, 0.3]) };
    maker.lay_out(paragraphs, others, rate);
    maker.move_halves();
    maker.print()
}

/// Of displaced halves whose page has such a place, so many stand behind a tail that is not theirs: on pages of several
/// columns most do, and on the pages that we have to learn from none does.
const BEHIND_TAIL: f64 = 0.8;

/// So many stand before their tails: a column that was read too early. On the pages that we have to learn from none does.
/// F1 of held-out given pages is .887 with .08 and .890 with this.
const BEFORE_TAIL: f64 = 0.2;

/// Of adjacent halves so many have a picture, or a line of the page, between them.
const BETWEEN: f64 = 0.04;

/// So many whole paragraphs lack their stop. With .01 and this, F1 of held-out given pages is .978 and .981 for neighbours, .891
/// and .895 for displaced halves, and 15 and 17 of 31 lost ends are found.
const UNSTOPPED: f64 = 0.004;

/// Of headings inside an article so many make a word with the text below by chance (后勤部 ¶ 队里…), which few do on the pages
/// that we have to learn from; so many clauses are tried to find one.
const CHANCE_WORD: f64 = 0.3;
const N_TRIED: usize = 60;

struct Maker<'a> {
    pieces: Vec<Piece>,
    /// What becomes of each seam.
    kinds: Vec<&'static str>,
    lexicon: &'a Lexicon<'a>,
    random: &'a mut Random,
}

impl Maker<'_> {
    fn plain(&mut self, text: String) {
        self.pieces.push(Piece { text, tail_of: None, head_of: None, mark: "" });
    }

    fn lay_out(&mut self, paragraphs: &[String], others: &[String], rate: f64) {
        let marks = *self.random.pick(&[0.0, 0.0, 0.4, 0.9]);
        let extras = *self.random.pick(&[0.0, 0.04, 0.12]);
        let opened = *self.random.pick(&[0.0, 0.0, 0.15, 0.4]);
        for paragraph in paragraphs {
            let n_chars = paragraph.chars().count();
            let is_closed = zh::is_closed(paragraph);
            if !is_closed && n_chars <= 40 {
                if self.random.chance(extras * 2.0) {
                    let kicker = sentence(self.random.pick::<String>(others));
                    self.plain(kicker);
                }
                self.heading(paragraph, marks);
                if self.random.chance(extras) {
                    let byline = byline(self.random);
                    self.plain(byline);
                }
                continue;
            }
            if is_closed && n_chars > 60 && self.random.chance(extras) {
                // A heading inside the article, whose words the text takes up, or which makes a word with the text by chance.
                let by_chance = self.random.chance(CHANCE_WORD).then(|| self.joining(paragraph, others)).flatten();
                let heading = by_chance.unwrap_or_else(|| clause(paragraph, self.random));
                self.heading(&heading, marks);
            }
            let paragraph = if is_closed && self.random.chance(UNSTOPPED) {
                paragraph.trim_end_matches(zh::ends_sentence)
            } else {
                paragraph
            };
            if is_closed && self.random.chance(opened) {
                let paragraph = format!("{}{paragraph}", opening(self.random));
                self.paragraph(&paragraph, rate);
            } else {
                self.paragraph(paragraph, rate);
            }
            if self.random.chance(extras / 2.0) {
                let caption = caption(&sentence(self.random.pick::<String>(others)), self.random);
                self.plain(caption);
            }
        }
    }

    /// A heading of a clause of `others` that ends in a character which makes a word with the first of `paragraph`.
    fn joining(&mut self, paragraph: &str, others: &[String]) -> Option<String> {
        let first: Vec<char> = paragraph.chars().take(4).collect();
        let mut headings = (0..N_TRIED).map(|_| clause(self.random.pick::<String>(others), self.random));
        headings.find(|heading| {
            let chars: Vec<char> = heading.chars().collect();
            crosses(self.lexicon, &chars[chars.len().saturating_sub(4)..], &first)
        })
    }

    fn heading(&mut self, text: &str, marks: f64) {
        let mut text = text.to_owned();
        if self.random.chance(0.06) && text.chars().count() <= 12 {
            let spaced: String = text.chars().flat_map(|c| [c, ' ']).collect();
            spaced.trim_end().clone_into(&mut text);
        }
        let mark = if self.random.chance(marks) { *self.random.pick(&["# ", "## ", "## ", "### "]) } else { "" };
        let cut = text.char_indices().nth(self.random.between(5, 9)).map(|(at, _)| at);
        match cut {
            Some(cut)
                if text.chars().count() >= 11 && !text[cut..].starts_with(never_begins) && self.random.chance(0.05) =>
            {
                for half in [&text[..cut], &text[cut..]] {
                    self.pieces.push(Piece { text: half.trim().to_owned(), tail_of: None, head_of: None, mark });
                }
            }
            _ => self.pieces.push(Piece { text, tail_of: None, head_of: None, mark }),
        }
    }

    fn paragraph(&mut self, paragraph: &str, rate: f64) {
        let chars: Vec<char> = paragraph.chars().collect();
        let long = if self.random.chance(0.1) { 24 } else { 60 };
        let n_cuts = usize::from(chars.len() >= long && self.random.chance(rate))
            + usize::from(chars.len() >= 100 && self.random.chance(rate * 0.5));
        let mut cuts: Vec<usize> = (0..n_cuts).filter_map(|_| self.cut(&chars)).collect();
        cuts.sort_unstable();
        cuts.dedup_by(|b, a| *b < *a + 6);
        let (mut start, mut head_of) = (0, None);
        for cut in cuts {
            let repeats = zh::is_han(chars[cut - 1]) && self.random.chance(0.08);
            // Of 821 cuts of the given pages 75 in a hundred go on in the next block, 18 further away, 4 and 3 are lost on a side.
            let kind = match self.random.below(100) {
                0..70 => "adjacent",
                70..85 => "displaced",
                85..93 => "missing",
                _ => "orphan",
            };
            self.kinds.push(kind);
            let seam = self.kinds.len() - 1;
            let text = chars[start..cut].iter().collect();
            self.pieces.push(Piece { text, tail_of: Some(seam), head_of, mark: "" });
            if kind == "adjacent" && self.random.chance(BETWEEN) {
                let between = match self.random.below(8) {
                    0..3 => "![](images/page.jpg)".to_owned(),
                    3..5 => format!("新华社记者 {} 摄", name(self.random)),
                    5 => format!("第{}版 要闻", self.random.between(2, 9)),
                    6 => format!("（下转第{}版）", self.random.between(2, 9)),
                    _ => format!("本报记者 {}", name(self.random)),
                };
                self.plain(between);
            }
            head_of = Some(seam);
            start = if repeats && kind == "adjacent" { cut - 1 } else { cut };
        }
        let text = chars[start..].iter().collect();
        self.pieces.push(Piece { text, tail_of: None, head_of, mark: "" });
    }

    /// Where a column could end: two cuts in three inside a word, none behind the end of a sentence.
    fn cut(&mut self, chars: &[char]) -> Option<usize> {
        let inside = self.random.chance(0.62);
        for _ in 0..60 {
            // Near the start more often than by chance: the last line of a column is often the first of a paragraph.
            let high = if self.random.chance(0.3) { 40.min(chars.len() - 6) } else { chars.len() - 6 };
            let cut = self.random.between(6, high.max(6));
            let (before, after) = (chars[cut - 1], chars[cut]);
            if zh::ends_sentence(before) || (zh::closes(before) && zh::ends_sentence(chars[cut - 2])) {
                continue;
            }
            if never_begins(after) && !self.random.chance(0.08) {
                continue;
            }
            if "，；：”）".contains(before) && !self.random.chance(0.5) {
                continue;
            }
            let (before, after) = (&chars[cut.saturating_sub(4)..cut], &chars[cut..(cut + 4).min(chars.len())]);
            if crosses(self.lexicon, before, after) == inside {
                return Some(cut);
            }
        }
        None
    }

    /// Moves the heads of displaced seams and drops what is lost.
    fn move_halves(&mut self) {
        // From the end, so that the heads of later seams are gone from behind their tails.
        for seam in (0..self.kinds.len()).rev() {
            let drop = match self.kinds[seam] {
                "missing" => self.pieces.iter().position(|piece| piece.head_of == Some(seam)),
                "orphan" => self.pieces.iter().position(|piece| piece.tail_of == Some(seam)),
                "displaced" => {
                    self.displace(seam);
                    None
                }
                _ => None,
            };
            if let Some(drop) = drop {
                // A half that is itself cut again takes its other seam with it: that one is then lost on one side.
                let piece = self.pieces.remove(drop);
                match self.kinds[seam] {
                    "missing" => {
                        if let Some(other) = piece.tail_of {
                            self.kinds[other] = "orphan";
                        }
                    }
                    _ => {
                        if let Some(other) = piece.head_of {
                            self.kinds[other] = "missing";
                        }
                    }
                }
            }
        }
    }

    fn displace(&mut self, seam: usize) {
        let Some(at) = self.pieces.iter().position(|piece| piece.head_of == Some(seam)) else { return };
        let distance = if self.random.chance(0.6) { self.random.between(1, 4) } else { self.random.between(5, 20) };
        // Behind a closed block that is no tail, so that the page's order is broken here only; or as columns do it, behind
        // a tail that has lost its own head.
        let behind_tail = self.random.chance(BEHIND_TAIL);
        let is_bereft = |n: usize| {
            let next = self.pieces.get(n + 1).and_then(|piece| piece.head_of);
            self.pieces[n].tail_of.is_some_and(|other| {
                other != seam && matches!(self.kinds[other], "missing" | "displaced") && next != Some(other)
            })
        };
        let is_closed = |n: usize| self.pieces[n].tail_of.is_none() && zh::is_closed(&self.pieces[n].text);
        let free = if self.random.chance(BEFORE_TAIL) {
            let bereft = (0..at.saturating_sub(1)).rev().find(|n| behind_tail && is_bereft(*n));
            bereft.or_else(|| (0..at.saturating_sub(distance)).rev().find(|n| is_closed(*n))).map(|before| before + 1)
        } else {
            let bereft = (at + 1..self.pieces.len()).find(|n| behind_tail && is_bereft(*n));
            bereft.or_else(|| (at + distance..self.pieces.len()).find(|n| is_closed(*n)))
        };
        if let (Some(to), true) = (free, self.pieces[at].tail_of.is_none()) {
            let piece = self.pieces.remove(at);
            self.pieces.insert(to, piece);
        } else {
            self.kinds[seam] = "adjacent";
        }
    }

    fn print(self) -> (String, Vec<Split>) {
        let is_half_width = self.random.chance(0.35);
        let indents = self.random.chance(0.35);
        let blank_lines =
            if indents { usize::from(self.random.chance(0.1)) } else { usize::from(self.random.chance(0.8)) };
        // How often an indent is lost or put where none belongs; on some pages it says next to nothing.
        let flips = *self.random.pick(&[0.02, 0.06, 0.25]);
        let mut source = String::new();
        let mut line = 1;
        let mut lines: HashMap<(usize, bool), usize> = HashMap::new();
        for piece in &self.pieces {
            let is_paragraph = piece.head_of.is_none() && (zh::is_closed(&piece.text) || piece.tail_of.is_some());
            let mut is_indented = indents && is_paragraph;
            if indents && self.random.chance(flips) {
                is_indented = !is_indented;
            }
            if let Some(seam) = piece.tail_of {
                lines.insert((seam, false), line);
            }
            if let Some(seam) = piece.head_of {
                lines.insert((seam, true), line);
            }
            source.push_str(if is_indented { "　　" } else { "" });
            source.push_str(piece.mark);
            source.push_str(&if is_half_width { half_width(&piece.text) } else { piece.text.clone() });
            source.push('\n');
            line += 1;
            let blanks = blank_lines + usize::from(self.random.chance(0.02));
            for _ in 0..blanks {
                source.push('\n');
                line += 1;
            }
        }
        let split = |(seam, kind): (usize, &&'static str)| Split {
            a_line: lines.get(&(seam, false)).copied(),
            b_line: lines.get(&(seam, true)).copied(),
            kind: (*kind).to_owned(),
        };
        let splits = self.kinds.iter().enumerate().map(split).filter(|split| split.a_line.or(split.b_line).is_some());
        (source, splits.collect())
    }
}

/// Whether a word crosses from the characters `before` a place to those `after` it.
fn crosses(lexicon: &Lexicon, before: &[char], after: &[char]) -> bool {
    let stretches = (lexicon.stretches(before), lexicon.stretches(after));
    let readings = (stretches.0.readings(0), stretches.1.readings_of_rest());
    lexicon.across((before, &readings.0), (after, &readings.1)).gain > 0.01
}

/// The sentences of `paragraphs` that could stand as kickers, without their stop.
pub fn sentences(paragraphs: &[String]) -> Vec<String> {
    let split = paragraphs.iter().flat_map(|paragraph| paragraph.split('。'));
    split.filter(|s| (8..=46).contains(&s.chars().count()) && !s.contains(['“', '”'])).map(str::to_owned).collect()
}

fn sentence(text: &str) -> String {
    text.trim_matches(|c| is_blank(c) || zh::closes(c)).to_owned()
}

fn clause(paragraph: &str, random: &mut Random) -> String {
    let clauses: Vec<&str> =
        paragraph.split(['。', '，', '；', '：']).filter(|c| (5..=18).contains(&normalised(c).count())).collect();
    if clauses.is_empty() { paragraph.chars().take(8).collect() } else { (*random.pick(&clauses)).to_owned() }
}

fn name(random: &mut Random) -> String {
    let given: Vec<char> = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建文国晓春梅".chars().collect();
    let surname = *random.pick(&"王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗".chars().collect::<Vec<_>>());
    let n = random.between(1, 2);
    [surname].into_iter().chain((0..n).map(|_| *random.pick(&given))).collect()
}

fn byline(random: &mut Random) -> String {
    let (a, b) = (name(random), name(random));
    match random.below(6) {
        0 => format!("本报记者 {a}"),
        1 => format!("本报记者 {a} 本报通讯员 {b}"),
        2 => format!("□ {a}"),
        3 => a,
        4 => format!("本报记者 {a} {b}"),
        _ => format!("（{a} {b}）"),
    }
}

fn caption(text: &str, random: &mut Random) -> String {
    let name = name(random);
    match random.below(4) {
        0 => format!("图为{text}。 {name} 摄"),
        1 => format!("{text}。本报记者 {name} 摄"),
        2 => text.to_owned(),
        _ => format!("（{name}摄）"),
    }
}
