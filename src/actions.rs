//! What can be done at a place: repairs of the findings there, the way to the other half, a comment that allows them.

use similar::Algorithm;

use crate::article::Page;
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::lang::{Message, Phrase};
use crate::rules::{self, Rule};
use crate::suppression;
use crate::text::Span;

/// What an action does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Changes the text.
    Edit(Vec<Edit>),
    /// Shows another place in the same text.
    GoTo(Span),
}

/// Something that can be done about a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// What it does, for a menu.
    pub title: Message,
    /// Index of the diagnostic that it is about.
    pub diagnostic: usize,
    /// Whether it is the one to take: the first safe repair of a finding.
    pub is_preferred: bool,
    /// What it does.
    pub effect: Effect,
}

/// The actions for the findings that touch `span`: in the order of the findings their repairs and the ways to the
/// places that they refer to, and at the end the comments that allow them.
pub fn at(page: &Page, diagnostics: &[Diagnostic], span: Span) -> Vec<Action> {
    let touching = diagnostics.iter().enumerate().filter(|(_, d)| touches(d.finding.span, span));
    let (mut actions, mut allowing): (Vec<Action>, Vec<Action>) = Default::default();
    for (diagnostic, found) in touching {
        let finding = &found.finding;
        for (n, fix) in finding.fixes.iter().enumerate() {
            actions.push(Action {
                title: fix.title.clone(),
                diagnostic,
                is_preferred: n == 0 && fix.safety == Safety::Safe,
                effect: Effect::Edit(fix.edits.clone()),
            });
        }
        if let Some(related) = finding.related.first() {
            actions.push(Action {
                title: way(found.rule).into(),
                diagnostic,
                is_preferred: false,
                effect: Effect::GoTo(related.span),
            });
        }
        if let Some(rule) = rules::find(found.rule) {
            let here = suppression::insertion(page, rule.name, finding.span.start);
            let in_file = suppression::insertion_for_file(page, rule.name);
            for (title, edit) in [(allow_here(rule), here), (allow_in_file(rule), in_file)] {
                let effect = Effect::Edit(vec![edit]);
                // Two findings of a rule in one block need one comment.
                if allowing.iter().all(|known| known.effect != effect) {
                    allowing.push(Action { title, diagnostic, is_preferred: false, effect });
                }
            }
        }
    }
    actions.append(&mut allowing);
    actions
}

fn allow_here(rule: &Rule) -> Message {
    Message::new(format!("Ignore `{}` here", rule.name), format!("此处忽略“{}”（{}）", rule.summary.zh, rule.name))
}

fn allow_in_file(rule: &Rule) -> Message {
    Message::new(
        format!("Ignore `{}` in this file", rule.name),
        format!("本文件忽略“{}”（{}）", rule.summary.zh, rule.name),
    )
}

fn touches(finding: Span, asked: Span) -> bool {
    finding.start <= asked.end && asked.start <= finding.end
}

/// What the first place that a rule refers to is called.
fn way(rule: &str) -> Phrase {
    match rule {
        "duplicate-paragraph" => Phrase { en: "Go to the first copy", zh: "转到最先出现处" },
        "repeated-sentence" => Phrase { en: "Go to the first occurrence", zh: "转到最先出现处" },
        "broken-paragraph" | "displaced-continuation" => Phrase { en: "Go to the continuation", zh: "转到下文" },
        _ => Phrase { en: "Go to the other place", zh: "转到另一处" },
    }
}

/// The title of the action that applies every safe repair.
pub const FIX_ALL: Phrase = Phrase { en: "Apply all safe repairs", zh: "应用全部可靠修复" };

/// The edits that make `new` of `old`, line by line: what stays stays untouched, and marks and cursors with it.
pub fn edits_between(old: &str, new: &str) -> Vec<Edit> {
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let (mut old_at, mut new_at) = (0, 0);
    let mut edits = Vec::new();
    for op in similar::capture_diff_slices(Algorithm::Myers, &old_lines, &new_lines) {
        let bytes = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
        let (old_end, new_end) =
            (old_at + bytes(&old_lines[op.old_range()]), new_at + bytes(&new_lines[op.new_range()]));
        if old[old_at..old_end] != new[new_at..new_end] {
            let edit = difference(&old[old_at..old_end], &new[new_at..new_end]);
            let span = Span::new(old_at + edit.span.start, old_at + edit.span.end);
            edits.push(Edit { span, ..edit });
        }
        (old_at, new_at) = (old_end, new_end);
    }
    edits
}

/// The one edit that makes `new` of `old`: what stands between their common beginning and their common end.
fn difference(old: &str, new: &str) -> Edit {
    let common = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>()
    };
    let head = common(&mut old.chars().zip(new.chars()));
    let tail = common(&mut old[head..].chars().rev().zip(new[head..].chars().rev()));
    Edit { span: Span::new(head, old.len() - tail), new_text: new[head..new.len() - tail].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Memo;
    use crate::block::Format;
    use crate::diagnostic::apply;
    use crate::diagnostic::{Finding, Fix, Related, Severity};

    fn diagnostic(span: Span, edits: &[(usize, usize, &str)], safety: Safety) -> Diagnostic {
        let edits = edits.iter().map(|&(start, end, new)| Edit { span: Span::new(start, end), new_text: new.into() });
        let fix = Fix { title: Message::new("fix", "修"), safety, edits: edits.collect() };
        let related = Related { span: Span::empty(0), message: Message::new("there", "那里") };
        let finding =
            Finding { fixes: vec![fix], related: vec![related], ..Finding::new(span, Message::new("a", "甲")) };
        Diagnostic { rule: "broken-paragraph", severity: Severity::Warning, finding }
    }

    #[test]
    fn actions_are_those_of_the_findings_at_the_cursor() {
        let diagnostics = [
            diagnostic(Span::new(0, 3), &[(0, 3, "")], Safety::Safe),
            diagnostic(Span::new(6, 9), &[(6, 9, "")], Safety::Unsafe),
        ];
        let page = Page::parse("甲乙丙丁", Format::Markdown, &mut Memo::default());
        let at = |span| super::at(&page, &diagnostics, span);
        let titles = |offset| at(Span::empty(offset)).iter().map(|a| a.title.en.clone()).collect::<Vec<_>>();
        let ignoring = ["Ignore `broken-paragraph` here", "Ignore `broken-paragraph` in this file"];
        assert_eq!(titles(3), [&["fix", "Go to the continuation"], &ignoring[..]].concat());
        assert!(titles(5).is_empty());
        assert_eq!(at(Span::new(0, 9)).len(), 6, "one comment allows both");
        assert!(!at(Span::empty(7))[0].is_preferred, "unsafe repairs are not preferred");
    }

    #[test]
    fn edits_between_two_texts_leave_alone_what_stays() {
        let (old, new) = ("甲\n乙乙\n丙\n丁\n", "甲\n乙\n丙\n丁丁");
        let edits = edits_between(old, new);
        assert_eq!(apply(old, &edits), new);
        assert_eq!(edits.len(), 2, "{edits:?}");
        assert!(edits_between(old, old).is_empty());
        assert_eq!(apply("", &edits_between("", new)), new);
        assert_eq!(apply(old, &edits_between(old, "")), "");
    }

    #[test]
    fn the_difference_is_one_edit_on_character_boundaries() {
        for (old, new) in [("甲乙丙", "甲丁丙"), ("甲甲", "甲"), ("", "甲"), ("甲", ""), ("一二", "一二"), ("仁", "亻")]
        {
            assert_eq!(apply(old, &[difference(old, new)]), new);
        }
    }
}
