//! Ranks events for the words of a question: BM25 over the words of their fields, then what speaks for each event itself.
//!
//! Labels and triggers weigh most, the sentences around them least. Nothing here knows a language.

use super::questions::DateHint;
use super::terms::{Term, Word, Words};
use super::{Knowledge, Match};
use crate::lang::{EntityRow, EventTypeRow};
use crate::model::{Entity, EntityId, Event, EventId, EventView, Factuality, Lang, Link, Story};
use chrono::Datelike;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What the fields of an event weigh.
const LABEL: f32 = 3.0;
const TRIGGER: f32 = 2.2;
const TYPE: f32 = 1.6;
const PARTICIPANT: f32 = 1.4;
const SENTENCE: f32 = 0.35;
/// How soon repeating a word stops counting.
const K1: f32 = 1.2;
/// Part of the question's words that an event must have.
const LEAST_COVER: f32 = 0.3;
/// What is told often is the likelier to be asked about: times the logarithm of the events that are one.
const TOLD_OFTEN: f32 = 0.08;
/// How many of the best are looked at closely.
const CLOSE: usize = 60;
/// How many mentions' sentences are searched; the later ones repeat the first.
const SENTENCES: usize = 4;
/// States that something allowed, working, open or rising is in; the others of `data/event-types.toml` exclude them.
const ON: [&str; 7] = [
    "Permitted",
    "InForce",
    "Open",
    "Employed",
    "Free",
    "AtPeace",
    "Up",
];
/// Classes of events that tell of other events.
const TELLING: [&str; 2] = ["Statement", "Report/Measure"];

/// The words of all events.
pub(super) struct Index {
    postings: FxHashMap<Term, Vec<(usize, f32)>>,
    events: usize,
    /// Asserted claims at each event, by its place among the views.
    claims: Vec<u8>,
}

/// What is looked for.
pub(super) struct Query<'q> {
    pub words: Vec<Word>,
    pub date: Option<DateHint>,
    pub lang: &'q Lang,
}

/// A story as search needs it.
pub(super) struct Corpus<'s> {
    pub story: &'s Story,
    pub views: &'s [EventView],
    pub links: &'s [Link],
    pub knowledge: &'s Knowledge,
}

/// An event with its rank.
struct Hit {
    at: usize,
    score: f32,
    cover: f32,
}

impl Index {
    pub fn new(corpus: &Corpus) -> Self {
        let mut postings: FxHashMap<Term, Vec<(usize, f32)>> = FxHashMap::default();
        let names = Names::of(corpus);
        let local = corpus.story.local_events();
        for (at, view) in corpus.views.iter().enumerate() {
            let mut weights: BTreeMap<Term, f32> = BTreeMap::new();
            let members = view.members.iter().filter_map(|it| local.get(it).copied());
            let share = 1.0 / small(view.members.len().max(1)).sqrt();
            for event in members {
                for (weight, text) in fields(corpus, &names, event) {
                    let words = corpus.knowledge.questions.words().of(&text);
                    add(&mut weights, weight * share, &words);
                }
            }
            for (term, weight) in weights {
                postings.entry(term).or_default().push((at, weight));
            }
        }
        Self {
            postings,
            events: corpus.views.len(),
            claims: claims(corpus),
        }
    }

    /// Returns the events that fit, best first, and how much of the question the best ones cover.
    pub fn find(&self, corpus: &Corpus, query: &Query) -> Vec<Match> {
        let mut hits = self.hits(query);
        hits.retain(|it| LEAST_COVER <= it.cover);
        self.rank(corpus, query, hits)
    }

    /// Returns the events nearest to a question that nothing fits.
    pub fn nearest(&self, corpus: &Corpus, query: &Query) -> Vec<Match> {
        let hits = self.hits(query);
        let hits = if hits.is_empty() {
            let all = 0..corpus.views.len();
            let hits = all.map(|at| Hit {
                at,
                score: f32::from(corpus.views[at].event.salience) / 100.0,
                cover: 0.0,
            });
            hits.collect()
        } else {
            hits
        };
        let mut near = self.rank(corpus, query, hits);
        near.truncate(3);
        near
    }

    /// Returns every event that has a word of the question.
    fn hits(&self, query: &Query) -> Vec<Hit> {
        if query.words.is_empty() && query.date.is_some() {
            let hits = (0..self.events).map(|at| Hit {
                at,
                score: 1.0,
                cover: 1.0,
            });
            return hits.collect();
        }
        let mut scores: FxHashMap<usize, (f32, f32)> = FxHashMap::default();
        for word in &query.words {
            let mut best: FxHashMap<usize, (f32, f32)> = FxHashMap::default();
            self.score(word.whole, 1.0, &mut best);
            let share = 0.8 / small(word.pairs.len().max(1));
            let mut pairs: FxHashMap<usize, (f32, f32)> = FxHashMap::default();
            for pair in &word.pairs {
                self.score(*pair, share, &mut pairs);
            }
            for (at, (score, cover)) in pairs {
                let entry = best.entry(at).or_default();
                *entry = (entry.0.max(score), entry.1.max(cover));
            }
            for (at, (score, cover)) in best {
                let entry = scores.entry(at).or_default();
                *entry = (entry.0 + score, entry.1 + cover);
            }
        }
        let n_words = small(query.words.len().max(1));
        let mut hits: Vec<Hit> = scores
            .into_iter()
            .map(|(at, (score, cover))| Hit {
                at,
                score: score * (0.4 + 0.6 * cover / n_words),
                cover: cover / n_words,
            })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        hits
    }

    /// Adds what `term` is worth, times `share`, to every event that has it.
    fn score(&self, term: Term, share: f32, into: &mut FxHashMap<usize, (f32, f32)>) {
        let Some(found) = self.postings.get(&term) else {
            return;
        };
        let n_with = small(found.len());
        let rarity = (1.0 + (small(self.events) - n_with + 0.5) / (n_with + 0.5)).ln();
        for (at, weight) in found {
            let entry = into.entry(*at).or_default();
            entry.0 += share * rarity * weight * (K1 + 1.0) / (weight + K1);
            // A word that only stands in the sentence covers less.
            entry.1 += share * if SENTENCE * 2.0 < *weight { 1.0 } else { 0.6 };
        }
    }

    fn rank(&self, corpus: &Corpus, query: &Query, mut hits: Vec<Hit>) -> Vec<Match> {
        if let Some(date) = query.date {
            for hit in &mut hits {
                hit.score *= on_date(&corpus.views[hit.at], date);
            }
            hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        }
        if query.words.is_empty() && query.date.is_some() {
            hits.retain(|it| 1.0 < it.score);
        }
        hits.truncate(CLOSE);
        let meant = meant(corpus, query);
        for hit in &mut hits {
            hit.score *= self.worth(corpus, query, hit.at);
            hit.score *= fits_type(corpus, &corpus.views[hit.at], &meant);
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        let hits = hits.iter();
        hits.map(|hit| {
            let event = &corpus.views[hit.at].event;
            Match {
                id: event.id.clone(),
                label: event.label(query.lang).to_owned(),
                score: (f64::from(hit.score) * 100.0).round() / 100.0,
            }
        })
        .collect()
    }

    /// Returns what speaks for an event, whatever the question: about 1.
    fn worth(&self, corpus: &Corpus, query: &Query, at: usize) -> f32 {
        let view = &corpus.views[at];
        let happened = match view.event.factuality {
            Factuality::Actual => 1.0,
            Factuality::Reported => 0.97,
            Factuality::Planned => 0.9,
            Factuality::Conditional => 0.75,
            Factuality::Negated => 0.8,
        };
        let salience = 0.9 + 0.2 * f32::from(view.event.salience) / 100.0;
        let claims = 1.0 + 0.03 * f32::from(self.claims[at].min(6));
        let told = 1.0 + TOLD_OFTEN * small(view.members.len()).ln();
        happened * salience * claims * told * directness(corpus, query, view)
    }
}

/// Tells whether an event only tells of others.
pub(super) fn is_telling(knowledge: &Knowledge, view: &EventView) -> bool {
    TELLING.contains(&knowledge.types.class(&view.event.event_type))
}

/// Returns less for an event that only tells of others, unless the question names the telling.
fn directness(corpus: &Corpus, query: &Query, view: &EventView) -> f32 {
    if !is_telling(corpus.knowledge, view) {
        return 1.0;
    }
    let mut own: FxHashSet<Term> = FxHashSet::default();
    let triggers = triggers(corpus.story, &view.event);
    let gloss = gloss(corpus, &view.event);
    for text in [triggers, gloss] {
        let words = corpus.knowledge.questions.words().of(&text);
        own.extend(words.iter().map(|it| it.whole));
    }
    let named = query.words.iter().any(|it| own.contains(&it.whole));
    if named { 1.0 } else { 0.6 }
}

/// Returns the types of events whose gloss the question has.
fn meant<'k>(corpus: &Corpus<'k>, query: &Query) -> Vec<&'k EventTypeRow> {
    let asked: FxHashSet<Term> = query.words.iter().map(|it| it.whole).collect();
    let words = corpus.knowledge.questions.words();
    let has = |gloss: &str| {
        let gloss = words.of(gloss);
        !gloss.is_empty() && gloss.iter().all(|it| asked.contains(&it.whole))
    };
    let types = corpus.knowledge.types.iter();
    let types = types.filter(|it| [&it.ko, &it.en, &it.en_past].into_iter().any(|it| has(it)));
    types.collect()
}

/// Returns more for an event of a type that the question means, less for one that does the opposite.
///
/// "Resumed" means no ban, although both are about the same exports.
fn fits_type(corpus: &Corpus, view: &EventView, meant: &[&EventTypeRow]) -> f32 {
    let own = &view.event.event_type;
    if meant.iter().any(|it| it.id == own.as_str()) {
        return 1.15;
    }
    let is_on = |row: &EventTypeRow| Some(ON.contains(&row.sets.as_deref()?));
    let on = corpus.knowledge.types.get(own).and_then(is_on);
    let asked: Vec<bool> = meant.iter().filter_map(|it| is_on(it)).collect();
    match on {
        Some(on) if !asked.is_empty() && asked.iter().all(|it| *it == on) => 1.1,
        Some(on) if !asked.is_empty() && asked.iter().all(|it| *it != on) => 0.7,
        _ => 1.0,
    }
}

/// Adds the words of a field; the longer the field, the less each weighs.
fn add(weights: &mut BTreeMap<Term, f32>, weight: f32, words: &[Word]) {
    const USUAL: f32 = 10.0;
    let norm = 0.7 + 0.3 * small(words.len()) / USUAL;
    let mut seen: FxHashSet<Term> = FxHashSet::default();
    for word in words {
        for term in word.pairs.iter().chain([&word.whole]) {
            if seen.insert(*term) {
                *weights.entry(*term).or_default() += weight / norm;
            }
        }
    }
}

/// Names of the known entities.
struct Names<'s> {
    story: FxHashMap<&'s EntityId, &'s Entity>,
    catalog: FxHashMap<&'s str, &'s EntityRow>,
}

impl<'s> Names<'s> {
    fn of(corpus: &Corpus<'s>) -> Self {
        let readings = corpus.story.readings.values();
        let entities = corpus.knowledge.catalog.entities.iter();
        Self {
            story: readings.flat_map(|it| &it.entities).collect(),
            catalog: entities.map(|it| (it.id.as_str(), it)).collect(),
        }
    }

    fn append(&self, id: &EntityId, text: &mut String) {
        let known = self.story.get(id).into_iter();
        let names = known.flat_map(|it| it.names.values());
        let row = self.catalog.get(id.as_str()).into_iter();
        let more = row.flat_map(|it| it.names.values().flatten().chain(it.family.values()));
        for name in names.chain(more) {
            text.push(' ');
            text.push_str(name);
        }
    }
}

/// Returns the fields of an event with what they weigh.
fn fields(corpus: &Corpus, names: &Names, event: &Event) -> Vec<(f32, String)> {
    let mut labels: Vec<(f32, String)> = event
        .labels
        .values()
        .map(|it| (LABEL, it.clone()))
        .collect();
    let mut participants = String::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for participant in event.participants.iter().filter(|it| !it.negated) {
        if seen.insert(&participant.text) {
            participants.push(' ');
            participants.push_str(&participant.text);
        }
        if let Some(id) = &participant.entity
            && seen.insert(id.as_str())
        {
            names.append(id, &mut participants);
        }
    }
    let mut sentences = String::new();
    for mention in event.mentions().iter().take(SENTENCES) {
        let evidence = &mention.evidence;
        if let Some(article) = corpus.story.article(&evidence.article) {
            sentences.push(' ');
            sentences.push_str(article.slice(evidence.place.field, evidence.sentence));
        }
    }
    labels.extend([
        (TRIGGER, triggers(corpus.story, event)),
        (TYPE, gloss(corpus, event)),
        (PARTICIPANT, participants),
        (SENTENCE, sentences),
    ]);
    labels
}

/// Returns the trigger words of all mentions, each once.
fn triggers(story: &Story, event: &Event) -> String {
    let mut words: Vec<&str> = Vec::new();
    for mention in event.mentions() {
        let place = mention.evidence.place;
        let article = story.article(&mention.evidence.article);
        let word = article.map_or("", |it| it.slice(place.field, place.span));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" ")
}

/// Returns the words for the event's type.
fn gloss(corpus: &Corpus, event: &Event) -> String {
    let row = corpus.knowledge.types.get(&event.event_type);
    row.map_or_else(String::new, |it| {
        format!("{} {} {} {}", it.ko, it.en, it.en_past, it.id)
    })
}

/// Returns how many asserted claims each event has, of those that explain.
fn claims(corpus: &Corpus) -> Vec<u8> {
    let mut at: FxHashMap<&EventId, usize> = FxHashMap::default();
    for (idx, view) in corpus.views.iter().enumerate() {
        at.insert(&view.event.id, idx);
    }
    let mut claims = vec![0_u8; corpus.views.len()];
    let explains = |it: &&Link| it.relation.is_causal() || it.relation.from_is_later();
    for link in corpus
        .links
        .iter()
        .filter(|it| it.asserted)
        .filter(explains)
    {
        for event in [&link.from.event, &link.to.event].into_iter().flatten() {
            if let Some(idx) = at.get(event) {
                claims[*idx] = claims[*idx].saturating_add(1);
            }
        }
    }
    claims
}

/// Returns how well an event fits a date: more than 1 if it happened then, less if it happened at another time.
fn on_date(view: &EventView, hint: DateHint) -> f32 {
    let bounds = view.event.when.bounds();
    let (Some(first), Some(last)) = (bounds.earliest, bounds.latest) else {
        return 1.0;
    };
    let days = (last - first).num_days();
    let fits = (0..=days.min(400)).any(|it| {
        let day = first + chrono::Duration::days(it);
        hint.year.is_none_or(|it| it == day.year())
            && hint.month.is_none_or(|it| it == day.month())
            && hint.day.is_none_or(|it| it == day.day())
    });
    match (fits, days) {
        (true, 0..=1) => 2.0,
        (true, 2..=31) => 1.3,
        (true, _) => 1.0,
        // A day may be off by a time zone.
        (false, _) if near(view, hint) => 1.2,
        (false, _) => 0.5,
    }
}

fn near(view: &EventView, hint: DateHint) -> bool {
    let Some(first) = view.event.when.bounds().earliest else {
        return false;
    };
    let day = |by: i64| first.checked_add_signed(chrono::Duration::days(by));
    [day(-1), day(1)].into_iter().flatten().any(|day| {
        hint.day == Some(day.day())
            && hint.month.is_none_or(|it| it == day.month())
            && hint.year.is_none_or(|it| it == day.year())
    })
}

/// Returns a count as a number to reckon with; counts beyond 65,535 rank alike.
fn small(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// Returns the words of `text` as search compares them.
pub(super) fn words_of(words: &Words, text: &str) -> Vec<Word> {
    let mut found = words.of(text);
    found.sort_by_key(|it| it.whole);
    found.dedup();
    found
}
