//! Article → Document for one language.

use super::segment::{DictionarySegmenter, WordSegmenter};
use super::{Document, RawSentence, Sentence, Splitter, Token};
use crate::Result;
use crate::lang::{Catalog, Pack, Segmenter};
use crate::model::{Article, Field, Place};

/// Cuts one sentence, which begins at that byte of its field, into tokens.
type Cut<'a> = Box<dyn FnMut(&str, usize) -> Vec<Token> + 'a>;

/// Cuts articles of one language into sentences and tokens.
pub struct TextReader {
    splitter: Splitter,
    segmenter: AnySegmenter,
}

enum AnySegmenter {
    Dictionary(Box<DictionarySegmenter>),
    Words(Box<WordSegmenter>),
}

impl TextReader {
    /// Returns the reader of `pack`, which keeps the names of `catalog` whole.
    ///
    /// # Errors
    ///
    /// If a rule file or the dictionary is wrong.
    pub fn new(pack: &Pack, catalog: &Catalog) -> Result<Self> {
        let segmenter = match pack.manifest.segmenter {
            Segmenter::Dictionary => AnySegmenter::Dictionary(Box::new(
                DictionarySegmenter::embedded(&pack.lang, catalog)?,
            )),
            Segmenter::Words => {
                let lexicon = pack.file("lexicon.tsv").as_bytes();
                AnySegmenter::Words(Box::new(WordSegmenter::new(pack, lexicon)?))
            }
        };
        Ok(Self {
            splitter: Splitter::new(pack)?,
            segmenter,
        })
    }

    /// Returns the sentences of `article`, tokens corrected by `correct`.
    pub fn read<'a>(
        &self,
        article: &'a Article,
        correct: &dyn Fn(Vec<Token>) -> Vec<Token>,
    ) -> Document<'a> {
        let title = article.title.as_deref().unwrap_or("");
        let headlines = title.trim().is_empty();
        let fields = [
            (Field::Title, title, self.splitter.title(title)),
            (
                Field::Text,
                &*article.text,
                self.splitter.text(&article.text, headlines),
            ),
        ];
        let mut cut = self.cutter();
        let mut sentences = Vec::new();
        for (field, text, raw) in fields {
            let has_address = ADDRESSES.iter().any(|it| text.contains(it));
            for RawSentence {
                span,
                kind,
                paragraph,
                quotes,
            } in raw
            {
                let mut tokens = cut(span.slice(text), span.start());
                if has_address {
                    drop_addresses(span.slice(text), span.start(), &mut tokens);
                }
                let tokens = correct(tokens);
                sentences.push(Sentence {
                    place: Place::new(field, span),
                    kind,
                    paragraph,
                    tokens,
                    quotes,
                });
            }
        }
        Document { article, sentences }
    }

    /// Returns what cuts one sentence after another.
    fn cutter(&self) -> Cut<'_> {
        match &self.segmenter {
            AnySegmenter::Dictionary(dictionary) => {
                let mut cutter = dictionary.cutter();
                Box::new(move |text, offset| cutter.tokens(text, offset))
            }
            AnySegmenter::Words(words) => Box::new(|text, offset| words.tokens(text, offset)),
        }
    }
}

/// What an address on the web begins with.
const ADDRESSES: [&str; 3] = ["https://", "http://", "www."];

/// Takes the tokens of web addresses out of those of `text`, which begins at that byte of its field: they are no words.
fn drop_addresses(text: &str, offset: usize, tokens: &mut Vec<Token>) {
    let mut rest = 0;
    while let Some(at) = ADDRESSES
        .iter()
        .filter_map(|it| text[rest..].find(it))
        .min()
    {
        let start = rest + at;
        let address = &text[start..];
        let ends = |it: char| !it.is_ascii_graphic() || "<>()[]{}\"'".contains(it);
        let length = address.find(ends).unwrap_or(address.len());
        // A full stop after it ends the sentence.
        let end = start
            + address[..length]
                .trim_end_matches(['.', ',', ';', ':', '!', '?'])
                .len();
        tokens.retain(|it| {
            let at = it.span.start() - offset;
            at < start || end <= at
        });
        rest = end;
    }
}
