//! Article → Document: sentences, tokens and quotations, all with byte offsets into the article as given.
//!
//! It does not know what the words mean.

mod document;
mod segment;

pub use document::{Document, Sentence, SentenceKind, Tag, Token};
pub use segment::WordSegmenter;
