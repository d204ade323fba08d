//! "What led to X?": finds X, walks back, scores the chains, cites.
//!
//! A [`Teller`] is a story made ready for questions. An answer is data; `export` makes text, JSON and pictures of it.
//! What is only suggested stays apart from what is stated, and "no recorded cause" is an answer.

mod along;
mod check;
mod conflicts;
mod context;
mod lengths;
mod near;
mod options;
mod questions;
mod search;
mod show;
mod sparql;
mod teller;
mod terms;
mod timeline;
mod types;
mod why;

pub use check::{Problem, ProblemKind, check};
pub use options::{Options, as_of};
pub use questions::{
    AcceptRow, Asked, DateHint, DateRow, QuestionRow, Questions, QuestionsFile, WordsRow,
};
pub use show::{Shown, ShownMention};
pub use teller::{Knowledge, Teller};
pub use timeline::TimelineQuery;
pub use types::{Answer, Basis, Chain, Conflict, ConflictKind, Hop, Match, Timeline, Verb};
