//! Reading inputs: what each form gives, and what is said about those that cannot be read.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its data has failed"
)]

use backstory::{
    Error,
    lang::{Catalog, EventTypes, Packs},
    model::{Article, Field, Lang, Published, Reading},
    read::{self, Format, Options, facts},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, path::Path};

const KOREAN: &str = "미국 상무부가 수출 규제를 강화했다. 엔비디아는 규정을 지키겠다고 밝혔다.";
const ENGLISH: &str = "The ministry tightened its rules. The company said that it would comply.";

fn packs() -> Packs {
    Packs::embedded().unwrap()
}

fn one(name: &str, bytes: &[u8]) -> Result<Article, Error> {
    let mut inputs = read::read_bytes(name, bytes, &Options::default(), &packs());
    assert_eq!(inputs.len(), 1, "one input");
    inputs.remove(0).article
}

/// Checks that the message and the next step contain `words`.
fn refused(result: Result<Article, Error>, words: &[&str]) {
    let error = result.expect_err("refused");
    let shown = format!("{error} | {}", error.next_step().unwrap_or(""));
    for word in words {
        assert!(shown.contains(word), "`{word}` is not in `{shown}`");
    }
}

#[test]
fn plain_text_is_all_text() {
    let article = one("news.txt", KOREAN.as_bytes()).unwrap();
    assert_eq!(article.text, KOREAN);
    assert_eq!(article.title, None);
    assert_eq!(article.lang, Lang::new("ko"));
    assert_eq!(article.id.as_str().len(), 16);
}

#[test]
fn front_matter_names_the_article() {
    let text = format!(
        "---\ntitle: \"규제 강화\"\npublished: 2023-10-18\ntags: [a, b]\nlang: ko\n---\n{KOREAN}"
    );
    let article = one("news.md", text.as_bytes()).unwrap();
    assert_eq!(article.title.as_deref(), Some("규제 강화"));
    assert_eq!(article.published.unwrap().day.to_string(), "2023-10-18");
    assert_eq!(article.text, KOREAN);
}

#[test]
fn a_rule_of_dashes_is_no_front_matter() {
    let text = format!("---\n{ENGLISH}\n---\nMore.");
    assert_eq!(one("news.md", text.as_bytes()).unwrap().text, text);
}

#[test]
fn front_matter_that_is_not_closed_ends_where_the_text_begins() {
    let text = format!("---\ntitle: Rules\npublished: 2023-10-18\n\n{ENGLISH}");
    let article = one("news.md", text.as_bytes()).unwrap();
    assert_eq!(article.title.as_deref(), Some("Rules"));
    assert_eq!(article.text.trim(), ENGLISH);
    let quoted = format!("---\nThe minister said: no.\n{ENGLISH}");
    assert_eq!(one("news.md", quoted.as_bytes()).unwrap().text, quoted);
}

#[test]
fn letters_spelt_in_pieces_are_put_together() {
    let pieces: String = unicode_normalization::UnicodeNormalization::nfd(KOREAN).collect();
    assert_ne!(pieces, KOREAN);
    assert_eq!(one("mac.txt", pieces.as_bytes()).unwrap().text, KOREAN);
}

#[test]
fn json_documents_hold_one_article_or_a_list() {
    let documents =
        |text: &str| read::read_bytes("news.json", text.as_bytes(), &Options::default(), &packs());
    let single = format!("{{\n  \"title\": \"Rules\",\n  \"text\": \"{ENGLISH}\"\n}}\n");
    let inputs = documents(&single);
    assert_eq!(inputs.len(), 1);
    let article = inputs[0].article.as_ref().unwrap();
    assert_eq!(article.title.as_deref(), Some("Rules"));
    let inputs = documents(&format!("[{single}, {{\"text\": \"{KOREAN}\"}}]"));
    let names: Vec<&str> = inputs.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["news.json[0]", "news.json[1]"]);
    refused(
        one("news.json", b"[{\n}]"),
        &["news.json:2:1: missing field `text`"],
    );
    refused(one("news.json", b"[]"), &["news.json: no article"]);
}

#[test]
fn korean_archives_in_cp949_are_read() {
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(KOREAN);
    assert_eq!(one("old.txt", &bytes).unwrap().text, KOREAN);
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(KOREAN.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(one("windows.txt", &utf16).unwrap().text, KOREAN);
}

#[test]
fn a_broken_line_does_not_spoil_the_others() {
    let text = format!(
        "{{\"text\":\"{ENGLISH}\",\"dct\":\"2025-07-16\"}}\n{{\"text\":}}\n\n{{\"title\":\"no text\"}}\n{{\"id\":7,\"text\":\"{KOREAN}\"}}\n"
    );
    let inputs = read::read_bytes("news.jsonl", text.as_bytes(), &Options::default(), &packs());
    let names: Vec<&str> = inputs.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "news.jsonl:1",
            "news.jsonl:2",
            "news.jsonl:4",
            "news.jsonl:5"
        ]
    );
    let message = |idx: usize| inputs[idx].article.as_ref().unwrap_err().to_string();
    assert_eq!(
        inputs[0]
            .article
            .as_ref()
            .unwrap()
            .published
            .as_ref()
            .unwrap()
            .original,
        "2025-07-16"
    );
    assert_eq!(message(1), "news.jsonl:2:9: expected value");
    assert!(
        message(2).starts_with("news.jsonl:4:19: missing field `text`"),
        "{}",
        message(2)
    );
    assert_eq!(inputs[3].article.as_ref().unwrap().id.as_str(), "7");
}

#[test]
fn what_cannot_be_read_is_named_with_the_next_step() {
    refused(one("a.txt", b""), &["a.txt: empty", "sentence"]);
    refused(one("a.txt", b" \n"), &["a.txt: no text"]);
    refused(
        one("a.txt", b"PK\x03\x04\x00"),
        &["a.txt: binary", "byte 4", ".jsonl"],
    );
    refused(
        one("a.txt", b"caf\xE9 \xFF\xFF"),
        &["neither UTF-8 nor CP949", "byte 3", "iconv"],
    );
    let dated = format!("---\npublished: 16.7.2025\n---\n{ENGLISH}");
    refused(
        one("a.md", dated.as_bytes()),
        &["a.md: `16.7.2025`", "2025-07-16"],
    );
    let foreign = format!("---\nlang: tlh\n---\n{ENGLISH}");
    refused(
        one("a.md", foreign.as_bytes()),
        &["unknown language `tlh`", "known: en, ko"],
    );
    let russian =
        "Министерство ужесточило правила экспорта. Компания заявила, что будет их соблюдать.";
    refused(one("a.txt", russian.as_bytes()), &["Cyrillic", "--lang"]);
}

#[test]
fn french_is_not_read_as_english() {
    let text = "Le ministère du commerce a durci mardi ses règles sur les exportations de semi-conducteurs. \
        La société a déclaré qu'elle respecterait les nouvelles mesures, tout en regrettant qu'elles n'aient pas été \
        discutées avec les entreprises du secteur. Les analystes s'attendent à une baisse des ventes cette année, \
        parce que la demande dans les autres pays ne suffira pas à compenser la perte de ce marché.";
    refused(one("a.txt", text.as_bytes()), &["French", "known: en, ko"]);
}

#[test]
fn what_an_article_says_of_itself_wins() {
    let options = Options {
        published: Published::parse("2020-01-01"),
        source: Some("Desk".to_owned()),
        ..Options::default()
    };
    let text = format!("---\npublished: 2025-07-16\n---\n{ENGLISH}");
    let inputs = read::read_bytes("a.md", text.as_bytes(), &options, &packs());
    let article = inputs[0].article.as_ref().unwrap();
    assert_eq!(article.published.as_ref().unwrap().original, "2025-07-16");
    assert_eq!(article.source.as_deref(), Some("Desk"));
}

#[test]
fn folders_are_walked_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("b.txt", ENGLISH);
    put("a/c.md", KOREAN);
    put("notes.docx", "no article");
    put(".hidden/x.txt", ENGLISH);
    let inputs = read::read_path(folder.path(), &Options::default(), &packs());
    let names: Vec<String> = inputs
        .iter()
        .map(|it| it.name.replace(folder.path().to_str().unwrap(), ""))
        .collect();
    assert_eq!(names, ["/a/c.md", "/b.txt"]);
    let missing = read::read_path(
        Path::new("/nonexistent/x.txt"),
        &Options::default(),
        &packs(),
    );
    assert!(
        missing[0]
            .article
            .as_ref()
            .unwrap_err()
            .to_string()
            .starts_with("/nonexistent/x.txt: ")
    );
}

#[test]
fn a_huge_file_is_refused_by_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.txt");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(read::MAX_BYTES + 1)
        .unwrap();
    let inputs = read::read_path(&path, &Options::default(), &packs());
    let error = inputs[0].article.as_ref().unwrap_err();
    assert!(error.to_string().contains("64 MiB"), "{error}");
    assert!(error.next_step().unwrap().contains("split"));
}

fn reading(text: &str) -> Reading {
    Reading {
        article: one("a.txt", text.as_bytes()).unwrap(),
        sentences: Vec::new(),
        timexes: Vec::new(),
        events: Vec::new(),
        links: Vec::new(),
        entities: BTreeMap::new(),
    }
}

fn apply(line: &str, reading: &mut Reading) -> Result<(), Error> {
    let (types, catalog) = (
        EventTypes::embedded().unwrap(),
        Catalog::embedded().unwrap(),
    );
    let known = facts::Known {
        types: &types,
        catalog: &catalog,
    };
    let rows = facts::parse("facts.jsonl", line);
    rows.into_iter().next().unwrap()?.apply(reading, &known)
}

const BAN: &str =
    "Washington banned the sale of the chip in April. As a result, the company took a charge.";

#[test]
fn facts_enter_with_their_quotes() {
    let line = r#"{"id":"r1","article":"x","events":[
        {"key":"ban","type":"Prohibit","sentence":"Washington banned the sale of the chip in April.","trigger":"banned","date":"2025-04",
         "participants":[{"role":"agent","text":"Washington"}]},
        {"key":"loss","type":"WriteDown","sentence":"As a result, the company took a charge.","trigger":"took a charge"}],
        "links":[{"from":"ban","to":"loss","relation":"causes","sentence":"As a result, the company took a charge.","cue":"As a result"}]}"#
        .replace('\n', "");
    let mut reading = reading(BAN);
    apply(&line, &mut reading).unwrap();
    let once = reading.clone();
    apply(&line, &mut reading).unwrap();
    assert_eq!(reading, once, "adding facts twice changes nothing");
    assert_eq!(reading.events.len(), 2);
    let evidence = &reading.events[0].main_mention().evidence;
    assert_eq!(
        reading.article.slice(Field::Text, evidence.place.span),
        "banned"
    );
    assert_eq!(evidence.rule.as_str(), "facts/r1");
    assert_eq!(
        reading.events[0].when.edtf().unwrap().to_string(),
        "2025-04"
    );
    assert!(reading.links[0].asserted);
}

#[test]
fn facts_without_their_quote_are_refused() {
    let cases = [
        (
            r#"{"article":"x","events":[{"key":"a","type":"Prohibit","sentence":"It banned chips.","trigger":"banned"}]}"#,
            "has no sentence",
        ),
        (
            r#"{"article":"x","events":[{"key":"a","type":"Prohibit","sentence":"As a result, the company took a charge.","trigger":"banned"}]}"#,
            "is not in its sentence",
        ),
        (
            r#"{"article":"x","events":[{"key":"a","type":"Foo","sentence":"As a result, the company took a charge.","trigger":"took"}]}"#,
            "unknown event type `Foo`",
        ),
        (
            r#"{"article":"x","links":[{"from":"a","to":"b","relation":"causes","sentence":"As a result, the company took a charge."}]}"#,
            "no event `a`",
        ),
        (
            r#"{"article":"x","colour":"red"}"#,
            "unknown field `colour`",
        ),
        (r#"{"events":[]}"#, "needs one of"),
    ];
    for (line, wanted) in cases {
        let mut reading = reading(BAN);
        let before = reading.clone();
        let error = apply(line, &mut reading).unwrap_err().to_string();
        assert!(error.contains(wanted), "`{wanted}` is not in `{error}`");
        assert!(error.starts_with("facts.jsonl:1"), "{error}");
        assert_eq!(reading, before, "a refused row leaves nothing behind");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), format in 0..3_usize) {
        let format = [Format::Auto, Format::Text, Format::Jsonl][format];
        let options = Options { format, ..Options::default() };
        let inputs = read::read_bytes("any.md", &bytes, &options, &packs());
        prop_assert!(!inputs.is_empty());
    }

    #[test]
    fn no_text_makes_it_panic(text in "(---\n)?([a-z]{1,9}: ?\\PC{0,20}\n){0,4}(---\n)?\\PC{0,200}") {
        let inputs = read::read_bytes("any.md", text.as_bytes(), &Options::default(), &packs());
        if let Ok(article) = &inputs[0].article {
            let given: String = unicode_normalization::UnicodeNormalization::nfc(text.as_str()).collect();
            prop_assert!(given.ends_with(&article.text), "the text is as given");
        }
        let _ = facts::parse("any.jsonl", &text);
    }
}
