//! Timelines as comma-separated values (RFC 4180), one event a row.
//!
//! A cell that a spreadsheet would run as a formula begins with an apostrophe.

use super::{Content, Exporter, View, cite, clean, unsupported};
use crate::model::EventView;
use std::io;

/// The format `csv`.
pub struct Csv;

const COLUMNS: [&str; 13] = [
    "id",
    "date",
    "earliest",
    "latest",
    "certainty",
    "factuality",
    "type",
    "label",
    "participants",
    "sources",
    "independent_sources",
    "article",
    "quote",
];

impl Exporter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "a table of events for spreadsheets"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["timeline"]
    }

    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        let Content::Timeline(timeline) = view.content else {
            return Err(unsupported(self, view));
        };
        out.write_all(COLUMNS.join(",").as_bytes())?;
        out.write_all(b"\r\n")?;
        for event in &timeline.events {
            let cells = cells(view, event).map(|it| cell(&it));
            out.write_all(cells.join(",").as_bytes())?;
            out.write_all(b"\r\n")?;
        }
        Ok(())
    }
}

fn cells(view: &View, it: &EventView) -> [String; COLUMNS.len()] {
    let event = &it.event;
    let evidence = &event.main_mention().evidence;
    let bounds = event.when.bounds();
    let day = |it: Option<chrono::NaiveDate>| it.map(|it| it.to_string()).unwrap_or_default();
    let names = event.participants.iter().filter(|it| !it.negated);
    let names: Vec<&str> = names.map(|it| view.name(it)).collect();
    [
        event.id.as_str().to_owned(),
        event
            .when
            .edtf()
            .map(ToString::to_string)
            .unwrap_or_default(),
        day(bounds.earliest),
        day(bounds.latest),
        event.when.certainty().as_str().to_owned(),
        event.factuality.as_str().to_owned(),
        event.event_type.as_str().to_owned(),
        event.label(view.lang()).to_owned(),
        names.join("; "),
        it.sources.join("; "),
        it.independent_sources.to_string(),
        evidence.article.as_str().to_owned(),
        cite::sentence(view, evidence).to_owned(),
    ]
}

/// Returns `text` on one line, harmless to a spreadsheet, quoted where it must be.
fn cell(text: &str) -> String {
    let line = clean::one_line(text);
    let line = if line.starts_with(['=', '+', '-', '@']) {
        format!("'{line}")
    } else {
        line
    };
    if line.contains(['"', ',']) {
        format!("\"{}\"", line.replace('"', "\"\""))
    } else {
        line
    }
}
