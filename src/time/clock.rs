//! The time of day: what the fields say of it, which hours a part of a day has, and how the ends of "from 5 to 6 p.m." complete each other.

use super::answer::Answer;
use super::calendar::{Clock, Point};
use super::meaning::{Field, Fields};
use crate::model::Part;
use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// The hours of the parts of a day, in the order of [`super::meaning::PARTS`]; the last hour is not of the part.
/// They are a convention, not what the words promise, so no date is made of them.
const HOURS: [(u32, u32); 6] = [(8, 12), (11, 14), (12, 16), (16, 20), (20, 24), (0, 6)];

/// Returns the time of day among the fields.
pub(super) fn clock(fields: &Fields) -> Option<Clock> {
    let part = fields
        .get(Field::Part)
        .and_then(|it| usize::try_from(it).ok());
    let Some(hour) = fields
        .get(Field::Hour)
        .and_then(|it| u32::try_from(it).ok())
    else {
        return part.map(|it| Clock::Part(it, fields.get(Field::PartStretch)));
    };
    let hour = match (part, hour) {
        // Morning and dawn.
        (Some(0 | 5), 12) => 0,
        // Noon, afternoon, evening; at night it is evening from six on, before that it is after midnight.
        (Some(1), 1..=5) | (Some(2 | 3), 1..=11) | (Some(4), 6..=11) => hour + 12,
        (Some(4), 12) => 24,
        _ => hour,
    };
    let small = |field| {
        fields
            .get(field)
            .and_then(|it| u32::try_from(it).ok())
            .filter(|it| *it < 60)
    };
    if let Some(to) = small(Field::MinuteTo) {
        let minutes = (hour * 60).checked_sub(to)?;
        return (hour <= 24).then_some(Clock::At(minutes / 60, minutes % 60, None));
    }
    let minute = small(Field::Minute).unwrap_or(0);
    (hour <= 24 && (hour < 24 || minute == 0))
        .then(|| Clock::At(hour, minute, small(Field::Second)))
}

/// Returns the day and the time of day that a clock alone next shows after `moment`; an hour without its half of the day may be of either.
pub(super) fn next_clock(fields: &Fields, moment: NaiveDateTime) -> Option<(NaiveDate, Clock)> {
    let told = clock(fields)?;
    let Clock::At(hour, minute, second) = told else {
        return Some((moment.date(), told));
    };
    let now = (moment.hour(), moment.minute());
    let later = !fields.has(Field::Part) && hour < 12;
    let today = [Some(hour), later.then_some(hour + 12)];
    let today = today.into_iter().flatten().find(|it| now <= (*it, minute));
    Some(match today {
        Some(hour) => (moment.date(), Clock::At(hour, minute, second)),
        None => (moment.date().succ_opt()?, told),
    })
}

/// Returns the beginning of a range of hours, whose half of the day its end may tell: "5 to 6 p.m." begins in the afternoon.
pub(super) fn earlier_clock(start: Clock, end: &Fields) -> Clock {
    let (Clock::At(hour, minute, second), true) = (start, end.has(Field::Part)) else {
        return start;
    };
    let afternoon = Clock::At(hour + 12, minute, second);
    match clock(end).and_then(minutes).zip(minutes(afternoon)) {
        // "11 to 3 a.m." begins the evening before.
        Some((to, from)) if (1..12).contains(&hour) && (from < to || to < from - 720) => afternoon,
        _ => start,
    }
}

/// Returns the time of day a range ends at: after "2 p.m. to 6", six in the evening.
pub(super) fn later_clock(start: Option<Clock>, fields: &Fields) -> Option<Clock> {
    let end = clock(fields)?;
    let (Some(from), Clock::At(to, minute, second)) = (start.and_then(minutes), end) else {
        return Some(end);
    };
    let afternoon = Clock::At(to + 12, minute, second);
    let past = minutes(end).is_some_and(|it| it < from);
    let fits = to + 12 <= 24 && minutes(afternoon).is_some_and(|it| from < it);
    Some(if past && fits && !fields.has(Field::Part) {
        afternoon
    } else {
        end
    })
}

/// Returns the minutes since midnight.
pub(super) fn minutes(clock: Clock) -> Option<u32> {
    match clock {
        Clock::At(hour, minute, _) => Some(hour * 60 + minute),
        Clock::Part(..) => None,
    }
}

/// Returns the first and last moment of an answer that is finer than its EDTF date: a part of a day, a time with seconds.
pub(super) fn covers(answer: &Answer) -> Option<(Part, Part)> {
    let Answer::Point(Point { cell, clock, .. }) = answer else {
        return None;
    };
    let at = |hour: u32, minute: u32, second: u32| {
        let time = if hour == 24 {
            NaiveTime::from_hms_opt(23, 59, 59)
        } else {
            NaiveTime::from_hms_opt(hour, minute, second)
        };
        Some(Part::Minute(cell.first.and_time(time?)))
    };
    match clock.as_ref()? {
        Clock::At(hour, minute, Some(second)) => {
            let moment = at(*hour, *minute, *second)?;
            Some((moment, moment))
        }
        Clock::At(..) => None,
        Clock::Part(part, stretch) => {
            let (from, to) = *HOURS.get(*part)?;
            let middle = from.midpoint(to);
            let (from, to) = match stretch {
                Some(1) => (from, middle),
                Some(3) => (middle, to),
                _ => (from, to),
            };
            Some((at(from, 0, 0)?, at(to, 0, 0)?))
        }
    }
}

/// Returns the moment `seconds` after `moment`.
pub(super) fn add_seconds(moment: NaiveDateTime, seconds: i64) -> Option<NaiveDateTime> {
    moment.checked_add_signed(Duration::try_seconds(seconds)?)
}
