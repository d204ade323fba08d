//! `load`: reads RDF that `dump` wrote into the story.

use super::{Context, Done, Outcome, place, report::count, verbs::LoadArgs};
use crate::{
    Error, Result,
    rdf::Format,
    store::{Kind, Loaded},
};
use std::{io::Read, path::Path};

pub fn run(ctx: &Context, args: &LoadArgs) -> Done {
    let (mut store, _) = place::open_or_create(&ctx.global, Kind::Folder)?;
    let mut failed = 0;
    for path in &args.paths {
        let name = path.display();
        let loaded = format(args, path)
            .and_then(|format| Ok((bytes(path)?, format)))
            .and_then(|(bytes, format)| store.load(&bytes, format));
        match loaded {
            Ok(Loaded { articles, other }) => ctx.console.print(&format!(
                "{name}  {}, {}\n",
                count(articles, "article"),
                count(other, "other statement")
            ))?,
            Err(error) => {
                failed += 1;
                let placed = Error::input(format!("{name}: {error}"));
                let hint = error.next_step().unwrap_or("nothing of it was stored");
                ctx.console.failed_input(&placed.hint(hint), ctx.json);
            }
        }
    }
    let loaded = ctx.story_of(&store)?;
    store.set_derived(&loaded.story)?;
    let shown = place::shown(&place::folder(&ctx.global));
    let articles = count(loaded.story.readings.len(), "article");
    ctx.console
        .print(&format!("stored in {shown} ({articles})\n"))?;
    Ok(Outcome::after(failed))
}

fn format(args: &LoadArgs, path: &Path) -> Result<Format> {
    let extension = path.extension().and_then(|it| it.to_str());
    let word = args.format.as_deref().or(extension).unwrap_or("nq");
    Format::from_word(word).ok_or_else(|| {
        Error::usage(format!("`{word}` is no RDF format")).hint("name one with -f, as -f nq")
    })
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    if path.as_os_str() != "-" {
        return std::fs::read(path).map_err(|it| Error::io(path, it));
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|it| Error::input(format!("standard input: {it}")).because(it))?;
    Ok(bytes)
}
