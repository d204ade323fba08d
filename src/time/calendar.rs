//! Cells of the calendar: a year, a quarter, a week, a day …; how they follow each other and how they are written.

use super::meaning::PARTS;
use crate::model::{Edtf, HOURS, Part, TimexKind, days_in_month};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// How long a cell is, coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Century,
    Decade,
    Year,
    Half,
    Season,
    Quarter,
    Month,
    Week,
    Weekend,
    Day,
}

/// A cell of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) grain: Grain,
    /// Its first day.
    pub(super) first: NaiveDate,
}

impl Cell {
    /// Returns the cell of that length that `day` lies in.
    pub(super) fn around(grain: Grain, day: NaiveDate) -> Option<Self> {
        let (year, month) = (day.year(), day.month());
        let from = NaiveDate::from_ymd_opt;
        let first = match grain {
            Grain::Century => from(year.div_euclid(100) * 100, 1, 1),
            Grain::Decade => from(year.div_euclid(10) * 10, 1, 1),
            Grain::Year => from(year, 1, 1),
            Grain::Half => from(year, (month - 1) / 6 * 6 + 1, 1),
            Grain::Quarter => from(year, (month - 1) / 3 * 3 + 1, 1),
            Grain::Season if month < 3 => from(year - 1, 12, 1),
            Grain::Season => from(year, month / 3 * 3, 1),
            Grain::Month => from(year, month, 1),
            Grain::Week => {
                day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
            }
            Grain::Weekend => {
                let back = day.weekday().num_days_from_monday();
                day.checked_sub_days(Days::new(back.into()))?
                    .checked_add_days(Days::new(5))
            }
            Grain::Day => Some(day),
        }?;
        Some(Self { grain, first })
    }

    /// Returns the month, or `None` if there is no such month.
    pub(super) fn month(year: i32, month: i32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, 1)?;
        Some(Self {
            grain: Grain::Month,
            first,
        })
    }

    /// Returns the year.
    pub(super) fn year(year: i32) -> Option<Self> {
        Self::month(year, 1).map(|it| Self {
            grain: Grain::Year,
            ..it
        })
    }

    pub(super) fn day(first: NaiveDate) -> Self {
        Self {
            grain: Grain::Day,
            first,
        }
    }

    /// Returns the cell `by` cells later, or earlier if negative.
    pub(super) fn shift(self, by: i32) -> Option<Self> {
        let first = match self.grain {
            Grain::Century => add_months(self.first, by.checked_mul(1200)?),
            Grain::Decade => add_months(self.first, by.checked_mul(120)?),
            Grain::Year => add_months(self.first, by.checked_mul(12)?),
            Grain::Half => add_months(self.first, by.checked_mul(6)?),
            Grain::Quarter | Grain::Season => add_months(self.first, by.checked_mul(3)?),
            Grain::Month => add_months(self.first, by),
            Grain::Week | Grain::Weekend => add_days(self.first, by.checked_mul(7)?),
            Grain::Day => add_days(self.first, by),
        }?;
        Some(Self { first, ..self })
    }

    /// Returns its last day.
    pub(super) fn last(self) -> Option<NaiveDate> {
        match self.grain {
            Grain::Weekend => add_days(self.first, 1),
            Grain::Day => Some(self.first),
            _ => self.shift(1)?.first.pred_opt(),
        }
    }

    /// Returns the TIMEX3 value.
    pub(super) fn value(self) -> String {
        let (year, month) = (self.first.year(), self.first.month());
        let week = self.first.iso_week();
        match self.grain {
            Grain::Century if year < 1 => format!("BC{:02}", -year / 100),
            Grain::Century => format!("{:02}", year / 100),
            Grain::Decade => format!("{:03}", year / 10),
            Grain::Year if year < 1 => format!("BC{:04}", 1 - year),
            Grain::Year => format!("{year:04}"),
            Grain::Half => format!("{year:04}-H{}", month / 6 + 1),
            Grain::Quarter => format!("{year:04}-Q{}", month / 3 + 1),
            Grain::Season => format!(
                "{year:04}-{}",
                ["SP", "SU", "FA", "WI"][(month as usize / 3 - 1) % 4]
            ),
            Grain::Month => format!("{year:04}-{month:02}"),
            Grain::Week => format!("{:04}-W{:02}", week.year(), week.week()),
            Grain::Weekend => format!("{:04}-W{:02}-WE", week.year(), week.week()),
            Grain::Day => self.first.to_string(),
        }
    }

    /// Returns it as one EDTF part, or `None` where it is told by its ends, as a week by its days and a quarter by its months.
    fn part(self) -> Option<Part> {
        let (year, month) = (self.first.year(), self.first.month());
        Some(match self.grain {
            Grain::Century => Part::Century(year),
            Grain::Decade => Part::Decade(year),
            Grain::Year => Part::Year(year),
            Grain::Month => Part::Month(year, month),
            Grain::Half | Grain::Quarter | Grain::Season | Grain::Week | Grain::Weekend => {
                return None;
            }
            Grain::Day => Part::Day(self.first),
        })
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// Hour (24 is the end of the day), minute, second.
    At(u32, u32, Option<u32>),
    /// An index of [`PARTS`].
    Part(usize),
}

/// A cell, or an early, middle or late part of it, or a time of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) cell: Cell,
    /// 1 early, 2 middle, 3 late; 4 the end, 5 the beginning, 6 the middle as told of a whole.
    pub(super) stretch: Option<i32>,
    pub(super) clock: Option<Clock>,
}

impl Point {
    pub(super) fn new(cell: Cell) -> Self {
        Self {
            cell,
            stretch: None,
            clock: None,
        }
    }

    /// Returns a moment, its seconds told only if there are any.
    pub(super) fn at(moment: NaiveDateTime) -> Self {
        let second = Some(moment.second()).filter(|it| *it != 0);
        Self {
            clock: Some(Clock::At(moment.hour(), moment.minute(), second)),
            ..Self::new(Cell::day(moment.date()))
        }
    }

    /// Returns its TIMEX3 type.
    pub(super) fn kind(&self) -> TimexKind {
        if self.clock.is_some() {
            TimexKind::Time
        } else {
            TimexKind::Date
        }
    }

    /// Returns the TIMEX3 value; TIMEX3 tells a part of a month elsewhere, so it is the month here.
    pub(super) fn value(&self) -> String {
        let date = self.cell.value();
        match self.clock {
            None => date,
            Some(Clock::Part(part)) => format!(
                "{date}T{}",
                if part == 5 {
                    "MO"
                } else {
                    PARTS[part % PARTS.len()]
                }
            ),
            Some(Clock::At(hour, minute, None)) => format!("{date}T{hour:02}:{minute:02}"),
            Some(Clock::At(hour, minute, Some(second))) => {
                format!("{date}T{hour:02}:{minute:02}:{second:02}")
            }
        }
    }

    /// Returns the first and last EDTF part it covers; the same twice unless it is a stretch.
    pub(super) fn ends(&self) -> Option<(Part, Part)> {
        if let Some(Clock::At(hour, minute, second)) = self.clock {
            let day = if hour < 24 {
                self.cell.first
            } else {
                self.cell.first.succ_opt()?
            };
            let moment = Part::Minute(day.and_time(NaiveTime::from_hms_opt(
                hour % 24,
                minute,
                second.unwrap_or(0),
            )?));
            return Some((moment, moment));
        }
        if let (Some(Clock::Part(part)), Some(stretch)) = (self.clock, self.stretch) {
            return self.part_ends(part, stretch);
        }
        let days = |from: NaiveDate, to: NaiveDate| Some((Part::Day(from), Part::Day(to)));
        let first = self.cell.first;
        if let Some(third) = self.stretch.filter(|it| 4 <= *it) {
            return self.third(third);
        }
        match (self.cell.grain, self.stretch) {
            (Grain::Month | Grain::Year, Some(stretch)) => self.part_of_month_or_year(stretch),
            (Grain::Day, Some(stretch @ 1..=3)) => day_ends(first, stretch),
            (Grain::Week, Some(1)) => days(first, add_days(first, 2)?),
            (Grain::Week, Some(2)) => days(add_days(first, 2)?, add_days(first, 4)?),
            (Grain::Week, Some(_)) => days(add_days(first, 3)?, self.cell.last()?),
            (Grain::Decade, Some(stretch)) => {
                let year = |it| Part::Year(first.year() + it);
                Some(match stretch {
                    1 => (year(0), year(3)),
                    2 => (year(4), year(6)),
                    _ => (year(7), year(9)),
                })
            }
            (Grain::Century, Some(stretch @ 1..=3)) => {
                let from = first.year() + (stretch - 1) * 33 + i32::from(1 < stretch);
                let to = first.year() + stretch * 33;
                Some((Part::Year(from), Part::Year(to)))
            }
            (Grain::Century, None) if first.year() < 0 => {
                Some((Part::Year(first.year()), Part::Year(first.year() + 99)))
            }
            (Grain::Half | Grain::Quarter | Grain::Season, stretch) => self.months(stretch),
            (Grain::Week | Grain::Weekend, _) => days(first, self.cell.last()?),
            _ => self.cell.part().map(|it| (it, it)),
        }
    }

    /// Returns the first and last month of a half-year, a quarter or a season, or of the beginning (1), middle (2) or end of it: its thirds.
    fn months(&self, stretch: Option<i32>) -> Option<(Part, Part)> {
        let (first, last) = (self.cell.first, self.cell.last()?);
        let third = if self.cell.grain == Grain::Half { 2 } else { 1 };
        let (from, to) = match stretch {
            None => (first, last),
            Some(1) => (first, add_months(first, third - 1)?),
            Some(2) => (add_months(first, third)?, add_months(first, 2 * third - 1)?),
            Some(_) => (add_months(first, 2 * third)?, last),
        };
        let month = |it: NaiveDate| Part::Month(it.year(), it.month());
        Some((month(from), month(to)))
    }

    /// Returns the ends of the beginning (1), middle (2) or end of a month or a year.
    fn part_of_month_or_year(&self, stretch: i32) -> Option<(Part, Part)> {
        let (year, month) = (self.cell.first.year(), self.cell.first.month());
        if self.cell.grain == Grain::Year {
            let month = |it| Part::Month(year, it);
            return Some(match stretch {
                1 => (month(1), month(3)),
                2 => (month(4), month(9)),
                _ => (month(10), month(12)),
            });
        }
        let (from, to) = match stretch {
            1 => (1, 10),
            2 => (11, 20),
            _ => (21, days_in_month(year, month)),
        };
        let day = |it| NaiveDate::from_ymd_opt(year, month, it).map(Part::Day);
        Some((day(from)?, day(to)?))
    }

    /// Returns the ends of the end (4), beginning (5) or middle (6) as told of a whole: of a year they are thirds, as of a month; of a day, its last moment and its first.
    fn third(&self, third: i32) -> Option<(Part, Part)> {
        let first = self.cell.first;
        match (self.cell.grain, third) {
            (Grain::Year, _) => {
                let last = [12, 4, 8].get(usize::try_from(third - 4).ok()?).copied()?;
                let month = |it| Part::Month(first.year(), it);
                Some((month(last - 3), month(last)))
            }
            (Grain::Day, 4 | 5) => {
                let (h, m, s) = if third == 4 { (23, 59, 59) } else { (0, 0, 0) };
                let moment = Part::Minute(first.and_hms_opt(h, m, s)?);
                Some((moment, moment))
            }
            (Grain::Week, 4) => {
                Some((Part::Day(add_days(first, 4)?), Part::Day(self.cell.last()?)))
            }
            _ => {
                let stretch = Some(if third == 4 { 3 } else { third - 4 });
                Self { stretch, ..*self }.ends()
            }
        }
    }

    /// Returns the ends of the early, middle or late part of a morning, afternoon, evening or night.
    fn part_ends(&self, part: usize, stretch: i32) -> Option<(Part, Part)> {
        let (_, from, to) = HOURS.iter().find(|it| it.0[1..] == *PARTS[part % 5])?;
        let quarter = (to - from) / 4;
        let (from, to) = match stretch {
            1 => (*from, from + 2 * quarter),
            2 => (from + quarter, to - quarter),
            _ => (from + 2 * quarter, *to),
        };
        let moment = |hour| {
            let time = match hour {
                24 => NaiveTime::from_hms_opt(23, 59, 59),
                _ => NaiveTime::from_hms_opt(hour, 0, 0),
            };
            Some(Part::Minute(self.cell.first.and_time(time?)))
        };
        Some((moment(from)?, moment(to)?))
    }

    /// Returns the EDTF date.
    pub(super) fn edtf(&self) -> Option<Edtf> {
        let (start, end) = self.ends()?;
        Some(if start == end {
            Edtf::at(start)
        } else {
            Edtf::between(Some(start), Some(end))
        })
    }
}

/// Returns the ends of the early, middle or late part of a day: before noon, around it, after it.
fn day_ends(day: NaiveDate, stretch: i32) -> Option<(Part, Part)> {
    let (from, to) = match stretch {
        1 => ((0, 0, 0), (12, 0, 0)),
        2 => ((10, 0, 0), (14, 0, 0)),
        _ => ((12, 0, 0), (23, 59, 59)),
    };
    let at = |(h, m, s)| Some(Part::Minute(day.and_hms_opt(h, m, s)?));
    Some((at(from)?, at(to)?))
}

/// Returns the same day of another month, or its last if it has no such day.
pub(super) fn add_months(day: NaiveDate, by: i32) -> Option<NaiveDate> {
    let months = chrono::Months::new(by.unsigned_abs());
    if by < 0 {
        day.checked_sub_months(months)
    } else {
        day.checked_add_months(months)
    }
}

/// Returns the day `by` days later, or earlier if negative.
pub(super) fn add_days(day: NaiveDate, by: i32) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs().into());
    if by < 0 {
        day.checked_sub_days(days)
    } else {
        day.checked_add_days(days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GRAINS: [Grain; 10] = [
        Grain::Century,
        Grain::Decade,
        Grain::Year,
        Grain::Half,
        Grain::Season,
        Grain::Quarter,
        Grain::Month,
        Grain::Week,
        Grain::Weekend,
        Grain::Day,
    ];

    fn day() -> impl Strategy<Value = NaiveDate> {
        (500_000..900_000_i32).prop_map(|it| NaiveDate::from_num_days_from_ce_opt(it).unwrap())
    }

    proptest! {
        #[test]
        fn cells_follow_each_other_without_gap(day in day(), by in -300..300_i32) {
            for grain in GRAINS {
                let cell = Cell::around(grain, day).unwrap();
                prop_assert_eq!(Cell::around(grain, cell.first), Some(cell));
                prop_assert_eq!(cell.shift(by).and_then(|it| it.shift(-by)), Some(cell));
                prop_assert!(grain == Grain::Weekend || (cell.first..=cell.last().unwrap()).contains(&day));
                let next = cell.last().and_then(|it| it.succ_opt());
                prop_assert!(grain == Grain::Weekend || next == cell.shift(1).map(|it| it.first));
            }
        }

        #[test]
        fn a_part_of_a_cell_lies_in_it(day in day(), stretch in 1..=6_i32) {
            for grain in GRAINS {
                let cell = Cell::around(grain, day).unwrap();
                let part = Point { stretch: Some(stretch), ..Point::new(cell) };
                let (first, last) = part.ends().unwrap();
                let (first, last) = (first.days().unwrap().0, last.days().unwrap().1);
                prop_assert!(cell.first <= first && first <= last && last <= cell.last().unwrap(), "{:?} {}", cell, stretch);
            }
        }

        #[test]
        fn no_distance_panics(day in day(), by in any::<i32>()) {
            for grain in GRAINS {
                let _ = Cell::around(grain, day).and_then(|it| it.shift(by)).and_then(Cell::last);
            }
        }
    }

    #[test]
    fn the_end_of_a_quarter_is_its_last_month() {
        let quarter = Cell::around(
            Grain::Quarter,
            NaiveDate::from_ymd_opt(2025, 7, 16).unwrap(),
        );
        let told = |stretch| {
            Point {
                stretch,
                ..Point::new(quarter.unwrap())
            }
            .edtf()
            .unwrap()
            .to_string()
        };
        assert_eq!(told(None), "2025-07/2025-09");
        assert_eq!(told(Some(1)), "2025-07");
        assert_eq!(told(Some(4)), "2025-09");
    }
}
