//! How likely it is that two events are one.
//!
//! What speaks for it is weighed: alike words, shared names, the same type, the same day; what forbids it is not.

use super::profile::{Profile, Profiles, SEASON, days_apart};
use crate::lang::EventTypes;
use crate::model::{Amount, Factuality, Interval};
use chrono::NaiveDate;

/// So many days may lie between two dates of one event: an ocean, or a report late at night.
const SLACK: i64 = 1;

/// A date that spans at most so many days says which day is meant.
const NARROW: i64 = 1;

/// Articles that are more alike tell no more than these.
const MOST_ALIKE: f64 = 0.3;

/// Logits; the sum of those that apply tells how likely two events are one.
mod weight {
    pub const NONE: f64 = -5.0;
    /// Times the likeness of their articles; of sayings it tells nothing.
    pub const TOPIC: f64 = 6.0;
    pub const SAME_TYPE: f64 = 0.3;
    pub const SAME_CLASS: f64 = 0.6;
    /// Times the likeness of their own words.
    pub const OWN_WORDS: f64 = 4.2;
    /// Times the likeness of their sentences.
    pub const SENTENCES: f64 = 3.0;
    /// For each shared name, two at most; less for names that the whole story is about.
    pub const SHARED_NAME: f64 = 1.2;
    pub const SAME_DAY: f64 = 1.5;
    /// Times the logarithm of one more than the days between the articles.
    pub const APART: f64 = -0.6;
    /// One is told as a fact, the other is not.
    pub const FACT_OR_PLAN: f64 = -1.5;
    /// One is said, the other done.
    pub const SAID_OR_DONE: f64 = -3.0;
    /// Neither the words for what happened nor a telling type agree.
    pub const OTHERWISE_TOLD: f64 = -1.0;
    /// Of two sayings, who speaks tells little and what is said all: these stand in place of the weights above.
    pub const SAID_OWN_WORDS: f64 = 1.0;
    pub const SAID_SENTENCES: f64 = 6.0;
    pub const SAID_NAME: f64 = 0.4;
    pub const SAID: f64 = -1.3;
    /// Deeds whose type, names and dates agree across languages, where words cannot.
    pub const TOLD_IN_TWO_LANGUAGES: f64 = 1.0;
}

/// Returns the logit of two events being one, `None` if they cannot be.
pub(super) fn likeness(a: &Profile, b: &Profile, profiles: &Profiles) -> Option<f64> {
    if !possible(a, b, profiles.types) {
        return None;
    }
    if a.lang != b.lang {
        return Some(if same_in_two_languages(a, b) {
            weight::TOLD_IN_TWO_LANGUAGES
        } else {
            weight::NONE
        });
    }
    let topic = match profiles.topics.likeness(a.at, b.at) {
        _ if a.at == b.at => MOST_ALIKE,
        told => told?.min(MOST_ALIKE),
    };
    let when = |it: bool, weight: f64| if it { weight } else { 0.0 };
    let both_said = a.talk && b.talk;
    let (own, sentences, name) = if both_said {
        (
            weight::SAID_OWN_WORDS,
            weight::SAID_SENTENCES,
            weight::SAID_NAME,
        )
    } else {
        (weight::OWN_WORDS, weight::SENTENCES, weight::SHARED_NAME)
    };
    let same_type = a.event.event_type == b.event.event_type;
    let telling = same_type && !matches!(a.class, "Other" | "Statement");
    let same_words = a.trigger.iter().any(|it| b.trigger.contains(it));
    let sum = weight::NONE
        + when(same_type, weight::SAME_TYPE)
        + when(a.class == b.class, weight::SAME_CLASS)
        + own * a.own.likeness(&b.own)
        + sentences * a.sentence.likeness(&b.sentence)
        + when(told(a) != told(b), weight::FACT_OR_PLAN)
        + when(a.talk != b.talk, weight::SAID_OR_DONE)
        + when(!telling && !same_words, weight::OTHERWISE_TOLD)
        + if both_said {
            weight::SAID
        } else {
            weight::TOPIC * topic
        }
        + when(same_day(a, b), weight::SAME_DAY)
        + name * shared_names(a, b);
    let apart = i32::try_from(days_apart(a.published, b.published)).unwrap_or(i32::MAX);
    Some(sum + weight::APART * f64::from(apart).ln_1p())
}

/// Returns how telling the two most telling names are that both have.
fn shared_names(a: &Profile, b: &Profile) -> f64 {
    let shared = a.entities.iter().filter(|it| b.entities.contains_key(it.0));
    let mut telling: Vec<f64> = shared.map(|it| *it.1).collect();
    telling.sort_by(|x, y| y.total_cmp(x));
    telling.into_iter().take(2).sum()
}

/// Tells whether type, names and dates agree so far that no words are needed.
fn same_in_two_languages(a: &Profile, b: &Profile) -> bool {
    let vague = a.talk || matches!(a.class, "Other") || a.event.event_type.as_str() == "State";
    if vague || a.event.event_type != b.event.event_type || !told(a) || !told(b) {
        return false;
    }
    let shared = a
        .entities
        .keys()
        .filter(|it| b.entities.contains_key(*it))
        .count();
    let fewest = a.entities.len().min(b.entities.len());
    let dated = a.event.when.edtf().is_some() && b.event.when.edtf().is_some();
    let states = a.event.state.is_some() && b.event.state.is_some();
    match (dated, states) {
        (true, _) => 2 <= shared || 0 < shared && shared == fewest && same_day(a, b),
        // What sets the same state of the same thing at about the same time is one decision.
        (false, true) => 2 <= shared,
        (false, false) => 3 <= shared,
    }
}

/// Tells whether nothing forbids that both are one.
fn possible(a: &Profile, b: &Profile, types: &EventTypes) -> bool {
    let (x, y) = (a.event, b.event);
    let denied = |it: &Profile| it.event.factuality == Factuality::Negated;
    let opposite = |p: &Profile, q: &Profile| {
        let row = types.get(&p.event.event_type);
        row.is_some_and(|it| it.opposite.as_deref() == Some(q.event.event_type.as_str()))
    };
    let values = x.state.as_ref().zip(y.state.as_ref());
    let [one, other] = [x, y].map(|it| -> Vec<&Amount> {
        let sums = it.amounts().filter(|it| !it.counts_people());
        sums.collect()
    });
    let other_sums =
        !one.is_empty() && !other.is_empty() && !one.iter().any(|it| other.contains(it));
    denied(a) == denied(b)
        && !opposite(a, b)
        && !opposite(b, a)
        && values.is_none_or(|(x, y)| x.value == y.value)
        && !other_sums
        && dates_fit(a, b)
}

fn told(profile: &Profile) -> bool {
    profile.event.factuality.is_told_as_fact()
}

/// Tells whether both can have happened on one day, or nearly; where a date is missing, whether they were told in the same season.
fn dates_fit(a: &Profile, b: &Profile) -> bool {
    let dated = |it: &Profile| it.event.when.edtf().is_some();
    if dated(a) && dated(b) {
        return gap(a.event.when.bounds(), b.event.when.bounds()).is_none_or(|it| it <= SLACK);
    }
    days_apart(a.published, b.published) <= SEASON
}

/// Returns how many days lie between two stretches, `None` if they touch or may.
fn gap(a: Interval, b: Interval) -> Option<i64> {
    let after = |x: Interval, y: Interval| {
        let days: Option<(NaiveDate, NaiveDate)> = x.latest.zip(y.earliest);
        days.map(|(end, begin)| (begin - end).num_days())
            .filter(|it| 0 < *it)
    };
    after(a, b).or_else(|| after(b, a))
}

fn same_day(a: &Profile, b: &Profile) -> bool {
    let narrow = |it: &Profile| {
        let bounds = it.event.when.bounds();
        let days = bounds.earliest.zip(bounds.latest);
        it.event.when.edtf().is_some() && days.is_some_and(|(x, y)| (y - x).num_days() <= NARROW)
    };
    narrow(a) && narrow(b) && gap(a.event.when.bounds(), b.event.when.bounds()).is_none()
}
