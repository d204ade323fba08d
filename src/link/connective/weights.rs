//! `connective-weights.tsv`: how likely a sentence states a cause, and how likely a connective with its sides is what states it.
//!
//! All are logistic regressions; a line is a feature and its weights in hundredths. News states causes otherwise than other prose does, so a
//! sentence is judged by the weights of both, as likely as it is news.

use crate::lang::Pack;
use crate::lang::weights::{Take, probability};
use crate::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};

/// The file.
const FILE: &str = "connective-weights.tsv";
/// The feature that always holds.
const BIAS: &str = "bias";

/// What a feature says.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// The place of its line.
    number: usize,
    /// That the sentence is news, that it states a cause if it is, and that it does if it is not.
    sentence: [f64; 3],
    /// That a connective is what states it.
    pair: f64,
}

/// The weights of a pack, or none.
#[derive(Default)]
pub(super) struct Model {
    weights: FxHashMap<String, Weight>,
    bias: Weight,
}

impl Model {
    pub fn new(pack: &Pack) -> Result<Self> {
        let mut model = Self::default();
        for (number, line) in pack.file(FILE).lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (feature, weight) = read(line, number).ok_or_else(|| {
                Error::usage(format!("{}:{}: `{line}`", pack.shown(FILE), number + 1)).hint(
                    "write a feature and four weights (register, news, prose, pair; empty if none), with tabs between",
                )
            })?;
            match feature {
                BIAS => model.bias = weight,
                _ => drop(model.weights.insert(feature.to_owned(), weight)),
            }
        }
        Ok(model)
    }

    /// Tells whether the pack has none.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Returns what nothing is known of yet.
    pub fn judgement(&self) -> Judgement<'_> {
        Judgement {
            model: self,
            known: FxHashSet::default(),
            name: String::with_capacity(64),
            sums: self.bias.sentence,
        }
    }
}

/// Returns the feature of a line and its weights.
fn read(line: &str, number: usize) -> Option<(&str, Weight)> {
    let mut cells = line.split('\t');
    let feature = cells.next()?;
    let mut next = || match cells.next()? {
        "" => Some(0.0),
        cell => Some(cell.parse::<f64>().ok()? / 100.0),
    };
    let sentence = [next()?, next()?, next()?];
    let pair = next()?;
    cells.next().is_none().then_some((
        feature,
        Weight {
            number,
            sentence,
            pair,
        },
    ))
}

/// What is known of a sentence.
pub(super) struct Judgement<'a> {
    model: &'a Model,
    /// The features that hold already: one that holds twice counts once.
    known: FxHashSet<usize>,
    name: String,
    sums: [f64; 3],
}

impl Judgement<'_> {
    /// Adds the features that `tell` names, and returns how likely what they are of is what states a cause.
    pub fn learn(&mut self, tell: impl FnOnce(&mut Take)) -> f64 {
        let mut pair = self.model.bias.pair;
        tell(&mut |parts| {
            self.name.clear();
            self.name.extend(parts.iter().copied());
            let Some(weight) = self.model.weights.get(&self.name) else {
                return;
            };
            pair += weight.pair;
            if self.known.insert(weight.number) {
                for (sum, weight) in self.sums.iter_mut().zip(weight.sentence) {
                    *sum += weight;
                }
            }
        });
        probability(pair)
    }

    /// Returns how likely the sentence states a cause.
    pub fn causal(&self) -> f64 {
        let [register, news, prose] = self.sums.map(probability);
        register * news + (1.0 - register) * prose
    }
}
