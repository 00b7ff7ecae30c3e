//! Which blocks share rare numbers: the step that keeps the comparison of paragraphs linear.

/// Bits of the filter for every number that is entered: one number in thirty-two looks repeated and is not.
const BITS_PER_NUMBER: usize = 32;

/// The numbers that are entered more than once, with their places, sorted. A few that are entered once are among
/// them. Time and memory are linear: two passes over a bit map, and a sort of what is left.
pub(super) fn repeated(numbers: impl Iterator<Item = (u32, u32)> + Clone, count: usize) -> Vec<(u32, u32)> {
    let bits = (count * BITS_PER_NUMBER).next_power_of_two().max(64);
    let shift = u64::BITS - bits.ilog2();
    let place = |number: u32| {
        let bit = (u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize;
        (bit / 64, 1_u64 << (bit % 64))
    };
    let mut once = vec![0_u64; bits / 64];
    let mut twice = vec![0_u64; bits / 64];
    let mut any = false;
    for (number, _) in numbers.clone() {
        let (word, bit) = place(number);
        if once[word] & bit != 0 {
            twice[word] |= bit;
            any = true;
        }
        once[word] |= bit;
    }
    if !any {
        return Vec::new();
    }
    let mut found: Vec<(u32, u32)> = numbers
        .filter(|&(number, _)| {
            let (word, bit) = place(number);
            twice[word] & bit != 0
        })
        .collect();
    // As one word each, they are compared without a branch.
    found.sort_unstable_by_key(|&(number, place)| u64::from(number) << 32 | u64::from(place));
    found
}
