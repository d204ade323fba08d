//! The query that finds the claims of an answer in the store.
//!
//! An article's claims name that article's own events, so a merged event stands for all its members.

use super::{Answer, Hop, Verb};
use crate::model::{EventId, Relation};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const HEAD: &str = "\
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX faro: <http://purl.org/faro/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX bst: <https://w3id.org/backstory/ns#>
PREFIX ev: <https://w3id.org/backstory/event/>
SELECT DISTINCT ?from ?relation ?to ?strength ?confidence ?sentence WHERE {
";
const TAIL: &str = "\
  ?link a bst:Link ; rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to ;
        bst:strength ?strength ; bst:confidence ?confidence .
  OPTIONAL { ?link prov:wasDerivedFrom ?sentence }
}
ORDER BY ?from ?to ?relation ?sentence
";

/// Returns the query that finds the links of `answer`, or of an answer without links, those that it looked for.
pub(super) fn query(answer: &Answer) -> String {
    let steps = answer.chains.iter().flat_map(|it| &it.steps);
    let mut hops: Vec<&Hop> = Vec::new();
    let mut seen = BTreeSet::new();
    for hop in steps.chain(&answer.reverses) {
        if seen.insert((&hop.link.from.event, hop.link.relation, &hop.link.to.event)) {
            hops.push(hop);
        }
    }
    let parts: Vec<String> = hops.iter().filter_map(|it| part(answer, it)).collect();
    let body = if parts.is_empty() {
        looked_for(answer)
    } else {
        format!("  {}\n", parts.join("\n  UNION "))
    };
    format!("{HEAD}{body}{TAIL}")
}

fn part(answer: &Answer, hop: &Hop) -> Option<String> {
    let from = names(answer, hop.link.from.event.as_ref()?);
    let to = names(answer, hop.link.to.event.as_ref()?);
    let relation = property(hop.link.relation);
    Some(format!(
        "{{ VALUES ?from {{ {from} }} VALUES ?relation {{ {relation} }} VALUES ?to {{ {to} }} }}"
    ))
}

/// Returns the pattern of a question without recorded answer.
fn looked_for(answer: &Answer) -> String {
    let causal = "  VALUES ?relation { faro:causes faro:enables bst:leadsTo }\n";
    let event = names(answer, &answer.event);
    let side = if answer.verb == Verb::Effects {
        "from"
    } else {
        "to"
    };
    format!("{causal}  VALUES ?{side} {{ {event} }}\n")
}

/// Returns the names of the event and of its members.
fn names(answer: &Answer, event: &EventId) -> String {
    let members = answer.events.get(event).map_or(&[][..], |it| &it.members);
    let ids: BTreeSet<&EventId> = members.iter().chain([event]).collect();
    let mut names = String::new();
    for id in ids {
        let space = if names.is_empty() { "" } else { " " };
        let _ = write!(names, "{space}{}", name(id));
    }
    names
}

/// Returns the event in SPARQL; an id of another form than `e:` and hexadecimal digits as a full IRI.
fn name(id: &EventId) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || it == ':' || it == '-' || it == '_';
    if id.as_str().chars().all(plain) {
        return format!("ev:{id}");
    }
    let mut iri = String::from("<https://w3id.org/backstory/event/");
    for byte in id.as_str().bytes() {
        if plain(char::from(byte)) {
            iri.push(char::from(byte));
        } else {
            let _ = write!(iri, "%{byte:02X}");
        }
    }
    iri.push('>');
    iri
}

/// Returns the vocabulary's property for `relation`.
fn property(relation: Relation) -> &'static str {
    match relation {
        Relation::Causes => "faro:causes",
        Relation::Enables => "faro:enables",
        Relation::Prevents => "faro:prevents",
        Relation::DoesNotPrevent => "faro:does_not_prevent",
        Relation::Before => "faro:before",
        Relation::Contains => "faro:contains",
        Relation::LeadsTo => "bst:leadsTo",
        Relation::Reverses => "bst:reverses",
        Relation::Strengthens => "bst:strengthens",
        Relation::RespondsTo => "bst:respondsTo",
        Relation::Reports => "bst:reports",
        Relation::About => "bst:about",
    }
}
