//! `bst:ledTo` inside SPARQL: the closure over asserted causal claims, answered from a graph instead of a property path.
//!
//! `?cause bst:ledTo ?effect` equals `?cause S*/(E/S*)+ ?effect`, where `E` is `faro:causes|faro:enables|bst:leadsTo|^bst:respondsTo` and `S` is `bst:sameEvent|^bst:sameEvent`; a claim between two events that were merged into one counts for nothing.
//! Every other pattern goes to the store. Only queries that name the predicate come here.

use crate::model::{EventId, Story};
use crate::rdf::Vocab;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Term};
use oxigraph::store::{StorageError, Store};
use spareval::{InternalQuad, QueryableDataset};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What led to what, over merged events.
pub trait Reach {
    /// Returns every event from which asserted causal claims lead to `event`, itself only if it lies on a circle.
    fn causes(&self, event: &EventId) -> Vec<EventId>;

    /// Returns every event to which asserted causal claims lead from `event`, itself only if it lies on a circle.
    fn effects(&self, event: &EventId) -> Vec<EventId>;

    /// Returns every event that has a cause or an effect.
    fn events(&self) -> Vec<EventId>;
}

/// A [`Reach`] over the claims of a story, for callers without a causal graph at hand.
///
/// Complexity: a walk over what is reached, for each call.
#[derive(Debug, Default)]
pub struct Closure {
    back: BTreeMap<EventId, BTreeSet<EventId>>,
    forth: BTreeMap<EventId, BTreeSet<EventId>>,
}

impl Closure {
    /// Returns what led to what in `story`.
    pub fn of(story: &Story) -> Self {
        let mut closure = Self::default();
        for link in story.links() {
            if !link.asserted || !link.relation.is_causal() {
                continue;
            }
            if let Some((cause, effect)) = link.in_time_order() {
                let back = closure.back.entry(effect.clone()).or_default();
                back.insert(cause.clone());
                let forth = closure.forth.entry(cause.clone()).or_default();
                forth.insert(effect.clone());
            }
        }
        closure
    }
}

fn walk(next: &BTreeMap<EventId, BTreeSet<EventId>>, from: &EventId) -> Vec<EventId> {
    let mut seen: BTreeSet<&EventId> = BTreeSet::new();
    let mut open = vec![from];
    while let Some(event) = open.pop() {
        for reached in next.get(event).into_iter().flatten() {
            if seen.insert(reached) {
                open.push(reached);
            }
        }
    }
    seen.into_iter().cloned().collect()
}

impl Reach for Closure {
    fn causes(&self, event: &EventId) -> Vec<EventId> {
        walk(&self.back, event)
    }

    fn effects(&self, event: &EventId) -> Vec<EventId> {
        walk(&self.forth, event)
    }

    fn events(&self) -> Vec<EventId> {
        let events: BTreeSet<&EventId> = self.back.keys().chain(self.forth.keys()).collect();
        events.into_iter().cloned().collect()
    }
}

/// The store with the virtual predicate laid over it.
#[derive(Clone)]
pub struct Overlay<'a> {
    store: Store,
    vocab: &'a Vocab,
    reach: &'a dyn Reach,
    led_to: Shared,
    graph: Shared,
    merged: Rc<Merged>,
}

/// Which events are one.
#[derive(Default)]
struct Merged {
    canonical: BTreeMap<EventId, EventId>,
    members: BTreeMap<EventId, Vec<EventId>>,
}

/// A term that is cheap to copy: the closure repeats its ends thousands of times.
type Shared = Rc<Term>;

type Found = Result<InternalQuad<Shared>, StorageError>;

impl<'a> Overlay<'a> {
    /// Lays the predicate over `store`.
    pub fn new(store: Store, vocab: &'a Vocab, reach: &'a dyn Reach) -> Result<Self, StorageError> {
        let mut merged = Merged::default();
        let same = vocab.bst("sameEvent");
        for quad in store.quads_for_pattern(None, Some(same.as_ref()), None, None) {
            let quad = quad?;
            let (NamedOrBlankNode::NamedNode(member), Term::NamedNode(first)) =
                (quad.subject, quad.object)
            else {
                continue;
            };
            let ends = vocab
                .read_event(member.as_str())
                .zip(vocab.read_event(first.as_str()));
            if let Some((member, first)) = ends {
                let members = merged.members.entry(first.clone());
                members
                    .or_insert_with(|| vec![first.clone()])
                    .push(member.clone());
                merged.canonical.insert(member, first);
            }
        }
        Ok(Self {
            store,
            vocab,
            reach,
            led_to: Rc::new(vocab.bst("ledTo").into()),
            graph: Rc::new(vocab.derived_graph().into()),
            merged: Rc::new(merged),
        })
    }

    /// Returns the merged event that a term names.
    fn event(&self, term: &Term) -> Option<EventId> {
        let Term::NamedNode(iri) = term else {
            return None;
        };
        let event = self.vocab.read_event(iri.as_str())?;
        Some(self.merged.canonical.get(&event).cloned().unwrap_or(event))
    }

    /// Returns the terms of a merged event: all its members.
    fn terms(&self, event: &EventId) -> Vec<Shared> {
        let term = |it: &EventId| Rc::new(self.vocab.event(it).into());
        match self.merged.members.get(event) {
            Some(members) => members.iter().map(term).collect(),
            None => vec![term(event)],
        }
    }

    fn expand(&self, events: &[EventId]) -> Vec<Shared> {
        events.iter().flat_map(|it| self.terms(it)).collect()
    }

    /// Returns the pairs of the virtual predicate that fit.
    fn pairs(&self, cause: Option<&Shared>, effect: Option<&Shared>) -> Vec<(Shared, Shared)> {
        match (cause, effect) {
            (Some(cause), Some(effect)) => {
                let ends = self.event(cause).zip(self.event(effect));
                let led = ends.is_some_and(|(a, b)| self.reach.causes(&b).contains(&a));
                led.then(|| (cause.clone(), effect.clone()))
                    .into_iter()
                    .collect()
            }
            (None, Some(effect)) => {
                let causes = self.event(effect).map(|it| self.reach.causes(&it));
                let causes = self.expand(&causes.unwrap_or_default());
                causes.into_iter().map(|it| (it, effect.clone())).collect()
            }
            (Some(cause), None) => {
                let effects = self.event(cause).map(|it| self.reach.effects(&it));
                let effects = self.expand(&effects.unwrap_or_default());
                effects.into_iter().map(|it| (cause.clone(), it)).collect()
            }
            (None, None) => {
                let causes = self.expand(&self.reach.events());
                causes
                    .iter()
                    .flat_map(|it| self.pairs(Some(it), None))
                    .collect()
            }
        }
    }

    fn stored(
        &self,
        pattern: [Option<&Shared>; 3],
        graph: Option<&GraphName>,
    ) -> Option<impl Iterator<Item = Found> + use<>> {
        let [subject, predicate, object] = pattern.map(|it| it.map(Rc::as_ref));
        let subject = match subject {
            None => None,
            Some(Term::NamedNode(it)) => Some(NamedOrBlankNode::from(it.clone())),
            Some(Term::BlankNode(it)) => Some(it.clone().into()),
            Some(_) => return None,
        };
        let predicate: Option<&NamedNode> = match predicate {
            None => None,
            Some(Term::NamedNode(it)) => Some(it),
            Some(_) => return None,
        };
        let any_graph = graph.is_none();
        let quads = self.store.quads_for_pattern(
            subject.as_ref().map(NamedOrBlankNode::as_ref),
            predicate.map(NamedNode::as_ref),
            object.map(Term::as_ref),
            graph.map(GraphName::as_ref),
        );
        // No graph given means any named one, not the default graph.
        let wanted = quads.filter(move |it| {
            !any_graph || !matches!(it, Ok(it) if it.graph_name.is_default_graph())
        });
        Some(wanted.map(|quad| {
            let quad = quad?;
            Ok(InternalQuad {
                subject: Rc::new(quad.subject.into()),
                predicate: Rc::new(quad.predicate.into()),
                object: Rc::new(quad.object),
                graph_name: match quad.graph_name {
                    GraphName::DefaultGraph => None,
                    GraphName::NamedNode(it) => Some(Rc::new(it.into())),
                    GraphName::BlankNode(it) => Some(Rc::new(it.into())),
                },
            })
        }))
    }
}

impl<'a> QueryableDataset<'a> for Overlay<'a> {
    type InternalTerm = Shared;
    type Error = StorageError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Shared>,
        predicate: Option<&Shared>,
        object: Option<&Shared>,
        graph: Option<Option<&Shared>>,
    ) -> impl Iterator<Item = Found> + use<'a> {
        let found: Box<dyn Iterator<Item = Found>> = if predicate == Some(&self.led_to) {
            // It holds in the derived graph; no graph given means the union of all.
            let pairs = match graph {
                None => self.pairs(subject, object),
                Some(Some(it)) if *it == self.graph => self.pairs(subject, object),
                Some(_) => Vec::new(),
            };
            let (predicate, graph) = (self.led_to.clone(), self.graph.clone());
            Box::new(pairs.into_iter().map(move |(subject, object)| {
                Ok(InternalQuad {
                    subject,
                    predicate: predicate.clone(),
                    object,
                    graph_name: Some(graph.clone()),
                })
            }))
        } else {
            let graph = match graph.map(|it| it.map(Rc::as_ref)) {
                None => None,
                Some(None) => Some(GraphName::DefaultGraph),
                Some(Some(Term::NamedNode(it))) => Some(it.clone().into()),
                Some(Some(Term::BlankNode(it))) => Some(it.clone().into()),
                Some(Some(_)) => {
                    return Box::new(std::iter::empty()) as Box<dyn Iterator<Item = Found>>;
                }
            };
            match self.stored([subject, predicate, object], graph.as_ref()) {
                Some(quads) => Box::new(quads),
                None => Box::new(std::iter::empty()),
            }
        };
        found
    }

    fn internalize_term(&self, term: Term) -> Result<Shared, StorageError> {
        Ok(Rc::new(term))
    }

    fn externalize_term(&self, term: Shared) -> Result<Term, StorageError> {
        Ok(Rc::unwrap_or_clone(term))
    }
}
