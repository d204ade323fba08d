//! `man`: the manual page, made from the same definition as `--help`.

use super::{Cli, Done, Outcome};
use clap::CommandFactory;
use std::io::{self, Write};

pub fn run() -> Done {
    let mut page = Vec::new();
    let main = clap_mangen::Man::new(Cli::command());
    main.render(&mut page)
        .map_err(|it| crate::Error::store("the manual page could not be made").because(it))?;
    // A closed pipe is no failure of ours.
    let _ = io::stdout().write_all(&page);
    Ok(Outcome::Done)
}
