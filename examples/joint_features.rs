//! Prints what is true of every two clauses that words of cause join: what the weights of `linking.toml` are fitted on.
//!
//! It reads JSON lines as `extract` does and prints one object a line: the article's `id`, and `pairs` of `[from, to, features]`,
//! where an event is `[start, end]` in code points of the text.
//!
//! ```text
//! cargo run --release --example joint_features -- articles.jsonl > features.jsonl
//! ```
//!
//! A folder among the arguments is a language pack, to be used instead of the one inside the program.

use backstory::lang::{Catalog, EventTypes, Packs};
use backstory::model::{Field, Place};
use backstory::pipeline::Reader;
use backstory::read::{self, Options};
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths = std::env::args_os().skip(1).map(PathBuf::from);
    let (folders, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.partition(|it| it.is_dir());
    let mut packs = Packs::embedded()?;
    for folder in &folders {
        packs.add(Packs::read_folder(folder)?);
    }
    let reader = Reader::new(&packs, &Catalog::embedded()?, &EventTypes::embedded()?)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for input in read::read_paths(&paths, &Options::default(), &packs) {
        let article = input.article?;
        let text = article.field(Field::Text).to_owned();
        let points = |at: usize| text[..at].chars().count();
        let pairs: Vec<_> = reader
            .joint_features(&article)
            .into_iter()
            .filter(|(ends, _)| ends.iter().all(|(_, place)| place.field == Field::Text))
            .map(|(ends, features)| {
                let [from, to] =
                    ends.map(|(_, Place { span, .. })| [points(span.start()), points(span.end())]);
                serde_json::json!([from, to, features])
            })
            .collect();
        let row = serde_json::json!({"id": article.id.as_str(), "pairs": pairs});
        writeln!(out, "{row}")?;
    }
    Ok(())
}
