//! Runs SPARQL: the prefixes are given, the default graph is the union of all, errors say where.
//!
//! Updates are not run here: a store changes by whole articles.

use super::engine_error;
use super::led_to::{Overlay, Reach};
use super::results::{QueryOutput, Rows};
use crate::rdf::Vocab;
use crate::store::Closure;
use crate::{Error, Result};
use oxigraph::model::{Quad, Triple};
use oxigraph::sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

/// How a query is run.
#[derive(Clone, Copy, Default)]
pub struct QueryOptions<'a> {
    /// What answers `bst:ledTo`; without it the closure is computed from the stored claims.
    pub reach: Option<&'a dyn Reach>,
    /// What the query is called in messages, as a file name; `query` if empty.
    pub name: &'a str,
}

/// Runs `text` over `engine`.
pub fn run(
    engine: &Store,
    vocab: &Vocab,
    text: &str,
    options: &QueryOptions<'_>,
) -> Result<QueryOutput> {
    let prepared = parse(vocab, text, options.name)?;
    if !text.contains("ledTo") {
        return collect(prepared.on_store(engine).execute());
    }
    let own;
    let reach = if let Some(reach) = options.reach {
        reach
    } else {
        own = stored_closure(engine, vocab)?;
        &own
    };
    let overlay = Overlay::new(engine.clone(), vocab, reach).map_err(engine_error)?;
    collect(prepared.on_queryable_dataset(overlay).execute())
}

fn parse(vocab: &Vocab, text: &str, name: &str) -> Result<PreparedSparqlQuery> {
    let mut evaluator = SparqlEvaluator::new();
    for (prefix, iri) in vocab.prefixes() {
        evaluator = evaluator
            .with_prefix(prefix, iri)
            .map_err(|error| Error::usage("a prefix is no IRI").because(error))?;
    }
    let mut prepared = evaluator.parse_query(text).map_err(|error| {
        let name = if name.is_empty() { "query" } else { name };
        let message = error.to_string();
        let place = message.strip_prefix("error at ").unwrap_or(&message);
        let short: String = place.chars().take(160).collect();
        let cut = if short.len() < place.len() { " …" } else { "" };
        Error::usage(format!("{name}:{short}{cut}"))
            .hint("correct the query at that line and column; `backstory sparql --help` lists the prefixes and the named queries")
            .because(error)
    })?;
    let dataset = prepared.dataset_mut();
    if dataset.is_default_dataset() {
        dataset.set_default_graph_as_union();
    }
    Ok(prepared)
}

fn collect(
    results: std::result::Result<QueryResults<'_>, QueryEvaluationError>,
) -> Result<QueryOutput> {
    let failed = |error: QueryEvaluationError| {
        Error::store(format!("the query failed: {error}")).because(error)
    };
    Ok(match results.map_err(failed)? {
        QueryResults::Boolean(answer) => QueryOutput::Boolean(answer),
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let rows = solutions.map(|it| it.map(|it| it.values().to_vec()).map_err(failed));
            let rows = rows.collect::<Result<_>>()?;
            QueryOutput::Rows(Rows { variables, rows })
        }
        QueryResults::Graph(triples) => {
            let triples: Vec<Triple> = triples
                .map(|it| it.map_err(failed))
                .collect::<Result<_>>()?;
            QueryOutput::Graph(triples)
        }
    })
}

/// Returns the closure over the asserted claims that the store holds.
fn stored_closure(engine: &Store, vocab: &Vocab) -> Result<Closure> {
    let quads = engine.iter().map(|it| it.map_err(engine_error));
    let quads = quads.collect::<Result<Vec<Quad>>>()?;
    Ok(Closure::of(&vocab.from_quads(quads)?))
}
