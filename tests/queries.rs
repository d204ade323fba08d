//! Every named query has a case: what it finds in the sample story, as CSV.
//!
//! `tests/queries/NAME/expected.csv` holds the answer and `tests/queries/NAME/params` the values, `name=value` a line.
//! `UPDATE=1 cargo test --test queries` writes the answers anew: read the diff.
#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test stops where it fails; a store and its story are named alike"
)]

mod common;

use backstory::store::{NamedQuery, QueryOptions, ResultFormat, Store};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn store() -> Store {
    let story = common::sample();
    let mut store = Store::memory();
    for reading in story.readings.values() {
        store.insert(reading).unwrap();
    }
    store.set_derived(&story).unwrap();
    store
}

fn csv(store: &Store, text: &str) -> String {
    let found = store.query(text, &QueryOptions::default()).unwrap();
    let csv = found.render(ResultFormat::Csv, store.vocab()).unwrap();
    csv.replace("\r\n", "\n")
}

#[test]
fn every_named_query_finds_what_its_case_says() {
    let store = store();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries");
    for query in NamedQuery::all() {
        let case = cases.join(query.name);
        let values = fs::read_to_string(case.join("params")).unwrap_or_default();
        let values: BTreeMap<String, String> = values
            .lines()
            .filter_map(|it| it.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let text = query.with(&values, store.vocab()).unwrap();
        let found = csv(&store, &text);
        let expected = case.join("expected.csv");
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&case).unwrap();
            fs::write(&expected, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected)
            .unwrap_or_else(|_| panic!("@{} has no case: {}", query.name, expected.display()));
        assert_eq!(found, expected, "@{}", query.name);
        assert!(
            1 < found.lines().count(),
            "@{}: a case that finds nothing shows nothing",
            query.name
        );
    }
}

#[test]
fn every_named_query_says_what_it_is() {
    for query in NamedQuery::all() {
        assert!(
            !query.title.is_empty() && query.about.ends_with('.'),
            "@{}",
            query.name
        );
        for param in &query.params {
            assert!(!param.about.is_empty(), "@{} {}", query.name, param.name);
            assert!(
                query.text.contains(&format!("${}", param.name)),
                "@{} {}",
                query.name,
                param.name
            );
        }
    }
}

#[test]
fn led_to_equals_the_property_path() {
    let store = store();
    let path = "(faro:causes|faro:enables|bst:leadsTo|^bst:respondsTo)";
    let same = "(bst:sameEvent|^bst:sameEvent)*";
    let ends = [
        "?c",
        "?e",
        "ev:e:loss",
        "ev:e:ban-kr",
        "ev:e:ban-en",
        "ev:e:local",
        "ev:e:nowhere",
    ];
    for cause in ends {
        for effect in ends {
            let ask = |property: &str| {
                csv(
                    &store,
                    &format!("SELECT DISTINCT * {{ {cause} {property} {effect} }} ORDER BY ?c ?e"),
                )
            };
            let fast = ask("bst:ledTo");
            assert_eq!(
                fast,
                ask(&format!("{same}/({path}/{same})+")),
                "{cause} {effect}"
            );
        }
    }
    let all = csv(&store, "SELECT ?c ?e { ?c bst:ledTo ?e } ORDER BY ?c ?e");
    assert_eq!(all.lines().count(), 5, "{all}");
}

#[test]
fn wrong_queries_say_where() {
    let store = store();
    let error = store
        .query(
            "SELECT ?x {\n  ?x a bst:Event ;; . }}",
            &QueryOptions::default(),
        )
        .unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().starts_with("query:2:"), "{error}");
    assert!(error.next_step().is_some());
    let query = NamedQuery::find("events-of").unwrap();
    let error = query
        .with(
            &BTreeMap::from([("actr".to_owned(), "x".to_owned())]),
            store.vocab(),
        )
        .unwrap_err();
    assert!(error.next_step().unwrap().contains("actor"), "{error}");
}

#[test]
fn values_cannot_change_a_query() {
    let store = store();
    let query = NamedQuery::find("events-of").unwrap();
    for value in [
        "\") } DELETE",
        "<x> } #",
        "a\\\"b\nc",
        "wd:Q182477",
        "$lang",
        "'",
    ] {
        let values = BTreeMap::from([("actor".to_owned(), value.to_owned())]);
        let text = query.with(&values, store.vocab()).unwrap();
        let found = store.query(&text, &QueryOptions::default()).unwrap();
        assert_eq!(found.rows() == 0, value != "wd:Q182477", "{value}");
    }
}

#[test]
fn results_come_in_every_form() {
    let store = store();
    let rows = store
        .query(
            "SELECT ?l { ev:e:loss rdfs:label ?l } ORDER BY ?l",
            &QueryOptions::default(),
        )
        .unwrap();
    for (word, part) in [
        ("table", "Nvidia"),
        ("json", "\"bindings\""),
        ("xml", "<sparql"),
        ("csv", "l\r\n"),
        ("tsv", "?l\n"),
    ] {
        let form = ResultFormat::from_word(word).unwrap();
        assert!(
            rows.render(form, store.vocab()).unwrap().contains(part),
            "{word}"
        );
    }
    let turtle = ResultFormat::from_word("ttl").unwrap();
    assert!(
        rows.render(turtle, store.vocab())
            .unwrap_err()
            .next_step()
            .is_some()
    );
    let graph = store
        .query(
            "CONSTRUCT { ?a faro:causes ?b } { ?a faro:causes ?b }",
            &QueryOptions::default(),
        )
        .unwrap();
    for word in ["ttl", "nt", "jsonld", "rdfxml", "table", "json"] {
        let form = ResultFormat::from_word(word).unwrap();
        let text = graph.render(form, store.vocab()).unwrap();
        assert!(
            text.contains("ban-kr") && text.contains("loss"),
            "{word}: {text}"
        );
    }
    let yes = store
        .query("ASK { ?a faro:causes ?b }", &QueryOptions::default())
        .unwrap();
    assert_eq!(
        yes.render(ResultFormat::Table, store.vocab()).unwrap(),
        "true\n"
    );
}
