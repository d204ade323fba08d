//! Causes stated by a connective inside a sentence: "because", "led to", "arrested for blocking a road".
//!
//! What connects, and which side is the cause, are the pack's (`connectives.toml`); sides that are no events keep their words.
//! Where the pack has weights, they say how likely a sentence states a cause and which of its connectives does.

mod features;
mod heads;
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
use crate::syntax::{ClauseKind, Predicate, PredicateRef};
use features::Told;
use heads::{Head, Heads};
use rows::{Connectives, Side};
use sides::Candidate;
use std::ops::Range;
use weights::Model;

/// A sentence that is less likely to state a cause states none.
const CAUSAL: f64 = 0.35;
/// A connective besides the likeliest one of its sentence needs as much.
const ANOTHER: f64 = 0.5;
/// A connective that mostly states causes states none where it is less likely.
const LEAST: f64 = 0.1;
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
    /// Of the sentence, besides those of its connectives.
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
            if candidates.is_empty() {
                continue;
            }
            let classes = self.connectives.classes(told.tokens);
            let told = Told {
                classes: &classes,
                ..told
            };
            candidates.retain(|it| {
                let cue = input.place(sentence, span(told, &it.cue));
                let same = |it: &Place| it.field == cue.field && it.span.overlaps(cue.span);
                !used.iter().any(same)
            });
            let heads = Heads {
                input,
                sentence,
                connectives: &self.connectives,
            };
            let between_events = |it: &Candidate| {
                let [cause, effect] = heads.of(it);
                heads.event(cause).is_some() && heads.event(effect).is_some()
            };
            let stated = self.stated(told, candidates, &between_events).into_iter();
            for it in stated {
                self.links(heads, told, &it, links);
            }
        }
    }

    /// Returns the features of every sentence and connective.
    pub fn features(&self, input: &Input) -> Vec<SentenceFeatures> {
        let sentences = 0..input.document.sentences.len();
        let of = |sentence: usize| {
            let types = types(input, sentence);
            let told = self.told(input, sentence, &types);
            let candidates = candidates(told);
            let classes = self.connectives.classes(told.tokens);
            let told = Told {
                classes: &classes,
                ..told
            };
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
        let tokens = &input.document.sentences[sentence].tokens;
        Told {
            types,
            connectives: &self.connectives,
            tokens,
            clauses: &input.clauses[sentence],
            named: tokens.iter().any(|it| self.connectives.is_name(it)),
            classes: &[],
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
        let row = |it: &Candidate| &self.connectives.rows[it.row].0;
        let strong = |it: &Candidate| !row(it).weak;
        if self.model.is_empty() {
            let stated = candidates.into_iter().filter(strong);
            return stated.map(Stated::by_rule).collect();
        }
        let mut judgement = self.model.judgement();
        judgement.learn(|take| features::of_sentence(told, &candidates, take));
        let pair = |it: Candidate| {
            let likely = judgement.learn(|take| features::of_pair(told, &it, take));
            (likely, it)
        };
        let mut judged: Vec<(f64, Candidate)> = candidates.into_iter().map(pair).collect();
        let causal = judgement.causal();
        if causal < CAUSAL && !judged.iter().any(|it| strong(&it.1)) {
            return Vec::new();
        }
        judged.sort_by(|a, b| b.0.total_cmp(&a.0));
        let judge = |(rank, (pair, it)): (usize, (f64, Candidate))| {
            let likely = CAUSAL <= causal && (rank == 0 || ANOTHER <= pair);
            if strong(&it) && (row(&it).clear || between_events(&it)) {
                return Some(Stated::by_rule(it));
            }
            let probability = causal * pair;
            (likely || strong(&it) && LEAST <= probability).then_some(Stated {
                candidate: it,
                probability: Some(probability),
            })
        };
        judged.into_iter().enumerate().filter_map(judge).collect()
    }

    /// Adds the link of a connective, and one more for each event that is told beside its cause ("because of losses and debts") or between both.
    fn links(&self, heads: Heads, told: Told, stated: &Stated, links: &mut Vec<Link>) {
        let it = &stated.candidate;
        let weak = self.connectives.rows[it.row].0.weak;
        // What is weak and not sure keeps its words alone.
        let named = !weak || stated.probability.is_none_or(|it| SURE <= it);
        let [cause, effect] = heads
            .of(it)
            .map(|it| if named { it } else { Head::default() });
        let words = [&it.cause, &it.effect].map(|it| Some(span(told, it)));
        if let Some((middle, its_words, rest)) = heads.through(it).filter(|_| !weak) {
            let middle = (middle, Some(span(told, &its_words)));
            let effect = (effect, Some(span(told, &rest)));
            let sides = [[(cause, words[0]), middle], [middle, effect]];
            links.extend(
                sides
                    .into_iter()
                    .filter_map(|it| self.link(heads, told, stated, it)),
            );
            return;
        }
        links.extend(self.link(heads, told, stated, [(cause, words[0]), (effect, words[1])]));
        if !weak {
            let more = heads.beside(cause, &it.cause).into_iter();
            let more = more.filter(|it| heads.event(*it).is_some());
            let sides = more.map(|it| [(it, None), (effect, words[1])]);
            links.extend(sides.filter_map(|it| self.link(heads, told, stated, it)));
        }
    }

    fn link(
        &self,
        heads: Heads,
        told: Told,
        stated: &Stated,
        [(cause, cause_words), (effect, effect_words)]: [(Head, Option<Span>); 2],
    ) -> Option<Link> {
        let Heads {
            input, sentence, ..
        } = heads;
        let it = &stated.candidate;
        let (row, sense) = &self.connectives.rows[it.row];
        let from = end(heads, cause, cause_words);
        let to = end(heads, effect, effect_words);
        let (from_at, to_at) = (cause.at, effect.at);
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

/// Returns the connectives of a sentence that are neither denied nor turned round, and ask for nothing.
fn candidates(told: Told) -> Vec<Candidate> {
    let mut candidates = sides::candidates(told.connectives, told.tokens);
    candidates.retain(|it| {
        let denied = denied(told, it) || is_denied_by_somebody(told, it);
        !denied && !is_suffered(told, it) && !is_asked(told, it)
    });
    candidates
}

/// Tells whether somebody denies it: "officials denied that the ban led to the shortage".
fn is_denied_by_somebody(told: Told, it: &Candidate) -> bool {
    let predicates = &told.clauses.predicates;
    let states =
        |p: &&Predicate| it.cue.contains(&p.tokens.start) || it.effect.contains(&p.tokens.start);
    let denies = |at: usize| told.connectives.denials.contains(&predicates[at].lemma);
    predicates
        .iter()
        .filter(states)
        .any(|p| p.clause == ClauseKind::Content && p.governor.is_some_and(denies))
}

/// Tells whether what stands before the verb asks for the cause and names none: "nobody knows what has caused the fire".
fn is_asked(told: Told, it: &Candidate) -> bool {
    let mut before = told.tokens[..it.cue.start].iter().rev();
    let asks = before.find(|it| !told.connectives.is_aside(it));
    told.connectives.rows[it.row].0.verb
        && asks.is_some_and(|it| told.connectives.asks.contains(&it.form))
}

/// Tells whether the subject of the verb undergoes it, so that it is not the cause: "the damage caused so far".
fn is_suffered(told: Told, it: &Candidate) -> bool {
    let row = &told.connectives.rows[it.row].0;
    let passive = |p: &Predicate| p.passive && it.cue.contains(&p.tokens.start);
    row.verb && row.cause == Side::Before && told.clauses.predicates.iter().any(passive)
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

/// Returns the end of a link that is about `head` and told in these words.
fn end(heads: Heads, head: Head, words: Option<Span>) -> LinkEnd {
    let place = |it: Span| heads.input.place(heads.sentence, it);
    LinkEnd {
        event: heads.event(head).map(|it| it.id.clone()),
        trigger: head.word.map(place),
        clause: words.map(place),
    }
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
