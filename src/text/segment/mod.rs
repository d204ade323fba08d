//! Sentence → tokens: morphemes by dictionary, or words by spaces and punctuation.

mod dictionary;
mod lexicon;
mod tagging;
mod words;

pub use dictionary::DictionarySegmenter;
pub use words::WordSegmenter;
