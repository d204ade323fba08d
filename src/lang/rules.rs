//! The rules of a pack as its author wrote them: names, lines, and the examples that each must accept and reject.
//!
//! A rule is a row with an `id` in any list of any rule file; what its pattern means is for the stage that uses it.

use super::Pack;
use crate::{Error, Result};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// A rule with its examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRow {
    /// The rule file, as `timex.toml`.
    pub file: String,
    /// The list that has it, as `rule`.
    pub list: String,
    /// Its name within the file.
    pub id: String,
    /// Where it begins, from 1.
    pub line: usize,
    /// The keys of the row whose values are texts.
    pub texts: BTreeMap<String, String>,
    /// Where it must hold.
    pub accept: Vec<Example>,
    /// Where it must not.
    pub reject: Vec<Example>,
}

/// A text with what is wanted of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Where it stands in the rule file, from 1.
    pub line: usize,
    /// The text.
    pub text: String,
    /// What else the example says, by key.
    pub wanted: BTreeMap<String, String>,
}

impl Pack {
    /// Returns every rule of every rule file, in the order of files and lines.
    ///
    /// # Errors
    ///
    /// If a file is not TOML; the message names file and line.
    pub fn rules(&self) -> Result<Vec<RuleRow>> {
        let mut rules = Vec::new();
        for (name, text) in self.rule_files() {
            let table = DeTable::parse(text).map_err(|error| {
                let line = line(text, error.span().map_or(0, |it| it.start));
                Error::usage(format!("{}:{line}: {}", self.shown(name), error.message()))
            })?;
            let mut found = Vec::new();
            for (list, value) in table.get_ref() {
                let rows = value.get_ref().as_array().into_iter().flatten();
                found.extend(rows.filter_map(|it| {
                    let row = it.get_ref().as_table()?;
                    rule(name, list.get_ref(), row, text)
                }));
            }
            found.sort_by_key(|it| it.line);
            rules.extend(found);
        }
        Ok(rules)
    }
}

fn rule(file: &str, list: &str, row: &DeTable<'_>, text: &str) -> Option<RuleRow> {
    let id = row.get("id")?;
    let examples = |key: &str| {
        let rows = row.get(key).and_then(|it| it.get_ref().as_array());
        let rows = rows.into_iter().flatten();
        rows.map(|it| example(it.get_ref(), line(text, it.span().start)))
            .collect()
    };
    Some(RuleRow {
        file: file.to_owned(),
        list: list.to_owned(),
        id: id.get_ref().as_str()?.to_owned(),
        line: line(text, id.span().start),
        texts: texts(row),
        accept: examples("accept"),
        reject: examples("reject"),
    })
}

/// An example is a text, or a table with the key `text`.
fn example(value: &DeValue<'_>, line: usize) -> Example {
    let wanted = value.as_table().map(texts).unwrap_or_default();
    let text = value.as_str().or(wanted.get("text").map(String::as_str));
    Example {
        line,
        text: text.unwrap_or_default().to_owned(),
        wanted,
    }
}

fn texts(table: &DeTable<'_>) -> BTreeMap<String, String> {
    let texts = table.iter().filter_map(|(key, value)| {
        let value = value.get_ref().as_str()?;
        Some((key.get_ref().to_string(), value.to_owned()))
    });
    texts.collect()
}

/// Returns the line of the byte `at`, from 1.
fn line(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or("").matches('\n').count() + 1
}
