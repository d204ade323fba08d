//! What is written conforms to `data/shapes.ttl`, and every own term is in `data/ontology.ttl`.
//!
//! The shapes are read as data by a few SPARQL queries; `tests/shacl.py` checks the same with pySHACL.
#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test stops where it fails; a store and its story are named alike"
)]

mod common;

use backstory::model::{Confidence, Event, Relation, Story};
use backstory::rdf::{Format, Quad, Vocab, parse, serialize, to_quads};
use backstory::store::{QueryOptions, QueryOutput, ResultFormat, Store};
use std::collections::BTreeSet;

const SHAPES: &str = include_str!("../data/shapes.ttl");
const ONTOLOGY: &str = include_str!("../data/ontology.ttl");
const SH: &str = "PREFIX sh: <http://www.w3.org/ns/shacl#> ";

/// One query for each kind of constraint; `?node` breaks the one on `?path`.
const CONSTRAINTS: &[&str] = &[
    "?p sh:minCount 1 FILTER NOT EXISTS { ?node ?path ?v }",
    "?p sh:maxCount 1 . ?node ?path ?v , ?w FILTER(?v != ?w)",
    "?p sh:class ?c . ?node ?path ?v FILTER NOT EXISTS { ?v a ?c }",
    "?p sh:minInclusive ?c . ?node ?path ?v FILTER(?v < ?c)",
    "?p sh:maxInclusive ?c . ?node ?path ?v FILTER(?v > ?c)",
];

fn found(store: &Store, query: &str) -> Vec<String> {
    let found = store.query(query, &QueryOptions::default()).unwrap();
    let csv = found.render(ResultFormat::Csv, store.vocab()).unwrap();
    csv.lines().skip(1).map(str::to_owned).collect()
}

/// Returns what breaks the shapes, `node,path` or `node,message`.
fn breaches(quads: &[Quad]) -> Vec<String> {
    let vocab = Vocab::default();
    let mut store = Store::memory();
    store.load(SHAPES.as_bytes(), Format::Turtle).unwrap();
    // As triples: a dump without its graphs must still conform.
    let bytes = serialize(quads, Format::NTriples, &vocab).unwrap();
    store.load(&bytes, Format::NTriples).unwrap();
    let mut all = Vec::new();
    for constraint in CONSTRAINTS {
        let target =
            "?shape sh:targetClass ?class ; sh:property ?p . ?p sh:path ?path . ?node a ?class .";
        all.extend(found(
            &store,
            &format!("{SH} SELECT DISTINCT ?node ?path {{ {target} {constraint} }}"),
        ));
    }
    let rules = format!(
        "{SH} SELECT ?class ?message ?select {{ ?shape sh:targetClass ?class ; sh:sparql [ sh:message ?message ; sh:select ?select ] }}"
    );
    let QueryOutput::Rows(rules) = store.query(&rules, &QueryOptions::default()).unwrap() else {
        panic!("SELECT gives rows");
    };
    assert!(!rules.rows.is_empty());
    for rule in rules.rows {
        let [class, message, select] = rule.map_terms();
        let select = select.replace(
            "$this WHERE {",
            &format!("$this WHERE {{ $this a <{class}> ."),
        );
        all.extend(
            found(&store, &select)
                .iter()
                .map(|it| format!("{it},{message}")),
        );
    }
    all
}

trait Terms {
    fn map_terms(&self) -> [String; 3];
}

impl Terms for Vec<Option<oxigraph::model::Term>> {
    fn map_terms(&self) -> [String; 3] {
        let text = |at: usize| match self[at].as_ref().unwrap() {
            oxigraph::model::Term::NamedNode(it) => it.as_str().to_owned(),
            oxigraph::model::Term::Literal(it) => it.value().to_owned(),
            oxigraph::model::Term::BlankNode(it) => panic!("{it}"),
        };
        [text(0), text(1), text(2)]
    }
}

#[test]
fn the_sample_conforms() {
    let quads = to_quads(&common::sample());
    assert_eq!(breaches(&quads), Vec::<String>::new());
    // For tests/shacl.py.
    let triples = serialize(&quads, Format::NTriples, &Vocab::default()).unwrap();
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample.nt");
    std::fs::write(file, triples).unwrap();
}

#[test]
fn breaches_are_noticed() {
    let quads = to_quads(&common::sample());
    for (part, breach) in [
        ("#denotedBy", "denotedBy"),
        ("#anchorOf", "anchorOf"),
        ("#rule>", "rule"),
        ("wasDerivedFrom", "wasDerivedFrom"),
        (
            "/faro/causes> <https://w3id.org/backstory/event",
            "no plain triple",
        ),
    ] {
        let without: Vec<Quad> = quads
            .iter()
            .filter(|it| !it.to_string().contains(part))
            .cloned()
            .collect();
        assert!(without.len() < quads.len(), "{part}");
        let breaches = breaches(&without);
        assert!(
            breaches.iter().any(|it| it.contains(breach)),
            "{part}: {breaches:?}"
        );
    }
    let mut moved: Vec<Quad> = quads;
    for quad in &mut moved {
        if quad.predicate.as_str().ends_with("isString") {
            quad.object = oxigraph::model::Literal::new_simple_literal("another text").into();
        }
    }
    assert!(
        breaches(&moved)
            .iter()
            .any(|it| it.contains("not what stands there"))
    );
}

#[test]
fn a_claim_is_a_plain_triple_only_if_it_is_asserted() {
    let plain = |asserted: bool| {
        let mut story = common::sample();
        for reading in story.readings.values_mut() {
            for link in &mut reading.links {
                link.asserted = asserted;
                link.relation = Relation::Enables;
                link.confidence = Confidence::new(70);
            }
        }
        let quads = to_quads(&story);
        assert_eq!(breaches(&quads), Vec::<String>::new());
        let is_plain = |it: &&Quad| it.predicate.as_str() == "http://purl.org/faro/enables";
        quads.iter().filter(is_plain).count()
    };
    assert_eq!((plain(true), plain(false)), (4, 0));
}

/// Returns the own terms that `quads` use as predicates, classes and values, event types apart.
fn own_terms(story: &Story) -> BTreeSet<String> {
    let vocab = Vocab::default();
    let events: Vec<&Event> = story.readings.values().flat_map(|it| &it.events).collect();
    let words = |event: &&Event| {
        let state = event.state.as_ref().map(|it| vocab.word(&it.value));
        std::iter::once(vocab.word(event.event_type.as_str()))
            .chain(state)
            .collect::<Vec<_>>()
    };
    let words: BTreeSet<String> = events
        .iter()
        .flat_map(words)
        .map(|it| it.as_str().to_owned())
        .collect();
    let mut terms = BTreeSet::new();
    for quad in vocab.to_quads(story) {
        let object = quad.object.to_string();
        let object = object.trim_matches(['<', '>']).to_owned();
        let used = [quad.predicate.as_str().to_owned(), object];
        terms.extend(
            used.into_iter()
                .filter(|it| it.starts_with(vocab.base()) && !words.contains(it)),
        );
    }
    terms
}

#[test]
fn every_own_term_is_in_the_ontology() {
    let ontology = parse(ONTOLOGY.as_bytes(), Format::Turtle).unwrap();
    let described = |term: &str, predicate: &str| {
        let subject = format!("<{term}>");
        ontology.iter().any(|it| {
            it.subject.to_string() == subject && it.predicate.as_str().ends_with(predicate)
        })
    };
    let vocab = Vocab::default();
    let mut terms = own_terms(&common::sample());
    let mut words: Vec<&str> = Vec::new();
    words.extend(
        backstory::model::Certainty::ALL
            .iter()
            .map(|it| it.as_str()),
    );
    words.extend(
        backstory::model::Factuality::ALL
            .iter()
            .map(|it| it.as_str()),
    );
    words.extend(backstory::model::Strength::ALL.iter().map(|it| it.as_str()));
    words.extend(
        backstory::model::EntityKind::ALL
            .iter()
            .map(|it| it.as_str()),
    );
    terms.extend(
        words
            .into_iter()
            .map(|it| vocab.value(it).as_str().to_owned()),
    );
    terms.extend(
        backstory::model::Role::ALL
            .iter()
            .map(|it| vocab.role(*it).as_str().to_owned()),
    );
    let relations = Relation::ALL
        .iter()
        .map(|it| vocab.relation(*it).as_str().to_owned());
    terms.extend(relations.filter(|it| it.starts_with(vocab.base())));
    for term in terms {
        assert!(
            described(&term, "#type") && described(&term, "#label") && described(&term, "#comment"),
            "{term}"
        );
    }
}
