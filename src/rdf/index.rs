//! The triples of one graph, found by subject and predicate.
//!
//! Getters name the node and the property when something is missing, so that a damaged graph can be repaired by hand.

use super::vocab::Vocab;
use crate::{Error, Result};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;

/// The triples of one graph.
#[derive(Default)]
pub struct Index {
    nodes: FxHashMap<String, Vec<(NamedNode, Term)>>,
}

/// A property: namespace and local name; an empty namespace is our own.
pub type Name<'n> = (&'n str, &'n str);

impl Index {
    /// Adds a quad, whatever its graph.
    pub fn add(&mut self, quad: Quad) {
        if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
            let of = self.nodes.entry(subject.into_string()).or_default();
            of.push((quad.predicate, quad.object));
        }
    }

    /// Returns every node that has the property, sorted by name, with its number.
    pub fn numbered(&self, vocab: &Vocab, class: Name<'_>) -> Result<Vec<Node<'_>>> {
        let mut found = Vec::new();
        for (iri, triples) in &self.nodes {
            let node = Node { iri, triples };
            if node.is_a(vocab, class) {
                for order in node.all(vocab, ("", "order")) {
                    found.push((
                        number(order).ok_or_else(|| node.bad("bst:order", order))?,
                        node,
                    ));
                }
            }
        }
        found.sort_by(|a, b| (a.0, a.1.iri).cmp(&(b.0, b.1.iri)));
        Ok(found.into_iter().map(|(_, node)| node).collect())
    }

    /// Returns every node of that class, sorted by name.
    pub fn of_class(&self, vocab: &Vocab, class: Name<'_>) -> Vec<Node<'_>> {
        let nodes = self
            .nodes
            .iter()
            .map(|(iri, triples)| Node { iri, triples });
        let mut found: Vec<Node<'_>> = nodes.filter(|it| it.is_a(vocab, class)).collect();
        found.sort_by_key(|it| it.iri);
        found
    }

    /// Returns the node of that name.
    pub fn node<'i>(&'i self, iri: &'i str) -> Node<'i> {
        let triples = self.nodes.get(iri).map_or(&[][..], Vec::as_slice);
        Node { iri, triples }
    }
}

/// One subject with its triples.
#[derive(Clone, Copy)]
pub struct Node<'i> {
    /// Its name.
    pub iri: &'i str,
    triples: &'i [(NamedNode, Term)],
}

impl<'i> Node<'i> {
    /// Returns every value of the property.
    pub fn all<'n>(
        self,
        vocab: &'n Vocab,
        name: Name<'n>,
    ) -> impl Iterator<Item = &'i Term> + use<'i, 'n> {
        let (ns, local) = resolve(vocab, name);
        let of = move |it: &&'i (NamedNode, Term)| {
            let iri = it.0.as_str();
            iri.len() == ns.len() + local.len() && iri.ends_with(local) && iri.starts_with(ns)
        };
        self.triples.iter().filter(of).map(|it| &it.1)
    }

    /// Returns a value of the property, if there is one.
    pub fn get(self, vocab: &Vocab, name: Name<'_>) -> Option<&'i Term> {
        self.all(vocab, name).next()
    }

    /// Returns the triples as they are.
    pub fn triples(self) -> &'i [(NamedNode, Term)] {
        self.triples
    }

    /// Tells whether the node is of that class.
    pub fn is_a(self, vocab: &Vocab, class: Name<'_>) -> bool {
        let (ns, local) = resolve(vocab, class);
        self.all(vocab, (super::vocab::RDF, "type"))
            .any(|it| iri_of(it).is_some_and(|it| it.strip_prefix(ns) == Some(local)))
    }

    /// Returns the IRI that is the value of the property.
    pub fn iri(self, vocab: &Vocab, name: Name<'_>) -> Option<&'i str> {
        self.get(vocab, name).and_then(iri_of)
    }

    /// Returns the text that is the value of the property.
    pub fn text(self, vocab: &Vocab, name: Name<'_>) -> Option<&'i str> {
        self.get(vocab, name).and_then(text_of)
    }

    /// Returns the text, or says that it is missing.
    pub fn need(self, vocab: &Vocab, name: Name<'_>) -> Result<&'i str> {
        self.text(vocab, name).ok_or_else(|| self.lacks(name.1))
    }

    /// Returns the IRI, or says that it is missing.
    pub fn need_iri(self, vocab: &Vocab, name: Name<'_>) -> Result<&'i str> {
        self.iri(vocab, name).ok_or_else(|| self.lacks(name.1))
    }

    /// Tells whether the property is `true`.
    pub fn flag(self, vocab: &Vocab, name: Name<'_>) -> bool {
        matches!(self.text(vocab, name), Some("true" | "1"))
    }

    /// Returns the nodes that the property points to, by the number at the end of their names.
    pub fn parts(self, index: &'i Index, vocab: &Vocab, name: Name<'_>) -> Vec<Node<'i>> {
        let iris = self.all(vocab, name).filter_map(iri_of);
        let mut parts: Vec<(Option<usize>, &str)> = iris
            .map(|iri| (super::vocab::read_part(iri), iri))
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts.into_iter().map(|(_, iri)| index.node(iri)).collect()
    }

    /// Returns the error of a missing property.
    pub fn lacks(self, property: &str) -> Error {
        Error::store(format!("<{}> lacks a usable `{property}`", self.iri))
            .hint("remove the article and add it again")
    }

    /// Returns the error of a value that the model has no place for.
    pub fn bad(self, property: &str, value: &Term) -> Error {
        Error::store(format!("<{}>: `{property}` cannot be {value}", self.iri))
            .hint("remove the article and add it again")
    }
}

fn resolve<'n>(vocab: &'n Vocab, name: Name<'n>) -> Name<'n> {
    if name.0.is_empty() {
        (vocab.base(), name.1)
    } else {
        name
    }
}

/// Returns the IRI of a term that is one.
pub fn iri_of(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(it) => Some(it.as_str()),
        _ => None,
    }
}

/// Returns the text of a term that is a literal.
pub fn text_of(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(it) => Some(it.value()),
        _ => None,
    }
}

fn number(term: &Term) -> Option<usize> {
    text_of(term)?.parse().ok()
}
