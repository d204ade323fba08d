//! The `backstory` program: parses, calls, maps the error to an exit code.

fn main() {}
