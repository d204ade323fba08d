//! Feasts: how their day is found in a year.
//!
//! A pack names a feast by a word: `1225`, `nth 11 4 4` (the fourth Thursday of November), `easter -2`, `orthodox 0`, `hebrew 1 15`,
//! `islamic 10 1`, `tithi 1 9` (the ninth lunar day of the first Hindu month, at sunrise; `evening` after sunset), `lunar 8 1 1` (the first day of the first month by the hours of UTC+8). A last number counts days on: `nth 11 4 4 +1`.
//! `for 8` after it says how many days it lasts; an Islamic month ends with its last day all the same.
//! Hebrew days begin on the evening before. Where the new moon is looked for with the eye, Islamic days may come a day later.

use super::calendar::{Cell, Grain, add_days};
use super::{moon, tithi};
use crate::model::Part;
use chrono::{Datelike, NaiveDate, Weekday};

/// The kinds of feast, in the order of their codes.
const KINDS: [&str; 8] = [
    "date", "nth", "easter", "orthodox", "hebrew", "islamic", "tithi", "evening",
];
const LUNAR: &str = "lunar";

/// Codes of one kind lie this far apart.
const KIND: i32 = 80_000_000;
/// Codes of one more day lie this far apart.
const LASTING: i32 = 1_400_000;
/// The kinds that [`extent`] knows more of.
const HEBREW: i32 = 4;
const ISLAMIC: i32 = 5;

/// Returns the number that stands for the feast `word` names.
pub(super) fn code(word: &str) -> Option<i32> {
    let (word, days) = match word.split_once(" for ") {
        Some((word, days)) => (word, days.parse().ok().filter(|it| (1..=50).contains(it))?),
        None => (word, 1),
    };
    let mut parts = word.split_whitespace();
    let kind = parts.next()?;
    let numbers: Vec<i32> = parts
        .map(|it| it.parse().ok())
        .collect::<Option<_>>()
        .filter(|it: &Vec<i32>| it.iter().all(|it| it.abs() < 100))?;
    let lunar = i32::try_from(KINDS.len()).ok()?;
    let (kind, fields) = match (kind, &numbers[..]) {
        (LUNAR, [zone, rest @ ..]) if (0..=14).contains(zone) => (lunar + zone, rest),
        _ => {
            let kind = KINDS.iter().position(|it| *it == kind)?;
            (i32::try_from(kind).ok()?, &numbers[..])
        }
    };
    let (a, b, on) = match (kind, fields) {
        (2 | 3, [on]) => (0, 0, *on),
        (1, [month, weekday, nth]) => (*month, weekday * 10 + nth.rem_euclid(10), 0),
        (1, [month, weekday, nth, on]) => (*month, weekday * 10 + nth.rem_euclid(10), *on),
        (_, [month, day]) => (*month, *day, 0),
        (_, [month, day, on]) => (*month, *day, *on),
        _ => return None,
    };
    Some((kind + 1) * KIND + days * LASTING + (a * 100 + b) * 1000 + on + 500)
}

/// Returns the day of the feast `code` in `year`; a code below 1232 is a month and a day.
pub(super) fn day(code: i32, year: i32) -> Option<NaiveDate> {
    let date = |month: i32, day: i32| {
        NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    };
    if code < KIND {
        return date(code / 100, code % 100);
    }
    let (kind, rest) = (code / KIND - 1, code % KIND % LASTING);
    let (a, b, on) = (rest / 100_000, rest / 1000 % 100, rest % 1000 - 500);
    let day = match kind {
        0 => date(a, b),
        1 => nth(year, a, b / 10, b % 10),
        2 => easter(year),
        3 => orthodox_easter(year),
        HEBREW => within(year, year + 3760, |it| hebrew(it, a, b)),
        ISLAMIC => within(year, (year - 622) * 33 / 32 - 1, |it| islamic(it, a, b)),
        6 => tithi::day(year, a, b, tithi::SUNRISE),
        7 => tithi::day(year, a, b, tithi::EVENING),
        _ => moon::day(year, a, b, kind - 8),
    };
    add_days(day?, on)
}

/// Returns the first and last day of the feast `code` that begins on `first`; `None` where it is just that day.
pub(super) fn extent(code: i32, first: NaiveDate) -> Option<(Part, Part)> {
    let (kind, days) = (code / KIND - 1, code % KIND / LASTING);
    if code < KIND || (days < 2 && kind != HEBREW) {
        return None;
    }
    let from = if kind == HEBREW {
        first.pred_opt()?
    } else {
        first
    };
    let mut last = add_days(first, days - 1)?;
    if kind == ISLAMIC && 28 < days {
        // The next month begins on the 30th or the 31st day.
        let month = code % KIND % LASTING / 100_000;
        let next = within(first.year(), (first.year() - 622) * 33 / 32 - 1, |it| {
            islamic(it, month + 1, 1)
        });
        let end = next.and_then(|it| it.pred_opt());
        last = end
            .filter(|it| (28..=29).contains(&(*it - first).num_days()))
            .unwrap_or(last);
    }
    Some((Part::Day(from), Part::Day(last)))
}

/// Returns the weekend of a feast: that before a Monday or Tuesday, that after a later day.
pub(super) fn weekend(day: NaiveDate) -> Option<Cell> {
    let early = day.weekday().number_from_monday() <= 2;
    Cell::around(Grain::Weekend, add_days(day, if early { -7 } else { 0 })?)
}

/// Returns the first and last day of the weekend of the feast `code`, with its own.
pub(super) fn weekend_extent(code: i32, saturday: NaiveDate) -> Option<(Part, Part)> {
    let sunday = saturday.succ_opt()?;
    let day = (-5..=5).find_map(|by| {
        let it = add_days(saturday, by)?;
        (day(code, it.year()) == Some(it)).then_some(it)
    })?;
    Some((Part::Day(saturday.min(day)), Part::Day(sunday.max(day))))
}

/// Returns the first day in `year` that `day` finds for one of some years of another calendar.
fn within(year: i32, from: i32, day: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    (from..=from + 3)
        .filter_map(day)
        .find(|it| it.year() == year)
}

/// Returns the nth weekday of a month, the last if `nth` is 9.
fn nth(year: i32, month: i32, weekday: i32, nth: i32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, 1)?;
    let here = i32::try_from(first.weekday().number_from_monday()).ok()?;
    let first = add_days(first, (weekday - here).rem_euclid(7))?;
    if nth < 9 {
        return add_days(first, (nth - 1) * 7);
    }
    let fifth = add_days(first, 28)?;
    if fifth.month() == first.month() {
        Some(fifth)
    } else {
        add_days(first, 21)
    }
}

/// Returns Easter of the western churches (Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let sum = moon + sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(sum / 31).ok()?,
        u32::try_from(sum % 31 + 1).ok()?,
    )
}

/// Returns Easter of the eastern churches, which keep the Julian calendar for it.
fn orthodox_easter(year: i32) -> Option<NaiveDate> {
    let d = (19 * (year % 19) + 15) % 30;
    let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    let sum = d + e + 114;
    let julian = NaiveDate::from_ymd_opt(
        year,
        u32::try_from(sum / 31).ok()?,
        u32::try_from(sum % 31 + 1).ok()?,
    )?;
    add_days(julian, year / 100 - year / 400 - 2)
}

/// Returns a day of the Islamic calendar: a month begins on the evening after the new moon, as the calendar of Mecca has it.
fn islamic(year: i32, month: i32, day: i32) -> Option<NaiveDate> {
    if !(900..=2000).contains(&year) {
        return None;
    }
    let about =
        227_015 + (year - 1) * 354 + (3 + 11 * year) / 30 + 29 * (month - 1) + (6 * month - 1) / 11;
    let first = moon::evening_after_new(about)?;
    NaiveDate::from_num_days_from_ce_opt(first + day - 1)
}

/// Returns the day on which a day of the Hebrew calendar is kept: the fast of Av not on a Sabbath, the days of remembrance and of independence not beside one.
fn kept(month: i32, day: i32, date: NaiveDate) -> Option<NaiveDate> {
    let by = match (month, day, date.weekday()) {
        (5, 9, Weekday::Sat) | (2, 5, Weekday::Mon) | (1, 27, Weekday::Sun) => 1,
        (2, 5, Weekday::Fri) | (1, 27, Weekday::Fri) => -1,
        (2, 5, Weekday::Sat) => -2,
        _ => 0,
    };
    add_days(date, by)
}

/// Returns a day of the Hebrew calendar; the first month is Nisan, the twelfth the Adar of Purim.
fn hebrew(year: i32, month: i32, day: i32) -> Option<NaiveDate> {
    let leap = (7 * year + 1) % 19 < 7;
    let start = hebrew_new_year(year);
    let length = hebrew_new_year(year + 1) - start;
    // Months as the year runs from Tishri, with their lengths.
    let long = |is: bool| if is { 30 } else { 29 };
    let mut lengths = vec![
        (7, 30),
        (8, long(length % 10 == 5)),
        (9, long(length % 10 != 3)),
        (10, 29),
        (11, 30),
    ];
    if leap {
        lengths.push((0, 30));
    }
    lengths.extend([
        (12, 29),
        (1, 30),
        (2, 29),
        (3, 30),
        (4, 29),
        (5, 30),
        (6, 29),
    ]);
    let before = lengths
        .iter()
        .take_while(|it| it.0 != month)
        .map(|it| it.1)
        .sum::<i32>();
    let date = NaiveDate::from_num_days_from_ce_opt(start + before + day - 1)?;
    kept(month, day, date)
}

/// Returns the first of Tishri as a count of days.
fn hebrew_new_year(year: i32) -> i32 {
    let elapsed = |year: i32| {
        let months = (235 * year - 234) / 19;
        let parts = 12_084 + 13_753 * i64::from(months);
        let day = 29 * i64::from(months) + parts / 25_920;
        i32::try_from(day + i64::from(3 * (day + 1) % 7 < 3)).unwrap_or(0)
    };
    let (before, here, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let delay = match (after - here, here - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    };
    here + delay - 1_373_427
}

#[cfg(test)]
mod tests {
    use super::{code, day};

    fn of(word: &str, year: i32) -> String {
        let day = code(word).and_then(|it| day(it, year));
        day.map_or_else(String::new, |it| it.to_string())
    }

    #[test]
    fn feasts_fall_where_they_do() {
        for (word, year, wanted) in [
            ("date 12 25", 2025, "2025-12-25"),
            ("nth 11 4 4", 2025, "2025-11-27"),
            ("nth 11 4 4 +1", 2025, "2025-11-28"),
            ("nth 5 1 -1", 2025, "2025-05-26"),
            ("easter 0", 2025, "2025-04-20"),
            ("easter -2", 2024, "2024-03-29"),
            ("orthodox 0", 2024, "2024-05-05"),
            ("hebrew 1 15", 2025, "2025-04-13"),
            ("hebrew 7 10", 2024, "2024-10-12"),
            ("hebrew 9 25", 2023, "2023-12-08"),
            ("hebrew 12 14", 2024, "2024-03-24"),
            ("islamic 10 1", 2025, "2025-03-30"),
            ("islamic 12 10", 2018, "2018-08-21"),
            ("evening 7 30", 2024, "2024-10-31"),
            ("evening 7 30", 2023, "2023-11-12"),
            ("evening 12 15 +1", 2025, "2025-03-14"),
            ("tithi 1 9", 2024, "2024-04-17"),
            ("tithi 6 4", 2023, "2023-09-19"),
            ("lunar 8 1 1", 2024, "2024-02-10"),
            ("lunar 8 1 1", 2033, "2033-01-31"),
            ("lunar 9 8 15", 2025, "2025-10-06"),
            ("lunar 9 1 1", 2025, "2025-01-29"),
            ("lunar 9 4 8", 2025, "2025-05-05"),
        ] {
            assert_eq!(of(word, year), wanted, "{word} {year}");
        }
    }

    #[test]
    fn no_word_and_no_year_panics() {
        for word in [
            "",
            "nth",
            "nth 1",
            "easter",
            "lunar 99 1 1",
            "date 99 99",
            "hebrew 99 99",
        ] {
            for year in [-4000, 0, 1, 1582, 9999, 200_000] {
                let _ = code(word).and_then(|it| day(it, year));
            }
        }
    }
}
