//! What the events of short texts are: their type, line, date and factuality.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use backstory::lang::{Catalog, EventTypes, Packs};
use backstory::model::{Article, ArticleId, Event, Lang, Published, Relation};
use backstory::pipeline::Reader;
use backstory::read::facts::{self, Known};
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let (packs, catalog) = (Packs::embedded().unwrap(), Catalog::embedded().unwrap());
    Reader::new(&packs, &catalog, &EventTypes::embedded().unwrap()).unwrap()
});

/// Reads `text` as published on 16 July 2025 and looks for the events `TYPE | LINE | DATE | FACTUALITY`; a missing date is `-`.
fn check(lang: &str, text: &str, wanted: &[&str]) {
    let lang = Lang::new(lang);
    let article = Article {
        id: ArticleId::new("a"),
        title: None,
        text: text.to_owned(),
        lang: lang.clone(),
        published: Published::parse("2025-07-16"),
        source: None,
        url: None,
    };
    let (reading, _) = READER.read_with_background(article);
    let line = |it: &Event| {
        let date = it.when.edtf().map_or("-".to_owned(), ToString::to_string);
        let (sort, label) = (it.event_type.as_str(), it.label(&lang));
        format!("{sort} | {label} | {date} | {}", it.factuality.as_str())
    };
    let told: Vec<String> = reading.events.iter().map(line).collect();
    for it in wanted {
        assert!(told.iter().any(|told| told == it), "{it}\nnot in {told:#?}");
    }
}

#[test]
fn english_events_are_named_as_they_are_written() {
    check(
        "en",
        "Nvidia and AMD have agreed to a deal. The bank will not raise its rate on Friday. US tariffs hurt exports.",
        &[
            "Agree | Nvidia and AMD have agreed to a deal | - | actual",
            "Rise | bank will not raise its rate on Friday | 2025-07-18 | negated",
            "ImposeTariff | US tariffs | - | actual",
        ],
    );
}

#[test]
fn what_is_struck_or_fired_says_the_type() {
    check(
        "en",
        "Seoul struck a deal with Tokyo. A lorry hit a bus on 3 May 2025. A storm struck the coast. Pyongyang fired two missiles.",
        &[
            "Agree | Seoul struck a deal with Tokyo | - | actual",
            "Accident | lorry hit a bus on 3 May 2025 | 2025-05-03 | actual",
            "Disaster | storm struck the coast | - | actual",
            "FireMissile | Pyongyang fired two missiles | - | actual",
        ],
    );
}

#[test]
fn a_date_that_names_a_noun_is_that_nouns() {
    check(
        "en",
        "The court lifted the ban of 9 April 2025. As a result of that ban, the company had lost money.",
        &["Prohibit | ban of 9 April 2025 | 2025-04-09 | actual"],
    );
}

#[test]
fn what_may_be_is_conditional_and_what_was_caused_happened() {
    check(
        "en",
        "The curbs may be eased. The storm caused the school to close on Tuesday.",
        &[
            "Ease | curbs may be eased | - | conditional",
            "Close | school to close on Tuesday | 2025-07-15 | actual",
        ],
    );
}

#[test]
fn a_korean_denial_reaches_no_clause_before_it() {
    check(
        "ko",
        "한국은 협정이 적용돼 관세를 부과하지 않았다.",
        &[
            "Begin | 협정 적용 | - | actual",
            "ImposeTariff | 한국, 관세 부과 | - | negated",
        ],
    );
}

#[test]
fn who_makes_something_happen_is_named_as_such() {
    check(
        "ko",
        "남성은 지난 10일 여성을 숨지게 했다.",
        &["Die | 남성, 여성 숨지게 하다 | 2025-07-10 | actual"],
    );
}

#[test]
fn lists_of_related_stories_and_addresses_tell_nothing() {
    let text = "Rates fell on Monday. See https://example.org/2024/06/13/a.html.\n\nRelated stories\n- Minister resigned on 4 May 2022\n";
    check(
        "en",
        text,
        &["Fall | Rates fell on Monday | 2025-07-14 | actual"],
    );
    let lang = Lang::new("en");
    let article = Article {
        id: ArticleId::new("a"),
        title: None,
        text: text.to_owned(),
        lang: lang.clone(),
        published: None,
        source: None,
        url: None,
    };
    let (reading, _) = READER.read_with_background(article);
    let resigned = |it: &Event| it.label(&lang).contains("resigned");
    assert!(!reading.events.iter().any(resigned));
    assert_eq!(reading.timexes.len(), 1, "{:?}", reading.timexes);
}

/// A fact quotes a part of its sentence, and its trigger is one that the rules read.
const FACT: &str = r#"{"id": "desk", "article": "a", "events": [{"key": "ban", "type": "Sanction", "sentence": "banned the sale", "trigger": "banned", "date": "2025-04-09"}]}"#;

#[test]
fn a_fact_by_hand_takes_the_place_of_what_the_rules_read() {
    let article = Article {
        id: ArticleId::new("a"),
        title: None,
        text: "Washington banned the sale of the chip in April. As a result of the ban, the company lost money.".to_owned(),
        lang: Lang::new("en"),
        published: Published::parse("2025-07-16"),
        source: None,
        url: None,
    };
    let (mut reading, _) = READER.read(article);
    let before = reading.clone();
    let (types, catalog) = (
        EventTypes::embedded().unwrap(),
        Catalog::embedded().unwrap(),
    );
    let known = Known {
        types: &types,
        catalog: &catalog,
    };
    let facts = facts::parse("facts.jsonl", FACT).remove(0).unwrap();
    facts.apply(&mut reading, &known).unwrap();
    assert_eq!(reading.events.len(), before.events.len());
    let sanction = |it: &&Event| it.event_type.as_str() == "Sanction";
    let event = reading.events.iter().find(sanction).unwrap();
    assert_eq!(event.when.edtf().unwrap().to_string(), "2025-04-09");
    let at = &event.main_mention().evidence;
    let quote = reading.article.slice(at.place.field, at.sentence);
    assert_eq!(quote, "Washington banned the sale of the chip in April.");
    let causes = reading
        .links
        .iter()
        .filter(|it| it.relation == Relation::Causes);
    let from: Vec<_> = causes.map(|it| it.from.event.clone()).collect();
    assert_eq!(
        from,
        [Some(event.id.clone())],
        "the claim is about the fact now"
    );
}
