//! Sentence → tokens: morphemes by dictionary, or words by spaces and punctuation.

mod lexicon;
mod tagging;
mod words;

pub use words::WordSegmenter;
