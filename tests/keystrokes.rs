//! What is kept from one version of a page to the next never changes a result: pages of hundreds of blocks, made so that
//! all that looks across blocks has something to find, are edited in every way, and after each edit the page is what a
//! first analysis makes of it.

use article_lsp::article::{Memo, Page};
use article_lsp::block::Format;
use article_lsp::config::Config;
use article_lsp::org::{self, Dictionary, dictionary::Entry};
use article_lsp::rules::{Context, check};
use proptest::prelude::*;
use proptest::test_runner::Config as Runner;

/// What lines are made of: words that stand in many of them, so that halves have rivals.
const WORDS: [&str; 38] = [
    "河湾村",
    "水磨坊",
    "总工会",
    "职工",
    "书屋",
    "技能",
    "培训班",
    "今年",
    "已经",
    "开办了",
    "参加",
    "大家",
    "都说",
    "面粉",
    "半天",
    "就卖完",
    "老人",
    "讲述",
    "渡口",
    "船工",
    "孩子们",
    "学会了",
    "负责人",
    "介绍",
    "，",
    "，",
    "、",
    "的",
    "的",
    "在",
    "和",
    "把",
    "“",
    "”",
    "二十四",
    "三千多人",
    "總工會",
    "開辦了",
];

/// What lines are made of in which organisations are named: in full, relative to a place, short, as common nouns, by a
/// word that a dictionary may hold; and what stands around them.
const NAMES: [&str; 34] = [
    "临河区总工会",
    "宁川市临河区总工会",
    "区总工会",
    "臨河區總工會",
    "區總工會",
    "区教育局",
    "市教育局",
    "宁川市",
    "青岛市",
    "望湖区",
    "望湖区文化馆",
    "青岛蓝鲸物流有限公司",
    "（以下简称“蓝鲸”）",
    "蓝鲸物流",
    "蓝鲸",
    "有限公司工会",
    "铸造车间",
    "铸造车间党支部",
    "幸福里议事团",
    "议事团",
    "各级",
    "该",
    "职工",
    "举办",
    "了解到",
    "负责人说",
    "今年已经",
    "技能大赛",
    "参加",
    "，",
    "，",
    "、",
    "在",
    "和",
];

/// Lines that stand as they are.
const LINES: [&str; 14] = [
    "# 把课堂搬进车间",
    "## 水磨坊又转起来了",
    "让职工走进温暖的家",
    "本报记者 周晓岚",
    "（李望 摄）",
    "图为职工在学习。",
    "![图](a.png)",
    "- 一项",
    "---",
    "（下转第三版）",
    "阅读提示",
    "> 引文",
    "一、总体要求",
    "河湾村的水磨坊停了三十多年，今年开春又转了起来，磨出来的面粉半天就卖完，外乡的客商也打电话来订货。",
];

/// A line, with the blanks before it and the line ends behind.
type Line = (String, usize, usize);

/// A line of so many of `words`, or of more.
fn line(words: &'static [&'static str], n_words: std::ops::Range<usize>) -> impl Strategy<Value = Line> {
    // A word of two characters that stands in few lines, if in any other: how far away it stands matters.
    let rare = "[一-丏][乐-乳]";
    let word = prop_oneof![3 => prop::sample::select(words).prop_map(str::to_owned), 1 => rare];
    let words = |n| prop::collection::vec(word.clone(), n).prop_map(|words: Vec<String>| words.concat());
    let end = prop::sample::select(vec!["", "", "。", "。", "，"]);
    let longer = n_words.end..3 * n_words.end;
    let text = prop_oneof![
        8 => (words(n_words), end.clone()).prop_map(|(words, end)| words + end),
        3 => (words(longer), end).prop_map(|(words, end)| words + end),
        3 => prop::sample::select(&LINES[..]).prop_map(str::to_owned),
    ];
    // About as many with indentation as without, and as many with a blank line as with two: what most of the page does
    // is decided by a few.
    (text, 0..2_usize, 1..4_usize)
}

#[derive(Clone, Debug)]
enum Edit {
    /// Puts lines in the place of some: at, how many.
    Replace(usize, usize, Vec<Line>),
    /// Types into a line: which, at which character.
    Type(usize, usize, &'static str),
    /// Takes a character out of a line.
    Erase(usize, usize),
    /// Moves lines: from, how many, to.
    Move(usize, usize, usize),
    /// Repeats lines elsewhere: from, how many, to.
    Repeat(usize, usize, usize),
    /// Cuts a line in two, or joins it with the next.
    Split(usize, usize),
    Join(usize),
    /// Indents lines or sets them apart: at, how many.
    Set(usize, usize, usize, usize),
    /// Marks lines as headings, or takes their marks away.
    Mark(usize, usize),
}

fn edit(words: &'static [&'static str]) -> impl Strategy<Value = Edit> {
    use Edit::{Erase, Join, Mark, Move, Repeat, Replace, Set, Split, Type};
    let at = any::<usize>;
    prop_oneof![
        3 => (at(), 0..4_usize, prop::collection::vec(line(words, 3..20), 0..4)).prop_map(|(at, n, lines)| Replace(at, n, lines)),
        4 => (at(), at(), prop::sample::select(words)).prop_map(|(line, at, text)| Type(line, at, text)),
        3 => (at(), at()).prop_map(|(line, at)| Erase(line, at)),
        1 => (at(), 1..80_usize, at()).prop_map(|(from, n, to)| Move(from, n, to)),
        1 => (at(), 1..6_usize, at()).prop_map(|(from, n, to)| Repeat(from, n, to)),
        1 => (at(), at()).prop_map(|(line, at)| Split(line, at)),
        1 => at().prop_map(Join),
        1 => (at(), 1..20_usize, 0..2_usize, 1..4_usize).prop_map(|(at, n, indent, gap)| Set(at, n, indent, gap)),
        1 => (at(), 1..4_usize).prop_map(|(at, n)| Mark(at, n)),
    ]
}

/// Byte of the character of `text` with a number that is taken modulo their number.
fn boundary(text: &str, at: usize) -> usize {
    text.char_indices().nth(at % (text.chars().count() + 1)).map_or(text.len(), |(at, _)| at)
}

fn apply(lines: &mut Vec<Line>, edit: &Edit) {
    if lines.is_empty() {
        lines.push((WORDS.concat(), 0, 2));
    }
    let n_lines = lines.len();
    let stretch = |at: usize, n: usize| at % n_lines..(at % n_lines + n).min(n_lines);
    match edit {
        Edit::Replace(at, n, by) => drop(lines.splice(stretch(*at, *n), by.clone())),
        Edit::Type(line, at, typed) => {
            let text = &mut lines[line % n_lines].0;
            text.insert_str(boundary(text, *at), typed);
        }
        Edit::Erase(line, at) => {
            let text = &mut lines[line % n_lines].0;
            let at = boundary(text, *at);
            if at < text.len() {
                text.remove(at);
            }
        }
        Edit::Move(from, n, to) => {
            let moved: Vec<Line> = lines.drain(stretch(*from, *n)).collect();
            let to = to % (lines.len() + 1);
            drop(lines.splice(to..to, moved));
        }
        Edit::Repeat(from, n, to) => {
            let repeated = lines[stretch(*from, *n)].to_vec();
            drop(lines.splice(to % n_lines..to % n_lines, repeated));
        }
        Edit::Split(line, at) => {
            let (text, indent, gap) = lines[line % n_lines].clone();
            let (first, second) = text.split_at(boundary(&text, *at));
            let halves = [(first.to_owned(), indent, 2), (second.to_owned(), 0, gap)];
            drop(lines.splice(stretch(*line, 1), halves));
        }
        Edit::Join(line) => {
            if line % n_lines + 1 < n_lines {
                let (text, _, gap) = lines.remove(line % n_lines + 1);
                let first = &mut lines[line % n_lines];
                first.0 += &text;
                first.2 = gap;
            }
        }
        Edit::Set(at, n, indent, gap) => {
            lines[stretch(*at, *n)].iter_mut().for_each(|line| (line.1, line.2) = (*indent, *gap));
        }
        Edit::Mark(at, n) => lines[stretch(*at, *n)].iter_mut().for_each(|(text, ..)| {
            *text = text.strip_prefix("# ").map_or_else(|| format!("# {text}"), str::to_owned);
        }),
    }
}

fn source(lines: &[Line]) -> String {
    lines.iter().map(|(text, indent, gap)| "　　".repeat(*indent) + text + &"\n".repeat(*gap)).collect()
}

fn shown(source: &str, memo: &mut Memo) -> (Page, String) {
    let page = Page::parse(source, Format::Markdown, memo);
    let diagnostics = check(&Context { page: &page, config: &Config::default(), encoding: None, elsewhere: None });
    let shown = format!("{diagnostics:#?}");
    (page, shown)
}

fn n_cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(8)
}

proptest! {
    #![proptest_config(Runner { cases: n_cases(), max_shrink_iters: 20, failure_persistence: None, ..Runner::default() })]

    #[test]
    fn a_page_that_was_typed_is_the_page_as_it_is(
        // In a page of short lines the words of the page reach further than the rivals, in one of long lines not as far.
        lines in prop_oneof![prop::collection::vec(line(&WORDS, 1..6), 1..900), prop::collection::vec(line(&WORDS, 30..60), 1..300)],
        steps in prop::collection::vec(prop::collection::vec(edit(&WORDS), 1..4), 1..8),
    ) {
        let (mut lines, mut memo) = (lines, Memo::default());
        shown(&source(&lines), &mut memo);
        for edits in steps {
            for edit in &edits {
                apply(&mut lines, edit);
            }
            let source = source(&lines);
            let ((typed, findings), (fresh, fresh_findings)) = (shown(&source, &mut memo), shown(&source, &mut Memo::default()));
            prop_assert_eq!(typed.blocks, fresh.blocks);
            prop_assert_eq!(typed.shapes, fresh.shapes);
            prop_assert_eq!(typed.prints, fresh.prints);
            prop_assert_eq!(typed.seams, fresh.seams);
            prop_assert_eq!(typed.kinds, fresh.kinds);
            prop_assert_eq!(typed.articles, fresh.articles);
            prop_assert_eq!(typed.copies, fresh.copies);
            prop_assert_eq!(typed.echoes, fresh.echoes);
            prop_assert_eq!(findings, fresh_findings);
        }
    }

    #[test]
    fn organisations_of_a_page_that_was_typed_are_those_of_the_page_as_it_is(
        lines in prop::collection::vec(line(&NAMES, 1..12), 1..30),
        steps in prop::collection::vec((prop::collection::vec(edit(&NAMES), 1..4), 0..3_usize), 1..12),
    ) {
        let (mut lines, mut memo, mut names) = (lines, Memo::default(), org::Memo::default());
        let entry = |name: &str, alias: &str| Entry { name: name.to_owned(), aliases: vec![alias.to_owned()], ..Entry::default() };
        let entries = [entry("幸福里议事团", "议事团"), entry("宁川市临河区总工会", "区总")];
        let dictionaries = [0, 1, 2].map(|n_known| Dictionary::new(entries[..n_known].to_vec()));
        for (edits, dictionary) in steps {
            for edit in &edits {
                apply(&mut lines, edit);
            }
            let source = source(&lines);
            let dictionary = &dictionaries[dictionary];
            let found = |memo: &mut Memo, names: &mut org::Memo| {
                org::organisations_with(&Page::parse(source.as_str(), Format::Markdown, memo), dictionary, names)
            };
            prop_assert_eq!(found(&mut memo, &mut names), found(&mut Memo::default(), &mut org::Memo::default()));
        }
    }
}
