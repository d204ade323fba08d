//! The picture behind DOT, Mermaid and SVG: events in time order, who acts, and arrows from the earlier to the later event.
//!
//! It knows what is drawn, not where; every text is one clean line.

use super::dates::date_words;
use super::{Content, View, clean};
use crate::answer::Basis;
use crate::model::{EventId, EventView, Factuality, Link, Relation, Role};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// So many actors have a lane of their own; the rest share one.
const LANES: usize = 6;

/// An event to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its identifier.
    pub id: String,
    /// Its line.
    pub label: String,
    /// Its date in words, and whether it happened if that is in doubt.
    pub date: String,
    /// Year and month of the first day it can have begun, else of the last; `None` without either.
    pub month: Option<(i32, u32)>,
    /// The date is a single day.
    pub is_day: bool,
    /// Index into [`Graph::lanes`].
    pub lane: usize,
    /// The event asked about.
    pub asked: bool,
}

/// What an arrow says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// A cause or something like it.
    Causal,
    /// A reversal.
    Reversal,
    /// Neither.
    Other,
}

/// An arrow to draw.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Index of the earlier event.
    pub from: usize,
    /// Index of the later event.
    pub to: usize,
    /// The relation, read from the earlier to the later.
    pub word: String,
    /// What it says.
    pub tone: Tone,
    /// How it is known, which the line shows.
    pub basis: Basis,
}

/// Events and arrows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// What the picture is of.
    pub title: String,
    /// In time order.
    pub nodes: Vec<Node>,
    /// In the order of their ends, one for each pair and relation.
    pub edges: Vec<Edge>,
    /// Who acts, the busiest first.
    pub lanes: Vec<String>,
}

impl Graph {
    /// Returns the picture of `view`; a search has none.
    pub fn of(view: &View) -> Option<Self> {
        match view.content {
            Content::Answer(answer) => {
                let events = answer.order.iter().filter_map(|id| answer.events.get(id));
                let hops = answer.chains.iter().flat_map(|it| &it.steps);
                let links = hops.chain(&answer.reverses).map(|it| &it.link);
                let title = answer.events.get(&answer.event);
                let title = title.map_or("", |it| it.event.label(view.lang()));
                let asked = Some(&answer.event);
                Some(Maker { view, asked }.graph(title, &events.collect::<Vec<_>>(), links))
            }
            Content::Timeline(timeline) => {
                let events: Vec<&EventView> = timeline.events.iter().collect();
                let title = view.words.get("head", "timeline");
                Some(Maker { view, asked: None }.graph(title, &events, &timeline.links))
            }
            Content::Show(shown) => {
                let mut events: Vec<&EventView> = shown.neighbours.values().collect();
                events.push(&shown.event);
                events.sort_by_key(|it| {
                    let (day, bounds) = (first_day(it), it.event.when.bounds());
                    // What only was over by a day comes before what happened on it; what has no date comes last.
                    let key = (day.is_none(), day, bounds.earliest, bounds.latest);
                    (key, &it.event.id)
                });
                let asked = Some(&shown.event.event.id);
                let title = shown.event.event.label(view.lang());
                Some(Maker { view, asked }.graph(title, &events, &shown.links))
            }
            Content::Found(_) => None,
        }
    }
}

struct Maker<'a, 'v> {
    view: &'v View<'a>,
    asked: Option<&'a EventId>,
}

impl<'a> Maker<'a, '_> {
    fn graph(
        &self,
        title: &str,
        events: &[&'a EventView],
        links: impl IntoIterator<Item = &'a Link>,
    ) -> Graph {
        let actors: Vec<String> = events.iter().map(|it| self.actor(it)).collect();
        let lanes = self.lanes(&actors);
        let others = lanes.len().saturating_sub(1);
        let lane_of = |actor: &String| lanes.iter().position(|it| it == actor).unwrap_or(others);
        let nodes = events.iter().zip(&actors);
        let nodes = nodes.map(|(it, actor)| self.node(it, lane_of(actor)));
        let indices: BTreeMap<&EventId, usize> = events
            .iter()
            .enumerate()
            .map(|(idx, it)| (&it.event.id, idx))
            .collect();
        Graph {
            title: clean::one_line(title),
            nodes: nodes.collect(),
            edges: self.edges(&indices, links),
            lanes,
        }
    }

    /// Returns the lanes: the busiest actors, ties by first appearance, and one for all others.
    fn lanes(&self, actors: &[String]) -> Vec<String> {
        let mut counts: Vec<(&String, usize)> = Vec::new();
        for actor in actors {
            match counts.iter_mut().find(|it| it.0 == actor) {
                Some(it) => it.1 += 1,
                None => counts.push((actor, 1)),
            }
        }
        counts.sort_by_key(|it| std::cmp::Reverse(it.1));
        let mut lanes: Vec<String> = counts.iter().map(|it| it.0.clone()).collect();
        if LANES < lanes.len() {
            lanes.truncate(LANES - 1);
            let others = self.view.words.get("say", "other-actors").to_owned();
            lanes.retain(|it| *it != others);
            lanes.push(others);
        }
        lanes
    }

    fn actor(&self, it: &EventView) -> String {
        let participants = it.event.participants.iter().filter(|it| !it.negated);
        let agent = participants.clone().find(|it| it.role == Role::Agent);
        let known = || participants.clone().find(|it| it.entity.is_some());
        let name = agent
            .or_else(known)
            .map(|it| clean::one_line(self.view.name(it)));
        name.filter(|it| !it.is_empty())
            .unwrap_or_else(|| self.view.words.get("say", "no-actor").to_owned())
    }

    fn node(&self, it: &EventView, lane: usize) -> Node {
        let event = &it.event;
        let mut date = date_words(self.view.words, &event.when);
        if event.factuality != Factuality::Actual {
            let word = self.view.words.get("factuality", event.factuality.as_str());
            date = format!("{date} · {word}");
        }
        Node {
            id: clean::one_line(event.id.as_str()),
            label: clean::one_line(event.label(self.view.lang())),
            date,
            month: first_day(it).map(|it| (it.year(), it.month())),
            is_day: event.when.edtf().is_some_and(crate::model::Edtf::is_day),
            lane,
            asked: self.asked == Some(&event.id),
        }
    }

    fn edges(
        &self,
        indices: &BTreeMap<&EventId, usize>,
        links: impl IntoIterator<Item = &'a Link>,
    ) -> Vec<Edge> {
        let mut edges: BTreeMap<(usize, usize, Relation), Basis> = BTreeMap::new();
        for link in links {
            let ends = link.in_time_order();
            let ends = ends.and_then(|(a, b)| indices.get(a).zip(indices.get(b)));
            if let Some((from, to)) = ends {
                let basis = Basis::of(link);
                let known = edges.entry((*from, *to, link.relation)).or_insert(basis);
                *known = basis.min(*known);
            }
        }
        let edges = edges.into_iter();
        edges
            .map(|((from, to, relation), basis)| self.edge((from, to), relation, basis))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn edge(&self, ends: (usize, usize), relation: Relation, basis: Basis) -> Edge {
        let words = self.view.words;
        let word = words.get("relation", relation.as_str());
        Edge {
            from: ends.0,
            to: ends.1,
            word: match basis {
                Basis::Stated => word.to_owned(),
                Basis::Derived => words.fill("say", "concluded", &[("word", word)]),
                Basis::Hedged => words.fill("say", "not-stated", &[("word", word)]),
            },
            tone: match relation {
                Relation::Reverses => Tone::Reversal,
                it if it.is_causal() => Tone::Causal,
                Relation::Prevents | Relation::Strengthens => Tone::Causal,
                _ => Tone::Other,
            },
            basis,
        }
    }
}

fn first_day(it: &EventView) -> Option<NaiveDate> {
    let bounds = it.event.when.bounds();
    bounds.earliest.or(bounds.latest)
}
