//! Closure over causes: which events led to an event, and to which it led.
//!
//! The virtual predicate `bst:ledTo` answers from here. An event is among its own causes only if causes run in a circle, as with the property path `+`.

use crate::model::EventId;
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Dfs, Reversed, Walker};
use rustc_hash::FxHashMap;

/// Which events are connected by causes, one step or more.
#[derive(Clone, Debug)]
pub struct Reachability {
    net: DiGraph<EventId, ()>,
    index: FxHashMap<EventId, NodeIndex>,
}

impl Reachability {
    /// Returns the closure of `edges` (cause, effect), whose ends count the `ids` from 0.
    pub(super) fn new(
        ids: impl Iterator<Item = EventId>,
        edges: impl Iterator<Item = (NodeIndex, NodeIndex)>,
    ) -> Self {
        let mut net = DiGraph::new();
        let mut index = FxHashMap::default();
        for id in ids {
            index.insert(id.clone(), net.add_node(id));
        }
        let mut pairs: Vec<_> = edges.collect();
        pairs.sort_unstable();
        pairs.dedup();
        for (cause, effect) in pairs {
            net.add_edge(cause, effect, ());
        }
        Self { net, index }
    }

    /// Returns every event that led to `event`, sorted.
    ///
    /// Costs what it returns, plus one bit for each event of the story.
    pub fn causes(&self, event: &EventId) -> Vec<&EventId> {
        self.closure(event, Direction::Incoming)
    }

    /// Returns every event that `event` led to, sorted.
    pub fn effects(&self, event: &EventId) -> Vec<&EventId> {
        self.closure(event, Direction::Outgoing)
    }

    /// Tells whether `cause` led to `effect`, in one step or more.
    pub fn led_to(&self, cause: &EventId, effect: &EventId) -> bool {
        self.causes(effect).binary_search(&cause).is_ok()
    }

    /// Returns every event that led to some other, or to which some other led.
    pub fn events(&self) -> impl Iterator<Item = &EventId> {
        let linked = |it: &NodeIndex| self.net.neighbors_undirected(*it).next().is_some();
        self.net
            .node_indices()
            .filter(linked)
            .map(|it| &self.net[it])
    }

    fn closure(&self, event: &EventId, direction: Direction) -> Vec<&EventId> {
        let Some(&node) = self.index.get(event) else {
            return Vec::new();
        };
        let mut dfs = Dfs::empty(&self.net);
        dfs.stack
            .extend(self.net.neighbors_directed(node, direction));
        let mut found: Vec<&EventId> = match direction {
            Direction::Outgoing => dfs.iter(&self.net).map(|it| &self.net[it]).collect(),
            Direction::Incoming => {
                let back = Reversed(&self.net);
                dfs.iter(back).map(|it| &self.net[it]).collect()
            }
        };
        found.sort_unstable();
        found
    }
}
