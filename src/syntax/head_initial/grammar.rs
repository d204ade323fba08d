//! The words of `syntax.toml`, ready to be looked up: what joins clauses, what precedes nouns, what colours a verb.

use crate::{Error, Result, lang::Pack};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// `syntax.toml` of a head-initial language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SyntaxFile {
    be: String,
    have: String,
    support: String,
    infinitive: String,
    negations: Vec<String>,
    speech: Vec<String>,
    hearers: Vec<String>,
    object_control: Vec<String>,
    subject_control: Vec<String>,
    ditransitive: Vec<String>,
    intransitive: Vec<String>,
    light: Vec<String>,
    noun_prepositions: Vec<String>,
    time_nouns: Vec<String>,
    particles: Vec<String>,
    phrasal: Vec<String>,
    joint: Vec<JointRow>,
    mood: Vec<MoodRow>,
}

/// Words that join a clause or precede a noun phrase.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "keys of a rule file, each on its own"
)]
pub(super) struct JointRow {
    /// What the pack calls it; the marker of the noun phrase after it.
    pub(super) name: String,
    /// As written, several words apart by spaces.
    words: Vec<String>,
    /// Whether a clause can follow.
    #[serde(default)]
    pub(super) clause: bool,
    /// Whether a noun phrase or an ing-form can follow.
    #[serde(default)]
    pub(super) phrase: bool,
    /// Whether its clause is the content of what is said, thought or decided.
    #[serde(default)]
    pub(super) content: bool,
    /// Whether what follows is said not to take part.
    #[serde(default)]
    pub(super) negated: bool,
    /// A mood of its clause.
    #[serde(default)]
    pub(super) mood: String,
}

/// Words that colour the verb they belong to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoodRow {
    /// The mood; empty if the words only tell the time.
    #[serde(default)]
    pub(super) name: String,
    /// Auxiliaries and adverbs that stand in the verb group.
    #[serde(default)]
    words: Vec<String>,
    /// Adjectives and participles before a noun that names an event.
    #[serde(default)]
    modifiers: Vec<String>,
    /// Verbs and adjectives before an infinitive; they are events of their own too.
    #[serde(default)]
    before_infinitive: Vec<String>,
    /// The same, but they name no event: they melt into the verb group.
    #[serde(default)]
    melting: Vec<String>,
    /// The verb is to come.
    #[serde(default)]
    pub(super) future: bool,
    /// The verb is denied.
    #[serde(default)]
    pub(super) negated: bool,
}

/// Looked-up `syntax.toml`.
#[derive(Clone, Debug)]
pub(super) struct Grammar {
    pub(super) be: String,
    pub(super) have: String,
    pub(super) support: String,
    pub(super) infinitive: String,
    pub(super) negations: FxHashSet<String>,
    pub(super) speech: FxHashSet<String>,
    pub(super) hearers: FxHashSet<String>,
    pub(super) object_control: FxHashSet<String>,
    pub(super) subject_control: FxHashSet<String>,
    pub(super) ditransitive: FxHashSet<String>,
    pub(super) intransitive: FxHashSet<String>,
    pub(super) light: FxHashSet<String>,
    pub(super) noun_prepositions: FxHashSet<String>,
    pub(super) time_nouns: FxHashSet<String>,
    pub(super) particles: FxHashSet<String>,
    pub(super) phrasal: FxHashSet<String>,
    pub(super) joints: Vec<JointRow>,
    /// First word → rows whose words begin with it, the longest first, with the other words.
    by_word: JointsByWord,
    pub(super) moods: Vec<MoodRow>,
    pub(super) mood_words: FxHashMap<String, usize>,
    pub(super) modifiers: FxHashMap<String, usize>,
    pub(super) before_infinitive: FxHashMap<String, usize>,
    pub(super) melting: FxHashMap<String, usize>,
    /// Nouns that name events.
    pub(super) event_nouns: FxHashSet<String>,
    /// Nouns that may name one.
    pub(super) other_nouns: FxHashSet<String>,
}

#[derive(Debug, Default, Deserialize)]
struct TriggersFile {
    #[serde(default)]
    trigger: Vec<TriggerRow>,
}

#[derive(Debug, Deserialize)]
struct TriggerRow {
    #[serde(default)]
    nouns: Vec<String>,
}

impl Grammar {
    /// Reads `syntax.toml` and the event nouns of `triggers.toml`.
    pub(super) fn new(pack: &Pack) -> Result<Self> {
        let file: SyntaxFile = pack.rows("syntax.toml")?;
        let triggers: TriggersFile = pack.rows("triggers.toml")?;
        let by_word = joints_by_word(pack, &file.joint)?;
        let table = |list: fn(&MoodRow) -> &Vec<String>| -> FxHashMap<String, usize> {
            let rows = file.mood.iter().enumerate();
            rows.flat_map(|(idx, row)| list(row).iter().map(move |it| (it.clone(), idx)))
                .collect()
        };
        let set = |list: &[String]| list.iter().cloned().collect();
        Ok(Self {
            mood_words: table(|it| &it.words),
            modifiers: table(|it| &it.modifiers),
            before_infinitive: table(|it| &it.before_infinitive),
            melting: table(|it| &it.melting),
            negations: set(&file.negations),
            speech: set(&file.speech),
            hearers: set(&file.hearers),
            object_control: set(&file.object_control),
            subject_control: set(&file.subject_control),
            ditransitive: set(&file.ditransitive),
            intransitive: set(&file.intransitive),
            light: set(&file.light),
            noun_prepositions: set(&file.noun_prepositions),
            time_nouns: set(&file.time_nouns),
            particles: set(&file.particles),
            phrasal: set(&file.phrasal),
            event_nouns: triggers
                .trigger
                .into_iter()
                .flat_map(|it| it.nouns)
                .collect(),
            other_nouns: {
                let lines = pack.file("nouns.tsv").lines();
                lines
                    .filter_map(|it| it.split('\t').next())
                    .map(str::to_owned)
                    .collect()
            },
            be: file.be,
            have: file.have,
            support: file.support,
            infinitive: file.infinitive,
            joints: file.joint,
            moods: file.mood,
            by_word,
        })
    }

    /// Returns the longest joint whose words begin at `first`, with the number of its words.
    pub(super) fn joint<'t>(
        &self,
        first: &str,
        rest: &(impl Iterator<Item = &'t str> + Clone),
    ) -> Option<(usize, usize)> {
        let rows = self.by_word.get(first)?;
        let fits = |words: &[String]| {
            let mut rest = rest.clone();
            words.iter().all(|it| rest.next() == Some(it.as_str()))
        };
        rows.iter()
            .find(|it| fits(&it.0))
            .map(|it| (it.1, it.0.len() + 1))
    }
}

/// The joints by their first word: the words after it, the longest first, and the joint.
type JointsByWord = FxHashMap<String, Vec<(Vec<String>, usize)>>;

/// Indexes `joints`, rows of `syntax.toml`.
fn joints_by_word(pack: &Pack, joints: &[JointRow]) -> Result<JointsByWord> {
    let mut by_word = JointsByWord::default();
    for (idx, row) in joints.iter().enumerate() {
        if row.words.is_empty() {
            return Err(Error::usage(format!(
                "{}: joint `{}` has no words",
                pack.shown("syntax.toml"),
                row.name
            )));
        }
        for words in &row.words {
            let mut words = words.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            by_word
                .entry(first)
                .or_default()
                .push((words.collect(), idx));
        }
    }
    for rows in by_word.values_mut() {
        rows.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
    }
    Ok(by_word)
}
