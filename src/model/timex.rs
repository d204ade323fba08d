//! Time expressions as TIMEX3 has them, each with the derivation of its value.

use super::participant::words;
use super::{Edtf, Place, RuleId};

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
    /// Refers back to a date told before (that day, at the time).
    pub anaphoric: bool,
    /// The rule that read it.
    pub rule: RuleId,
    /// How the value came about, as "10th on or before 2025-07-16 (published)".
    pub derivation: String,
}
