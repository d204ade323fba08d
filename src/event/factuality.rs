//! Whether it happened: `factuality.toml` maps moods, tense and heads to `FactBank`'s values.

use super::draft::Draft;
use super::{Input, Lexicon};
use crate::lang::Pack;
use crate::model::Factuality;
use crate::syntax::{ClauseKind, Predicate, Tense};
use crate::text::Sentence;
use crate::{Error, Result};
use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactualityFile {
    #[serde(default)]
    rule: Vec<FactualityRow>,
    /// Joints whose clause is as real as the clause it joins, if its form does not say.
    #[serde(default)]
    shares: Vec<String>,
    /// Those of them that share a denial, too: "did not go and sign".
    #[serde(default)]
    denies: Vec<String>,
    /// Verbs whose complement happened if they did: "forced it to close".
    #[serde(default)]
    implicatives: FxHashSet<String>,
    /// Joints of that complement.
    #[serde(default)]
    implied: Vec<String>,
}

/// One rule; the first that fits decides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactualityRow {
    id: String,
    /// Sentences of which it decides a predicate.
    #[allow(dead_code, reason = "run as tests")]
    #[serde(default)]
    accept: Vec<String>,
    /// Sentences of which it decides none.
    #[allow(dead_code, reason = "run as tests")]
    #[serde(default)]
    reject: Vec<String>,
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
    /// None of these predicates.
    #[serde(default)]
    except: FxHashSet<String>,
    /// Any of these clauses and kinds of predicate; empty for any.
    #[serde(default)]
    clauses: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
    /// Any of these morphemes in its joint; empty for any or none.
    #[serde(default)]
    endings: Vec<String>,
    /// Whether its form shows no mood and its word reports nothing.
    #[serde(default)]
    plain: bool,
    factuality: String,
}

/// A clause that shares its factuality asks its governor, and so on, this often.
const MOST_GOVERNORS: usize = 4;

/// A sentence with its clauses, and the words that say something.
#[derive(Clone, Copy)]
struct Scene<'a> {
    lexicon: &'a Lexicon,
    sentence: &'a Sentence,
    predicates: &'a [Predicate],
}

/// The rules of one language, in order.
pub(super) struct FactualityRules {
    rows: Vec<(FactualityRow, Factuality)>,
    shares: Vec<String>,
    denies: Vec<String>,
    implicatives: FxHashSet<String>,
    implied: Vec<String>,
}

impl FactualityRules {
    pub fn new(pack: &Pack) -> Result<Self> {
        let file: FactualityFile = pack.rows("factuality.toml")?;
        let row = |row: FactualityRow| {
            let value = Factuality::from_word(&row.factuality).ok_or_else(|| {
                Error::usage(format!(
                    "{}: rule `{}`: unknown factuality `{}`",
                    pack.shown("factuality.toml"),
                    row.id,
                    row.factuality
                ))
            })?;
            Ok((row, value))
        };
        Ok(Self {
            rows: file.rule.into_iter().map(row).collect::<Result<_>>()?,
            shares: file.shares,
            denies: file.denies,
            implicatives: file.implicatives,
            implied: file.implied,
        })
    }

    /// Returns whether what the draft tells happened.
    pub fn judge(&self, input: &Input, lexicon: &Lexicon, draft: &Draft) -> Factuality {
        let predicates = &input.clauses[draft.at.sentence].predicates;
        let sentence = draft.sentence(input);
        let at = draft.at.predicate;
        let scene = Scene {
            lexicon,
            sentence,
            predicates,
        };
        self.of(scene, at, MOST_GOVERNORS)
    }

    /// Returns the ids of the rules that decide the predicates of a sentence by their own form.
    pub fn deciding(
        &self,
        lexicon: &Lexicon,
        sentence: &Sentence,
        predicates: &[Predicate],
    ) -> Vec<&str> {
        let own = (0..predicates.len()).filter(|it| self.implying(predicates, *it).is_none());
        let scene = Scene {
            lexicon,
            sentence,
            predicates,
        };
        let rows = own.filter_map(|it| self.row(scene, &predicates[it]));
        rows.map(|(row, _)| row.id.as_str()).collect()
    }

    /// Returns the verb that makes the predicate `at` as real as itself: "forced it to close".
    fn implying(&self, predicates: &[Predicate], at: usize) -> Option<usize> {
        let predicate = &predicates[at];
        let follows = !predicate.negated && self.implied.contains(&predicate.joint);
        let governor = predicate.governor.filter(|_| follows)?;
        let implies = self.implicatives.contains(&predicates[governor].lemma);
        implies.then_some(governor)
    }

    /// Returns the first rule that fits `predicate`.
    fn row(&self, scene: Scene, predicate: &Predicate) -> Option<&(FactualityRow, Factuality)> {
        let Scene {
            lexicon, sentence, ..
        } = scene;
        let head = predicate
            .head_noun
            .and_then(|it| sentence.tokens.get(it))
            .map(|it| it.form.as_str());
        let fits = |row: &FactualityRow| {
            row.fits(predicate, head)
                && (!row.plain
                    || predicate.moods.is_empty() && lexicon.reporting(predicate).is_none())
                && (row.endings.is_empty() || row.ends(sentence, predicate))
        };
        self.rows.iter().find(|(row, _)| fits(row))
    }

    /// Judges the predicate `at`, asking at most `steps` governors.
    fn of(&self, scene: Scene, at: usize, steps: usize) -> Factuality {
        let predicates = scene.predicates;
        let predicate = &predicates[at];
        if let Some(governor) = self.implying(predicates, at).filter(|_| 0 < steps) {
            return self.of(scene, governor, steps - 1);
        }
        if let Some((_, value)) = self.row(scene, predicate) {
            return *value;
        }
        let unmarked = predicate.tense == Tense::Unmarked
            && predicate.moods.is_empty()
            && predicate.clause == ClauseKind::Joined;
        let follows = unmarked && self.shares.contains(&predicate.joint);
        // What stands beside a quotation is as real as the saying, not as what is quoted.
        let outside = |it: &usize| predicate.quoted || !predicates[*it].quoted;
        let mut governors =
            std::iter::successors(predicate.governor, |it| predicates[*it].governor);
        match governors.by_ref().take(MOST_GOVERNORS).find(outside) {
            Some(governor) if follows && 0 < steps => {
                let shared = self.of(scene, governor, steps - 1);
                // "It applied and so nothing arose": the denial reaches no further than its clause.
                let denied = shared == Factuality::Negated;
                if denied && !self.denies.contains(&predicate.joint) {
                    Factuality::Actual
                } else {
                    shared
                }
            }
            _ => Factuality::Actual,
        }
    }
}

impl FactualityRow {
    /// Tells whether the rule holds for `predicate`, whose clause modifies the noun `head`.
    fn fits(&self, predicate: &Predicate, head: Option<&str>) -> bool {
        let any =
            |words: &[String], word: &str| words.is_empty() || words.iter().any(|it| it == word);
        let mood =
            self.moods.is_empty() || self.moods.iter().any(|it| predicate.moods.contains(it));
        let headed = self.heads.is_empty() || head.is_some_and(|it| any(&self.heads, it));
        mood && headed
            && self.negated.is_none_or(|it| it == predicate.negated)
            && any(&self.tense, predicate.tense.as_str())
            && any(&self.joints, &predicate.joint)
            && any(&self.lemmas, &predicate.lemma)
            && any(&self.clauses, predicate.clause.as_str())
            && any(&self.kinds, predicate.kind.as_str())
            && !self.except.contains(&predicate.lemma)
    }

    /// Tells whether the joint of `predicate` has one of the rule's endings.
    fn ends(&self, sentence: &Sentence, predicate: &Predicate) -> bool {
        let Some(joint) = predicate.joint_span else {
            return false;
        };
        let tokens = sentence.tokens.iter();
        let mut inside = tokens.filter(|it| it.span.overlaps(joint));
        inside.any(|it| self.endings.contains(&it.form))
    }
}
