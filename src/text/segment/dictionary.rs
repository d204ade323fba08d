//! Morphemes by vibrato with a packed dictionary and the known names.
//!
//! An inflected form yields one token for each of its morphemes, all with the span of the form.

use super::super::{Tag, Token};
use crate::lang::{Catalog, parse_toml};
use crate::{
    Error, Result,
    model::{EntityKind, Lang, Span},
};
use lz4_flex::frame::FrameDecoder;
use serde::Deserialize;
use std::{fmt::Write as _, io::BufReader, ops::Range};
use vibrato::{Dictionary, Tokenizer, tokenizer::worker::Worker};

/// Longest run of unknown characters that is kept together.
const LONGEST_UNKNOWN: usize = 24;

/// How many bytes of the dictionary are taken at a time.
const PIECE: usize = 1 << 16;

/// How often a sentence is read again at most.
const MOST_PASSES: usize = 3;

/// Cuts Korean into morphemes.
pub struct DictionarySegmenter {
    tokenizer: Tokenizer,
    /// The feature that every entry with a left connection id has, unless it has one of its own.
    features: Vec<Feature<'static>>,
}

/// What an entry of the dictionary says of its form.
#[derive(Clone, Copy, Default)]
struct Feature<'a> {
    /// Its morphemes, `form/TAG+form/TAG`; empty if it is one itself.
    morphemes: &'a str,
    /// The tag, if it is one morpheme.
    tag: Tag,
    /// Whether it must be written together with the form before it.
    bound: bool,
}

/// `data/dict/<lang>/user.toml`: how names enter the dictionary.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameCosts {
    cost_base: i32,
    cost_per_char: i32,
    cost_min: i32,
    name: NameIds,
    person: NameIds,
    place: NameIds,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameIds {
    feature: String,
    left_id: u16,
    right_id_consonant: u16,
    right_id_vowel: u16,
}

impl DictionarySegmenter {
    /// Returns the segmenter for `lang` with the dictionary that travels inside the program, knowing the names of `catalog`.
    ///
    /// # Errors
    ///
    /// If there is no dictionary for the language, or it cannot be read.
    pub fn embedded(lang: &Lang, catalog: &Catalog) -> Result<Self> {
        if lang.as_str() != "ko" {
            return Err(Error::usage(format!("no dictionary for `{lang}`"))
                .hint("use `segmenter = \"words\"` in pack.toml, or add data/dict"));
        }
        let packed: &[u8] = include_bytes!("../../../data/dict/ko/system.dic.lz4");
        let costs = parse_toml(
            "data/dict/ko/user.toml",
            include_str!("../../../data/dict/ko/user.toml"),
        )?;
        Self::new(packed, &names(lang, catalog, &costs))
    }

    fn new(packed: &[u8], names: &str) -> Result<Self> {
        let wrong = |it: vibrato::errors::VibratoError| {
            Error::store(format!("dictionary: {it}"))
                .hint("rebuild it with data/dict/ko/rebuild.sh")
        };
        let plain = FrameDecoder::new(packed);
        let dictionary = Dictionary::read(BufReader::with_capacity(PIECE, plain)).map_err(wrong)?;
        let dictionary = dictionary
            .reset_user_lexicon_from_reader(Some(names.as_bytes()))
            .map_err(wrong)?;
        let tokenizer = Tokenizer::new(dictionary)
            .ignore_space(true)
            .map_err(wrong)?;
        let features = include_str!("../../../data/dict/ko/features.txt")
            .lines()
            .map(Feature::new);
        Ok(Self {
            features: features.collect(),
            tokenizer: tokenizer.max_grouping_len(LONGEST_UNKNOWN),
        })
    }

    /// Returns a worker that cuts one sentence after another.
    pub fn cutter(&self) -> Cutter<'_> {
        Cutter {
            worker: self.tokenizer.new_worker(),
            features: &self.features,
        }
    }
}

/// Cuts one sentence after another; cheap to make, not shared between threads.
pub struct Cutter<'a> {
    worker: Worker<'a>,
    features: &'a [Feature<'static>],
}

/// What one pass over a sentence found.
struct Pass {
    tokens: Vec<Token>,
    /// The bytes of the sentence before which it must be cut.
    wrong: Vec<usize>,
}

impl Cutter<'_> {
    /// Returns the morphemes of `sentence`, which begins at byte `offset` of its field.
    ///
    /// A particle or ending cannot follow a space: where the first pass says so, the sentence is cut there and read again.
    pub fn tokens(&mut self, sentence: &str, offset: usize) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(sentence.len() / 4);
        // Pieces still to be read, the next one last, with how often their text has been read before.
        let mut pieces = vec![(0..sentence.len(), 0)];
        while let Some((piece, round)) = pieces.pop() {
            let mut pass = Pass {
                tokens,
                wrong: Vec::new(),
            };
            let before = pass.tokens.len();
            self.piece(sentence, piece.clone(), offset, &mut pass);
            tokens = pass.tokens;
            if pass.wrong.is_empty() || round == MOST_PASSES {
                continue;
            }
            tokens.truncate(before);
            let mut end = piece.end;
            for cut in pass.wrong.into_iter().rev() {
                pieces.push((cut..end, round + 1));
                end = cut;
            }
            pieces.push((piece.start..end, round + 1));
        }
        joined(tokens)
    }

    fn piece(&mut self, sentence: &str, piece: Range<usize>, offset: usize, pass: &mut Pass) {
        self.worker.reset_sentence(&sentence[piece.clone()]);
        self.worker.tokenize();
        let mut last_end = piece.start;
        for idx in 0..self.worker.num_tokens() {
            let token = self.worker.token(idx);
            let range = token.range_byte();
            let (start, end) = (piece.start + range.start, piece.start + range.end);
            let Some(span) = Span::new(start + offset, end + offset) else {
                continue;
            };
            let feature = match token.feature() {
                "" => self.features.get(usize::from(token.left_id())),
                own => Some(&Feature::new(own)),
            };
            let feature = feature.copied().unwrap_or_default();
            if last_end < start && idx > 0 && feature.bound {
                pass.wrong.push(start);
            }
            let spaced =
                last_end < start || start == 0 || sentence[..start].ends_with(char::is_whitespace);
            last_end = end;
            feature.push_morphemes(token.surface(), span, spaced, &mut pass.tokens);
        }
    }
}

impl<'a> Feature<'a> {
    fn new(text: &'a str) -> Self {
        let first = text.split('+').next().unwrap_or(text);
        let tag = first.rsplit_once('/').map_or(first, |it| it.1);
        let bound = tag.starts_with('J')
            || matches!(
                tag,
                "EC" | "EF" | "EP" | "ETM" | "ETN" | "VCP" | "XSA" | "XSN" | "XSV"
            );
        Self {
            morphemes: if text.contains('/') { text } else { "" },
            tag: Tag::new(text.split(':').next().unwrap_or(text)),
            bound,
        }
    }

    /// Adds the morphemes of the form `surface`.
    fn push_morphemes(self, surface: &str, span: Span, spaced: bool, out: &mut Vec<Token>) {
        let token = |form: &str, tag: Tag, spaced| Token {
            span,
            form: form.to_owned(),
            lemma: String::new(),
            tag,
            spaced,
        };
        if self.morphemes.is_empty() {
            out.push(token(surface, self.tag, spaced));
            return;
        }
        for (idx, morpheme) in self.morphemes.split('+').enumerate() {
            if let Some((form, tag)) = morpheme.rsplit_once('/') {
                out.push(token(form, Tag::new(tag), spaced && idx == 0));
            }
        }
    }
}

/// Joins Latin letters and digits that touch into one token (H + 20).
fn joined(mut tokens: Vec<Token>) -> Vec<Token> {
    let latin = |it: &Token| it.form.chars().all(|c| c.is_ascii_alphanumeric());
    tokens.dedup_by(|token, last| {
        let joins = !token.spaced
            && latin(last)
            && latin(token)
            && last.form.starts_with(|it: char| it.is_ascii_alphabetic());
        if joins {
            last.span = last.span.join(token.span);
            last.form.push_str(&token.form);
            last.tag = Tag::new("SL");
        }
        joins
    });
    tokens
}

/// Returns the lines of the user lexicon for the names that `catalog` has in `lang`.
fn names(lang: &Lang, catalog: &Catalog, costs: &NameCosts) -> String {
    let mut lines = String::new();
    for entity in catalog.entities.iter() {
        let ids = match entity.kind {
            EntityKind::Person => &costs.person,
            EntityKind::Country | EntityKind::Place => &costs.place,
            _ => &costs.name,
        };
        for name in entity.names.get(lang.as_str()).into_iter().flatten() {
            let chars = i32::try_from(name.chars().count()).unwrap_or(i32::MAX / 2);
            let latin = name.chars().all(|it| it.is_ascii_alphabetic());
            if chars < 2 || latin || name.contains([',', '"']) {
                continue;
            }
            let cost =
                (costs.cost_base + costs.cost_per_char.saturating_mul(chars)).max(costs.cost_min);
            for right in right_ids(name, ids) {
                let _ = writeln!(
                    lines,
                    "{name},{},{right},{cost},{}",
                    ids.left_id, ids.feature
                );
            }
        }
    }
    lines
}

/// Returns the connection ids after `name`: by its last syllable's final consonant, or both if it ends in no Hangul.
fn right_ids(name: &str, ids: &NameIds) -> Vec<u16> {
    // Precomposed Hangul syllables stand in blocks of 28, the first of each without a final consonant.
    let last = name.chars().last().map_or(0, u32::from);
    match last.checked_sub(0xAC00).filter(|it| *it < 11_172) {
        Some(index) if index % 28 == 0 => vec![ids.right_id_vowel],
        Some(_) => vec![ids.right_id_consonant],
        None => vec![ids.right_id_consonant, ids.right_id_vowel],
    }
}
