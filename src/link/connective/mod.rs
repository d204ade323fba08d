//! Causes stated by a connective inside a sentence: "because", "led to", "arrested for blocking a road".
//!
//! What connects, and which side is the cause, are the pack's (`connectives.toml`); sides that are no events keep their words.
//! Where the pack has weights, they say how likely a sentence states a cause and which of its connectives does.

mod features;
mod rows;
mod sides;
mod weights;

use super::Input;
use super::rows::Sense;
use crate::Result;
use crate::lang::{Pack, weights as linear};
use crate::model::{
    Confidence, Evidence, Factuality, Link, LinkEnd, LinkParts, Place, Span, Strength,
};
use crate::syntax::{ClauseKind, PredicateRef};
use features::Told;
use rows::Connectives;
use sides::Candidate;
use std::ops::Range;
use weights::Model;

/// A sentence that is less likely to state a cause states none.
const CAUSAL: f64 = 0.4;
/// A connective besides the likeliest one of its sentence needs as much.
const ANOTHER: f64 = 0.5;
/// A claim of the weights names its events from here on; a less likely one keeps the words of its sides alone.
const SURE: f64 = 0.8;
/// How many words before or in a connective may hedge or deny it.
const NEAR: usize = 3;

/// Reads connectives of one language.
pub(super) struct ConnectiveReader {
    connectives: Connectives,
    model: Model,
}

/// The features of one sentence, and its connectives with theirs: what the weights are fitted on.
pub struct SentenceFeatures {
    /// Of the sentence.
    pub features: Vec<String>,
    /// Of each connective: its row, the cause, the effect, its features.
    pub pairs: Vec<(String, Place, Place, Vec<String>)>,
}

/// A candidate that is stated, with how sure that is.
struct Stated {
    candidate: Candidate,
    probability: Option<f64>,
}

impl ConnectiveReader {
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            connectives: Connectives::new(pack)?,
            model: Model::new(pack)?,
        })
    }

    /// Adds what connectives state; a connective that has made a link already makes no other.
    pub fn read(&self, input: &Input, links: &mut Vec<Link>) {
        if self.connectives.rows.is_empty() {
            return;
        }
        let used: Vec<Place> = links
            .iter()
            .filter(|it| it.relation.is_causal())
            .filter_map(|it| it.cue_place)
            .collect();
        for sentence in 0..input.document.sentences.len() {
            let types = types(input, sentence);
            let told = self.told(input, sentence, &types);
            let mut candidates = candidates(told);
            candidates.retain(|it| {
                let cue = input.place(sentence, span(told, &it.cue));
                let same = |it: &Place| it.field == cue.field && it.span.overlaps(cue.span);
                !used.iter().any(same)
            });
            let between_events = |it: &Candidate| {
                [&it.cause, &it.effect].into_iter().all(|side| {
                    head(input, sentence, span(told, side))
                        .is_some_and(|at| input.anchors.contains_key(&at))
                })
            };
            let stated = self.stated(told, candidates, &between_events).into_iter();
            links.extend(stated.filter_map(|it| self.link(input, told, sentence, &it)));
        }
    }

    /// Returns the features of every sentence and connective.
    pub fn features(&self, input: &Input) -> Vec<SentenceFeatures> {
        let sentences = 0..input.document.sentences.len();
        let of = |sentence: usize| {
            let types = types(input, sentence);
            let told = self.told(input, sentence, &types);
            let candidates = candidates(told);
            let place = |it: &Range<usize>| input.place(sentence, span(told, it));
            let pairs = candidates.iter().map(|it| {
                let id = self.connectives.rows[it.row].0.id.clone();
                let names = linear::names(|take| features::of_pair(told, it, take));
                (id, place(&it.cause), place(&it.effect), names)
            });
            SentenceFeatures {
                pairs: pairs.collect(),
                features: linear::names(|take| features::of_sentence(told, &candidates, take)),
            }
        };
        sentences.map(of).collect()
    }

    fn told<'a>(
        &'a self,
        input: &'a Input,
        sentence: usize,
        types: &'a [Option<&'a str>],
    ) -> Told<'a> {
        Told {
            types,
            connectives: &self.connectives,
            tokens: &input.document.sentences[sentence].tokens,
            clauses: &input.clauses[sentence],
        }
    }

    /// Returns those of the candidates of a sentence that state a cause: what the weights say, and what the rules say of two events.
    fn stated(
        &self,
        told: Told,
        candidates: Vec<Candidate>,
        between_events: &dyn Fn(&Candidate) -> bool,
    ) -> Vec<Stated> {
        if candidates.is_empty() {
            return Vec::new();
        }
        let strong = |it: &Candidate| !self.connectives.rows[it.row].0.weak;
        if self.model.is_empty() {
            let stated = candidates.into_iter().filter(strong);
            return stated.map(Stated::by_rule).collect();
        }
        let sentence = &self.model.sentence;
        let causal = linear::probability(
            sentence.score(|take| features::of_sentence(told, &candidates, take)),
        );
        if causal < CAUSAL && !candidates.iter().any(|it| strong(it) && between_events(it)) {
            return Vec::new();
        }
        let pair = |it: Candidate| {
            let pair = &self.model.pair;
            let score = pair.score(|take| features::of_pair(told, &it, take));
            (linear::probability(score), it)
        };
        let mut judged: Vec<(f64, Candidate)> = candidates.into_iter().map(pair).collect();
        judged.sort_by(|a, b| b.0.total_cmp(&a.0));
        let judge = |(rank, (pair, it)): (usize, (f64, Candidate))| {
            let likely = CAUSAL <= causal && (rank == 0 || ANOTHER <= pair);
            if strong(&it) && between_events(&it) {
                return Some(Stated::by_rule(it));
            }
            likely.then_some(Stated {
                candidate: it,
                probability: Some(causal * pair),
            })
        };
        judged.into_iter().enumerate().filter_map(judge).collect()
    }

    fn link(&self, input: &Input, told: Told, sentence: usize, stated: &Stated) -> Option<Link> {
        let it = &stated.candidate;
        let (row, sense) = &self.connectives.rows[it.row];
        let names = stated.probability.is_none_or(|it| SURE <= it);
        let ends =
            [&it.cause, &it.effect].map(|side| end(input, sentence, span(told, side), names));
        let [(from, from_at), (to, to_at)] = ends;
        if from.event.is_some() && from.event == to.event {
            return None;
        }
        let facts = [from_at, to_at]
            .into_iter()
            .flatten()
            .filter_map(|at| input.anchors.get(&at))
            .map(|idx| input.events[*idx].factuality);
        let strength = if row.weak {
            Strength::Implicit
        } else if hedged(told, it) {
            Strength::Hedged
        } else {
            strength(sense, facts)
        };
        let told_event = to_at.or(from_at).and_then(|at| input.anchors.get(&at));
        let attribution =
            told_event.map(|idx| input.events[*idx].main_mention().attribution.clone());
        let cue = input.place(sentence, span(told, &it.cue));
        let parts = LinkParts {
            from,
            to,
            relation: sense.relation,
            strength,
            confidence: stated.confidence(sense),
            asserted: strength == Strength::Explicit,
            cue: input
                .document
                .slice(&input.document.sentences[sentence], cue.span)
                .to_owned(),
            cue_place: Some(cue),
            rule: sense.rule.clone(),
            attribution: attribution.unwrap_or_default(),
        };
        let evidence = Evidence {
            article: input.document.article.id.clone(),
            place: cue,
            sentence: input.document.sentences[sentence].span(),
            rule: sense.rule.clone(),
        };
        Link::new(parts, vec![evidence])
    }
}

impl Stated {
    fn by_rule(candidate: Candidate) -> Self {
        Self {
            candidate,
            probability: None,
        }
    }

    fn confidence(&self, sense: &Sense) -> Confidence {
        let likely = self.probability.map(Confidence::from_probability);
        likely.unwrap_or(sense.confidence)
    }
}

/// Returns the connectives of a sentence that are not denied.
fn candidates(told: Told) -> Vec<Candidate> {
    let mut candidates = sides::candidates(told.connectives, told.tokens);
    candidates.retain(|it| !denied(told, it));
    candidates
}

/// Returns the types of the events that the predicates of a sentence tell.
fn types<'a>(input: &'a Input, sentence: usize) -> Vec<Option<&'a str>> {
    let predicates = 0..input.clauses[sentence].predicates.len();
    let event = |predicate| {
        input.anchors.get(&PredicateRef {
            sentence,
            predicate,
        })
    };
    predicates
        .map(|it| Some(input.events[*event(it)?].event_type.as_str()))
        .collect()
}

/// Returns the words of a side that is not empty.
fn span(told: Told, side: &Range<usize>) -> Span {
    let first = told.tokens[side.start].span;
    let last = told.tokens[side.end.max(side.start + 1) - 1].span;
    first.join(last)
}

/// Returns the side at `clause` as the end of a link, and the predicate that it is about, if it `names` one.
fn end(
    input: &Input,
    sentence: usize,
    clause: Span,
    names: bool,
) -> (LinkEnd, Option<PredicateRef>) {
    let at = head(input, sentence, clause).filter(|_| names);
    let event = at.and_then(|at| input.anchors.get(&at));
    let end = LinkEnd {
        event: event.map(|idx| input.events[*idx].id.clone()),
        trigger: at.map(|at| input.place(sentence, input.predicate(at).trigger)),
        clause: Some(input.place(sentence, clause)),
    };
    (end, at)
}

/// Returns the predicate that a side is about: the highest one in it, or what that one reports.
fn head(input: &Input, sentence: usize, side: Span) -> Option<PredicateRef> {
    let predicates = &input.clauses[sentence].predicates;
    let inside = |idx: usize| side.contains(predicates[idx].trigger);
    let at = |predicate: usize| PredicateRef {
        sentence,
        predicate,
    };
    let mut top = (0..predicates.len()).find(|it| {
        inside(*it)
            && predicates[*it]
                .governor
                .is_none_or(|governor| !inside(governor))
    })?;
    while (input.reporting)(at(top)) {
        let content = (0..predicates.len()).find(|it| {
            predicates[*it].governor == Some(top)
                && predicates[*it].clause == ClauseKind::Content
                && inside(*it)
        });
        match content {
            Some(content) if content != top => top = content,
            _ => break,
        }
    }
    Some(at(top))
}

/// A claim about what is only planned or conditional is no stated fact.
fn strength(sense: &Sense, facts: impl Iterator<Item = Factuality>) -> Strength {
    let mut strength = sense.strength;
    for fact in facts {
        match fact {
            Factuality::Conditional if strength == Strength::Explicit => {
                strength = Strength::Conditional;
            }
            Factuality::Planned if strength == Strength::Explicit => strength = Strength::Hedged,
            _ => {}
        }
    }
    strength
}

fn denied(told: Told, it: &Candidate) -> bool {
    near(told, it, &told.connectives.negations)
}

fn hedged(told: Told, it: &Candidate) -> bool {
    near(told, it, &told.connectives.hedges)
}

/// Tells whether one of the words stands in the connective or right before it.
fn near(told: Told, it: &Candidate, words: &rustc_hash::FxHashSet<String>) -> bool {
    let start = it.cue.start.saturating_sub(NEAR);
    told.tokens[start..it.cue.end]
        .iter()
        .rev()
        .take_while(|token| !told.connectives.comma.contains(&token.form))
        .any(|token| words.contains(&token.form) || words.contains(token.lemma()))
}
