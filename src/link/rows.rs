//! Rows of `causal.toml`.

use crate::lang::Pack;
use crate::model::{Confidence, Relation, RuleId, Strength};
use crate::syntax::TokenPattern;
use crate::{Error, Result};
use serde::Deserialize;

/// The rule file.
const FILE: &str = "causal.toml";

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
pub(super) struct Meaning<'a> {
    pub id: &'a str,
    pub relation: &'a str,
    pub strength: Option<&'a str>,
    pub confidence: u8,
    pub backwards: bool,
}

pub(super) trait Row {
    fn meaning(&self) -> Meaning<'_>;
}

/// Makes a row type with the keys that every row has; `#[serde(flatten)]` would let unknown keys pass.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $sort:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            id: String,
            relation: String,
            strength: Option<String>,
            /// 0 to 100.
            confidence: u8,
            /// The clause that carries the cue is the effect, not the cause.
            #[serde(default)]
            backwards: bool,
            /// Texts in which the rule makes a link.
            #[serde(default)]
            #[allow(dead_code, reason = "run as tests")]
            accept: Vec<String>,
            /// Texts in which it makes none.
            #[serde(default)]
            #[allow(dead_code, reason = "run as tests")]
            reject: Vec<String>,
            $($(#[$field_doc])* pub $field: $sort,)*
        }

        impl Row for $name {
            fn meaning(&self) -> Meaning<'_> {
                Meaning {
                    id: &self.id,
                    relation: &self.relation,
                    strength: self.strength.as_deref(),
                    confidence: self.confidence,
                    backwards: self.backwards,
                }
            }
        }
    };
}

row!(
    /// A joint inside a sentence: the clause or noun with it, and the clause it joins.
    JointRow {
        joints: Vec<String>,
        /// `verb` or `noun`; empty for both.
        #[serde(default)]
        of: Vec<String>,
        /// Event types that the joined side must have; empty for any.
        #[serde(default)]
        to_types: Vec<String>,
        #[serde(default)]
        from_types: Vec<String>,
    }
);

row!(
    /// Words at the beginning of a sentence that point to the one before.
    OpeningRow {
        #[serde(rename = "match")]
        pattern: String,
    }
);

row!(
    /// Verbs that say that one event brought another about.
    VerbRow {
        lemmas: Vec<String>,
        /// Markers of the cause.
        from: Vec<String>,
        /// Markers of the effect.
        to: Vec<String>,
    }
);

row!(
    /// Verbs whose object is an event that the clause builds on or changes.
    ObjectRow {
        #[serde(default)]
        lemmas: Vec<String>,
        /// Event types of the verb.
        #[serde(default)]
        types: Vec<String>,
        /// Markers of the object.
        markers: Vec<String>,
        /// Moods or joints that say the clause explains the sentence before.
        #[serde(default)]
        explains: Vec<String>,
    }
);

row!(
    /// Nouns that say somebody turned away from what they had said.
    TurnRow {
        /// The words that say so, anywhere in the sentence.
        nouns: Vec<String>,
        /// Words for the position that was left.
        positions: Vec<String>,
    }
);

row!(
    /// A headline that asks whether somebody's deed worked.
    HeadlineRow {
        lemmas: Vec<String>,
        moods: Vec<String>,
    }
);

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
        let file: CausalFile = pack.rows(FILE)?;
        let openings = file.opening.into_iter().map(|it| {
            let pattern = TokenPattern::new(&it.pattern)?;
            let sense = sense(pack, FILE, &it.meaning())?;
            Ok((it, sense, pattern))
        });
        Ok(Self {
            joints: with_sense(pack, file.joint)?,
            openings: openings.collect::<Result<_>>()?,
            verbs: with_sense(pack, file.verb)?,
            objects: with_sense(pack, file.object)?,
            turns: with_sense(pack, file.turn)?,
            headlines: with_sense(pack, file.headline)?,
            lang: pack.lang.to_string(),
        })
    }
}

fn with_sense<R: Row>(pack: &Pack, rows: Vec<R>) -> Result<Vec<(R, Sense)>> {
    rows.into_iter()
        .map(|it| {
            let sense = sense(pack, FILE, &it.meaning())?;
            Ok((it, sense))
        })
        .collect()
}

/// Reads what a row of `file` means.
pub(super) fn sense(pack: &Pack, file: &str, meaning: &Meaning) -> Result<Sense> {
    let wrong = |what: &str, word: &str| {
        Error::usage(format!(
            "{}: rule `{}`: unknown {what} `{word}`",
            pack.shown(file),
            meaning.id
        ))
    };
    let relation =
        Relation::from_word(meaning.relation).ok_or_else(|| wrong("relation", meaning.relation))?;
    let word = meaning.strength.unwrap_or("explicit");
    let strength = Strength::from_word(word).ok_or_else(|| wrong("strength", word))?;
    Ok(Sense {
        rule: RuleId::new(format!("{}/link/{}", pack.lang, meaning.id)),
        relation,
        strength,
        confidence: Confidence::new(meaning.confidence),
        backwards: meaning.backwards,
    })
}

#[cfg(test)]
mod tests {
    use super::CausalFile;
    use crate::lang::parse_toml;

    #[test]
    fn every_row_refuses_an_unknown_key_and_names_its_line() {
        let common = "id = \"a\"\nrelation = \"causes\"\nconfidence = 50\n";
        let sorts = [
            ("joint", "joints = []"),
            ("opening", "match = \"so\""),
            ("verb", "lemmas = []\nfrom = []\nto = []"),
            ("object", "markers = []"),
            ("turn", "nouns = []\npositions = []"),
            ("headline", "lemmas = []\nmoods = []"),
        ];
        for (sort, own) in sorts {
            let right = format!("[[{sort}]]\n{common}{own}\n");
            parse_toml::<CausalFile>("causal.toml", &right).expect("the row is right");
            let wrong = format!("{right}confidense = 1\n");
            let line = wrong.lines().count();
            let Err(error) = parse_toml::<CausalFile>("causal.toml", &wrong) else {
                panic!("{sort}: the unknown key passed");
            };
            let message = error.to_string();
            assert!(
                message.contains(&format!("causal.toml:{line}:1: unknown field `confidense`")),
                "{sort}: {message}"
            );
        }
    }
}
