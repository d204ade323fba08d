//! The lunisolar calendar of India: lunar days of months that are counted from new moon to new moon.
//!
//! A day has the lunar day (tithi) that holds in India at its sunrise or in its evening; local customs that differ are not here.

use super::moon::{CHRONO, LUNATION, new_moon, sun};
use chrono::NaiveDate;

/// Sunrise in India and the evening, when lamps are lit and the moon is looked for, in days after midnight in Greenwich.
pub(super) const SUNRISE: f64 = 0.6 / 24.0;
pub(super) const EVENING: f64 = 14.0 / 24.0;

/// Returns the day of `year` that has that lunar day (1 to 30) of that month (Chaitra is 1) at `hour`.
pub(super) fn day(year: i32, month: i32, tithi: i32, hour: f64) -> Option<NaiveDate> {
    if !(1600..=2600).contains(&year) {
        return None;
    }
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let start = f64::from(chrono::Datelike::num_days_from_ce(&first) + CHRONO) - 0.5 + hour;
    let mut before = lunar_day(start - 1.0);
    (0..366).find_map(|idx| {
        let at = start + f64::from(idx);
        let here = lunar_day(at);
        let (step, wanted) = (
            (here - before).rem_euclid(30),
            (tithi - before).rem_euclid(30),
        );
        before = here;
        let within = f64::from(step - wanted);
        let is = (1..=step).contains(&wanted) && is_month(at - within, month);
        is.then(|| super::calendar::add_days(first, idx)).flatten()
    })
}

/// Returns the lunar day, 1 to 30, at a Julian day.
fn lunar_day(at: f64) -> i32 {
    let away = (moon(at) - sun(at)).rem_euclid(360.0);
    (1..=30)
        .rev()
        .find(|it| f64::from(*it - 1) * 12.0 <= away)
        .unwrap_or(1)
}

/// Tells whether a Julian day is in that month, and not in a leap month of its name.
fn is_month(at: f64, month: i32) -> bool {
    let lunation = ((at - 2_451_550.1) / LUNATION).floor();
    let began = [lunation + 1.0, lunation, lunation - 1.0]
        .into_iter()
        .find(|it| new_moon(*it) <= at + 0.02);
    // The sun enters the sign that names the month before the next new moon.
    began.is_some_and(|it| {
        let (from, to) = (sign(new_moon(it)), sign(new_moon(it + 1.0)));
        from == (month + 10).rem_euclid(12) && from != to
    })
}

/// Returns the sign, 0 to 11, that the sun stands in among the stars.
fn sign(at: f64) -> i32 {
    let drift = 23.853 + (at - 2_451_545.0) / 36_525.0 * 1.397;
    let longitude = (sun(at) - drift).rem_euclid(360.0);
    (0..12)
        .rev()
        .find(|it| f64::from(*it) * 30.0 <= longitude)
        .unwrap_or(0)
}

/// Returns the longitude of the moon at a Julian day, in degrees.
fn moon(at: f64) -> f64 {
    let t = (at - 2_451_545.0) / 36_525.0;
    let away = (297.850_19 + 445_267.111_40 * t).to_radians();
    let solar = (357.529_11 + 35_999.050_29 * t).to_radians();
    let lunar = (134.963_40 + 477_198.867_51 * t).to_radians();
    let node = (93.272_10 + 483_202.017_52 * t).to_radians();
    let terms = [
        (6.288_774, lunar),
        (1.274_027, 2.0 * away - lunar),
        (0.658_314, 2.0 * away),
        (0.213_618, 2.0 * lunar),
        (-0.185_116, solar),
        (-0.114_332, 2.0 * node),
        (0.058_793, 2.0 * away - 2.0 * lunar),
        (0.057_066, 2.0 * away - solar - lunar),
        (0.053_322, 2.0 * away + lunar),
        (0.045_758, 2.0 * away - solar),
        (-0.040_923, solar - lunar),
        (-0.034_720, away),
        (-0.030_383, solar + lunar),
    ];
    let sum: f64 = terms.iter().map(|it| it.0 * it.1.sin()).sum();
    (218.316_45 + 481_267.881_23 * t + sum).rem_euclid(360.0)
}
