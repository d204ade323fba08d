//! What is true of two clauses that words of `causal.toml` join: the features that `linking.toml` weighs.

use super::Input;
use crate::lang::weights::Take;
use crate::model::{Confidence, Event, Factuality, RuleId};
use crate::syntax::PredicateRef;
use crate::text::SentenceKind;
use rustc_hash::FxHashSet;

/// Two predicates that tell different events, and the rule that joins them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    /// The cause.
    pub from: PredicateRef,
    /// The effect.
    pub to: PredicateRef,
    pub rule: &'a RuleId,
    /// How sure the rule is.
    pub sure: Confidence,
}

/// Events of whose type or with whose word another was told before: indices into the events.
pub(super) type Repeats = FxHashSet<usize>;

/// Returns the events that seem to be told again.
pub(super) fn repeats(input: &Input) -> Repeats {
    let (mut told, mut types, mut words) = (
        FxHashSet::default(),
        FxHashSet::default(),
        FxHashSet::default(),
    );
    let mut again = Repeats::default();
    for (at, idx) in input.anchors {
        let headline = input.document.sentences[at.sentence].kind == SentenceKind::Headline;
        if headline || !told.insert(*idx) {
            continue;
        }
        let name = input.events[*idx].event_type.as_str();
        let plain = matches!(name, "Other" | "State" | "Statement");
        let new_type = plain || types.insert(name);
        let new_word = words.insert(input.predicate(*at).lemma.as_str());
        if !new_type || !new_word {
            again.insert(*idx);
        }
    }
    again
}

/// Calls `take` with the name of everything that is true of `pair`.
pub(super) fn each_feature(input: &Input, again: &Repeats, pair: Pair, take: &mut Take) {
    take(&["rule=", pair.rule.as_str()]);
    let sure = pair.sure.hundredths();
    for (level, words) in [(50, "50"), (60, "60"), (70, "70"), (80, "80")] {
        if level <= sure {
            take(&["confidence=", words]);
        }
    }
    place(input, pair, take);
    for (name, at) in [("from", pair.from), ("to", pair.to)] {
        told(input, again, (name, at), take);
    }
    both(input, pair, take);
}

/// How far the two lie apart.
fn place(input: &Input, Pair { from, to, .. }: Pair, take: &mut Take) {
    if from.sentence != to.sentence {
        take(&["across"]);
        let main = |it: PredicateRef| input.main_event(it.sentence) == Some(it);
        if main(from) && main(to) {
            take(&["main"]);
        }
        return;
    }
    if from.predicate.abs_diff(to.predicate) > 1 {
        take(&["far"]);
    }
    match (input.predicate(from).quoted, input.predicate(to).quoted) {
        (true, true) => take(&["quoted"]),
        (false, false) => {}
        _ => take(&["quote-edge"]),
    }
}

/// What one of the events is.
fn told(input: &Input, again: &Repeats, (name, at): (&str, PredicateRef), take: &mut Take) {
    let predicate = input.predicate(at);
    let idx = input.anchors[&at];
    let event = &input.events[idx];
    let mut is = |what: &str, word: &str| take(&[name, what, word]);
    is("=", input.types.class(&event.event_type));
    for (level, words) in SALIENCE {
        if level <= event.salience {
            is("-salience=", words);
        }
    }
    is("-kind=", predicate.kind.as_str());
    is("-fact=", event.factuality.as_str());
    is("-tense=", predicate.tense.as_str());
    let marks = [
        ((input.reporting)(at), "-reports"),
        (
            predicate.negated || event.factuality == Factuality::Negated,
            "-negated",
        ),
        (event.mentions().len() > 1, "-again"),
        (again.contains(&idx), "-repeat"),
        (event.when.edtf().is_some(), "-dated"),
    ];
    for (_, mark) in marks.iter().filter(|it| it.0) {
        is(mark, "");
    }
}

/// Steps of salience, each with its word.
const SALIENCE: [(u8, &str); 9] = [
    (10, "10"),
    (20, "20"),
    (30, "30"),
    (40, "40"),
    (50, "50"),
    (60, "60"),
    (70, "70"),
    (80, "80"),
    (90, "90"),
];

/// What the two events are to each other.
fn both(input: &Input, Pair { from, to, .. }: Pair, take: &mut Take) {
    let [a, b] = [from, to].map(|it| &input.events[input.anchors[&it]]);
    for (level, words) in [(50, "50"), (70, "70"), (90, "90")] {
        if level <= a.salience.min(b.salience) {
            take(&["both-salience=", words]);
        }
    }
    take(&["when=", order(a, b)]);
    if input.predicate(from).lemma == input.predicate(to).lemma {
        take(&["same-word"]);
    }
    let [one, other] = [a, b].map(|it| input.types.class(&it.event_type));
    if one == other {
        take(&["same-class"]);
    }
    let open = |it: &Event| matches!(it.factuality, Factuality::Planned | Factuality::Conditional);
    if open(a) != open(b) {
        take(&["facts-differ"]);
    }
}

/// Tells what the dates of two events say of their order.
fn order(a: &Event, b: &Event) -> &'static str {
    let (from, to) = (a.when.bounds(), b.when.bounds());
    match (a.when.edtf(), b.when.edtf()) {
        (None, None) => "none",
        (Some(_), None) => "from-only",
        (None, Some(_)) => "to-only",
        (Some(one), Some(other)) if one == other => "same",
        _ if from.is_before(to) => "before",
        _ if to.is_before(from) => "after",
        _ => "overlap",
    }
}
