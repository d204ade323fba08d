//! `connective-weights.tsv`: how likely a sentence states a cause, and how likely a connective with its sides is what states it.
//!
//! Both are logistic regressions; a line is `sentence` or `pair`, a feature, and its weight in thousandths.

use super::features::Take;
use crate::lang::Pack;
use crate::{Error, Result};
use rustc_hash::FxHashMap;

/// The file.
const FILE: &str = "connective-weights.tsv";

/// The weights of one question.
#[derive(Default)]
pub(super) struct Weights {
    of: FxHashMap<String, f64>,
}

/// The weights of a pack, or none.
#[derive(Default)]
pub(super) struct Model {
    pub sentence: Weights,
    pub pair: Weights,
}

impl Model {
    pub fn new(pack: &Pack) -> Result<Self> {
        let mut model = Self::default();
        for (number, line) in pack.file(FILE).lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || {
                Error::usage(format!("{}:{}: `{line}`", pack.shown(FILE), number + 1))
                    .hint("write sentence or pair, the feature, and its weight, with tabs between")
            };
            let mut cells = line.split('\t');
            let (Some(of), Some(feature), Some(weight), None) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                return Err(wrong());
            };
            let weights = match of {
                "sentence" => &mut model.sentence,
                "pair" => &mut model.pair,
                _ => return Err(wrong()),
            };
            let weight: f64 = weight.parse().map_err(|_| wrong())?;
            weights.of.insert(feature.to_owned(), weight / 1000.0);
        }
        Ok(model)
    }

    /// Tells whether the pack has none.
    pub fn is_empty(&self) -> bool {
        self.sentence.of.is_empty()
    }
}

impl Weights {
    /// Returns how likely it is, given the features that `tell` names.
    pub fn probability(&self, tell: impl FnOnce(&mut Take)) -> f64 {
        let (mut name, mut sum) = (String::with_capacity(64), 0.0);
        tell(&mut |parts| {
            name.clear();
            name.extend(parts.iter().copied());
            sum += self.of.get(&name).unwrap_or(&0.0);
        });
        sum += self.of.get("bias").unwrap_or(&0.0);
        1.0 / (1.0 + f64::exp(-sum))
    }
}

/// Returns the names of the features that `tell` names.
pub(super) fn names(tell: impl FnOnce(&mut Take)) -> Vec<String> {
    let mut names = Vec::new();
    tell(&mut |parts| names.push(parts.concat()));
    names
}
