//! `data/event-types.toml`: the ontology of events, the same for every language.

use super::parse_toml;
use crate::{Result, model::EventTypeId};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// One event type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventTypeRow {
    /// Its name, as `Prohibit`.
    pub id: String,
    /// Its coarse class, as `Prohibit/Restrict`.
    pub class: String,
    /// English gloss in the present, as `bans`.
    pub en: String,
    /// English gloss in the past, as `banned`.
    pub en_past: String,
    /// Korean gloss, a noun.
    pub ko: String,
    /// What counts as one.
    pub definition: String,
    /// The roles it has.
    pub roles: Vec<String>,
    /// The type that undoes it.
    pub opposite: Option<String>,
    /// The value of the state it sets.
    pub sets: Option<String>,
    /// Event type of the PLOVER ontology.
    pub plover: Option<String>,
    /// Root code of the CAMEO event codes.
    pub cameo: Option<String>,
    /// Wikidata class.
    pub wikidata: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventTypesFile {
    #[serde(rename = "type")]
    types: Vec<EventTypeRow>,
}

/// Every event type, by name.
#[derive(Clone, Debug)]
pub struct EventTypes {
    rows: Vec<EventTypeRow>,
    by_id: FxHashMap<String, usize>,
}

impl EventTypes {
    /// Returns the types that travel inside the program.
    ///
    /// # Errors
    ///
    /// If the file is wrong; tests keep that from happening in a release.
    pub fn embedded() -> Result<Self> {
        Self::parse(
            "data/event-types.toml",
            include_str!("../../data/event-types.toml"),
        )
    }

    fn parse(path: &str, text: &str) -> Result<Self> {
        let rows = parse_toml::<EventTypesFile>(path, text)?.types;
        let by_id = rows
            .iter()
            .enumerate()
            .map(|(idx, it)| (it.id.clone(), idx))
            .collect();
        Ok(Self { rows, by_id })
    }

    /// Returns the row of `id`.
    pub fn get(&self, id: &EventTypeId) -> Option<&EventTypeRow> {
        self.by_id.get(id.as_str()).map(|&it| &self.rows[it])
    }

    /// Returns the coarse class of `id`, `Other` if it is unknown.
    pub fn class(&self, id: &EventTypeId) -> &str {
        self.get(id).map_or("Other", |it| it.class.as_str())
    }

    /// Returns every row, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &EventTypeRow> {
        self.rows.iter()
    }
}
