//! `load`: reads RDF that `dump` wrote into the story.

use super::{Context, Done, Outcome, place, report::count, verbs::LoadArgs};
use crate::{
    Error, Result,
    rdf::{self, Format},
    store::{Kind, Loaded, Store},
};
use std::{io::Read, path::Path};

pub fn run(ctx: &Context, args: &LoadArgs) -> Done {
    let mut store = None;
    let mut failed = 0;
    for path in &args.paths {
        let name = path.display().to_string();
        match load(ctx, args, path, &mut store) {
            Ok(loaded) => tell(ctx, &name, loaded)?,
            Err(error) => {
                failed += 1;
                let message = error.to_string();
                let placed = if message.starts_with(&name) {
                    message
                } else {
                    format!("{name}: {message}")
                };
                let hint = error.next_step().unwrap_or("nothing of it was stored");
                let error = Error::input(placed).hint(hint);
                ctx.console.failed_input(&error, ctx.json);
            }
        }
    }
    let Some(mut store) = store else {
        return Ok(Outcome::SomeFailed);
    };
    let loaded = ctx.story_of(&store)?;
    store.set_derived(&loaded.story)?;
    let shown = place::shown(&place::folder(&ctx.global));
    let articles = count(loaded.story.readings.len(), "article");
    ctx.console
        .print(&format!("stored in {shown} ({articles})\n"))?;
    Ok(Outcome::after(failed))
}

/// Tells what came in; statements alone answer no question.
fn tell(ctx: &Context, name: &str, Loaded { articles, other }: Loaded) -> Result<()> {
    let articles_words = count(articles, "article");
    let other_words = count(other, "other statement");
    ctx.console
        .print(&format!("{name}  {articles_words}, {other_words}\n"))?;
    if articles == 0 && 0 < other {
        ctx.console.note(
            "note: no article's graph is in it: its statements are kept for SPARQL and are no part of the story; \
             `backstory dump` writes graphs as nq or trig",
        );
    }
    Ok(())
}

/// Loads one file into `store`, which is opened, or made, for the first file that is RDF: wrong input must not leave an empty store behind.
fn load(ctx: &Context, args: &LoadArgs, path: &Path, store: &mut Option<Store>) -> Result<Loaded> {
    let format = format(args, path)?;
    let bytes = bytes(path)?;
    let store = if let Some(store) = store {
        store
    } else {
        rdf::parse(&bytes, format)?;
        let (opened, _) = place::open_or_create(&ctx.global, Kind::Folder)?;
        store.insert(opened)
    };
    store.load_into(&bytes, format, args.graph.as_deref())
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
