//! `path`: how one event led to another.

use super::{
    Context, Done,
    tell::{self, Asked},
    verbs::PathArgs,
};

pub fn run(ctx: &Context, args: &PathArgs) -> Done {
    let asked = Asked::load(ctx, &args.answer.story)?;
    let teller = asked.teller();
    let options = tell::options(ctx, &args.answer.walk, None);
    let lang = teller.lang(&args.end, options.lang.as_ref());
    let answer = teller
        .path(&args.begin, &args.end, &options)
        .map_err(|it| {
            let fits = |words: &str| {
                teller.view(&tell::event_id(words)).is_some()
                    || !teller.find(words, Some(&lang)).is_empty()
            };
            let lost = if fits(&args.begin) {
                &args.end
            } else {
                &args.begin
            };
            tell::with_candidates(it, &teller, lost, &lang)
        })?;
    asked.answer(ctx, &args.answer, &answer)
}
