//! What each block is: by its form, by its look, by the score of [`super::heading`], and by what stands around it.
//!
//! A block that is half of a cut sentence is never a heading, and whether it is one is for [`crate::seam`] to say; what
//! is decided here is everything else. What sort of heading a block is depends on the headings around it:
//! [`super::group`] decides that.

use super::heading::{self, Around, LEAST_PARAGRAPH, MOST_RUN_CHARS};
use super::{Kind, letters};
use crate::block::{Block, Convention, Form};
use crate::seam::facts::Facts;
use crate::seam::{Model, Seam, SeamKind};
use crate::shape::{self, Ending, Look, MOST_LABEL, Shape, begins_turn};
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

/// Where the score turns a line into a heading.
const THRESHOLD: f32 = 0.0;

/// The kinds of all blocks; headings are [`Kind::Title`], [`Kind::Label`] or [`Kind::Section`] until they are
/// grouped.
pub(super) fn kinds(lines: &Lines, around: &Around, seams: &[Seam], wrapped: &[usize]) -> Vec<Kind> {
    let n_blocks = lines.blocks.len();
    let mut halves = vec![false; n_blocks];
    for seam in seams.iter().filter(|seam| seam.kind != SeamKind::Heading) {
        for half in [seam.tail, seam.head].into_iter().flatten().filter(|n| *n < n_blocks) {
            halves[half] = true;
        }
    }
    let mut kinds: Vec<Kind> = (0..n_blocks)
        .map(|n| match by_form(&lines.blocks[n]) {
            Kind::Title | Kind::Paragraph if halves[n] => Kind::Paragraph,
            Kind::Title | Kind::Paragraph => kind(lines, n, around),
            Kind::ListItem if is_numbered_section(lines, n) && !halves[n] => Kind::Section,
            other => other,
        })
        .collect();
    for &n in wrapped.iter().filter(|n| !halves[**n] && !halves[**n + 1]) {
        let joined = [lines.content(n), lines.content(n + 1)].concat();
        let kind = if shape::shape(&joined).look == Look::Label { Kind::Label } else { Kind::Title };
        kinds[n..n + 2].fill(kind);
    }
    settle_questions(lines, &mut kinds);
    settle_notes(lines, &mut kinds);
    settle_names(lines, &mut kinds);
    settle_signatures(lines, &mut kinds);
    letters::settle(lines, &mut kinds);
    kinds
}

/// A question between a label or the name of a column and a paragraph is the title of what follows: 检察官说法,
/// 网购打眼，能退吗？
fn settle_questions(lines: &Lines, kinds: &mut [Kind]) {
    for n in 1..kinds.len() {
        let shape = &lines.shapes[n];
        let above = (&lines.shapes[n - 1], &lines.blocks[n - 1]);
        let is_label = kinds[n - 1].is_heading() && above.0.chars <= MOST_LABEL && above.1.mark() == lines.mark(n);
        let heads = lines.shapes.get(n + 1).is_some_and(|below| below.chars >= LEAST_PARAGRAPH);
        let asks =
            shape.is_question() && shape.stops == 1 && shape.chars <= MOST_ASKED && !begins_turn(lines.content(n));
        if kinds[n] == Kind::Paragraph && is_label && heads && asks && !is_said(lines, n) {
            kinds[n] = Kind::Title;
        }
    }
}

/// A line in brackets below text is a note to it or says where it comes from, not what stands above the next title:
/// （文中人物均为化名）.
fn settle_notes(lines: &Lines, kinds: &mut [Kind]) {
    for n in 1..kinds.len() {
        let shape = &lines.shapes[n];
        let is_note = shape.first == '（'
            && shape.last == '）'
            && shape.numbering.is_none()
            && shape.chars >= LEAST_NOTE
            && lines.mark(n).is_none();
        if is_note && kinds[n].is_heading() && !kinds[n - 1].is_heading() {
            kinds[n] = Kind::Byline;
        }
    }
}

/// A note in brackets has at least this many characters, the brackets included; a shorter one numbers something.
const LEAST_NOTE: u32 = 5;

/// The first lines of headings that are set on two: the line breaks off where no heading ends, in a word or in a
/// quotation, or the two together are a label (了解 ¶ 更多), and nothing but blank stands between them.
pub(super) fn wrapped(lines: &Lines, around: &Around) -> Vec<usize> {
    let may_be = |n: usize| {
        let shape = &lines.shapes[n];
        matches!(lines.blocks[n].form, Form::Text | Form::Heading(_))
            && !lines.blocks[n].is_wrapped()
            && matches!(shape.look, Look::Plain | Look::Name)
            && shape.chars <= MOST_WRAPPED
            && shape.stops == 0
            && !shape.opens_sentence
            && (shape.numbering.is_none() || shape.first == '—')
    };
    let is_line_below = |n: usize| lines.blocks.get(n).is_some_and(|block| block.blank_before == 0 && may_be(n));
    let continues = |n: usize| {
        let (first, second) = (&lines.shapes[n], &lines.shapes[n + 1]);
        let (above, below) = (&lines.blocks[n], &lines.blocks[n + 1]);
        if around.runs[n] || !may_be(n) || !may_be(n + 1) || second.ending == Ending::Pause || below.blank_before > 1 {
            return false;
        }
        let same_mark = below.mark().is_none() || below.mark() == above.mark();
        let in_quotation = first.unclosed > 0 && second.unopened > 0;
        // A dash begins a subtitle; below the title of a poem one verse follows another.
        let is_subtitle = second.first == '—' && !in_quotation;
        let is_bare = |n: usize| lines.blocks[n].mark().is_none() && may_be(n);
        let is_verse = above.mark().is_some() && below.mark().is_none() && is_line_below(n + 2)
            || n >= 2 && (n - 2..n).all(is_bare) && is_bare(n) && below.mark().is_none();
        // 一问：…, with 二问：… to come, heads a part.
        let counts = second.pauses > 0 && counts_with_colon(lines.content(n + 1));
        if is_subtitle || is_verse || counts {
            return false;
        }
        let is_heading = above.mark().is_some() || heads_text(lines, n + 2);
        let breaks_off =
            || is_heading && (in_quotation || first.hanging && heads_text(lines, n + 2) || reads_on(lines, n));
        let joined = || [lines.content(n), lines.content(n + 1)].concat();
        let is_label = || first.chars + second.chars <= 8 && shape::shape(&joined()).look == Look::Label;
        // A name below a title wrote the article: …想到的 ¶ 周晓岚.
        let goes_on = second.look != Look::Name;
        same_mark && (goes_on && breaks_off() && !heading::is_cell(lines, n) || is_label())
    };
    let mut found: Vec<usize> = Vec::new();
    for n in 0..lines.blocks.len().saturating_sub(1) {
        if continues(n) && found.last().is_none_or(|last| *last + 1 < n) {
            found.push(n);
        }
    }
    found
}

/// Whether `content` begins with a numeral, what it counts and a colon: 一问：….
fn counts_with_colon(content: &str) -> bool {
    let mut chars = content.chars();
    chars.next().is_some_and(|c| "一二三四五六七八九十".contains(c))
        && chars.next().is_some_and(zh::is_han)
        && matches!(chars.next(), Some('：' | ':'))
}

/// Whether block `n` and the next read as one: a word crosses from one to the other, or the characters of the second are
/// far likelier behind those of the first than at the start of a text.
fn reads_on(lines: &Lines, n: usize) -> bool {
    let model = Model::shipped();
    let facts = |n: usize| Facts::new(lines.content(n), &lines.shapes[n]);
    let (above, below) = (facts(n), facts(n + 1));
    if ![above.ending.last(), below.opening.first()].into_iter().all(|c| c.is_some_and(|c| zh::is_han(*c))) {
        return false;
    }
    let end = above.end(model);
    let words = model.lexicon.across((&above.ending, &end.words), (&below.opening, &below.first_words(model).readings));
    let mut reading = end.reading;
    let first = below.first(N_READ);
    let joined: f32 = first.iter().map(|c| model.language.read(&mut reading, *c).log_probability).sum();
    let apart = end.here + below.start(model).each.iter().take(first.len()).sum::<f32>();
    words.gain >= LEAST_CROSSING || joined - apart >= LEAST_READING
}

/// So many characters of a second line say how it reads behind the first.
const N_READ: usize = 3;

/// What a word that crosses two lines gains at least, and what reading on does, both as logarithms. With these 29 of 35
/// headings that were cut in two on invented pages are found, and none where none was cut.
const LEAST_CROSSING: f32 = 2.0;
const LEAST_READING: f32 = 12.5;

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

/// What the form and the look of block `n` say by themselves; nothing where it may be a heading or text.
pub(super) fn by_look(lines: &Lines, n: usize) -> Option<Kind> {
    let (block, shape) = (&lines.blocks[n], &lines.shapes[n]);
    let marked = lines.mark(n).is_some();
    let is_date = matches!(shape.look, Look::Date | Look::Figures) && !marked;
    let is_caption = shape.look == Look::Caption && shape.chars > 12;
    // ### 关门时间：6小时15分 above what happened then.
    let heads_text = || lines.shapes.get(n + 1).is_some_and(|below| below.chars >= LEAST_PARAGRAPH);
    if marked && shape.look == Look::Imprint && heads_text() && shape::tells_time(lines.content(n)) {
        return None;
    }
    match (by_form(block), shape.look) {
        (Kind::Title | Kind::Paragraph, Look::Byline | Look::Credit | Look::Signature) => Some(Kind::Byline),
        (Kind::Title | Kind::Paragraph, Look::Salutation | Look::Jump | Look::Imprint) => Some(Kind::Paragraph),
        (Kind::Title | Kind::Paragraph, _) => {
            (is_date || is_caption || block.is_wrapped() || shape.chars == 0).then_some(Kind::Paragraph)
        }
        (other, _) => Some(other),
    }
}

fn kind(lines: &Lines, n: usize, page: &Around) -> Kind {
    if let Some(kind) = by_look(lines, n) {
        return kind;
    }
    if introduces_part(lines, n) || asks_in_mark(lines, n) {
        return Kind::Title;
    }
    if is_said(lines, n) {
        return Kind::Paragraph;
    }
    if heads_turn(lines, n) {
        return Kind::Label;
    }
    match lines.shapes[n].look {
        _ if heading::surely_text(lines, n, THRESHOLD) || heading::score(lines, n, page) <= THRESHOLD => {
            Kind::Paragraph
        }
        Look::Label if !shape::is_column(lines.content(n)) => Kind::Label,
        _ => Kind::Title,
    }
}

/// Whether block `n` introduces the person who speaks in the paragraph below.
pub(super) fn introduces_part(lines: &Lines, n: usize) -> bool {
    let heads = || lines.shapes.get(n + 1).is_some_and(|below| below.chars >= LEAST_PARAGRAPH);
    shape::introduces_person(lines.content(n)) && heads()
}

/// Whether block `n` is a question that a reader is said to ask and an answer follows, or a call of which the voice is
/// drawn out: “卖豆——腐——”.
fn is_said(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    let is_asked = || {
        let is_answered = lines.blocks.get(n + 1).is_some_and(|_| lines.content(n + 1).starts_with('答'));
        is_answered && lines.content(n).contains("问：")
    };
    shape.last == '？' && shape.pauses > 0 && is_asked()
        || shape.last == '”' && shape.first == '“' && lines.content(n).trim_end_matches('”').ends_with('—')
}

/// Whether block `n` says who asks or who answers in the paragraphs below, and another line nearby says who answers or asked:
/// 读者周女士问：, 主任医师李望答：.
fn heads_turn(lines: &Lines, n: usize) -> bool {
    let turn = |n: usize| {
        let shape = &lines.shapes[n];
        let is_short =
            shape.ending == Ending::Colon && shape.pauses == 1 && (LEAST_TURN..=MOST_TURN).contains(&shape.chars);
        let said = is_short.then(|| lines.content(n).trim_end_matches(['：', ':']).chars().next_back());
        said.flatten().filter(|said| matches!(said, '问' | '答'))
    };
    let Some(own) = turn(n) else { return false };
    let has_text = lines.shapes.get(n + 1).is_some_and(|below| below.first != '“' && below.ending == Ending::Stop);
    let near = n.saturating_sub(NEXT_TURN)..(n + NEXT_TURN + 1).min(lines.blocks.len());
    has_text && near.into_iter().filter_map(turn).any(|other| other != own)
}

/// Such a line has at least and at most so many characters: 专家答：; 他问： is narration.
const LEAST_TURN: u32 = 4;
const MOST_TURN: u32 = 16;

/// A question has an answer within so many blocks.
const NEXT_TURN: usize = 6;

/// Whether block `n` is marked and asks, as a title may, more than once: # 操场够用吗？厕所还排队吗？
fn asks_in_mark(lines: &Lines, n: usize) -> bool {
    let shape = &lines.shapes[n];
    lines.mark(n).is_some() && shape.chars <= MOST_ASKED && shape.is_question() && !lines.content(n).contains('。')
}

/// Such a title has at most this many characters.
const MOST_ASKED: u32 = 36;

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
        let is_line = lines.blocks[n].form == Form::Text && (shape.han == shape.chars || bracketed);
        let lone = is_line && (2..=4).contains(&shape.han);
        // 余 秋: a name of two characters is set as wide as one of three; one of three, too, may be set apart.
        let is_spaced = shape.gaps == 1 && shape.han == 2
            || shape.gaps == 2 && shape.han == 3 && lone && zh::is_surname(shape.first);
        if !is_line || shape.chars > MOST_NAMED || !matches!(kinds[n], Kind::Title | Kind::Paragraph) {
            continue;
        }
        let are_names = are_names(lines.content(n));
        if !lone && !are_names {
            continue;
        }
        let above = n.checked_sub(1).map(|n| (kinds[n], &lines.shapes[n]));
        let is_marked = n > 0 && lines.mark(n - 1).is_some();
        let below = kinds.get(n + 1).map(|kind| (*kind, &lines.shapes[n + 1]));
        // The first poem of a cycle is called 其一.
        let is_cycle = |shape: &Shape| shape.first == '其' && shape.chars <= MOST_POEM && shape.numbering.is_some();
        // Below the name of a page stands its imprint.
        let is_body = |shape: &Shape| !shape.lead && shape.look != Look::Imprint;
        let heads_text = below.is_none_or(|(kind, shape)| kind == Kind::Paragraph && is_body(shape) || is_cycle(shape));
        let below_title = above
            .is_some_and(|(kind, shape)| kind == Kind::Title && (shape.look != Look::Name || is_marked))
            && heads_text;
        let closes = above.is_some_and(|(kind, shape)| kind == Kind::Paragraph && shape.ending == Ending::Stop)
            && below.is_none_or(|(kind, _)| kind == Kind::Title);
        let is_name = shape.look == Look::Name;
        // A word of three characters is a title where who wrote it stands below, the name of a column where that stands below the
        // next title, and so is one that counts: 诗二首.
        let is_word = || {
            let counts = ['首', '则', '题', '篇'].contains(&shape.last);
            let names_author = |n: usize| {
                lines
                    .shapes
                    .get(n)
                    .is_some_and(|shape| matches!(shape.look, Look::Name | Look::Byline | Look::Signature))
            };
            let is_column = shape.is_banner || shape.look == Look::Label;
            !counts && !is_column && !names_author(n + 1) && !names_author(n + 2)
        };
        let signs = closes && lone && (is_name || bracketed || shape.chars <= 3 && is_word());
        // Below the title of a picture stands who made it, whatever follows.
        let made_picture = is_name
            && above.is_some_and(|(kind, above)| kind == Kind::Title && above.last == '）')
            && ARTS.iter().any(|art| lines.content(n - 1).ends_with(art));
        // A pen name is any word; but one of several words that head the parts of an article heads the first of them.
        let is_pen_name = || {
            shape.look == Look::Plain
                && lone
                && !bracketed
                && below_title
                && lines.mark(n).is_none()
                && !heads_next_part(lines, kinds, n)
                && above.is_some_and(|(_, above)| (above.chars >= LEAST_TITLED || above.pauses > 0) && !above.is_banner)
        };
        if (is_name || is_spaced || are_names) && below_title || signs || made_picture || is_pen_name() {
            kinds[n] = Kind::Byline;
        }
    }
}

/// 其十二: the number of a poem in a cycle has at most this many characters.
const MOST_POEM: u32 = 3;

/// What sort of picture it is, as its title says.
const ARTS: [&str; 9] =
    ["（油画）", "（国画）", "（中国画）", "（版画）", "（书法）", "（摄影）", "（木刻）", "（剪纸）", "（漫画）"];

/// The title above a pen name has at least this many characters: a shorter line is the name of a column above a short
/// title.
const LEAST_TITLED: u32 = 6;

/// Whether a heading as short as block `n` stands by itself between the paragraphs behind it.
fn heads_next_part(lines: &Lines, kinds: &[Kind], n: usize) -> bool {
    let is_part = |at: usize| kinds[at] == Kind::Title && lines.shapes[at].chars <= MOST_PART;
    // Below verse nothing goes on.
    if lines.shapes.get(n + 1).is_some_and(|below| below.ending == Ending::Pause && below.chars <= MOST_RUN_CHARS) {
        return false;
    }
    let next = (n + 1..kinds.len()).find(|at| kinds[*at].is_heading());
    next.is_some_and(|at| is_part(at) && kinds.get(at + 1).is_none_or(|kind| !kind.is_heading()))
}

/// Such a heading has at most this many characters.
const MOST_PART: u32 = 5;

/// Whether `content`, of at most [`MOST_NAMED`] characters, is two or three personal names, with blanks between them or
/// without.
fn are_names(content: &str) -> bool {
    let words: Vec<Vec<char>> =
        content.split(is_blank).filter(|word| !word.is_empty()).map(|word| word.chars().collect()).collect();
    match words.as_slice() {
        // Four characters are a name and a given one as often as two names.
        [word] => word.len() > 4 && zh::personal_names(word).is_some_and(|n| (2..=3).contains(&n)),
        words => {
            let is_name = |word: &Vec<char>| word.len() <= 3 && zh::personal_names(word) == Some(1);
            (2..=3).contains(&words.len()) && words.iter().all(is_name)
        }
    }
}

/// Three names of three characters.
const MOST_NAMED: u32 = 9;

/// A line between a notice and its date signs the notice, with nothing of it behind the date; so does one below it
/// that its title begins with (青川市法院公告 … 青川市法院), and the name of a company between a whole paragraph and the
/// marked heading of what follows, if it has no mark itself.
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
        let is_body = || {
            let content = lines.content(n);
            lines.shapes[above].ending == Ending::Stop
                && lines.blocks.get(n + 1).is_none_or(|below| below.mark().is_some())
                && BODIES.iter().any(|end| content.ends_with(end))
        };
        if is_line && closes && (is_dated || is_named() || is_body()) {
            kinds[n] = Kind::Byline;
        }
    }
}

/// How the names of those end who sign notices without a date.
pub(super) const BODIES: [&str; 6] = ["公司", "委员会", "办事处", "办公室", "管理局", "管理处"];

/// Whoever signs a notice is named with at most this many characters: a ministry and its bureau.
const MOST_SIGNATURE: u32 = 24;
