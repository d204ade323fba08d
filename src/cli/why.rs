//! `why`: what led to an event.

use super::{
    Context, Done,
    tell::{self, Asked},
    verbs::AskArgs,
};
use crate::{
    Result,
    answer::{Answer, Options, Teller},
};

pub fn run(ctx: &Context, args: &AskArgs) -> Done {
    ask(ctx, args, |teller, query, options| {
        teller.why(query, options)
    })
}

/// Asks one question about one event, and writes the answer.
pub fn ask(
    ctx: &Context,
    args: &AskArgs,
    question: fn(&Teller<'_>, &str, &Options) -> Result<Answer>,
) -> Done {
    let asked = Asked::load(ctx, &args.answer.story)?;
    let teller = asked.teller();
    let query = args.query.as_deref().unwrap_or("");
    let options = tell::options(ctx, &args.answer.walk, args.at.as_deref());
    let lang = teller.lang(query, options.lang.as_ref());
    let answer = question(&teller, query, &options)
        .map_err(|it| tell::with_candidates(it, &teller, query, &lang))?;
    asked.answer(ctx, &args.answer, &answer)
}
