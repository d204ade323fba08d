//! `check`: what is wrong with a story, or with a language pack.

use super::{Context, Done, Outcome, report::count, tell::Asked, verbs::CheckArgs};
use crate::{
    Error,
    answer::{Problem, ProblemKind, check},
    examples::{self, Beside, Case, Wants, Wrong},
    model::EventId,
};
use serde::Serialize;
use std::path::Path;

/// One problem as JSON has it.
#[derive(Serialize)]
struct ProblemRow<'a> {
    kind: &'a str,
    message: &'a str,
    events: Vec<&'a str>,
}

/// An example that does not hold, as JSON has it.
#[derive(Serialize)]
struct ExampleRow<'a> {
    kind: &'a str,
    file: &'a str,
    line: usize,
    rule: &'a str,
    example: String,
    text: &'a str,
    seen: &'a str,
    wanted: &'a str,
}

#[derive(Serialize)]
struct Document<'a, Row> {
    schema: &'a str,
    problems: Vec<Row>,
}

pub fn run(ctx: &Context, args: &CheckArgs) -> Done {
    match &args.pack {
        Some(folder) => check_pack(ctx, args, folder),
        None => check_story(ctx, args),
    }
}

fn check_story(ctx: &Context, args: &CheckArgs) -> Done {
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
        json(problems.iter().map(ProblemRow::of).collect())?
    } else {
        text(&problems)
    };
    ctx.console.print(&text)?;
    if problems.iter().any(|it| args.strict || it.kind.is_fault()) {
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

/// Runs the examples of every rule of the pack in `folder`.
fn check_pack(ctx: &Context, args: &CheckArgs, folder: &Path) -> Done {
    let pack = examples::pack_in(folder)?;
    let beside = Beside {
        packs: &ctx.engine.packs,
        catalog: &ctx.engine.catalog,
        types: &ctx.engine.types,
    };
    let cases = examples::cases(&pack, beside)?;
    let wrong = examples::wrong(&cases);
    let text = if args.json {
        json(wrong.iter().map(|it| ExampleRow::of(it.0, &it.1)).collect())?
    } else {
        let held = cases.len() - wrong.len();
        let lines: String = wrong.iter().map(|it| lines(it.0, &it.1)).collect();
        format!(
            "{lines}{}: {held} of {} hold\n",
            folder.display(),
            count(cases.len(), "example")
        )
    };
    ctx.console.print(&text)?;
    Ok(if wrong.is_empty() {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

fn lines(case: &Case, wrong: &Wrong) -> String {
    let text = if case.wants == Wants::Examples {
        String::new()
    } else {
        format!("  text:   {}\n", case.text().replace('\n', "\\n"))
    };
    format!(
        "{}:{}: {}\n{text}  seen:   {}\n  wanted: {}\n",
        case.path,
        case.line,
        case.name(),
        wrong.seen,
        wrong.wanted
    )
}

impl<'a> ProblemRow<'a> {
    fn of(it: &'a Problem) -> Self {
        Self {
            kind: it.kind.as_str(),
            message: &it.message,
            events: it.events.iter().map(EventId::as_str).collect(),
        }
    }
}

impl<'a> ExampleRow<'a> {
    fn of(case: &'a Case, wrong: &'a Wrong) -> Self {
        Self {
            kind: "example",
            file: &case.path,
            line: case.line,
            rule: &case.rule,
            example: case.name(),
            text: case.text(),
            seen: &wrong.seen,
            wanted: &wrong.wanted,
        }
    }
}

fn json<Row: Serialize>(problems: Vec<Row>) -> Result<String, Error> {
    let document = Document {
        schema: "backstory.check/1",
        problems,
    };
    let text = serde_json::to_string_pretty(&document);
    text.map(|it| it + "\n")
        .map_err(|it| Error::store("the report is no JSON").because(it))
}
