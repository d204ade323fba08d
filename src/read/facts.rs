//! Facts by hand or from another program: JSON lines that name an article and quote its sentences.
//!
//! They go through the same door as what the rules read: every fact quotes its sentence, and a fact whose quote is not in the article is refused.
//! A row adds all of its facts or none; each carries the rule id `facts/<row id>`.

use super::{Options, Raw, finish, jsonl};
use crate::{
    Error, Result,
    lang::{Catalog, EventTypes, Packs},
    model::{
        Article, ArticleId, Certainty, Confidence, Edtf, Entity, EntityId, Event, EventId,
        EventTypeId, Evidence, Factuality, Field, Interval, Lang, Link, LinkEnd, LinkParts,
        Mention, Participant, Place, Reading, Relation, Role, RuleId, Span, Strength, When,
        hash_hex,
    },
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// What the ids of rules begin with.
const RULES: &str = "facts/";

/// One line of a facts file.
#[derive(Clone, Debug)]
pub struct Facts {
    /// `file:line`, for messages.
    pub place: String,
    /// The article that the facts are of.
    pub target: Target,
    rule: RuleId,
    row: Row,
}

/// Which article the facts of a row are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// One that the store has.
    Stored(ArticleId),
    /// The only article of a file, relative to the facts file.
    File(PathBuf),
    /// The one whose text the row brings along.
    Here,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Option<String>,
    article: Option<String>,
    path: Option<PathBuf>,
    text: Option<String>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
    lang: Option<String>,
    #[serde(default)]
    events: Vec<EventRow>,
    #[serde(default)]
    links: Vec<LinkRow>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventRow {
    key: String,
    #[serde(rename = "type")]
    event_type: String,
    sentence: String,
    trigger: String,
    label: Option<String>,
    date: Option<String>,
    certainty: Option<String>,
    factuality: Option<String>,
    #[serde(default)]
    participants: Vec<ParticipantRow>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParticipantRow {
    role: String,
    text: String,
    entity: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkRow {
    from: String,
    to: String,
    relation: String,
    sentence: String,
    cue: Option<String>,
    strength: Option<String>,
    /// 0 to 1.
    confidence: Option<f64>,
}

/// Returns the rows of `text`, the content of the facts file shown as `name`; a wrong line does not spoil the others.
pub fn parse(name: &str, text: &str) -> Vec<Result<Facts>> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(idx, line)| {
            let place = format!("{name}:{}", idx + 1);
            let row: Row = jsonl::parse(&place, line)?;
            let target = target(&place, name, &row)?;
            let id = row.id.clone().unwrap_or_else(|| (idx + 1).to_string());
            Ok(Facts {
                place,
                target,
                rule: RuleId::new(format!("{RULES}{id}")),
                row,
            })
        })
        .collect()
}

fn target(place: &str, file: &str, row: &Row) -> Result<Target> {
    match (&row.article, &row.path, &row.text) {
        (Some(id), None, None) => Ok(Target::Stored(ArticleId::new(id))),
        (None, Some(path), None) => {
            let folder = Path::new(file).parent().unwrap_or(Path::new(""));
            Ok(Target::File(folder.join(path)))
        }
        (None, None, Some(_)) => Ok(Target::Here),
        _ => Err(
            Error::input(format!("{place}: needs one of `article`, `path`, `text`"))
                .hint("name a stored article, a file, or give the text itself"),
        ),
    }
}

impl Facts {
    /// Returns the article of a row that brings its text along.
    ///
    /// # Errors
    ///
    /// If its date or language is wrong, or the row has no text.
    pub fn article(&self, options: &Options, packs: &Packs) -> Result<Article> {
        let raw = Raw {
            id: None,
            title: self.row.title.clone(),
            text: self.row.text.clone().unwrap_or_default(),
            published: self.row.published.clone(),
            source: self.row.source.clone(),
            url: self.row.url.clone(),
            lang: self.row.lang.clone(),
        };
        finish(&self.place, raw, options, packs)
    }

    /// Adds every fact of the row to `reading`; adding them twice changes nothing.
    ///
    /// # Errors
    ///
    /// If a quote is not in the article or a word is unknown; `reading` is left as it was.
    pub fn apply(&self, reading: &mut Reading, known: &Known<'_>) -> Result<()> {
        let mut draft = reading.clone();
        let mut keys = BTreeMap::new();
        for row in &self.row.events {
            let event = self.event(row, &draft, known)?;
            if keys.insert(row.key.as_str(), event.id.clone()).is_some() {
                return Err(self.wrong(&format!("two events with the key `{}`", row.key), ""));
            }
            for id in event
                .participants
                .iter()
                .filter_map(|it| it.entity.as_ref())
            {
                if let Some(entity) = entity(id, known.catalog) {
                    draft.entities.insert(id.clone(), entity);
                }
            }
            take_in(&mut draft, event);
        }
        for row in &self.row.links {
            let link = self.link(row, &keys, &draft)?;
            take_claim_in(&mut draft, link);
        }
        *reading = draft;
        Ok(())
    }

    fn event(&self, row: &EventRow, reading: &Reading, known: &Known<'_>) -> Result<Event> {
        let article = &reading.article;
        let quote = self.quote(article, &row.sentence)?;
        let trigger = self.inside(article, quote, &row.trigger)?;
        let sentence = whole(&reading.sentences, quote);
        let event_type = EventTypeId::new(&row.event_type);
        if known.types.get(&event_type).is_none() {
            let message = format!("unknown event type `{}`", row.event_type);
            return Err(self.wrong(&message, "docs/ontology.md lists them"));
        }
        let id = event_id(article, &self.rule, &event_type, trigger);
        let mention = Mention {
            evidence: self.evidence(article, trigger, sentence),
            attribution: Vec::new(),
        };
        let factuality = self.word(row.factuality.as_deref(), "actual", Factuality::from_word)?;
        let mut event = Event::new(id, event_type, self.when(row)?, factuality, mention);
        let label = row.label.as_deref().unwrap_or(&row.sentence);
        event.labels.insert(article.lang.clone(), label.to_owned());
        for row in &row.participants {
            event
                .participants
                .push(self.participant(row, article, sentence, known)?);
        }
        Ok(event)
    }

    fn participant(
        &self,
        row: &ParticipantRow,
        article: &Article,
        sentence: Place,
        known: &Known<'_>,
    ) -> Result<Participant> {
        if let Some(id) = &row.entity
            && known.catalog.entities.iter().all(|it| it.id != *id)
        {
            let message = format!("unknown entity `{id}`");
            return Err(self.wrong(
                &message,
                "data/entities.toml lists them; leave it out if there is none",
            ));
        }
        Ok(Participant {
            role: self.word(Some(&row.role), "", Role::from_word)?,
            place: self.inside(article, sentence, &row.text)?,
            text: row.text.clone(),
            entity: row.entity.as_ref().map(EntityId::new),
            negated: false,
            amount: None,
        })
    }

    fn when(&self, row: &EventRow) -> Result<When> {
        let Some(date) = &row.date else {
            return Ok(When::unstated(Interval::default()));
        };
        let edtf = Edtf::parse(date).filter(Edtf::is_ordered).ok_or_else(|| {
            let message = format!("`{date}` is no date of ISO 8601-2");
            self.wrong(
                &message,
                "write it as 2025, 2025-04, 2025-04-09, 2025-04/.. or 2025-04~",
            )
        })?;
        let usual = if edtf.is_approximate() {
            "approximate"
        } else {
            "exact"
        };
        let certainty = self.word(row.certainty.as_deref(), usual, Certainty::from_word)?;
        Ok(When::dated(edtf, certainty))
    }

    fn link(
        &self,
        row: &LinkRow,
        keys: &BTreeMap<&str, EventId>,
        reading: &Reading,
    ) -> Result<Link> {
        let article = &reading.article;
        let quote = self.quote(article, &row.sentence)?;
        let cue_place = match &row.cue {
            Some(cue) => Some(self.inside(article, quote, cue)?),
            None => None,
        };
        let sentence = whole(&reading.sentences, quote);
        let strength = self.word(row.strength.as_deref(), "explicit", Strength::from_word)?;
        let asserted = matches!(strength, Strength::Explicit | Strength::Derived);
        let end = |key: &str| self.end(key, keys, reading, sentence);
        let parts = LinkParts {
            from: end(&row.from)?,
            to: end(&row.to)?,
            relation: self.word(Some(&row.relation), "", Relation::from_word)?,
            strength,
            confidence: self.confidence(row.confidence, asserted)?,
            asserted,
            cue: row.cue.clone().unwrap_or_default(),
            cue_place,
            rule: self.rule.clone(),
            attribution: Vec::new(),
        };
        let evidence = self.evidence(article, cue_place.unwrap_or(sentence), sentence);
        Link::new(parts, vec![evidence]).ok_or_else(|| self.wrong("a link without a quote", ""))
    }

    /// Returns the side of a link that `key` names: an event of this row, or the id of one of the article.
    fn end(
        &self,
        key: &str,
        keys: &BTreeMap<&str, EventId>,
        reading: &Reading,
        sentence: Place,
    ) -> Result<LinkEnd> {
        let id = keys.get(key).map_or(key, EventId::as_str);
        let event = reading.events.iter().find(|it| it.id.as_str() == id);
        let event = event.ok_or_else(|| {
            self.wrong(
                &format!("no event `{key}`"),
                "use the `key` of an event of this line",
            )
        })?;
        let mentions = event.mentions().iter().map(|it| it.evidence.place);
        Ok(LinkEnd {
            event: Some(event.id.clone()),
            trigger: mentions.into_iter().find(|it| sentence.contains(*it)),
            clause: None,
        })
    }

    fn confidence(&self, given: Option<f64>, asserted: bool) -> Result<Confidence> {
        let value = given.unwrap_or(if asserted { 0.9 } else { 0.6 });
        if !(0.0..=1.0).contains(&value) {
            return Err(self.wrong(&format!("confidence {value} is not within 0 and 1"), ""));
        }
        Ok(Confidence::from_probability(value))
    }

    /// Returns where `quote` stands in the article, its text first.
    fn quote(&self, article: &Article, quote: &str) -> Result<Place> {
        let fields = [Field::Text, Field::Title];
        let found = fields.iter().find_map(|field| {
            let at = article.field(*field).find(quote)?;
            Some(Place::new(*field, Span::new(at, at + quote.len())?))
        });
        found.ok_or_else(|| {
            let message = format!("the article {} has no sentence `{quote}`", article.id);
            self.wrong(
                &message,
                "copy the sentence from the article, character by character",
            )
        })
    }

    /// Returns where `words` stand inside `sentence`.
    fn inside(&self, article: &Article, sentence: Place, words: &str) -> Result<Place> {
        let text = article.slice(sentence.field, sentence.span);
        let span = text
            .find(words)
            .and_then(|at| Span::new(at, at + words.len()));
        let span = span.ok_or_else(|| {
            self.wrong(
                &format!("`{words}` is not in its sentence `{text}`"),
                "quote words of the sentence",
            )
        })?;
        Ok(Place::new(
            sentence.field,
            span.shift(sentence.span.start()),
        ))
    }

    /// Returns the value of the word `given`, or of `usual`.
    fn word<T>(&self, given: Option<&str>, usual: &str, from: fn(&str) -> Option<T>) -> Result<T> {
        let word = given.unwrap_or(usual);
        from(word).ok_or_else(|| {
            self.wrong(
                &format!("unknown word `{word}`"),
                "docs/facts.md lists the words of every key",
            )
        })
    }

    fn evidence(&self, article: &Article, place: Place, sentence: Place) -> Evidence {
        Evidence {
            article: article.id.clone(),
            place,
            sentence: sentence.span,
            rule: self.rule.clone(),
        }
    }

    fn wrong(&self, message: &str, hint: &str) -> Error {
        let error = Error::input(format!("{}: {message}", self.place));
        if hint.is_empty() {
            error
        } else {
            error.hint(hint)
        }
    }
}

/// What facts may refer to.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The event types.
    pub types: &'a EventTypes,
    /// The entities.
    pub catalog: &'a Catalog,
}

fn entity(id: &EntityId, catalog: &Catalog) -> Option<Entity> {
    let row = catalog.entities.iter().find(|it| it.id == id.as_str())?;
    let first =
        |(lang, names): (&String, &Vec<String>)| Some((Lang::new(lang), names.first()?.clone()));
    Some(Entity {
        id: id.clone(),
        kind: row.kind,
        names: row.names.iter().filter_map(first).collect(),
    })
}

/// Tells whether a fact of that rule came in by this door.
pub(super) fn is_by_hand(rule: &RuleId) -> bool {
    rule.as_str().starts_with(RULES)
}

/// Returns the id of the event that a fact of `rule` tells with the words at `trigger`.
pub(super) fn event_id(
    article: &Article,
    rule: &RuleId,
    event_type: &EventTypeId,
    trigger: Place,
) -> EventId {
    let place = format!("{}:{}", trigger.field.as_str(), trigger.span.start());
    let parts = [
        article.id.as_str(),
        rule.as_str(),
        event_type.as_str(),
        &place,
    ];
    EventId::new(format!("e:{}", hash_hex(&parts, 12)))
}

/// Adds an event by hand; it takes the place of what the rules read in the same words, whose other mentions and claims it keeps.
pub(super) fn take_in(reading: &mut Reading, mut event: Event) {
    let at = event.main_mention().evidence.clone();
    let sentence = Place::new(at.place.field, at.sentence);
    if !reading.sentences.iter().any(|it| it.contains(sentence)) {
        reading.sentences.push(sentence);
        reading.sentences.sort();
    }
    if reading.events.iter().any(|it| it.id == event.id) {
        return;
    }
    let same_words = |it: &Mention| it.evidence.place.overlaps(at.place);
    let read = reading.events.iter().position(|it| {
        !is_by_hand(&it.main_mention().evidence.rule) && it.mentions().iter().any(same_words)
    });
    if let Some(read) = read.map(|it| reading.events.remove(it)) {
        for mention in read.mentions().iter().filter(|it| !same_words(it)) {
            event.add_mention(mention.clone());
        }
        if event.event_type == read.event_type {
            event.state.clone_from(&read.state);
        }
        for link in &mut reading.links {
            for end in [&mut link.from, &mut link.to] {
                if end.event.as_ref() == Some(&read.id) {
                    end.event = Some(event.id.clone());
                }
            }
        }
    }
    reading.events.push(event);
}

/// Adds a claim by hand; it takes the place of the same claim as the rules read it in the same sentence.
pub(super) fn take_claim_in(reading: &mut Reading, link: Link) {
    let ends = |it: &Link| (it.from.event.clone(), it.to.event.clone(), it.relation);
    let sentence = |it: &Link| it.evidence().first().map(|it| it.sentence);
    let (told, place) = (ends(&link), sentence(&link));
    reading
        .links
        .retain(|it| is_by_hand(&it.rule) || ends(it) != told || sentence(it) != place);
    if !reading.links.contains(&link) {
        reading.links.push(link);
    }
}

/// Returns the sentence that a quote is part of; a quote of several is taken as it is.
fn whole(sentences: &[Place], quote: Place) -> Place {
    let holds = sentences.iter().find(|it| it.contains(quote));
    holds.copied().unwrap_or(quote)
}
