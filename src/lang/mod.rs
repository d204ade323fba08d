//! Data packs: everything language-specific, loaded from `data/lang/<tag>/` and checked.
//!
//! A pack is a folder of TOML files; dropping one in is enough for a new language.
//! This module reads and validates rows; each stage makes its own matchers from them.
//! It does not know what the rules find.

mod catalog;
mod event_types;
mod pack;
mod rules;
mod toml_file;

pub mod timex;
pub mod weights;

pub use catalog::{Catalog, EntityRow};
pub use event_types::{EventTypeRow, EventTypes};
pub use pack::{Grammar, Pack, PackManifest, Packs, Segmenter};
pub use rules::{Example, RuleRow};
pub use toml_file::parse_toml;
