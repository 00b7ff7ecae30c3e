//! What is known of the terminal: colours, width, language.

use std::borrow::Cow;
use std::env;
use std::io::IsTerminal;

use anstyle::{AnsiColor, Style};

use super::Color;
use crate::lang::Lang;

/// Width in columns where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 100;
/// A wider terminal is not filled: an eye does not follow lines of more.
const MOST_WIDTH: usize = 140;
/// A narrower one is not followed: two Hanzi a line help nobody.
const LEAST_WIDTH: usize = 40;

/// Decides once whether there are colours.
pub(super) fn set_color(color: Color) {
    match color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// Width of the output in columns.
pub(super) fn width() -> usize {
    let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let asked = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    asked.or(columns).unwrap_or(DEFAULT_WIDTH).clamp(LEAST_WIDTH, MOST_WIDTH)
}

/// The language of the locale: what the environment says, else the system.
pub(super) fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    let set = set.into_iter().find(|value| !value.is_empty()).or_else(system_locale);
    set.map_or(Lang::En, |value| Lang::from_locale(&value))
}

/// On Windows few set the variables; the system knows the language of its user.
#[cfg(windows)]
fn system_locale() -> Option<String> {
    sys_locale::get_locale()
}

#[cfg(not(windows))]
const fn system_locale() -> Option<String> {
    None
}

/// Whether a person watches the progress.
pub(super) fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

/// A text or a path that others wrote, with its control characters replaced: a terminal would obey them, and XML has no
/// place for them.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let picture = |c: char| match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32('\u{2400}' as u32 + c as u32).expect("they have pictures in the same order"),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    if text.chars().all(|c| picture(c) == c) { text.into() } else { text.chars().map(picture).collect() }
}

/// Whether standard output is for people: a terminal, or what takes colours.
pub(super) fn is_for_people() -> bool {
    std::io::stdout().is_terminal() || anstream::stdout().current_choice() != anstream::ColorChoice::Never
}

/// `text` in `style`; the stream drops the style where there are no colours.
pub(super) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::BrightRed.on_default().bold();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const CYAN: Style = AnsiColor::Cyan.on_default().bold();
pub(super) const GREEN: Style = AnsiColor::Green.on_default();

/// What stands before an error.
pub(super) fn error_label(lang: Lang) -> String {
    match lang {
        Lang::En => format!("{}: ", paint(RED, "error")),
        Lang::Zh => format!("{}：", paint(RED, "错误")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_not_obeyed() {
        assert_eq!(visible("工会\u{1b}[2J\u{9b}2J\r\n\u{7f}"), "工会␛[2J\u{fffd}2J␍␊␡");
        assert!(matches!(visible("工会，\t12 项"), Cow::Borrowed(_)));
    }
}
