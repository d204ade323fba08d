//! The command line as types: every verb, every flag, and the words of `--help`.
//!
//! What a flag does is the verb's business; here is only what can be written.

use crate::{
    export::EXPORTERS,
    model::{Edtf, Interval, Lang, Published},
    rdf,
    read,
};
use clap::{
    Args, Parser, Subcommand, ValueEnum, ValueHint,
    builder::{PossibleValue, PossibleValuesParser},
};
use clap_complete::Shell;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  backstory why \"H20 exports resume\" --in data/articles
  backstory add news/*.txt --published 2025-07-16
  backstory timeline --actor Nvidia -o nvidia.svg
  backstory sparql @causes

Exit codes: 0 done, 1 nothing found, 2 wrong usage, 3 some inputs failed, 4 store or file failure, 130 interrupted";

/// Reads news, dates its events, and answers "what led to X?" with a cited chain.
#[derive(Debug, Parser)]
#[command(
    name = "backstory",
    version,
    after_help = EXAMPLES,
    arg_required_else_help = true,
    propagate_version = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What holds for every verb.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// Flags that go before or after any verb.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Folder of the story [default: the nearest .backstory upwards, else ./.backstory]
    #[arg(long, global = true, env = "BACKSTORY_STORE", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub store: Option<PathBuf>,
    /// Language of articles that do not say theirs, and of answers: a pack's tag, or auto
    #[arg(long, global = true, default_value = "auto", value_name = "TAG")]
    pub lang: String,
    /// A further language pack (a folder named by its tag), or one that replaces a built-in one
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub packs: Vec<PathBuf>,
    /// Further known entities, in the form of data/entities.toml
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub entities: Vec<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: When,
    /// Only ASCII besides words of articles and languages
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Say less: no notes, no hints
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: what was left out and why
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

impl Global {
    /// Returns the language given, `None` for `auto`.
    pub fn given_lang(&self) -> Option<Lang> {
        (self.lang != "auto").then(|| Lang::new(&self.lang))
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// At a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Read articles, extract their events, store them, and report
    Add(AddArgs),
    /// What led to an event, cited
    Why(AskArgs),
    /// What followed from an event, cited
    #[command(alias = "then")]
    Effects(AskArgs),
    /// How one event led to another
    Path(PathArgs),
    /// Answer a question: why, effects or path, as its words ask
    Ask(AskArgs),
    /// Events in time order
    Timeline(TimelineArgs),
    /// One event: its evidence, dates, mentions and claims
    Show(ShowArgs),
    /// Search events, actors and articles
    Find(FindArgs),
    /// Print what is read in articles, one JSON object a line; no story is touched
    Extract(ExtractArgs),
    /// Show for every fact of an article which rule read it, and how its date came about
    Explain(ExtractArgs),
    /// Look for contradictions, circles of causes, and quotes that are not in their article
    Check(CheckArgs),
    /// Run a SPARQL query: its text, a file, - or a named one (@causes)
    Sparql(SparqlArgs),
    /// Write the story as RDF
    #[command(alias = "export")]
    Dump(DumpArgs),
    /// Read RDF that dump wrote into the story
    #[command(alias = "import")]
    Load(LoadArgs),
    /// Remove articles, and all that only they tell
    Remove(RemoveArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
    /// Print the JSON Schema of what a verb prints with --json
    Schema(SchemaArgs),
}

impl Verb {
    /// Tells whether JSON is asked for, so that failures are told as JSON too.
    pub fn wants_json(&self) -> bool {
        let told = |it: &OutputArgs| it.json || it.format.as_deref() == Some("json");
        match self {
            Self::Why(args) | Self::Effects(args) | Self::Ask(args) => told(&args.output),
            Self::Path(args) => told(&args.output),
            Self::Timeline(args) => told(&args.output),
            Self::Show(args) => told(&args.output),
            Self::Find(args) => told(&args.output),
            Self::Add(args) => args.json,
            Self::Check(args) => args.json,
            Self::Sparql(args) => args.json || args.format.as_deref() == Some("json"),
            Self::Extract(_) => true,
            _ => false,
        }
    }
}

/// What to assume of articles that do not say it themselves.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Articles")]
pub struct GivenArgs {
    /// When they were published, unless they say so; without it relative dates stay unresolved
    #[arg(long, value_name = "DATE", value_parser = parse_published)]
    pub published: Option<Published>,
    /// Who published them, unless they say so
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Where the article stands on the web
    #[arg(long, value_hint = ValueHint::Url)]
    pub url: Option<String>,
    /// Its headline
    #[arg(long)]
    pub title: Option<String>,
}

impl GivenArgs {
    /// Returns the reader's options.
    pub fn options(&self, lang: Option<Lang>, format: read::Format) -> read::Options {
        read::Options {
            published: self.published.clone(),
            source: self.source.clone(),
            url: self.url.clone(),
            title: self.title.clone(),
            lang,
            format,
        }
    }
}

/// Where the story comes from.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Story")]
pub struct StoryArgs {
    /// Answer from these articles instead of a store: files, folders, or -
    #[arg(long = "in", value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// When the articles of --in were published, unless they say so
    #[arg(long, value_name = "DATE", value_parser = parse_published, requires = "inputs")]
    pub published: Option<Published>,
    /// Only what was published on or before this day
    #[arg(long, value_name = "DATE", value_parser = parse_published)]
    pub as_of: Option<Published>,
}

/// How the answer is written.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Format [default: by the extension of -o, else text]
    #[arg(short, long, value_name = "NAME", value_parser = exporters())]
    pub format: Option<String>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Which claims are walked, and how far.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Chains")]
pub struct WalkArgs {
    /// Steps of a chain at most
    #[arg(long, value_name = "N")]
    pub depth: Option<usize>,
    /// Chains at most
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Least confidence of a step, 0 to 1
    #[arg(long, value_name = "X", value_parser = parse_share)]
    pub min: Option<f64>,
    /// Walk also claims that are only suggested, conditional or attributed
    #[arg(long, value_name = "WHAT", conflicts_with = "stated_only")]
    pub include: Option<Include>,
    /// Walk only claims that a text states, nothing concluded
    #[arg(long)]
    pub stated_only: bool,
    /// Only events from this date on
    #[arg(long, value_name = "DATE", value_parser = parse_bounds)]
    pub from: Option<Interval>,
    /// Only events up to this date
    #[arg(long, value_name = "DATE", value_parser = parse_bounds)]
    pub to: Option<Interval>,
    /// How much evidence to print
    #[arg(long, value_name = "HOW", default_value = "short")]
    pub evidence: Evidence,
}

/// What else is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Include {
    /// Claims that are not asserted.
    Hedged,
}

/// How much evidence is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Evidence {
    /// None.
    None,
    /// The first sentences, shortened.
    Short,
    /// Every sentence, whole.
    All,
}

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

/// `why`, `effects` and `ask`.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The event or the question, in your own words
    #[arg(value_name = "QUERY", required_unless_present = "at")]
    pub query: Option<String>,
    /// Ask about this event instead of the one that fits the words best
    #[arg(long, value_name = "ID")]
    pub at: Option<String>,
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

/// `path`.
#[derive(Debug, Args)]
pub struct PathArgs {
    /// The cause, in your own words or as e:ID
    #[arg(value_name = "FROM")]
    pub begin: String,
    /// The effect, in your own words or as e:ID
    #[arg(value_name = "TO")]
    pub end: String,
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
    /// Leave the claims between the events out
    #[arg(long)]
    pub no_links: bool,
    /// How much evidence to print
    #[arg(long, value_name = "HOW", default_value = "short")]
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
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
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
    /// Only this sort of problem
    #[arg(long, value_name = "SORT")]
    pub only: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Where the story comes from.
    #[command(flatten)]
    pub story: StoryArgs,
}

/// `sparql`.
#[derive(Debug, Args)]
pub struct SparqlArgs {
    /// A query, a file, - for standard input, or @NAME of a named one; without it the named ones are listed
    #[arg(value_name = "QUERY")]
    pub query: Option<String>,
    /// Gives a parameter of a named query its value
    #[arg(long, value_name = "KEY=VALUE", value_parser = parse_pair)]
    pub param: Vec<(String, String)>,
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

fn exporters() -> PossibleValuesParser {
    let values = EXPORTERS.iter();
    PossibleValuesParser::new(values.map(|it| PossibleValue::new(it.name()).help(it.about())))
}

fn rdf_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(rdf::Format::ALL.iter().map(|it| it.as_str()))
}

fn parse_published(text: &str) -> Result<Published, String> {
    Published::parse(text)
        .ok_or_else(|| "write it as 2025-07-16 or 2025-07-16T09:30:00+09:00".to_owned())
}

fn parse_bounds(text: &str) -> Result<Interval, String> {
    let date = Edtf::parse(text);
    date.map(|it| it.bounds())
        .ok_or_else(|| "write it as 2025, 2025-04 or 2025-04-09".to_owned())
}

fn parse_share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|it| (0.0..=1.0).contains(it));
    share.ok_or_else(|| "write a number from 0 to 1, as 0.4".to_owned())
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=');
    pair.map(|(key, value)| (key.to_owned(), value.to_owned()))
        .ok_or_else(|| "write it as key=value".to_owned())
}
