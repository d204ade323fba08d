//! What `add` promises: facts by hand stay with their article, and a killed program leaves only whole articles.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod schema_check;

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

/// A folder of its own for a test, empty at the beginning.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn backstory(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backstory"));
    command.current_dir(folder).env("BACKSTORY_STORE", "story");
    command
}

fn run(folder: &Path, words: &[&str]) -> Output {
    backstory(folder).args(words).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const ARTICLE: &str = "Washington banned the sale of the chip in April. As a result, the company took a charge. Shares fell.";

const FACTS: &str = r#"{"id": "desk-1", "article": "chip", "events": [{"key": "ban", "type": "Prohibit", "sentence": "Washington banned the sale of the chip in April.", "trigger": "banned", "label": "THE BAN", "date": "2025-04", "participants": [{"role": "agent", "text": "Washington"}]}, {"key": "charge", "type": "WriteDown", "sentence": "As a result, the company took a charge.", "trigger": "took a charge", "label": "THE CHARGE"}, {"key": "fall", "type": "Fall", "sentence": "Shares fell.", "trigger": "fell", "label": "THE FALL"}], "links": [{"from": "ban", "to": "charge", "relation": "causes", "sentence": "As a result, the company took a charge.", "cue": "As a result"}, {"from": "charge", "to": "fall", "relation": "causes", "sentence": "Shares fell."}]}"#;

fn article(text: &str) -> String {
    format!("---\nid: chip\npublished: 2025-05-29\nlang: en\n---\n{text}\n")
}

/// Makes a story of one article with facts by hand.
fn story(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("chip.md"), article(ARTICLE)).unwrap();
    fs::write(folder.join("facts.jsonl"), FACTS).unwrap();
    assert!(run(&folder, &["add", "chip.md"]).status.success());
    let added = run(&folder, &["add", "--as", "facts", "facts.jsonl"]);
    assert!(added.status.success(), "{added:?}");
    folder
}

fn dump(folder: &Path) -> String {
    let output = run(folder, &["dump"]);
    let mut lines: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
    lines.sort();
    lines.join("\n")
}

/// Checks what a verb prints with `--json` against the schema that the program prints.
fn follows_its_schema(folder: &Path, verb: &str, words: &[&str]) {
    let schema: Value = serde_json::from_slice(&run(folder, &["schema", verb]).stdout).unwrap();
    let words = [&[verb], words, &["--json"]].concat();
    let document: Value = serde_json::from_slice(&run(folder, &words).stdout).unwrap();
    schema_check::check(&schema, &schema, &document, verb);
}

#[test]
fn reports_follow_their_schemas() {
    let folder = story("schemas");
    follows_its_schema(&folder, "add", &["chip.md", "--replace"]);
    follows_its_schema(&folder, "add", &["chip.md", "--dry-run"]);
    follows_its_schema(&folder, "check", &[]);
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/pack/qq");
    follows_its_schema(&folder, "check", &[pack]);
}

#[test]
fn facts_by_hand_outlive_a_new_reading() {
    let folder = story("facts-outlive");
    let before = dump(&folder);
    let replaced = stdout(&run(&folder, &["add", "--replace", "chip.md"]));
    assert!(
        replaced.contains("note: kept 5 facts by hand\n"),
        "{replaced}"
    );
    assert_eq!(dump(&folder), before);
}

#[test]
fn facts_by_hand_follow_their_sentences_and_are_dropped_with_them() {
    let folder = story("facts-follow");
    // A sentence more at the beginning, and the last one gone.
    let text = format!(
        "Trade talks went on. {}",
        ARTICLE.replace(" Shares fell.", " Sales rose.")
    );
    fs::write(folder.join("chip.md"), article(&text)).unwrap();
    let replaced = stdout(&run(&folder, &["add", "chip.md"]));
    assert!(
        replaced.contains("  note: kept 3 facts by hand\n"),
        "{replaced}"
    );
    let dropped =
        "  note: dropped facts/desk-1 \"THE FALL\": its sentence is not in the article any more\n";
    assert!(replaced.contains(dropped), "{replaced}");
    let dump_after = dump(&folder);
    assert!(dump_after.contains("THE BAN") && dump_after.contains("THE CHARGE"));
    assert!(!dump_after.contains("THE FALL"));
    let checked = run(&folder, &["check"]);
    assert_eq!(stdout(&checked), "no problems\n");
    // The facts that are left are the very same if they are added again.
    let row = FACTS.replace(
        r#", {"key": "fall", "type": "Fall", "sentence": "Shares fell.", "trigger": "fell", "label": "THE FALL"}"#,
        "",
    );
    let row = row.replace(
        r#", {"from": "charge", "to": "fall", "relation": "causes", "sentence": "Shares fell."}"#,
        "",
    );
    fs::write(folder.join("facts.jsonl"), row).unwrap();
    let again = stdout(&run(&folder, &["add", "--as", "facts", "facts.jsonl"]));
    assert!(again.contains("already there"), "{again}");
    assert_eq!(dump(&folder), dump_after);
}

#[test]
fn graphs_are_dumped_and_named_one_by_one() {
    let folder = story("graphs");
    let whole = dump(&folder);
    let one = stdout(&run(&folder, &["dump", "--graph", "chip", "-j", "1"]));
    assert!(
        one.lines().all(|it| it.ends_with("/graph/chip> .")),
        "{one}"
    );
    assert!(!one.is_empty() && one.lines().all(|it| whole.contains(it)));
    assert_eq!(
        run(&folder, &["dump", "--graph", "other"]).status.code(),
        Some(1)
    );
    fs::write(folder.join("more.nt"), "<urn:a> <urn:b> <urn:c> .\n").unwrap();
    let load = |graph| {
        run(&folder, &["load", "more.nt", "--graph", graph])
            .status
            .code()
    };
    assert_eq!((load("nothing"), load("urn:more")), (Some(2), Some(0)));
    let more = stdout(&run(&folder, &["dump", "--graph", "urn:more"]));
    assert_eq!(more, "<urn:a> <urn:b> <urn:c> <urn:more> .\n");
}

/// So many articles are added; more than are read at once, so that a kill falls between and within batches.
const MANY: usize = 80;

/// Returns many articles, one a line, each with events and a claim of its own.
fn many() -> String {
    let towns = ["Arlen", "Bixby", "Corley", "Dunmore", "Elgin"];
    let lines = (0..MANY).map(|n| {
        let (town, day) = (towns[n % towns.len()], n % 27 + 1);
        let text = format!(
            "The council of {town} banned heavy trucks on {day} March 2025. \
             As a result, the company Haul{n} closed its depot. \
             Haul{n} said on {day} April 2025 that it would sue {town}."
        );
        format!("{{\"id\": \"a{n:03}\", \"published\": \"2025-05-01\", \"lang\": \"en\", \"text\": \"{text}\"}}\n")
    });
    lines.collect()
}

/// Returns the statements of each graph of a dump, sorted.
fn graphs(dump: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut graphs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in dump.lines() {
        let graph = line.trim_end_matches(" .").rsplit(' ').next().unwrap();
        let graph = graph.trim_end_matches('>').rsplit('/').next().unwrap();
        graphs
            .entry(graph.to_owned())
            .or_default()
            .insert(line.to_owned());
    }
    graphs
}

/// Kills `add` once it has acknowledged `after` articles, and `late` later; returns the ids of all it acknowledged.
fn killed(folder: &Path, after: usize, late: Duration) -> Vec<String> {
    let mut child = backstory(folder)
        .args(["add", "many.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut told = Vec::new();
    let told_of = |line: &str| {
        let rest = line.strip_prefix("many.jsonl:")?;
        let number: usize = rest.split_once(' ')?.0.parse().ok()?;
        Some(format!("a{:03}", number - 1))
    };
    while told.len() < after {
        told.extend(told_of(&lines.next().unwrap().unwrap()));
    }
    thread::sleep(late);
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had printed when it died counts as well; its last line may be cut.
    for line in lines.map_while(Result::ok) {
        told.extend(told_of(&line).filter(|_| line.contains("sentences ->")));
    }
    told
}

#[test]
fn a_killed_add_leaves_every_article_that_it_told_of() {
    let whole = folder("killed-whole");
    fs::write(whole.join("many.jsonl"), many()).unwrap();
    assert!(run(&whole, &["add", "many.jsonl"]).status.success());
    let wanted = graphs(&dump(&whole));
    let articles = wanted.keys().filter(|it| it.starts_with('a'));
    assert_eq!(articles.count(), MANY);
    for (n, after) in [0, 1, 17, 33, MANY - 1].into_iter().enumerate() {
        let folder = folder(&format!("killed-{after}"));
        fs::write(folder.join("many.jsonl"), many()).unwrap();
        let late = Duration::from_millis(7 * n as u64);
        let told = killed(&folder, after, late);
        assert!(
            MANY / 2 < after || told.len() < MANY,
            "it was killed too late"
        );
        let there = if folder.join("story").exists() {
            let dumped = run(&folder, &["dump"]);
            assert!(
                dumped.status.success() && dumped.stderr.is_empty(),
                "{dumped:?}"
            );
            graphs(&stdout(&dumped))
        } else {
            BTreeMap::new()
        };
        for id in &told {
            assert!(
                there.contains_key(id),
                "after {after}: {id} was told of and is lost"
            );
        }
        let articles = there.iter().filter(|it| it.0.starts_with('a'));
        for (id, statements) in articles {
            assert_eq!(
                Some(statements),
                wanted.get(id),
                "after {after}: {id} is half"
            );
        }
        // Adding again goes on where it was cut short.
        let again = run(&folder, &["add", "many.jsonl"]);
        assert!(again.status.success(), "{again:?}");
        let known = stdout(&again).matches("already there").count();
        assert!(told.len() <= known, "after {after}: {known} known");
        assert_eq!(graphs(&dump(&folder)), wanted, "after {after}");
    }
}
