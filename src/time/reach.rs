//! Lengths told from a day on: the last three months, the next two hours, within a week.
//!
//! Their TIMEX3 value is the length; the days it covers are counted here.

use super::answer::Answer;
use super::calendar::{Cell, Grain, Point, add_days};
use super::length;
use super::meaning::{Field, Fields, Reach};
use super::resolve::{Narrative, Trace};
use crate::model::Part;
use chrono::NaiveDate;

impl Narrative {
    /// Returns the length, with its beginning and end where publication and count are known.
    pub(super) fn reach(&self, length: &Fields, reach: Reach, trace: &mut Trace) -> Answer {
        let value = length::value(length);
        if length.is_vague() {
            return Answer::Duration(value);
        }
        if reach == Reach::Elapsed {
            trace.elapsed = true;
            self.note_elapsed(length, trace);
            return Answer::Duration(value);
        }
        let ends = if length::is_finer_than_day(length) {
            self.moments(length, reach)
        } else if length.is_only(&[Field::Quarters]) && reach != Reach::Within {
            self.published.and_then(|it| quarters(it, length, reach))
        } else {
            let days = self.published.and_then(|it| days(it, length, reach));
            let from = |it| match (reach, self.moment) {
                (Reach::Within, Some(now)) => Point::at(now),
                _ => Point::new(Cell::day(it)),
            };
            days.map(|(a, b)| (from(a), Point::new(Cell::day(b))))
        };
        let Some((start, end)) = ends else {
            return Answer::Duration(value);
        };
        let side = match reach {
            Reach::Last => "up to",
            _ => "from",
        };
        let published = self.published.map_or_else(String::new, |it| it.to_string());
        trace
            .notes
            .push(format!("{value} {side} {published} (published)"));
        Answer::Stretch(value, start, end)
    }

    /// Notes where a length that is over began: at a date told before, if one is as far away.
    fn note_elapsed(&self, length: &Fields, trace: &mut Trace) {
        let Some((day, words)) = self.here() else {
            trace.notes.push(length::words(length));
            return;
        };
        let told = self
            .told()
            .find(|it| began(it, length, day).unwrap_or(false));
        let back = || Cell::around(length::grain(length), length::add(day, length, -1)?);
        let from = match (told, back()) {
            (Some(told), _) => format!(" from {} (told before)", told.value()),
            (None, Some(cell)) if !length::is_finer_than_day(length) => {
                format!(" from about {}", cell.value())
            }
            _ => String::new(),
        };
        let length = length::words(length);
        trace.notes.push(format!("{length}{from} to {words}"));
    }

    /// Returns the part of `point` before the day of publication (1: earlier this year), up to it (3: this year so far) or from it on (2: the rest of the week).
    pub(super) fn side(&self, point: Point, side: i32) -> Option<(Part, Part)> {
        let (first, last) = (point.cell.first, point.cell.last()?);
        let published = self.published.filter(|it| (first..=last).contains(it))?;
        if point.cell.grain == Grain::Day {
            let (_, now) = Point::at(self.moment?).ends()?;
            let end = Part::Minute(last.and_hms_opt(23, 59, 59)?);
            return (side == 2).then_some((now, end));
        }
        let (first, last) = match side {
            3 => (first, published),
            1 => (first, add_days(published, -1)?.max(first)),
            _ => (published, last),
        };
        Some((Part::Day(first), Part::Day(last)))
    }

    fn moments(&self, length: &Fields, reach: Reach) -> Option<(Point, Point)> {
        let now = self.moment?;
        let (from, to) = match reach {
            Reach::Last => (length::after(now, length, -1)?, now),
            _ => (now, length::after(now, length, 1)?),
        };
        Some((Point::at(from), Point::at(to)))
    }
}

/// Returns the stretch of that length with which `whole` begins or ends.
pub(super) fn end_of(whole: Point, length: &Fields, reach: Reach) -> Option<Answer> {
    let value = length::value(length);
    if length.is_vague() {
        return Some(Answer::Duration(value));
    }
    let (first, last) = (whole.cell.first, whole.cell.last()?);
    let (first, last) = match reach {
        Reach::Last => (length::add(add_days(last, 1)?, length, -1)?, last),
        _ => (first, add_days(length::add(first, length, 1)?, -1)?),
    };
    let day = |it| Point::new(Cell::day(it));
    Some(Answer::Stretch(value, day(first), day(last)))
}

/// Tells whether what was told is, by the unit of the length, that long before `day`.
fn began(told: &Answer, length: &Fields, day: NaiveDate) -> Option<bool> {
    let (Answer::Point(point) | Answer::Range(_, Some(point)) | Answer::Range(Some(point), None)) =
        told
    else {
        return None;
    };
    let cell = point.cell;
    let first = length::add(cell.first, length, 1)?;
    let last = length::add(cell.last()?, length, 1)?;
    let grain = length::grain(length);
    let first = Cell::around(grain, first)?.shift(if grain == Grain::Day { -1 } else { 0 })?;
    Some(first.first <= day && day <= Cell::around(grain, last)?.last()?.max(last))
}

/// Returns the whole quarters before that of `day`, or after it: accounts are made of whole ones.
fn quarters(day: NaiveDate, length: &Fields, reach: Reach) -> Option<(Point, Point)> {
    let (here, count) = (
        Cell::around(Grain::Quarter, day)?,
        length.get(Field::Quarters)?,
    );
    let (first, last) = match reach {
        Reach::Last => (-count, -1),
        _ => (1, count),
    };
    Some((
        Point::new(here.shift(first)?),
        Point::new(here.shift(last)?),
    ))
}

/// Returns the first and last day.
fn days(day: NaiveDate, length: &Fields, reach: Reach) -> Option<(NaiveDate, NaiveDate)> {
    let start = match reach {
        Reach::Last => length::add(day, length, -1)?,
        Reach::Next => add_days(day, 1)?,
        Reach::Within | Reach::Elapsed => day,
    };
    if length.has(Field::Workdays) && reach != Reach::Last {
        return Some((start, length::add(day, length, 1)?));
    }
    let end = match reach {
        Reach::Last => day,
        _ => length::add(start, length, 1)?,
    };
    Some((start, add_days(end, -1)?))
}
