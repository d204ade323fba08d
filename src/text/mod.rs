//! Article → Document: sentences, tokens and quotations, all with byte offsets into the article as given.
//!
//! It does not know what the words mean.

mod document;
mod reader;
mod segment;
mod split;

pub use document::{Document, Sentence, SentenceKind, Tag, Token};
pub use reader::TextReader;
pub use segment::{DictionarySegmenter, WordSegmenter};
pub use split::{BoilerplateFile, BoilerplateRow, RawSentence, Splitter};
