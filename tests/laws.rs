//! Laws that hold for every story: what is written as RDF is read back as it was.
#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test stops where it fails; a store and its story are named alike"
)]

mod common;

use backstory::model::{
    Amount, Article, ArticleId, Attribution, Certainty, Confidence, Derived, Edtf, Entity,
    EntityId, EntityKind, Event, EventId, EventTypeId, Evidence, Factuality, Field, Interval, Lang,
    Link, LinkEnd, LinkParts, Mention, Merge, Part, Participant, Place, Published, Reading,
    Relation, Role, RuleId, Span, StateChange, Story, Strength, Timex, TimexKind, When,
};
use backstory::rdf::{Format, Vocab, from_quads, parse, serialize, to_quads};
use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("수출 \"금지\"했다\n\t\\ <b>&amp;</b> {{x}}".to_owned()),
        Just("a;2#char=0,1/title%20..".to_owned()),
        Just("\u{0}\u{7f}\u{85}\u{2028}\u{feff}\u{10ffff}😀e\u{301}".to_owned()),
        any::<String>(),
        "[a-z0-9가-힣 .]{1,40}",
    ]
}

fn lang() -> impl Strategy<Value = Lang> {
    let tags = ["ko", "en", "zh-Hant", "", "no tag", "de-at"];
    select(tags.to_vec()).prop_map(Lang::new)
}

fn span() -> impl Strategy<Value = Span> {
    (0..60_usize, 1..20_usize).prop_map(|(a, n)| Span::new(a, a + n).unwrap())
}

fn place() -> impl Strategy<Value = Place> {
    (any::<bool>(), span())
        .prop_map(|(title, span)| Place::new(if title { Field::Title } else { Field::Text }, span))
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (1..3_000_000_i32).prop_map(|it| NaiveDate::from_num_days_from_ce_opt(it).unwrap())
}

fn edtf() -> impl Strategy<Value = Edtf> {
    let part = prop_oneof![
        (0..90_i32).prop_map(|it| Part::Century(it * 100)),
        (0..900_i32).prop_map(|it| Part::Decade(it * 10)),
        (1..9999_i32).prop_map(Part::Year),
        (1..9999_i32, 1..13_u32).prop_map(|(y, m)| Part::Month(y, m)),
        (1..9999_i32, select(vec![21, 22, 23, 24, 33, 36, 40, 41]))
            .prop_map(|(y, s)| Part::Season(y, s)),
        day().prop_map(Part::Day),
        (day(), 0..24_u32, 0..60_u32)
            .prop_map(|(d, h, m)| Part::Minute(d.and_hms_opt(h, m, 0).unwrap())),
    ];
    let part = part.boxed();
    let date = prop_oneof![
        part.clone().prop_map(Edtf::at),
        (option::of(part.clone()), part.clone()).prop_map(|(a, b)| Edtf::between(a, Some(b))),
        part.prop_map(|a| Edtf::between(Some(a), None)),
    ];
    (date, any::<bool>()).prop_map(|(it, rough)| if rough { it.approximately() } else { it })
}

fn when() -> impl Strategy<Value = When> {
    let bounds = || {
        (option::of(day()), option::of(day()))
            .prop_map(|(earliest, latest)| Interval { earliest, latest })
    };
    let certainty = select(Certainty::ALL.to_vec());
    prop_oneof![
        bounds().prop_map(When::unstated),
        (edtf(), certainty, bounds())
            .prop_map(|(edtf, certainty, it)| When::dated(edtf, certainty).within(it)),
    ]
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (
        place(),
        span(),
        select(vec!["a", "b", "elsewhere"]),
        words(),
    )
        .prop_map(|(place, sentence, article, rule)| Evidence {
            article: ArticleId::new(article),
            place,
            sentence,
            rule: RuleId::new(rule),
        })
}

fn attributions() -> impl Strategy<Value = Vec<Attribution>> {
    let one =
        (place(), words(), option::of(words())).prop_map(|(place, source, entity)| Attribution {
            place,
            source,
            entity: entity.map(EntityId::new),
        });
    vec(one, 0..3)
}

fn participant() -> impl Strategy<Value = Participant> {
    let amount =
        (any::<i128>(), words()).prop_map(|(hundredths, unit)| Amount { hundredths, unit });
    let entity = option::of(prop_oneof![Just("Q42".to_owned()), words()]);
    (
        select(Role::ALL.to_vec()),
        place(),
        words(),
        entity,
        any::<bool>(),
        option::of(amount),
    )
        .prop_map(|(role, place, text, entity, negated, amount)| Participant {
            role,
            place,
            text,
            entity: entity.map(EntityId::new),
            negated,
            amount,
        })
}

fn event() -> impl Strategy<Value = Event> {
    let mention = (evidence(), attributions()).prop_map(|(evidence, attribution)| Mention {
        evidence,
        attribution,
    });
    let state = (words(), words()).prop_map(|(of, value)| StateChange { of, value });
    let labels = proptest::collection::btree_map(lang(), words(), 0..3);
    let facts = (words(), words(), when(), select(Factuality::ALL.to_vec()));
    let rest = (
        labels,
        vec(participant(), 0..4),
        option::of(state),
        0..=100_u8,
    );
    (vec(mention, 1..4), facts, rest).prop_map(|(mentions, (id, kind, when, factuality), rest)| {
        let mut mentions = mentions.into_iter();
        let first = mentions.next().unwrap();
        let mut event = Event::new(
            EventId::new(id),
            EventTypeId::new(kind),
            when,
            factuality,
            first,
        );
        mentions.for_each(|it| event.add_mention(it));
        (
            event.labels,
            event.participants,
            event.state,
            event.salience,
        ) = rest;
        event
    })
}

fn link() -> impl Strategy<Value = Link> {
    let end = || {
        (
            option::of(words()),
            option::of(place()),
            option::of(place()),
        )
            .prop_map(|(event, trigger, clause)| LinkEnd {
                event: event.map(EventId::new),
                trigger,
                clause,
            })
    };
    let known = (
        select(Relation::ALL.to_vec()),
        select(Strength::ALL.to_vec()),
        0..=100_u8,
        any::<bool>(),
    );
    let cue = (words(), option::of(place()), words(), attributions());
    (end(), end(), known, cue, vec(evidence(), 1..4)).prop_map(
        |(from, to, known, cue, evidence)| {
            let (relation, strength, confidence, asserted) = known;
            let (cue, cue_place, rule, attribution) = cue;
            let confidence = Confidence::new(confidence);
            let rule = RuleId::new(rule);
            let parts = LinkParts {
                from,
                to,
                relation,
                strength,
                confidence,
                asserted,
                cue,
                cue_place,
                rule,
                attribution,
            };
            Link::new(parts, evidence).unwrap()
        },
    )
}

fn timex() -> impl Strategy<Value = Timex> {
    let kind = select(TimexKind::ALL.to_vec());
    (
        place(),
        kind,
        words(),
        option::of(edtf()),
        any::<bool>(),
        any::<bool>(),
        words(),
        words(),
    )
        .prop_map(
            |(place, kind, value, edtf, anaphoric, elapsed, rule, derivation)| Timex {
                place,
                kind,
                value,
                edtf,
                covers: None,
                anaphoric,
                elapsed,
                rule: RuleId::new(rule),
                derivation,
            },
        )
}

fn article(id: &'static str) -> impl Strategy<Value = Article> {
    let published = (day(), words()).prop_map(|(day, original)| Published { day, original });
    (
        option::of(words()),
        words(),
        lang(),
        option::of(published),
        option::of(words()),
        option::of(words()),
    )
        .prop_map(move |(title, text, lang, published, source, url)| Article {
            id: ArticleId::new(id),
            title,
            text,
            lang,
            published,
            source,
            url,
        })
}

fn reading(id: &'static str) -> impl Strategy<Value = Reading> {
    let entity = (
        prop_oneof![Just("Q7".to_owned()), words()],
        select(EntityKind::ALL.to_vec()),
        proptest::collection::btree_map(lang(), words(), 0..3),
    )
        .prop_map(|(id, kind, names)| Entity {
            id: EntityId::new(id),
            kind,
            names,
        });
    (
        article(id),
        vec(place(), 0..4),
        vec(timex(), 0..3),
        vec(event(), 0..4),
        vec(link(), 0..3),
        vec(entity, 0..3),
    )
        .prop_map(
            |(article, sentences, timexes, events, links, entities)| Reading {
                article,
                sentences,
                timexes,
                events,
                links,
                entities: entities.into_iter().map(|it| (it.id.clone(), it)).collect(),
            },
        )
}

fn derived() -> impl Strategy<Value = Derived> {
    let ids = vec(words().prop_map(EventId::new), 0..4);
    let merge = (ids, vec(words(), 0..4)).prop_map(|(members, why)| Merge { members, why });
    (vec(merge, 0..3), vec(link(), 0..3)).prop_map(|(merges, links)| Derived { merges, links })
}

fn story() -> impl Strategy<Value = Story> {
    (
        option::of(reading("a").boxed()),
        option::of(reading("b").boxed()),
        reading("c/기사 %2F."),
        derived(),
    )
        .prop_map(|(a, b, c, derived)| {
            let mut story = Story::default();
            a.into_iter()
                .chain(b)
                .chain([c])
                .for_each(|it| story.insert(it));
            story.derived = derived;
            story
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn stories_survive_rdf(story in story()) {
        let quads = to_quads(&story);
        prop_assert_eq!(&from_quads(quads.clone()).unwrap(), &story);
        let mut backwards = quads.clone();
        backwards.reverse();
        prop_assert_eq!(&from_quads(backwards).unwrap(), &story);
        let vocab = Vocab::default();
        for format in [Format::NQuads, Format::TriG] {
            let bytes = serialize(&quads, format, &vocab).unwrap();
            let again = parse(&bytes, format).unwrap();
            prop_assert_eq!(&from_quads(again.clone()).unwrap(), &story);
            prop_assert_eq!(serialize(&again, format, &vocab).unwrap(), bytes);
        }
    }

    #[test]
    fn no_quads_make_reading_panic(story in story(), drop in 0..2000_usize) {
        let mut quads = to_quads(&story);
        let drop = drop % quads.len();
        quads.remove(drop);
        let _ = from_quads(quads);
    }
}

#[test]
fn the_sample_survives_another_base() {
    let vocab = Vocab::new("https://news.example/terms/").unwrap();
    let story = common::sample();
    let quads = vocab.to_quads(&story);
    assert_eq!(vocab.from_quads(quads.clone()).unwrap(), story);
    assert_eq!(from_quads(quads).unwrap(), Story::default());
}

#[test]
fn offsets_are_code_points() {
    let quads = to_quads(&common::sample());
    let text = serialize(&quads, Format::NQuads, &Vocab::default()).unwrap();
    let text = String::from_utf8(text).unwrap();
    let chars = common::KOREAN
        .split("금지했다")
        .next()
        .unwrap()
        .chars()
        .count();
    let phrase = format!("kr%2F2025-07-16#char={},{}>", chars, chars + 4);
    assert!(text.contains(&phrase), "{phrase}");
    assert!(!text.contains("_:"), "no blank nodes");
}
