//! Laws of the calendar: what is parsed is written as it was, what is possible is what some days show, and no text breaks it.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use backstory::model::{Allen, Edtf, Extent, Granularity, Interval, Relations};
use chrono::NaiveDate;
use proptest::option;
use proptest::prelude::*;

fn day(number: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(739_000 + number).unwrap()
}

/// A stretch of known days.
fn known(begin: i32, end: i32) -> Extent {
    let at = |it| Interval {
        earliest: Some(day(it)),
        latest: Some(day(it)),
    };
    Extent {
        begin: at(begin),
        end: at(end),
    }
}

fn bounds() -> impl Strategy<Value = Interval> {
    (
        option::weighted(0.8, 0..6_i32),
        option::weighted(0.8, 0..6_i32),
    )
        .prop_map(|(a, b)| Interval {
            earliest: a.map(day),
            latest: b.map(day),
        })
}

fn extent() -> impl Strategy<Value = Extent> {
    (bounds(), bounds()).prop_map(|(begin, end)| Extent { begin, end })
}

/// Every stretch of known days that `extent` allows; enough days around the bounds stand for open ends.
fn stretches(extent: Extent) -> Vec<(i32, i32)> {
    let allows = |bounds: Interval, it: i32| {
        bounds.earliest.is_none_or(|e| e <= day(it)) && bounds.latest.is_none_or(|l| day(it) <= l)
    };
    let days = -4..10;
    days.clone()
        .flat_map(|begin| days.clone().map(move |end| (begin, end)))
        .filter(|(begin, end)| {
            begin <= end && allows(extent.begin, *begin) && allows(extent.end, *end)
        })
        .collect()
}

proptest! {
    #[test]
    fn a_relation_is_possible_where_some_days_show_it(a in extent(), b in extent()) {
        let shown: Relations = stretches(a)
            .into_iter()
            .flat_map(|x| stretches(b).into_iter().map(move |y| (x, y)))
            .flat_map(|(x, y)| known(x.0, x.1).relations(known(y.0, y.1)).iter().collect::<Vec<_>>())
            .collect();
        prop_assert_eq!(a.relations(b), shown);
        prop_assert_eq!(b.relations(a), shown.inverse());
    }

    #[test]
    fn known_days_stand_in_one_relation(x in 0..9_i32, n in 0..9_i32, y in 0..9_i32, m in 0..9_i32) {
        let relations = known(x, x + n).relations(known(y, y + m));
        prop_assert_eq!(relations.iter().count(), 1);
    }

    #[test]
    fn what_is_certain_stays_so_when_more_is_known(a in extent(), b in extent(), more in bounds()) {
        let narrower = a.begin.intersect(more).map(|begin| Extent { begin, ..a });
        let Some(narrower) = narrower else { return Ok(()) };
        let (before, after) = (a.relations(b), narrower.relations(b));
        prop_assert!(after.iter().all(|it| before.contains(it)), "{} → {}", before, after);
        prop_assert!(!a.is_before(b) || narrower.is_before(b));
    }

    #[test]
    fn certainly_before_is_before_in_every_way(a in extent(), b in extent()) {
        let all = a.relations(b);
        // Bounds that contradict each other leave nothing to say.
        if all.is_empty() {
            return Ok(());
        }
        let before = [Allen::Before, Allen::Meets];
        prop_assert!(!a.is_before(b) || all.within(&before));
        prop_assert_eq!(a.may_be_before(b), before.iter().any(|it| all.contains(*it)));
    }

    #[test]
    fn a_date_is_written_as_it_was_read(text in "[0-9]{2}(XX|[0-9]X|[0-9]{2}(-[0-4][0-9](-[0-3][0-9])?)?)[~]?|\\.\\./2[0-9]{3}|2[0-9]{3}-0[1-9]/\\.\\.") {
        if let Some(date) = Edtf::parse(&text) {
            prop_assert_eq!(date.to_string(), text);
            let Interval { earliest, latest } = date.bounds();
            prop_assert!(earliest.zip(latest).is_none_or(|(a, b)| a <= b));
            prop_assert!(Granularity::Century <= date.granularity());
        }
    }

    #[test]
    fn no_text_breaks_the_reader_of_dates(text in any::<String>()) {
        let _ = Edtf::parse(&text);
    }
}

#[test]
fn every_relation_has_an_inverse() {
    for it in Allen::ALL {
        assert_eq!(it.inverse().inverse(), *it);
        assert_eq!(Allen::from_word(it.as_str()), Some(*it));
    }
    assert_eq!(Allen::Equals.inverse(), Allen::Equals);
}
