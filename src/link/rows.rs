//! Rows of `causal.toml`.

use crate::lang::Pack;
use crate::model::{Confidence, Relation, RuleId, Strength};
use crate::syntax::TokenPattern;
use crate::{Error, Result};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CausalFile {
    joint: Vec<JointRow>,
    opening: Vec<OpeningRow>,
    verb: Vec<VerbRow>,
    object: Vec<ObjectRow>,
    turn: Vec<TurnRow>,
    headline: Vec<HeadlineRow>,
}

/// What every row has.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Meaning {
    pub id: String,
    relation: String,
    #[serde(default)]
    strength: Option<String>,
    /// 0 to 100.
    confidence: u8,
    /// The clause that carries the cue is the effect, not the cause.
    #[serde(default)]
    pub backwards: bool,
}

/// A joint inside a sentence: the clause or noun with it, and the clause it joins.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct JointRow {
    #[serde(flatten)]
    pub meaning: Meaning,
    pub joints: Vec<String>,
    /// `verb` or `noun`; empty for both.
    #[serde(default)]
    pub of: Vec<String>,
    /// Event types that the joined side must have; empty for any.
    #[serde(default)]
    pub to_types: Vec<String>,
    #[serde(default)]
    pub from_types: Vec<String>,
    #[serde(default)]
    #[allow(dead_code, reason = "run as tests")]
    pub accept: Vec<String>,
    #[serde(default)]
    #[allow(dead_code, reason = "run as tests")]
    pub reject: Vec<String>,
}

/// Words at the beginning of a sentence that point to the one before.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct OpeningRow {
    #[serde(flatten)]
    pub meaning: Meaning,
    #[serde(rename = "match")]
    pub pattern: String,
    #[serde(default)]
    #[allow(dead_code, reason = "run as tests")]
    pub accept: Vec<String>,
    #[serde(default)]
    #[allow(dead_code, reason = "run as tests")]
    pub reject: Vec<String>,
}

/// Verbs that say that one event brought another about.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct VerbRow {
    #[serde(flatten)]
    pub meaning: Meaning,
    pub lemmas: Vec<String>,
    /// Markers of the cause.
    pub from: Vec<String>,
    /// Markers of the effect.
    pub to: Vec<String>,
}

/// Verbs whose object is an event that the clause builds on or changes.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ObjectRow {
    #[serde(flatten)]
    pub meaning: Meaning,
    #[serde(default)]
    pub lemmas: Vec<String>,
    /// Event types of the verb.
    #[serde(default)]
    pub types: Vec<String>,
    /// Markers of the object.
    pub markers: Vec<String>,
    /// Moods or joints that say the clause explains the sentence before.
    #[serde(default)]
    pub explains: Vec<String>,
}

/// Nouns that say somebody turned away from what they had said.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TurnRow {
    #[serde(flatten)]
    pub meaning: Meaning,
    /// The words that say so, anywhere in the sentence.
    pub nouns: Vec<String>,
    /// Words for the position that was left.
    pub positions: Vec<String>,
}

/// A headline that asks whether somebody's deed worked.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct HeadlineRow {
    #[serde(flatten)]
    pub meaning: Meaning,
    pub lemmas: Vec<String>,
    pub moods: Vec<String>,
}

/// A row's meaning with its words read.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    pub rule: RuleId,
    pub relation: Relation,
    pub strength: Strength,
    pub confidence: Confidence,
    pub backwards: bool,
}

/// The signals of one language.
pub(super) struct Signals {
    pub joints: Vec<(JointRow, Sense)>,
    pub openings: Vec<(OpeningRow, Sense, TokenPattern)>,
    pub verbs: Vec<(VerbRow, Sense)>,
    pub objects: Vec<(ObjectRow, Sense)>,
    pub turns: Vec<(TurnRow, Sense)>,
    pub headlines: Vec<(HeadlineRow, Sense)>,
    pub lang: String,
}

impl Signals {
    pub fn new(pack: &Pack) -> Result<Self> {
        let file: CausalFile = pack.rows("causal.toml")?;
        let lang = pack.lang.as_str();
        let sense = |it: &Meaning| sense(lang, it);
        let openings = file.opening.into_iter().map(|it| {
            let pattern = TokenPattern::new(&it.pattern)?;
            Ok((it.clone(), sense(&it.meaning)?, pattern))
        });
        Ok(Self {
            joints: file
                .joint
                .into_iter()
                .map(|it| Ok((it.clone(), sense(&it.meaning)?)))
                .collect::<Result<_>>()?,
            openings: openings.collect::<Result<_>>()?,
            verbs: file
                .verb
                .into_iter()
                .map(|it| Ok((it.clone(), sense(&it.meaning)?)))
                .collect::<Result<_>>()?,
            objects: file
                .object
                .into_iter()
                .map(|it| Ok((it.clone(), sense(&it.meaning)?)))
                .collect::<Result<_>>()?,
            turns: file
                .turn
                .into_iter()
                .map(|it| Ok((it.clone(), sense(&it.meaning)?)))
                .collect::<Result<_>>()?,
            headlines: file
                .headline
                .into_iter()
                .map(|it| Ok((it.clone(), sense(&it.meaning)?)))
                .collect::<Result<_>>()?,
            lang: lang.to_owned(),
        })
    }
}

fn sense(lang: &str, meaning: &Meaning) -> Result<Sense> {
    let wrong = |what: &str, word: &str| {
        Error::usage(format!(
            "data/lang/{lang}/causal.toml: rule `{}`: unknown {what} `{word}`",
            meaning.id
        ))
    };
    let relation = Relation::from_word(&meaning.relation)
        .ok_or_else(|| wrong("relation", &meaning.relation))?;
    let word = meaning.strength.as_deref().unwrap_or("explicit");
    let strength = Strength::from_word(word).ok_or_else(|| wrong("strength", word))?;
    Ok(Sense {
        rule: RuleId::new(format!("{lang}/link/{}", meaning.id)),
        relation,
        strength,
        confidence: Confidence::new(meaning.confidence),
        backwards: meaning.backwards,
    })
}
