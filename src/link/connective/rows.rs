//! Rows of `connectives.toml`: which words connect a cause and its effect, and which words end or lead away from a side.

use super::super::rows::{Meaning, Row, Sense, sense};
use crate::Result;
use crate::lang::Pack;
use crate::syntax::TokenPattern;
use crate::text::Token;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// The rule file.
pub(super) const FILE: &str = "connectives.toml";
/// Words and the classes of their meaning.
const CLASSES: &str = "classes.tsv";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ConnectiveFile {
    /// Beginnings of the tags of verbs, nouns, adjectives, names and numbers.
    verbs: Vec<String>,
    nouns: Vec<String>,
    adjectives: Vec<String>,
    names: Vec<String>,
    numbers: Vec<String>,
    /// Marks and words that end a side wherever they stand.
    ends: Vec<String>,
    /// Words that end a side where they stand after a comma.
    walls: Vec<String>,
    comma: Vec<String>,
    /// Words behind which a connective may open a clause, as it may open a sentence.
    openers: Vec<String>,
    /// Joints that put a clause beside another.
    coordinators: Vec<String>,
    /// Markers of what lies between a cause and its effect.
    through: Vec<String>,
    /// Words that ask for the cause.
    asks: Vec<String>,
    /// Verbs whose content is denied.
    denials: Vec<String>,
    /// Words between a side and its connective that belong to neither.
    aside: Vec<String>,
    negations: Vec<String>,
    hedges: Vec<String>,
    connective: Vec<ConnectiveRow>,
    /// Connectives that state a cause only where the weights of the pack say so.
    candidate: Vec<ConnectiveRow>,
}

/// Which side of a connective is the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    /// What stands before it.
    Before,
    /// What stands after it.
    After,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent key of a row"
)]
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConnectiveRow {
    /// A candidate is no rule by itself: it has a name, and no examples.
    #[serde(alias = "name")]
    pub id: String,
    relation: String,
    strength: Option<String>,
    confidence: u8,
    /// Token patterns.
    #[serde(rename = "match")]
    patterns: Vec<String>,
    pub cause: Side,
    /// The first token of the pattern is a verb.
    #[serde(default)]
    pub verb: bool,
    /// May open the sentence, its own side first and the other one after a comma.
    #[serde(default)]
    pub front: bool,
    /// How many tokens at the end of the match belong to the side after it.
    #[serde(default)]
    pub keep: usize,
    /// It states a cause whatever the weights say of its sentence.
    #[serde(default)]
    pub clear: bool,
    /// The verb itself is what comes of the cause: "hurt by a strike".
    #[serde(default)]
    pub tells: bool,
    /// A candidate.
    #[serde(skip)]
    pub weak: bool,
    /// Texts in which the rule makes a link.
    #[serde(default)]
    #[allow(dead_code, reason = "run as tests")]
    accept: Vec<String>,
    /// Texts in which it makes none.
    #[serde(default)]
    #[allow(dead_code, reason = "run as tests")]
    reject: Vec<String>,
}

impl Row for ConnectiveRow {
    fn meaning(&self) -> Meaning<'_> {
        Meaning {
            id: &self.id,
            relation: &self.relation,
            strength: self.strength.as_deref(),
            confidence: self.confidence,
            backwards: false,
            weighed: false,
            clear: false,
        }
    }
}

/// The connectives of one language.
pub(super) struct Connectives {
    pub rows: Vec<(ConnectiveRow, Sense)>,
    patterns: Vec<(usize, TokenPattern)>,
    /// Patterns by a form or dictionary form that their first token has.
    by_word: FxHashMap<String, Vec<usize>>,
    /// The large and the small class of a word.
    classes: FxHashMap<String, [String; 2]>,
    verbs: Vec<String>,
    nouns: Vec<String>,
    adjectives: Vec<String>,
    names: Vec<String>,
    numbers: Vec<String>,
    pub ends: FxHashSet<String>,
    pub walls: FxHashSet<String>,
    pub comma: FxHashSet<String>,
    pub openers: FxHashSet<String>,
    pub coordinators: FxHashSet<String>,
    pub through: FxHashSet<String>,
    pub asks: FxHashSet<String>,
    pub denials: FxHashSet<String>,
    aside: FxHashSet<String>,
    pub negations: FxHashSet<String>,
    pub hedges: FxHashSet<String>,
}

impl Connectives {
    pub fn new(pack: &Pack) -> Result<Self> {
        let file: ConnectiveFile = pack.rows(FILE)?;
        let (mut rows, mut patterns) = (Vec::new(), Vec::new());
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let weak = file
            .candidate
            .into_iter()
            .map(|it| ConnectiveRow { weak: true, ..it });
        for row in file.connective.into_iter().chain(weak) {
            for text in &row.patterns {
                let pattern = TokenPattern::new(text)?;
                for word in pattern.first_forms().unwrap_or_default() {
                    by_word
                        .entry(word.to_owned())
                        .or_default()
                        .push(patterns.len());
                }
                patterns.push((rows.len(), pattern));
            }
            let sense = sense(pack, FILE, &row.meaning())?;
            rows.push((row, sense));
        }
        let set = |it: Vec<String>| it.into_iter().collect();
        Ok(Self {
            rows,
            patterns,
            by_word,
            classes: classes(pack),
            verbs: file.verbs,
            nouns: file.nouns,
            adjectives: file.adjectives,
            names: file.names,
            numbers: file.numbers,
            ends: set(file.ends),
            walls: set(file.walls),
            comma: set(file.comma),
            openers: set(file.openers),
            coordinators: set(file.coordinators),
            through: set(file.through),
            asks: set(file.asks),
            denials: set(file.denials),
            aside: set(file.aside),
            negations: set(file.negations),
            hedges: set(file.hedges),
        })
    }

    /// Calls `take` with every row whose pattern matches at `at`, and the index after its last token.
    pub fn each_match(&self, tokens: &[Token], at: usize, mut take: impl FnMut(usize, usize)) {
        let token = &tokens[at];
        let by_form = self.by_word.get(&token.form);
        let by_lemma = (token.lemma() != token.form)
            .then(|| self.by_word.get(token.lemma()))
            .flatten();
        for &idx in by_form.into_iter().chain(by_lemma).flatten() {
            let (row, pattern) = &self.patterns[idx];
            if self.rows[*row].0.verb && !self.is_verb(token) {
                continue;
            }
            if let Some(end) = pattern.match_at(tokens, at) {
                take(*row, end);
            }
        }
    }

    /// Returns the word that stands for a token: names and numbers are as good as others of their sort.
    pub fn shape<'a>(&self, token: &Token, word: &'a str) -> &'a str {
        if self.is_name(token) {
            "NAME"
        } else if self.is_number(token) {
            "NUMBER"
        } else {
            word
        }
    }

    /// Returns the large and the small class of every token; a word without one is a class by itself.
    pub fn classes<'a>(&'a self, tokens: &'a [Token]) -> Vec<[&'a str; 2]> {
        let of = |token: &'a Token| {
            let word = self.shape(token, token.lemma());
            let class = self.classes.get(word);
            class.map_or([word; 2], |[large, small]| [large, small])
        };
        tokens.iter().map(of).collect()
    }

    /// Tells whether a word between a side and its connective belongs to neither.
    pub fn is_aside(&self, token: &Token) -> bool {
        self.aside.contains(token.lemma()) || self.aside.contains(&token.form)
    }

    pub fn is_verb(&self, token: &Token) -> bool {
        tagged(token, &self.verbs)
    }

    pub fn is_noun(&self, token: &Token) -> bool {
        tagged(token, &self.nouns)
    }

    pub fn is_adjective(&self, token: &Token) -> bool {
        tagged(token, &self.adjectives)
    }

    pub fn is_name(&self, token: &Token) -> bool {
        tagged(token, &self.names)
    }

    pub fn is_number(&self, token: &Token) -> bool {
        tagged(token, &self.numbers)
    }
}

/// Reads `classes.tsv`: a word, a tab, `large.small`.
fn classes(pack: &Pack) -> FxHashMap<String, [String; 2]> {
    let lines = pack.file(CLASSES).lines();
    let read = |line: &str| {
        let (word, class) = line.split_once('\t')?;
        let (large, _) = class.split_once('.')?;
        Some((word.to_owned(), [large.to_owned(), class.to_owned()]))
    };
    lines.filter_map(read).collect()
}

fn tagged(token: &Token, tags: &[String]) -> bool {
    tags.iter().any(|it| token.tag.as_str().starts_with(it))
}
