//! `schema`: the JSON Schema of what a verb prints with `--json`.

use super::{Done, Outcome, verbs::SchemaArgs};
use crate::{
    Error,
    export::{SCHEMAS, schema},
};
use std::io::{self, Write};

pub fn run(args: &SchemaArgs) -> Done {
    let verbs: Vec<&str> = SCHEMAS.iter().map(|it| it.0).collect();
    let text = match &args.verb {
        None => verbs.join("\n"),
        Some(verb) => schema(verb)
            .map(|it| it.trim_end().to_owned())
            .ok_or_else(|| {
                Error::usage(format!("`{verb}` has no schema"))
                    .hint(format!("known: {}", verbs.join(", ")))
            })?,
    };
    // A closed pipe is no failure of ours.
    let _ = writeln!(io::stdout(), "{text}");
    Ok(Outcome::Done)
}
