//! `extract`: what is read in each article, one JSON object a line; no story is touched.

use super::{
    Context, Done, Outcome, engine,
    verbs::{ExtractArgs, Kind},
};
use crate::{Error, export::extract_line, pipeline::Reader};

/// How many articles are read before their lines are printed: enough for every core, little enough to hold.
const BATCH: usize = 64;

pub fn run(ctx: &Context, args: &ExtractArgs) -> Done {
    if args.kind == Some(Kind::Facts) {
        return Err(
            Error::usage("facts by hand are no articles to extract from")
                .hint(
                    "`backstory add --as facts FILE` adds them; with --dry-run it only checks them",
                )
                .into(),
        );
    }
    let options = args
        .given
        .options(ctx.global.given_lang(), Kind::format(args.kind));
    let (mut articles, failed) = ctx.articles(ctx.inputs(&args.paths, &options));
    let reader = ctx.engine.reader()?;
    while !articles.is_empty() {
        let rest = articles.split_off(articles.len().min(BATCH));
        let batch = engine::read_all(
            &reader,
            std::mem::replace(&mut articles, rest),
            Reader::read_with_background,
        )?;
        let mut lines = String::new();
        for read in batch {
            lines.push_str(&extract_line(
                &read.reading,
                &read.diagnostics,
                &ctx.engine.types,
            ));
            lines.push('\n');
        }
        ctx.console.print(&lines)?;
    }
    Ok(Outcome::after(failed))
}
