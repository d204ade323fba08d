//! Document → clauses: which predicate stands where, how it is joined to the next, and what its arguments are.
//!
//! Two grammars make the same shape: head-final (particles and endings) and head-initial (order and prepositions).
//! Which words do what comes from the pack's `syntax.toml`; it does not know event types or dates.

mod chain;
mod clause;
mod head_final;
mod pattern;
mod rows;

pub use clause::{Argument, ClauseKind, Clauses, Predicate, PredicateKind, Tense};
pub use head_final::HeadFinal;
pub use pattern::TokenPattern;
