//! Document → clauses: which predicate stands where, how it is joined to the next, and what its arguments are.
//!
//! Two grammars make the same shape: head-final (particles and endings) and head-initial (order and prepositions).
//! Which words do what comes from the pack's `syntax.toml`; it does not know event types or dates.

mod clause;
mod head_initial;

pub use clause::{Argument, ClauseKind, Clauses, Predicate, PredicateKind, Tense};
pub use head_initial::HeadInitial;
