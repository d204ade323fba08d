//! Rows of `timex.toml`: tables of words with their values, and the rules that use them.

use serde::Deserialize;

/// `timex.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimexFile {}
