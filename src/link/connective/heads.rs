//! Which clause or noun each side of a connective is about, by the grammar of the sentence; by what stands there where the grammar does not say.

use super::super::Input;
use super::rows::{Connectives, Side};
use super::sides::Candidate;
use crate::model::{Event, Span};
use crate::syntax::{Argument, ClauseKind, Predicate, PredicateKind, PredicateRef, Tense};
use crate::text::Token;
use std::ops::Range;

/// How many words behind a copula what it says may stand.
const NEAR: usize = 4;

/// What a side is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Its predicate, if it has one.
    pub at: Option<PredicateRef>,
    /// The word that names it.
    pub word: Option<Span>,
}

impl Head {
    /// Returns itself, or the other one where it names nothing.
    fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.word.is_some() { self } else { other() }
    }
}

/// A sentence in which heads are looked for.
#[derive(Clone, Copy)]
pub(super) struct Heads<'a> {
    pub input: &'a Input<'a>,
    pub sentence: usize,
    pub connectives: &'a Connectives,
}

impl<'a> Heads<'a> {
    /// Returns what the cause and the effect of a connective are about.
    pub fn of(self, it: &Candidate) -> [Head; 2] {
        let row = &self.connectives.rows[it.row].0;
        let (behind, before) = match row.cause {
            Side::After => (&it.cause, &it.effect),
            Side::Before => (&it.effect, &it.cause),
        };
        let [behind, before] = if row.verb {
            self.of_verb(it, [behind, before])
        } else {
            self.of_words([behind, before])
        };
        match row.cause {
            Side::After => [behind, before],
            Side::Before => [before, behind],
        }
    }

    /// A verb connects its subject and what follows it: "the talks led to an accord".
    fn of_verb(self, it: &Candidate, [behind, before]: [&Range<usize>; 2]) -> [Head; 2] {
        let predicates = self.predicates();
        let Some(at) = self.verb_of(it) else {
            return self.of_words([behind, before]);
        };
        let verb = &predicates[at];
        let follows = |a: &&Argument| behind.contains(&a.tokens.start) && a.marker != "subject";
        let object = verb.arguments.iter().find(follows);
        let subject = verb.arguments.iter().find(|a| a.marker == "subject");
        // "Losses caused by the storm": the noun before; "sales fell, leading to losses": the clause before; "helped cause": its subject.
        let inside = matches!(verb.clause, ClauseKind::Main | ClauseKind::Content);
        let bare = !inside && verb.tense == Tense::Unmarked;
        let noun = verb.head_noun.or_else(|| {
            let last = it.cue.start.checked_sub(1)?;
            (bare && self.is_noun(last)).then_some(last)
        });
        let actor = match (noun, verb.governor, subject) {
            _ if self.connectives.rows[it.row].0.tells => self.of_predicate(at),
            (Some(noun), ..) => self.of_noun(noun),
            (None, Some(clause), _) if bare => self.of_clause(clause, before),
            (.., Some(subject)) => self.of_argument(subject),
            _ => Head::default(),
        };
        // "Prompted the bank to cut rates": what the bank does.
        let infinitive = object.and_then(|_| self.content_of(at, behind));
        let object = match infinitive {
            Some(content) => self.of_predicate(content),
            None => object.map_or_else(Head::default, |a| self.of_argument(a)),
        };
        [
            object.or(|| self.of_range(behind)),
            actor.or(|| self.of_range(before)),
        ]
    }

    /// Returns the verb that is the connective.
    fn verb_of(self, it: &Candidate) -> Option<usize> {
        let is_it =
            |p: &Predicate| p.kind == PredicateKind::Verb && it.cue.contains(&p.tokens.start);
        self.predicates().iter().position(is_it)
    }

    /// A conjunction connects its clause and the one that holds it, a preposition its noun and the verb that holds the noun.
    fn of_words(self, [behind, before]: [&Range<usize>; 2]) -> [Head; 2] {
        let predicates = self.predicates();
        let begins = |at: usize| predicates[at].tokens.start;
        let first_verb = (0..predicates.len())
            .filter(|it| predicates[*it].kind != PredicateKind::Noun)
            .map(begins)
            .find(|it| behind.contains(it));
        let held = |owner: usize| {
            let arguments = predicates[owner].arguments.iter();
            arguments.map(move |it| (owner, it))
        };
        let holds = |owner: &usize| {
            before.contains(&begins(*owner)) || predicates[*owner].kind == PredicateKind::Verb
        };
        let noun = (0..predicates.len())
            .filter(holds)
            .flat_map(held)
            .filter(|(_, it)| behind.contains(&it.tokens.start) && it.marker != "subject")
            .min_by_key(|it| it.1.tokens.start)
            .filter(|it| first_verb.is_none_or(|verb| it.1.tokens.start < verb));
        if let Some((owner, argument)) = noun {
            // "That because of the rulings they expect …": the verb stands behind, too.
            let within = [before, behind][usize::from(behind.contains(&begins(owner)))];
            let told = self.of_argument(argument).or(|| self.of_range(behind));
            return [told, self.of_clause(owner, within)];
        }
        let holder = self.top(behind).and_then(|it| predicates[it].governor);
        let holder = holder.filter(|it| before.contains(&begins(*it)));
        [
            self.of_range(behind),
            holder.map_or_else(|| self.of_range(before), |it| self.of_clause(it, before)),
        ]
    }

    /// Returns what lies between the cause of a verb and its effect, as its head, its tokens and those of the effect without it:
    /// "led to losses through lower sales".
    pub fn through(self, it: &Candidate) -> Option<(Head, Range<usize>, Range<usize>)> {
        let verb = &self.predicates()[self.verb_of(it)?];
        let between = |a: &&Argument| {
            it.effect.contains(&a.tokens.start) && self.connectives.through.contains(&a.marker)
        };
        let argument = verb.arguments.iter().find(between)?;
        let head = Some(self.of_argument(argument)).filter(|it| it.at.is_some())?;
        let mut before = (it.effect.start..argument.tokens.start).rev();
        let marker = before.find(|at| argument.marker.starts_with(&self.tokens()[*at].form))?;
        let effect = it.effect.start..marker;
        (!effect.is_empty()).then(|| (head, argument.tokens.clone(), effect))
    }

    /// Returns the event that a head names.
    pub fn event(self, head: Head) -> Option<&'a Event> {
        let idx = self.input.anchors.get(&head.at?)?;
        Some(&self.input.events[*idx])
    }

    /// Returns what is told in `range` beside a head: the other nouns in its place, the other clauses joined to its own.
    pub fn beside(self, head: Head, range: &Range<usize>) -> Vec<Head> {
        let predicates = self.predicates();
        let Some(at) = head.at.map(|it| it.predicate) else {
            return Vec::new();
        };
        let begin = predicates[at].tokens.start;
        if predicates[at].kind != PredicateKind::Noun {
            let joined = |it: &usize| {
                let other = &predicates[*it];
                other.governor == Some(at)
                    && self.connectives.coordinators.contains(&other.joint)
                    && range.contains(&other.tokens.start)
            };
            let others = (0..predicates.len()).filter(joined);
            return others.map(|it| self.of_predicate(it)).collect();
        }
        let holds = |it: &&Argument| it.tokens.contains(&begin);
        let mut arguments = predicates.iter().map(|it| &it.arguments);
        let Some((all, own)) = arguments.find_map(|all| Some((all, all.iter().find(holds)?)))
        else {
            return Vec::new();
        };
        let same = |it: &&Argument| {
            it.marker == own.marker && begin < it.tokens.start && range.contains(&it.tokens.start)
        };
        all.iter()
            .filter(same)
            .map(|it| self.of_argument(it))
            .collect()
    }

    /// Returns what tokens are about: their highest predicate, or their first noun.
    fn of_range(self, range: &Range<usize>) -> Head {
        if let Some(top) = self.top(range) {
            return self.of_clause(top, range);
        }
        let first = range.clone().find(|it| self.is_noun(*it));
        let last = first.and_then(|it| (it..range.end).take_while(|it| self.is_noun(*it)).last());
        last.map(|it| self.of_noun(it)).unwrap_or_default()
    }

    /// Returns what a phrase is about: its last noun, or nothing if it has none.
    fn of_argument(self, argument: &Argument) -> Head {
        let last = argument.tokens.clone().rev().find(|it| self.is_noun(*it));
        last.map(|it| self.of_noun(it)).unwrap_or_default()
    }

    /// Returns the event that the noun at the token `noun` names, or that noun; of a name, the whole.
    fn of_noun(self, noun: usize) -> Head {
        let tokens = self.tokens();
        let mut predicates = self.predicates().iter();
        let named = predicates.rposition(|it| it.tokens.contains(&noun));
        let is_name = |at: usize| self.connectives.is_name(&tokens[at]);
        let first = (0..=noun).rev().take_while(|it| is_name(*it)).last();
        Head {
            at: named.map(|it| self.place(it)),
            word: Some(tokens[first.unwrap_or(noun)].span.join(tokens[noun].span)),
        }
    }

    fn is_noun(self, at: usize) -> bool {
        self.connectives.is_noun(&self.tokens()[at])
    }

    fn tokens(self) -> &'a [Token] {
        &self.input.document.sentences[self.sentence].tokens
    }

    /// Returns what the clause of a predicate is about: of one that reports or only is something, the content in `range`.
    fn of_clause(self, mut at: usize, range: &Range<usize>) -> Head {
        let predicates = self.predicates();
        let only_holds = |at: usize| {
            let reports = (self.input.reporting)(self.place(at)) && !predicates[at].negated;
            reports || predicates[at].kind == PredicateKind::State
        };
        while only_holds(at) {
            match self.content_of(at, range) {
                Some(content) if content != at => at = content,
                _ => break,
            }
        }
        self.of_predicate(at)
    }

    /// Returns the clause in `range` that is the content of a predicate.
    fn content_of(self, at: usize, range: &Range<usize>) -> Option<usize> {
        let predicates = self.predicates();
        (0..predicates.len()).find(|it| {
            predicates[*it].governor == Some(at)
                && predicates[*it].clause == ClauseKind::Content
                && range.contains(&predicates[*it].tokens.start)
        })
    }

    /// Returns a predicate as a head; what something is said to be is named by that word.
    fn of_predicate(self, at: usize) -> Head {
        let predicate = &self.predicates()[at];
        let tokens = self.tokens();
        let says = |it: &usize| {
            let token = &tokens[*it];
            self.connectives.is_noun(token) || self.connectives.is_adjective(token)
        };
        let complement = (predicate.tokens.end..tokens.len())
            .take(NEAR)
            .find(says)
            .filter(|_| predicate.kind == PredicateKind::State)
            .and_then(|first| (first..tokens.len()).take_while(says).last());
        Head {
            at: Some(self.place(at)),
            word: Some(complement.map_or(predicate.trigger, |it| tokens[it].span)),
        }
    }

    /// Returns the first predicate of a range that belongs to none in it.
    fn top(self, range: &Range<usize>) -> Option<usize> {
        let predicates = self.predicates();
        let inside = |it: usize| range.contains(&predicates[it].tokens.start);
        (0..predicates.len()).find(|it| {
            inside(*it)
                && predicates[*it]
                    .governor
                    .is_none_or(|governor| !inside(governor))
        })
    }

    fn place(self, predicate: usize) -> PredicateRef {
        PredicateRef {
            sentence: self.sentence,
            predicate,
        }
    }

    fn predicates(self) -> &'a [Predicate] {
        &self.input.clauses[self.sentence].predicates
    }
}
