//! `connective-weights.tsv`: how likely a sentence states a cause, and how likely a connective with its sides is what states it.
//!
//! Both are logistic regressions; a line is `sentence` or `pair`, a feature, and its weight in thousandths.

use crate::lang::{Pack, weights::Weights};
use crate::{Error, Result};

/// The file.
const FILE: &str = "connective-weights.tsv";

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
            let weight = weight.parse::<f64>().map_err(|_| wrong())? / 1000.0;
            match feature {
                "bias" => weights.set_bias(weight),
                _ => weights.set(feature, weight),
            }
        }
        Ok(model)
    }

    /// Tells whether the pack has none.
    pub fn is_empty(&self) -> bool {
        self.sentence.is_empty()
    }
}
