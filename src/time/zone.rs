//! Time zones: which moment it is elsewhere when a clock told with its zone shows an hour.

use super::answer::Answer;
use super::calendar::{Point, add_days};
use super::meaning::{Field, Meaning};
use super::resolve::Narrative;
use crate::model::Part;
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime};

/// Who puts the clock forward in summer, as a code names them.
const SUMMERS: [&str; 2] = ["us", "eu"];

/// Returns the number for the zone `code`: `+9`, `+3:30`, and with those who put the clock forward in summer `-5 us` and `+1 eu`.
pub(super) fn code(code: &str) -> Option<i32> {
    let (offset, summer) = code.split_once(' ').unwrap_or((code, ""));
    let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "0"));
    let sign = if hours.starts_with('-') { -1 } else { 1 };
    let hours: i32 = hours.parse().ok().filter(|it| (-14..=14).contains(it))?;
    let minutes: i32 = minutes.parse().ok().filter(|it| (0..60).contains(it))?;
    let summer = match summer {
        "" => 0,
        other => 1 + i32::try_from(SUMMERS.iter().position(|it| *it == other)?).ok()?,
    };
    Some((hours * 60 + sign * minutes) * 4 + summer)
}

/// Returns the zone that a moment of publication ends with, as `+09:00` or `Z`.
pub(super) fn of_moment(text: &str) -> Option<i32> {
    let clock = text.get(10..)?;
    if clock.ends_with('Z') {
        return code("+0");
    }
    let at = clock.rfind(['+', '-'])?;
    code(&clock[at..])
}

/// Returns how many minutes before UTC the clocks of a zone are at `moment`.
fn offset(zone: i32, moment: NaiveDateTime) -> i64 {
    let (minutes, summer) = (zone.div_euclid(4), zone.rem_euclid(4));
    let forward = is_summer(summer, moment).unwrap_or(false);
    i64::from(minutes) + if forward { 60 } else { 0 }
}

/// Tells whether the clock is put forward then.
fn is_summer(who: i32, moment: NaiveDateTime) -> Option<bool> {
    let (year, day) = (moment.year(), moment.date());
    let (first, last) = match who {
        1 => (sunday(year, 3, 14)?, sunday(year, 11, 7)?),
        2 => (sunday(year, 3, 31)?, sunday(year, 10, 31)?),
        _ => return None,
    };
    Some(first <= day && day < last)
}

/// Returns the last Sunday on or before a day.
fn sunday(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let day = NaiveDate::from_ymd_opt(year, month, day)?;
    let back = day.weekday().num_days_from_sunday();
    add_days(day, -i32::try_from(back).ok()?)
}

impl Narrative {
    /// Returns the first and last moment of `answer` by the clocks of the article, where `meaning` names the zone of its own, and that in words.
    pub(super) fn by_home_clock(
        &self,
        meaning: &Meaning,
        answer: &Answer,
    ) -> Option<((Part, Part), String)> {
        let (zone, home) = (meaning.zone()?, self.home?);
        let moved = |point: &Point| match point.ends()? {
            (Part::Minute(moment), _) => {
                let away = offset(home, moment) - offset(zone, moment);
                moment.checked_add_signed(Duration::minutes(away))
            }
            _ => None,
        };
        let (first, last) = match answer {
            Answer::Point(it) => (moved(it)?, moved(it)?),
            Answer::Range(Some(from), Some(to)) => (moved(from)?, moved(to)?),
            _ => return None,
        };
        let words = format!(
            "{} by the clocks of the article",
            first.format("%Y-%m-%d %H:%M")
        );
        Some(((Part::Minute(first), Part::Minute(last)), words))
    }
}

impl Meaning {
    /// Returns the zone told with a time of day.
    fn zone(&self) -> Option<i32> {
        match self {
            Self::Date(fields, _) | Self::Within(_, fields) => {
                fields.get(Field::Zone).filter(|_| fields.has(Field::Hour))
            }
            Self::About(it) | Self::Range(Some(it), _) => it.zone(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(zone: &str, day: &str) -> i64 {
        let moment = NaiveDateTime::parse_from_str(&format!("{day} 12:00"), "%Y-%m-%d %H:%M");
        offset(code(zone).unwrap(), moment.unwrap()) / 60
    }

    #[test]
    fn clocks_are_put_forward_in_summer() {
        assert_eq!(hours("-5 us", "2025-07-15"), -4);
        assert_eq!(hours("-5 us", "2025-12-15"), -5);
        assert_eq!(hours("+1 eu", "2025-03-30"), 2);
        assert_eq!(hours("+1 eu", "2025-10-26"), 1);
        assert_eq!(hours("+9", "2025-07-15"), 9);
    }

    #[test]
    fn publication_tells_its_zone() {
        assert_eq!(of_moment("2025-07-16T09:30:00+09:00"), code("+9"));
        assert_eq!(of_moment("2025-07-16T09:30:00Z"), code("+0"));
        assert_eq!(of_moment("2025-07-16"), None);
    }
}
