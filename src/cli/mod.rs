//! The command line: one file a verb, all of which say what they do on the outside and leave the work to the library.
//!
//! Only this module prints, reads the environment, and decides exit codes.
//! Answers go to standard output, everything else to standard error.

mod add;
mod args;
mod ask;
mod check;
mod completions;
mod console;
mod dump;
mod effects;
mod engine;
mod explain;
mod extract;
mod facts;
mod find;
mod load;
mod man;
mod path;
mod place;
mod remove;
mod report;
mod schema;
mod show;
mod sparql;
mod tell;
mod timeline;
mod verbs;
mod why;

pub use args::Cli;

use args::{Global, Verb};
use clap::Parser;
use console::{Candidate, Console, complain, shown};
use engine::Engine;
use std::{env, ffi::OsString, process::ExitCode};

/// What a verb is given besides its own arguments.
struct Context {
    global: Global,
    console: Console,
    /// Failures are told as JSON.
    json: bool,
    engine: Engine,
}

/// How a verb ended, when nothing kept it from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Exit code 0.
    Done,
    /// Nothing found, or problems found: exit code 1.
    Nothing,
    /// Some inputs failed: exit code 3.
    SomeFailed,
}

impl Outcome {
    fn after(failed: usize) -> Self {
        if failed == 0 {
            Self::Done
        } else {
            Self::SomeFailed
        }
    }
}

/// Why a verb could not do its work.
struct Failure {
    error: crate::Error,
    candidates: Vec<Candidate>,
}

impl From<crate::Error> for Failure {
    fn from(error: crate::Error) -> Self {
        Self {
            error,
            candidates: Vec::new(),
        }
    }
}

type Done = Result<Outcome, Failure>;

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    let words: Vec<OsString> = env::args_os().collect();
    let cli = match Cli::try_parse_from(&words) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, &words),
    };
    let json = cli.verb.wants_json();
    match dispatch(cli, json) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::SomeFailed) => ExitCode::from(3),
        Err(failure) => {
            complain(&shown(&failure.error, json, &failure.candidates));
            ExitCode::from(failure.error.exit_code())
        }
    }
}

fn dispatch(cli: Cli, json: bool) -> Done {
    match &cli.verb {
        Verb::Completions(args) => return completions::run(args),
        Verb::Man => return man::run(),
        Verb::Schema(args) => return schema::run(args),
        _ => (),
    }
    let ctx = Context {
        console: Console::new(&cli.global),
        engine: Engine::load(&cli.global)?,
        global: cli.global,
        json,
    };
    match &cli.verb {
        Verb::Add(args) => add::run(&ctx, args),
        Verb::Why(args) => why::run(&ctx, args),
        Verb::Effects(args) => effects::run(&ctx, args),
        Verb::Path(args) => path::run(&ctx, args),
        Verb::Ask(args) => ask::run(&ctx, args),
        Verb::Timeline(args) => timeline::run(&ctx, args),
        Verb::Show(args) => show::run(&ctx, args),
        Verb::Find(args) => find::run(&ctx, args),
        Verb::Extract(args) => extract::run(&ctx, args),
        Verb::Explain(args) => explain::run(&ctx, args),
        Verb::Check(args) => check::run(&ctx, args),
        Verb::Sparql(args) => sparql::run(&ctx, args),
        Verb::Dump(args) => dump::run(&ctx, args),
        Verb::Load(args) => load::run(&ctx, args),
        Verb::Remove(args) => remove::run(&ctx, args),
        Verb::Completions(_) | Verb::Man | Verb::Schema(_) => Ok(Outcome::Done),
    }
}

/// Tells what is wrong with the arguments, or prints the help that was asked for.
fn usage(error: &clap::Error, words: &[OsString]) -> ExitCode {
    let json = words.iter().any(|it| it == "--json");
    if error.use_stderr() && json {
        let text = error.render().to_string();
        let (message, hint) = text.split_once("\n\n").unwrap_or((&text, ""));
        let one_line = |it: &str| it.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = one_line(message.trim_start_matches("error: "));
        let error = crate::Error::usage(message).hint(one_line(hint));
        complain(&shown(&error, true, &[]));
    } else {
        // A closed pipe is no failure of ours.
        let _ = error.print();
    }
    ExitCode::from(u8::from(error.use_stderr()) * 2)
}
