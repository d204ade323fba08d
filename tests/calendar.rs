//! Laws of the calendar: what is parsed is written as it was, what is possible is what some days show, and no text breaks it.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use backstory::model::{Allen, Edtf, Extent, Granularity, Interval, Part, Relations};
use chrono::{Datelike, NaiveDate};
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

/// A date of every fineness around the years that news tells of, and before year 1.
fn part() -> impl Strategy<Value = Part> {
    let date =
        (-800_000..800_000_i32).prop_map(|it| NaiveDate::from_num_days_from_ce_opt(it).unwrap());
    let season = prop::sample::select(vec![21, 22, 23, 24, 33, 34, 35, 36, 40, 41]);
    prop_oneof![
        (0..40_i32).prop_map(|it| Part::Century(it * 100)),
        (0..400_i32).prop_map(|it| Part::Decade(it * 10)),
        (-2000..4000_i32).prop_map(Part::Year),
        (-2000..4000_i32, 1..=12_u32).prop_map(|(y, m)| Part::Month(y, m)),
        (0..4000_i32, season).prop_map(|(y, s)| Part::Season(y, s)),
        date.prop_map(Part::Day),
        (0..24_u32, 0..60_u32)
            .prop_map(|(h, m)| Part::Minute(day(0).and_hms_opt(h, m, 0).unwrap())),
    ]
}

/// The parts of the calendar that a day lies in, fine to coarse; winter is left out, as it lies in two years.
fn around(day: NaiveDate) -> [Part; 7] {
    let (year, month) = (day.year(), day.month());
    [
        Part::Day(day),
        Part::Month(year, month),
        Part::Season(year, 33 + (month - 1) / 3),
        Part::Season(year, 40 + (month - 1) / 6),
        Part::Year(year),
        Part::Decade(year.div_euclid(10) * 10),
        Part::Century(year.div_euclid(100) * 100),
    ]
}

proptest! {
    #[test]
    fn every_date_is_read_as_it_was_written(a in part(), b in part(), rough in any::<bool>()) {
        let dates = [
            Edtf::at(a),
            Edtf::between(Some(a), Some(b)),
            Edtf::between(Some(a), None),
            Edtf::between(None, Some(b)),
        ];
        for date in dates {
            let date = if rough { date.approximately() } else { date };
            let read = Edtf::parse(&date.to_string());
            prop_assert_eq!(read.as_ref(), Some(&date), "{}", date);
        }
    }

    #[test]
    fn the_coarser_part_holds_the_finer(number in -600_000..700_000_i32) {
        let day = NaiveDate::from_num_days_from_ce_opt(number + 730_000).unwrap();
        let all = around(day);
        for pair in all.windows(2) {
            let (fine, coarse) = (pair[0].days().unwrap(), pair[1].days().unwrap());
            prop_assert!(coarse.0 <= fine.0 && fine.1 <= coarse.1, "{} in {}", pair[0], pair[1]);
            prop_assert!(Edtf::at(pair[1]).granularity() < Edtf::at(pair[0]).granularity());
        }
    }

    #[test]
    fn an_interval_reaches_from_its_first_day_to_its_last(a in part(), b in part()) {
        let (first, last) = (a.days().unwrap(), b.days().unwrap());
        let whole = Edtf::between(Some(a), Some(b));
        let bounds = whole.bounds();
        prop_assert_eq!((bounds.earliest, bounds.latest), (Some(first.0), Some(last.1)));
        prop_assert!(!whole.is_ordered() || first.0 <= last.1);
        let until = Edtf::between(None, Some(b)).bounds();
        prop_assert_eq!((until.earliest, until.latest), (None, Some(last.1)));
        let since = Edtf::between(Some(a), None);
        prop_assert_eq!(since.end(), None);
        prop_assert_eq!(since.bounds(), Edtf::at(a).bounds());
    }

    #[test]
    fn what_has_no_end_is_over_before_nothing(a in part(), b in part()) {
        let (since, until) = (Edtf::between(Some(a), None), Edtf::between(None, Some(b)));
        let (since, until, other) = (Extent::of(&since), Extent::of(&until), Extent::of(&Edtf::at(b)));
        prop_assert!(!since.is_before(other));
        prop_assert!(!other.begins_before(until));
        prop_assert!(!since.relations(other).is_empty());
    }

    #[test]
    fn no_year_is_too_far(year in any::<i32>(), month in any::<u32>()) {
        for part in [Part::Century(year), Part::Decade(year), Part::Year(year), Part::Month(year, month), Part::Season(year, month)] {
            let date = Edtf::between(Some(part), Some(part));
            let _ = (part.days(), date.bounds(), date.granularity(), date.is_ordered(), date.to_string());
        }
    }

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
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "/",
        "../..",
        "+123",
        "2025-+1",
        "2025-13",
        "2025-25",
        "2025-37",
        "2025-02-29",
        "20~25",
        "--0500",
        "-19XX",
        "20X5",
        "2X25",
        "202",
        "20255",
        "2025-7-1",
        "2025-07-15T9:30",
        "2025-07-15T09:30x",
        "2025-07-15T24:00",
        "2025-07T09:30",
        "2025-07-15T09:30:00Z",
        "2025/2026/2027",
        "２０２５",
        "2025 ",
    ] {
        assert_eq!(Edtf::parse(text), None, "{text}");
    }
}

#[test]
fn a_stretch_that_ends_before_it_begins_is_told_from_one_that_does_not() {
    let ordered = |it| Edtf::parse(it).unwrap().is_ordered();
    for text in [
        "1998/1998",
        "1998/1998-03",
        "1998-03/1998",
        "../1998",
        "1998/..",
        "2025-07-15T09:30/2025-07-15T09:30",
    ] {
        assert!(ordered(text), "{text}");
    }
    for text in [
        "1998/1987",
        "1998-03/1998-02",
        "2025-07-15T09:31/2025-07-15T09:30",
    ] {
        assert!(!ordered(text), "{text}");
    }
}

#[test]
fn a_winter_lies_in_two_years() {
    let winter = Edtf::parse("2024-24").unwrap().bounds();
    assert_eq!(winter.earliest.unwrap().to_string(), "2024-12-01");
    assert_eq!(winter.latest.unwrap().to_string(), "2025-02-28");
}

#[test]
fn every_relation_has_an_inverse() {
    for it in Allen::ALL {
        assert_eq!(it.inverse().inverse(), *it);
        assert_eq!(Allen::from_word(it.as_str()), Some(*it));
    }
    assert_eq!(Allen::Equals.inverse(), Allen::Equals);
}
