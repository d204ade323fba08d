//! Events → links: what the text says caused, enabled, preceded, reversed or reports what, with its cue.
//!
//! Cues and their meaning are the pack's (`causal.toml`); order alone never makes a cause.

mod connective;
mod form;
mod headline;
mod joints;
mod judge;
mod maker;
mod openings;
mod order;
mod pairs;
mod rows;
mod stance;

use crate::Result;
use crate::lang::{EventTypes, Pack};
use crate::model::{Event, Link};
use crate::syntax::{Clauses, PredicateRef};
use crate::text::Document;
use std::collections::BTreeMap;

pub use connective::SentenceFeatures;

use connective::ConnectiveReader;
use judge::Judge;
use rows::Signals;

/// Reads the links of one language.
pub struct LinkReader {
    signals: Signals,
    judge: Judge,
    connectives: ConnectiveReader,
}

/// What the link stage reads.
pub struct Input<'a> {
    /// The sentences.
    pub document: &'a Document<'a>,
    /// The clauses of each sentence.
    pub clauses: &'a [Clauses],
    /// The events, in order.
    pub events: &'a [Event],
    /// Which predicate tells which event.
    pub anchors: &'a BTreeMap<PredicateRef, usize>,
    /// Every event type.
    pub types: &'a EventTypes,
    /// Predicates that report their content.
    pub reporting: &'a dyn Fn(PredicateRef) -> bool,
}

impl LinkReader {
    /// Returns the reader of `pack`.
    ///
    /// # Errors
    ///
    /// If `causal.toml`, `linking.toml`, `connectives.toml` or `connective-weights.tsv` is wrong.
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            signals: Signals::new(pack)?,
            judge: Judge::new(pack)?,
            connectives: ConnectiveReader::new(pack)?,
        })
    }

    /// Returns the two predicates of every link that the weights judge, with what is true of them: what the weights were fitted on.
    pub fn joint_features(&self, input: &Input) -> Vec<([PredicateRef; 2], Vec<String>)> {
        judge::features(&self.signals, input, &self.stated(input))
    }

    /// Returns the links that the article states, suggests or makes conditional, in order.
    pub fn read(&self, input: &Input) -> Vec<Link> {
        let stated = self.stated(input);
        let mut links = self.judge.judge(&self.signals, input, stated);
        order::read(&self.signals, input, &mut links);
        maker::tidy(links)
    }

    /// Returns what the rules say.
    fn stated(&self, input: &Input) -> Vec<Link> {
        let mut links = Vec::new();
        joints::read(&self.signals, input, &mut links);
        openings::read(&self.signals, input, &mut links);
        stance::read(&self.signals, input, &mut links);
        headline::read(&self.signals, input, &mut links);
        self.connectives.read(input, &mut links);
        links
    }

    /// Returns the features of every sentence and of its connectives: what the weights of `connective-weights.tsv` are fitted on.
    pub fn features(&self, input: &Input) -> Vec<SentenceFeatures> {
        self.connectives.features(input)
    }
}
