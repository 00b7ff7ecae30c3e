//! The command line in Chinese: what commands, arguments and values are for, and clap's own words.
//!
//! The types of the commands declare the command line and describe it in English. Arguments are always parsed by
//! those; what is made here prints: help, usage errors, the manual, completions. A test walks the whole tree, so that
//! nothing stays in English.

use std::error::Error as _;
use std::fmt::Write;

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, Error};
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthStr;

use super::{Cli, terminal};
use crate::lang::Message;

/// What each command does, by its path.
const COMMANDS: &[(&str, &str)] = &[
    ("", "找出 OCR 和 PDF 提取在中文报纸文章中造成的错误，并予以修复"),
    ("check", "报告文件和文件夹中的问题"),
    ("outline", "显示文件的标题结构"),
    ("organisations", "列出文件中出现的机构"),
    ("explain", "解释一条规则"),
    ("rules", "列出全部规则"),
    ("config", "显示生效的设置，或配置文件的 JSON Schema"),
    ("config schema", "输出 article-lsp.toml 的 JSON Schema"),
    ("completions", "输出用于 shell 补全命令和选项的脚本"),
    ("man", "输出手册页"),
    ("serve", "在标准输入和标准输出上运行语言服务器"),
    ("help", "显示本帮助，或某个命令的帮助"),
];

/// The Chinese of one argument.
struct Text {
    /// The path of its command; empty for those that every command has.
    command: &'static str,
    id: &'static str,
    /// What it is for. What follows an empty line is for the long help.
    help: &'static str,
    /// What its values mean, where they are words.
    values: &'static [(&'static str, &'static str)],
}

const fn text(command: &'static str, id: &'static str, help: &'static str) -> Text {
    Text { command, id, help, values: &[] }
}

const ARGUMENTS: &[Text] = &[
    text("", "help", "显示帮助（-h 为摘要，--help 为详情）"),
    text("", "version", "显示版本"),
    Text {
        values: &[("auto", "在终端中使用，设置了 NO_COLOR 时除外"), ("always", "总是使用"), ("never", "从不使用")],
        ..text("", "color", "何时使用颜色")
    },
    Text {
        values: &[("en", "English"), ("zh", "中文")],
        ..text("", "lang", "消息的语言；未指定时先按配置文件，再按系统区域设置")
    },
    text("", "config", "使用该配置文件，而不是最近的 article-lsp.toml"),
    text("", "no_config", "不使用任何配置文件"),
    text("check", "paths", "文件和文件夹；- 表示标准输入；未指定时为当前文件夹"),
    text("check", "files_from", "从该文件读取路径，每行一个或以 NUL 分隔；- 表示标准输入"),
    text("check", "stdin_filename", "标准输入的名称，决定其类型和适用的设置"),
    text("check", "since", "只检查与该 git 版本不同的文件，包括新文件"),
    text("check", "changed", "只检查与最近一次提交不同的文件；同 --since HEAD"),
    text("check", "force_exclude", "配置或 .article-lsp-ignore 排除的文件，即使点名也不检查"),
    text(
        "check",
        "format",
        "输出格式；“格式=文件”写入文件；可指定多个（可选：human、concise、grouped、json、json-lines、\
         github、gitlab、sarif、junit、checkstyle、rdjson）",
    ),
    text("check", "output_file", "把输出写入该文件"),
    text("check", "statistics", "不列出问题，只按规则计数，输出表格或 JSON"),
    text("check", "profile", "在标准错误上报告每条规则的耗时"),
    text("check", "cache", "把结果保存在该文件夹中，以后只分析有变化的文件"),
    text("check", "select", "只运行这些规则"),
    text("check", "extend_select", "运行这些规则，即使配置已将其关闭"),
    text("check", "ignore", "不运行这些规则"),
    text(
        "check",
        "across_files",
        "段落若也见于该文件夹的其他文件，予以报告\n\n文件夹中每个段落最多占用 160 字节内存。",
    ),
    text("check", "baseline", "不报告该文件中记录的问题"),
    text("check", "write_baseline", "把发现的问题记入 --baseline 指定的文件"),
    text("check", "fix", "应用可靠的修复，然后报告余下的问题"),
    text("check", "unsafe_fixes", "也应用须人工确认的修复；与 --fix、--fix-only 或 --diff 同用"),
    text("check", "fix_only", "应用修复，不报告问题"),
    text("check", "diff", "以 diff 显示修复将作的改动，不写入文件"),
    Text {
        values: &[("error", "仅错误"), ("warning", "警告和错误"), ("information", "任何问题"), ("never", "从不")],
        ..text("check", "fail_on", "问题达到哪一级别时退出码为 1；未指定时先按配置文件，再按 warning")
    },
    text("check", "exit_zero", "无论发现什么，退出码均为 0；同 --fail-on never"),
    text("check", "max_findings", "达到该级别的问题多于此数时，退出码才为 1"),
    text("outline", "file", "文件；- 表示标准输入"),
    Text { values: &[("human", "树状结构"), ("json", "JSON")], ..text("outline", "format", "输出格式") },
    text("organisations", "paths", "文件和文件夹；- 表示标准输入"),
    Text {
        values: &[("human", "表格"), ("json", "JSON"), ("csv", "逗号分隔的值，每个机构一行")],
        ..text("organisations", "format", "输出格式")
    },
    text("explain", "rule", "规则名称"),
    Text {
        values: &[("human", "表格"), ("json", "JSON，含两种语言的文档"), ("markdown", "Markdown 表格")],
        ..text("rules", "format", "输出格式")
    },
    text("config", "show_origin", "说明每项设置来自何处"),
    text("config", "file", "该文件适用的设置；未指定时为当前文件夹的设置"),
    text("completions", "shell", "shell 的名称"),
    text("serve", "stdio", "经标准输入和标准输出通信：唯一的方式，供要求写明的客户端使用"),
    text("serve", "client_process_id", "该进程结束时，服务器随之结束"),
];

/// The headings of the help.
const HEADINGS: &[(&str, &str)] = &[
    ("Files", "文件"),
    ("Output", "输出"),
    ("Rules", "规则"),
    ("Fixes", "修复"),
    ("Exit code", "退出码"),
    (GLOBAL, "通用选项"),
];
const GLOBAL: &str = "Global options";

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

/// What clap says of a usage error, in Chinese.
fn usage_error(error: &Error) -> String {
    let one = |kind| match error.get(kind) {
        Some(ContextValue::String(value)) => Some(value.as_str()),
        _ => None,
    };
    let many = |kind| match error.get(kind) {
        Some(ContextValue::Strings(values)) => values.clone(),
        Some(ContextValue::String(value)) => vec![value.clone()],
        _ => Vec::new(),
    };
    let argument = one(ContextKind::InvalidArg).unwrap_or_default();
    let value = one(ContextKind::InvalidValue).unwrap_or_default();
    let command = one(ContextKind::InvalidSubcommand).unwrap_or_default();
    let mut output = terminal::error_label(crate::lang::Lang::Zh);
    output += &match error.kind() {
        ErrorKind::UnknownArgument => format!("没有参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {command}"),
        ErrorKind::MissingSubcommand => format!("{command} 需要一个命令"),
        ErrorKind::MissingRequiredArgument => {
            let missing = many(ContextKind::InvalidArg);
            format!("缺少必需的参数：\n  {}", missing.join("\n  "))
        }
        ErrorKind::ArgumentConflict => {
            let others = many(ContextKind::PriorArg);
            if others.iter().all(|other| other == argument) {
                format!("{argument} 不能重复使用")
            } else {
                format!("{argument}{command} 不能与 {} 同用", others.join("、"))
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 需要一个值"),
        ErrorKind::InvalidValue => format!("{argument} 的值 {value} 无效"),
        ErrorKind::ValueValidation => {
            format!("{argument} 的值 {value} 无效{}", error.source().map(why).unwrap_or_default())
        }
        ErrorKind::NoEquals => format!("{argument} 的值须以等号给出"),
        ErrorKind::TooManyValues => format!("{argument} 的值过多：{value}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{argument} 的值个数不对"),
        ErrorKind::InvalidUtf8 => "有参数不是有效的 UTF-8".to_owned(),
        _ => error.to_string(),
    };
    let known = [many(ContextKind::ValidValue), many(ContextKind::ValidSubcommand)].concat();
    if !known.is_empty() {
        output += &format!("\n  可选：{}", known.join("、"));
    }
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let similar: Vec<String> = kinds.into_iter().flat_map(many).collect();
    if !similar.is_empty() {
        output += &format!("\n\n  提示：是否指 {}？", similar.join("、"));
    } else if error.kind() == ErrorKind::UnknownArgument && error.get(ContextKind::Suggested).is_some() {
        output += &format!("\n\n  提示：若要把 {argument} 用作值，请写作 -- {argument}");
    }
    if let Some(ContextValue::StyledStr(text)) = error.get(ContextKind::Usage) {
        write!(output, "\n\n用法：{}", usage(text).ansi()).expect("a string takes everything");
    }
    output + "\n\n详情请用 --help 查看。\n"
}

/// Why a value cannot be read.
fn why(error: &(dyn std::error::Error + 'static)) -> String {
    if let Some(message) = error.downcast_ref::<Message>() {
        format!("：{}", message.zh)
    } else if error.is::<std::num::ParseIntError>() {
        "：应是不太大的非负整数".to_owned()
    } else {
        format!("：{error}")
    }
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
