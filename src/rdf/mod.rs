//! The story as RDF and back: one named graph for each article, one for what holds across them.
//!
//! [`Vocab::from_quads`] undoes [`Vocab::to_quads`] exactly, in whatever order the quads come.
//! Offsets are bytes in the model and Unicode code points in RDF: they are converted here and nowhere else.
//! There are no blank nodes, no clock and no random names, so the same story gives the same bytes.
//! Nothing here stores or queries.

mod facts;
mod format;
mod index;
mod offsets;
mod read;
mod vocab;
mod write;

pub use format::{Format, iri, of_graph, parse, serialize};
pub use vocab::{BASE, NIF, PREFIXES, Vocab};

pub use oxigraph::model::Quad;

use crate::Result;
use crate::model::Story;

/// Returns the quads of `story` under the standard base.
///
/// ```
/// use backstory::{model::Story, rdf};
/// let story = Story::default();
/// assert_eq!(rdf::from_quads(rdf::to_quads(&story)).unwrap(), story);
/// ```
pub fn to_quads(story: &Story) -> Vec<Quad> {
    Vocab::default().to_quads(story)
}

/// Returns the story that `quads` tell under the standard base; quads of other graphs are passed over.
///
/// # Errors
/// Fails if a node of an article lacks what the model needs, naming the node and the property.
pub fn from_quads(quads: impl IntoIterator<Item = Quad>) -> Result<Story> {
    Vocab::default().from_quads(quads)
}
