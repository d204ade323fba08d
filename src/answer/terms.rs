//! Words as search compares them: lower case, endings cut; scripts without word-internal marks also as pairs of characters.
//!
//! No dictionary: which endings are cut is data.

use super::questions::WordsRow;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// A word in the form in which words are compared: a hash.
pub(super) type Term = u64;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word as a whole.
    pub whole: Term,
    /// Its pairs of characters, for dense scripts; empty for short words.
    pub pairs: Vec<Term>,
}

/// Which words are dropped and which endings are cut.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    stop: FxHashSet<String>,
    suffixes: Vec<String>,
}

/// How characters join into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Letters of alphabets, and digits.
    Plain,
    /// Syllables and ideographs: two of them are a word.
    Dense,
    /// Everything else.
    Gap,
}

impl Words {
    /// Adds the words and endings of a language.
    pub fn add(&mut self, row: &WordsRow) {
        self.stop.extend(row.stop.iter().cloned());
        self.suffixes.extend(row.suffixes.iter().cloned());
        self.suffixes
            .sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        self.suffixes.dedup();
    }

    /// Returns the words of `text`, in order, without those that say nothing.
    pub fn of(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for raw in runs(text) {
            let lower = raw.to_lowercase();
            if self.stop.contains(&lower) {
                continue;
            }
            let stem = self.stem(&lower);
            if !self.stop.contains(stem.as_str()) {
                words.push(word(&stem));
            }
        }
        words
    }

    /// Returns `word` without its ending; what is left has at least two characters, of alphabets three.
    fn stem(&self, word: &str) -> String {
        let class = word.chars().next().map_or(Class::Gap, class_of);
        let least = if class == Class::Dense { 2 } else { 3 };
        let digits = word.chars().any(|it| it.is_ascii_digit());
        if digits {
            return word.to_owned();
        }
        let stem = self.suffixes.iter().find_map(|it| {
            let stem = word.strip_suffix(it.as_str())?;
            (least <= stem.chars().count()).then_some(stem)
        });
        let mut stem = stem.unwrap_or(word).to_owned();
        let mut back = stem.chars().rev();
        let doubled = back.next().is_some_and(|it| Some(it) == back.next());
        if class == Class::Plain && doubled && least < stem.chars().count() {
            stem.pop();
        }
        stem
    }
}

fn word(stem: &str) -> Word {
    let chars: Vec<char> = stem.chars().collect();
    let dense = chars.iter().all(|it| class_of(*it) == Class::Dense);
    let pairs = if dense && 2 < chars.len() {
        chars
            .windows(2)
            .map(|it| term(&it.iter().collect::<String>()))
            .collect()
    } else {
        Vec::new()
    };
    Word {
        whole: term(stem),
        pairs,
    }
}

fn term(text: &str) -> Term {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

fn class_of(c: char) -> Class {
    match u32::from(c) {
        0x1100..=0x11ff | 0x3041..=0x30ff | 0x3130..=0x318f | 0x3400..=0x9fff | 0xac00..=0xd7a3 => {
            Class::Dense
        }
        _ if c.is_alphanumeric() => Class::Plain,
        _ => Class::Gap,
    }
}

/// Returns the stretches of `text` of one class; a point or comma between digits belongs to the number.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut begin = 0;
    let mut class = Class::Gap;
    let mut chars = text.char_indices().peekable();
    let mut before_digit = false;
    while let Some((at, c)) = chars.next() {
        let next_digit = chars.peek().is_some_and(|(_, it)| it.is_ascii_digit());
        let inside = matches!(c, '.' | ',') && before_digit && next_digit;
        let here = if inside { class } else { class_of(c) };
        if here != class {
            if class != Class::Gap {
                runs.push(&text[begin..at]);
            }
            (begin, class) = (at, here);
        }
        before_digit = c.is_ascii_digit();
    }
    if class != Class::Gap {
        runs.push(&text[begin..]);
    }
    runs
}
