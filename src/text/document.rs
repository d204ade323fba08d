//! A document: the sentences of an article, cut into tokens.

use crate::model::{Article, Field, Place, Span};
use std::fmt;

/// A part-of-speech tag of the language's own tag set, as `NNG` or `VBD`; at most eight bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tag([u8; 8]);

impl Tag {
    /// Returns the tag written `text`, cut after eight bytes.
    pub fn new(text: &str) -> Self {
        let mut bytes = [0; 8];
        for (slot, byte) in bytes.iter_mut().zip(text.bytes().filter(u8::is_ascii)) {
            *slot = byte;
        }
        Self(bytes)
    }

    /// Returns the tag as written.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|it| *it == 0).unwrap_or(8);
        std::str::from_utf8(&self.0[..end]).unwrap_or("")
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The smallest piece of a sentence: a morpheme of Korean, a word of English.
///
/// Several morphemes of one inflected form share its span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The bytes of the field.
    pub span: Span,
    /// The morpheme, or the word in lower case.
    pub form: String,
    /// The dictionary form, for words; empty where it is the form itself.
    pub lemma: String,
    /// Its part of speech.
    pub tag: Tag,
    /// Whether a space or the sentence's beginning stands before it.
    pub spaced: bool,
}

impl Token {
    /// Returns the dictionary form.
    pub fn lemma(&self) -> &str {
        if self.lemma.is_empty() {
            &self.form
        } else {
            &self.lemma
        }
    }

    /// Tells whether the token has that form and tag.
    pub fn is(&self, form: &str, tag: &str) -> bool {
        self.tag.as_str() == tag && self.form == form
    }
}

/// What sort of line a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceKind {
    /// A headline or subheadline, with the grammar of headlines.
    Headline,
    /// Running text.
    Body,
}

/// A sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where it stands.
    pub place: Place,
    /// Headline or body.
    pub kind: SentenceKind,
    /// Counts paragraphs of the article from 0.
    pub paragraph: usize,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// What stands inside quotation marks, without the marks.
    pub quotes: Vec<Span>,
}

impl Sentence {
    /// Returns the field it stands in.
    pub fn field(&self) -> Field {
        self.place.field
    }

    /// Returns its bytes.
    pub fn span(&self) -> Span {
        self.place.span
    }

    /// Tells whether `span` lies inside quotation marks.
    pub fn is_quoted(&self, span: Span) -> bool {
        self.quotes.iter().any(|it| it.contains(span))
    }
}

/// An article cut into sentences; captions and boilerplate are left out.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its sentences, the title's first.
    pub sentences: Vec<Sentence>,
}

impl Document<'_> {
    /// Returns the words of `span` in the field of `sentence`.
    pub fn slice(&self, sentence: &Sentence, span: Span) -> &str {
        self.article.slice(sentence.field(), span)
    }
}
