//! How a clause or noun is joined to what it belongs to: its ending, its particle, or the particle of the noun it modifies.

use super::Input;
use super::maker::Cue;
use crate::syntax::{Argument, ClauseKind, PredicateKind, PredicateRef};

/// The marker of a clause that modifies a noun which names an event.
pub(super) const MODIFIES: &str = "=";

/// What is joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A clause, by its ending.
    Verb,
    /// What somebody says or thinks.
    Content,
    /// A noun that names an event, by its particle.
    Noun,
    /// A clause that modifies a noun, by the particle of that noun.
    Adnominal,
}

/// How something is joined.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    pub sort: Sort,
    /// The ending, particle or frame as the pack names it; [`MODIFIES`] if it modifies an event noun, empty if nothing is there.
    pub marker: &'a str,
    /// The phrase that carries the marker, if a phrase does.
    pub phrase: Option<&'a Argument>,
}

impl<'a> Form<'a> {
    /// Returns the names of the sort and of the marker.
    pub fn named(self) -> (&'static str, &'a str) {
        let sort = match self.sort {
            Sort::Verb => "",
            Sort::Content => "that ",
            Sort::Noun => "noun ",
            Sort::Adnominal => "of ",
        };
        (sort, self.marker)
    }

    /// Returns the word of the sort in data packs.
    pub fn word(self) -> &'static str {
        match self.sort {
            Sort::Verb | Sort::Content => "verb",
            Sort::Noun => "noun",
            Sort::Adnominal => "adnominal",
        }
    }
}

impl Input<'_> {
    /// Returns the predicate that the one at `at` belongs to.
    pub(super) fn governor(&self, at: PredicateRef) -> Option<PredicateRef> {
        let predicate = self.predicate(at).governor?;
        Some(PredicateRef { predicate, ..at })
    }

    /// Returns how the predicate at `at` is joined to its governor.
    pub(super) fn form(&self, at: PredicateRef) -> Form<'_> {
        let predicate = self.predicate(at);
        let (sort, token) = match (predicate.clause, predicate.kind) {
            (ClauseKind::Adnominal, _) => (Sort::Adnominal, predicate.head_noun),
            (_, PredicateKind::Noun) => (Sort::Noun, Some(predicate.tokens.start)),
            (ClauseKind::Content, _) => (Sort::Content, None),
            _ => (Sort::Verb, None),
        };
        let none = Form {
            sort,
            marker: "",
            phrase: None,
        };
        if !predicate.joint.is_empty() && sort != Sort::Adnominal {
            return Form {
                marker: &predicate.joint,
                ..none
            };
        }
        let Some((governor, token)) = self.governor(at).zip(token) else {
            return none;
        };
        let governor = self.predicate(governor);
        if governor.tokens.contains(&token) {
            return Form {
                marker: MODIFIES,
                ..none
            };
        }
        let phrase = governor
            .arguments
            .iter()
            .find(|it| it.tokens.contains(&token));
        Form {
            marker: phrase.map_or("", |it| it.marker.as_str()),
            phrase,
            ..none
        }
    }

    /// Returns the words of the form of the predicate at `at`, and where they stand.
    pub(super) fn form_cue(&self, at: PredicateRef) -> Cue {
        let form = self.form(at);
        let tokens = &self.document.sentences[at.sentence].tokens;
        let particle = form.phrase.and_then(|it| tokens.get(it.tokens.end));
        let span = self.predicate(at).joint_span.or(particle.map(|it| it.span));
        Cue {
            words: form.marker.to_owned(),
            place: span.map(|it| self.place(at.sentence, it)),
        }
    }
}
