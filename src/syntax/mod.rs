//! Document → clauses: which predicate stands where, how it is joined to the next, and what its arguments are.
//!
//! Two grammars make the same shape: head-final (particles and endings) and head-initial (order and prepositions).
//! Which words do what comes from the pack's `syntax.toml`; it does not know event types or dates.

mod anchor;
mod clause;
mod head_final;
mod head_initial;
mod pattern;

use crate::Result;
use crate::lang::{Grammar, Pack};
use crate::text::{Sentence, Token};
use rustc_hash::FxHashSet;

pub use anchor::{NameMention, PredicateRef};
pub use clause::{Argument, ClauseKind, Clauses, Predicate, PredicateKind, Tense};
pub use head_final::HeadFinal;
pub use head_initial::HeadInitial;
pub use pattern::{TokenPattern, TokenPatterns};

/// Reads clauses with the grammar that the pack names.
pub enum SyntaxReader {
    /// Predicates end their clause.
    HeadFinal(Box<HeadFinal>),
    /// Predicates stand between subject and object.
    HeadInitial(Box<HeadInitial>),
}

impl SyntaxReader {
    /// Returns the reader of `pack`; `event_nouns` are the nouns that name an event by themselves.
    ///
    /// # Errors
    ///
    /// If a rule file of the pack is wrong.
    pub fn new(pack: &Pack, event_nouns: FxHashSet<String>) -> Result<Self> {
        Ok(match pack.manifest.grammar {
            Grammar::HeadFinal => Self::HeadFinal(Box::new(HeadFinal::new(pack, event_nouns)?)),
            Grammar::HeadInitial => Self::HeadInitial(Box::new(HeadInitial::new(pack)?)),
        })
    }

    /// Returns the tokens as the grammar corrects them.
    pub fn corrected(&self, tokens: Vec<Token>) -> Vec<Token> {
        match self {
            Self::HeadFinal(grammar) => grammar.corrected(tokens),
            Self::HeadInitial(_) => tokens,
        }
    }

    /// Returns the ids of the corrections that [`SyntaxReader::corrected`] makes.
    pub fn corrections_in<'a>(&'a self, tokens: &'a [Token]) -> Vec<&'a str> {
        match self {
            Self::HeadFinal(grammar) => grammar.corrections_in(tokens),
            Self::HeadInitial(_) => Vec::new(),
        }
    }

    /// Returns the ids of the frames that match in `sentence`; a head-initial language has none.
    pub fn frames_in<'a>(&'a self, sentence: &'a Sentence) -> Vec<&'a str> {
        match self {
            Self::HeadFinal(grammar) => grammar.frames_in(&sentence.tokens),
            Self::HeadInitial(_) => Vec::new(),
        }
    }

    /// Returns the clauses of `sentence`, which stands in the field whose text is `field_text`.
    pub fn clauses(&self, field_text: &str, sentence: &Sentence) -> Clauses {
        match self {
            Self::HeadFinal(grammar) => grammar.clauses(sentence),
            Self::HeadInitial(grammar) => grammar.clauses(field_text, sentence),
        }
    }
}
