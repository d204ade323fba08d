//! Time expressions as TIMEX3 has them, each with the derivation of its value.

use super::participant::words;
use super::{Edtf, Part, Place, RuleId};
use chrono::NaiveDate;

words!(
    /// The TIMEX3 type.
    TimexKind {
        /// A day or anything coarser.
        Date = "DATE",
        /// Finer than a day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A recurring time.
        Set = "SET",
    }
);

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timex {
    /// The words.
    pub place: Place,
    /// The TIMEX3 type.
    pub kind: TimexKind,
    /// The TIMEX3 value: `2025-07-10`, `2025-07`, `P3M`, `PRESENT_REF`; empty where it stays unresolved.
    pub value: String,
    /// The same as ISO 8601-2, for what lies on the calendar.
    pub edtf: Option<Edtf>,
    /// The first and last day or moment it covers, where neither value nor `edtf` says them: the days of a length that ends now.
    /// Made when reading; graphs do not keep it.
    pub covers: Option<(Part, Part)>,
    /// Refers back to a date told before (that day, at the time).
    pub anaphoric: bool,
    /// A length that is over: since what its sentence tells was so last (7년 만에).
    pub elapsed: bool,
    /// The rule that read it.
    pub rule: RuleId,
    /// How the value came about, as "10th on or before 2025-07-16 (published)".
    pub derivation: String,
}

/// The hours of the parts of a day, as TIMEX3 writes them; the last hour is not of the part.
pub(crate) const HOURS: [(&str, u32, u32); 5] = [
    ("TMO", 8, 12),
    ("TMI", 11, 14),
    ("TAF", 12, 16),
    ("TEV", 16, 20),
    ("TNI", 20, 24),
];

impl Timex {
    /// Returns how many of one unit it lasts, as the letter of TIMEX3 (`D`, `W`, `M`, `Y`), if it is such a length: `P3M` is three `M`.
    pub fn length(&self) -> Option<(u32, char)> {
        let rest = self.value.strip_prefix('P')?;
        let unit = rest.chars().next_back().filter(|it| "DWMY".contains(*it))?;
        let count = rest.strip_suffix(unit)?.parse().ok()?;
        (self.kind == TimexKind::Duration).then_some((count, unit))
    }

    /// Returns the first and the last day it covers, or the moments as `2025-07-15T09:30:00` for a time of day; `None` where open or unknown.
    pub fn extent(&self) -> (Option<String>, Option<String>) {
        if let Some((first, last)) = self.covers {
            let bound = |it: Part, of: fn((NaiveDate, NaiveDate)) -> NaiveDate| match it {
                Part::Minute(moment) => Some(moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
                other => other.days().map(|it| of(it).to_string()),
            };
            return (bound(first, |it| it.0), bound(last, |it| it.1));
        }
        let Some(edtf) = &self.edtf else {
            return (None, None);
        };
        let bounds = edtf.bounds();
        let hours = !matches!(edtf.start(), Some(Part::Minute(_)));
        if let (Some(day), Some((_, from, to))) = (
            bounds.earliest.filter(|_| hours),
            HOURS.iter().find(|it| self.value.ends_with(it.0)),
        ) {
            let last = if *to == 24 {
                "23:59:59".to_owned()
            } else {
                format!("{to:02}:00:00")
            };
            return (
                Some(format!("{day}T{from:02}:00:00")),
                Some(format!("{day}T{last}")),
            );
        }
        let moment = |part: Option<Part>| match part {
            Some(Part::Minute(moment)) => Some(moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
            _ => None,
        };
        let start = edtf.start();
        let end = if edtf.is_interval() {
            edtf.end()
        } else {
            start
        };
        // An interval open at its end has no latest day, though its beginning has.
        let latest = bounds
            .latest
            .filter(|_| end.is_some())
            .map(|it| it.to_string());
        let earliest = bounds.earliest.map(|it| it.to_string());
        (moment(start).or(earliest), moment(end).or(latest))
    }
}
