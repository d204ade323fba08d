//! Which words tell which events: `triggers.toml`, `stop.toml`, `reporting.toml`, `coref.toml`.

use super::draft::{Draft, Reporting};
use super::{Input, keys};
use crate::lang::{EventTypes, Pack};
use crate::model::{EventTypeId, Factuality, Interval, RuleId, When};
use crate::syntax::{Argument, ClauseKind, Predicate, PredicateKind, PredicateRef};
use crate::text::Sentence;
use crate::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggersFile {
    #[serde(default)]
    trigger: Vec<TriggerRow>,
    /// Verbs that leave what happened to the event noun they hold.
    #[serde(default)]
    support: FxHashSet<String>,
    /// Markers of that noun.
    #[serde(default)]
    support_markers: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerRow {
    #[serde(rename = "type")]
    event_type: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct StopFile {
    #[serde(default)]
    verbs: FxHashSet<String>,
    #[serde(default)]
    nouns: FxHashSet<String>,
    /// Verbs that tell an event, but none that a timeline or a claim wants.
    #[serde(default)]
    aside: FxHashSet<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportingFile {
    #[serde(default)]
    reporting: Vec<ReportingRow>,
    /// Words for people who speak without a name.
    #[serde(default)]
    pub unnamed_sources: Vec<String>,
    /// Markers of the phrase that names a source.
    #[serde(default)]
    pub source_frames: Vec<String>,
    /// What a medium's name may end in.
    #[serde(default)]
    #[expect(dead_code, reason = "read by the page that names media; checked here")]
    pub media_suffixes: Vec<String>,
    /// What stands between the content and the reporting word.
    #[serde(default)]
    #[expect(dead_code, reason = "told for people; the grammar knows these endings")]
    pub quote_frames: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportingRow {
    words: Vec<String>,
    kind: Reporting,
    /// Whoever the subject is, nobody is named.
    #[serde(default)]
    unnamed: bool,
}

/// `coref.toml`: words that point back to an event.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorefFile {
    /// Verbs that only say that the event noun they modify took place.
    #[serde(default)]
    pub occurrence: FxHashSet<String>,
    /// Nouns that may stand for any event.
    #[serde(default)]
    pub generic: FxHashSet<String>,
    /// Words before a noun that say it was told before.
    #[serde(default)]
    pub anaphors: Vec<String>,
    /// Words that say so only where it was told with the same noun.
    #[serde(default)]
    pub definite: Vec<String>,
    /// Joints across which a date does not carry.
    #[serde(default)]
    pub separates: FxHashSet<String>,
    /// Markers of the phrase where or at which something takes place.
    #[serde(default)]
    pub place_markers: FxHashSet<String>,
    /// Markers of subjects and topics, and of topics alone.
    #[serde(default)]
    pub subject_markers: FxHashSet<String>,
    #[serde(default)]
    pub topic_markers: FxHashSet<String>,
    /// Markers of the figure that something changes from, and of the one that it changes to.
    #[serde(default)]
    pub change_from: FxHashSet<String>,
    #[serde(default)]
    pub change_to: FxHashSet<String>,
    /// Markers of the event noun that an occurrence verb holds.
    #[serde(default)]
    pub held_markers: FxHashSet<String>,
    /// What a verb's stem is named with, the ending of the dictionary form; empty to name it as it is written.
    #[serde(default)]
    pub citation: String,
    /// What is added to a verb's stem where somebody makes it happen (mood `causative`).
    #[serde(default)]
    pub causative: String,
    /// Markers by which a date is part of a noun's name ("the ban of 9 April").
    #[serde(default)]
    pub naming: FxHashSet<String>,
    /// What follows a time that something is only compared with.
    #[serde(default)]
    pub comparisons: Vec<String>,
    /// Event types whose object event is the same news: to approve the resumption is the resumption.
    #[serde(default)]
    pub enacts: FxHashSet<String>,
    /// Event types that a story tells once, in whatever words.
    #[serde(default)]
    pub once: FxHashSet<String>,
    /// Joints of a clause that is quoted.
    #[serde(default)]
    pub quotatives: FxHashSet<String>,
    /// Joints of the clause that tells what is allowed, forbidden or asked for.
    #[serde(default)]
    pub complements: FxHashSet<String>,
}

/// The words of one language that tell events.
pub struct Lexicon {
    lang: String,
    words: FxHashMap<String, EventTypeId>,
    nouns: FxHashMap<String, EventTypeId>,
    /// By verb, then by noun.
    phrases: FxHashMap<String, FxHashMap<String, EventTypeId>>,
    support: FxHashSet<String>,
    support_markers: FxHashSet<String>,
    /// Nouns that may name an event, and what their senses are.
    senses: FxHashMap<String, String>,
    stop: StopFile,
    reporting: FxHashMap<String, Reporting>,
    pub(super) sources: ReportingFile,
    pub(super) coref: CorefFile,
}

impl Lexicon {
    /// Returns the words of `pack`.
    ///
    /// # Errors
    ///
    /// If a file is wrong or names an event type that is not in the ontology.
    pub fn new(pack: &Pack, types: &EventTypes) -> Result<Self> {
        let file: TriggersFile = pack.rows("triggers.toml")?;
        let (mut words, mut nouns, mut phrases) = (
            FxHashMap::default(),
            FxHashMap::default(),
            FxHashMap::default(),
        );
        for row in file.trigger {
            let id = EventTypeId::new(&row.event_type);
            if types.get(&id).is_none() {
                return Err(Error::usage(format!(
                    "{}: unknown event type `{id}`",
                    pack.shown("triggers.toml")
                ))
                .hint("data/event-types.toml lists them"));
            }
            words.extend(row.verbs.into_iter().map(|it| (it, id.clone())));
            nouns.extend(row.nouns.into_iter().map(|it| (it, id.clone())));
            for (noun, verb) in row.phrases.iter().filter_map(|it| it.rsplit_once(' ')) {
                let nouns: &mut FxHashMap<_, _> = phrases.entry(verb.to_owned()).or_default();
                nouns.insert(noun.to_owned(), id.clone());
            }
        }
        let sources: ReportingFile = pack.rows("reporting.toml")?;
        let mut reporting = FxHashMap::default();
        for row in &sources.reporting {
            let kind = if row.unnamed {
                Reporting::Hearsay
            } else {
                row.kind
            };
            reporting.extend(row.words.iter().map(|it| (it.clone(), kind)));
        }
        let (stop, coref) = (pack.rows("stop.toml")?, pack.rows("coref.toml")?);
        Ok(Self {
            lang: pack.lang.to_string(),
            words,
            nouns,
            phrases,
            support: file.support,
            support_markers: file.support_markers,
            senses: senses(pack),
            stop,
            reporting,
            sources,
            coref,
        })
    }

    /// Returns the nouns that name an event by themselves.
    pub fn event_nouns(&self) -> FxHashSet<String> {
        self.nouns
            .keys()
            .chain(&self.coref.generic)
            .cloned()
            .collect()
    }

    /// Tells whether the predicate is one that usually tells no event.
    pub fn is_stop(&self, predicate: &Predicate) -> bool {
        let list = match predicate.kind {
            PredicateKind::Noun => return false,
            _ if self.stop.verbs.contains(&predicate.lemma) => return true,
            _ if self.is_aside(predicate) => return true,
            _ => &self.stop.nouns,
        };
        list.contains(&predicate.lemma)
    }

    /// Tells whether the predicate may tell an event, but none that a timeline or a claim wants, unless its word has a type.
    fn is_aside(&self, predicate: &Predicate) -> bool {
        let lemma = &predicate.lemma;
        match predicate.kind {
            PredicateKind::Noun => self.senses.contains_key(lemma),
            _ => predicate.carrier || self.stop.aside.contains(lemma),
        }
    }

    /// Returns what the list of nouns says of the senses of `noun`; empty if it is not there.
    pub(super) fn sense(&self, noun: &str) -> &str {
        self.senses.get(noun).map_or("", String::as_str)
    }

    /// Returns what the predicate does with its content, if it reports.
    pub fn reporting(&self, predicate: &Predicate) -> Option<Reporting> {
        let kind = self
            .reporting
            .get(&predicate.lemma)
            .copied()
            .filter(|_| predicate.kind != PredicateKind::Noun)?;
        // "it is said": whoever said it is not named; figures that "are counted" are as good as their office.
        Some(if predicate.passive && kind != Reporting::Report {
            Reporting::Hearsay
        } else {
            kind
        })
    }

    /// Reads the predicate at `at` as an event, or `None` if it is a time expression or not even a candidate.
    pub(super) fn draft(&self, input: &Input, at: PredicateRef) -> Option<Draft> {
        let sentence = &input.document.sentences[at.sentence];
        let predicate = &input.clauses[at.sentence].predicates[at.predicate];
        let timexes = input.timexes_in(sentence);
        let in_timex = timexes
            .iter()
            .any(|it| it.place.span.contains(predicate.trigger));
        if in_timex || predicate.lemma.is_empty() {
            return None;
        }
        if predicate.kind == PredicateKind::Noun && self.is_phrase_noun(input, at) {
            return None;
        }
        let (found, by) = self.event_type(sentence, predicate);
        let quotes = |it: &Predicate| {
            it.governor == Some(at.predicate)
                && it.clause == ClauseKind::Content
                && self.coref.quotatives.contains(&it.joint)
        };
        let says = input.clauses[at.sentence].predicates.iter().any(quotes)
            && (found.is_none() || self.is_stop(predicate));
        let found = self.said(predicate, says).or(found);
        let typed = found.is_some() && !predicate.carrier;
        let (noun, aside) = (
            predicate.kind == PredicateKind::Noun,
            self.is_aside(predicate),
        );
        if !typed && !aside && (noun || self.is_stop(predicate)) {
            return None;
        }
        let default = if predicate.kind == PredicateKind::State {
            "State"
        } else {
            "Other"
        };
        let event_type = found.unwrap_or_else(|| EventTypeId::new(default));
        Some(Draft {
            at,
            event_type,
            typed,
            aside: !typed && aside,
            rule: RuleId::new(format!("{}/event/{by}/{}", self.lang, predicate.lemma)),
            name: self.name(input, at),
            reporting: self
                .reporting(predicate)
                .or(says.then_some(Reporting::Speech)),
            participants: Vec::new(),
            when: When::unstated(Interval::default()),
            timex: None,
            factuality: Factuality::Actual,
            attribution: Vec::new(),
            keys: keys::of(input, &self.coref.complements, at),
            score: 0.0,
        })
    }

    /// Returns the type of a predicate that says something: what nobody is named for is a report.
    fn said(&self, predicate: &Predicate, says: bool) -> Option<EventTypeId> {
        let heard = self.reporting(predicate) == Some(Reporting::Hearsay);
        let word = self.words.get(&predicate.lemma);
        let speech = word.is_some_and(|it| it.as_str() == "Statement");
        match (speech && heard, says) {
            (true, _) => Some(EventTypeId::new("Report")),
            (false, true) => Some(EventTypeId::new("Statement")),
            (false, false) => None,
        }
    }

    /// Returns the predicate's name in a label.
    fn name(&self, input: &Input, at: PredicateRef) -> String {
        let sentence = &input.document.sentences[at.sentence];
        let predicate = &input.clauses[at.sentence].predicates[at.predicate];
        // Nouns with a light verb are named by the noun alone; both tag sets in use begin noun tags with N.
        let stem = sentence.tokens.get(predicate.tokens.start);
        let noun = stem.is_some_and(|it| it.tag.as_str().starts_with(['N', 'X']));
        match (noun, self.coref.citation.as_str()) {
            (true, _) => predicate.lemma.clone(),
            (false, "") => {
                let words = super::label::whole(sentence, predicate);
                input.document.slice(sentence, words).to_owned()
            }
            (false, ending) => {
                let caused = predicate.moods.iter().any(|it| it == "causative");
                let made = if caused { &*self.coref.causative } else { "" };
                format!("{}{made}{ending}", predicate.lemma)
            }
        }
    }

    /// "exerted pressure": the noun is half of the phrase that names the event.
    fn is_phrase_noun(&self, input: &Input, at: PredicateRef) -> bool {
        let predicates = &input.clauses[at.sentence].predicates;
        let noun = &predicates[at.predicate];
        let Some(verb) = noun
            .governor
            .map(|it| &predicates[it])
            .filter(|it| it.kind != PredicateKind::Noun)
        else {
            return false;
        };
        let held = self
            .held(verb)
            .is_some_and(|it| it.span.contains(noun.trigger));
        if held
            && self
                .supported(&input.document.sentences[at.sentence], verb)
                .is_some()
        {
            return true;
        }
        // With words of its own and a particle ("tightened the export curbs") the noun is a thing apart.
        let apart = verb
            .arguments
            .iter()
            .any(|it| it.span.contains(noun.trigger) && !it.marker.is_empty())
            && !noun.arguments.is_empty();
        !apart
            && self
                .phrases
                .get(&verb.lemma)
                .is_some_and(|it| it.contains_key(&noun.lemma))
    }

    /// "began an investigation": returns the type of the event noun that a verb without a meaning of its own holds, or modifies.
    fn supported(&self, sentence: &Sentence, predicate: &Predicate) -> Option<&EventTypeId> {
        if !self.is_support(predicate) {
            return None;
        }
        let noun = match self.held(predicate) {
            Some(held) => last_noun(sentence, held.tokens.clone()),
            None => sentence
                .tokens
                .get(predicate.head_noun?)
                .map(|it| it.form.as_str()),
        };
        self.nouns.get(noun?)
    }

    fn is_support(&self, predicate: &Predicate) -> bool {
        predicate.kind != PredicateKind::Noun && self.support.contains(&predicate.lemma)
    }

    /// Returns the phrase that says what happened where the verb does not.
    fn held<'a>(&self, predicate: &'a Predicate) -> Option<&'a Argument> {
        let held = |it: &&Argument| self.support_markers.contains(&it.marker);
        let found = predicate.arguments.iter().rev().find(held);
        found.filter(|_| self.is_support(predicate))
    }

    fn event_type(
        &self,
        sentence: &Sentence,
        predicate: &Predicate,
    ) -> (Option<EventTypeId>, &'static str) {
        if let Some(nouns) = self.phrases.get(&predicate.lemma) {
            let heads = predicate.arguments.iter().rev();
            let heads = heads.filter_map(|it| last_noun(sentence, it.tokens.clone()));
            if let Some(found) = heads.take(3).find_map(|it| nouns.get(it)) {
                return (Some(found.clone()), "phrase");
            }
        }
        if let Some(found) = self.supported(sentence, predicate) {
            return (Some(found.clone()), "support");
        }
        let lemma = &predicate.lemma;
        if predicate.kind == PredicateKind::Noun {
            let generic = self
                .coref
                .generic
                .contains(lemma)
                .then(|| EventTypeId::new("Other"));
            return (self.nouns.get(lemma).cloned().or(generic), "noun");
        }
        (
            self.words
                .get(lemma)
                .or_else(|| self.nouns.get(lemma))
                .cloned(),
            "word",
        )
    }
}

/// Reads the nouns of `nouns.tsv` with their senses.
fn senses(pack: &Pack) -> FxHashMap<String, String> {
    let lines = pack.file("nouns.tsv").lines();
    let pairs = lines.filter_map(|it| it.split_once('\t'));
    pairs
        .map(|(noun, sense)| (noun.to_owned(), sense.to_owned()))
        .collect()
}

/// Returns the last noun of a phrase, outside brackets.
fn last_noun(sentence: &Sentence, tokens: std::ops::Range<usize>) -> Option<&str> {
    let mut tokens = sentence.tokens.get(tokens)?.iter().rev();
    let noun = tokens.find(|it| it.form.chars().all(char::is_alphabetic))?;
    Some(noun.lemma())
}
