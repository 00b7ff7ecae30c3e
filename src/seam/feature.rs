//! The evidence: what the model looks at, one line each.
//!
//! A feature has one or more cells; a cell holds a number, most of the time 0. Weights belong to cells (see
//! `weights.tsv`). Measured quantities are spread over cells between knots (`ramp`), so that a linear model can
//! bend them.

/// A sparse vector of cells.
#[derive(Clone, PartialEq, Debug)]
pub struct Evidence {
    /// Cells that are not 0.
    pub cells: Vec<(u16, f32)>,
}

/// Cells that most evidence stays below: room for them is made at once.
const MOST_CELLS: usize = 48;

impl Default for Evidence {
    fn default() -> Self {
        Self { cells: Vec::with_capacity(MOST_CELLS) }
    }
}

impl Evidence {
    /// Puts `value` into cell `n` of `feature`.
    #[inline]
    pub fn set(&mut self, feature: Feature, n: usize, value: f32) {
        debug_assert!(n < feature.n_cells(), "{feature:?} has no cell {n}");
        if value != 0.0 && n < feature.n_cells() {
            self.cells.push(((feature.first_cell() + n) as u16, value));
        }
    }

    /// All of it but `feature`.
    #[must_use]
    pub fn without(mut self, feature: Feature) -> Self {
        let cells = feature.first_cell()..feature.first_cell() + feature.n_cells();
        self.cells.retain(|(cell, _)| !cells.contains(&usize::from(*cell)));
        self
    }

    /// Puts 1 into cell `n` of `feature` when `is`.
    #[inline]
    pub fn flag(&mut self, feature: Feature, n: usize, is: bool) {
        if is {
            self.set(feature, n, 1.0);
        }
    }

    /// Spreads `value` over the two cells of `feature` whose knots it lies between, from cell `first` on: one cell a
    /// knot, beyond the outer knots all in the outer cell.
    #[inline]
    pub fn ramp<const KNOTS: usize>(&mut self, feature: Feature, first: usize, value: f32, knots: &[f32; KNOTS]) {
        // They are few and their number is known: counting all is faster than a search.
        let above: u32 = knots.iter().map(|knot| u32::from(*knot <= value)).sum();
        let above = above as usize;
        if above == 0 {
            self.set(feature, first, 1.0);
        } else if above == knots.len() {
            self.set(feature, first + above - 1, 1.0);
        } else {
            let share = (value - knots[above - 1]) / (knots[above] - knots[above - 1]);
            self.set(feature, first + above - 1, 1.0 - share);
            self.set(feature, first + above, share);
        }
    }
}

macro_rules! features {
    ($($name:ident $cells:literal $explanation:literal,)*) => {
        /// A kind of evidence.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Feature { $(#[doc = $explanation] $name,)* }

        impl Feature {
            /// Every feature, in the order of their cells.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its name in the table of weights.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// What it looks at.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$name => $explanation,)* }
            }

            /// How many cells it has.
            pub const fn n_cells(self) -> usize {
                FIRST_CELLS[self as usize + 1] - FIRST_CELLS[self as usize]
            }

            /// Its first cell.
            pub const fn first_cell(self) -> usize {
                FIRST_CELLS[self as usize]
            }
        }

        const N_FEATURES: usize = [$($cells,)*].len();
        const FIRST_CELLS: [usize; N_FEATURES + 1] = {
            let sizes: [usize; N_FEATURES] = [$($cells,)*];
            let mut first = [0; N_FEATURES + 1];
            let mut n = 0;
            while n < N_FEATURES {
                first[n + 1] = first[n] + sizes[n];
                n += 1;
            }
            first
        };
        /// How many cells there are.
        pub const N_CELLS: usize = FIRST_CELLS[N_FEATURES];
    };
}

features! {
    Bias 1 "always 1",
    TailLength 28 "length of the tail; the second half of the cells where it holds the end of a sentence",
    TailInnerStops 4 "ends of sentences in the tail: none, one, two, more",
    TailCommas 6 "commas in the tail: none, one, more; the second half where it holds the end of a sentence",
    TailLastClause 30 "characters since the last comma or stop: of a lone line, after a comma, after a stop",
    TailEnd 32 "class of the tail's last character; the second half where it holds the end of a sentence",
    TailEndModel 24 "how likely the character model finds it that a text ends here; third by kind: lone line, one with commas, one with stops",
    TailStopModel 30 "how likely the character model finds it that a sentence ends here; third by kind as before",
    TailClauseModel 30 "how likely the character model finds it that a clause ends here; third by kind as before",
    TailLeftOpen 3 "quotation, title mark, bracket left open in the tail",
    TailIndent 3 "page indents and the tail is indented; page indents and it is not; page does not and it is",
    TailMark 3 "the tail carries a heading mark; a list mark; the page marks its headings and the tail, which holds no end of a sentence, carries none",
    TailNumbered 9 "the tail is numbered: a cell for each style of numbers",
    TailLead 1 "the tail begins like a report",
    TailOpens 2 "the tail begins as only a sentence does, with a time or a turn and a comma; the second cell where it holds the end of a sentence",
    TailLook 12 "the tail looks like something else than text: a cell for each look",
    TailSurname 1 "the tail ends in a surname that is no part of a word",
    TailSpaced 2 "blanks set phrases of the tail apart, which holds no end of a sentence; the same in a short one",
    TailReading 10 "how well the tail's last characters read as words",
    HeadLength 20 "length of the head; the second half where it is closed",
    HeadInnerStops 3 "ends of sentences in the head: none, one, more",
    HeadCommas 3 "commas in the head: none, one, more",
    HeadStart 16 "class of the head's first character",
    HeadNoStart 1 "the head begins with what never begins a line: a comma, a stop, a closing quote or bracket, a per cent sign",
    HeadStartModel 24 "how much likelier the character model finds the head's first characters at the start of a text than in its middle; the second half where the head is closed",
    HeadStartAlone 10 "how likely the character model finds it that a text starts with the head's first two characters",
    HeadClause 24 "how much likelier the character model finds the head's first characters at the start of a clause than within one; the second half where the head is closed",
    HeadSentence 24 "how much likelier the character model finds the head's first characters at the start of a sentence than within one; the second half where the head is closed",
    HeadWord 21 "how common the head's first word is: of one, of two, of more characters",
    TailWord 21 "how common the tail's last word is: of one, of two, of more characters",
    HeadEdge 20 "log-odds of the edge model that a sentence starts with the head's first words; the second half where the head is closed",
    HeadChars 20 "what the head's first three characters add to the log-odds of the edge model; the second half where the head is closed",
    TailEdge 30 "log-odds of the edge model that a clause ends with the tail's last words; third by kind as before",
    HeadFirstBreak 32 "characters before the head's first punctuation: a comma or the like, an enumeration comma, the end of a sentence; none at all",
    HeadIndent 3 "page indents and the head is indented; page indents and it is not; page does not and it is",
    HeadMark 2 "the head carries a heading mark; a list mark",
    HeadNumbered 9 "the head is numbered: a cell for each style of numbers",
    HeadLead 1 "the head begins like a report",
    HeadOpens 1 "the head begins as only a sentence does, with a time or a turn and a comma",
    HeadLook 12 "the head looks like something else than text: a cell for each look",
    HeadClosesUnopened 3 "quotation, title mark, bracket closed in the head that it does not open",
    HeadFirstClause 10 "characters before the head's first comma or stop",
    Gain1 10 "how much likelier the head's first character is after the tail than at the start of a text",
    Gain3 12 "the same of its first three characters",
    Gain6 12 "the same of its first six characters",
    GainEnd 14 "the same of the first six, and the tail does not end",
    Known 7 "n-grams across the seam that the character model knows: 1|1, 2|1, 1|2, 3|1, 2|2, 1|3; all three of the last",
    Reading 14 "how much better the words read when one may cross a seam between Hanzi",
    Straddling 8 "longest word across a seam between Hanzi: none, two, three, four, more characters; of more than two with one, with more in the tail; with one character on either side",
    SeamClasses 36 "class of the tail's last character by class of the head's first: Han, figure or letter, comma, closing, opening, other",
    QuoteAcross 3 "the tail leaves open what the head closes; the tail leaves open and the head does not close; the head closes what the tail does not leave open",
    Joint 36 "log-odds of the joint model that the two make one sentence, where no word crosses the seam; third by kind as before",
    Repeated 3 "the head begins with the tail's last character; with its last two; with the last, and both may belong there",
    GainForm 36 "as Gain6, of a lone line, of one with commas, of one with stops",
    NameAcross 5 "the tail ends in a surname and the head goes on like the name of one who speaks; the tail ends in a surname and the head in a name's length before a comma; the head alone goes on so; the tail ends in an office; both",
    TakenUp 24 "share of the tail's pairs of characters that the head takes up: in a lone line of up to 12, up to 30, more characters; in one with commas or stops",
    SharedRare 4 "pairs of characters that both share and the character model does not know",
    Shared 6 "rare pairs of characters that both share",
    Shape 72 "length of the tail by stops in it by length of the head by whether that is closed",
    IndentPair 4 "on a page that indents: both, the tail alone, the head alone, none indented",
    Parallel 3 "both numbered alike; both begin with the same two characters; both end alike",
    Gap 4 "blank lines between the two: as many as usual, more, fewer; something stands between",
    BeforeTail 5 "before the tail stands: nothing, a closed block, a short open one, a long open one, a byline",
    AfterHead 5 "after the head stands: nothing, a closed block, a short open one, a long open one, a byline",
    NextOfTail 16 "the block after an open one: closed or not, short or long, page indents and it is indented or not",
    LogitPair 9 "second stage: score of the two as neighbours",
    LogitAny 9 "second stage: score of the two wherever they stand",
    LogitOpen 9 "second stage: score of the tail as left open; of a lone tail, without what stands around it",
    LogitStart 9 "second stage: score of the head as starting in mid-sentence; of a lone head, without what stands around it",
    MarginHead 9 "second stage: lead over the best other head for this tail",
    MarginTail 9 "second stage: lead over the best other tail for this head",
    PageWords 5 "second stage: what straddles the seam stands whole elsewhere on the page: two characters, 2|1, 1|2, 2|2; none of them",
    Topic 24 "second stage: rare pairs of characters that the head shares with the tail and what stands around it; with what stands around itself; how many more with the former",
    Distance 16 "second stage: blocks from tail to head; the second half where the head stands before the tail",
    Broken 18 "second stage: score of the neighbours that the join would part: tail and its next; head and the one before",
    BestPair 9 "second stage: best score as a neighbour of the same block",
    BestAny 9 "second stage: best score with any block",
    Alone 6 "second stage: the block is: first of the page, last of the page; the block before is closed, open; the block after is closed, open",
    BeginsAlike 3 "second stage: a block near by begins with the same two characters; both begin with a sentence of a few characters; neither",
    PageStarts 8 "second stage: the first two characters stand elsewhere on the page: where something begins; behind a Hanzi; behind the same one twice; nowhere; the same of the first three",
    PageEnds 8 "second stage: the last two characters stand elsewhere on the page: where something ends; before a Hanzi; before the same one twice; nowhere; the same of the last three",
    BeforeHead 12 "the block before one that starts in mid-sentence: nothing, closed, short open, long open; by whether the page indents and it is indented",
}

impl Feature {
    /// The feature called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|feature| feature.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ramps_lie_between_knots() {
        let cells = |value| {
            let mut evidence = Evidence::default();
            evidence.ramp(Feature::Gain1, 2, value, &[0.0, 2.0, 4.0]);
            let first = Feature::Gain1.first_cell() as u16;
            evidence.cells.iter().map(|(n, value)| (n - first, *value)).collect::<Vec<_>>()
        };
        assert_eq!(cells(-1.0), [(2, 1.0)]);
        assert_eq!(cells(0.5), [(2, 0.75), (3, 0.25)]);
        assert_eq!(cells(9.0), [(4, 1.0)]);
    }
}
