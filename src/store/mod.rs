//! Keeps stories: in memory, in a folder of N-Quads files, or on oxigraph's disk engine.
//!
//! Every article is one named graph, replaced or removed as a whole; what was derived across articles is dropped whenever one changes and can be set again.
//! Nothing here reads news or derives; SPARQL runs over all three kinds alike.
//!
//! ```
//! use backstory::store::Store;
//! let store = Store::memory();
//! let found = store.query("SELECT ?e { ?e a bst:Event }", &Default::default())?;
//! assert_eq!(found.rows(), 0);
//! # Ok::<(), backstory::Error>(())
//! ```

mod backend;
#[cfg(feature = "rocksdb")]
mod disk;
mod folder;
mod led_to;
mod marker;
mod memory;
mod named;
mod query;
mod results;
mod scratch;

pub use backend::{Backend, Change, Damage, Kind};
pub use led_to::{Closure, Reach};
pub use named::{NamedQuery, Param, head_value};
pub use query::{QueryOptions, given_up};
pub use results::{QueryOutput, ResultFormat};
pub use scratch::{Construct, Scratch};

use crate::model::{ArticleId, Reading, Story};
use crate::rdf::{self, Format, Quad, Vocab};
use crate::{Error, Result};
use folder::Folder;
use marker::Marker;
use memory::Memory;
use oxigraph::model::GraphName;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Whether a store is opened to read only or also to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads; others may write meanwhile, except on disk, where one process at a time has the store.
    Read,
    /// Writes; one process at a time.
    Write,
}

/// What [`Store::load`] took in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Articles, new or replaced.
    pub articles: usize,
    /// Statements that belong to no article; kept for SPARQL, not part of the story.
    pub other: usize,
}

/// A story that is kept.
pub struct Store {
    backend: Box<dyn Backend>,
    vocab: Vocab,
    /// The SPARQL engine over the quads, made when a query asks for it.
    engine: Mutex<Option<Engine>>,
}

/// The SPARQL engine, and what could not be read into it.
#[derive(Clone)]
struct Engine {
    store: oxigraph::store::Store,
    damage: Vec<Damage>,
}

impl Store {
    /// Returns an empty store in memory.
    pub fn memory() -> Self {
        Self::of(Box::new(Memory::default()), Vocab::default())
    }

    fn of(backend: Box<dyn Backend>, vocab: Vocab) -> Self {
        Self {
            backend,
            vocab,
            engine: Mutex::new(None),
        }
    }

    /// Returns the nearest `.backstory` folder in `from` or above.
    pub fn find(from: &Path) -> Option<PathBuf> {
        let folders = from.ancestors().map(|it| it.join(".backstory"));
        folders.into_iter().find(|it| Marker::path(it).is_file())
    }

    /// Opens the store in the folder `path`.
    ///
    /// # Errors
    /// Fails if there is none, if this build cannot read its kind or version, or if another process is writing to it.
    pub fn open(path: &Path, access: Access) -> Result<Self> {
        let Marker { kind, base } = Marker::read(path)?;
        let vocab = Vocab::new(&base)?;
        let backend: Box<dyn Backend> = match kind {
            Kind::Memory => return Err(Marker::unknown_kind(path, kind.as_str())),
            Kind::Folder => Box::new(Folder::open(path, access, vocab.clone())?),
            #[cfg(feature = "rocksdb")]
            Kind::RocksDb => Box::new(disk::Disk::open(path, vocab.clone())?),
            #[cfg(not(feature = "rocksdb"))]
            Kind::RocksDb => return Err(without_rocksdb(path)),
        };
        Ok(Self::of(backend, vocab))
    }

    /// Opens the store in the folder `path` to write, making one of `kind` if there is none.
    ///
    /// # Errors
    /// Fails like [`Store::open`], and if the folder holds something else.
    pub fn open_or_create(path: &Path, kind: Kind, vocab: &Vocab) -> Result<Self> {
        if !Marker::path(path).exists() {
            if kind == Kind::RocksDb && !cfg!(feature = "rocksdb") {
                return Err(without_rocksdb(path));
            }
            let made = Marker::create(path, kind, vocab.base());
            // Another program may have made it in the same moment; its lock tells who writes.
            if !Marker::path(path).exists() {
                made?;
            }
        }
        Self::open(path, Access::Write)
    }

    /// Returns what kind of store it is.
    pub fn kind(&self) -> Kind {
        self.backend.kind()
    }

    /// Returns the names it uses in RDF.
    pub fn vocab(&self) -> &Vocab {
        &self.vocab
    }

    /// Replaces everything known of the reading's article, at once or not at all; what was derived is dropped if anything changed.
    ///
    /// # Errors
    /// Fails if the store cannot be written.
    pub fn insert(&mut self, reading: &Reading) -> Result<Change> {
        self.forget_engine();
        self.backend.insert(reading)
    }

    /// Removes an article; tells whether it was there.
    ///
    /// # Errors
    /// Fails if the store cannot be written.
    pub fn remove(&mut self, article: &ArticleId) -> Result<bool> {
        self.forget_engine();
        self.backend.remove(article)
    }

    /// Keeps what `story`, the one of this store, derives across its articles.
    ///
    /// # Errors
    /// Fails if the store cannot be written.
    pub fn set_derived(&mut self, story: &Story) -> Result<()> {
        self.forget_engine();
        self.backend.set_derived(story)
    }

    /// Returns the articles, sorted.
    ///
    /// # Errors
    /// Fails if the store cannot be read.
    pub fn articles(&self) -> Result<Vec<ArticleId>> {
        self.backend.articles()
    }

    /// Returns the story, and the files that could not be read and were left out.
    ///
    /// # Errors
    /// Fails if the store as a whole cannot be read.
    pub fn story(&self) -> Result<(Story, Vec<Damage>)> {
        self.backend.story()
    }

    /// Returns every quad, and the files that could not be read and were left out.
    ///
    /// # Errors
    /// Fails if the store as a whole cannot be read.
    pub fn quads(&self) -> Result<(Vec<Quad>, Vec<Damage>)> {
        self.backend.quads()
    }

    /// Returns the named graphs, sorted.
    ///
    /// # Errors
    /// Fails if the store cannot be read.
    pub fn graphs(&self) -> Result<Vec<String>> {
        let engine = self.engine()?;
        let names = engine.named_graphs().map(|graph| match graph {
            Ok(graph) => Ok(graph.to_string().trim_matches(['<', '>']).to_owned()),
            Err(error) => Err(engine_error(error)),
        });
        let mut names = names.collect::<Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }

    /// Runs a SPARQL query; the default graph is everything, the prefixes of [`Vocab::prefixes`] are given, and `bst:ledTo` holds between every two events joined by asserted causal claims.
    ///
    /// # Errors
    /// Fails if the text is no SPARQL query, with line and column, and if the store cannot be read.
    pub fn query(&self, text: &str, options: &QueryOptions<'_>) -> Result<QueryOutput> {
        query::run(&self.engine()?, &self.vocab, text, options)
    }

    /// Returns everything in `format`; the same story gives the same bytes.
    ///
    /// # Errors
    /// Fails if the store cannot be read, or has a damaged file: half a story is no dump.
    pub fn dump(&self, format: Format) -> Result<Vec<u8>> {
        self.dump_graph(format, None)
    }

    /// Returns one graph in `format`, named by an article's id or by its IRI; `None` for everything.
    ///
    /// # Errors
    /// Fails like [`Store::dump`], and if there is no such graph.
    pub fn dump_graph(&self, format: Format, graph: Option<&str>) -> Result<Vec<u8>> {
        let (mut quads, damage) = self.quads()?;
        if let Some(first) = damage.first() {
            let message = format!("{}: {}", first.path.display(), first.message);
            return Err(Error::store(message).hint("add that article again or delete the file"));
        }
        if let Some(graph) = graph {
            quads = rdf::of_graph(quads, graph, &self.vocab)?;
        }
        rdf::serialize(&quads, format, &self.vocab)
    }

    /// Takes in RDF: articles become articles again, other statements are kept beside them.
    ///
    /// # Errors
    /// Fails if the bytes break the format, or an article of them lacks something; then nothing was taken in.
    pub fn load(&mut self, bytes: &[u8], format: Format) -> Result<Loaded> {
        self.load_into(bytes, format, None)
    }

    /// Takes in RDF like [`Store::load`]; statements without a graph get the one called `graph`.
    ///
    /// # Errors
    /// Fails like [`Store::load`], and if `graph` is no IRI.
    pub fn load_into(
        &mut self,
        bytes: &[u8],
        format: Format,
        graph: Option<&str>,
    ) -> Result<Loaded> {
        let graph = match graph {
            None => self.vocab.loaded_graph(),
            Some(graph) => rdf::iri(graph)?,
        };
        let mut quads = rdf::parse(bytes, format)?;
        // SPARQL sees the union of the named graphs: what has no graph needs one.
        for quad in quads
            .iter_mut()
            .filter(|it| it.graph_name.is_default_graph())
        {
            quad.graph_name = graph.clone().into();
        }
        let derived = self.vocab.derived_graph();
        let (ours, other): (Vec<Quad>, Vec<Quad>) =
            quads.into_iter().partition(|it| match &it.graph_name {
                GraphName::NamedNode(it) => {
                    *it == derived || self.vocab.read_graph(it.as_str()).is_some()
                }
                _ => false,
            });
        let story = self.vocab.from_quads(ours)?;
        let was_empty = self.articles()?.is_empty();
        self.forget_engine();
        for reading in story.readings.values() {
            self.backend.insert(reading)?;
        }
        if was_empty {
            self.backend.set_derived(&story)?;
        }
        if !other.is_empty() {
            self.backend.add_other(&other)?;
        }
        Ok(Loaded {
            articles: story.readings.len(),
            other: other.len(),
        })
    }

    fn forget_engine(&mut self) {
        let engine = self.engine.get_mut();
        *engine.unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    }

    /// Returns the files that could not be read when a query was run, and were left out.
    pub fn damage(&self) -> Vec<Damage> {
        let cell = self.engine.lock();
        let cell = cell.unwrap_or_else(std::sync::PoisonError::into_inner);
        cell.as_ref().map_or_else(Vec::new, |it| it.damage.clone())
    }

    /// Returns the SPARQL engine; the first call fills it.
    fn engine(&self) -> Result<oxigraph::store::Store> {
        let cell = self.engine.lock();
        let mut cell = cell.unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(engine) = &*cell {
            return Ok(engine.store.clone());
        }
        let (store, damage) = if let Some(store) = self.backend.engine() {
            (store, Vec::new())
        } else {
            let (quads, damage) = self.backend.quads()?;
            (fill(quads)?, damage)
        };
        *cell = Some(Engine {
            store: store.clone(),
            damage,
        });
        Ok(store)
    }
}

fn fill(quads: Vec<Quad>) -> Result<oxigraph::store::Store> {
    let engine = oxigraph::store::Store::new().map_err(engine_error)?;
    let mut loader = engine.bulk_loader();
    loader.load_quads(quads).map_err(engine_error)?;
    loader.commit().map_err(engine_error)?;
    Ok(engine)
}

fn engine_error(error: oxigraph::store::StorageError) -> Error {
    Error::store(format!("the store's engine failed: {error}")).because(error)
}

#[cfg(not(feature = "rocksdb"))]
fn without_rocksdb(path: &Path) -> Error {
    let message = format!(
        "{} is a rocksdb store; this program was built without the rocksdb feature",
        path.display()
    );
    Error::store(message).hint("cargo install --path . --features rocksdb, or dump it with a program that can and load it here")
}

#[cfg(feature = "rocksdb")]
fn without_rocksdb(path: &Path) -> Error {
    Error::store(format!("{} is a rocksdb store", path.display()))
}
