//! What can be done at a place: repairs of the findings there, all safe repairs at once, the way to the other half.

use crate::article::{Memo, Page};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Edit, Safety, apply};
use crate::lang::{Message, Phrase};
use crate::rules::{self, Context, Rule};
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

/// Rounds of repairs after which [`fix_all`] stops. Each round repairs what the one before uncovered; real pages need
/// two or three, and only rules that undo each other would need more.
const MOST_ROUNDS: usize = 10;

/// The edits that apply every safe repair of `page`, until nothing safe is left. Empty where nothing is.
pub fn fix_all(page: &Page, diagnostics: &[Diagnostic], config: &Config) -> Vec<Edit> {
    let first = safe_edits(diagnostics);
    if first.is_empty() {
        return first;
    }
    let mut memo = Memo::default();
    let mut fixed = apply(page.text.as_str(), &first);
    let mut rounds = 1;
    while rounds < MOST_ROUNDS {
        let page = Page::parse(fixed.as_str(), page.format, &mut memo);
        let edits = safe_edits(&rules::check(&Context { page: &page, config, encoding: None }));
        if edits.is_empty() {
            break;
        }
        fixed = apply(&fixed, &edits);
        rounds += 1;
    }
    if rounds == 1 { first } else { vec![difference(page.text.as_str(), &fixed)] }
}

/// The first safe repair of each finding, by position, where they do not overlap: two repairs of the same place are
/// applied one after the other, in two rounds. A repair is taken whole or not at all.
fn safe_edits(diagnostics: &[Diagnostic]) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    for diagnostic in diagnostics {
        let Some(fix) = diagnostic.finding.fixes.iter().find(|fix| fix.safety == Safety::Safe) else { continue };
        let collides = |edit: &Edit| taken.iter().any(|t| touches(t.span, edit.span));
        if !fix.edits.iter().any(collides) {
            taken.extend(fix.edits.iter().cloned());
        }
    }
    taken.sort_by_key(|edit| edit.span);
    taken
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
    use crate::block::Format;
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
    fn repairs_that_collide_wait_and_stay_whole() {
        let diagnostics = [
            diagnostic(Span::new(0, 3), &[(3, 6, "x")], Safety::Safe),
            diagnostic(Span::new(3, 6), &[(0, 1, "y"), (4, 5, "z")], Safety::Safe),
            diagnostic(Span::new(9, 12), &[(9, 12, "")], Safety::Safe),
            diagnostic(Span::new(15, 18), &[(15, 18, "")], Safety::Unsafe),
        ];
        let spans: Vec<_> = safe_edits(&diagnostics).iter().map(|edit| edit.span).collect();
        assert_eq!(spans, [Span::new(3, 6), Span::new(9, 12)]);
    }

    #[test]
    fn the_difference_is_one_edit_on_character_boundaries() {
        for (old, new) in [("甲乙丙", "甲丁丙"), ("甲甲", "甲"), ("", "甲"), ("甲", ""), ("一二", "一二"), ("仁", "亻")]
        {
            assert_eq!(apply(old, &[difference(old, new)]), new);
        }
    }
}
