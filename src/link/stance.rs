//! "A reversal of its earlier position": the event reverses what its side had said before.

use super::Input;
use super::maker::{Cue, make};
use super::rows::Signals;
use crate::model::{EntityId, Event, Link};
use crate::syntax::{PredicateKind, PredicateRef};
use std::collections::BTreeSet;

pub(super) fn read(signals: &Signals, input: &Input, links: &mut Vec<Link>) {
    for (row, sense) in &signals.turns {
        for (sentence, it) in input.document.sentences.iter().enumerate() {
            let says = |words: &[String]| {
                it.tokens
                    .iter()
                    .find(|t| words.iter().any(|w| w == t.lemma()))
            };
            let (Some(noun), Some(_)) = (says(&row.nouns), says(&row.positions)) else {
                continue;
            };
            let Some(turn) = turned(input, sentence) else {
                continue;
            };
            let Some(stance) = stance(input, sentence, turn) else {
                continue;
            };
            let cue = Cue::at(input, sentence, noun.span);
            links.extend(make(input, sense, [turn, stance], cue));
        }
    }
}

/// Returns the event that the sentence judges: one that was told before and is named here by a noun.
fn turned(input: &Input, sentence: usize) -> Option<PredicateRef> {
    let told = input
        .anchors
        .iter()
        .filter(|(it, _)| it.sentence == sentence);
    let mut nouns = told.filter(|(it, _)| input.predicate(**it).kind == PredicateKind::Noun);
    let again = |event: &Event| event.mentions().len() > 1;
    nouns
        .find(|(_, idx)| again(&input.events[**idx]))
        .map(|it| *it.0)
}

/// Returns the latest statement before it about the same thing.
fn stance(input: &Input, sentence: usize, turn: PredicateRef) -> Option<PredicateRef> {
    let topic = topic(input, turn);
    let before = input
        .anchors
        .keys()
        .rev()
        .filter(|it| it.sentence < sentence && (input.reporting)(**it));
    let mut candidates = before.filter(|it| {
        let said = &input.clauses[it.sentence].predicates;
        // What is said is a denial, by its form.
        let content = said
            .iter()
            .any(|p| p.governor == Some(it.predicate) && p.negated);
        content && words(input, it.sentence).intersection(&topic).count() >= 2
    });
    candidates.next().copied()
}

/// Returns nouns and names of the clauses that tell the event.
fn topic(input: &Input, turn: PredicateRef) -> BTreeSet<String> {
    let idx = input.anchors[&turn];
    let mut topic: BTreeSet<String> = BTreeSet::new();
    for (at, _) in input.anchors.iter().filter(|(_, it)| **it == idx) {
        let sentence = &input.document.sentences[at.sentence];
        let arguments = &input.predicate(*at).arguments;
        let tokens = arguments
            .iter()
            .flat_map(|it| &sentence.tokens[it.tokens.clone()]);
        topic.extend(
            tokens
                .filter(|it| it.form.chars().count() > 1)
                .map(|it| it.lemma().to_owned()),
        );
    }
    topic
}

fn words(input: &Input, sentence: usize) -> BTreeSet<String> {
    input.document.sentences[sentence]
        .tokens
        .iter()
        .map(|it| it.lemma().to_owned())
        .collect()
}

/// Returns the known names that take part.
#[must_use]
pub(super) fn names(event: &Event) -> BTreeSet<&EntityId> {
    event
        .participants
        .iter()
        .filter(|it| !it.negated)
        .filter_map(|it| it.entity.as_ref())
        .collect()
}
