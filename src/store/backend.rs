//! What a store must be able to do, whatever keeps it.

use crate::model::{ArticleId, Reading, Story};
use crate::rdf::Quad;
use crate::{Error, Result};
use std::path::PathBuf;

/// What keeps a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Memory; gone when the program ends.
    Memory,
    /// A folder with one N-Quads file for each article.
    Folder,
    /// Oxigraph's disk engine, for archives larger than memory.
    RocksDb,
}

impl Kind {
    /// Returns the word in the store's marker file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Folder => "folder",
            Self::RocksDb => "rocksdb",
        }
    }

    /// Returns the kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Memory, Self::Folder, Self::RocksDb];
        all.into_iter().find(|it| it.as_str() == word)
    }
}

/// What adding an article did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    Added,
    /// Another reading of it was there.
    Replaced,
    /// The very same reading was there.
    Unchanged,
}

/// A file that could not be read and was left out.
#[derive(Clone, Debug)]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it, and what to do.
    pub message: String,
}

impl Damage {
    /// Returns the damage that `error` found in `path`.
    pub fn new(path: PathBuf, error: &Error) -> Self {
        let hint = error
            .next_step()
            .map_or(String::new(), |it| format!("; {it}"));
        Self {
            path,
            message: format!("{error}{hint}"),
        }
    }
}

/// What keeps a story.
///
/// An article changes as a whole or not at all, also when the process is killed.
/// Whoever changes an article drops what was derived before that.
pub trait Backend: Send + Sync {
    /// Returns what it is.
    fn kind(&self) -> Kind;

    /// Replaces everything known of an article.
    fn insert(&mut self, reading: &Reading) -> Result<Change>;

    /// Removes an article; tells whether it was there.
    fn remove(&mut self, article: &ArticleId) -> Result<bool>;

    /// Keeps what the story derives across its articles.
    fn set_derived(&mut self, story: &Story) -> Result<()>;

    /// Keeps statements that belong to no article.
    fn add_other(&mut self, quads: &[Quad]) -> Result<()>;

    /// Returns the articles, sorted.
    fn articles(&self) -> Result<Vec<ArticleId>>;

    /// Returns the story, and what was left out of it.
    fn story(&self) -> Result<(Story, Vec<Damage>)>;

    /// Returns every quad, and what was left out.
    fn quads(&self) -> Result<(Vec<Quad>, Vec<Damage>)>;

    /// Returns its own SPARQL engine, if it has one.
    fn engine(&self) -> Option<oxigraph::store::Store> {
        None
    }
}
