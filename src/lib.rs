//! Backstory reads news, dates its events, and answers "what led to X?" with a cited chain.
//!
//! The modules stand in the order of the line: bytes → [`model::Article`] → [`text::Document`] → time expressions → mentions → links → [`model::Story`] → quads → store → causal graph → answer → bytes.

pub mod answer;
pub mod error;
pub mod graph;
pub mod lang;
pub mod model;
pub mod rdf;
pub mod read;
pub mod syntax;
pub mod text;

pub use error::{Error, Result};
