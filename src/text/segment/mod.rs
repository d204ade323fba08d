//! What cuts a sentence into tokens: a morphological dictionary, or spaces and a word list.

mod dictionary;

pub use dictionary::DictionarySegmenter;
