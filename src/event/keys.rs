//! What an event is of: the names and nouns by which two mentions of it are known to be one.

use super::Input;
use crate::syntax::PredicateRef;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// Returns names and nouns that the predicate's arguments hold.
pub(super) fn of(
    input: &Input,
    complements: &FxHashSet<String>,
    at: PredicateRef,
) -> BTreeSet<String> {
    let sentence = &input.document.sentences[at.sentence];
    let predicate = &input.clauses[at.sentence].predicates[at.predicate];
    let mut keys = BTreeSet::new();
    let names = &input.names[at.sentence];
    let timexes = input.timexes_in(sentence);
    // What a clause allows, forbids or asks for is told by the clause before it ("so that …").
    let predicates = &input.clauses[at.sentence].predicates;
    let told = predicates
        .iter()
        .filter(|it| it.governor == Some(at.predicate) && complements.contains(&it.joint));
    let arguments = predicate
        .arguments
        .iter()
        .chain(told.flat_map(|it| &it.arguments));
    for argument in arguments.filter(|it| !it.negated) {
        let known = names.iter().filter(|it| argument.span.overlaps(it.span));
        keys.extend(known.map(|it| format!("={}", it.entity)));
        for token in &sentence.tokens[argument.tokens.clone()] {
            let in_name = || names.iter().any(|it| it.span.contains(token.span));
            let in_timex = || timexes.iter().any(|it| it.place.span.contains(token.span));
            if is_word(&token.form) && !in_name() && !in_timex() {
                keys.insert(lower(token.lemma()));
            }
        }
    }
    keys
}

/// Tells whether `form` is a word of two letters at least.
fn is_word(form: &str) -> bool {
    // Most letters of Korean are syllables, which are quickly seen.
    let is_letter = |it: char| matches!(it, '\u{ac00}'..='\u{d7a3}') || it.is_alphabetic();
    form.chars().nth(1).is_some() && form.chars().all(is_letter)
}

/// Returns `text` in lower case; most scripts have none, which is quickly seen.
fn lower(text: &str) -> String {
    if text.chars().any(char::is_uppercase) {
        text.to_lowercase()
    } else {
        text.to_owned()
    }
}
