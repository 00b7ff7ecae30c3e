//! What one stretch of text says of names by itself, and what is kept for the next search: the names and the places in a
//! block, and the names that a seam cut.

use std::sync::Arc;

use super::dictionary::Dictionary;
use super::jurisdiction;
use super::lexicon::Rank;
use super::model::LEAST_MARGIN;
use super::place;
use super::reading::Unwrapped;
use super::recognise::{Recogniser, Stretch};
use super::wording::{Wording, Wordings};
use crate::article::Page;
use crate::block::{Block, hash};
use crate::memo::{Cache, key};

/// What is found in one block, whatever stands around it. Bytes count from the start of its content.
#[derive(Debug)]
pub(super) struct Facts {
    /// Names, in order.
    pub names: Vec<Found>,
    /// Divisions of China, in order.
    pub places: Vec<Place>,
}

/// A name found in a stretch, in bytes of it, and how sure the model is.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub start: u32,
    pub end: u32,
    pub margin: f32,
    pub wording: Arc<Wording>,
}

/// A division of China, and the hash of its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub start: u32,
    pub end: u32,
    pub name: u64,
}

/// A name that a seam cut.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// What stands before the seam, and what behind it.
    pub parts: [Arc<Wording>; 2],
    /// Bytes of either.
    pub lengths: [usize; 2],
    pub margin: f32,
}

/// Bytes on either side of a seam that are read again as one text: twenty characters.
const SEAM_REACH: usize = 60;

/// What is kept from one search to the next.
#[derive(Default, Debug)]
pub(super) struct Memo {
    /// Under the hash of a block.
    blocks: Cache<Arc<Facts>>,
    /// Under the hashes of what is read before a seam and of what behind it.
    cuts: Cache<Arc<[Cut]>>,
    /// Names of the dictionary in a block, under the hashes of the dictionary and of the block.
    listed: Cache<Arc<[Found]>>,
    /// Under the hash of the name of a division, whether it counts wherever it stands.
    divisions: Cache<bool>,
    is_traditional: bool,
    recogniser: Recogniser,
}

impl Memo {
    /// Begins an analysis, see [`Cache::turn`], of a page of the one or the other script.
    pub(super) fn turn(&mut self, is_traditional: bool) {
        self.is_traditional = is_traditional;
        self.blocks.turn();
        self.cuts.turn();
        self.listed.turn();
        self.divisions.turn();
    }

    /// What is found in block `n` of `page`, which holds running text.
    pub(super) fn of_block(&mut self, page: &Page, n: usize, wordings: &mut Wordings) -> Arc<Facts> {
        let Self { blocks, divisions, recogniser, is_traditional, .. } = self;
        blocks.get(page.blocks[n].hash, || {
            let content = page.simplified.slice(page.blocks[n].content);
            let flat = Unwrapped::new(content);
            let names = recogniser.names(&flat, *is_traditional);
            let name = |found: Stretch| Found {
                start: found.start as u32,
                end: found.end as u32,
                margin: found.margin,
                wording: wordings.of_stretch(&content[found.start..found.end]),
            };
            let names = names.into_iter().map(name).collect();
            let reading = recogniser.reading();
            let marks = reading.marks.iter().enumerate();
            let places = marks
                .filter(|&(n, mark)| {
                    let is_division = mark.place > 0 && !matches!(mark.rank, Some(Rank::Country | Rank::City));
                    is_division && reading.means_place(n)
                })
                .filter_map(|(n, mark)| {
                    let at = flat.range(reading.bytes(n, n + usize::from(mark.place)));
                    let (place, name) = (&content[at.clone()], hash(&content[at.clone()]));
                    // 会同 and 解放 are counties, and words: a county counts where it is called one.
                    let counts = divisions.get(name, || place::has_rank(place) || jurisdiction::is_large(place));
                    counts.then_some(Place { start: at.start as u32, end: at.end as u32, name })
                });
            Arc::new(Facts { names, places: places.collect() })
        })
    }

    /// The names that stand across the seam between `before`, the block that is cut off, and `after`, its rest.
    pub(super) fn across(&mut self, before: &str, after: &str, wordings: &mut Wordings) -> Arc<[Cut]> {
        let Self { cuts, recogniser, is_traditional, .. } = self;
        let before = &before[boundary(before, before.len().saturating_sub(SEAM_REACH))..];
        let after = &after[..boundary(after, SEAM_REACH.min(after.len()))];
        cuts.get(key([hash(before), hash(after)]), || {
            let (joint, joined) = (before.len(), format!("{before}{after}"));
            recogniser
                .names(&Unwrapped::new(&joined), *is_traditional)
                .into_iter()
                .filter(|found| found.start < joint && joint < found.end && found.margin >= LEAST_MARGIN)
                .map(|found| Cut {
                    parts: [found.start..joint, joint..found.end].map(|part| wordings.of_stretch(&joined[part])),
                    lengths: [joint - found.start, found.end - joint],
                    margin: found.margin,
                })
                .collect()
        })
    }

    /// The names of the dictionary in a block of `page`, in bytes from its start.
    pub(super) fn listed(
        &mut self,
        page: &Page,
        block: &Block,
        dictionary: &Dictionary,
        wordings: &mut Wordings,
    ) -> Arc<[Found]> {
        self.listed.get(key([dictionary.hash(), block.hash]), || {
            let stretch = page.simplified.slice(block.span);
            let flat = Unwrapped::new(stretch);
            let found = dictionary.occurrences(&flat.text).map(|found| {
                let at = flat.range(found);
                let wording = wordings.of_stretch(&stretch[at.clone()]);
                Found { start: at.start as u32, end: at.end as u32, margin: f32::INFINITY, wording }
            });
            found.collect()
        })
    }
}

/// The last character boundary of `text` at or before byte `at`, which is in bounds.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
