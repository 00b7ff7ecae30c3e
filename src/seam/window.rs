//! Windows: the parts of a page in which seams have to be judged anew after a change.
//!
//! A judgement on a tail and a head depends on the two, on their rivals, on the rivals' own choices, on the words of a
//! page's length of text around them, and on how the page as a whole is set. So what lies far enough from every change
//! was judged before, and is judged as it was.

use std::ops::Range;

use super::Seam;
use super::survey::{MOST_BETWEEN, PAGE, REACH, Survey};
use crate::block::diff::Diff;

/// A judgement depends on no block of the prose further from both halves than this: what may be the other half of one that
/// is lost stands within reach of it, a rival within reach of that, the blocks among which the rival chooses within reach
/// of the rival, and what these are taken for depends on their neighbours, or on a picture and its credit.
const FAR: usize = 3 * REACH + MOST_BETWEEN + 3;

/// Stretches of the prose in which every half is judged anew, in order, each further than six times [`REACH`] from the
/// next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Windows {
    prose: Vec<Range<usize>>,
    /// The same in blocks of the page.
    blocks: Vec<Range<usize>>,
    n_prose: usize,
}

impl Windows {
    /// The whole page.
    pub fn whole(survey: &Survey) -> Self {
        Self::of(survey, std::iter::once(0..survey.prose.len()))
    }

    /// What the differences to the version before make necessary, if the page is still set alike.
    pub fn new(survey: &Survey, diff: &Diff) -> Self {
        let (blocks, prose) = (survey.blocks, &survey.prose);
        let place = |block: usize| prose.partition_point(|light| light.block < block);
        let stretches = diff.hunks().map(|hunk| {
            // What stands whole before this place, and what stands whole behind it, depends on nothing that changed.
            let before = hunk.new.start.checked_sub(1).map_or(0, |last| {
                let end = blocks[last].content.end;
                let is_far = |block: usize| block <= last && blocks[block].content.end + PAGE / 2 <= end;
                let n_far = prose.partition_point(|light| is_far(light.block));
                n_far.min(place(hunk.new.start).saturating_sub(FAR))
            });
            let behind = blocks.get(hunk.new.end).map_or(prose.len(), |first| {
                let start = first.content.start + PAGE / 2;
                let n_near = prose.partition_point(|light| blocks[light.block].content.start < start);
                n_near.max(place(hunk.new.end) + FAR)
            });
            before.saturating_sub(REACH)..(behind + REACH).min(prose.len())
        });
        Self::of(survey, stretches)
    }

    /// `stretches` are in order of their starts and of their ends.
    fn of(survey: &Survey, stretches: impl Iterator<Item = Range<usize>>) -> Self {
        let mut prose: Vec<Range<usize>> = Vec::new();
        for stretch in stretches {
            match prose.last_mut() {
                Some(last) if stretch.start <= last.end + 6 * REACH => last.end = last.end.max(stretch.end),
                _ => prose.push(stretch),
            }
        }
        prose.retain(|window| !window.is_empty());
        let block = |n: usize| survey.prose[n].block;
        let blocks = prose.iter().map(|window| block(window.start)..block(window.end - 1) + 1).collect();
        Self { prose, blocks, n_prose: survey.prose.len() }
    }

    /// The windows and as much of the prose on either side of each; they do not overlap for three times [`REACH`].
    pub fn widened(&self, margin: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        self.prose
            .iter()
            .map(move |window| window.start.saturating_sub(margin)..(window.end + margin).min(self.n_prose))
    }

    /// Whether `seam` lies in a window.
    pub fn hold(&self, seam: &Seam) -> bool {
        let halves = [seam.tail.or(seam.head), seam.head.or(seam.tail)];
        self.blocks.iter().any(|window| halves.iter().flatten().all(|half| window.contains(half)))
    }
}
