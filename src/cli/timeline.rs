//! `timeline`: events in time order.

use super::{
    Context, Done,
    args::Include,
    tell::{self, Asked},
    verbs::TimelineArgs,
};
use crate::{
    Error,
    answer::{Options, TimelineQuery},
    export::Content,
};

pub fn run(ctx: &Context, args: &TimelineArgs) -> Done {
    let asked = Asked::load(ctx, &args.story)?;
    let teller = asked.teller();
    let words = args.query.as_deref().unwrap_or("");
    let query = TimelineQuery {
        words: args.query.clone(),
        actor: args.actor.clone(),
        around: args.around.as_deref().map(tell::event_id),
    };
    let options = Options {
        lang: ctx.global.given_lang(),
        depth: args.depth,
        include_hedged: args.include == Some(Include::Hedged),
        from: args.from.and_then(|it| it.earliest),
        to: args.to.and_then(|it| it.latest),
        ..Options::default()
    };
    let lang = teller.lang(words, options.lang.as_ref());
    let mut timeline = teller
        .timeline(&query, &options)
        .map_err(|it| tell::with_candidates(it, &teller, words, &lang))?;
    if args.no_links {
        timeline.links.clear();
    }
    if timeline.events.is_empty() {
        let error = Error::not_found("no event is of this time and these actors");
        return Err(error
            .hint("`backstory timeline` without filters lists all events")
            .into());
    }
    let telling = asked.telling(lang, args.evidence, &args.output);
    telling.write(ctx, Content::Timeline(&timeline))
}
