//! Links across sentences: "as a result", "in response", and what they point back to; "that is because", and what it explains.

use super::Input;
use super::maker::{Cue, make};
use super::rows::{Sense, Signals};
use crate::model::Link;
use crate::syntax::{ClauseKind, PredicateKind, PredicateRef};
use crate::text::SentenceKind;
use std::ops::Range;

pub(super) fn read(signals: &Signals, input: &Input, links: &mut Vec<Link>) {
    for sentence in 1..input.document.sentences.len() {
        let it = &input.document.sentences[sentence];
        if it.kind != SentenceKind::Body {
            continue;
        }
        if let Some((sense, tokens)) = signals.opening(&it.tokens) {
            let here = input.main_event(sentence);
            links.extend(here.and_then(|it| link(input, it, sense, &tokens)));
        }
        if let Some((sense, tokens)) = signals.closing(&it.tokens) {
            let here = closed(input, sentence, tokens.start);
            links.extend(here.and_then(|it| link(input, it, sense, &tokens)));
        }
    }
}

/// Returns the event that the closing words at token `begin` say the reason is: the clause before them.
fn closed(input: &Input, sentence: usize, begin: usize) -> Option<PredicateRef> {
    let told = input.anchors.keys().rev();
    let mut before = told.filter(|it| it.sentence == sentence).filter(|it| {
        let predicate = input.predicate(**it);
        predicate.kind != PredicateKind::Noun && predicate.tokens.start < begin
    });
    before.next().copied()
}

/// Returns what the words `tokens`, which mean `sense`, say of `here` and of the sentence they point to.
fn link(input: &Input, here: PredicateRef, sense: &Sense, tokens: &Range<usize>) -> Option<Link> {
    let sentence = here.sentence;
    let there = antecedent(input, sentence)?;
    let words = &input.document.sentences[sentence].tokens;
    let last = tokens.end.max(tokens.start + 1) - 1;
    let span = words[tokens.start].span.join(words[last].span);
    let cue = Cue::at(input, sentence, span);
    make(input, sense, [there, here], cue)
}

/// Returns what the cue points back to: the sentence before, or the one before that if it only explains.
fn antecedent(input: &Input, sentence: usize) -> Option<PredicateRef> {
    let mut at = sentence;
    for _ in 0..3 {
        at = at
            .checked_sub(1)
            .filter(|it| input.document.sentences[*it].kind == SentenceKind::Body)?;
        let explains = input.clauses[at]
            .predicates
            .iter()
            .any(|it| it.clause == ClauseKind::Main && it.moods.iter().any(|m| m == "explanation"));
        if explains && at > 0 && input.main_event(at - 1).is_some() {
            continue;
        }
        if let Some(found) = input.main_event(at) {
            return Some(found);
        }
    }
    None
}
