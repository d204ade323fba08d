//! Clauses of languages whose predicates stand between subject and object, and whose prepositions precede nouns.
//!
//! Tokens become chunks, verb groups become predicates with the subject before them, and the noun phrases that are left go to the
//! predicate they follow. Every word it knows comes from the pack's `syntax.toml`. It does not type events or assign roles.

mod attach;
mod chunks;
mod grammar;
mod predicates;

use super::Clauses;
use crate::{Result, lang::Pack, text::Sentence};
use grammar::Grammar;

/// Reads the clauses of sentences.
#[derive(Clone, Debug)]
pub struct HeadInitial {
    grammar: Grammar,
}

impl HeadInitial {
    /// Returns the grammar of `pack`: its `syntax.toml`, and the nouns of its `triggers.toml` as nominal predicates.
    ///
    /// # Errors
    ///
    /// If a rule file is wrong; the message names the file and the row.
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            grammar: Grammar::new(pack)?,
        })
    }

    /// Returns the predicates of `sentence`, which stands in the field whose text is `field_text`.
    ///
    /// Arguments are marked `subject`, `object`, `recipient` (the first of two objects), `genitive` (who has it), `compound`
    /// (nouns before an event noun), `complement` (what the subject is said to be), or by their preposition as the pack names it.
    pub fn clauses(&self, field_text: &str, sentence: &Sentence) -> Clauses {
        let question = sentence.span().slice(field_text).trim_end().ends_with('?');
        let mut draft = predicates::Drafting::new(&self.grammar, sentence, question);
        draft.verbs();
        draft.nouns();
        draft.attach();
        Clauses {
            predicates: draft.finish(),
        }
    }
}
