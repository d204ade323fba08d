//! Links across sentences: "as a result", "in response", and what they point back to.

use super::Input;
use super::maker::{Cue, make};
use super::rows::Signals;
use crate::model::Link;
use crate::syntax::{ClauseKind, PredicateRef};
use crate::text::SentenceKind;

/// How far into a sentence its opening words may stand.
const OPENING_TOKENS: usize = 3;

pub(super) fn read(signals: &Signals, input: &Input, links: &mut Vec<Link>) {
    for sentence in 1..input.document.sentences.len() {
        let it = &input.document.sentences[sentence];
        if it.kind != SentenceKind::Body {
            continue;
        }
        for (_, sense, pattern) in &signals.openings {
            let found =
                (0..OPENING_TOKENS).find_map(|at| Some((at, pattern.match_at(&it.tokens, at)?)));
            let Some((begin, end)) = found else { continue };
            let Some(effect) = effect(input, sentence) else {
                continue;
            };
            let Some(cause) = antecedent(input, sentence) else {
                continue;
            };
            let span = it.tokens[begin]
                .span
                .join(it.tokens[end.max(begin + 1) - 1].span);
            let cue = Cue::at(input, sentence, span);
            links.extend(make(input, sense, [cause, effect], cue));
            break;
        }
    }
}

/// Returns the main event of the sentence with the cue.
fn effect(input: &Input, sentence: usize) -> Option<PredicateRef> {
    input.main_event(sentence)
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
