//! Fits the weights of `mention.toml`, which tell whether a predicate mentions an event, on annotated articles.
//!
//! The articles come as JSON lines with `id`, `lang`, `text`, `events` (each with `start` and `end` in code points) and, if the annotation
//! stops before the text does, `annotated_end`. The weights are those of a logistic regression with an L2 penalty; the same input gives the
//! same weights. The comment lines of the output say what it was fitted on.
//!
//! ```text
//! cargo run --release --example fit_mentions -- PENALTY THRESHOLD < articles.jsonl > data/lang/en/mention.toml
//! ```

use backstory::lang::{Catalog, EventTypes, Packs};
use backstory::model::{Article, ArticleId, Lang, Published};
use backstory::pipeline::Reader;
use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::{env, error::Error};

/// How often all examples are gone through.
const ROUNDS: usize = 400;
/// A feature that fewer examples have teaches nothing.
const LEAST_SEEN: usize = 3;
/// Weights nearer to zero are left out.
const LEAST_WEIGHT: f64 = 0.02;

/// A candidate's features and whether it mentions an event.
struct Example {
    features: Vec<usize>,
    mentions: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<f64> = env::args()
        .skip(1)
        .map(|it| it.parse())
        .collect::<Result<_, _>>()?;
    let [penalty, threshold] = given[..] else {
        return Err("usage: fit_mentions PENALTY THRESHOLD < articles.jsonl".into());
    };
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    let reader = Reader::new(
        &Packs::embedded()?,
        &Catalog::embedded()?,
        &EventTypes::embedded()?,
    )?;
    let mut named = Vec::new();
    for line in input.lines() {
        named.extend(examples(&reader, &serde_json::from_str(line)?));
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for name in named.iter().flat_map(|it| &it.0) {
        *seen.entry(name).or_default() += 1;
    }
    seen.retain(|_, count| LEAST_SEEN <= *count);
    let known: Vec<&str> = seen.keys().copied().collect();
    let examples: Vec<Example> = named
        .iter()
        .map(|(features, mentions)| Example {
            features: features
                .iter()
                .filter_map(|it| known.binary_search(&it.as_str()).ok())
                .collect(),
            mentions: *mentions,
        })
        .collect();
    let (bias, weights) = fit(&examples, known.len(), penalty);
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "# Which candidates are mentions of an event at all: a linear score, the natural logarithm of the odds.\n\
         # Fitted by `cargo run --example fit_mentions -- {penalty} {threshold}` on {} candidates; README.md says of which articles.\n\
         # A feature that is not listed weighs nothing.\n\
         threshold = {threshold}\nbias = {bias:.2}\n\n[weights]",
        examples.len()
    )?;
    let listed = known.iter().zip(&weights);
    for (name, weight) in listed.filter(|it| LEAST_WEIGHT <= it.1.abs()) {
        writeln!(out, "{name:?} = {weight:.2}")?;
    }
    Ok(())
}

/// Returns the candidates of an article, each with the names of its features.
fn examples(reader: &Reader, row: &serde_json::Value) -> Vec<(Vec<String>, bool)> {
    let text = row["text"].as_str().unwrap_or_default();
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|it| it.0)
        .chain([text.len()])
        .collect();
    let place = |it: &serde_json::Value| {
        it.as_u64()
            .and_then(|it| bytes.get(usize::try_from(it).ok()?))
            .copied()
    };
    let end = place(&row["annotated_end"]).unwrap_or(text.len());
    let events = row["events"].as_array().into_iter().flatten();
    let gold: Vec<(usize, usize)> = events
        .filter_map(|it| place(&it["start"]).zip(place(&it["end"])))
        .collect();
    let lang = Lang::new(row["lang"].as_str().unwrap_or("en"));
    let article = Article {
        id: ArticleId::new(row["id"].as_str().unwrap_or_default()),
        title: None,
        text: text.to_owned(),
        lang,
        published: row["dct"].as_str().and_then(Published::parse),
        source: None,
        url: None,
    };
    let candidates = reader.mention_features(&article).into_iter();
    candidates
        .filter(|(place, features)| {
            place.span.end() <= end && !features.iter().any(|it| it == "kind=state")
        })
        .map(|(place, features)| {
            let hit = |it: &(usize, usize)| {
                it.0 <= place.span.start()
                    && place.span.end() <= it.1
                    && (it.0 == place.span.start() || it.1 == place.span.end())
            };
            (features, gold.iter().any(hit))
        })
        .collect()
}

/// Returns the bias and the weights of the logistic regression, by gradient descent with steps that shrink for each feature on its own.
fn fit(examples: &[Example], width: usize, penalty: f64) -> (f64, Vec<f64>) {
    let (mut bias, mut weights) = (0.0, vec![0.0; width]);
    let (mut moved, mut bias_moved) = (vec![1e-6; width], 1e-6);
    for _ in 0..ROUNDS {
        let mut slope = vec![0.0; width];
        let mut bias_slope = 0.0;
        for it in examples {
            let score: f64 = bias + it.features.iter().map(|&at| weights[at]).sum::<f64>();
            let wrong = 1.0 / (1.0 + (-score).exp()) - f64::from(u8::from(it.mentions));
            bias_slope += wrong;
            it.features.iter().for_each(|&at| slope[at] += wrong);
        }
        bias_moved += bias_slope * bias_slope;
        bias -= 0.5 * bias_slope / f64::sqrt(bias_moved);
        for ((weight, moved), slope) in weights.iter_mut().zip(&mut moved).zip(slope) {
            let here = slope + penalty * *weight;
            *moved += here * here;
            *weight -= 0.5 * here / f64::sqrt(*moved);
        }
    }
    (bias, weights)
}
