//! Bytes of the model and code points of RDF, converted exactly.
//!
//! A span that is on no character boundary, or of an article that is not at hand, has no code points: it is written in bytes and says so.

use super::Vocab;
use super::vocab::{byte_phrase, phrase, read_phrase};
use crate::model::{Article, ArticleId, Field, Lang, Place, Span};
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;

/// Where the characters of one text begin.
struct Chars<'a> {
    text: &'a str,
    lang: &'a Lang,
    /// The byte at which each character begins, and the length; empty if every character is one byte.
    starts: Vec<usize>,
}

impl<'a> Chars<'a> {
    fn new(text: &'a str, lang: &'a Lang) -> Self {
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            let starts = text.char_indices().map(|(at, _)| at);
            starts.chain([text.len()]).collect()
        };
        Self { text, lang, starts }
    }

    fn char_of(&self, byte: usize) -> Option<usize> {
        if self.starts.is_empty() {
            return (byte <= self.text.len()).then_some(byte);
        }
        self.starts.binary_search(&byte).ok()
    }

    fn byte_of(&self, char: usize) -> Option<usize> {
        if self.starts.is_empty() {
            return (char <= self.text.len()).then_some(char);
        }
        self.starts.get(char).copied()
    }
}

/// The code points and the words of a phrase.
pub struct Anchor<'a> {
    /// The first code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words.
    pub words: &'a str,
    /// Their language.
    pub lang: &'a Lang,
}

/// A place of an article with all that RDF says about it.
pub struct Phrase<'a> {
    /// The IRI, `<doc#char=b,e>`.
    pub iri: NamedNode,
    /// What the offsets refer to.
    pub context: NamedNode,
    /// Its code points and words; `None` if it is written in bytes.
    pub chars: Option<Anchor<'a>>,
}

/// The texts of some articles, ready for conversion.
#[derive(Default)]
pub struct Offsets<'a> {
    texts: BTreeMap<(&'a ArticleId, Field), Chars<'a>>,
}

impl<'a> Offsets<'a> {
    /// Returns the conversion for `articles`.
    pub fn of(articles: impl IntoIterator<Item = &'a Article>) -> Self {
        let mut texts = BTreeMap::new();
        for article in articles {
            for field in [Field::Title, Field::Text] {
                texts.insert(
                    (&article.id, field),
                    Chars::new(article.field(field), &article.lang),
                );
            }
        }
        Self { texts }
    }

    /// Returns the phrase at `place` of `article`.
    pub fn phrase(&self, vocab: &Vocab, article: &ArticleId, place: Place) -> Phrase<'a> {
        let context = vocab.context(article, place.field);
        let found = self.texts.get(&(article, place.field)).and_then(|text| {
            let start = text.char_of(place.span.start())?;
            let end = text.char_of(place.span.end())?;
            let words = place.span.slice(text.text);
            Some(Anchor {
                start,
                end,
                words,
                lang: text.lang,
            })
        });
        let iri = match &found {
            Some(it) => phrase(&context, "char", it.start, it.end),
            None => byte_phrase(&context, place),
        };
        Phrase {
            iri,
            context,
            chars: found,
        }
    }

    /// Returns the article and the place of a phrase.
    pub fn read(&self, vocab: &Vocab, iri: &str) -> Option<(ArticleId, Place)> {
        let (context, unit, start, end) = read_phrase(iri)?;
        let (article, field) = vocab.read_context(context)?;
        let (start, end) = if unit == "byte" {
            (start, end)
        } else {
            let text = self.texts.get(&(&article, field))?;
            (text.byte_of(start)?, text.byte_of(end)?)
        };
        let place = Place::new(field, Span::new(start, end)?);
        Some((article, place))
    }
}
