//! The arguments of each verb.

use super::args::{Evidence, GivenArgs, Include, OutputArgs, StoryArgs, WalkArgs, parse_bounds};
use crate::{model::Interval, rdf, read, store::NamedQuery};
use clap::{Args, ValueEnum, ValueHint, builder::PossibleValuesParser};
use clap_complete::Shell;
use std::{fmt::Write, num::NonZeroUsize, path::PathBuf, time::Duration};

/// `add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// What to assume of the articles.
    #[command(flatten)]
    pub given: GivenArgs,
    /// What the inputs are [default: by extension]
    #[arg(long = "as", value_name = "WHAT")]
    pub kind: Option<Kind>,
    /// Read again what the store already has
    #[arg(long)]
    pub replace: bool,
    /// What keeps a store that is made now
    #[arg(long, value_name = "KIND", default_value = "folder")]
    pub keep_in: Keep,
    /// Report what would be stored, and store nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Report as one JSON document
    #[arg(long)]
    pub json: bool,
}

/// What keeps a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Keep {
    /// One N-Quads file an article.
    Folder,
    /// A database on disk, for archives; needs a program built with the rocksdb feature.
    Rocksdb,
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// One article a file, with or without front matter.
    #[value(alias = "text")]
    Article,
    /// One article a line.
    Jsonl,
    /// Facts by hand: docs/facts.md.
    Facts,
}

impl Kind {
    /// Returns how articles of this kind are read.
    pub fn format(kind: Option<Self>) -> read::Format {
        match kind {
            None | Some(Self::Facts) => read::Format::Auto,
            Some(Self::Article) => read::Format::Text,
            Some(Self::Jsonl) => read::Format::Jsonl,
        }
    }
}

/// What the verbs share that answer with chains.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// Where the story comes from.
    #[command(flatten)]
    pub story: StoryArgs,
    /// How far to walk.
    #[command(flatten)]
    pub walk: WalkArgs,
    /// How to write it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `why`, `effects` and `ask`.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The event or the question, in your own words
    #[arg(value_name = "QUERY", required_unless_present = "at")]
    pub query: Option<String>,
    /// Ask about this event instead of the one that fits the words best
    #[arg(long, value_name = "ID")]
    pub at: Option<String>,
    /// What every answer needs.
    #[command(flatten)]
    pub answer: AnswerArgs,
}

/// `path`.
#[derive(Debug, Args)]
pub struct PathArgs {
    /// The cause, in your own words or as e:ID
    #[arg(value_name = "FROM")]
    pub begin: String,
    /// The effect, in your own words or as e:ID
    #[arg(value_name = "TO")]
    pub end: String,
    /// What every answer needs.
    #[command(flatten)]
    pub answer: AnswerArgs,
}

/// `timeline`.
#[derive(Debug, Args)]
pub struct TimelineArgs {
    /// Only events that fit these words
    #[arg(value_name = "QUERY")]
    pub query: Option<String>,
    /// Only events from this date on
    #[arg(long, value_name = "DATE", value_parser = parse_bounds)]
    pub from: Option<Interval>,
    /// Only events up to this date
    #[arg(long, value_name = "DATE", value_parser = parse_bounds)]
    pub to: Option<Interval>,
    /// Only events that this person, organisation or place takes part in
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Only events connected to this one
    #[arg(long, value_name = "ID")]
    pub around: Option<String>,
    /// Claims away from --around at most
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub depth: usize,
    /// Draw also claims that are only suggested, conditional or implied, marked as such
    #[arg(long, value_name = "WHAT")]
    pub include: Option<Include>,
    /// Leave the claims between the events out
    #[arg(long)]
    pub no_links: bool,
    /// How much evidence to print below the events
    #[arg(long, value_name = "HOW", default_value = "none")]
    pub evidence: Evidence,
    /// Where the story comes from.
    #[command(flatten)]
    pub story: StoryArgs,
    /// How to write it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The event, as e:9c41, its first digits, or in your own words
    #[arg(value_name = "ID")]
    pub event: String,
    /// Print so many sentences before and after each sentence that tells it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub context: usize,
    /// How much evidence to print
    #[arg(long, value_name = "HOW", default_value = "all")]
    pub evidence: Evidence,
    /// Where the story comes from.
    #[command(flatten)]
    pub story: StoryArgs,
    /// How to write it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `find`.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// Words of it
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// Only this sort of thing
    #[arg(long = "type", value_name = "SORT")]
    pub sort: Option<Sort>,
    /// Hits at most
    #[arg(long, value_name = "N", default_value = "20")]
    pub limit: NonZeroUsize,
    /// Where the story comes from.
    #[command(flatten)]
    pub story: StoryArgs,
    /// How to write it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// Events.
    Event,
    /// Who and what takes part.
    Actor,
    /// Articles.
    Article,
}

/// `extract` and `explain`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// What to assume of the articles.
    #[command(flatten)]
    pub given: GivenArgs,
    /// What the inputs are [default: by extension]
    #[arg(long = "as", value_name = "WHAT")]
    pub kind: Option<Kind>,
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Check this language pack instead of the story: every example of every rule is run
    #[arg(value_name = "PACK", value_hint = ValueHint::DirPath, conflicts_with_all = ["only", "inputs", "as_of"])]
    pub pack: Option<PathBuf>,
    /// Only this sort of problem: cycle, effect-before-cause, no-evidence, contradiction, length or offset
    #[arg(long, value_name = "SORT")]
    pub only: Option<String>,
    /// Count contradictions as problems, too; without it they are only listed, for news contradict each other
    #[arg(long)]
    pub strict: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Where the story comes from.
    #[command(flatten)]
    pub story: StoryArgs,
}

/// `sparql`.
#[derive(Debug, Args)]
#[command(after_help = sparql_help())]
pub struct SparqlArgs {
    /// A query, a file, - for standard input, or @NAME of a named one; without it the named ones are listed
    #[arg(value_name = "QUERY")]
    pub query: Option<String>,
    /// Gives a parameter of a named query its value
    #[arg(long, value_name = "KEY=VALUE", value_parser = parse_pair)]
    pub param: Vec<(String, String)>,
    /// Give the query up after this time: 500ms, 30s, 2m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_time)]
    pub timeout: Duration,
    /// table, json, xml, csv or tsv for rows; nq, trig, ttl, nt, jsonld or rdfxml for graphs
    #[arg(short, long, value_name = "NAME")]
    pub format: Option<String>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Where the story comes from.
    #[command(flatten)]
    pub story: StoryArgs,
}

/// `dump`.
#[derive(Debug, Args)]
pub struct DumpArgs {
    /// Only this graph: an article's id, or an IRI
    #[arg(long, value_name = "ID|IRI")]
    pub graph: Option<String>,
    /// RDF format [default: by the extension of -o, else nq]
    #[arg(short, long, value_name = "NAME", value_parser = rdf_formats())]
    pub format: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Where the story comes from.
    #[command(flatten)]
    pub story: StoryArgs,
}

/// `load`.
#[derive(Debug, Args)]
pub struct LoadArgs {
    /// RDF files with one graph an article, or - for N-Quads on standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub paths: Vec<PathBuf>,
    /// The graph of statements that name none [default: one for all that was loaded so]
    #[arg(long, value_name = "IRI", value_parser = parse_iri)]
    pub graph: Option<String>,
    /// RDF format [default: by extension]
    #[arg(short, long, value_name = "NAME", value_parser = rdf_formats())]
    pub format: Option<String>,
}

/// `remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// Article ids, as `find --type article` prints them
    #[arg(required = true, value_name = "ID")]
    pub articles: Vec<String>,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The verb; without it the verbs that have one are listed
    pub verb: Option<String>,
}

fn rdf_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(rdf::Format::ALL.iter().map(|it| it.as_str()))
}

fn parse_iri(text: &str) -> Result<String, String> {
    let iri = rdf::iri(text).map_err(|it| it.to_string())?;
    Ok(iri.into_string())
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=');
    pair.map(|(key, value)| (key.to_owned(), value.to_owned()))
        .ok_or_else(|| "write it as key=value".to_owned())
}

fn parse_time(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|it: char| !it.is_ascii_digit());
    let unit = match &text[digits.len()..] {
        "ms" => 1,
        "s" | "" => 1000,
        "m" => 60_000,
        _ => 0,
    };
    let number = digits
        .parse::<u64>()
        .ok()
        .filter(|it| 0 < it.saturating_mul(unit));
    number
        .map(|it| Duration::from_millis(it.saturating_mul(unit)))
        .ok_or_else(|| "write it as 500ms, 30s or 2m".to_owned())
}

/// Returns what a query may name: the prefixes, and the named queries.
fn sparql_help() -> String {
    let mut help = "Prefixes that need not be declared:\n".to_owned();
    for (name, iri) in rdf::Vocab::default().prefixes() {
        let _ = writeln!(help, "  {name}: <{iri}>");
    }
    help.push_str("\nNamed queries:\n");
    for query in NamedQuery::all() {
        let _ = writeln!(help, "  @{}  {}", query.name, query.title);
    }
    help
}
