//! What disagrees about the events of an answer, with the sentences of both sides.
//!
//! A narrower date that fits is no conflict: it refines.

use super::{Answer, Conflict, ConflictKind, Options, Teller};
use crate::model::{
    Amount, Certainty, EntityId, Event, EventId, EventView, Evidence, Factuality, Lang, Relation,
};
use std::collections::{BTreeMap, BTreeSet};

/// Sums of one unit told by one article.
type Sums<'e> = BTreeSet<&'e Amount>;

impl Teller<'_> {
    /// Returns what disagrees about the events of `answer`, one line each.
    pub(super) fn conflicts(&self, answer: &Answer, options: &Options) -> Vec<Conflict> {
        let views = answer.order.iter().filter_map(|it| self.view(it));
        let views: Vec<&EventView> = views.collect();
        let mut conflicts = self.within(&views, &answer.lang);
        for view in views {
            conflicts.extend(self.denied(view, &answer.lang));
        }
        conflicts.extend(self.denials(answer));
        conflicts.extend(self.misplaced(answer, options));
        conflicts.sort_by(|a, b| (a.kind, &a.events, &a.text).cmp(&(b.kind, &b.events, &b.text)));
        conflicts.dedup();
        conflicts
    }

    /// Returns what disagrees inside each event of the story.
    pub(super) fn contradictions(&self, lang: &Lang) -> Vec<Conflict> {
        let merged: Vec<&EventView> = self
            .views
            .iter()
            .filter(|it| 1 < it.members.len())
            .collect();
        self.within(&merged, lang)
    }

    /// Returns what disagrees among the members of each of `views`.
    fn within(&self, views: &[&EventView], lang: &Lang) -> Vec<Conflict> {
        let merged = views.iter().filter(|it| 1 < it.members.len());
        let wanted: BTreeSet<&EventId> = merged.flat_map(|it| &it.members).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let readings = self.story.readings.values();
        let local = readings.flat_map(|it| &it.events);
        let local = local.filter(|it| wanted.contains(&it.id));
        let local: BTreeMap<&EventId, &Event> = local.map(|it| (&it.id, it)).collect();
        let mut conflicts = Vec::new();
        for view in views {
            let members = view.members.iter().filter_map(|it| local.get(it).copied());
            let members: Vec<&Event> = members.collect();
            conflicts.extend(dates(view, &members, lang));
            conflicts.extend(figures(view, &members, lang));
            conflicts.extend(claims(view, &members, lang));
        }
        conflicts
    }

    /// Returns the event that says of the same participants that the same thing did not happen.
    fn denied(&self, view: &EventView, lang: &Lang) -> Option<Conflict> {
        let of = entities(&view.event);
        if of.len() < 2 || view.event.factuality != Factuality::Actual {
            return None;
        }
        let other = self.views.iter().find(|it| {
            let event = &it.event;
            let bounds = event.when.bounds();
            event.factuality == Factuality::Negated
                && event.event_type == view.event.event_type
                && bounds.intersect(view.event.when.bounds()).is_some()
                && entities(event) == of
        })?;
        Some(both(ConflictKind::Claim, &view.event, &other.event, lang))
    }

    /// Returns the statements that an event of the answer belied: "not up for discussion", and then it was.
    fn denials(&self, answer: &Answer) -> Vec<Conflict> {
        let mut found = Vec::new();
        let links = answer.order.iter().flat_map(|it| self.links_at(it));
        for link in links.filter(|it| it.relation == Relation::Reverses) {
            let (Some(deed), Some(said)) = (&link.from.event, &link.to.event) else {
                continue;
            };
            let (Some(deed), Some(said)) = (self.view(deed), self.view(said)) else {
                continue;
            };
            let class = self.knowledge.types.class(&said.event.event_type);
            if class != "Statement" || !answer.order.contains(&deed.event.id) {
                continue;
            }
            let mut conflict = both(ConflictKind::Claim, &said.event, &deed.event, &answer.lang);
            conflict.evidence.extend(link.evidence().iter().cloned());
            let mut seen = BTreeSet::new();
            conflict.evidence.retain(|it| seen.insert(it.clone()));
            found.push(conflict);
        }
        found
    }

    /// Returns circles of causes and effects before their causes among the answer's events.
    fn misplaced(&self, answer: &Answer, options: &Options) -> Vec<Conflict> {
        let hops = answer
            .reverses
            .iter()
            .flat_map(|it| [&it.earlier, &it.later]);
        let own: BTreeSet<&EventId> = answer.order.iter().chain(hops).collect();
        let others: Vec<&EventId> = own.iter().copied().collect();
        let mut near = own;
        near.extend(self.others(&others));
        let graph = self.graph(&near, options);
        let wrong = graph.contradictions().into_iter();
        let wrong = wrong.filter(|it| it.events.iter().any(|it| answer.order.contains(it)));
        wrong
            .map(|it| {
                let labels: Vec<String> = it
                    .events
                    .iter()
                    .filter_map(|id| Some(dated(&self.view(id)?.event, &answer.lang)))
                    .collect();
                let evidence = it.links.iter().flat_map(|it| it.evidence());
                Conflict {
                    kind: ConflictKind::Order,
                    text: labels.join(" → "),
                    events: it.events,
                    evidence: evidence.cloned().collect(),
                }
            })
            .collect()
    }
}

/// Returns dates of one event that cannot both be right.
fn dates(view: &EventView, members: &[&Event], lang: &Lang) -> Option<Conflict> {
    let stated = |it: &&&Event| {
        let known = it.when.certainty() <= Certainty::Approximate;
        known && it.when.edtf().is_some()
    };
    let stated: Vec<&&Event> = members.iter().filter(stated).collect();
    let pairs = stated
        .iter()
        .enumerate()
        .flat_map(|(at, a)| stated[at + 1..].iter().map(move |b| (a, b)));
    let mut wrong = pairs.filter(|(a, b)| a.when.bounds().intersect(b.when.bounds()).is_none());
    let (a, b) = wrong.next()?;
    let date = |it: &Event| it.when.edtf().map_or_else(String::new, ToString::to_string);
    Some(Conflict {
        kind: ConflictKind::Date,
        events: vec![view.event.id.clone()],
        text: format!("{}: {} ↔ {}", view.event.label(lang), date(a), date(b)),
        evidence: sentences(&[a, b]),
    })
}

/// Returns figures of one event that differ: no sum of the unit is told by both sides.
fn figures(view: &EventView, members: &[&Event], lang: &Lang) -> Vec<Conflict> {
    let mut told: BTreeMap<&str, Vec<(&Event, Sums)>> = BTreeMap::new();
    for member in members {
        let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
        for amount in member.amounts() {
            sums.entry(&amount.unit).or_default().insert(amount);
        }
        for (unit, sums) in sums {
            told.entry(unit).or_default().push((member, sums));
        }
    }
    let mut found = Vec::new();
    for sides in told.values() {
        let pairs = sides
            .iter()
            .enumerate()
            .flat_map(|(at, a)| sides[at + 1..].iter().map(move |b| (a, b)));
        let mut wrong = pairs.filter(|(a, b)| a.1.iter().all(|x| b.1.iter().all(|y| differ(x, y))));
        let Some((a, b)) = wrong.next() else { continue };
        let list = |sums: &Sums| sums.iter().map(|it| figure(it)).collect::<Vec<_>>();
        let label = view.event.label(lang);
        found.push(Conflict {
            kind: ConflictKind::Figure,
            events: vec![view.event.id.clone()],
            text: format!(
                "{label}: {} ↔ {}",
                list(&a.1).join(", "),
                list(&b.1).join(", ")
            ),
            evidence: sentences(&[a.0, b.0]),
        });
    }
    found
}

/// Tells whether two sums differ by more than rounding: one in two hundred.
fn differ(a: &Amount, b: &Amount) -> bool {
    let apart = a.hundredths.abs_diff(b.hundredths);
    let least = a.hundredths.unsigned_abs().min(b.hundredths.unsigned_abs());
    least < apart.saturating_mul(200)
}

/// Returns a sum in figures: `5,500,000,000 USD`.
fn figure(amount: &Amount) -> String {
    let whole = (amount.hundredths / 100).unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if 0 < at && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if amount.hundredths < 0 { "-" } else { "" };
    let part = match (amount.hundredths % 100).unsigned_abs() {
        0 => String::new(),
        part => format!(".{part:02}"),
    };
    format!("{sign}{grouped}{part} {}", amount.unit)
}

/// Returns members of one event of which one says that it happened and the other that it did not.
fn claims(view: &EventView, members: &[&Event], lang: &Lang) -> Option<Conflict> {
    let of = |it: Factuality| members.iter().find(|member| member.factuality == it);
    let (yes, no) = (of(Factuality::Actual)?, of(Factuality::Negated)?);
    let mut conflict = both(ConflictKind::Claim, yes, no, lang);
    conflict.events = vec![view.event.id.clone()];
    Some(conflict)
}

fn both(kind: ConflictKind, a: &Event, b: &Event, lang: &Lang) -> Conflict {
    Conflict {
        kind,
        events: vec![a.id.clone(), b.id.clone()],
        text: format!("{} ↔ {}", a.label(lang), b.label(lang)),
        evidence: sentences(&[a, b]),
    }
}

fn dated(event: &Event, lang: &Lang) -> String {
    match event.when.edtf() {
        Some(date) => format!("{} ({date})", event.label(lang)),
        None => event.label(lang).to_owned(),
    }
}

/// Returns the sentence that names each event best.
fn sentences(events: &[&Event]) -> Vec<Evidence> {
    let sentences = events.iter().map(|it| it.main_mention().evidence.clone());
    sentences.collect()
}

fn entities(event: &Event) -> BTreeSet<&EntityId> {
    let taking_part = event.participants.iter().filter(|it| !it.negated);
    taking_part.filter_map(|it| it.entity.as_ref()).collect()
}
