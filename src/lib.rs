//! Backstory reads news, dates its events, and answers "what led to X?" with a cited chain.
//!
//! The modules stand in the order of the line: bytes → [`model::Article`] → [`text::Document`] → time expressions → mentions → links → [`model::Story`] → quads → store → causal graph → answer → bytes.

pub mod error;
pub mod model;

pub mod lang;

pub mod read;
pub mod text;

pub mod syntax;

pub mod entity;
pub mod event;
pub mod link;
pub mod time;

pub mod resolve;

pub mod rdf;
pub mod store;

pub mod derive;

pub mod pipeline;

pub mod graph;

pub mod answer;

pub mod examples;

pub mod export;

pub mod cli;

pub use error::{Error, Result};
