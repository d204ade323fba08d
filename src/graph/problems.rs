//! What cannot be right: circles of causes, effects before their causes, parts outside the whole.

use super::{CausalGraph, Use};
use crate::model::{EventId, Link, Relation, Strength};
use petgraph::algo::tarjan_scc;
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeFiltered, EdgeRef};
use rustc_hash::FxHashSet;

/// What cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContradictionKind {
    /// Causes run in a circle.
    Circle,
    /// The later side of a claim begins before the earlier one.
    Backwards,
    /// What took place during another event lies outside it.
    Outside,
}

/// Claims and dates that cannot all be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction<'a> {
    /// What cannot be right.
    pub kind: ContradictionKind,
    /// The events concerned; the earlier side of a claim first.
    pub events: Vec<EventId>,
    /// The claims concerned; at least one.
    pub links: Vec<&'a Link>,
}

impl<'a> CausalGraph<'a> {
    /// Returns what cannot be right, circles first, then in the order of the claims.
    pub fn contradictions(&self) -> Vec<Contradiction<'a>> {
        let mut all = self.circles();
        let edges = self.net.edge_references();
        let single = edges.filter_map(|it| {
            let link = self.links[it.weight().link];
            let kind = self.misplaced(link, it.source(), it.target())?;
            Some((it.weight().link, kind, it.source(), it.target()))
        });
        let mut single: Vec<_> = single.collect();
        single.sort_unstable_by_key(|it| it.0);
        all.extend(
            single
                .into_iter()
                .map(|(at, kind, earlier, later)| Contradiction {
                    kind,
                    events: vec![self.id(earlier).clone(), self.id(later).clone()],
                    links: vec![self.links[at]],
                }),
        );
        all
    }

    fn misplaced(
        &self,
        link: &Link,
        earlier: NodeIndex,
        later: NodeIndex,
    ) -> Option<ContradictionKind> {
        // What only the order of telling suggests contradicts nobody.
        let suggested = link.strength == Strength::Implicit && !link.asserted;
        match link.relation {
            Relation::Reports | Relation::About => None,
            _ if suggested => None,
            Relation::Contains => {
                let (whole, part) = (self.net[earlier], self.net[later]);
                // Of a whole that is told without its end only the beginning is known: a part may follow.
                let over = whole.begin != whole.end && whole.is_before(part);
                (part.is_before(whole) || over).then_some(ContradictionKind::Outside)
            }
            _ => self
                .is_backwards(earlier, later)
                .then_some(ContradictionKind::Backwards),
        }
    }

    fn circles(&self) -> Vec<Contradiction<'a>> {
        let causal = EdgeFiltered::from_fn(&self.net, |it| it.weight().used_as == Use::Cause);
        let components = tarjan_scc(&causal);
        let mut circles: Vec<Contradiction<'a>> = components
            .into_iter()
            .filter(|it| 1 < it.len())
            .map(|it| self.circle(&it))
            .collect();
        circles.sort_by(|a, b| a.events.cmp(&b.events));
        circles
    }

    fn circle(&self, nodes: &[NodeIndex]) -> Contradiction<'a> {
        let members: FxHashSet<NodeIndex> = nodes.iter().copied().collect();
        let edges = nodes.iter().flat_map(|it| self.net.edges(*it));
        let inside =
            edges.filter(|it| it.weight().used_as == Use::Cause && members.contains(&it.target()));
        let mut at: Vec<usize> = inside.map(|it| it.weight().link).collect();
        at.sort_unstable();
        let mut events: Vec<EventId> = nodes.iter().map(|it| self.id(*it).clone()).collect();
        events.sort_unstable();
        Contradiction {
            kind: ContradictionKind::Circle,
            events,
            links: at.iter().map(|it| self.links[*it]).collect(),
        }
    }
}
