//! Alignment: how far two texts go on alike, with scattered errors between them.
//!
//! The method is the greedy alignment of Zhang, Schwartz, Wagner and Miller (2000): by number of errors, the furthest
//! point that each diagonal reaches, given up where the errors grow denser than a score allows. Its time grows with
//! the length of what is alike and with the square of the errors in a window of bounded size, never with the product
//! of the two lengths.

/// What an error costs, in half characters: an agreeing pair earns two, so a stretch with an error in fewer than
/// four characters is not worth going on with. Two copies with five errors in a hundred characters each stay at one
/// in ten.
const ERROR_COST: i64 = 8;
/// How far the score may fall below its best before the search ends: seven errors in a row end it, six characters
/// missing on one side do not.
const MOST_FALL: i64 = 46;
/// Errors in a window; then the best point so far is taken for settled and the search starts anew from there.
const WINDOW_ERRORS: usize = 96;

/// Characters that are had one at a time: the text may be longer than anyone will look at.
pub(super) trait Chars {
    /// The character at `at`, none behind the end.
    fn get(&mut self, at: usize) -> Option<char>;
}

impl Chars for &[char] {
    fn get(&mut self, at: usize) -> Option<char> {
        <[char]>::get(self, at).copied()
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

/// The furthest points in `a` that one number of errors reached, one for each diagonal (position in `a` less position
/// in `b`) from `low` on; `UNREACHED` where the search was given up.
struct Wave {
    low: i64,
    furthest: Vec<i64>,
}

const UNREACHED: i64 = i64::MIN / 2;

impl Wave {
    fn at(&self, diagonal: i64) -> i64 {
        usize::try_from(diagonal - self.low).ok().and_then(|n| self.furthest.get(n)).copied().unwrap_or(UNREACHED)
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
        let mut waves = vec![Wave { low: 0, furthest: vec![start] }];
        // Score, number of errors and diagonal of the best point.
        let mut best = (2 * start, 0_usize, 0_i64);
        while waves.len() <= WINDOW_ERRORS {
            let Some(wave) = self.next(&waves[waves.len() - 1], waves.len(), &mut best) else { break };
            waves.push(wave);
        }
        let parted = waves.len() <= WINDOW_ERRORS;
        let (_, n_errors, diagonal) = best;
        let end = waves[n_errors].at(diagonal);
        self.trace(&waves, n_errors, diagonal, stretch);
        stretch.a += end as usize;
        stretch.b += (end - diagonal) as usize;
        parted || end == 0
    }

    /// The points that one more error than in `before` reaches; none if nothing is worth going on with.
    fn next(&mut self, before: &Wave, n_errors: usize, best: &mut (i64, usize, i64)) -> Option<Wave> {
        let high = before.low + before.furthest.len() as i64 - 1;
        let mut wave = Wave { low: before.low - 1, furthest: Vec::with_capacity(before.furthest.len() + 2) };
        for diagonal in before.low - 1..=high + 1 {
            let Some((_, x)) = self.step(before, diagonal) else {
                wave.furthest.push(UNREACHED);
                continue;
            };
            let x = self.slide(diagonal, x);
            let score = 2 * x - diagonal - ERROR_COST * n_errors as i64;
            if score > best.0 {
                *best = (score, n_errors, diagonal);
            }
            wave.furthest.push(if score < best.0 - MOST_FALL { UNREACHED } else { x });
        }
        let first = wave.furthest.iter().position(|&x| x != UNREACHED)?;
        let last = wave.furthest.iter().rposition(|&x| x != UNREACHED)?;
        wave.furthest.truncate(last + 1);
        wave.furthest.drain(..first);
        wave.low += first as i64;
        Some(wave)
    }

    /// The step onto `diagonal` that gets furthest, and how far.
    fn step(&mut self, before: &Wave, diagonal: i64) -> Option<((i64, i64), i64)> {
        let mut furthest = None;
        for (in_a, in_b) in STEPS {
            let x = before.at(diagonal - in_a + in_b) + in_a;
            let y = x - diagonal;
            let exists = |taken: i64, at: i64| taken == 0 || at > 0;
            if x >= 0
                && exists(in_a, x)
                && exists(in_b, y)
                && (in_a == 0 || self.char_a(x - 1).is_some())
                && (in_b == 0 || self.char_b(y - 1).is_some())
                && furthest.is_none_or(|(_, best)| x > best)
            {
                furthest = Some(((in_a, in_b), x));
            }
        }
        furthest
    }

    /// How far `diagonal` goes on without an error from position `x` of `a`.
    fn slide(&mut self, diagonal: i64, mut x: i64) -> i64 {
        while let (Some(in_a), Some(in_b)) = (self.char_a(x), self.char_b(x - diagonal))
            && in_a == in_b
        {
            x += 1;
        }
        x
    }

    /// Adds the errors on the way to the point of wave `n_errors` on `diagonal`.
    fn trace(&mut self, waves: &[Wave], n_errors: usize, mut diagonal: i64, stretch: &mut Stretch) {
        let settled = stretch.edits.len();
        for before in waves[..n_errors].iter().rev() {
            let Some(((in_a, in_b), x)) = self.step(before, diagonal) else { break };
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

    fn char_a(&mut self, at: i64) -> Option<char> {
        usize::try_from(at).ok().and_then(|at| self.a.get(self.from_a + at))
    }

    fn char_b(&mut self, at: i64) -> Option<char> {
        usize::try_from(at).ok().and_then(|at| self.b.get(self.from_b + at))
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
