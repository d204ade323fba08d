//! From one date to another: what the ends do not tell they take from each other.

use super::super::answer::Answer;
use super::super::calendar::{Cell, Clock, Grain, Point, add_days};
use super::super::fields::clock;
use super::super::meaning::{Anchor, Direction, Field, Fields, Meaning, PRESENT, Pointer, Tense};
use super::{Lack, Narrative, Trace};
use chrono::Datelike;

impl Narrative {
    pub(super) fn range(
        &self,
        start: Option<&Meaning>,
        end: Option<&Meaning>,
        tense: Tense,
        trace: &mut Trace,
    ) -> Result<Answer, Lack> {
        // "Several years ago" begins or ends nothing, but alone it is all that is told.
        let start = match (start, end) {
            (Some(vague), None) | (None, Some(vague)) if vague.is_vague() => {
                return self.answer(vague, tense, trace);
            }
            (Some(vague), _) if vague.is_vague() => None,
            _ => start,
        };
        let (start, end) = shared(start, end);
        let first = start
            .as_ref()
            .map(|it| self.point(it, tense, trace))
            .transpose()?;
        let now = start.as_ref() == Some(&Meaning::Reference(PRESENT));
        let last = match (first, end.as_ref()) {
            (_, None) => None,
            (Some(first), Some(Meaning::Date(fields, to)))
                if !now && !is_weekday_after_date(start.as_ref(), fields) =>
            {
                Some(self.range_end(first, fields, *to, trace)?)
            }
            (_, Some(end)) => {
                let is_open = first.is_none() && tense == Tense::Open;
                let tense = if is_open { Tense::Ahead } else { tense };
                Some(self.point(end, tense, trace)?)
            }
        };
        // What was to end by a day that is over began some time before.
        let over = last.is_some_and(|it| it.cell.last() < self.published);
        let first = first.filter(|_| !(now && over));
        if first.zip(last).is_some_and(is_reversed) {
            return Err(Lack::Date);
        }
        Ok(Answer::Range(first, last))
    }

    /// Returns one end of a range, which is told as an expression of its own.
    pub(super) fn edge(
        &self,
        range: &Meaning,
        is_last: bool,
        tense: Tense,
        trace: &mut Trace,
    ) -> Result<Answer, Lack> {
        let told = match (range, is_last) {
            (Meaning::Range(it, _), false) | (Meaning::Range(_, it), true) => it.as_deref(),
            _ => None,
        };
        let (first, last) = match self.answer(range, tense, trace) {
            Ok(Answer::Range(first, last)) => (first, last),
            Ok(other) => return Ok(other),
            // "Between 1998 and 1987" is no stretch, but both years are told.
            Err(Lack::Date) => {
                *trace = Trace::default();
                return self.answer(told.ok_or(Lack::Date)?, tense, trace);
            }
            Err(lack) => return Err(lack),
        };
        if let Some(Meaning::Reference(which)) = told {
            let ends = first
                .and_then(|it| it.ends())
                .zip(last.and_then(|it| it.ends()));
            trace.covers = ends.map(|(first, last)| (first.0, last.1));
            return Ok(Answer::Reference(which));
        }
        let point = if is_last { last } else { first };
        let point = point.ok_or(Lack::Date)?;
        Ok(Answer::Edge(point, first, last))
    }

    /// Returns the end of a range, which takes over what it does not tell from the beginning.
    fn range_end(
        &self,
        first: Point,
        fields: &Fields,
        to: Pointer,
        trace: &mut Trace,
    ) -> Result<Point, Lack> {
        let mut fields = fields.clone();
        let from = first.cell.first;
        let told = [
            Field::Year,
            Field::YearBy,
            Field::MonthBy,
            Field::DayBy,
            Field::WeekBy,
            Field::Decade,
            Field::QuarterBy,
            Field::HalfBy,
        ];
        for field in [Field::Year, Field::Decade] {
            if fields.has(Field::Era) {
                break;
            }
            if let Some(short) = fields.get(field).filter(|it| *it < 100) {
                fields.set(field, short + from.year().div_euclid(100) * 100);
            }
        }
        if to.anchor != Anchor::Published {
            // "until the following spring" follows the beginning.
            let here = Self {
                mentioned: Some(Answer::Point(first)),
                days: Some(from)
                    .filter(|_| first.cell.grain == Grain::Day)
                    .into_iter()
                    .collect(),
                ..self.clone()
            };
            return here.date(&fields, to, Tense::Ahead, trace);
        }
        if fields.has_any(&told) {
            return self.date(&fields, to, Tense::Ahead, trace);
        }
        if !fields.has_date() {
            let clock = later_clock(first.clock, &fields);
            let overnight = matches!((first.clock, clock), (Some(Clock::At(a, b, _)), Some(Clock::At(c, d, _))) if (c, d) < (a, b));
            let day = if overnight {
                add_days(from, 1).ok_or(Lack::Date)?
            } else {
                from
            };
            return Ok(Point {
                cell: Cell::day(day),
                stretch: None,
                clock,
            });
        }
        let after = Pointer {
            direction: Direction::Next,
            anchor: Anchor::Published,
        };
        let here = Self {
            published: Some(from),
            ..Self::default()
        };
        here.date(&fields, after, Tense::Ahead, trace)
    }
}

/// Tells whether the last of two points is over before the first begins.
fn is_reversed((first, last): (Point, Point)) -> bool {
    last.cell.last().is_some_and(|it| it < first.cell.first)
}

/// Returns both ends, each with what is told only once, of the other.
fn shared(start: Option<&Meaning>, end: Option<&Meaning>) -> (Option<Meaning>, Option<Meaning>) {
    let (Some(Meaning::Date(a, to)), Some(Meaning::Date(b, of))) = (start, end) else {
        return (start.cloned(), end.cloned());
    };
    // "9:30 to 11:00 on Thursday": the day.
    if !a.has_date() && b.has_date() && b.has_time() {
        let whole = b.date().join(a).map(|it| Meaning::Date(it, *of));
        let time = Meaning::Date(b.time(), Pointer::default());
        return (whole, Some(time));
    }
    // "June to August 2016": the year.
    let mut fields = a.clone();
    let is_open = !a.has_any(&[Field::Year, Field::YearBy, Field::MonthBy]);
    if let (true, Some(year)) = (
        is_open && a.has(Field::Month) && b.has(Field::Month),
        b.get(Field::Year),
    ) {
        fields.set(Field::Year, year);
    }
    (Some(Meaning::Date(fields, *to)), end.cloned())
}

/// Tells whether a range from a day of a month ends on a weekday of publication's own: from Sept. 14 to Thursday.
fn is_weekday_after_date(start: Option<&Meaning>, end: &Fields) -> bool {
    let weekday = [Field::Weekday, Field::Part, Field::Hour, Field::Minute];
    let dated = |it: &Fields| it.has(Field::Month) && !it.has(Field::Weekday);
    matches!(start, Some(Meaning::Date(it, _)) if dated(it))
        && end.has(Field::Weekday)
        && end.is_only(&weekday)
}

/// Returns the time of day a range ends at: after "2 p.m. to 6", six in the evening.
fn later_clock(start: Option<Clock>, fields: &Fields) -> Option<Clock> {
    match (start, clock(fields)?) {
        (Some(Clock::At(hour, from, _)), Clock::At(to, minute, second))
            if (to, minute) < (hour, from)
                && (hour, from) < (to + 12, minute)
                && to + 12 <= 24
                && !fields.has(Field::Part) =>
        {
            Some(Clock::At(to + 12, minute, second))
        }
        (_, end) => Some(end),
    }
}
