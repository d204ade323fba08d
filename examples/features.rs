//! Prints what the weights of `salience.toml` and `dating.toml` are fitted on: one JSON object an article.
//!
//! `candidates` holds every predicate with its bytes in the text and its features, `dates` every pair of a predicate and a time expression
//! that may date it, with the value of that and the features of the two.
//! `tests/fit.py` aligns them with annotated events and fits the weights.
//!
//! ```text
//! cargo run --release --example features -- ARTICLES.jsonl [PACK_FOLDER] > FEATURES.jsonl
//! ```

use backstory::lang::{Catalog, EventTypes, Packs};
use backstory::model::{Field, Place};
use backstory::pipeline::Reader;
use backstory::read::{Format, Options, read_bytes};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let (articles, pack) = match args.as_slice() {
        [articles] => (articles, None),
        [articles, pack] => (articles, Some(pack)),
        _ => return Err("usage: features ARTICLES.jsonl [PACK_FOLDER]".into()),
    };
    let mut packs = Packs::embedded()?;
    if let Some(folder) = pack {
        packs.add(Packs::read_folder(Path::new(folder))?);
    }
    let types = EventTypes::embedded()?;
    let reader = Reader::new(&packs, &Catalog::embedded()?, &types)?;
    let options = Options {
        format: Format::Jsonl,
        ..Options::default()
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for input in read_bytes(articles, &fs::read(articles)?, &options, &packs) {
        let article = input.article?;
        let candidates: Vec<Value> = reader
            .features(&article)
            .into_iter()
            .filter(|(place, _)| place.field == Field::Text)
            .map(|(place, features)| json!({ "at": bytes(place), "features": features }))
            .collect();
        let dates: Vec<Value> = reader
            .date_features(&article)
            .into_iter()
            .filter(|(place, ..)| place.field == Field::Text)
            .map(|(place, value, features)| {
                json!({ "at": bytes(place), "value": value, "features": features })
            })
            .collect();
        let line = json!({ "id": article.id.as_str(), "candidates": candidates, "dates": dates });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn bytes(place: Place) -> [usize; 2] {
    [place.span.start(), place.span.end()]
}
