//! Rows of `syntax.toml` for head-final languages.

use super::super::{TokenPattern, TokenPatterns};
use crate::{
    Error, Result,
    lang::Pack,
    text::{Tag, Token},
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// What a token does in a sentence, whatever the language calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Class {
    Noun,
    /// A noun that only makes sense after another word (것, 수, 데).
    BoundNoun,
    NounSuffix,
    Determiner,
    Particle,
    Quotative,
    /// Turns the noun before it into a verb (하다, 되다).
    VerbSuffix,
    Verb,
    Adjective,
    Auxiliary,
    Copula,
    NegativeCopula,
    Prefinal,
    Final,
    Connective,
    Adnominal,
    Nominaliser,
    Adverb,
    Open,
    Close,
    Quote,
    /// Joins the parts of a name or a list (·, ~, &).
    Joiner,
    Comma,
    Other,
}

/// `syntax.toml` of a head-final language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SyntaxFile {
    pub tags: FxHashMap<String, Class>,
    #[serde(default)]
    pub particles: FxHashMap<String, String>,
    pub topic: FxHashSet<String>,
    pub subject: FxHashSet<String>,
    pub object: FxHashSet<String>,
    pub genitive: FxHashSet<String>,
    pub coordination: FxHashSet<String>,
    /// Joints whose clause has the subject of the clause it joins.
    #[serde(default)]
    pub same_subject: FxHashSet<String>,
    #[serde(default)]
    pub tense: FxHashMap<String, String>,
    #[serde(default)]
    pub passive: FxHashSet<String>,
    #[serde(default)]
    pub negation: FxHashSet<String>,
    /// What stands between the subject of the whole sentence and the rest: dates.
    #[serde(default)]
    pub opens_main: Vec<String>,
    /// Endings that right after a quotation mark mean that it is quoted.
    #[serde(default)]
    pub quote_endings: FxHashSet<String>,
    /// Joints whose clause stands inside the clause it joins, like a relative clause.
    #[serde(default)]
    pub embedded: FxHashSet<String>,
    /// Units after which a date is a phrase of its own, unless one of `date_words` goes on.
    #[serde(default)]
    pub date_units: FxHashSet<String>,
    #[serde(default)]
    pub date_words: FxHashSet<String>,
    #[serde(default)]
    pub transparent: Vec<String>,
    #[serde(default)]
    pub ending: Vec<EndingRow>,
    #[serde(default)]
    pub auxiliary: Vec<AuxiliaryRow>,
    #[serde(default)]
    pub frame: Vec<FrameRow>,
    #[serde(default)]
    pub retag: Vec<RetagRow>,
}

/// What a connective, quotative or final ending does.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EndingRow {
    pub forms: Vec<String>,
    pub joint: String,
    pub clause: ClauseWord,
    #[serde(default)]
    pub moods: Vec<String>,
    /// Holds only before punctuation or at the end.
    #[serde(default)]
    pub at_end: bool,
}

/// What an auxiliary after an ending adds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuxiliaryRow {
    /// The ending before it; empty for any.
    #[serde(default)]
    pub after: Vec<String>,
    pub forms: Vec<String>,
    #[serde(default)]
    pub moods: Vec<String>,
    #[serde(default)]
    pub negated: bool,
    #[serde(default)]
    pub passive: bool,
}

/// How a clause stands, as rule files write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ClauseWord {
    Main,
    Joined,
    Adnominal,
    Content,
}

/// What a frame follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FrameAfter {
    Adnominal,
    Nominaliser,
    Connective,
    Noun,
}

/// A fixed sequence of words after a predicate or a noun.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameRow {
    pub id: String,
    pub after: FrameAfter,
    #[serde(rename = "match")]
    pub pattern: String,
    pub joint: Option<String>,
    pub clause: Option<ClauseWord>,
    #[serde(default)]
    pub moods: Vec<String>,
    #[serde(default)]
    pub negated: bool,
    /// The frame's last word goes on with its own endings.
    #[serde(default)]
    pub goes_on: bool,
    /// Sentences in which it matches.
    #[allow(dead_code, reason = "run as tests")]
    pub accept: Vec<String>,
    /// Sentences in which it does not.
    #[allow(dead_code, reason = "run as tests")]
    pub reject: Vec<String>,
}

/// Corrects what the tokeniser gets wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RetagRow {
    pub id: String,
    #[serde(rename = "match")]
    pub pattern: String,
    /// Which token of the match is replaced, from 0.
    pub token: usize,
    /// What it becomes: `form/TAG` each.
    #[serde(rename = "as")]
    pub to: Vec<String>,
    /// Sentences in which it corrects a token.
    #[allow(dead_code, reason = "run as tests")]
    pub accept: Vec<String>,
    /// Sentences in which it corrects none.
    #[allow(dead_code, reason = "run as tests")]
    pub reject: Vec<String>,
}

/// The frames of one sort, and which rows they are.
#[derive(Default)]
struct Frames {
    patterns: TokenPatterns,
    rows: Vec<usize>,
}

/// A [`RetagRow`], ready for use.
struct Retag {
    id: String,
    pattern: TokenPattern,
    /// Which token of the match is replaced, from 0.
    token: usize,
    to: Vec<(String, Tag)>,
}

/// The rows, ready for use.
pub(super) struct Syntax {
    tags: FxHashMap<Tag, Class>,
    pub file: SyntaxFile,
    /// What endings do anywhere, and before punctuation.
    endings: [FxHashMap<String, usize>; 2],
    frames: FxHashMap<FrameAfter, Frames>,
    transparent: TokenPatterns,
    retags: Vec<Retag>,
    opens_main: TokenPatterns,
    quotes: String,
}

impl Syntax {
    pub fn new(pack: &Pack) -> Result<Self> {
        let file: SyntaxFile = pack.rows("syntax.toml")?;
        let wrong = |it: Error| Error::usage(format!("{}: {it}", pack.shown("syntax.toml")));
        let tags = file
            .tags
            .iter()
            .map(|(tag, class)| (Tag::new(tag), *class))
            .collect();
        let mut endings: [FxHashMap<_, _>; 2] = Default::default();
        for (idx, row) in file.ending.iter().enumerate() {
            endings[usize::from(row.at_end)].extend(row.forms.iter().map(|it| (it.clone(), idx)));
        }
        let frames = Self::frames(&file.frame).map_err(wrong)?;
        let patterns =
            |list: &[String]| TokenPatterns::new(list.iter().map(String::as_str)).map_err(wrong);
        let (transparent, opens_main) = (patterns(&file.transparent)?, patterns(&file.opens_main)?);
        let quotes = pack.manifest.quotes.concat();
        let retags = file
            .retag
            .iter()
            .map(Self::retag)
            .collect::<Result<_>>()
            .map_err(wrong)?;
        Ok(Self {
            tags,
            file,
            endings,
            frames,
            transparent,
            retags,
            opens_main,
            quotes,
        })
    }

    fn frames(rows: &[FrameRow]) -> Result<FxHashMap<FrameAfter, Frames>> {
        let mut frames: FxHashMap<FrameAfter, Frames> = FxHashMap::default();
        for (idx, row) in rows.iter().enumerate() {
            frames.entry(row.after).or_default().rows.push(idx);
        }
        for it in frames.values_mut() {
            let texts = it.rows.iter().map(|idx| rows[*idx].pattern.as_str());
            it.patterns = TokenPatterns::new(texts)?;
        }
        Ok(frames)
    }

    fn retag(row: &RetagRow) -> Result<Retag> {
        let to = row
            .to
            .iter()
            .filter_map(|it| it.rsplit_once('/'))
            .map(|(form, tag)| (form.to_owned(), Tag::new(tag)));
        Ok(Retag {
            id: row.id.clone(),
            pattern: TokenPattern::new(&row.pattern)?,
            token: row.token,
            to: to.collect(),
        })
    }

    pub fn class(&self, token: &Token) -> Class {
        let mut chars = token.form.chars();
        if let (Some(mark), None) = (chars.next(), chars.next())
            && self.quotes.contains(mark)
        {
            return Class::Quote;
        }
        self.tags.get(&token.tag).copied().unwrap_or(Class::Other)
    }

    /// Returns what each token does.
    pub fn classes(&self, tokens: &[Token]) -> Vec<Class> {
        tokens.iter().map(|it| self.class(it)).collect()
    }

    /// Returns what the ending `form` does; before punctuation some mean something else.
    pub fn ending(&self, form: &str, at_end: bool) -> Option<&EndingRow> {
        let [anywhere, ends] = &self.endings;
        let special = ends.get(form).filter(|_| at_end);
        let found = special.or_else(|| anywhere.get(form));
        found.map(|it| &self.file.ending[*it])
    }

    /// Returns the longest frame of that sort that begins at token `at`, and where it ends.
    pub fn frame(
        &self,
        after: FrameAfter,
        tokens: &[Token],
        at: usize,
    ) -> Option<(&FrameRow, usize)> {
        tokens.get(at)?;
        let frames = self.frames.get(&after)?;
        let longest = frames.patterns.matches_at(tokens, at).max_by_key(|it| it.1);
        longest.map(|(idx, end)| (&self.file.frame[frames.rows[idx]], end))
    }

    /// Returns every frame in `tokens`, each the longest of its sort.
    pub fn frames_in<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = &'a FrameRow> {
        tokens.iter().enumerate().filter_map(|(at, token)| {
            let (after, begin) = match self.class(token) {
                Class::Adnominal => (FrameAfter::Adnominal, at + 1),
                Class::Nominaliser => (FrameAfter::Nominaliser, at),
                Class::Connective | Class::Final => (FrameAfter::Connective, at),
                Class::Noun | Class::BoundNoun | Class::NounSuffix | Class::Close => {
                    (FrameAfter::Noun, at + 1)
                }
                _ => return None,
            };
            self.frame(after, tokens, begin).map(|(row, _)| row)
        })
    }

    /// Returns where a word that looks like a predicate but is none ends, if one begins at `at`.
    pub fn transparent_end(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let first = self.transparent.matches_at(tokens, at).next();
        first.map(|it| it.1)
    }

    /// Tells whether a date or the like begins at `at`: what stands before it is the subject of the whole sentence.
    pub fn opens_main(&self, tokens: &[Token], at: usize) -> bool {
        self.opens_main.matches_at(tokens, at).next().is_some()
    }

    pub fn auxiliary(&self, ending: &str, form: &str) -> Option<&AuxiliaryRow> {
        let fits = |it: &&AuxiliaryRow| {
            (it.after.is_empty() || it.after.iter().any(|a| a == ending))
                && it.forms.iter().any(|f| f == form)
        };
        self.file.auxiliary.iter().find(fits)
    }

    /// Returns the tokens with the tokeniser's known mistakes corrected.
    pub fn corrected(&self, tokens: Vec<Token>) -> Vec<Token> {
        let retags = (0..tokens.len()).filter_map(|at| Some((at, self.retag_at(&tokens, at)?)));
        let retags: Vec<(usize, &Retag)> = retags.collect();
        if retags.is_empty() {
            return tokens;
        }
        let mut retags = retags.into_iter().peekable();
        let mut out = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.into_iter().enumerate() {
            match retags.next_if(|it| it.0 == at) {
                None => out.push(token),
                Some((_, retag)) => out.extend(retag.to.iter().map(|(form, tag)| Token {
                    form: form.clone(),
                    tag: *tag,
                    ..token.clone()
                })),
            }
        }
        out
    }

    /// Returns the ids of the corrections that [`Syntax::corrected`] makes.
    pub fn corrections_in<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = &'a str> {
        let found = (0..tokens.len()).filter_map(|at| self.retag_at(tokens, at));
        found.map(|it| it.id.as_str())
    }

    /// Returns the correction of the token at `at`.
    fn retag_at(&self, tokens: &[Token], at: usize) -> Option<&Retag> {
        self.retags.iter().find(|it| {
            let begin = at.checked_sub(it.token);
            let end = begin.and_then(|begin| it.pattern.match_at(tokens, begin));
            end.is_some_and(|end| at < end)
        })
    }
}
