//! `ask`: reads from the words of a question whether it asks why, what followed, or how one thing led to another.

use super::{Context, Done, verbs::AskArgs, why};

pub fn run(ctx: &Context, args: &AskArgs) -> Done {
    why::ask(ctx, args, |teller, query, options| {
        teller.ask(query, options)
    })
}
