//! Token patterns of rule files: `것 으로|로 전하|알려지`, `/ETM 수 가|는|도? 있/VV`.
//!
//! Items stand apart by spaces; alternatives by `|`; `form`, `form/TAG` or `/TAG`; a final `?` makes an item optional, a leading `_` asks for a space before the token.
//! Matching is anchored: it begins at the token asked about. Many patterns are kept in [`TokenPatterns`], which tries few of them.

use crate::text::{Tag, Token};
use crate::{Error, Result};
use rustc_hash::FxHashMap;

/// A compiled token pattern.
#[derive(Clone, Debug)]
pub struct TokenPattern {
    items: Vec<Item>,
}

#[derive(Clone, Debug)]
struct Item {
    alternatives: Vec<(Option<String>, Option<Tag>)>,
    optional: bool,
    spaced: bool,
}

impl TokenPattern {
    /// Returns the pattern written `text`.
    ///
    /// # Errors
    ///
    /// If it has no item, or an alternative is empty.
    pub fn new(text: &str) -> Result<Self> {
        let items: Vec<Item> = text
            .split_whitespace()
            .map(Item::parse)
            .collect::<Option<_>>()
            .ok_or_else(|| {
                Error::usage(format!("pattern `{text}`: an alternative is empty"))
                    .hint("write form, form/TAG or /TAG")
            })?;
        if items.is_empty() {
            return Err(Error::usage("a pattern needs at least one item"));
        }
        Ok(Self { items })
    }

    /// Returns the index after the last token matched from `at` on, or `None`.
    pub fn match_at(&self, tokens: &[Token], at: usize) -> Option<usize> {
        match_items(&self.items, tokens, at)
    }

    /// Returns the forms one of which the first token must have, or `None` if any may begin the match.
    pub fn first_forms(&self) -> Option<Vec<&str>> {
        let first = self.items.first().filter(|it| !it.optional)?;
        first
            .alternatives
            .iter()
            .map(|(form, _)| form.as_deref())
            .collect()
    }
}

/// Patterns in an order, found by the form that their first token must have.
#[derive(Clone, Debug, Default)]
pub struct TokenPatterns {
    all: Vec<TokenPattern>,
    /// The patterns that may begin with a token of that form, those that may begin with any token among them; in order.
    by_form: FxHashMap<String, Vec<usize>>,
    /// The patterns that may begin with any token.
    open: Vec<usize>,
}

impl TokenPatterns {
    /// Returns the patterns written `texts`.
    ///
    /// # Errors
    ///
    /// If one of them is wrong, as [`TokenPattern::new`] says.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let all = texts.into_iter().map(TokenPattern::new);
        let mut patterns = Self {
            all: all.collect::<Result<_>>()?,
            ..Self::default()
        };
        for (idx, pattern) in patterns.all.iter().enumerate() {
            let Some(forms) = pattern.first_forms() else {
                patterns.by_form.values_mut().for_each(|it| it.push(idx));
                patterns.open.push(idx);
                continue;
            };
            for form in forms {
                let begun = || patterns.open.clone();
                let list = patterns
                    .by_form
                    .entry(form.to_owned())
                    .or_insert_with(begun);
                if list.last() != Some(&idx) {
                    list.push(idx);
                }
            }
        }
        Ok(patterns)
    }

    /// Returns the patterns that match at `at`, in order, each with the index after its last token.
    pub fn matches_at(&self, tokens: &[Token], at: usize) -> impl Iterator<Item = (usize, usize)> {
        let begun = tokens.get(at).map_or([&[][..]; 2], |it| self.begun_by(it));
        let candidates = match begun {
            [[], []] => merged(&self.open, &[]),
            [by_form, by_lemma] => merged(by_form, by_lemma),
        };
        candidates.filter_map(move |idx| Some((idx, self.all[idx].match_at(tokens, at)?)))
    }

    /// Returns the patterns that the form of `token` may begin, and those that its dictionary form may.
    fn begun_by(&self, token: &Token) -> [&[usize]; 2] {
        let list = |form: &String| self.by_form.get(form).map_or(&[][..], Vec::as_slice);
        if token.lemma.is_empty() {
            [list(&token.form), &[]]
        } else {
            [list(&token.form), list(&token.lemma)]
        }
    }
}

/// Returns what stands in one of two ascending lists, or in both, once.
fn merged<'a>(mut a: &'a [usize], mut b: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    std::iter::from_fn(move || {
        let next = *a.first().into_iter().chain(b.first()).min()?;
        for list in [&mut a, &mut b] {
            if list.first() == Some(&next) {
                *list = &list[1..];
            }
        }
        Some(next)
    })
}

impl Item {
    fn parse(text: &str) -> Option<Self> {
        let (body, optional) = text
            .strip_suffix('?')
            .map_or((text, false), |it| (it, true));
        let (body, spaced) = body
            .strip_prefix('_')
            .map_or((body, false), |it| (it, true));
        let alternative = |it: &str| match it.rsplit_once('/') {
            Some(("", tag)) if !tag.is_empty() => Some((None, Some(Tag::new(tag)))),
            Some((form, tag)) if !tag.is_empty() => {
                Some((Some(form.to_owned()), Some(Tag::new(tag))))
            }
            None if !it.is_empty() => Some((Some(it.to_owned()), None)),
            _ => None,
        };
        let alternatives = body.split('|').map(alternative).collect::<Option<_>>()?;
        Some(Self {
            alternatives,
            optional,
            spaced,
        })
    }

    fn accepts(&self, token: &Token) -> bool {
        let space = token.spaced || !self.spaced;
        space
            && self.alternatives.iter().any(|(form, tag)| {
                form.as_ref()
                    .is_none_or(|it| *it == token.form || *it == token.lemma)
                    && tag.is_none_or(|it| it == token.tag)
            })
    }
}

fn match_items(items: &[Item], tokens: &[Token], at: usize) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else {
        return Some(at);
    };
    let taken = tokens
        .get(at)
        .filter(|it| item.accepts(it))
        .and_then(|_| match_items(rest, tokens, at + 1));
    taken.or_else(|| {
        if item.optional {
            match_items(rest, tokens, at)
        } else {
            None
        }
    })
}
