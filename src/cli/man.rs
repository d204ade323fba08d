//! `man`: the manual page, made from the same definition as `--help`.

use super::{Cli, Done, Outcome, console};
use clap::CommandFactory;

pub fn run() -> Done {
    let mut page = Vec::new();
    let main = clap_mangen::Man::new(Cli::command());
    main.render(&mut page)
        .map_err(|it| crate::Error::store("the manual page could not be made").because(it))?;
    console::print(&page)?;
    Ok(Outcome::Done)
}
