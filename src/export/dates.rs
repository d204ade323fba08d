//! Dates in words, exactly as fine as they are known.
//!
//! A month is never its first day, and a bound is named as a bound.

use super::Words;
use crate::model::{Certainty, Edtf, Granularity, Interval, Part, When};
use chrono::{Datelike, NaiveDate};

/// Returns `when` in words: `April 2025`, `by 2025-07-15`, `late June 2025`.
pub fn date_words(words: &Words, when: &When) -> String {
    let Some(edtf) = when.edtf() else {
        return unstated(words, when.bounds());
    };
    let date = edtf_words(words, edtf);
    let rough = edtf.is_approximate() || when.certainty() == Certainty::Approximate;
    // "Late June" is rough already; "about late June" says nothing more.
    if rough && edtf.granularity() != Granularity::MonthPart {
        words.fill("date", "about", &[("date", &date)])
    } else {
        date
    }
}

/// Returns the month `month` of `year` in words.
pub fn month_words(words: &Words, year: i32, month: u32) -> String {
    month_row(words, "month", year, month)
}

fn edtf_words(words: &Words, edtf: &Edtf) -> String {
    let fill = |key: &str, date: &str| words.fill("date", key, &[("date", date)]);
    match (edtf.is_interval(), edtf.start(), edtf.end()) {
        (true, Some(Part::Day(start)), Some(Part::Day(_)))
            if edtf.granularity() == Granularity::MonthPart =>
        {
            let key = match start.day() {
                1 => "early",
                11 => "mid",
                _ => "late",
            };
            month_row(words, key, start.year(), start.month())
        }
        (true, Some(start), Some(end)) => range(words, start, end),
        (true, None, Some(end)) => fill("until", &part_words(words, end)),
        (true, Some(start), None) => fill("since", &part_words(words, start)),
        (_, Some(part), _) => part_words(words, part),
        (_, None, _) => words.get("date", "unstated").to_owned(),
    }
}

fn range(words: &Words, start: Part, end: Part) -> String {
    let from = part_words(words, start);
    if let (Part::Day(a), Part::Day(b)) = (start, end)
        && (a.year(), a.month()) == (b.year(), b.month())
    {
        let day = format!("{:02}", b.day());
        return words.fill("date", "days", &[("start", &from), ("day", &day)]);
    }
    let to = part_words(words, end);
    words.fill("date", "range", &[("start", &from), ("end", &to)])
}

fn part_words(words: &Words, part: Part) -> String {
    let with_year = |key: &str, year: i32, n: u32| {
        let (year, n) = (year.to_string(), n.to_string());
        words.fill("date", key, &[("year", &year), ("n", &n)])
    };
    match part {
        Part::Century(year) => {
            let (start, end) = (year.to_string(), (year + 99).to_string());
            words.fill("date", "century", &[("start", &start), ("end", &end)])
        }
        Part::Decade(year) => with_year("decade", year, 0),
        Part::Year(year) => with_year("year", year, 0),
        Part::Month(year, month) => month_words(words, year, month),
        Part::Season(year, half @ 40..) => with_year(&format!("half-{}", half - 39), year, 0),
        Part::Season(year, quarter @ 33..=36) => with_year("quarter", year, quarter - 32),
        Part::Season(year, season) => {
            let key = format!("season-{}", season.saturating_sub(20));
            with_year(&key, year, 0)
        }
        Part::Day(day) => words.fill("date", "day", &[("day", &day.to_string())]),
        Part::Minute(moment) => {
            let (day, time) = (
                moment.date().to_string(),
                moment.format("%H:%M").to_string(),
            );
            words.fill("date", "minute", &[("day", &day), ("time", &time)])
        }
    }
}

fn month_row(words: &Words, key: &str, year: i32, month: u32) -> String {
    let (year, number) = (year.to_string(), month.to_string());
    let month = words.get("month", &number);
    words.fill("date", key, &[("year", &year), ("month", month)])
}

fn unstated(words: &Words, bounds: Interval) -> String {
    let day = |it: NaiveDate| it.to_string();
    match (bounds.earliest.map(day), bounds.latest.map(day)) {
        (Some(start), Some(end)) => words.fill(
            "date",
            "unstated-between",
            &[("start", &start), ("end", &end)],
        ),
        (Some(date), None) => words.fill("date", "unstated-since", &[("date", &date)]),
        (None, Some(date)) => words.fill("date", "unstated-until", &[("date", &date)]),
        (None, None) => words.get("date", "unstated").to_owned(),
    }
}
