//! Time order: by date, and where dates do not decide, cause before effect.

use super::{CausalGraph, Use};
use crate::model::EventId;
use chrono::NaiveDate;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How far the date of a later event reaches back through undated ones.
const ROUNDS: usize = 16;

/// Where an event stands before claims are looked at: undated ones last.
type Key = (NaiveDate, NaiveDate, NodeIndex);

impl CausalGraph<'_> {
    /// Returns `events` without repetitions in time order; what is not in the graph is left out.
    ///
    /// Law: of two events that a claim puts in order and dates do not contradict, the earlier comes first, unless such claims run in a circle.
    /// An event known only to be before another stands just before it. Ties are broken by id.
    pub fn time_order<'e>(&self, events: impl IntoIterator<Item = &'e EventId>) -> Vec<EventId> {
        let nodes: FxHashSet<NodeIndex> =
            events.into_iter().filter_map(|it| self.node(it)).collect();
        let mut nodes: Vec<NodeIndex> = nodes.into_iter().collect();
        nodes.sort_unstable();
        let keys = self.keys(&nodes);
        let mut waits: FxHashMap<NodeIndex, usize> = nodes
            .iter()
            .map(|it| (*it, self.sides(*it, Direction::Incoming, &keys).count()))
            .collect();
        let mut ready: BinaryHeap<Reverse<Key>> = BinaryHeap::new();
        ready.extend(
            nodes
                .iter()
                .filter(|it| waits[*it] == 0)
                .map(|it| Reverse(keys[it])),
        );
        let mut stuck: Vec<Key> = nodes.iter().map(|it| keys[it]).collect();
        stuck.sort_unstable();
        let mut stuck = stuck.into_iter();
        let mut done: FxHashSet<NodeIndex> = FxHashSet::default();
        let mut order = Vec::with_capacity(nodes.len());
        while order.len() < nodes.len() {
            // In a circle nothing is ready: the earliest of what remains goes first.
            let next = ready.pop().map(|it| it.0).or_else(|| stuck.next());
            let Some((.., node)) = next else { break };
            if !done.insert(node) {
                continue;
            }
            order.push(self.id(node).clone());
            for later in self.sides(node, Direction::Outgoing, &keys) {
                let count = waits.entry(later).or_default();
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(Reverse(keys[&later]));
                }
            }
        }
        order
    }

    /// Returns where each of `nodes` stands; an event without a beginning stands no later than what it precedes.
    fn keys(&self, nodes: &[NodeIndex]) -> FxHashMap<NodeIndex, Key> {
        let own = |node: NodeIndex| {
            let bounds = self.net[node].begin;
            let first = bounds.earliest.or(bounds.latest).unwrap_or(NaiveDate::MAX);
            (first, bounds.latest.unwrap_or(NaiveDate::MAX), node)
        };
        let mut keys: FxHashMap<NodeIndex, Key> = nodes.iter().map(|it| (*it, own(*it))).collect();
        let open: Vec<NodeIndex> = nodes
            .iter()
            .copied()
            .filter(|it| self.net[*it].begin.earliest.is_none())
            .collect();
        for _ in 0..ROUNDS {
            let mut changed = false;
            for node in &open {
                let next = self.sides(*node, Direction::Outgoing, &keys);
                let Some(first) = next.map(|it| keys[&it].0).min() else {
                    continue;
                };
                let key = keys[node];
                if first < key.0 {
                    keys.insert(*node, (first, key.1, key.2));
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        keys
    }

    /// Returns the neighbours among `keys` that a claim puts before or after `node`.
    fn sides<'k>(
        &'k self,
        node: NodeIndex,
        direction: Direction,
        keys: &'k FxHashMap<NodeIndex, Key>,
    ) -> impl Iterator<Item = NodeIndex> + 'k {
        let edges = self.net.edges_directed(node, direction);
        let ordering = edges.filter(|it| it.weight().used_as != Use::Other);
        let sides = ordering.map(move |it| match direction {
            Direction::Incoming => it.source(),
            Direction::Outgoing => it.target(),
        });
        sides.filter(|it| keys.contains_key(it))
    }
}
