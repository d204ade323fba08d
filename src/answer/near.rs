//! The part of a story around an event: an answer looks at no more than that.

use super::{Options, Teller, Verb};
use crate::graph::CausalGraph;
use crate::model::{EventId, EventView, Link};
use std::collections::BTreeSet;

/// The claims at each event, by the places of both in the story.
pub(super) struct Net {
    /// Where the claims of each event begin in `links`, and where the last one's end.
    starts: Vec<usize>,
    links: Vec<usize>,
}

impl Net {
    pub fn new(views: &[EventView], links: &[Link]) -> Self {
        let at = |id: &EventId| views.binary_search_by(|it| it.event.id.cmp(id)).ok();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (place, link) in links.iter().enumerate() {
            let ends = link.in_time_order().into_iter();
            let ends = ends.flat_map(|(a, b)| [at(a), at(b)]);
            pairs.extend(ends.flatten().map(|it| (it, place)));
        }
        pairs.sort_unstable();
        let starts = (0..=views.len())
            .map(|event| pairs.partition_point(|it| it.0 < event))
            .collect();
        Self {
            starts,
            links: pairs.into_iter().map(|it| it.1).collect(),
        }
    }

    /// Returns the places of the claims at the event at `event`.
    fn at(&self, event: usize) -> &[usize] {
        let end = self.starts.get(event + 1);
        let range = self.starts.get(event).zip(end);
        range.map_or(&[], |(from, to)| &self.links[*from..*to])
    }
}

impl Teller<'_> {
    /// Returns the claims whose one end is `event` and whose other end is another event.
    pub(super) fn links_at<'t>(&'t self, event: &EventId) -> impl Iterator<Item = &'t Link> + 't {
        let at = self.views.binary_search_by(|it| it.event.id.cmp(event));
        let places = at.map_or(&[][..], |it| self.net().at(it));
        places.iter().map(|it| &self.links[*it])
    }

    /// Returns the events that an answer about `event` can name: what a walk reaches, and two claims around.
    pub(super) fn near<'t>(
        &'t self,
        verb: Verb,
        event: &'t EventId,
        options: &Options,
    ) -> BTreeSet<&'t EventId> {
        let mut near = BTreeSet::from([event]);
        let mut front = vec![event];
        // What the first cause strengthened lies one step further.
        for _ in 0..=options.depth {
            let mut next = Vec::new();
            for link in front.iter().flat_map(|it| self.links_at(it)) {
                let Some((earlier, later)) = link.in_time_order() else {
                    continue;
                };
                let (from, to) = match verb {
                    Verb::Effects => (earlier, later),
                    Verb::Why | Verb::Path => (later, earlier),
                };
                let walked = link.relation.is_causal() || link.relation.from_is_later();
                if walked && near.contains(from) && near.insert(to) {
                    next.push(to);
                }
            }
            front = next;
        }
        let mut front = vec![event];
        for _ in 0..2 {
            front = self.others(&front);
            near.extend(&front);
        }
        near
    }

    /// Returns the other ends of the claims at `events`.
    pub(super) fn others<'t>(&'t self, events: &[&'t EventId]) -> Vec<&'t EventId> {
        let links = events.iter().flat_map(|it| self.links_at(it));
        let ends: BTreeSet<&EventId> = links
            .filter_map(|it| it.in_time_order())
            .flat_map(|(a, b)| [a, b])
            .collect();
        ends.into_iter().collect()
    }

    /// Returns the graph of `events` and the claims among them.
    pub(super) fn graph<'t>(
        &'t self,
        events: &BTreeSet<&'t EventId>,
        options: &Options,
    ) -> CausalGraph<'t> {
        let at = |id: &EventId| self.views.binary_search_by(|it| it.event.id.cmp(id)).ok();
        let places: BTreeSet<usize> = events.iter().filter_map(|it| at(it)).collect();
        let links: BTreeSet<usize> = places
            .iter()
            .flat_map(|it| self.net().at(*it))
            .copied()
            .collect();
        let views = places.iter().map(|it| &self.views[*it]);
        let links = links.iter().map(|it| &self.links[*it]);
        CausalGraph::new(views, links, options.graph())
    }
}
