//! How two stretches of time may stand to each other when neither is known exactly.
//!
//! An [`Extent`] says between which days something began and between which it ended; [`Extent::relations`] says which of Allen's thirteen
//! relations the calendar leaves open. Days are the finest grain, and it knows no events: what a link claims is checked in `graph`.

use super::participant::words;
use super::{Edtf, Interval};
use chrono::{Datelike, NaiveDate};
use std::fmt;

words!(
    /// One of Allen's relations between a stretch A and a stretch B.
    Allen {
        /// A ends, and a day or more lies between.
        Before = "before",
        /// B begins on the day after A ends.
        Meets = "meets",
        /// A begins first and ends within B.
        Overlaps = "overlaps",
        /// They begin together and A ends first.
        Starts = "starts",
        /// A lies within B.
        During = "during",
        /// They end together and A begins later.
        Finishes = "finishes",
        /// They are the same.
        Equals = "equals",
        /// B finishes A.
        FinishedBy = "finished-by",
        /// B lies within A.
        Contains = "contains",
        /// B starts A.
        StartedBy = "started-by",
        /// B overlaps A.
        OverlappedBy = "overlapped-by",
        /// A begins on the day after B ends.
        MetBy = "met-by",
        /// B ends, and a day or more lies between.
        After = "after",
    }
);

impl Allen {
    /// Returns the relation of B to A.
    ///
    /// ```
    /// use backstory::model::Allen;
    /// assert_eq!(Allen::During.inverse(), Allen::Contains);
    /// ```
    #[must_use]
    pub fn inverse(self) -> Self {
        Self::ALL[Self::ALL.len() - 1 - self as usize]
    }

    /// Returns what it says of A's begin and B's begin, A's begin and B's end, A's end and B's begin, and both ends: the sign of the difference.
    ///
    /// An end is the day after the last.
    fn signs(self) -> [i64; 4] {
        match self {
            Self::Before => [-1, -1, -1, -1],
            Self::Meets => [-1, -1, 0, -1],
            Self::Overlaps => [-1, -1, 1, -1],
            Self::Starts => [0, -1, 1, -1],
            Self::During => [1, -1, 1, -1],
            Self::Finishes => [1, -1, 1, 0],
            Self::Equals => [0, -1, 1, 0],
            Self::FinishedBy => [-1, -1, 1, 0],
            Self::Contains => [-1, -1, 1, 1],
            Self::StartedBy => [0, -1, 1, 1],
            Self::OverlappedBy => [1, -1, 1, 1],
            Self::MetBy => [1, 0, 1, 1],
            Self::After => [1, 1, 1, 1],
        }
    }
}

/// A set of relations: those that are possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relations(u16);

impl Relations {
    /// Tells whether `relation` is among them.
    pub fn contains(self, relation: Allen) -> bool {
        self.0 & (1 << relation as u16) != 0
    }

    /// Returns them in the order of [`Allen::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Allen> {
        Allen::ALL
            .iter()
            .copied()
            .filter(move |it| self.contains(*it))
    }

    /// Returns the possible relations of B to A.
    #[must_use]
    pub fn inverse(self) -> Self {
        self.iter().map(Allen::inverse).collect()
    }

    /// Tells whether every possible relation is among `others`: then one of them holds for certain.
    pub fn within(self, others: &[Allen]) -> bool {
        self.iter().all(|it| others.contains(&it))
    }

    /// Tells whether none is possible: one of the extents contradicts itself.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Allen> for Relations {
    fn from_iter<T: IntoIterator<Item = Allen>>(relations: T) -> Self {
        Self(
            relations
                .into_iter()
                .fold(0, |all, it| all | 1 << it as u16),
        )
    }
}

impl fmt::Display for Relations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Allen::as_str).collect();
        f.write_str(&names.join(" "))
    }
}

/// A stretch of days whose begin and end are known only within bounds; both ends belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Extent {
    /// Between which days it began.
    pub begin: Interval,
    /// Between which days it ended.
    pub end: Interval,
}

impl Extent {
    /// Returns the extent of what happened some time within `bounds`, for however long.
    pub fn within(bounds: Interval) -> Self {
        Self {
            begin: bounds,
            end: bounds,
        }
    }

    /// Returns the extent of `edtf`: from its first to its last day where it tells both ends, else some time within it.
    ///
    /// ```
    /// use backstory::model::{Edtf, Extent};
    /// let at = |it| Extent::of(&Edtf::parse(it).unwrap());
    /// assert!(at("2025-04").is_before(at("2025-07-15")));
    /// assert!(!at("2025-07").is_before(at("2025-07-15")));
    /// assert!(at("2025-07").may_be_before(at("2025-07-15")));
    /// assert_eq!(at("2025-07-10/2025-07-11").relations(at("2025-07-12")).to_string(), "meets");
    /// ```
    pub fn of(edtf: &Edtf) -> Self {
        if !edtf.is_interval() {
            return Self::within(edtf.bounds());
        }
        let days = |part: Option<super::Part>| {
            let days = part.and_then(super::Part::days);
            Interval {
                earliest: days.map(|it| it.0),
                latest: days.map(|it| it.1),
            }
        };
        Self {
            begin: days(edtf.start()),
            end: days(edtf.end()),
        }
    }

    /// Returns the relations of this to `other` that both leave possible; none if one of them ends before it begins.
    pub fn relations(self, other: Self) -> Relations {
        let possible = |it: &Allen| Days::new(self, other).allow(it.signs());
        Allen::ALL.iter().copied().filter(possible).collect()
    }

    /// Tells whether this is over for certain before `other` begins.
    pub fn is_before(self, other: Self) -> bool {
        let ends = self.end.latest;
        ends.zip(other.begin.earliest).is_some_and(|(a, b)| a < b)
    }

    /// Tells whether this begins for certain before `other` begins, however long it lasts.
    pub fn begins_before(self, other: Self) -> bool {
        let begin = self.begin.latest;
        begin.zip(other.begin.earliest).is_some_and(|(a, b)| a < b)
    }

    /// Tells whether this may be over before `other` begins.
    pub fn may_be_before(self, other: Self) -> bool {
        let relations = self.relations(other);
        relations.contains(Allen::Before) || relations.contains(Allen::Meets)
    }
}

/// A's begin, A's end, B's begin, B's end and day 0.
const POINTS: usize = 5;
/// Day 0, which bounds count from.
const ZERO: usize = 4;

/// How many days one point may lie after another at most: a network of differences.
struct Days([[Option<i64>; POINTS]; POINTS]);

impl Days {
    /// Returns what the bounds of `a` and `b` say; an end is the day after the last.
    fn new(a: Extent, b: Extent) -> Self {
        let mut days = Self([[None; POINTS]; POINTS]);
        let number = |it: NaiveDate| i64::from(it.num_days_from_ce());
        for (first, it) in [(0, a), (2, b)] {
            for (point, bounds, next) in [(first, it.begin, 0), (first + 1, it.end, 1)] {
                if let Some(latest) = bounds.latest {
                    days.limit(point, ZERO, number(latest) + next);
                }
                if let Some(earliest) = bounds.earliest {
                    days.limit(ZERO, point, -number(earliest) - next);
                }
            }
            days.limit(first, first + 1, -1);
        }
        days
    }

    /// Says that `point` lies at most `most` days after `other`.
    fn limit(&mut self, point: usize, other: usize, most: i64) {
        let known = &mut self.0[point][other];
        *known = Some(known.map_or(most, |it| it.min(most)));
    }

    /// Tells whether there are days with these differences of begins and ends.
    fn allow(mut self, signs: [i64; 4]) -> bool {
        for ((a, b), sign) in [(0, 2), (0, 3), (1, 2), (1, 3)].into_iter().zip(signs) {
            if sign <= 0 {
                self.limit(a, b, sign);
            }
            if 0 <= sign {
                self.limit(b, a, -sign);
            }
        }
        // Shortest ways between all points; one that leads back before itself contradicts.
        for via in 0..POINTS {
            for from in 0..POINTS {
                for to in 0..POINTS {
                    if let (Some(a), Some(b)) = (self.0[from][via], self.0[via][to]) {
                        self.limit(from, to, a + b);
                    }
                }
            }
        }
        (0..POINTS).all(|it| self.0[it][it].is_none_or(|it| 0 <= it))
    }
}
