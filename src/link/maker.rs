//! Makes links of two predicates, and drops what is said twice.

use super::Input;
use super::rows::Sense;
use crate::model::{
    Evidence, Factuality, Link, LinkEnd, LinkParts, Place, Relation, Span, Strength,
};
use crate::syntax::{Predicate, PredicateRef};
use rustc_hash::FxHashSet;

/// The words that signal a claim, and where they stand.
pub(super) struct Cue {
    pub words: String,
    pub place: Option<Place>,
}

impl Cue {
    /// Returns the cue at `span` of the sentence at index `sentence`, as written.
    pub(super) fn at(input: &Input, sentence: usize, span: Span) -> Self {
        let it = &input.document.sentences[sentence];
        Self {
            words: input.document.slice(it, span).to_owned(),
            place: Some(input.place(sentence, span)),
        }
    }

    /// Returns the cue of what no words signal.
    pub(super) fn none() -> Self {
        Self {
            words: String::new(),
            place: None,
        }
    }
}

impl Input<'_> {
    /// Returns the predicate at `at`.
    pub(super) fn predicate(&self, at: PredicateRef) -> &Predicate {
        &self.clauses[at.sentence].predicates[at.predicate]
    }

    /// Returns where `span` of the sentence at index `sentence` stands.
    pub(super) fn place(&self, sentence: usize, span: Span) -> Place {
        Place::new(self.document.sentences[sentence].field(), span)
    }

    /// Returns the first event up the governors from `at` that may be an effect: what reports something does not count.
    pub(super) fn event_upwards(&self, mut at: PredicateRef) -> Option<PredicateRef> {
        for _ in 0..6 {
            if self.anchors.contains_key(&at) {
                return Some(at);
            }
            at.predicate = self.predicate(at).governor?;
        }
        None
    }

    /// Returns the event that a sentence is about: its main clause's, or what that one reports.
    pub(super) fn main_event(&self, sentence: usize) -> Option<PredicateRef> {
        let told = |it: &&PredicateRef| it.sentence == sentence;
        let anchors: Vec<PredicateRef> = self.anchors.keys().filter(told).copied().collect();
        let reported = |it: &PredicateRef| (self.reporting)(*it);
        let verb =
            |it: &PredicateRef| self.predicate(*it).kind != crate::syntax::PredicateKind::Noun;
        let content = |it: &&PredicateRef| {
            let predicate = self.predicate(**it);
            let governor = predicate.governor.map(|g| PredicateRef {
                predicate: g,
                ..**it
            });
            predicate.clause == crate::syntax::ClauseKind::Content
                && governor.is_some_and(|g| (self.reporting)(g))
        };
        let main = anchors.iter().rev().find(|it| {
            verb(it)
                && !reported(it)
                && self.predicate(**it).clause == crate::syntax::ClauseKind::Main
        });
        let told = || {
            anchors
                .iter()
                .rev()
                .filter(content)
                .find(|it| !reported(it))
        };
        let speech = || {
            anchors.iter().rev().find(|it| {
                verb(it) && self.predicate(**it).clause == crate::syntax::ClauseKind::Main
            })
        };
        main.or_else(told)
            .or_else(speech)
            .or_else(|| anchors.last())
            .copied()
    }
}

/// Returns the link that `sense` makes of two predicates, or `None` if neither side is an event or both are the same one.
///
/// `ends` are the cause, the earlier or the reversing side first, and the other; a sense that runs backwards swaps them.
pub(super) fn make(
    input: &Input,
    sense: &Sense,
    ends: [PredicateRef; 2],
    cue: Cue,
) -> Option<Link> {
    let [from, to] = match (ends, sense.backwards) {
        (ends, false) => ends,
        ([first, second], true) => [second, first],
    };
    let (from_event, to_event) = (input.anchors.get(&from), input.anchors.get(&to));
    if from_event.is_none() && to_event.is_none() || from_event.is_some() && from_event == to_event
    {
        return None;
    }
    let end = |at: PredicateRef, event: Option<&usize>| LinkEnd {
        event: event.map(|it| input.events[*it].id.clone()),
        trigger: Some(input.place(at.sentence, input.predicate(at).trigger)),
        clause: Some(input.place(at.sentence, input.predicate(at).extent)),
    };
    let facts = [from_event, to_event]
        .into_iter()
        .flatten()
        .map(|it| input.events[*it].factuality);
    let strength = strength(sense, &facts.collect::<Vec<_>>());
    let evidence = [from, to].map(|it| evidence(input, it, sense));
    let mut evidence = Vec::from(evidence);
    evidence.sort();
    evidence.dedup_by(|a, b| a.sentence == b.sentence && a.place.field == b.place.field);
    let attribution = to_event
        .or(from_event)
        .map(|it| input.events[*it].main_mention().attribution.clone());
    let parts = LinkParts {
        attribution: attribution.unwrap_or_default(),
        ..said(
            sense,
            [end(from, from_event), end(to, to_event)],
            strength,
            cue,
        )
    };
    Link::new(parts, evidence)
}

/// Returns the link that the verb at `at` states of two phrases, with their events where they are events.
pub(super) fn make_of_words(
    input: &Input,
    sense: &Sense,
    at: PredicateRef,
    sides: [(Option<PredicateRef>, Span); 2],
    cue: Cue,
) -> Option<Link> {
    let end = |(event, words): (Option<PredicateRef>, Span)| LinkEnd {
        event: event
            .and_then(|it| input.anchors.get(&it))
            .map(|it| input.events[*it].id.clone()),
        trigger: event.map(|it| input.place(it.sentence, input.predicate(it).trigger)),
        clause: Some(input.place(at.sentence, words)),
    };
    let [from, to] = match (sides, sense.backwards) {
        (sides, false) => sides,
        ([first, second], true) => [second, first],
    };
    let fact = input
        .anchors
        .get(&at)
        .map(|it| input.events[*it].factuality);
    let strength = strength(sense, fact.as_slice());
    let negated = input.predicate(at).negated || fact == Some(Factuality::Negated);
    let parts = said(sense, [end(from), end(to)], strength, cue);
    Link::new(parts, vec![evidence(input, at, sense)]).filter(|_| !negated)
}

/// Returns what a rule of that sense says of two sides, according to nobody but the article.
fn said(sense: &Sense, [from, to]: [LinkEnd; 2], strength: Strength, cue: Cue) -> LinkParts {
    LinkParts {
        from,
        to,
        relation: sense.relation,
        strength,
        confidence: sense.confidence,
        asserted: matches!(strength, Strength::Explicit | Strength::Derived),
        cue: cue.words,
        cue_place: cue.place,
        rule: sense.rule.clone(),
        attribution: Vec::new(),
    }
}

/// A claim about what is only planned, conditional or hearsay is no stated fact.
fn strength(sense: &Sense, facts: &[Factuality]) -> Strength {
    let any = |it: Factuality| facts.contains(&it);
    match sense.strength {
        _ if matches!(
            sense.relation,
            Relation::Reports | Relation::Before | Relation::Contains | Relation::About
        ) =>
        {
            sense.strength
        }
        Strength::Explicit if any(Factuality::Conditional) => Strength::Conditional,
        Strength::Explicit if any(Factuality::Planned) => Strength::Hedged,
        other => other,
    }
}

fn evidence(input: &Input, at: PredicateRef, sense: &Sense) -> Evidence {
    Evidence {
        article: input.document.article.id.clone(),
        place: input.place(at.sentence, input.predicate(at).trigger),
        sentence: input.document.sentences[at.sentence].span(),
        rule: sense.rule.clone(),
    }
}

/// Sorts the links and keeps the surest of those that claim the same.
pub(super) fn tidy(mut links: Vec<Link>) -> Vec<Link> {
    links.sort_by(|a, b| {
        let order = |it: &Link| {
            (
                it.evidence()[0].sentence,
                it.claim(),
                it.strength,
                std::cmp::Reverse(it.confidence),
            )
        };
        order(a).cmp(&order(b))
    });
    let mut claimed = FxHashSet::default();
    links.retain(|it| {
        let whole = it.from.event.is_some() && it.to.event.is_some();
        !whole || claimed.insert(it.claim())
    });
    links
}
