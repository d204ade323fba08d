//! What follows from two events, by the rules of `queries/rules` and by a reader's own.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use backstory::derive::Rules;
use backstory::lang::{Catalog, EventTypes, Packs};
use backstory::model::{Article, ArticleId, Lang, Published, Reading, Story};
use backstory::pipeline::Reader;
use backstory::rdf;
use std::fs;

fn read(rules: Option<Rules>, text: &str) -> Reading {
    read_as("a", rules, text)
}

fn read_as(id: &str, rules: Option<Rules>, text: &str) -> Reading {
    let types = EventTypes::embedded().unwrap();
    let catalog = Catalog::embedded().unwrap();
    let mut reader = Reader::new(&Packs::embedded().unwrap(), &catalog, &types).unwrap();
    if let Some(rules) = rules {
        reader = reader.with_rules(rules);
    }
    let article = Article {
        id: ArticleId::new(id),
        title: None,
        text: text.to_owned(),
        lang: Lang::new("en"),
        published: Published::parse("2025-08-30"),
        source: None,
        url: None,
    };
    reader.read(article).0
}

/// The derived links of `text` are those: rule, relation, the words of both sides.
fn check(rules: Option<Rules>, text: &str, wanted: &[&str]) {
    let reading = read(rules, text);
    let derived = reading
        .links
        .iter()
        .filter(|it| it.rule.as_str().starts_with("derived/"));
    let shown = derived.map(|link| {
        let words = |id: &Option<backstory::model::EventId>| {
            let event = reading
                .events
                .iter()
                .find(|it| Some(&it.id) == id.as_ref())
                .unwrap();
            let place = event.main_mention().evidence.place;
            reading.article.slice(place.field, place.span).to_owned()
        };
        assert!(!link.evidence().is_empty() && link.asserted);
        let (from, to) = (words(&link.from.event), words(&link.to.event));
        format!("{}: {from} {} {to}", link.rule, link.relation.as_str())
    });
    let shown: Vec<String> = shown.collect();
    assert_eq!(shown, wanted, "{text}");
}

const BAN: &str = "The US government banned exports of the H20 chip to China on April 15, 2025. ";

#[test]
fn a_later_opposite_state_reverses_the_earlier() {
    let text = format!(
        "{BAN}The US government approved exports of the H20 chip to China on July 14, 2025."
    );
    check(
        None,
        &text,
        &["derived/opposite-state: approved reverses banned"],
    );
}

#[test]
fn a_measure_made_stricter_strengthens_the_earlier_one() {
    let text =
        format!("{BAN}The US government tightened exports of chips to China on July 14, 2025.");
    check(
        None,
        &text,
        &[
            "derived/dated-order: banned before tightened",
            "derived/tightened-state: tightened strengthens banned",
        ],
    );
}

#[test]
fn another_thing_is_not_reversed() {
    let text = format!(
        "{BAN}The Korean government approved exports of ginseng to Japan on July 14, 2025."
    );
    check(None, &text, &[]);
}

#[test]
fn what_is_only_planned_reverses_nothing() {
    let text = format!(
        "{BAN}The US government will approve exports of the H20 chip to China on December 14, 2025."
    );
    check(None, &text, &[]);
}

#[test]
fn an_undated_earlier_event_is_not_reversed() {
    let text = "The US government banned exports of the H20 chip to China. The US government approved exports of the H20 chip to China.";
    check(None, text, &[]);
}

#[test]
fn a_rule_of_the_readers_own_is_run() {
    let folder = tempfile::tempdir().unwrap();
    let rule = "# title: Answer\n# about: It answers it.\n# confidence: 42\n# after: undoes\n\nCONSTRUCT { ?b bst:respondsTo ?a } WHERE { ?b bst:undoes ?a }\n";
    fs::write(folder.path().join("8-answer.rq"), rule).unwrap();
    fs::write(folder.path().join("4-opposite-state.rq"), rule).unwrap();
    let mut rules = Rules::embedded(&EventTypes::embedded().unwrap());
    rules.add_folder(folder.path()).unwrap();
    let text = format!(
        "{BAN}The US government approved exports of the H20 chip to China on July 14, 2025."
    );
    check(
        Some(rules),
        &text,
        &["derived/opposite-state: approved responds_to banned"],
    );
}

#[test]
fn what_is_no_rule_is_told_with_its_place() {
    let types = EventTypes::embedded().unwrap();
    let refused = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("9-wrong.rq"), text).unwrap();
        let error = Rules::embedded(&types)
            .add_folder(folder.path())
            .unwrap_err();
        error.to_string()
    };
    assert!(
        refused("SELECT ?e { ?e a bst:Event }").contains("9-wrong.rq: a rule is a CONSTRUCT query")
    );
    assert!(refused("CONSTRUCT { ?a bst:b ?c }\nWHERE { ?a }").contains("9-wrong.rq:2:"));
}

#[test]
fn articles_are_related_by_the_places_of_their_own() {
    let grant = "The US government approved exports of the H20 chip to China on July 14, 2025.";
    let mut story = Story::default();
    story.insert(read_as("one", None, BAN));
    story.insert(read_as("another", None, grant));
    let rules = Rules::embedded(&EventTypes::embedded().unwrap());
    story.derived.links = rules.across(&story).unwrap();
    let told: Vec<&str> = story
        .derived
        .links
        .iter()
        .map(|it| it.rule.as_str())
        .collect();
    assert_eq!(told, ["derived/opposite-state"]);
    let quads = rdf::to_quads(&story);
    let lost = quads.iter().find(|it| it.to_string().contains("#byte="));
    assert_eq!(lost, None, "a place that its article does not have");
}
