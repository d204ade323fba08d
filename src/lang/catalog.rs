//! `data/entities.toml` and `data/places.toml`: known people, organisations, places and products with their names per language.

use super::parse_toml;
use crate::{Error, Result, model::EntityKind};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// One known entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRow {
    /// A Wikidata id or a slug.
    pub id: String,
    /// What sort of thing.
    pub kind: EntityKind,
    /// Names per language, the preferred one first.
    pub names: BTreeMap<String, Vec<String>>,
    /// One-character or compound-only names per language, as newspapers write 美.
    pub abbreviations: BTreeMap<String, Vec<String>>,
    /// Family name per language, used with a title.
    pub family: BTreeMap<String, String>,
}

/// Every known entity.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// In the order of the file; earlier ones win where a name is shared.
    pub entities: Arc<Vec<EntityRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogFile {
    #[serde(default)]
    entity: Vec<Row>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
struct Row {
    id: String,
    kind: String,
    #[serde(default)]
    family: BTreeMap<String, String>,
    #[serde(flatten)]
    names: BTreeMap<String, Vec<String>>,
}

impl Catalog {
    /// Returns the entities that travel inside the program.
    ///
    /// # Errors
    ///
    /// If the file is wrong; tests keep that from happening in a release.
    pub fn embedded() -> Result<Self> {
        let mut catalog = Self::parse("data/places.toml", include_str!("../../data/places.toml"))?;
        catalog.extend(Self::parse(
            "data/entities.toml",
            include_str!("../../data/entities.toml"),
        )?);
        Ok(catalog)
    }

    /// Returns the entities of `text`, the content of the file shown as `path`.
    ///
    /// # Errors
    ///
    /// If a row is wrong; the message names it.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        let rows = match lines(text) {
            Some(rows) => rows,
            None => parse_toml::<CatalogFile>(path, text)?.entity,
        };
        let entities: Vec<EntityRow> = rows
            .into_iter()
            .map(|row| Self::entity(path, row))
            .collect::<Result<_>>()?;
        Ok(Self {
            entities: Arc::new(entities),
        })
    }

    /// Adds the entities of `other`; they win over those here.
    pub fn extend(&mut self, mut other: Self) {
        let mine = std::mem::take(Arc::make_mut(&mut self.entities));
        Arc::make_mut(&mut other.entities).extend(mine);
        self.entities = other.entities;
    }

    fn entity(path: &str, row: Row) -> Result<EntityRow> {
        let kind = EntityKind::from_word(&row.kind).ok_or_else(|| {
            let known: Vec<&str> = EntityKind::ALL.iter().map(|it| it.as_str()).collect();
            Error::usage(format!(
                "{path}: entity `{}`: unknown kind `{}`",
                row.id, row.kind
            ))
            .hint(format!("known: {}", known.join(", ")))
        })?;
        let (mut names, mut abbreviations) = (BTreeMap::new(), BTreeMap::new());
        for (key, list) in row.names {
            match key.strip_suffix("_abbr") {
                Some(lang) => abbreviations.insert(lang.to_owned(), list),
                None => names.insert(key, list),
            };
        }
        Ok(EntityRow {
            id: row.id,
            kind,
            names,
            abbreviations,
            family: row.family,
        })
    }
}

/// Returns the rows of `text` if it is one entity a line, as the files that travel inside the program are.
///
/// Every start reads thousands of them, and this takes a tenth of the time of a TOML parser, to which all else is left.
fn lines(text: &str) -> Option<Vec<Row>> {
    let lines = text.lines().map(str::trim);
    let mut lines = lines.filter(|it| !it.is_empty() && !it.starts_with('#'));
    if lines.next()? != "entity = [" {
        return None;
    }
    let mut rows = Vec::new();
    loop {
        let line = lines.next()?;
        if line == "]" {
            return lines.next().is_none().then_some(rows);
        }
        rows.push(line_row(line)?);
    }
}

/// Returns the row of `{ id = "…", kind = "…", en = ["…", "…"], family = { en = "…" } },`.
fn line_row(line: &str) -> Option<Row> {
    let mut rest = line.strip_prefix("{ ")?.strip_suffix(" },")?;
    let mut row = Row::default();
    loop {
        let (key, after) = rest.split_once(' ')?;
        let after = after.strip_prefix("= ")?;
        let after = match after.as_bytes().first()? {
            b'[' => {
                let (list, after) = strings(&after[1..], ']')?;
                row.names.insert(key.to_owned(), list);
                after
            }
            b'{' => {
                let (inside, after) = after.split_once('}')?;
                for pair in inside[1..].split(',') {
                    let (lang, name) = pair.trim().split_once(' ')?;
                    let (name, "") = string(name.strip_prefix("= ")?)? else {
                        return None;
                    };
                    row.family.insert(lang.to_owned(), name.to_owned());
                }
                after
            }
            _ => {
                let (value, after) = string(after)?;
                match key {
                    "id" => value.clone_into(&mut row.id),
                    "kind" => value.clone_into(&mut row.kind),
                    _ => return None,
                }
                after
            }
        };
        if after.is_empty() {
            return (!row.id.is_empty() && !row.kind.is_empty()).then_some(row);
        }
        rest = after.strip_prefix(", ")?;
    }
}

/// Returns the strings up to `end`, and what follows it.
fn strings(text: &str, end: char) -> Option<(Vec<String>, &str)> {
    let (mut list, mut rest) = (Vec::new(), text);
    loop {
        let (value, after) = string(rest)?;
        list.push(value.to_owned());
        match after.strip_prefix(", ") {
            Some(more) => rest = more,
            None => return Some((list, after.strip_prefix(end)?)),
        }
    }
}

/// Returns the quoted string at the beginning of `text`, and what follows it; escapes are left to the TOML parser.
fn string(text: &str) -> Option<(&str, &str)> {
    let (value, after) = text.strip_prefix('"')?.split_once('"')?;
    (!value.contains('\\')).then_some((value, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_toml_is() {
        for text in [
            include_str!("../../data/entities.toml"),
            include_str!("../../data/places.toml"),
        ] {
            let quick = lines(text).unwrap();
            let slow = parse_toml::<CatalogFile>("entities", text).unwrap().entity;
            assert_eq!(quick, slow);
        }
    }

    #[test]
    fn other_toml_is_left_to_the_parser() {
        for text in [
            "",
            "[[entity]]\nid = \"a\"\nkind = \"place\"",
            "entity = [\n{ id = \"a\", kind = \"place\", en = [\"\\u0041\"] },\n]",
            "entity = [\n{ id = \"a\", kind = \"place\", },\n]",
            "entity = [\n{ id = \"a\" },\n]",
        ] {
            assert_eq!(lines(text), None, "{text}");
        }
    }
}
