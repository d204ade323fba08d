//! Finds known names in sentences: people, organisations, countries, places, products.
//!
//! A family name with a title counts as the person ("CEO Huang"); unknown names are left to the event stage as they are written.

use crate::lang::{Catalog, Pack};
use crate::model::{Entity, EntityId, EntityKind, Lang, Span};
use crate::syntax::NameMention;
use crate::text::{Document, Sentence};
use crate::{Error, Result};
use aho_corasick::{AhoCorasick, MatchKind};
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
}

/// Finds the names of one language.
pub struct NameFinder {
    automaton: AhoCorasick,
    /// For each pattern: the row, and whether it is an abbreviation that only counts beside another.
    patterns: Vec<(usize, bool)>,
    rows: Vec<Entity>,
    families: FxHashMap<String, Vec<usize>>,
    titles: Vec<String>,
}

impl NameFinder {
    /// Returns the finder for the language of `pack`.
    ///
    /// # Errors
    ///
    /// If `names.toml` is wrong or there are too many names.
    pub fn new(pack: &Pack, catalog: &Catalog) -> Result<Self> {
        let file: NamesFile = pack.rows("names.toml")?;
        let tag = pack.lang.as_str();
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let (mut words, mut patterns, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut families: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (idx, row) in catalog.entities.iter().enumerate() {
            let first = |it: &Vec<String>| it.first().cloned();
            let names = row
                .names
                .iter()
                .filter_map(|(lang, it)| Some((Lang::new(lang), first(it)?)));
            rows.push(Entity {
                id: EntityId::new(&row.id),
                kind: row.kind,
                names: names.collect(),
            });
            let own = row
                .names
                .get(tag)
                .into_iter()
                .flatten()
                .map(|it| (it, false));
            let short = row
                .abbreviations
                .get(tag)
                .into_iter()
                .flatten()
                .map(|it| (it, true));
            for (name, abbreviation) in own.chain(short) {
                if seen.insert(name.clone()) {
                    words.push(name.clone());
                    patterns.push((idx, abbreviation));
                }
            }
            if let Some(family) = row.family.get(tag) {
                families.entry(family.clone()).or_default().push(idx);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&words)
            .map_err(|it| Error::usage(format!("data/entities.toml: {it}")))?;
        Ok(Self {
            automaton,
            patterns,
            rows,
            families,
            titles: file.titles,
        })
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
        self.rows.iter().find(|it| it.id == *id)
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
        bare.is_empty() || self.titles.iter().any(|it| it == bare)
    }

    fn sentence(
        &self,
        document: &Document,
        sentence: &Sentence,
        known: &mut Vec<usize>,
    ) -> Vec<NameMention> {
        let text = document.slice(sentence, sentence.span());
        let offset = sentence.span().start();
        let starts = |at: usize| {
            sentence
                .tokens
                .iter()
                .any(|it| it.span.start() == at + offset)
        };
        let ends = |at: usize| {
            sentence
                .tokens
                .iter()
                .any(|it| it.span.end() == at + offset)
        };
        let mut mentions: Vec<NameMention> = Vec::new();
        for found in self.automaton.find_iter(text) {
            let (row, abbreviation) = self.patterns[found.pattern().as_usize()];
            if !starts(found.start()) || !ends(found.end()) {
                continue;
            }
            if abbreviation && !self.beside_other(text, found.start(), found.end()) {
                continue;
            }
            if !abbreviation && !known.contains(&row) {
                known.push(row);
            }
            mentions.extend(self.mention(row, found.start() + offset, found.end() + offset));
        }
        self.families(document, sentence, known, &mut mentions);
        mentions.sort_by_key(|it| it.span);
        mentions
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
            let hit = self.automaton.find(word);
            hit.is_some_and(|hit| {
                hit.len() == word.len() && self.patterns[hit.pattern().as_usize()].1
            })
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

    /// Adds "family name + title" for people named in full before, or known to the catalog alone.
    fn families(
        &self,
        document: &Document,
        sentence: &Sentence,
        known: &[usize],
        out: &mut Vec<NameMention>,
    ) {
        for pair in sentence.tokens.windows(2) {
            let Some(rows) = self.families.get(document.slice(sentence, pair[0].span)) else {
                continue;
            };
            let title = document.slice(sentence, pair[1].span);
            if !self.titles.iter().any(|it| it == title)
                || out.iter().any(|it| it.span.overlaps(pair[0].span))
            {
                continue;
            }
            let named = rows.iter().find(|it| known.contains(it));
            let only = (rows.len() == 1).then(|| &rows[0]);
            if let Some(&row) = named.or(only) {
                out.extend(self.mention(row, pair[0].span.start(), pair[0].span.end()));
            }
        }
    }
}

/// Tells whether that sort of thing can act.
pub fn can_act(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Place | EntityKind::Product)
}
