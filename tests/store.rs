//! One suite for every kind of store, and what only folders do: survive a kill, a cut file, a second writer.
#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test stops where it fails; a store and its story are named alike"
)]

mod common;

use backstory::model::{ArticleId, Derived, Reading, Story};
use backstory::rdf::{Format, Vocab};
use backstory::store::{Access, Change, Kind, QueryOptions, Store};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs `check` on an empty store of every kind that this build knows.
fn on_every_kind(check: impl Fn(&mut Store)) {
    check(&mut Store::memory());
    let mut kinds = vec![Kind::Folder];
    if cfg!(feature = "rocksdb") {
        kinds.push(Kind::RocksDb);
    }
    for kind in kinds {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".backstory");
        let mut store = Store::open_or_create(&path, kind, &Vocab::default()).unwrap();
        assert_eq!(store.kind(), kind);
        check(&mut store);
    }
}

fn insert_all(store: &mut Store, story: &Story) {
    for reading in story.readings.values() {
        assert_eq!(store.insert(reading).unwrap(), Change::Added);
    }
    store.set_derived(story).unwrap();
}

fn told(store: &Store) -> Story {
    let (story, damage) = store.story().unwrap();
    assert!(damage.is_empty(), "{damage:?}");
    story
}

fn count(store: &Store, query: &str) -> usize {
    store.query(query, &QueryOptions::default()).unwrap().rows()
}

#[test]
fn a_story_comes_back_as_it_was() {
    on_every_kind(|store| {
        let story = common::sample();
        insert_all(store, &story);
        assert_eq!(told(store), story);
        let ids: Vec<&ArticleId> = story.readings.keys().collect();
        assert_eq!(store.articles().unwrap().iter().collect::<Vec<_>>(), ids);
        assert_eq!(count(store, "SELECT ?e { ?e a bst:Event }"), 6);
        assert_eq!(store.graphs().unwrap().len(), 3);
    });
}

#[test]
fn an_article_is_replaced_and_removed_as_a_whole() {
    on_every_kind(|store| {
        let story = common::sample();
        insert_all(store, &story);
        let mut reading = common::korean();
        assert_eq!(store.insert(&reading).unwrap(), Change::Unchanged);
        assert_eq!(told(store), story);
        reading.events.pop();
        reading.links.clear();
        assert_eq!(count(store, "SELECT ?l { ?l a bst:Link }"), 5);
        assert_eq!(store.insert(&reading).unwrap(), Change::Replaced);
        assert_eq!(count(store, "SELECT ?l { ?l a bst:Link }"), 1);
        let now = told(store);
        assert_eq!(now.derived, Derived::default());
        assert_eq!(now.readings[&reading.article.id], reading);
        assert!(store.remove(&reading.article.id).unwrap());
        assert!(!store.remove(&reading.article.id).unwrap());
        assert_eq!(store.articles().unwrap(), [ArticleId::new("en-april")]);
    });
}

#[test]
fn dumps_move_a_story_between_stores() {
    let story = common::sample();
    let mut first = None;
    on_every_kind(|store| {
        insert_all(store, &story);
        for format in [Format::NQuads, Format::TriG, Format::JsonLd] {
            let bytes = store.dump(format).unwrap();
            assert_eq!(bytes, store.dump(format).unwrap());
            let mut other = Store::memory();
            let loaded = other.load(&bytes, format).unwrap();
            assert_eq!((loaded.articles, loaded.other), (2, 0), "{format:?}");
            assert_eq!(told(&other), story, "{format:?}");
        }
        for format in Format::ALL {
            assert!(!store.dump(*format).unwrap().is_empty());
        }
    });
    on_every_kind_bytes(&story, &mut first);
}

/// Every kind dumps the same bytes.
fn on_every_kind_bytes(story: &Story, first: &mut Option<Vec<u8>>) {
    let dumps = std::cell::RefCell::new(Vec::new());
    on_every_kind(|store| {
        insert_all(store, story);
        dumps.borrow_mut().push(store.dump(Format::NQuads).unwrap());
    });
    for dump in dumps.into_inner() {
        assert_eq!(first.get_or_insert_with(|| dump.clone()), &dump);
    }
}

#[test]
fn foreign_statements_are_kept_beside_the_articles() {
    on_every_kind(|store| {
        store.insert(&common::korean()).unwrap();
        let turtle = "<http://x.example/a> <http://x.example/knows> <http://x.example/b> .";
        let loaded = store.load(turtle.as_bytes(), Format::Turtle).unwrap();
        assert_eq!((loaded.articles, loaded.other), (0, 1));
        assert_eq!(
            count(store, "SELECT * { ?a <http://x.example/knows> ?b }"),
            1
        );
        assert_eq!(told(store).readings.len(), 1);
        let error = store
            .load(b"<a> <b>\n  nonsense", Format::NQuads)
            .unwrap_err();
        assert!(error.to_string().starts_with("1:"), "{error}");
    });
}

#[test]
fn a_folder_opens_again_and_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".backstory");
    let base = Vocab::new("https://news.example/ns#").unwrap();
    let mut store = Store::open_or_create(&path, Kind::Folder, &base).unwrap();
    insert_all(&mut store, &common::sample());
    let second = Store::open(&path, Access::Write).err().unwrap();
    assert_eq!(second.exit_code(), 4);
    assert!(second.next_step().unwrap().contains("--store"), "{second}");
    let reader = Store::open(&path, Access::Read).unwrap();
    assert_eq!(told(&reader), common::sample());
    drop(store);
    let again = Store::open(&path, Access::Write).unwrap();
    assert_eq!(again.vocab().base(), "https://news.example/ns#");
    assert_eq!(Store::find(&path.join("articles")), Some(path.clone()));
    assert_eq!(Store::find(folder.path()), Some(path.clone()));
    let files = fs::read_dir(path.join("articles")).unwrap().count();
    assert_eq!(files, 2);
}

#[test]
fn stores_that_cannot_be_opened_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let message = |path: &Path| {
        let error = Store::open(path, Access::Read).err().unwrap();
        format!("{error} | {}", error.next_step().unwrap())
    };
    assert!(message(folder.path()).contains("backstory add"));
    let marker = folder.path().join("store.toml");
    fs::write(&marker, "format = 9\nkind = \"folder\"\n").unwrap();
    assert!(message(folder.path()).contains("newer"));
    fs::write(
        &marker,
        "format = 1\nkind = \"tape\"\nbase = \"https://x.example/\"\n",
    )
    .unwrap();
    assert!(message(folder.path()).contains("tape"));
    if !cfg!(feature = "rocksdb") {
        fs::write(
            &marker,
            "format = 1\nkind = \"rocksdb\"\nbase = \"https://x.example/\"\n",
        )
        .unwrap();
        assert!(message(folder.path()).contains("--features rocksdb"));
    }
    let full = tempfile::tempdir().unwrap();
    fs::write(full.path().join("letter.txt"), "dear").unwrap();
    let error = Store::open_or_create(full.path(), Kind::Folder, &Vocab::default());
    assert!(error.err().unwrap().to_string().contains("letter.txt"));
}

#[test]
fn a_damaged_file_is_named_and_the_rest_opens() {
    let whole = common::sample();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".backstory");
    let mut store = Store::open_or_create(&path, Kind::Folder, &Vocab::default()).unwrap();
    insert_all(&mut store, &whole);
    drop(store);
    let file = fs::read_dir(path.join("articles"))
        .unwrap()
        .flatten()
        .map(|it| it.path());
    let file = file
        .into_iter()
        .find(|it| it.to_string_lossy().contains("kr-"))
        .unwrap();
    let bytes = fs::read(&file).unwrap();
    let line_end = bytes
        .iter()
        .take(bytes.len() / 2)
        .rposition(|it| *it == b'\n')
        .unwrap();
    let cuts = [0, 1, bytes.len() / 3, line_end + 1, bytes.len() - 1];
    let mut broken: Vec<Vec<u8>> = cuts.iter().map(|it| bytes[..*it].to_vec()).collect();
    broken.push(
        String::from_utf8_lossy(&bytes)
            .replacen("> <", "> >", 1)
            .into_bytes(),
    );
    broken.push(vec![0xff; 100]);
    for bytes in broken {
        fs::write(&file, bytes).unwrap();
        let mut store = Store::open(&path, Access::Write).unwrap();
        let (story, damage) = store.story().unwrap();
        assert_eq!(story.readings.len(), 1);
        assert_eq!(damage[0].path, file);
        assert!(
            damage[0].message.contains("add the article again"),
            "{damage:?}"
        );
        assert_eq!(count(&store, "SELECT ?e { ?e a bst:Event }"), 2);
        assert!(store.dump(Format::NQuads).is_err());
        store.insert(&common::korean()).unwrap();
        assert_eq!(told(&store).readings, whole.readings);
    }
}

fn numbered(number: usize) -> Reading {
    let mut builder = common::Builder::new(&format!("n{number:06}"), "ko", (None, common::KOREAN));
    let id = format!("ban-{number}");
    builder.event(&id, ("Prohibit", "금지했다"), common::stated("2025-04"));
    builder.reading
}

/// Not a test of its own: the process that `a_killed_writer_loses_no_finished_article` kills.
#[test]
fn writer_to_be_killed() {
    let Some(path) = std::env::var_os("BACKSTORY_TEST_WRITES_TO") else {
        return;
    };
    let kind = Kind::from_word(&std::env::var("BACKSTORY_TEST_KIND").unwrap()).unwrap();
    let path = Path::new(&path);
    let mut store = Store::open_or_create(path, kind, &Vocab::default()).unwrap();
    for number in 0.. {
        store.insert(&numbered(number % 500)).unwrap();
        if number % 7 == 0 {
            let (story, _) = store.story().unwrap();
            store.set_derived(&story).unwrap();
        }
        fs::write(path.with_extension("done"), (number + 1).to_string()).unwrap();
    }
}

fn kill_a_writer(kind: Kind, rounds: u64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    for round in 0..rounds {
        let _ = fs::remove_file(path.with_extension("done"));
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["writer_to_be_killed", "--exact"])
            .env("BACKSTORY_TEST_WRITES_TO", &path)
            .env("BACKSTORY_TEST_KIND", kind.as_str())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let done = || {
            fs::read_to_string(path.with_extension("done"))
                .ok()?
                .parse::<usize>()
                .ok()
        };
        while done().is_none_or(|it| it < 3) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        std::thread::sleep(std::time::Duration::from_micros(1500 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let finished = done().unwrap_or(3).min(500);
        let store = Store::open(&path, Access::Write).unwrap();
        let story = told(&store);
        for number in 0..finished {
            let reading = numbered(number);
            assert_eq!(story.readings.get(&reading.article.id), Some(&reading));
        }
        let leftovers = fs::read_dir(path.join("articles"))
            .into_iter()
            .flatten()
            .flatten();
        let leftovers =
            leftovers.filter(|it| it.file_name().to_string_lossy().starts_with(".tmp-"));
        assert_eq!(leftovers.count(), 0);
    }
}

#[test]
fn a_killed_writer_loses_no_finished_article() {
    kill_a_writer(Kind::Folder, 12);
}

#[cfg(feature = "rocksdb")]
#[test]
fn a_killed_writer_on_disk_loses_no_finished_article() {
    kill_a_writer(Kind::RocksDb, 4);
}
