//! From one date to another: what the ends do not tell they take from each other.

use super::super::answer::Answer;
use super::super::calendar::{Cell, Point};
use super::super::clock::{earlier_clock, later_clock, minutes};
use super::super::meaning::{Anchor, Direction, Field, Fields, Meaning, Pointer};
use super::{Lack, Narrative, Trace};
use chrono::Datelike;

impl Narrative {
    pub(super) fn range(
        &self,
        start: Option<&Meaning>,
        end: Option<&Meaning>,
        ahead: bool,
        trace: &mut Trace,
    ) -> Result<Answer, Lack> {
        let start = match (start, end) {
            (Some(Meaning::Date(a, to)), Some(Meaning::Date(b, _))) => {
                // "June to August 2016": the year is told once.
                let mut fields = a.clone();
                if !a.has_any(&[Field::Year, Field::YearBy, Field::MonthBy])
                    && a.has(Field::Month)
                    && b.has(Field::Month)
                {
                    b.get(Field::Year)
                        .into_iter()
                        .for_each(|it| fields.set(Field::Year, it));
                }
                Some(Meaning::Date(fields, *to))
            }
            (start, _) => start.cloned(),
        };
        let first = start
            .as_ref()
            .map(|it| self.point(it, ahead, trace))
            .transpose()?;
        let first = first.map(|it| match (it.clock, end) {
            (Some(clock), Some(Meaning::Date(fields, _)))
                if !fields.has_date() && !start.as_ref().is_some_and(Meaning::tells_part) =>
            {
                let clock = Some(earlier_clock(clock, fields));
                Point { clock, ..it }
            }
            _ => it,
        });
        let last = match (first, end) {
            (_, None) => None,
            (Some(first), Some(Meaning::Date(fields, to))) => {
                Some(self.range_end(first, fields, *to, trace)?)
            }
            (_, Some(end)) => Some(self.point(end, ahead || first.is_none(), trace)?),
        };
        Ok(Answer::Range(first, last))
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
        if fields.get(Field::Year).is_some_and(|it| it < 100) {
            let year = fields.get(Field::Year).unwrap_or(0) + from.year().div_euclid(100) * 100;
            fields.set(Field::Year, year);
        }
        if fields.has_any(&told) || to.anchor != Anchor::Published || fields.has(Field::Feast) {
            return self.date(&fields, to, true, trace);
        }
        if !fields.has_date() {
            let clock = later_clock(first.clock, &fields);
            let ends = (clock.and_then(minutes), first.clock.and_then(minutes));
            let next_day = matches!(ends, (Some(to), Some(from)) if to < from);
            let day = if next_day {
                from.succ_opt()
            } else {
                Some(from)
            };
            return Ok(Point {
                cell: Cell::day(day.ok_or(Lack::Date)?),
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
        here.date(&fields, after, true, trace)
    }
}
