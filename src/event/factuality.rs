//! Whether it happened: `factuality.toml` maps moods, tense and heads to FactBank's values.

use super::draft::Draft;
use super::{Input, Lexicon};
use crate::lang::Pack;
use crate::model::Factuality;
use crate::syntax::{ClauseKind, Predicate, PredicateKind, Tense};
use crate::{Error, Result};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactualityFile {
    #[serde(default)]
    rule: Vec<FactualityRow>,
    /// Joints whose clause is as real as the clause it joins, if its form does not say.
    #[serde(default)]
    shares: Vec<String>,
}

/// One rule; the first that fits decides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactualityRow {
    #[allow(dead_code, reason = "names the rule for people")]
    id: String,
    /// Any of these moods; empty for any or none.
    #[serde(default)]
    moods: Vec<String>,
    negated: Option<bool>,
    #[serde(default)]
    tense: Vec<String>,
    /// Any of these joints.
    #[serde(default)]
    joints: Vec<String>,
    /// Any of these nouns headed by the clause.
    #[serde(default)]
    heads: Vec<String>,
    #[serde(default)]
    lemmas: Vec<String>,
    factuality: String,
}

/// The rules of one language, in order.
pub(super) struct FactualityRules {
    rows: Vec<(FactualityRow, Factuality)>,
    shares: Vec<String>,
}

impl FactualityRules {
    pub fn new(pack: &Pack) -> Result<Self> {
        let file: FactualityFile = pack.rows("factuality.toml")?;
        let row = |row: FactualityRow| {
            let value = Factuality::from_word(&row.factuality).ok_or_else(|| {
                Error::usage(format!(
                    "data/lang/{}/factuality.toml: unknown factuality `{}`",
                    pack.lang, row.factuality
                ))
            })?;
            Ok((row, value))
        };
        Ok(Self {
            rows: file.rule.into_iter().map(row).collect::<Result<_>>()?,
            shares: file.shares,
        })
    }

    /// Sets the draft's factuality.
    pub fn judge(&self, input: &Input, lexicon: &Lexicon, draft: &mut Draft) {
        let predicates = &input.clauses[draft.at.sentence].predicates;
        draft.factuality = self.of(input, draft, predicates, draft.at.predicate, 4);
        let _ = lexicon;
    }

    fn of(
        &self,
        input: &Input,
        draft: &Draft,
        predicates: &[Predicate],
        at: usize,
        depth: usize,
    ) -> Factuality {
        let predicate = &predicates[at];
        let sentence = draft.sentence(input);
        let head = predicate
            .head_noun
            .and_then(|it| sentence.tokens.get(it))
            .map(|it| it.form.as_str());
        let fits = |row: &FactualityRow| {
            (row.moods.is_empty() || row.moods.iter().any(|it| predicate.moods.contains(it)))
                && row.negated.is_none_or(|it| it == predicate.negated)
                && (row.tense.is_empty()
                    || row.tense.iter().any(|it| it == tense_word(predicate.tense)))
                && (row.joints.is_empty() || row.joints.contains(&predicate.joint))
                && (row.heads.is_empty()
                    || head.is_some_and(|head| row.heads.iter().any(|it| it == head)))
                && (row.lemmas.is_empty() || row.lemmas.contains(&predicate.lemma))
        };
        if let Some((_, value)) = self.rows.iter().find(|(row, _)| fits(row)) {
            return *value;
        }
        let unmarked = predicate.tense == Tense::Unmarked && predicate.clause == ClauseKind::Joined;
        let shares = unmarked && self.shares.contains(&predicate.joint);
        let noun = predicate.kind == PredicateKind::Noun;
        match predicate.governor {
            Some(governor) if shares && depth > 0 => {
                self.of(input, draft, predicates, governor, depth - 1)
            }
            _ if noun => Factuality::Actual,
            _ => Factuality::Actual,
        }
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
