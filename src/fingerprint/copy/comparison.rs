//! The comparison of two blocks: how far the texts around a place that they share read alike, and whether what lies
//! within is a copy, and of what.

use std::ops::Range;

use super::stream::{LONGEST_MARGIN, Place, Stream, places};
use super::{Copy, Sheet, Spare};
use crate::fingerprint::alignment::{Edit, Stretch, between, extend};
use crate::fingerprint::form::is_form;
use crate::fingerprint::noise;
use crate::fingerprint::print::{EMPTY, LEAST_COPY, Print, ends_clause, shingles};
use crate::zh;

/// Blocks before and behind the two compared that are followed with them. A run of more blocks is put together from
/// several comparisons, so that a page of many like paragraphs is not followed to its end from each of them.
pub(super) const REACH: usize = 4;

/// A place in a block, in characters of its key.
#[derive(Clone, Copy)]
struct Anchor {
    block: usize,
    at: usize,
}

/// Two texts followed in one direction.
struct Followed<'a> {
    later: Stream<'a>,
    earlier: Stream<'a>,
    alike: Stretch,
}

impl<'a> Followed<'a> {
    fn new(mut later: Stream<'a>, mut earlier: Stream<'a>) -> Self {
        let alike = extend(&mut later, &mut earlier);
        Self { later, earlier, alike }
    }

    /// How many blocks beside the two were looked at, on the side where these are most.
    fn n_beside(&self) -> usize {
        self.later.n_beside.max(self.earlier.n_beside)
    }

    /// Whether the end of one of the two blocks is alike, or as good as.
    fn reaches_an_end(&self) -> bool {
        self.later.rest_behind(self.alike.a) <= LONGEST_MARGIN
            || self.earlier.rest_behind(self.alike.b) <= LONGEST_MARGIN
    }
}

/// Two stretches of the page that read alike.
#[derive(Clone, Debug)]
struct Likeness {
    later: Side,
    earlier: Side,
    edits: Vec<Edit>,
}

/// One of the two: the blocks that it touches, and its length in characters.
#[derive(Clone, Debug)]
struct Side {
    places: Vec<Place>,
    len: i64,
}

impl Likeness {
    fn new(back: &Followed, on: Followed) -> Self {
        let (n_later, n_earlier) = (back.alike.a + on.alike.a, back.alike.b + on.alike.b);
        Self {
            later: Side { places: places(&back.later, &on.later, back.alike.a, on.alike.a), len: n_later as i64 },
            earlier: Side {
                places: places(&back.earlier, &on.earlier, back.alike.b, on.alike.b),
                len: n_earlier as i64,
            },
            edits: joined(&back.alike, on.alike),
        }
    }

    fn turned(self) -> Self {
        let edits = self.edits.iter().map(|e| Edit { a: e.b, b: e.a, in_a: e.in_b, in_b: e.in_a }).collect();
        Self { later: self.earlier, earlier: self.later, edits }
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
    /// One past the last block that is followed from `earlier` on.
    pub(super) fn earlier_limit(&self, later: usize, earlier: usize) -> usize {
        self.divide.unwrap_or(later).min(earlier + REACH + 1)
    }

    /// The first block that is followed from `later` back.
    pub(super) fn later_limit(&self, later: usize, earlier: usize, claimed: usize) -> usize {
        claimed.max(self.divide.unwrap_or(earlier + 1)).max(later.saturating_sub(REACH))
    }

    /// The copy that takes in block `later` and repeats block `earlier`; nothing of it stands before `claimed`. And how
    /// many blocks on either side of the two were looked at.
    pub(super) fn compare(&self, later: usize, earlier: usize, claimed: usize) -> (Option<Copy>, usize) {
        let mut n_beside = 0;
        let (later_key, earlier_key) = (self.key(later), self.key(earlier));
        let mut seen: Option<Range<usize>> = None;
        for (at_later, at_earlier) in anchors(&self.prints[later], &self.prints[earlier], later_key, earlier_key) {
            if seen.as_ref().is_some_and(|seen| seen.contains(&at_later)) {
                continue;
            }
            let (later, earlier) = (Anchor { block: later, at: at_later }, Anchor { block: earlier, at: at_earlier });
            let on = self.follow_on(later, earlier);
            n_beside = n_beside.max(on.n_beside());
            // One of the two ends in what is alike, or neither lies in it.
            if !on.reaches_an_end() {
                seen = Some(at_later..at_later + on.alike.a);
                continue;
            }
            let back = self.follow_back(later, earlier, claimed);
            n_beside = n_beside.max(back.n_beside());
            seen = Some(at_later.saturating_sub(back.alike.a)..at_later + on.alike.a);
            let copy = self.judge(Likeness::new(&back, on));
            if copy.is_some() {
                return (copy, n_beside);
            }
        }
        (None, n_beside)
    }

    /// Follows the texts from two places that hold the same shingle on, and beyond the blocks.
    fn follow_on(&self, later: Anchor, earlier: Anchor) -> Followed<'_> {
        let limits = (later.block + REACH + 1, self.earlier_limit(later.block, earlier.block));
        let stream =
            |anchor: Anchor, limit| Stream::forward(self, anchor.block, &self.key(anchor.block)[anchor.at..], limit);
        Followed::new(stream(later, limits.0), stream(earlier, limits.1))
    }

    /// Follows the texts from two places that hold the same shingle back, and beyond the blocks.
    fn follow_back(&self, later: Anchor, earlier: Anchor, claimed: usize) -> Followed<'_> {
        let limits = (self.later_limit(later.block, earlier.block, claimed), earlier.block.saturating_sub(REACH));
        let stream =
            |anchor: Anchor, limit| Stream::backward(self, anchor.block, &self.key(anchor.block)[..anchor.at], limit);
        Followed::new(stream(later, limits.0), stream(earlier, limits.1))
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
        let differs_in_form = || !edits.is_empty() && is_form(self.text.slice(self.blocks[first.block].content));
        let may_be = !self.are_numbered_apart(&inner, &outer) && noise::is_plausible(&edits, len) && !differs_in_form();
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

/// The edits of a stretch that was followed back and on from one place, by their positions from its start.
fn joined(back: &Stretch, on: Stretch) -> Vec<Edit> {
    let taken = |c: Option<char>| usize::from(c.is_some());
    let turned =
        |edit: &Edit| Edit { a: back.a - edit.a - taken(edit.in_a), b: back.b - edit.b - taken(edit.in_b), ..*edit };
    let mut edits: Vec<Edit> = back.edits.iter().rev().map(turned).collect();
    edits.extend(on.edits.into_iter().map(|edit| Edit { a: back.a + edit.a, b: back.b + edit.b, ..edit }));
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Format;
    use crate::fingerprint::across::Paragraphs;
    use crate::fingerprint::print::print;

    const MILL: &str = "河湾村的水磨坊停了三十多年，今年开春又转了起来。村里的老木匠带着两个徒弟，把朽坏的水轮拆下来重做，\
        前后用了四个月工夫。磨出来的面粉装进印着村名的布袋，赶集的日子里半天就卖完，买主多是特意从县城赶来的年轻人。";
    const OTHER: &str = "傍晚时分，最后一班渡船靠岸，船工把缆绳系在石桩上。";

    /// What comparing blocks `later` and `earlier` of the page of `blocks` gives, where what stands before `claimed` is
    /// taken.
    fn compare(blocks: &[&str], later: usize, earlier: usize, claimed: usize) -> Option<Copy> {
        let page = Paragraphs::new(blocks.join("\n\n"), Format::Markdown);
        assert_eq!(page.blocks.len(), blocks.len());
        Sheet::new(page.comparable(), None).compare(later, earlier, claimed).0
    }

    /// `MILL` before and from `place` on.
    fn cut(place: &str) -> (&'static str, &'static str) {
        MILL.split_at(MILL.find(place).expect("the place"))
    }

    #[test]
    fn an_exact_copy_is_found_whole() {
        let copy = compare(&[MILL, OTHER, MILL], 2, 0, 0);
        assert_eq!(copy, Some(Copy { later: 2..3, earlier: 0..1, similarity: 1.0, spare: Spare::Later }));
    }

    #[test]
    fn the_part_can_go_and_the_whole_stays() {
        let (part, _) = cut("布袋");
        let found = |blocks: &[&str]| compare(blocks, 2, 0, 0).map(|copy| copy.spare);
        assert_eq!(found(&[MILL, OTHER, part]), Some(Spare::Later));
        assert_eq!(found(&[part, OTHER, MILL]), Some(Spare::Earlier));
    }

    #[test]
    fn whole_sentences_of_a_text_are_no_copy_of_it() {
        let (first, rest) = cut("磨出来的");
        assert_eq!(compare(&[MILL, OTHER, first], 2, 0, 0), None);
        assert_eq!(compare(&[MILL, OTHER, rest], 2, 0, 0), None);
    }

    #[test]
    fn pieces_are_one_copy_as_far_as_they_are_free() {
        let (first, second) = cut("匠带着");
        let found = |claimed| compare(&[MILL, OTHER, first, second], 3, 0, claimed).map(|copy| copy.later);
        assert_eq!(found(0), Some(2..4));
        assert_eq!(found(3), Some(3..4));
    }

    #[test]
    fn articles_of_one_law_are_no_copies() {
        let article = |number: &str| {
            format!("{number}　任何单位和个人在河道管理范围以内取土、采石、采砂的，必须遵守下列规定，并接受检查。")
        };
        assert_eq!(compare(&[&article("第十五条"), &article("第十六条")], 1, 0, 0), None);
        assert!(compare(&[&article("第十五条"), &article("第十五条")], 1, 0, 0).is_some());
    }

    #[test]
    fn form_notices_of_two_people_are_no_copies() {
        let notice =
            |name: &str| format!("青川市{name}小吃店遗失营业执照正本、副本各一份，编号不详，自登报之日起声明作废。");
        assert_eq!(compare(&[&notice("老周"), &notice("老李")], 1, 0, 0), None);
        assert!(compare(&[&notice("老周"), &notice("老周")], 1, 0, 0).is_some());
    }

    #[test]
    fn anchors_hold_the_same_shingle() {
        let said = format!("村支书说，{MILL}");
        let keys = [MILL, &said].map(|text| zh::key(text).collect::<Vec<char>>());
        let found = anchors(&print(MILL), &print(&said), &keys[0], &keys[1]);
        assert!(found.len() > 8 && found.is_sorted(), "{found:?}");
        assert!(found.iter().all(|(at, at_said)| at + "村支书说".chars().count() == *at_said), "{found:?}");
    }

    #[test]
    fn the_edits_of_both_directions_are_counted_from_one_start() {
        let lost = Edit { a: 1, b: 1, in_a: Some('甲'), in_b: None };
        let other = Edit { a: 0, b: 0, in_a: Some('乙'), in_b: Some('丙') };
        let back = Stretch { a: 3, b: 2, edits: vec![lost] };
        let on = Stretch { a: 2, b: 2, edits: vec![other] };
        let edits = joined(&back, on);
        assert_eq!(edits, [Edit { a: 1, b: 1, ..lost }, Edit { a: 3, b: 2, ..other }]);
        assert_eq!(shift(&edits), -1);
    }
}
