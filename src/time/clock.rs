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

#[cfg(test)]
mod tests {
    use super::*;

    fn next(hour: i32, part: Option<i32>) -> String {
        let mut fields = Fields::default();
        fields.set(Field::Hour, hour);
        if let Some(part) = part {
            fields.set(Field::Part, part);
        }
        let now = NaiveDate::from_ymd_opt(2025, 7, 16).and_then(|it| it.and_hms_opt(10, 30, 0));
        match next_clock(&fields, now.unwrap()) {
            Some((day, Clock::At(hour, ..))) => format!("{day} {hour}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_clock_alone_shows_the_next_hour_of_that_name() {
        let (morning, afternoon) = (Some(0), Some(2));
        assert_eq!(next(11, None), "2025-07-16 11");
        assert_eq!(next(9, None), "2025-07-16 21");
        assert_eq!(next(9, morning), "2025-07-17 9");
        assert_eq!(next(3, afternoon), "2025-07-16 15");
    }
}
