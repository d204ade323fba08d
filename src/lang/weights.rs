//! A linear score over named features, with the weights of a pack: what `salience.toml`, `dating.toml`, `linking.toml` and the like hold.
//!
//! It does not know what the features are; whoever scores names those that hold, in parts, as naming all of them anew would cost more than weighing them.

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The weights of one question; a feature that is not listed weighs nothing.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// What scores less is left out.
    #[serde(default)]
    pub threshold: f64,
    #[serde(default)]
    bias: f64,
    #[serde(default, rename = "weights")]
    of: FxHashMap<String, f64>,
}

/// Takes the name of a feature that holds, in parts.
pub type Take<'a> = dyn FnMut(&[&str]) + 'a;

impl Weights {
    /// Tells whether the pack has none.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Returns the score of what the features hold of that `tell` names.
    pub fn score(&self, tell: impl FnOnce(&mut Take)) -> f64 {
        let (mut name, mut sum) = (String::with_capacity(64), 0.0);
        tell(&mut |parts| {
            name.clear();
            name.extend(parts.iter().copied());
            sum += self.of.get(&name).unwrap_or(&0.0);
        });
        self.bias + sum
    }
}

/// Returns the probability of a score that is the logarithm of odds.
pub fn probability(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}

/// Returns the names of the features that `tell` names.
pub fn names(tell: impl FnOnce(&mut Take)) -> Vec<String> {
    let mut names = Vec::new();
    tell(&mut |parts| names.push(parts.concat()));
    names
}
