//! `completions`: what a shell needs to complete the verbs and flags.

use super::{Cli, Done, Outcome, console, verbs::CompletionsArgs};
use clap::CommandFactory;

pub fn run(args: &CompletionsArgs) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "backstory", &mut script);
    console::print(&script)?;
    Ok(Outcome::Done)
}
