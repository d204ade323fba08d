//! What is wrong with a story: circles of causes, effects before causes, facts without evidence, lengths that do not fit, places that no longer match the text.

use super::{Teller, lengths};
use crate::graph::{CausalGraph, ContradictionKind, GraphOptions};
use crate::model::{Article, Event, EventId, Evidence, Field, Lang, Place, Reading, Span};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// Causes run in a circle.
    Cycle,
    /// The later side of a claim ends before the earlier one begins.
    EffectBeforeCause,
    /// No article at hand has a sentence for it.
    NoEvidence,
    /// Statements disagree: dates, figures, or whether it happened.
    Contradiction,
    /// A length told between two events does not fit their dates.
    Length,
    /// Words no longer stand where they are said to.
    Offset,
}

impl ProblemKind {
    /// Every kind, in its documented order.
    pub const ALL: &[Self] = &[
        Self::Cycle,
        Self::EffectBeforeCause,
        Self::NoEvidence,
        Self::Contradiction,
        Self::Length,
        Self::Offset,
    ];

    /// Returns the word for `check --only`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cycle => "cycle",
            Self::EffectBeforeCause => "effect-before-cause",
            Self::NoEvidence => "no-evidence",
            Self::Contradiction => "contradiction",
            Self::Length => "length",
            Self::Offset => "offset",
        }
    }

    /// Tells whether something is wrong with the record; articles that contradict each other are what news is.
    pub fn is_fault(self) -> bool {
        self != Self::Contradiction
    }

    /// Returns the kind of that word, or `None`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == word)
    }
}

/// Something wrong with a story.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The events concerned.
    pub events: Vec<EventId>,
    /// One line that names the thing and the place.
    pub message: String,
    /// The sentences concerned, if any.
    pub evidence: Vec<Evidence>,
}

/// Returns what is wrong with the story of `teller`, sorted by kind; labels are in `lang`.
pub fn check(teller: &Teller, lang: &Lang) -> Vec<Problem> {
    let mut problems = graph_problems(teller, lang);
    for reading in teller.story.readings.values() {
        problems.extend(evidence_problems(teller, reading));
        problems.extend(lengths::problems(teller, reading));
        problems.extend(offset_problems(reading));
    }
    let derived = teller.story.derived.links.iter();
    for link in derived {
        let lost = link.evidence().iter().find(|it| !holds(teller, it));
        problems.extend(lost.map(|it| Problem {
            kind: ProblemKind::NoEvidence,
            events: link.from.event.iter().chain(&link.to.event).cloned().collect(),
            message: format!("claim {} rests on article {}, which has no such sentence; derive it again with `backstory add`", link.id(), it.article),
            evidence: vec![it.clone()],
        }));
    }
    problems.extend(teller.contradictions(lang).into_iter().map(|it| Problem {
        kind: ProblemKind::Contradiction,
        message: it.text,
        events: it.events,
        evidence: it.evidence,
    }));
    problems.sort();
    problems.dedup();
    problems
}

fn graph_problems(teller: &Teller, lang: &Lang) -> Vec<Problem> {
    let graph = CausalGraph::new(&teller.views, &teller.links, GraphOptions::default());
    let wrong = graph.contradictions().into_iter();
    wrong
        .map(|it| {
            let kind = match it.kind {
                ContradictionKind::Circle => ProblemKind::Cycle,
                ContradictionKind::Backwards | ContradictionKind::Outside => {
                    ProblemKind::EffectBeforeCause
                }
            };
            let names = it.events.iter().filter_map(|id| {
                let event = &teller.view(id)?.event;
                let date = event.when.edtf().map(ToString::to_string);
                let date = date.map_or_else(String::new, |it| format!(" ({it})"));
                Some(format!("{id} {}{date}", event.label(lang)))
            });
            let names: Vec<String> = names.collect();
            let relation = it.links.first().map_or("", |it| it.relation.as_str());
            Problem {
                kind,
                message: names.join(&format!(" {relation}: ")),
                events: it.events,
                evidence: it
                    .links
                    .iter()
                    .flat_map(|it| it.evidence())
                    .cloned()
                    .collect(),
            }
        })
        .collect()
}

/// Tells whether the article of `evidence` is at hand and has that sentence.
fn holds(teller: &Teller, evidence: &Evidence) -> bool {
    let article = teller.story.article(&evidence.article);
    article.is_some_and(|it| !it.slice(evidence.place.field, evidence.sentence).is_empty())
}

fn evidence_problems(teller: &Teller, reading: &Reading) -> Vec<Problem> {
    let lost = |event: &&Event| {
        !event
            .mentions()
            .iter()
            .any(|it| holds(teller, &it.evidence))
    };
    let events = reading.events.iter().filter(lost).map(|it| Problem {
        kind: ProblemKind::NoEvidence,
        events: vec![it.id.clone()],
        message: format!(
            "event {} of article {} has no sentence; read the article again with `backstory add --replace`",
            it.id, reading.article.id
        ),
        evidence: vec![it.main_mention().evidence.clone()],
    });
    events.collect()
}

/// Returns every place of the reading that its article's text does not have.
fn offset_problems(reading: &Reading) -> Vec<Problem> {
    let article = &reading.article;
    let mut problems = Vec::new();
    let mut tell = |events: &[&EventId], what: &str, place: Place| {
        problems.push(Problem {
            kind: ProblemKind::Offset,
            events: events.iter().map(|it| (*it).clone()).collect(),
            message: format!(
                "{what} does not stand at bytes {:?} of the {} of article {}",
                place.span,
                place.field.as_str(),
                article.id
            ),
            evidence: Vec::new(),
        });
    };
    for event in &reading.events {
        for mention in event.mentions() {
            let evidence = &mention.evidence;
            if evidence.article == article.id && !stands(article, evidence) {
                tell(&[&event.id], "a mention", evidence.place);
            }
            for who in &mention.attribution {
                if !reads(article, who.place, &who.source) {
                    tell(&[&event.id], &format!("`{}`", who.source), who.place);
                }
            }
        }
        for participant in &event.participants {
            if !reads(article, participant.place, &participant.text) {
                tell(
                    &[&event.id],
                    &format!("`{}`", participant.text),
                    participant.place,
                );
            }
        }
    }
    for link in &reading.links {
        let ends: Vec<&EventId> = link.from.event.iter().chain(&link.to.event).collect();
        for evidence in link.evidence().iter().filter(|it| it.article == article.id) {
            if !stands(article, evidence) {
                tell(&ends, "a claim", evidence.place);
            }
        }
    }
    for timex in &reading.timexes {
        if article
            .slice(timex.place.field, timex.place.span)
            .is_empty()
        {
            tell(&[], "a time expression", timex.place);
        }
    }
    problems
}

/// Tells whether the words and their sentence are in the text, one inside the other.
fn stands(article: &Article, evidence: &Evidence) -> bool {
    let there = |field: Field, span: Span| !article.slice(field, span).is_empty();
    let field = evidence.place.field;
    there(field, evidence.place.span)
        && there(field, evidence.sentence)
        && evidence.sentence.contains(evidence.place.span)
}

/// Tells whether the text at `place` reads `words`, or words that were put together from it.
fn reads(article: &Article, place: Place, words: &str) -> bool {
    let there = article.slice(place.field, place.span);
    !there.is_empty() && (there == words || words.split_whitespace().any(|it| there.contains(it)))
}
