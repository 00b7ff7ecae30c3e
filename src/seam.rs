//! Seams: the places where a sentence stops without ending, and where it goes on.

/// What became of a sentence that was cut.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SeamKind {
    /// The next block of text goes on with it.
    Adjacent,
    /// A block further away goes on with it.
    Displaced,
    /// Nothing on the page goes on with it.
    Truncated,
    /// It begins in mid-sentence, and its beginning is nowhere.
    Orphan,
    /// A heading set on two lines.
    Heading,
}

/// A place where a sentence was cut.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seam {
    /// What became of the sentence.
    pub kind: SeamKind,
    /// Index of the block that is cut off; none for an orphan.
    pub tail: Option<usize>,
    /// Index of the block that goes on; none for a truncated one.
    pub head: Option<usize>,
    /// Bytes at the start of the head that repeat the end of the tail and go when the two are joined.
    pub repeated: usize,
    /// Probability that the sentence was cut here and goes on there, calibrated on pages with known seams.
    pub confidence: f32,
}
