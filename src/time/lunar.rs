//! The lunar calendar of Korea → days of the solar one, from the table `data/lunar.tsv`.
//!
//! It calculates no moons: years that the table does not have stay unresolved.

use super::calendar::add_days;
use chrono::NaiveDate;

const TABLE: &str = include_str!("../../data/lunar.tsv");

/// The day of a month that stands for its last, whether it has 29 days or 30.
pub(super) const LAST: i32 = 31;

/// Returns the solar date of a day of a lunar year; `None` if the table has no such year or the month no such day.
pub(super) fn solar(year: i32, month: i32, day: i32) -> Option<NaiveDate> {
    let row = TABLE
        .lines()
        .find_map(|it| it.strip_prefix(&format!("{year}\t")))?;
    let mut cells = row.split('\t');
    let (first, leap, months) = (cells.next()?, cells.next()?, cells.next()?);
    let first = NaiveDate::parse_from_str(&format!("{year}-{first}"), "%Y-%m-%d").ok()?;
    let leap: i32 = leap.parse().ok()?;
    // The months before it, with the leap month if that is one of them.
    let before = month - 1 + i32::from(0 < leap && leap < month);
    let before = usize::try_from(before).ok()?;
    let length = |it: char| if it == '+' { 30 } else { 29 };
    let own = months.chars().nth(before).map(length)?;
    let day = if day == LAST { own } else { day };
    let passed: i32 = months.chars().take(before).map(length).sum();
    ((1..=12).contains(&month) && (1..=own).contains(&day))
        .then(|| add_days(first, passed + day - 1))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(lunar: (i32, i32, i32), wanted: &str) {
        let found = solar(lunar.0, lunar.1, lunar.2).map(|it| it.to_string());
        assert_eq!(found.as_deref().unwrap_or("none"), wanted, "{lunar:?}");
    }

    #[test]
    fn lunar_days_have_the_solar_dates_of_the_almanac() {
        is((2025, 1, 1), "2025-01-29");
        is((2025, 8, 15), "2025-10-06");
        is((2017, 8, 15), "2017-10-04");
        is((2025, 4, 8), "2025-05-05");
        is((2026, 1, 15), "2026-03-03");
        is((2024, 12, LAST), "2025-01-28");
    }

    #[test]
    fn days_that_are_not_in_the_calendar_are_none() {
        is((1899, 1, 1), "none");
        is((2025, 13, 1), "none");
        is((2025, 2, 30), "none");
        is((2025, 0, 1), "none");
    }

    #[test]
    fn every_year_ends_where_the_next_begins() {
        for year in 1900..2049 {
            let end = solar(year, 12, LAST).and_then(|it| it.succ_opt());
            assert_eq!(end, solar(year + 1, 1, 1), "{year}");
        }
    }
}
