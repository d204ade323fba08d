//! What an event undid or what undid it, what strengthened either, and what came of what was undone.
//!
//! None of it counts as a cause.

use super::why::hop;
use super::{Hop, Options, Verb};
use crate::graph::CausalGraph;
use crate::model::{EventId, Link, Relation};
use std::collections::BTreeSet;

/// How many effects of what was undone are shown.
const EFFECTS: usize = 3;

/// Returns the reversals of `event`, each followed by what strengthened it and by its direct effects.
pub(super) fn reverses(
    graph: &CausalGraph,
    verb: Verb,
    event: &EventId,
    options: &Options,
) -> Vec<Hop> {
    let mut hops: Vec<Hop> = Vec::new();
    for reversal in best_of(graph, event, Relation::Reverses, options) {
        let Some(reversal) = hop(reversal) else {
            continue;
        };
        let other = if reversal.earlier == *event {
            reversal.later.clone()
        } else {
            reversal.earlier.clone()
        };
        let undone = other == reversal.earlier;
        hops.push(reversal);
        hops.extend(strengthened(graph, &other, options));
        if undone && verb != Verb::Effects {
            let effects = graph.direct_effects(&other).into_iter();
            let effects = effects.filter(|it| it.asserted).filter_map(hop);
            let apart = effects.filter(|it| it.later != *event);
            hops.extend(apart.take(EFFECTS));
        }
    }
    hops.extend(strengthened(graph, event, options));
    let mut seen = BTreeSet::new();
    hops.retain(|it| seen.insert(it.link.id()));
    hops
}
/// Returns what strengthened `event` and what it strengthened.
fn strengthened(graph: &CausalGraph, event: &EventId, options: &Options) -> Vec<Hop> {
    let links = best_of(graph, event, Relation::Strengthens, options);
    links.into_iter().filter_map(hop).collect()
}

/// Returns the claims of one relation at `event`, the surest one for each other end, earliest end first.
fn best_of<'a>(
    graph: &CausalGraph<'a>,
    event: &EventId,
    relation: Relation,
    options: &Options,
) -> Vec<&'a Link> {
    let admits = options.graph();
    let mut links = graph.links_of(event);
    links.retain(|it| it.relation == relation && admits.admits(it));
    let ends = |it: &&Link| (it.from.event.clone(), it.to.event.clone());
    links.sort_by_key(|it| {
        let sure = std::cmp::Reverse(it.confidence);
        (ends(it), !it.asserted, it.strength, sure)
    });
    links.dedup_by_key(|it| ends(it));
    let others = links.iter().filter_map(|it| it.in_time_order());
    let order = graph.time_order(others.flat_map(|(a, b)| [a, b]));
    let place = |id: Option<&EventId>| order.iter().position(|it| Some(it) == id);
    links.sort_by_key(|it| {
        let (earlier, later) = it.in_time_order().unzip();
        (place(earlier), place(later))
    });
    links
}
