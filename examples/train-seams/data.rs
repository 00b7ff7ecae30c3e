//! Builds two data files: the character model from texts, the lexicon from a dictionary.

use std::collections::{BTreeSet, HashMap, HashSet};

use article_lsp::seam::facts::normalised;
use article_lsp::seam::language::{self, CLAUSE, END, ORDER, SENTENCE, START};
use article_lsp::seam::{lexicon, table};
use article_lsp::zh;

/// N-grams of each order (1 to 4) that come less often are not stored.
const LEAST_COUNTS: [u32; ORDER] = [1, 1, 2, 2];

/// Whether what follows `c` starts a text, a sentence or a clause.
const fn begins(c: char) -> bool {
    matches!(c, START | SENTENCE | CLAUSE)
}

/// Whether `c` ends a text or a clause.
const fn ends(c: char) -> bool {
    matches!(c, END | '。' | '，' | '；')
}

/// How much likelier an end is after a character than after any, as [`start_ratio`]: what never ends a clause is known
/// by that, not by how seldom it comes.
fn end_ratio(count: f64, expected: f64) -> f64 {
    (count + START_SHAPE) / (expected + START_SHAPE)
}

/// How much likelier a character is at a start than elsewhere, before any start was seen, and how many starts that
/// counts for: most characters start texts less often than they stand within.
const START_MEAN: f64 = 0.6;
const START_SHAPE: f64 = 0.5;
/// A character that was to be expected at so many starts and never came is remembered.
const LEAST_EXPECTED: f64 = 0.5;

/// How much likelier a character is at a start than elsewhere: it came `count` times and was to come `expected` times
/// (the mean of a gamma distribution).
fn start_ratio(count: f64, expected: f64) -> f64 {
    (count + START_SHAPE) / (expected + START_SHAPE / START_MEAN)
}

/// So many n-grams are stored, the model then has just less than 2 MB: those that would be missed most, by how often they
/// come and how far what they say is from what their back-off says.
const MOST_GRAMS: usize = 460_000;

/// How many times a word of the list of present-day words counts: they stand for a whole newspaper's use of them.
const WORD_WEIGHT: u32 = 4;

/// How often each n-gram comes in `texts` and in `words`.
fn counts(texts: &[&str], words: &[&str]) -> HashMap<Vec<char>, u32> {
    let mut counts: HashMap<Vec<char>, u32> = HashMap::new();
    let mut count = |chars: &[char], first: usize, weight: u32| {
        for end in first..chars.len() {
            for start in (end + 1).saturating_sub(ORDER)..=end {
                *counts.entry(chars[start..=end].to_vec()).or_default() += weight;
            }
        }
    };
    let mut clauses: Vec<Vec<char>> = Vec::new();
    for text in texts {
        let chars: Vec<char> = [START].into_iter().chain(normalised(text)).chain([END]).collect();
        count(&chars, 1, 1);
        for clause in 2..chars.len().saturating_sub(1) {
            if "，。；：！？".contains(chars[clause - 1]) && !zh::closes(chars[clause]) {
                let behind = &chars[clause..chars.len() - 1];
                clauses.push([CLAUSE].iter().chain(behind.iter().take(2)).copied().collect());
                if !"，：".contains(chars[clause - 1]) {
                    clauses.push([SENTENCE].iter().chain(behind.iter().take(ORDER - 1)).copied().collect());
                }
            }
        }
    }
    for word in words {
        count(&normalised(word).collect::<Vec<char>>(), 0, WORD_WEIGHT);
    }
    for clause in clauses {
        for n in 2..=clause.len() {
            *counts.entry(clause[..n].to_vec()).or_default() += 1;
        }
    }
    counts
}

/// Of each context: how often it comes, how many characters follow it.
type Contexts<'a> = HashMap<&'a [char], (u32, u32)>;

/// What does not start or end a clause or a text although it is common says as much as what does: the pairs and triples
/// that were to be expected and never came, with their probabilities, in order.
fn absent(
    grams: &[&[char]],
    counts: &HashMap<Vec<char>, u32>,
    contexts: &Contexts,
    probabilities: &HashMap<&[char], f64>,
) -> Vec<(Vec<char>, f64)> {
    let mut absent: Vec<(Vec<char>, f64)> = Vec::new();
    let mut add = |whole: Vec<char>, lower: f64, expected: f64, ratio: fn(f64, f64) -> f64| {
        if expected >= LEAST_EXPECTED && !counts.contains_key(&whole) {
            absent.push((whole, lower * ratio(0.0, expected)));
        }
    };
    let mut following: HashMap<&[char], Vec<&[char]>> = HashMap::new();
    for gram in grams.iter().filter(|gram| gram.len() <= 2) {
        following.entry(&gram[..gram.len() - 1]).or_default().push(gram);
    }
    for (context, (total, _)) in contexts {
        let total = f64::from(*total);
        if (1..3).contains(&context.len()) && begins(context[0]) && total >= LEAST_EXPECTED {
            for gram in following.get(&context[1..]).into_iter().flatten().filter(|gram| **gram != [START]) {
                let whole = context.iter().chain(gram.last()).copied().collect();
                add(whole, probabilities[gram], total * probabilities[gram], start_ratio);
            }
        }
        if context.len() == 1 {
            for gram in grams.iter().take_while(|gram| gram.len() == 1).filter(|gram| ends(gram[0])) {
                add(vec![context[0], gram[0]], probabilities[gram], total * probabilities[gram], end_ratio);
            }
        }
    }
    absent.sort_by(|a, b| a.0.cmp(&b.0));
    absent
}

/// Builds the character model of `texts`, each a paragraph or a title, and of `words`, which neither begin nor end a
/// text. The counts of Witten and Bell, stored for back-off; what follows a start and what ends a clause by
/// [`start_ratio`] and [`end_ratio`].
pub fn language(texts: &[&str], words: &[&str]) -> Vec<u8> {
    let counts = counts(texts, words);
    let mut contexts = Contexts::new();
    for (gram, count) in &counts {
        let context = contexts.entry(&gram[..gram.len() - 1]).or_default();
        context.0 += count;
        context.1 += 1;
    }
    let n_chars = counts.keys().filter(|gram| gram.len() == 1).count() as f64;
    let mut probabilities: HashMap<&[char], f64> = HashMap::new();
    let mut grams: Vec<&[char]> = counts.keys().map(Vec::as_slice).collect();
    grams.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    for gram in &grams {
        let (total, kinds) = contexts[&gram[..gram.len() - 1]];
        let lower = if gram.len() == 1 { 1.0 / n_chars } else { probabilities[&gram[1..]] };
        let (count, total, kinds) = (f64::from(counts[*gram]), f64::from(total), f64::from(kinds));
        let probability = if gram.len() > 1 && begins(gram[0]) {
            lower * start_ratio(count, total * lower)
        } else if gram.len() > 1 && ends(gram[gram.len() - 1]) {
            lower * end_ratio(count, total * lower)
        } else {
            (count + kinds * lower) / (total + kinds)
        };
        probabilities.insert(gram, probability);
    }
    let absent = absent(&grams, &counts, &contexts, &probabilities);
    let stored = stored(&grams, &counts, &contexts, &probabilities, MOST_GRAMS.saturating_sub(absent.len()));
    let mut forgotten: HashMap<&[char], u32> = HashMap::new();
    for gram in grams.iter().filter(|gram| !stored.contains(*gram)) {
        *forgotten.entry(&gram[..gram.len() - 1]).or_default() += counts[*gram];
    }
    #[expect(clippy::cast_sign_loss, reason = "clamped")]
    let quantised =
        |probability: f64| (-probability.ln() * f64::from(language::STEPS_PER_NAT)).round().clamp(0.0, 255.0) as u8;
    let back_off = |context: &[char]| match contexts.get(context) {
        Some(_) if begins(context[0]) => quantised(START_MEAN),
        Some((total, kinds)) => {
            let forgotten = forgotten.get(context).copied().unwrap_or_default();
            quantised(f64::from(kinds + forgotten) / f64::from(total + kinds))
        }
        None => 0,
    };
    let key = |gram: &[char]| {
        let (last, context) = gram.split_last().expect("n-grams are not empty");
        language::key(context, *last)
    };
    let mut entries: Vec<(u64, Vec<u8>)> = Vec::new();
    let mut seen = HashSet::new();
    for gram in grams.iter().filter(|gram| stored.contains(*gram)) {
        if seen.insert(key(gram)) {
            entries.push((key(gram), vec![quantised(probabilities[gram]), back_off(gram)]));
        }
    }
    for (gram, probability) in &absent {
        if seen.insert(key(gram)) {
            entries.push((key(gram), vec![quantised(*probability), quantised(START_MEAN)]));
        }
    }
    // These are no characters of a text, but contexts.
    entries.extend([START, SENTENCE, CLAUSE].map(|c| (language::key(&[], c), vec![255, quantised(START_MEAN)])));
    table::build(&entries, 2)
}

/// At most `n_most` of `grams`, which are in the order of their lengths: all that begin or end a text, a sentence or a clause,
/// and of the others those that would be missed most. With an n-gram the shorter ones go that are looked up on the way to it.
fn stored<'a>(
    grams: &[&'a [char]],
    counts: &HashMap<Vec<char>, u32>,
    contexts: &Contexts,
    probabilities: &HashMap<&[char], f64>,
    n_most: usize,
) -> HashSet<&'a [char]> {
    let is_frequent = |gram: &&[char]| {
        let least = if gram[0] == START && gram.len() < ORDER { 1 } else { LEAST_COUNTS[gram.len() - 1] };
        counts[*gram] >= least
    };
    let is_edge = |gram: &&[char]| gram.len() == 1 || begins(gram[0]) || ends(gram[gram.len() - 1]);
    let (edges, inner): (Vec<_>, Vec<_>) = grams.iter().copied().filter(is_frequent).partition(is_edge);
    let loss = |gram: &[char]| {
        let (total, kinds) = contexts[&gram[..gram.len() - 1]];
        let backed_off = f64::from(kinds) / f64::from(total + kinds) * probabilities[&gram[1..]];
        f64::from(counts[gram]) * (probabilities[gram] / backed_off).ln().abs()
    };
    let mut inner: Vec<(f64, &[char])> = inner.into_iter().map(|gram| (loss(gram), gram)).collect();
    inner.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut stored: HashSet<&[char]> = edges.into_iter().collect();
    for (_, gram) in inner {
        if stored.len() >= n_most {
            break;
        }
        for part in (1..=gram.len()).flat_map(|length| gram.windows(length)) {
            stored.insert(part);
        }
    }
    stored
}

/// Frequency of a word of the list of present-day words where the dictionary has none or less: that of a common word.
const PRESENT_DAY: u64 = 300;
/// The dictionary's tag of set phrases: what is taken for the part of speech of a present-day word.
const SET_PHRASE: &str = "l";
/// Words of the dictionary that are rarer than this are left out.
const LEAST_FREQUENCY: u64 = 3;

/// Builds the lexicon of `dictionary` (lines of word, frequency, tag, as jieba has them) and of `words`: of each word how
/// common it is, and its part of speech as the number of its tag.
pub fn lexicon(dictionary: &str, words: &[&str]) -> Vec<u8> {
    let mut known: HashMap<Vec<char>, (u64, &str)> = HashMap::new();
    for line in dictionary.lines() {
        let mut fields = line.split_whitespace();
        let (Some(word), Some(frequency)) = (fields.next(), fields.next().and_then(|f| f.parse().ok())) else {
            continue;
        };
        known.insert(word.chars().collect(), (frequency, fields.next().unwrap_or("")));
    }
    for word in words {
        let (frequency, _) = known.entry(word.chars().collect()).or_insert((0, SET_PHRASE));
        *frequency = (*frequency).max(PRESENT_DAY);
    }
    let total = known.values().map(|(frequency, _)| frequency).sum::<u64>() as f64;
    let tags: BTreeSet<&str> = known.values().map(|(_, tag)| *tag).collect();
    let tags: HashMap<&str, u8> = tags.into_iter().zip(1..).collect();
    let words: Vec<(Vec<char>, [u8; 2])> = known
        .into_iter()
        .filter(|(word, (frequency, _))| {
            (1..=lexicon::LONGEST).contains(&word.len())
                && *frequency >= LEAST_FREQUENCY
                && word.iter().all(|c| article_lsp::zh::is_han(*c))
        })
        .map(|(word, (frequency, tag))| {
            let log = (frequency as f64 / total).ln();
            #[expect(clippy::cast_sign_loss, reason = "clamped")]
            let log = (-log * f64::from(lexicon::STEPS_PER_NAT)).round().clamp(0.0, 255.0) as u8;
            (word, [log, tags[tag]])
        })
        .collect();
    lexicon::build(&words)
}
