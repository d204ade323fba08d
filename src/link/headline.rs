//! Headlines that ask whether somebody's deed worked: a suggestion, never a fact.

use super::Input;
use super::maker::{Cue, make};
use super::rows::Signals;
use super::stance::names;
use crate::model::{EntityId, Factuality, Link, Place};
use crate::syntax::{PredicateKind, PredicateRef};
use crate::text::SentenceKind;
use std::collections::BTreeSet;

pub(super) fn read(signals: &Signals, input: &Input, links: &mut Vec<Link>) {
    for (row, sense) in &signals.headlines {
        for (sentence, it) in input.document.sentences.iter().enumerate() {
            if it.kind != SentenceKind::Headline {
                continue;
            }
            let asks = |p: &&crate::syntax::Predicate| {
                row.lemmas.contains(&p.lemma) && p.moods.iter().any(|m| row.moods.contains(m))
            };
            let Some(question) = input.clauses[sentence].predicates.iter().find(asks) else {
                continue;
            };
            let people = people(input, it.place);
            let Some(effect) = outcome(input) else {
                continue;
            };
            let Some(cause) = deed(input, &people, effect) else {
                continue;
            };
            let cue = Cue::at(input, sentence, question.trigger);
            links.extend(make(input, sense, [cause, effect], cue));
        }
    }
}

/// Returns who is named in the headline, as far as events of the article know them.
fn people<'a>(input: &'a Input, headline: Place) -> BTreeSet<&'a EntityId> {
    let text = input.document.article.slice(headline.field, headline.span);
    let mut people = BTreeSet::new();
    for event in input.events {
        for participant in event.participants.iter().filter(|it| !it.negated) {
            let named = participant
                .text
                .split_whitespace()
                .any(|word| word.chars().count() > 1 && text.contains(word));
            if let Some(entity) = participant.entity.as_ref().filter(|_| named) {
                people.insert(entity);
            }
        }
    }
    people
}

/// Returns what the headlines say came of it: the event named by a noun in a headline and told as a fact in the text.
fn outcome(input: &Input) -> Option<PredicateRef> {
    let headline =
        |at: &PredicateRef| input.document.sentences[at.sentence].kind == SentenceKind::Headline;
    let ends = |at: &PredicateRef| {
        input.predicate(*at).governor.is_none() && input.predicate(*at).kind == PredicateKind::Noun
    };
    let nouns = input
        .anchors
        .iter()
        .filter(|(at, _)| headline(at) && ends(at));
    let mut told = nouns.filter(|(_, idx)| {
        input.events[**idx].mentions().len() > 1
            && input.events[**idx].factuality == Factuality::Actual
    });
    told.next().map(|it| *it.0)
}

/// Returns the first thing those people did together before it.
fn deed(input: &Input, people: &BTreeSet<&EntityId>, effect: PredicateRef) -> Option<PredicateRef> {
    let target = input.anchors[&effect];
    let body = |at: &PredicateRef| input.document.sentences[at.sentence].kind == SentenceKind::Body;
    let mut best: Option<(usize, PredicateRef)> = None;
    for (at, idx) in input
        .anchors
        .iter()
        .filter(|(at, idx)| body(at) && **idx != target)
    {
        let event = &input.events[*idx];
        let shared = names(event).intersection(people).count();
        let fact = event.factuality.is_told_as_fact();
        if fact && shared >= 2 && best.is_none_or(|it| it.0 < shared) {
            best = Some((shared, *at));
        }
    }
    best.map(|it| it.1)
}
