//! Lengths of time: how TIMEX3 writes them and where they lead on the calendar.

use super::calendar::{Grain, add_days, add_months};
use super::meaning::{Field, Fields, PARTS, SOME, UNITS};
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime};
use std::fmt::Write;

/// Returns the TIMEX3 value of a length, as `P1Y6M`; `X` where the count is not told.
pub(super) fn value(length: &Fields) -> String {
    let length = with_half(length);
    let count = |field| length.get(field);
    let (mut date, mut time) = (String::new(), String::new());
    let write = |out: &mut String, count: Option<i32>, times: i32, unit: char| {
        let shown = match count {
            // No hours and a half are half an hour.
            None | Some(0) => return,
            Some(SOME) => "X".to_owned(),
            Some(count) => count.saturating_mul(times).to_string(),
        };
        let _ = write!(out, "{shown}{unit}");
    };
    write(&mut date, count(Field::Centuries), 100, 'Y');
    write(&mut date, count(Field::Decades), 10, 'Y');
    write(&mut date, count(Field::Years), 1, 'Y');
    write(&mut date, count(Field::Quarters), 3, 'M');
    write(&mut date, count(Field::Months), 1, 'M');
    write(&mut date, count(Field::Weeks), 1, 'W');
    write(&mut date, count(Field::Days), 1, 'D');
    write(&mut date, count(Field::Workdays), 1, 'D');
    write(&mut time, count(Field::Hours), 1, 'H');
    write(&mut time, count(Field::Minutes), 1, 'M');
    write(&mut time, count(Field::Seconds), 1, 'S');
    if date.is_empty() && time.is_empty() {
        "P0D".to_owned()
    } else if time.is_empty() {
        format!("P{date}")
    } else {
        format!("P{date}T{time}")
    }
}

/// Returns a length in words, as `2 years, 6 months`.
pub(super) fn words(length: &Fields) -> String {
    const NAMES: [&str; UNITS.len()] = [
        "century",
        "decade",
        "year",
        "quarter",
        "month",
        "week",
        "day",
        "working day",
        "hour",
        "minute",
        "second",
    ];
    let length = with_half(length);
    let told = UNITS.iter().zip(NAMES).filter_map(|((_, field), name)| {
        let plural = name.strip_suffix('y').filter(|it| it.ends_with('r'));
        let plural = plural.map_or_else(|| format!("{name}s"), |it| format!("{it}ies"));
        match length.get(*field)? {
            SOME => Some(format!("some {plural}")),
            0 => None,
            1 => Some(format!("1 {name}")),
            count => Some(format!("{count} {plural}")),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

/// Returns the TIMEX3 value of what recurs: `XXXX-WXX-1` for Mondays, `P1D` for every day.
pub(super) fn set_value(when: &Fields, often: &Fields) -> String {
    let mut date = match (
        when.get(Field::Month),
        when.get(Field::Day),
        when.get(Field::Weekday),
    ) {
        (_, _, Some(weekday)) => format!("XXXX-WXX-{weekday}"),
        (None, None, None) if when.has_time() => "XXXX-XX-XX".to_owned(),
        (None, None, None) => String::new(),
        (None, Some(day), None) => format!("XXXX-XX-{day:02}"),
        (Some(month), None, None) => format!("XXXX-{month:02}"),
        (Some(month), Some(day), None) => format!("XXXX-{month:02}-{day:02}"),
    };
    if let Some(season) = when.get(Field::Season) {
        let word = usize::try_from(season - 21)
            .ok()
            .and_then(|it| ["SP", "SU", "FA", "WI"].get(it).copied());
        date = format!("XXXX-{}", word.unwrap_or("XX"));
    }
    // A feast that does not move is a month and a day.
    if let Some(feast) = when.get(Field::Feast).filter(|it| *it < 1232) {
        date = format!("XXXX-{:02}-{:02}", feast / 100, feast % 100);
    }
    if let Some(quarter) = when.get(Field::Quarter) {
        date = format!("XXXX-Q{quarter}");
    }
    if when.has(Field::Weekend) && date.is_empty() {
        "XXXX-WXX-WE".clone_into(&mut date);
    }
    match super::fields::clock(when) {
        Some(super::calendar::Clock::At(hour, minute, second)) => {
            let _ = write!(date, "T{hour:02}:{minute:02}");
            if let Some(second) = second {
                let _ = write!(date, ":{second:02}");
            }
        }
        Some(super::calendar::Clock::Part(part)) => {
            let _ = write!(date, "T{}", PARTS[part % 5]);
        }
        None => {}
    }
    if date.is_empty() { value(often) } else { date }
}

/// Returns the TIMEX3 value of a date whose year is not known, as `XXXX-07-14`; empty where more is needed.
pub(super) fn partial_value(fields: &Fields) -> String {
    let known = [
        Field::Month,
        Field::Day,
        Field::Weekday,
        Field::Part,
        Field::Hour,
        Field::Minute,
        Field::Second,
        Field::Short,
    ];
    let mut fields = fields.clone();
    // "the day before (the 28th)" is the 28th.
    if fields.has(Field::Day) {
        fields.take(Field::DayBy);
    }
    if fields.is_only(&known) {
        set_value(&fields, &Fields::default())
    } else {
        String::new()
    }
}

/// Returns the day a length after `day`, or before if `sign` is negative; lengths not told count as none.
pub(super) fn add(day: NaiveDate, length: &Fields, sign: i32) -> Option<NaiveDate> {
    let length = with_half(length);
    let count = |field: Field, times: i32| {
        let count = length.get(field).filter(|it| *it != SOME).unwrap_or(0);
        count.checked_mul(times)?.checked_mul(sign)
    };
    let months = [
        (Field::Centuries, 1200),
        (Field::Decades, 120),
        (Field::Years, 12),
        (Field::Quarters, 3),
        (Field::Months, 1),
    ];
    let months = months.into_iter().try_fold(0_i32, |sum, (field, times)| {
        sum.checked_add(count(field, times)?)
    })?;
    let days = count(Field::Weeks, 7)?.checked_add(count(Field::Days, 1)?)?;
    let day = add_days(add_months(day, months)?, days)?;
    add_workdays(day, count(Field::Workdays, 1)?)
}

/// Returns the day `by` days from Monday to Friday later, or earlier if negative.
fn add_workdays(day: NaiveDate, by: i32) -> Option<NaiveDate> {
    let mut day = add_days(day, by / 5 * 7)?;
    for _ in 0..(by % 5).abs() {
        day = add_days(day, by.signum())?;
        while 5 < day.weekday().number_from_monday() {
            day = add_days(day, by.signum())?;
        }
    }
    Some(day)
}

/// Returns the moment a length after `moment`, or before if `sign` is negative: months and days on the calendar, then hours.
pub(super) fn after(moment: NaiveDateTime, length: &Fields, sign: i32) -> Option<NaiveDateTime> {
    let day = add(moment.date(), length, sign)?;
    let away = Duration::try_seconds(seconds(length) * i64::from(sign))?;
    day.and_time(moment.time()).checked_add_signed(away)
}

/// Returns the hours, minutes and seconds of a length, in seconds.
fn seconds(length: &Fields) -> i64 {
    let length = with_half(length);
    let count = |field| i64::from(length.get(field).filter(|it| *it != SOME).unwrap_or(0));
    count(Field::Hours) * 3600 + count(Field::Minutes) * 60 + count(Field::Seconds)
}

/// Tells whether a length counts hours or less.
pub(super) fn is_finer_than_day(length: &Fields) -> bool {
    length.has_any(&[Field::Hours, Field::Minutes, Field::Seconds])
}

/// Returns how fine a date is that lies such a length away: three years ago is a year.
pub(super) fn grain(length: &Fields) -> Grain {
    let length = with_half(length);
    let fine = |field| length.has(field);
    if length.has_any(&[Field::Days, Field::Workdays, Field::Weeks]) {
        Grain::Day
    } else if fine(Field::Months) {
        Grain::Month
    } else if fine(Field::Quarters) {
        Grain::Quarter
    } else {
        Grain::Year
    }
}

/// Returns the length with its half told in the next finer unit: one and a half years are a year and six months.
fn with_half(length: &Fields) -> Fields {
    let mut all = length.clone();
    if all.take(Field::HalfMore).is_none() {
        return all;
    }
    // Half a week has no whole number of days.
    if let Some(weeks) = all.take(Field::Weeks) {
        all.set(
            Field::Days,
            weeks.max(0).saturating_mul(7).saturating_add(3),
        );
        all.set(Field::Hours, 12);
        return all;
    }
    let halves = [
        (Field::Minutes, Field::Seconds, 30),
        (Field::Centuries, Field::Years, 50),
        (Field::Hours, Field::Minutes, 30),
        (Field::Days, Field::Hours, 12),
        (Field::Months, Field::Days, 15),
        (Field::Years, Field::Months, 6),
        (Field::Decades, Field::Years, 5),
    ];
    if let Some((_, finer, count)) = halves.into_iter().find(|it| all.has(it.0)) {
        all.set(finer, count);
    }
    all
}

impl Fields {
    /// Tells whether a length counts hours or less.
    pub(super) fn has_clock(&self) -> bool {
        is_finer_than_day(self)
    }

    /// Tells whether the count of a length is not told.
    pub(super) fn is_vague(&self) -> bool {
        UNITS.iter().any(|it| self.get(it.1) == Some(SOME))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn length(list: &[(Field, i32)]) -> Fields {
        let mut fields = Fields::default();
        for (field, it) in list {
            fields.set(*field, *it);
        }
        fields
    }

    proptest! {
        #[test]
        fn the_longer_length_leads_further(start in 600_000..800_000_i32, count in 0..500_i32, unit in 0..UNITS.len()) {
            let day = NaiveDate::from_num_days_from_ce_opt(start).unwrap();
            let of = |count| add(day, &length(&[(UNITS[unit].1, count)]), 1);
            let (near, far) = (of(count), of(count + 1));
            prop_assert!(far.is_none() || near <= far);
            let back = add(day, &length(&[(UNITS[unit].1, count)]), -1);
            prop_assert!(back.is_none() || back <= Some(day));
        }

        #[test]
        fn no_length_panics(count in any::<i32>(), unit in 0..UNITS.len(), half in any::<bool>(), sign in prop::sample::select(vec![-1, 1])) {
            let mut it = length(&[(UNITS[unit].1, count)]);
            if half {
                it.set(Field::HalfMore, 1);
            }
            let day = NaiveDate::from_ymd_opt(2025, 7, 16).unwrap();
            let _ = (value(&it), words(&it), add(day, &it, sign), after(day.into(), &it, sign));
        }
    }

    #[test]
    fn half_of_a_length_is_told_in_finer_units() {
        for (unit, wanted) in [
            (Field::Years, "P1Y6M"),
            (Field::Weeks, "P10DT12H"),
            (Field::Days, "P1DT12H"),
            (Field::Hours, "PT1H30M"),
        ] {
            assert_eq!(value(&length(&[(unit, 1), (Field::HalfMore, 1)])), wanted);
        }
    }
}
