//! The shape of an answer.

use crate::model::{EventId, EventView, Evidence, Lang, Link};
use std::collections::BTreeMap;

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// What led to an event.
    Why,
    /// What followed from an event.
    Effects,
    /// How one event led to another.
    Path,
}

/// How a chain is known: as well as its weakest step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Every step is stated.
    Stated,
    /// A step was concluded by a rule.
    Derived,
    /// A step is only suggested.
    Hedged,
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// The earlier event.
    pub earlier: EventId,
    /// The claim that relates the two.
    pub link: Link,
    /// The later event.
    pub later: EventId,
}

/// Steps in time order from a cause to an effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// 0 to 1: the product of the steps' weights.
    pub score: f64,
    /// How it is known.
    pub basis: Basis,
    /// At least one step; each begins where the last one ended.
    pub steps: Vec<Hop>,
}

/// An event that the question also fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The event.
    pub id: EventId,
    /// Its line in the language of the question.
    pub label: String,
    /// How well it fits; the best match has the greatest.
    pub score: f64,
}

/// What disagrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// Two dates that cannot both be right.
    Date,
    /// Two figures.
    Figure,
    /// Happened against did not happen, or a denial.
    Claim,
    /// An effect that ends before its cause begins, a circle of causes.
    Order,
}

/// Statements that disagree, with the sentences of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What disagrees.
    pub kind: ConflictKind,
    /// The events concerned.
    pub events: Vec<EventId>,
    /// One line that names both sides.
    pub text: String,
    /// The sentences, one or more a side.
    pub evidence: Vec<Evidence>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub verb: Verb,
    /// The words of the question.
    pub question: String,
    /// The language to answer in.
    pub lang: Lang,
    /// The event asked about; of a path, its end.
    pub event: EventId,
    /// Of a path, its beginning.
    pub begin: Option<EventId>,
    /// Other events that the question fits.
    pub also_matches: Vec<Match>,
    /// Chains that lead here, or on from here, strongest first.
    pub chains: Vec<Chain>,
    /// Where there are none: how many there would be if anything recorded would do, however unsure, far or late.
    pub left_out: usize,
    /// What the event undoes or what undid it, and what strengthened either.
    pub reverses: Vec<Hop>,
    /// What disagrees about the events of this answer.
    pub conflicts: Vec<Conflict>,
    /// Events just before, not known to be causes.
    pub earlier: Vec<EventId>,
    /// Where the course of events is asked for: what articles tell along with the event, not known to be causes.
    pub along: Vec<EventId>,
    /// The answer's own events in time order.
    pub order: Vec<EventId>,
    /// Every event named here.
    pub events: BTreeMap<EventId, EventView>,
    /// The query that finds the chain's links in the store.
    pub sparql: String,
}

/// Events in time order with the claims among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// In time order.
    pub events: Vec<EventView>,
    /// Claims whose ends are among the events.
    pub links: Vec<Link>,
}
