//! Events and the mentions that tell them.

use super::participant::words;
use super::{
    Amount, Attribution, EntityId, EventId, EventTypeId, Evidence, Lang, Participant, When,
};
use std::collections::BTreeMap;

words!(
    /// Whether it happened, as far as the text says (after `FactBank`).
    Factuality {
        /// The text states that it happened.
        Actual = "actual",
        /// Somebody is quoted with it and the text does not vouch for it.
        Reported = "reported",
        /// It is announced, intended, forecast.
        Planned = "planned",
        /// It depends on something, or is demanded.
        Conditional = "conditional",
        /// The text states that it did not happen.
        Negated = "negated",
    }
);

impl Factuality {
    /// Tells whether the text, or somebody it quotes, says that it happened.
    pub fn is_told_as_fact(self) -> bool {
        matches!(self, Self::Actual | Self::Reported)
    }
}

/// A state that an event sets: what makes a reversal explainable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StateChange {
    /// What the state is of, as `export:h20:china`.
    pub of: String,
    /// Its value, as `Prohibited`.
    pub value: String,
}

/// Words that tell of an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The trigger, its sentence, and the rule that read it.
    pub evidence: Evidence,
    /// Who is quoted with it.
    pub attribution: Vec<Attribution>,
}

/// Something that happened, is planned, or is said not to have happened, as one article tells it.
///
/// Invariant: it has at least one mention.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    mentions: Vec<Mention>,
    /// Names it.
    pub id: EventId,
    /// What sort of event.
    pub event_type: EventTypeId,
    /// One line per language; at least one.
    pub labels: BTreeMap<Lang, String>,
    /// When.
    pub when: When,
    /// Whether it happened.
    pub factuality: Factuality,
    /// Who and what takes part.
    pub participants: Vec<Participant>,
    /// The state it sets, if any.
    pub state: Option<StateChange>,
    /// How much the article is about it, 1 to 100; 0 if no timeline wants it.
    pub salience: u8,
}

impl Event {
    /// Returns the event told by `first`, the mention that names it best.
    pub fn new(
        id: EventId,
        event_type: EventTypeId,
        when: When,
        factuality: Factuality,
        first: Mention,
    ) -> Self {
        Self {
            mentions: vec![first],
            id,
            event_type,
            labels: BTreeMap::new(),
            when,
            factuality,
            participants: Vec::new(),
            state: None,
            salience: 50,
        }
    }

    /// Adds a further mention; one that is there already is not added twice.
    pub fn add_mention(&mut self, mention: Mention) {
        if !self.mentions.contains(&mention) {
            self.mentions.push(mention);
        }
    }

    /// Returns the mentions, the best one first; at least one.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Returns the mention that names it best.
    pub fn main_mention(&self) -> &Mention {
        &self.mentions[0]
    }

    /// Returns its line in `lang`, or in any language if there is none.
    pub fn label(&self, lang: &Lang) -> &str {
        let any = || self.labels.values().next();
        self.labels
            .get(lang)
            .or_else(any)
            .map_or("", String::as_str)
    }

    /// Returns the sums that take part.
    pub fn amounts(&self) -> impl Iterator<Item = &Amount> {
        self.participants.iter().filter_map(|it| it.amount.as_ref())
    }

    /// Tells whether `entity` takes part.
    pub fn involves(&self, entity: &EntityId) -> bool {
        self.participants
            .iter()
            .any(|it| !it.negated && it.entity.as_ref() == Some(entity))
    }
}

/// One event as all articles of a story tell it: the merged view that graphs and answers use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventView {
    /// The merged event; its id is the smallest of its members'.
    pub event: Event,
    /// The events of single articles that were merged, in order.
    pub members: Vec<EventId>,
    /// Why they were merged; empty for a single one.
    pub why_merged: Vec<String>,
    /// Publishers and quoted outlets, sorted.
    pub sources: Vec<String>,
    /// How many independent publishers tell it.
    pub independent_sources: usize,
}
