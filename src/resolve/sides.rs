//! Which events of the story the sides of claims speak of that name no event of their own article.
//!
//! "The minister regretted the arrests": which arrests, another article may tell.
//! A claim is repeated with the events found; what the article says stays as it was read.

use super::profile::{Bag, Rarity, WEIGHTIEST, own_words, sentence_words};
use super::terms::{self, Term};
use crate::model::{
    Confidence, Event, EventId, Link, LinkEnd, Place, Reading, RuleId, Story, Strength,
};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

/// The least likeness of a phrase and an event that it may speak of.
const LEAST: f64 = 0.15;
/// How fast it gets sure above that.
const STEEPNESS: f64 = 8.0;
/// How many days may lie between the article and the one that tells the event.
const SEASON: i64 = 75;
/// Words of an event and of its sentence count so much.
const OWN: f64 = 0.6;

/// Returns the claims of `story` whose sides were found among its events, sorted.
pub(super) fn found(story: &Story) -> Vec<Link> {
    let finder = Finder::new(story);
    let canonical = story.canonical();
    let name = |it: &EventId| (*canonical.get(it).unwrap_or(&it)).clone();
    let mut links = Vec::new();
    for reading in story.readings.values() {
        for link in &reading.links {
            if link.from.event.is_some() && link.to.event.is_some() {
                continue;
            }
            let sides = [&link.from, &link.to].map(|it| finder.side(reading, it));
            let [Some((from, one)), Some((to, other))] = sides else {
                continue;
            };
            let (from, to) = (name(&from), name(&to));
            if from != to {
                links.push(repeated(link, [from, to], one.min(other)));
            }
        }
    }
    links
        .sort_by_cached_key(|it: &Link| (it.claim(), std::cmp::Reverse(it.confidence), it.clone()));
    links.dedup_by_key(|it| it.claim());
    links
}

/// Returns the claim of `link` about these events; it is no surer than it was, and than they are what it speaks of.
fn repeated(link: &Link, [from, to]: [EventId; 2], likeness: f64) -> Link {
    let mut link = link.clone();
    link.from.event = Some(from);
    link.to.event = Some(to);
    link.confidence = link.confidence.min(sure(likeness));
    link.asserted = false;
    if link.strength == Strength::Explicit {
        link.strength = Strength::Implicit;
    }
    link.rule = RuleId::new(format!("{}+story", link.rule));
    link
}

/// Returns how sure it is that a phrase speaks of an event as alike: even odds at the least that counts.
fn sure(likeness: f64) -> Confidence {
    Confidence::from_probability(1.0 / (1.0 + (STEEPNESS * (LEAST - likeness)).exp()))
}

/// Finds events by words.
struct Finder<'a> {
    rarity: Rarity,
    events: Vec<Told<'a>>,
    by_term: FxHashMap<Term, Vec<usize>>,
}

/// An event, with what it is found by.
struct Told<'a> {
    event: &'a Event,
    /// What its trigger names: a phrase without any of it names at most who took part.
    trigger: Vec<Term>,
    own: Bag,
    sentence: Bag,
    published: Option<NaiveDate>,
}

impl<'a> Finder<'a> {
    fn new(story: &'a Story) -> Self {
        let rarity = Rarity::of(story);
        let mut finder = Self {
            rarity,
            events: Vec::new(),
            by_term: FxHashMap::default(),
        };
        for reading in story.readings.values() {
            for event in &reading.events {
                finder.add(reading, event);
            }
        }
        finder
    }

    fn add(&mut self, reading: &'a Reading, event: &'a Event) {
        let place = event.main_mention().evidence.place;
        let told = Told {
            event,
            trigger: terms::of(reading.article.slice(place.field, place.span)),
            own: own_words(reading, event, &self.rarity),
            sentence: sentence_words(
                reading,
                event.main_mention().evidence.place.field,
                event.main_mention().evidence.sentence,
                &self.rarity,
            ),
            published: reading.article.published.as_ref().map(|it| it.day),
        };
        for term in told.own.weightiest(WEIGHTIEST) {
            self.by_term
                .entry(term)
                .or_default()
                .push(self.events.len());
        }
        self.events.push(told);
    }

    /// Returns the event that a side of a claim of `reading` speaks of, and how alike their words are.
    fn side(&self, reading: &Reading, end: &LinkEnd) -> Option<(EventId, f64)> {
        let here = end.event.clone().or_else(|| told_here(reading, end));
        here.map(|it| (it, 1.0))
            .or_else(|| self.told_elsewhere(reading, end.clause?))
    }

    fn told_elsewhere(&self, reading: &Reading, clause: Place) -> Option<(EventId, f64)> {
        let article = &reading.article;
        let words = terms::of(article.slice(clause.field, clause.span));
        let phrase = Bag::new(words.clone(), &self.rarity);
        let sentence = reading
            .sentences
            .iter()
            .find(|it| it.field == clause.field && it.span.contains(clause.span))?;
        let sentence = sentence_words(reading, clause.field, sentence.span, &self.rarity);
        let published = article.published.as_ref().map(|it| it.day);
        let mut near: Vec<usize> = phrase
            .weightiest(WEIGHTIEST)
            .iter()
            .filter_map(|it| self.by_term.get(it))
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let told = near.into_iter().map(|it| &self.events[it]);
        let fitting = told.filter(|it| it.may_be_meant(&words, published));
        let alike = fitting.map(|it| {
            let like =
                OWN * phrase.likeness(&it.own) + (1.0 - OWN) * sentence.likeness(&it.sentence);
            (like, &it.event.id)
        });
        let best = alike.filter(|it| LEAST <= it.0);
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
        best.map(|(like, id)| (id.clone(), like))
    }
}

impl Told<'_> {
    /// Tells whether a phrase of these words in an article of that day may mean it.
    fn may_be_meant(&self, words: &[Term], published: Option<NaiveDate>) -> bool {
        let apart = published.zip(self.published);
        let apart = apart.map_or(0, |(a, b)| (a - b).num_days().abs());
        let named = self.trigger.iter().any(|it| words.contains(it));
        named && apart <= SEASON && self.event.factuality.is_told_as_fact()
    }
}

/// Returns the event of the same article that stands in a side: the one that its trigger tells, or the one most worth telling.
fn told_here(reading: &Reading, end: &LinkEnd) -> Option<EventId> {
    let inside = |it: &Event, place: Place| {
        let mut mentions = it.mentions().iter().map(|it| it.evidence.place);
        mentions.any(|it| it.field == place.field && place.span.contains(it.span))
    };
    let at = |place: Place| {
        let events = reading.events.iter().filter(move |it| inside(it, place));
        events.max_by_key(|it| (it.salience, std::cmp::Reverse(&it.id)))
    };
    let found = end.trigger.and_then(at).or_else(|| end.clause.and_then(at));
    found.map(|it| it.id.clone())
}
