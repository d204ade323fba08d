//! Named rules: an opposite state reverses, a granted demand came after it, "after N months" dates, dates order.

use crate::lang::EventTypes;
use crate::model::{
    Certainty, Confidence, Edtf, Event, EventId, EventTypeId, Evidence, Factuality, Interval, Link,
    LinkEnd, LinkParts, Part, Reading, Relation, RuleId, Story, Strength, Timex, TimexKind, When,
};
use chrono::{Datelike, Months};
use std::collections::BTreeSet;

/// Adds what follows inside one article.
pub(super) fn settle(reading: &mut Reading, types: &EventTypes) {
    let mut derived = Vec::new();
    let reversals = reversals(&reading.events.iter().collect::<Vec<_>>(), types);
    date_by_duration(reading, &reversals);
    for (later, earlier) in reversals {
        derived.extend(link(
            &reading.events[later],
            &reading.events[earlier],
            Relation::Reverses,
            "opposite-state",
            85,
        ));
    }
    for (demand, grant) in demands(&reading.events) {
        bound_by_demand(reading, demand, grant);
        derived.extend(link(
            &reading.events[demand],
            &reading.events[grant],
            Relation::Before,
            "demand-precedes-grant",
            70,
        ));
    }
    let stated: BTreeSet<_> = reading.links.iter().map(ends).collect();
    reading
        .links
        .extend(derived.into_iter().filter(|it| !stated.contains(&ends(it))));
}

type Ends = (Option<EventId>, Option<EventId>, Relation);

fn ends(link: &Link) -> Ends {
    (
        link.from.event.clone(),
        link.to.event.clone(),
        link.relation,
    )
}

/// Returns reversals between articles that no article states itself.
pub(super) fn across(story: &Story, types: &EventTypes) -> Vec<Link> {
    let views = story.event_views();
    let events: Vec<&Event> = views.iter().map(|it| &it.event).collect();
    let stated: BTreeSet<Ends> = story.links().iter().map(ends).collect();
    let mut links = Vec::new();
    for (later, earlier) in reversals(&events, types) {
        if events[later].main_mention().evidence.article
            == events[earlier].main_mention().evidence.article
        {
            continue;
        }
        let made = link(
            events[later],
            events[earlier],
            Relation::Reverses,
            "opposite-state",
            75,
        );
        links.extend(made.filter(|it| !stated.contains(&ends(it))));
    }
    links.sort();
    links
}

fn happened(event: &Event) -> bool {
    event.factuality.is_told_as_fact()
}

/// Returns (later, earlier) for every event that sets the opposite value of the state that the nearest earlier one set.
fn reversals(events: &[&Event], types: &EventTypes) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let setting: Vec<usize> = (0..events.len())
        .filter(|it| events[*it].state.is_some() && happened(events[*it]))
        .collect();
    for &later in &setting {
        let candidates = setting.iter().copied().filter(|it| {
            opposite(types, &events[later].event_type, &events[*it].event_type)
                && same_thing(events[later], events[*it])
                && is_before(events[*it], events[later])
        });
        let nearest =
            candidates.max_by_key(|it| (events[*it].when.bounds().latest, std::cmp::Reverse(*it)));
        found.extend(nearest.map(|it| (later, it)));
    }
    found
}

/// Tells whether one type undoes the other: told so by the ontology, or by the values of the state they set.
fn opposite(types: &EventTypes, a: &EventTypeId, b: &EventTypeId) -> bool {
    let (Some(a), Some(b)) = (types.get(a), types.get(b)) else {
        return false;
    };
    // Prices go up and down; that reverses nothing.
    if matches!(a.class.as_str(), "Rise" | "Fall") || matches!(b.class.as_str(), "Rise" | "Fall") {
        return false;
    }
    let names = a.opposite.as_deref() == Some(&b.id) || b.opposite.as_deref() == Some(&a.id);
    let values = matches!(
        (a.sets.as_deref(), b.sets.as_deref()),
        (Some("Permitted"), Some("Prohibited")) | (Some("Prohibited"), Some("Permitted"))
    );
    names || values
}

/// Tells whether both states are of the same thing: most of what the shorter one names is in the longer.
fn same_thing(a: &Event, b: &Event) -> bool {
    let keys = |it: &Event| -> BTreeSet<String> {
        it.state
            .iter()
            .flat_map(|s| s.of.split('|'))
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (keys(a), keys(b));
    let shared = a.intersection(&b).count();
    let names = a.intersection(&b).filter(|it| it.starts_with('=')).count();
    shared >= 2 && names >= 1 && 2 * shared >= a.len().min(b.len())
}

/// Tells whether `a` can only have come before `b`; an undated later mention counts if the text dates the earlier one.
fn is_before(a: &Event, b: &Event) -> bool {
    let (x, y) = (a.when.bounds(), b.when.bounds());
    if a.when.edtf().is_none() {
        return false;
    }
    match (x.latest, y.earliest) {
        (Some(a), Some(b)) => a < b,
        (Some(a), None) => y.latest.is_some_and(|b| a < b),
        _ => false,
    }
}

/// Returns (demand, grant): somebody asks for what somebody later does.
fn demands(events: &[Event]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (wish, it) in events
        .iter()
        .enumerate()
        .filter(|(_, it)| it.factuality == Factuality::Conditional && it.state.is_some())
    {
        // The demand is the dated deed in the same sentence.
        let sentence = it.main_mention().evidence.sentence;
        let same_sentence =
            |e: &Event| e.mentions().iter().any(|m| m.evidence.sentence == sentence);
        let dated =
            |e: &&Event| same_sentence(e) && happened(e) && e.when.edtf().is_some_and(Edtf::is_day);
        let Some(demand) = events.iter().position(|e| dated(&e)) else {
            continue;
        };
        let shared = |e: &Event| {
            e.participants
                .iter()
                .any(|p| p.entity.as_ref().is_some_and(|id| it.involves(id)))
        };
        let state = |e: &Event| words(e).intersection(&words(it)).next().is_some();
        let grants = (0..events.len()).filter(|g| {
            let grant = &events[*g];
            *g != wish
                && *g != demand
                && grant.event_type == it.event_type
                && happened(grant)
                && (shared(grant) || state(grant))
        });
        found.extend(grants.map(|grant| (demand, grant)));
    }
    found.sort_unstable();
    found.dedup_by_key(|it| it.1);
    found
}

fn words(event: &Event) -> BTreeSet<String> {
    event
        .state
        .iter()
        .flat_map(|it| it.of.split('|'))
        .map(str::to_owned)
        .collect()
}

/// What was demanded on a day was done on that day or later.
fn bound_by_demand(reading: &mut Reading, demand: usize, grant: usize) {
    let earliest = reading.events[demand].when.bounds().earliest;
    let grant = &mut reading.events[grant];
    grant.when = grant.when.clone().within(Interval {
        earliest,
        latest: None,
    });
}

/// "After three months": dates an undated reversal by what it reversed.
fn date_by_duration(reading: &mut Reading, reversals: &[(usize, usize)]) {
    for &(later, earlier) in reversals {
        if reading.events[later].when.edtf().is_some() {
            continue;
        }
        let mentions = reading.events[later].mentions();
        let near = |it: &&Timex| {
            mentions.iter().any(|m| {
                m.evidence.place.field == it.place.field
                    && m.evidence.sentence.contains(it.place.span)
            })
        };
        let duration = reading
            .timexes
            .iter()
            .filter(|it| it.kind == TimexKind::Duration)
            .find(near);
        let months = duration.and_then(|it| {
            it.value
                .strip_prefix('P')?
                .strip_suffix('M')?
                .parse::<u32>()
                .ok()
        });
        let start = reading.events[earlier].when.edtf().and_then(Edtf::start);
        let (Some(months), Some(Part::Month(year, month))) = (months, start) else {
            continue;
        };
        let first = chrono::NaiveDate::from_ymd_opt(year, month, 1);
        let Some(day) = first.and_then(|it| it.checked_add_months(Months::new(months))) else {
            continue;
        };
        let when = When::dated(
            Edtf::at(Part::Month(day.year(), day.month())),
            Certainty::Inferred,
        );
        let bounds = reading.events[later].when.bounds();
        if when.bounds().intersect(bounds).is_some() {
            reading.events[later].when = when.within(bounds);
        }
    }
}

/// Returns the derived link, with a sentence of each side as evidence.
fn link(from: &Event, to: &Event, relation: Relation, rule: &str, confidence: u8) -> Option<Link> {
    let rule = RuleId::new(format!("derived/{rule}"));
    let end = |event: &Event| LinkEnd {
        event: Some(event.id.clone()),
        trigger: Some(event.main_mention().evidence.place),
        clause: None,
    };
    let mut evidence: Vec<Evidence> = [from, to]
        .map(|it| Evidence {
            rule: rule.clone(),
            ..it.main_mention().evidence.clone()
        })
        .into();
    evidence.sort();
    evidence.dedup();
    let parts = LinkParts {
        from: end(from),
        to: end(to),
        relation,
        strength: Strength::Derived,
        confidence: Confidence::new(confidence),
        asserted: true,
        cue: String::new(),
        cue_place: None,
        rule,
        attribution: Vec::new(),
    };
    Link::new(parts, evidence)
}
