//! Links across sentences: "as a result", "in response", and what they point back to; "that is because", and what it explains.

use super::Input;
use super::maker::{Cue, make};
use super::rows::{Sense, Signals};
use crate::model::Link;
use crate::syntax::{ClauseKind, PredicateKind, PredicateRef};
use crate::text::SentenceKind;
use std::ops::Range;

pub(super) fn read(signals: &Signals, input: &Input, links: &mut Vec<Link>) {
    for sentence in 0..input.document.sentences.len() {
        beside(signals, input, sentence, links);
    }
    for sentence in 1..input.document.sentences.len() {
        let it = &input.document.sentences[sentence];
        if it.kind != SentenceKind::Body {
            continue;
        }
        if let Some((sense, tokens)) = signals.opening(&it.tokens, 0) {
            let here = input.main_event(sentence);
            links.extend(here.and_then(|it| link(input, it, sense, &tokens)));
        }
        if let Some((sense, tokens)) = signals.closing(&it.tokens) {
            let here = closed(input, sentence, tokens.start);
            links.extend(here.and_then(|it| link(input, it, sense, &tokens)));
        }
    }
}

/// Adds what words right after a clause say of it and of the clause that it is put beside: "…, and as a result …".
fn beside(signals: &Signals, input: &Input, sentence: usize, links: &mut Vec<Link>) {
    let tokens = &input.document.sentences[sentence].tokens;
    for (predicate, it) in input.clauses[sentence].predicates.iter().enumerate() {
        let at = PredicateRef {
            sentence,
            predicate,
        };
        let joined = it.joint_span.filter(|_| signals.beside.contains(&it.joint));
        let Some(end) = joined.filter(|_| input.anchors.contains_key(&at)) else {
            continue;
        };
        let begin = tokens.partition_point(|word| word.span.start() < end.end());
        let Some((sense, words)) = signals.opening(tokens, begin) else {
            continue;
        };
        let next = input.clause_after(at, at);
        let here = next.and_then(|it| input.joined_event(it, at));
        links.extend(here.and_then(|it| said(input, [at, it], sense, &words)));
    }
}

/// Returns the event that the closing words at token `begin` say the reason is: what stands right before them, or the clause before them.
fn closed(input: &Input, sentence: usize, begin: usize) -> Option<PredicateRef> {
    let told = input.anchors.keys().rev();
    let mut before = told.filter(|it| it.sentence == sentence).filter(|it| {
        let predicate = input.predicate(**it);
        predicate.tokens.start < begin
            && (predicate.kind != PredicateKind::Noun || begin <= predicate.tokens.end + 1)
    });
    before.next().copied()
}

/// Returns what the words `tokens` that mean `sense` say of `here` and of the sentence they point to.
fn link(input: &Input, here: PredicateRef, sense: &Sense, tokens: &Range<usize>) -> Option<Link> {
    let there = antecedent(input, here.sentence)?;
    said(input, [there, here], sense, tokens)
}

/// Returns what the words `tokens` that mean `sense`, in the sentence of the second event, say of two events.
fn said(
    input: &Input,
    ends: [PredicateRef; 2],
    sense: &Sense,
    tokens: &Range<usize>,
) -> Option<Link> {
    let sentence = ends[1].sentence;
    let words = &input.document.sentences[sentence].tokens;
    let last = tokens.end.max(tokens.start + 1) - 1;
    let span = words[tokens.start].span.join(words[last].span);
    make(input, sense, ends, Cue::at(input, sentence, span))
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
