//! What a text names, in any script, as terms that can be counted and compared.
//!
//! It knows no language: words of scripts without capitals are cut into pairs of letters, those of other scripts to their beginnings, and figures
//! keep the letter after them.
//! It does not weigh terms: see `profile`.

use std::hash::Hasher;

/// A term, by its hash; two terms are the same with near certainty if their hashes are.
pub(super) type Term = u64;

/// How many letters of a word of a script with capitals are kept: about its stem.
const STEM: usize = 6;

/// Returns the terms of `text`, repeated as often as they stand there.
pub(super) fn of(text: &str) -> Vec<Term> {
    let mut terms = Vec::with_capacity(text.len() / 3);
    let mut chars: Vec<char> = Vec::new();
    let mut kind = Kind::Other;
    for next in text.chars().chain([' ']) {
        let found = Kind::of(next);
        let inside = kind == Kind::Figure && matches!(next, ',' | '.');
        if inside {
            continue;
        }
        if found != kind {
            close(kind, &chars, next, &mut terms);
            chars.clear();
            kind = found;
        }
        chars.push(next);
    }
    terms
}

/// Returns the term of a known entity.
pub(super) fn of_entity(id: &str) -> Term {
    hash("=", id.chars())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Letters of a script with capitals.
    Cased,
    /// Letters of a script without.
    Uncased,
    Figure,
    Other,
}

impl Kind {
    fn of(char: char) -> Self {
        if char.is_ascii_digit() {
            Self::Figure
        } else if !char.is_alphabetic() {
            Self::Other
        } else if char.is_lowercase() || char.is_uppercase() {
            Self::Cased
        } else {
            Self::Uncased
        }
    }
}

/// Adds the terms of a run of letters or digits; `next` is the character after it.
fn close(kind: Kind, run: &[char], next: char, terms: &mut Vec<Term>) {
    match kind {
        Kind::Other => {}
        Kind::Figure => {
            let unit = Some(next).filter(|it| it.is_alphabetic());
            terms.push(hash("#", run.iter().copied().chain(unit)));
        }
        Kind::Cased => {
            let stem = run.iter().flat_map(|it| it.to_lowercase()).take(STEM);
            terms.push(hash("a", stem));
        }
        Kind::Uncased if run.len() == 1 => terms.push(hash("u", run.iter().copied())),
        Kind::Uncased => {
            let pairs = run.windows(2);
            terms.extend(pairs.map(|it| hash("u", it.iter().copied())));
        }
    }
}

fn hash(kind: &str, chars: impl Iterator<Item = char>) -> Term {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(kind.as_bytes());
    for char in chars {
        hasher.write_u32(u32::from(char));
    }
    hasher.finish()
}
