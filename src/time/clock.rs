//! Times of day: when a clock next shows an hour, and which moments an answer covers that its EDTF date does not tell.

use super::answer::Answer;
use super::calendar::{Clock, Point};
use super::fields::clock;
use super::meaning::{Field, Fields};
use crate::model::Part;
use chrono::{NaiveDate, NaiveDateTime, Timelike};

/// The hours of dawn, which TIMEX3 writes as morning; the last is not of it.
const DAWN: (u32, u32) = (0, 6);

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

/// Returns the first and last day or moment of an answer whose EDTF date does not tell them.
pub(super) fn covers(answer: &Answer) -> Option<(Part, Part)> {
    match answer {
        Answer::Stretch(_, start, end) => Some((start.ends()?.0, end.ends()?.1)),
        Answer::Point(Point {
            cell,
            clock: Some(Clock::Part(5)),
            stretch: None,
        }) => {
            let at = |hour| Some(Part::Minute(cell.first.and_hms_opt(hour, 0, 0)?));
            Some((at(DAWN.0)?, at(DAWN.1)?))
        }
        _ => None,
    }
}
