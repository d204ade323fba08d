//! `sparql`: runs a query: its text, a file, standard input, or a named one.

use super::{
    Context, Done, Outcome,
    console::{complain, shown},
    place,
    verbs::SparqlArgs,
};
use crate::{
    Error, Result,
    rdf::Vocab,
    store::{Access, NamedQuery, QueryOptions, QueryOutput, ResultFormat, Store, given_up},
};
use std::{
    collections::BTreeMap,
    fmt::Write,
    io::Read,
    path::Path,
    process::exit,
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

/// How long after its time a query is waited for.
const GRACE: Duration = Duration::from_millis(500);

/// A query, and what it is called in messages.
struct Query {
    name: String,
    text: String,
}

pub fn run(ctx: &Context, args: &SparqlArgs) -> Done {
    let Some(given) = &args.query else {
        ctx.console.print(&list())?;
        return Ok(Outcome::Done);
    };
    let format = given_format(args)?;
    let (store, failed) = if args.story.inputs.is_empty() && args.story.as_of.is_none() {
        (place::open(&ctx.global, Access::Read)?, 0)
    } else {
        let loaded = ctx.story(&args.story)?;
        let mut store = Store::memory();
        for reading in loaded.story.readings.values() {
            store.insert(reading)?;
        }
        store.set_derived(&loaded.story)?;
        (store, loaded.failed)
    };
    let query = query(given, args, store.vocab())?;
    let options = QueryOptions {
        name: &query.name,
        timeout: Some(args.timeout),
        ..QueryOptions::default()
    };
    let watch = watch(ctx, args.timeout);
    let output = store.query(&query.text, &options)?;
    drop(watch);
    let damage = store.damage();
    ctx.tell_damage(&damage);
    let format = format.unwrap_or_else(|| usual_format(ctx, &output));
    let text = output.render(format, store.vocab())?;
    ctx.console.write(args.output.as_deref(), text.as_bytes())?;
    Ok(Outcome::after(failed + damage.len()))
}

/// Ends the program if the query engine does not notice that its time is over; nothing is written by a query.
fn watch(ctx: &Context, timeout: Duration) -> Sender<()> {
    let (done, waiting) = mpsc::channel();
    let json = ctx.json;
    thread::spawn(move || {
        if waiting.recv_timeout(timeout.saturating_add(GRACE)) == Err(RecvTimeoutError::Timeout) {
            let error = given_up(timeout);
            complain(&shown(&error, json, &[]));
            exit(i32::from(error.exit_code()));
        }
    });
    done
}

/// Returns what `given` means: a named query, standard input, a file, or the query itself.
fn query(given: &str, args: &SparqlArgs, vocab: &Vocab) -> Result<Query> {
    let values: BTreeMap<String, String> = args.param.iter().cloned().collect();
    if given.starts_with('@') {
        let text = NamedQuery::find(given)?.with(&values, vocab)?;
        let name = given.to_owned();
        return Ok(Query { name, text });
    }
    if !values.is_empty() {
        return Err(Error::usage("--param is for named queries")
            .hint("write the value into the query, or name one as @causes"));
    }
    if given == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|it| Error::input(format!("standard input: {it}")).because(it))?;
        let name = "standard input".to_owned();
        return Ok(Query { name, text });
    }
    let path = Path::new(given);
    let is_text = given.contains(['{', '\n']);
    if !is_text && (path.exists() || path.extension().is_some_and(|it| it == "rq")) {
        let text = std::fs::read_to_string(path).map_err(|it| {
            Error::io(path, it)
                .hint("give a file with a query in UTF-8, the query itself, - or the name of one as @causes")
        })?;
        let name = given.to_owned();
        return Ok(Query { name, text });
    }
    Ok(Query {
        name: "query".to_owned(),
        text: given.to_owned(),
    })
}

fn given_format(args: &SparqlArgs) -> Result<Option<ResultFormat>> {
    if args.json {
        return Ok(Some(ResultFormat::Json));
    }
    let extension = args
        .output
        .as_deref()
        .and_then(|it| it.extension()?.to_str());
    let extension = extension.map(|it| if it == "txt" { "table" } else { it });
    let Some(word) = args.format.as_deref().or(extension) else {
        return Ok(None);
    };
    let format = ResultFormat::from_word(word).ok_or_else(|| {
        Error::usage(format!("`{word}` is no format of query results"))
            .hint("rows: table, json, xml, csv, tsv; triples: nq, trig, ttl, nt, jsonld, rdfxml")
    })?;
    Ok(Some(format))
}

/// Returns a table for people, and for pipes what programs read.
fn usual_format(ctx: &Context, output: &QueryOutput) -> ResultFormat {
    let is_rows = matches!(output, QueryOutput::Rows(_));
    if is_rows && !ctx.console.terminal {
        ResultFormat::Tsv
    } else {
        ResultFormat::Table
    }
}

/// Returns the named queries with their parameters.
fn list() -> String {
    let mut text = String::new();
    for query in NamedQuery::all() {
        let _ = writeln!(text, "@{}  {}", query.name, query.title);
        for param in &query.params {
            let _ = writeln!(
                text,
                "    --param {}=VALUE  {} [default: {}]",
                param.name, param.about, param.default
            );
        }
    }
    text
}
