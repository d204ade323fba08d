//! The `backstory` program: parses, calls, maps the error to an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    backstory::cli::run()
}
