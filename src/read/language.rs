//! Which pack reads a text: by its script, and within the Latin script by its letter sequences.

use crate::{
    Error, Result,
    lang::{Pack, Packs},
    model::Lang,
};

/// Letters that are looked at; a language shows early.
const SAMPLE: usize = 20_000;
/// A script other than Latin decides from this share of the letters on: Korean news is full of Latin names.
const SHARE: f64 = 0.2;
/// Fewer letters than this are too few to refuse a text for its language.
const ENOUGH: usize = 300;
/// Fewer words than this are too few to refuse a text for those that it lacks ...
const WORDS: usize = 12;
/// ... and no text of a language has a smaller share of its commonest.
const COMMON: f64 = 0.08;
/// Fewer letters than this are too few to refuse a text for its script.
const FEW: usize = 12;
const LATIN: &str = "Latin";

/// Scripts by their Unicode names, with the ranges of their letters.
const SCRIPTS: &[(&str, &[(u32, u32)])] = &[
    (
        LATIN,
        &[(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)],
    ),
    (
        "Hangul",
        &[(0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3)],
    ),
    ("Hiragana", &[(0x3041, 0x309F)]),
    ("Katakana", &[(0x30A0, 0x30FF), (0x31F0, 0x31FF)]),
    (
        "Han",
        &[(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)],
    ),
    ("Cyrillic", &[(0x400, 0x52F)]),
    ("Greek", &[(0x370, 0x3FF)]),
    ("Hebrew", &[(0x590, 0x5FF)]),
    ("Arabic", &[(0x600, 0x6FF), (0x750, 0x77F)]),
    ("Devanagari", &[(0x900, 0x97F)]),
    ("Thai", &[(0xE00, 0xE7F)]),
];

/// Returns the language of `text` among those that have a pack.
///
/// # Errors
///
/// If the text is plainly in a script or a language that no pack reads.
pub fn detect(text: &str, packs: &Packs) -> Result<Lang> {
    let counts = count(text);
    let letters: usize = counts.iter().sum();
    let share = |script: &str| {
        let idx = SCRIPTS.iter().position(|it| it.0 == script);
        #[allow(clippy::cast_precision_loss, reason = "at most 20,000 letters")]
        idx.map_or(0.0, |it| counts[it] as f64 / letters.max(1) as f64)
    };
    let by_script = packs
        .iter()
        .map(|it| (&it.manifest.scripts, &it.lang))
        .filter(|(scripts, _)| scripts.iter().all(|it| it != LATIN))
        .map(|(scripts, lang)| (scripts.iter().map(|it| share(it)).sum::<f64>(), lang))
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    if let Some((_, lang)) = by_script.filter(|it| SHARE <= it.0) {
        return Ok(lang.clone());
    }
    let foreign = || SCRIPTS.iter().filter(|it| it.0 != LATIN);
    // A text may mix scripts, as Japanese does; the commonest names it.
    let commonest = foreign().max_by(|a, b| share(a.0).total_cmp(&share(b.0)));
    let is_foreign = 0.5 < foreign().map(|it| share(it.0)).sum::<f64>();
    if let Some((script, _)) = commonest.filter(|_| is_foreign && FEW <= letters) {
        return Err(unread(&format!("the {script} script"), packs));
    }
    latin(text, letters, packs)
}

/// Returns the language of a text in Latin letters, or in none.
fn latin(text: &str, letters: usize, packs: &Packs) -> Result<Lang> {
    let candidates: Vec<(whatlang::Lang, &Lang)> = packs
        .iter()
        .filter(|pack| pack.manifest.scripts.iter().any(|it| it == LATIN))
        .filter_map(|pack| Some((whatlang_of(&pack.manifest.name)?, &pack.lang)))
        .collect();
    let guess = whatlang::detect(text).filter(|it| ENOUGH <= letters && it.is_reliable());
    if let Some(info) = guess {
        match candidates.iter().find(|it| it.0 == info.lang()) {
            Some((_, lang)) => return Ok((*lang).clone()),
            None if 0.9 < info.confidence() => return Err(unread(info.lang().eng_name(), packs)),
            None => (),
        }
    }
    let may_be = |lang: &Lang| {
        packs
            .iter()
            .any(|it| it.lang == *lang && has_common_words(text, it))
    };
    let other =
        whatlang::detect(text).filter(|it| candidates.iter().all(|known| known.0 != it.lang()));
    if let Some(info) = other.filter(|_| !candidates.iter().any(|it| may_be(it.1))) {
        return Err(unread(info.lang().eng_name(), packs));
    }
    let allowed: Vec<whatlang::Lang> = candidates.iter().map(|it| it.0).collect();
    let best = whatlang::Detector::with_allowlist(allowed).detect_lang(text);
    let found = candidates.iter().find(|it| Some(it.0) == best);
    let any = found.or(candidates.first()).map(|it| it.1);
    any.or_else(|| packs.iter().next().map(|it| &it.lang))
        .cloned()
        .ok_or_else(|| unread("some language", packs))
}

/// Tells whether so many words of `text` are common ones of the language that it may be in it; of a few words nobody knows.
fn has_common_words(text: &str, pack: &Pack) -> bool {
    let common = &pack.manifest.common;
    let words = text
        .split(|it: char| !it.is_alphabetic())
        .filter(|it| !it.is_empty());
    let (mut all, mut known) = (0_u32, 0_u32);
    for word in words.take(SAMPLE) {
        all += 1;
        known += u32::from(common.contains(&word.to_lowercase()));
    }
    let few = usize::try_from(all).is_ok_and(|it| it < WORDS);
    few || common.is_empty() || COMMON * f64::from(all) <= f64::from(known)
}

/// Returns the language that calls itself `name`.
fn whatlang_of(name: &str) -> Option<whatlang::Lang> {
    whatlang::Lang::all()
        .iter()
        .copied()
        .find(|it| it.name() == name)
}

fn unread(what: &str, packs: &Packs) -> Error {
    let known: Vec<&str> = packs.iter().map(|it| it.lang.as_str()).collect();
    Error::input(format!("unknown language: the text looks like {what}")).hint(format!(
        "known: {}; --lang reads it as one of them anyway",
        known.join(", ")
    ))
}

/// Returns how many letters of each of [`SCRIPTS`] the beginning of `text` has.
fn count(text: &str) -> Vec<usize> {
    let mut counts = vec![0; SCRIPTS.len()];
    let letters = text.chars().filter(|it| it.is_alphabetic()).take(SAMPLE);
    for letter in letters {
        let code = u32::from(letter);
        let holds = |ranges: &[(u32, u32)]| ranges.iter().any(|it| it.0 <= code && code <= it.1);
        if let Some(idx) = SCRIPTS.iter().position(|it| holds(it.1)) {
            counts[idx] += 1;
        }
    }
    counts
}
