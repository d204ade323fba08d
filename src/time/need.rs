//! Which rules are worth trying on a sentence: those whose pattern finds all the letters it cannot do without.
//!
//! A pattern such as `[0-9]+ days` needs a digit and `days`. All needs of all rules are looked up in one pass over the sentence, which costs
//! far less than the automaton of all patterns together. It never leaves out a rule that would match; a rule that is let through may still find nothing.

use aho_corasick::{AhoCorasick, MatchKind};
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};
use std::collections::{BTreeMap, BTreeSet};

/// A need is met by any one of these texts, their ASCII letters in lower case.
type Need = BTreeSet<String>;

/// A need with more alternatives than this is left out: it costs more than it tells.
const MOST_TEXTS: usize = 60;

/// An alternation with more parts is not looked into: it is a table of words, of which one or another is in most texts.
const MOST_PARTS: usize = 12;

/// The needs of a list of rules.
#[derive(Debug)]
pub(super) struct Needs {
    texts: AhoCorasick,
    /// The needs that each text meets.
    met_by: Vec<Vec<u32>>,
    /// The needs of each rule.
    rules: Vec<Vec<u32>>,
    count: usize,
}

impl Needs {
    /// Returns the needs of `patterns`, regular expressions, or what is wrong with one.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut needs: BTreeMap<Need, u32> = BTreeMap::new();
        let mut rules = Vec::new();
        for pattern in patterns {
            let hir = regex_syntax::parse(pattern).map_err(|it| it.to_string())?;
            let of_rule = needs_of(&hir).into_iter().map(|it| {
                let next = u32::try_from(needs.len()).unwrap_or(u32::MAX);
                *needs.entry(it).or_insert(next)
            });
            rules.push(of_rule.collect());
        }
        let mut met_by: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (need, idx) in &needs {
            for text in need {
                met_by.entry(text).or_default().push(*idx);
            }
        }
        let texts = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(met_by.keys())
            .map_err(|it| it.to_string())?;
        Ok(Self {
            texts,
            met_by: met_by.into_values().collect(),
            rules,
            count: needs.len(),
        })
    }

    /// Returns the rules, by their place in the list, that may match somewhere in `text`.
    pub(super) fn rules_for(&self, text: &str) -> Vec<usize> {
        let mut met = vec![false; self.count];
        for found in self.texts.find_overlapping_iter(text) {
            for need in &self.met_by[found.pattern().as_usize()] {
                met[*need as usize] = true;
            }
        }
        let fits = |needs: &[u32]| needs.iter().all(|it| met[*it as usize]);
        (0..self.rules.len())
            .filter(|it| fits(&self.rules[*it]))
            .collect()
    }
}

/// Returns what every match of `hir` contains; nothing if that cannot be told.
fn needs_of(hir: &Hir) -> Vec<Need> {
    if let Some(all) = texts_of(hir) {
        return useful(&all).into_iter().collect();
    }
    match hir.kind() {
        HirKind::Capture(it) => needs_of(&it.sub),
        HirKind::Repetition(it) if 0 < it.min => needs_of(&it.sub),
        HirKind::Concat(parts) => needs_of_sequence(parts),
        HirKind::Alternation(parts) if parts.len() <= MOST_PARTS => {
            // Every alternative contributes the need that is hardest to meet.
            let mut any = Need::new();
            for part in parts {
                let Some(hardest) = needs_of(part).into_iter().max_by_key(hardness) else {
                    return Vec::new();
                };
                any.extend(hardest);
            }
            useful(&any).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the needs of `parts`, one after another; parts with few texts are taken together.
fn needs_of_sequence(parts: &[Hir]) -> Vec<Need> {
    let mut needs = Vec::new();
    let mut run = Need::from([String::new()]);
    for part in parts {
        let texts = texts_of(part);
        let longer = texts.as_ref().and_then(|it| product(&run, it));
        if let Some(longer) = longer {
            run = longer;
            continue;
        }
        needs.extend(useful(&std::mem::take(&mut run)));
        if let Some(texts) = texts {
            run = texts;
        } else {
            needs.extend(needs_of(part));
            run = Need::from([String::new()]);
        }
    }
    needs.extend(useful(&run));
    needs
}

/// Returns all texts that `hir` matches, in lower case, if they are few.
fn texts_of(hir: &Hir) -> Option<Need> {
    // Counting first costs little; making texts that turn out too many costs much.
    if MOST_TEXTS < count(hir) {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(Need::from([String::new()])),
        HirKind::Literal(it) => Some(Need::from([lower(std::str::from_utf8(&it.0).ok()?)])),
        HirKind::Class(class) => letters(class),
        HirKind::Capture(it) => texts_of(&it.sub),
        HirKind::Repetition(it) => {
            let most = it.max.filter(|it| *it <= 2)?;
            let once = texts_of(&it.sub)?;
            let mut sum = Need::new();
            let mut power = Need::from([String::new()]);
            for times in 0..=most {
                if it.min <= times {
                    sum.extend(power.iter().cloned());
                }
                power = product(&power, &once)?;
            }
            Some(sum)
        }
        HirKind::Concat(parts) => parts
            .iter()
            .try_fold(Need::from([String::new()]), |all, it| {
                product(&all, &texts_of(it)?)
            }),
        HirKind::Alternation(parts) => {
            let mut all = Need::new();
            for part in parts {
                all.extend(texts_of(part)?);
            }
            (all.len() <= MOST_TEXTS).then_some(all)
        }
    }
}

/// Returns how many texts `hir` matches, at least; more than [`MOST_TEXTS`] count as endless.
fn count(hir: &Hir) -> usize {
    const ENDLESS: usize = MOST_TEXTS + 1;
    let most = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) => 1,
        // Folded letters count once.
        HirKind::Class(Class::Unicode(it)) => it
            .ranges()
            .iter()
            .map(ClassUnicodeRange::len)
            .sum::<usize>()
            .div_ceil(2),
        HirKind::Class(Class::Bytes(_)) => ENDLESS,
        HirKind::Capture(it) => count(&it.sub),
        HirKind::Repetition(it) => match it.max {
            Some(most @ ..=2) => count(&it.sub).saturating_pow(most),
            _ => ENDLESS,
        },
        HirKind::Concat(parts) => parts.iter().fold(1, |all: usize, it| match all {
            ..ENDLESS => all.saturating_mul(count(it)),
            _ => ENDLESS,
        }),
        HirKind::Alternation(parts) => parts.iter().fold(0, |all: usize, it| match all {
            ..ENDLESS => all.saturating_add(count(it)),
            _ => ENDLESS,
        }),
    };
    most.min(ENDLESS)
}

/// Returns the letters of `class`, in lower case, if they are few.
fn letters(class: &Class) -> Option<Need> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let size: usize = class.ranges().iter().map(ClassUnicodeRange::len).sum();
    if MOST_TEXTS < size {
        return None;
    }
    let all = class.ranges().iter().flat_map(|it| it.start()..=it.end());
    Some(all.map(|it| lower(it.encode_utf8(&mut [0; 4]))).collect())
}

fn product(first: &Need, second: &Need) -> Option<Need> {
    if MOST_TEXTS < first.len() * second.len() {
        return None;
    }
    let all = first
        .iter()
        .flat_map(|a| second.iter().map(move |b| format!("{a}{b}")));
    Some(all.collect())
}

/// Returns `text` with ASCII letters in lower case; the two other letters that fold to one of them become it.
fn lower(text: &str) -> String {
    let letter = |it: char| match it {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        _ => it.to_ascii_lowercase(),
    };
    text.chars().map(letter).collect()
}

/// Returns `need` unless nothing meets it or anything does; a text that contains another of them is left out.
fn useful(need: &Need) -> Option<Need> {
    if need.is_empty() || need.contains("") {
        return None;
    }
    if need.len() == 1 || MOST_TEXTS < need.len() {
        return Some(need.clone());
    }
    let shortest = |it: &String| {
        !need
            .iter()
            .any(|other| other.len() < it.len() && it.contains(other.as_str()))
    };
    Some(need.iter().filter(|it| shortest(it)).cloned().collect())
}

/// How seldom a text meets `need`: the length of its shortest alternative first, then how few there are.
fn hardness(need: &Need) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = need.iter().map(String::len).min().unwrap_or(0);
    (shortest, std::cmp::Reverse(need.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_needs_what_every_match_contains() {
        for (pattern, needs) in [
            ("days", "days"),
            ("[0-9]+ days?", "0|1|2|3|4|5|6|7|8|9, day"),
            ("(?i)May", "may"),
            ("(?:the )?(?:first|second) of", "first of|second of"),
            ("(?:ab|cd)[^x]*e", "ab|cd,e"),
            ("a*", ""),
            (".+|b", ""),
        ] {
            let hir = regex_syntax::parse(pattern).unwrap_or_else(|it| panic!("{it}"));
            let found: Vec<String> = needs_of(&hir)
                .iter()
                .map(|it| it.iter().cloned().collect::<Vec<_>>().join("|"))
                .collect();
            assert_eq!(found.join(","), needs, "{pattern}");
        }
    }

    #[test]
    fn a_rule_is_tried_where_all_its_needs_are_met() {
        let rules = ["[0-9]+ days", "(?i)march [0-9]+", "."];
        let needs = Needs::new(rules.into_iter()).unwrap_or_else(|it| panic!("{it}"));
        for (text, rules) in [
            ("in 3 days", vec![0, 2]),
            ("MARCH 4", vec![1, 2]),
            ("a march", vec![2]),
        ] {
            assert_eq!(needs.rules_for(text), rules, "{text}");
        }
    }
}
