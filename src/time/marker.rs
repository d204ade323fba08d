//! The sorts of expressions already read: the signs that joining rules name them by.

use super::meaning::{Field, Fields, Meaning};

macro_rules! markers {
    ($($name:ident = $word:literal),* $(,)?) => {
        /// The sort of an expression already read, as joining rules name it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Marker { $($name),* }

        impl Marker {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, $word)),*];
        }
    };
}

markers! {
    Year = "year", Quarter = "quarter", Month = "month", Stretch = "stretch", Week = "week",
    Weekday = "weekday", Day = "day", Same = "same", Shift = "shift", Clock = "clock", Part = "part",
    Moment = "moment", Duration = "duration", Set = "set", Range = "range", Hours = "hours", Reference = "reference",
}

/// What tells a date.
const DATES: &[Marker] = &[
    Marker::Year,
    Marker::Quarter,
    Marker::Month,
    Marker::Stretch,
    Marker::Week,
    Marker::Weekday,
    Marker::Day,
    Marker::Same,
    Marker::Shift,
];

/// What tells a time of day.
const TIMES: &[Marker] = &[Marker::Clock, Marker::Part, Marker::Moment];

impl Marker {
    /// Returns the character that stands for it; of a private-use plane no text needs.
    pub(super) fn sign(self) -> char {
        char::from_u32(0xF_0000 + self as u32).unwrap_or('\u{F0000}')
    }

    /// Returns the character class of the marker or group of markers named `word`.
    pub(super) fn pattern(word: &str) -> Option<String> {
        let group = match word {
            "date" => DATES.to_vec(),
            "time" => TIMES.to_vec(),
            "point" => [DATES, TIMES].concat(),
            _ => {
                let (marker, _) = Self::ALL.iter().find(|(_, it)| *it == word)?;
                return Some(marker.sign().to_string());
            }
        };
        Some(format!(
            "[{}]",
            group.iter().map(|it| it.sign()).collect::<String>()
        ))
    }
}

impl Fields {
    /// Returns the marker of a date with these fields.
    fn marker(&self) -> Marker {
        use Field as F;
        if self.has_time() {
            return match (self.has_date(), self.has(F::Hour)) {
                (true, _) => Marker::Moment,
                (false, true) => Marker::Clock,
                (false, false) => Marker::Part,
            };
        }
        if self.has(F::YearOf) {
            Marker::Year
        } else if self.has(F::WeekOf) {
            Marker::Week
        } else if self.has_any(&[F::Day, F::DayBy, F::Feast]) {
            Marker::Day
        } else if self.has(F::Weekday) {
            Marker::Weekday
        } else if self.has_any(&[F::Week, F::WeekBy, F::Weekend]) {
            Marker::Week
        } else if self.has(F::Stretch) {
            Marker::Stretch
        } else if self.has_any(&[F::Month, F::MonthBy]) {
            Marker::Month
        } else if self.has_any(&[F::Quarter, F::QuarterBy, F::Half, F::HalfBy, F::Season]) {
            Marker::Quarter
        } else {
            Marker::Year
        }
    }
}

impl Meaning {
    /// Returns the sign that stands for it in the patterns of joining rules.
    pub(super) fn marker(&self) -> Marker {
        match self {
            Self::Date(fields, _) => fields.marker(),
            Self::Same(..) => Marker::Same,
            Self::Duration(_) => Marker::Duration,
            Self::Shift(..) => Marker::Shift,
            Self::Within(_, fields) if fields.has_time() => Marker::Moment,
            Self::Within(..) => Marker::Day,
            Self::Range(Some(from), _) | Self::Lasting(from, _) if from.is_time() => Marker::Hours,
            Self::Range(..)
            | Self::Edge(..)
            | Self::Lasting(..)
            | Self::End(..)
            | Self::Reach(..) => Marker::Range,
            Self::About(it) => it.marker(),
            Self::Set(..) => Marker::Set,
            Self::Reference(_) => Marker::Reference,
        }
    }
}
