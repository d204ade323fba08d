//! Fields of a date → a cell of the calendar, seen from an anchor.

use super::calendar::{Cell, Clock, Grain, add_days};
use super::feast;
use super::meaning::{Direction, Field, Fields, Tense};
use super::moon;
use super::resolve::Trace;
use super::weekday::{is_weekday, near_weekday, near_weekend, nth_weekday, weekday_of};
use chrono::{Datelike, NaiveDate};

/// From where, and in which direction, a partial date is looked for.
pub(super) struct Choice<'a> {
    pub(super) day: NaiveDate,
    /// The anchor in words.
    pub(super) words: &'a str,
    pub(super) direction: Direction,
    pub(super) tense: Tense,
    /// Whether a month without a year is of the nearest year.
    pub(super) nearest_year: bool,
}

/// Returns the cell of fields that need no anchor, or `None` if they do.
pub(super) fn base_cell(fields: &Fields) -> Option<Cell> {
    if is_of_era(fields) {
        return narrow(of_era(fields)?, fields);
    }
    let year = match (
        fields.get(Field::Year),
        fields.get(Field::Century),
        fields.get(Field::Decade),
    ) {
        (Some(year), ..) if 100 <= year => Cell::year(year),
        (None, Some(century), _) => Cell::year((century - 1).checked_mul(100)?).map(|it| Cell {
            grain: Grain::Century,
            ..it
        }),
        (None, None, Some(decade)) if 100 <= decade => Cell::year(decade).map(|it| Cell {
            grain: Grain::Decade,
            ..it
        }),
        _ => None,
    }?;
    narrow(year, fields)
}

/// Tells whether the era of a year, or of a century before it, is told.
fn is_of_era(fields: &Fields) -> bool {
    let era = fields.get(Field::Era);
    era.is_some_and(|it| fields.has(Field::Year) || (it < 0 && fields.has(Field::Century)))
}

/// Returns the year of an era that is told with it: 1 counts on, -1 back from the year before it.
fn of_era(fields: &Fields) -> Option<Cell> {
    let is_before = fields.get(Field::Era)? < 0;
    if let (true, Some(century)) = (is_before, fields.get(Field::Century)) {
        let first = Cell::year(century.checked_mul(-100)? + 1)?;
        return Some(Cell {
            grain: Grain::Century,
            ..first
        });
    }
    let year = fields.get(Field::Year)?;
    Cell::year(if is_before { 1 - year } else { year })
}

/// Returns the finer part of `cell` that the fields name; the cell itself if they name none.
pub(super) fn narrow(cell: Cell, fields: &Fields) -> Option<Cell> {
    let mut cell = inside_month(inside_year(cell, fields)?, fields)?;
    if fields.has(Field::Weekend) && cell.grain == Grain::Day {
        cell = feast::weekend(cell.first)?;
    }
    if fields.has(Field::WeekOf) && !fields.has(Field::Nth) && cell.grain == Grain::Day {
        cell = Cell::around(Grain::Week, cell.first)?;
    }
    if fields.has(Field::YearOf) {
        cell = Cell::around(Grain::Year, cell.first)?;
    }
    Some(cell)
}

/// Returns the half, quarter, season, feast, month or week of a year that the fields name.
fn inside_year(cell: Cell, fields: &Fields) -> Option<Cell> {
    let year = cell.first.year();
    let inside = |month: i32| Cell::month(year, month);
    let mut cell = cell;
    if let Some(half) = fields.get(Field::Half) {
        cell = inside(half * 6 - 5).filter(|_| half <= 2).map(|it| Cell {
            grain: Grain::Half,
            ..it
        })?;
    }
    if let Some(quarter) = fields.get(Field::Quarter) {
        cell = inside(quarter * 3 - 2).map(|it| Cell {
            grain: Grain::Quarter,
            ..it
        })?;
    }
    if let Some(season) = fields.get(Field::Season) {
        cell = inside((season - 20) * 3).map(|it| Cell {
            grain: Grain::Season,
            ..it
        })?;
    }
    if let Some(code) = fields.get(Field::Feast) {
        cell = Cell::day(feast::day(code, year)?);
    }
    if let Some(month) = fields.get(Field::Month) {
        cell = inside(month)?;
    }
    if let Some(week) = fields.get(Field::Week) {
        let first =
            NaiveDate::from_isoywd_opt(year, u32::try_from(week).ok()?, chrono::Weekday::Mon)?;
        cell = Cell {
            grain: Grain::Week,
            first,
        };
    }
    Some(cell)
}

/// Returns the day, week or weekend of a month, week or year that the fields name.
fn inside_month(cell: Cell, fields: &Fields) -> Option<Cell> {
    let mut cell = cell;
    if let Some(zone) = fields.get(Field::Lunar) {
        let year = cell.first.year();
        // A lunar month without a day is no month of ours.
        let (month, day) = (fields.get(Field::Month)?, fields.get(Field::Day)?);
        cell = Cell::day(moon::day(year, month, day, zone)?);
    } else if let Some(day) = fields.get(Field::Day) {
        cell = day_of(cell, day)?;
    } else if let (Some(nth), true) = (fields.get(Field::Nth), fields.has(Field::WeekOf)) {
        // A week belongs to where its Thursday lies, as ISO 8601 has it for years.
        let thursday = nth_weekday(cell, nth, 4)?.first;
        cell = Cell::around(Grain::Week, thursday)?;
        if let Some(weekday) = fields.get(Field::Weekday) {
            return weekday_of(cell.first, weekday).map(Cell::day);
        }
    } else if let (Some(nth), Some(weekday)) = (fields.get(Field::Nth), fields.get(Field::Weekday))
    {
        cell = nth_weekday(cell, nth, weekday)?;
    } else if let (Some(nth), true) = (fields.get(Field::Nth), fields.has(Field::Weekend)) {
        let saturday = nth_weekday(cell, nth, 6)?.first;
        cell = Cell::around(Grain::Weekend, saturday)?;
    } else if let (Some(weekday), Grain::Week) = (fields.get(Field::Weekday), cell.grain) {
        cell = Cell::day(weekday_of(cell.first, weekday)?);
    } else if fields.has(Field::Weekend) && cell.grain == Grain::Week {
        cell = Cell::around(Grain::Weekend, cell.first)?;
    }
    Some(cell)
}

/// Returns the day of a month, or counted from the end if negative.
fn day_of(cell: Cell, day: i32) -> Option<Cell> {
    let first = cell.first;
    match cell.grain {
        _ if day < 0 => add_days(cell.last()?, day + 1).map(Cell::day),
        Grain::Month => {
            NaiveDate::from_ymd_opt(first.year(), first.month(), u32::try_from(day).ok()?)
                .map(Cell::day)
        }
        Grain::Year if day == 1 => Some(Cell::day(first)),
        _ => None,
    }
}

/// Returns the cell of fields that count from an anchor.
pub(super) fn relative(fields: &Fields, choice: &Choice<'_>, trace: &mut Trace) -> Option<Cell> {
    if let (Some(by), Some(day)) = (fields.get(Field::DayBy), fields.get(Field::Day)) {
        return named_day(by, day, choice, trace);
    }
    if let Some((by, grain, name)) = counted(fields) {
        trace.notes.push(match by {
            0 => format!("the {name} of {}", choice.words),
            _ => format!("{name} {by:+} from {}", choice.words),
        });
        return narrow(Cell::around(grain, choice.day)?.shift(by)?, fields);
    }
    let day = choice.day;
    if let Some(decade) = fields.get(Field::Decade) {
        let cell = Cell::around(Grain::Decade, full_year(decade, day)?)?;
        trace
            .notes
            .push(format!("the decade nearest to {}", choice.words));
        return Some(cell);
    }
    if let Some(year) = fields.get(Field::Year) {
        trace
            .notes
            .push(format!("year '{year:02} nearest to {}", choice.words));
        return narrow(Cell::around(Grain::Year, full_year(year, day)?)?, fields);
    }
    if fields.has_any(&[
        Field::Month,
        Field::Half,
        Field::Quarter,
        Field::Season,
        Field::Feast,
        Field::Week,
    ]) {
        return of_year(fields, choice, trace);
    }
    if fields.has(Field::Day) || fields.has(Field::Nth) {
        return of_month(fields, choice, trace);
    }
    if let Some(weekday) = fields.get(Field::Weekday) {
        return near_weekday(weekday, choice, trace);
    }
    if fields.has(Field::Weekend) {
        return near_weekend(choice, trace);
    }
    // "early this …" without more is of the anchor's year.
    fields
        .has(Field::Stretch)
        .then(|| Cell::around(Grain::Year, day))
        .flatten()
}

/// Returns the day of that number which is the nearest to one counted from the anchor: the day before (the 28th).
fn named_day(by: i32, day: i32, choice: &Choice<'_>, trace: &mut Trace) -> Option<Cell> {
    let counted = add_days(choice.day, by)?;
    let month = Cell::around(Grain::Month, counted)?;
    let away = |it: &Cell| (it.first - counted).num_days().abs();
    let words = choice.words;
    trace.notes.push(format!(
        "{} nearest to day {by:+} from {words}",
        ordinal(day)
    ));
    (-1..=1)
        .filter_map(|it| day_of(month.shift(it)?, day))
        .min_by_key(away)
}

/// Returns by how much, and in what cells, fields count from the anchor's own: last year, the day after.
fn counted(fields: &Fields) -> Option<(i32, Grain, &'static str)> {
    let units = [
        (Field::DayBy, Grain::Day, "day"),
        (Field::WeekBy, Grain::Week, "week"),
        (Field::MonthBy, Grain::Month, "month"),
        (Field::QuarterBy, Grain::Quarter, "quarter"),
        (Field::HalfBy, Grain::Half, "half-year"),
        (Field::YearBy, Grain::Year, "year"),
        (Field::DecadeBy, Grain::Decade, "decade"),
        (Field::CenturyBy, Grain::Century, "century"),
    ];
    units
        .into_iter()
        .find_map(|(field, grain, name)| Some((fields.get(field)?, grain, name)))
}

/// Returns the full year of one told by two digits.
fn full_year(year: i32, anchor: NaiveDate) -> Option<NaiveDate> {
    let century = anchor.year().div_euclid(100) * 100;
    let year = if 100 <= year {
        year
    } else if year <= anchor.year() - century + 20 {
        century + year
    } else {
        century - 100 + year
    };
    NaiveDate::from_ymd_opt(year, 1, 1)
}

/// Returns the month, quarter, season or feast of the year that the direction asks for.
fn of_year(fields: &Fields, choice: &Choice<'_>, trace: &mut Trace) -> Option<Cell> {
    let anchor = choice.day;
    let of = |year: i32| narrow(Cell::year(year)?, fields);
    let here = of(anchor.year());
    let (year, words) = (anchor.year(), choice.words);
    let is_past = |cell: &Cell| is_over(*cell, fields, anchor);
    match choice.direction {
        Direction::This => {
            trace.notes.push(format!("in the year of {words}"));
            // A winter begins in the year before.
            let now = of(year - 1).filter(|it| it.last().is_some_and(|last| anchor <= last));
            now.or(here)
        }
        Direction::Last => {
            trace.notes.push(format!("the last one before {words}"));
            here.filter(is_past)
                .or_else(|| (1..=8).find_map(|by| of(year - by)))
        }
        Direction::Next => {
            trace.notes.push(format!("the next one from {words}"));
            // A winter begins in the year before.
            let now = of(year - 1).filter(|it| it.last().is_some_and(|last| anchor <= last));
            now.or(here)
                .filter(|it| it.last().is_some_and(|last| anchor <= last))
                .or_else(|| (1..=8).find_map(|by| of(year + by)))
        }
        Direction::Nearest => {
            trace.notes.push(format!("the nearest to {words}"));
            let away = |it: &Cell| (it.first - anchor).num_days().abs();
            (-1..=1).filter_map(|by| of(year + by)).min_by_key(away)
        }
        Direction::Near => {
            if let Some((by, cell)) = year_of_weekday(fields, choice) {
                trace
                    .notes
                    .push(format!("where that weekday is, {by:+} years from {words}"));
                return Some(cell);
            }
            let Some(cell) = here else {
                return (1..=4).find_map(|by| of(year - by));
            };
            let months = (cell.first.year() - year) * 12 + cell.first.month0().cast_signed()
                - anchor.month0().cast_signed();
            let (by, why) = match (choice.tense, months) {
                // What lies months ahead is seldom told without a word that says so.
                (Tense::Behind | Tense::Open, 4..) => (-1, "the one before"),
                // Accounts are of what is over, unless something says otherwise.
                (Tense::Open, ..=-9)
                    if choice.nearest_year
                        && !matches!(cell.grain, Grain::Quarter | Grain::Half) =>
                {
                    (1, "the one after")
                }
                (Tense::Ahead, ..=-5) => (1, "the one after"),
                _ => (0, "in the year of"),
            };
            trace.notes.push(format!("{why} {words}"));
            of(year + by)
        }
    }
}

/// Tells whether what the fields name of `cell` is over on `day`: the beginning of a month is before the month is.
fn is_over(cell: Cell, fields: &Fields, day: NaiveDate) -> bool {
    let last = match (cell.grain, fields.get(Field::Stretch)) {
        (Grain::Month, Some(part @ 1..=2)) => add_days(cell.first, part * 10 - 1),
        _ => cell.last(),
    };
    last.is_some_and(|it| it < day || (it == day && cell.grain == Grain::Day))
}

/// Returns the day of a month in the nearest year in which it is of the weekday told with it: Friday, July 18.
fn year_of_weekday(fields: &Fields, choice: &Choice<'_>) -> Option<(i32, Cell)> {
    if !fields.has(Field::Weekday) || !fields.has(Field::Day) {
        return None;
    }
    let years = match choice.tense {
        Tense::Ahead => [0, 1, -1],
        _ => [0, -1, 1],
    };
    years.into_iter().find_map(|by| {
        let cell = narrow(Cell::year(choice.day.year() + by)?, fields)?;
        is_weekday(cell.first, fields).then_some((by, cell))
    })
}

/// Returns the day of the month that the direction asks for.
fn of_month(fields: &Fields, choice: &Choice<'_>, trace: &mut Trace) -> Option<Cell> {
    let month = Cell::around(Grain::Month, choice.day)?;
    let (day, words) = (fields.get(Field::Day).unwrap_or(0), choice.words);
    let nth = if fields.has(Field::Day) {
        ordinal(day)
    } else {
        "that day".to_owned()
    };
    // A month without such a day, as June without a 31st, is passed over.
    let mut from = |mut by: std::ops::RangeInclusive<i32>,
                    sign: i32,
                    fits: &dyn Fn(&Cell) -> bool,
                    why: &str| {
        let told = |it: &Cell| fits(it) && is_weekday(it.first, fields);
        let cell = by.find_map(|it| narrow(month.shift(it * sign)?, fields).filter(told));
        trace.notes.push(format!("{nth} {why} {words}"));
        cell
    };
    match choice.direction {
        Direction::This => from(0..=0, 1, &|_| true, "of the month of"),
        Direction::Last => from(0..=12, -1, &|it| it.first <= choice.day, "on or before"),
        Direction::Next => from(0..=12, 1, &|it| choice.day <= it.first, "on or after"),
        Direction::Near | Direction::Nearest => {
            let here = narrow(month, fields).filter(|it| is_weekday(it.first, fields));
            let ahead = |it: &Cell| (it.first - choice.day).num_days();
            let soon = |it: &Cell| ahead(it) <= SOON;
            let next = month.shift(1).and_then(|it| narrow(it, fields));
            let turns = here.as_ref().is_some_and(|it| ahead(it) < 0)
                && next.as_ref().is_some_and(|it| ahead(it) <= SOON);
            if fields.has(Field::Day) && fields.has(Field::Weekday) {
                // Its weekday tells which one is meant.
                let sign = if choice.tense == Tense::Ahead { 1 } else { -1 };
                from(0..=0, 1, &|_| true, "of the month of")
                    .or_else(|| from(1..=12, sign, &|_| true, "the nearest to"))
                    .or_else(|| from(1..=12, -sign, &|_| true, "the nearest to"))
            } else if choice.tense == Tense::Ahead && fields.has(Field::Day) && turns {
                from(1..=1, 1, &|_| true, "of the month after that of")
            } else if choice.tense == Tense::Ahead
                || !fields.has(Field::Day)
                || here.as_ref().is_some_and(soon)
            {
                from(0..=0, 1, &|_| true, "of the month of")
            } else {
                from(0..=12, -1, &|it| it.first <= choice.day, "on or before")
            }
        }
    }
}

/// How many days ahead a bare day may lie.
const SOON: i64 = 7;

/// Returns the time of day among the fields.
pub(super) fn clock(fields: &Fields) -> Option<Clock> {
    let part = fields
        .get(Field::Part)
        .and_then(|it| usize::try_from(it).ok());
    let Some(hour) = fields
        .get(Field::Hour)
        .and_then(|it| u32::try_from(it).ok())
    else {
        return part.map(Clock::Part);
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
    let minute = small(Field::Minute).unwrap_or(0);
    // A quarter to eight.
    let (hour, minute) = match small(Field::Short) {
        Some(short) if minute < short => ((hour + 23) % 24, minute + 60 - short),
        Some(short) => (hour, minute - short),
        None => (hour, minute),
    };
    (hour <= 24 && (hour < 24 || minute == 0))
        .then(|| Clock::At(hour, minute, small(Field::Second)))
}

/// Returns `day` as an English ordinal.
fn ordinal(day: i32) -> String {
    let ending = match (day % 100, day % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}
