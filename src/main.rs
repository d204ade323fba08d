//! The `backstory` program: parses, calls, maps the error to an exit code.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Reading makes many small texts, which the C library's allocator is slow at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    backstory::cli::run()
}
