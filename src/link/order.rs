//! Which of two events of neighbouring clauses came first, by the forms of their clauses: who tells of a deed tells it afterwards.
//!
//! The rows are the pack's (`order` of `causal.toml`). Such an order is never a stated fact and never a cause.

use super::Input;
use super::maker::{Cue, make};
use super::rows::{SideRow, Signals, Told};
use crate::model::{Event, EventId, Link, Relation};
use crate::syntax::PredicateRef;
use rustc_hash::FxHashSet;

/// How many clauses after its own a clause is put in an order with at most, so that a long list costs no more than it is long.
const WINDOW: usize = 24;

/// Adds the order of every two events that no other link orders.
pub(super) fn read(signals: &Signals, input: &Input, links: &mut Vec<Link>) {
    let Some(farthest) = signals.orders.iter().map(|it| it.0.apart).max() else {
        return;
    };
    let mut known = ordered(links);
    let sides = input.anchors.keys();
    let sides: Vec<Side> = sides.map(|it| Side::new(signals, input, *it)).collect();
    for (idx, first) in sides.iter().enumerate() {
        let near = |it: &&Side| it.at.sentence - first.at.sentence <= farthest;
        for second in sides[idx + 1..].iter().take(WINDOW).take_while(near) {
            let made = order(signals, input, [first, second]);
            links.extend(made.filter(|it| pair(it).is_some_and(|it| known.insert(it))));
        }
    }
}

/// An event in the place that rows may give it.
struct Side {
    at: PredicateRef,
    /// For each row whether it is like the earlier event, and whether it is like the later one.
    like: Vec<[bool; 2]>,
}

impl Side {
    fn new(signals: &Signals, input: &Input, at: PredicateRef) -> Self {
        let rows = signals.orders.iter();
        let like = rows.map(|(row, _)| [&row.earlier, &row.later].map(|it| is_like(input, it, at)));
        Self {
            at,
            like: like.collect(),
        }
    }
}

/// Returns what the first row that fits says of two events, which stand in the order of the text.
fn order(signals: &Signals, input: &Input, [first, second]: [&Side; 2]) -> Option<Link> {
    let apart = second.at.sentence - first.at.sentence;
    let ways = [
        (Told::Earlier, [first, second]),
        (Told::Later, [second, first]),
    ];
    let rows = signals.orders.iter().enumerate();
    let mut near = rows.filter(|(_, (row, _))| apart <= row.apart);
    let (sense, [earlier, later]) = near.find_map(|(idx, (row, sense))| {
        let way = ways.iter().find(|(told, [earlier, later])| {
            row.told_first.is_none_or(|it| it == *told)
                && earlier.like[idx][0]
                && later.like[idx][1]
        });
        Some((sense, way?.1))
    })?;
    if dated(input, [first.at, second.at]) {
        return None;
    }
    make(input, sense, [earlier.at, later.at], Cue::none())
}

/// Tells whether the dates of two events put them in an order, whichever.
fn dated(input: &Input, ends: [PredicateRef; 2]) -> bool {
    let [a, b] = ends.map(|it| input.events[input.anchors[&it]].when.bounds());
    a.is_before(b) || b.is_before(a)
}

fn is_like(input: &Input, row: &SideRow, at: PredicateRef) -> bool {
    let predicate = input.predicate(at);
    let event: &Event = &input.events[input.anchors[&at]];
    let any = |list: &[String], word: &str| list.is_empty() || list.iter().any(|it| it == word);
    any(&row.tenses, predicate.tense.as_str())
        && any(&row.clauses, predicate.clause.as_str())
        && any(&row.kinds, predicate.kind.as_str())
        && any(&row.joints, &predicate.joint)
        && any(&row.facts, event.factuality.as_str())
        && row.reports.is_none_or(|it| it == (input.reporting)(at))
}

/// Returns the pairs of events that links put in an order.
fn ordered(links: &[Link]) -> FxHashSet<[EventId; 2]> {
    let orders = |it: &&Link| it.relation == Relation::Before || it.relation.is_causal();
    links.iter().filter(orders).filter_map(pair).collect()
}

/// Returns both events of a link, whichever way it goes.
fn pair(link: &Link) -> Option<[EventId; 2]> {
    let mut ends = [link.from.event.clone()?, link.to.event.clone()?];
    ends.sort();
    Some(ends)
}
