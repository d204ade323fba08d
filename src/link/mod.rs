//! Events → links: what the text says caused, enabled, preceded, reversed or reports what, with its cue.
//!
//! Cues and their meaning are the pack's (`causal.toml`); order alone never makes a cause.

mod connective;
mod headline;
mod joints;
mod maker;
mod openings;
mod rows;
mod stance;

use crate::Result;
use crate::lang::Pack;
use crate::model::{Event, Link};
use crate::syntax::{Clauses, PredicateRef};
use crate::text::Document;
use std::collections::BTreeMap;

pub use connective::SentenceFeatures;

use connective::ConnectiveReader;
use rows::Signals;

/// Reads the links of one language.
pub struct LinkReader {
    signals: Signals,
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
    /// Predicates that report their content.
    pub reporting: &'a dyn Fn(PredicateRef) -> bool,
}

impl LinkReader {
    /// Returns the reader of `pack`.
    ///
    /// # Errors
    ///
    /// If `causal.toml`, `connectives.toml` or `connective-weights.tsv` is wrong.
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            signals: Signals::new(pack)?,
            connectives: ConnectiveReader::new(pack)?,
        })
    }

    /// Returns the links that the article states, suggests or makes conditional, in order.
    pub fn read(&self, input: &Input) -> Vec<Link> {
        let mut links = Vec::new();
        joints::read(&self.signals, input, &mut links);
        openings::read(&self.signals, input, &mut links);
        stance::read(&self.signals, input, &mut links);
        headline::read(&self.signals, input, &mut links);
        self.connectives.read(input, &mut links);
        maker::tidy(links)
    }

    /// Returns the features of every sentence and of its connectives: what the weights of `connective-weights.tsv` are fitted on.
    pub fn features(&self, input: &Input) -> Vec<SentenceFeatures> {
        self.connectives.features(input)
    }
}
