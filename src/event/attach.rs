//! Which time expression dates which event: the candidates, and the choice by a linear score with the weights of `dating.toml`.
//!
//! Candidates are every date of the sentence, dates told before and soon after it, and dates told with an event that seems to be the same.
//! A pack without weights leaves the choice to the grammar in [`super::dating`].

use super::date_features::each_feature;
use super::draft::Draft;
use super::{Input, Lexicon};
use crate::Result;
use crate::lang::Pack;
use crate::lang::weights::{Take, Weights};
use crate::model::{Edtf, Field};
use crate::syntax::{Argument, PredicateKind, PredicateRef, Tense};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many sentences after its own a date still may be an event's.
const SOON: usize = 3;
/// How many dates told soon after are candidates.
const MOST_LATER: usize = 2;
/// How many sentences away the same event may be told again.
const FAR: usize = 20;
/// How many dates told with the same event are candidates.
const MOST_TWINS: usize = 2;

/// The weights of one language; an event whose best candidate scores below the threshold has no date.
pub(super) struct Attachment {
    weights: Weights,
}

/// What the grammar says of the time expressions of an article.
pub(super) struct Grammar {
    /// The predicate that each one dates; `None` if it dates none.
    pub owners: Vec<Option<PredicateRef>>,
    /// The one that dates each predicate, its own or one it shares.
    pub dates: FxHashMap<PredicateRef, usize>,
}

/// Where a time expression stands that may date a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// In its sentence.
    Here,
    /// It is the last one told before the sentence.
    Before,
    /// It is the last one before with another value.
    Earlier,
    /// It is the first one of the article.
    First,
    /// It comes soon after the sentence.
    Later,
    /// It comes with an event that seems to be the same.
    Twin,
}

/// A time expression that may date a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Index into the time expressions of the article.
    pub timex: usize,
    /// Where it stands.
    pub told: Told,
}

/// The dates and the drafts of an article, with what is asked of them again and again.
pub(super) struct Dates<'a> {
    pub input: &'a Input<'a>,
    pub lexicon: &'a Lexicon,
    pub grammar: &'a Grammar,
    pub drafts: &'a [Draft],
    /// The class of each draft.
    pub classes: Vec<&'a str>,
    /// The first sentence of the text that tells anything.
    pub lead: usize,
    /// The first time expression with the value of each.
    values: Vec<usize>,
    /// How often the text tells the value of the first one that has it.
    counts: Vec<usize>,
}

/// How much an event told elsewhere is like a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Twin {
    /// Index into the drafts.
    pub draft: usize,
    /// It has the same predicate, not only the same class.
    pub same_word: bool,
    /// How many names and nouns the two share, at most two.
    pub keys: usize,
}

impl Attachment {
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            weights: pack.rows("dating.toml")?,
        })
    }

    /// Returns what dates each draft that has a date.
    pub fn choose(
        &self,
        input: &Input,
        lexicon: &Lexicon,
        grammar: &Grammar,
        drafts: &[Draft],
    ) -> FxHashMap<PredicateRef, Candidate> {
        if self.weights.is_empty() {
            let date = |it: &Draft| Some((it.at, Candidate::here(*grammar.dates.get(&it.at)?)));
            return drafts.iter().filter_map(date).collect();
        }
        let dates = Dates::new(input, lexicon, grammar, drafts);
        let best = |it: usize| Some((drafts[it].at, self.best(&dates, it)?));
        (0..drafts.len()).filter_map(best).collect()
    }

    fn best(&self, dates: &Dates, draft: usize) -> Option<Candidate> {
        let mut best: Option<(f64, Candidate)> = None;
        for candidate in dates.candidates(draft) {
            let features = |take: &mut Take| each_feature(dates, draft, candidate, take);
            let score = self.weights.score(features);
            if self.weights.threshold <= score && best.is_none_or(|it| it.0 < score) {
                best = Some((score, candidate));
            }
        }
        best.map(|it| it.1)
    }
}

impl Candidate {
    fn here(timex: usize) -> Self {
        let told = Told::Here;
        Self { timex, told }
    }

    /// Tells whether another sentence tells the date.
    pub fn is_carried(self) -> bool {
        self.told != Told::Here
    }
}

impl<'a> Dates<'a> {
    pub fn new(
        input: &'a Input<'a>,
        lexicon: &'a Lexicon,
        grammar: &'a Grammar,
        drafts: &'a [Draft],
    ) -> Self {
        let class = |it: &'a Draft| input.types.class(&it.event_type);
        let sentences = input.document.sentences.iter().zip(input.clauses);
        let mut lead = sentences
            .map(|(it, clauses)| it.field() == Field::Text && !clauses.predicates.is_empty());
        let mut first: FxHashMap<Edtf, usize> = FxHashMap::default();
        let mut values = Vec::with_capacity(input.timexes.len());
        let mut counts = vec![0; input.timexes.len()];
        for (idx, timex) in input.timexes.iter().enumerate() {
            let day = timex.edtf.as_ref().map(super::dating::without_clock);
            let value = day.map_or(idx, |it| *first.entry(it).or_insert(idx));
            counts[value] += usize::from(timex.place.field == Field::Text);
            values.push(value);
        }
        Self {
            input,
            lexicon,
            grammar,
            drafts,
            classes: drafts.iter().map(class).collect(),
            lead: lead.position(|it| it).unwrap_or(0),
            values,
            counts,
        }
    }

    /// Returns what may date the draft.
    pub fn candidates(&self, draft: usize) -> Vec<Candidate> {
        let sentence = self.drafts[draft].at.sentence;
        let here = self.timexes_of(sentence, sentence);
        let field = self.input.document.sentences[sentence].field();
        let datable = |it: &usize| {
            self.grammar.owners[*it].is_some() && self.input.timexes[*it].place.field == field
        };
        let told = |it: &usize| datable(it) && !self.input.timexes[*it].anaphoric;
        let now = here
            .clone()
            .filter(|it| datable(it) && self.may_date(draft, *it));
        let mut all: Vec<Candidate> = now.map(Candidate::here).collect();
        let mut before = (0..here.start).rev().filter(told);
        if let Some(timex) = before.next() {
            let told = Told::Before;
            all.push(Candidate { timex, told });
        }
        let earlier = before.find(|it| self.is_new(&all, *it));
        self.add(&mut all, earlier, Told::Earlier);
        self.add(&mut all, (0..here.start).find(told), Told::First);
        let soon = here.end..self.timexes_of(sentence, sentence + SOON).end;
        for later in soon.filter(datable).take(MOST_LATER) {
            self.add(&mut all, Some(later), Told::Later);
        }
        let others = self.timexes_of(sentence.saturating_sub(FAR), sentence + FAR);
        let mut twins = 0;
        for timex in others.filter(|it| datable(it) && !here.contains(it)) {
            if twins < MOST_TWINS && self.is_new(&all, timex) && self.is_told_with(draft, timex) {
                let told = Told::Twin;
                all.push(Candidate { timex, told });
                twins += 1;
            }
        }
        all
    }

    /// Tells whether an argument is a subject or a topic.
    pub fn is_subject(&self, argument: &Argument) -> bool {
        self.lexicon
            .coref
            .subject_markers
            .contains(&argument.marker)
    }

    /// Returns the sentence of a time expression that dates something.
    pub fn sentence(&self, timex: usize) -> usize {
        self.grammar.owners[timex].map_or(0, |it| it.sentence)
    }

    /// Returns how often the text tells the value of a time expression.
    pub fn count(&self, timex: usize) -> usize {
        self.counts[self.values[timex]]
    }

    /// Returns the drafts of a sentence.
    pub fn drafts_of(&self, sentence: usize) -> Range<usize> {
        let start = self.drafts.partition_point(|it| it.at.sentence < sentence);
        let rest = &self.drafts[start..];
        start..start + rest.partition_point(|it| it.at.sentence == sentence)
    }

    /// Returns the draft in the sentence of `timex` that is most like `draft`, if one is.
    pub fn twin(&self, draft: usize, timex: usize) -> Option<Twin> {
        let own = &self.drafts[draft];
        let word = &own.predicate(self.input).lemma;
        let mut best: Option<((usize, bool), Twin)> = None;
        for idx in self.drafts_of(self.sentence(timex)) {
            let other = &self.drafts[idx];
            let same_word = other.predicate(self.input).lemma == *word;
            let same_class = own.typed && other.typed && self.classes[idx] == self.classes[draft];
            if !same_word && !same_class {
                continue;
            }
            let keys = own.keys.intersection(&other.keys).take(2).count();
            let dated = self.grammar.owners[timex] == Some(other.at);
            let rank = (1 + usize::from(same_word) + keys, dated);
            if best.is_none_or(|it| it.0 < rank) {
                let draft = idx;
                let twin = Twin {
                    draft,
                    same_word,
                    keys,
                };
                best = Some((rank, twin));
            }
        }
        best.map(|it| it.1)
    }

    /// Tells whether the two are of one time: what is still to be done with an event, as to carry out a deal, has no date that is over,
    /// and that date is not the event's.
    fn may_date(&self, draft: usize, timex: usize) -> bool {
        let at = self.drafts[draft].at;
        let predicates = &self.input.clauses[at.sentence].predicates;
        let own = &predicates[at.predicate];
        let held = own.governor.filter(|_| own.kind == PredicateKind::Noun);
        let to_come = held.is_some_and(|it| predicates[it].tense == Tense::Future);
        let edtf = self.input.timexes[timex].edtf.as_ref();
        let latest = edtf.and_then(|it| it.bounds().latest);
        let over = latest
            .zip(self.input.published())
            .is_some_and(|it| it.0 < it.1);
        !(to_come && over)
    }

    /// Tells whether the sentence of `timex` surely tells what `draft` does.
    fn is_told_with(&self, draft: usize, timex: usize) -> bool {
        self.twin(draft, timex)
            .is_some_and(|it| it.same_word || 0 < it.keys)
    }

    fn add(&self, all: &mut Vec<Candidate>, timex: Option<usize>, told: Told) {
        if let Some(timex) = timex.filter(|it| self.is_new(all, *it)) {
            all.push(Candidate { timex, told });
        }
    }

    /// Tells whether no candidate has the value of a time expression.
    fn is_new(&self, all: &[Candidate], timex: usize) -> bool {
        let value = |it: usize| self.values[it];
        all.iter().all(|it| value(it.timex) != value(timex))
    }

    /// Returns the time expressions from one sentence to another.
    fn timexes_of(&self, from: usize, to: usize) -> Range<usize> {
        let sentences = &self.input.document.sentences;
        let last = sentences.len().saturating_sub(1);
        let of = |it: usize| self.input.timex_range(&sentences[it.min(last)]);
        of(from).start..of(to).end
    }
}
