//! Which blocks head something: a scored decision over features of the line and its neighbours.
//!
//! Marks are evidence only: in the files that this program is for they stand on some titles and not on others, on
//! wrong levels, and now and then on a paragraph. A block that is half of a cut sentence is never a heading, and
//! whether it is one is for [`crate::seam`] to say; what is decided here is everything else. What sort of heading
//! a block is depends on the headings around it: [`super::group`] decides that.

use super::Kind;
use crate::block::{Block, Convention, Form};
use crate::seam::{Seam, SeamKind};
use crate::shape::{self, Ending, Look, Shape, Style};
use crate::text::{Text, is_blank};
use crate::zh;

/// A page before its blocks have kinds.
pub(super) struct Lines<'a> {
    pub text: &'a Text,
    pub blocks: &'a [Block],
    pub shapes: &'a [Shape],
    pub convention: Convention,
}

impl Lines<'_> {
    pub fn content(&self, n: usize) -> &str {
        self.text.slice(self.blocks[n].content)
    }

    /// The number of `#`, if the line begins with any.
    pub fn mark(&self, n: usize) -> Option<u8> {
        self.blocks[n].mark()
    }
}

/// Evidence for or against a heading, each with its weight below.
#[derive(Clone, Copy, Debug)]
enum Evidence {
    /// Begins with `#`.
    Marked,
    /// Set in bold as a whole.
    Bold,
    /// One or two characters.
    Tiny,
    /// Three to six characters.
    Short,
    /// Seven to thirty: the length of titles.
    TitleLong,
    /// Thirty-one to forty-five: long kickers.
    KickerLong,
    /// Forty-six to sixty-two.
    VeryLong,
    /// Sixty-three to ninety.
    ParagraphLong,
    /// More than ninety.
    FarTooLong,
    /// Ends in 。 or ……
    Stops,
    /// Is one question or call.
    Asks,
    /// Ends in ， 、 or ；.
    Pauses,
    /// Ends in a colon above another heading: 某某公司总经理某某：.
    Speaker,
    /// Ends in a colon above text.
    Introduces,
    /// A sentence ends inside it with 。.
    HoldsStop,
    /// A question or a call ends inside it.
    HoldsCall,
    /// Begins with a speaker and a colon and is a sentence: 问：…？
    Speech,
    /// Three clauses or more.
    ManyClauses,
    /// A quote or bracket stays open.
    Unclosed,
    /// A quote or bracket closes that was never opened.
    Unopened,
    /// Its last character wants another behind it.
    Hanging,
    /// Begins as sentences begin.
    OpensSentence,
    /// Is one of the names that boxes have.
    IsLabel,
    /// Is numbered as parts of an article are.
    NumberedPart,
    /// Is numbered as items and clauses are.
    NumberedItem,
    /// Begins an article itself: 本报讯.
    IsLead,
    /// A byline stands below.
    BylineBelow,
    /// The first paragraph of a report stands below: 本报讯.
    LeadBelow,
    /// A marked line that is short stands below: this is its kicker.
    MarkedBelow,
    /// A paragraph stands below.
    ParagraphBelow,
    /// Another short line stands below, as a title stands below its kicker.
    HeadingBelow,
    /// A text of a picture stands below.
    CaptionBelow,
    /// A letter stands below: it begins with a salutation.
    LetterBelow,
    /// One or two characters between two whole paragraphs, as parts of a feature are headed.
    BetweenParagraphs,
    /// One of several short questions that stand between whole paragraphs: 贵不贵？
    OneOfQuestions,
    /// Says behind a dash who spoke the sentence above.
    Attributes,
    /// One cell of a table set as lines: 咨询电话：…, or figures between blanks beside another such line.
    IsCell,
    /// Begins the file, or two blank lines or a rule stand above.
    StandsApart,
    /// One of many short lines in a row: verse, a table, a list of names.
    InRun,
    /// Indented like the paragraphs of a page that indents them and not its headings.
    IndentedAlike,
    /// Not indented on a page that indents its paragraphs.
    NotIndented,
    /// Without a mark on a page that marks its headings, close to nothing that explains it.
    Unmarked,
}

/// What each piece of evidence weighs, in the order above. Above zero a block is a heading. Set by hand on the
/// logic of the page and held by the tests below; units are roughly those of log-odds.
#[allow(clippy::enum_glob_use)] // A table of two columns is read; a list of forty names is not.
const WEIGHTS: [(Evidence, f32); 42] = {
    use Evidence::{
        Asks, Attributes, BetweenParagraphs, Bold, BylineBelow, CaptionBelow, FarTooLong, Hanging, HeadingBelow,
        HoldsCall, HoldsStop, InRun, IndentedAlike, Introduces, IsCell, IsLabel, IsLead, KickerLong, LeadBelow,
        LetterBelow, ManyClauses, Marked, MarkedBelow, NotIndented, NumberedItem, NumberedPart, OneOfQuestions,
        OpensSentence, ParagraphBelow, ParagraphLong, Pauses, Short, Speaker, Speech, StandsApart, Stops, Tiny,
        TitleLong, Unclosed, Unmarked, Unopened, VeryLong,
    };
    [
        (Marked, 3.0),
        (Bold, 1.5),
        (Tiny, -0.5),
        (Short, 0.5),
        (TitleLong, 1.5),
        (KickerLong, 0.5),
        (VeryLong, -1.0),
        (ParagraphLong, -3.0),
        (FarTooLong, -6.0),
        (Stops, -5.0),
        (Asks, -1.5),
        (Pauses, -3.5),
        (Speaker, -1.5),
        (Introduces, -3.5),
        (HoldsStop, -2.0),
        (HoldsCall, -0.5),
        (Speech, -3.0),
        (ManyClauses, -0.5),
        (Unclosed, -2.5),
        (Unopened, -2.5),
        (Hanging, -2.0),
        (OpensSentence, -2.5),
        (IsLabel, 3.0),
        (NumberedPart, 0.5),
        (NumberedItem, -3.0),
        (IsLead, -4.0),
        (BylineBelow, 1.5),
        (LeadBelow, 2.0),
        (MarkedBelow, 1.5),
        (ParagraphBelow, 0.5),
        (HeadingBelow, 0.5),
        (CaptionBelow, 1.0),
        (LetterBelow, 1.5),
        (BetweenParagraphs, 1.0),
        (OneOfQuestions, 2.0),
        (Attributes, -4.0),
        (IsCell, -4.0),
        (StandsApart, 0.5),
        (InRun, -4.0),
        (IndentedAlike, -1.5),
        (NotIndented, 0.5),
        (Unmarked, -2.0),
    ]
};

/// What the whole page says about its lines.
struct Around {
    /// For each block whether it is one of many short lines in a row.
    runs: Vec<bool>,
    /// Whether the page marks its headings.
    marks_headings: bool,
    /// Whether the page indents its paragraphs and leaves its headings where they are.
    indents_text_alone: bool,
    /// Short questions between whole paragraphs.
    n_questions: usize,
}

/// So many marked lines show that a page marks its headings; a page of two articles with marks has four.
const LEAST_MARKED: usize = 4;

/// So many short questions between paragraphs head the parts of an article; fewer are asked in passing.
const LEAST_QUESTIONS: usize = 3;

/// Where the score turns a line into a heading.
const THRESHOLD: f32 = 0.0;

/// The kinds of all blocks; headings are [`Kind::Title`], [`Kind::Label`] or [`Kind::Section`] until they are
/// grouped.
pub(super) fn kinds(lines: &Lines, seams: &[Seam], wrapped: &[usize]) -> Vec<Kind> {
    let n_blocks = lines.blocks.len();
    let mut halves = vec![false; n_blocks];
    for seam in seams.iter().filter(|seam| seam.kind != SeamKind::Heading) {
        for half in [seam.tail, seam.head].into_iter().flatten().filter(|n| *n < n_blocks) {
            halves[half] = true;
        }
    }
    let n_marked = lines.blocks.iter().filter(|block| block.mark().is_some()).count();
    let around = Around {
        runs: runs(lines),
        marks_headings: n_marked >= LEAST_MARKED,
        indents_text_alone: indents_text_alone(lines),
        n_questions: (0..n_blocks).filter(|n| is_short_question(lines, *n)).count(),
    };
    let mut kinds: Vec<Kind> = (0..n_blocks)
        .map(|n| match by_form(&lines.blocks[n]) {
            Kind::Title | Kind::Paragraph if halves[n] => Kind::Paragraph,
            Kind::Title | Kind::Paragraph => kind(lines, n, &around),
            Kind::ListItem if is_numbered_section(lines, n) && !halves[n] => Kind::Section,
            other => other,
        })
        .collect();
    for &n in wrapped.iter().filter(|n| !halves[**n] && !halves[**n + 1]) {
        let joined = [lines.content(n), lines.content(n + 1)].concat();
        let kind = if shape::shape(&joined).look == Look::Label { Kind::Label } else { Kind::Title };
        kinds[n..n + 2].fill(kind);
    }
    settle_names(lines, &mut kinds);
    settle_signatures(lines, &mut kinds);
    kinds
}

/// The first lines of headings that are set on two: the line breaks off where no heading ends, or the two together
/// are a label (了解 ¶ 更多), and nothing but blank stands between them.
pub(super) fn wrapped(lines: &Lines) -> Vec<usize> {
    let runs = runs(lines);
    let may_be = |n: usize| {
        let shape = &lines.shapes[n];
        matches!(lines.blocks[n].form, Form::Text | Form::Heading(_))
            && !lines.blocks[n].is_wrapped()
            && matches!(shape.look, Look::Plain | Look::Name)
            && shape.chars <= MOST_WRAPPED
            && shape.stops == 0
            && !shape.opens_sentence
            && shape.numbering.is_none()
    };
    let continues = |n: usize| {
        let (first, second) = (&lines.shapes[n], &lines.shapes[n + 1]);
        let (above, below) = (&lines.blocks[n], &lines.blocks[n + 1]);
        if runs[n] || !may_be(n) || !may_be(n + 1) || second.ending == Ending::Pause || below.blank_before > 1 {
            return false;
        }
        let same_mark = below.mark().is_none() || below.mark() == above.mark();
        let breaks_off = first.hanging || first.unclosed > 0 && second.unopened > 0;
        let joined = || [lines.content(n), lines.content(n + 1)].concat();
        let is_label = || first.chars + second.chars <= 8 && shape::shape(&joined()).look == Look::Label;
        same_mark && (breaks_off && heads_text(lines, n + 2) || is_label())
    };
    let mut found: Vec<usize> = Vec::new();
    for n in 0..lines.blocks.len().saturating_sub(1) {
        if continues(n) && found.last().is_none_or(|last| *last + 1 < n) {
            found.push(n);
        }
    }
    found
}

/// Half of a heading on two lines has at most this many characters.
const MOST_WRAPPED: u32 = 20;

/// Whether what stands at block `n` is what stands below a heading: a byline, a paragraph, another heading's mark.
fn heads_text(lines: &Lines, n: usize) -> bool {
    lines
        .shapes
        .get(n)
        .is_none_or(|shape| shape.look.is_apart() || shape.chars >= LEAST_PARAGRAPH || lines.blocks[n].mark().is_some())
}

/// What the form of a block alone says; [`Kind::Title`] stands for any heading.
pub(super) const fn by_form(block: &Block) -> Kind {
    match block.form {
        Form::Heading(_) => Kind::Title,
        Form::Text => Kind::Paragraph,
        Form::ListItem => Kind::ListItem,
        Form::Table => Kind::Table,
        Form::Image => Kind::Image,
        Form::Html => Kind::Html,
        Form::Quote => Kind::Quote,
        Form::Code => Kind::Code,
        Form::FrontMatter => Kind::FrontMatter,
        Form::Break => Kind::Break,
    }
}

fn kind(lines: &Lines, n: usize, page: &Around) -> Kind {
    let (block, shape) = (&lines.blocks[n], &lines.shapes[n]);
    let marked = lines.mark(n).is_some();
    match shape.look {
        Look::Byline | Look::Credit | Look::Signature => return Kind::Byline,
        Look::Salutation | Look::Jump | Look::Imprint => return Kind::Paragraph,
        Look::Date | Look::Figures if !marked => return Kind::Paragraph,
        Look::Caption if shape.chars > 12 => return Kind::Paragraph,
        _ => {}
    }
    if block.is_wrapped() || shape.chars == 0 {
        return Kind::Paragraph;
    }
    let mut score = 0.0;
    evidence(lines, n, page, &mut |found| score += WEIGHTS[found as usize].1);
    match shape.look {
        _ if score <= THRESHOLD => Kind::Paragraph,
        Look::Label if !super::group::is_column(lines.content(n)) => Kind::Label,
        _ => Kind::Title,
    }
}

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
            63..=90 => E::ParagraphLong,
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
    }
    when(shape.ending == Ending::Stop && is_speech(lines.content(n)), E::Speech);
    when(shape.pauses >= 3, E::ManyClauses);
    when(shape.unclosed > 0, E::Unclosed);
    when(shape.unopened > 0, E::Unopened);
    when(shape.hanging, E::Hanging);
    when(shape.opens_sentence, E::OpensSentence);
    when(shape.look == Look::Label, E::IsLabel);
    when(shape.lead, E::IsLead);
    match shape.numbering.map(|numbering| numbering.style) {
        Some(Style::Chapter | Style::Han | Style::BracketedHan | Style::Digit) => when(true, E::NumberedPart),
        Some(Style::Clause | Style::Ordinal | Style::BracketedDigit | Style::Circled) => when(true, E::NumberedItem),
        // One bullet marks a heading, several in a row mark a list.
        Some(Style::Bullet) => when(n > 0 && is_bullet(lines, n - 1) || is_bullet(lines, n + 1), E::NumberedItem),
        None => {}
    }
    if let Some(below) = lines.shapes.get(n + 1) {
        let text_below = lines.blocks[n + 1].form == Form::Text;
        when(matches!(below.look, Look::Byline) || below.look == Look::Name && text_below, E::BylineBelow);
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
    let explained =
        marked || apart || marked_below || reports_below || shape.look == Look::Label || shape.numbering.is_some();
    when(page.marks_headings && !explained, E::Unmarked);
    if page.indents_text_alone {
        when(!marked, if block.indented { E::IndentedAlike } else { E::NotIndented });
    }
}

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

fn is_bullet(lines: &Lines, n: usize) -> bool {
    let numbering = lines.shapes.get(n).and_then(|shape| shape.numbering);
    numbering.is_some_and(|numbering| numbering.style == Style::Bullet)
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

/// Whether block `n` is a cell or a row of a table that is set as lines: a name with its value (咨询电话：12333,
/// 办公时间：… above 地址：…), or names and figures between blanks, several in a row.
fn is_cell(lines: &Lines, n: usize) -> bool {
    let is_plain = |n: usize| lines.blocks[n].form == Form::Text && lines.shapes[n].stops == 0;
    let is_field = |n: usize| is_plain(n) && is_field(lines.content(n));
    let is_row =
        |at: usize| is_plain(at) && lines.shapes[at].gaps >= 2 && lines.shapes[at].gaps == lines.shapes[n].gaps;
    let has_figures = |at: usize| {
        let cells = lines.content(at).split(is_blank);
        cells.filter(|cell| cell.contains(|c: char| zh::fold_width(c).is_ascii_digit())).count() >= 2
    };
    let end = lines.blocks.len();
    let beside = |holds: &dyn Fn(usize) -> bool| n > 0 && holds(n - 1) || n + 1 < end && holds(n + 1);
    let is_row_of_three = |first: usize| first + 3 <= end && (first..first + 3).all(is_row);
    let shape = &lines.shapes[n];
    is_field(n)
        && (shape.digits * 2 >= shape.chars || beside(&|n| is_field(n) || lines.shapes[n].look == Look::Imprint))
        || is_row(n) && has_figures(n) && beside(&is_row)
        || is_row(n) && (n.saturating_sub(2)..=n).any(is_row_of_three)
}

/// Whether `content` is the name of a thing, a colon and its value.
fn is_field(content: &str) -> bool {
    let colon = content.chars().take(MOST_FIELD_NAME + 1).position(|c| matches!(c, '：' | ':'));
    colon.is_some_and(|colon| {
        colon >= 2
            && content.chars().take(colon).all(zh::is_han)
            && content.chars().nth(colon + 1).is_some_and(|c| !is_blank(c))
    })
}

/// The name of a value has at most this many characters: 新闻热线电话.
const MOST_FIELD_NAME: usize = 6;

/// Whether `content` begins with someone who speaks: 问：, 记者：, 王主任：.
fn is_speech(content: &str) -> bool {
    let colon = content.chars().take(MOST_SPEAKING + 1).position(|c| matches!(c, '：' | ':'));
    colon.is_some_and(|colon| content.chars().take(colon).all(zh::is_han))
}

/// A speaker in a dialogue is named with at most this many characters.
const MOST_SPEAKING: usize = 5;

/// A name with a post before it, set as a kicker that ends in a colon, has at most this many characters.
const MOST_SPEAKER: u32 = 24;

/// A text of at least this many characters is a paragraph and not another heading.
const LEAST_PARAGRAPH: u32 = 40;

/// A line of at most this many characters may be one of verse or of a list.
const MOST_RUN_CHARS: u32 = 20;

/// For each block whether it is one of many short lines in a row.
fn runs(lines: &Lines) -> Vec<bool> {
    let is_name = |n: usize| lines.shapes.get(n).is_some_and(|shape| shape.look == Look::Name);
    let may_be = |n: usize| {
        let shape = &lines.shapes[n];
        // A name below a line makes a title of it, and of itself a byline: verse begins below the two.
        let is_title = !is_name(n) && is_name(n + 1) && !is_name(n + 2)
            || lines.shapes.get(n + 1).is_some_and(|below| below.lead || below.look == Look::Byline);
        let is_byline = is_name(n) && n > 0 && !is_name(n - 1) && !is_name(n + 1);
        lines.blocks[n].form == Form::Text
            && matches!(shape.look, Look::Plain | Look::Name)
            && shape.chars <= MOST_RUN_CHARS
            && !matches!(shape.ending, Ending::Stop)
            && !is_title
            && !is_byline
    };
    let mut runs = vec![false; lines.blocks.len()];
    let mut start = 0;
    while start < runs.len() {
        let mut end = start;
        while end < runs.len() && may_be(end) && (end == start || joins_run(lines, end)) {
            end += 1;
        }
        if end - start >= least_run(lines, start) && !is_series(lines, start, end) {
            runs[start..end].fill(true);
        }
        start = end.max(start + 1);
    }
    runs
}

/// Lines of a run stand at the same distance; a gap that differs ends it.
fn joins_run(lines: &Lines, n: usize) -> bool {
    lines.blocks[n].blank_before <= 1
}

/// A banner, a kicker, a title, a subtitle and a label may stand in a row, with blank lines between; lines that
/// follow each other without one, on a page that sets blank lines between paragraphs, are a list from three on.
fn least_run(lines: &Lines, start: usize) -> usize {
    let dense = lines.blocks.get(start + 1).is_some_and(|next| next.blank_before == 0);
    match lines.convention {
        Convention::BlankLine | Convention::HardWrapped if dense => 3,
        Convention::BlankLine | Convention::HardWrapped => 6,
        Convention::Line | Convention::Indented => 5,
    }
}

/// Lines of one length with blank lines between them are the headings of boxes: 坚定信念，对党忠诚.
fn is_series(lines: &Lines, start: usize, end: usize) -> bool {
    let chars = lines.shapes[start].chars;
    (start..end).all(|n| lines.shapes[n].chars == chars && (n == start || lines.blocks[n].blank_before > 0))
}

/// `1. 加强领导` above a paragraph is a heading though Markdown takes it for a list.
fn is_numbered_section(lines: &Lines, n: usize) -> bool {
    let (block, shape) = (&lines.blocks[n], &lines.shapes[n]);
    let numbered = lines.text.slice(block.span).starts_with(|c: char| c.is_ascii_digit());
    let below = lines.blocks.get(n + 1).zip(lines.shapes.get(n + 1));
    numbered
        && shape.chars <= 30
        && matches!(shape.ending, Ending::Bare | Ending::Closer)
        && below.is_some_and(|(block, shape)| block.form == Form::Text && shape.chars >= LEAST_PARAGRAPH)
}

/// A lone word that may be a personal name is a byline below a heading and a signature below an article; elsewhere
/// it stays what its score made of it.
fn settle_names(lines: &Lines, kinds: &mut [Kind]) {
    for n in 0..kinds.len() {
        let shape = &lines.shapes[n];
        let bracketed = shape.first == '（' && shape.last == '）' && shape.han + 2 == shape.chars;
        let lone = lines.blocks[n].form == Form::Text
            && (shape.han == shape.chars || bracketed)
            && (2..=4).contains(&shape.han);
        if !lone || !matches!(kinds[n], Kind::Title | Kind::Paragraph) {
            continue;
        }
        let above = n.checked_sub(1).map(|n| (kinds[n], &lines.shapes[n]));
        let below = kinds.get(n + 1).map(|kind| (*kind, &lines.shapes[n + 1]));
        let heads_text = below.is_none_or(|(kind, shape)| kind == Kind::Paragraph && !shape.lead);
        let below_title =
            above.is_some_and(|(kind, shape)| kind == Kind::Title && shape.look != Look::Name) && heads_text;
        let closes = above.is_some_and(|(kind, shape)| kind == Kind::Paragraph && shape.ending == Ending::Stop)
            && below.is_none_or(|(kind, _)| kind == Kind::Title);
        let is_name = shape.look == Look::Name;
        let signs = closes && (is_name || bracketed || shape.chars <= 3);
        if is_name && below_title || signs {
            kinds[n] = Kind::Byline;
        }
    }
}

/// A line between a notice and its date signs the notice, with nothing of it behind the date; so does one below it
/// that its title begins with (青川市法院公告 … 青川市法院).
fn settle_signatures(lines: &Lines, kinds: &mut [Kind]) {
    let mut title = None;
    for n in 1..kinds.len() {
        if kinds[n - 1] == Kind::Title {
            title = Some(n - 1);
        }
        let (shape, block) = (&lines.shapes[n], &lines.blocks[n]);
        let is_line = kinds[n].is_heading()
            && block.form == Form::Text
            && shape.chars <= MOST_SIGNATURE
            && shape.pauses + shape.stops == 0;
        let above = n - 1;
        let closes = !kinds[above].is_heading() && kinds[above] != Kind::Byline;
        let is_over = |n: usize| {
            let goes_on =
                |kind: Kind| !kind.is_heading() && !matches!(lines.shapes[n].look, Look::Jump | Look::Imprint);
            kinds.get(n).is_none_or(|kind| !goes_on(*kind))
        };
        let is_dated = lines.shapes.get(n + 1).is_some_and(|below| below.look == Look::Date) && is_over(n + 2);
        let is_named =
            || title.is_some_and(|title| lines.content(title).starts_with(lines.content(n))) && is_over(n + 1);
        if is_line && closes && (is_dated || is_named()) {
            kinds[n] = Kind::Byline;
        }
    }
}

/// Whoever signs a notice is named with at most this many characters: a ministry and its bureau.
const MOST_SIGNATURE: u32 = 24;
