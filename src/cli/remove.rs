//! `remove`: articles, and all that only they tell.

use super::{Context, Done, Outcome, place, verbs::RemoveArgs};
use crate::{Error, model::ArticleId, store::Access};

pub fn run(ctx: &Context, args: &RemoveArgs) -> Done {
    let mut store = place::open(&ctx.global, Access::Write)?;
    let mut missing = 0;
    for id in &args.articles {
        if store.remove(&ArticleId::new(id))? {
            ctx.console.print(&format!("{id}  removed\n"))?;
        } else {
            missing += 1;
            let error = Error::not_found(format!("the story has no article `{id}`"));
            let error = error.hint("`backstory find --type article WORDS` prints the ids");
            ctx.console.failed_input(&error, ctx.json);
        }
    }
    let mut loaded = ctx.story_of(&store)?;
    ctx.engine.derive(&mut loaded.story)?;
    store.set_derived(&loaded.story)?;
    Ok(if missing == 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}
