//! What of an event is compared with others: what its words name, weighed by how rare that is in the story, and when, and how it is told.

use super::terms::{self, Term};
use super::topics::Topics;
use crate::lang::EventTypes;
use crate::model::{ArticleId, EntityId, Event, Field, Lang, Reading, Span, Story};
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Events and phrases are looked for by so many of their weightiest terms.
const WEIGHTIEST: usize = 8;

/// Articles that tell one event without saying when are at most so many days apart.
pub(super) const SEASON: i64 = 75;

/// So many articles are taken to have none of the terms, so that a story of two articles does not take all of them for common.
const UNSEEN: f64 = 20.0;

/// The same for what articles are about: the whole story may be about a word that hardly any other has.
pub(super) const UNSEEN_ELSEWHERE: f64 = 1000.0;

/// The weight of a name that tells all that a name can.
const TELLING: f64 = 2.5;

/// How telling each term is: the rarer among the articles, the more.
pub(super) struct Rarity {
    articles: f64,
    /// How many articles are taken to have none of them.
    unseen: f64,
    found_in: FxHashMap<Term, u32>,
}

impl Rarity {
    /// Counts in how many articles of `story` each term stands.
    pub fn of(story: &Story) -> Self {
        let words = story.readings.values().map(|reading| {
            let article = &reading.article;
            let mut all = terms::of(article.field(Field::Title));
            all.extend(terms::of(article.field(Field::Text)));
            let names = reading.entities.keys();
            all.extend(names.map(|it| terms::of_entity(it.as_str())));
            all
        });
        Self::of_words(words, UNSEEN)
    }

    /// Counts in how many of some articles' words each term stands.
    pub fn of_words<W: AsRef<[Term]>>(articles: impl IntoIterator<Item = W>, unseen: f64) -> Self {
        let mut found_in: FxHashMap<Term, u32> = FxHashMap::default();
        let mut count = 0_u32;
        for words in articles {
            count = count.saturating_add(1);
            let all: FxHashSet<Term> = words.as_ref().iter().copied().collect();
            for term in all {
                *found_in.entry(term).or_default() += 1;
            }
        }
        Self {
            articles: f64::from(count),
            unseen,
            found_in,
        }
    }

    /// Returns how many articles have `term`.
    pub fn articles_with(&self, term: Term) -> usize {
        self.found_in.get(&term).map_or(0, |it| *it as usize)
    }

    /// Returns how telling a name is, 1 at most.
    fn of_name(&self, name: &EntityId) -> f64 {
        (self.weight(terms::of_entity(name.as_str())) / TELLING).clamp(0.0, 1.0)
    }

    /// Returns the weight of `term`.
    fn weight(&self, term: Term) -> f64 {
        let found = f64::from(self.found_in.get(&term).copied().unwrap_or(0));
        ((self.articles + self.unseen) / (found + 0.5)).ln()
    }
}

/// Weighed terms, sorted, of length one.
#[derive(Default, Clone)]
pub(super) struct Bag(Vec<(Term, f64)>);

impl Bag {
    pub fn new(mut terms: Vec<Term>, rarity: &Rarity) -> Self {
        terms.sort_unstable();
        let mut bag: Vec<(Term, f64)> = Vec::with_capacity(terms.len());
        for same in terms.chunk_by(|a, b| a == b) {
            let often = f64::from(u32::try_from(same.len()).unwrap_or(u32::MAX));
            bag.push((same[0], (1.0 + often.ln()) * rarity.weight(same[0])));
        }
        let length = bag.iter().map(|it| it.1 * it.1).sum::<f64>().sqrt();
        for (_, weight) in &mut bag {
            *weight /= length.max(f64::MIN_POSITIVE);
        }
        Self(bag)
    }

    /// Returns how alike both are: 0 if they share no term, 1 if they are the same.
    pub fn likeness(&self, other: &Self) -> f64 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut sum = 0.0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
                std::cmp::Ordering::Equal => {
                    sum += x.1 * y.1;
                    a.next();
                    b.next();
                }
            }
        }
        sum
    }

    /// Returns the terms with their weights.
    pub fn terms(&self) -> impl Iterator<Item = (Term, f64)> + '_ {
        self.0.iter().copied()
    }

    /// Returns the weightiest terms.
    pub fn weightiest(&self) -> impl Iterator<Item = Term> + use<> {
        let mut terms = self.0.clone();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms.into_iter().take(WEIGHTIEST).map(|it| it.0)
    }
}

/// The events of a story, each with what is compared of it.
pub(super) struct Profiles<'a> {
    pub types: &'a EventTypes,
    pub rarity: Rarity,
    pub topics: Topics,
    pub all: Vec<Profile<'a>>,
    /// Which of them a term is among the weightiest of.
    pub by_term: FxHashMap<Term, Vec<usize>>,
}

impl<'a> Profiles<'a> {
    pub fn of(story: &'a Story, types: &'a EventTypes) -> Self {
        let rarity = Rarity::of(story);
        let mut all: Vec<Profile> = Vec::new();
        for (at, reading) in story.readings.values().enumerate() {
            let events = reading.events.iter();
            all.extend(events.map(|it| Profile::new((at, reading), it, types, &rarity)));
        }
        let mut by_term: FxHashMap<Term, Vec<usize>> = FxHashMap::default();
        for (idx, profile) in all.iter().enumerate() {
            for term in profile.own.weightiest() {
                by_term.entry(term).or_default().push(idx);
            }
        }
        Self {
            types,
            rarity,
            topics: Topics::of(story),
            all,
            by_term,
        }
    }
}

/// What of an event is compared with others.
pub(super) struct Profile<'a> {
    pub event: &'a Event,
    pub article: &'a ArticleId,
    /// The place of its article in the story.
    pub at: usize,
    pub lang: &'a Lang,
    /// Its coarse class.
    pub class: &'a str,
    /// Whether something is said, not done.
    pub talk: bool,
    /// What its trigger names.
    pub trigger: Vec<Term>,
    /// What its own words name: its trigger, its participants, its line.
    pub own: Bag,
    /// What its sentence names.
    pub sentence: Bag,
    /// Who and what is known of it, and how telling each is: 1 for a name that few articles have.
    pub entities: BTreeMap<EntityId, f64>,
    pub published: Option<NaiveDate>,
}

impl<'a> Profile<'a> {
    fn new(
        (at, reading): (usize, &'a Reading),
        event: &'a Event,
        types: &'a EventTypes,
        rarity: &Rarity,
    ) -> Self {
        let article = &reading.article;
        let evidence = &event.main_mention().evidence;
        let class = types.class(&event.event_type);
        let trigger = terms::of(article.slice(evidence.place.field, evidence.place.span));
        let names = names(event);
        let mut own = terms::of(event.label(&article.lang));
        own.extend(&trigger);
        for participant in &event.participants {
            own.extend(terms::of(&participant.text));
        }
        own.extend(names.iter().map(|it| terms::of_entity(it.as_str())));
        let telling = |it: EntityId| {
            let weight = rarity.of_name(&it);
            (it, weight)
        };
        Self {
            event,
            article: &article.id,
            at,
            lang: &article.lang,
            class,
            talk: matches!(class, "Statement" | "Report/Measure"),
            trigger,
            own: Bag::new(own, rarity),
            sentence: sentence_words(reading, evidence.place.field, evidence.sentence, rarity),
            entities: names.into_iter().map(telling).collect(),
            published: day_of(reading),
        }
    }
}

/// Returns the day on which an article was published.
pub(super) fn day_of(reading: &Reading) -> Option<NaiveDate> {
    reading.article.published.as_ref().map(|it| it.day)
}

/// Returns how many days lie between two publications; none if one is unknown.
pub(super) fn days_apart(a: Option<NaiveDate>, b: Option<NaiveDate>) -> i64 {
    let both = a.zip(b);
    both.map_or(0, |(a, b)| (a - b).num_days().abs())
}

/// Returns what a sentence names.
pub(super) fn sentence_words(
    reading: &Reading,
    field: Field,
    sentence: Span,
    rarity: &Rarity,
) -> Bag {
    Bag::new(terms::of(reading.article.slice(field, sentence)), rarity)
}

/// Returns who and what is known of an event: its participants, and what the state it sets is of.
fn names(event: &Event) -> BTreeSet<EntityId> {
    let part = event
        .participants
        .iter()
        .filter(|it| !it.negated)
        .filter_map(|it| it.entity.clone());
    let state = event
        .state
        .iter()
        .flat_map(|it| it.of.split('|'))
        .filter_map(|it| it.strip_prefix('='))
        .map(EntityId::new);
    part.chain(state).collect()
}
