//! Which candidates are worth telling: a linear score over named features, weights in `salience.toml`.

use super::Input;
use super::draft::Draft;
use crate::Result;
use crate::lang::Pack;
use crate::lang::weights::{self, Take, Weights};
use crate::model::{Certainty, Factuality, Role};
use crate::syntax::{Argument, ClauseKind, PredicateKind, PredicateRef};
use crate::text::{SentenceKind, Token};
use rustc_hash::{FxHashMap, FxHashSet};

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
        let scores: Vec<f64> = {
            let scene = Scene::new(input, drafts);
            let score = |at| self.weights.score(|take| each_feature(&scene, at, take));
            (0..drafts.len()).map(score).collect()
        };
        for (draft, score) in drafts.iter_mut().zip(scores) {
            draft.score = score;
        }
    }
}

/// Returns the names of what is true of each draft.
pub(super) fn features(input: &Input, drafts: &[Draft]) -> Vec<Vec<String>> {
    let scene = Scene::new(input, drafts);
    let names = |at| weights::names(|take| each_feature(&scene, at, take));
    (0..drafts.len()).map(names).collect()
}

/// The drafts of an article, as one sees the others.
struct Scene<'a> {
    input: &'a Input<'a>,
    drafts: &'a [Draft],
    by_place: FxHashMap<PredicateRef, usize>,
    /// For each draft whether its word, and its type, were told before.
    told: Vec<(bool, bool)>,
}

impl<'a> Scene<'a> {
    fn new(input: &'a Input<'a>, drafts: &'a [Draft]) -> Self {
        let places = drafts.iter().enumerate().map(|(idx, it)| (it.at, idx));
        let mut lemmas: FxHashSet<&str> = FxHashSet::default();
        let mut types: FxHashSet<&str> = FxHashSet::default();
        let told = drafts.iter().map(|it| {
            let lemma = lemmas.insert(&it.predicate(input).lemma);
            let event_type = types.insert(it.event_type.as_str());
            (!lemma, it.typed && !event_type)
        });
        Self {
            input,
            drafts,
            by_place: places.collect(),
            told: told.collect(),
        }
    }

    /// Returns the draft of the predicate that governs the draft `at`.
    fn governor(&self, at: usize) -> Option<&'a Draft> {
        let draft = &self.drafts[at];
        let predicate = draft.predicate(self.input).governor?;
        let governor = PredicateRef {
            predicate,
            ..draft.at
        };
        self.by_place.get(&governor).map(|it| &self.drafts[*it])
    }
}

/// Calls `take` with the name of everything that is true of the draft `at`.
fn each_feature(scene: &Scene, at: usize, take: &mut Take) {
    let (input, draft) = (scene.input, &scene.drafts[at]);
    grammar_features(input, draft, take);
    word_features(input, draft, take);
    company_features(scene, at, take);
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

/// Which words tell it, and what they hold.
fn word_features(input: &Input, draft: &Draft, take: &mut Take) {
    let predicate = draft.predicate(input);
    let (kind, event_type) = (predicate.kind.as_str(), draft.event_type.as_str());
    take(&["lemma=", &predicate.lemma]);
    take(&["type=", event_type]);
    take(&["kind+type=", kind, "+", event_type]);
    let tense = predicate.tense.as_str();
    take(&["joint+tense=", &predicate.joint, "+", tense]);
    let tokens = &draft.sentence(input).tokens;
    let figure = |it: &Token| it.form.starts_with(|it: char| it.is_ascii_digit());
    let holds_figure = |it: &Argument| tokens[it.tokens.clone()].iter().any(figure);
    if predicate.arguments.iter().any(holds_figure) {
        take(&["figures"]);
        take(&["figures+kind=", kind]);
    }
    for argument in &predicate.arguments {
        take(&["argument=", &argument.marker, "+", kind]);
    }
}

/// What stands around it, and whether it was told before.
fn company_features(scene: &Scene, at: usize, take: &mut Take) {
    let (input, draft) = (scene.input, &scene.drafts[at]);
    let predicate = draft.predicate(input);
    let (kind, clause) = (predicate.kind.as_str(), predicate.clause.as_str());
    let (word, sort) = scene.told[at];
    if word {
        take(&["told-word"]);
        take(&["told-word+kind=", kind]);
    }
    if sort {
        take(&["told-type"]);
        take(&["told-type+kind=", kind]);
    }
    let place = place_in_article(draft.at.sentence);
    take(&["sentence=", place]);
    take(&["sentence=", place, "+kind=", kind]);
    take(&["sentence=", place, "+clause=", clause]);
    if let Some(governor) = scene.governor(at) {
        let class = input.types.class(&governor.event_type);
        take(&["governor-class=", class, "+", clause]);
        let arguments = governor.predicate(input).arguments.iter();
        for argument in arguments.filter(|it| it.span.contains(predicate.trigger)) {
            take(&["marked=", &argument.marker]);
        }
    }
    let timexes = input.timexes_in(draft.sentence(input));
    if timexes.iter().any(|it| it.edtf.is_some()) {
        take(&["date-in-sentence+", kind]);
    }
}

/// How far into the article a sentence stands.
fn place_in_article(sentence: usize) -> &'static str {
    match sentence {
        0 => "0",
        1 => "1",
        2..=3 => "2-3",
        4..=7 => "4-7",
        _ => "8-",
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
fn participant_flags(draft: &Draft) -> [Flag; 5] {
    let agents = || {
        draft
            .participants
            .iter()
            .filter(|it| it.role == Role::Agent)
    };
    let mut others = draft.participants.iter();
    let alone = draft.participants.iter().all(|it| it.role == Role::Agent);
    [
        ("agent", agents().next().is_some()),
        ("known-agent", agents().any(|it| it.entity.is_some())),
        (
            "theme",
            others.any(|it| matches!(it.role, Role::Theme | Role::Patient)),
        ),
        ("attributed", !draft.attribution.is_empty()),
        // It says neither to what it was done nor when.
        ("bare", alone && draft.timex.is_none()),
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
