//! What `add` says about an article: what was found, which dates hold, what is missing.

use super::engine::Read;
use crate::model::{Edtf, Link, Reading, Strength, TimexKind};
use crate::read::kept::Kept;
use serde::Serialize;
use std::fmt::Write;

/// One article, as the report has it.
#[derive(Serialize)]
pub struct ArticleRow {
    pub name: String,
    pub id: String,
    pub lang: String,
    pub status: &'static str,
    pub sentences: usize,
    pub events: usize,
    pub links: usize,
    pub stated: usize,
    pub dates: Dates,
    pub notes: Vec<String>,
}

/// How the time expressions came out.
#[derive(Clone, Copy, Default, Serialize)]
pub struct Dates {
    pub resolved: usize,
    pub open_ended: usize,
    pub unresolved: usize,
}

impl ArticleRow {
    /// Returns the row of what was read.
    pub fn of(read: &Read, status: &'static str) -> Self {
        let row = Self::of_reading(&read.name, &read.reading, status);
        Self {
            notes: notes(&read.reading, row.dates),
            ..row
        }
    }

    /// Returns the row with what became of the facts by hand.
    pub fn with(mut self, kept: &Kept) -> Self {
        if kept.kept != 0 {
            self.notes
                .push(format!("kept {} by hand", count(kept.kept, "fact")));
        }
        let dropped = kept.dropped.iter().map(|it| format!("dropped {it}"));
        self.notes.extend(dropped);
        self
    }

    /// Returns the row of what is stored.
    pub fn of_reading(name: &str, reading: &Reading, status: &'static str) -> Self {
        let stated = |it: &&Link| it.asserted && it.strength == Strength::Explicit;
        Self {
            name: name.to_owned(),
            id: reading.article.id.to_string(),
            lang: reading.article.lang.to_string(),
            status,
            sentences: reading.sentences.len(),
            events: reading.events.len(),
            links: reading.links.len(),
            stated: reading.links.iter().filter(stated).count(),
            dates: Dates::of(reading),
            notes: Vec::new(),
        }
    }

    /// Returns the lines for people, the last one closed.
    pub fn text(&self) -> String {
        if self.status == "already there" {
            return format!("{}  {}  already there\n", self.name, self.lang);
        }
        let mut text = format!(
            "{}  {}  {} -> {}, {} ({} stated, {} hedged or inferred)\n",
            self.name,
            self.lang,
            count(self.sentences, "sentence"),
            count(self.events, "event"),
            count(self.links, "link"),
            self.stated,
            self.links - self.stated
        );
        let parts = [
            (self.dates.resolved, "resolved"),
            (self.dates.open_ended, "open-ended"),
            (self.dates.unresolved, "unresolved"),
        ];
        let parts = parts.iter().filter(|it| it.0 != 0);
        let parts: Vec<String> = parts.map(|(n, what)| format!("{n} {what}")).collect();
        if !parts.is_empty() {
            let _ = writeln!(text, "  dates: {}", parts.join(", "));
        }
        for note in &self.notes {
            let _ = writeln!(text, "  note: {note}");
        }
        text
    }
}

impl Dates {
    fn of(reading: &Reading) -> Self {
        let mut dates = Self::default();
        let on_calendar = |it: TimexKind| matches!(it, TimexKind::Date | TimexKind::Time);
        for timex in reading.timexes.iter().filter(|it| on_calendar(it.kind)) {
            let is_open =
                |it: &Edtf| it.is_interval() && (it.start().is_none() || it.end().is_none());
            match &timex.edtf {
                Some(edtf) if is_open(edtf) => dates.open_ended += 1,
                None if timex.value.is_empty() => dates.unresolved += 1,
                _ => dates.resolved += 1,
            }
        }
        dates
    }
}

/// Returns how many relative dates the article's text has that mean nothing without its day of publication.
pub fn undatable(reading: &Reading) -> usize {
    match reading.article.published {
        Some(_) => 0,
        None => Dates::of(reading).unresolved,
    }
}

fn notes(reading: &Reading, dates: Dates) -> Vec<String> {
    let mut notes = Vec::new();
    if reading.article.published.is_none() && dates.unresolved != 0 {
        notes.push(format!(
            "no publication date, so {} cannot be resolved; pass --published 2025-07-16",
            count(dates.unresolved, "relative date")
        ));
    }
    if reading.events.is_empty() {
        notes.push("no event was found".to_owned());
    }
    notes
}

/// Returns the number with its noun.
pub fn count(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}
