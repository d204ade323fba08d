//! The lunisolar calendar of East Asia: new moons, solar terms, and the days of its months.
//!
//! Moon and sun are those of Meeus's *Astronomical Algorithms* with their main terms, right to some minutes, which decides nearly every day from 1900 to 2100.

use chrono::{Datelike, NaiveDate};

/// Days from noon, January 1 of 4713 BC to the eve of January 1 of the year 1.
pub(super) const CHRONO: i32 = 1_721_425;

/// Days from one new moon to the next, on average.
pub(super) const LUNATION: f64 = 29.530_588_861;

/// Returns that day of that month (no leap month) in `year`, by the hours `zone` east of Greenwich.
pub(super) fn day(year: i32, month: i32, day: i32, zone: i32) -> Option<NaiveDate> {
    if !(1600..=2600).contains(&year) || !(1..=30).contains(&day) {
        return None;
    }
    let zone = f64::from(zone) / 24.0;
    let from = eleventh_month(year - 1, zone);
    let until = eleventh_month(year, zone);
    // Thirteen months between two solstices: the first without a solar term of its own repeats the number before it.
    let mut leap = until - new_moon_of(from, 12, zone) > 0;
    let mut number = 11;
    for idx in 0..13 {
        let (first, next) = (
            new_moon_of(from, idx, zone),
            new_moon_of(from, idx + 1, zone),
        );
        if 0 < idx {
            if leap && term(first, zone) == term(next, zone) {
                leap = false;
                continue;
            }
            number = number % 12 + 1;
        }
        if number == month {
            let found = NaiveDate::from_num_days_from_ce_opt(first + day - 1)?;
            // Months have 29 days or 30.
            if found.year() == year && first + day <= next {
                return Some(found);
            }
        }
    }
    None
}

/// Returns the first day of the month that holds the winter solstice of `year`, as a count of days.
fn eleventh_month(year: i32, zone: f64) -> i32 {
    let start = NaiveDate::from_ymd_opt(year, 12, 15).map_or(0, |it| it.num_days_from_ce());
    let is_past = |it: &i32| term(*it + 1, zone) == 9;
    let solstice = (start..start + 15).find(is_past).unwrap_or(start + 7);
    (0..40)
        .map(|back| solstice - back)
        .find(|it| is_new_moon(*it, zone))
        .unwrap_or(solstice)
}

/// Returns the day of the new moon `count` after that of `first`.
fn new_moon_of(first: i32, count: i32, zone: f64) -> i32 {
    let mut day = first;
    for _ in 0..count {
        day = (day + 28..day + 32)
            .find(|it| is_new_moon(*it, zone))
            .unwrap_or(day + 30);
    }
    day
}

/// Returns the day that begins, at sunset in Mecca, after the new moon nearest to `day`.
pub(super) fn evening_after_new(day: i32) -> Option<i32> {
    const SUNSET: f64 = 15.4 / 24.0;
    let about = f64::from(day + CHRONO) - 2_451_550.1;
    let at = new_moon((about / LUNATION).round());
    (day - 20..day + 20).find(|it| at + 0.5 < f64::from(it + CHRONO - 1) + SUNSET)
}

/// Tells whether the moon is new on `day`.
fn is_new_moon(day: i32, zone: f64) -> bool {
    // The lunation nearest to the day.
    let about = f64::from(day + CHRONO) - 2_451_550.1;
    let lunation = (about / LUNATION).round();
    let local = |it: f64| (new_moon(it) + 0.5 + zone).floor();
    let wanted = f64::from(day + CHRONO);
    [lunation - 1.0, lunation, lunation + 1.0]
        .into_iter()
        .any(|it| (local(it) - wanted).abs() < 0.5)
}

/// Returns the moment of a new moon as a Julian day.
pub(super) fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let sun = (2.5534 + 29.105_356_70 * k).to_radians();
    let moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t).to_radians();
    let node = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t).to_radians();
    let e = 1.0 - 0.002_516 * t;
    let terms = [
        (-0.407_20, moon),
        (0.172_41 * e, sun),
        (0.016_08, 2.0 * moon),
        (0.010_39, 2.0 * node),
        (0.007_39 * e, moon - sun),
        (-0.005_14 * e, moon + sun),
        (0.002_08 * e * e, 2.0 * sun),
        (-0.001_11, moon - 2.0 * node),
        (-0.000_57, moon + 2.0 * node),
        (0.000_56 * e, 2.0 * moon + sun),
        (-0.000_42, 3.0 * moon),
        (0.000_42 * e, sun + 2.0 * node),
        (0.000_38 * e, sun - 2.0 * node),
        (-0.000_24 * e, 2.0 * moon - sun),
    ];
    let mean = 2_451_550.097_66 + LUNATION * k + 0.000_154_37 * t * t;
    // Clocks are a little more than a minute behind the even time of the formulas.
    mean + terms.iter().map(|it| it.0 * it.1.sin()).sum::<f64>() - 0.000_8
}

/// Returns which twelfth of its course the sun is in as `day` begins; the ninth begins with the winter solstice.
fn term(day: i32, zone: f64) -> i32 {
    let at = f64::from(day + CHRONO) - 0.5 - zone;
    let longitude = sun(at);
    (0..12)
        .rev()
        .find(|it| f64::from(*it) * 30.0 <= longitude)
        .unwrap_or(0)
}

/// Returns the longitude of the sun at a Julian day, in degrees.
pub(super) fn sun(at: f64) -> f64 {
    let t = (at - 2_451_545.0) / 36_525.0;
    let anomaly = (357.529_11 + 35_999.050_29 * t).to_radians();
    let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin()
        + 0.019_993 * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1934.136 * t).to_radians();
    let true_longitude = 280.466_46 + 36_000.769_83 * t + centre;
    (true_longitude - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}
