//! What a time expression comes to, and how TIMEX3 and EDTF write it.

use super::calendar::Point;
use crate::model::{Edtf, TimexKind};

/// What a meaning comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Point(Point),
    Range(Option<Point>, Option<Point>),
    /// The first or last point of such a stretch, told as an expression of its own.
    Edge(Point, Option<Point>, Option<Point>),
    Duration(String),
    /// A length whose beginning and end are known.
    Stretch(String, Point, Point),
    Set(String),
    Reference(&'static str),
}

impl Answer {
    /// Returns the TIMEX3 type.
    pub(super) fn kind(&self) -> TimexKind {
        match self {
            Self::Point(it)
            | Self::Edge(it, ..)
            | Self::Range(Some(it), _)
            | Self::Range(None, Some(it)) => it.kind(),
            Self::Range(None, None) | Self::Reference(_) => TimexKind::Date,
            Self::Duration(_) | Self::Stretch(..) => TimexKind::Duration,
            Self::Set(_) => TimexKind::Set,
        }
    }

    /// Returns the TIMEX3 value.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Range(Some(a), Some(b)) => format!("{}/{}", a.value(), b.value()),
            Self::Point(it)
            | Self::Edge(it, ..)
            | Self::Range(Some(it), None)
            | Self::Range(None, Some(it)) => it.value(),
            Self::Range(None, None) => String::new(),
            Self::Duration(it) | Self::Stretch(it, ..) | Self::Set(it) => it.clone(),
            Self::Reference(it) => (*it).to_owned(),
        }
    }

    /// Returns the EDTF date.
    pub(super) fn edtf(&self) -> Option<Edtf> {
        match self {
            Self::Point(it) => it.edtf(),
            Self::Range(a, b) | Self::Edge(_, a, b) => {
                let start = a.as_ref().and_then(Point::ends).map(|it| it.0);
                let end = b.as_ref().and_then(Point::ends).map(|it| it.1);
                (start.is_some() || end.is_some()).then(|| Edtf::between(start, end))
            }
            _ => None,
        }
    }
}
