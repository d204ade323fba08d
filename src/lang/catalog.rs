//! `data/entities.toml`: known people, organisations, places and products with their names per language.

use super::parse_toml;
use crate::{Error, Result, model::EntityKind};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One known entity.
#[derive(Clone, Debug)]
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
    pub entities: Vec<EntityRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogFile {
    #[serde(default)]
    entity: Vec<Row>,
}

#[derive(Deserialize)]
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
        Self::parse(
            "data/entities.toml",
            include_str!("../../data/entities.toml"),
        )
    }

    /// Returns the entities of `text`, the content of the file shown as `path`.
    ///
    /// # Errors
    ///
    /// If a row is wrong; the message names it.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        let rows = parse_toml::<CatalogFile>(path, text)?.entity;
        let entities = rows
            .into_iter()
            .map(|row| Self::entity(path, row))
            .collect::<Result<_>>()?;
        Ok(Self { entities })
    }

    /// Adds the entities of `other`; they win over those here.
    pub fn extend(&mut self, mut other: Self) {
        other.entities.append(&mut self.entities);
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
