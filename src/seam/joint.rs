//! The joint model: whether what stands before a place and what stands behind it make one sentence, by the words on both
//! sides, their parts of speech, the particles that wait for something (把, 在, 是), and the lengths of the two clauses.
//!
//! The character model reads four characters at a time; of a page that was cut between two words it says little. This is a
//! logistic regression over pieces that hold something of both sides, fitted by `examples/train-seams` on places between two
//! words of a sentence, each beside what other sentences go on or begin with. Within a word it is not asked: what parts a
//! word is seen without it. [`super::edge`] judges one side by itself.

use super::edge::{self, mix};
use super::lexicon::Word;
use crate::zh::Set;

/// Cells of the regression; a piece of evidence is known by its hash.
pub const N_CELLS: usize = 1 << 18;
/// Words on either side that count.
const WORDS: usize = 3;
/// Particles that count: the last ones of the clause before the place, the first ones of the clause behind it.
const WAITING: usize = 3;
const ANSWERING: usize = 2;
/// Pieces without a particle, and all.
const N_OF_WORDS: usize = 20;
const N_PIECES: usize = N_OF_WORDS + WAITING * N_OF_PARTICLE;
/// Pieces of each particle.
const N_OF_PARTICLE: usize = 4 + ANSWERING;

/// Particles that want something behind them: coverbs, conjunctions, adverbs, modal verbs.
static PARTICLES: Set =
    Set::new("把将被对向在从由让使为给与和同跟以用按据当因是如若虽但不只有更越就才都也还要会能可所之");
/// Those that follow a verb.
static ASPECTS: Set = Set::new("了着过的地得");

/// The weights of the regression.
#[derive(Clone, Copy, Debug)]
pub struct Joints<'a> {
    weights: &'a [u8],
}

/// What stands before a place.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Before {
    side: Side,
    /// The last particles of its last clause, the last one first.
    particles: [char; WAITING],
}

/// What stands behind a place.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Behind {
    side: Side,
    /// The first particles of its first clause, in order.
    particles: [char; ANSWERING],
    /// The last character of that clause.
    last: char,
}

/// What either side shows, from the place outwards.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Side {
    /// Hashes of the words.
    words: [u64; WORDS],
    /// Their parts of speech.
    classes: [u64; WORDS],
    /// The next mark.
    mark: char,
    /// Characters to the mark.
    distance: u64,
}

/// What a place shows, each piece as the hash of what it is.
pub type Cells = [u32; N_PIECES];

impl<'a> Joints<'a> {
    /// Reads what the trainer wrote: a signed byte a cell, in [`edge::STEPS_PER_NAT`].
    pub const fn new(weights: &'a [u8]) -> Self {
        Self { weights }
    }

    /// Log-odds that the two make one sentence, and are no texts that chance put side by side.
    pub fn logit(&self, before: &Before, behind: &Behind) -> f32 {
        edge::sum(self.weights, cells(before, behind).into_iter().map(|cell| cell as usize))
    }
}

/// What `ending` shows; `words` are those of its [`edge::last`] characters.
pub fn before(ending: &[char], words: &[Word]) -> Before {
    let clause = ending.iter().rev().take_while(|c| !"，；：。！？".contains(**c));
    let particles = leading(clause.filter(|c| PARTICLES.contains(**c)));
    Before { side: Side::new(edge::last(ending), words.iter().rev(), edge::mark_before(ending)), particles }
}

/// What `opening` shows; `words` are those of its first characters.
pub fn behind(opening: &[char], words: &[Word]) -> Behind {
    let mark = edge::mark_behind(opening);
    let clause = &opening[..mark.map_or(opening.len().min(edge::SHOWN), |(at, _)| at)];
    let particles = leading(clause.iter().filter(|c| PARTICLES.contains(**c) || ASPECTS.contains(**c)));
    let last = mark.and_then(|_| clause.last()).copied().unwrap_or_default();
    Behind { side: Side::new(opening, words.iter(), mark), particles, last }
}

fn leading<'c, const N: usize>(chars: impl Iterator<Item = &'c char>) -> [char; N] {
    let mut first = ['\0'; N];
    first.iter_mut().zip(chars).for_each(|(first, c)| *first = *c);
    first
}

impl Side {
    /// `words` stand in `read`, the one next to the place first.
    fn new<'w>(read: &[char], words: impl Iterator<Item = &'w Word>, mark: Option<(usize, char)>) -> Self {
        let (distance, mark) = mark.unwrap_or((edge::SHOWN, '\0'));
        let mut side = Self { mark, distance: distance as u64, ..Self::default() };
        for ((hash, class), word) in side.words.iter_mut().zip(&mut side.classes).zip(words) {
            *hash = read[word.start..word.start + word.chars].iter().fold(1, |hash, c| mix(hash, code(*c)));
            *class = edge::class(word);
        }
        side
    }
}

fn code(c: char) -> u64 {
    u64::from(u32::from(c))
}

/// What a place between `before` and `behind` shows.
pub fn cells(before: &Before, behind: &Behind) -> Cells {
    let (ours, theirs) = (&before.side, &behind.side);
    let ([w1, w2, _], [v1, v2, _]) = (ours.words, theirs.words);
    let ([a1, a2, a3], [b1, b2, b3]) = (ours.classes, theirs.classes);
    let [mark, next_mark, last] = [ours.mark, theirs.mark, behind.last].map(code);
    let near = |distance: u64| if distance < 4 { distance } else { distance / 4 + 3 };
    let (far, next_far) = (near(ours.distance), near(theirs.distance));
    let whole = (ours.distance + theirs.distance).min(LONGEST_CLAUSE) / 3;
    let of_words: [[u64; 4]; N_OF_WORDS] = [
        [0, 0, 0, 0],
        [w1, v1, 0, 0],
        [w1, b1, 0, 0],
        [a1, v1, 0, 0],
        [a1, b1, 0, 0],
        [a2, a1, b1, 0],
        [a1, b1, b2, 0],
        [a2, a1, b1, b2],
        [w2, a1, b1, 0],
        [a1, b1, v2, 0],
        [w1, b1, b2, 0],
        [a2, a1, v1, 0],
        [mark, next_mark, far, next_far],
        [mark, next_mark, whole, 0],
        [w1, next_mark, next_far, 0],
        [a1, next_mark, next_far, 0],
        [mark, far, b1, 0],
        [a3, a2, a1, b1],
        [a1, b1, b2, b3],
        [w1, w2, b1, 0],
    ];
    let of_particle = |particle: char| {
        let particle = code(particle);
        let [first, second] = behind.particles.map(code);
        [
            [particle, b1, 0, 0],
            [particle, v1, 0, 0],
            [particle, b1, b2, 0],
            [particle, last, next_mark, 0],
            [particle, first, 0, 0],
            [particle, second, 0, 0],
        ]
    };
    // Which of the particles it is does not matter.
    let of_particles = before.particles.into_iter().flat_map(|particle| (N_OF_WORDS..).zip(of_particle(particle)));
    let mut cells = [0; N_PIECES];
    for (cell, (kind, piece)) in cells.iter_mut().zip((0..).zip(of_words).chain(of_particles)) {
        let hash = piece.into_iter().fold(edge::kind(kind as u64), mix);
        *cell = (hash >> 24) as u32 % N_CELLS as u32;
    }
    cells
}

/// Clauses of more characters are all alike.
const LONGEST_CLAUSE: u64 = 60;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seam::Model;
    use crate::seam::facts::Facts;
    use crate::shape::shape;

    fn sides(before: &str, behind: &str) -> (Before, Behind) {
        let model = Model::shipped();
        let facts = |text: &str| Facts::new(text, &shape(text));
        (facts(before).end(model).before, facts(behind).first_words(model).behind)
    }

    fn logit(before: &str, behind: &str) -> f32 {
        let (before, behind) = sides(before, behind);
        Model::shipped().joints.logit(&before, &behind)
    }

    #[test]
    fn tells_what_goes_on_from_what_another_sentence_goes_on_with() {
        for (before, behind, other) in [
            ("师傅们把收上来的旧零件一件件", "擦干净，码进柜子。", "的会议上，代表们纷纷发言。"),
            ("他把自己攒下的三千元", "捐给了灾区。", "是一名退休教师。"),
            ("这项工作得到了", "群众的好评。", "说，他们很高兴。"),
            ("工会主席对一线职工的安全", "十分关心，常到车间看望。", "把水管修好了。"),
        ] {
            assert!(logit(before, behind) > logit(before, other), "{before} ¶ {behind}");
        }
    }

    #[test]
    fn what_a_place_shows_has_its_cells() {
        for (before, behind) in
            [("", ""), ("，", "。"), ("a", "的"), ("“", "”"), ("职工的安全", "十分关心，常到车间。")]
        {
            let (before, behind) = sides(before, behind);
            assert!(cells(&before, &behind).iter().all(|cell| (*cell as usize) < N_CELLS), "{before:?} ¶ {behind:?}");
        }
    }
}
