//! Verb groups → predicates with their subjects, and event nouns → nominal predicates.

use super::{
    chunks::{Chunk, Chunker, NounPhrase, Piece, VerbGroup},
    grammar::Grammar,
    openings::Opening,
};
use crate::{
    model::Span,
    syntax::{Argument, ClauseKind, Predicate, PredicateKind, Tense},
    text::{Sentence, SentenceKind},
};
use std::ops::Range;

/// A predicate being built.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) predicate: Predicate,
    /// Its chunk.
    pub(super) chunk: usize,
    /// A chunk whose phrase is its subject.
    pub(super) subject: Option<usize>,
    /// The verb's group; none for nouns.
    pub(super) group: Option<VerbGroup>,
    /// Melted into another predicate: not given out.
    pub(super) dropped: bool,
}

/// The predicates of a sentence in the making.
pub(super) struct Drafting<'a> {
    pub(super) grammar: &'a Grammar,
    pub(super) sentence: &'a Sentence,
    pub(super) chunks: Vec<Chunk>,
    pub(super) drafts: Vec<Draft>,
    /// Per chunk: a noun phrase already taken.
    pub(super) used: Vec<bool>,
    /// Verbs whose meaning lies in a draft.
    pub(super) carriers: Vec<Predicate>,
    question: bool,
}

impl<'a> Drafting<'a> {
    pub(super) fn new(grammar: &'a Grammar, sentence: &'a Sentence, question: bool) -> Self {
        let chunks = Chunker {
            grammar,
            tokens: &sentence.tokens,
        }
        .chunks();
        Self {
            used: vec![false; chunks.len()],
            grammar,
            sentence,
            chunks,
            drafts: Vec::new(),
            carriers: Vec::new(),
            question,
        }
    }

    /// Makes a predicate of every verb group, from left to right.
    pub(super) fn verbs(&mut self) {
        for at in 0..self.chunks.len() {
            if let Piece::Verb(group) = self.chunks[at].piece.clone() {
                let opening = self.opening(at, &group);
                self.verb(at, group, &opening);
            }
        }
    }

    fn verb(&mut self, at: usize, group: VerbGroup, opening: &Opening) {
        let Some(predicate) = self.predicate(at, &group, opening) else {
            return;
        };
        if !group.melted.is_empty() {
            // What it says of the infinitive does not hold for itself.
            let bare = Predicate {
                moods: Vec::new(),
                negated: false,
                tense: Tense::Unmarked,
                ..predicate.clone()
            };
            for &word in &group.melted {
                self.carry(word, &bare);
            }
        }
        let subject = opening.subject;
        if let Some(taken) =
            subject.filter(|&it| opening.antecedent != Some(it) && !group.infinitive)
        {
            self.used[taken] = true;
        }
        self.drafts.push(Draft {
            predicate,
            chunk: at,
            subject,
            group: Some(group),
            dropped: false,
        });
        if let Some(subject) = subject {
            self.add_subjects(self.drafts.len() - 1, subject);
        }
    }

    /// Notes the verb at token `word`, whose meaning lies in `predicate`.
    pub(super) fn carry(&mut self, word: usize, predicate: &Predicate) {
        let Some(trigger) = self.span(word..word + 1) else {
            return;
        };
        self.carriers.push(Predicate {
            trigger,
            tokens: word..word + 1,
            phrase: Some(trigger),
            lemma: self.sentence.tokens[word].lemma().to_owned(),
            kind: PredicateKind::Verb,
            joint: String::new(),
            joint_span: None,
            head_noun: None,
            arguments: predicate
                .arguments
                .iter()
                .filter(|it| it.marker == "subject")
                .cloned()
                .collect(),
            extent: trigger,
            governor: None,
            carrier: true,
            ..predicate.clone()
        });
    }

    fn predicate(&self, at: usize, group: &VerbGroup, opening: &Opening) -> Option<Predicate> {
        let tokens = group.main..group.end;
        let trigger = self.span(group.main..group.main + 1)?;
        let mut lemma = self.sentence.tokens[group.main].lemma().to_owned();
        for token in &self.sentence.tokens[group.main + 1..group.end] {
            lemma = format!("{lemma} {}", token.form);
        }
        let kind = if group.copula {
            PredicateKind::State
        } else {
            PredicateKind::Verb
        };
        let (moods, denied) = self.moods(at, group, opening);
        let head = opening.antecedent.and_then(|it| self.noun(it));
        let joint = opening.joint_tokens.clone();
        Some(Predicate {
            trigger,
            tokens,
            phrase: self.span(self.chunks[at].tokens.clone()),
            lemma,
            kind,
            clause: opening.clause,
            joint: opening.joint.clone(),
            joint_span: joint.and_then(|it| self.span(it)),
            head_noun: head.map(|it| it.head),
            tense: self.tense(group),
            passive: group.passive,
            negated: (group.negated || self.is_denied(at)) ^ denied,
            moods,
            arguments: Vec::new(),
            extent: trigger,
            governor: opening.governor,
            quoted: self.sentence.is_quoted(trigger),
            carrier: false,
        })
    }

    fn tense(&self, group: &VerbGroup) -> Tense {
        // `Nvidia to resume sales`: the infinitive is the future of headlines.
        let announced = group.infinitive && self.sentence.kind == SentenceKind::Headline;
        match () {
            () if group.future || announced => Tense::Future,
            () if group.past => Tense::Past,
            () if group.finite => Tense::Present,
            () => Tense::Unmarked,
        }
    }

    /// Returns the moods of a verb, and whether the word before its infinitive denies it.
    fn moods(&self, at: usize, group: &VerbGroup, opening: &Opening) -> (Vec<String>, bool) {
        let row = |it: usize| &self.grammar.moods[it];
        let mut moods: Vec<String> = group.moods.iter().map(|&it| row(it).name.clone()).collect();
        let adverbs = self
            .clause_adverbs(at)
            .filter_map(|it| self.grammar.mood_words.get(it));
        moods.extend(adverbs.map(|&it| row(it).name.clone()));
        moods.push(opening.mood.clone());
        let before = opening.governor.filter(|_| group.infinitive);
        let coloured = before.and_then(|it| {
            let lemma = &self.drafts[it].predicate.lemma;
            self.grammar.before_infinitive.get(lemma).copied()
        });
        moods.extend(coloured.map(|it| row(it).name.clone()));
        if self.question && opening.clause == ClauseKind::Main {
            moods.push("question".to_owned());
        }
        let bare = self.sentence.tokens[group.main].tag.as_str() == "VB";
        if group.finite && opening.subject.is_none() && at == 0 && bare {
            moods.push("imperative".to_owned());
        }
        moods.retain(|it| !it.is_empty());
        moods.dedup();
        (moods, coloured.is_some_and(|it| row(it).negated))
    }

    /// Returns the adverbs of the clause around the verb at `at`: back to what begins it, and right after the verb.
    fn clause_adverbs(&self, at: usize) -> impl Iterator<Item = &str> {
        let inside = |it: &&Chunk| match &it.piece {
            Piece::Verb(_) | Piece::Relative | Piece::Coordinator | Piece::Break => false,
            Piece::Joint(row) => !self.grammar.joints[*row].clause,
            _ => true,
        };
        let before = self.chunks[..at].iter().rev().take_while(inside);
        let after = self.chunks[at + 1..].iter().take(1);
        let adverbs = before.chain(after).filter(|it| it.piece == Piece::Adverb);
        adverbs.map(|it| self.sentence.tokens[it.tokens.start].form.as_str())
    }

    /// `never banned it`: the word right before the verb denies it.
    fn is_denied(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|it| &self.chunks[it]);
        before.is_some_and(|it| {
            let form = &self.sentence.tokens[it.tokens.start].form;
            it.piece == Piece::Adverb && self.grammar.negations.contains(form)
        })
    }

    /// Adds the phrase at `first`, and those joined to it by `and`, as subjects.
    fn add_subjects(&mut self, idx: usize, first: usize) {
        let here = self.drafts[idx].chunk;
        self.add(idx, first, "subject");
        let mut at = first + 1;
        while at + 1 < here
            && matches!(self.chunks[at].piece, Piece::Coordinator | Piece::Comma)
            && self.is_list(at, here)
        {
            let next = if matches!(self.chunks[at + 1].piece, Piece::Coordinator) {
                at + 2
            } else {
                at + 1
            };
            if next >= here || self.noun(next).is_none_or(|it| it.time) {
                break;
            }
            self.add(idx, next, "subject");
            self.used[next] = true;
            at = next + 1;
        }
    }

    /// Tells whether the mark at `at` is part of `A, B and C` and not of an apposition.
    pub(super) fn is_list(&self, at: usize, end: usize) -> bool {
        let mut at = at;
        while at < end {
            match self.chunks[at].piece {
                Piece::Coordinator => return true,
                Piece::Comma | Piece::Noun(_) => at += 1,
                _ => return false,
            }
        }
        false
    }

    // ---- Noun phrases

    pub(super) fn noun(&self, at: usize) -> Option<&NounPhrase> {
        match &self.chunks.get(at)?.piece {
            Piece::Noun(noun) => Some(noun),
            _ => None,
        }
    }

    /// Tells whether the chunk is a noun phrase that no preposition governs and that does not only tell the time.
    pub(super) fn is_bare(&self, at: usize) -> bool {
        self.noun(at).is_some_and(|it| !it.time) && !self.used[at] && self.marker(at).is_none()
    }

    /// Returns the preposition before the phrase at `at`, looking through a list.
    pub(super) fn marker(&self, at: usize) -> Option<&str> {
        let before = at.checked_sub(1)?;
        match &self.chunks[before].piece {
            Piece::Joint(row) => {
                let row = &self.grammar.joints[*row];
                (row.phrase && !(row.clause && self.clause_follows(at))).then_some(&row.name)
            }
            Piece::Preposition => {
                Some(&self.sentence.tokens[self.chunks[before].tokens.start].form)
            }
            Piece::Coordinator if before > 0 && self.noun(before - 1).is_some() => {
                // After a finite verb a new clause may begin here; before it the list goes on.
                self.marker(before - 1).filter(|_| !self.verb_follows(at))
            }
            _ => None,
        }
    }

    /// Tells whether a finite verb comes after the phrase at `at`, before anything that ends a clause.
    fn clause_follows(&self, at: usize) -> bool {
        for chunk in &self.chunks[at + 1..] {
            match &chunk.piece {
                Piece::Verb(group) if group.finite => return true,
                Piece::Comma | Piece::Break | Piece::Relative => return false,
                Piece::Joint(row) if self.grammar.joints[*row].clause => return false,
                _ => {}
            }
        }
        false
    }

    fn verb_follows(&self, at: usize) -> bool {
        let seen = self
            .drafts
            .iter()
            .any(|it| it.group.as_ref().is_some_and(|it| it.finite) && it.chunk < at);
        seen && matches!(self.chunks.get(at + 1).map(|it| &it.piece), Some(Piece::Verb(group)) if group.finite)
    }

    pub(super) fn bare_first(&self, range: Range<usize>) -> Option<usize> {
        range.into_iter().find(|&it| self.is_bare(it))
    }

    pub(super) fn bare_before(&self, at: usize, from: usize) -> Option<usize> {
        (from..at).rev().find(|&it| self.is_bare(it))
    }

    pub(super) fn span(&self, tokens: Range<usize>) -> Option<Span> {
        let first = self.sentence.tokens.get(tokens.start)?.span;
        let last = self.sentence.tokens.get(tokens.end.checked_sub(1)?)?.span;
        Some(first.join(last))
    }

    /// Adds the phrase of chunk `at` to draft `idx` under `marker`.
    pub(super) fn add(&mut self, idx: usize, at: usize, marker: &str) {
        let Some(noun) = self.noun(at) else { return };
        let negating = at.checked_sub(1).is_some_and(|it| self.denies(it));
        let (core, negated) = (noun.core.clone(), noun.negated || negating);
        self.add_tokens(idx, core, marker, negated);
    }

    fn denies(&self, at: usize) -> bool {
        let chunk = &self.chunks[at];
        match &chunk.piece {
            Piece::Joint(row) => self.grammar.joints[*row].negated,
            Piece::Adverb => self
                .grammar
                .negations
                .contains(&self.sentence.tokens[chunk.tokens.start].form),
            _ => false,
        }
    }

    pub(super) fn add_tokens(
        &mut self,
        idx: usize,
        tokens: Range<usize>,
        marker: &str,
        negated: bool,
    ) {
        let Some(span) = self.span(tokens.clone()) else {
            return;
        };
        let predicate = &mut self.drafts[idx].predicate;
        predicate.extent = predicate.extent.join(span);
        predicate.arguments.push(Argument {
            span,
            tokens,
            marker: marker.to_owned(),
            negated,
        });
    }
}
