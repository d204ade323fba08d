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
use oxigraph::sparql::{
    CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator,
};
use oxigraph::store::Store;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// How a query is run.
#[derive(Clone, Copy, Default)]
pub struct QueryOptions<'a> {
    /// What answers `bst:ledTo`; without it the closure is computed from the stored claims.
    pub reach: Option<&'a dyn Reach>,
    /// What the query is called in messages, as a file name; `query` if empty.
    pub name: &'a str,
    /// After how long the query is given up; `None` for never.
    pub timeout: Option<Duration>,
}

/// Runs `text` over `engine`.
pub fn run(
    engine: &Store,
    vocab: &Vocab,
    text: &str,
    options: &QueryOptions<'_>,
) -> Result<QueryOutput> {
    let clock = Clock::start(options);
    let name = if options.name.is_empty() {
        "query"
    } else {
        options.name
    };
    let prepared = parse(vocab, text, name, clock.token.clone())?;
    if !text.contains("ledTo") {
        return clock.collect(prepared.on_store(engine).execute());
    }
    let own;
    let reach = if let Some(reach) = options.reach {
        reach
    } else {
        own = stored_closure(engine, vocab)?;
        &own
    };
    let overlay = Overlay::new(engine.clone(), vocab, reach).map_err(engine_error)?;
    clock.collect(prepared.on_queryable_dataset(overlay).execute())
}

pub(super) fn parse(
    vocab: &Vocab,
    text: &str,
    name: &str,
    token: CancellationToken,
) -> Result<PreparedSparqlQuery> {
    let mut evaluator = SparqlEvaluator::new().with_cancellation_token(token);
    for (prefix, iri) in vocab.prefixes() {
        evaluator = evaluator
            .with_prefix(prefix, iri)
            .map_err(|error| Error::usage("a prefix is no IRI").because(error))?;
    }
    let mut prepared = evaluator.parse_query(text).map_err(|error| {
        if let Some(error) = explained(name, text, &error.to_string()) {
            return error;
        }
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

/// Returns what is wrong with the query in words of its author, for what is often wrong.
fn explained(name: &str, text: &str, message: &str) -> Option<Error> {
    let mut words = text.lines().filter(|it| {
        let line = it.trim_start().to_ascii_uppercase();
        !["#", "PREFIX", "BASE"]
            .iter()
            .any(|it| line.starts_with(it))
            && !line.is_empty()
    });
    let first = words
        .next()?
        .split_whitespace()
        .next()?
        .to_ascii_uppercase();
    let updates = [
        "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "WITH",
    ];
    if updates.contains(&first.as_str()) {
        return Some(
            Error::usage(format!("{name}: {first} would change the story, and a query only reads"))
                .hint("`backstory add`, `remove` and `load` change it; ask with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        );
    }
    if !message.contains("Prefix not found") {
        return None;
    }
    let place = message.strip_prefix("error at ").unwrap_or(message);
    let mut numbers = place.split(':').map(|it| it.trim().parse::<usize>().ok());
    let (line, column) = (numbers.next()??, numbers.next()??);
    let before: String = text
        .lines()
        .nth(line - 1)?
        .chars()
        .take(column - 1)
        .collect();
    let delimiter = |it: char| it.is_whitespace() || "{}()[],;|/^*+".contains(it);
    let start = before.rfind(delimiter).map_or(0, |it| it + 1);
    let column = before[..start].chars().count() + 1;
    let term = before.get(start..).filter(|it| !it.is_empty())?;
    Some(
        Error::usage(format!(
            "{name}:{line}:{column}: the prefix of `{term}` is not declared"
        ))
        .hint("declare it with PREFIX; `backstory sparql --help` lists those that are given"),
    )
}

/// Returns the error of a query that took longer than `timeout`.
pub fn given_up(timeout: Duration) -> Error {
    let seconds = timeout.as_secs_f64();
    Error::store(format!("the query was not done after {seconds} s"))
        .hint("narrow it, put a LIMIT, or give it longer, as --timeout 2m")
}

/// Stops a query when its time is over; an aggregate over many rows may take long to notice.
struct Clock {
    token: CancellationToken,
    timeout: Option<Duration>,
    /// Dropping it ends the waiting.
    _done: Option<Sender<()>>,
}

impl Clock {
    fn start(options: &QueryOptions<'_>) -> Self {
        let token = CancellationToken::new();
        let done = options.timeout.map(|timeout| {
            let (done, waiting) = mpsc::channel();
            let token = token.clone();
            thread::spawn(move || {
                if waiting.recv_timeout(timeout) == Err(RecvTimeoutError::Timeout) {
                    token.cancel();
                }
            });
            done
        });
        Self {
            token,
            timeout: options.timeout,
            _done: done,
        }
    }

    fn failed(&self, error: QueryEvaluationError) -> Error {
        match (&error, self.timeout) {
            (QueryEvaluationError::Cancelled, Some(timeout)) => given_up(timeout),
            _ => Error::store(format!("the query failed: {error}")).because(error),
        }
    }

    fn collect(
        &self,
        results: std::result::Result<QueryResults<'_>, QueryEvaluationError>,
    ) -> Result<QueryOutput> {
        let failed = |error| self.failed(error);
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
}

/// Returns the closure over the asserted claims that the store holds.
fn stored_closure(engine: &Store, vocab: &Vocab) -> Result<Closure> {
    let quads = engine.iter().map(|it| it.map_err(engine_error));
    let quads = quads.collect::<Result<Vec<Quad>>>()?;
    Ok(Closure::of(&vocab.from_quads(quads)?))
}
