//! "What led to X?": finds X, walks back, scores the chains, cites.
//!
//! An answer is data; `export` makes text, JSON and pictures of it.

mod types;

pub use types::{Answer, Basis, Chain, Conflict, ConflictKind, Hop, Match, Timeline, Verb};
