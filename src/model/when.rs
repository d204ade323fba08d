//! When an event happened, as precisely as its sentences say and no more.

use super::participant::words;
use super::{Edtf, Extent, Granularity};
use chrono::NaiveDate;

words!(
    /// How the date is known.
    Certainty {
        /// The text states it.
        Exact = "exact",
        /// The text states it roughly (about, late June).
        Approximate = "approximate",
        /// It follows from what the text states.
        Inferred = "inferred",
        /// The text does not say; only bounds are known.
        Unstated = "unstated",
    }
);

/// A stretch of days, both ends inclusive, `None` where open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first day it can have begun.
    pub earliest: Option<NaiveDate>,
    /// The last day it can have begun.
    pub latest: Option<NaiveDate>,
}

impl Interval {
    /// Returns what both allow, or `None` if they contradict each other.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let earliest = self.earliest.max(other.earliest);
        let latest = match (self.latest, other.latest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let possible = earliest.zip(latest).is_none_or(|(a, b)| a <= b);
        possible.then_some(Self { earliest, latest })
    }

    /// Tells whether this is certainly over before `other` begins.
    pub fn is_before(self, other: Self) -> bool {
        let ends = self.latest.zip(other.earliest);
        ends.is_some_and(|(last, first)| last < first)
    }
}

/// When an event happened.
///
/// Invariant: `edtf` is `None` exactly when the certainty is [`Certainty::Unstated`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    edtf: Option<Edtf>,
    certainty: Certainty,
    bounds: Interval,
}

impl When {
    /// Returns the date `edtf`, known in the way of `certainty`; its bounds are the date's own.
    pub fn dated(edtf: Edtf, certainty: Certainty) -> Self {
        let certainty = match certainty {
            Certainty::Unstated => Certainty::Inferred,
            other => other,
        };
        Self {
            bounds: edtf.bounds(),
            edtf: Some(edtf),
            certainty,
        }
    }

    /// Returns a date that is not stated but lies within `bounds`.
    pub fn unstated(bounds: Interval) -> Self {
        Self {
            edtf: None,
            certainty: Certainty::Unstated,
            bounds,
        }
    }

    /// Returns the same date with bounds narrowed to `bounds`, unless they contradict it.
    #[must_use]
    pub fn within(self, bounds: Interval) -> Self {
        Self {
            bounds: self.bounds.intersect(bounds).unwrap_or(self.bounds),
            ..self
        }
    }

    /// Returns the date, if the text states it or it follows.
    pub fn edtf(&self) -> Option<&Edtf> {
        self.edtf.as_ref()
    }

    /// Returns how it is known.
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Returns the first and the last day on which it can have begun.
    pub fn bounds(&self) -> Interval {
        self.bounds
    }

    /// Returns between which days it began and ended: those of its date, no further than its bounds allow.
    pub fn extent(&self) -> Extent {
        let told = self.edtf.as_ref().map(Extent::of);
        let extent = told.unwrap_or_else(|| Extent::within(self.bounds));
        let begin = extent.begin.intersect(self.bounds);
        Extent {
            begin: begin.unwrap_or(extent.begin),
            ..extent
        }
    }

    /// Returns how fine the date is, `None` if unstated.
    pub fn granularity(&self) -> Option<Granularity> {
        self.edtf.as_ref().map(Edtf::granularity)
    }
}
