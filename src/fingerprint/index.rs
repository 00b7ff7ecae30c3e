//! Which blocks share numbers: the step that keeps the comparison of paragraphs linear.
//!
//! A table with a chain for each bucket of numbers, in the order of the page. It is kept from one version of a page to
//! the next: what a change costs are the chains that it touches.

use std::ops::Range;

use crate::block::diff::Diff;

/// A number in a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    number: u32,
    /// The block in which it stands.
    pub block: u32,
    /// Where it stands there.
    pub at: u32,
    /// The next posting of the bucket.
    next: u32,
}

/// No posting.
const NONE: u32 = u32::MAX;

/// One posting in so many may be new or gone before all are linked anew, which costs less than to mend each chain.
const MENDED: usize = 8;

/// The numbers of a page.
#[derive(Clone, Default, Debug)]
pub(super) struct Index {
    /// The first posting of each bucket; as many as a power of two.
    buckets: Vec<u32>,
    /// Those of a block follow each other; those of blocks that are gone are left behind.
    postings: Vec<Posting>,
    /// The postings of each block.
    blocks: Vec<Range<u32>>,
    n_gone: usize,
}

impl Index {
    /// Follows the page to its next version. `numbers` adds the numbers of a block and where they stand, in order; it is
    /// asked for the blocks that are new and for those of the old ones that were `renewed`. Returns these blocks and those
    /// that have a number of which one of the `n_first` first places in the page is another than before; in order.
    pub(super) fn follow(
        &mut self,
        diff: &Diff,
        renewed: &[usize],
        n_first: usize,
        numbers: impl Fn(usize, &mut Vec<(u32, u32)>),
    ) -> Vec<usize> {
        let mut touched: Vec<u32> = Vec::new();
        let mut fresh: Vec<usize> = renewed.to_vec();
        for hunk in diff.hunks() {
            fresh.extend(hunk.new);
            for block in hunk.old {
                touched.extend(self.blocks[block].clone());
            }
        }
        if diff.moves() {
            for posting in &mut self.postings {
                posting.block = diff.place_or_gap(posting.block as usize) as u32;
            }
        }
        diff.apply(&mut self.blocks, |_| 0..0);
        touched.extend(renewed.iter().flat_map(|&block| self.blocks[block].clone()));
        self.n_gone += touched.len();

        fresh.sort_unstable();
        let mut of_block = Vec::new();
        for &block in &fresh {
            of_block.clear();
            numbers(block, &mut of_block);
            let first = self.postings.len() as u32;
            let posting = |&(number, at): &(u32, u32)| Posting { number, block: block as u32, at, next: NONE };
            self.postings.extend(of_block.iter().map(posting));
            self.blocks[block] = first..self.postings.len() as u32;
            touched.extend(self.blocks[block].clone());
        }
        if touched.len() * MENDED > self.postings.len() || self.n_gone * 2 > self.postings.len() {
            self.link();
            return (0..self.blocks.len()).collect();
        }
        let mut near = fresh;
        self.mend(&touched, n_first, &mut near);
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Where a number stands, in the order of the page.
    pub(super) fn postings(&self, number: u32) -> impl Iterator<Item = Posting> + '_ {
        let first = self.buckets.get(self.bucket(number)).copied().unwrap_or(NONE);
        let chain = std::iter::successors(self.postings.get(first as usize), |posting| {
            self.postings.get(posting.next as usize)
        });
        chain.filter(move |posting| posting.number == number).copied()
    }

    fn bucket(&self, number: u32) -> usize {
        let bits = self.buckets.len().max(1).ilog2();
        (u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 1 >> (u64::BITS - 1 - bits)) as usize
    }

    /// Links all postings anew, without those of blocks that are gone.
    fn link(&mut self) {
        let mut postings = Vec::with_capacity(self.postings.len());
        for block in &mut self.blocks {
            let first = postings.len() as u32;
            postings.extend_from_slice(&self.postings[block.start as usize..block.end as usize]);
            *block = first..postings.len() as u32;
        }
        (self.postings, self.n_gone) = (postings, 0);
        self.buckets.clear();
        self.buckets.resize(self.postings.len().next_power_of_two(), NONE);
        for n in (0..self.postings.len()).rev() {
            let bucket = self.bucket(self.postings[n].number);
            self.postings[n].next = std::mem::replace(&mut self.buckets[bucket], n as u32);
        }
    }

    /// Takes the postings of blocks that are gone out of the chains of `touched`, and puts those in that are new. Adds
    /// to `near` the blocks that have a number of theirs, if one of `touched` is, or was, among its `n_first` first.
    fn mend(&mut self, touched: &[u32], n_first: usize, near: &mut Vec<usize>) {
        let is_in_use = |posting: u32, index: &Self| {
            let block = index.postings[posting as usize].block as usize;
            index.blocks.get(block).is_some_and(|own| own.contains(&posting))
        };
        let bucket = |&posting: &u32| (self.bucket(self.postings[posting as usize].number), posting);
        let mut by_bucket: Vec<(usize, u32)> = touched.iter().map(bucket).collect();
        by_bucket.sort_unstable();
        let mut chain: Vec<u32> = Vec::new();
        for of_bucket in by_bucket.chunk_by(|a, b| a.0 == b.0) {
            let bucket = of_bucket[0].0;
            chain.clear();
            let mut next = self.buckets[bucket];
            while let Some(posting) = self.postings.get(next as usize) {
                chain.push(next);
                next = posting.next;
            }
            chain.extend(of_bucket.iter().map(|(_, posting)| *posting));
            // What is gone stood before what stands in its place now.
            chain.sort_unstable_by_key(|&posting| {
                let Posting { block, at, .. } = self.postings[posting as usize];
                (block, is_in_use(posting, self), at, posting)
            });
            chain.dedup();
            for (n, (_, posting)) in of_bucket.iter().enumerate() {
                let number = self.postings[*posting as usize].number;
                let is_touched = |posting: &u32| of_bucket.iter().any(|(_, touched)| touched == posting);
                let is_of_number = |posting: &&u32| self.postings[**posting as usize].number == number;
                if of_bucket[..n].iter().any(|(_, before)| is_of_number(&before)) {
                    continue;
                }
                let of_number = || chain.iter().filter(is_of_number);
                if of_number().take(n_first).any(is_touched) {
                    let in_use = of_number().filter(|posting| is_in_use(**posting, self));
                    near.extend(in_use.map(|&posting| self.postings[posting as usize].block as usize));
                }
            }
            chain.retain(|&posting| is_in_use(posting, self));
            let mut next = NONE;
            for &posting in chain.iter().rev() {
                self.postings[posting as usize].next = std::mem::replace(&mut next, posting);
            }
            self.buckets[bucket] = next;
        }
    }
}
