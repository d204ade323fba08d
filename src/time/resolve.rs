//! What the words say + where the story stands → dates.
//!
//! A [`Narrative`] goes along with the text: it knows the day of publication, the day the story is at and the date told last.
//! Nothing here knows words.

mod anchor;
mod range;

use super::answer::Answer;
use super::calendar::{Cell, Grain, Point, add_months};
use super::clock::next_clock;
use super::feast;
use super::fields::{Choice, base_cell, clock, narrow, relative};
use super::length;
use super::meaning::{Anchor, Direction, Field, Fields, Meaning, PRESENT, Pointer, Shift, Tense};
use super::reach::end_of;
use super::weekday::nth_weekday_from;
use crate::model::Part;
use chrono::{NaiveDate, NaiveDateTime};

/// Where the story stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Narrative {
    /// The day of publication, and the moment if it is given.
    pub(super) published: Option<NaiveDate>,
    pub(super) moment: Option<NaiveDateTime>,
    /// The day the story is at.
    story: Option<NaiveDate>,
    /// The date told last.
    mentioned: Option<Answer>,
    /// Whether that date is none the story is at.
    background: bool,
    /// Those of them that are days; the latest last.
    days: Vec<NaiveDate>,
    /// The stretches longer than a day told last, one of each length; the latest last.
    periods: Vec<(Option<Grain>, Answer)>,
    /// Whether a month without a year is of the nearest year.
    nearest_year: bool,
    /// The zone of the article.
    pub(super) home: Option<i32>,
}

/// A resolved expression.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) answer: Answer,
    pub(super) approximate: bool,
    pub(super) anaphoric: bool,
    pub(super) elapsed: bool,
    /// The first and last day or moment, where the answer does not say them.
    pub(super) covers: Option<(Part, Part)>,
    pub(super) derivation: String,
}

/// What a relative expression lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// The day of publication.
    Published,
    /// The moment of publication.
    Moment,
    /// A date told before.
    Told,
    /// A date of that kind: there is no 31st of June.
    Date,
}

/// Notes made while resolving.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) notes: Vec<String>,
    anaphoric: bool,
    /// The length is over where the story is at.
    pub(super) elapsed: bool,
    approximate: bool,
    covers: Option<(Part, Part)>,
}

impl Narrative {
    /// Returns the state at the beginning of an article of that day and, if known, moment and zone.
    pub(super) fn new(
        published: Option<NaiveDate>,
        moment: Option<NaiveDateTime>,
        nearest_year: bool,
        home: Option<i32>,
    ) -> Self {
        Self {
            published,
            moment,
            nearest_year,
            home,
            ..Self::default()
        }
    }

    /// Returns what `meaning` comes to here; `tense` says what its sentence speaks of.
    pub(super) fn resolve(&self, meaning: &Meaning, tense: Tense) -> Result<Resolved, Lack> {
        let mut trace = Trace::default();
        let answer = self.answer(meaning, tense, &mut trace)?;
        if let (Meaning::Date(fields, _), Answer::Point(point)) = (meaning, &answer) {
            let side = fields.get(Field::Side).and_then(|it| self.side(*point, it));
            let feast = fields.get(Field::Feast).filter(|_| point.clock.is_none());
            let feast = feast.and_then(|it| match point.cell.grain {
                Grain::Weekend => feast::weekend_extent(it, point.cell.first),
                _ => feast::extent(it, point.cell.first),
            });
            trace.covers = side.or(feast).or(trace.covers);
        }
        if let Some((covers, words)) = self.by_home_clock(meaning, &answer) {
            trace.covers = Some(covers);
            trace.notes.push(words);
        }
        let derivation = if trace.notes.is_empty() {
            "as written".to_owned()
        } else {
            trace.notes.join(", ")
        };
        Ok(Resolved {
            answer,
            approximate: trace.approximate,
            anaphoric: trace.anaphoric,
            elapsed: trace.elapsed,
            covers: trace.covers,
            derivation,
        })
    }

    /// Moves the story on to what `meaning` came to.
    pub(super) fn advance(&mut self, meaning: &Meaning, resolved: &Resolved) {
        match &resolved.answer {
            Answer::Point(point) => {
                let day = point.cell.first;
                // A day before that of the story is its background; one after publication its outlook.
                let onward = self.story.is_none_or(|it| it <= day)
                    && self.published.is_none_or(|it| day <= it);
                if point.cell.grain == Grain::Day && meaning.is_story_day() && onward {
                    self.story = Some(day);
                }
            }
            Answer::Range(..) | Answer::Edge(..) => {}
            _ => return,
        }
        if meaning.is_comparison() {
            return;
        }
        // What is told of both ends of a stretch goes on from the stretch.
        let answer = match &resolved.answer {
            Answer::Edge(_, first, last) => Answer::Range(*first, *last),
            other => other.clone(),
        };
        self.mentioned = Some(answer.clone());
        self.background = !meaning.is_story_day();
        let grain = match &resolved.answer {
            Answer::Point(it) => Some(it.cell.grain),
            _ => None,
        };
        if let (Some(Grain::Day), Answer::Point(it)) = (grain, &answer) {
            let day = it.cell.first;
            self.days.retain(|it| *it != day);
            self.days.push(day);
        } else {
            self.periods.retain(|it| it.0 != grain);
            self.periods.push((grain, answer));
        }
    }

    fn answer(&self, meaning: &Meaning, tense: Tense, trace: &mut Trace) -> Result<Answer, Lack> {
        match meaning {
            Meaning::Date(fields, pointer) => {
                self.date(fields, *pointer, tense, trace).map(Answer::Point)
            }
            Meaning::Same(fields, anchor) => self.same(fields, *anchor, trace),
            Meaning::Duration(fields) => {
                trace.notes.push(length::words(fields));
                Ok(Answer::Duration(length::value(fields)))
            }
            Meaning::Reach(fields, reach) => Ok(self.reach(fields, *reach, trace)),
            Meaning::Set(when, often) => Ok(Answer::Set(length::set_value(when, often))),
            Meaning::Reference(which) => {
                if *which == PRESENT {
                    trace.covers = self.now();
                }
                Ok(Answer::Reference(which))
            }
            Meaning::About(inner) => {
                trace.approximate = true;
                self.answer(inner, tense, trace)
            }
            // "A few days later" in a story is a length, not a time to come.
            Meaning::Shift(shift)
                if shift.length.is_vague() && shift.anchor == Anchor::Mentioned =>
            {
                Ok(Answer::Duration(length::value(&shift.length)))
            }
            Meaning::Shift(shift) if shift.length.is_vague() => {
                Ok(Answer::Reference(if shift.sign < 0 {
                    "PAST_REF"
                } else {
                    "FUTURE_REF"
                }))
            }
            Meaning::Shift(shift) => self.shift(shift, trace).map(Answer::Point),
            Meaning::Within(base, fields) => self.within(base, fields, tense, trace),
            Meaning::Edge(range, last) => self.edge(range, *last, tense, trace),
            Meaning::Lasting(base, length) => self.lasting(base, length, tense, trace),
            Meaning::End(base, length, reach) => {
                let whole = self.point(base, tense, trace)?;
                end_of(whole, length, *reach).ok_or(Lack::Date)
            }
            Meaning::Range(start, end) => {
                self.range(start.as_deref(), end.as_deref(), tense, trace)
            }
        }
    }

    fn within(
        &self,
        base: &Meaning,
        fields: &Fields,
        tense: Tense,
        trace: &mut Trace,
    ) -> Result<Answer, Lack> {
        let point = self.point(base, tense, trace)?;
        let cell = if fields.has(Field::Weekday) && point.cell.grain == Grain::Day {
            Cell::around(Grain::Week, point.cell.first).ok_or(Lack::Date)?
        } else {
            point.cell
        };
        let cell = narrow(cell, fields).ok_or(Lack::Date)?;
        // "Three months ago at noon" tells no day that has this noon.
        let clock = clock(fields).filter(|_| cell.grain == Grain::Day);
        Ok(Answer::Point(Point {
            cell,
            stretch: fields.get(Field::Stretch),
            clock,
        }))
    }

    fn lasting(
        &self,
        base: &Meaning,
        length: &Fields,
        tense: Tense,
        trace: &mut Trace,
    ) -> Result<Answer, Lack> {
        let answer = self.answer(base, tense, trace)?;
        let (Answer::Point(start) | Answer::Range(Some(start), _)) = answer else {
            return Err(Lack::Date);
        };
        if let (Some(from), true) = (moment(start), length::is_finer_than_day(length)) {
            let to = length::after(from, length, 1).ok_or(Lack::Date)?;
            return Ok(Answer::Range(Some(start), Some(Point::at(to))));
        }
        let end = length::add(start.cell.first, length, 1).ok_or(Lack::Date)?;
        let last = end.pred_opt().ok_or(Lack::Date)?;
        // "the month of April" is April.
        if Some(last) == start.cell.last() && start.clock.is_none() {
            return Ok(Answer::Point(start));
        }
        let start = if length.has_any(&[Field::Days, Field::Weeks]) {
            Point::new(Cell::day(start.cell.first))
        } else {
            start
        };
        Ok(Answer::Range(
            Some(start),
            Some(Point::new(Cell::day(last))),
        ))
    }

    /// Returns the single point that `meaning` comes to.
    fn point(&self, meaning: &Meaning, tense: Tense, trace: &mut Trace) -> Result<Point, Lack> {
        if *meaning == Meaning::Reference(PRESENT) {
            let day = self.published.map(|it| Point::new(Cell::day(it)));
            return self.moment.map(Point::at).or(day).ok_or(Lack::Published);
        }
        match self.answer(meaning, tense, trace)? {
            Answer::Point(point)
            | Answer::Range(Some(point), _)
            | Answer::Range(None, Some(point)) => Ok(point),
            _ => Err(Lack::Date),
        }
    }

    fn same(&self, fields: &Fields, anchor: Anchor, trace: &mut Trace) -> Result<Answer, Lack> {
        trace.anaphoric = true;
        if anchor == Anchor::Story {
            let (day, words) = self.anchor(anchor, fields, trace)?;
            trace.notes.push(format!("the same as {words}"));
            return Ok(Answer::Point(Point::new(Cell::day(day))));
        }
        let told = match anchor {
            Anchor::Period => self.period(fields),
            _ => self.mentioned.as_ref(),
        };
        let Some(told) = told else {
            if anchor == Anchor::Told {
                return Err(Lack::Told);
            }
            // The year before, with nothing told before, is the year before publication.
            if !fields.is_empty() && self.published.is_some() {
                return self
                    .date(fields, Pointer::default(), Tense::Open, trace)
                    .map(Answer::Point);
            }
            return Ok(Answer::Reference("PAST_REF"));
        };
        let moved = |point: Point| {
            let by = fields
                .get(Field::YearBy)
                .map(|it| it * 12)
                .or(fields.get(Field::MonthBy));
            let first = by.map_or(Some(point.cell.first), |by| {
                add_months(point.cell.first, by)
            });
            first.map(|first| Point {
                cell: Cell {
                    first,
                    ..point.cell
                },
                ..point
            })
        };
        trace.notes.push("the date told before".to_owned());
        match told {
            Answer::Point(it) => moved(*it).map(Answer::Point).ok_or(Lack::Date),
            Answer::Range(a, b) => Ok(Answer::Range(a.and_then(moved), b.and_then(moved))),
            other => Ok(other.clone()),
        }
    }

    fn date(
        &self,
        fields: &Fields,
        pointer: Pointer,
        tense: Tense,
        trace: &mut Trace,
    ) -> Result<Point, Lack> {
        let clock = clock(fields);
        let stretch = fields.get(Field::Stretch);
        if let (false, Direction::Next, Some(now)) =
            (fields.has_date(), pointer.direction, self.moment)
        {
            let (day, clock) = next_clock(fields, now).ok_or(Lack::Date)?;
            trace.notes.push(format!("the next one from {now}"));
            return Ok(Point {
                cell: Cell::day(day),
                stretch,
                clock: Some(clock),
            });
        }
        if !fields.has_date() {
            // A time alone is of the day the story is at, or has gone back to.
            let anchor = match pointer.anchor {
                Anchor::Published if self.is_back() => Anchor::Mentioned,
                Anchor::Published => Anchor::Story,
                other => other,
            };
            let (day, words) = self.anchor(anchor, fields, trace)?;
            trace.anaphoric = false;
            trace.notes.push(format!("on {words}"));
            return Ok(Point {
                cell: Cell::day(day),
                stretch,
                clock,
            });
        }
        let cell = if let Some(cell) = base_cell(fields) {
            cell
        } else {
            let (day, words) = self.anchor(pointer.anchor, fields, trace)?;
            let choice = Choice {
                day: self.over(pointer).unwrap_or(day),
                words: &words,
                direction: pointer.direction,
                tense,
                nearest_year: self.nearest_year,
            };
            relative(fields, &choice, trace).ok_or(Lack::Date)?
        };
        Ok(Point {
            cell,
            stretch,
            clock,
        })
    }

    fn shift(&self, shift: &Shift, trace: &mut Trace) -> Result<Point, Lack> {
        let (length, sign) = (&shift.length, shift.sign);
        let words = if sign < 0 { "before" } else { "after" };
        let told = length::value(length);
        if length::is_finer_than_day(length) {
            let from = match &shift.base {
                Some(base) => moment(self.point(base, Tense::Open, trace)?).ok_or(Lack::Moment)?,
                None => self.moment_of(shift.anchor).ok_or(Lack::Moment)?,
            };
            let to = length::after(from, length, sign).ok_or(Lack::Date)?;
            trace.notes.push(format!("{told} {words} {from}"));
            return Ok(Point::at(to));
        }
        if let Some(weekday) = length.get(Field::Weekday) {
            let (day, of) = match &shift.base {
                Some(base) => {
                    let point = self.point(base, Tense::Open, trace)?;
                    (point.cell.first, point.value())
                }
                None => self.anchor(shift.anchor, length, trace)?,
            };
            trace
                .notes
                .push(format!("the weekdays {words} {of}, counted"));
            let count = length.get(Field::Count).unwrap_or(1);
            let day = nth_weekday_from(day, weekday, count * sign).ok_or(Lack::Date)?;
            return Ok(Point::new(Cell::day(day)));
        }
        let mut grain = length::grain(length);
        let (day, of) = match &shift.base {
            Some(base) => {
                let point = self.point(base, Tense::Open, trace)?;
                // Three months after a day is a day, two years before this month a month.
                grain = grain.max(point.cell.grain);
                (point.cell.first, point.value())
            }
            None => self.anchor(shift.anchor, length, trace)?,
        };
        trace.notes.push(format!("{told} {words} {of}"));
        let to = length::add(day, length, sign).ok_or(Lack::Date)?;
        Cell::around(grain, to).map(Point::new).ok_or(Lack::Date)
    }
}

/// Returns the moment of a point with a time of day.
fn moment(point: Point) -> Option<NaiveDateTime> {
    match point.ends()? {
        (Part::Minute(moment), _) => Some(moment),
        _ => None,
    }
}
