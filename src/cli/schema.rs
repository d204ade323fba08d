//! `schema`: the JSON Schema of what a verb prints with `--json`.

use super::{Done, Outcome, console, verbs::SchemaArgs};
use crate::{
    Error,
    export::{SCHEMAS, schema},
};

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
    console::print(format!("{text}\n").as_bytes())?;
    Ok(Outcome::Done)
}
