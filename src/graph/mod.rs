//! The causal timeline: merged events and the claims between them as a graph that can be walked.
//!
//! Walks go from effect to cause along `causes`, `enables`, `leads_to` and (backwards) `responds_to`; only asserted claims unless asked otherwise, and never a claim whose effect ends before its cause begins.
//! What contradicts itself is returned as data. This module knows no text, no RDF, and draws nothing.

mod order;
mod paths;
mod problems;
mod reach;

pub use paths::{Path, Walk};
pub use problems::{Contradiction, ContradictionKind};
pub use reach::Reachability;

use crate::model::{Confidence, EventId, EventView, Extent, Link, Relation, Strength};
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

/// Which claims are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GraphOptions {
    /// Also claims that are not asserted: hedged, conditional, implicit, attributed.
    pub include_hedged: bool,
    /// Only claims that a text states with a cue: nothing that a rule concluded.
    pub stated_only: bool,
    /// Only claims at least this sure.
    pub min_confidence: Confidence,
}

impl Default for GraphOptions {
    fn default() -> Self {
        Self {
            include_hedged: false,
            stated_only: false,
            min_confidence: Confidence::new(0),
        }
    }
}

impl GraphOptions {
    /// Tells whether `link` may be used as it is known, whatever its relation.
    pub fn admits(&self, link: &Link) -> bool {
        let known = if self.stated_only {
            link.asserted && link.strength == Strength::Explicit
        } else {
            link.asserted || self.include_hedged
        };
        known && self.min_confidence <= link.confidence
    }
}

/// What a claim is good for in a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// A step from cause to effect.
    Cause,
    /// Tells what a cause strengthened; ends a walk.
    Context,
    /// Only tells which came first.
    Order,
    /// Neither.
    Other,
}

/// A claim between two nodes, from the earlier to the later one.
#[derive(Clone, Copy, Debug)]
struct Edge {
    link: usize,
    used_as: Use,
}

/// Events and the claims between them.
///
/// ```
/// use backstory::graph::{CausalGraph, GraphOptions};
/// let graph = CausalGraph::new(&[], &[], GraphOptions::default());
/// assert!(graph.contradictions().is_empty());
/// ```
#[derive(Debug)]
pub struct CausalGraph<'a> {
    views: Vec<&'a EventView>,
    links: Vec<&'a Link>,
    index: FxHashMap<&'a EventId, NodeIndex>,
    net: DiGraph<Extent, Edge>,
    options: GraphOptions,
}

impl<'a> CausalGraph<'a> {
    /// Returns the graph of `views` and of those `links` whose both ends are among them.
    pub fn new(
        views: impl IntoIterator<Item = &'a EventView>,
        links: impl IntoIterator<Item = &'a Link>,
        options: GraphOptions,
    ) -> Self {
        let mut views: Vec<&EventView> = views.into_iter().collect();
        views.sort_by(|a, b| a.event.id.cmp(&b.event.id));
        views.dedup_by(|a, b| a.event.id == b.event.id);
        let links: Vec<&Link> = links.into_iter().collect();
        let mut net = DiGraph::with_capacity(views.len(), links.len());
        let mut index = FxHashMap::default();
        for view in &views {
            index.insert(&view.event.id, net.add_node(view.event.when.extent()));
        }
        let mut graph = Self {
            views,
            links,
            index,
            net,
            options,
        };
        for at in 0..graph.links.len() {
            let link = graph.links[at];
            let ends = link.in_time_order();
            let ends = ends.and_then(|(a, b)| Some((graph.node(a)?, graph.node(b)?)));
            let Some((earlier, later)) = ends.filter(|(a, b)| a != b) else {
                continue;
            };
            let used_as = graph.use_of(link, earlier, later);
            graph
                .net
                .add_edge(earlier, later, Edge { link: at, used_as });
        }
        graph
    }

    /// Returns the merged view of `event`.
    pub fn view(&self, event: &EventId) -> Option<&'a EventView> {
        self.node(event).map(|it| self.views[it.index()])
    }

    /// Returns every claim that ends at or begins from `event`, in the order of the story.
    pub fn links_of(&self, event: &EventId) -> Vec<&'a Link> {
        let Some(node) = self.node(event) else {
            return Vec::new();
        };
        let both = [Direction::Incoming, Direction::Outgoing];
        let edges = both
            .iter()
            .flat_map(|it| self.net.edges_directed(node, *it));
        let mut at: Vec<usize> = edges.map(|it| it.weight().link).collect();
        at.sort_unstable();
        at.iter().map(|it| self.links[*it]).collect()
    }

    /// Returns the claims by which `event` directly brought something about, surest first.
    pub fn direct_effects(&self, event: &EventId) -> Vec<&'a Link> {
        let Some(node) = self.node(event) else {
            return Vec::new();
        };
        let steps = self.steps(node, Direction::Outgoing);
        let causes = steps.iter().filter(|it| it.used_as == Use::Cause);
        causes.map(|it| self.links[it.link]).collect()
    }

    /// Returns the causal closure, which outlives the story it was made from.
    pub fn reachability(&self) -> Reachability {
        let ids = self.views.iter().map(|it| it.event.id.clone());
        let edges = self.net.edge_references();
        let causal = edges.filter(|it| it.weight().used_as == Use::Cause);
        Reachability::new(ids, causal.map(|it| (it.source(), it.target())))
    }

    fn node(&self, event: &EventId) -> Option<NodeIndex> {
        self.index.get(event).copied()
    }

    fn id(&self, node: NodeIndex) -> &'a EventId {
        &self.views[node.index()].event.id
    }

    /// Tells whether the later side is over before the earlier one begins, or goes on since a time before that.
    fn is_backwards(&self, earlier: NodeIndex, later: NodeIndex) -> bool {
        let (earlier, later) = (self.net[earlier], self.net[later]);
        let lasts = later.end.latest.is_none();
        later.is_before(earlier) || lasts && later.begins_before(earlier)
    }

    fn use_of(&self, link: &Link, earlier: NodeIndex, later: NodeIndex) -> Use {
        let admitted = self.options.admits(link);
        match link.relation {
            Relation::Contains | Relation::Reports | Relation::About => Use::Other,
            // An order that only the form of clauses suggests moves nothing in a timeline.
            Relation::Before if !admitted => Use::Other,
            _ if self.is_backwards(earlier, later) => Use::Other,
            relation if relation.is_causal() && admitted => Use::Cause,
            Relation::Strengthens if admitted => Use::Context,
            _ => Use::Order,
        }
    }

    /// Returns the best causal or context claim to each neighbour, surest first.
    fn steps(&self, node: NodeIndex, direction: Direction) -> Vec<Step> {
        let mut best: Vec<Step> = Vec::new();
        for edge in self.net.edges_directed(node, direction) {
            let used_as = edge.weight().used_as;
            if !matches!(used_as, Use::Cause | Use::Context) {
                continue;
            }
            let to = match direction {
                Direction::Incoming => edge.source(),
                Direction::Outgoing => edge.target(),
            };
            best.push(Step {
                to,
                link: edge.weight().link,
                used_as,
            });
        }
        let rank = |it: &Step| {
            let link = self.links[it.link];
            let basis = (!link.asserted, link.strength);
            let sure = std::cmp::Reverse(link.confidence);
            (it.used_as == Use::Context, basis, sure, it.link)
        };
        best.sort_by_key(|it| (it.to, rank(it)));
        best.dedup_by_key(|it| it.to);
        best.sort_by_key(|it| {
            let sure = std::cmp::Reverse(self.links[it.link].confidence);
            (sure, rank(it), it.to)
        });
        best
    }
}

/// One possible step of a walk.
#[derive(Clone, Copy, Debug)]
struct Step {
    to: NodeIndex,
    link: usize,
    used_as: Use,
}
