//! Oxigraph's disk engine: for archives larger than memory, one process at a time.
//!
//! An article is replaced in one transaction and flushed after it, so that a power cut loses no finished article.

use super::backend::{Backend, Change, Damage, Kind};
use super::engine_error;
use crate::model::{ArticleId, Reading, Story};
use crate::rdf::{NIF, Quad, Vocab};
use crate::{Error, Result};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, Literal, NamedNode, Term};
use oxigraph::store::Store;
use rustc_hash::FxHashSet;
use std::path::Path;

/// A folder with a `RocksDB` database.
pub struct Disk {
    store: Store,
    vocab: Vocab,
}

impl Disk {
    /// Opens the database under `root`.
    pub fn open(root: &Path, vocab: Vocab) -> Result<Self> {
        let path = root.join("rocksdb");
        let store = Store::open(&path).map_err(|error| {
            let message = format!("{}: {error}", path.display());
            let hint =
                "if another backstory uses this store, wait until it ends and run this again";
            Error::store(message).because(error).hint(hint)
        })?;
        Ok(Self { store, vocab })
    }

    fn graph(&self, graph: &NamedNode) -> Result<Vec<Quad>> {
        let graph = GraphNameRef::NamedNode(graph.as_ref());
        let quads = self.store.quads_for_pattern(None, None, None, Some(graph));
        quads
            .map(|it| it.map(restored).map_err(engine_error))
            .collect()
    }

    /// Replaces the graphs in one transaction: the new quads for the first, nothing for the others.
    fn replace(&self, graphs: &[NamedNode], quads: &[Quad]) -> Result<()> {
        let mut transaction = self.store.start_transaction().map_err(engine_error)?;
        for graph in graphs {
            transaction
                .remove_named_graph(graph)
                .map_err(engine_error)?;
        }
        transaction.extend(quads.iter().map(Quad::as_ref));
        transaction.commit().map_err(engine_error)?;
        self.store.flush().map_err(engine_error)
    }
}

/// Gives offsets their datatype back: the engine keeps every kind of integer as `xsd:integer`.
fn restored(mut quad: Quad) -> Quad {
    let name = quad.predicate.as_str().strip_prefix(NIF);
    let offset = matches!(name, Some("beginIndex" | "endIndex"));
    if let (true, Term::Literal(literal)) = (offset, &quad.object) {
        quad.object = Literal::new_typed_literal(literal.value(), xsd::NON_NEGATIVE_INTEGER).into();
    }
    quad
}

impl Backend for Disk {
    fn kind(&self) -> Kind {
        Kind::RocksDb
    }

    fn insert(&mut self, reading: &Reading) -> Result<Change> {
        let graph = self.vocab.graph(&reading.article.id);
        let old: FxHashSet<Quad> = self.graph(&graph)?.into_iter().collect();
        let quads = self.vocab.reading_to_quads(reading);
        let change = if old.is_empty() {
            Change::Added
        } else if quads.iter().collect::<FxHashSet<_>>() == old.iter().collect() {
            return Ok(Change::Unchanged);
        } else {
            Change::Replaced
        };
        self.replace(&[graph, self.vocab.derived_graph()], &quads)?;
        Ok(change)
    }

    fn remove(&mut self, article: &ArticleId) -> Result<bool> {
        let graph = self.vocab.graph(article);
        let found = self
            .store
            .contains_named_graph(&graph)
            .map_err(engine_error)?;
        if found {
            self.replace(&[graph, self.vocab.derived_graph()], &[])?;
        }
        Ok(found)
    }

    fn set_derived(&mut self, story: &Story) -> Result<()> {
        let quads = self.vocab.derived_to_quads(story);
        self.replace(&[self.vocab.derived_graph()], &quads)
    }

    fn add_other(&mut self, quads: &[Quad]) -> Result<()> {
        self.replace(&[], quads)
    }

    fn articles(&self) -> Result<Vec<ArticleId>> {
        let mut articles = Vec::new();
        for graph in self.store.named_graphs() {
            let graph = graph.map_err(engine_error)?.to_string();
            articles.extend(self.vocab.read_graph(graph.trim_matches(['<', '>'])));
        }
        articles.sort();
        Ok(articles)
    }

    fn story(&self) -> Result<(Story, Vec<Damage>)> {
        let (quads, damage) = self.quads()?;
        Ok((self.vocab.from_quads(quads)?, damage))
    }

    fn quads(&self) -> Result<(Vec<Quad>, Vec<Damage>)> {
        let quads = self
            .store
            .iter()
            .map(|it| it.map(restored).map_err(engine_error));
        Ok((quads.collect::<Result<_>>()?, Vec::new()))
    }

    fn engine(&self) -> Option<Store> {
        Some(self.store.clone())
    }
}
