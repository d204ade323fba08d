//! Names in RDF: namespaces, the IRIs of things, and the words of the model as IRIs.
//!
//! Every name is made from what it names and can be read back; nothing here looks at quads.

use crate::model::{
    ArticleId, EntityId, EntityKind, EventId, Field, Granularity, Lang, Place, Relation, Role,
};
use crate::{Error, Result};
use oxigraph::model::{Literal, NamedNode, Term};
use std::fmt::Write as _;

/// The namespace of Backstory's own terms; not registered yet, hence an option everywhere.
pub const BASE: &str = "https://w3id.org/backstory/ns#";

/// `rdf:`.
pub const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// `rdfs:`.
pub const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
/// `sem:`, the Simple Event Model.
pub const SEM: &str = "http://semanticweb.cs.vu.nl/2009/11/sem/";
/// `faro:`, relations between events.
pub const FARO: &str = "http://purl.org/faro/";
/// `time:`, OWL-Time.
pub const TIME: &str = "http://www.w3.org/2006/time#";
/// `prov:`.
pub const PROV: &str = "http://www.w3.org/ns/prov#";
/// `nif:`, words on a page.
pub const NIF: &str = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
/// `gaf:`, events and the words that denote them.
pub const GAF: &str = "http://groundedannotationframework.org/gaf#";
/// `schema:`.
pub const SCHEMA: &str = "https://schema.org/";
/// `edtf:`.
pub const EDTF: &str = "http://id.loc.gov/datatypes/edtf/";
/// `dcterms:`.
pub const DCTERMS: &str = "http://purl.org/dc/terms/";
/// `xsd:`.
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
/// `wd:`, Wikidata's things.
pub const WD: &str = "http://www.wikidata.org/entity/";

/// The prefixes that need not be declared in a query, besides `bst:` and those of [`Vocab::prefixes`].
pub const PREFIXES: &[(&str, &str)] = &[
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("sem", SEM),
    ("faro", FARO),
    ("time", TIME),
    ("prov", PROV),
    ("nif", NIF),
    ("gaf", GAF),
    ("schema", SCHEMA),
    ("edtf", EDTF),
    ("dcterms", DCTERMS),
    ("xsd", XSD),
    ("wd", WD),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
];

/// The names under one base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocab {
    /// The namespace of the terms, as [`BASE`].
    ns: String,
    /// What the IRIs of articles, events and links begin with.
    root: String,
}

impl Default for Vocab {
    fn default() -> Self {
        Self::of(BASE)
    }
}

impl Vocab {
    /// Returns the names under `base`, an absolute IRI that ends in `#` or `/`.
    ///
    /// ```
    /// use backstory::rdf::Vocab;
    /// assert!(Vocab::new("https://news.example/ns#").is_ok());
    /// assert!(Vocab::new("news").is_err());
    /// ```
    ///
    /// # Errors
    /// Fails if `base` is no such IRI.
    pub fn new(base: &str) -> Result<Self> {
        let valid = NamedNode::new(base).is_ok() && base.ends_with(['#', '/']);
        if !valid {
            let message = format!("base `{base}` is no absolute IRI that ends in `#` or `/`");
            return Err(Error::usage(message).hint(format!("the usual base is {BASE}")));
        }
        Ok(Self::of(base))
    }

    fn of(base: &str) -> Self {
        let root = base.strip_suffix("ns#").map_or_else(
            || format!("{}/", base.trim_end_matches(['#', '/'])),
            str::to_owned,
        );
        Self {
            ns: base.to_owned(),
            root,
        }
    }

    /// Returns the namespace of the terms.
    pub fn base(&self) -> &str {
        &self.ns
    }

    /// Returns every prefix with its namespace: the standard ones, `bst:`, and `ev:`, `doc:`, `ent:`, `link:` for things.
    pub fn prefixes(&self) -> Vec<(&'static str, String)> {
        let standard = PREFIXES.iter().map(|(p, iri)| (*p, (*iri).to_owned()));
        let own = [("bst", self.ns.clone())];
        let things = [
            ("ev", "event/"),
            ("doc", "doc/"),
            ("ent", "entity/"),
            ("link", "link/"),
        ];
        let things = things.map(|(prefix, path)| (prefix, format!("{}{path}", self.root)));
        standard.chain(own).chain(things).collect()
    }

    /// Returns the own term `local`, as `edtf`.
    pub fn bst(&self, local: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{local}", self.ns))
    }

    /// Returns the own term for a word of a data pack, as `Prohibit`; any text can be such a word.
    pub fn word(&self, word: &str) -> NamedNode {
        self.bst(&encode(word))
    }

    /// Returns the word of an own term.
    pub fn read_word(&self, iri: &str) -> Option<String> {
        iri.strip_prefix(&self.ns).and_then(decode)
    }

    /// Returns the value for a word of the model: `exact` is `bst:Exact`.
    pub fn value(&self, word: &str) -> NamedNode {
        let mut chars = word.chars();
        let first = chars.next().map_or(' ', |it| it.to_ascii_uppercase());
        self.bst(&format!("{first}{}", chars.as_str()))
    }

    /// Returns the word of the model that a value stands for.
    pub fn read_value(&self, iri: &str) -> Option<String> {
        Some(iri.strip_prefix(&self.ns)?.to_ascii_lowercase())
    }

    fn under(&self, path: &str, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}{}", self.root, encode(name)))
    }

    fn read_under(&self, path: &str, iri: &str) -> Option<String> {
        let rest = iri.strip_prefix(&self.root)?.strip_prefix(path)?;
        decode(rest.split(';').next()?)
    }

    /// Returns the graph that holds everything read in an article.
    pub fn graph(&self, article: &ArticleId) -> NamedNode {
        self.under("graph/", article.as_str())
    }

    /// Returns the article whose graph this is.
    pub fn read_graph(&self, iri: &str) -> Option<ArticleId> {
        self.read_under("graph/", iri).map(ArticleId::new)
    }

    /// Returns the graph of what holds across articles.
    pub fn derived_graph(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}derived", self.root))
    }

    /// Returns the graph for statements that were loaded without one.
    pub fn loaded_graph(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}loaded", self.root))
    }

    /// Returns the article itself, which is also the context of offsets into its text.
    pub fn doc(&self, article: &ArticleId) -> NamedNode {
        self.under("doc/", article.as_str())
    }

    /// Returns what offsets into `field` of the article refer to.
    pub fn context(&self, article: &ArticleId, field: Field) -> NamedNode {
        let doc = self.doc(article);
        match field {
            Field::Text => doc,
            Field::Title => NamedNode::new_unchecked(format!("{}/title", doc.as_str())),
        }
    }

    /// Returns the article and field of a context.
    pub fn read_context(&self, iri: &str) -> Option<(ArticleId, Field)> {
        let rest = iri.strip_prefix(&self.root)?.strip_prefix("doc/")?;
        let (id, field) = match rest.strip_suffix("/title") {
            Some(id) => (id, Field::Title),
            None => (rest, Field::Text),
        };
        Some((ArticleId::new(decode(id)?), field))
    }

    /// Returns a name that an article uses for somebody not known.
    pub fn name(&self, article: &ArticleId, text: &str) -> NamedNode {
        let doc = self.doc(article);
        NamedNode::new_unchecked(format!("{}/name/{}", doc.as_str(), encode(text)))
    }

    /// Returns the `index`th time expression of an article.
    pub fn timex(&self, article: &ArticleId, index: usize) -> NamedNode {
        NamedNode::new_unchecked(format!("{}/timex/{index}", self.doc(article).as_str()))
    }

    /// Returns the publisher called `name`.
    pub fn publisher(&self, name: &str) -> NamedNode {
        self.under("publisher/", name)
    }

    /// Returns the name of a publisher.
    pub fn read_publisher(&self, iri: &str) -> Option<String> {
        self.read_under("publisher/", iri)
    }

    /// Returns an event.
    pub fn event(&self, id: &EventId) -> NamedNode {
        self.under("event/", id.as_str())
    }

    /// Returns the id of an event.
    pub fn read_event(&self, iri: &str) -> Option<EventId> {
        self.read_under("event/", iri).map(EventId::new)
    }

    /// Returns a claim.
    pub fn link(&self, id: &str) -> NamedNode {
        self.under("link/", id)
    }

    /// Returns the merger whose first member is `id`.
    pub fn merge(&self, id: &str) -> NamedNode {
        self.under("merge/", id)
    }

    /// Returns a state, as `export:h20:china`.
    pub fn state(&self, of: &str) -> NamedNode {
        self.under("state/", of)
    }

    /// Returns what a state is of.
    pub fn read_state(&self, iri: &str) -> Option<String> {
        self.read_under("state/", iri)
    }

    /// Returns the activity that read an article, or that derived; its name holds the version, not the time.
    pub fn run(&self, article: Option<&ArticleId>) -> NamedNode {
        let version = env!("CARGO_PKG_VERSION");
        let of = article.map_or("derived".to_owned(), |it| {
            format!("doc/{}", encode(it.as_str()))
        });
        NamedNode::new_unchecked(format!("{}run/{version}/{of}", self.root))
    }

    /// Returns Backstory as the agent of its runs.
    pub fn agent(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}agent/backstory", self.root))
    }

    /// Returns a known entity: Wikidata's own IRI where the id is one of Wikidata's.
    pub fn entity(&self, id: &EntityId) -> NamedNode {
        if is_wikidata(id.as_str()) {
            return NamedNode::new_unchecked(format!("{WD}{id}"));
        }
        self.under("entity/", id.as_str())
    }

    /// Returns the id of a known entity.
    pub fn read_entity(&self, iri: &str) -> Option<EntityId> {
        let wikidata = iri.strip_prefix(WD).filter(|it| is_wikidata(it));
        let id = wikidata.map(str::to_owned);
        id.or_else(|| self.read_under("entity/", iri))
            .map(EntityId::new)
    }

    /// Returns the property of a relation.
    pub fn relation(&self, relation: Relation) -> NamedNode {
        let faro = |it: &str| NamedNode::new_unchecked(format!("{FARO}{it}"));
        match relation {
            Relation::LeadsTo => self.bst("leadsTo"),
            Relation::RespondsTo => self.bst("respondsTo"),
            Relation::Reverses | Relation::Strengthens | Relation::Reports | Relation::About => {
                self.bst(relation.as_str())
            }
            Relation::Causes
            | Relation::Enables
            | Relation::Prevents
            | Relation::DoesNotPrevent
            | Relation::Before
            | Relation::Contains => faro(relation.as_str()),
        }
    }

    /// Returns the relation of a property.
    pub fn read_relation(&self, iri: &str) -> Option<Relation> {
        let all = Relation::ALL.iter().copied();
        all.into_iter()
            .find(|it| self.relation(*it).as_str() == iri)
    }

    /// Returns the property of a role.
    pub fn role(&self, role: Role) -> NamedNode {
        self.bst(role.as_str())
    }

    /// Returns the role of a property.
    pub fn read_role(&self, iri: &str) -> Option<Role> {
        Role::from_word(iri.strip_prefix(&self.ns)?)
    }

    /// Returns the kind of entity that a value stands for.
    pub fn read_kind(&self, iri: &str) -> Option<EntityKind> {
        EntityKind::from_word(&self.read_value(iri)?)
    }

    /// Returns the unit of a date: OWL-Time's where it has one.
    pub fn unit(&self, granularity: Granularity) -> NamedNode {
        let owl_time = |it: &str| NamedNode::new_unchecked(format!("{TIME}{it}"));
        match granularity {
            Granularity::Century => self.bst("unitCentury"),
            Granularity::Decade => self.bst("unitDecade"),
            Granularity::Year => owl_time("unitYear"),
            Granularity::Half => self.bst("unitHalf"),
            Granularity::Quarter => self.bst("unitQuarter"),
            Granularity::Season => self.bst("unitSeason"),
            Granularity::Month => owl_time("unitMonth"),
            Granularity::MonthPart => self.bst("unitMonthPart"),
            Granularity::Day => owl_time("unitDay"),
            Granularity::Minute => owl_time("unitMinute"),
        }
    }

    /// Returns `text` in `lang`; a tag that RDF would change is kept in a datatype of its own.
    pub fn text(&self, text: &str, lang: &Lang) -> Literal {
        let tag = lang.as_str();
        match Literal::new_language_tagged_literal(text, tag) {
            Ok(literal) if literal.language() == Some(tag) => literal,
            _ => Literal::new_typed_literal(text, self.bst(&format!("lang:{}", encode(tag)))),
        }
    }

    /// Returns the language and the words of a text.
    pub fn read_text(&self, term: &Term) -> Option<(Lang, String)> {
        let Term::Literal(literal) = term else {
            return None;
        };
        let tag = if let Some(tag) = literal.language() {
            tag.to_owned()
        } else {
            let datatype = literal.datatype().as_str();
            decode(datatype.strip_prefix(&self.ns)?.strip_prefix("lang:")?)?
        };
        Some((Lang::new(tag), literal.value().to_owned()))
    }
}

/// Returns the phrase at code points (or bytes, where `unit` says so) of a context.
pub fn phrase(context: &NamedNode, unit: &str, start: usize, end: usize) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#{unit}={start},{end}", context.as_str()))
}

/// A phrase IRI taken apart: context, `char` or `byte`, start, end.
pub fn read_phrase(iri: &str) -> Option<(&str, &str, usize, usize)> {
    let (context, fragment) = iri.rsplit_once('#')?;
    let (unit, range) = fragment.split_once('=')?;
    let (start, end) = range.split_once(',')?;
    Some((context, unit, start.parse().ok()?, end.parse().ok()?))
}

/// Returns a part of a thing, as the first mention `m0` of an event.
pub fn part(whole: &NamedNode, letter: &str, index: usize) -> NamedNode {
    let whole = whole.as_str();
    let hash = if whole.contains('#') { "" } else { "#" };
    NamedNode::new_unchecked(format!("{whole}{hash}{letter}{index}"))
}

/// Returns the number at the end of a part's IRI.
pub fn read_part(iri: &str) -> Option<usize> {
    let digits = iri.rfind(|it: char| !it.is_ascii_digit())? + 1;
    iri.get(digits..)?.parse().ok()
}

/// Where a phrase stands if its offsets are bytes: the place itself.
pub fn byte_phrase(context: &NamedNode, place: Place) -> NamedNode {
    phrase(context, "byte", place.span.start(), place.span.end())
}

fn is_wikidata(id: &str) -> bool {
    let digits = id.strip_prefix('Q').unwrap_or("");
    !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
}

/// Writes any text as one segment of an IRI; letters of every script stay readable.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let plain = c.is_ascii_alphanumeric()
            || matches!(c, '-' | '_' | '~' | ':')
            || (c == '.' && 0 < at)
            || (('\u{a0}'..='\u{d7ff}').contains(&c) && c.is_alphanumeric());
        if plain {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Undoes [`encode`].
pub(crate) fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte == b'%' {
            out.push(u8::from_str_radix(text.get(at + 1..at + 3)?, 16).ok()?);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}
