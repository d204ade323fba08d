//! Verb groups → predicates with their subjects, and event nouns → nominal predicates.

use super::{
    chunks::{Chunk, Chunker, NounPhrase, Participle, Piece, VerbGroup},
    grammar::Grammar,
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
    question: bool,
}

/// How the clause of a verb group begins.
struct Opening {
    clause: ClauseKind,
    joint: String,
    joint_tokens: Option<Range<usize>>,
    subject: Option<usize>,
    antecedent: Option<usize>,
    governor: Option<usize>,
    mood: String,
}

impl Opening {
    fn new(clause: ClauseKind) -> Self {
        Self { clause, joint: String::new(), joint_tokens: None, subject: None, antecedent: None, governor: None, mood: String::new() }
    }
}

impl<'a> Drafting<'a> {
    pub(super) fn new(grammar: &'a Grammar, sentence: &'a Sentence, question: bool) -> Self {
        let chunks = Chunker { grammar, tokens: &sentence.tokens }.chunks();
        Self { used: vec![false; chunks.len()], grammar, sentence, chunks, drafts: Vec::new(), question }
    }

    /// Makes a predicate of every verb group, from left to right.
    pub(super) fn verbs(&mut self) {
        for at in 0..self.chunks.len() {
            if let Piece::Verb(group) = self.chunks[at].piece.clone() {
                let opening = self.opening(at, &group);
                self.verb(at, group, opening);
            }
        }
    }

    fn verb(&mut self, at: usize, group: VerbGroup, opening: Opening) {
        let tokens = group.main..group.end;
        let Some(trigger) = self.span(tokens.clone()) else { return };
        let tense = match () {
            () if group.future || group.infinitive && self.sentence.kind == SentenceKind::Headline => Tense::Future,
            () if group.past => Tense::Past,
            () if group.finite => Tense::Present,
            () => Tense::Unmarked,
        };
        let mut moods: Vec<String> = group.moods.iter().map(|&it| self.grammar.moods[it].name.clone()).collect();
        moods.push(opening.mood.clone());
        let before = opening.governor.map(|it| self.drafts[it].predicate.lemma.clone());
        let coloured = before.filter(|_| group.infinitive).and_then(|it| self.grammar.before_infinitive.get(&it));
        let mut negated = group.negated;
        if let Some(&row) = coloured {
            moods.push(self.grammar.moods[row].name.clone());
            negated ^= self.grammar.moods[row].negated;
        }
        if self.question && opening.clause == ClauseKind::Main {
            moods.push("question".to_owned());
        }
        if group.finite && opening.subject.is_none() && at == 0 && self.sentence.tokens[group.main].tag.as_str() == "VB" {
            moods.push("imperative".to_owned());
        }
        moods.retain(|it| !it.is_empty());
        moods.dedup();
        let kind = if group.copula { PredicateKind::State } else { PredicateKind::Verb };
        let mut lemma = self.sentence.tokens[group.main].lemma().to_owned();
        for token in &self.sentence.tokens[group.main + 1..group.end] {
            lemma = format!("{lemma} {}", token.form);
        }
        let predicate = Predicate {
            trigger,
            tokens,
            lemma,
            kind,
            clause: opening.clause,
            joint_span: opening.joint_tokens.and_then(|it| self.span(it)),
            joint: opening.joint,
            head_noun: opening.antecedent.and_then(|it| self.noun(it)).map(|it| it.head),
            tense,
            passive: group.passive,
            negated,
            moods,
            arguments: Vec::new(),
            extent: trigger,
            governor: opening.governor,
            quoted: self.sentence.is_quoted(trigger),
        };
        if let Some(subject) = opening.subject {
            if opening.antecedent != Some(subject) && !group.infinitive {
                self.used[subject] = true;
            }
        }
        self.drafts.push(Draft { predicate, chunk: at, subject: opening.subject, group: Some(group), dropped: false });
        if let (Some(subject), idx) = (opening.subject, self.drafts.len() - 1) {
            self.add_subjects(idx, subject);
        }
    }

    /// Adds the phrase at `first`, and those joined to it by `and`, as subjects.
    fn add_subjects(&mut self, idx: usize, first: usize) {
        let here = self.drafts[idx].chunk;
        self.add(idx, first, "subject");
        let mut at = first + 1;
        while at + 1 < here && matches!(self.chunks[at].piece, Piece::Coordinator | Piece::Comma) && self.is_list(at, here) {
            let next = if matches!(self.chunks[at + 1].piece, Piece::Coordinator) { at + 2 } else { at + 1 };
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

    // ---- How a clause begins

    fn opening(&self, at: usize, group: &VerbGroup) -> Opening {
        if group.infinitive {
            return self.infinitive(at);
        }
        match group.participle {
            Some(kind) => self.participle(at, kind),
            None => self.finite(at),
        }
    }

    fn infinitive(&self, at: usize) -> Opening {
        let mut opening = Opening::new(ClauseKind::Main);
        let Some(last) = self.drafts.len().checked_sub(1) else { 
            opening.subject = self.bare_before(at, 0);
            return opening;
        };
        opening.governor = Some(last);
        opening.clause = ClauseKind::Content;
        let draft = &self.drafts[last];
        let object = (draft.chunk + 1..at).find(|&it| self.is_bare(it));
        let lemma = draft.predicate.lemma.as_str();
        let by_object = object.filter(|_| !self.grammar.subject_control.contains(lemma));
        opening.subject = by_object.filter(|_| self.grammar.object_control.contains(lemma)).or(draft.subject);
        if draft.predicate.passive && self.grammar.object_control.contains(lemma) {
            opening.subject = draft.subject;
        }
        let purposive = object.is_some() && opening.subject != object && !self.grammar.subject_control.contains(lemma);
        let comma = at.checked_sub(1).is_some_and(|it| matches!(self.chunks[it].piece, Piece::Comma | Piece::Joint(_)));
        if purposive || comma {
            opening.clause = ClauseKind::Joined;
            opening.joint.clone_from(&self.grammar.infinitive);
            opening.joint_tokens = Some(self.chunks[at].tokens.start..self.chunks[at].tokens.start + 1);
        }
        opening
    }

    fn participle(&self, at: usize, kind: Participle) -> Opening {
        let mut opening = Opening::new(ClauseKind::Joined);
        opening.governor = self.drafts.len().checked_sub(1);
        let Some(before) = at.checked_sub(1) else { 
            "participle".clone_into(&mut opening.joint);
            return opening;
        };
        match &self.chunks[before].piece {
            Piece::Noun(noun) if !noun.time => {
                opening.clause = ClauseKind::Adnominal;
                opening.subject = Some(before);
                opening.antecedent = Some(before);
                return opening;
            }
            Piece::Joint(row) => {
                opening.joint.clone_from(&self.grammar.joints[*row].name);
                opening.joint_tokens = Some(self.chunks[before].tokens.clone());
            }
            Piece::Preposition => {
                opening.joint.clone_from(&self.sentence.tokens[self.chunks[before].tokens.start].form);
                opening.joint_tokens = Some(self.chunks[before].tokens.clone());
            }
            Piece::Coordinator => {
                opening.joint.clone_from(&self.sentence.tokens[self.chunks[before].tokens.start].form);
                opening.joint_tokens = Some(self.chunks[before].tokens.clone());
                if let Some(last) = self.drafts.last() {
                    opening.clause = last.predicate.clause;
                    opening.governor = last.predicate.governor;
                }
            }
            Piece::Verb(_) if kind == Participle::Present => opening.clause = ClauseKind::Content,
            _ => "participle".clone_into(&mut opening.joint),
        }
        opening.subject = self.drafts.last().and_then(|it| it.subject);
        // `, citing costs` belongs to the clause before it, whose subject may be the first phrase of the sentence.
        opening.subject = opening.subject.or_else(|| self.bare_before(before, 0));
        opening
    }

    fn finite(&self, at: usize) -> Opening {
        let last = self.drafts.iter().rposition(|it| it.group.as_ref().is_some_and(|it| it.finite));
        let from = last.map_or(0, |it| self.drafts[it].chunk + 1);
        let region = from..at;
        let mut opening = Opening::new(if last.is_some() { ClauseKind::Joined } else { ClauseKind::Main });
        opening.governor = last;
        let begins = |it: &usize| match &self.chunks[*it].piece {
            Piece::Relative => true,
            Piece::Joint(row) => self.grammar.joints[*row].clause,
            _ => false,
        };
        let comma = |from: usize| (from..at).rev().find(|&it| matches!(self.chunks[it].piece, Piece::Comma));
        if let Some(word) = region.clone().rev().find(begins) {
            // A phrase after a comma is the main clause's: `after the vote, prices fell`.
            let resumed = comma(word).and_then(|it| self.bare_first(it + 1..at)).filter(|&it| !self.is_list(it.saturating_sub(1), at));
            let inner = self.bare_first(word + 1..at);
            let phrase = matches!(&self.chunks[word].piece, Piece::Joint(row) if self.grammar.joints[*row].phrase);
            match resumed {
                Some(subject) if phrase && inner != Some(subject) => return self.with_subject(opening, subject),
                _ => return self.subordinate(opening, word, at),
            }
        }
        let Some(last) = last else {
            opening.subject = self.main_subject(region.clone(), at);
            return opening;
        };
        self.after_finite(opening, last, at)
    }

    fn with_subject(&self, mut opening: Opening, subject: usize) -> Opening {
        opening.clause = ClauseKind::Main;
        opening.governor = None;
        opening.subject = Some(subject);
        opening
    }

    /// A clause that a subordinator or relative word at `word` begins.
    fn subordinate(&self, mut opening: Opening, word: usize, at: usize) -> Opening {
        let subject = self.bare_first(word + 1..at);
        let before = word.checked_sub(1);
        let tokens = self.chunks[word].tokens.clone();
        opening.joint_tokens = Some(tokens.clone());
        if let Piece::Joint(row) = &self.chunks[word].piece {
            let row = &self.grammar.joints[*row];
            opening.joint.clone_from(&row.name);
            opening.mood.clone_from(&row.mood);
            opening.clause = if row.content { ClauseKind::Content } else { ClauseKind::Joined };
            opening.subject = subject;
            opening.governor = opening.governor.or(self.drafts.len().checked_sub(1));
            return opening;
        }
        opening.joint.clone_from(&self.sentence.tokens[tokens.start].form);
        let skip = before.filter(|&it| matches!(self.chunks[it].piece, Piece::Comma | Piece::Preposition)).map_or(before, |it| it.checked_sub(1));
        let antecedent = skip.filter(|&it| self.noun(it).is_some());
        let tag = self.sentence.tokens[tokens.start].tag;
        if let (Some(noun), "WDT" | "WP" | "WP$" | "WRB") = (antecedent, tag.as_str()) {
            opening.clause = ClauseKind::Adnominal;
            opening.antecedent = Some(noun);
            opening.subject = subject.or(Some(noun));
        } else {
            opening.clause = if opening.governor.is_some() { ClauseKind::Content } else { ClauseKind::Main };
            opening.subject = subject;
        }
        opening
    }

    /// A clause after a finite verb, with no word that begins it.
    fn after_finite(&self, mut opening: Opening, last: usize, at: usize) -> Opening {
        let from = self.drafts[last].chunk + 1;
        let cut = (from..at).rev().find(|&it| matches!(self.chunks[it].piece, Piece::Comma | Piece::Coordinator | Piece::Break | Piece::Quote));
        let fresh = cut.and_then(|it| self.bare_first(it + 1..at));
        let previous = &self.drafts[last];
        let outer = self.outer(last);
        if let Some(cut) = cut {
            if matches!(self.chunks[cut].piece, Piece::Coordinator) {
                let word = self.chunks[cut].tokens.clone();
                opening.joint.clone_from(&self.sentence.tokens[word.start].form);
                opening.joint_tokens = Some(word);
            }
            if let Some(subject) = fresh {
                opening.subject = Some(subject);
                if previous.predicate.clause == ClauseKind::Joined && opening.joint.is_empty() && previous.predicate.governor.is_none() {
                    opening.clause = ClauseKind::Main;
                }
                opening.governor = if opening.joint.is_empty() { opening.governor } else { previous.predicate.governor.or(Some(last)) };
                return opening;
            }
            // `, who founded it, said`: the outer clause goes on.
            if let (Piece::Comma | Piece::Quote, Some(subject)) = (&self.chunks[cut].piece, outer) {
                return self.with_subject(opening, subject);
            }
            if opening.joint.is_empty() && self.is_speech(at) {
                opening.clause = ClauseKind::Main;
                opening.governor = None;
                opening.subject = (at + 1..self.chunks.len()).find(|&it| !matches!(self.chunks[it].piece, Piece::Adverb)).filter(|&it| self.is_bare(it));
                return opening;
            }
            opening.subject = previous.subject;
            opening.clause = if previous.predicate.clause == ClauseKind::Main { ClauseKind::Joined } else { previous.predicate.clause };
            return opening;
        }
        let bare: Vec<usize> = (from..at).filter(|&it| self.is_bare(it)).collect();
        match (bare.as_slice(), outer) {
            ([], Some(subject)) => return self.with_subject(opening, subject),
            ([_], Some(subject)) if previous.predicate.clause == ClauseKind::Adnominal => return self.with_subject(opening, subject),
            ([.., object, subject], _) if *object + 1 == *subject && !self.grammar.hearers.contains(&previous.predicate.lemma) => {
                opening.clause = ClauseKind::Adnominal;
                opening.antecedent = Some(*object);
                opening.subject = Some(*subject);
            }
            ([.., subject], _) => {
                opening.clause = ClauseKind::Content;
                opening.subject = Some(*subject);
            }
            ([], None) => opening.subject = previous.subject,
        }
        opening
    }

    /// The subject of the clause around the relative clause of draft `last`, if that clause still lacks its verb.
    fn outer(&self, last: usize) -> Option<usize> {
        let relative = self.drafts[..=last].iter().rev().find(|it| it.predicate.clause == ClauseKind::Adnominal)?;
        let antecedent = relative.chunk.min(self.chunks.len());
        let open = self.drafts.iter().any(|it| it.predicate.clause == ClauseKind::Main && it.chunk < antecedent);
        if open {
            return None;
        }
        self.bare_first(0..antecedent)
    }

    fn is_speech(&self, at: usize) -> bool {
        match &self.chunks[at].piece {
            Piece::Verb(group) => self.grammar.speech.contains(self.sentence.tokens[group.main].lemma()),
            _ => false,
        }
    }

    /// The subject of the first finite verb: an apposition before a comma is skipped.
    fn main_subject(&self, region: Range<usize>, at: usize) -> Option<usize> {
        let marks = |it: &usize| matches!(self.chunks[*it].piece, Piece::Comma | Piece::Break | Piece::Quote);
        let cut = region.clone().rev().find(marks);
        let after = cut.and_then(|it| self.bare_first(it + 1..at));
        if after.is_some() && cut.is_some_and(|it| !self.is_list(it, at)) {
            return after;
        }
        let quote = region.clone().rev().find(|&it| matches!(self.chunks[it].piece, Piece::Quote)).map_or(region.start, |it| it + 1);
        self.bare_first(quote..at).or_else(|| {
            let next = at + 1;
            (self.is_speech(at) && next < self.chunks.len() && self.is_bare(next)).then_some(next)
        })
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
    pub(super) fn marker(&self, at: usize) -> Option<String> {
        let before = at.checked_sub(1)?;
        match &self.chunks[before].piece {
            Piece::Joint(row) => {
                let row = &self.grammar.joints[*row];
                (row.phrase && !(row.clause && self.clause_follows(at))).then(|| row.name.clone())
            }
            Piece::Preposition => Some(self.sentence.tokens[self.chunks[before].tokens.start].form.clone()),
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
        let seen = self.drafts.iter().any(|it| it.group.as_ref().is_some_and(|it| it.finite) && it.chunk < at);
        seen && matches!(self.chunks.get(at + 1).map(|it| &it.piece), Some(Piece::Verb(group)) if group.finite)
    }

    fn bare_first(&self, range: Range<usize>) -> Option<usize> {
        range.into_iter().find(|&it| self.is_bare(it))
    }

    fn bare_before(&self, at: usize, from: usize) -> Option<usize> {
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
            Piece::Adverb => self.grammar.negations.contains(&self.sentence.tokens[chunk.tokens.start].form),
            _ => false,
        }
    }

    pub(super) fn add_tokens(&mut self, idx: usize, tokens: Range<usize>, marker: &str, negated: bool) {
        let Some(span) = self.span(tokens.clone()) else { return };
        let predicate = &mut self.drafts[idx].predicate;
        predicate.extent = predicate.extent.join(span);
        predicate.arguments.push(Argument { span, tokens, marker: marker.to_owned(), negated });
    }
}
