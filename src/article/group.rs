//! Headings become groups (banner, kicker, title, subtitle), sections and labels; blocks become articles.
//!
//! Headings that follow each other with nothing between form a run. A run either opens an article or heads a part
//! of the one that is open; which it is, is a sum of evidence too, because marks and blank lines mislead: a dateline
//! or a byline below opens an article, a signature above closes one, a deeper mark than the title's goes on.

mod misplaced;
mod title;

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::kind::introduces_part;
use super::lines::{LEAST_PARAGRAPH, Lines};
use super::{Article, Kind, cell, opening};
use crate::block::Form;
use crate::memo::Cache;
use crate::seam::{Seam, SeamKind};
use crate::shape::{Ending, Look, MOST_FIELD_NAME, Shape, Style, announces, begins_caption, begins_turn};
use crate::zh;

/// Refines the headings in `kinds` and groups all blocks into articles, which are in order of their first block. `openings`
/// keeps what was found out about headings.
pub(super) fn group(
    lines: &Lines,
    kinds: &mut [Kind],
    seams: &[Seam],
    wrapped: &[usize],
    openings: &mut Cache<f32>,
) -> Vec<Article> {
    let mut grouping =
        Grouping { lines, kinds, wrapped, openings, articles: Vec::new(), open: None, interrupted: None };
    let mut at = 0;
    while at < lines.blocks.len() {
        let run = at..grouping.end_of_run(at);
        if run.is_empty() {
            grouping.body(at);
            at += 1;
        } else {
            at = run.end;
            grouping.run(run);
        }
    }
    let mut articles = grouping.articles;
    reunite(&mut articles, seams);
    articles
}

struct Grouping<'a> {
    lines: &'a Lines<'a>,
    kinds: &'a mut [Kind],
    /// The first lines of headings that are set on two.
    wrapped: &'a [usize],
    openings: &'a mut Cache<f32>,
    articles: Vec<Article>,
    /// The article that the next block belongs to.
    open: Option<Open>,
    /// The article that goes on when the open one, a picture with its text, is over.
    interrupted: Option<Open>,
}

/// An article under construction.
#[derive(Clone, Copy)]
struct Open {
    /// Its index.
    article: usize,
    /// Its title's block.
    title: Option<usize>,
    /// Whether it is a picture with its text.
    is_picture: bool,
    /// Whether it has text yet.
    has_text: bool,
    /// Whether it has parts with headings yet.
    has_parts: bool,
}

impl Grouping<'_> {
    /// The end of the run of headings that starts at block `from`; `from` itself where there is none.
    fn end_of_run(&self, from: usize) -> usize {
        (from..self.kinds.len()).find(|n| !self.kinds[*n].is_heading()).unwrap_or(self.kinds.len())
    }

    /// Adds a block that is not a heading to the article that is open.
    fn body(&mut self, n: usize) {
        let look = self.lines.shapes[n].look;
        let goes_back = self.open.is_some_and(|open| open.is_picture && open.has_text)
            && look != Look::Credit
            && look != Look::Caption
            && self.kinds[n] == Kind::Paragraph;
        if goes_back && let Some(interrupted) = self.interrupted.take() {
            self.open = Some(interrupted);
        }
        if self.open.is_none() {
            self.begin(n..n, None, false);
        }
        self.push(n);
        if let Some(open) = &mut self.open {
            open.has_text |= self.kinds[n] == Kind::Paragraph;
        }
    }

    /// Begins an article whose heading is `heading`; the blocks themselves are still to be pushed.
    fn begin(&mut self, heading: Range<usize>, title: Option<usize>, is_picture: bool) {
        if is_picture && self.open.is_some_and(|open| !open.is_picture) {
            self.interrupted = self.open;
        } else if !is_picture {
            self.interrupted = None;
        }
        self.open = Some(Open { article: self.articles.len(), title, is_picture, has_text: false, has_parts: false });
        self.articles.push(Article { heading, parts: Vec::new() });
    }

    fn push(&mut self, n: usize) {
        let Some(open) = self.open else { return };
        let parts = &mut self.articles[open.article].parts;
        match parts.last_mut() {
            Some(part) if part.end == n => part.end = n + 1,
            _ => parts.push(n..n + 1),
        }
    }

    /// Splits a run of headings where one heading group ends and the next begins, and places each piece.
    fn run(&mut self, run: Range<usize>) {
        let mut start = run.start;
        if let Some(marked) = self.end_of_list(&run) {
            for n in start..marked {
                self.kinds[n] = Kind::Paragraph;
                self.body(n);
            }
            start = marked;
        }
        while start < run.end {
            let series = self.series(start, run.end);
            if series > start {
                self.sections(start..series);
                start = series;
                continue;
            }
            let label = (start..run.end).find(|n| self.kinds[*n] == Kind::Label);
            let end = label.unwrap_or(run.end);
            // A series of boxes, or the first part of what the headings above it head, begins something new.
            let heads_part = |n: usize| self.is_numbered(n) && !self.is_numbered(start);
            let end = (start + 1..end).find(|n| self.series(*n, run.end) > *n || heads_part(*n)).unwrap_or(end);
            if end > start {
                self.headings(start..end);
            }
            start = end;
            if label == Some(start) {
                self.open_or_begin(start);
                self.push(start);
                start += 1;
                if start < run.end && self.continues(start) {
                    self.push(start);
                    start += 1;
                }
            }
        }
    }

    /// The marked heading in `run` behind lines without marks that end the text above: several, or numbered ones. No more
    /// than a column's name and a kicker stand above a title without having its mark.
    fn end_of_list(&self, run: &Range<usize>) -> Option<usize> {
        let marked = run.clone().find(|n| self.lines.mark(*n).is_some()).filter(|n| *n > run.start)?;
        let are_boxes = self.series(run.start, marked) > run.start;
        let is_list = marked - run.start >= LEAST_LIST && !are_boxes || self.is_numbered(run.start);
        let is_banner = self.lines.shapes[run.start].is_banner || self.kinds[run.start] == Kind::Label;
        (is_list && !is_banner && self.open.is_some_and(|open| open.has_text)).then_some(marked)
    }

    /// Whether block `n` is the second line of the heading above it.
    fn continues(&self, n: usize) -> bool {
        n > 0 && self.wrapped.binary_search(&(n - 1)).is_ok() && self.kinds[n - 1].is_heading()
    }

    /// The end of the lines of the heading that `group` begins with.
    fn end_of_heading(&self, group: &Range<usize>) -> usize {
        (group.start + 1..group.end).find(|n| !self.continues(*n)).unwrap_or(group.end)
    }

    /// The end of a series of three or more headings of one length that starts at `start`: boxes of a chart.
    fn series(&self, start: usize, end: usize) -> usize {
        let same = |n: usize| {
            self.lines.shapes[n].chars == self.lines.shapes[start].chars
                && self.lines.mark(n) == self.lines.mark(start)
                && self.kinds[n] != Kind::Label
        };
        let stop = (start..end).find(|n| !same(*n)).unwrap_or(end);
        if stop - start >= 3 { stop } else { start }
    }

    fn sections(&mut self, range: Range<usize>) {
        for n in range {
            self.open_or_begin(n);
            self.kinds[n] = Kind::Section;
            self.push(n);
        }
        if let Some(open) = &mut self.open {
            open.has_parts = true;
        }
    }

    fn open_or_begin(&mut self, n: usize) {
        if self.open.is_none() {
            self.begin(n..n, None, false);
        }
    }

    /// Places headings that stand together: as the heading of an article, or as sections of the open one.
    fn headings(&mut self, mut group: Range<usize>) {
        let first = group.start..self.end_of_heading(&group);
        if let Some(text) = self.text_above_title(&first, &group) {
            self.part_with(text);
            group.start = first.end;
            for n in first {
                self.kinds[n] = Kind::Title;
                self.push(n);
            }
            if group.is_empty() {
                return;
            }
        }
        // The first part of an article may begin right below its title.
        if let Some(part) = self.first_part(&group) {
            self.headings(group.start..part);
            return self.sections(part..group.end);
        }
        let is_picture = self.heads_picture(&group);
        if !is_picture && !self.opens_article(&group) {
            return self.sections(group);
        }
        let title = self.title(&group);
        let heads_nothing = !self.heads_text(group.end);
        // The name of a page stands above its date and its editors, that of a column above who keeps it.
        let is_short_name = self.lines.shapes[title].chars <= MOST_COLUMN;
        let behind = (group.end..self.lines.shapes.len()).find(|n| !is_folio(&self.lines.shapes[*n]));
        let behind = behind.filter(|n| *n > group.end).or_else(|| {
            let by = self.kinds.get(group.end) == Some(&Kind::Byline) && is_short_name;
            by.then_some(group.end + 1)
        });
        let before_folio =
            behind.and_then(|n| self.kinds.get(n).map(|kind| kind.is_heading() && !self.is_numbered(n))) == Some(true);
        let before_label = self.kinds.get(group.end) == Some(&Kind::Label) && self.lines.shapes[title].chars <= 8;
        let lone = group.clone().filter(|n| !self.continues(*n)).count() == 1;
        // 青川晚报 and A4 要闻 above the date.
        let is_short_head = is_short_name && (0..group.start).all(|n| is_folio(&self.lines.shapes[n]));
        let above_imprint =
            is_short_head && self.lines.shapes.get(group.end).is_some_and(|below| below.look == Look::Imprint);
        let names_page = above_imprint || before_folio && (self.lines.shapes[title].is_banner || is_short_head);
        let lone_banner =
            names_page || lone && (self.lines.shapes[title].is_banner || before_folio || heads_nothing && before_label);
        // A line as short as the name of a column is one unless its mark is deeper than the title's: kickers say more.
        let first = self.lines.shapes[group.start];
        let marks = self.lines.mark(group.start).zip(self.lines.mark(title));
        let is_deeper = marks.is_some_and(|(first, of_title)| first > of_title);
        let is_short = first.chars <= MOST_COLUMN && !is_deeper && !self.continues(group.start + 1);
        let names_column = title - group.start >= 2 || first.is_banner || is_short;
        for n in group.clone() {
            self.kinds[n] = match n.cmp(&title) {
                _ if n > group.start && self.continues(n) => self.kinds[n - 1],
                _ if is_picture && n == title => Kind::Caption,
                _ if lone_banner => Kind::Banner,
                std::cmp::Ordering::Equal => Kind::Title,
                std::cmp::Ordering::Greater => Kind::Subtitle,
                std::cmp::Ordering::Less if n == group.start && names_column => Kind::Banner,
                std::cmp::Ordering::Less => Kind::Kicker,
            };
        }
        self.begin(group.clone(), (!lone_banner).then_some(title), is_picture);
        for n in group {
            self.push(n);
        }
    }

    /// The last line of `group`, where it is as short as the next heading, which stands by itself between paragraphs of the
    /// same article, and is marked as that one is: 流言 below a title, with 真相 behind the paragraph that follows.
    fn first_part(&self, group: &Range<usize>) -> Option<usize> {
        let last = group.end - 1;
        let is_part = |n: usize| {
            let shape = &self.lines.shapes[n];
            shape.chars <= MOST_COLUMN && !shape.is_banner && self.kinds[n] != Kind::Label && !self.continues(n)
        };
        let follows = self.kinds.get(group.end) == Some(&Kind::Paragraph) && !self.is_report(group.end);
        let is_column = last == group.start + 1 && self.lines.shapes[group.start].is_banner;
        if group.len() == 1 || is_column || !is_part(last) || !follows {
            return None;
        }
        let next = (group.end..self.kinds.len()).find(|n| self.kinds[*n].is_heading())?;
        let stands_alone = self.end_of_run(next) == next + 1 && self.kinds.get(next + 1) == Some(&Kind::Paragraph);
        let is_alike = self.lines.mark(last) == self.lines.mark(next) && !self.is_report(next + 1);
        (is_part(next) && stands_alone && is_alike).then_some(last)
    }

    /// Whether `group` opens an article: evidence in halves, more than one is needed.
    fn opens_article(&mut self, group: &Range<usize>) -> bool {
        let Some(open) = self.open else { return true };
        let (lines, first) = (self.lines, group.start);
        let numbered = group.clone().all(|n| self.is_numbered(n) || lines.mark(n).is_none());
        let numbered = numbered && self.is_numbered(first);
        // Text that a page begins with may be the rest of an article; its numbered parts go on with it.
        let Some(open_title) = open.title else { return !(numbered && open.has_text) };
        let best = group.clone().filter_map(|n| lines.mark(n)).min();
        if self.is_one_of_pairs(group) {
            return false;
        }
        let is_deeper = || best.zip(lines.mark(open_title)).is_some_and(|(own, of_title)| own > of_title);
        if self.heads_fields(group, &open) && !is_deeper() {
            return true;
        }
        let mut score = 0.0;
        if self.is_report(group.end) {
            score += 3.0;
        }
        if group.clone().filter(|n| !self.continues(*n)).count() >= 2 {
            score += 1.5;
        }
        if group.clone().any(|n| self.lines.shapes[n].is_banner) {
            score += 2.6;
        }
        if self.kinds.get(group.end) == Some(&Kind::Label) {
            score += 1.0;
        }
        if open.is_picture {
            score += 1.5;
        }
        if self.closes_article(first) {
            score += 2.0;
        }
        if lines.blocks[first].blank_before >= 3 || first > 0 && lines.blocks[first - 1].form == Form::Break {
            score += 1.0;
        }
        if numbered || group.len() == 1 && self.is_one_of_couplets(first) {
            score -= 3.0;
        }
        if self.begins_as_open(group.end, &open) || self.is_passed(group.end) {
            score += 3.0;
        }
        if announces(lines.content(first), &lines.shapes[first]) {
            score += 3.0;
        }
        // A letter begins with whom it is to.
        if lines.shapes.get(group.end).is_some_and(|below| below.look == Look::Salutation) {
            score += 3.0;
        }
        // A deeper mark than the title's goes on; a mark as high opens something. Files without marks say nothing.
        let of_kicker = || self.articles[open.article].heading.clone().filter_map(|n| lines.mark(n)).min();
        score += match (best, lines.mark(open_title).or_else(of_kicker)) {
            (Some(mark), Some(of_title)) if mark <= of_title => 1.5,
            (Some(_), Some(_)) => -1.5,
            (None, Some(_)) => -0.5,
            (_, None) => 0.0,
        };
        if score <= 1.0 && !numbered && best.is_none() && lines.mark(open_title).is_none() {
            score += 1.0 + self.opening(group, &open) - opening::LEAST_OPENING;
        }
        score > 1.0
    }

    /// Whether `group` heads nothing but where and when something is to be, and the text above says nothing of it: 报名指南 above
    /// 报名时间：… and 报名地点：….
    fn heads_fields(&self, group: &Range<usize>, open: &Open) -> bool {
        let lines = self.lines;
        let is_field = |n: &usize| {
            let is_notice = lines.shapes[*n].look == Look::Imprint;
            self.kinds[*n] == Kind::Paragraph && (is_notice || cell::is_cell(lines, *n))
        };
        let fields: Vec<usize> = (group.end..self.kinds.len()).take_while(is_field).take(NEXT_HEADING).collect();
        let tells_where = fields.iter().any(|n| lines.shapes[*n].look == Look::Imprint);
        let ends = |n: usize| {
            self.kinds.get(n).is_none_or(|kind| kind.is_heading() || *kind == Kind::Byline)
                || lines.shapes[n].chars < LEAST_PARAGRAPH
        };
        if fields.len() < LEAST_FIELDS || !tells_where || !ends(group.end + fields.len()) {
            return false;
        }
        let [own, above] =
            [group.clone().collect(), self.above(open)].map(|blocks| opening::pairs(&lines.contents(&blocks)));
        own.intersection(&above).count() * LEAST_SAID < own.len()
    }

    /// Whether the heading above or below block `n` is set as it is, clause by clause: 敢为人先，一张白纸绘蓝图 and
    /// 创新驱动，科技之花结硕果 head parts of one article.
    fn is_one_of_couplets(&self, n: usize) -> bool {
        let lines = self.lines;
        let clauses = |n: usize| {
            let content = lines.content(n);
            // 从“单打独斗”到“抱团取暖”
            if content.starts_with("从“") && content.contains("”到“") && content.ends_with('”') {
                return Some((0, 0));
            }
            let mut clauses = content.split(['，', ',']).map(|clause| clause.chars().count());
            clauses.next().zip(clauses.next()).filter(|_| clauses.next().is_none())
        };
        let Some(own) = clauses(n) else { return false };
        let is_alike = |other: usize| lines.mark(other) == lines.mark(n) && clauses(other) == Some(own);
        let above = (0..n).rev().take(NEXT_HEADING).find(|at| self.kinds[*at].is_heading());
        let below = (n + 1..self.kinds.len()).take(NEXT_HEADING).find(|at| self.kinds[*at].is_heading());
        let stands_alone = |at: &usize| self.end_of_run(*at) == at + 1 && !self.is_report(at + 1);
        above.is_some_and(is_alike) || below.filter(stands_alone).is_some_and(is_alike)
    }

    /// Whether `group` has two lines of which the first ends in a dash, and so has the one above or below it, set alike:
    /// 灯从哪里来—— ¶ 一座电站亮起来 heads a part, as 路往哪里去—— does.
    fn is_one_of_pairs(&self, group: &Range<usize>) -> bool {
        let lines = self.lines;
        let asks = |n: usize| {
            let is_pair = self.end_of_run(n) == n + 2 && lines.shapes[n].ending == Ending::Dash;
            is_pair.then(|| (lines.shapes[n].chars, lines.mark(n), lines.mark(n + 1)))
        };
        let first = group.start;
        let Some(own) = asks(first).filter(|_| group.len() == 2) else { return false };
        let is_alike = |n: usize| asks(n) == Some(own) && !self.is_report(n + 2);
        let above = (0..first).rev().take(NEXT_HEADING).filter(|n| self.kinds[*n].is_heading()).nth(1);
        let below = (group.end..self.kinds.len()).take(NEXT_HEADING).find(|n| self.kinds[*n].is_heading());
        is_alike(first) && (above.is_some_and(is_alike) || below.is_some_and(is_alike))
    }

    /// Whether the text at block `n` begins with the field that the text of the `open` article begins with: 市民来电：….
    fn begins_as_open(&self, n: usize, open: &Open) -> bool {
        let field = |n: usize| {
            let content = self.lines.content(n);
            let (name, _) = content.split_once('：')?;
            let n_chars = name.chars().count();
            // Who speaks has a shorter name: 记者：.
            let is_name = n_chars >= LEAST_FIELD || n_chars >= 2 && !begins_turn(content);
            (is_name && n_chars <= MOST_FIELD_NAME && name.chars().all(zh::is_han)).then_some(name)
        };
        let of_open = self.articles[open.article].heading.end;
        n < self.kinds.len() && of_open < n && field(n).is_some_and(|own| field(of_open) == Some(own))
    }

    /// Whether block `n` says who passed the document that it stands above: （2024年6月28日青川市人大常委会通过）.
    fn is_passed(&self, n: usize) -> bool {
        let is_credit = self.lines.shapes.get(n).is_some_and(|shape| shape.look == Look::Credit);
        is_credit && self.lines.content(n).trim_end_matches(['）', ')']).ends_with("通过")
    }

    /// The last blocks of the `open` article, in order.
    fn above(&self, open: &Open) -> Vec<usize> {
        let parts = &self.articles[open.article].parts;
        let mut above: Vec<usize> = parts.iter().flat_map(Clone::clone).rev().take(opening::N_ABOVE).collect();
        above.reverse();
        above
    }

    /// The log-odds that `group` opens an article, by what the texts above and below it are about.
    fn opening(&mut self, group: &Range<usize>, open: &Open) -> f32 {
        let is_text = |n: &usize| !self.kinds[*n].is_heading();
        let below: Vec<usize> = (group.end..self.kinds.len()).take_while(is_text).take(opening::N_BELOW).collect();
        let above = self.above(open);
        if below.is_empty() {
            return f32::MIN;
        }
        let lines = self.lines;
        let all = above.iter().chain(&below).copied().chain(group.clone());
        let hashes: Vec<u8> = all
            .flat_map(|n| lines.blocks[n].hash.to_le_bytes())
            .chain([below.len() as u8, u8::from(open.has_parts)])
            .collect();
        self.openings.get(xxh3_64(&hashes), || {
            let heading = group.clone().map(|n| lines.content(n)).collect::<Vec<_>>().concat();
            opening::logit(&heading, &lines.contents(&above), &lines.contents(&below), open.has_parts)
        })
    }

    /// Whether block `n` is numbered as the parts of an article are, or introduces who speaks in one.
    fn is_numbered(&self, n: usize) -> bool {
        if introduces_part(self.lines, n) {
            return true;
        }
        let style = self.lines.shapes[n].numbering.map(|numbering| numbering.style);
        matches!(style, Some(Style::Chapter | Style::Han | Style::BracketedHan | Style::Digit | Style::BracketedDigit))
    }

    /// Whether what stands before block `n` ends an article: a signature, a source, a reference to another page.
    fn closes_article(&self, n: usize) -> bool {
        let Some(above) = n.checked_sub(1) else { return true };
        self.kinds[above] == Kind::Byline && self.open.is_some_and(|open| open.has_text)
            || self.lines.shapes[above].look == Look::Jump
    }

    /// Whether block `n` begins a report: a byline or a dateline.
    fn is_report(&self, n: usize) -> bool {
        let Some(shape) = self.lines.shapes.get(n) else { return false };
        let byline = self.kinds[n] == Kind::Byline && !matches!(shape.look, Look::Credit);
        let signs = shape.look == Look::Signature && self.kinds.get(n + 1) != Some(&Kind::Paragraph);
        shape.lead || byline && !signs
    }

    /// Whether text follows at block `n`, bylines set aside.
    fn heads_text(&self, n: usize) -> bool {
        (n..self.kinds.len()).find(|n| self.kinds[*n] != Kind::Byline).is_some_and(|n| !self.kinds[n].is_heading())
    }

    /// Whether a picture's text stands below: 图为…, or a paragraph that someone 摄 follows.
    fn heads_picture(&self, group: &Range<usize>) -> bool {
        let shape = |n: usize| self.lines.shapes.get(n);
        let taken = |n: usize| {
            shape(n).is_some_and(|shape| shape.look == Look::Credit)
                && self.lines.content(n).trim_end_matches(['）', ')', ' ']).ends_with(['摄', '图'])
        };
        let below = group.end;
        let captioned = shape(below).is_some_and(|shape| shape.look == Look::Caption && !shape.lead);
        let is_whole = || shape(below).is_some_and(|shape| shape.ending == Ending::Stop);
        let followed = self.kinds.get(below) == Some(&Kind::Paragraph) && is_whole() && taken(below + 1);
        // A picture stands below the heading of a part, too, with what it shows and no story of its own: 图为….
        let is_in_part = captioned && begins_caption(self.lines.content(below));
        if is_in_part && self.kinds.get(below + 1) == Some(&Kind::Paragraph) {
            return false;
        }
        // A report of several paragraphs may begin with a picture's text; a picture has one and ends.
        (captioned || followed) && self.kinds.get(below + 2 + usize::from(followed)) != Some(&Kind::Paragraph)
            || captioned && group.len() == 1 && self.kinds.get(below + 1) != Some(&Kind::Paragraph)
            || followed && group.len() == 1
    }
}

/// Whether a line is of those at the head of a page: its date, its editors, its number (A05).
const fn is_folio(shape: &Shape) -> bool {
    matches!(shape.look, Look::Date | Look::Imprint) || shape.is_page_number()
}

/// The name of a page or a column has at most this many characters where nothing but its place tells it: 数字前沿.
const MOST_COLUMN: u32 = 5;

/// A field that may begin like a speaker's name has at least this many characters: 市民来电.
const LEAST_FIELD: usize = 4;

/// The text above speaks of what it says one in so many pairs of characters of.
const LEAST_SAID: usize = 3;

/// So many fields make a notice: when and where.
const LEAST_FIELDS: usize = 2;

/// So many lines without marks above a marked title are the end of the text above.
const LEAST_LIST: usize = 3;

/// The next heading of an article is looked for among so many blocks.
const NEXT_HEADING: usize = 20;

/// Gives an article back the stretch that goes on with its sentence beyond another article: from the head of a
/// displaced seam to the end of the article in which the head was left.
fn reunite(articles: &mut Vec<Article>, seams: &[Seam]) {
    for seam in seams.iter().filter(|seam| seam.kind == SeamKind::Displaced) {
        let (Some(tail), Some(head)) = (seam.tail, seam.head) else { continue };
        let owner = |n: usize| articles.iter().position(|article| article.holds(n));
        let (Some(own), Some(other)) = (owner(tail), owner(head)) else { continue };
        if head <= tail || own == other || articles[other].heading.contains(&head) {
            continue;
        }
        let mut moved = Vec::new();
        articles[other].parts.retain_mut(|part| {
            if part.end <= head {
                return true;
            }
            moved.push(part.start.max(head)..part.end);
            part.end = part.end.min(head);
            part.start < part.end
        });
        let parts = &mut articles[own].parts;
        parts.extend(moved);
        parts.sort_by_key(|part| part.start);
    }
    articles.retain(|article| !article.parts.is_empty());
}

#[cfg(test)]
mod tests {
    use crate::article::Kind::{Banner, Byline, Caption, Section, Subtitle, Title};
    use crate::article::testing::{check, parse};

    #[test]
    fn a_picture_interrupts_an_article() {
        let page = parse(
            "# 把课堂搬进车间\n\n本报记者 周晓岚\n\n正文。\n\n## 车间里的灯火\n\n日前，职工在学习。图为上课现场。 新华社记者 李望 摄\n\n正文。\n\n## 师傅带徒弟\n\n正文。\n",
        );
        assert_eq!(page.articles.len(), 2);
        assert_eq!(page.articles[0].parts, [0..3, 5..8]);
        assert_eq!(page.kinds[3], Caption);
        assert_eq!(page.kinds[6], Section);
    }

    #[test]
    fn a_page_may_begin_with_the_end_of_an_article() {
        check(
            "正文。\n\n三、保障措施\n\n正文。\n\n（晓岚）\n\n让职工走进温暖的家\n\n本报讯 正文。\n",
            &[(Section, "三、保障措施"), (Byline, "（晓岚）"), (Title, "让职工走进温暖的家")],
        );
    }

    #[test]
    fn a_page_may_begin_with_the_end_of_an_article_that_says_a_line_of_the_next_title() {
        let page = parse("区里青年职工的精神面貌变了样，大家都说好。\n\n## 青年职工的\n成长“法则”\n\n本报讯 正文。\n");
        assert_eq!(page.articles.len(), 2);
        assert_eq!((page.articles[1].heading.clone(), &page.kinds[1..3]), (1..3, &[Title, Title][..]));
    }

    #[test]
    fn what_closes_an_article_is_no_kicker_of_the_next() {
        check(
            "## 拍卖公告\n\n正文。\n\n青川市诚信拍卖有限公司\n\n## 光影故事\n\n正文。\n\n志愿者 周晓岚 摄\n\n## 让职工走进温暖的家\n\n正文。\n",
            &[
                (Title, "拍卖公告"),
                (Byline, "青川市诚信拍卖有限公司"),
                (Caption, "光影故事"),
                (Byline, "志愿者 周晓岚 摄"),
                (Title, "让职工走进温暖的家"),
            ],
        );
    }

    #[test]
    fn the_name_of_a_page_stands_above_its_date() {
        check(
            "青川日报\n\n2024年3月5日　星期二　编辑 周晓岚\n\n# 把课堂搬进车间\n\n## 今年开了二十四期培训班\n\n本报讯 正文。\n",
            &[(Banner, "青川日报"), (Title, "把课堂搬进车间"), (Subtitle, "今年开了二十四期培训班")],
        );
        check(
            "# 社区新闻\n\n## 把课堂搬进车间\n\n本报讯 正文。\n\n## 让职工走进温暖的家\n\n本报讯 正文。\n",
            &[(Banner, "社区新闻"), (Title, "把课堂搬进车间"), (Title, "让职工走进温暖的家")],
        );
    }

    #[test]
    fn the_first_part_may_begin_below_the_title() {
        check(
            "微波炉加热食物会致癌？\n\n流言\n\n正文。\n\n真相\n\n正文。\n",
            &[(Title, "微波炉加热食物会致癌？"), (Section, "流言"), (Section, "真相")],
        );
    }

    #[test]
    fn couplets_head_the_parts_of_one_article() {
        check(
            "# 澜水之滨起新城\n\n本报记者 周晓岚\n\n正文。\n\n# 敢为人先，一张白纸绘蓝图\n\n正文。\n\n# 创新驱动，科技之花结硕果\n\n正文。\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n",
            &[
                (Title, "澜水之滨起新城"),
                (Byline, "本报记者 周晓岚"),
                (Section, "敢为人先，一张白纸绘蓝图"),
                (Section, "创新驱动，科技之花结硕果"),
                (Title, "区图书馆新馆开馆"),
            ],
        );
    }

    #[test]
    fn the_head_of_a_page_is_no_title() {
        check(
            "青川商报\n\nA4 要闻\n\n2024年3月5日 星期三\n\n值班编辑 周晓岚 版面 小鹿\n\n把课堂搬进车间\n\n本报讯 正文。\n",
            &[(Banner, "青川商报"), (Banner, "A4 要闻"), (Title, "把课堂搬进车间")],
        );
        check("# 街坊\n\nA05\n\n# 把课堂搬进车间\n\n本报讯 正文。\n", &[(Banner, "街坊"), (Title, "把课堂搬进车间")]);
    }

    #[test]
    fn the_name_of_a_column_may_be_marked_as_its_title_is() {
        check(
            "# 法治案件\n\n# 把课堂搬进车间\n\n## 今年开了二十四期培训班\n\n本报记者 周晓岚\n\n正文。\n",
            &[
                (Banner, "法治案件"),
                (Title, "把课堂搬进车间"),
                (Subtitle, "今年开了二十四期培训班"),
                (Byline, "本报记者 周晓岚"),
            ],
        );
    }

    #[test]
    fn a_picture_may_stand_below_the_heading_of_a_part() {
        check(
            "# 一栋楼里的管家\n\n本报讯 正文。\n\n## 把工位变成岗位\n\n图为志愿者在大厦一层为上班的职工分发早餐。 周晓岚 摄\n\n正文。\n\n## 一张清单管到底\n\n正文。\n",
            &[(Title, "一栋楼里的管家"), (Section, "把工位变成岗位"), (Section, "一张清单管到底")],
        );
    }

    #[test]
    fn a_column_heads_what_follows() {
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n体坛短波\n\n◆正文。\n\n◆正文。\n",
            &[(Title, "把课堂搬进车间"), (Banner, "体坛短波")],
        );
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n灯下谈\n\n先点灯，再赶路\n\n周晓岚\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Banner, "灯下谈"), (Title, "先点灯，再赶路"), (Byline, "周晓岚")],
        );
        check(
            "青川妇女·儿童\n\n她的故事\n\n第22期 · 2024年9月\n\n把课堂搬进车间\n\n本报讯 正文。\n",
            &[(Banner, "青川妇女·儿童"), (Banner, "她的故事"), (Title, "把课堂搬进车间")],
        );
    }

    #[test]
    fn a_date_may_stand_below_who_spoke() {
        check(
            "在全市班组长会议上的讲话\n\n周晓岚\n\n（2024年3月5日）\n\n正文。\n",
            &[(Title, "在全市班组长会议上的讲话"), (Byline, "周晓岚")],
        );
    }

    #[test]
    fn pairs_of_lines_head_the_parts_of_one_article() {
        check(
            "从看天吃饭到向风而生\n\n本报记者 周晓岚\n\n正文。\n\n风从哪里来——\n\n数据说话，把家底摸清\n\n正文。\n\n链往哪里延——\n\n一片叶子，引来十家企业\n\n正文。\n",
            &[
                (Title, "从看天吃饭到向风而生"),
                (Byline, "本报记者 周晓岚"),
                (Section, "风从哪里来——"),
                (Section, "数据说话，把家底摸清"),
                (Section, "链往哪里延——"),
                (Section, "一片叶子，引来十家企业"),
            ],
        );
    }

    #[test]
    fn articles_of_one_column_begin_alike() {
        check(
            "菜场搬走后，买菜要走两公里\n\n市民来电：正文。\n\n部门回应：正文。\n\n路灯不亮，孩子夜里不敢走\n\n市民来电：正文。\n\n部门回应：正文。\n",
            &[(Title, "菜场搬走后，买菜要走两公里"), (Title, "路灯不亮，孩子夜里不敢走")],
        );
    }

    #[test]
    fn what_was_passed_is_an_article() {
        let passed = "（2024年6月28日青川市人大常委会通过）";
        check(
            &format!("区人大常委会举行会议\n\n正文。\n\n区人大常委会任免名单\n\n{passed}\n\n任命：\n\n正文。\n"),
            &[(Title, "区人大常委会举行会议"), (Title, "区人大常委会任免名单"), (Byline, passed)],
        );
    }

    #[test]
    fn where_and_when_something_is_to_be_is_an_article() {
        let guide = "报到时间：9月1日至2日，8:00—20:00\n\n报到地点：体育馆一层\n\n咨询电话：000-87601120\n";
        check(
            &format!("一间教室的灯\n\n周晓岚\n\n正文。\n\n迎新服务指南\n\n{guide}"),
            &[(Title, "一间教室的灯"), (Byline, "周晓岚"), (Title, "迎新服务指南")],
        );
        check(
            &format!("区技工学校迎新服务站揭牌\n\n周晓岚\n\n迎新服务指南今天印好了。正文。\n\n迎新服务指南\n\n{guide}"),
            &[(Title, "区技工学校迎新服务站揭牌"), (Byline, "周晓岚"), (Section, "迎新服务指南")],
        );
    }

    #[test]
    fn the_reports_of_a_column_are_alike() {
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n## 乡镇快讯\n\n### 石门镇\n\n正文。\n\n### 水塔乡\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Banner, "乡镇快讯"), (Title, "石门镇"), (Title, "水塔乡")],
        );
    }

    #[test]
    fn the_name_of_a_page_may_stand_below_its_number() {
        check(
            "2\n\n要闻\n\n2024年3月5日 星期三 青川日报\n\n正文，\n\n把课堂搬进车间\n\n本报讯 正文。\n",
            &[(Banner, "要闻"), (Title, "把课堂搬进车间")],
        );
    }
}
