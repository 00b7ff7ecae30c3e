//! A read-only hash table that is used where it lies: the data files of the model are embedded in the program
//! and looked up in place, so there is nothing to load.
//!
//! Keys are not stored, only 16 bits of their hash: one look-up in some ten thousand for a key that is not there
//! finds something all the same, which a model of many small pieces of evidence does not notice.

/// A table from hashes to values of a fixed number of bytes.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bits: u32,
    width: usize,
    offsets: &'a [[u8; 4]],
    fingerprints: &'a [[u8; 2]],
    values: &'a [u8],
}

/// Bytes before the first bucket: log2 of the number of buckets, number of entries, bytes of a value.
const HEADER: usize = 12;

impl<'a> Table<'a> {
    /// Reads what [`build`] wrote; the empty table where `data` is something else.
    pub fn new(data: &'a [u8]) -> Self {
        let field = |n: usize| read_u32(data, n * 4);
        let (bits, n, width) = (field(0).min(28), field(1) as usize, field(2) as usize);
        let offsets = HEADER + ((1_usize << bits) + 1) * 4;
        let fingerprints = offsets.saturating_add(n.saturating_mul(2));
        let values = fingerprints.saturating_add(n.saturating_mul(width));
        if data.len() < HEADER || data.len() != values {
            return Self { bits: 0, width: 0, offsets: &[[0; 4]; 2], fingerprints: &[], values: &[] };
        }
        Self {
            bits,
            width,
            offsets: data[HEADER..offsets].as_chunks().0,
            fingerprints: data[offsets..fingerprints].as_chunks().0,
            values: &data[fingerprints..],
        }
    }

    /// The value under `hash`.
    pub fn get(&self, hash: u64) -> Option<&'a [u8]> {
        let (first, n) = self.bucket(hash)?;
        let at = first + place(self.fingerprints.get(first..)?, n, hash as u16)?;
        self.values.get(at * self.width..(at + 1) * self.width)
    }

    /// Calls `found` with the number of each of `hashes` under which there is a value, in order, and with the value. The table
    /// is larger than what a processor keeps at hand, so a look-up waits for memory; of several side by side, with no question
    /// between them, all wait at once.
    pub fn get_each(&self, hashes: &[u64], mut found: impl FnMut(usize, &'a [u8])) {
        for (n, hashes) in hashes.chunks(AT_ONCE).enumerate() {
            let mut buckets: [&[[u8; 2]]; AT_ONCE] = [&[]; AT_ONCE];
            for (entries, &hash) in buckets.iter_mut().zip(hashes) {
                let (first, n) = self.bucket(hash).unwrap_or_default();
                *entries = self.fingerprints.get(first..first + n.max(COMPARED)).unwrap_or_default();
            }
            let mut may_be = [true; AT_ONCE];
            for ((may_be, entries), &hash) in may_be.iter_mut().zip(buckets).zip(hashes) {
                if let Some(compared) = entries.first_chunk() {
                    *may_be = holds(compared, hash as u16) || entries.len() > COMPARED;
                }
            }
            for (at, &hash) in hashes.iter().enumerate().filter(|(at, _)| may_be[*at]) {
                if let Some(value) = self.get(hash) {
                    found(n * AT_ONCE + at, value);
                }
            }
        }
    }

    /// Where the entries of the bucket of `hash` begin, and how many there are.
    fn bucket(&self, hash: u64) -> Option<(usize, usize)> {
        let bucket = bucket(hash, self.bits);
        let [first, end] = *self.offsets.get(bucket..)?.first_chunk()?;
        let (first, end) = (u32::from_le_bytes(first) as usize, u32::from_le_bytes(end) as usize);
        Some((first, self.fingerprints.get(first..end)?.len()))
    }
}

/// So many look-ups are made side by side: about as many as a processor waits for.
const AT_ONCE: usize = 16;
/// Entries that are compared at once: most buckets have no more.
const COMPARED: usize = 16;

/// Where `fingerprint` stands among the first `n` of `entries`. Nobody foresees how a search goes on, so sixteen are compared
/// at once, and what stands behind the first `n` in vain: that takes two thirds of the time.
#[inline]
fn place(entries: &[[u8; 2]], n: usize, fingerprint: u16) -> Option<usize> {
    for start in (0..n).step_by(COMPARED) {
        let Some(compared) = entries[start..].first_chunk::<COMPARED>() else {
            let last = entries[start..n].iter().position(|entry| *entry == fingerprint.to_le_bytes());
            return last.map(|at| start + at);
        };
        if holds(compared, fingerprint) {
            let bit = |n: usize| u16::from(u16::from_le_bytes(compared[n]) == fingerprint) << n;
            let bits = (0..COMPARED).fold(0, |bits, n| bits | bit(n));
            let at = start + bits.trailing_zeros() as usize;
            return (at < n).then_some(at);
        }
    }
    None
}

/// Whether `fingerprint` is among `entries`; without a way out in between, so that they are compared side by side.
#[inline]
fn holds(entries: &[[u8; 2]; COMPARED], fingerprint: u16) -> bool {
    entries.iter().fold(false, |any, entry| any | (u16::from_le_bytes(*entry) == fingerprint))
}

/// Writes a table of `entries`, whose values have `width` bytes each; within a bucket they stand in the order of their
/// fingerprints. Of entries that cannot be told apart the first stays. The result depends on the entries alone.
pub fn build(entries: &[(u64, Vec<u8>)], width: usize) -> Vec<u8> {
    let bits = (entries.len() / ENTRIES_PER_BUCKET).max(1).ilog2();
    let mut sorted: Vec<_> = entries.iter().map(|(hash, value)| (bucket(*hash, bits), *hash as u16, value)).collect();
    sorted.sort();
    sorted.dedup_by_key(|entry| (entry.0, entry.1));
    let mut data = Vec::new();
    for field in [bits, sorted.len() as u32, width as u32] {
        data.extend(field.to_le_bytes());
    }
    for bucket in 0..=1_usize << bits {
        data.extend((sorted.partition_point(|entry| entry.0 < bucket) as u32).to_le_bytes());
    }
    for entry in &sorted {
        data.extend(entry.1.to_le_bytes());
    }
    for entry in &sorted {
        data.extend(entry.2);
    }
    data
}

/// The hash of a string of characters under `seed`.
pub fn hash(seed: u64, chars: impl IntoIterator<Item = char>) -> u64 {
    let mut hash = Hash::new(seed);
    for c in chars {
        hash.push(c);
    }
    hash.finish()
}

/// A hash that grows by one character at a time: the words that begin at one place are hashed in one go.
#[derive(Clone, Copy, Debug)]
pub struct Hash(u64);

impl Hash {
    /// The hash of the empty string under `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(0x9e37_79b9_7f4a_7c15))
    }

    /// Adds a character.
    #[inline]
    pub fn push(&mut self, c: char) {
        let mixed = (self.0 ^ u64::from(u32::from(c))).wrapping_mul(0xff51_afd7_ed55_8ccd);
        self.0 = mixed ^ (mixed >> 32);
    }

    /// The hash of what was added.
    pub const fn finish(self) -> u64 {
        let hash = self.0.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^ (hash >> 29)
    }
}

/// So many entries share a bucket: its 4 bytes are then little beside theirs, and a look-up stays within a cache
/// line or two.
const ENTRIES_PER_BUCKET: usize = 8;

const fn bucket(hash: u64, bits: u32) -> usize {
    if bits == 0 { 0 } else { (hash >> (64 - bits)) as usize }
}

fn read_u32(data: &[u8], at: usize) -> u32 {
    data.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in() {
        let key = |n: u32| hash(1, n.to_string().chars());
        for n_entries in [1, 7, 1000, 60_000] {
            let entries: Vec<_> = (0..n_entries).map(|n| (key(n), vec![n as u8, (n >> 8) as u8])).collect();
            let data = build(&entries, 2);
            let table = Table::new(&data);
            let right = (0..n_entries).filter(|&n| table.get(key(n)) == Some(&[n as u8, (n >> 8) as u8][..])).count();
            assert!(right as u32 >= n_entries - n_entries / 1000, "{right}");
            let keys: Vec<u64> = (0..3 * n_entries).map(key).collect();
            let mut each = vec![None; keys.len()];
            table.get_each(&keys, |n, value| each[n] = Some(value));
            assert!(keys.iter().zip(each).all(|(key, value)| table.get(*key) == value));
            let wrong = (n_entries..3 * n_entries).filter(|&n| table.get(key(n)).is_some()).count();
            assert!(wrong as u32 <= n_entries / 200, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_table_is_empty() {
        for data in [&b""[..], b"nonsense", &[255; 64]] {
            assert_eq!(Table::new(data).get(hash(0, "甲".chars())), None);
        }
    }
}
