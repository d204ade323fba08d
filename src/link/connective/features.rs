//! What is true of a sentence and of a connective with its sides: the names that weights are given to.

use super::rows::Connectives;
use super::sides::Candidate;
use crate::lang::weights::Take;
use crate::syntax::{Clauses, Predicate};
use crate::text::Token;
use std::ops::Range;

/// The name of the side that is the cause.
const CAUSE: &str = " cause";

/// What features are told of.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub connectives: &'a Connectives,
    pub tokens: &'a [Token],
    pub clauses: &'a Clauses,
    /// The types of the events that the predicates tell.
    pub types: &'a [Option<&'a str>],
    /// Whether the sentence speaks of somebody or something by name.
    pub named: bool,
    /// The classes of the words, the large and the small one.
    pub classes: &'a [[&'a str; 2]],
}

/// Calls `take` with the name of everything that is true of a sentence, besides what is true of its connectives.
pub(super) fn of_sentence(told: Told, candidates: &[Candidate], take: &mut Take) {
    let (mut last, mut last_tag) = ("^", "^");
    for (at, token) in told.tokens.iter().enumerate() {
        of_classes(told, at, take);
        let form = told.shape(token, &token.form);
        let lemma = told.shape(token, token.lemma());
        let tag = token.tag.as_str();
        take(&["w=", lemma]);
        take(&["b=", last, " ", form]);
        take(&["t=", last_tag, " ", tag]);
        (last, last_tag) = (form, tag);
    }
    for (idx, predicate) in told.clauses.predicates.iter().enumerate() {
        of_predicate(told, idx, predicate, take);
    }
    take(&["candidates=", bucket(candidates.len())]);
    take(&["length=", bucket(told.tokens.len())]);
}

/// What sort of word stands at `at`, and after which.
fn of_classes(told: Told, at: usize, take: &mut Take) {
    let [large, small] = told.class(Some(at));
    take(&["l=", large]);
    take(&["s=", small]);
    let Some(before) = at.checked_sub(1) else {
        return;
    };
    let [large_before, _] = told.class(Some(before));
    take(&["ll=", large_before, " ", large]);
    take(&["wl=", told.word(Some(before)), " ", large]);
    take(&["lw=", large_before, " ", told.word(Some(at))]);
}

/// Which predicate it is, how it is joined, and what stands with it.
fn of_predicate(told: Told, idx: usize, predicate: &Predicate, take: &mut Take) {
    let clause = predicate.clause.as_str();
    let joint = predicate.joint.as_str();
    take(&["clause=", clause, "+", joint, "+", predicate.tense.as_str()]);
    take(&["clause=", clause, "+", joint, " of ", &predicate.lemma]);
    if let Some(event_type) = told.types[idx] {
        take(&["type=", event_type]);
    }
    if predicate.passive {
        take(&["passive=", &predicate.lemma]);
    }
    for argument in &predicate.arguments {
        take(&["argument=", &predicate.lemma, " ", &argument.marker]);
    }
    let governor = predicate
        .governor
        .and_then(|it| told.clauses.predicates.get(it));
    if let Some(governor) = governor {
        take(&["joins=", &governor.lemma, " ", joint]);
        take(&[
            "joins=",
            &governor.lemma,
            " ",
            clause,
            " ",
            &predicate.lemma,
        ]);
    }
}

/// Calls `take` with the name of everything that is true of a connective with its sides.
pub(super) fn of_pair(told: Told, it: &Candidate, take: &mut Take) {
    let cue = told.connectives.rows[it.row].0.id.as_str();
    let (left, right) = (it.cue.start.checked_sub(1), Some(it.cue.end));
    take(&["c=", cue]);
    take(&["c=", cue, if it.fronted { " fronted" } else { " inside" }]);
    take(&["c=", cue, if told.named { " named" } else { " plain" }]);
    take(&["c=", cue, " word=", told.word(Some(it.cue.start))]);
    take(&["c=", cue, " left=", told.word(left)]);
    take(&["c=", cue, " right=", told.word(right)]);
    take(&["c=", cue, " left-tag=", told.tag(left)]);
    take(&["c=", cue, " right-tag=", told.tag(right)]);
    take(&["c=", cue, " tags=", told.tag(left), " ", told.tag(right)]);
    let second = Some(it.cue.end + 1);
    take(&[
        "c=",
        cue,
        " right=",
        told.word(right),
        " ",
        told.word(second),
    ]);
    let before_that = it.cue.start.checked_sub(2);
    take(&[
        "c=",
        cue,
        " left=",
        told.word(before_that),
        " ",
        told.word(left),
    ]);
    for side in [(CAUSE, &it.cause), (" effect", &it.effect)] {
        of_side(told, cue, side, it.cue.start, take);
    }
    let nouns = [&it.cause, &it.effect].map(|range| told.near_noun(range, it.cue.start));
    let ends = nouns.map(|it| suffix(told.word(it)));
    take(&["c=", cue, " ends=", ends[0], " ", ends[1]]);
    let [cause, effect] = nouns.map(|it| told.class(it)[0]);
    take(&["c=", cue, " nouns~", cause, " ", effect]);
    take(&["nouns~", cause, " ", effect]);
    of_class(told, cue, " left~", left, take);
    of_class(told, cue, " right~", right, take);
}

/// What sort of word stands at `at`, in a place of the connective `id`.
fn of_class(told: Told, id: &str, place: &str, at: Option<usize>, take: &mut Take) {
    let [large, small] = told.class(at);
    take(&["c=", id, place, large]);
    take(&["c=", id, place, small]);
    take(&[place, small]);
}

/// What is true of one side, with its name, of the connective `id` that begins at the token `cue`.
fn of_side(
    told: Told,
    id: &str,
    (side, range): (&str, &Range<usize>),
    cue: usize,
    take: &mut Take,
) {
    let verb = told.near_verb(range, cue);
    let noun = told.near_noun(range, cue);
    let (verb_word, noun_word) = (told.word(verb), told.word(noun));
    take(&["c=", id, side, "-verb=", verb_word]);
    take(&["c=", id, side, "-noun=", noun_word]);
    take(&["c=", id, side, "-noun-end=", suffix(noun_word)]);
    take(&[side, "-verb=", verb_word]);
    take(&[side, "-noun=", noun_word]);
    take(&[side, "-noun-end=", suffix(noun_word)]);
    let [verb_place, noun_place] = match side {
        CAUSE => [" cause-verb~", " cause-noun~"],
        _ => [" effect-verb~", " effect-noun~"],
    };
    of_class(told, id, verb_place, verb, take);
    of_class(told, id, noun_place, noun, take);
    take(&["c=", id, side, "-length=", bucket(range.len())]);
    take(&[
        "c=",
        id,
        side,
        if verb.is_some() { " clause" } else { " phrase" },
    ]);
    let predicates = &told.clauses.predicates;
    let inside = |it: &usize| range.contains(&predicates[*it].tokens.start);
    let event_type = (0..predicates.len())
        .filter(inside)
        .find_map(|it| told.types[it]);
    take(&["c=", id, side, "-type=", event_type.unwrap_or("-")]);
}

impl<'a> Told<'a> {
    /// Returns the word that stands for a token: names and numbers are as good as others of their sort.
    fn shape(self, token: &'a Token, word: &'a str) -> &'a str {
        self.connectives.shape(token, word)
    }

    fn word(self, at: Option<usize>) -> &'a str {
        at.and_then(|at| self.tokens.get(at))
            .map_or("-", |token| self.shape(token, token.lemma()))
    }

    /// Returns the large and the small class of a word.
    fn class(self, at: Option<usize>) -> [&'a str; 2] {
        let class = at.and_then(|at| self.classes.get(at));
        class.copied().unwrap_or(["-"; 2])
    }

    fn tag(self, at: Option<usize>) -> &'a str {
        at.and_then(|at| self.tokens.get(at))
            .map_or("-", |token| token.tag.as_str())
    }

    /// Returns the verb of a side that is nearest to the connective at `cue`.
    fn near_verb(self, range: &Range<usize>, cue: usize) -> Option<usize> {
        let verb = |at: &usize| self.connectives.is_verb(&self.tokens[*at]);
        if range.start < cue {
            range.clone().rev().find(verb)
        } else {
            range.clone().find(verb)
        }
    }

    /// Returns the last noun of the run of nouns that is nearest to the connective at `cue`.
    fn near_noun(self, range: &Range<usize>, cue: usize) -> Option<usize> {
        let noun = |at: &usize| self.connectives.is_noun(&self.tokens[*at]);
        if range.start < cue {
            return range.clone().rev().find(noun);
        }
        let first = range.clone().find(noun)?;
        (first..range.end).take_while(noun).last()
    }
}

/// Returns the last letters of a word, which tell what sort of noun it is.
fn suffix(word: &str) -> &str {
    let begin = word.char_indices().rev().nth(2).map_or(0, |it| it.0);
    &word[begin..]
}

fn bucket(length: usize) -> &'static str {
    match length {
        0..=2 => "2",
        3..=5 => "5",
        6..=10 => "10",
        11..=20 => "20",
        21..=40 => "40",
        _ => "more",
    }
}
