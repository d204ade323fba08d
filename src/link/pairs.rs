//! What is true of two clauses that words of `causal.toml` join: the features that `linking.toml` weighs.

use super::Input;
use crate::lang::weights::Take;
use crate::model::{Factuality, RuleId};
use crate::syntax::{Predicate, PredicateRef};

/// How many clauses the way from one clause to another may pass.
const CLIMB: usize = 4;

/// Two predicates that tell different events, and the rule that joins them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    /// The cause.
    pub from: PredicateRef,
    /// The effect.
    pub to: PredicateRef,
    pub rule: &'a RuleId,
}

/// Calls `take` with the name of everything that is true of `pair`.
pub(super) fn each_feature(input: &Input, pair: Pair, take: &mut Take) {
    take(&["rule=", pair.rule.as_str()]);
    if pair.from.sentence == pair.to.sentence {
        inside(input, pair, take);
    } else {
        across(input, pair, take);
    }
    for (name, at) in [("from", pair.from), ("to", pair.to)] {
        told(input, name, at, take);
    }
    let [a, b] = [pair.from, pair.to].map(|it| input.predicate(it));
    if a.lemma == b.lemma {
        take(&["same-word"]);
    }
}

/// How the clauses of one sentence are joined.
fn inside(input: &Input, Pair { from, to, .. }: Pair, take: &mut Take) {
    let (sort, marker) = input.form(from).named();
    take(&["first=", sort, marker]);
    take(&["steps=", steps(input, from, to)]);
    let [a, b] = [from, to].map(|it| input.predicate(it));
    if a.quoted != b.quoted {
        take(&["quote-edge"]);
    }
    take(&["arguments=", arguments(a, b)]);
}

/// How two sentences are joined.
fn across(input: &Input, Pair { from, to, .. }: Pair, take: &mut Take) {
    take(&[if to < from { "back" } else { "next" }]);
    let main = |it: PredicateRef| input.main_event(it.sentence) == Some(it);
    if main(from) && main(to) {
        take(&["main"]);
    }
}

/// What one of the events is.
fn told(input: &Input, name: &str, at: PredicateRef, take: &mut Take) {
    let predicate = input.predicate(at);
    let event = &input.events[input.anchors[&at]];
    take(&[name, "=", input.types.class(&event.event_type)]);
    for (level, words) in [(20, "20"), (40, "40"), (60, "60"), (80, "80")] {
        if level <= event.salience {
            take(&[name, "-salience=", words]);
        }
    }
    take(&[name, "-kind=", predicate.kind.as_str()]);
    if (input.reporting)(at) {
        take(&[name, "-reports"]);
    }
    if predicate.negated || event.factuality == Factuality::Negated {
        take(&[name, "-negated"]);
    }
    if name == "to" {
        take(&["to-fact=", event.factuality.as_str()]);
        take(&["to-tense=", predicate.tense.as_str()]);
    }
}

/// Returns how many governors lie between `from` and `to`, if `to` is one.
fn steps(input: &Input, from: PredicateRef, to: PredicateRef) -> &'static str {
    let mut at = from;
    for _ in 0..CLIMB {
        let Some(governor) = input.governor(at) else {
            break;
        };
        if governor == to {
            return if at == from { "1" } else { "2+" };
        }
        at = governor;
    }
    "none"
}

/// Tells which of the two clauses has arguments of its own.
fn arguments(a: &Predicate, b: &Predicate) -> &'static str {
    match (a.arguments.is_empty(), b.arguments.is_empty()) {
        (false, false) => "both",
        (false, true) => "from",
        (true, false) => "to",
        (true, true) => "none",
    }
}
