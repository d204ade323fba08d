//! Prints the features that the weights of `connective-weights.tsv` are fitted on, one JSON object an article.
//!
//! ```text
//! cargo run --release --example link_features [PACK_FOLDER] < articles.jsonl > features.jsonl
//! ```
//!
//! Articles are lines of JSON with `id`, `lang` and `text`. `examples/fit_links.py` reads what this prints.

use backstory::lang::{Catalog, EventTypes, Packs};
use backstory::model::{Article, ArticleId, Lang};
use backstory::pipeline::Reader;
use std::io::{self, BufRead, BufWriter, Write};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let mut packs = Packs::embedded()?;
    for folder in std::env::args().skip(1) {
        packs.add(Packs::read_folder(folder.as_ref())?);
    }
    let reader = Reader::new(&packs, &Catalog::embedded()?, &EventTypes::embedded()?)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let article = Article {
            id: ArticleId::new(text("id")),
            title: None,
            text: text("text"),
            lang: Lang::new(text("lang")),
            published: None,
            source: None,
            url: None,
        };
        let sentences = reader.link_features(&article).into_iter().map(|it| {
            let pairs = it.pairs.into_iter().map(|(rule, cause, effect, features)| {
                let span = |it: backstory::model::Place| [it.span.start(), it.span.end()];
                serde_json::json!({"rule": rule, "cause": span(cause), "effect": span(effect), "features": features})
            });
            serde_json::json!({"features": it.features, "pairs": pairs.collect::<Vec<_>>()})
        });
        let row = serde_json::json!({"id": text("id"), "sentences": sentences.collect::<Vec<_>>()});
        writeln!(out, "{row}")?;
    }
    Ok(())
}
