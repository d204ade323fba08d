//! JSON lines: one article a line; a line that is wrong does not spoil the others. And whole JSON documents of one article or a list of them.

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

/// Returns what the JSON document `text` says: one article, a list, or one after another, however the lines are broken.
pub(super) fn documents(name: &str, text: &str) -> Vec<(String, Result<Raw>)> {
    let mut found = Vec::new();
    let rows: serde_json::Result<Vec<Row>> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text)
    } else {
        serde_json::Deserializer::from_str(text)
            .into_iter()
            .collect()
    };
    match rows {
        Ok(rows) if !rows.is_empty() => {
            let many = 1 < rows.len();
            for (idx, row) in rows.into_iter().enumerate() {
                let place = if many {
                    format!("{name}[{idx}]")
                } else {
                    name.to_owned()
                };
                found.push((place, Ok(row.into())));
            }
        }
        Ok(_) => {
            let empty = Error::input(format!("{name}: no article"));
            let error = empty.hint("write a JSON object, or a list of them");
            found.push((name.to_owned(), Err(error)));
        }
        Err(error) => {
            let place = format!("{name}:{}", error.line());
            let error = wrong(&place, error).hint("docs/formats.md lists the keys of an article");
            found.push((name.to_owned(), Err(error)));
        }
    }
    found
}

fn row(place: &str, line: &str) -> Result<Raw> {
    parse::<Row>(place, line).map(Raw::from)
}

impl From<Row> for Raw {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.and_then(id),
            title: row.title,
            text: row.text,
            published: row.published.or(row.dct),
            source: row.source,
            url: row.url,
            lang: row.lang,
        }
    }
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
        wrong(place, error).hint("each line is one JSON object; docs/formats.md lists its keys")
    })
}

/// Returns the error of JSON in the line that `place` names, with its column.
fn wrong(place: &str, error: serde_json::Error) -> Error {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or("not JSON");
    Error::input(format!("{place}:{}: {what}", error.column())).because(error)
}

/// Returns an id as text, also where it is written as a number.
fn id(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
