//! Which candidates are worth telling: a linear score over named features, weights in `salience.toml`.

use super::Input;
use super::draft::Draft;
use crate::Result;
use crate::lang::Pack;
use crate::lang::weights::{self, Take, Weights};
use crate::model::{Certainty, Factuality, Role};
use crate::syntax::{ClauseKind, PredicateKind};
use crate::text::SentenceKind;

/// The weights of one language; candidates below the threshold are not told.
pub(super) struct SalienceScore {
    weights: Weights,
}

impl SalienceScore {
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            weights: pack.rows("salience.toml")?,
        })
    }

    pub fn threshold(&self) -> f64 {
        self.weights.threshold
    }

    /// Gives every draft its score.
    pub fn score(&self, input: &Input, drafts: &mut [Draft]) {
        for draft in drafts {
            draft.score = self.weights.score(|take| each_feature(input, draft, take));
        }
    }
}

/// Returns the names of what is true of a draft.
pub(super) fn features(input: &Input, draft: &Draft) -> Vec<String> {
    weights::names(|take| each_feature(input, draft, take))
}

/// Calls `take` with the name of everything that is true of a draft.
fn each_feature(input: &Input, draft: &Draft, take: &mut Take) {
    grammar_features(input, draft, take);
    for mood in &draft.predicate(input).moods {
        take(&["mood=", mood]);
    }
    let flags = telling_flags(input, draft)
        .into_iter()
        .chain(participant_flags(draft))
        .chain(place_flags(input, draft));
    for (name, _) in flags.filter(|(_, on)| *on) {
        take(&[name]);
    }
}

/// What the predicate's form and type say.
fn grammar_features(input: &Input, draft: &Draft, take: &mut Take) {
    let predicate = draft.predicate(input);
    let clause = predicate.clause.as_str();
    let kind = predicate.kind.as_str();
    let tense = predicate.tense.as_str();
    let class = input.types.class(&draft.event_type);
    take(&["clause=", clause]);
    take(&["kind=", kind]);
    take(&["clause+kind+tense=", clause, "+", kind, "+", tense]);
    take(&["tense=", tense]);
    take(&["factuality=", draft.factuality.as_str()]);
    take(&["class=", class]);
    take(&["kind+class=", kind, "+", class]);
    if matches!(predicate.clause, ClauseKind::Joined | ClauseKind::Content) {
        take(&["joint=", &predicate.joint]);
    }
    if predicate.kind == PredicateKind::Noun {
        take(&["noun-joint=", &predicate.joint]);
    }
}

/// A feature and whether it holds.
type Flag = (&'static str, bool);

/// How the event is told.
fn telling_flags(input: &Input, draft: &Draft) -> [Flag; 10] {
    let predicate = draft.predicate(input);
    let timex = draft.timex.is_some();
    let noun = predicate.kind == PredicateKind::Noun;
    let reporting = draft.reporting.is_some();
    let headline = draft.sentence(input).kind == SentenceKind::Headline;
    [
        ("typed", draft.typed),
        ("dated", draft.when.certainty() != Certainty::Unstated),
        ("timex", timex),
        ("dated+noun", timex && noun),
        ("quoted", predicate.quoted),
        ("passive", predicate.passive),
        ("negated", draft.factuality == Factuality::Negated),
        ("headline", headline),
        ("reporting", reporting),
        (
            "reporting+main",
            reporting && predicate.clause == ClauseKind::Main,
        ),
    ]
}

/// Who takes part and who is quoted.
fn participant_flags(draft: &Draft) -> [Flag; 4] {
    let agents = || {
        draft
            .participants
            .iter()
            .filter(|it| it.role == Role::Agent)
    };
    let mut others = draft.participants.iter();
    [
        ("agent", agents().next().is_some()),
        ("known-agent", agents().any(|it| it.entity.is_some())),
        (
            "theme",
            others.any(|it| matches!(it.role, Role::Theme | Role::Patient)),
        ),
        ("attributed", !draft.attribution.is_empty()),
    ]
}

/// Where in the article it stands.
fn place_flags(input: &Input, draft: &Draft) -> [Flag; 5] {
    let late = 8 <= draft.at.sentence;
    let noun = draft.predicate(input).kind == PredicateKind::Noun;
    [
        ("first-paragraph", draft.sentence(input).paragraph == 0),
        ("late", late),
        ("long-article", 8 < input.document.sentences.len()),
        ("long+late+noun", late && noun),
        ("dated+class-other", draft.timex.is_some() && !draft.typed),
    ]
}
