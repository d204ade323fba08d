//! Which candidates are worth telling: a linear score over named features, weights in `salience.toml`.

use super::Input;
use super::draft::Draft;
use crate::Result;
use crate::lang::Pack;
use crate::model::{Certainty, Factuality, Role};
use crate::syntax::{ClauseKind, PredicateKind, Tense};
use crate::text::SentenceKind;
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SalienceFile {
    /// Candidates below are not told.
    #[serde(default)]
    threshold: f64,
    #[serde(default)]
    bias: f64,
    #[serde(default)]
    weights: FxHashMap<String, f64>,
}

/// The weights of one language.
pub(super) struct Salience {
    file: SalienceFile,
}

impl Salience {
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            file: pack.rows("salience.toml")?,
        })
    }

    pub fn threshold(&self) -> f64 {
        self.file.threshold
    }

    /// Gives every draft its score.
    pub fn score(&self, input: &Input, drafts: &mut [Draft]) {
        for draft in drafts {
            let features = self.features(input, draft);
            let weights = features.iter().filter_map(|it| self.file.weights.get(it));
            draft.score = self.file.bias + weights.sum::<f64>();
        }
    }

    /// Returns the names of what is true of a draft.
    pub fn features(&self, input: &Input, draft: &Draft) -> Vec<String> {
        let predicate = draft.predicate(input);
        let sentence = draft.sentence(input);
        let mut names = vec![
            format!("clause={}", clause_word(predicate.clause)),
            format!("kind={}", kind_word(predicate.kind)),
            format!(
                "clause+kind+tense={}+{}+{}",
                clause_word(predicate.clause),
                kind_word(predicate.kind),
                tense_word(predicate.tense)
            ),
            format!("tense={}", tense_word(predicate.tense)),
            format!("factuality={}", draft.factuality.as_str()),
            format!("class={}", input.types.class(&draft.event_type)),
            format!(
                "kind+class={}+{}",
                kind_word(predicate.kind),
                input.types.class(&draft.event_type)
            ),
        ];
        if predicate.clause == ClauseKind::Joined || predicate.clause == ClauseKind::Content {
            names.push(format!("joint={}", predicate.joint));
        }
        if predicate.kind == PredicateKind::Noun {
            names.push(format!("noun-joint={}", predicate.joint));
        }
        names.extend(predicate.moods.iter().map(|it| format!("mood={it}")));
        let mut flag = |name: &str, on: bool| {
            if on {
                names.push(name.to_owned());
            }
        };
        flag("typed", draft.typed);
        flag("dated", draft.when.certainty() != Certainty::Unstated);
        flag("timex", draft.timex.is_some());
        flag(
            "dated+noun",
            draft.timex.is_some() && predicate.kind == PredicateKind::Noun,
        );
        flag("quoted", predicate.quoted);
        flag("passive", predicate.passive);
        flag("negated", draft.factuality == Factuality::Negated);
        flag("headline", sentence.kind == SentenceKind::Headline);
        flag("reporting", draft.reporting.is_some());
        flag(
            "reporting+main",
            draft.reporting.is_some() && predicate.clause == ClauseKind::Main,
        );
        flag(
            "agent",
            draft.participants.iter().any(|it| it.role == Role::Agent),
        );
        flag(
            "known-agent",
            draft
                .participants
                .iter()
                .any(|it| it.role == Role::Agent && it.entity.is_some()),
        );
        flag(
            "theme",
            draft
                .participants
                .iter()
                .any(|it| matches!(it.role, Role::Theme | Role::Patient)),
        );
        flag("attributed", !draft.attribution.is_empty());
        flag("first-paragraph", sentence.paragraph == 0);
        flag("late", draft.at.sentence >= 8);
        flag("long-article", input.document.sentences.len() > 8);
        flag(
            "long+late+noun",
            draft.at.sentence >= 8 && predicate.kind == PredicateKind::Noun,
        );
        flag("dated+class-other", draft.timex.is_some() && !draft.typed);
        names
    }
}

fn clause_word(clause: ClauseKind) -> &'static str {
    match clause {
        ClauseKind::Main => "main",
        ClauseKind::Joined => "joined",
        ClauseKind::Adnominal => "adnominal",
        ClauseKind::Content => "content",
        ClauseKind::Noun => "noun",
    }
}

fn kind_word(kind: PredicateKind) -> &'static str {
    match kind {
        PredicateKind::Verb => "verb",
        PredicateKind::State => "state",
        PredicateKind::Noun => "noun",
    }
}

fn tense_word(tense: Tense) -> &'static str {
    match tense {
        Tense::Past => "past",
        Tense::Present => "present",
        Tense::Future => "future",
        Tense::Unmarked => "unmarked",
    }
}
