//! Chains of causes, best first.
//!
//! A chain grows step by step from the event asked about, the surest chain first, and visits each event a bounded number of times: a dense graph costs no more than its events times the limit.

use super::{CausalGraph, Step, Use};
use crate::model::{EventId, Link};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How often a walk passes through an event at least, however few chains are wanted: the best way there may be a dead end.
const MIN_VISITS: usize = 4;

/// How far a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The most steps of a chain.
    pub depth: usize,
    /// The most chains.
    pub limit: usize,
    /// The least score of a chain, in hundredths; what a cause strengthened does not count.
    pub floor: u8,
}

/// A chain of claims in time order; each begins where the last one ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Path<'a> {
    /// 0 to 1: the product of the confidences of its causal claims.
    pub score: f64,
    /// At least one.
    pub links: Vec<&'a Link>,
}

/// A chain that may still grow at its open end; the other end is the event asked about.
#[derive(Clone, Copy, Debug)]
struct Partial {
    node: NodeIndex,
    step: Option<Step>,
    parent: Option<usize>,
    score: f64,
    len: usize,
}

/// A walk that grows from one event.
struct Growth<'g, 'a> {
    graph: &'g CausalGraph<'a>,
    direction: Direction,
    walk: Walk,
    partials: Vec<Partial>,
    heap: BinaryHeap<(u64, Reverse<usize>, Reverse<usize>)>,
    visits: FxHashMap<NodeIndex, usize>,
}

impl<'a> CausalGraph<'a> {
    /// Returns the chains that lead to `event`, strongest first; a chain that a longer one contains is left out.
    ///
    /// The first step may be what the first cause strengthened: context, not a cause.
    pub fn chains_to(&self, event: &EventId, walk: Walk) -> Vec<Path<'a>> {
        self.chains(event, Direction::Incoming, walk)
    }

    /// Returns the chains that lead on from `event`, strongest first; a chain that a longer one contains is left out.
    pub fn chains_from(&self, event: &EventId, walk: Walk) -> Vec<Path<'a>> {
        self.chains(event, Direction::Outgoing, walk)
    }

    /// Returns the chains that lead from `begin` to `end`, strongest first.
    pub fn paths(&self, begin: &EventId, end: &EventId, walk: Walk) -> Vec<Path<'a>> {
        let (Some(begin), Some(end)) = (self.node(begin), self.node(end)) else {
            return Vec::new();
        };
        let between = self.within(begin, walk.depth);
        if begin == end || !between.contains(&end) {
            return Vec::new();
        }
        let mut growth = Growth::new(self, Direction::Incoming, walk);
        growth.begin(end);
        let mut found = Vec::new();
        while let Some(at) = growth.pop() {
            if growth.partials[at].node == begin {
                found.push(at);
                if walk.limit <= found.len() {
                    break;
                }
            } else {
                growth.grow(at, |step| {
                    step.used_as == Use::Cause && between.contains(&step.to)
                });
            }
        }
        found.iter().map(|it| growth.path(*it)).collect()
    }

    fn chains(&self, event: &EventId, direction: Direction, walk: Walk) -> Vec<Path<'a>> {
        let Some(node) = self.node(event) else {
            return Vec::new();
        };
        let mut growth = Growth::new(self, direction, walk);
        growth.begin(node);
        let leaves = growth.leaves();
        let chosen = growth.choose(leaves);
        chosen.iter().map(|it| growth.path(*it)).collect()
    }

    /// Returns the events that `begin` led to in at most `depth` steps, itself included.
    fn within(&self, begin: NodeIndex, depth: usize) -> FxHashSet<NodeIndex> {
        let mut seen = FxHashSet::from_iter([begin]);
        let mut front = vec![begin];
        for _ in 0..depth {
            let steps = front
                .iter()
                .flat_map(|it| self.steps(*it, Direction::Outgoing));
            let causes = steps.filter(|it| it.used_as == Use::Cause);
            front = causes
                .map(|it| it.to)
                .filter(|it| seen.insert(*it))
                .collect();
        }
        seen
    }
}

impl<'g, 'a> Growth<'g, 'a> {
    fn new(graph: &'g CausalGraph<'a>, direction: Direction, walk: Walk) -> Self {
        Self {
            graph,
            direction,
            walk,
            partials: Vec::new(),
            heap: BinaryHeap::new(),
            visits: FxHashMap::default(),
        }
    }

    fn begin(&mut self, node: NodeIndex) {
        self.push(Partial {
            node,
            step: None,
            parent: None,
            score: 1.0,
            len: 0,
        });
    }

    /// Adds a chain; the bits of a positive number sort like the number.
    fn push(&mut self, partial: Partial) {
        let at = self.partials.len();
        let key = (partial.score.to_bits(), Reverse(partial.len), Reverse(at));
        self.partials.push(partial);
        self.heap.push(key);
    }

    /// Returns the best chain whose open end has not been visited too often.
    fn pop(&mut self) -> Option<usize> {
        while let Some((_, _, Reverse(at))) = self.heap.pop() {
            let visits = self.visits.entry(self.partials[at].node).or_default();
            *visits += 1;
            if *visits <= self.walk.limit.max(MIN_VISITS) {
                return Some(at);
            }
        }
        None
    }

    /// Adds every chain that is one step longer.
    fn grow(&mut self, at: usize, admits: impl Fn(&Step) -> bool) {
        let partial = self.partials[at];
        let ended = partial.step.is_some_and(|it| it.used_as == Use::Context);
        if ended || self.walk.depth <= partial.len {
            return;
        }
        for step in self.graph.steps(partial.node, self.direction) {
            if !admits(&step) || self.holds(at, step.to) {
                continue;
            }
            let score = match step.used_as {
                Use::Context => partial.score,
                _ => partial.score * self.graph.links[step.link].confidence.value(),
            };
            if score * 100.0 < f64::from(self.walk.floor) || score <= 0.0 {
                continue;
            }
            self.push(Partial {
                node: step.to,
                step: Some(step),
                parent: Some(at),
                score,
                len: partial.len + 1,
            });
        }
    }

    /// Tells whether the chain passes through `node`.
    fn holds(&self, at: usize, node: NodeIndex) -> bool {
        std::iter::successors(Some(at), |it| self.partials[*it].parent)
            .any(|it| self.partials[it].node == node)
    }

    /// Returns the chains that none of the others contains.
    fn leaves(&mut self) -> Vec<usize> {
        let mut leaves: Vec<usize> = Vec::new();
        let most = self.walk.limit.saturating_mul(8);
        while let Some(at) = self.pop() {
            let backwards = self.direction == Direction::Incoming;
            let Partial { len, parent, .. } = self.partials[at];
            if let Some(parent) = parent {
                match leaves.iter().position(|it| *it == parent) {
                    Some(leaf) => leaves[leaf] = at,
                    None if leaves.len() < most => leaves.push(at),
                    None => continue,
                }
            }
            // What the asked event itself strengthened is no part of a chain.
            self.grow(at, |step| {
                step.used_as == Use::Cause || (backwards && 0 < len)
            });
        }
        leaves
    }

    /// Returns the best chains, every direct neighbour of the event before a second chain through one.
    fn choose(&self, mut leaves: Vec<usize>) -> Vec<usize> {
        let rank = |it: &usize| (Reverse(self.partials[*it].score.to_bits()), *it);
        leaves.sort_by_key(rank);
        let mut seen = FxHashSet::default();
        let (first, second): (Vec<usize>, Vec<usize>) =
            leaves.iter().partition(|it| seen.insert(self.direct(**it)));
        let mut chosen: Vec<usize> = first.into_iter().chain(second).collect();
        chosen.truncate(self.walk.limit);
        chosen.sort_by_key(rank);
        chosen
    }

    /// Returns the neighbour of the asked event through which the chain runs.
    fn direct(&self, at: usize) -> NodeIndex {
        let steps = std::iter::successors(Some(at), |it| self.partials[*it].parent);
        let first = steps.filter(|it| self.partials[*it].len == 1).last();
        self.partials[first.unwrap_or(at)].node
    }

    fn path(&self, at: usize) -> Path<'a> {
        let steps = std::iter::successors(Some(at), |it| self.partials[*it].parent);
        let links = steps.filter_map(|it| self.partials[it].step);
        let mut links: Vec<&Link> = links.map(|it| self.graph.links[it.link]).collect();
        if self.direction == Direction::Outgoing {
            links.reverse();
        }
        Path {
            score: self.partials[at].score,
            links,
        }
    }
}
