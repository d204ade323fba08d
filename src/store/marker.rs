//! `store.toml`: says that a folder is a store, of which format and kind, and under which base.
//!
//! Three lines `key = value`; a store of a later format is refused with the reason.

use super::backend::Kind;
use crate::{Error, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The format this program reads and writes.
const FORMAT: u32 = 1;

/// What a store says of itself.
pub struct Marker {
    /// What keeps it.
    pub kind: Kind,
    /// The namespace of its terms.
    pub base: String,
}

impl Marker {
    /// Returns the marker file of the store in `folder`.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join("store.toml")
    }

    /// Makes `folder` a store; an existing folder must be empty.
    pub fn create(folder: &Path, kind: Kind, base: &str) -> Result<()> {
        fs::create_dir_all(folder).map_err(|it| Error::io(folder, it))?;
        let entries = fs::read_dir(folder).map_err(|it| Error::io(folder, it))?;
        let foreign = entries
            .flatten()
            .find(|it| !is_ours(&it.file_name().to_string_lossy()));
        if let Some(entry) = foreign {
            let message = format!(
                "{} is no store and not empty: it holds {}",
                folder.display(),
                entry.file_name().display()
            );
            return Err(Error::store(message).hint("name an empty or new folder with --store"));
        }
        let text = format!(
            "# A Backstory store.\nformat = {FORMAT}\nkind = \"{}\"\nbase = \"{base}\"\n",
            kind.as_str()
        );
        super::folder::write_atomically(&Self::path(folder), text.as_bytes())
    }

    /// Returns what the store in `folder` says of itself.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = Self::path(folder);
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::store(format!(
                "{} is no store: it has no store.toml",
                folder.display()
            ))
            .hint("`backstory add PATH` makes one; --store names another"),
            _ => Error::io(&path, error),
        })?;
        let value = |key: &str| {
            let lines = text.lines().filter_map(|line| line.split_once('='));
            let mut values = lines.filter(|it| it.0.trim() == key);
            values
                .next()
                .map(|it| it.1.trim().trim_matches('"').to_owned())
        };
        let missing = |key: &str| {
            Error::store(format!("{}: there is no line `{key} = …`", path.display()))
                .hint("restore the file from a backup, or name another store with --store")
        };
        let format = value("format").ok_or_else(|| missing("format"))?;
        if format != FORMAT.to_string() {
            let message = format!(
                "{}: format {format}; this program reads format {FORMAT}",
                path.display()
            );
            return Err(Error::store(message).hint("use a newer backstory"));
        }
        let kind = value("kind").ok_or_else(|| missing("kind"))?;
        Ok(Self {
            kind: Kind::from_word(&kind).ok_or_else(|| Self::unknown_kind(folder, &kind))?,
            base: value("base").ok_or_else(|| missing("base"))?,
        })
    }

    /// Returns the error of a kind that no folder can have.
    pub fn unknown_kind(folder: &Path, kind: &str) -> Error {
        let message = format!(
            "{}: kind `{kind}`; this program knows `folder` and `rocksdb`",
            folder.display()
        );
        Error::store(message).hint("use a newer backstory")
    }
}

/// Tells whether a killed process may have left that entry while making the store.
fn is_ours(name: &str) -> bool {
    name == "lock" || name.starts_with(".tmp-")
}
