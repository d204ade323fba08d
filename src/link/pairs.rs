//! What is true of two clauses that words of `causal.toml` join: the features that `linking.toml` weighs.

use super::Input;
use crate::lang::weights::Take;
use crate::model::{Confidence, Event, Factuality, Field, RuleId};
use crate::syntax::PredicateRef;
use crate::text::SentenceKind;
use rustc_hash::{FxHashMap, FxHashSet};

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

/// What is true of the whole article, made once for all its pairs.
pub(super) struct Facts<'a> {
    /// Events of whose type or with whose word another was told before: indices into the events.
    again: FxHashSet<usize>,
    /// Where each word tells which event of the text.
    words: FxHashMap<&'a str, Vec<(usize, usize)>>,
    /// The first sentence of the text.
    first: usize,
    /// How many sentences the text has.
    length: usize,
}

impl<'a> Facts<'a> {
    pub fn new(input: &'a Input) -> Self {
        let sentences = &input.document.sentences;
        let in_text = |it: usize| sentences[it].field() == Field::Text;
        let mut words: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
        for (at, idx) in input.anchors.iter().filter(|it| in_text(it.0.sentence)) {
            let places = words.entry(&input.predicate(*at).lemma).or_default();
            places.push((at.sentence, *idx));
        }
        Self {
            again: again(input),
            words,
            first: sentences
                .iter()
                .take_while(|it| it.field() != Field::Text)
                .count(),
            length: sentences
                .iter()
                .filter(|it| it.field() == Field::Text)
                .count(),
        }
    }

    /// Tells whether an earlier sentence tells another event than `idx` with the word that tells this one at `at`.
    fn is_word_known(&self, input: &Input, at: PredicateRef, idx: usize) -> bool {
        let told = self.words.get(input.predicate(at).lemma.as_str());
        told.is_some_and(|it| it.iter().any(|it| it.0 < at.sentence && it.1 != idx))
    }
}

/// Returns the events that seem to be told again.
fn again(input: &Input) -> FxHashSet<usize> {
    let (mut told, mut types, mut words) = (
        FxHashSet::default(),
        FxHashSet::default(),
        FxHashSet::default(),
    );
    let mut again = FxHashSet::default();
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

/// Growing values, each with its word: a value has every step that it reaches.
type Steps = [(usize, &'static str)];

/// From here on words say little else than cause.
const SURE: u8 = 80;

const CONFIDENCE: &Steps = &[(50, "50"), (60, "60"), (70, "70"), (80, "80")];
#[rustfmt::skip]
const SALIENCE: &Steps = &[
    (10, "10"), (20, "20"), (30, "30"), (40, "40"), (50, "50"), (60, "60"), (70, "70"), (80, "80"), (90, "90"),
];
const BOTH_SALIENT: &Steps = &[(50, "50"), (70, "70"), (90, "90")];
const DEPTH: &Steps = &[
    (1, "1"),
    (2, "2"),
    (3, "3"),
    (5, "5"),
    (8, "8"),
    (12, "12"),
    (20, "20"),
];
const LENGTH: &Steps = &[(5, "5"), (8, "8"), (12, "12"), (20, "20"), (30, "30")];

/// Calls `tell` with the word of every step that `value` reaches.
fn reached(steps: &Steps, value: usize, tell: impl FnMut(&str)) {
    let steps = steps.iter().take_while(|it| it.0 <= value);
    steps.map(|it| it.1).for_each(tell);
}

/// Calls `take` with the name of everything that is true of `pair`.
pub(super) fn each_feature(input: &Input, facts: &Facts, pair: Pair, take: &mut Take) {
    take(&["rule=", pair.rule.as_str()]);
    let sure = usize::from(pair.sure.hundredths());
    reached(CONFIDENCE, sure, |it| take(&["confidence=", it]));
    let depth = pair.to.sentence.saturating_sub(facts.first);
    reached(DEPTH, depth, |it| take(&["deep=", it]));
    reached(LENGTH, facts.length, |it| take(&["long=", it]));
    place(input, pair, take);
    for (name, at) in [("from", pair.from), ("to", pair.to)] {
        told(input, facts, (name, at), take);
    }
    both(input, pair, take);
}

/// How far the two lie apart.
fn place(input: &Input, pair: Pair, take: &mut Take) {
    let Pair { from, to, sure, .. } = pair;
    if from.sentence != to.sentence {
        take(&["across"]);
        if SURE <= sure.hundredths() {
            take(&["across-sure"]);
        }
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
fn told(input: &Input, facts: &Facts, (name, at): (&str, PredicateRef), take: &mut Take) {
    let predicate = input.predicate(at);
    let idx = input.anchors[&at];
    let event = &input.events[idx];
    let mut is = |what: &str, word: &str| take(&[name, what, word]);
    is("=", input.types.class(&event.event_type));
    reached(SALIENCE, usize::from(event.salience), |it| {
        is("-salience=", it);
    });
    is(
        "-participants=",
        ["0", "1", "2"][event.participants.len().min(2)],
    );
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
        (facts.again.contains(&idx), "-repeat"),
        (facts.is_word_known(input, at, idx), "-word-known"),
        (event.when.edtf().is_some(), "-dated"),
    ];
    for (_, mark) in marks.iter().filter(|it| it.0) {
        is(mark, "");
    }
}

/// What the two events are to each other.
fn both(input: &Input, Pair { from, to, .. }: Pair, take: &mut Take) {
    let [a, b] = [from, to].map(|it| &input.events[input.anchors[&it]]);
    let least = usize::from(a.salience.min(b.salience));
    reached(BOTH_SALIENT, least, |it| take(&["both-salience=", it]));
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
