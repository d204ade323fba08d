//! The grammar of languages whose predicates end their clause (Korean, Japanese).
//!
//! One pass from left to right: noun phrases wait until a predicate takes them.
//! What a tag, particle or ending does comes from `syntax.toml`; event types and dates are not known here.

mod chain;
mod clauses;
mod phrases;
mod rows;

use super::{Argument, ClauseKind, Clauses, Predicate, PredicateKind};
use crate::{
    Result,
    lang::Pack,
    model::Span,
    text::{Sentence, Token},
};
use rows::{Class, ClauseWord, Syntax};
use rustc_hash::FxHashSet;
use std::{borrow::Cow, ops::Range};

/// Reads clauses of a head-final language.
pub struct HeadFinal {
    syntax: Syntax,
    event_nouns: FxHashSet<String>,
}

/// A noun phrase that waits for its predicate.
#[derive(Clone, Debug)]
struct Phrase<'a> {
    tokens: Range<usize>,
    marker: &'a str,
    /// The nominal predicate it is.
    event: Option<usize>,
    /// The clauses that modify it.
    modifiers: Vec<usize>,
    negated: bool,
    /// A topic that an earlier clause has taken already.
    shared: bool,
    /// The subject of the whole sentence: a date follows it.
    main: bool,
}

/// The state of one pass.
struct Pass<'a> {
    syntax: &'a Syntax,
    event_nouns: &'a FxHashSet<String>,
    sentence: &'a Sentence,
    tokens: &'a [Token],
    /// What each token does.
    classes: &'a [Class],
    waiting: Vec<Phrase<'a>>,
    /// Clauses that still need a governor.
    open: Vec<usize>,
    /// Clauses with a subject of their own, passed over while a clause with another subject is told.
    passed: Vec<usize>,
    /// Adnominal clauses whose noun has not come yet.
    modifiers: Vec<usize>,
    out: Vec<Predicate>,
}

impl HeadFinal {
    /// Returns the grammar of `pack`; `event_nouns` are the nouns that name an event by themselves.
    ///
    /// # Errors
    ///
    /// If `syntax.toml` is wrong.
    pub fn new(pack: &Pack, event_nouns: FxHashSet<String>) -> Result<Self> {
        Ok(Self {
            syntax: Syntax::new(pack)?,
            event_nouns,
        })
    }

    /// Returns the tokens as this grammar corrects them.
    pub fn corrected(&self, tokens: Vec<Token>) -> Vec<Token> {
        self.syntax.corrected(tokens)
    }

    /// Returns the ids of the corrections that [`HeadFinal::corrected`] makes.
    pub fn corrections_in<'a>(&'a self, tokens: &'a [Token]) -> Vec<&'a str> {
        self.syntax.corrections_in(tokens).collect()
    }

    /// Returns the ids of the frames that match in `tokens`, in order: the longest after each ending or noun.
    pub fn frames_in<'a>(&'a self, tokens: &'a [Token]) -> Vec<&'a str> {
        self.syntax
            .frames_in(tokens)
            .map(|it| it.id.as_str())
            .collect()
    }

    /// Returns the clauses of `sentence`.
    pub fn clauses(&self, sentence: &Sentence) -> Clauses {
        let classes = self.syntax.classes(&sentence.tokens);
        let mut pass = Pass {
            syntax: &self.syntax,
            event_nouns: &self.event_nouns,
            sentence,
            tokens: &sentence.tokens,
            classes: &classes,
            waiting: Vec::new(),
            open: Vec::new(),
            passed: Vec::new(),
            modifiers: Vec::new(),
            out: Vec::new(),
        };
        let mut at = 0;
        while at < sentence.tokens.len() {
            at = pass.step(at).max(at + 1);
        }
        pass.finish();
        Clauses {
            predicates: pass.out,
        }
    }
}

impl Pass<'_> {
    /// Reads what begins at `at`; returns where the next piece begins.
    fn step(&mut self, at: usize) -> usize {
        if let Some(end) = self.syntax.transparent_end(self.tokens, at) {
            return end;
        }
        match self.class(at) {
            Class::Noun | Class::BoundNoun | Class::Determiner | Class::Open | Class::Quote => {
                self.noun_phrase(at)
            }
            Class::Verb | Class::Auxiliary => {
                self.predicate(at..at + 1, at + 1, PredicateKind::Verb)
            }
            Class::Adjective | Class::NegativeCopula => {
                self.predicate(at..at + 1, at + 1, PredicateKind::State)
            }
            Class::VerbSuffix => self.predicate(at..at + 1, at + 1, PredicateKind::Verb),
            _ => at + 1,
        }
    }

    fn class(&self, at: usize) -> Class {
        self.classes.get(at).copied().unwrap_or(Class::Other)
    }

    fn argument(&self, tokens: Range<usize>, marker: &str) -> Argument {
        Argument {
            span: self.span(&tokens),
            tokens,
            marker: marker.to_owned(),
            negated: false,
        }
    }

    fn span(&self, tokens: &Range<usize>) -> Span {
        let first = self.tokens[tokens.start].span;
        let last = self.tokens[tokens.end.max(tokens.start + 1) - 1].span;
        first.join(last)
    }

    /// Returns the forms of `tokens` put together.
    fn text_of(&self, tokens: &Range<usize>) -> Cow<'_, str> {
        match &self.tokens[tokens.clone()] {
            [one] => Cow::Borrowed(&one.form),
            all => all.iter().map(|it| it.form.as_str()).collect(),
        }
    }
}

impl From<ClauseWord> for ClauseKind {
    fn from(word: ClauseWord) -> Self {
        match word {
            ClauseWord::Main => Self::Main,
            ClauseWord::Joined => Self::Joined,
            ClauseWord::Adnominal => Self::Adnominal,
            ClauseWord::Content => Self::Content,
        }
    }
}
