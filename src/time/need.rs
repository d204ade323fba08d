//! Which rules are worth trying on a sentence: those whose pattern finds all the letters it cannot do without, in order and near enough.
//!
//! A pattern such as `[0-9]+ days` needs a digit, and `days` behind it. All needs of all rules are looked up in one pass over the sentence,
//! which costs far less than the automaton of all patterns together. It never leaves out a rule that would match; others may be let through.

use aho_corasick::{AhoCorasick, Match, MatchKind};
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A need is met by any one of these texts, their ASCII letters in lower case.
type Need = BTreeSet<String>;

/// A need with more alternatives than this is left out: it costs more than it tells.
const MOST_TEXTS: usize = 60;

/// An alternation with more parts is not looked into: it is a table of words, of which one or another is in most texts.
const MOST_PARTS: usize = 12;

/// A number of bytes at most; `None` if there is no bound.
type Most = Option<usize>;

/// What every match of a pattern contains, one after another.
#[derive(Clone, Debug)]
struct Path {
    steps: Vec<Step<Need>>,
    /// What follows the text of the last step, or what there is if there are no steps.
    rest: Most,
}

/// A need, and how far its text stands from the one before, or from where the match begins.
#[derive(Clone, Debug)]
struct Step<T> {
    need: T,
    gap: Most,
}

/// The needs of a list of rules.
#[derive(Debug)]
pub(super) struct Needs {
    texts: AhoCorasick,
    /// The needs that each text meets.
    met_by: Vec<Vec<usize>>,
    /// The needs of each rule, as numbers.
    rules: Vec<Vec<Step<usize>>>,
    count: usize,
}

/// A rule that may match, and where its matches begin at the earliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Try {
    /// Its place in the list.
    pub(super) rule: usize,
    pub(super) from: usize,
}

/// Where a text stands that meets a need: its first byte, and the one behind its last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    begin: usize,
    end: usize,
}

/// The texts that meet each need, in order.
struct Hits {
    all: Vec<Hit>,
    /// Where those of each need end among all; they begin where those of the need before end.
    ends: Vec<usize>,
}

impl Needs {
    /// Returns the needs of `patterns`, regular expressions, or what is wrong with one.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut needs: BTreeMap<Need, usize> = BTreeMap::new();
        let mut rules = Vec::new();
        for pattern in patterns {
            let hir = regex_syntax::parse(pattern).map_err(|it| it.to_string())?;
            let of_rule = path_of(&hir).steps.into_iter().map(|Step { need, gap }| {
                let next = needs.len();
                let need = *needs.entry(need).or_insert(next);
                Step { need, gap }
            });
            rules.push(of_rule.collect());
        }
        let mut met_by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
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

    /// Returns the rules that may match somewhere in `text`, in the order of the list.
    pub(super) fn tries(&self, text: &str) -> Vec<Try> {
        let hits = self.hits(text);
        let rules = self.rules.iter().enumerate();
        rules
            .filter_map(|(rule, steps)| {
                let from = earliest(steps, &hits)?;
                let from = (0..=from).rev().find(|it| text.is_char_boundary(*it))?;
                Some(Try { rule, from })
            })
            .collect()
    }

    /// Returns what meets the needs in `text`.
    fn hits(&self, text: &str) -> Hits {
        let found: Vec<Match> = self.texts.find_overlapping_iter(text).collect();
        let met = |it: &Match| self.met_by[it.pattern().as_usize()].iter().copied();
        let mut ends = vec![0; self.count];
        for need in found.iter().flat_map(met) {
            ends[need] += 1;
        }
        // First where those of each need begin, then, as each takes its place, where they end.
        let mut begin = 0;
        for it in &mut ends {
            begin += std::mem::replace(it, begin);
        }
        let mut all = vec![Hit::default(); begin];
        for it in &found {
            for need in met(it) {
                all[ends[need]] = Hit {
                    begin: it.start(),
                    end: it.end(),
                };
                ends[need] += 1;
            }
        }
        let mut hits = Hits { all, ends };
        hits.sort();
        hits
    }
}

impl Hits {
    fn of(&self, need: usize) -> &[Hit] {
        &self.all[self.range(need)]
    }

    fn range(&self, need: usize) -> Range<usize> {
        let begin = need.checked_sub(1).map_or(0, |it| self.ends[it]);
        begin..self.ends[need]
    }

    /// Puts those of each need in order; they come in the order of their ends, which is seldom another.
    fn sort(&mut self) {
        for need in 0..self.ends.len() {
            let range = self.range(need);
            let hits = &mut self.all[range];
            if !hits.is_sorted() {
                hits.sort_unstable();
            }
        }
    }
}

/// Returns where a match that takes these steps begins at the earliest, `None` if there can be none.
fn earliest(steps: &[Step<usize>], hits: &Hits) -> Option<usize> {
    if steps.iter().any(|it| hits.of(it.need).is_empty()) {
        return None;
    }
    let Some((first, later)) = steps.split_first() else {
        return Some(0);
    };
    // From the last step back: where a text stands from which the rest of the way can be gone.
    let mut ahead: Option<(Vec<usize>, Most)> = None;
    for step in later.iter().rev() {
        let leads_on = |it: &&Hit| ahead.as_ref().is_none_or(|ahead| reaches(it.end, ahead));
        let begins = hits.of(step.need).iter().filter(leads_on);
        ahead = Some((begins.map(|it| it.begin).collect(), step.gap));
    }
    let leads_on = |it: &&Hit| ahead.as_ref().is_none_or(|ahead| reaches(it.end, ahead));
    let begin = hits.of(first.need).iter().find(leads_on)?.begin;
    Some(first.gap.map_or(0, |gap| begin.saturating_sub(gap)))
}

/// Tells whether one of the texts that begin at `begins`, in order, stands behind `end`, and not too far.
fn reaches(end: usize, (begins, gap): &(Vec<usize>, Most)) -> bool {
    let next = begins.get(begins.partition_point(|it| *it < end));
    next.is_some_and(|it| gap.is_none_or(|gap| it - end <= gap))
}

impl Path {
    /// The path of what needs nothing.
    fn over(rest: Most) -> Self {
        Self {
            steps: Vec::new(),
            rest,
        }
    }

    /// The path of what is one of `texts`, or at most so long if that cannot be told.
    fn of_texts(texts: &Need, most: Most) -> Self {
        let Some(need) = useful(texts) else {
            return Self::over(most);
        };
        let around = most.map(|it| it.saturating_sub(shortest(&need)));
        Self {
            steps: vec![Step { need, gap: around }],
            rest: around,
        }
    }

    /// The path of this and then `next`.
    fn then(mut self, mut next: Self) -> Self {
        match next.steps.first_mut() {
            None => self.rest = plus(self.rest, next.rest),
            Some(first) => {
                first.gap = plus(self.rest, first.gap);
                self.steps.append(&mut next.steps);
                self.rest = next.rest;
            }
        }
        self
    }

    /// The path with the need alone that is hardest to meet; `None` if there is none.
    fn hardest(self) -> Option<Self> {
        let hardest = self.steps.iter().enumerate();
        let (at, _) = hardest.max_by_key(|it| (hardness(&it.1.need), it.0))?;
        let mut steps = self.steps.into_iter();
        let (mut gap, mut rest) = (Some(0), self.rest);
        for step in steps.by_ref().take(at) {
            gap = plus(gap, plus(step.gap, Some(longest(&step.need))));
        }
        let chosen = steps.next()?;
        for step in steps {
            rest = plus(rest, plus(step.gap, Some(longest(&step.need))));
        }
        let steps = vec![Step {
            gap: plus(gap, chosen.gap),
            ..chosen
        }];
        Some(Self { steps, rest })
    }

    /// The path of this or `other`, of one step each.
    fn or(mut self, other: Self) -> Self {
        self.rest = larger(self.rest, other.rest);
        for (step, other) in self.steps.iter_mut().zip(other.steps) {
            step.need.extend(other.need);
            step.gap = larger(step.gap, other.gap);
        }
        self
    }
}

fn plus(a: Most, b: Most) -> Most {
    a.zip(b).map(|(a, b)| a.saturating_add(b))
}

fn larger(a: Most, b: Most) -> Most {
    a.zip(b).map(|(a, b)| a.max(b))
}

fn shortest(need: &Need) -> usize {
    need.iter().map(String::len).min().unwrap_or(0)
}

fn longest(need: &Need) -> usize {
    need.iter().map(String::len).max().unwrap_or(0)
}

/// Returns what every match of `hir` contains.
fn path_of(hir: &Hir) -> Path {
    let most = hir.properties().maximum_len();
    if let Some(all) = texts_of(hir) {
        return Path::of_texts(&all, most);
    }
    match hir.kind() {
        HirKind::Capture(it) => path_of(&it.sub),
        // The last time is told, as what follows stands next to it.
        HirKind::Repetition(it) if 0 < it.min => Path::over(most).then(path_of(&it.sub)),
        HirKind::Concat(parts) => path_of_sequence(parts),
        // Every alternative contributes the need that is hardest to meet.
        HirKind::Alternation(parts) if parts.len() <= MOST_PARTS => {
            let paths = parts.iter().map(|it| path_of(it).hardest());
            let paths: Option<Vec<_>> = paths.collect();
            let any = paths.and_then(|it| it.into_iter().reduce(Path::or));
            any.map_or_else(|| Path::over(most), |it| without_longer(it, most))
        }
        _ => Path::over(most),
    }
}

/// Returns the path of one step without the texts that contain another; at most so many bytes if nothing is left of it.
fn without_longer(path: Path, most: Most) -> Path {
    let first = path.steps.into_iter().next();
    let Some((need, step)) = first.and_then(|it| Some((useful(&it.need)?, it))) else {
        return Path::over(most);
    };
    let around = Some(longest(&step.need) - shortest(&need));
    Path {
        rest: plus(path.rest, around),
        steps: vec![Step {
            gap: plus(step.gap, around),
            need,
        }],
    }
}

/// Returns the path of `parts`, one after another; parts with few texts are taken together.
fn path_of_sequence(parts: &[Hir]) -> Path {
    let mut path = Path::over(Some(0));
    let begin = || (Need::from([String::new()]), Some(0));
    let (mut run, mut most) = begin();
    for part in parts {
        let length = part.properties().maximum_len();
        let texts = texts_of(part);
        if let Some(longer) = texts.as_ref().and_then(|it| product(&run, it)) {
            (run, most) = (longer, plus(most, length));
            continue;
        }
        path = path.then(Path::of_texts(&run, most));
        if let Some(texts) = texts {
            (run, most) = (texts, length);
        } else {
            path = path.then(path_of(part));
            (run, most) = begin();
        }
    }
    path.then(Path::of_texts(&run, most))
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
    let contains_other = |it: &&String| {
        need.iter()
            .any(|other| other.len() < it.len() && it.contains(other.as_str()))
    };
    let kept = need.iter().filter(|it| !contains_other(it));
    Some(kept.cloned().collect())
}

/// How seldom a text meets `need`: the length of its shortest alternative first, then how few there are.
fn hardness(need: &Need) -> (usize, std::cmp::Reverse<usize>) {
    (shortest(need), std::cmp::Reverse(need.len()))
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
            let steps = path_of(&hir).steps;
            let texts = |it: &Step<Need>| it.need.iter().cloned().collect::<Vec<_>>().join("|");
            let found: Vec<String> = steps.iter().map(texts).collect();
            assert_eq!(found.join(","), needs, "{pattern}");
        }
    }

    #[test]
    fn a_rule_is_tried_where_its_needs_are_met_in_order_and_near() {
        let rules = ["[0-9]+ days", "(?i)march [0-9]{1,2}", ".", "in .{0,4}days"];
        let needs = Needs::new(rules.into_iter()).unwrap_or_else(|it| panic!("{it}"));
        for (text, tries) in [
            ("it was in 3 days", vec![(0, 0), (2, 0), (3, 7)]),
            ("so in the weeks and after them the days", vec![(2, 0)]),
            ("days 3", vec![(2, 0)]),
            ("by MARCH 4", vec![(1, 3), (2, 0)]),
            ("march on, the 4th", vec![(2, 0)]),
        ] {
            let found = needs.tries(text).into_iter();
            let found: Vec<_> = found.map(|it| (it.rule, it.from)).collect();
            assert_eq!(found, tries, "{text}");
        }
    }
}
