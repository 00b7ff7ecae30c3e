//! A survey of a page: which blocks may be cut, which may go on, and what speaks for it.

pub mod elsewhere;

use std::ops::Range;
use std::sync::Arc;

use super::Model;
use super::evidence::{self, Gap, Join, Neighbour, Place, Placed};
use super::facts::{self, Facts};
use super::feature::Evidence;
use super::memo::{KnownPair, Memo, Scores, Standing};
use super::weights::{Judgement, Weights};
use super::window::Windows;
use crate::block::{Block, Form};
use crate::shape::{
    Ending, Look, Shape, begins_address, begins_caption, begins_field, begins_turn, counts_part, introduces_person,
};
use crate::text::Text;

/// A page under survey.
#[derive(Debug)]
pub struct Survey<'a> {
    model: &'a Model<'a>,
    text: &'a Text,
    pub(super) blocks: &'a [Block],
    shapes: &'a [Shape],
    /// Blocks that hold running text or headings, in order.
    pub(super) prose: Vec<Light>,
    pub(super) setting: Setting,
    /// The sum of the hashes of the blocks before each: two of them tell what stands between.
    hashes: Vec<u64>,
    /// Blocks that do not end with the end of a sentence, as indices into the prose.
    pub tails: Vec<Candidate>,
    /// Blocks that may start in mid-sentence.
    pub heads: Vec<Candidate>,
}

/// How the page as a whole is set.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Setting {
    indents: bool,
    marks: bool,
    usual_gap: usize,
}

/// What is known of a block at a glance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Light {
    pub block: usize,
    is_closed: bool,
    neighbour: Neighbour,
    /// Whether it goes with a picture.
    of_picture: bool,
    /// Whether it is a line of free verse.
    of_verse: bool,
}

/// A block that may be half of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Its number among the prose.
    pub prose: usize,
    /// Index of the block.
    pub block: usize,
}

/// Two blocks that may belong together.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Index into the tails.
    pub tail: usize,
    /// Index into the heads.
    pub head: usize,
    /// Whether nothing that matters stands between them.
    pub is_adjacent: bool,
    /// Bytes of the head that repeat the tail.
    pub repeated: usize,
    /// Whether the two meet within a word, a name, a number or a quotation.
    pub parts_word: bool,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// How far away the rest of a sentence is looked for in either direction, in blocks: a column that was moved stands beyond
/// an article and its box, 5 to 20 blocks on the pages we know.
pub const REACH: usize = 40;
/// Bytes of a short block: 30 Hanzi, the length of a long title.
const SHORT: usize = 90;
/// Bytes of a block that shows how the page sets its paragraphs: 40 Hanzi.
const LONG: usize = 120;
/// So many marked lines show that a page marks its headings, if no more short lines go without.
const LEAST_MARKED: usize = 3;
/// A block that is less likely than this to start in mid-sentence, as a logit of what is seen at a glance, is not looked at
/// again if nothing before it is left open. Held out, 46,000 of 124,000 sound starts are, and 2,597 of 2,646 halves; F1 of
/// displaced halves was .898 when all were that did not begin like a text, and .901 with it.
const LEAST_GLANCE: f32 = -6.0;

impl<'a> Survey<'a> {
    /// Surveys the page.
    pub fn new(
        model: &'a Model<'a>,
        text: &'a Text,
        blocks: &'a [Block],
        shapes: &'a [Shape],
        memo: &mut Memo,
    ) -> Self {
        let mut survey = Self::at_a_glance(model, text, blocks, shapes);
        survey.look_at(&Windows::whole(&survey), memo);
        survey
    }

    /// A survey that has no candidates yet.
    pub(super) fn at_a_glance(model: &'a Model<'a>, text: &'a Text, blocks: &'a [Block], shapes: &'a [Shape]) -> Self {
        let mut survey = Self {
            model,
            text,
            blocks,
            shapes,
            prose: Vec::with_capacity(blocks.len()),
            setting: Setting::default(),
            hashes: Vec::with_capacity(blocks.len() + 1),
            tails: Vec::new(),
            heads: Vec::new(),
        };
        survey.glance();
        survey.find_pictures();
        survey.find_verse();
        survey
    }

    /// Finds the candidates in the windows, the rivals of these, and what the rivals choose among.
    pub(super) fn look_at(&mut self, windows: &Windows, memo: &mut Memo) {
        windows.widened(2 * REACH).for_each(|stretch| self.find_tails(stretch));
        windows.widened(3 * REACH).for_each(|stretch| self.find_heads(stretch, memo));
    }

    fn glance(&mut self) {
        let (mut n_long, mut n_indented, mut gaps) = (0_usize, 0_usize, [0_usize; 3]);
        let (mut n_marked, mut n_unmarked) = (0_usize, 0_usize);
        for (n, block) in self.blocks.iter().enumerate().filter(|(_, block)| block.is_prose()) {
            let shape = &self.shapes[n];
            let is_closed = shape.ending == Ending::Stop || ends_nothing(shape.look);
            let neighbour = if shape.look.is_apart() || shape.look == Look::Caption {
                Neighbour::Byline
            } else if is_closed {
                Neighbour::Closed
            } else if block.content.len() <= SHORT {
                Neighbour::Short
            } else {
                Neighbour::Long
            };
            n_marked += usize::from(block.mark().is_some());
            n_unmarked += usize::from(block.mark().is_none() && neighbour == Neighbour::Short);
            if block.content.len() >= LONG {
                n_long += 1;
                n_indented += usize::from(block.indented);
                gaps[block.blank_before.min(2)] += 1;
            }
            self.prose.push(Light { block: n, is_closed, neighbour, of_picture: false, of_verse: false });
        }
        let mut sum = 0_u64;
        self.hashes.push(sum);
        self.hashes.extend(self.blocks.iter().map(|block| {
            sum = sum.wrapping_add(block.hash);
            sum
        }));
        self.setting = Setting {
            indents: n_indented * 2 > n_long,
            marks: n_marked >= LEAST_MARKED && n_marked >= n_unmarked,
            usual_gap: (0..gaps.len()).max_by_key(|n| (gaps[*n], usize::MAX - n)).unwrap_or(1),
        };
    }

    fn find_tails(&mut self, stretch: Range<usize>) {
        let is_tail = |n: &usize| self.is_tail(*n);
        let tails = stretch.filter(is_tail).map(|n| Candidate { prose: n, block: self.prose[n].block });
        self.tails.extend(tails.collect::<Vec<_>>());
    }

    fn is_tail(&self, prose: usize) -> bool {
        let light = &self.prose[prose];
        !light.is_closed
            && self.shapes[light.block].chars >= LEAST_CHARS
            && !self.surely_heads(prose)
            && !introduces_person(self.text.slice(self.blocks[light.block].content))
            && !self.is_verse(prose)
            && !self.is_asked(prose)
            && !self.leads_up(prose)
    }

    /// Whether this one of the prose ends in a dash before what it leads up to: 信里这样写道——. On the pages that we have to
    /// learn from one of 796 halves ends in one.
    fn leads_up(&self, prose: usize) -> bool {
        self.shapes[self.prose[prose].block].last == '—'
    }

    /// Whether this one of the prose and the next are turns of two who speak, a question and its answer, or two fields of
    /// one form: 来电：…, 反映：….
    fn is_asked(&self, prose: usize) -> bool {
        let begins =
            |light: &Light, as_form: fn(&str) -> bool| as_form(self.text.slice(self.blocks[light.block].content));
        let are = |as_form| {
            begins(&self.prose[prose], as_form) && self.prose.get(prose + 1).is_some_and(|next| begins(next, as_form))
        };
        are(begins_turn) || are(begins_field)
    }

    /// Marks verse: short lines in a row that mostly end where clauses do.
    fn find_verse(&mut self) {
        let ending = |light: &Light| {
            let (block, shape) = (&self.blocks[light.block], &self.shapes[light.block]);
            let is_line = block.mark().is_none() && shape.numbering.is_none() && shape.chars <= MOST_OF_LINE;
            is_line.then_some(shape.ending)
        };
        let endings: Vec<Option<Ending>> = self.prose.iter().map(ending).collect();
        let mut behind = 0;
        for run in endings.chunk_by(|line, next| line.is_some() == next.is_some()) {
            let first = behind;
            behind += run.len();
            if run[0].is_none() {
                continue;
            }
            for stanza in &STANZAS {
                let starts = run.windows(stanza.lines).enumerate().filter(|(_, lines)| stanza.fits(lines));
                for start in starts.map(|(start, _)| first + start) {
                    self.prose[start..start + stanza.lines].iter_mut().for_each(|line| line.of_verse = true);
                }
            }
        }
    }

    /// Whether this one of the prose is a line of free verse or of a couplet: 春眠不觉晓，¶ 处处闻啼鸟。
    fn is_verse(&self, prose: usize) -> bool {
        let shape = |prose: usize| self.prose.get(prose).map(|light| &self.shapes[light.block]);
        let is_one_clause = |shape: &Shape| shape.pauses + shape.stops == 1 && shape.gaps == 0;
        let is_couplet = |first: usize| {
            shape(first).zip(shape(first + 1)).is_some_and(|(first, second)| {
                first.ending == Ending::Pause
                    && matches!(second.ending, Ending::Stop | Ending::Pause)
                    && (LEAST_VERSE..=MOST_VERSE).contains(&first.han)
                    && first.han == second.han
                    && is_one_clause(first)
                    && is_one_clause(second)
            })
        };
        // 左手一枚章，¶ 右手一枚章，¶ 满意盖得响当当。
        self.prose[prose].of_verse || is_couplet(prose) || prose > 0 && is_couplet(prose - 1)
    }

    fn find_heads(&mut self, stretch: Range<usize>, memo: &mut Memo) {
        for n in stretch {
            let block = self.prose[n].block;
            let shape = &self.shapes[block];
            let content = self.text.slice(self.blocks[block].content);
            // What ends in a photographer's name may go on with a sentence; what begins as the text of a picture does not.
            // Nor does who speaks, whom they speak to, what closes a letter, where to write to or where to read on.
            let is_apart = || {
                shape.look == Look::Caption && (begins_caption(content) || self.is_of_picture_alone(n))
                    || matches!(shape.look, Look::Salutation | Look::Imprint | Look::Jump)
                    || begins_turn(content)
                    || begins_address(content)
            };
            if shape.chars >= LEAST_CHARS && (self.follows_tail(n) || !self.surely_starts(n, memo)) && !is_apart() {
                self.heads.push(Candidate { prose: n, block });
            }
        }
    }

    /// Whether this one of the prose, which ends in who took a picture, is the short text of that picture: it stands right below
    /// the picture, or between an open end and a block that may go on with it, so that it need not.
    fn is_of_picture_alone(&self, prose: usize) -> bool {
        let block = self.prose[prose].block;
        let is_below = || block.checked_sub(1).is_some_and(|above| self.blocks[above].form == Form::Image);
        let next = || self.prose.get(prose + 1).map(|next| &self.shapes[next.block]);
        let may_go_on = |next: &Shape| next.look == Look::Plain && !next.lead && !next.opens_sentence;
        self.shapes[block].chars <= MOST_OF_PICTURE
            && (is_below() || self.follows_tail(prose) && next().is_some_and(may_go_on))
    }

    /// Whether the one before this one of the prose may be cut off.
    pub fn follows_tail(&self, prose: usize) -> bool {
        prose.checked_sub(1).is_some_and(|before| self.is_tail(before))
    }

    /// Whether this one of the prose is a heading at a glance: a lone line above a byline or the start of a report, or one
    /// that counts a part (问题五：…).
    fn surely_heads(&self, prose: usize) -> bool {
        let below = self.prose.get(prose + 1).map(|below| &self.shapes[below.block]);
        let counts_part = || counts_part(self.text.slice(self.blocks[self.prose[prose].block].content));
        self.is_line(prose) && below.is_some_and(|below| below.look == Look::Byline || below.lead || counts_part())
    }

    /// Whether this one of the prose surely does not go on with anything, at a glance.
    fn surely_starts(&self, prose: usize, memo: &mut Memo) -> bool {
        let shape = &self.shapes[self.prose[prose].block];
        shape.lead || shape.look.is_apart() || self.glance_at(prose, memo) < LEAST_GLANCE
    }

    /// The logit of this one of the prose as starting in mid-sentence, at a glance.
    fn glance_at(&self, prose: usize, memo: &mut Memo) -> f32 {
        let (block, place) = (self.prose[prose].block, self.place(prose).bits());
        if let Some((known, logit)) = memo.of(block).glance
            && known == place
        {
            return logit;
        }
        let logit = self.model.weights.logit(Judgement::Glance, &self.seen_at_a_glance(prose, memo));
        memo.of(block).glance.insert((place, logit)).1
    }

    /// What speaks for this one of the prose starting in mid-sentence, at a glance.
    pub fn seen_at_a_glance(&self, prose: usize, memo: &mut Memo) -> Evidence {
        let block = self.prose[prose].block;
        let (first, n) = facts::first_of::<{ facts::SHOWN }>(self.text.slice(self.blocks[block].content));
        let find_out = || facts::start(&first[..n], &self.model.language);
        let start = *memo.of(block).start.get_or_insert_with(find_out);
        evidence::at_a_glance(self.model, &first[..n], &start, &self.shapes[block], self.place(prose))
    }

    fn facts(&self, prose: usize, memo: &mut Memo) -> Arc<Facts> {
        let block = self.prose[prose].block;
        let find_out = || Arc::new(Facts::new(self.text.slice(self.blocks[block].content), &self.shapes[block]));
        Arc::clone(memo.of(block).facts.get_or_insert_with(find_out))
    }

    fn place(&self, prose: usize) -> Place {
        let block = &self.blocks[self.prose[prose].block];
        let neighbour = |n: Option<&Light>| n.map_or(Neighbour::Nothing, |light| light.neighbour);
        let after = self.prose.get(prose + 1);
        Place {
            page_indents: self.setting.indents,
            page_marks: self.setting.marks,
            is_indented: block.indented,
            is_marked: matches!(block.form, Form::Heading(_)),
            is_listed: block.form == Form::ListItem,
            before: neighbour(prose.checked_sub(1).map(|before| &self.prose[before])),
            after: neighbour(after),
            after_is_indented: after.is_some_and(|after| self.blocks[after.block].indented),
        }
    }

    fn gap(&self, tail: usize, head: usize) -> Gap {
        let (tail, head) = (self.prose[tail].block, self.prose[head].block);
        let blanks = self.blocks[head].blank_before;
        if head > tail + 1 {
            Gap::Filled
        } else if blanks > self.setting.usual_gap {
            Gap::Wide
        } else if blanks < self.setting.usual_gap {
            Gap::Narrow
        } else {
            Gap::Usual
        }
    }

    /// What speaks for the tail with this index being left open.
    pub fn left_open(&self, tail: usize, memo: &mut Memo) -> Evidence {
        let prose = self.tails[tail].prose;
        let facts = self.facts(prose, memo);
        let placed = Placed { facts: &facts, place: self.place(prose) };
        evidence::open(evidence::of_tail(self.model, placed), placed)
    }

    /// What speaks for the head with this index starting in mid-sentence.
    pub fn started(&self, head: usize, memo: &mut Memo) -> Evidence {
        evidence::started(self.of_head(head, memo), self.place(self.heads[head].prose))
    }

    fn of_head(&self, head: usize, memo: &mut Memo) -> Evidence {
        let Candidate { prose, block } = self.heads[head];
        let facts = self.facts(prose, memo);
        if let Some(start) = memo.of(block).start {
            facts.keep_start(start);
        }
        evidence::of_head(self.model, Placed { facts: &facts, place: self.place(prose) })
    }

    /// The pair of the tail and the head with these indices, wherever they stand, with all that speaks for it.
    pub fn pair(&self, tail: usize, head: usize, memo: &mut Memo) -> Pair {
        let mut pair = self.join(tail, head, memo);
        let prose = self.tails[tail].prose;
        let of_tail = Placed { facts: &self.facts(prose, memo), place: self.place(prose) };
        pair.evidence.cells.extend(evidence::of_tail(self.model, of_tail).cells);
        pair.evidence.cells.extend(self.of_head(head, memo).cells);
        pair
    }

    /// The same without what each of the two says by itself.
    fn join(&self, tail: usize, head: usize, memo: &mut Memo) -> Pair {
        let (t, h) = (self.tails[tail], self.heads[head]);
        let facts = (self.facts(t.prose, memo), self.facts(h.prose, memo));
        let t_placed = Placed { facts: &facts.0, place: self.place(t.prose) };
        let h_placed = Placed { facts: &facts.1, place: self.place(h.prose) };
        let is_adjacent = self.is_adjacent(t.prose, h.prose);
        let join = Join::new(self.model, &facts.0, &facts.1, is_adjacent);
        let parts_word = join.parts_word;
        let repeated = evidence::bytes_of(self.text.slice(self.blocks[h.block].content), join.n_repeated);
        let mut evidence = evidence::between(t_placed, h_placed, join);
        if is_adjacent {
            evidence::beside(&mut evidence, t_placed, h_placed, self.gap(t.prose, h.prose));
        }
        Pair { tail, head, is_adjacent, repeated, parts_word, evidence }
    }

    /// The first judgements on the pairs of the tail with this index with `heads`, of which `standings` are what they
    /// say by themselves; they are kept as pairs of the tail, in the order of `heads`.
    pub fn scores(
        &self,
        tail: usize,
        heads: &[usize],
        standings: (&[Standing], &[Standing]),
        weights: &Weights,
        memo: &mut Memo,
    ) -> Vec<Scores> {
        let t = self.tails[tail];
        let known = std::mem::take(&mut memo.of(t.block).pairs);
        let mut pairs = Vec::with_capacity(heads.len());
        for &head in heads {
            let h = self.heads[head];
            let gap = if self.is_adjacent(t.prose, h.prose) { 1 + self.gap(t.prose, h.prose) as u64 } else { 0 };
            let places = gap << 32 | self.place(t.prose).bits() << 16 | self.place(h.prose).bits();
            let hash = self.blocks[h.block].hash;
            let is_this = |known: &&KnownPair| known.head == hash && known.places == places;
            pairs.push(known.iter().find(is_this).copied().unwrap_or_else(|| {
                let pair = self.join(tail, head, memo);
                let (tail, head) = (standings.0[tail], standings.1[head]);
                let logit = |judgement| weights.logit(judgement, &pair.evidence);
                let neighbours = || tail.neighbours + head.neighbours + logit(Judgement::Pair);
                let scores = Scores {
                    any: tail.any + head.any + logit(Judgement::Any),
                    neighbours: pair.is_adjacent.then(neighbours),
                    repeated: pair.repeated,
                    parts_word: pair.parts_word,
                };
                KnownPair { head: hash, places, scores, words: None, subjects: None }
            }));
        }
        let scores = pairs.iter().map(|pair| pair.scores).collect();
        memo.of(t.block).pairs = pairs;
        scores
    }

    /// Whether nothing stands between two blocks of prose but pictures and what goes with them, or lines of the page: a
    /// byline, a page header, a reference. Below a title these head its text.
    pub fn is_adjacent(&self, tail: usize, head: usize) -> bool {
        let of_page = |between: usize| {
            let shape = &self.shapes[self.prose[between].block];
            matches!(shape.look, Look::Byline | Look::Jump | Look::Imprint | Look::Date)
                || shape.is_banner
                || shape.is_page_number()
        };
        let may_stand = |between: usize| self.prose[between].of_picture || of_page(between) && !self.is_line(tail);
        tail < head && head - tail <= MOST_BETWEEN + 1 && (tail + 1..head).all(may_stand)
    }

    /// Whether this one of the prose is a lone line that may be a title.
    fn is_line(&self, prose: usize) -> bool {
        let shape = &self.shapes[self.prose[prose].block];
        shape.clauses.inner_stops == 0 && shape.chars <= MOST_TITLE
    }

    /// Marks the texts of pictures: those that look so, and what stands between a picture and its credit.
    fn find_pictures(&mut self) {
        let mut below_picture = None;
        for n in 0..self.prose.len() {
            let block = self.prose[n].block;
            if block.checked_sub(1).is_some_and(|above| self.blocks[above].form == Form::Image) {
                below_picture = Some(n);
            }
            let look = self.shapes[block].look;
            self.prose[n].of_picture = matches!(look, Look::Caption | Look::Credit);
            if let (Look::Credit, Some(first)) = (look, below_picture.filter(|first| n - first < MOST_BETWEEN)) {
                self.prose[first..n].iter_mut().for_each(|light| light.of_picture = true);
            }
        }
    }

    /// The pairs of neighbours whose tails are `worth_while`: indices of tail and head.
    pub fn neighbours(&self, worth_while: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let worth_while = (0..self.tails.len()).filter(|tail| worth_while(*tail));
        worth_while.flat_map(|tail| self.neighbours_of(tail).map(move |head| (tail, head))).collect()
    }

    /// The heads that are neighbours of a tail.
    pub fn neighbours_of(&self, tail: usize) -> impl Iterator<Item = usize> + '_ {
        let tail = self.tails[tail].prose;
        let first = self.heads.partition_point(|head| head.prose <= tail);
        (first..self.heads.len()).take_while(move |head| self.is_adjacent(tail, self.heads[*head].prose))
    }

    /// The heads within reach of a tail, before and behind it, that are no neighbours of it.
    pub fn within_reach(&self, tail: usize) -> impl Iterator<Item = usize> + '_ {
        let tail = self.tails[tail].prose;
        let first = self.heads.partition_point(|head| head.prose + REACH < tail);
        let behind = self.heads.partition_point(|head| head.prose <= tail + REACH);
        let is_other = move |head: usize| head != tail && !self.is_adjacent(tail, head);
        (first..behind).filter(move |head| is_other(self.heads[*head].prose))
    }

    /// Whether the block before this one of the prose ends with the end of a sentence, if there is one.
    pub fn closed_before(&self, prose: usize) -> Option<bool> {
        prose.checked_sub(1).map(|before| self.prose[before].is_closed)
    }

    /// Whether the block after this one of the prose ends with the end of a sentence, if there is one.
    pub fn closed_after(&self, prose: usize) -> Option<bool> {
        self.prose.get(prose + 1).map(|after| after.is_closed)
    }

    /// What each tail and each head says by itself.
    pub fn standings(&self, weights: &Weights, memo: &mut Memo) -> (Vec<Standing>, Vec<Standing>) {
        let mut tails = Vec::with_capacity(self.tails.len());
        for tail in &self.tails {
            let place = self.place(tail.prose);
            let known = memo.of(tail.block).tail.filter(|(bits, _)| *bits == place.bits());
            tails.push(known.map_or_else(
                || {
                    let facts = self.facts(tail.prose, memo);
                    let placed = Placed { facts: &facts, place };
                    let own = evidence::of_tail(self.model, placed);
                    let standing = standing(weights, Judgement::Open, own, |own| evidence::open(own, placed));
                    memo.of(tail.block).tail.insert((place.bits(), standing)).1
                },
                |(_, standing)| standing,
            ));
        }
        let mut heads = Vec::with_capacity(self.heads.len());
        for (n, head) in self.heads.iter().enumerate() {
            let place = self.place(head.prose);
            let known = memo.of(head.block).head.filter(|(bits, _)| *bits == place.bits());
            heads.push(known.map_or_else(
                || {
                    let own = self.of_head(n, memo);
                    let standing = standing(weights, Judgement::Started, own, |own| evidence::started(own, place));
                    memo.of(head.block).head.insert((place.bits(), standing)).1
                },
                |(_, standing)| standing,
            ));
        }
        (tails, heads)
    }
}

/// What a half says under `judgement`, of which `own` is the evidence of the half alone and `placed` adds what stands
/// around it.
fn standing(
    weights: &Weights,
    judgement: Judgement,
    own: Evidence,
    placed: impl FnOnce(Evidence) -> Evidence,
) -> Standing {
    let [any, neighbours, by_itself] = weights.logits([Judgement::Any, Judgement::Pair, judgement], &own);
    let n_own = own.cells.len();
    let [logit] = weights.add([by_itself], [judgement], &placed(own).cells[n_own..]);
    Standing { logit, own: by_itself, any, neighbours }
}

/// A picture has at most this many texts: a title, what it shows, who took it.
pub const MOST_BETWEEN: usize = 3;
/// What a picture between two halves shows is said in at most this many characters: a report that was cut and ends in who
/// took its picture is longer.
const MOST_OF_PICTURE: u32 = 30;
/// A title has at most this many characters.
const MOST_TITLE: u32 = 36;
/// A line of verse has so many Hanzi: four in the oldest, seven in most, more in some songs.
const LEAST_VERSE: u32 = 4;
const MOST_VERSE: u32 = 9;
/// A line of verse has at most so many characters: of a paragraph that was cut hardly two pieces are as short.
const MOST_OF_LINE: u32 = 18;
/// Lines in a row that are verse: three that are one sentence; four that end with clauses; five of which two run on. A sentence
/// that was cut stops anywhere, and seldom twice so near.
const STANZAS: [Stanza; 3] = [
    Stanza { lines: 3, least_pauses: 2, most_bare: 0 },
    Stanza { lines: 4, least_pauses: 1, most_bare: 0 },
    Stanza { lines: 5, least_pauses: 2, most_bare: 2 },
];

/// Lines in a row that are verse.
struct Stanza {
    lines: usize,
    /// So many at least end within a sentence, in a comma or the like, and another follows each.
    least_pauses: usize,
    /// So many at most end without a mark.
    most_bare: usize,
}

impl Stanza {
    /// Whether lines with these `endings` are such.
    fn fits(&self, endings: &[Option<Ending>]) -> bool {
        let n = |lines: &[Option<Ending>], ending| lines.iter().filter(|line| **line == Some(ending)).count();
        let (pauses, stops) = (n(endings, Ending::Pause), n(endings, Ending::Stop));
        let bare = n(endings, Ending::Bare);
        n(&endings[..self.lines - 1], Ending::Pause) >= self.least_pauses
            && bare <= self.most_bare
            && pauses + stops + bare == self.lines
    }
}

/// A block of fewer characters is no half of a sentence.
const LEAST_CHARS: u32 = 2;
/// Bytes of a page of a newspaper; words of the page are looked for so far around a seam, so that a long file costs
/// no more than its share.
pub const PAGE: usize = 24_000;

/// Lines that stand beside the text: they end no sentence and none is cut in them. A byline or a caption is not among
/// them, because the cut start of a report (本报青川电 记者) looks like one.
const fn ends_nothing(look: Look) -> bool {
    matches!(look, Look::Signature | Look::Salutation | Look::Jump | Look::Date | Look::Imprint | Look::Figures)
}
