//! Repairs applied without a person: as many as do not touch each other, again and again until none is left.

use std::collections::HashSet;

use crate::article::Memo;
use crate::block::{Format, hash};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Edit, Safety, apply};
use crate::text::Span;

/// More rounds than any text needs: a repair uncovers at most a few others. What is left then stays.
const MOST_ROUNDS: usize = 10;

/// A repaired text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many repairs were applied.
    pub n_fixes: usize,
}

/// Repairs `text`, which has `encoding` as for [`super::check`]. Unsafe repairs are applied only when `unsafe_too`, and
/// only where a finding has no safe one.
pub fn fix(text: String, format: Format, encoding: Option<&'static str>, config: &Config, unsafe_too: bool) -> Fixed {
    let mut memo = Memo::default();
    let mut fixed = Fixed { text, n_fixes: 0 };
    let mut seen = HashSet::from([hash(&fixed.text)]);
    for _ in 0..MOST_ROUNDS {
        let (_, diagnostics) = super::check(fixed.text.as_str(), format, encoding, config, &mut memo);
        let (edits, n_fixes) = compatible(&diagnostics, unsafe_too);
        if n_fixes == 0 {
            break;
        }
        let next = apply(&fixed.text, &edits);
        // Two rules that undo each other would go on for ever.
        if !seen.insert(hash(&next)) {
            break;
        }
        fixed = Fixed { text: next, n_fixes: fixed.n_fixes + n_fixes };
    }
    fixed
}

/// The edits of the first repair of every finding, as far as they touch none before; a repair whole or not at all.
fn compatible(diagnostics: &[Diagnostic], unsafe_too: bool) -> (Vec<Edit>, usize) {
    let (mut edits, mut n_fixes): (Vec<Edit>, _) = (Vec::new(), 0);
    for diagnostic in diagnostics {
        let fixes = &diagnostic.finding.fixes;
        let safe = fixes.iter().find(|fix| fix.safety == Safety::Safe);
        let Some(fix) = safe.or_else(|| fixes.iter().find(|fix| unsafe_too && !fix.edits.is_empty())) else { continue };
        let is_free = |span: Span| edits.iter().all(|edit| span.end < edit.span.start || edit.span.end < span.start);
        if !fix.edits.is_empty() && fix.edits.iter().all(|edit| is_free(edit.span)) {
            edits.extend(fix.edits.iter().cloned());
            n_fixes += 1;
        }
    }
    (edits, n_fixes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Finding, Fix};
    use crate::lang::Message;

    fn diagnostic(safety: Safety, edits: &[(usize, usize)]) -> Diagnostic {
        let edits = edits.iter().map(|&(a, b)| Edit { span: Span::new(a, b), new_text: String::new() }).collect();
        let fixes = vec![Fix { title: Message::new("", ""), safety, edits }];
        let finding = Finding { fixes, ..Finding::new(Span::empty(0), Message::new("", "")) };
        Diagnostic { rule: "broken-paragraph", severity: crate::diagnostic::Severity::Warning, finding }
    }

    #[test]
    fn repairs_that_touch_wait_for_the_next_round() {
        let all = [
            diagnostic(Safety::Safe, &[(0, 2), (8, 9)]),
            diagnostic(Safety::Safe, &[(2, 3)]),
            diagnostic(Safety::Safe, &[(4, 5), (8, 8)]),
            diagnostic(Safety::Unsafe, &[(5, 6)]),
            diagnostic(Safety::Safe, &[(5, 6)]),
        ];
        let spans = |unsafe_too| -> Vec<_> {
            compatible(&all, unsafe_too).0.iter().map(|edit| (edit.span.start, edit.span.end)).collect()
        };
        assert_eq!(spans(false), [(0, 2), (8, 9), (5, 6)]);
        assert_eq!(compatible(&all[3..4], false).1, 0);
        assert_eq!(compatible(&all[3..4], true).1, 1);
    }

    #[test]
    fn repairs_converge() {
        let text = "<!-- article-lsp allow broken-paragraph, duplicate-paragraph, not-utf8 -->\n\
            镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n";
        let fix = |text| fix(text, Format::Markdown, Some("UTF-8"), &Config::default(), false);
        let fixed = fix(text.into());
        assert!(fixed.text.starts_with("镇工会"), "{}", fixed.text);
        let again = fix(fixed.text.clone());
        assert_eq!(again, Fixed { n_fixes: 0, ..fixed });
    }

    #[test]
    fn a_comment_about_the_encoding_goes_only_where_the_encoding_is_known_and_right() {
        let text = "<!-- article-lsp allow-file not-utf8: 原件如此 -->\n\n\
            镇工会的志愿者来到养老院，陪老人们聊天，给他们理发，还送去了生活用品。\n";
        for (encoding, n_fixes) in [(Some("GB18030"), 0), (None, 0), (Some("UTF-8"), 1)] {
            let fixed = fix(text.into(), Format::Markdown, encoding, &Config::default(), false);
            assert_eq!(fixed.n_fixes, n_fixes, "{encoding:?}");
        }
    }
}
