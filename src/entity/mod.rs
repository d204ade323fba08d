//! Finds known names in sentences: people, organisations, countries, places, products.
//!
//! A family name with a title counts as the person ("CEO Huang"); unknown names are left to the event stage as they are written.

use crate::Result;
use crate::lang::{Catalog, EntityRow, Pack};
use crate::model::{Entity, EntityId, EntityKind, Lang, Span};
use crate::syntax::NameMention;
use crate::text::{Document, Sentence};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `names.toml`: titles that follow or precede names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamesFile {
    /// Titles after or before a name, as they are written.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Whether people go by their family name alone once the full name has been read.
    #[serde(default)]
    pub bare_family: bool,
}

/// Finds the names of one language.
pub struct NameFinder {
    names: FxHashMap<String, Name>,
    /// How long the names with these first characters are at most, in bytes: few words begin like a name.
    heads: FxHashMap<String, usize>,
    rows: Vec<Entity>,
    by_id: FxHashMap<EntityId, usize>,
    families: FxHashMap<String, Vec<usize>>,
    titles: FxHashSet<String>,
    bare_family: bool,
}

/// Whose name it is.
#[derive(Clone, Copy)]
struct Name {
    row: usize,
    /// It only counts beside another one.
    abbreviation: bool,
}

impl NameFinder {
    /// Returns the finder for the language of `pack`.
    ///
    /// # Errors
    ///
    /// If `names.toml` is wrong.
    pub fn new(pack: &Pack, catalog: &Catalog) -> Result<Self> {
        let file: NamesFile = pack.rows("names.toml")?;
        let tag = pack.lang.as_str();
        let mut finder = Self {
            names: FxHashMap::default(),
            heads: FxHashMap::default(),
            rows: Vec::with_capacity(catalog.entities.len()),
            by_id: FxHashMap::default(),
            families: FxHashMap::default(),
            titles: file.titles.into_iter().collect(),
            bare_family: file.bare_family,
        };
        for row in catalog.entities.iter() {
            finder.add(row, tag);
        }
        Ok(finder)
    }

    fn add(&mut self, entity: &EntityRow, tag: &str) {
        let row = self.rows.len();
        let labels = entity.names.iter();
        let labels = labels.filter_map(|(lang, it)| Some((Lang::new(lang), it.first().cloned()?)));
        let id = EntityId::new(&entity.id);
        self.by_id.entry(id.clone()).or_insert(row);
        self.rows.push(Entity {
            id,
            kind: entity.kind,
            names: labels.collect(),
        });
        for (names, abbreviation) in [(&entity.names, false), (&entity.abbreviations, true)] {
            for name in names.get(tag).into_iter().flatten() {
                let longest = self.heads.entry(head(name, 2).to_owned()).or_default();
                *longest = name.len().max(*longest);
                let value = Name { row, abbreviation };
                self.names.entry(name.clone()).or_insert(value);
            }
        }
        if let Some(family) = entity.family.get(tag) {
            self.families.entry(family.clone()).or_default().push(row);
        }
    }

    /// Returns the names of every sentence, in order.
    pub fn read(&self, document: &Document) -> Vec<Vec<NameMention>> {
        let mut known: Vec<usize> = Vec::new();
        let sentences = document.sentences.iter();
        sentences
            .map(|sentence| self.sentence(document, sentence, &mut known))
            .collect()
    }

    /// Returns the entities of that id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.by_id.get(id).map(|&it| &self.rows[it])
    }

    /// Returns the entities named in `mentions`.
    pub fn entities<'a>(
        &self,
        ids: impl Iterator<Item = &'a EntityId>,
    ) -> BTreeMap<EntityId, Entity> {
        ids.filter_map(|it| Some((it.clone(), self.entity(it)?.clone())))
            .collect()
    }

    /// Tells whether `text` consists of titles and other words that do not change who is named.
    pub fn is_title(&self, text: &str) -> bool {
        let bare = text.trim_matches(|it: char| !it.is_alphanumeric());
        bare.is_empty() || self.titles.contains(bare)
    }

    fn sentence(
        &self,
        document: &Document,
        sentence: &Sentence,
        known: &mut Vec<usize>,
    ) -> Vec<NameMention> {
        let text = document.slice(sentence, sentence.span());
        let offset = sentence.span().start();
        let mut mentions: Vec<NameMention> = Vec::new();
        let mut done = offset;
        for (idx, token) in sentence.tokens.iter().enumerate() {
            let start = token.span.start();
            if start < done {
                continue;
            }
            done = start + 1;
            let ends = sentence.tokens[idx..].iter().map(|it| it.span.end());
            let Some((end, name)) = self.longest(text, start - offset, ends.map(|it| it - offset))
            else {
                continue;
            };
            done = end + offset;
            if !name.abbreviation && !known.contains(&name.row) {
                known.push(name.row);
            }
            mentions.extend(self.mention(name.row, start, done));
        }
        self.families(document, sentence, known, &mut mentions);
        mentions.sort_by_key(|it| it.span);
        mentions
    }

    /// Returns the longest name in `text` that begins at `start` and ends at one of `ends`.
    fn longest(
        &self,
        text: &str,
        start: usize,
        ends: impl Iterator<Item = usize>,
    ) -> Option<(usize, Name)> {
        let rest = text.get(start..)?;
        let longest = [2, 1].map(|it| self.heads.get(head(rest, it)).copied().unwrap_or(0));
        let longest = longest[0].max(longest[1]);
        ends.take_while(|end| *end <= start + longest)
            .filter_map(|end| Some((end, *self.names.get(text.get(start..end)?)?)))
            .filter(|(end, name)| !name.abbreviation || self.beside_other(text, start, *end))
            .last()
    }

    fn mention(&self, row: usize, start: usize, end: usize) -> Option<NameMention> {
        let entity = &self.rows[row];
        Some(NameMention {
            span: Span::new(start, end)?,
            entity: entity.id.clone(),
            kind: entity.kind,
        })
    }

    /// An abbreviation in a non-alphabetic script counts by itself; others only beside another abbreviation or a joiner.
    fn beside_other(&self, text: &str, start: usize, end: usize) -> bool {
        let ideograph = text[start..end]
            .chars()
            .all(|it| ('\u{4e00}'..='\u{9fff}').contains(&it));
        let is_short = |it: char| {
            let mut buffer = [0; 4];
            let word: &str = it.encode_utf8(&mut buffer);
            self.names.get(word).is_some_and(|it| it.abbreviation)
        };
        let joiner = |it: char| it == '·' || it == '-' || it == '\u{318d}';
        let mut after = text[end..].chars();
        let mut before = text[..start].chars().rev();
        let next = after.next();
        let previous = before.next();
        let near = |it: Option<char>, beyond: Option<char>| match it {
            Some(it) if joiner(it) => beyond.is_some_and(is_short),
            Some(it) => is_short(it),
            None => false,
        };
        ideograph || near(next, after.next()) || near(previous, before.next())
    }

    /// Adds "family name + title" for people named in full before, or known to the catalog alone;
    /// and the bare family name after the full one, in languages that write so.
    fn families(
        &self,
        document: &Document,
        sentence: &Sentence,
        known: &[usize],
        out: &mut Vec<NameMention>,
    ) {
        for (idx, token) in sentence.tokens.iter().enumerate() {
            let family = document.slice(sentence, token.span);
            let Some(rows) = self.families.get(family) else {
                continue;
            };
            // A word that is a title, too, is taken for one ("former president", and a family name).
            let is_named = || out.iter().any(|it| it.span.overlaps(token.span));
            if self.titles.contains(family) || is_named() {
                continue;
            }
            let word = |at: usize| {
                let token = sentence.tokens.get(at);
                token.map_or("", |it| document.slice(sentence, it.span))
            };
            let titled = self.titles.contains(word(idx + 1));
            let bare = || {
                // After another first name it is somebody else's.
                let before = idx.checked_sub(1).map_or("", word);
                let named = before.starts_with(char::is_uppercase);
                let next = word(idx + 1).starts_with(char::is_uppercase);
                self.bare_family && !next && (!named || self.titles.contains(before))
            };
            let mut met = rows.iter().filter(|it| known.contains(it));
            let one = met.next().filter(|_| met.next().is_none());
            let only = rows.first().filter(|_| titled && rows.len() == 1);
            if let Some(&row) = one.filter(|_| titled || bare()).or(only) {
                out.extend(self.mention(row, token.span.start(), token.span.end()));
            }
        }
    }
}

/// Returns the first `count` characters of `text`.
fn head(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |it| it.0);
    &text[..end]
}

/// Tells whether that sort of thing can act.
pub fn can_act(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Place | EntityKind::Product)
}
