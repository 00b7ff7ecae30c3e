//! Usage errors.

use std::error::Error as _;
use std::fmt::Write;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::usage;
use crate::cli::terminal;
use crate::lang::{Lang, Message};

/// What clap says of a usage error, in Chinese.
pub(super) fn usage_error(error: &Error) -> String {
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
    let mut output = terminal::error_label(Lang::Zh);
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
