//! The endings after a stem: tense, mood, auxiliaries, and how the clause goes on.

use super::super::{ClauseKind, Tense};
use super::rows::{Class, FrameAfter, FrameRow, Syntax};
use crate::text::Token;
use std::ops::Range;

/// What the endings of one predicate say.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// The token after the last that belongs to the predicate or its frame.
    pub end: usize,
    /// The token after the last that names the predicate.
    pub trigger_end: usize,
    pub clause: ClauseKind,
    pub joint: String,
    pub joint_tokens: Option<Range<usize>>,
    pub tense: Tense,
    pub negated: bool,
    pub passive: bool,
    pub moods: Vec<String>,
}

/// Reads the endings that begin at token `at`; `classes` is what each token does.
pub(super) fn read_chain(syntax: &Syntax, tokens: &[Token], classes: &[Class], at: usize) -> Chain {
    let chain = Chain {
        end: at,
        trigger_end: at,
        clause: ClauseKind::Main,
        joint: String::new(),
        joint_tokens: None,
        tense: Tense::Unmarked,
        negated: false,
        passive: false,
        moods: Vec::new(),
    };
    let mut reader = ChainReader {
        syntax,
        tokens,
        classes,
        chain,
        closed: false,
    };
    // Each turn consumes a token or closes the chain.
    while !reader.closed {
        reader.turn();
    }
    reader.chain
}

struct ChainReader<'a> {
    syntax: &'a Syntax,
    tokens: &'a [Token],
    classes: &'a [Class],
    chain: Chain,
    closed: bool,
}

impl<'a> ChainReader<'a> {
    fn class(&self, at: usize) -> Class {
        self.classes.get(at).copied().unwrap_or(Class::Other)
    }

    /// Tells whether punctuation stands at `at`.
    fn is_mark(&self, at: usize) -> bool {
        at < self.tokens.len() && matches!(self.class(at), Class::Other | Class::Quote)
    }

    fn turn(&mut self) {
        let at = self.chain.end;
        match self.class(at) {
            Class::Prefinal => {
                self.set_tense(at);
                self.advance(at + 1);
            }
            Class::Adnominal => self.adnominal(at),
            Class::Nominaliser => self.nominaliser(at),
            Class::Connective | Class::Final => self.ending(at),
            Class::Quotative => {
                self.close(ClauseKind::Content, at, at + 1);
            }
            _ => self.unmarked(at),
        }
    }

    fn advance(&mut self, end: usize) {
        self.chain.end = end;
        self.chain.trigger_end = end;
    }

    fn set_tense(&mut self, at: usize) {
        let word = self.syntax.file.tense.get(&self.tokens[at].form);
        match word.map(String::as_str) {
            Some("past") => self.chain.tense = Tense::Past,
            Some("present") => self.chain.tense = Tense::Present,
            Some("future") if self.chain.tense != Tense::Past => {
                self.chain.tense = Tense::Future;
                self.mood("intention");
            }
            _ => (),
        }
    }

    fn mood(&mut self, mood: &str) {
        if !self.chain.moods.iter().any(|it| it == mood) {
            self.chain.moods.push(mood.to_owned());
        }
    }

    fn close(&mut self, clause: ClauseKind, joint_from: usize, end: usize) {
        self.chain.clause = clause;
        self.chain.joint_tokens = (joint_from < end).then_some(joint_from..end);
        if self.chain.joint.is_empty() {
            self.chain.joint = self
                .tokens
                .get(joint_from)
                .map(|it| it.form.clone())
                .unwrap_or_default();
        }
        self.chain.end = end;
        self.closed = true;
    }

    /// No ending: a quotation mark and "that" may follow, otherwise the clause ends as it is.
    fn unmarked(&mut self, at: usize) {
        let quotative =
            (at..(at + 3).min(self.tokens.len())).find(|it| self.class(*it) == Class::Quotative);
        let only_marks = quotative.is_some_and(|it| (at..it).all(|k| self.is_mark(k)));
        match quotative {
            Some(it) if only_marks => self.close(ClauseKind::Content, it, it + 1),
            _ => {
                self.chain.clause = if self.rest_is_empty(at) {
                    ClauseKind::Main
                } else {
                    ClauseKind::Joined
                };
                self.closed = true;
            }
        }
    }

    fn rest_is_empty(&self, at: usize) -> bool {
        let rest = &self.classes[at.min(self.classes.len())..];
        rest.iter()
            .all(|it| matches!(it, Class::Other | Class::Quote | Class::Close))
    }

    /// Returns the longest frame of that sort that begins at token `at`, and where it ends.
    fn found_frame(&self, after: FrameAfter, at: usize) -> Option<(&'a FrameRow, usize)> {
        self.syntax.frame(after, self.tokens, at)
    }

    fn adnominal(&mut self, at: usize) {
        if self.chain.tense == Tense::Unmarked {
            self.chain.tense = match self
                .syntax
                .file
                .tense
                .get(&self.tokens[at].form)
                .map(String::as_str)
            {
                Some("past") => Tense::Past,
                Some("future") => Tense::Future,
                _ => Tense::Present,
            };
        }
        if let Some((row, end)) = self.found_frame(FrameAfter::Adnominal, at + 1) {
            self.frame(row, at + 1, end);
        } else {
            self.chain.trigger_end = at + 1;
            self.close(ClauseKind::Adnominal, at, at + 1);
        }
    }

    fn nominaliser(&mut self, at: usize) {
        if let Some((row, end)) = self.found_frame(FrameAfter::Nominaliser, at) {
            self.frame(row, at, end);
        } else {
            self.chain.trigger_end = at + 1;
            let clause = if self.rest_is_empty(at + 1) {
                ClauseKind::Main
            } else {
                ClauseKind::Joined
            };
            self.close(clause, at, at + 1);
        }
    }

    fn ending(&mut self, at: usize) {
        if let Some(end) = self.auxiliary(at) {
            self.advance(end);
            return;
        }
        if let Some((row, end)) = self.found_frame(FrameAfter::Connective, at) {
            self.frame(row, at, end);
            return;
        }
        let quoted_content = self.quotative_after(at);
        let at_end = at + 1 >= self.tokens.len() || self.is_mark(at + 1);
        // A particle may complete the ending ("although").
        let particle = self.class(at + 1) == Class::Particle && !self.tokens[at + 1].spaced;
        let longer =
            particle.then(|| format!("{}{}", self.tokens[at].form, self.tokens[at + 1].form));
        let syntax = self.syntax;
        let longer = longer.and_then(|it| syntax.ending(&it, false));
        let at = if longer.is_some() { at + 1 } else { at };
        let row = longer.or_else(|| syntax.ending(&self.tokens[at].form, at_end));
        for mood in row.into_iter().flat_map(|it| &it.moods) {
            self.mood(mood);
        }
        self.chain.trigger_end = at + 1;
        if let Some(end) = quoted_content {
            self.close(ClauseKind::Content, end - 1, end);
            return;
        }
        let clause = match row {
            Some(row) => row.clause.into(),
            None if self.class(at) == Class::Final || self.rest_is_empty(at + 1) => {
                ClauseKind::Main
            }
            None => ClauseKind::Joined,
        };
        self.chain.joint = row.map(|it| it.joint.clone()).unwrap_or_default();
        self.close(clause, at, at + 1);
    }

    /// Returns the end of `" 고`, the "that" after a quotation mark.
    fn quotative_after(&self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        while self.is_mark(next) && next < at + 4 {
            next += 1;
        }
        let closed = (at + 1..next).any(|it| self.class(it) == Class::Quote);
        let says = self.class(next) == Class::Connective
            && closed
            && self
                .syntax
                .file
                .quote_endings
                .contains(&self.tokens[next].form);
        (says || self.class(next) == Class::Quotative).then_some(next + 1)
    }

    /// Reads an auxiliary after the ending at `at`; a particle may stand between.
    fn auxiliary(&mut self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        if self.class(next) == Class::Particle {
            next += 1;
        }
        let token = self.tokens.get(next)?;
        let syntax = self.syntax;
        let row = syntax.auxiliary(&self.tokens[at].form, &token.form);
        let is_auxiliary = self.class(next) == Class::Auxiliary;
        if row.is_none() && !is_auxiliary {
            return None;
        }
        if let Some(row) = row {
            for mood in &row.moods {
                self.mood(mood);
            }
            self.chain.negated |= row.negated;
            self.chain.passive |= row.passive;
        }
        Some(next + 1)
    }

    fn frame(&mut self, row: &FrameRow, from: usize, end: usize) {
        for mood in &row.moods {
            self.mood(mood);
        }
        self.chain.negated |= row.negated;
        if row.goes_on {
            self.chain.end = end;
            self.chain.trigger_end = end;
            return;
        }
        self.chain.trigger_end = from;
        self.chain.joint = row.joint.clone().unwrap_or_else(|| row.id.clone());
        let clause = row.clause.map_or(ClauseKind::Joined, ClauseKind::from);
        self.close(clause, from, end);
    }
}
