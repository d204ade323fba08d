//! `check`: what is wrong with a story.

use super::{Context, Done, Outcome, tell::Asked, verbs::CheckArgs};
use crate::{
    Error,
    answer::{Problem, ProblemKind, check},
    model::EventId,
};
use serde::Serialize;

/// One problem as JSON has it.
#[derive(Serialize)]
struct ProblemRow<'a> {
    kind: &'a str,
    message: &'a str,
    events: Vec<&'a str>,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    problems: Vec<ProblemRow<'a>>,
}

pub fn run(ctx: &Context, args: &CheckArgs) -> Done {
    let only = match &args.only {
        None => None,
        Some(word) => Some(ProblemKind::from_word(word).ok_or_else(|| {
            let known: Vec<&str> = ProblemKind::ALL.iter().map(|it| it.as_str()).collect();
            Error::usage(format!("unknown sort of problem `{word}`"))
                .hint(format!("known: {}", known.join(", ")))
        })?),
    };
    let asked = Asked::load(ctx, &args.story)?;
    let teller = asked.teller();
    let lang = teller.lang("", ctx.global.given_lang().as_ref());
    let mut problems = check(&teller, &lang);
    problems.retain(|it| only.is_none_or(|only| it.kind == only));
    let text = if args.json {
        json(&problems)?
    } else {
        text(&problems)
    };
    ctx.console.print(&text)?;
    if !problems.is_empty() {
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::after(asked.loaded.failed))
}

fn text(problems: &[Problem]) -> String {
    let line = |it: &Problem| format!("{}: {}\n", it.kind.as_str(), it.message);
    let lines: String = problems.iter().map(line).collect();
    if lines.is_empty() {
        "no problems\n".to_owned()
    } else {
        lines
    }
}

fn json(problems: &[Problem]) -> Result<String, Error> {
    let rows = problems.iter().map(|it| ProblemRow {
        kind: it.kind.as_str(),
        message: &it.message,
        events: it.events.iter().map(EventId::as_str).collect(),
    });
    let document = Document {
        schema: "backstory.check/1",
        problems: rows.collect(),
    };
    let text = serde_json::to_string_pretty(&document);
    text.map(|it| it + "\n")
        .map_err(|it| Error::store("the report is no JSON").because(it))
}
