//! Clauses → events: what sort, who takes part, when, whether it happened, according to whom.
//!
//! Every predicate is a candidate; a linear score says which are worth telling.
//! Words and weights are the pack's; links between events are not made here.

mod amounts;
mod attach;
mod attribution;
mod coref;
mod date_features;
mod dating;
mod draft;
mod factuality;
mod keys;
mod label;
mod lexicon;
mod mention;
mod roles;
mod salience;

use crate::Result;
use crate::lang::{EventTypes, Pack, weights};
use crate::model::{Edtf, Event, Timex};
use crate::syntax::{Clauses, NameMention, PredicateRef};
use crate::text::{Document, Sentence};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::ops::Range;

pub use draft::Draft;
pub use lexicon::Lexicon;

/// Reads the events of one language.
pub struct EventReader {
    lexicon: Lexicon,
    roles: roles::Roles,
    factuality: factuality::FactualityRules,
    salience: salience::SalienceScore,
    mentions: mention::Mentions,
    attachment: attach::Attachment,
}

/// What the event stage reads.
pub struct Input<'a> {
    /// The sentences.
    pub document: &'a Document<'a>,
    /// The clauses of each sentence.
    pub clauses: &'a [Clauses],
    /// The known names of each sentence.
    pub names: &'a [Vec<NameMention>],
    /// The time expressions of the article, in order.
    pub timexes: &'a [Timex],
    /// Every event type.
    pub types: &'a EventTypes,
    /// Tells whether words beside a name leave it the same ("president").
    pub is_title: &'a dyn Fn(&str) -> bool,
}

impl<'a> Input<'a> {
    /// Returns the day the article was published, if it is known.
    pub fn published(&self) -> Option<NaiveDate> {
        self.document.article.published.as_ref().map(|it| it.day)
    }

    /// Returns the time expressions of a sentence.
    pub fn timexes_in(&self, sentence: &Sentence) -> &'a [Timex] {
        &self.timexes[self.timex_range(sentence)]
    }

    /// Returns where the time expressions of a sentence are among all.
    pub fn timex_range(&self, sentence: &Sentence) -> Range<usize> {
        let place = |it: &Timex| (it.place.field, it.place.span.start());
        let (field, span) = (sentence.field(), sentence.span());
        let first = self
            .timexes
            .partition_point(|it| place(it) < (field, span.start()));
        let rest = &self.timexes[first..];
        first..first + rest.partition_point(|it| place(it) < (field, span.end()))
    }
}

/// The events of an article, and which predicate tells which.
pub struct Output {
    /// In order of their main mention.
    pub events: Vec<Event>,
    /// Index into `events` for every predicate that tells one.
    pub anchors: BTreeMap<PredicateRef, usize>,
    /// How much each event is worth telling by itself.
    pub salience: Vec<Salience>,
}

/// How much an event is worth telling by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Salience {
    /// It only matters to a link, if at all.
    Nothing,
    /// It is an event, but no timeline wants it.
    Background,
    /// A timeline tells it.
    Core,
}

impl EventReader {
    /// Returns the reader of `pack`.
    ///
    /// # Errors
    ///
    /// If one of its rule files is wrong.
    pub fn new(pack: &Pack, types: &EventTypes) -> Result<Self> {
        Ok(Self {
            lexicon: Lexicon::new(pack, types)?,
            roles: roles::Roles::new(pack)?,
            factuality: factuality::FactualityRules::new(pack)?,
            salience: salience::SalienceScore::new(pack)?,
            mentions: mention::Mentions::new(pack)?,
            attachment: attach::Attachment::new(pack)?,
        })
    }

    /// Returns the words that tell events.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Returns the ids of the factuality rules that decide the predicates of `sentence`.
    pub fn factuality_in(&self, sentence: &Sentence, clauses: &Clauses) -> Vec<&str> {
        let predicates = &clauses.predicates;
        self.factuality
            .deciding(&self.lexicon, sentence, predicates)
    }

    /// Returns the events of an article.
    pub fn read(&self, input: &Input) -> Output {
        let mut drafts = self.scored(input);
        coref::doubt_nouns(input, &self.lexicon, &mut drafts);
        let chains = coref::chains(input, &self.lexicon, &drafts);
        let told = |it: &Draft| self.judge(input, it);
        draft::finish(input, &drafts, &chains, &told)
    }

    /// Returns how much a draft is worth telling.
    fn judge(&self, input: &Input, draft: &Draft) -> Salience {
        if !draft.aside && self.salience.threshold() <= draft.score {
            Salience::Core
        } else if self.mentions.admit(input, &self.lexicon, draft) {
            Salience::Background
        } else {
            Salience::Nothing
        }
    }

    /// Returns every predicate as a draft with the names of the features that tell whether it mentions an event: what the weights of
    /// `mention.toml` were fitted on.
    pub fn mention_features(&self, input: &Input) -> Vec<(Draft, Vec<String>)> {
        let drafts = self.scored(input).into_iter();
        let named = drafts.map(|it| (mention::features(input, &self.lexicon, &it), it));
        named.map(|(names, it)| (it, names)).collect()
    }

    /// Returns every predicate as a draft with its score and the names of its features: what the weights were fitted on.
    pub fn features(&self, input: &Input) -> Vec<(Draft, Vec<String>)> {
        let drafts = self.scored(input);
        let features = salience::features(input, &drafts);
        drafts.into_iter().zip(features).collect()
    }

    /// Returns every predicate as a draft with the date of each time expression that may date it and the names of the features of the two: what the
    /// weights of `dating.toml` were fitted on.
    pub fn date_features(&self, input: &Input) -> Vec<(Draft, Option<Edtf>, Vec<String>)> {
        let grammar = dating::grammar(input, &self.lexicon);
        let drafts = self.candidates(input);
        let dates = attach::Dates::new(input, &self.lexicon, &grammar, &drafts);
        let mut all = Vec::new();
        for (idx, draft) in drafts.iter().enumerate() {
            for candidate in dates.candidates(idx) {
                let names = weights::names(|take| {
                    date_features::each_feature(&dates, idx, candidate, take);
                });
                let value = dating::value(&input.timexes[candidate.timex], draft.factuality);
                all.push((draft.clone(), value, names));
            }
        }
        all
    }

    /// Returns every predicate as a draft, dated and with its score.
    fn scored(&self, input: &Input) -> Vec<Draft> {
        let mut drafts = self.candidates(input);
        dating::date(input, &self.lexicon, &self.attachment, &mut drafts);
        self.salience.score(input, &mut drafts);
        drafts
    }

    fn candidates(&self, input: &Input) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (sentence, clauses) in input.clauses.iter().enumerate() {
            for predicate in 0..clauses.predicates.len() {
                let at = PredicateRef {
                    sentence,
                    predicate,
                };
                let Some(mut draft) = self.lexicon.draft(input, at) else {
                    continue;
                };
                draft.participants = self.roles.participants(input, &draft);
                draft.factuality = self.factuality.judge(input, &self.lexicon, &draft);
                drafts.push(draft);
            }
        }
        attribution::attribute(input, &self.lexicon, &mut drafts);
        drafts
    }
}
