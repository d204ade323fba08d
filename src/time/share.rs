//! Lists of dates: what the later ones do not tell they take from the one before, as the month in "March 1 and 5".

use super::matcher::Found;
use super::meaning::{Anchor, Field, Fields, Meaning, Pointer};
use regex::Regex;

/// The longest text between two dates of a list, in bytes.
const JOINT: usize = 12;

/// What a date of a list can be told by, coarse to fine.
const KINDS: [Field; 6] = [
    Field::Half,
    Field::Quarter,
    Field::Month,
    Field::Weekday,
    Field::Day,
    Field::Hour,
];

/// Those of them that a year has a few of.
const YEARLY: [Field; 3] = [Field::Half, Field::Quarter, Field::Month];

/// What stands between two expressions that share what they tell.
#[derive(Debug)]
pub(super) struct Joints {
    /// Between the dates of a list.
    pub(super) list: Option<Regex>,
    /// Between two expressions for one day, of which the second tells it: "the next day, the 15th".
    pub(super) same: Option<Regex>,
}

impl Joints {
    /// Lets the expressions of `text` take from each other what is told once.
    pub(super) fn share(&self, text: &str, all: &mut [Found]) {
        let is =
            |joint: &Option<Regex>, gap: &str| joint.as_ref().is_some_and(|it| it.is_match(gap));
        for idx in 1..all.len() {
            let (before, after) = all.split_at_mut(idx);
            let (Some(before), Some(found)) = (before.last_mut(), after.first_mut()) else {
                return;
            };
            let gap = text.get(before.span.end()..found.span.start());
            let Some(gap) = gap.filter(|it| it.len() <= JOINT) else {
                continue;
            };
            if is(&self.list, gap) {
                follow(&before.meaning, &mut found.meaning);
            } else if is(&self.same, gap) {
                identify(&mut before.meaning, &mut found.meaning);
            }
        }
        for idx in (1..all.len()).rev() {
            let (before, after) = all.split_at_mut(idx);
            let (Some(before), Some(found)) = (before.last_mut(), after.first()) else {
                return;
            };
            let gap = text.get(before.span.end()..found.span.start());
            if gap.is_some_and(|it| it.len() <= JOINT && is(&self.list, it)) {
                lead(&mut before.meaning, &found.meaning);
            }
        }
    }
}

/// Gives `before`, in a list right before `next`, the year that is told only there: "October 31 and November 1, 2024".
fn lead(before: &mut Meaning, next: &Meaning) {
    let (Meaning::Date(fields, to), Meaning::Date(told, _)) = (before, next) else {
        return;
    };
    let kind = fields.coarsest().filter(|it| YEARLY.contains(it));
    let ends = kind.and_then(|it| Some((fields.get(it)?, told.get(it)?)));
    let year = told.get(Field::Year).filter(|it| 100 <= *it);
    if let (Some((from, until)), Some(year)) = (ends, year)
        && *to == Pointer::default()
    {
        // "December and January 1998": the December before.
        fields.set(Field::Year, if until < from { year - 1 } else { year });
    }
}

/// Makes `before`, a day told by another, the day that `told` names; what was counted from publication tells which day that is.
fn identify(before: &mut Meaning, told: &mut Meaning) {
    if let (Meaning::Date(a, to), Meaning::Date(b, or)) = (&*before, &*told) {
        let is_counted = a.is_only(&[Field::DayBy]) && b.is_only(&[Field::Day]);
        let is_weekday = a.is_only(&[Field::Weekday]) && b.has(Field::Day);
        match a.join(b) {
            Some(day) if is_counted && to.anchor == Anchor::Published => {
                let day = Meaning::Date(day, *to);
                (*before, *told) = (day.clone(), day);
                return;
            }
            Some(day) if is_weekday => {
                *before = Meaning::Date(day, *or);
                return;
            }
            _ => {}
        }
    }
    let is_anaphor = match before {
        Meaning::Date(fields, to) => to.anchor != Anchor::Published && fields.has(Field::DayBy),
        Meaning::Shift(shift) => shift.base.is_none() && shift.length.has(Field::Days),
        _ => false,
    };
    let told = match told {
        Meaning::About(it) => it,
        other => other,
    };
    if let (true, Meaning::Date(fields, to)) = (is_anaphor, told) {
        let day = fields.coarser_than(Field::Part);
        if day.has(Field::Day) {
            *before = Meaning::Date(day, *to);
        }
    }
}

/// Gives `next`, in a list right after `before`, the fields that are told only there.
fn follow(before: &Meaning, next: &mut Meaning) {
    let Some((told, to)) = last(before) else {
        return;
    };
    match next {
        Meaning::Date(fields, pointer) if *pointer == Pointer::default() => {
            if let Some(all) = with_coarser(fields, &told) {
                (*fields, *pointer) = (all, to);
            }
        }
        Meaning::Range(Some(start), _) => follow(before, start),
        Meaning::Range(None, Some(it)) | Meaning::About(it) => follow(before, it),
        _ => {}
    }
}

/// Returns what `before` tells of its last date.
fn last(before: &Meaning) -> Option<(Fields, Pointer)> {
    match before {
        Meaning::Date(fields, to) => Some((fields.clone(), *to)),
        Meaning::About(it) => last(it),
        Meaning::Range(Some(start), Some(end)) => {
            let (Meaning::Date(start, to), Meaning::Date(end, _)) = (&**start, &**end) else {
                return None;
            };
            let kind = KINDS.into_iter().find(|it| end.has(*it))?;
            Some((with_coarser(end, start).unwrap_or_else(|| end.clone()), *to))
                .filter(|_| start.has(kind))
        }
        _ => None,
    }
}

/// Returns `fields` with what is coarser in `told`; `None` unless both are told by the same kind of date and `fields` is the later.
fn with_coarser(fields: &Fields, told: &Fields) -> Option<Fields> {
    let kind = fields.coarsest().filter(|it| KINDS.contains(it))?;
    let is_later = told.get(kind)? < fields.get(kind)?;
    is_later
        .then(|| fields.join(&told.coarser_than(kind)))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(list: &[(Field, i32)]) -> Meaning {
        let mut fields = Fields::default();
        for (field, it) in list {
            fields.set(*field, *it);
        }
        Meaning::Date(fields, Pointer::default())
    }

    #[test]
    fn a_later_day_is_of_the_month_told_before_it() {
        let before = date(&[(Field::Month, 3), (Field::Day, 1)]);
        let mut next = date(&[(Field::Day, 5)]);
        follow(&before, &mut next);
        assert_eq!(next, date(&[(Field::Month, 3), (Field::Day, 5)]));
    }

    #[test]
    fn a_year_told_at_the_end_of_a_list_is_of_the_dates_before_it() {
        let next = date(&[(Field::Year, 1998), (Field::Month, 1)]);
        let mut before = date(&[(Field::Month, 12)]);
        lead(&mut before, &next);
        assert_eq!(before, date(&[(Field::Year, 1997), (Field::Month, 12)]));
    }

    #[test]
    fn an_earlier_day_is_not() {
        let before = date(&[(Field::Month, 6), (Field::Day, 30)]);
        let mut next = date(&[(Field::Day, 2)]);
        follow(&before, &mut next);
        assert_eq!(next, date(&[(Field::Day, 2)]));
    }
}
