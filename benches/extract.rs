//! How fast articles are read: the Korean and the English sample articles, repeated, in MB/s of text.

use backstory::lang::{Catalog, EventTypes, Packs};
use backstory::model::{Article, Lang};
use backstory::pipeline::Reader;
use backstory::read::{Options, read_path};
use divan::Bencher;
use divan::counter::BytesCount;
use std::path::Path;

fn main() {
    divan::main();
}

/// How often the articles of one language are read in a round.
const REPEATS: usize = 20;

#[divan::bench(args = ["ko", "en"], sample_count = 10)]
fn extract(bencher: Bencher, lang: &str) {
    let packs = Packs::embedded().expect("the packs are tested");
    let catalog = Catalog::embedded().expect("the catalog is tested");
    let types = EventTypes::embedded().expect("the ontology is tested");
    let reader = Reader::new(&packs, &catalog, &types).expect("the packs are tested");
    let articles: Vec<Article> = read_path(Path::new("data/articles"), &Options::default(), &packs)
        .into_iter()
        .filter_map(|it| it.article.ok())
        .filter(|it| it.lang == Lang::new(lang))
        .collect();
    let bytes: usize = articles.iter().map(|it| it.text.len()).sum();
    bencher.counter(BytesCount::new(bytes * REPEATS)).bench(|| {
        for _ in 0..REPEATS {
            for article in &articles {
                divan::black_box(reader.read(article.clone()));
            }
        }
    });
}
