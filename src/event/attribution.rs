//! Who is quoted with an event: the speaker of the clause it is the content of, or the source a phrase names.

use super::draft::{Draft, Reporting};
use super::{Input, Lexicon};
use crate::model::{Attribution, Factuality, Place, Role};
use crate::syntax::ClauseKind;
use std::collections::BTreeMap;

/// Gives every draft its sources; what only unnamed people say is reported, not stated.
pub(super) fn attribute(input: &Input, lexicon: &Lexicon, drafts: &mut [Draft]) {
    let by_place: BTreeMap<_, _> = drafts
        .iter()
        .enumerate()
        .map(|(idx, it)| (it.at, idx))
        .collect();
    let framed: Vec<Vec<Attribution>> = (0..input.clauses.len())
        .map(|sentence| frame_sources(input, lexicon, sentence))
        .collect();
    let found: Vec<(Vec<Attribution>, bool)> = drafts
        .iter()
        .map(|draft| {
            let predicates = &input.clauses[draft.at.sentence].predicates;
            let mut sources = Vec::new();
            let mut vouched = true;
            let mut at = draft.at.predicate;
            for _ in 0..6 {
                let predicate = &predicates[at];
                let Some(governor) = predicate.governor else {
                    break;
                };
                let speaker = by_place
                    .get(&crate::syntax::PredicateRef {
                        predicate: governor,
                        ..draft.at
                    })
                    .map(|it| &drafts[*it]);
                if predicate.clause == ClauseKind::Content
                    && let Some(speaker) = speaker.filter(|it| it.reporting.is_some())
                {
                    let agents = speaker
                        .participants
                        .iter()
                        .filter(|it| it.role == Role::Agent && !it.negated);
                    sources.extend(agents.map(|it| Attribution {
                        place: it.place,
                        source: it.text.clone(),
                        entity: it.entity.clone(),
                    }));
                    vouched &= vouches(lexicon, speaker);
                }
                at = governor;
            }
            sources.extend_from_slice(&framed[draft.at.sentence]);
            sources.dedup();
            (sources, vouched)
        })
        .collect();
    for (draft, (sources, vouched)) in drafts.iter_mut().zip(found) {
        draft.attribution = sources;
        if !vouched && draft.factuality == Factuality::Actual {
            draft.factuality = Factuality::Reported;
        }
    }
}

/// Tells whether what the speaker says counts as stated: named people who say it do, unnamed ones and hearsay do not.
fn vouches(lexicon: &Lexicon, speaker: &Draft) -> bool {
    if matches!(
        speaker.reporting,
        Some(Reporting::Hearsay | Reporting::Belief)
    ) {
        return false;
    }
    let agents: Vec<_> = speaker
        .participants
        .iter()
        .filter(|it| it.role == Role::Agent)
        .collect();
    let unnamed = |text: &str| {
        lexicon
            .sources
            .unnamed_sources
            .iter()
            .any(|it| text.contains(it.as_str()))
    };
    agents.is_empty()
        || !agents
            .iter()
            .all(|it| it.entity.is_none() && unnamed(&it.text))
}

/// Returns the sources that phrases like "according to" name in the sentence at index `at`.
fn frame_sources(input: &Input, lexicon: &Lexicon, at: usize) -> Vec<Attribution> {
    let predicates = &input.clauses[at].predicates;
    let sentence = &input.document.sentences[at];
    let names = &input.names[at];
    let mut sources = Vec::new();
    for argument in predicates.iter().flat_map(|it| &it.arguments) {
        if lexicon.sources.source_frames.contains(&argument.marker) {
            let name = names.iter().find(|it| argument.span.contains(it.span));
            let span = name.map_or(argument.span, |it| it.span);
            sources.push(Attribution {
                place: Place::new(sentence.field(), span),
                source: input.document.slice(sentence, span).to_owned(),
                entity: name.map(|it| it.entity.clone()),
            });
        }
    }
    sources.dedup();
    sources
}
