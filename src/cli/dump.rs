//! `dump`: the story as RDF.

use super::{Context, Done, Outcome, place, verbs::DumpArgs};
use crate::{
    Error, Result,
    rdf::{self, Format, Vocab},
    store::Access,
};

pub fn run(ctx: &Context, args: &DumpArgs) -> Done {
    let format = format(args)?;
    let from_store = args.story.inputs.is_empty() && args.story.as_of.is_none();
    let (bytes, failed) = if from_store {
        let store = place::open(&ctx.global, Access::Read)?;
        (store.dump_graph(format, args.graph.as_deref())?, 0)
    } else {
        let loaded = ctx.story(&args.story)?;
        let vocab = Vocab::default();
        let mut quads = vocab.to_quads(&loaded.story);
        if let Some(graph) = &args.graph {
            quads = rdf::of_graph(quads, graph, &vocab)?;
        }
        let bytes = rdf::serialize(&quads, format, &vocab)?;
        (bytes, loaded.failed)
    };
    ctx.console.write(args.output.as_deref(), &bytes)?;
    if !format.has_graphs() && args.graph.is_none() {
        ctx.console.note(&format!(
            "note: {} keeps no graphs, so `load` cannot bring the articles back; to move a story, dump nq or trig",
            format.as_str()
        ));
    }
    Ok(Outcome::after(failed))
}

fn format(args: &DumpArgs) -> Result<Format> {
    let extension = args
        .output
        .as_deref()
        .and_then(|it| it.extension()?.to_str());
    let word = args.format.as_deref().or(extension).unwrap_or("nq");
    Format::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = Format::ALL.iter().map(|it| it.as_str()).collect();
        Error::usage(format!("`{word}` is no RDF format"))
            .hint(format!("name one with -f: {}", known.join(", ")))
    })
}
