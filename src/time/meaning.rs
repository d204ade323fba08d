//! What the words of a time expression say, before it is known when they were said.
//!
//! A [`Meaning`] is language-neutral and holds no dates; `resolve` turns it into one.

use crate::model::TimexKind;
use std::collections::BTreeMap;

macro_rules! fields {
    ($($name:ident = $word:literal),* $(,)?) => {
        /// What a named group of a pattern says; the group has the name of the field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Field { $($name),* }

        impl Field {
            /// Returns the field of that name.
            pub(super) fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

// `_by` counts from the anchor's own, -1 being the one before; `to_` is the end of a stretch.
fields! {
    Era = "era", Century = "century", Decade = "decade", Year = "year", YearBy = "year_by", DecadeBy = "decade_by", CenturyBy = "century_by",
    Half = "half", HalfBy = "half_by", Quarter = "quarter", QuarterBy = "quarter_by",
    Season = "season", Month = "month", MonthBy = "month_by",
    Week = "week", WeekBy = "week_by", Weekend = "weekend", WeekOf = "week_of", YearOf = "year_of",
    Stretch = "stretch", Nth = "nth", Weekday = "weekday", Feast = "feast",
    Day = "day", DayBy = "day_by", Lunar = "lunar", Part = "part", Hour = "hour", Minute = "minute", Second = "second", Zone = "zone",
    Short = "minutes_short", Side = "side",
    ToDecade = "to_decade", ToYear = "to_year", ToQuarter = "to_quarter", ToMonth = "to_month", ToFeast = "to_feast", ToDay = "to_day", ToPart = "to_part", ToHour = "to_hour", ToMinute = "to_minute",
    Centuries = "centuries", Decades = "decades", Years = "years", Quarters = "quarters", Months = "months",
    Weeks = "weeks", Days = "days", Workdays = "workdays", Hours = "hours", Minutes = "minutes", Seconds = "seconds",
    Count = "count", ToCount = "to_count", Unit = "unit", HalfMore = "half_more",
}

/// A count that is not told: several years.
pub(super) const SOME: i32 = -1;

/// The TIMEX3 value of now.
pub(super) const PRESENT: &str = "PRESENT_REF";

/// The lengths, coarse to fine, with the field that counts each.
pub(super) const UNITS: [(&str, Field); 11] = [
    ("CE", Field::Centuries),
    ("DE", Field::Decades),
    ("Y", Field::Years),
    ("Q", Field::Quarters),
    ("M", Field::Months),
    ("W", Field::Weeks),
    ("D", Field::Days),
    ("BD", Field::Workdays),
    ("TH", Field::Hours),
    ("TM", Field::Minutes),
    ("TS", Field::Seconds),
];

/// The parts of a day as TIMEX3 writes them; dawn is written as morning.
pub(super) const PARTS: [&str; 6] = ["MO", "MI", "AF", "EV", "NI", "DW"];

/// Fields with their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(BTreeMap<Field, i32>);

impl Fields {
    pub(super) fn get(&self, field: Field) -> Option<i32> {
        self.0.get(&field).copied()
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.0.contains_key(&field)
    }

    pub(super) fn has_any(&self, fields: &[Field]) -> bool {
        fields.iter().any(|it| self.has(*it))
    }

    pub(super) fn set(&mut self, field: Field, value: i32) {
        self.0.insert(field, value);
    }

    pub(super) fn take(&mut self, field: Field) -> Option<i32> {
        self.0.remove(&field)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the coarsest field of a date or time.
    pub(super) fn coarsest(&self) -> Option<Field> {
        self.0.keys().next().copied()
    }

    /// Returns those that are coarser than `field`.
    pub(super) fn coarser_than(&self, field: Field) -> Self {
        Self(self.0.range(..field).map(|(a, b)| (*a, *b)).collect())
    }

    /// Tells whether there are no others.
    pub(super) fn is_only(&self, known: &[Field]) -> bool {
        !self.0.is_empty() && self.0.keys().all(|it| known.contains(it))
    }

    /// Returns both together, or `None` if they contradict each other.
    pub(super) fn join(&self, other: &Self) -> Option<Self> {
        let mut all = self.clone();
        for (field, value) in &other.0 {
            if all.0.insert(*field, *value).is_some_and(|it| it != *value) {
                return None;
            }
        }
        Some(all)
    }

    /// Returns those of the calendar, without the time of day.
    pub(super) fn date(&self) -> Self {
        let is_date = |it: &(&Field, &i32)| *it.0 < Field::Part;
        Self(
            self.0
                .iter()
                .filter(is_date)
                .map(|(a, b)| (*a, *b))
                .collect(),
        )
    }

    /// Returns the time of day.
    pub(super) fn time(&self) -> Self {
        let is_time = |it: &(&Field, &i32)| *it.0 >= Field::Part;
        Self(
            self.0
                .iter()
                .filter(is_time)
                .map(|(a, b)| (*a, *b))
                .collect(),
        )
    }

    /// Returns both together; of two parts of a day, that of the hour: "10 p.m. tonight" is told by its "p.m.".
    pub(super) fn join_clock(&self, other: &Self) -> Option<Self> {
        let (mut a, mut b) = (self.clone(), other.clone());
        match (a.has(Field::Hour), b.has(Field::Hour)) {
            (true, false) if a.has(Field::Part) => b.0.remove(&Field::Part),
            (false, true) if b.has(Field::Part) => a.0.remove(&Field::Part),
            _ => None,
        };
        a.join(&b)
    }

    /// Tells whether a time of day is among them.
    pub(super) fn has_time(&self) -> bool {
        self.has_any(&[Field::Hour, Field::Part])
    }

    /// Tells whether something on the calendar is among them; "early" is of the morning in "early morning".
    pub(super) fn has_date(&self) -> bool {
        let early = |it: Field| it == Field::Stretch && self.has_time();
        self.0.keys().any(|it| *it < Field::Part && !early(*it))
    }
}

/// Where a partial date lies when several days fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Direction {
    /// As newspapers mean it: the nearest, by the tense of the sentence.
    #[default]
    Near,
    /// The most recent.
    Last,
    /// The next.
    Next,
    /// The one of the anchor's own year, month or week.
    This,
    /// The nearest of all years, before or after.
    Nearest,
}

/// What the sentence around a date speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tense {
    /// It does not say.
    #[default]
    Open,
    /// What is over.
    Behind,
    /// What lies ahead.
    Ahead,
}

/// What a relative date counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The day of publication.
    #[default]
    Published,
    /// The day the story is at.
    Story,
    /// The date told last.
    Mentioned,
    /// The same, and not that of publication where none was told.
    Told,
    /// The stretch longer than a day told last.
    Period,
}

/// How fields become a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pointer {
    pub(super) direction: Direction,
    pub(super) anchor: Anchor,
}

/// A length away from a date, or from an anchor if none is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) length: Fields,
    /// -1 before, 1 after.
    pub(super) sign: i32,
    pub(super) anchor: Anchor,
    pub(super) base: Option<Box<Meaning>>,
}

/// Which way a length reaches from its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It ends with the day before: the last three months.
    Last,
    /// It begins with the day after: the next three months.
    Next,
    /// It begins at once: within three months.
    Within,
    /// It ends with the day the story is at: for the first time in three months.
    Elapsed,
}

/// What the words say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A place on the calendar or the clock.
    Date(Fields, Pointer),
    /// The anchor itself once more, moved by the `_by` fields.
    Same(Fields, Anchor),
    /// A length.
    Duration(Fields),
    /// A length that reaches up to an anchor, or from it.
    Reach(Fields, Reach),
    /// A length away.
    Shift(Shift),
    /// A finer part of something.
    Within(Box<Meaning>, Fields),
    /// From one to the other, open where `None`.
    Range(Option<Box<Meaning>>, Option<Box<Meaning>>),
    /// The first or (`true`) last date of a range, told as an expression of its own.
    Edge(Box<Meaning>, bool),
    /// A stretch of that length which begins then.
    Lasting(Box<Meaning>, Fields),
    /// A length with which it begins (`Next`) or ends (`Last`): the last two weeks of March.
    End(Box<Meaning>, Fields, Reach),
    /// Roughly that.
    About(Box<Meaning>),
    /// Every one of these; the length says how often.
    Set(Fields, Fields),
    /// No date: `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Reference(&'static str),
}

impl Meaning {
    /// Returns the TIMEX3 type.
    pub(super) fn kind(&self) -> TimexKind {
        match self {
            Self::Date(fields, _) | Self::Within(_, fields) if fields.has_time() => TimexKind::Time,
            Self::Duration(_) | Self::Reach(..) | Self::End(..) => TimexKind::Duration,
            Self::Set(..) => TimexKind::Set,
            Self::About(it) => it.kind(),
            Self::Edge(..) => self.edge().map_or(TimexKind::Date, Self::kind),
            _ => TimexKind::Date,
        }
    }

    /// Tells whether a time of day is told.
    pub(super) fn is_time(&self) -> bool {
        match self {
            Self::Date(fields, _) | Self::Within(_, fields) => fields.has_time(),
            Self::About(it) => it.is_time(),
            _ => false,
        }
    }

    /// Returns what the words of an edge say.
    pub(super) fn edge(&self) -> Option<&Self> {
        match self {
            Self::Edge(range, last) => match (&**range, last) {
                (Self::Range(it, _), false) | (Self::Range(_, it), true) => it.as_deref(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns how far away from something it lies.
    pub(super) fn length(&self) -> Option<&Fields> {
        match self {
            Self::Shift(shift) => Some(&shift.length),
            Self::About(it) => it.length(),
            _ => None,
        }
    }

    /// Tells whether the date is only told to compare another with: "the day before", "a year earlier".
    pub(super) fn is_comparison(&self) -> bool {
        let back = |fields: &Fields| {
            let by = [
                Field::DayBy,
                Field::WeekBy,
                Field::MonthBy,
                Field::QuarterBy,
                Field::YearBy,
            ];
            by.iter().any(|it| fields.get(*it).is_some_and(|it| it < 0))
        };
        match self {
            Self::Date(fields, pointer) => pointer.anchor != Anchor::Published && back(fields),
            Self::Same(fields, _) => back(fields),
            Self::About(inner) | Self::Within(inner, _) => inner.is_comparison(),
            _ => false,
        }
    }

    /// Tells whether a day told so is where the story is at, not its background: "on the 15th", "today", not "last April 3".
    pub(super) fn is_story_day(&self) -> bool {
        match self {
            Self::Date(fields, pointer) => {
                let far = [Field::Year, Field::YearBy, Field::MonthBy, Field::Feast];
                let near =
                    pointer.direction == Direction::Near && pointer.anchor == Anchor::Published;
                near && !fields.has_any(&far)
            }
            Self::About(inner) | Self::Within(inner, _) => inner.is_story_day(),
            _ => false,
        }
    }

    /// Tells whether it only points back to a date told before.
    pub(super) fn is_same(&self) -> bool {
        match self {
            Self::Same(..) => true,
            Self::About(it) | Self::Range(Some(it), None) | Self::Range(None, Some(it)) => {
                it.is_same()
            }
            _ => false,
        }
    }

    /// Tells whether it lies some untold length away.
    pub(super) fn is_vague(&self) -> bool {
        matches!(self, Self::Shift(shift) if shift.length.is_vague())
    }

    /// Returns the same, with the coming hour, weekday, month or feast meant where the words leave it open.
    pub(super) fn coming(self) -> Self {
        let is_open = |fields: &Fields, to: Pointer| {
            let whole = [Field::Month, Field::Stretch, Field::Part, Field::Hour];
            let weekday = [Field::Weekday, Field::Part, Field::Hour, Field::Minute];
            let this = to
                == Pointer {
                    direction: Direction::This,
                    ..Pointer::default()
                };
            let undated = !fields.has_date() || fields.is_only(&whole) || fields.is_only(&weekday);
            fields.has(Field::Feast) && (this || to == Pointer::default())
                || undated && to == Pointer::default()
        };
        match self {
            Self::Date(fields, to) if is_open(&fields, to) => {
                let direction = Direction::Next;
                Self::Date(fields, Pointer { direction, ..to })
            }
            Self::Range(Some(start), end) => Self::Range(Some(Box::new(start.coming())), end),
            Self::About(it) => Self::About(Box::new(it.coming())),
            Self::Within(it, fields) => Self::Within(Box::new(it.coming()), fields),
            other => other,
        }
    }

    /// Returns the TIMEX3 value of what no date is known of, as `XXXX-07-14` and `XXXX-XX-XXT09:00`; empty where the words count from a date.
    pub(super) fn partial_value(&self) -> String {
        match self {
            Self::Date(fields, to) if to.anchor == Anchor::Published || fields.has(Field::Day) => {
                super::length::partial_value(fields)
            }
            Self::About(it) => it.partial_value(),
            Self::Edge(..) => self.edge().map_or_else(String::new, Self::partial_value),
            _ => String::new(),
        }
    }

    /// Returns both as one expression, or `None` if they make none.
    pub(super) fn join(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Date(a, to), Self::Date(b, or)) => {
                let kept = if *to == Pointer::default() { *or } else { *to };
                Some(Self::Date(a.join_clock(b)?, kept))
            }
            (Self::Date(..), Self::Range(Some(start), end)) => {
                Some(Self::Range(Some(Box::new(self.join(start)?)), end.clone()))
            }
            (Self::Range(Some(start), end), Self::Date(..)) if start.is_time() => {
                Some(Self::Range(Some(Box::new(start.join(other)?)), end.clone()))
            }
            (Self::Date(..), Self::Lasting(start, length)) if start.is_time() => {
                let start = Box::new(self.join(start)?);
                Some(Self::Lasting(start, length.clone()))
            }
            (Self::Lasting(start, length), Self::Date(..)) if start.is_time() => {
                let start = Box::new(start.join(other)?);
                Some(Self::Lasting(start, length.clone()))
            }
            (Self::Duration(a), Self::Duration(b)) => Some(Self::Duration(a.join(b)?)),
            (Self::Set(a, often), Self::Date(b, _)) | (Self::Date(a, _), Self::Set(b, often)) => {
                Some(Self::Set(a.join(b)?, often.clone()))
            }
            (Self::About(a), b) => Some(Self::About(Box::new(a.join(b)?))),
            (a, Self::About(b)) => Some(Self::About(Box::new(a.join(b)?))),
            (Self::Within(it, a), Self::Date(b, _)) => Some(Self::Within(it.clone(), a.join(b)?)),
            (it @ (Self::Same(..) | Self::Shift(..)), Self::Date(b, _))
            | (Self::Date(b, _), it @ (Self::Same(..) | Self::Shift(..))) => {
                Some(Self::Within(Box::new(it.clone()), b.clone()))
            }
            _ => None,
        }
    }
}
