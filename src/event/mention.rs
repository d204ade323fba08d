//! Which candidates are mentions of an event at all: a linear score over named features, weights in `mention.toml`.
//!
//! It decides what stands in the background of what a timeline tells; `salience` decides what is told.

use super::draft::Draft;
use super::{Input, Lexicon};
use crate::Result;
use crate::lang::Pack;
use crate::lang::weights::{self, Take, Weights};
use crate::syntax::{Argument, Predicate, PredicateKind};
use crate::text::Token;

/// How many characters at the end of a word are its suffix.
const SUFFIX: usize = 3;

/// The weights of one language; without any nothing is kept as background.
pub(super) struct Mentions {
    weights: Weights,
}

impl Mentions {
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            weights: pack.rows("mention.toml")?,
        })
    }

    /// Tells whether the draft mentions an event.
    pub fn admit(&self, input: &Input, lexicon: &Lexicon, draft: &Draft) -> bool {
        // That something is so is no event.
        draft.predicate(input).kind != PredicateKind::State
            && !self.weights.is_empty()
            && self.weights.threshold
                <= self
                    .weights
                    .score(|take| each_feature(input, lexicon, draft, take))
    }
}

/// Returns the names of what is true of a draft.
pub(super) fn features(input: &Input, lexicon: &Lexicon, draft: &Draft) -> Vec<String> {
    weights::names(|take| each_feature(input, lexicon, draft, take))
}

/// Calls `take` with the name of everything that is true of a draft.
fn each_feature(input: &Input, lexicon: &Lexicon, draft: &Draft, take: &mut Take) {
    let predicate = draft.predicate(input);
    let kind = predicate.kind.as_str();
    let typed = if draft.typed { "typed" } else { "untyped" };
    take(&["kind=", kind]);
    take(&[kind, "+", typed]);
    take(&[kind, "+class=", input.types.class(&draft.event_type)]);
    if predicate.carrier {
        take(&["carrier"]);
    }
    if draft.aside {
        take(&["lemma=", &predicate.lemma]);
    }
    let tokens = &draft.sentence(input).tokens;
    match predicate.kind {
        PredicateKind::Noun => noun_features(input, lexicon, draft, take),
        PredicateKind::Verb => verb_features(predicate, tokens, take),
        PredicateKind::State => {}
    }
}

/// What the form of a verb says.
fn verb_features(predicate: &Predicate, tokens: &[Token], take: &mut Take) {
    let tag = tokens
        .get(predicate.tokens.start)
        .map_or("", |it| it.tag.as_str());
    take(&["tag=", tag]);
    take(&["clause=", predicate.clause.as_str()]);
    take(&["tense=", predicate.tense.as_str()]);
    if predicate.arguments.is_empty() {
        take(&["alone"]);
    }
    let object = |it: &Argument| it.marker == "object";
    if predicate.arguments.iter().any(object) {
        take(&["verb+object"]);
    }
}

/// What a noun names, and what stands around it.
fn noun_features(input: &Input, lexicon: &Lexicon, draft: &Draft, take: &mut Take) {
    let predicate = draft.predicate(input);
    let typed = if draft.typed { "+typed" } else { "+untyped" };
    let sense = lexicon.sense(&predicate.lemma);
    let mut cut = sense.chars();
    let share = cut.next().map(String::from).unwrap_or_default();
    let names = cut.next().map(String::from).unwrap_or_default();
    take(&["share=", &share, typed]);
    take(&["names=", &names, typed]);
    take(&["sense=", sense]);
    if cut.next().is_some() {
        take(&["verbal", typed]);
    }
    let lemma = &predicate.lemma;
    if let Some((at, _)) = lemma.char_indices().rev().nth(SUFFIX - 1) {
        take(&["suffix=", &lemma[at..]]);
    }
    let tokens = &draft.sentence(input).tokens;
    let head = predicate.tokens.start;
    let tag = tokens.get(head).map_or("", |it| it.tag.as_str());
    take(&["tag=", tag]);
    take(&["tag=", tag, typed]);
    for argument in &predicate.arguments {
        take(&["has=", &argument.marker]);
        take(&["has=", &argument.marker, typed]);
    }
    around(tokens, head, take);
    held(input, draft, take);
}

/// The words beside a noun, and the determiner of its phrase.
fn around(tokens: &[Token], head: usize, take: &mut Take) {
    let before = head.checked_sub(1).and_then(|it| tokens.get(it));
    let after = tokens.get(head + 1);
    take(&["before-tag=", before.map_or("", |it| it.tag.as_str())]);
    take(&["after-tag=", after.map_or("", |it| it.tag.as_str())]);
    take(&[
        "after=",
        after
            .filter(|it| it.tag.as_str() == "IN")
            .map_or("", |it| it.form.as_str()),
    ]);
    let modifier = |it: &&Token| {
        let tag = it.tag.as_str();
        tag.starts_with("NN") || tag.starts_with("JJ") || tag.starts_with("VB") || tag == "CD"
    };
    let mut left = tokens[..head].iter().rev();
    let opening = left.find(|it| !modifier(it));
    take(&["opening=", opening.map_or("", |it| it.form.as_str())]);
}

/// How the predicate it belongs to holds a noun.
fn held(input: &Input, draft: &Draft, take: &mut Take) {
    let predicate = draft.predicate(input);
    let clauses = &input.clauses[draft.at.sentence];
    let Some(governor) = predicate.governor.and_then(|it| clauses.predicates.get(it)) else {
        take(&["held="]);
        return;
    };
    let mut arguments = governor.arguments.iter();
    let marker = arguments.find(|it| it.span.contains(predicate.trigger));
    take(&["held=", marker.map_or("", |it| it.marker.as_str())]);
    take(&["held-by=", &governor.lemma]);
}
