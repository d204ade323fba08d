//! A few facts in memory on which CONSTRUCT queries run one after another, each on what those before it made, too.

use super::engine_error;
use super::query;
use crate::rdf::{Quad, Vocab};
use crate::{Error, Result};
use oxigraph::model::{GraphName, NamedOrBlankNode, Term, Triple};
use oxigraph::sparql::{
    CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults,
};
use oxigraph::store::Store;

/// A CONSTRUCT query, read once and run often.
#[derive(Clone)]
pub struct Construct {
    query: PreparedSparqlQuery,
    name: String,
}

impl Construct {
    /// Returns the query of `text`; `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// If it is no query; the message names the place.
    pub fn new(vocab: &Vocab, name: &str, text: &str) -> Result<Self> {
        let query = query::parse(vocab, text, name, CancellationToken::new())?;
        Ok(Self {
            query,
            name: name.to_owned(),
        })
    }
}

/// Facts that nobody keeps.
pub struct Scratch {
    engine: Store,
    graph: GraphName,
}

impl Scratch {
    /// Returns the facts of `quads`.
    ///
    /// # Errors
    ///
    /// If the engine cannot take them in.
    pub fn new(vocab: &Vocab, quads: impl IntoIterator<Item = Quad>) -> Result<Self> {
        let engine = Store::new().map_err(engine_error)?;
        engine.extend(quads).map_err(engine_error)?;
        Ok(Self {
            engine,
            graph: vocab.derived_graph().into(),
        })
    }

    /// Adds the triples that the query makes, and returns subject, predicate and object of those between things.
    ///
    /// # Errors
    ///
    /// If it is another query, or the engine fails.
    pub fn construct(&self, construct: &Construct) -> Result<Vec<[String; 3]>> {
        let failed = |it: QueryEvaluationError| {
            Error::store(format!("{}: {it}", construct.name)).because(it)
        };
        let query = construct.query.clone().on_store(&self.engine);
        let QueryResults::Graph(triples) = query.execute().map_err(failed)? else {
            let name = &construct.name;
            return Err(Error::usage(format!("{name}: a rule is a CONSTRUCT query"))
                .hint("docs/rules.md tells how rules are written"));
        };
        let triples = triples.collect::<std::result::Result<Vec<Triple>, _>>();
        let triples = triples.map_err(failed)?;
        let made = triples.iter().filter_map(things).collect();
        let quads = triples.into_iter();
        let quads = quads.map(|it| it.in_graph(self.graph.clone()));
        self.engine.extend(quads).map_err(engine_error)?;
        Ok(made)
    }
}

/// Returns the three IRIs of a triple, unless it is about a value.
fn things(triple: &Triple) -> Option<[String; 3]> {
    let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) =
        (&triple.subject, &triple.object)
    else {
        return None;
    };
    Some([subject, &triple.predicate, object].map(|it| it.as_str().to_owned()))
}
