//! The command line in Chinese: what commands, arguments and values are for, and clap's own words.
//!
//! The types of the commands declare the command line and describe it in English. Arguments are always parsed by
//! those; what is made here prints: help, usage errors, the manual, completions. A test walks the whole tree, so that
//! nothing stays in English.

mod texts;
mod usage_error;

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::error::ErrorKind;
use clap::{Arg, Command, CommandFactory};
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthStr;

use super::{Cli, terminal};
use texts::{ARGUMENTS, COMMANDS, GLOBAL, HEADINGS};
use usage_error::usage_error;

/// What the Chinese command line is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// Help on a terminal of this many columns.
    Help(usize),
    /// Manual and completions, which have a place of their own for defaults and values.
    Reference,
}

/// The wider the line, the harder it is to find the next one: clap's own limit.
const MOST_COLUMNS: usize = 100;

/// The command line in Chinese. It prints; it does not parse into the types that declare it.
pub(super) fn command(purpose: Purpose) -> Command {
    let mut command = Cli::command();
    // Makes clap's own commands and arguments, and hands the global ones down.
    command.build();
    translated(command, "", purpose)
}

/// Prints the help or the usage error that `arguments` lead to.
pub(super) fn print(arguments: &[std::ffi::OsString]) {
    let columns = terminal::width().min(MOST_COLUMNS);
    let Err(error) = command(Purpose::Help(columns)).try_get_matches_from(arguments) else { return };
    // Printing fails only when nobody listens any more.
    let _ = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::DisplayVersion => {
            error.print()
        }
        _ => std::io::Write::write_all(&mut anstream::stderr(), usage_error(&error).as_bytes()),
    };
}

fn translated(mut command: Command, path: &str, purpose: Purpose) -> Command {
    // `help check` describes `check`, `config help` does what `help` does.
    let described = match path.rsplit_once("help") {
        Some((_, "")) => "help".to_owned(),
        _ => path.replacen("help ", "", 1),
    };
    let about = COMMANDS.iter().find(|(known, _)| *known == described).map_or("", |(_, about)| *about);
    let usage = usage(&command.render_usage());
    let style = *command.get_styles().get_usage();
    let columns: Vec<(&str, usize)> = columns_of_names(&command);
    command = command
        .about(about)
        .override_usage(usage)
        .help_template(format!("{{about-with-newline}}\n{style}用法：{style:#}{{usage}}\n\n{{all-args}}"))
        .subcommand_help_heading("命令")
        .mut_args(|arg| {
            let names = columns.iter().find(|(heading, _)| *heading == heading_of(&arg)).map_or(0, |(_, width)| *width);
            argument(arg, &described, purpose, names)
        });
    if let Purpose::Help(columns) = purpose {
        command = command.term_width(columns);
    }
    command.mut_subcommands(|sub| {
        let path = format!("{path} {}", sub.get_name());
        translated(sub, path.trim_start(), purpose)
    })
}

/// clap's usage without its first word.
fn usage(usage: &StyledStr) -> StyledStr {
    let usage = usage.ansi().to_string();
    let usage = usage.split_once(' ').map_or(usage.as_str(), |(_, usage)| usage);
    // What follows the first line stands below it.
    usage.replace("[OPTIONS]", "[选项]").replace("COMMAND", "命令").replace("\n       ", "\n      ").into()
}

/// The Chinese heading over an argument of the English command line.
fn heading_of(arg: &Arg) -> &'static str {
    // clap makes the options for help and version itself, under no heading.
    let heading =
        if matches!(arg.get_id().as_str(), "help" | "version") { Some(GLOBAL) } else { arg.get_help_heading() };
    let named = HEADINGS.iter().find(|(en, _)| Some(*en) == heading);
    named.map_or(if arg.is_positional() { "参数" } else { "选项" }, |(_, zh)| zh)
}

/// For each heading the columns that clap gives to the names of its arguments in the short help.
fn columns_of_names(command: &Command) -> Vec<(&'static str, usize)> {
    let mut widths: Vec<(&str, usize)> = Vec::new();
    for arg in command.get_arguments() {
        // Two spaces before and after; the place of a short name before a long one.
        let width = arg.to_string().width() + 4 + if arg.get_long().is_some() { 4 } else { 0 };
        let heading = heading_of(arg);
        match widths.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, widest)) => *widest = width.max(*widest),
            None => widths.push((heading, width)),
        }
    }
    widths
}

/// Columns before the text in the long help.
const LONG_INDENT: usize = 10;

fn argument(arg: Arg, command: &str, purpose: Purpose, columns_of_names: usize) -> Arg {
    let id = arg.get_id().as_str();
    let of = |command: &str| ARGUMENTS.iter().find(|text| text.command == command && text.id == id);
    let Some(text) = of(command).or_else(|| of("")) else { return arg };
    let explanation = |value: &str| text.values.iter().find(|(known, _)| *known == value).map(|(_, zh)| *zh);
    let values: Vec<PossibleValue> = arg.get_possible_values();
    let short = text.help.split("\n\n").next().unwrap_or_default();
    let heading = heading_of(&arg);
    let Purpose::Help(columns) = purpose else {
        let arg = arg.help_heading(heading).help(short).long_help(text.help);
        if values.is_empty() {
            return arg;
        }
        let values = values.into_iter().map(|value| match explanation(value.get_name()) {
            Some(zh) => value.help(zh),
            None => value,
        });
        return arg.value_parser(PossibleValuesParser::new(values));
    };
    let default = arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
    let default = default.filter(|_| arg.get_num_args().is_some_and(|number| number.takes_values()));
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let notes = [
        default.as_ref().map(|default| format!("默认：{default}")),
        (!names.is_empty()).then(|| format!("可选：{}", names.join("、"))),
    ];
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join("；");
    let notes = if notes.is_empty() { notes } else { format!("（{notes}）") };
    let mut long = wrapped(text.help, columns - LONG_INDENT);
    for (n, name) in names.iter().enumerate() {
        long += if n == 0 { "\n\n可选值：" } else { "" };
        long += &match explanation(name) {
            Some(zh) => format!("\n- {name}：{zh}"),
            None => format!("\n- {name}"),
        };
    }
    if let Some(default) = &default {
        long += &format!("\n\n默认：{default}");
    }
    arg.help_heading(heading)
        .help(wrapped(&format!("{short}{notes}"), columns.saturating_sub(columns_of_names).max(LONG_INDENT)))
        .long_help(long)
        .hide_default_value(true)
        .hide_possible_values(true)
}

/// `text` in lines of `columns`. clap breaks lines at spaces, of which Chinese has none.
fn wrapped(text: &str, columns: usize) -> String {
    let (mut output, mut used, mut start) = (String::new(), 0, 0);
    for (end, opportunity) in linebreaks(text) {
        let piece = &text[start..end];
        if piece.ends_with('-') {
            // The name of an option stays whole.
            continue;
        }
        if used > 0 && used + piece.trim_end().width() > columns {
            output.truncate(output.trim_end().len());
            output.push('\n');
            used = 0;
        }
        output.push_str(piece);
        used = if opportunity == BreakOpportunity::Mandatory { 0 } else { used + piece.width() };
        start = end;
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    /// Every command of the tree with its path.
    fn walk(command: &Command, path: &str, visit: &mut impl FnMut(&Command, &str)) {
        visit(command, path);
        for sub in command.get_subcommands() {
            walk(sub, format!("{path} {}", sub.get_name()).trim_start(), visit);
        }
    }

    fn has_hanzi(text: Option<&StyledStr>) -> bool {
        text.is_some_and(|text| text.to_string().chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
    }

    #[test]
    fn everything_has_a_chinese_text() {
        for purpose in [Purpose::Help(80), Purpose::Reference] {
            walk(&command(purpose), "", &mut |command, path| {
                assert!(has_hanzi(command.get_about()), "the command {path:?} has no Chinese text");
                for arg in command.get_arguments() {
                    let name = format!("{} of {path:?}", arg.get_id());
                    assert!(has_hanzi(arg.get_help()) && has_hanzi(arg.get_long_help()), "{name} has no Chinese text");
                    let of_shell = arg.get_id() == "shell";
                    for value in arg.get_possible_values().iter().filter(|_| purpose == Purpose::Reference) {
                        let is_named = value.get_name() == "json" || value.get_name() == "en" || of_shell;
                        assert!(is_named || has_hanzi(value.get_help()), "{value:?} of {name} has no Chinese text");
                    }
                }
            });
        }
    }

    #[test]
    fn no_text_is_left_over() {
        let (mut commands, mut arguments) = (Vec::new(), Vec::new());
        walk(&command(Purpose::Reference), "", &mut |command, path| {
            commands.push(path.to_owned());
            for arg in command.get_arguments() {
                let values = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
                arguments.push((path.to_owned(), arg.get_id().to_string(), values));
            }
        });
        for (path, _) in COMMANDS {
            assert!(commands.iter().any(|known| known == path), "there is no command {path:?}");
        }
        for text in ARGUMENTS {
            let known = arguments.iter().find(|(path, id, _)| path == text.command && id == text.id);
            let values: &Vec<String> = &known.unwrap_or_else(|| panic!("there is no {} {}", text.command, text.id)).2;
            let told = text.values.iter().map(|(value, _)| (*value).to_owned()).collect::<Vec<_>>();
            assert!(told.is_empty() || told == *values, "{} {}: {values:?}", text.command, text.id);
        }
        let mut english = Cli::command();
        english.build();
        walk(&english, "", &mut |command, _| {
            for heading in command.get_arguments().filter_map(Arg::get_help_heading) {
                assert!(HEADINGS.iter().any(|(en, _)| *en == heading), "the heading {heading} has no Chinese text");
            }
        });
        let formats = crate::cli::format::Format::names().join("、");
        let help = ARGUMENTS.iter().find(|text| text.command == "check" && text.id == "format").expect("there").help;
        assert!(help.contains(&formats), "{formats}");
    }

    #[test]
    fn the_help_is_chinese_and_fits() {
        for columns in [60, 80, 100] {
            let mut paths = Vec::new();
            walk(&command(Purpose::Help(columns)), "", &mut |_, path| paths.push(path.to_owned()));
            for path in paths.iter().filter(|path| !path.contains("help")) {
                for flag in ["-h", "--help"] {
                    let arguments = ["article-lsp"].into_iter().chain(path.split_whitespace()).chain([flag]);
                    let help = command(Purpose::Help(columns)).try_get_matches_from(arguments).expect_err("help");
                    let help = help.to_string();
                    for english in ["Usage", "Options", "Arguments", "Commands", "Print", "default:", "ossible values"]
                    {
                        assert!(!help.contains(english), "{path} {flag}: {english} in\n{help}");
                    }
                    let widest = help.lines().max_by_key(|line| line.width()).expect("lines");
                    assert!(widest.width() <= columns, "{path} {flag}: {widest} of {}", widest.width());
                }
            }
        }
    }

    #[test]
    fn lines_break_between_hanzi_and_not_before_a_full_stop() {
        assert_eq!(wrapped("镇工会送清凉。", 12), "镇工会送清\n凉。");
        assert_eq!(wrapped("用 --fix-only 修复", 10), "用\n--fix-only\n修复");
        assert_eq!(wrapped("甲\n\n乙", 10), "甲\n\n乙");
    }
}
