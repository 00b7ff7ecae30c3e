//! Alignment: how far two texts go on alike, with scattered errors between them.
//!
//! The method is the greedy alignment of Zhang, Schwartz, Wagner and Miller (2000): by number of errors, the furthest
//! point that each diagonal reaches, given up where the errors grow denser than a score allows. Its time grows with
//! the length of what is alike and with the square of the errors in a window of bounded size, never with the product
//! of the two lengths.

use std::ops::Range;

/// What an error costs, in half characters: an agreeing pair earns two, so a stretch with an error in fewer than
/// four characters is not worth going on with. Two copies with five errors in a hundred characters each stay at one
/// in ten.
const ERROR_COST: i64 = 8;
/// How far the score may fall below its best before the search ends: seven errors in a row end it, six characters
/// missing on one side do not.
const MOST_FALL: i64 = 46;
/// Errors in a window; then the best point so far is taken for settled and the search starts anew from there.
const WINDOW_ERRORS: usize = 96;

/// Characters that are had piece by piece: the text may be longer than anyone will look at.
pub(super) trait Chars {
    /// What has been had so far, from the beginning.
    fn had(&self) -> &[char];

    /// Has some more; false where there is none.
    fn more(&mut self) -> bool;

    /// Whether there is a character at `at`.
    fn reaches(&mut self, at: usize) -> bool {
        while at >= self.had().len() {
            if !self.more() {
                return false;
            }
        }
        true
    }
}

impl Chars for &[char] {
    fn had(&self) -> &[char] {
        self
    }

    fn more(&mut self) -> bool {
        false
    }
}

/// A difference between two texts: a character against another, or against nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Edit {
    /// Position in the first text.
    pub a: usize,
    /// Position in the second text.
    pub b: usize,
    /// The character of the first text that differs or is missing in the second.
    pub in_a: Option<char>,
    /// The character of the second text that differs or is missing in the first.
    pub in_b: Option<char>,
}

/// How far two texts go on alike.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Stretch {
    /// Characters of the first text.
    pub a: usize,
    /// Characters of the second text.
    pub b: usize,
    /// The differences in between, in order.
    pub edits: Vec<Edit>,
}

/// Follows `a` and `b` from their beginnings as far as they are alike.
pub(super) fn extend(a: &mut impl Chars, b: &mut impl Chars) -> Stretch {
    let mut stretch = Stretch::default();
    while !(Window { from_a: stretch.a, from_b: stretch.b, a, b }).settle(&mut stretch) {}
    stretch
}

/// The furthest points in `a` that each number of errors reached.
struct Waves {
    /// One wave after the other, one point for each diagonal (position in `a` less position in `b`) from the lowest on;
    /// `UNREACHED` where the search was given up.
    furthest: Vec<i64>,
    /// Of each wave its lowest diagonal and its points.
    waves: Vec<(i64, Range<usize>)>,
}

const UNREACHED: i64 = i64::MIN / 2;

/// Points and waves that most comparisons stay below: room for them is made at once.
const MOST_POINTS: usize = 128;
const MOST_WAVES: usize = 16;

impl Waves {
    /// The wave without an error, which reached `start`.
    fn from(start: i64) -> Self {
        let (mut furthest, mut waves) = (Vec::with_capacity(MOST_POINTS), Vec::with_capacity(MOST_WAVES));
        furthest.push(start);
        waves.push((0, 0..1));
        Self { furthest, waves }
    }

    /// The furthest point on `diagonal` with `n_errors` errors.
    fn at(&self, n_errors: usize, diagonal: i64) -> i64 {
        self.wave(n_errors).at(diagonal)
    }

    /// The wave with `n_errors` errors.
    #[inline]
    fn wave(&self, n_errors: usize) -> Wave<'_> {
        let (low, points) = &self.waves[n_errors];
        Wave { low: *low, furthest: &self.furthest[points.clone()] }
    }

    /// Ends the wave under way, whose points from `first` on begin at diagonal `low`; false if it reached nothing.
    fn end(&mut self, low: i64, first: usize) -> bool {
        let Some(last) = self.furthest[first..].iter().rposition(|&x| x != UNREACHED) else { return false };
        self.furthest.truncate(first + last + 1);
        let unreached = self.furthest[first..].iter().take_while(|&&x| x == UNREACHED).count();
        self.waves.push((low + unreached as i64, first + unreached..self.furthest.len()));
        true
    }
}

/// One wave: the furthest points from the lowest diagonal on.
struct Wave<'a> {
    low: i64,
    furthest: &'a [i64],
}

impl Wave<'_> {
    /// The furthest point on `diagonal`.
    #[inline]
    fn at(&self, diagonal: i64) -> i64 {
        // A diagonal below the lowest becomes a number beyond any.
        self.furthest.get(diagonal.wrapping_sub(self.low) as usize).copied().unwrap_or(UNREACHED)
    }
}

/// A step over one error onto a diagonal: what it takes from `a`, from `b`, and the diagonal it comes from.
const STEPS: [(i64, i64); 3] = [(1, 1), (1, 0), (0, 1)];

/// The two texts from where the stretch is settled.
struct Window<'a, A, B> {
    from_a: usize,
    from_b: usize,
    a: &'a mut A,
    b: &'a mut B,
}

impl<A: Chars, B: Chars> Window<'_, A, B> {
    /// Extends `stretch` by what [`WINDOW_ERRORS`] errors reach; true if the texts part there.
    fn settle(&mut self, stretch: &mut Stretch) -> bool {
        let start = self.slide(0, 0);
        let mut waves = Waves::from(start);
        // Score, number of errors and diagonal of the best point.
        let mut best = (2 * start, 0_usize, 0_i64);
        while waves.waves.len() <= WINDOW_ERRORS && self.advance(&mut waves, &mut best) {}
        let parted = waves.waves.len() <= WINDOW_ERRORS;
        let (_, n_errors, diagonal) = best;
        let end = waves.at(n_errors, diagonal);
        self.trace(&waves, n_errors, diagonal, stretch);
        stretch.a += end as usize;
        stretch.b += (end - diagonal) as usize;
        parted || end == 0
    }

    /// Adds the points that one more error reaches; false if nothing is worth going on with.
    fn advance(&mut self, waves: &mut Waves, best: &mut (i64, usize, i64)) -> bool {
        let n_errors = waves.waves.len();
        let (low, points) = waves.waves[n_errors - 1].clone();
        let (low, high, first) = (low - 1, low + points.len() as i64, waves.furthest.len());
        for diagonal in low..=high {
            let Some((_, x)) = self.step(waves, n_errors - 1, diagonal) else {
                waves.furthest.push(UNREACHED);
                continue;
            };
            let x = self.slide(diagonal, x);
            let score = 2 * x - diagonal - ERROR_COST * n_errors as i64;
            if score > best.0 {
                *best = (score, n_errors, diagonal);
            }
            waves.furthest.push(if score < best.0 - MOST_FALL { UNREACHED } else { x });
        }
        waves.end(low, first)
    }

    /// The step from a point with `n_errors` onto `diagonal` that gets furthest, and how far.
    #[inline]
    fn step(&mut self, waves: &Waves, n_errors: usize, diagonal: i64) -> Option<((i64, i64), i64)> {
        let (mut furthest, wave) = (None, waves.wave(n_errors));
        for (in_a, in_b) in STEPS {
            let x = wave.at(diagonal - in_a + in_b) + in_a;
            let y = x - diagonal;
            if x >= in_a
                && y >= in_b
                && furthest.is_none_or(|(_, best)| x > best)
                && (in_a == 0 || self.a.reaches(self.from_a + x as usize - 1))
                && (in_b == 0 || self.b.reaches(self.from_b + y as usize - 1))
            {
                furthest = Some(((in_a, in_b), x));
            }
        }
        furthest
    }

    /// How far `diagonal` goes on without an error from position `x` of `a`.
    #[inline]
    fn slide(&mut self, diagonal: i64, mut x: i64) -> i64 {
        loop {
            let (at_a, at_b) = (self.from_a + x as usize, self.from_b + (x - diagonal) as usize);
            if !(self.a.reaches(at_a) && self.b.reaches(at_b)) {
                return x;
            }
            let (a, b) = (&self.a.had()[at_a..], &self.b.had()[at_b..]);
            let alike = a.iter().zip(b).take_while(|(a, b)| a == b).count();
            x += alike as i64;
            if alike < a.len().min(b.len()) {
                return x;
            }
        }
    }

    /// Adds the errors on the way to the point with `n_errors` on `diagonal`.
    fn trace(&mut self, waves: &Waves, n_errors: usize, mut diagonal: i64, stretch: &mut Stretch) {
        let settled = stretch.edits.len();
        for n_errors in (0..n_errors).rev() {
            let Some(((in_a, in_b), x)) = self.step(waves, n_errors, diagonal) else { break };
            let (a, b) = (x - in_a, x - diagonal - in_b);
            stretch.edits.push(Edit {
                a: self.from_a + a as usize,
                b: self.from_b + b as usize,
                in_a: if in_a == 1 { self.char_a(a) } else { None },
                in_b: if in_b == 1 { self.char_b(b) } else { None },
            });
            diagonal += in_b - in_a;
        }
        stretch.edits[settled..].reverse();
    }

    fn char_a(&self, at: i64) -> Option<char> {
        self.a.had().get(self.from_a + at as usize).copied()
    }

    fn char_b(&self, at: i64) -> Option<char> {
        self.b.had().get(self.from_b + at as usize).copied()
    }
}

/// The differences of two short texts from end to end; the time is the product of their lengths.
pub(super) fn between(a: &[char], b: &[char]) -> Vec<Edit> {
    // least[x][y]: edits from a[x..] to b[y..].
    let mut least = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for x in (0..=a.len()).rev() {
        for y in (0..=b.len()).rev() {
            least[x][y] = match (a.get(x), b.get(y)) {
                (None, _) => b.len() - y,
                (_, None) => a.len() - x,
                (Some(in_a), Some(in_b)) => {
                    (usize::from(in_a != in_b) + least[x + 1][y + 1]).min(1 + least[x + 1][y]).min(1 + least[x][y + 1])
                }
            };
        }
    }
    let (mut x, mut y) = (0, 0);
    let mut edits = Vec::new();
    while x < a.len() || y < b.len() {
        let (in_a, in_b) = (a.get(x).copied(), b.get(y).copied());
        let both = in_a.is_some() && in_b.is_some();
        let cost = usize::from(in_a != in_b);
        let (in_a, in_b) = if both && least[x][y] == cost + least[x + 1][y + 1] {
            (in_a, in_b)
        } else if in_a.is_some() && least[x][y] == 1 + least[x + 1][y] {
            (in_a, None)
        } else {
            (None, in_b)
        };
        if in_a != in_b {
            edits.push(Edit { a: x, b: y, in_a, in_b });
        }
        x += usize::from(in_a.is_some());
        y += usize::from(in_b.is_some());
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn align(a: &str, b: &str) -> (usize, usize, Vec<(usize, usize, String)>) {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let stretch = extend(&mut a.as_slice(), &mut b.as_slice());
        let show = |c: Option<char>| c.map_or(String::new(), String::from);
        let edits = stretch.edits.iter().map(|e| (e.a, e.b, format!("{}>{}", show(e.in_a), show(e.in_b)))).collect();
        (stretch.a, stretch.b, edits)
    }

    #[test]
    fn scattered_errors_are_followed() {
        let (a, b, edits) =
            align("河边的柳树在早春三月里抽出新芽就绿了半条街", "河边的柳村在早春春三月里抽出新芽绿了半条街");
        assert_eq!((a, b), (21, 21));
        assert_eq!(edits, [(4, 4, "树>村".into()), (8, 8, ">春".into()), (15, 16, "就>".into())]);
    }

    #[test]
    fn it_ends_where_the_texts_part() {
        let (a, b, edits) =
            align("河边的柳树在三月里就绿了叶子，孩子们折来做哨", "河边的柳树在三月里就绿了叶子。山上积雪未消游人稀少");
        assert_eq!((a, b, edits.len()), (14, 14, 0));
        assert_eq!(align("甲", "乙").0, 0);
        assert_eq!(align("", "乙").0, 0);
    }

    #[test]
    fn two_short_texts_differ_from_end_to_end() {
        let key = |text: &str| text.chars().collect::<Vec<char>>();
        let edits = between(&key("三月的柳"), &key("月的杨柳树"));
        let places: Vec<_> = edits.iter().map(|e| (e.a, e.b, e.in_a, e.in_b)).collect();
        assert_eq!(places, [(0, 0, Some('三'), None), (3, 2, None, Some('杨')), (4, 4, None, Some('树'))]);
        assert!(between(&[], &[]).is_empty());
    }

    #[test]
    fn windows_join_without_a_trace() {
        let a: Vec<char> = (0..9000_u32).map(|n| char::from_u32(0x4e00 + n * 7 % 9000).expect("a Hanzi")).collect();
        let mut b = a.clone();
        for at in (0..9000).step_by(20) {
            b[at] = '错';
        }
        let stretch = extend(&mut a.as_slice(), &mut b.as_slice());
        assert_eq!((stretch.a, stretch.b, stretch.edits.len()), (9000, 9000, 450));
        assert!(stretch.edits.iter().zip((0..9000).step_by(20)).all(|(edit, at)| edit.a == at && edit.b == at));
    }
}
