//! JSON lines: one article a line; a line that is wrong does not spoil the others.

use super::Raw;
use crate::{Error, Result};
use serde::Deserialize;
use serde_json::Value;

/// A line; keys that mean nothing here are passed over.
#[derive(Deserialize)]
struct Row {
    id: Option<Value>,
    title: Option<String>,
    text: String,
    published: Option<String>,
    dct: Option<String>,
    source: Option<String>,
    url: Option<String>,
    lang: Option<String>,
}

/// Returns what the lines of `text` say, each with its place `name:line`; empty lines are passed over.
pub(super) fn rows(name: &str, text: &str) -> Vec<(String, Result<Raw>)> {
    let lines = text.lines().enumerate();
    let rows: Vec<_> = lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(idx, line)| {
            let place = format!("{name}:{}", idx + 1);
            let raw = row(&place, line);
            (place, raw)
        })
        .collect();
    if rows.is_empty() {
        let empty = Error::input(format!("{name}: no lines")).hint("write one JSON object a line");
        return vec![(name.to_owned(), Err(empty))];
    }
    rows
}

fn row(place: &str, line: &str) -> Result<Raw> {
    let row: Row = parse(place, line)?;
    Ok(Raw {
        id: row.id.and_then(id),
        title: row.title,
        text: row.text,
        published: row.published.or(row.dct),
        source: row.source,
        url: row.url,
        lang: row.lang,
    })
}

/// Returns the row of the JSON object `line`; an error names `place` and the column.
pub(super) fn parse<'de, T: Deserialize<'de>>(place: &str, line: &'de str) -> Result<T> {
    if !line.trim_start().starts_with('{') {
        let begin: String = line.trim().chars().take(20).collect();
        return Err(Error::input(format!(
            "{place}:1: no JSON object, it begins with `{begin}`"
        ))
        .hint("each line is one JSON object; docs/formats.md lists its keys"));
    }
    serde_json::from_str(line).map_err(|error| {
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or("not JSON");
        Error::input(format!("{place}:{}: {what}", error.column()))
            .hint("each line is one JSON object; docs/formats.md lists its keys")
            .because(error)
    })
}

/// Returns an id as text, also where it is written as a number.
fn id(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
