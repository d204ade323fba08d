//! How a clause or noun is joined to what it belongs to: its ending, its particle, or the particle of the noun it modifies.

use super::Input;
use super::maker::Cue;
use crate::syntax::{Argument, ClauseKind, PredicateKind, PredicateRef};

/// How many clauses the way to a joined event may pass.
const CLIMB: usize = 6;

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

impl Form<'_> {
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

    /// Returns what the predicate at `at` belongs to; at the end of a quotation that `from` is outside of, what follows the quotation.
    pub(super) fn clause_after(
        &self,
        at: PredicateRef,
        from: PredicateRef,
    ) -> Option<PredicateRef> {
        let outside = || {
            let predicates = &self.clauses[at.sentence].predicates;
            let quoted = self.predicate(at).quoted && !self.predicate(from).quoted;
            let mut rest = (at.predicate + 1..predicates.len()).filter(|_| quoted);
            let predicate = rest.find(|it| !predicates[*it].quoted)?;
            Some(PredicateRef { predicate, ..at })
        };
        self.governor(at).or_else(outside)
    }

    /// Returns the first event, from `at` up the governors, that the clause at `from` may join.
    ///
    /// What is quoted, said or modifies a noun joins nothing outside itself, and nothing outside joins what is quoted.
    pub(super) fn joined_event(
        &self,
        mut at: PredicateRef,
        from: PredicateRef,
    ) -> Option<PredicateRef> {
        for _ in 0..CLIMB {
            let quoted = self.predicate(at).quoted && !self.predicate(from).quoted;
            let told = self.anchors.get(&at);
            if told.is_some() && !quoted && told != self.anchors.get(&from) {
                return Some(at);
            }
            if matches!(self.form(at).sort, Sort::Content | Sort::Adnominal) {
                return None;
            }
            at = self.clause_after(at, from)?;
        }
        None
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
