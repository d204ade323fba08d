//! Timelines as JSON, one event or claim a line, for tools that read streams.

use super::json::{Maker, harmless};
use super::{Content, Exporter, View, unsupported};
use serde::Serialize;
use std::io;

/// The format `ndjson`.
pub struct Ndjson;

#[derive(Serialize)]
struct Line<T> {
    schema: &'static str,
    #[serde(flatten)]
    row: T,
}

impl Exporter for Ndjson {
    fn name(&self) -> &'static str {
        "ndjson"
    }

    fn extension(&self) -> &'static str {
        "ndjson"
    }

    fn about(&self) -> &'static str {
        "one JSON object a line: the events, then the claims"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["timeline"]
    }

    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        let Content::Timeline(timeline) = view.content else {
            return Err(unsupported(self, view));
        };
        let mut maker = Maker::new(view);
        for event in &timeline.events {
            let row = maker.event(event);
            line(out, "backstory.event/1", row)?;
        }
        for link in &timeline.links {
            let row = maker.link(link);
            line(out, "backstory.link/1", row)?;
        }
        Ok(())
    }
}

fn line(out: &mut dyn io::Write, schema: &'static str, row: impl Serialize) -> io::Result<()> {
    let text = harmless(serde_json::to_string(&Line { schema, row })?);
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")
}
