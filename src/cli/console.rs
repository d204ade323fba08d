//! Where things are printed: answers on standard output, everything else on standard error.
//!
//! Knows terminals, colours and widths, so that no verb has to.

use super::args::{Global, When};
use crate::{Error, Result};
use serde::Serialize;
use std::{
    env,
    fmt::Write as _,
    io::{self, ErrorKind, IsTerminal, Write},
    path::Path,
};

/// The terminal as it is.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Console {
    /// Standard output is a person's terminal.
    pub terminal: bool,
    /// Colours are wanted on standard output.
    pub colour: bool,
    /// Only ASCII.
    pub ascii: bool,
    /// Cells of a line.
    pub width: usize,
    quiet: bool,
    verbose: bool,
}

#[allow(clippy::unused_self, reason = "one door for all that is printed")]
impl Console {
    /// Returns the console as the flags and the environment say.
    pub fn new(global: &Global) -> Self {
        let terminal = io::stdout().is_terminal();
        let plain = env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty())
            || env::var_os("TERM").is_some_and(|it| it == "dumb");
        let colour = match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !plain,
        };
        let size = terminal_size::terminal_size().filter(|_| terminal);
        Self {
            terminal,
            colour,
            ascii: global.ascii || (terminal && !utf8_locale()),
            width: size.map_or(100, |it| usize::from(it.0.0)),
            quiet: global.quiet,
            verbose: global.verbose,
        }
    }

    /// Writes `bytes` to `output`, or to standard output.
    pub fn write(self, output: Option<&Path>, bytes: &[u8]) -> Result<()> {
        match output.filter(|it| it.as_os_str() != "-") {
            None => print(bytes),
            Some(path) => write_file(path, bytes),
        }
    }

    /// Prints `text` on standard output.
    pub fn print(self, text: &str) -> Result<()> {
        print(text.as_bytes())
    }

    /// Prints a remark on standard error, unless asked to be quiet.
    pub fn note(self, text: &str) {
        if !self.quiet {
            complain(text);
        }
    }

    /// Prints a remark that only the curious want.
    pub fn detail(self, text: &str) {
        if self.verbose {
            complain(text);
        }
    }

    /// Prints what is wrong with one input; the others go on.
    pub fn failed_input(self, error: &Error, json: bool) {
        complain(&shown(error, json, &[]));
    }
}

/// Returns `error` for standard error: lines for people, one object for programs.
pub fn shown(error: &Error, json: bool, candidates: &[Candidate]) -> String {
    if json {
        let object = Failure {
            error: FailureRow {
                code: error.code(),
                message: error.to_string(),
                hint: error.next_step(),
                candidates,
            },
        };
        return serde_json::to_string(&object).unwrap_or_else(|_| error.to_string());
    }
    let mut text = format!("error: {error}");
    if let Some(hint) = error.next_step() {
        text.push_str("\n  hint: ");
        text.push_str(hint);
    }
    for candidate in candidates {
        let _ = write!(text, "\n  near: {}  {}", candidate.id, candidate.label);
    }
    text
}

/// An event that is close to what was asked.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// Its line.
    pub label: String,
}

#[derive(Serialize)]
struct Failure<'a> {
    error: FailureRow<'a>,
}

#[derive(Serialize)]
struct FailureRow<'a> {
    code: &'a str,
    message: String,
    hint: Option<&'a str>,
    candidates: &'a [Candidate],
}

/// Prints `text` and a line break on standard error; nobody listening is no failure.
pub fn complain(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = writeln!(stderr, "{text}");
}

/// Writes `bytes` to standard output; nobody listening is no failure.
pub fn print(bytes: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    let done = stdout.write_all(bytes).and_then(|()| stdout.flush());
    match done {
        // The reader of the pipe has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::store(format!("standard output: {error}")).because(error)),
        Ok(()) => Ok(()),
    }
}

/// Writes the whole file or leaves what was there.
fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let cannot =
        |it: io::Error| Error::io(path, it).hint("check that the folder exists and may be written");
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    std::fs::write(&part, bytes).map_err(cannot)?;
    std::fs::rename(&part, path).map_err(cannot)
}

fn utf8_locale() -> bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let set = names.iter().filter_map(|it| env::var(it).ok());
    let locale = set.into_iter().find(|it| !it.is_empty());
    locale.is_none_or(|it| it.to_ascii_lowercase().replace('-', "").contains("utf8"))
}
