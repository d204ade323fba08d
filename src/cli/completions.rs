//! `completions`: what a shell needs to complete the verbs and flags.

use super::{Cli, Done, Outcome, verbs::CompletionsArgs};
use clap::CommandFactory;
use std::io::{self, Write};

pub fn run(args: &CompletionsArgs) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "backstory", &mut script);
    // A closed pipe is no failure of ours.
    let _ = io::stdout().write_all(&script);
    Ok(Outcome::Done)
}
