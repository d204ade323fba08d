//! `effects` (or `then`): what followed from an event.

use super::{Context, Done, verbs::AskArgs, why};

pub fn run(ctx: &Context, args: &AskArgs) -> Done {
    why::ask(ctx, args, |teller, query, options| {
        teller.effects(query, options)
    })
}
