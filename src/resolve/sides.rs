//! Which events of the story the sides of claims speak of that name no event of their own article.
//!
//! "The minister regretted the arrests": which arrests, another article may tell.
//! A claim is repeated with the events found; what the article says stays as it was read.

use super::profile::{Bag, Profile, Profiles, SEASON, day_of, days_apart, sentence_words};
use super::terms::{self, Term};
use crate::model::{
    Confidence, Event, EventId, Link, LinkEnd, Merge, Place, Reading, RuleId, Story, Strength,
};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The least likeness of a phrase and an event that it may speak of.
const LEAST: f64 = 0.15;
/// How fast it gets sure above that.
const STEEPNESS: f64 = 8.0;
/// Words of an event and of its sentence count so much.
const OWN: f64 = 0.6;
/// What is told often is the likelier to be spoken of: times the logarithm of the events that are one with it.
const TOLD_OFTEN: f64 = 0.04;

/// Returns the claims of `story` whose sides were found among its events, sorted.
pub(super) fn found(story: &Story, profiles: &Profiles, merges: &[Merge]) -> Vec<Link> {
    let canonical = Merge::names(merges);
    let name = |it: &EventId| (*canonical.get(it).unwrap_or(&it)).clone();
    let members = merges.iter();
    let told = Told {
        profiles,
        often: members
            .flat_map(|merge| merge.members.iter().map(|it| (it, merge.members.len())))
            .collect(),
    };
    let mut links = Vec::new();
    for (at, reading) in story.readings.values().enumerate() {
        for link in &reading.links {
            if link.from.event.is_some() && link.to.event.is_some() {
                continue;
            }
            let sides = [&link.from, &link.to].map(|it| told.side((at, reading), it));
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

/// The events that sides of claims may speak of.
struct Told<'a> {
    profiles: &'a Profiles<'a>,
    /// How many events those that were merged are one with.
    often: FxHashMap<&'a EventId, usize>,
}

impl Told<'_> {
    /// Returns the event that a side of a claim of a reading speaks of, and how alike their words are.
    fn side(&self, reading: (usize, &Reading), end: &LinkEnd) -> Option<(EventId, f64)> {
        let here = end.event.clone().or_else(|| told_here(reading.1, end));
        here.map(|it| (it, 1.0))
            .or_else(|| self.elsewhere(reading, end.clause?))
    }

    /// Returns the event of any article whose words are the most like those of a clause, rather one that is told often.
    fn elsewhere(&self, (at, reading): (usize, &Reading), clause: Place) -> Option<(EventId, f64)> {
        let words = terms::of(reading.article.slice(clause.field, clause.span));
        let phrase = Bag::new(words.clone(), &self.profiles.rarity);
        let mut sentences = reading.sentences.iter();
        let holds = |it: &&Place| it.field == clause.field && it.span.contains(clause.span);
        let sentence = sentences.find(holds)?.span;
        let sentence = sentence_words(reading, clause.field, sentence, &self.profiles.rarity);
        let near = phrase
            .weightiest()
            .filter_map(|it| self.profiles.by_term.get(&it));
        let near: BTreeSet<usize> = near.flatten().copied().collect();
        let told = near.into_iter().map(|it| &self.profiles.all[it]);
        let fitting = told.filter(|it| {
            let topics = &self.profiles.topics;
            let related = it.at == at || topics.likeness(it.at, at).is_some();
            related && may_be_meant(it, &words, day_of(reading))
        });
        let alike = fitting.map(|it| {
            let like =
                OWN * phrase.likeness(&it.own) + (1.0 - OWN) * sentence.likeness(&it.sentence);
            (like, self.preference(&it.event.id), &it.event.id)
        });
        let best = alike.filter(|it| LEAST <= it.0);
        let best = best.max_by(|a, b| {
            let order = (a.0 + a.1).total_cmp(&(b.0 + b.1));
            order.then(b.2.cmp(a.2))
        });
        best.map(|(like, _, id)| (id.clone(), like))
    }

    /// Returns how much likelier it is that an event is spoken of because it is told often.
    fn preference(&self, event: &EventId) -> f64 {
        let often = self.often.get(event).copied().unwrap_or(1);
        TOLD_OFTEN * f64::from(u32::try_from(often).unwrap_or(u32::MAX)).ln()
    }
}

/// Tells whether a phrase of these words in an article of that day may mean the event: without a word for what happened it names at most who took part.
fn may_be_meant(it: &Profile, words: &[Term], published: Option<NaiveDate>) -> bool {
    let named = it.trigger.iter().any(|term| words.contains(term));
    let fact = it.event.factuality.is_told_as_fact();
    named && fact && days_apart(published, it.published) <= SEASON
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
