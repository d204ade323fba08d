//! What may be asked for besides the question itself.

use crate::graph::{GraphOptions, Walk};
use crate::model::{ArticleId, Confidence, EventId, EventView, Interval, Lang, Link, Merge, Story};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// How `why`, `effects`, `path` and `timeline` answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The language to answer in; `None` is the question's.
    pub lang: Option<Lang>,
    /// The most steps of a chain.
    pub depth: usize,
    /// The most chains.
    pub limit: usize,
    /// Only claims at least this sure.
    pub min_confidence: Confidence,
    /// Only claims that a text states.
    pub stated_only: bool,
    /// Also claims that are only suggested.
    pub include_hedged: bool,
    /// Only events that can have begun on this day or later.
    pub from: Option<NaiveDate>,
    /// Only events that can have begun by this day.
    pub to: Option<NaiveDate>,
    /// Only what articles published by this day tell.
    pub as_of: Option<NaiveDate>,
    /// The event asked about, instead of the best match.
    pub at: Option<EventId>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lang: None,
            depth: 6,
            limit: 5,
            min_confidence: Confidence::new(40),
            stated_only: false,
            include_hedged: false,
            from: None,
            to: None,
            as_of: None,
            at: None,
        }
    }
}

impl Options {
    /// Returns the widest options there are: any claim, however unsure, far or late.
    pub(super) fn widest(&self) -> Self {
        Self {
            depth: Self::default().depth.max(self.depth),
            limit: Self::default().limit.max(self.limit),
            min_confidence: Confidence::new(0),
            stated_only: false,
            include_hedged: true,
            from: None,
            to: None,
            ..self.clone()
        }
    }

    /// Returns which claims are walked.
    pub fn graph(&self) -> GraphOptions {
        GraphOptions {
            include_hedged: self.include_hedged,
            stated_only: self.stated_only,
            min_confidence: self.min_confidence,
        }
    }

    /// Returns how far is walked; a whole chain may be half as sure as one claim must be.
    pub fn walk(&self) -> Walk {
        Walk {
            depth: self.depth,
            limit: self.limit,
            floor: self.min_confidence.hundredths() / 2,
        }
    }

    /// Tells whether `view` can have begun between `from` and `to`.
    pub fn spans(&self, view: &EventView) -> bool {
        let asked = Interval {
            earliest: self.from,
            latest: self.to,
        };
        view.event.when.bounds().intersect(asked).is_some()
    }
}

/// Returns what was known of `story` on `day`: only articles published by then, and what follows from them alone.
///
/// An article without a publication date is not known to have been out.
pub fn as_of(story: &Story, day: NaiveDate) -> Story {
    let mut known = Story::default();
    for (id, reading) in &story.readings {
        let published = reading.article.published.as_ref();
        if published.is_some_and(|it| it.day <= day) {
            known.readings.insert(id.clone(), reading.clone());
        }
    }
    let events = known.readings.values().flat_map(|it| &it.events);
    let local: BTreeSet<EventId> = events.map(|it| it.id.clone()).collect();
    let mut renamed: BTreeMap<EventId, EventId> = BTreeMap::new();
    let mut merges = Vec::new();
    for merge in &story.derived.merges {
        let members: Vec<EventId> = merge
            .members
            .iter()
            .filter(|it| local.contains(*it))
            .cloned()
            .collect();
        if let (Some(old), Some(new)) = (merge.members.first(), members.first()) {
            renamed.insert(old.clone(), new.clone());
        }
        if 1 < members.len() {
            let why = merge.why.clone();
            merges.push(Merge { members, why });
        }
    }
    let known_article = |it: &ArticleId| known.readings.contains_key(it);
    let links = story.derived.links.iter().filter_map(|link| {
        let evidenced = link.evidence().iter().all(|it| known_article(&it.article));
        evidenced.then(|| rename(link, &renamed, &local)).flatten()
    });
    known.derived.links = links.collect();
    known.derived.merges = merges;
    known
}

/// Returns the claim with ends by their names among known events, or `None` if an end is not known.
fn rename(
    link: &Link,
    renamed: &BTreeMap<EventId, EventId>,
    local: &BTreeSet<EventId>,
) -> Option<Link> {
    let mut link = link.clone();
    for end in [&mut link.from, &mut link.to] {
        if let Some(event) = &end.event {
            let name = renamed.get(event).unwrap_or(event);
            if !local.contains(name) {
                return None;
            }
            end.event = Some(name.clone());
        }
    }
    Some(link)
}
