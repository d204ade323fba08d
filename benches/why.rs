//! How long `why` takes on a story of 100,000 events with about three causes each.
//!
//! `cargo bench --bench why`; the story is generated, the same on every machine.

use backstory::answer::{Knowledge, Options, Teller};
use backstory::graph::{CausalGraph, GraphOptions};
use backstory::model::{
    Article, ArticleId, Certainty, Confidence, Edtf, Event, EventId, EventTypeId, Evidence,
    Factuality, Field, Lang, Link, LinkEnd, LinkParts, Mention, Part, Place, Published, Reading,
    Relation, RuleId, Span, Story, Strength, When,
};
use chrono::{Duration, NaiveDate};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

const EVENTS: usize = 100_000;
const PER_ARTICLE: usize = 10;
/// How far back a cause may lie, in events.
const WINDOW: f64 = 5000.0;

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| Knowledge::embedded().expect("the data files are right"));
static STORY: LazyLock<Story> = LazyLock::new(story);

fn main() {
    divan::main();
}

/// Makes a story ready for questions.
#[divan::bench(sample_count = 3)]
fn prepare() -> usize {
    Teller::new(&STORY, &KNOWLEDGE).views().len()
}

/// The first search, which reads every event.
#[divan::bench(sample_count = 3)]
fn first_find(bencher: divan::Bencher) {
    bencher
        .with_inputs(|| Teller::new(&STORY, &KNOWLEDGE))
        .bench_values(|teller| {
            teller
                .find("Why did chip prices fall in plant 77 777?", None)
                .len()
        });
}

/// A further search.
#[divan::bench]
fn find(bencher: divan::Bencher) {
    let teller = Teller::new(&STORY, &KNOWLEDGE);
    teller.find("warm", None);
    bencher.bench_local(|| {
        teller
            .find("Why did chip prices fall in plant 77 777?", None)
            .len()
    });
}

/// An event by its id: the graph is made and walked.
#[divan::bench]
fn why(bencher: divan::Bencher) {
    let teller = Teller::new(&STORY, &KNOWLEDGE);
    let last = id(EVENTS - 1);
    bencher.bench_local(|| {
        teller
            .why(last.as_str(), &Options::default())
            .map(|it| it.chains.len())
    });
}

/// The closure behind `bst:ledTo`.
#[divan::bench]
fn led_to(bencher: divan::Bencher) {
    let teller = Teller::new(&STORY, &KNOWLEDGE);
    let graph = CausalGraph::new(teller.views(), teller.links(), GraphOptions::default());
    let reach = graph.reachability();
    let last = id(EVENTS - 1);
    bencher.bench_local(|| reach.causes(&last).len());
}

fn id(at: usize) -> EventId {
    EventId::new(format!("e:{at:06}"))
}

/// Numbers that look random and are the same everywhere.
struct Dice(u64);

impl Dice {
    /// Returns a number from 0 to 1.
    fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap_or(0)) / f64::from(u32::MAX >> 1)
    }
}

fn story() -> Story {
    let mut dice = Dice(1);
    let mut story = Story::default();
    for article in 0..EVENTS / PER_ARTICLE {
        story.insert(reading(article, &mut dice));
    }
    story
}

fn reading(article: usize, dice: &mut Dice) -> Reading {
    let first = article * PER_ARTICLE;
    let article_id = ArticleId::new(format!("a{article:05}"));
    let mut text = String::new();
    let (mut events, mut links, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
    for at in first..first + PER_ARTICLE {
        let start = text.len();
        let _ = write!(
            text,
            "Chip prices fell in plant {} {at} after a week of talks. ",
            at % 100
        );
        let span = |from: usize, to: usize| Span::new(start + from, start + to).expect("not empty");
        let evidence = Evidence {
            article: article_id.clone(),
            place: Place::new(Field::Text, span(12, 16)),
            sentence: Span::new(start, text.len() - 1).expect("not empty"),
            rule: RuleId::new("bench"),
        };
        sentences.push(Place::new(Field::Text, evidence.sentence));
        events.push(event(at, evidence.clone()));
        for _ in 0..3 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a gap is a small positive number"
            )]
            let gap = (dice.roll() * WINDOW.ln()).exp() as usize;
            if let Some(cause) = at.checked_sub(gap.max(1)) {
                links.push(link(cause, at, dice.roll(), evidence.clone()));
            }
        }
    }
    Reading {
        article: Article {
            id: article_id,
            title: None,
            text,
            lang: Lang::new("en"),
            published: Published::parse("2025-12-31"),
            source: None,
            url: None,
        },
        sentences,
        timexes: Vec::new(),
        events,
        links,
        entities: BTreeMap::new(),
    }
}

fn event(at: usize, evidence: Evidence) -> Event {
    let begin = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
    let day = begin + Duration::days(i64::try_from(at / 12).unwrap_or(0));
    let when = When::dated(Edtf::at(Part::Day(day)), Certainty::Exact);
    let mention = Mention {
        evidence,
        attribution: Vec::new(),
    };
    let mut event = Event::new(
        id(at),
        EventTypeId::new("Fall"),
        when,
        Factuality::Actual,
        mention,
    );
    let label = format!("Chip prices fall in plant {} {at}", at % 100);
    event.labels.insert(Lang::new("en"), label);
    event
}

fn link(cause: usize, effect: usize, sure: f64, evidence: Evidence) -> Link {
    let end = |at: usize| LinkEnd {
        event: Some(id(at)),
        trigger: None,
        clause: None,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "5 to 99"
    )]
    let hundredths = (5.0 + sure * 94.0) as u8;
    let parts = LinkParts {
        from: end(cause),
        to: end(effect),
        relation: Relation::Causes,
        strength: Strength::Explicit,
        confidence: Confidence::new(hundredths),
        asserted: true,
        cue: String::new(),
        cue_place: None,
        rule: RuleId::new("bench"),
        attribution: Vec::new(),
    };
    Link::new(parts, vec![evidence]).expect("one sentence")
}
