//! Token patterns of rule files: `것 으로|로 전하|알려지`, `/ETM 수 가|는|도? 있/VV`.
//!
//! Items stand apart by spaces; alternatives by `|`; `form`, `form/TAG` or `/TAG`; a final `?` makes an item optional, a leading `_` asks for a space before the token.
//! Matching is anchored: it begins at the token asked about.

use crate::text::{Tag, Token};
use crate::{Error, Result};

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
