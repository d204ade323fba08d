//! The word list of a language whose words stand apart: possible tags and dictionary forms per word.
//!
//! Reads lines on demand through an index of offsets, so that loading stays in milliseconds; does not choose between tags.

use crate::{Error, Result, text::Tag};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Names of tags by number; a set of tags is then one word of bits.
#[derive(Clone, Debug, Default)]
pub(super) struct TagNames {
    names: Vec<Tag>,
    ids: FxHashMap<Tag, u8>,
}

impl TagNames {
    /// Numbers `names`; those after the 64th are left out.
    pub(super) fn new(names: &[String]) -> Self {
        let names: Vec<Tag> = names.iter().take(64).map(|it| Tag::new(it)).collect();
        let ids = names.iter().zip(0u8..).map(|(&tag, id)| (tag, id));
        Self {
            ids: ids.collect(),
            names,
        }
    }

    /// Returns the number of the tag written `name`.
    pub(super) fn id(&self, name: &str) -> Option<u8> {
        self.ids.get(&Tag::new(name)).copied()
    }

    /// Returns the tag numbered `id`.
    pub(super) fn tag(&self, id: u8) -> Tag {
        self.names.get(usize::from(id)).copied().unwrap_or_default()
    }

    /// Returns the set of the tags written `pattern`; a trailing `*` stands for any ending.
    pub(super) fn mask(&self, pattern: &str) -> u64 {
        let hit = |name: &Tag| match pattern.strip_suffix('*') {
            Some(head) => name.as_str().starts_with(head),
            None => name.as_str() == pattern,
        };
        let bits = self.names.iter().enumerate().filter(|(_, it)| hit(it));
        bits.fold(0, |mask, (idx, _)| mask | 1 << idx)
    }
}

/// What the list says of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    /// Its most frequent tag.
    pub(super) first: u8,
    /// All its tags, as bits.
    pub(super) mask: u64,
    /// Its dictionary form as a verb; empty if it is the word itself.
    pub(super) verb: &'a str,
    /// Its dictionary form as a noun or adjective; empty if it is the word itself.
    pub(super) noun: &'a str,
}

/// The word list.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    text: String,
    /// Open addressing: offset of the line plus one, or 0.
    slots: Vec<u32>,
}

impl Lexicon {
    /// Indexes `bytes`: lines of `form<TAB>tags<TAB>verb lemma<TAB>noun lemma`.
    pub(super) fn new(path: &str, bytes: &[u8]) -> Result<Self> {
        let wrong = |what: String| {
            Error::usage(format!("{path}: {what}")).hint(
                "expected UTF-8 lines of form, tags, verb lemma and noun lemma, tab-separated",
            )
        };
        let text = String::from_utf8(bytes.to_vec()).map_err(|it| wrong(it.to_string()))?;
        if u32::try_from(text.len()).is_err() {
            return Err(wrong(format!(
                "{} bytes, wanted less than 4 GiB",
                text.len()
            )));
        }
        let lines = text.bytes().filter(|it| *it == b'\n').count() + 1;
        let mut lexicon = Self {
            slots: vec![0; (lines * 2).next_power_of_two()],
            text: String::new(),
        };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if let Some((form, _)) = line.split_once('\t') {
                let mut slot = lexicon.slot(form);
                while lexicon.slots[slot] != 0 {
                    slot = (slot + 1) % lexicon.slots.len();
                }
                lexicon.slots[slot] = u32::try_from(at + 1).unwrap_or(0);
            }
            at += line.len();
        }
        lexicon.text = text;
        Ok(lexicon)
    }

    /// Returns what the list says of `form`, in lower case.
    pub(super) fn get(&self, form: &str, names: &TagNames) -> Option<Entry<'_>> {
        let mut slot = self.slot(form);
        loop {
            let at = (self.slots[slot] as usize).checked_sub(1)?;
            let rest = self.text.get(at..).unwrap_or("");
            if let Some(rest) = rest.strip_prefix(form).and_then(|it| it.strip_prefix('\t')) {
                return Some(Self::entry(rest, names));
            }
            slot = (slot + 1) % self.slots.len();
        }
    }

    fn entry<'a>(rest: &'a str, names: &TagNames) -> Entry<'a> {
        let line = rest.split('\n').next().unwrap_or("");
        let mut cells = line.split('\t');
        let mut ids = cells.next().unwrap_or("").split(' ');
        let ids = ids.by_ref().filter_map(|it| names.id(it));
        let (mut first, mut mask) = (None, 0);
        for id in ids {
            first = first.or(Some(id));
            mask |= 1 << id;
        }
        Entry {
            first: first.unwrap_or(0),
            mask,
            verb: cells.next().unwrap_or(""),
            noun: cells.next().unwrap_or(""),
        }
    }

    fn slot(&self, form: &str) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(form.as_bytes());
        // The table is far smaller than the numbers: cutting them is what is wanted.
        let hash = usize::try_from(hasher.finish() >> 20).unwrap_or(0);
        hash % self.slots.len()
    }
}
