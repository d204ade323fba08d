//! Weekdays and weekends, seen from a day.

use super::calendar::{Cell, Grain, add_days};
use super::fields::Choice;
use super::meaning::{Direction, Field, Fields, Tense};
use super::resolve::Trace;
use chrono::{Datelike, NaiveDate};

/// Returns the nth such weekday of a cell, counted from its end if negative.
pub(super) fn nth_weekday(cell: Cell, nth: i32, weekday: i32) -> Option<Cell> {
    if nth < 0 {
        let last = cell.last()?;
        let back =
            (i64::from(last.weekday().number_from_monday()) - i64::from(weekday)).rem_euclid(7);
        return add_days(last, -i32::try_from(back).ok()? + (nth + 1) * 7).map(Cell::day);
    }
    let ahead =
        (i64::from(weekday) - i64::from(cell.first.weekday().number_from_monday())).rem_euclid(7);
    add_days(cell.first, i32::try_from(ahead).ok()? + (nth - 1) * 7).map(Cell::day)
}

/// Returns the weekday `count` times after `day`, or before if negative: the second Friday from now.
pub(super) fn nth_weekday_from(day: NaiveDate, weekday: i32, count: i32) -> Option<NaiveDate> {
    let here = i32::try_from(day.weekday().number_from_monday()).ok()?;
    let ahead = (weekday - here).rem_euclid(7);
    let first = match (ahead, 0 < count) {
        (0, true) => 7,
        (0, false) => -7,
        (_, true) => ahead,
        (_, false) => ahead - 7,
    };
    add_days(day, first + (count - count.signum()).checked_mul(7)?)
}

/// Returns the day of that weekday (1 is Monday) in the week of `day`.
pub(super) fn weekday_of(day: NaiveDate, weekday: i32) -> Option<NaiveDate> {
    add_days(Cell::around(Grain::Week, day)?.first, weekday - 1)
}

/// Tells whether a day is of the weekday told with it, if any is.
pub(super) fn is_weekday(day: NaiveDate, fields: &Fields) -> bool {
    let told = fields.get(Field::Weekday);
    told.is_none_or(|it| i64::from(day.weekday().number_from_monday()) == i64::from(it))
}

/// Returns the weekday that the direction asks for.
pub(super) fn near_weekday(weekday: i32, choice: &Choice<'_>, trace: &mut Trace) -> Option<Cell> {
    let here = i32::try_from(choice.day.weekday().number_from_monday()).ok()?;
    let back = (here - weekday).rem_euclid(7);
    let (by, why) = match (choice.direction, choice.tense == Tense::Ahead) {
        (Direction::Last, _) if back == 0 => (-7, "before"),
        (Direction::Last, _) => (-back, "before"),
        (Direction::Near | Direction::Nearest, true) if back == 0 => (0, "on"),
        (Direction::Next, _) if back == 0 => (7, "after"),
        (Direction::Next, _) | (Direction::Near | Direction::Nearest, true) => (7 - back, "after"),
        (Direction::This, _) => (weekday - here, "in the week of"),
        (Direction::Near | Direction::Nearest, false) => (-back, "on or before"),
    };
    trace
        .notes
        .push(format!("that weekday {why} {}", choice.words));
    add_days(choice.day, by).map(Cell::day)
}

/// Returns the weekend that the direction asks for.
pub(super) fn near_weekend(choice: &Choice<'_>, trace: &mut Trace) -> Option<Cell> {
    let here = Cell::around(Grain::Weekend, choice.day)?;
    let begun = here.first <= choice.day;
    let by = match (choice.direction, choice.tense == Tense::Ahead) {
        (Direction::Last, _) | (Direction::Near, false) if !begun => -1,
        (Direction::Next, _) if begun => 1,
        _ => 0,
    };
    trace
        .notes
        .push(format!("the weekend nearest to {}", choice.words));
    here.shift(by)
}
