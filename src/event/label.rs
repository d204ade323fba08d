//! One line that names an event, and the state it sets.

use super::draft::Draft;
use super::Input;
use crate::model::{Lang, Role, StateChange};
use std::collections::BTreeMap;

/// Returns the line in the article's language: who, what, the trigger's words.
pub(super) fn labels(input: &Input, draft: &Draft) -> BTreeMap<Lang, String> {
    let predicate = draft.predicate(input);
    let sentence = draft.sentence(input);
    let of = |roles: &[Role]| {
        let mut texts: Vec<&str> = Vec::new();
        for participant in draft.participants.iter().filter(|it| roles.contains(&it.role) && !it.negated) {
            if !texts.contains(&participant.text.as_str()) {
                texts.push(&participant.text);
            }
        }
        texts.join(" · ")
    };
    let agent = of(&[Role::Agent]);
    let object = of(&[Role::Theme, Role::Patient]);
    // Nouns with a light verb are named by the noun alone; both tag sets in use begin noun tags with N.
    let stem = sentence.tokens.get(predicate.tokens.start);
    let noun = stem.is_some_and(|it| it.tag.as_str().starts_with(['N', 'X']));
    let trigger = if noun { predicate.lemma.as_str() } else { input.document.slice(sentence, predicate.trigger) };
    let rest = [object.as_str(), trigger].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    let head_initial = !predicate.arguments.is_empty() && predicate.arguments.iter().any(|it| predicate.trigger.end() <= it.span.start());
    let line = if head_initial {
        input.document.slice(sentence, predicate.extent).to_owned()
    } else if agent.is_empty() {
        rest
    } else {
        format!("{agent}, {rest}")
    };
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    BTreeMap::from([(input.document.article.lang.clone(), line)])
}

/// Returns the state that the event sets, if its type sets one and it says of what.
pub(super) fn state(input: &Input, draft: &Draft) -> Option<StateChange> {
    let value = input.types.get(&draft.event_type)?.sets.clone()?;
    let keys: Vec<&str> = draft.keys.iter().map(String::as_str).collect();
    (!keys.is_empty()).then(|| StateChange { of: keys.join("|"), value })
}
