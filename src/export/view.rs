//! What a format is given: the content, the story behind it, the words, the options.

use super::Words;
use crate::answer::{Answer, Timeline};
use crate::model::{
    Entity, EntityId, EventId, EventView, Evidence, Lang, Link, Participant, Span, Story,
};
use std::collections::BTreeMap;

/// One event with everything known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The event.
    pub event: EventView,
    /// Claims that have it at one end.
    pub links: Vec<Link>,
    /// The events at their other ends.
    pub neighbours: BTreeMap<EventId, EventView>,
    /// For each mention whose surroundings are wanted, the text from the first to the last sentence around it.
    pub context: BTreeMap<Evidence, Span>,
}

/// What a search can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitKind {
    /// An event.
    Event,
    /// Somebody or something that takes part.
    Actor,
    /// An article.
    Article,
}

impl HitKind {
    /// Returns the word used in JSON and for `--type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Actor => "actor",
            Self::Article => "article",
        }
    }
}

/// One thing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What sort of thing.
    pub kind: HitKind,
    /// Its identifier.
    pub id: String,
    /// Its line.
    pub label: String,
    /// EDTF of an event, publication day of an article.
    pub date: Option<String>,
    /// How well it fits; the best hit has the greatest.
    pub score: f64,
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The words searched for.
    pub question: String,
    /// Best first.
    pub hits: Vec<Hit>,
}

/// What is to be written.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// Of `why`, `effects`, `path`.
    Answer(&'a Answer),
    /// Of `timeline`.
    Timeline(&'a Timeline),
    /// Of `show`.
    Show(&'a Shown),
    /// Of `find`.
    Found(&'a Found),
}

impl Content<'_> {
    /// Returns the word that [`super::Exporter::kinds`] uses.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Answer(_) => "answer",
            Self::Timeline(_) => "timeline",
            Self::Show(_) => "show",
            Self::Found(_) => "find",
        }
    }
}

/// How much evidence is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// None.
    None,
    /// The first sentences, shortened.
    #[default]
    Short,
    /// Every sentence, whole.
    All,
}

impl Detail {
    /// Returns the value of `none`, `short` or `all`.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "none" => Some(Self::None),
            "short" => Some(Self::Short),
            "all" => Some(Self::All),
            _ => None,
        }
    }
}

/// How text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Cells of the terminal; clamped to 60..=100.
    pub width: usize,
    /// Only ASCII in what is not text of articles, labels or words of the language.
    pub ascii: bool,
    /// Adds ANSI colours; words carry the same.
    pub colour: bool,
    /// Shortens nothing: for files and pipes, where lines have no end.
    pub whole: bool,
    /// How much evidence is printed.
    pub evidence: Detail,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 79,
            ascii: false,
            colour: false,
            whole: false,
            evidence: Detail::Short,
        }
    }
}

/// Everything a format needs.
pub struct View<'a> {
    /// What is to be written.
    pub content: Content<'a>,
    /// Articles, quotes, names.
    pub story: &'a Story,
    /// The words of the language to write in.
    pub words: &'a Words,
    /// How text is laid out.
    pub options: Options,
    /// The flags by which the next command finds the same story, as ` --in news`; empty if it needs none.
    pub again: &'a str,
    /// Names an event in RDF.
    pub iri: &'a dyn Fn(&EventId) -> String,
    entities: BTreeMap<&'a EntityId, &'a Entity>,
}

impl<'a> View<'a> {
    /// Returns the view of `content` with the default options.
    pub fn new(content: Content<'a>, story: &'a Story, words: &'a Words) -> Self {
        let entities = story.readings.values().flat_map(|it| &it.entities);
        Self {
            content,
            story,
            words,
            options: Options::default(),
            again: "",
            iri: &default_iri,
            entities: entities.collect(),
        }
    }

    /// Returns the same view laid out by `options`.
    #[must_use]
    pub fn with_options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// Returns the same view whose story the flags `again` find.
    #[must_use]
    pub fn with_again(self, again: &'a str) -> Self {
        Self { again, ..self }
    }

    /// Returns the same view with events named by `iri`.
    #[must_use]
    pub fn with_iri(self, iri: &'a dyn Fn(&EventId) -> String) -> Self {
        Self { iri, ..self }
    }

    /// Returns the language to write in.
    pub fn lang(&self) -> &'a Lang {
        self.words.lang()
    }

    /// Returns the name of who or what takes part: the known one in the view's language, else the words as written.
    pub fn name<'b>(&self, it: &'b Participant) -> &'b str
    where
        'a: 'b,
    {
        let known = it.entity.as_ref().and_then(|id| self.entity_name(id));
        known.unwrap_or(&it.text)
    }

    /// Returns the known name of `id` in the view's language, or in any.
    pub fn entity_name(&self, id: &EntityId) -> Option<&'a str> {
        let names = &self.entity(id)?.names;
        let name = names.get(self.lang()).or_else(|| names.values().next());
        name.map(String::as_str)
    }

    /// Returns the known entity of that id.
    pub fn entity(&self, id: &EntityId) -> Option<&'a Entity> {
        self.entities.get(id).copied()
    }
}

fn default_iri(id: &EventId) -> String {
    let id = id.as_str();
    let name = id.strip_prefix("e:").unwrap_or(id);
    format!("https://w3id.org/backstory/event/{name}")
}
