//! Events in time order, all or those about something.

use super::{Options, Teller, Timeline, as_of};
use crate::Result;
use crate::graph::CausalGraph;
use crate::model::{EntityId, EventId, EventView, Lang, Link};
use std::collections::BTreeSet;

/// What a timeline is about; empty is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineQuery {
    /// Words that its events fit.
    pub words: Option<String>,
    /// Who or what takes part: a name or an entity's id.
    pub actor: Option<String>,
    /// An event around which it is drawn, as far as the options' `depth` of claims away.
    pub around: Option<EventId>,
}

impl Teller<'_> {
    /// Returns the events that `query` asks for, in time order, with the claims among them.
    ///
    /// Of the options it uses the dates, `depth` (with `around`), `include_hedged`, `stated_only` and `min_confidence`.
    ///
    /// # Errors
    ///
    /// If the event of `around` is not there, or no event fits the words.
    pub fn timeline(&self, query: &TimelineQuery, options: &Options) -> Result<Timeline> {
        if let Some(day) = options.as_of {
            let known = as_of(self.story, day);
            let options = Options {
                as_of: None,
                ..options.clone()
            };
            return Teller::new(&known, self.knowledge).timeline(query, &options);
        }
        let mut kept: Vec<&EventView> = self.views.iter().filter(|it| options.spans(it)).collect();
        if let Some(around) = &query.around {
            let near = self.around(around, options)?;
            kept.retain(|it| near.contains(&it.event.id));
        }
        if let Some(words) = &query.words {
            let fitting = self.fitting(words, options)?;
            kept.retain(|it| fitting.contains(&it.event.id));
        }
        if let Some(actor) = &query.actor {
            kept.retain(|it| self.involves(it, actor));
        }
        let graph = CausalGraph::new(kept.iter().copied(), &self.links, options.graph());
        let order = graph.time_order(kept.iter().map(|it| &it.event.id));
        let events = order.iter().filter_map(|it| graph.view(it)).cloned();
        let ids: BTreeSet<&EventId> = order.iter().collect();
        let admits = options.graph();
        let inside = |it: &&Link| {
            it.in_time_order()
                .is_some_and(|(a, b)| ids.contains(a) && ids.contains(b))
        };
        let links = self.links.iter().filter(inside);
        let links = links.filter(|it| admits.admits(it)).cloned();
        Ok(Timeline {
            events: events.collect(),
            links: links.collect(),
        })
    }

    /// Returns the events at most `depth` claims away from `event`.
    fn around(&self, event: &EventId, options: &Options) -> Result<BTreeSet<EventId>> {
        let begin = Options {
            at: Some(event.clone()),
            ..Options::default()
        };
        let begin = self.resolve("", &Lang::new("und"), &begin)?.event;
        let graph = CausalGraph::new(&self.views, &self.links, options.graph());
        let admits = options.graph();
        let mut near = BTreeSet::from([begin.clone()]);
        let mut front = vec![begin];
        for _ in 0..options.depth {
            let links = front.iter().flat_map(|it| graph.links_of(it));
            let links = links.filter(|it| admits.admits(it));
            let ends = links.filter_map(|it| it.in_time_order());
            let ends: BTreeSet<&EventId> = ends.flat_map(|(a, b)| [a, b]).collect();
            let new = ends.into_iter().filter(|it| near.insert((*it).clone()));
            front = new.cloned().collect();
        }
        Ok(near)
    }

    fn fitting(&self, words: &str, options: &Options) -> Result<BTreeSet<EventId>> {
        let lang = self.lang(words, options.lang.as_ref());
        let fitting = self.find(words, Some(&lang));
        if fitting.is_empty() {
            // Says that nothing fits, unless the words are an id.
            let any = Options::default();
            let found = self.resolve(words, &lang, &any)?;
            return Ok(BTreeSet::from([found.event]));
        }
        Ok(fitting.into_iter().map(|it| it.id).collect())
    }

    /// Tells whether `actor`, a name in any language or an id, takes part.
    fn involves(&self, view: &EventView, actor: &str) -> bool {
        let actor = actor.trim().to_lowercase();
        let same = |name: &str| name.to_lowercase() == actor;
        let mut known = self.knowledge.catalog.entities.iter().filter(|row| {
            let names = row.names.values().chain(row.abbreviations.values());
            same(&row.id) || names.flatten().any(|it| same(it))
        });
        let row = known.next().map(|it| it.id.as_str());
        let taking_part = view.event.participants.iter().filter(|it| !it.negated);
        let mut taking_part = taking_part.filter(|it| !actor.is_empty() && it.amount.is_none());
        taking_part.any(|it| {
            let id = it.entity.as_ref().map(EntityId::as_str);
            let named = id.is_some() && (id == row || id.is_some_and(same));
            named || it.text.to_lowercase().contains(&actor)
        })
    }
}
