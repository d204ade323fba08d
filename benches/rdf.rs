//! Story → quads → story, and the folder store: 200 articles like those of the tests, items are quads.
//!
//! `cargo bench --bench rdf`
#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test stops where it fails; a store and its story are named alike"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use backstory::model::{ArticleId, Story};
use backstory::rdf::{Format, Vocab, from_quads, parse, serialize, to_quads};
use backstory::store::{Kind, Store};
use divan::counter::ItemsCount;

/// Returns the Korean article of the tests 200 times under different names.
fn story() -> Story {
    let mut story = Story::default();
    for number in 0..200 {
        let mut reading = common::korean();
        let id = ArticleId::new(format!("article-{number}"));
        reading.article.id = id.clone();
        for event in &mut reading.events {
            let mut mention = event.main_mention().clone();
            mention.evidence.article = id.clone();
            let mut other = backstory::model::Event::new(
                event.id.clone(),
                event.event_type.clone(),
                event.when.clone(),
                event.factuality,
                mention,
            );
            std::mem::swap(&mut other.labels, &mut event.labels);
            std::mem::swap(&mut other.participants, &mut event.participants);
            std::mem::swap(&mut other.state, &mut event.state);
            *event = other;
        }
        reading.links.clear();
        story.insert(reading);
    }
    story
}

#[divan::bench]
fn story_to_quads(bencher: divan::Bencher<'_, '_>) {
    let story = story();
    let count = ItemsCount::new(to_quads(&story).len());
    bencher.counter(count).bench(|| to_quads(&story));
}

#[divan::bench]
fn quads_to_story(bencher: divan::Bencher<'_, '_>) {
    let quads = to_quads(&story());
    let count = ItemsCount::new(quads.len());
    let input = || quads.clone();
    bencher
        .counter(count)
        .with_inputs(input)
        .bench_values(from_quads);
}

#[divan::bench]
fn n_quads_written(bencher: divan::Bencher<'_, '_>) {
    let quads = to_quads(&story());
    let (count, vocab) = (ItemsCount::new(quads.len()), Vocab::default());
    bencher
        .counter(count)
        .bench(|| serialize(&quads, Format::NQuads, &vocab));
}

#[divan::bench]
fn n_quads_parsed(bencher: divan::Bencher<'_, '_>) {
    let quads = to_quads(&story());
    let bytes = serialize(&quads, Format::NQuads, &Vocab::default()).expect("quads are writable");
    let count = ItemsCount::new(quads.len());
    bencher
        .counter(count)
        .bench(|| parse(&bytes, Format::NQuads));
}

#[divan::bench]
fn folder_to_story(bencher: divan::Bencher<'_, '_>) {
    let story = story();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let path = folder.path().join("store");
    let made = Store::open_or_create(&path, Kind::Folder, &Vocab::default());
    let mut store = made.expect("an empty folder becomes a store");
    for reading in story.readings.values() {
        store.insert(reading).expect("the folder is writable");
    }
    let count = ItemsCount::new(to_quads(&story).len());
    bencher.counter(count).bench(|| store.story());
}

fn main() {
    divan::main();
}
