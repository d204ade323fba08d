//! Answers and timelines as bytes: text, JSON, pictures.
//!
//! A format is one file with one type that implements [`Exporter`], and one line in [`EXPORTERS`]; `--format`, help and docs come from that list.
//! Words of the interface come from the pack's `ui.toml`; text of articles is never markup in any format.
//! It does not ask, read or store anything, and the same view gives the same bytes.

mod cite;
mod clean;
mod csv;
mod dates;
mod dot;
mod graph;
mod json;
mod md;
mod mermaid;
mod ndjson;
mod offsets;
mod schemas;
mod svg;
mod text;
mod view;
mod words;

pub use dates::date_words;
pub use json::extract_line;
pub use offsets::Offsets;
pub use schemas::{SCHEMAS, schema};
pub use view::{Content, Detail, Found, Hit, HitKind, Options, Shown, View};
pub use words::Words;

use crate::{Error, Result};
use std::io;

/// Writes answers in one format.
pub trait Exporter: Sync {
    /// Returns the word for `--format`, as `dot`.
    fn name(&self) -> &'static str;

    /// Returns the file extension without its dot, as `dot`.
    fn extension(&self) -> &'static str;

    /// Returns one line for help and docs.
    fn about(&self) -> &'static str;

    /// Tells which of the kinds `answer`, `timeline`, `show` and `find` it can write.
    fn kinds(&self) -> &'static [&'static str];

    /// Writes `view`.
    ///
    /// # Errors
    ///
    /// If `out` fails, or [`io::ErrorKind::Unsupported`] for a kind that it cannot write.
    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()>;
}

/// Every format, in the order of help.
pub const EXPORTERS: &[&dyn Exporter] = &[
    // For people at a terminal; the default.
    &text::Text,
    // For programs; versioned, with a schema each.
    &json::Json,
    // For documents and issues.
    &md::Markdown,
    // Pictures: laid out by us, by Graphviz, by whatever reads Mermaid.
    &svg::Svg,
    &dot::Dot,
    &mermaid::Mermaid,
    // Tables and streams.
    &csv::Csv,
    &ndjson::Ndjson,
];

/// Returns the format called `name`.
///
/// # Errors
///
/// If there is none; the message lists those there are.
pub fn exporter(name: &str) -> Result<&'static dyn Exporter> {
    let known = EXPORTERS.iter().copied();
    known.clone().find(|it| it.name() == name).ok_or_else(|| {
        let names: Vec<&str> = known.map(Exporter::name).collect();
        Error::usage(format!("unknown format `{name}`"))
            .hint(format!("known: {}", names.join(", ")))
    })
}

/// Returns the format of files with `extension`, written without its dot, if there is one.
pub fn exporter_of_extension(extension: &str) -> Option<&'static dyn Exporter> {
    let mut known = EXPORTERS.iter().copied();
    known.find(|it| it.extension().eq_ignore_ascii_case(extension))
}

fn unsupported(exporter: &dyn Exporter, view: &View) -> io::Error {
    let (name, kind) = (exporter.name(), view.content.kind());
    let fitting = EXPORTERS.iter().filter(|it| it.kinds().contains(&kind));
    let names: Vec<&str> = fitting.map(|it| it.name()).collect();
    let message = format!(
        "format `{name}` has no form for `{kind}`; try {}",
        names.join(", ")
    );
    io::Error::new(io::ErrorKind::Unsupported, message)
}
