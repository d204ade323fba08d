//! JSON: one versioned document for each verb, and the `extract` line.
//!
//! Offsets are code points, quotes and labels exactly as given; rows are types of this module, so the model can change.

mod extract;
mod rows;

pub use extract::extract_line;
pub(super) use rows::Maker;

use super::{Content, Exporter, Found, Shown, View};
use crate::answer::{Answer, Basis, Chain, ConflictKind, Hop, Timeline, Verb};
use crate::model::{EventId, EventView};
use rows::{ArticleRow, EventRow, EvidenceRow, LinkRow};
use serde::Serialize;
use std::{collections::BTreeMap, fmt::Write as _, io};

/// The format `json`.
pub struct Json;

impl Exporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "one JSON document, versioned; `backstory schema VERB` prints its JSON Schema"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["answer", "timeline", "show", "find"]
    }

    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        match view.content {
            Content::Answer(answer) => document(out, &AnswerRow::new(view, answer)),
            Content::Timeline(timeline) => document(out, &TimelineRow::new(view, timeline)),
            Content::Show(shown) => document(out, &ShowRow::new(view, shown)),
            Content::Found(found) => document(out, &FoundRow::new(found)),
        }
    }
}

fn document(out: &mut dyn io::Write, row: &impl Serialize) -> io::Result<()> {
    let text = harmless(serde_json::to_string_pretty(row)?);
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")
}

/// How many bytes are looked through at once.
const PIECE: usize = 64;

/// Escapes the control characters and direction marks that JSON may hold bare and a terminal would obey; the value stays the same.
pub(super) fn harmless(json: String) -> String {
    let obeyed = |it: char| matches!(it, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // All of them begin with one of these bytes; no other letter need be looked at.
    let suspect = |it: u8| matches!(it, 0x7f | 0xc2 | 0xd8 | 0xe2);
    let found = |(at, byte): (usize, &u8)| suspect(*byte) && json[at..].starts_with(obeyed);
    // Whole pieces without one of them are told in one go.
    let holds = |(piece, bytes): (usize, &[u8])| {
        let any = bytes.iter().fold(false, |any, it| any | suspect(*it));
        let mut places = (piece * PIECE..).zip(bytes);
        any && places.any(found)
    };
    if !json.as_bytes().chunks(PIECE).enumerate().any(holds) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len());
    for it in json.chars() {
        if obeyed(it) {
            // Writing into a text cannot fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(it));
        } else {
            escaped.push(it);
        }
    }
    escaped
}

/// Rounds to four digits: enough to rank by, and the same on every machine.
fn score(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[derive(Serialize)]
struct AnswerRow<'a> {
    schema: &'static str,
    question: &'a str,
    lang: &'a str,
    event: Option<EventRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    begin: Option<EventRow<'a>>,
    also_matches: Vec<MatchRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    led_here: Option<Vec<ChainRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    led_to: Option<Vec<ChainRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paths: Option<Vec<ChainRow<'a>>>,
    left_out: usize,
    reverses: Vec<ReverseRow<'a>>,
    conflicts: Vec<ConflictRow<'a>>,
    earlier: Vec<EarlierRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    along: Vec<EarlierRow<'a>>,
    order: Vec<&'a str>,
    events: BTreeMap<&'a str, EventRow<'a>>,
    sparql: &'a str,
    articles: BTreeMap<&'a str, ArticleRow<'a>>,
}

#[derive(Serialize)]
struct MatchRow<'a> {
    id: &'a str,
    label: &'a str,
    score: f64,
}

#[derive(Serialize)]
struct ChainRow<'a> {
    score: f64,
    basis: &'static str,
    steps: Vec<StepRow<'a>>,
}

#[derive(Serialize)]
struct StepRow<'a> {
    event: &'a str,
    link: LinkRow<'a>,
    to: &'a str,
}

#[derive(Serialize)]
struct ReverseRow<'a> {
    event: &'a str,
    link: LinkRow<'a>,
    to: &'a str,
}

#[derive(Serialize)]
struct ConflictRow<'a> {
    kind: &'static str,
    events: Vec<&'a str>,
    text: &'a str,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Serialize)]
struct EarlierRow<'a> {
    event: &'a str,
}

impl<'a> AnswerRow<'a> {
    fn new(view: &View<'a>, answer: &'a Answer) -> Self {
        let mut maker = Maker::new(view);
        let row = |maker: &mut Maker<'a, '_>, id: &EventId| {
            answer.events.get(id).map(|it| maker.event(it))
        };
        let event = row(&mut maker, &answer.event);
        let begin = answer.begin.as_ref().and_then(|id| row(&mut maker, id));
        let chains: Vec<ChainRow> = answer
            .chains
            .iter()
            .map(|it| chain_row(&mut maker, it))
            .collect();
        let mut chains = Some(chains);
        let mut chains_of = |verb| chains.take_if(|_| answer.verb == verb);
        Self {
            schema: match answer.verb {
                Verb::Why => "backstory.why/1",
                Verb::Effects => "backstory.effects/1",
                Verb::Path => "backstory.path/1",
            },
            question: &answer.question,
            lang: answer.lang.as_str(),
            event,
            begin,
            also_matches: answer.also_matches.iter().map(match_row).collect(),
            led_here: chains_of(Verb::Why),
            led_to: chains_of(Verb::Effects),
            paths: chains_of(Verb::Path),
            left_out: answer.left_out,
            reverses: answer
                .reverses
                .iter()
                .map(|it| reverse_row(&mut maker, it))
                .collect(),
            conflicts: conflict_rows(&mut maker, answer),
            earlier: answer
                .earlier
                .iter()
                .map(|it| EarlierRow { event: it.as_str() })
                .collect(),
            along: answer
                .along
                .iter()
                .map(|it| EarlierRow { event: it.as_str() })
                .collect(),
            order: answer.order.iter().map(EventId::as_str).collect(),
            events: event_rows(&mut maker, &answer.events),
            sparql: &answer.sparql,
            articles: maker.articles(),
        }
    }
}

fn match_row(it: &crate::answer::Match) -> MatchRow<'_> {
    MatchRow {
        id: it.id.as_str(),
        label: &it.label,
        score: score(it.score),
    }
}

fn chain_row<'a>(maker: &mut Maker<'a, '_>, chain: &'a Chain) -> ChainRow<'a> {
    let step = |it: &'a Hop| StepRow {
        event: it.earlier.as_str(),
        link: maker.link(&it.link),
        to: it.later.as_str(),
    };
    ChainRow {
        score: score(chain.score),
        basis: match chain.basis {
            Basis::Stated => "stated",
            Basis::Derived => "derived",
            Basis::Hedged => "hedged",
        },
        steps: chain.steps.iter().map(step).collect(),
    }
}

fn reverse_row<'a>(maker: &mut Maker<'a, '_>, hop: &'a Hop) -> ReverseRow<'a> {
    ReverseRow {
        event: hop.earlier.as_str(),
        link: maker.link(&hop.link),
        to: hop.later.as_str(),
    }
}

fn conflict_rows<'a>(maker: &mut Maker<'a, '_>, answer: &'a Answer) -> Vec<ConflictRow<'a>> {
    let row = |it: &'a crate::answer::Conflict| ConflictRow {
        kind: conflict_word(it.kind),
        events: it.events.iter().map(EventId::as_str).collect(),
        text: &it.text,
        evidence: it
            .evidence
            .iter()
            .map(|it| maker.evidence(it, None))
            .collect(),
    };
    answer.conflicts.iter().map(row).collect()
}

/// Returns the word for a kind of conflict, in JSON and as a key of `ui.toml`.
pub(super) fn conflict_word(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::Date => "date",
        ConflictKind::Figure => "figure",
        ConflictKind::Claim => "claim",
        ConflictKind::Order => "order",
    }
}

fn event_rows<'a>(
    maker: &mut Maker<'a, '_>,
    events: &'a BTreeMap<EventId, EventView>,
) -> BTreeMap<&'a str, EventRow<'a>> {
    let row = |(id, it): (&'a EventId, &'a EventView)| (id.as_str(), maker.event(it));
    events.iter().map(row).collect()
}

#[derive(Serialize)]
struct TimelineRow<'a> {
    schema: &'static str,
    events: Vec<EventRow<'a>>,
    links: Vec<LinkRow<'a>>,
    articles: BTreeMap<&'a str, ArticleRow<'a>>,
}

impl<'a> TimelineRow<'a> {
    fn new(view: &View<'a>, timeline: &'a Timeline) -> Self {
        let mut maker = Maker::new(view);
        Self {
            schema: "backstory.timeline/1",
            events: timeline.events.iter().map(|it| maker.event(it)).collect(),
            links: timeline.links.iter().map(|it| maker.link(it)).collect(),
            articles: maker.articles(),
        }
    }
}

#[derive(Serialize)]
struct ShowRow<'a> {
    schema: &'static str,
    event: EventRow<'a>,
    members: Vec<&'a str>,
    why_merged: &'a [String],
    links: Vec<LinkRow<'a>>,
    events: BTreeMap<&'a str, EventRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    context: Vec<EvidenceRow<'a>>,
    articles: BTreeMap<&'a str, ArticleRow<'a>>,
}

impl<'a> ShowRow<'a> {
    fn new(view: &View<'a>, shown: &'a Shown) -> Self {
        let mut maker = Maker::new(view);
        Self {
            schema: "backstory.show/1",
            event: maker.event(&shown.event),
            members: shown.event.members.iter().map(EventId::as_str).collect(),
            why_merged: &shown.event.why_merged,
            links: shown.links.iter().map(|it| maker.link(it)).collect(),
            events: event_rows(&mut maker, &shown.neighbours),
            context: shown
                .context
                .iter()
                .map(|(it, span)| maker.around(it, *span))
                .collect(),
            articles: maker.articles(),
        }
    }
}

#[derive(Serialize)]
struct FoundRow<'a> {
    schema: &'static str,
    question: &'a str,
    found: Vec<HitRow<'a>>,
}

#[derive(Serialize)]
struct HitRow<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    label: &'a str,
    date: Option<&'a str>,
    score: f64,
}

impl<'a> FoundRow<'a> {
    fn new(found: &'a Found) -> Self {
        let row = |it: &'a super::Hit| HitRow {
            kind: it.kind.as_str(),
            id: &it.id,
            label: &it.label,
            date: it.date.as_deref(),
            score: score(it.score),
        };
        Self {
            schema: "backstory.find/1",
            question: &found.question,
            found: found.hits.iter().map(row).collect(),
        }
    }
}
