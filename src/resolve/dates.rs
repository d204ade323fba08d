//! What a derived link says of the dates of its events: "after three months" dates a reversal, a demand comes before what grants it.

use crate::model::{
    Certainty, Edtf, Event, EventId, Interval, Link, Part, Reading, Relation, Timex, TimexKind,
    When,
};
use chrono::{Datelike, Months};

/// Narrows the dates of the events that `links`, which were derived from them, connect.
pub(super) fn narrow(reading: &mut Reading, links: &[Link]) {
    for link in links {
        let at = |id: &Option<EventId>| {
            let events = &reading.events;
            events.iter().position(|it| Some(&it.id) == id.as_ref())
        };
        let (Some(from), Some(to)) = (at(&link.from.event), at(&link.to.event)) else {
            continue;
        };
        match link.relation {
            Relation::Reverses => date_by_duration(reading, from, to),
            Relation::Before => bound_by_earlier(reading, from, to),
            _ => {}
        }
    }
}

/// What came after a demand, or after what has a date, did not begin before that.
fn bound_by_earlier(reading: &mut Reading, earlier: usize, later: usize) {
    let earliest = reading.events[earlier].when.bounds().earliest;
    let later = &mut reading.events[later];
    later.when = later.when.clone().within(Interval {
        earliest,
        latest: None,
    });
}

/// "After three months": dates an undated reversal by what it reversed.
fn date_by_duration(reading: &mut Reading, later: usize, earlier: usize) {
    if reading.events[later].when.edtf().is_some() {
        return;
    }
    let months = months_near(reading, &reading.events[later]);
    let start = reading.events[earlier].when.edtf().and_then(Edtf::start);
    let (Some(months), Some(Part::Month(year, month))) = (months, start) else {
        return;
    };
    let first = chrono::NaiveDate::from_ymd_opt(year, month, 1);
    let Some(day) = first.and_then(|it| it.checked_add_months(Months::new(months))) else {
        return;
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

/// Returns the length in whole months that is told in a sentence of `event`.
fn months_near(reading: &Reading, event: &Event) -> Option<u32> {
    let near = |it: &&Timex| {
        event.mentions().iter().any(|m| {
            m.evidence.place.field == it.place.field && m.evidence.sentence.contains(it.place.span)
        })
    };
    let lengths = reading.timexes.iter();
    let length = lengths
        .filter(|it| it.kind == TimexKind::Duration)
        .find(near)?;
    length.length().filter(|it| it.1 == 'M').map(|it| it.0)
}
