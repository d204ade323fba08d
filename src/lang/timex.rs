//! Rows of `timex.toml`: tables of words with their values, and the rules that use them.
//!
//! What patterns and values mean is told, and interpreted, in `time`; here they are only read.

use serde::Deserialize;
use std::collections::BTreeMap;

/// `timex.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimexFile {
    /// The regular expression a blank in a pattern or a table's key stands for; a blank if empty.
    pub space: String,
    /// Whether patterns match any case; a table's key with a capital still needs it.
    pub ignore_case: bool,
    /// What must not stand around an expression, unless its rule says otherwise.
    pub context: ContextRow,
    /// What tells that a date lies ahead, before or after it in its sentence.
    pub future: AroundRow,
    /// What tells that a date lies behind, even so: a verb of the past right before it.
    pub past: AroundRow,
    /// What tells that a date lies behind where nothing tells that it lies ahead.
    pub behind: AroundRow,
    /// What may stand beside the expressions of a text that tells nothing else, a regular expression; they lie ahead.
    pub alone: String,
    /// What stands between two expressions for one day, a regular expression: "the next day, the 15th".
    pub same: String,
    /// What stands between the dates of a list, a regular expression; the later ones share the month or year of the first.
    pub list: String,
    /// The zone of articles that tell none with their publication, as `+9`; an hour told with another zone is counted by it.
    pub zone: String,
    /// Whether a month without a year is of the nearest year, not of the anchor's own.
    pub nearest_year: bool,
    /// Words that make numbers, as in `twenty-four`.
    pub number: NumberRow,
    /// Tables, by name; `{name}` in a pattern stands for any of its words.
    pub table: BTreeMap<String, Table>,
    /// The rules.
    pub rule: Vec<TimexRule>,
}

/// Conditions on the text around an expression.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContextRow {
    /// Must not end right before.
    pub not_left: String,
    /// Must not begin right after.
    pub not_right: String,
}

/// Cues around an expression.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AroundRow {
    /// A pattern looked for before it.
    pub left: String,
    /// A pattern looked for after it.
    pub right: String,
}

/// Number words: a number is built by adding and multiplying from left to right.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberRow {
    /// Words that are added, as `four = 4`.
    pub add: BTreeMap<String, i32>,
    /// Words that multiply what stands before them, as `hundred = 100`.
    pub times: BTreeMap<String, i32>,
    /// What may stand between two of them, a regular expression.
    pub between: String,
}

/// A table: words with their values, or a pattern alone.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Table {
    /// A pattern whose value is the number it spells.
    pub pattern: Option<String>,
    /// The words and what they mean.
    #[serde(flatten)]
    pub words: BTreeMap<String, Word>,
}

/// What a word means: a number, or a code such as `MO`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Word {
    /// A number.
    Number(i32),
    /// A code.
    Code(String),
}

/// One rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimexRule {
    /// Its name within the file.
    pub id: String,
    /// What it matches.
    #[serde(rename = "match")]
    pub pattern: String,
    /// What that means.
    pub value: String,
    /// Fields that are not in the words.
    #[serde(default)]
    pub with: BTreeMap<String, Word>,
    /// Whether it waits until no other joining rule finds anything: "from … to …" wants both ends whole.
    #[serde(default)]
    pub late: bool,
    /// Must end right before.
    pub left: Option<String>,
    /// Must begin right after.
    pub right: Option<String>,
    /// Must not end right before; replaces that of the file.
    pub not_left: Option<String>,
    /// Must not begin right after; replaces that of the file.
    pub not_right: Option<String>,
    /// Texts the rule reads.
    pub accept: Vec<TimexCase>,
    /// Texts in which the rule finds nothing.
    pub reject: Vec<String>,
}

/// A text a rule must read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimexCase {
    /// The publication date.
    pub dct: Option<String>,
    /// The text.
    pub text: String,
    /// The expression in it that the rule reads.
    pub timex: String,
    /// Its TIMEX3 value.
    pub value: String,
    /// Its EDTF date, where that says more than the value.
    pub edtf: Option<String>,
}
