//! What `add` promises: facts by hand stay with their article, and a killed program leaves only whole articles.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
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
