//! Which events the program's own rules can relate: each group goes through them by itself, so that a story of thousands of articles is no product of all its events.
//!
//! A group is what two events must share for a rule to hold, made transitive; it says nothing by itself.

use crate::model::{Event, EventTypeId, Evidence, Factuality, Granularity, Partition, Place};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Returns the groups of two events and more, each in the order of `events`.
pub(super) fn of<'a>(events: &[&'a Event]) -> Vec<Vec<&'a Event>> {
    let mut groups = Partition::new(events.len());
    same_states(events, &mut groups);
    wishes(events, &mut groups);
    let mut found: BTreeMap<usize, Vec<&Event>> = BTreeMap::new();
    for (idx, event) in events.iter().enumerate() {
        found.entry(groups.root(idx)).or_default().push(event);
    }
    found.into_values().filter(|it| 1 < it.len()).collect()
}

/// Joins events that set a state of what they know by the same name and another word.
fn same_states(events: &[&Event], groups: &mut Partition) {
    let mut first: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for (idx, event) in events.iter().enumerate() {
        let words = words(event);
        for name in words.iter().filter(|it| it.starts_with('=')) {
            for word in words.iter().filter(|it| *it != name) {
                let other = *first.entry((name, word)).or_insert(idx);
                groups.join(other, idx);
            }
        }
    }
}

/// Joins what is wished for with what its sentence tells besides, and with what was done of that type to somebody or something of it.
fn wishes(events: &[&Event], groups: &mut Partition) {
    let told = |it: &Event| it.factuality.is_told_as_fact();
    let mut demands: FxHashMap<(&str, Place), Vec<usize>> = FxHashMap::default();
    let mut grants: FxHashMap<(&EventTypeId, &str), Vec<usize>> = FxHashMap::default();
    for (idx, event) in events.iter().enumerate().filter(|it| told(it.1)) {
        if event.when.granularity() == Some(Granularity::Day) {
            for sentence in sentences(event) {
                demands.entry(sentence).or_default().push(idx);
            }
        }
        for about in about(event) {
            let of = grants.entry((&event.event_type, about)).or_default();
            of.push(idx);
        }
    }
    let wished = |it: &Event| it.factuality == Factuality::Conditional && it.state.is_some();
    for (idx, wish) in events.iter().enumerate().filter(|it| wished(it.1)) {
        let beside = sentences(wish).filter_map(|it| demands.get(&it));
        let beside: Vec<usize> = beside.flatten().copied().collect();
        if beside.is_empty() {
            continue;
        }
        let granted = about(wish)
            .into_iter()
            .filter_map(|it| grants.get(&(&wish.event_type, it)));
        for other in granted.flatten().copied().chain(beside) {
            groups.join(idx, other);
        }
    }
}

/// Returns the words of what an event sets a state of.
fn words(event: &Event) -> Vec<&str> {
    let state = event.state.as_ref();
    state.map_or_else(Vec::new, |it| it.of.split('|').collect())
}

/// Returns who takes part in an event, and the words of its state.
fn about(event: &Event) -> Vec<&str> {
    let mut about = words(event);
    about.extend(event.participants.iter().map(|it| match &it.entity {
        Some(entity) => entity.as_str(),
        None => it.text.as_str(),
    }));
    about
}

/// Returns the sentences that tell an event, each with its article.
fn sentences(event: &Event) -> impl Iterator<Item = (&str, Place)> {
    let sentence = |it: &Evidence| Place::new(it.place.field, it.sentence);
    let mentions = event.mentions().iter().map(|it| &it.evidence);
    mentions.map(move |it| (it.article.as_str(), sentence(it)))
}
