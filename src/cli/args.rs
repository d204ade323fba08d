//! The command line as types: the verbs, and the flags that several of them share, with the words of `--help`.
//!
//! What a flag does is the verb's business; here is only what can be written. The verbs' own arguments are in `verbs.rs`.

#![allow(
    clippy::doc_markdown,
    reason = "these comments are help texts, not Markdown"
)]

use super::verbs::{
    AddArgs, AskArgs, CheckArgs, CompletionsArgs, DumpArgs, ExtractArgs, FindArgs, LoadArgs,
    PathArgs, RemoveArgs, SchemaArgs, ShowArgs, SparqlArgs, TimelineArgs,
};
use crate::{
    export::EXPORTERS,
    model::{Edtf, Interval, Lang, Published},
    read,
};
use clap::{
    Args, Parser, Subcommand, ValueEnum, ValueHint,
    builder::{PossibleValue, PossibleValuesParser},
};
use std::{num::NonZeroUsize, path::PathBuf};

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
    /// Folder of the story [default: BACKSTORY_STORE, else the nearest .backstory upwards, else ./.backstory]
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
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
    /// Further rules of what follows from events: a folder of CONSTRUCT queries as in queries/rules
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub rules: Vec<PathBuf>,
    /// Threads at most [default: one a core]; answers do not depend on it
    #[arg(short, long, global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
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
            Self::Why(args) | Self::Effects(args) | Self::Ask(args) => told(&args.answer.output),
            Self::Path(args) => told(&args.answer.output),
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
    pub depth: Option<NonZeroUsize>,
    /// Chains at most
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,
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

fn exporters() -> PossibleValuesParser {
    let values = EXPORTERS.iter();
    PossibleValuesParser::new(values.map(|it| PossibleValue::new(it.name()).help(it.about())))
}

fn parse_published(text: &str) -> Result<Published, String> {
    Published::parse(text)
        .ok_or_else(|| "write it as 2025-07-16 or 2025-07-16T09:30:00+09:00".to_owned())
}

pub(super) fn parse_bounds(text: &str) -> Result<Interval, String> {
    let date = Edtf::parse(text).filter(Edtf::is_ordered);
    date.map(|it| it.bounds())
        .ok_or_else(|| "write it as 2025, 2025-04 or 2025-04-09".to_owned())
}

fn parse_share(text: &str) -> Result<f64, String> {
    let share = text
        .parse::<f64>()
        .ok()
        .filter(|it| (0.0..=1.0).contains(it));
    share.ok_or_else(|| "write a number from 0 to 1, as 0.4".to_owned())
}
