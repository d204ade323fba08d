//! One line that names an event, and the state it sets.

use super::Input;
use super::draft::Draft;
use crate::model::{Lang, Role, Span, StateChange};
use crate::syntax::{Predicate, PredicateKind};
use crate::text::Sentence;
use std::collections::BTreeMap;

/// Returns the line in the article's language: who, what, the trigger's words.
pub(super) fn labels(input: &Input, draft: &Draft) -> BTreeMap<Lang, String> {
    let predicate = draft.predicate(input);
    let of = |roles: &[Role]| {
        let mut texts: Vec<&str> = Vec::new();
        for participant in draft
            .participants
            .iter()
            .filter(|it| roles.contains(&it.role) && !it.negated)
        {
            let text = participant.text.trim_end_matches([',', '，', '、', ' ']);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join(" · ")
    };
    let agent = of(&[Role::Agent]);
    let object = of(&[Role::Theme, Role::Patient, Role::Amount]);
    let rest = [object.as_str(), &draft.name]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let line = if let Some(phrase) = predicate.phrase {
        clause(input, draft, phrase)
    } else if agent.is_empty() {
        rest
    } else {
        format!("{agent}, {rest}")
    };
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    BTreeMap::from([(input.document.article.lang.clone(), line)])
}

/// The longest line that still names an event at a glance, in characters.
const LONGEST_LABEL: usize = 90;

/// The most bytes between two subjects of one verb ("Nvidia and AMD").
const CONJUNCTION: usize = 5;

/// Returns the words from the subject to the last short phrase after the verb.
fn clause(input: &Input, draft: &Draft, phrase: Span) -> String {
    let predicate = draft.predicate(input);
    let text = |span: Span| input.document.slice(draft.sentence(input), span);
    let mut span = whole(draft.sentence(input), predicate).join(phrase);
    let start = span.start();
    let is_bare_noun =
        predicate.kind == PredicateKind::Noun && phrase.start() <= predicate.trigger.start();
    let acts = |it: &&crate::model::Participant| {
        matches!(it.role, Role::Agent | Role::Theme | Role::Patient) && !it.negated
    };
    let before = draft.participants.iter().filter(acts);
    let before = before
        .map(|it| it.place.span)
        .filter(|it| it.end() <= start);
    let subject = before.rev().reduce(|subject, it| {
        let between = subject.start().checked_sub(it.end());
        let beside = between.is_some_and(|it| it <= CONJUNCTION);
        if beside { it.join(subject) } else { subject }
    });
    for argument in predicate
        .arguments
        .iter()
        .filter(|it| predicate.trigger.end() <= it.span.start())
    {
        let wider = span.join(argument.span);
        if LONGEST_LABEL < text(wider).chars().count() {
            break;
        }
        span = wider;
    }
    let fits = |it: &Span| text(*it).chars().count() <= LONGEST_LABEL;
    let completed = completing(input, draft, span).map(|it| span.join(it));
    span = completed.filter(fits).unwrap_or(span);
    // A date that the grammar cut in two is told whole.
    for timex in input.timexes_in(draft.sentence(input)) {
        if span.overlaps(timex.place.span) {
            span = span.join(timex.place.span);
        }
    }
    let line = match subject {
        Some(subject) if is_bare_noun => {
            format!("{}, {}", text(subject), text(span))
        }
        Some(subject) => format!("{} {}", text(subject), text(span)),
        None => text(span).to_owned(),
    };
    if line.chars().count() <= LONGEST_LABEL {
        return line;
    }
    let cut: String = line.chars().take(LONGEST_LABEL).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |it| it.0))
}

/// Returns the phrase that completes the last one of `span`, whoever's it is: only its marker stands between ("$11bn of deals").
fn completing(input: &Input, draft: &Draft, span: Span) -> Option<Span> {
    let sentence = draft.sentence(input);
    let predicates = &input.clauses[draft.at.sentence].predicates;
    let mut arguments = predicates.iter().flat_map(|it| &it.arguments);
    let next = arguments.find(|it| {
        let gap = Span::new(span.end(), it.span.start());
        let marker = gap.map(|it| input.document.slice(sentence, it).trim());
        !it.marker.is_empty() && marker == Some(it.marker.as_str())
    });
    next.map(|it| it.span)
}

/// Returns the words of the predicate, with the particle that makes another verb of it.
pub(super) fn whole(sentence: &Sentence, predicate: &Predicate) -> Span {
    let tokens = sentence
        .tokens
        .get(predicate.tokens.clone())
        .unwrap_or_default();
    tokens
        .iter()
        .fold(predicate.trigger, |span, it| span.join(it.span))
}

/// Returns the state that the event sets, if its type sets one and it says of what.
pub(super) fn state(input: &Input, draft: &Draft) -> Option<StateChange> {
    let value = input.types.get(&draft.event_type)?.sets.clone()?;
    // Who sets a state is no part of what it is of.
    let agents = draft
        .participants
        .iter()
        .filter(|it| it.role == Role::Agent);
    let agents: Vec<String> = agents
        .map(|it| {
            it.entity
                .as_ref()
                .map_or_else(|| it.text.clone(), |id| format!("={id}"))
        })
        .collect();
    let keys: Vec<&str> = draft
        .keys
        .iter()
        .filter(|it| !agents.contains(it))
        .map(String::as_str)
        .collect();
    (!keys.is_empty()).then(|| StateChange {
        of: keys.join("|"),
        value,
    })
}
