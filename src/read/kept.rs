//! Facts by hand when their article is read again: those whose quotes are still in the text stay, the others are named.

use super::facts::{event_id, is_by_hand, take_claim_in, take_in};
use crate::model::{
    Article, Event, EventId, Evidence, Link, LinkEnd, LinkParts, Mention, Place, Reading, Span,
};
use std::collections::BTreeMap;

/// What became of the facts by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// How many events and claims stay.
    pub kept: usize,
    /// One line for each that does not: its rule, what it says, and why.
    pub dropped: Vec<String>,
}

/// Adds the facts by hand of `old` to `new`, a later reading of the same article.
///
/// A fact stays if its sentence still stands in the text, wherever that is, and a claim only with its two events.
pub fn carry_over(old: &Reading, new: &mut Reading) -> Kept {
    let mut kept = Kept::default();
    // Where the events of the old reading went.
    let mut moved: BTreeMap<EventId, EventId> = BTreeMap::new();
    for event in &old.events {
        let rule = &event.main_mention().evidence.rule;
        if !is_by_hand(rule) {
            let same = new
                .events
                .iter()
                .find(|it| tells_the_same(old, event, new, it));
            moved.extend(same.map(|it| (event.id.clone(), it.id.clone())));
            continue;
        }
        let Some(found) = moved_event(old, event, new) else {
            kept.dropped.push(format!(
                "{rule} \"{}\": its sentence is not in the article any more",
                event.label(&old.article.lang)
            ));
            continue;
        };
        moved.insert(event.id.clone(), found.id.clone());
        add_event(old, new, found);
        kept.kept += 1;
    }
    for link in old.links.iter().filter(|it| is_by_hand(&it.rule)) {
        match moved_link(old, link, new, &moved) {
            Some(link) => {
                kept.kept += 1;
                take_claim_in(new, link);
            }
            None => kept.dropped.push(format!(
                "{} \"{}\": its sentence or one of its events is not in the article any more",
                link.rule,
                link.relation.as_str()
            )),
        }
    }
    kept
}

fn add_event(old: &Reading, new: &mut Reading, event: Event) {
    for id in event
        .participants
        .iter()
        .filter_map(|it| it.entity.as_ref())
    {
        if let Some(entity) = old.entities.get(id) {
            new.entities
                .entry(id.clone())
                .or_insert_with(|| entity.clone());
        }
    }
    take_in(new, event);
}

/// Where a sentence stood, and where it stands now.
#[derive(Clone, Copy)]
struct Move {
    from: Place,
    to: Place,
}

impl Move {
    /// Finds the sentence at `from` of `old` in `new`: the place nearest to where it was.
    fn of(old: &Article, from: Place, new: &Article) -> Option<Self> {
        let quote = old.slice(from.field, from.span);
        let found = new.field(from.field).match_indices(quote);
        let (at, _) = found.min_by_key(|it| it.0.abs_diff(from.span.start()))?;
        let to = Place::new(from.field, Span::new(at, at + quote.len())?);
        Some(Self { from, to })
    }

    /// Returns where words of the sentence are now, `None` for words outside it.
    fn place(self, words: Place) -> Option<Place> {
        let start = words.span.start().checked_sub(self.from.span.start())?;
        let length = words.span.end() - words.span.start();
        let at = self.to.span.start() + start;
        let place = Place::new(words.field, Span::new(at, at + length)?);
        (self.from.contains(words) && self.to.contains(place)).then_some(place)
    }

    fn evidence(self, it: &Evidence, article: &Article) -> Option<Evidence> {
        Some(Evidence {
            article: article.id.clone(),
            place: self.place(it.place)?,
            sentence: self.to.span,
            rule: it.rule.clone(),
        })
    }
}

fn sentence(it: &Evidence) -> Place {
    Place::new(it.place.field, it.sentence)
}

/// Returns an event by hand as it stands in `new`.
fn moved_event(old: &Reading, event: &Event, new: &Reading) -> Option<Event> {
    let first = event.main_mention();
    let moving = Move::of(&old.article, sentence(&first.evidence), &new.article)?;
    let evidence = moving.evidence(&first.evidence, &new.article)?;
    let id = event_id(
        &new.article,
        &evidence.rule,
        &event.event_type,
        evidence.place,
    );
    let mention = Mention {
        evidence,
        attribution: first.attribution.clone(),
    };
    let event_type = event.event_type.clone();
    let mut found = Event::new(
        id,
        event_type,
        event.when.clone(),
        event.factuality,
        mention,
    );
    found.labels.clone_from(&event.labels);
    found.state.clone_from(&event.state);
    found.salience = event.salience;
    for it in &event.participants {
        let mut it = it.clone();
        it.place = moving.place(it.place)?;
        found.participants.push(it);
    }
    Some(found)
}

/// Returns a claim by hand as it stands in `new`.
fn moved_link(
    old: &Reading,
    link: &Link,
    new: &Reading,
    moved: &BTreeMap<EventId, EventId>,
) -> Option<Link> {
    let first = link.evidence().first()?;
    let moving = Move::of(&old.article, sentence(first), &new.article)?;
    let end = |it: &LinkEnd| {
        Some(LinkEnd {
            event: Some(moved.get(it.event.as_ref()?)?.clone()),
            trigger: it.trigger.and_then(|it| moving.place(it)),
            clause: None,
        })
    };
    let parts = LinkParts {
        from: end(&link.from)?,
        to: end(&link.to)?,
        relation: link.relation,
        strength: link.strength,
        confidence: link.confidence,
        asserted: link.asserted,
        cue: link.cue.clone(),
        cue_place: link.cue_place.and_then(|it| moving.place(it)),
        rule: link.rule.clone(),
        attribution: link.attribution.clone(),
    };
    Link::new(parts, vec![moving.evidence(first, &new.article)?])
}

/// Tells whether `b` of `new` is what the rules read as `a` in `old`: the same sort of event by the same words of the same sentence.
fn tells_the_same(old: &Reading, a: &Event, new: &Reading, b: &Event) -> bool {
    let words = |reading: &Reading, event: &Event| {
        let it = &event.main_mention().evidence;
        let slice = |span: Span| reading.article.slice(it.place.field, span).to_owned();
        (slice(it.place.span), slice(it.sentence))
    };
    a.event_type == b.event_type && words(old, a) == words(new, b)
}
