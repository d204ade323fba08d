//! How fast time expressions are read: the time stage alone on the Korean and the English sample articles, repeated, in MB/s of text.

use backstory::lang::{Catalog, Packs};
use backstory::model::{Article, Lang};
use backstory::read::{Options, read_path};
use backstory::text::{Document, TextReader};
use backstory::time::TimeReader;
use divan::Bencher;
use divan::counter::BytesCount;
use std::path::Path;

fn main() {
    divan::main();
}

/// How often the articles of one language are read in a round.
const REPEATS: usize = 100;

#[divan::bench(args = ["ko", "en"], sample_count = 10)]
fn time(bencher: Bencher, lang: &str) {
    let packs = Packs::embedded().expect("the packs are tested");
    let catalog = Catalog::embedded().expect("the catalog is tested");
    let lang = Lang::new(lang);
    let pack = packs.get(&lang).expect("the language has a pack");
    let text = TextReader::new(pack, &catalog).expect("the packs are tested");
    let time = TimeReader::new(pack).expect("the packs are tested");
    let articles: Vec<Article> = read_path(Path::new("data/articles"), &Options::default(), &packs)
        .into_iter()
        .filter_map(|it| it.article.ok())
        .filter(|it| it.lang == lang)
        .collect();
    let documents: Vec<Document> = articles.iter().map(|it| text.read(it, &|it| it)).collect();
    let bytes: usize = articles.iter().map(|it| it.text.len()).sum();
    bencher.counter(BytesCount::new(bytes * REPEATS)).bench(|| {
        for _ in 0..REPEATS {
            for document in &documents {
                divan::black_box(time.read(document));
            }
        }
    });
}
