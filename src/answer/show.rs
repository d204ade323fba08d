//! All there is about one event: its mentions in their context and its claims.

use super::teller::Teller;
use crate::model::{EventId, EventView, Lang, Link, Mention, Place};
use crate::{Result, answer::Options};

/// All there is about one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The merged event; `why_merged` says why its members are one.
    pub view: EventView,
    /// Every mention, the best one first.
    pub mentions: Vec<ShownMention>,
    /// Claims that end at it: its causes, and what reversed or strengthened it.
    pub links_in: Vec<Link>,
    /// Claims that begin from it.
    pub links_out: Vec<Link>,
}

/// A mention with the sentences around it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownMention {
    /// The mention.
    pub mention: Mention,
    /// Its sentence and those around it, in order.
    pub context: Vec<Place>,
    /// The number of its sentence in its article, from 1; `None` if the sentence is not among those read.
    pub number: Option<usize>,
}

impl Teller<'_> {
    /// Returns all there is about the event `id`, with `context` sentences before and after each mention.
    ///
    /// # Errors
    ///
    /// If there is no such event.
    pub fn show(&self, id: &EventId, context: usize) -> Result<Shown> {
        let at = Options {
            at: Some(id.clone()),
            ..Options::default()
        };
        let found = self.resolve("", &Lang::new("und"), &at)?;
        let lost = || crate::Error::not_found(format!("no event `{id}`"));
        let view = self.view(&found.event).ok_or_else(lost)?.clone();
        let id = Some(&view.event.id);
        let ending = |it: &&Link| it.to.event.as_ref() == id;
        let beginning = |it: &&Link| it.from.event.as_ref() == id;
        let mentions = view.event.mentions().iter();
        let mentions = mentions.map(|it| self.in_context(it, context)).collect();
        Ok(Shown {
            mentions,
            links_in: self.links.iter().filter(ending).cloned().collect(),
            links_out: self.links.iter().filter(beginning).cloned().collect(),
            view,
        })
    }

    fn in_context(&self, mention: &Mention, around: usize) -> ShownMention {
        let evidence = &mention.evidence;
        let own = Place::new(evidence.place.field, evidence.sentence);
        let reading = self.story.readings.get(&evidence.article);
        let sentences = reading.map_or(&[][..], |it| &it.sentences);
        let at = sentences.iter().position(|it| it.overlaps(own));
        let context = match at {
            None => vec![own],
            Some(at) => {
                let last = at.saturating_add(around).saturating_add(1);
                let near = at.saturating_sub(around)..last.min(sentences.len());
                let near = sentences[near].iter().copied();
                near.filter(|it| it.field == own.field).collect()
            }
        };
        ShownMention {
            mention: mention.clone(),
            context,
            number: at.map(|it| it + 1),
        }
    }
}
