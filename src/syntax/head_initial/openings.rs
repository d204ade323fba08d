//! How the clause of a verb group begins: what joins it, which noun phrase is its subject, and what it depends on.
//!
//! Looks back from the verb over chunks and the predicates before it; it adds nothing to them.

use super::{
    chunks::{Participle, Piece, VerbGroup},
    predicates::Drafting,
};
use crate::syntax::ClauseKind;
use std::ops::Range;

/// How the clause of a verb group begins.
pub(super) struct Opening {
    pub(super) clause: ClauseKind,
    pub(super) joint: String,
    pub(super) joint_tokens: Option<Range<usize>>,
    pub(super) subject: Option<usize>,
    pub(super) antecedent: Option<usize>,
    pub(super) governor: Option<usize>,
    pub(super) mood: String,
}

impl Opening {
    /// The clause goes on around another, or begins anew.
    fn main(mut self, subject: usize) -> Self {
        self.clause = ClauseKind::Main;
        self.governor = None;
        self.subject = Some(subject);
        self
    }

    fn new(clause: ClauseKind) -> Self {
        Self {
            clause,
            joint: String::new(),
            joint_tokens: None,
            subject: None,
            antecedent: None,
            governor: None,
            mood: String::new(),
        }
    }
}

impl Drafting<'_> {
    pub(super) fn opening(&self, at: usize, group: &VerbGroup) -> Opening {
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
        opening.subject = by_object
            .filter(|_| self.grammar.object_control.contains(lemma))
            .or(draft.subject);
        if draft.predicate.passive && self.grammar.object_control.contains(lemma) {
            opening.subject = draft.subject;
        }
        let purposive = object.is_some()
            && opening.subject != object
            && !self.grammar.subject_control.contains(lemma);
        let comma = at
            .checked_sub(1)
            .is_some_and(|it| matches!(self.chunks[it].piece, Piece::Comma | Piece::Joint(_)));
        if purposive || comma {
            opening.clause = ClauseKind::Joined;
            opening.joint.clone_from(&self.grammar.infinitive);
            opening.joint_tokens =
                Some(self.chunks[at].tokens.start..self.chunks[at].tokens.start + 1);
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
                opening
                    .joint
                    .clone_from(&self.sentence.tokens[self.chunks[before].tokens.start].form);
                opening.joint_tokens = Some(self.chunks[before].tokens.clone());
            }
            Piece::Coordinator => {
                opening
                    .joint
                    .clone_from(&self.sentence.tokens[self.chunks[before].tokens.start].form);
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
        let last = self
            .drafts
            .iter()
            .rposition(|it| it.group.as_ref().is_some_and(|it| it.finite));
        let from = last.map_or(0, |it| self.drafts[it].chunk + 1);
        let region = from..at;
        let mut opening = Opening::new(if last.is_some() {
            ClauseKind::Joined
        } else {
            ClauseKind::Main
        });
        opening.governor = last;
        let begins = |it: &usize| match &self.chunks[*it].piece {
            Piece::Relative => true,
            Piece::Joint(row) => self.grammar.joints[*row].clause,
            _ => false,
        };
        let comma = |from: usize| {
            (from..at)
                .rev()
                .find(|&it| matches!(self.chunks[it].piece, Piece::Comma))
        };
        if let Some(word) = region.clone().rev().find(begins) {
            // A phrase after a comma is the main clause's: `after the vote, prices fell`.
            let resumed = comma(word)
                .and_then(|it| self.bare_first(it + 1..at))
                .filter(|&it| !self.is_list(it.saturating_sub(1), at));
            let inner = self.bare_first(word + 1..at);
            let phrase = matches!(&self.chunks[word].piece, Piece::Joint(row) if self.grammar.joints[*row].phrase);
            match resumed {
                Some(subject) if phrase && inner != Some(subject) => return opening.main(subject),
                _ => return self.subordinate(opening, word, at),
            }
        }
        let Some(last) = last else {
            opening.subject = self.main_subject(region.clone(), at);
            return opening;
        };
        self.after_finite(opening, last, at)
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
            opening.clause = if row.content {
                ClauseKind::Content
            } else {
                ClauseKind::Joined
            };
            opening.subject = subject;
            opening.governor = opening.governor.or(self.drafts.len().checked_sub(1));
            return opening;
        }
        opening
            .joint
            .clone_from(&self.sentence.tokens[tokens.start].form);
        let skip = before
            .filter(|&it| matches!(self.chunks[it].piece, Piece::Comma | Piece::Preposition))
            .map_or(before, |it| it.checked_sub(1));
        let antecedent = skip.filter(|&it| self.noun(it).is_some());
        let tag = self.sentence.tokens[tokens.start].tag;
        if let (Some(noun), "WDT" | "WP" | "WP$" | "WRB") = (antecedent, tag.as_str()) {
            opening.clause = ClauseKind::Adnominal;
            opening.antecedent = Some(noun);
            opening.subject = subject.or(Some(noun));
        } else {
            opening.clause = if opening.governor.is_some() {
                ClauseKind::Content
            } else {
                ClauseKind::Main
            };
            opening.subject = subject;
        }
        opening
    }

    /// A clause after a finite verb, with no word that begins it.
    fn after_finite(&self, mut opening: Opening, last: usize, at: usize) -> Opening {
        let from = self.drafts[last].chunk + 1;
        let cut = (from..at).rev().find(|&it| {
            matches!(
                self.chunks[it].piece,
                Piece::Comma | Piece::Coordinator | Piece::Break | Piece::Quote
            )
        });
        if let Some(cut) = cut {
            return self.after_break(opening, last, cut..at);
        }
        let (previous, outer) = (&self.drafts[last], self.outer(last));
        let bare: Vec<usize> = (from..at).filter(|&it| self.is_bare(it)).collect();
        match (bare.as_slice(), outer) {
            ([], Some(subject)) => return opening.main(subject),
            ([_], Some(subject)) if previous.predicate.clause == ClauseKind::Adnominal => {
                return opening.main(subject);
            }
            ([.., object, subject], _)
                if *object + 1 == *subject
                    && !self.grammar.hearers.contains(&previous.predicate.lemma) =>
            {
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

    /// A clause after a finite verb and a comma, quotation mark or `and` at the start of `region`, which ends at its verb.
    fn after_break(&self, mut opening: Opening, last: usize, region: Range<usize>) -> Opening {
        let (cut, at) = (region.start, region.end);
        let fresh = self.bare_first(cut + 1..at);
        let previous = &self.drafts[last];
        let outer = self.outer(last);
        if matches!(self.chunks[cut].piece, Piece::Coordinator) {
            let word = self.chunks[cut].tokens.clone();
            opening
                .joint
                .clone_from(&self.sentence.tokens[word.start].form);
            opening.joint_tokens = Some(word);
        }
        if let Some(subject) = fresh {
            opening.subject = Some(subject);
            if previous.predicate.clause == ClauseKind::Joined
                && opening.joint.is_empty()
                && previous.predicate.governor.is_none()
            {
                opening.clause = ClauseKind::Main;
            }
            opening.governor = if opening.joint.is_empty() {
                opening.governor
            } else {
                previous.predicate.governor.or(Some(last))
            };
            return opening;
        }
        // `, who founded it, said`: the outer clause goes on.
        if let (Piece::Comma | Piece::Quote, Some(subject)) = (&self.chunks[cut].piece, outer) {
            return opening.main(subject);
        }
        if opening.joint.is_empty() && self.is_speech(at) {
            opening.clause = ClauseKind::Main;
            opening.governor = None;
            opening.subject = (at + 1..self.chunks.len())
                .find(|&it| !matches!(self.chunks[it].piece, Piece::Adverb))
                .filter(|&it| self.is_bare(it));
            return opening;
        }
        opening.subject = previous.subject;
        opening.clause = if previous.predicate.clause == ClauseKind::Main {
            ClauseKind::Joined
        } else {
            previous.predicate.clause
        };
        opening
    }

    /// The subject of the clause around the relative clause of draft `last`, if that clause still lacks its verb.
    fn outer(&self, last: usize) -> Option<usize> {
        let relative = self.drafts[..=last]
            .iter()
            .rev()
            .find(|it| it.predicate.clause == ClauseKind::Adnominal)?;
        let antecedent = relative.chunk.min(self.chunks.len());
        let open = self
            .drafts
            .iter()
            .any(|it| it.predicate.clause == ClauseKind::Main && it.chunk < antecedent);
        if open {
            return None;
        }
        self.bare_first(0..antecedent)
    }

    fn is_speech(&self, at: usize) -> bool {
        match &self.chunks[at].piece {
            Piece::Verb(group) => self
                .grammar
                .speech
                .contains(self.sentence.tokens[group.main].lemma()),
            _ => false,
        }
    }

    /// The subject of the first finite verb: an apposition before a comma is skipped.
    fn main_subject(&self, region: Range<usize>, at: usize) -> Option<usize> {
        let marks = |it: &usize| {
            matches!(
                self.chunks[*it].piece,
                Piece::Comma | Piece::Break | Piece::Quote
            )
        };
        let cut = region.clone().rev().find(marks);
        let after = cut.and_then(|it| self.bare_first(it + 1..at));
        if after.is_some() && cut.is_some_and(|it| !self.is_list(it, at)) {
            return after;
        }
        let quote = region
            .clone()
            .rev()
            .find(|&it| matches!(self.chunks[it].piece, Piece::Quote))
            .map_or(region.start, |it| it + 1);
        self.bare_first(quote..at).or_else(|| {
            let next = at + 1;
            (self.is_speech(at) && next < self.chunks.len() && self.is_bare(next)).then_some(next)
        })
    }
}
