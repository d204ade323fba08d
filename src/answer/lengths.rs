//! Lengths told between two events, against their dates: "resumed after three months" what stopped five months ago.
//!
//! Only lengths that say since when it was not so are looked at, and only where both events have dates.

use super::Teller;
use super::check::{Problem, ProblemKind};
use crate::model::{Event, EventId, Link, Reading, Relation, Timex};

/// Returns the lengths of `reading` that contradict the dates of an event and of what it reverses.
pub(super) fn problems(teller: &Teller, reading: &Reading) -> Vec<Problem> {
    let told: Vec<&Timex> = reading.timexes.iter().filter(|it| it.elapsed).collect();
    if told.is_empty() {
        return Vec::new();
    }
    let reversals = teller
        .links
        .iter()
        .filter(|it| it.relation == Relation::Reverses && it.asserted);
    let mut problems = Vec::new();
    for link in reversals {
        let event = |id: &Option<EventId>| id.as_ref().and_then(|it| teller.view(it));
        let (Some(later), Some(earlier)) = (event(&link.from.event), event(&link.to.event)) else {
            continue;
        };
        let wrong = told.iter().filter(|it| {
            is_told_of(it, &later.event, reading)
                && days(it).is_some_and(|days| !fits(days, &earlier.event, &later.event))
        });
        problems.extend(wrong.map(|it| problem(it, link, [&earlier.event, &later.event], reading)));
    }
    problems
}

/// Tells whether the length stands in a sentence of `reading` that tells the event.
fn is_told_of(timex: &Timex, event: &Event, reading: &Reading) -> bool {
    event.mentions().iter().any(|it| {
        let evidence = &it.evidence;
        evidence.article == reading.article.id
            && evidence.place.field == timex.place.field
            && evidence.sentence.contains(timex.place.span)
    })
}

/// Returns how many days a length of whole units is at least and at most, a unit more or less; `None` for other lengths.
///
/// "Three months" is said of anything between two and four.
fn days(timex: &Timex) -> Option<(i64, i64)> {
    let (count, unit) = timex.length()?;
    // The shortest and the longest that a unit can be.
    let (short, long) = match unit {
        'W' => (7, 7),
        'M' => (28, 31),
        'Y' => (365, 366),
        _ => (1, 1),
    };
    let count = i64::from(count);
    Some(((count - 1) * short, (count + 1) * long))
}

/// Tells whether such a length may lie between the beginnings of two events; what is not known may be so.
fn fits((least, most): (i64, i64), earlier: &Event, later: &Event) -> bool {
    let begin = |it: &Event| it.when.edtf()?.start()?.days();
    let Some(((from, from_last), (to, to_last))) = begin(earlier).zip(begin(later)) else {
        return true;
    };
    (to - from_last).num_days() <= most && least <= (to_last - from).num_days()
}

fn problem(
    timex: &Timex,
    link: &Link,
    [earlier, later]: [&Event; 2],
    reading: &Reading,
) -> Problem {
    let words = reading.article.slice(timex.place.field, timex.place.span);
    let shown = |it: &Event| {
        let date = it.when.edtf().map(ToString::to_string).unwrap_or_default();
        format!("{} ({date})", it.id)
    };
    Problem {
        kind: ProblemKind::Length,
        events: vec![earlier.id.clone(), later.id.clone()],
        message: format!(
            "`{words}` ({}) in article {} does not fit {} and {}",
            timex.value,
            reading.article.id,
            shown(earlier),
            shown(later)
        ),
        evidence: link.evidence().to_vec(),
    }
}
