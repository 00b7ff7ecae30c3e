//! Builds the two data files: the character model from texts, the lexicon from a dictionary.

use std::collections::{HashMap, HashSet};

use article_lsp::seam::facts::normalised;
use article_lsp::seam::language::{self, END, ORDER, START};
use article_lsp::seam::{lexicon, table};

/// N-grams of each order (1 to 4) that come less often are forgotten: the model stays below 2 MB.
const LEAST_COUNTS: [u32; ORDER] = [1, 1, 2, 2];

/// How many times a word of the list of present-day words counts: they stand for a whole newspaper's use of them.
const WORD_WEIGHT: u32 = 4;

/// Builds the character model of `texts`, each a paragraph or a title, and of `words`, which neither begin nor end a
/// text. The counts of Witten and Bell, stored for back-off.
pub fn language(texts: &[&str], words: &[&str]) -> Vec<u8> {
    let mut counts: HashMap<Vec<char>, u32> = HashMap::new();
    let mut count = |chars: &[char], first: usize, weight: u32| {
        for end in first..chars.len() {
            for start in (end + 1).saturating_sub(ORDER)..=end {
                *counts.entry(chars[start..=end].to_vec()).or_default() += weight;
            }
        }
    };
    for text in texts {
        let chars: Vec<char> = [START].into_iter().chain(normalised(text)).chain([END]).collect();
        count(&chars, 1, 1);
    }
    for word in words {
        count(&normalised(word).collect::<Vec<char>>(), 0, WORD_WEIGHT);
    }
    // Of each context: how often it comes, how many characters follow it, how often those that are forgotten.
    let mut contexts: HashMap<&[char], (u32, u32, u32)> = HashMap::new();
    for (gram, count) in &counts {
        let context = contexts.entry(&gram[..gram.len() - 1]).or_default();
        context.0 += count;
        context.1 += 1;
        context.2 += if *count < LEAST_COUNTS[gram.len() - 1] { *count } else { 0 };
    }
    let n_chars = counts.keys().filter(|gram| gram.len() == 1).count() as f64;
    let mut probabilities: HashMap<&[char], f64> = HashMap::new();
    let mut grams: Vec<&[char]> = counts.keys().map(Vec::as_slice).collect();
    grams.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    for gram in &grams {
        let (total, kinds, _) = contexts[&gram[..gram.len() - 1]];
        let lower = if gram.len() == 1 { 1.0 / n_chars } else { probabilities[&gram[1..]] };
        let (count, total, kinds) = (f64::from(counts[*gram]), f64::from(total), f64::from(kinds));
        probabilities.insert(gram, (count + kinds * lower) / (total + kinds));
    }
    #[expect(clippy::cast_sign_loss, reason = "clamped")]
    let quantised =
        |probability: f64| (-probability.ln() * f64::from(language::STEPS_PER_NAT)).round().clamp(0.0, 255.0) as u8;
    let kept = |gram: &[char]| counts.get(gram).is_some_and(|count| *count >= LEAST_COUNTS[gram.len() - 1]);
    let mut entries: Vec<(u64, Vec<u8>)> = Vec::new();
    let mut seen = HashSet::new();
    for gram in grams {
        let is_context = gram.len() < ORDER && contexts.contains_key(gram);
        if !kept(gram) {
            continue;
        }
        let back_off = if is_context {
            let (total, kinds, forgotten) = contexts[gram];
            quantised(f64::from(kinds + forgotten) / f64::from(total + kinds))
        } else {
            0
        };
        let (last, context) = gram.split_last().expect("n-grams are not empty");
        let key = language::key(context, *last);
        if seen.insert(key) {
            entries.push((key, vec![quantised(probabilities[gram]), back_off]));
        }
    }
    // START is no character of a text, but a context.
    if let Some((total, kinds, forgotten)) = contexts.get(&[START][..]) {
        let back_off = quantised(f64::from(kinds + forgotten) / f64::from(total + kinds));
        entries.push((language::key(&[], START), vec![255, back_off]));
    }
    table::build(&entries, 2)
}

/// Frequency of a word of the list of present-day words where the dictionary has none or less: that of a common word.
const PRESENT_DAY: u64 = 300;
/// Words of the dictionary that are rarer than this are left out.
const LEAST_FREQUENCY: u64 = 3;

/// Builds the lexicon of `dictionary` (lines of word, frequency, tag, as jieba has them) and of `words`.
pub fn lexicon(dictionary: &str, words: &[&str]) -> Vec<u8> {
    let mut frequencies: HashMap<Vec<char>, u64> = HashMap::new();
    for line in dictionary.lines() {
        let mut fields = line.split_whitespace();
        let (Some(word), Some(frequency)) = (fields.next(), fields.next().and_then(|f| f.parse().ok())) else {
            continue;
        };
        frequencies.insert(word.chars().collect(), frequency);
    }
    for word in words {
        let frequency = frequencies.entry(word.chars().collect()).or_default();
        *frequency = (*frequency).max(PRESENT_DAY);
    }
    let total = frequencies.values().sum::<u64>() as f64;
    let mut entries: Vec<(u64, Vec<u8>)> = frequencies
        .iter()
        .filter(|(word, frequency)| {
            (1..=lexicon::LONGEST).contains(&word.len())
                && **frequency >= LEAST_FREQUENCY
                && word.iter().all(|c| article_lsp::zh::is_han(*c))
        })
        .map(|(word, frequency)| {
            let log = (*frequency as f64 / total).ln();
            #[expect(clippy::cast_sign_loss, reason = "clamped")]
            (lexicon::key(word), vec![(-log * f64::from(lexicon::STEPS_PER_NAT)).round().clamp(0.0, 255.0) as u8])
        })
        .collect();
    entries.sort();
    table::build(&entries, 1)
}
