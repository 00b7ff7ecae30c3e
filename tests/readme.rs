//! README.md and README.zh-CN.md say what the program does: the tables of commands and rules and the excerpt of
//! output are compared with it. `UPDATE_EXPECT=1` writes the table of rules and the excerpt.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use article_lsp::lang::Lang;
use article_lsp::rules::RULES;

/// The page and the finding that the excerpt shows.
const EXCERPT: (&str, &str) = ("seeds/union-district-page.md", "broken-paragraph");

fn readme(lang: Lang) -> PathBuf {
    let name = match lang {
        Lang::En => "README.md",
        Lang::Zh => "README.zh-CN.md",
    };
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Asserts that what stands between `start` and `end` in the README is `expected`, or writes it.
#[track_caller]
fn holds(lang: Lang, start: &str, end: &str, expected: &str) {
    let path = readme(lang);
    let text = fs::read_to_string(&path).expect("the README");
    let from = text.find(start).unwrap_or_else(|| panic!("{start:?} is in {}", path.display())) + start.len();
    let to = from + text[from..].find(end).unwrap_or_else(|| panic!("{end:?} follows in {}", path.display()));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, format!("{}{expected}{}", &text[..from], &text[to..])).expect("the README is written");
    } else {
        assert_eq!(&text[from..to], expected, "{} is out of date", path.display());
    }
}

#[test]
fn the_tables_of_rules_are_complete() {
    for (lang, head, yes) in [
        (Lang::En, "| rule | what it finds | severity | fix |", "yes"),
        (Lang::Zh, "| 规则 | 发现什么 | 级别 | 修复 |", "有"),
    ] {
        let mut table = format!("\n{head}\n|---|---|---|---|\n");
        for rule in RULES {
            let severity = match (lang, rule.severity) {
                (Lang::En, severity) => format!("{severity:?}").to_lowercase(),
                (Lang::Zh, article_lsp::diagnostic::Severity::Information) => "提示".to_owned(),
                (Lang::Zh, article_lsp::diagnostic::Severity::Warning) => "警告".to_owned(),
                (Lang::Zh, article_lsp::diagnostic::Severity::Error) => "错误".to_owned(),
            };
            let fix = if rule.fixable { yes } else { "" };
            writeln!(table, "| `{}` | {} | {severity} | {fix} |", rule.name, rule.summary.get(lang)).expect("a string");
        }
        holds(lang, "<!-- rules -->\n", "<!-- /rules -->", &table);
    }
}

#[test]
fn every_command_has_a_row() {
    let help = Command::new(env!("CARGO_BIN_EXE_article-lsp")).args(["-h", "--lang", "en"]).output().expect("help");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"check"), "{help}");
    for lang in [Lang::En, Lang::Zh] {
        let text = fs::read_to_string(readme(lang)).expect("the README");
        for name in names.iter().filter(|name| **name != "help") {
            let row = format!("| `article-lsp {name}");
            assert!(text.lines().any(|line| line.starts_with(&row)), "{name} has no row in {}", lang.name());
        }
    }
}

#[test]
fn the_excerpt_is_what_the_program_prints() {
    let (page, rule) = EXCERPT;
    for lang in [Lang::En, Lang::Zh] {
        let output = Command::new(env!("CARGO_BIN_EXE_article-lsp"))
            .args(["check", page, "--no-config", "--select", rule, "--color", "never", "--lang", lang.name()])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("the program runs");
        let output = String::from_utf8(output.stdout).expect("UTF-8");
        let first = output.split("\n\n").next().expect("a finding");
        assert!(first.contains(rule) && first.contains(page), "{output}");
        holds(lang, "```text\n", "```\n", &format!("{first}\n"));
    }
}

#[test]
fn the_two_say_the_same() {
    let shape = |lang: Lang| -> Vec<String> {
        let text = fs::read_to_string(readme(lang)).expect("the README");
        text.lines()
            .filter_map(|line| match line.split_whitespace().next()? {
                mark @ ("##" | "#" | "-" | "|") => Some(mark.to_owned()),
                mark if mark.starts_with("```") => Some(mark.to_owned()),
                mark if line.starts_with("$ ") => {
                    Some(format!("{mark} {}", line.split("   #").next().unwrap_or_default()))
                }
                _ => None,
            })
            .collect()
    };
    assert_eq!(shape(Lang::En), shape(Lang::Zh));
}
