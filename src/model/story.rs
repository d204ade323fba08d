//! What articles tell, each apart, and what holds across them.

use super::{
    Article, ArticleId, Edtf, Entity, EntityId, Event, EventId, EventView, Interval, Lang, Link,
    Strength, Timex,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Claims at least so sure, in hundredths, tell when events can have begun.
const SURE: u8 = 60;

/// Everything read in one article version: one named graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// The sentences that were read, in order.
    pub sentences: Vec<super::Place>,
    /// The time expressions, in order.
    pub timexes: Vec<Timex>,
    /// The events, in order of their main mention.
    pub events: Vec<Event>,
    /// The claims, in order.
    pub links: Vec<Link>,
    /// The known entities that take part.
    pub entities: BTreeMap<EntityId, Entity>,
}

/// Two events of different articles that are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// All events that are one, sorted; the first names the merged event.
    pub members: Vec<EventId>,
    /// Why, one reason for each event that joined.
    pub why: Vec<String>,
}

impl Merge {
    /// Returns, for every event that was merged, the id of the merged event.
    pub fn names(merges: &[Self]) -> BTreeMap<&EventId, &EventId> {
        merges
            .iter()
            .flat_map(|merge| merge.members.iter().map(|it| (it, &merge.members[0])))
            .collect()
    }
}

/// What holds across articles; can always be computed again from the readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// Events of different articles that are one; sorted, disjoint.
    pub merges: Vec<Merge>,
    /// Claims concluded by named rules; ends are merged events.
    pub links: Vec<Link>,
}

/// What a set of articles tells.
///
/// `merge` is commutative, associative and idempotent on the readings; `resolve` and `derive` compute the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// One reading for each article.
    pub readings: BTreeMap<ArticleId, Reading>,
    /// What holds across them.
    pub derived: Derived,
}

impl Story {
    /// Adds a reading, replacing that of the same article; what was derived is dropped.
    pub fn insert(&mut self, reading: Reading) {
        self.derived = Derived::default();
        self.readings.insert(reading.article.id.clone(), reading);
    }

    /// Returns the readings of both, derived facts dropped; where both have an article, the one with the greater content hash stays.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.derived = Derived::default();
        for (id, reading) in other.readings {
            let keep = self.readings.get(&id);
            let newer =
                keep.is_none_or(|it| it.article.content_hash() < reading.article.content_hash());
            if newer {
                self.readings.insert(id, reading);
            }
        }
        self
    }

    /// Returns the article of that id.
    pub fn article(&self, id: &ArticleId) -> Option<&Article> {
        self.readings.get(id).map(|it| &it.article)
    }

    /// Returns the known entity of that id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.readings.values().find_map(|it| it.entities.get(id))
    }

    /// Returns every event of every article by its id.
    pub fn local_events(&self) -> BTreeMap<&EventId, &Event> {
        let events = self.readings.values().flat_map(|it| &it.events);
        events.map(|it| (&it.id, it)).collect()
    }

    /// Returns, for every event of an article that was merged, the id of the merged event.
    pub fn canonical(&self) -> BTreeMap<&EventId, &EventId> {
        Merge::names(&self.derived.merges)
    }

    /// Returns the merged view of every event, sorted by id.
    pub fn event_views(&self) -> Vec<EventView> {
        let local = self.local_events();
        let merged: BTreeSet<&EventId> = self
            .derived
            .merges
            .iter()
            .flat_map(|it| &it.members)
            .collect();
        let single = local.iter().filter(|(id, _)| !merged.contains(**id));
        let mut views: Vec<EventView> = single
            .map(|(_, event)| self.view(&[event], Vec::new()))
            .collect();
        for merge in &self.derived.merges {
            let members: Vec<&Event> = merge
                .members
                .iter()
                .filter_map(|it| local.get(it).copied())
                .collect();
            if !members.is_empty() {
                views.push(self.view(&members, merge.why.clone()));
            }
        }
        views.sort_by(|a, b| a.event.id.cmp(&b.event.id));
        self.narrow(&mut views);
        views
    }

    /// Narrows when events can have begun by what articles state of their order: what led to something did not begin after it.
    fn narrow(&self, views: &mut [EventView]) {
        let canonical = self.canonical();
        let known: BTreeMap<EventId, usize> = views
            .iter()
            .map(|it| it.event.id.clone())
            .zip(0..)
            .collect();
        let at = |it: &EventId| known.get(*canonical.get(it).unwrap_or(&it)).copied();
        let bounds: Vec<Interval> = views.iter().map(|it| it.event.when.bounds()).collect();
        let links = self.readings.values().flat_map(|it| &it.links);
        let stated = links.filter(|it| {
            it.asserted && it.strength == Strength::Explicit && SURE <= it.confidence.hundredths()
        });
        for (earlier, later) in stated.filter_map(Link::in_time_order) {
            let (Some(earlier), Some(later)) = (at(earlier), at(later)) else {
                continue;
            };
            for (which, earliest, latest) in [
                (earlier, None, bounds[later].latest),
                (later, bounds[earlier].earliest, None),
            ] {
                let event = &mut views[which].event;
                event.when = event.when.clone().within(Interval { earliest, latest });
            }
        }
    }

    /// Returns every claim of the articles and every derived one, ends mapped to merged events.
    pub fn links(&self) -> Vec<Link> {
        let canonical = self.canonical();
        let name = |id: &Option<EventId>| {
            id.as_ref()
                .map(|it| (*canonical.get(it).unwrap_or(&it)).clone())
        };
        let stated = self.readings.values().flat_map(|it| &it.links);
        let mut links: Vec<Link> = stated
            .chain(&self.derived.links)
            .map(|link| {
                let mut link = link.clone();
                link.from.event = name(&link.from.event);
                link.to.event = name(&link.to.event);
                link
            })
            .filter(|link| link.from.event.is_none() || link.from.event != link.to.event)
            .collect();
        links.sort();
        links.dedup();
        links
    }

    /// Merges `members` (never empty): the best dated one leads, the others add mentions and participants.
    fn view(&self, members: &[&Event], why_merged: Vec<String>) -> EventView {
        let ids: Vec<EventId> = members.iter().map(|it| it.id.clone()).collect();
        let mut order: Vec<&Event> = members.to_vec();
        let date = agreed_date(members);
        order.sort_by_key(|it| {
            (
                it.when.edtf().is_none(),
                it.when.edtf() != date,
                it.when.certainty(),
                std::cmp::Reverse(it.salience),
                &it.id,
            )
        });
        let mut event = order[0].clone();
        for other in &order[1..] {
            for mention in other.mentions() {
                event.add_mention(mention.clone());
            }
            for participant in &other.participants {
                let known = event
                    .participants
                    .iter()
                    .any(|it| it.role == participant.role && same_thing(it, participant));
                if !known {
                    event.participants.push(participant.clone());
                }
            }
            event.salience = event.salience.max(other.salience);
            event.when = event.when.within(other.when.bounds());
            event.factuality = event.factuality.min(other.factuality);
            event.state = event.state.or_else(|| other.state.clone());
        }
        event.labels = labels(members);
        event.id = ids.iter().min().cloned().unwrap_or(event.id);
        let publishers = self.publishers(&event);
        let quoted = event
            .mentions()
            .iter()
            .flat_map(|it| &it.attribution)
            .map(|it| it.source.as_str());
        let sources: BTreeSet<String> = publishers
            .iter()
            .copied()
            .chain(quoted)
            .map(str::to_owned)
            .collect();
        let independent_sources = publishers.len().max(1);
        EventView {
            event,
            members: ids,
            why_merged,
            sources: sources.into_iter().collect(),
            independent_sources,
        }
    }

    /// Returns who published the articles that mention `event`.
    fn publishers(&self, event: &Event) -> BTreeSet<&str> {
        event
            .mentions()
            .iter()
            .filter_map(|it| self.article(&it.evidence.article)?.source.as_deref())
            .collect()
    }
}

fn same_thing(a: &super::Participant, b: &super::Participant) -> bool {
    match (&a.entity, &b.entity) {
        (Some(a), Some(b)) => a == b,
        _ => a.text == b.text,
    }
}

/// Returns the line of each language: that of the member which is most worth telling by itself.
fn labels(members: &[&Event]) -> BTreeMap<Lang, String> {
    let mut order: Vec<&Event> = members.to_vec();
    order.sort_by_key(|it| (std::cmp::Reverse(it.salience), &it.id));
    let mut labels = BTreeMap::new();
    for (lang, label) in order.iter().flat_map(|it| &it.labels) {
        let known = labels.entry(lang.clone());
        known.or_insert_with(|| label.clone());
    }
    labels
}

/// Returns the date that most members agree on; finer dates before coarser ones, and of those that half as many agree on the earliest,
/// because later reports are the likelier to be dated by themselves.
fn agreed_date<'a>(members: &[&'a Event]) -> Option<&'a Edtf> {
    let mut votes: BTreeMap<(i64, Option<NaiveDate>, String), (usize, &Edtf)> = BTreeMap::new();
    for member in members {
        if let Some(date) = member.when.edtf() {
            let key = (width(date).max(1), date.bounds().earliest, date.to_string());
            votes.entry(key).or_insert((0, date)).0 += 1;
        }
    }
    let finest = votes.keys().next()?.0;
    let most = votes
        .iter()
        .filter(|it| it.0.0 == finest)
        .map(|it| it.1.0)
        .max()?;
    let agreed = votes
        .into_iter()
        .find(|it| it.0.0 == finest && most <= 2 * it.1.0);
    agreed.map(|it| it.1.1)
}

/// Returns how many days a date spans; narrow dates are better.
fn width(date: &Edtf) -> i64 {
    let bounds = date.bounds();
    bounds
        .earliest
        .zip(bounds.latest)
        .map_or(i64::MAX, |(a, b)| (b - a).num_days())
}
