//! What relative names stand for: 区总工会 for the union of the district that the article is about.

use std::collections::HashMap;
use std::sync::Arc;

use super::named::{NamedPlaces, Names};
use super::place::has_rank;
use super::wording::{Wording, Wordings};
use crate::article::Page;

/// What relative names may stand for. What is found out for one wording or rank is kept for the next mention.
pub(super) struct Referents<'a> {
    names: &'a Names<'a>,
    /// The article of each name.
    articles: Vec<Option<usize>>,
    /// For each wording that is relative the longer names that end with it, in order.
    longer: Vec<Vec<usize>>,
    /// For a rank the names that begin with a place of it, in order, with that place.
    ranked: HashMap<&'static str, Vec<(usize, &'a str)>>,
    /// For a rank the place of the page.
    places: HashMap<&'static str, Option<String>>,
}

impl<'a> Referents<'a> {
    /// Those for the wordings that `is_relative` marks.
    pub(super) fn new(page: &Page, names: &'a Names, is_relative: &[bool]) -> Self {
        let mut article_of = vec![None; page.blocks.len()];
        for (n, article) in page.articles.iter().enumerate() {
            for block in article.parts.iter().cloned().flatten() {
                article_of[block].get_or_insert(n);
            }
        }
        let mut block = 0;
        let article = |name: &super::name::Name| {
            block += page.blocks[block..].iter().take_while(|block| block.span.start <= name.span.start).count();
            block = block.saturating_sub(1);
            article_of.get(block).copied().flatten()
        };
        let articles = names.all.iter().map(article).collect();
        let relative: Vec<usize> = (0..names.wordings.len()).filter(|&wording| is_relative[wording]).collect();
        let ends_with = |long: &Arc<Wording>| -> Vec<usize> {
            let ends = |&wording: &usize| {
                // 县委 is not 共青团某某县委, and 团县委 is.
                let short = &names.wordings[wording];
                let (of, end) = (long.behind_league(), short.behind_league());
                (long.league > 0) == (short.league > 0) && of.len() > end.len() && of.ends_with(end)
            };
            relative.iter().copied().filter(ends).collect()
        };
        let ends: Vec<Vec<usize>> = names.wordings.iter().map(ends_with).collect();
        let mut longer = vec![Vec::new(); names.wordings.len()];
        for (n, &wording) in names.wording_of.iter().enumerate() {
            for &short in &ends[wording] {
                longer[short].push(n);
            }
        }
        Self { names, articles, longer, ranked: HashMap::new(), places: HashMap::new() }
    }

    /// The full name that the relative name `n` stands for: the nearest before it in the same article that ends with
    /// it, else the nearest before it, else the first after it, else the place of the page with that rank.
    pub(super) fn resolve(&mut self, n: usize, around: &NamedPlaces, wordings: &mut Wordings) -> Arc<Wording> {
        let names = self.names;
        let wording = |n: usize| &names.wordings[names.wording_of[n]];
        let name = wording(n);
        let longer = &self.longer[names.wording_of[n]];
        let (before, after) = longer.split_at(longer.partition_point(|&m| m < n));
        let same_article = before.iter().rev().find(|&&m| self.articles[m] == self.articles[n]);
        if let Some(&whole) = same_article.or(before.last()).or(after.first()) {
            return Arc::clone(wording(whole));
        }
        let Some(rank) = name.rank else { return Arc::clone(name) };
        // 区委 beside 朝阳区总工会: the place of the nearest body of that rank.
        let ranked = self.ranked.entry(rank).or_insert_with(|| {
            let place = |name: &'a Arc<Wording>| name.places().rev().find(|p| p.ends_with(rank) && has_rank(p));
            let places: Vec<Option<&str>> = names.wordings.iter().map(place).collect();
            names.wording_of.iter().enumerate().filter_map(|(m, &wording)| Some((m, places[wording]?))).collect()
        });
        let nearest = ranked[..ranked.partition_point(|(m, _)| *m < n)].last();
        let nearby = nearest.filter(|(m, _)| self.articles[*m] == self.articles[n]).map(|(_, place)| *place);
        let place = match nearby {
            Some(place) => Some(place),
            None => self.places.entry(rank).or_insert_with(|| around.place(rank)).as_deref(),
        };
        match place {
            Some(place) => {
                let league = if name.league > 0 { "共青团" } else { "" };
                wordings.of(&format!("{league}{place}{}", &name.behind_league()[rank.len()..]))
            }
            None => Arc::clone(name),
        }
    }
}
