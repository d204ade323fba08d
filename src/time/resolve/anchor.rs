//! What relative dates count from: publication, the day the story is at, the date told last.

use super::super::answer::Answer;
use super::super::calendar::{Cell, Grain, Point};
use super::super::meaning::{Anchor, Direction, Field, Fields, Pointer};
use super::{Lack, Narrative, Trace, moment};
use crate::model::Part;
use chrono::{NaiveDate, NaiveDateTime};

/// What counts days, so that it needs one to count from.
const DAYS: [Field; 3] = [Field::DayBy, Field::Days, Field::Weeks];

impl Narrative {
    /// Returns the day that `anchor` is at; the coarser context stands in for a finer one that is not told.
    pub(super) fn anchor(
        &self,
        anchor: Anchor,
        fields: &Fields,
        trace: &mut Trace,
    ) -> Result<(NaiveDate, String), Lack> {
        let published = || self.published.map(|it| (it, format!("{it} (published)")));
        let story = || {
            self.story
                .map(|it| (it, format!("{it} (the day the story is at)")))
        };
        let told = |answer: Option<&Answer>| {
            let day = match answer? {
                Answer::Point(it) | Answer::Range(Some(it), _) | Answer::Range(None, Some(it)) => {
                    it.cell.first
                }
                _ => return None,
            };
            Some((day, format!("{day} (told before)")))
        };
        trace.anaphoric |= anchor != Anchor::Published;
        match anchor {
            Anchor::Published => published(),
            Anchor::Story => story().or_else(published),
            // Three days after a year are no day: they count from the last day told.
            Anchor::Mentioned if fields.has_any(&DAYS) && self.is_coarse() => {
                let told = self
                    .days
                    .last()
                    .map(|it| (*it, format!("{it} (told before)")));
                return told.ok_or(Lack::Told);
            }
            Anchor::Mentioned => told(self.mentioned.as_ref()).or_else(published),
            Anchor::Told => return told(self.mentioned.as_ref()).ok_or(Lack::Told),
            Anchor::Period => told(self.period(fields)).or_else(published),
        }
        .ok_or(Lack::Published)
    }

    /// Tells whether the text tells of a day before that of the story: its hours are told without it.
    pub(super) fn is_back(&self) -> bool {
        let here = self.story.or(self.published);
        let is_over = |day| here.is_some_and(|it| day < it);
        self.background
            && matches!(&self.mentioned, Some(Answer::Point(it)) if it.cell.grain == Grain::Day && is_over(it.cell.first))
    }

    /// Returns when the year or month told last is over, where what follows it is meant: after 2011, "the following spring" is that of 2012.
    pub(super) fn over(&self, pointer: Pointer) -> Option<NaiveDate> {
        let follows = pointer.direction == Direction::Next && pointer.anchor == Anchor::Mentioned;
        match &self.mentioned {
            Some(Answer::Point(it)) if follows && it.cell.grain < Grain::Day => it.cell.last(),
            _ => None,
        }
    }

    /// Tells whether the date told last is coarser than a day.
    fn is_coarse(&self) -> bool {
        let Some(
            Answer::Point(told) | Answer::Range(Some(told), _) | Answer::Range(None, Some(told)),
        ) = &self.mentioned
        else {
            return false;
        };
        told.cell.grain < Grain::Day
    }

    /// Returns the stretch that "the quarter" or "a year earlier" is said of: one of that length, or for years a part of a year, if any was told.
    pub(super) fn period(&self, fields: &Fields) -> Option<&Answer> {
        let wanted: &[Grain] = if fields.has(Field::QuarterBy) {
            &[Grain::Quarter]
        } else if fields.has(Field::MonthBy) {
            &[Grain::Month]
        } else {
            &[Grain::Quarter, Grain::Half]
        };
        let is_wanted = |it: &&(Option<Grain>, Answer)| it.0.is_some_and(|it| wanted.contains(&it));
        let told = self.periods.iter().rev().find(is_wanted);
        told.or(self.periods.last()).map(|it| &it.1)
    }

    /// Returns the moment that `anchor` is at: the one told last, that of publication where nothing was told.
    pub(super) fn moment_of(&self, anchor: Anchor) -> Option<NaiveDateTime> {
        match (anchor, self.mentioned.as_ref()) {
            (Anchor::Published | Anchor::Story, _) | (_, None) => self.moment,
            (_, Some(Answer::Point(it) | Answer::Range(_, Some(it)))) => moment(*it),
            _ => None,
        }
    }

    /// Returns the moment of publication, or its day, as first and last.
    pub(super) fn now(&self) -> Option<(Part, Part)> {
        let now = match self.moment {
            Some(moment) => Part::Minute(moment),
            None => Part::Day(self.published?),
        };
        Some((now, now))
    }

    /// Returns the day the story is at, or that of publication, and that in words.
    pub(in crate::time) fn here(&self) -> Option<(NaiveDate, String)> {
        let day = self.story.or(self.published)?;
        let words = if self.story.is_some() {
            "the day the story is at"
        } else {
            "published"
        };
        Some((day, format!("{day} ({words})")))
    }

    /// Returns the dates told before, the last first: that told last, stretches longer than a day, days.
    pub(in crate::time) fn told(&self) -> impl Iterator<Item = Answer> {
        let periods = self.periods.iter().rev().map(|it| it.1.clone());
        let day = |it: &NaiveDate| Answer::Point(Point::new(Cell::day(*it)));
        let last = self.mentioned.iter().cloned();
        last.chain(periods).chain(self.days.iter().rev().map(day))
    }
}
