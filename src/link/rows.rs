//! Rows of `causal.toml`.

use crate::lang::Pack;
use crate::model::{Confidence, Relation, RuleId, Strength};
use crate::syntax::TokenPatterns;
use crate::text::Token;
use crate::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::ops::Range;

/// The rule file.
const FILE: &str = "causal.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CausalFile {
    /// Moods of a verb that leave open what it says.
    open_moods: Vec<String>,
    /// Words that stand for the clause before.
    anaphors: Vec<String>,
    /// Joints of a clause that stands beside the one it joins.
    beside: Vec<String>,
    joint: Vec<JointRow>,
    opening: Vec<EdgeRow>,
    closing: Vec<EdgeRow>,
    verb: Vec<VerbRow>,
    object: Vec<ObjectRow>,
    turn: Vec<TurnRow>,
    headline: Vec<HeadlineRow>,
    report: Vec<ReportRow>,
    order: Vec<OrderRow>,
}

/// What every row has.
pub(super) struct Meaning<'a> {
    pub id: &'a str,
    pub relation: &'a str,
    pub strength: Option<&'a str>,
    pub confidence: u8,
    pub backwards: bool,
    pub weighed: bool,
    pub clear: bool,
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
            /// The weights decide whether two events that the words join are cause and effect.
            #[serde(default)]
            weighed: bool,
            /// The words say cause, whatever they join: where the weights refuse the events, the clauses remain.
            #[serde(default)]
            clear: bool,
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
                    weighed: self.weighed,
                    clear: self.clear,
                }
            }
        }
    };
}

row!(
    /// A joint inside a sentence: the clause or noun with it, and the clause it joins.
    JointRow {
        joints: Vec<String>,
        /// `verb`, `noun`, or `adnominal` for the noun that a clause modifies; empty for all.
        #[serde(default)]
        of: Vec<String>,
        /// Event types that the joined side must have; empty for any.
        #[serde(default)]
        to_types: Vec<String>,
        #[serde(default)]
        from_types: Vec<String>,
        /// Tenses that the joined clause must have; empty for any.
        #[serde(default)]
        to_tenses: Vec<String>,
        /// The joined clause says or does something about the other: where the weights see no cause, it answers it.
        #[serde(default)]
        topic: bool,
        /// Classes of event types that the side with the joint must not have.
        #[serde(default)]
        from_not: Vec<String>,
        /// Dictionary forms of the side with the joint, and of the joined side, with which the words say something else.
        #[serde(default)]
        from_except: FxHashSet<String>,
        #[serde(default)]
        to_except: FxHashSet<String>,
        /// Where the joined side is.
        #[serde(default)]
        reach: Reach,
    }
);

row!(
    /// Words at the beginning of a sentence that point to the one before, or at its end that explain it.
    EdgeRow {
        #[serde(rename = "match")]
        pattern: String,
        /// Words after the match with which it says something else: "as a result of" points to nothing before.
        #[serde(default)]
        not_before: Vec<String>,
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
        /// Joints of the clause that is the effect, where no phrase is.
        #[serde(default)]
        to_joints: Vec<String>,
        /// Words of which the verb must have one; empty for any.
        #[serde(default)]
        words: Vec<String>,
        /// Markers of phrases beside which the verb says something else.
        #[serde(default)]
        without: Vec<String>,
        /// The effect is what the verb says of the phrase, not the phrase alone: "delayed the departure".
        #[serde(default)]
        whole: bool,
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

row!(
    /// What somebody says happened, and the saying: a link of its own, where a pack wants one.
    ReportRow {}
);

row!(
    /// Forms of two clauses that tell which of their events came first.
    OrderRow {
        earlier: SideRow,
        later: SideRow,
        /// Which side the text tells first; empty if either.
        #[serde(default)]
        told_first: Option<Told>,
        /// How many sentences lie from one to the other at most: 0 if both are in one, or 1.
        #[serde(default)]
        apart: usize,
    }
);

/// What one of two events must be like; what is left out may be anything.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SideRow {
    /// Whether it reports something.
    pub reports: Option<bool>,
    /// Its tenses.
    pub tenses: Vec<String>,
    /// How its clause stands.
    pub clauses: Vec<String>,
    /// What its predicate is made of.
    pub kinds: Vec<String>,
    /// What ends its clause is joined with.
    pub joints: Vec<String>,
    /// Factualities of its event.
    pub facts: Vec<String>,
}

/// Where the side that a joint joins is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reach {
    /// The clause that the joint belongs to.
    #[default]
    Governor,
    /// The clause that the governor is put beside.
    Beside,
    /// The event noun right after the joint.
    Noun,
    /// The first event of `to_types` after the joint.
    Nearest,
}

/// One of the sides of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Told {
    Earlier,
    Later,
}

/// A row's meaning with its words read.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    pub rule: RuleId,
    pub relation: Relation,
    pub strength: Strength,
    pub confidence: Confidence,
    pub backwards: bool,
    /// The words say cause, whatever they join.
    pub clear: bool,
    /// The weights decide.
    pub weighed: bool,
}

impl Sense {
    /// Returns what a joint says of a deed and of a phrase that only names what it is about.
    fn of_topic(&self) -> Self {
        Self {
            rule: RuleId::new(format!("{}/topic", self.rule)),
            relation: Relation::RespondsTo,
            strength: Strength::Implicit,
            backwards: false,
            ..self.clone()
        }
    }
}

/// Words at an edge of a sentence, read: each pattern with what it means.
pub(super) struct Edges {
    patterns: TokenPatterns,
    senses: Vec<Sense>,
    /// Words that must not follow each pattern.
    not_before: Vec<Vec<String>>,
}

impl Edges {
    fn new(pack: &Pack, rows: &[EdgeRow]) -> Result<Self> {
        let senses = rows.iter().map(|it| sense(pack, FILE, &it.meaning()));
        Ok(Self {
            patterns: TokenPatterns::new(rows.iter().map(|it| it.pattern.as_str()))?,
            senses: senses.collect::<Result<_>>()?,
            not_before: rows.iter().map(|it| it.not_before.clone()).collect(),
        })
    }

    /// Returns the first match of each pattern that begins at one of `places`, in the order of the patterns.
    fn matches(&self, tokens: &[Token], places: Range<usize>) -> Vec<(&Sense, Range<usize>)> {
        let at = |at: usize| {
            let all = self.patterns.matches_at(tokens, at);
            all.map(move |(idx, end)| (idx, at..end))
        };
        let mut found: Vec<(usize, Range<usize>)> = places.flat_map(at).collect();
        found.sort_by_key(|it| (it.0, it.1.start));
        found.dedup_by_key(|it| it.0);
        let found = found.into_iter().filter(|(idx, it)| {
            let next = tokens.get(it.end).map(|it| &it.form);
            !next.is_some_and(|it| self.not_before[*idx].contains(it))
        });
        found.map(|(idx, it)| (&self.senses[idx], it)).collect()
    }
}

/// The signals of one language.
pub(super) struct Signals {
    /// Moods of a verb that leave open what it says.
    pub open_moods: Vec<String>,
    /// Words that stand for the clause before.
    pub anaphors: Vec<String>,
    /// Joints of a clause that stands beside the one it joins.
    pub beside: Vec<String>,
    pub joints: Vec<(JointRow, Sense)>,
    /// Joints of what a deed is about, with what they say of it where it is no event.
    pub topics: Vec<(Vec<String>, Sense)>,
    openings: Edges,
    closings: Edges,
    pub verbs: Vec<(VerbRow, Sense)>,
    pub objects: Vec<(ObjectRow, Sense)>,
    pub turns: Vec<(TurnRow, Sense)>,
    pub headlines: Vec<(HeadlineRow, Sense)>,
    pub reports: Vec<(ReportRow, Sense)>,
    pub orders: Vec<(OrderRow, Sense)>,
    /// The rules whose links the weights judge, and what remains of those that they refuse.
    pub weighed: FxHashMap<RuleId, Refused>,
}

/// What remains of a link that the weights refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Nothing,
    /// The words, since they say cause whatever they join.
    Words,
    /// One side is about the other.
    Answer,
}

impl Signals {
    pub fn new(pack: &Pack) -> Result<Self> {
        let file: CausalFile = pack.rows(FILE)?;
        let joints = with_sense(pack, file.joint)?;
        let openings = Edges::new(pack, &file.opening)?;
        let closings = Edges::new(pack, &file.closing)?;
        let verbs = with_sense(pack, file.verb)?;
        let (mut topics, mut answers) = (Vec::new(), FxHashSet::default());
        for (row, sense) in joints.iter().filter(|it| it.0.topic) {
            topics.push((row.joints.clone(), sense.of_topic()));
            answers.insert(sense.rule.clone());
        }
        let refused = |it: &Sense| match (answers.contains(&it.rule), it.clear) {
            (true, _) => Refused::Answer,
            (false, true) => Refused::Words,
            (false, false) => Refused::Nothing,
        };
        let senses = joints
            .iter()
            .map(|it| &it.1)
            .chain(verbs.iter().map(|it| &it.1))
            .chain(openings.senses.iter().chain(&closings.senses));
        Ok(Self {
            open_moods: file.open_moods,
            anaphors: file.anaphors,
            beside: file.beside,
            weighed: senses
                .filter(|it| it.weighed)
                .map(|it| (it.rule.clone(), refused(it)))
                .collect(),
            joints,
            topics,
            openings,
            closings,
            verbs,
            objects: with_sense(pack, file.object)?,
            turns: with_sense(pack, file.turn)?,
            headlines: with_sense(pack, file.headline)?,
            reports: with_sense(pack, file.report)?,
            orders: with_sense(pack, file.order)?,
        })
    }
}

/// How far into a sentence or clause its opening words may begin.
const OPENING_TOKENS: usize = 3;

/// How far from the end of a sentence its closing words may begin.
const CLOSING_TOKENS: usize = 10;

/// How many tokens may follow the closing words: tense, ending and mark.
const AFTER_CLOSING: usize = 3;

impl Signals {
    /// Returns what the first words mean that open what begins at the token `begin`, and where they stand.
    pub fn opening(&self, tokens: &[Token], begin: usize) -> Option<(&Sense, Range<usize>)> {
        let places = begin..tokens.len().min(begin + OPENING_TOKENS);
        self.openings.matches(tokens, places).into_iter().next()
    }

    /// Returns what the first words that close a sentence of these tokens mean, and where they stand; endings and marks may follow.
    pub fn closing(&self, tokens: &[Token]) -> Option<(&Sense, Range<usize>)> {
        let places = tokens.len().saturating_sub(CLOSING_TOKENS)..tokens.len();
        let mut found = self.closings.matches(tokens, places).into_iter();
        found.find(|it| tokens.len() <= it.1.end + AFTER_CLOSING)
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
        clear: meaning.clear,
        weighed: meaning.weighed,
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
            ("closing", "match = \"so\""),
            ("verb", "lemmas = []\nfrom = []\nto = []"),
            ("object", "markers = []"),
            ("turn", "nouns = []\npositions = []"),
            ("headline", "lemmas = []\nmoods = []"),
            ("report", ""),
            ("order", "earlier = {}\nlater = {}"),
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
