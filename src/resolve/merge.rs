//! Events of different articles that are one: same type, compatible dates, the same known names.

use crate::model::{EntityId, Event, EventId, Merge, Story};
use std::collections::{BTreeMap, BTreeSet};

/// Articles that tell an undated event are at most so many days apart.
const SEASON: i64 = 75;

/// Returns the sets of events that are one, sorted.
pub(super) fn merges(story: &Story) -> Vec<Merge> {
    let events: Vec<&Event> = story
        .readings
        .values()
        .flat_map(|it| &it.events)
        .filter(|it| mergeable(it))
        .collect();
    let mut blocks: BTreeMap<(&str, EntityId), Vec<usize>> = BTreeMap::new();
    for (idx, event) in events.iter().enumerate() {
        for entity in names(event) {
            blocks
                .entry((event.event_type.as_str(), entity))
                .or_default()
                .push(idx);
        }
    }
    let mut parent: Vec<usize> = (0..events.len()).collect();
    let mut why: BTreeMap<usize, String> = BTreeMap::new();
    for members in blocks.values() {
        for (position, &a) in members.iter().enumerate() {
            for &b in &members[position + 1..] {
                let Some(reason) = same(story, events[a], events[b]) else {
                    continue;
                };
                let (x, y) = (root(&parent, a), root(&parent, b));
                if x != y && fits_all(&events, &parent, x, y) {
                    parent[x.max(y)] = x.min(y);
                    why.entry(b).or_insert(reason);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for idx in 0..events.len() {
        groups.entry(root(&parent, idx)).or_default().push(idx);
    }
    let groups = groups.into_values().filter(|it| it.len() > 1);
    let mut merges: Vec<Merge> = groups.map(|it| merge(&events, &it, &why)).collect();
    merges.sort();
    merges
}

fn merge(events: &[&Event], group: &[usize], why: &BTreeMap<usize, String>) -> Merge {
    let mut members: Vec<EventId> = group.iter().map(|it| events[*it].id.clone()).collect();
    members.sort();
    let mut reasons: Vec<String> = group.iter().filter_map(|it| why.get(it).cloned()).collect();
    reasons.sort();
    reasons.dedup();
    Merge {
        members,
        why: reasons,
    }
}

fn root(parent: &[usize], mut idx: usize) -> usize {
    while parent[idx] != idx {
        idx = parent[idx];
    }
    idx
}

/// No member of one set may contradict a member of the other.
fn fits_all(events: &[&Event], parent: &[usize], a: usize, b: usize) -> bool {
    let of = |set: usize| (0..events.len()).filter(move |it| root(parent, *it) == set);
    of(a).all(|x| of(b).all(|y| compatible(events[x], events[y])))
}

/// Speech and the like is told once; only deeds of a known type are merged.
fn mergeable(event: &Event) -> bool {
    let talk = matches!(
        event.event_type.as_str(),
        "Other" | "State" | "Statement" | "Report" | "Assess" | "Forecast" | "Measure"
    );
    !talk && event.factuality.is_told_as_fact()
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

/// Returns why two events of different articles are one, or `None`.
fn same(story: &Story, a: &Event, b: &Event) -> Option<String> {
    let (first, second) = (
        &a.main_mention().evidence.article,
        &b.main_mention().evidence.article,
    );
    if first == second || !compatible(a, b) {
        return None;
    }
    let shared: Vec<EntityId> = names(a).intersection(&names(b)).cloned().collect();
    let dated = a.when.edtf().is_some() && b.when.edtf().is_some();
    let smaller = names(a).len().min(names(b).len());
    let sets = a.state.is_some() && b.state.is_some();
    let enough = match (dated, sets) {
        (true, _) => shared.len() >= 2 || shared.len() == smaller && close(a, b),
        // What sets the same state of the same thing at about the same time is one decision.
        (false, true) => shared.len() >= 2 && told_together(story, a, b),
        (false, false) => shared.len() >= 3 && told_together(story, a, b),
    };
    let listed: Vec<&str> = shared.iter().map(EntityId::as_str).collect();
    enough.then(|| {
        let agreement = if dated {
            "compatible dates"
        } else {
            "no contradicting dates"
        };
        format!(
            "{}, {agreement}, both name {}",
            a.event_type,
            listed.join(" and ")
        )
    })
}

/// Tells whether the articles were published within a season of each other, or dates tell as much.
fn told_together(story: &Story, a: &Event, b: &Event) -> bool {
    let day = |it: &Event| {
        story
            .article(&it.main_mention().evidence.article)?
            .published
            .as_ref()
            .map(|p| p.day)
    };
    let apart = day(a).zip(day(b)).map(|(x, y)| (x - y).num_days().abs());
    apart.is_some_and(|it| it <= SEASON)
}

/// Tells whether the dates pin the same few days.
fn close(a: &Event, b: &Event) -> bool {
    let days = |it: &Event| {
        it.when
            .bounds()
            .earliest
            .zip(it.when.bounds().latest)
            .map(|(x, y)| (y - x).num_days())
    };
    days(a).is_some_and(|it| it <= 1) && days(b).is_some_and(|it| it <= 1)
}

fn compatible(a: &Event, b: &Event) -> bool {
    let dates = a.when.edtf().is_none()
        || b.when.edtf().is_none()
        || a.when.bounds().intersect(b.when.bounds()).is_some();
    let (x, y): (Vec<_>, Vec<_>) = (a.amounts().collect(), b.amounts().collect());
    let amounts = x.is_empty() || y.is_empty() || x.iter().any(|it| y.contains(it));
    dates && amounts && a.event_type == b.event_type
}
