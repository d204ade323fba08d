//! Which articles are about the same: how alike what they name is, in their titles and as who and what takes part.
//!
//! Two articles of one day often tell events of one sort that have nothing to do with each other; what they name tells.

use super::profile::{Bag, Rarity, UNSEEN_ELSEWHERE};
use super::terms::{self, Term};
use crate::model::{Field, Reading, Story};
use rustc_hash::FxHashMap;

/// Articles less alike are about different things.
const LEAST: f64 = 0.06;

/// Terms that more than one of so many articles have are not looked at: they weigh little.
const SHARE: usize = 6;

/// A term that so few articles have is never common.
const FEW: usize = 100;

/// How alike articles are, by their places in the story.
pub(super) struct Topics {
    /// Of each article those before it that are about the same, sorted.
    rows: Vec<Vec<(usize, f64)>>,
}

impl Topics {
    pub fn of(story: &Story) -> Self {
        let words: Vec<Vec<Term>> = story.readings.values().map(named).collect();
        let rarity = Rarity::of_words(&words, UNSEEN_ELSEWHERE);
        let bags: Vec<Bag> = words.into_iter().map(|it| Bag::new(it, &rarity)).collect();
        let most = (bags.len() / SHARE).max(FEW);
        let mut holding: FxHashMap<Term, Vec<(usize, f64)>> = FxHashMap::default();
        let mut rows = Vec::with_capacity(bags.len());
        for (at, bag) in bags.iter().enumerate() {
            let mut alike = vec![0.0; at];
            for (term, weight) in bag.terms().filter(|it| rarity.articles_with(it.0) <= most) {
                let others = holding.entry(term).or_default();
                for (other, theirs) in others.iter() {
                    alike[*other] += weight * theirs;
                }
                others.push((at, weight));
            }
            let alike = alike.into_iter().enumerate();
            rows.push(alike.filter(|it| LEAST <= it.1).collect());
        }
        Self { rows }
    }

    /// Returns how alike the articles at two places are, `None` if they are about different things.
    pub fn likeness(&self, a: usize, b: usize) -> Option<f64> {
        let row = &self.rows[a.max(b)];
        let at = row.binary_search_by_key(&a.min(b), |it| it.0).ok()?;
        Some(row[at].1)
    }
}

/// Returns what an article names: in its title and as taking part in its events.
fn named(reading: &Reading) -> Vec<Term> {
    let mut named = terms::of(reading.article.field(Field::Title));
    for participant in reading.events.iter().flat_map(|it| &it.participants) {
        named.extend(terms::of(&participant.text));
        let entity = participant.entity.iter();
        named.extend(entity.map(|it| terms::of_entity(it.as_str())));
    }
    named
}
