//! Whether a line heads something: a logistic regression over features of the line and its neighbours.
//!
//! Marks are evidence only: in the files that this program is for they stand on some titles and not on others, on
//! wrong levels, and now and then on a paragraph. `heading.tsv` holds the weights: what each piece of evidence weighed on
//! the logic of the page, and what it weighs since `examples/train-seams --headings` has seen pages of a newspaper. It
//! moves a weight only as far as those pages speak of it; marks, for one, they do not have.

use std::sync::LazyLock;

use super::Page;
use super::cell::is_cell;
use super::lines::{LEAST_PARAGRAPH, Lines, MOST_LONG, by_look};
use super::run::runs;
use crate::block::{Block, Convention, Form};
use crate::shape::{Ending, Look, MOST_LABEL, Shape, Style, announces, begins_turn};
use crate::zh;

macro_rules! evidence {
    ($($name:ident $explanation:literal,)*) => {
        /// A piece of evidence for or against a heading.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Evidence { $(#[doc = $explanation] $name,)* }

        impl Evidence {
            /// All of it, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its name in the table.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }
        }
    };
}

evidence! {
    Marked "Begins with `#`",
    Bold "Set in bold as a whole",
    Tiny "One or two characters",
    Short "Three to six characters",
    TitleLong "Seven to thirty: the length of titles",
    KickerLong "Thirty-one to forty-five: long kickers",
    VeryLong "Forty-six to sixty-two",
    ParagraphLong "Sixty-three to ninety",
    FarTooLong "More than ninety",
    Stops "Ends in 。 or ……",
    Asks "Is one question or call",
    Pauses "Ends in ， 、 or ；",
    Speaker "Ends in a colon above another heading: 某某公司总经理某某：",
    Introduces "Ends in a colon above text",
    HoldsStop "A sentence ends inside it with 。",
    BreaksOff "A sentence ends inside it with 。, and what stands behind it ends none",
    HoldsCall "A question or a call ends inside it",
    Speech "Begins with a speaker and a colon and is a sentence: 问：…？",
    ManyClauses "Four clauses or more, a question of three",
    Unclosed "A quote or bracket stays open",
    Unopened "A quote or bracket closes that was never opened",
    Hanging "Its last character wants another behind it",
    OpensSentence "Begins as sentences begin",
    IsLabel "Is one of the names that boxes have",
    NumberedPart "Is numbered as parts of an article are",
    NumberedItem "Is numbered as items and clauses are",
    IsLead "Begins an article itself: 本报讯",
    BylineBelow "A byline stands below",
    LeadBelow "The first paragraph of a report stands below: 本报讯",
    MarkedBelow "A marked line that is short stands below: this is its kicker",
    ParagraphBelow "A paragraph stands below",
    HeadingBelow "Another short line stands below, as a title stands below its kicker",
    CaptionBelow "A text of a picture stands below",
    LetterBelow "A letter stands below: it begins with a salutation",
    BetweenParagraphs "One or two characters between two whole paragraphs, as parts of a feature are headed",
    OneOfQuestions "One of several short questions that stand between whole paragraphs: 贵不贵？",
    Attributes "Says behind a dash who spoke the sentence above",
    IsCell "One cell of a table set as lines: 咨询电话：…, or figures between blanks beside another such line",
    StandsApart "Begins the file, or two blank lines or a rule stand above",
    InRun "One of many short lines in a row: verse, a table, a list of names",
    IndentedAlike "Indented like the paragraphs of a page that indents them and not its headings",
    NotIndented "Not indented on a page that indents its paragraphs",
    Unmarked "Without a mark on a page that marks its headings, close to nothing that explains it",
}

/// The table of weights as it is written in the program.
pub const TABLE: &str = include_str!("heading.tsv");

/// A line of the [`TABLE`]: the evidence, what it weighed before the fit, what it weighs.
pub fn read_table(table: &str) -> impl Iterator<Item = (Evidence, f32, f32)> + '_ {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        let name = fields.next()?;
        let evidence = Evidence::ALL.iter().copied().find(|evidence| evidence.name() == name)?;
        Some((evidence, fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

/// What each piece of evidence weighs, in log-odds.
static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let mut weights = vec![0.0; Evidence::ALL.len()];
    for (evidence, _, weight) in read_table(TABLE) {
        weights[evidence as usize] = weight;
    }
    weights
});

/// The most that a block of running text can score: it is far too long for a heading and ends as a sentence does, and what
/// only marks, labels and short lines have does not speak for it.
static MOST_OF_TEXT: LazyLock<f32> = LazyLock::new(|| {
    use Evidence as E;
    let of_others = [
        [E::Marked, E::Bold, E::Tiny, E::Short, E::TitleLong, E::KickerLong].as_slice(),
        &[E::VeryLong, E::ParagraphLong, E::IsLabel, E::BetweenParagraphs, E::OneOfQuestions],
    ]
    .concat();
    let may_hold = E::ALL.iter().filter(|evidence| !of_others.contains(evidence));
    let most: f32 = may_hold.map(|evidence| WEIGHTS[*evidence as usize].max(0.0)).sum();
    most + WEIGHTS[E::FarTooLong as usize] + WEIGHTS[E::Stops as usize]
});

/// Whether block `n` scores less than `threshold` whatever stands around it. So a third of the blocks of a
/// newspaper's pages are told at a glance, four in five of generated ones.
pub(super) fn surely_text(lines: &Lines, n: usize, threshold: f32) -> bool {
    let (block, shape) = (&lines.blocks[n], &lines.shapes[n]);
    shape.chars > MOST_LONG
        && shape.ending == Ending::Stop
        && !shape.is_question()
        && shape.look == Look::Plain
        && block.form == Form::Text
        && block.content == block.span
        && *MOST_OF_TEXT < threshold
}

/// The log-odds that block `n` is a heading.
pub(super) fn score(lines: &Lines, n: usize, page: &Around) -> f32 {
    let mut score = 0.0;
    evidence(lines, n, page, &mut |found| score += WEIGHTS[found as usize]);
    score
}

/// The evidence on each block of `page` that may be a heading by its form, with the number of the block.
pub fn evidence_of(page: &Page) -> Vec<(usize, Vec<Evidence>)> {
    let lines =
        Lines { text: &page.simplified, blocks: &page.blocks, shapes: &page.shapes, convention: page.convention };
    let around = Around::new(&lines);
    let is_undecided = |n: &usize| by_look(&lines, *n).is_none();
    let of_block = |n: usize| {
        let mut all = Vec::new();
        evidence(&lines, n, &around, &mut |found| all.push(found));
        (n, all)
    };
    (0..page.blocks.len()).filter(is_undecided).map(of_block).collect()
}

/// What the whole page says about its lines.
pub(super) struct Around {
    /// For each block whether it is one of many short lines in a row.
    pub runs: Vec<bool>,
    /// Whether the page marks its headings.
    marks_headings: bool,
    /// For each block whether it is one of several short lines that stand between the paragraphs of one marked article: its
    /// sections, which have no marks where only titles have them, or one that lost the mark that its sister has.
    sets_apart: Vec<bool>,
    /// Whether the page indents its paragraphs and leaves its headings where they are.
    indents_text_alone: bool,
    /// Short questions between whole paragraphs.
    n_questions: usize,
}

impl Around {
    pub fn new(lines: &Lines) -> Self {
        let n_blocks = lines.blocks.len();
        let marks_headings = lines.blocks.iter().filter(|block| block.mark().is_some()).count() >= LEAST_MARKED;
        Self {
            runs: runs(lines),
            marks_headings,
            sets_apart: if marks_headings { sets_apart(lines) } else { Vec::new() },
            indents_text_alone: indents_text_alone(lines),
            n_questions: (0..n_blocks).filter(|n| is_short_question(lines, *n)).count(),
        }
    }
}

/// So many marked lines show that a page marks its headings; a page of two articles with marks has four.
const LEAST_MARKED: usize = 4;

/// So many short questions between paragraphs head the parts of an article; fewer are asked in passing.
const LEAST_QUESTIONS: usize = 3;

fn evidence(lines: &Lines, n: usize, page: &Around, found: &mut impl FnMut(Evidence)) {
    use Evidence as E;
    let (block, shape) = (&lines.blocks[n], &lines.shapes[n]);
    let marked = lines.mark(n).is_some();
    let mut when = |holds: bool, evidence: E| {
        if holds {
            found(evidence);
        }
    };
    let below = lines.shapes.get(n + 1).zip(lines.blocks.get(n + 1));
    let marked_below =
        below.is_some_and(|(shape, block)| block.mark().is_some() && shape.chars <= 30 && block.blank_before <= 1);
    let is_line_below = below.is_some_and(|(shape, block)| {
        block.form == Form::Text
            && shape.look == Look::Plain
            && (5..=30).contains(&shape.chars)
            && matches!(shape.ending, Ending::Bare | Ending::Closer)
    });
    when(marked, E::Marked);
    when(!marked && block.content != block.span, E::Bold);
    when(
        true,
        match shape.chars {
            0..=2 => E::Tiny,
            3..=6 => E::Short,
            7..=30 => E::TitleLong,
            31..=45 => E::KickerLong,
            46..=62 => E::VeryLong,
            63..=MOST_LONG => E::ParagraphLong,
            _ => E::FarTooLong,
        },
    );
    let asks = shape.is_question() && shape.stops == 1;
    match shape.ending {
        Ending::Stop => when(true, if asks { E::Asks } else { E::Stops }),
        Ending::Pause => when(true, E::Pauses),
        Ending::Colon => {
            let names = shape.chars <= MOST_SPEAKER && (is_line_below || marked_below);
            when(true, if names { E::Speaker } else { E::Introduces });
        }
        Ending::Dash | Ending::Closer | Ending::Bare => {}
    }
    if shape.stops > u32::from(shape.ending == Ending::Stop) {
        let content = lines.content(n).trim_end_matches('。');
        when(true, if content.contains('。') { E::HoldsStop } else { E::HoldsCall });
        when(content.contains('。') && matches!(shape.ending, Ending::Bare | Ending::Pause), E::BreaksOff);
    }
    let is_numbered = shape.numbering.is_some();
    when(shape.ending == Ending::Stop && !is_numbered && is_speech(lines.content(n)), E::Speech);
    when(shape.pauses >= if asks { 2 } else { 3 }, E::ManyClauses);
    when(shape.unclosed > 0, E::Unclosed);
    when(shape.unopened > 0, E::Unopened);
    when(shape.hanging && !is_predicate(lines.content(n), shape), E::Hanging);
    when(shape.opens_sentence, E::OpensSentence);
    when(shape.look == Look::Label, E::IsLabel);
    when(shape.lead, E::IsLead);
    match shape.numbering.map(|numbering| numbering.style) {
        // Numbers that follow one another with nothing between count the items of a list.
        Some(Style::Han | Style::Digit) if !marked && is_counted_beside(lines, n) => when(true, E::NumberedItem),
        Some(Style::Chapter | Style::Han | Style::BracketedHan | Style::Digit) => when(true, E::NumberedPart),
        Some(Style::Clause | Style::Ordinal | Style::BracketedDigit | Style::Circled) => when(true, E::NumberedItem),
        // One bullet marks a heading, several in a row mark a list.
        Some(Style::Bullet) => when(n > 0 && is_bullet(lines, n - 1) || is_bullet(lines, n + 1), E::NumberedItem),
        None => {}
    }
    if let Some(below) = lines.shapes.get(n + 1) {
        let text_below = lines.blocks[n + 1].form == Form::Text;
        let signs_text = || lines.shapes.get(n + 2).is_some_and(|text| text.ending == Ending::Stop);
        let names_author = match below.look {
            Look::Byline => true,
            Look::Name => text_below,
            Look::Signature => text_below && signs_text(),
            _ => false,
        };
        when(names_author, E::BylineBelow);
        when(below.lead, E::LeadBelow);
        when(marked_below, E::MarkedBelow);
        when(text_below && below.chars >= LEAST_PARAGRAPH && below.look == Look::Plain, E::ParagraphBelow);
        when(is_line_below && !page.runs[n], E::HeadingBelow);
        when(below.look == Look::Caption, E::CaptionBelow);
        when(below.look == Look::Salutation, E::LetterBelow);
        when(shape.chars <= 2 && is_between_paragraphs(lines, n), E::BetweenParagraphs);
        when(page.n_questions >= LEAST_QUESTIONS && is_short_question(lines, n), E::OneOfQuestions);
    }
    let speaks_above = n > 0 && lines.shapes[n - 1].ending == Ending::Stop && lines.shapes[n - 1].look == Look::Plain;
    when(shape.first == '—' && speaks_above, E::Attributes);
    when(is_cell(lines, n), E::IsCell);
    let apart = n == 0 || block.blank_before >= 2 || lines.blocks[n - 1].form == Form::Break;
    when(apart, E::StandsApart);
    when(page.runs[n], E::InRun);
    let reports_below =
        below.is_some_and(|(shape, _)| shape.lead || matches!(shape.look, Look::Byline | Look::Caption));
    let is_told = marked || apart || marked_below || reports_below || shape.look == Look::Label || is_numbered;
    when(page.marks_headings && !page.sets_apart[n] && !is_told && !explains_mark(lines, n), E::Unmarked);
    if page.indents_text_alone {
        when(!marked, if block.indented { E::IndentedAlike } else { E::NotIndented });
    }
}

/// Whether block `n` stands right below a marked line and says of whom the article is, or has clauses and a whole paragraph
/// below: 师傅周晓岚：手艺是熬出来的. The name of a column may stand between. A notice explains itself: 征稿启事.
fn explains_mark(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    let is_marked = |above: usize| n >= above && lines.mark(n - above).is_some();
    let is_name = |n: usize| lines.shapes[n].chars <= MOST_LABEL && lines.shapes[n].ending == Ending::Bare;
    let is_below = is_marked(1) || is_marked(2) && is_name(n - 1);
    let has_text =
        || lines.shapes.get(n + 1).is_some_and(|below| below.chars >= LEAST_PARAGRAPH && below.ending == Ending::Stop);
    // A title below the name of its column, or below whom it is about: 便民服务, 水塔社区书记周晓岚——.
    let is_title = || {
        let above = &lines.shapes[n - 1];
        let is_column = is_marked(1) && is_name(n - 1);
        let is_speaker = is_marked(2) && above.ending == Ending::Dash && above.chars <= MOST_SPEAKER;
        let has_lines = lines.shapes.get(n + 1).is_some_and(|below| {
            below.look == Look::Plain && below.chars >= LEAST_PARAGRAPH
                || below.ending == Ending::Stop && below.chars >= LEAST_LINE
        });
        (is_column || is_speaker) && has_lines
    };
    announces(lines.content(n), shape)
        || (is_below || is_marked(2))
            && shape.stops + shape.unclosed + shape.unopened == 0
            && matches!(shape.ending, Ending::Bare | Ending::Closer)
            && (shape.pauses <= 1 && is_title()
                || is_below && (1..=2).contains(&shape.pauses) && has_text()
                || is_marked(1) && shape.first == '记' && tells_of(lines.content(n)))
}

/// What is left of a paragraph that was cut has at least this many characters.
const LEAST_LINE: u32 = 20;

/// Whether `content` says of whom the article is, as a subtitle does that has lost its dash: 记车间工人周晓岚.
pub(super) fn tells_of(content: &str) -> bool {
    let whom =
        content.strip_prefix('记').filter(|rest| !rest.starts_with(['者', '住', '录', '忆', '得', '账', '下', '着']));
    whom.is_some_and(|whom| whom.chars().filter(|c| zh::is_han(*c)).count() >= LEAST_WHOM)
}

/// Whoever it is, is named with at least this many characters, post and all.
const LEAST_WHOM: usize = 5;

/// Whether `content` is a clause whole in 是…的: 路是人走出来的.
fn is_predicate(content: &str, shape: &Shape) -> bool {
    shape.last == '的' && shape.chars <= MOST_PREDICATE && content.contains('是')
}

/// Such a title has at most this many characters.
const MOST_PREDICATE: u32 = 16;

/// For each block whether it is one of several short lines between whole paragraphs, with no marked line between them, or is
/// the only one but set like the marked section above or below.
fn sets_apart(lines: &Lines) -> Vec<bool> {
    let mut found = vec![false; lines.blocks.len()];
    let mut of_article: Vec<(usize, usize)> = Vec::new();
    // How the marked line above is set, if it may be a section.
    let mut above = None;
    for n in 0..=lines.blocks.len() {
        if n == lines.blocks.len() || lines.mark(n).is_some() {
            // One that has a mark may be a section, too, and is set like the others.
            let marked = if n < lines.blocks.len() { form_of_marked_section(lines, n) } else { None };
            // Between two that have marks another one would have its own.
            let sister = above.xor(marked);
            for &(at, form) in &of_article {
                let n_alike = of_article.iter().filter(|(_, other)| *other == form).count();
                found[at] = n_alike + usize::from(sister == Some(form)) >= LEAST_SECTIONS;
            }
            of_article.clear();
            above = marked;
        } else if let Some(form) = form_of_section(lines, n) {
            of_article.push((n, form));
        }
    }
    found
}

/// How block `n`, which has a mark, is set if it heads a part: text stands above and below it, cut or not, and no report
/// begins.
fn form_of_marked_section(lines: &Lines, n: usize) -> Option<usize> {
    let is_text = |n: usize| {
        lines.blocks.get(n).is_some_and(|block| block.form == Form::Text)
            && (lines.shapes[n].ending == Ending::Stop || lines.shapes[n].chars >= LEAST_PARAGRAPH)
    };
    let begins_report = || lines.shapes.get(n + 1).is_some_and(|shape| shape.lead);
    let is_between = n > 0 && is_text(n - 1) && is_text(n + 1) && !begins_report();
    is_between.then(|| form_of_phrase(lines, n)).flatten()
}

/// How block `n` is set if it may be a section without a mark: lines of one article that are, are set alike.
fn form_of_section(lines: &Lines, n: usize) -> Option<usize> {
    let pauses = lines.shapes[n].pauses;
    let is_apart = is_between_paragraphs(lines, n) || pauses > 0 && is_above_text(lines, n);
    let is_text = lines.blocks[n].form == Form::Text;
    (is_text && is_apart).then(|| form_of_phrase(lines, n)).flatten()
}

/// How block `n` is set by itself: 0 for a phrase or two short clauses, 1 for a name, a colon and what is said of it, more
/// where it has clauses behind a colon in the same place.
fn form_of_phrase(lines: &Lines, n: usize) -> Option<usize> {
    let shape = &lines.shapes[n];
    let may_be = shape.look == Look::Plain
        && matches!(shape.ending, Ending::Bare | Ending::Closer)
        && shape.stops + shape.unclosed + shape.unopened == 0
        && shape.pauses <= 2;
    if !may_be {
        return None;
    }
    match shape.pauses {
        0 => (shape.chars <= MOST_SECTION).then_some(0),
        1 if shape.chars <= MOST_SECTION && lines.content(n).contains(['，', ',']) => Some(0),
        _ if shape.chars > MOST_NAMED_SECTION || begins_turn(lines.content(n)) => None,
        n_pauses => {
            let colon = lines.content(n).chars().position(|c| matches!(c, '：' | ':'))?;
            (2..=MOST_SECTION_NAME).contains(&colon).then_some(if n_pauses == 1 { 1 } else { colon })
        }
    }
}

/// Whether text stands below block `n` and above it, or the name of a column above: 短讯. Either text may be cut.
fn is_above_text(lines: &Lines, n: usize) -> bool {
    let is_text = |shape: &Shape| shape.ending == Ending::Stop || shape.chars >= LEAST_PARAGRAPH;
    let is_above = |shape: &Shape| is_text(shape) || shape.is_banner || shape.look == Look::Label;
    n > 0 && is_above(&lines.shapes[n - 1]) && lines.shapes.get(n + 1).is_some_and(is_text)
}

/// Such a line has at most this many characters where it names what it is about, and the name so many.
const MOST_NAMED_SECTION: u32 = 22;
const MOST_SECTION_NAME: usize = 8;

/// A section has at most this many characters where its page marks its titles alone, and an article so has several.
const MOST_SECTION: u32 = 16;
const LEAST_SECTIONS: usize = 2;

fn is_between_paragraphs(lines: &Lines, n: usize) -> bool {
    let is_whole = |n: usize| lines.blocks[n].form == Form::Text && lines.shapes[n].ending == Ending::Stop;
    n > 0 && n + 1 < lines.blocks.len() && is_whole(n - 1) && is_whole(n + 1)
}

/// Whether block `n` is a question of a few characters that nobody is said to ask.
fn is_short_question(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    shape.last == '？'
        && shape.chars <= MOST_QUESTION
        && shape.pauses == 0
        && lines.blocks[n].form == Form::Text
        && n > 0
        && n + 1 < lines.blocks.len()
        && [n - 1, n + 1].iter().all(|n| lines.shapes[*n].chars > MOST_QUESTION)
}

/// A question that heads a part has at most this many characters.
const MOST_QUESTION: u32 = 10;

/// Whether the number of block `n` goes on from the block above it or goes on in the one below, and neither has a mark.
fn is_counted_beside(lines: &Lines, n: usize) -> bool {
    let number = |n: usize| lines.shapes.get(n).filter(|_| lines.mark(n).is_none()).and_then(|shape| shape.numbering);
    let follows = |n: usize| {
        let pair = number(n).zip(number(n + 1));
        pair.is_some_and(|(first, second)| first.style == second.style && second.number == first.number + 1)
    };
    follows(n) || n > 0 && follows(n - 1)
}

fn is_bullet(lines: &Lines, n: usize) -> bool {
    // A mark before who wrote the article is no bullet.
    let shape = lines.shapes.get(n).filter(|shape| !shape.look.is_apart());
    shape.and_then(|shape| shape.numbering).is_some_and(|numbering| numbering.style == Style::Bullet)
}

/// Whether the page indents its paragraphs and not its short lines, so that an indent tells one from the other.
fn indents_text_alone(lines: &Lines) -> bool {
    let may_head = |(block, shape): &(&Block, &Shape)| {
        block.form == Form::Text
            && matches!(shape.look, Look::Plain | Look::Label)
            && shape.chars <= 30
            && (shape.ending != Ending::Stop || shape.is_question())
    };
    let (mut n_indented, mut n_other) = (0, 0);
    for (block, _) in lines.blocks.iter().zip(lines.shapes).filter(may_head) {
        *(if block.indented { &mut n_indented } else { &mut n_other }) += 1;
    }
    lines.convention == Convention::Indented && n_other > 0 && n_other * 3 >= n_indented
}

/// Whether `content` begins with someone who speaks: 问：, 记者：, 王主任：, @江边人：.
fn is_speech(content: &str) -> bool {
    let colon = content.chars().take(MOST_SPEAKING + 1).position(|c| matches!(c, '：' | ':'));
    content.starts_with('@') || colon.is_some_and(|colon| content.chars().take(colon).all(zh::is_han))
}

/// A speaker in a dialogue is named with at most this many characters.
const MOST_SPEAKING: usize = 5;

/// A name with a post before it, set as a kicker that ends in a colon, has at most this many characters.
const MOST_SPEAKER: u32 = 24;

#[cfg(test)]
mod tests {
    use crate::article::Kind;
    use crate::article::Kind::{Banner, Byline, Kicker, Section, Subtitle, Title};
    use crate::article::testing::check;

    #[test]
    fn a_mark_with_a_blank_heads_a_section() {
        check(
            "# 把课堂搬进车间\n\n正文。\n\n■ 向每一度电要效益\n\n正文。\n\n■ 人人都是行家\n\n正文。\n",
            &[
                (Kind::Title, "把课堂搬进车间"),
                (Kind::Section, "■ 向每一度电要效益"),
                (Kind::Section, "■ 人人都是行家"),
            ],
        );
    }

    #[test]
    fn a_marked_paragraph_is_no_heading() {
        check("# 让职工走进温暖的家\n\n## 正文。正文。\n", &[(Title, "让职工走进温暖的家")]);
    }

    #[test]
    fn on_a_page_that_marks_its_headings_a_bare_line_is_text() {
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n## 师傅带徒弟\n\n正文。\n\n来自青川职业学院的年轻教师欧\n\n正文。\n\n## 徒弟变师傅\n\n正文。\n\n青川市总工会推进阵地建设\n\n# 让职工走进温暖的家\n\n本报讯 正文。\n",
            &[
                (Title, "把课堂搬进车间"),
                (Section, "师傅带徒弟"),
                (Section, "徒弟变师傅"),
                (Kicker, "青川市总工会推进阵地建设"),
                (Title, "让职工走进温暖的家"),
            ],
        );
    }

    #[test]
    fn a_sentence_that_breaks_off_is_no_heading() {
        check(
            "# 把课堂搬进车间\n\n正文。\n\n今年春天，师傅又收了三个徒弟。车间里把二\n\n## 让职工走进温暖的家\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Section, "让职工走进温暖的家")],
        );
        check("# 把课堂搬进车间\n\n正文。\n\n7月9日傍晚，我骑车路过车间的门\n\n正文。\n", &[(Title, "把课堂搬进车间")]);
    }

    #[test]
    fn sections_need_no_marks_where_titles_have_them() {
        check(
            "# 他把无人机飞成了管家\n\n## ——记致富带头人\n\n正文。\n\n第一年赔了十八万\n\n正文。\n\n“钢水不等人”\n\n正文。\n\n# 青言青语\n\n## 别让时间白白过去\n\n正文。\n",
            &[
                (Title, "他把无人机飞成了管家"),
                (Subtitle, "——记致富带头人"),
                (Section, "第一年赔了十八万"),
                (Section, "“钢水不等人”"),
                (Banner, "青言青语"),
                (Title, "别让时间白白过去"),
            ],
        );
    }

    #[test]
    fn sections_that_are_set_alike_need_no_marks() {
        check(
            "# 把课堂搬进车间\n\n正文。\n\n## 师傅带徒弟\n\n正文。\n\n## 徒弟变师傅\n\n正文。\n\n# 下班之前想一想\n\n正文。\n\n一问：灯关了吗\n\n正文。\n\n二问：门锁了吗\n\n正文。\n",
            &[
                (Title, "把课堂搬进车间"),
                (Section, "师傅带徒弟"),
                (Section, "徒弟变师傅"),
                (Title, "下班之前想一想"),
                (Section, "一问：灯关了吗"),
                (Section, "二问：门锁了吗"),
            ],
        );
        check(
            "小哥有了新家，街区多了暖色\n\n记者 周晓岚\n\n“水开了，谁来接一杯？”中午，送餐员李望在驿站里一边换电池，一边和站长说笑。\n\n\
            从“找不到门”到“推门就进”\n\n支部建在哪里，家就安在哪里。辖区内有快递网点九个，小哥们有了自己的支部。\n\n\
            从“单打独斗”到“抱团取暖”\n\n难事往往不是一个部门能解决的。卫生服务中心开了夜门诊，每周二、周四延时到晚上八点半。\n",
            &[
                (Title, "小哥有了新家，街区多了暖色"),
                (Byline, "记者 周晓岚"),
                (Section, "从“找不到门”到“推门就进”"),
                (Section, "从“单打独斗”到“抱团取暖”"),
            ],
        );
    }

    #[test]
    fn indented_pages_do_not_indent_their_headings() {
        check(
            "把课堂搬进车间\n本报记者周晓岚\n　　正文。\n　　正文。\n　　正文。\n让职工走进温暖的家\n　　本报讯正文。\n",
            &[(Title, "把课堂搬进车间"), (Byline, "本报记者周晓岚"), (Title, "让职工走进温暖的家")],
        );
    }

    #[test]
    fn a_heading_may_end_in_a_particle() {
        check(
            "漫谈手艺\n\n正文。\n\n手艺不是“评”出来的\n\n前些年，评比成风。有的协会收了企业的钱，就给发奖牌；有的报刊登了广告，就给上榜。\n\n正文。\n",
            &[(Title, "漫谈手艺"), (Section, "手艺不是“评”出来的")],
        );
    }

    #[test]
    fn counted_parts_are_sections_even_as_questions() {
        check(
            "# 培训班里看点多\n\n正文。\n\n看点一：把课堂搬进车间\n\n正文。\n\n看点二：学费怎么算？\n\n正文。\n\n# 车间里的灯火\n\n正文。\n\n01 师傅的耳朵装进了芯片\n\n正文。\n\n02 徒弟多了，师傅还吃香吗？\n\n正文。\n",
            &[
                (Title, "培训班里看点多"),
                (Section, "看点一：把课堂搬进车间"),
                (Section, "看点二：学费怎么算？"),
                (Title, "车间里的灯火"),
                (Section, "01 师傅的耳朵装进了芯片"),
                (Section, "02 徒弟多了，师傅还吃香吗？"),
            ],
        );
    }

    #[test]
    fn a_section_may_have_lost_its_mark() {
        for lost in ["补贴发到工资卡", "雨停了，菜怎么卖"] {
            let sister = if lost.contains('，') { "地还是那块地，人换了" } else { "休息室建在桥边" };
            check(
                &format!(
                    "# 把课堂搬进车间\n\n本报记者 周晓岚\n\n正文。\n\n## {sister}\n\n正文。\n\n{lost}\n\n正文。\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n\n# 水塔街的灯亮了\n\n本报讯 正文。\n"
                ),
                &[
                    (Title, "把课堂搬进车间"),
                    (Byline, "本报记者 周晓岚"),
                    (Section, sister),
                    (Section, lost),
                    (Title, "区图书馆新馆开馆"),
                    (Title, "水塔街的灯亮了"),
                ],
            );
        }
    }

    #[test]
    fn a_title_may_have_lost_its_mark_below_the_name_of_its_column() {
        let page = "# 把课堂搬进车间\n\n本报讯 正文。\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n\n# 水塔街的灯亮了\n\n本报讯 正文。\n";
        let titles = [(Title, "把课堂搬进车间"), (Title, "区图书馆新馆开馆"), (Title, "水塔街的灯亮了")];
        check(
            &format!("{page}\n# 便民服务\n\n冬季取暖，这几件事要当心\n\n正文。\n"),
            &[titles.as_slice(), &[(Banner, "便民服务"), (Title, "冬季取暖，这几件事要当心")]].concat(),
        );
        check(
            &format!("{page}\n# 身边榜样\n\n水塔社区书记周晓岚——\n\n“有事找她，电话打得通”\n\n正文。\n"),
            &[
                titles.as_slice(),
                &[(Banner, "身边榜样"), (Kicker, "水塔社区书记周晓岚——"), (Title, "“有事找她，电话打得通”")],
            ]
            .concat(),
        );
        check(&format!("{page}\n征稿启事\n\n正文。\n"), &[titles.as_slice(), &[(Title, "征稿启事")]].concat());
    }
}
