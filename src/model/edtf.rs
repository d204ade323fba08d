//! ISO 8601-2 (EDTF) dates: the subset Backstory writes, kept exactly as partial as they are.
//!
//! A month is a month, never its first day. Sets and masked digits other than a decade's or a century's are not here.

use super::Interval;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use std::fmt;

/// How fine a date is, coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// A hundred years.
    Century,
    /// Ten years.
    Decade,
    /// A year.
    Year,
    /// Half a year.
    Half,
    /// A quarter of a year.
    Quarter,
    /// A season.
    Season,
    /// A month.
    Month,
    /// The early, middle or late part of a month: a stretch of days stated as such.
    MonthPart,
    /// A day.
    Day,
    /// Finer than a day.
    Minute,
}

/// One point of the calendar, as coarse as it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `19XX`: the hundred years that begin with year 1900.
    Century(i32),
    /// `202X`: the ten years that begin with year 2020.
    Decade(i32),
    /// `2025`.
    Year(i32),
    /// `2025-07`.
    Month(i32, u32),
    /// `2025-21` to `2025-41` of EDTF level 2: 21–24 seasons (spring first), 33–36 quarters, 40–41 halves.
    Season(i32, u32),
    /// `2025-07-15`.
    Day(NaiveDate),
    /// `2025-07-15T09:30`, local to where it was told.
    Minute(NaiveDateTime),
}

impl Part {
    /// Returns its first and last day.
    pub fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        let months = |y1, m1, y2, m2| {
            Some((
                NaiveDate::from_ymd_opt(y1, m1, 1)?,
                NaiveDate::from_ymd_opt(y2, m2, days_in_month(y2, m2))?,
            ))
        };
        match self {
            Self::Century(y) => months(y, 1, y.checked_add(99)?, 12),
            Self::Decade(y) => months(y, 1, y.checked_add(9)?, 12),
            Self::Year(y) => months(y, 1, y, 12),
            Self::Month(y, m) => months(y, m, y, m),
            Self::Season(y, 24) => months(y, 12, y.checked_add(1)?, 2),
            Self::Season(y, s @ 21..=23) => months(y, (s - 20) * 3, y, (s - 20) * 3 + 2),
            Self::Season(y, q @ 33..=36) => months(y, (q - 33) * 3 + 1, y, (q - 33) * 3 + 3),
            Self::Season(y, h @ 40..=41) => months(y, (h - 40) * 6 + 1, y, (h - 40) * 6 + 6),
            Self::Season(..) => None,
            Self::Day(day) => Some((day, day)),
            Self::Minute(moment) => Some((moment.date(), moment.date())),
        }
    }

    /// Returns when it begins at the earliest.
    fn first_moment(self) -> Option<NaiveDateTime> {
        match self {
            Self::Minute(moment) => Some(moment),
            other => other.days()?.0.and_hms_opt(0, 0, 0),
        }
    }

    /// Returns when it ends at the latest.
    fn last_moment(self) -> Option<NaiveDateTime> {
        match self {
            Self::Minute(moment) => Some(moment),
            other => other.days()?.1.and_hms_opt(23, 59, 59),
        }
    }

    /// Returns the same of the year as far before year 0.
    fn before_zero(self) -> Option<Self> {
        Some(match self {
            Self::Year(y) => Self::Year(-y),
            Self::Month(y, m) => Self::Month(-y, m),
            Self::Day(day) => Self::Day(day.with_year(-day.year())?),
            _ => return None,
        })
    }

    fn granularity(self) -> Granularity {
        match self {
            Self::Century(_) => Granularity::Century,
            Self::Decade(_) => Granularity::Decade,
            Self::Year(_) => Granularity::Year,
            Self::Season(_, 40..) => Granularity::Half,
            Self::Season(_, 33..) => Granularity::Quarter,
            Self::Season(..) => Granularity::Season,
            Self::Month(..) => Granularity::Month,
            Self::Day(_) => Granularity::Day,
            Self::Minute(_) => Granularity::Minute,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('-') {
            Some(early) => Self::parse_year_on(early)?.before_zero(),
            None => Self::parse_year_on(text),
        }
    }

    fn parse_year_on(text: &str) -> Option<Self> {
        let year = |it: &str| digits(it, 4).and_then(|it| i32::try_from(it).ok());
        let two = |it: &str| digits(it, 2);
        if let Some((day, clock)) = text.split_once('T') {
            return Self::parse_moment(day, clock);
        }
        match text.split('-').collect::<Vec<_>>()[..] {
            [y] if y.len() == 4 && y.ends_with("XX") => {
                let century = digits(y.strip_suffix("XX")?, 2)?;
                Some(Self::Century(i32::try_from(century).ok()? * 100))
            }
            [y] if y.len() == 4 && y.ends_with('X') => {
                let decade = digits(y.strip_suffix('X')?, 3)?;
                Some(Self::Decade(i32::try_from(decade).ok()? * 10))
            }
            [y] => Some(Self::Year(year(y)?)),
            [y, m] => match two(m)? {
                month @ 1..=12 => Some(Self::Month(year(y)?, month)),
                season @ (21..=24 | 33..=36 | 40 | 41) => Some(Self::Season(year(y)?, season)),
                _ => None,
            },
            [y, m, d] => NaiveDate::from_ymd_opt(year(y)?, two(m)?, two(d)?).map(Self::Day),
            _ => None,
        }
    }

    /// Returns the moment of a day and a clock's hour and minute; seconds are read and left out, zones are not of the subset.
    fn parse_moment(day: &str, clock: &str) -> Option<Self> {
        let Self::Day(day) = Self::parse_year_on(day)? else {
            return None;
        };
        let told: Vec<u32> = clock
            .split(':')
            .map(|it| digits(it, 2))
            .collect::<Option<_>>()?;
        let time = match told[..] {
            [hour, minute] => day.and_hms_opt(hour, minute, 0),
            [hour, minute, second] => {
                let exact = day.and_hms_opt(hour, minute, second)?;
                exact.with_second(0)
            }
            _ => None,
        };
        time.map(Self::Minute)
    }
}

/// Returns the number that exactly so many digits make.
fn digits(text: &str, count: usize) -> Option<u32> {
    let all = text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Century(y) => write!(f, "{:02}XX", y / 100),
            Self::Decade(y) => write!(f, "{:03}X", y / 10),
            Self::Year(y) => write!(f, "{}", year(*y)),
            Self::Month(y, m) | Self::Season(y, m) => write!(f, "{}-{m:02}", year(*y)),
            Self::Day(day) => write!(f, "{day}"),
            Self::Minute(moment) => write!(f, "{}", moment.format("%Y-%m-%dT%H:%M")),
        }
    }
}

/// Returns a year as ISO 8601 writes it; that before year 1 is 0, and those before it are negative.
fn year(year: i32) -> String {
    if year < 0 {
        format!("-{:04}", year.unsigned_abs())
    } else {
        format!("{year:04}")
    }
}

/// A date or an interval of ISO 8601-2.
///
/// ```
/// use backstory::model::Edtf;
/// let since: Edtf = Edtf::parse("2023-10/..").unwrap();
/// assert_eq!(since.bounds().earliest.unwrap().to_string(), "2023-10-01");
/// assert_eq!(since.to_string(), "2023-10/..");
/// assert!(Edtf::parse("2025-13").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {
    start: Option<Part>,
    end: Option<Part>,
    interval: bool,
    approximate: bool,
    /// The interval is one stated stretch (late June, the third quarter), not a beginning and an end.
    stretch: Option<Granularity>,
}

impl Edtf {
    /// Returns the single date `part`.
    pub fn at(part: Part) -> Self {
        Self {
            start: Some(part),
            end: None,
            interval: false,
            approximate: false,
            stretch: None,
        }
    }

    /// Returns the interval from `start` to `end`, `None` where it is open.
    pub fn between(start: Option<Part>, end: Option<Part>) -> Self {
        let stretch = start.zip(end).and_then(|(a, b)| stretch(a, b));
        Self {
            start,
            end,
            interval: true,
            approximate: false,
            stretch,
        }
    }

    /// Returns the same date, marked as approximate (`~`).
    #[must_use]
    pub fn approximately(self) -> Self {
        Self {
            approximate: true,
            ..self
        }
    }

    /// Returns the date written in EDTF, or `None` if it is not of the subset; [`Edtf::is_ordered`] tells whether it makes sense.
    ///
    /// A date marked as uncertain (`?`) is as rough as an approximate one (`~`); both marks stand at its end.
    pub fn parse(text: &str) -> Option<Self> {
        let mut approximate = false;
        let mut side = |it: &str| {
            let bare = it.strip_suffix(['~', '?', '%']).unwrap_or(it);
            approximate |= bare.len() != it.len();
            match it {
                ".." | "" => Some(None),
                _ => Part::parse(bare).map(Some),
            }
        };
        let date = match text.split_once('/') {
            None => Self::at(side(text)??),
            Some((start, end)) => Self::between(side(start)?, side(end)?),
        };
        let known = date.start.is_some() || date.end.is_some();
        known.then_some(Self {
            approximate,
            ..date
        })
    }

    /// Tells whether an interval can end when it has begun; `false` for "1998 to 1987".
    pub fn is_ordered(&self) -> bool {
        let from = self.start.and_then(Part::first_moment);
        let to = self.end.and_then(Part::last_moment);
        from.zip(to).is_none_or(|(from, to)| from <= to)
    }

    /// Returns the beginning, or the date itself; `None` where open.
    pub fn start(&self) -> Option<Part> {
        self.start
    }

    /// Returns the end of an interval; `None` for a single date and where open.
    pub fn end(&self) -> Option<Part> {
        self.end
    }

    /// Tells whether it is an interval.
    pub fn is_interval(&self) -> bool {
        self.interval
    }

    /// Tells whether it is marked as approximate.
    pub fn is_approximate(&self) -> bool {
        self.approximate
    }

    /// Tells whether it is a single day or moment.
    pub fn is_day(&self) -> bool {
        !self.interval && matches!(self.start, Some(Part::Day(_) | Part::Minute(_)))
    }

    /// Returns the first and last day it covers; of an interval open at its end, the bounds of its beginning.
    pub fn bounds(&self) -> Interval {
        let start = self.start.and_then(Part::days);
        let end = self.end.and_then(Part::days);
        match (self.interval, start, end) {
            (true, None, end) => Interval {
                earliest: None,
                latest: end.map(|it| it.1),
            },
            (true, Some(start), Some(end)) => Interval {
                earliest: Some(start.0),
                latest: Some(end.1),
            },
            (_, start, _) => Interval {
                earliest: start.map(|it| it.0),
                latest: start.map(|it| it.1),
            },
        }
    }

    /// Returns how fine it is; of an interval, its finer end.
    pub fn granularity(&self) -> Granularity {
        if let Some(stretch) = self.stretch {
            return stretch;
        }
        let fine = |it: Option<Part>| it.map(Part::granularity);
        fine(self.start)
            .max(fine(self.end))
            .unwrap_or(Granularity::Year)
    }
}

/// Returns what the stretch from one to the other is called: a half, a quarter, a season, a part of a month.
fn stretch(start: Part, end: Part) -> Option<Granularity> {
    match (start, end) {
        (Part::Day(a), Part::Day(b)) => is_month_part(a, b).then_some(Granularity::MonthPart),
        (Part::Month(a, first), Part::Month(b, last)) if a == b => match (first, last) {
            (1, 6) | (7, 12) => Some(Granularity::Half),
            (1, 3) | (4, 6) | (7, 9) | (10, 12) => Some(Granularity::Quarter),
            (3, 5) | (6, 8) | (9, 11) => Some(Granularity::Season),
            _ => None,
        },
        (Part::Month(a, 12), Part::Month(b, 2)) if a + 1 == b => Some(Granularity::Season),
        _ => None,
    }
}

/// Tells whether the two days are the conventional early, middle or late part of a month.
fn is_month_part(start: NaiveDate, end: NaiveDate) -> bool {
    let same = (start.year(), start.month()) == (end.year(), end.month());
    let last = days_in_month(start.year(), start.month());
    let days = (start.day(), end.day());
    same && (matches!(days, (1, 10) | (11, 20)) || days == (21, last))
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.approximate { "~" } else { "" };
        let side =
            |it: Option<Part>| it.map_or_else(|| "..".to_owned(), |it| format!("{it}{mark}"));
        if self.interval {
            write!(f, "{}/{}", side(self.start), side(self.end))
        } else {
            f.write_str(&side(self.start))
        }
    }
}

/// Returns how many days `month` (1 to 12) of `year` has.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    let next = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    let first = NaiveDate::from_ymd_opt(next.0, next.1, 1);
    first.and_then(|it| it.pred_opt()).map_or(31, |it| it.day())
}
