//! Copies: from two blocks that share rare shingles to the runs of blocks of which one repeats the other.

mod comparisons;

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use super::across::Source;
use super::alignment::{Chars, Edit, Stretch, between, extend};
use super::index::Index;
use super::print::{EMPTY, Print, ends_clause, shingles};
use super::{Copy, Spare, noise};
use crate::block::diff::Diff;
use crate::block::{Block, Form};
use crate::shape::Shape;
use crate::text::Text;
use crate::zh;
use comparisons::{Compared, Comparisons};

/// A copy has at least this many characters that carry meaning. What repeats below are lines of verse, slogans,
/// datelines, names and formulas.
pub(super) const LEAST_COPY: u32 = 30;
/// Numbers of the sketch that two blocks share before they are compared.
const LEAST_SHARED: usize = 2;
/// Blocks with which a block is paired for one number that they share: the first that have it.
const MOST_PARTNERS: usize = 3;
/// Blocks with which a block is compared: those that share most.
const MOST_COMPARED: usize = 3;

/// Blocks before and behind the two compared that are followed with them. A run of more blocks is put together from
/// several comparisons, so that a page of many like paragraphs is not followed to its end from each of them.
const REACH: usize = 4;

/// What is searched: a page, or two pages one behind the other.
pub(super) struct Sheet<'a> {
    text: &'a Text,
    blocks: &'a [Block],
    shapes: &'a [Shape],
    prints: &'a [Arc<Print>],
    /// Of two pages, the first block of the second: copies stand behind it and what they repeat before it.
    divide: Option<usize>,
    /// The [`zh::key`] of each block that was compared.
    keys: Vec<OnceCell<Box<[char]>>>,
}

impl<'a> Sheet<'a> {
    /// A sheet of `source`.
    pub(super) fn new(source: Source<'a>, divide: Option<usize>) -> Self {
        let Source { text, blocks, shapes, prints } = source;
        Self { text, blocks, shapes, prints, divide, keys: vec![OnceCell::new(); blocks.len()] }
    }
}

/// Whether a block may be a copy by itself.
pub(super) fn may_repeat(block: &Block, shape: &Shape, print: &Print) -> bool {
    block.form == Form::Text && !shape.look.is_apart() && print.may_repeat()
}

/// What is kept from one search to the next. It never changes a result.
#[derive(Clone, Default, Debug)]
pub(super) struct Memo {
    /// The numbers of the sketches.
    index: Index,
    /// The earlier blocks that may be the origin of each block, the most alike first.
    partners: Vec<Partners>,
    /// The comparisons of the last search, by their later blocks.
    compared: Vec<Compared>,
}

/// At most [`MOST_COMPARED`] blocks, and then `NOBODY`.
type Partners = [u32; MOST_COMPARED];

const NOBODY: u32 = u32::MAX;

impl Memo {
    /// Follows the page to its next version.
    fn follow(&mut self, sheet: &Sheet, diff: &Diff) {
        let numbers = |n: usize, numbers: &mut Vec<(u32, u32)>| {
            if may_repeat(&sheet.blocks[n], &sheet.shapes[n], &sheet.prints[n]) {
                numbers.extend(sheet.prints[n].numbers().map(|number| (number, 0)));
            }
        };
        let near = self.index.follow(diff, &[], MOST_PARTNERS, numbers);
        diff.apply(&mut self.partners, |_| [NOBODY; MOST_COMPARED]);
        if diff.moves() {
            for partner in self.partners.as_flattened_mut() {
                *partner = diff.place_of(*partner as usize).map_or(NOBODY, |place| place as u32);
            }
        }
        let mut shared = Vec::new();
        for n in near {
            self.partners[n] = sheet.partners(n, &self.index, &mut shared);
        }
        comparisons::follow(&mut self.compared, sheet.blocks.len(), diff);
    }
}

/// Finds the copies of a page, which differs by `diff` from that of the last search.
pub(super) fn copies(sheet: &Sheet, diff: &Diff, memo: &mut Memo) -> Vec<Copy> {
    memo.follow(sheet, diff);
    let mut comparisons = Comparisons::new(sheet, &memo.compared);
    let mut found: Vec<Copy> = Vec::new();
    for (later, partners) in memo.partners.iter().enumerate().filter(|(_, partners)| partners[0] != NOBODY) {
        let mut partners = partners.iter().take_while(|&&earlier| earlier != NOBODY).map(|&earlier| earlier as usize);
        let claimed = found.last().map_or(0, |copy| copy.later.end);
        if later < claimed {
            continue;
        }
        let copy = partners.find_map(|earlier| {
            // The copy of a copy is a copy of the first.
            let first = origin(&found, earlier).filter(|&first| first != earlier);
            first
                .and_then(|first| comparisons.copy(later, first, claimed))
                .or_else(|| comparisons.copy(later, earlier, claimed))
        });
        found.extend(copy);
    }
    memo.compared = comparisons.made();
    drop_refrains(runs(found), sheet.prints)
}

/// Makes one copy of those that follow each other in both places.
fn runs(found: Vec<Copy>) -> Vec<Copy> {
    let mut runs: Vec<Copy> = Vec::new();
    for copy in found {
        match runs.last_mut() {
            Some(run) if run.later.end == copy.later.start && follows(run, &copy) => {
                let (n_run, n_copy) = (run.later.len() as f32, copy.later.len() as f32);
                run.similarity = (run.similarity * n_run + copy.similarity * n_copy) / (n_run + n_copy);
                run.later.end = copy.later.end;
                run.earlier.end = copy.earlier.end;
            }
            _ => runs.push(copy),
        }
    }
    runs
}

/// Whether the origin of `copy` follows that of `run`; a block that was cut differently may belong to both.
fn follows(run: &Copy, copy: &Copy) -> bool {
    let shared = run.earlier.end - 1;
    run.spare == copy.spare
        && (copy.earlier.start == shared + 1 || copy.earlier.start == shared && copy.earlier.end > shared + 1)
        && copy.earlier.end <= run.later.start
}

/// What block `n` was found to repeat, where the copy has as many blocks as its origin.
fn origin(found: &[Copy], n: usize) -> Option<usize> {
    let copy = &found[found.partition_point(|copy| copy.later.end <= n)..].first()?;
    (copy.later.contains(&n) && copy.later.len() == copy.earlier.len())
        .then(|| copy.earlier.start + n - copy.later.start)
}

/// A short paragraph that stands in the page this often does so on purpose: a refrain, a slogan, a standing notice.
const REFRAIN_TIMES: usize = 3;
/// The longest refrain, in characters.
const LONGEST_REFRAIN: u32 = 60;

fn drop_refrains(mut found: Vec<Copy>, prints: &[Arc<Print>]) -> Vec<Copy> {
    let is_short = |copy: &Copy| copy.later.clone().map(|n| prints[n].chars).sum::<u32>() <= LONGEST_REFRAIN;
    let mut short: Vec<Range<usize>> = found.iter().filter(|copy| is_short(copy)).map(|c| c.earlier.clone()).collect();
    short.sort_unstable_by_key(|range| (range.start, range.end));
    let refrains: Vec<Range<usize>> =
        short.chunk_by(|a, b| a == b).filter(|same| same.len() + 1 >= REFRAIN_TIMES).map(|s| s[0].clone()).collect();
    found.retain(|copy| !is_short(copy) || !refrains.contains(&copy.earlier));
    found
}

/// Where a block lies in a stretch, in characters from its start; a part of the block may lie outside.
#[derive(Clone, Copy, Debug)]
struct Place {
    block: usize,
    start: i64,
    end: i64,
}

impl Place {
    const fn len(self) -> i64 {
        self.end - self.start
    }

    /// How many characters at an end of the block may lie outside of a stretch that holds it: errors close to the
    /// end of a text end the stretch before it.
    fn margin(self) -> i64 {
        (self.len() / 4).min(LONGEST_MARGIN)
    }
}

/// Six errors close to each other may keep this many characters at the end of a block out of a stretch.
const LONGEST_MARGIN: i64 = 24;

/// Two stretches of the page that read alike.
#[derive(Clone, Debug)]
struct Likeness {
    later: Side,
    earlier: Side,
    edits: Vec<Edit>,
    /// How many blocks beside the two that were compared were looked at, on the side where these are most.
    n_beside: usize,
}

/// One of the two: the blocks that it touches, and its length in characters.
#[derive(Clone, Debug)]
struct Side {
    places: Vec<Place>,
    len: i64,
}

impl Likeness {
    fn turned(self) -> Self {
        let edits = self.edits.iter().map(|e| Edit { a: e.b, b: e.a, in_a: e.in_b, in_b: e.in_a }).collect();
        Self { later: self.earlier, earlier: self.later, edits, ..self }
    }
}

/// A run of blocks that another holds, whole or in part.
struct Held {
    inner: Range<usize>,
    outer: Range<usize>,
    is_whole: bool,
    similarity: f32,
}

impl Sheet<'_> {
    /// The earlier blocks that may be the origin of block `later`, the most alike first. `shared` is room to work in.
    fn partners(&self, later: usize, index: &Index, shared: &mut Vec<u32>) -> Partners {
        let mut partners = [NOBODY; MOST_COMPARED];
        // Of two pages, one behind the other, the earlier block stands on the first.
        if self.divide.is_some_and(|divide| later < divide)
            || !may_repeat(&self.blocks[later], &self.shapes[later], &self.prints[later])
        {
            return partners;
        }
        let limit = self.divide.unwrap_or(later) as u32;
        shared.clear();
        for number in self.prints[later].numbers() {
            let first =
                index.postings(number).map(|posting| posting.block).take_while(|&block| (block as usize) < later);
            shared.extend(first.take(MOST_PARTNERS).filter(|&earlier| earlier < limit));
        }
        shared.sort_unstable();
        let with = shared.chunk_by(|a, b| a == b).filter(|same| same.len() >= LEAST_SHARED);
        let mut most: Vec<(Reverse<usize>, u32)> = with.map(|same| (Reverse(same.len()), same[0])).collect();
        most.sort_unstable();
        for (partner, (_, earlier)) in partners.iter_mut().zip(most) {
            *partner = earlier;
        }
        partners
    }

    fn key(&self, n: usize) -> &[char] {
        self.keys[n].get_or_init(|| {
            let content = self.text.slice(self.blocks[n].content);
            let mut key = Vec::with_capacity(self.prints[n].chars as usize);
            key.extend(zh::key(content));
            key.into()
        })
    }

    /// One past the last block that is followed from `earlier` on.
    fn earlier_limit(&self, later: usize, earlier: usize) -> usize {
        self.divide.unwrap_or(later).min(earlier + REACH + 1)
    }

    /// The first block that is followed from `later` back.
    fn later_limit(&self, later: usize, earlier: usize, claimed: usize) -> usize {
        claimed.max(self.divide.unwrap_or(earlier + 1)).max(later.saturating_sub(REACH))
    }

    /// The copy that takes in block `later` and repeats block `earlier`; nothing of it stands before `claimed`. And how
    /// many blocks on either side of the two were looked at.
    fn compare(&self, later: usize, earlier: usize, claimed: usize) -> (Option<Copy>, usize) {
        let mut n_beside = 0;
        let (later_key, earlier_key) = (self.key(later), self.key(earlier));
        let mut seen: Option<Range<usize>> = None;
        for (at_later, at_earlier) in anchors(&self.prints[later], &self.prints[earlier], later_key, earlier_key) {
            if seen.as_ref().is_some_and(|seen| seen.contains(&at_later)) {
                continue;
            }
            let like = self.likeness((later, later_key, at_later), (earlier, earlier_key, at_earlier), claimed);
            n_beside = n_beside.max(like.n_beside);
            let Some(place) = like.later.places.iter().find(|place| place.block == later) else { break };
            seen = Some((-place.start).max(0) as usize..(like.later.len - place.start).max(0) as usize);
            let copy = self.judge(like);
            if copy.is_some() {
                return (copy, n_beside);
            }
        }
        (None, n_beside)
    }

    /// Follows the texts around two places that hold the same shingle, in both directions and beyond the blocks.
    fn likeness(
        &self,
        (later, later_key, at_later): (usize, &[char], usize),
        (earlier, earlier_key, at_earlier): (usize, &[char], usize),
        claimed: usize,
    ) -> Likeness {
        let mut later_on = Stream::forward(self, later, &later_key[at_later..], later + REACH + 1);
        let earlier_limit = self.earlier_limit(later, earlier);
        let mut earlier_on = Stream::forward(self, earlier, &earlier_key[at_earlier..], earlier_limit);
        let on = extend(&mut later_on, &mut earlier_on);
        let later_limit = self.later_limit(later, earlier, claimed);
        let mut later_back = Stream::backward(self, later, &later_key[..at_later], later_limit);
        let mut earlier_back =
            Stream::backward(self, earlier, &earlier_key[..at_earlier], earlier.saturating_sub(REACH));
        let back = extend(&mut later_back, &mut earlier_back);
        let n_beside = [&later_on, &earlier_on, &later_back, &earlier_back].map(|stream| stream.n_beside);
        Likeness {
            later: Side { places: places(&later_back, &later_on, back.a, on.a), len: (back.a + on.a) as i64 },
            earlier: Side { places: places(&earlier_back, &earlier_on, back.b, on.b), len: (back.b + on.b) as i64 },
            edits: joined(&back, on),
            n_beside: n_beside.into_iter().max().unwrap_or_default(),
        }
    }

    /// Whether what is alike is a copy, and of what.
    fn judge(&self, like: Likeness) -> Option<Copy> {
        let held = self.held(&like);
        let (spare, held) = match held {
            Some(held) => (Spare::Later, held),
            // A part stands first and the whole behind it.
            None => (Spare::Earlier, self.held(&like.turned()).filter(|held| !held.is_whole)?),
        };
        let (later, earlier) = match spare {
            Spare::Later => (held.inner, held.outer),
            Spare::Earlier => (held.outer, held.inner),
        };
        (earlier.end <= later.start).then_some(Copy { later, earlier, similarity: held.similarity, spare })
    }

    /// The blocks that lie in the stretch of `like.later` and what they are a copy of.
    fn held(&self, like: &Likeness) -> Option<Held> {
        let is_inside = |p: &&Place| p.start >= -p.margin() && p.end <= like.later.len + p.margin();
        let inner: Vec<Place> = like.later.places.iter().filter(is_inside).copied().collect();
        let (first, last) = (inner.first()?, inner.last()?);
        let (from, to) = (first.start.max(0), last.end.min(like.later.len));
        let n_before = like.edits.partition_point(|edit| (edit.a as i64) < from);
        let n_within = like.edits.partition_point(|edit| (edit.a as i64) < to);
        let (from_outer, to_outer) = (from + shift(&like.edits[..n_before]), to + shift(&like.edits[..n_within]));
        let is_touched = |p: &&Place| p.end - from_outer > p.margin() && to_outer - p.start > p.margin();
        let outer: Vec<Place> = like.earlier.places.iter().filter(is_touched).copied().collect();
        let (first_outer, last_outer) = (outer.first()?, outer.last()?);
        let len = last.end - first.start;
        if len < i64::from(LEAST_COPY) {
            return None;
        }

        // What the stretch left over at its two ends, in both.
        let inner_rest = (from - first.start, last.end - to);
        let outer_rest = ((from_outer - first_outer.start).max(0), (last_outer.end - to_outer).max(0));
        let is_part = |outer_rest: i64, place: &Place| outer_rest > place.margin();
        let (part_before, part_behind) = (is_part(outer_rest.0, first_outer), is_part(outer_rest.1, last_outer));
        let mut edits = Vec::new();
        if part_before {
            if inner_rest.0 > 0 || !self.is_inside_clause(first_outer, outer_rest.0) {
                return None;
            }
        } else {
            let (inner, outer) = (self.key(first.block), self.key(first_outer.block));
            edits.extend(between(&inner[..inner_rest.0 as usize], &outer[..outer_rest.0 as usize]));
        }
        let moved = |edit: &Edit| Edit {
            a: (edit.a as i64 - first.start) as usize,
            b: (edit.b as i64 - from_outer + outer_rest.0 * i64::from(!part_before)) as usize,
            ..*edit
        };
        edits.extend(like.edits[n_before..n_within].iter().map(moved));
        if part_behind {
            let is_open = !zh::is_closed(self.text.slice(self.blocks[last.block].content));
            if inner_rest.1 > 0 || !is_open || !self.is_inside_clause(last_outer, last_outer.len() - outer_rest.1) {
                return None;
            }
        } else {
            let (inner, outer) = (self.key(last.block), self.key(last_outer.block));
            let (at_inner, at_outer) = (inner.len() - inner_rest.1 as usize, outer.len() - outer_rest.1 as usize);
            let (a, b) = ((to - first.start) as usize, (to_outer - from_outer + outer_rest.0) as usize);
            let rest = between(&inner[at_inner..], &outer[at_outer..]);
            edits.extend(rest.iter().map(|edit| Edit { a: edit.a + a, b: edit.b + b, ..*edit }));
        }
        let (inner, outer) = (first.block..last.block + 1, first_outer.block..last_outer.block + 1);
        let may_be = !self.are_numbered_apart(&inner, &outer) && noise::is_plausible(&edits, len);
        may_be.then(|| Held {
            inner,
            outer,
            is_whole: !part_before && !part_behind,
            similarity: 1.0 - edits.len() as f32 / len as f32,
        })
    }

    /// Whether two runs are items of one list or law that read alike: 第十五条, 第十六条.
    fn are_numbered_apart(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let numbering = |n: usize| self.shapes[n].numbering;
        a.clone().zip(b.clone()).any(|(a, b)| match (numbering(a), numbering(b)) {
            (Some(a), Some(b)) => a.style == b.style && a.number != b.number,
            _ => false,
        })
    }

    /// Whether character `at` of the block goes on with the clause of the character before it.
    fn is_inside_clause(&self, place: &Place, at: i64) -> bool {
        let content = self.text.slice(self.blocks[place.block].content);
        let mut n_before = 0;
        for c in content.chars().map(zh::fold_width) {
            if ends_clause(c) && n_before == at {
                return false;
            }
            if zh::carries_meaning(c) {
                n_before += 1;
            }
            if n_before > at {
                break;
            }
        }
        true
    }
}

/// By how many characters `edits` make the second text longer than the first.
fn shift(edits: &[Edit]) -> i64 {
    let taken = |c: Option<char>| i64::from(c.is_some());
    edits.iter().map(|edit| taken(edit.in_b) - taken(edit.in_a)).sum()
}

/// Places in both keys that hold the same shingle, at most one for each number that the sketches share.
fn anchors(later: &Print, earlier: &Print, later_key: &[char], earlier_key: &[char]) -> Vec<(usize, usize)> {
    let mut shared: Vec<(u32, Option<usize>, Option<usize>)> = later
        .sketch
        .iter()
        .zip(&earlier.sketch)
        .filter(|(a, b)| a == b && **a != EMPTY)
        .map(|(&number, _)| (number, None, None))
        .collect();
    for (at, hash) in shingles(later_key) {
        for (number, place, _) in &mut shared {
            if *number == hash && place.is_none() {
                *place = Some(at);
            }
        }
    }
    for (at, hash) in shingles(earlier_key) {
        for (number, _, place) in &mut shared {
            if *number == hash && place.is_none() {
                *place = Some(at);
            }
        }
    }
    let mut anchors: Vec<(usize, usize)> = shared.into_iter().filter_map(|(_, a, b)| Some((a?, b?))).collect();
    anchors.sort_unstable();
    anchors
}

/// The characters that carry meaning from a place in a block on, or back from it, over the blocks that follow.
struct Stream<'a> {
    page: &'a Sheet<'a>,
    chars: Vec<char>,
    /// The blocks taken so far, with how many characters they and those before them have.
    ends: Vec<(usize, usize)>,
    /// How many blocks beside the first were asked for, there or not.
    n_beside: usize,
    /// The block to take next, if it is prose and within the limit.
    next: Option<usize>,
    /// Forward: one past the last block; backward: the first block.
    limit: usize,
    is_backward: bool,
}

impl<'a> Stream<'a> {
    fn forward(page: &'a Sheet<'a>, block: usize, rest: &[char], limit: usize) -> Self {
        let next = Some(block + 1);
        Self {
            page,
            chars: rest.to_vec(),
            ends: vec![(block, rest.len())],
            n_beside: 0,
            next,
            limit,
            is_backward: false,
        }
    }

    fn backward(page: &'a Sheet<'a>, block: usize, rest: &[char], limit: usize) -> Self {
        let chars = rest.iter().rev().copied().collect();
        let next = block.checked_sub(1);
        Self { page, chars, ends: vec![(block, rest.len())], n_beside: 0, next, limit, is_backward: true }
    }

    /// Takes one more block; false if there is none.
    fn take(&mut self) -> bool {
        if self.next.is_some_and(|n| if self.is_backward { n < self.limit } else { n >= self.limit }) {
            return false;
        }
        self.n_beside = self.ends.len();
        let Some(n) = self.next.filter(|&n| self.page.blocks.get(n).is_some_and(Block::is_prose)) else {
            self.next = None;
            return false;
        };
        if self.is_backward {
            self.chars.extend(self.page.key(n).iter().rev());
            self.next = n.checked_sub(1);
        } else {
            self.chars.extend_from_slice(self.page.key(n));
            self.next = Some(n + 1);
        }
        self.ends.push((n, self.chars.len()));
        true
    }
}

impl Chars for Stream<'_> {
    fn had(&self) -> &[char] {
        &self.chars
    }

    fn more(&mut self) -> bool {
        self.take()
    }
}

/// Where the blocks of two streams that start at the same place lie in the stretch that reaches `back` characters
/// back and `on` characters forward.
fn places(back_stream: &Stream, on_stream: &Stream, back: usize, on: usize) -> Vec<Place> {
    let (back, on) = (back as i64, on as i64);
    let mut places: Vec<Place> = back_stream.ends[1..]
        .iter()
        .zip(&back_stream.ends)
        .map(|(&(block, end), &(_, start))| Place { block, start: back - end as i64, end: back - start as i64 })
        .rev()
        .collect();
    let (block, end) = on_stream.ends[0];
    places.push(Place { block, start: back - back_stream.ends[0].1 as i64, end: back + end as i64 });
    places.extend(on_stream.ends[1..].iter().zip(&on_stream.ends).map(|(&(block, end), &(_, start))| Place {
        block,
        start: back + start as i64,
        end: back + end as i64,
    }));
    places.retain(|p| p.start < back + on && p.end > 0);
    places
}

/// The edits of a stretch that was followed back and on from one place, by their positions from its start.
fn joined(back: &Stretch, on: Stretch) -> Vec<Edit> {
    let taken = |c: Option<char>| usize::from(c.is_some());
    let turned =
        |edit: &Edit| Edit { a: back.a - edit.a - taken(edit.in_a), b: back.b - edit.b - taken(edit.in_b), ..*edit };
    let mut edits: Vec<Edit> = back.edits.iter().rev().map(turned).collect();
    edits.extend(on.edits.into_iter().map(|edit| Edit { a: back.a + edit.a, b: back.b + edit.b, ..edit }));
    edits
}
