//! A sentence → the time expressions in it, with what they say.
//!
//! First the rules that read words; then, on the sentence with a sign in place of each expression, those that join them: `{day} {clock}`.
//! It does not know dates.

use super::context::Contexts;
use super::meaning::Meaning;
use super::need::Needs;
use super::pattern::Tables;
use super::rule::Rule;
use crate::lang::Pack;
use crate::model::Span;
use crate::{Error, Result};

/// How often joined expressions are joined again: "the 10th of last month", then its hour, then "from … to …".
const ROUNDS: usize = 8;

/// An expression found in a sentence; spans are bytes of the sentence.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The words of the expression.
    pub(super) span: Span,
    /// Everything its rule looked at.
    whole: Span,
    /// What the sentence around it is looked at for its tense: both ends of "from Monday to Friday" share it.
    pub(super) context: Span,
    pub(super) meaning: Meaning,
    /// Which rule read it.
    pub(super) rule: usize,
}

/// The rules of one pack.
#[derive(Debug)]
pub(super) struct Matcher {
    pub(super) tables: Tables,
    pub(super) rules: Vec<Rule>,
    readers: Layer,
    joiners: Layer,
    late_joiners: Layer,
}

/// Rules that look at the same text, and which of them are worth trying on it.
#[derive(Debug)]
struct Layer {
    needs: Needs,
    rules: Vec<usize>,
}

impl Matcher {
    /// Returns the rules of `pack`.
    ///
    /// # Errors
    ///
    /// If a rule is wrong; the message names it.
    pub(super) fn new(pack: &Pack) -> Result<Self> {
        let wrong = |id: &str, what: String| {
            let lang = &pack.lang;
            Error::usage(format!("data/lang/{lang}/timex.toml: {id}: {what}"))
                .hint("docs/packs.md tells how rules of time expressions are written")
        };
        let tables = Tables::new(&pack.timex).map_err(|it| wrong("tables", it))?;
        let (mut rules, mut contexts) = (Vec::new(), Contexts::default());
        for row in &pack.timex.rule {
            let rule = Rule::new(pack.lang.as_str(), row, &pack.timex, &tables, &mut contexts);
            rules.push(rule.map_err(|it| wrong(&format!("rule `{}`", row.id), it))?);
        }
        let layer = |joins: bool, late: bool| {
            let wanted = |it: &Rule| it.joins == joins && (it.late && joins) == late;
            let chosen: Vec<usize> = (0..rules.len()).filter(|it| wanted(&rules[*it])).collect();
            let needs = Needs::new(chosen.iter().map(|it| rules[*it].outline.as_str()));
            needs.map(|needs| Layer {
                needs,
                rules: chosen,
            })
        };
        let bad = |it: String| wrong("rules", it);
        let readers = layer(false, false).map_err(bad)?;
        let joiners = layer(true, false).map_err(bad)?;
        let late_joiners = layer(true, true).map_err(bad)?;
        Ok(Self {
            tables,
            rules,
            readers,
            joiners,
            late_joiners,
        })
    }

    /// Returns the expressions of `text`, a sentence, in order.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let mut found = self.layer(&self.readers, text, &[]);
        for _ in 0..ROUNDS {
            if found.is_empty() {
                return found;
            }
            let shadow = Shadow::new(text, &found);
            let mut joined = self.layer(&self.joiners, &shadow.text, &shadow.signs);
            if joined.is_empty() {
                joined = self.layer(&self.late_joiners, &shadow.text, &shadow.signs);
            }
            if joined.is_empty() {
                return found;
            }
            found = shadow.replace(&found, &joined, &self.rules);
        }
        found
    }

    /// Returns what the rules of `layer` find, leftmost and longest first, none overlapping another.
    fn layer(&self, layer: &Layer, text: &str, signs: &[(usize, Found)]) -> Vec<Found> {
        let mut all = Vec::new();
        for it in layer.needs.tries(text) {
            self.rule(layer.rules[it.rule], (text, it.from), signs, &mut all);
        }
        all.sort_by_key(|it: &Found| {
            (it.whole.start(), std::cmp::Reverse(it.whole.end()), it.rule)
        });
        let mut end = 0;
        all.retain(|it| {
            let free = end <= it.whole.start();
            if free {
                end = it.whole.end();
            }
            free
        });
        all
    }

    /// Adds what the rule finds in `text`, where its first match begins at `from` at the earliest.
    fn rule(
        &self,
        idx: usize,
        (text, mut from): (&str, usize),
        signs: &[(usize, Found)],
        all: &mut Vec<Found>,
    ) {
        let rule = &self.rules[idx];
        let Some(regex) = rule.regex() else { return };
        // Looking for the match alone first is cheaper: most tries find none.
        while let Some(whole) = regex.find_at(text, from) {
            let Some(captures) = regex.captures_at(text, whole.start()) else {
                return;
            };
            let it = captures.name("it").unwrap_or(whole);
            let first = signs.partition_point(|it| it.0 < whole.start());
            let last = signs.partition_point(|it| it.0 < whole.end());
            let inner: Vec<&Meaning> = signs[first..last].iter().map(|it| &it.1.meaning).collect();
            let fits = rule.fits(&text[..whole.start()], &text[whole.end()..]);
            let meaning = if fits {
                rule.meaning(&captures, &inner, &self.tables)
            } else {
                None
            };
            from = whole.end();
            if let (Some(meaning), Some(span), Some(whole)) = (
                meaning,
                Span::new(it.start(), it.end()),
                Span::new(whole.start(), whole.end()),
            ) {
                all.push(Found {
                    span,
                    whole,
                    context: span,
                    meaning,
                    rule: idx,
                });
            } else {
                let step = text[whole.start()..]
                    .chars()
                    .next()
                    .map_or(1, char::len_utf8);
                from = whole.start() + step;
            }
            if text.len() < from {
                return;
            }
        }
    }
}

/// A sentence with a sign in place of each expression.
struct Shadow {
    text: String,
    /// Where each sign begins, and what it stands for.
    signs: Vec<(usize, Found)>,
}

impl Shadow {
    fn new(text: &str, found: &[Found]) -> Self {
        let mut shadow = Self {
            text: String::with_capacity(text.len()),
            signs: Vec::new(),
        };
        let mut done = 0;
        for it in found {
            shadow.text.push_str(&text[done..it.whole.start()]);
            shadow.signs.push((shadow.text.len(), it.clone()));
            shadow.text.push(it.meaning.marker().sign());
            done = it.whole.end();
        }
        shadow.text.push_str(&text[done..]);
        shadow
    }

    /// Returns `found` with the expressions in `joined`, whose spans are of the shadow, in place of their parts.
    fn replace(&self, found: &[Found], joined: &[Found], rules: &[Rule]) -> Vec<Found> {
        let gone = |it: &Span| {
            let here = |at: &(usize, Found)| at.1.whole == *it;
            let place = self
                .signs
                .iter()
                .find(|at| here(at))
                .map_or(usize::MAX, |at| at.0);
            joined
                .iter()
                .any(|it| it.whole.start() <= place && place < it.whole.end())
        };
        let mut all: Vec<Found> = found
            .iter()
            .filter(|it| !gone(&it.whole))
            .cloned()
            .collect();
        for it in joined {
            if let (Some(span), Some(whole)) = (self.original(it.span), self.original(it.whole)) {
                if rules[it.rule].tells_ends() {
                    all.extend(self.ends(it, whole));
                    continue;
                }
                let span = self.trim(span, it);
                all.push(Found {
                    span,
                    whole,
                    context: span,
                    meaning: it.meaning.clone(),
                    rule: it.rule,
                });
            }
        }
        all.sort_by_key(|it| it.whole.start());
        all
    }

    /// Returns the first and the last expression in a range, as its ends.
    fn ends(&self, joined: &Found, whole: Span) -> Vec<Found> {
        let inside =
            |it: &&(usize, Found)| joined.whole.start() <= it.0 && it.0 < joined.whole.end();
        let first = self.signs.iter().find(inside);
        let last = self.signs.iter().rev().find(inside);
        let (Some((_, first)), Some((_, last))) = (first, last) else {
            return Vec::new();
        };
        let looked = [
            Span::new(whole.start(), first.whole.end()),
            Span::new(last.whole.start(), whole.end()),
        ];
        let ends = [(first, false), (last, true)].into_iter().zip(looked);
        let ends = ends.filter_map(|((it, is_last), looked)| {
            Some(Found {
                span: it.span,
                whole: looked?,
                context: whole,
                meaning: Meaning::Edge(Box::new(joined.meaning.clone()), is_last),
                rule: joined.rule,
            })
        });
        ends.collect()
    }

    /// Returns the span less what the first and last expression in it looked at but did not mean.
    fn trim(&self, span: Span, joined: &Found) -> Span {
        let inside = |at: &&(usize, Found)| joined.span.start() <= at.0 && at.0 < joined.span.end();
        let sign = |at: usize| self.text[at..].chars().next().map_or(0, char::len_utf8);
        let first = self
            .signs
            .iter()
            .find(inside)
            .filter(|it| it.0 == joined.span.start());
        let last = self
            .signs
            .iter()
            .rev()
            .find(inside)
            .filter(|it| it.0 + sign(it.0) == joined.span.end());
        let start = first.map_or(span.start(), |it| it.1.span.start());
        let end = last.map_or(span.end(), |it| it.1.span.end());
        Span::new(start, end).unwrap_or(span)
    }

    /// Returns the span of the sentence that a span of the shadow covers.
    fn original(&self, span: Span) -> Option<Span> {
        let sign_at = |at: usize| self.text[at..].chars().next().map_or(0, char::len_utf8);
        let map = |at: usize| {
            // Every sign before `at` took the place of its expression.
            self.signs
                .iter()
                .take_while(|it| it.0 < at)
                .fold(at, |sum, it| {
                    sum + (it.1.whole.end() - it.1.whole.start()) - sign_at(it.0)
                })
        };
        Span::new(map(span.start()), map(span.end()))
    }
}
