//! `show`: one event with all its evidence and claims.

use super::{
    Context, Done,
    tell::{self, Asked},
    verbs::ShowArgs,
};
use crate::{
    answer::{ShownMention, Teller},
    export::{Content, Shown},
    model::{EventId, EventView, Evidence, Link, Span},
};
use std::collections::BTreeMap;

pub fn run(ctx: &Context, args: &ShowArgs) -> Done {
    let asked = Asked::load(ctx, &args.story)?;
    let teller = asked.teller();
    let lang = teller.lang(&args.event, ctx.global.given_lang().as_ref());
    let found = teller.show(&meant(&teller, &args.event), args.context);
    let found = found.map_err(|it| tell::with_candidates(it, &teller, &args.event, &lang))?;
    let links: Vec<Link> = found.links_in.into_iter().chain(found.links_out).collect();
    let shown = Shown {
        context: if args.context == 0 {
            BTreeMap::new()
        } else {
            found.mentions.iter().filter_map(around).collect()
        },
        neighbours: neighbours(&teller, &found.view, &links),
        event: found.view,
        links,
    };
    let telling = asked.telling(lang, args.evidence, &args.output);
    telling.write(ctx, Content::Show(&shown))
}

/// Returns the event of that id, of an id that begins like it, or the one that fits the words best.
fn meant(teller: &Teller<'_>, words: &str) -> EventId {
    let by_id = teller
        .view(&tell::event_id(words))
        .map(|it| it.event.id.clone());
    let by_words = || Some(teller.find(words, None).into_iter().next()?.id);
    by_id
        .or_else(by_words)
        .unwrap_or_else(|| EventId::new(words))
}

/// Returns the sentence of a mention, and the text from the first to the last sentence around it.
fn around(it: &ShownMention) -> Option<(Evidence, Span)> {
    let (first, last) = (it.context.first()?, it.context.last()?);
    let span = first
        .span
        .join(last.span)
        .join(it.mention.evidence.sentence);
    Some((it.mention.evidence.clone(), span))
}

/// Returns the events at the other ends of `links`.
fn neighbours(
    teller: &Teller<'_>,
    view: &EventView,
    links: &[Link],
) -> BTreeMap<EventId, EventView> {
    let ends = links.iter().flat_map(|it| [&it.from.event, &it.to.event]);
    let others = ends.flatten().filter(|it| **it != view.event.id);
    others
        .filter_map(|it| Some((it.clone(), teller.view(it)?.clone())))
        .collect()
}
