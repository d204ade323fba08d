//! Chooses a word's tag by its neighbours, with the patch rules of `tagging.toml`.
//!
//! A rule changes one tag into another that the word can have; rules run in the order of the file.
//! It does not cut text into words.

use super::lexicon::TagNames;
use crate::{Error, Result};
use serde::Deserialize;

/// `tagging.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaggingFile {
    /// Every tag there is, at most 64.
    #[serde(default)]
    pub(super) tags: Vec<String>,
    /// Tags of closed classes: such words are no names although capitalised.
    #[serde(default)]
    pub(super) closed: Vec<String>,
    /// The tag of names.
    #[serde(default)]
    pub(super) name: String,
    /// The tag of numbers.
    #[serde(default)]
    pub(super) number: String,
    /// The tag of punctuation.
    #[serde(default)]
    pub(super) punctuation: String,
    /// The possible tags of a word nobody knows, the likeliest first.
    #[serde(default)]
    pub(super) unknown: Vec<String>,
    /// The possible tags of an unknown word with a hyphen, the likeliest first.
    #[serde(default)]
    pub(super) hyphenated: Vec<String>,
    /// What stands before a hyphen without changing what the word is: `re`, `co`.
    #[serde(default)]
    pub(super) prefixes: Vec<String>,
    /// The tags of verbs, as `VB*`; their dictionary form is that of the verb.
    #[serde(default)]
    pub(super) verbs: Vec<String>,
    /// The tags of common nouns, as `NN*`.
    #[serde(default)]
    pub(super) nouns: String,
    /// Ends of words that are words of their own.
    #[serde(default)]
    pub(super) clitic: Vec<CliticRow>,
    /// Endings of words that are not in the lexicon.
    #[serde(default)]
    pub(super) shape: Vec<ShapeRow>,
    /// Patches, in order.
    #[serde(default)]
    pub(super) rule: Vec<RuleRow>,
}

/// An end of a word that is a word of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CliticRow {
    /// As written, with `'`.
    pub(super) form: String,
    /// Its possible tags, the likeliest first.
    pub(super) tags: Vec<String>,
    /// Its dictionary form as a verb or adverb.
    pub(super) lemma: String,
}

/// An ending of words that are not in the lexicon.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShapeRow {
    /// The ending.
    pub(super) suffix: String,
    /// What it says of the word, the likeliest first.
    pub(super) tags: Vec<String>,
    /// What the dictionary form has in its place.
    pub(super) lemma: Option<String>,
}

/// A patch with its examples.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleRow {
    /// The name of the rule, as `en/tag/participle-after-have`.
    pub(super) id: String,
    /// Items before, `[FROM>TO]`, items after.
    #[serde(rename = "match")]
    pub(super) pattern: String,
    /// Sentences whose `[word]` the rule gives its tag.
    #[expect(dead_code, reason = "run as tests")]
    pub(super) accept: Vec<String>,
    /// Sentences whose `[word]` keeps another tag.
    #[expect(dead_code, reason = "run as tests")]
    pub(super) reject: Vec<String>,
}

/// A word on its way to a tag.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    /// In lower case.
    pub(super) form: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) spaced: bool,
    pub(super) tag: u8,
    /// Every tag it can have.
    pub(super) mask: u64,
    /// Its dictionary form as a verb, if another.
    pub(super) verb: &'a str,
    /// Its dictionary form as a noun, if another.
    pub(super) noun: &'a str,
    /// A dictionary form by its ending, whatever it is.
    pub(super) shaped: Option<String>,
}

/// How often an item may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Often {
    Once,
    AtMostOnce,
    Any,
}

#[derive(Clone, Debug)]
struct Item {
    mask: u64,
    words: Vec<String>,
    /// Matches the beginning or the end of the sentence.
    border: bool,
    negated: bool,
    often: Often,
}

impl Item {
    fn matches(&self, cell: Option<&Cell<'_>>) -> bool {
        let hit = match cell {
            None => self.border,
            Some(cell) => {
                self.mask >> cell.tag & 1 == 1
                    || self
                        .words
                        .iter()
                        .any(|it| *it == cell.form || *it == cell.verb)
            }
        };
        hit != self.negated
    }
}

/// A compiled patch.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) to: u8,
    from: u64,
    words: Vec<String>,
    /// `words` are those it leaves alone.
    except: bool,
    /// Nearest first.
    before: Vec<Item>,
    after: Vec<Item>,
}

impl Rule {
    /// Compiles `row`, of the file shown as `path`.
    pub(super) fn new(path: &str, row: &RuleRow, names: &TagNames) -> Result<Self> {
        let wrong = |what: &str| {
            Error::usage(format!("{path}: rule `{}`: {what} in `{}`", row.id, row.pattern))
                .hint("a pattern is items, `[FROM>TO]`, items; an item is tags and words joined by `|`, after it `?` or `~`, before it `!`")
        };
        let parts: Vec<&str> = row.pattern.split(' ').collect();
        let pivot = parts
            .iter()
            .position(|it| it.starts_with('[') && it.ends_with(']'));
        let pivot = pivot.ok_or_else(|| wrong("no `[FROM>TO]`"))?;
        let inner = &parts[pivot][1..parts[pivot].len() - 1];
        let (inner, words) = inner.split_once(':').unwrap_or((inner, ""));
        let (except, words) = words
            .strip_prefix('!')
            .map_or((false, words), |it| (true, it));
        let (from, to) = inner.split_once('>').ok_or_else(|| wrong("no `>`"))?;
        let to = names.id(to).ok_or_else(|| wrong("unknown tag"))?;
        let items = |parts: &[&str]| -> Option<Vec<Item>> {
            parts.iter().map(|it| Self::item(it, names)).collect()
        };
        let mut before = items(&parts[..pivot]).ok_or_else(|| wrong("unknown tag"))?;
        before.reverse();
        Ok(Self {
            to,
            from: from.split('|').fold(0, |mask, it| mask | names.mask(it)),
            words: words
                .split('|')
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect(),
            except,
            before,
            after: items(&parts[pivot + 1..]).ok_or_else(|| wrong("unknown tag"))?,
        })
    }

    fn item(text: &str, names: &TagNames) -> Option<Item> {
        let (negated, text) = text
            .strip_prefix('!')
            .map_or((false, text), |it| (true, it));
        let (often, text) = match (text.strip_suffix('?'), text.strip_suffix('~')) {
            (Some(it), _) if !it.is_empty() => (Often::AtMostOnce, it),
            (_, Some(it)) if !it.is_empty() => (Often::Any, it),
            _ => (Often::Once, text),
        };
        let mut item = Item {
            mask: 0,
            words: Vec::new(),
            border: false,
            negated,
            often,
        };
        for part in text.split('|') {
            if part == "^" || part == "$" {
                item.border = true;
            } else if part.starts_with(|it: char| it.is_ascii_uppercase()) {
                let mask = names.mask(part);
                if mask == 0 {
                    return None;
                }
                item.mask |= mask;
            } else {
                item.words.push(part.to_owned());
            }
        }
        Some(item)
    }

    /// Gives its tag to every word of `cells` whose neighbours match.
    pub(super) fn apply(&self, cells: &mut [Cell<'_>]) {
        for idx in 0..cells.len() {
            let cell = &cells[idx];
            let fits = self.from >> cell.tag & 1 == 1
                && cell.mask >> self.to & 1 == 1
                && (self.words.is_empty()
                    || self
                        .words
                        .iter()
                        .any(|it| *it == cell.form || *it == cell.verb)
                        != self.except);
            if fits
                && Self::run(&self.before, |step| {
                    idx.checked_sub(step + 1).and_then(|at| cells.get(at))
                })
                && Self::run(&self.after, |step| cells.get(idx + step + 1))
            {
                cells[idx].tag = self.to;
            }
        }
    }

    fn run<'c, 'a: 'c>(items: &[Item], at: impl Fn(usize) -> Option<&'c Cell<'a>>) -> bool {
        let mut step = 0;
        for item in items {
            match item.often {
                Often::Once if !item.matches(at(step)) => return false,
                Often::Once => step += 1,
                Often::AtMostOnce => {
                    step += usize::from(at(step).is_some() && item.matches(at(step)));
                }
                Often::Any => {
                    while at(step).is_some() && item.matches(at(step)) {
                        step += 1;
                    }
                }
            }
        }
        true
    }
}
