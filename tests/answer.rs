//! Questions to small stories: what is found, what led where, what is kept apart.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod common_story;

use backstory::answer::{
    Answer, Basis, ConflictKind, Knowledge, Options, ProblemKind, Teller, TimelineQuery, Verb,
    as_of, check,
};
use backstory::graph::{CausalGraph, ContradictionKind, GraphOptions};
use backstory::model::{EventId, Factuality, Lang, Relation, Role, Story, Strength};
use common_story::{Tale, h20, id, sum, with};

fn knowledge() -> Knowledge {
    Knowledge::embedded().unwrap()
}

fn hedged() -> Options {
    Options {
        include_hedged: true,
        ..Options::default()
    }
}

/// Returns the names of events, as the story builder has them.
fn names<'e>(ids: impl IntoIterator<Item = &'e EventId>) -> Vec<String> {
    ids.into_iter()
        .map(|it| it.as_str().trim_start_matches("e:").to_owned())
        .collect()
}

/// Returns every chain as the names along it.
fn chains(answer: &Answer) -> Vec<String> {
    let chain = |it: &backstory::answer::Chain| {
        let mut line = names([&it.steps[0].earlier]).remove(0);
        for step in &it.steps {
            let relation = step.link.relation.as_str();
            line.extend([" ", relation, " ", &step.later.as_str()[2..]]);
        }
        line
    };
    answer.chains.iter().map(chain).collect()
}

#[test]
fn questions_in_two_languages_find_the_deed_and_not_its_telling() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    for (query, best) in [
        ("H20 수출 재개", "approval"),
        ("H20 수출 허용은 왜 이뤄졌나?", "approval"),
        ("H20 exports resumed", "approval"),
        ("Why did the US approve H20 exports to China?", "approval"),
        ("H20 수출 금지", "ban"),
        ("the ban on H20 exports", "ban"),
        ("엔비디아는 왜 55억달러를 손실 처리했나?", "writedown"),
        ("젠슨 황이 수출 재개 승인을 밝혔다", "interview"),
        ("10일 백악관 면담", "meeting"),
        ("Nvidia shares on 15 July", "shares"),
    ] {
        let found = teller.find(query, None);
        assert_eq!(
            names(found.iter().map(|it| &it.id))
                .first()
                .map(String::as_str),
            Some(best),
            "{query}: {found:?}"
        );
    }
}

#[test]
fn why_tells_causes_reversals_and_denials_apart() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller.why("H20 수출 재개", &hedged()).unwrap();
    assert_eq!(answer.event, id("approval"));
    assert_eq!(answer.lang, Lang::new("ko"));
    assert_eq!(
        chains(&answer),
        [
            "meeting leads_to approval",
            "talks causes framework enables approval"
        ]
    );
    assert_eq!(answer.chains[0].basis, Basis::Hedged);
    assert_eq!(answer.chains[1].basis, Basis::Stated);
    let hops: Vec<String> = answer
        .reverses
        .iter()
        .map(|it| format!("{} {} {}", it.earlier, it.link.relation.as_str(), it.later))
        .collect();
    assert_eq!(
        hops,
        [
            "e:ban reverses e:approval",
            "e:rules strengthens e:ban",
            "e:ban causes e:writedown",
            "e:denial reverses e:approval",
        ]
    );
    assert_eq!(
        names(&answer.order),
        [
            "rules",
            "ban",
            "denial",
            "talks",
            "framework",
            "meeting",
            "approval"
        ]
    );
    let claim = answer
        .conflicts
        .iter()
        .find(|it| it.kind == ConflictKind::Claim);
    assert_eq!(claim.unwrap().events, [id("denial"), id("approval")]);
    assert!(
        !answer
            .conflicts
            .iter()
            .any(|it| it.kind == ConflictKind::Date),
        "9 April refines April"
    );
    assert!(answer.order.iter().all(|it| answer.events.contains_key(it)));
}

#[test]
fn only_stated_causes_are_walked_unless_asked() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller.why("H20 수출 재개", &Options::default()).unwrap();
    assert_eq!(chains(&answer), ["talks causes framework enables approval"]);
    let sure = Options {
        min_confidence: backstory::model::Confidence::new(80),
        ..Options::default()
    };
    let answer = teller.why("H20 수출 재개", &sure).unwrap();
    assert!(answer.chains.is_empty());
}

#[test]
fn what_a_cause_strengthened_is_context() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller
        .ask("엔비디아는 왜 55억달러를 손실 처리했나?", &hedged())
        .unwrap();
    assert_eq!(answer.verb, Verb::Why);
    assert_eq!(chains(&answer), ["rules strengthens ban causes writedown"]);
    assert!(
        (answer.chains[0].score - 0.95).abs() < 1e-9,
        "context is no cause"
    );
    assert_eq!(names(&answer.order), ["rules", "ban", "writedown"]);
}

#[test]
fn effects_run_on_and_include_what_reversed_it() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller
        .ask("What followed the ban on H20 exports?", &Options::default())
        .unwrap();
    assert_eq!(answer.verb, Verb::Effects);
    assert_eq!(chains(&answer), ["ban causes writedown"]);
    assert_eq!(names(&answer.order), ["ban", "writedown", "approval"]);
    let answer = teller
        .effects("H20 수출 재개 승인", &Options::default())
        .unwrap();
    assert_eq!(
        chains(&answer),
        ["approval causes shares", "approval responds_to letter"]
    );
}

#[test]
fn paths_join_two_events() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller
        .ask(
            "How did the London talks lead to the rise of Nvidia shares?",
            &Options::default(),
        )
        .unwrap();
    assert_eq!(answer.verb, Verb::Path);
    assert_eq!(answer.begin, Some(id("talks")));
    assert_eq!(
        chains(&answer),
        ["talks causes framework enables approval causes shares"]
    );
    let none = teller
        .path("Nvidia shares", "H20 수출 금지", &Options::default())
        .unwrap();
    assert!(none.chains.is_empty());
    assert_eq!(names(&none.order), ["ban", "shares"]);
}

#[test]
fn no_recorded_cause_is_an_answer_with_what_was_earlier() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller.why("백악관 면담", &Options::default()).unwrap();
    assert!(answer.chains.is_empty() && answer.reverses.is_empty());
    assert_eq!(
        names(&answer.earlier),
        ["rules", "ban", "denial", "talks", "framework"]
    );
    assert_eq!(names(&answer.order), ["meeting"]);
    assert!(answer.sparql.contains("VALUES ?to { ev:e:meeting }"));
}

#[test]
fn nothing_found_names_the_nearest() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    for query in ["삼성전자 파업", "strikes at Volkswagen", "", "?"] {
        let error = teller.why(query, &Options::default()).unwrap_err();
        assert!(error.is_not_found(), "{query}");
        assert_eq!(teller.nearest(query, &Lang::new("ko")).len(), 3, "{query}");
    }
    let lost = Options {
        at: Some(EventId::new("e:none")),
        ..Options::default()
    };
    assert!(teller.why("H20", &lost).unwrap_err().is_not_found());
}

#[test]
fn an_event_is_asked_for_by_id() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    for (query, at) in [
        ("e:ban-en", None),
        ("e:writ", None),
        ("anything", Some(id("ban-en"))),
    ] {
        let options = Options {
            at,
            ..Options::default()
        };
        let answer = teller.why(query, &options).unwrap();
        let expected = if query == "e:writ" {
            "writedown"
        } else {
            "ban"
        };
        assert_eq!(answer.event, id(expected));
    }
}

#[test]
fn as_of_knows_only_what_was_published() {
    let (story, knowledge) = (h20(), knowledge());
    let day = |it: &str| it.parse().unwrap();
    let known = as_of(&story, day("2025-07-16"));
    assert_eq!(known.readings.len(), 1);
    assert!(known.derived.merges.is_empty());
    let teller = Teller::new(&story, &knowledge);
    let options = Options {
        as_of: Some(day("2025-07-16")),
        ..hedged()
    };
    let answer = teller.why("H20 수출 재개", &options).unwrap();
    assert_eq!(chains(&answer), ["meeting leads_to approval"]);
    let options = Options {
        as_of: Some(day("2025-07-12")),
        ..hedged()
    };
    assert!(
        teller
            .why("H20 수출 재개", &options)
            .unwrap_err()
            .is_not_found()
    );
}

#[test]
fn from_and_to_limit_the_events() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let options = Options {
        from: "2025-06-11".parse().ok(),
        ..hedged()
    };
    let answer = teller.why("H20 수출 재개", &options).unwrap();
    assert!(!answer.order.contains(&id("ban")));
    let options = Options {
        to: "2025-04-30".parse().ok(),
        ..Options::default()
    };
    let timeline = teller
        .timeline(&TimelineQuery::default(), &options)
        .unwrap();
    let events = names(timeline.events.iter().map(|it| &it.event.id));
    assert_eq!(
        events,
        ["rules", "ban", "writedown"],
        "undated ones may belong"
    );
}

#[test]
fn a_timeline_is_about_words_an_actor_or_an_event() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let ask = |query: TimelineQuery, depth| {
        let options = Options {
            depth,
            ..Options::default()
        };
        let timeline = teller.timeline(&query, &options).unwrap();
        names(timeline.events.iter().map(|it| &it.event.id))
    };
    let about = |actor: &str| TimelineQuery {
        actor: Some(actor.to_owned()),
        ..TimelineQuery::default()
    };
    assert_eq!(ask(about("젠슨 황"), 6), ["meeting"]);
    assert_eq!(ask(about("us-gov"), 6), ["ban", "approval"]);
    let around = TimelineQuery {
        around: Some(id("writedown")),
        ..TimelineQuery::default()
    };
    assert_eq!(ask(around.clone(), 1), ["ban", "writedown"]);
    assert_eq!(ask(around, 2), ["rules", "ban", "writedown", "approval"]);
    let words = TimelineQuery {
        words: Some("런던".to_owned()),
        ..TimelineQuery::default()
    };
    assert_eq!(ask(words, 6), ["talks"]);
    let all = teller
        .timeline(&TimelineQuery::default(), &Options::default())
        .unwrap();
    assert_eq!(all.events.len(), teller.views().len());
}

#[test]
fn show_gives_mentions_in_context() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let shown = teller.show(&id("ban-en"), 1).unwrap();
    assert_eq!(shown.view.event.id, id("ban"));
    assert_eq!(shown.mentions.len(), 2);
    let sizes: Vec<usize> = shown.mentions.iter().map(|it| it.context.len()).collect();
    assert_eq!(
        sizes,
        [2, 3],
        "the English sentence is the first of its article"
    );
    assert_eq!(shown.links_in.len(), 1);
    assert_eq!(shown.links_out.len(), 2);
    assert!(teller.show(&id("nothing"), 1).unwrap_err().is_not_found());
}

/// Two articles that tell one event differently.
fn disagreeing() -> Story {
    let mut tale = Tale::default();
    for (article, day, count, factuality) in [
        ("a", "2025-09-04", 475, Factuality::Actual),
        ("b", "2025-09-06", 450, Factuality::Negated),
    ] {
        tale.article(article, "en", "2025-09-07");
        let name = format!("raid-{article}");
        let event = tale.event(
            &name,
            ("Raid", day),
            "Agents raid the plant",
            &format!("Agents [raided] the plant and held {count} people."),
        );
        event.factuality = factuality;
        with(event, Role::Agent, "agents", "ice");
        sum(event, count, "people", &format!("{count} people"));
    }
    tale.merge(&["raid-a", "raid-b"]);
    tale.story()
}

#[test]
fn conflicts_name_both_sides() {
    let (story, knowledge) = (disagreeing(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller
        .why("raid on the plant", &Options::default())
        .unwrap();
    let said: Vec<(ConflictKind, &str, usize)> = answer
        .conflicts
        .iter()
        .map(|it| (it.kind, it.text.as_str(), it.evidence.len()))
        .collect();
    assert_eq!(
        said,
        [
            (
                ConflictKind::Date,
                "Agents raid the plant: 2025-09-04 ↔ 2025-09-06",
                2
            ),
            (
                ConflictKind::Figure,
                "Agents raid the plant: 475 people ↔ 450 people",
                2
            ),
            (
                ConflictKind::Claim,
                "Agents raid the plant ↔ Agents raid the plant",
                2
            ),
        ]
    );
}

/// Causes in a circle, and an effect before its cause.
fn impossible() -> Story {
    let mut tale = Tale::default();
    tale.article("a", "en", "2025-01-31");
    for (name, date) in [
        ("a", "2025-01"),
        ("b", "2025-01"),
        ("c", "2025-01"),
        ("late", "2025-01-20"),
        ("soon", "2025-01-10"),
    ] {
        tale.event(
            name,
            ("Fall", date),
            &format!("Price {name} falls"),
            &format!("Price {name} [fell]."),
        );
    }
    for (from, to) in [("a", "b"), ("b", "c"), ("c", "a"), ("late", "soon")] {
        tale.link(from, Relation::Causes, to, (Strength::Explicit, 90));
    }
    tale.story()
}

#[test]
fn what_cannot_be_is_reported_and_not_walked() {
    let (story, knowledge) = (impossible(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller.why("e:soon", &Options::default()).unwrap();
    assert!(answer.chains.is_empty());
    assert_eq!(answer.conflicts[0].kind, ConflictKind::Order);
    let circle = teller
        .why(
            "e:a",
            &Options {
                at: Some(id("a")),
                ..Options::default()
            },
        )
        .unwrap();
    assert_eq!(chains(&circle), ["b causes c causes a"]);
    let problems = check(&teller, &Lang::new("en"));
    let kinds: Vec<ProblemKind> = problems.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [ProblemKind::Cycle, ProblemKind::EffectBeforeCause]);
    let graph = CausalGraph::new(teller.views(), teller.links(), GraphOptions::default());
    assert_eq!(graph.contradictions()[0].kind, ContradictionKind::Circle);
    assert_eq!(
        graph
            .time_order(&[id("soon"), id("a"), id("b"), id("c")])
            .len(),
        4
    );
}

#[test]
fn check_finds_lost_sentences_and_moved_words() {
    let (mut story, knowledge) = (h20(), knowledge());
    assert_eq!(
        check(&Teller::new(&story, &knowledge), &Lang::new("ko")),
        []
    );
    let article = &mut story.readings.values_mut().next().unwrap().article;
    article.text.truncate(40);
    let problems = check(&Teller::new(&story, &knowledge), &Lang::new("ko"));
    assert!(problems.iter().any(|it| it.kind == ProblemKind::NoEvidence));
    assert!(problems.iter().any(|it| it.kind == ProblemKind::Offset));
}

#[test]
fn reachability_is_the_closure_of_asserted_causes() {
    let story = h20();
    let (views, links) = (story.event_views(), story.links());
    let graph = CausalGraph::new(&views, &links, GraphOptions::default());
    let reach = graph.reachability();
    assert_eq!(
        names(reach.causes(&id("shares"))),
        ["approval", "framework", "talks"]
    );
    assert_eq!(
        names(reach.effects(&id("talks"))),
        ["approval", "framework", "letter", "shares"]
    );
    assert!(reach.led_to(&id("talks"), &id("letter")) && !reach.led_to(&id("ban"), &id("ban")));
}

#[test]
fn the_query_names_the_links_with_all_members() {
    let (story, knowledge) = (h20(), knowledge());
    let teller = Teller::new(&story, &knowledge);
    let answer = teller.why("H20 수출 재개", &Options::default()).unwrap();
    let hop = "VALUES ?from { ev:e:framework } VALUES ?relation { faro:enables } VALUES ?to { ev:e:approval ev:e:approval-en }";
    assert!(answer.sparql.contains(hop), "{}", answer.sparql);
}

mod laws {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Returns a story of `n` events with the claims `links` between them.
    fn story(n: usize, links: &[(usize, usize, usize, u8, bool)]) -> Story {
        let mut tale = Tale::default();
        tale.article("a", "en", "2025-12-31");
        for at in 0..n {
            let date = match at % 4 {
                0 => String::new(),
                1 => format!("2025-{:02}", at % 12 + 1),
                2 => format!("../2025-{:02}-15", at % 12 + 1),
                _ => format!("2025-{:02}-{:02}", at % 12 + 1, at % 28 + 1),
            };
            tale.event(
                &format!("{at:02}"),
                ("Fall", &date),
                &format!("Price {at} falls"),
                &format!("Price {at} [fell]."),
            );
        }
        for &(from, to, relation, confidence, explicit) in links {
            let relation = Relation::ALL[relation % Relation::ALL.len()];
            let strength = if explicit {
                Strength::Explicit
            } else {
                Strength::Hedged
            };
            let (from, to) = (from % n, to % n);
            if from != to {
                tale.link(
                    &format!("{from:02}"),
                    relation,
                    &format!("{to:02}"),
                    (strength, confidence),
                );
            }
        }
        tale.story()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn answers_hold_together(
            n in 2_usize..24,
            links in prop::collection::vec((0_usize..24, 0_usize..24, 0_usize..12, 0_u8..=100, any::<bool>()), 0..80),
            at in 0_usize..24,
            hedged in any::<bool>(),
            verb in 0_usize..3,
        ) {
            let story = story(n, &links);
            let knowledge = knowledge();
            let teller = Teller::new(&story, &knowledge);
            let asked = format!("e:{:02}", at % n);
            let options = Options { include_hedged: hedged, ..Options::default() };
            let answer = match verb {
                0 => teller.why(&asked, &options),
                1 => teller.effects(&asked, &options),
                _ => teller.path("e:00", &asked, &options),
            }.unwrap();
            let mut seen = BTreeSet::new();
            for chain in &answer.chains {
                let passed: BTreeSet<&EventId> = chain.steps.iter().map(|it| &it.earlier).collect();
                prop_assert_eq!(passed.len(), chain.steps.len(), "no event twice");
                prop_assert!(chain.steps.windows(2).all(|it| it[0].later == it[1].earlier));
                prop_assert!(seen.insert(format!("{:?}", chain.steps)), "no chain twice");
                for hop in &chain.steps {
                    let extent = |id: &EventId| answer.events[id].event.when.extent();
                    prop_assert!(!extent(&hop.later).is_before(extent(&hop.earlier)));
                    prop_assert!(hedged || hop.link.asserted);
                }
            }
            prop_assert!(answer.chains.windows(2).all(|it| it[1].score <= it[0].score));
            prop_assert!(answer.chains.len() <= options.limit);
            let order: BTreeSet<&EventId> = answer.order.iter().collect();
            prop_assert_eq!(order.len(), answer.order.len());
            prop_assert!(answer.earlier.iter().all(|it| !order.contains(it)));
            check(&teller, &Lang::new("en"));
        }

        #[test]
        fn no_question_breaks_it(question in "\\PC{0,40}") {
            let story = h20();
            let knowledge = knowledge();
            let teller = Teller::new(&story, &knowledge);
            let _ = teller.ask(&question, &Options::default());
            let _ = teller.find(&question, None);
        }
    }
}
