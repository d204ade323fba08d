//! Noun phrases: where they begin and end, their particle, and the predicates that nouns make.
//!
//! Which clause a phrase belongs to is not decided here: phrases wait for the next predicate.

use super::super::{Argument, ClauseKind, Predicate, PredicateKind, Tense};
use super::chain::read_chain;
use super::rows::{Class, FrameAfter};
use super::{Pass, Phrase};
use std::ops::Range;

/// Fixed words that end a noun phrase like a particle ("because of").
struct NounFrame<'a> {
    begin: usize,
    end: usize,
    joint: &'a str,
    /// The frame's last word goes on with its own endings.
    goes_on: bool,
}

impl<'a> Pass<'a> {
    /// Reads nouns up to their particle, or to the verb that they make.
    pub(super) fn noun_phrase(&mut self, at: usize) -> usize {
        let end = self.nouns_end(at);
        if end == at {
            return at + 1;
        }
        let verbal = self.class(end) == Class::VerbSuffix && !self.tokens[end].spaced;
        if verbal {
            return self.verbal_noun(at, end);
        }
        if let Some(frame) = self.noun_frame(at, end) {
            if frame.goes_on {
                return self.progressive_noun(at, frame.begin, frame.end);
            }
            self.add_phrase(at..frame.begin, frame.joint);
            return frame.end;
        }
        if self.class(end) == Class::Copula {
            let next = self.copula(at, end);
            if next > end {
                return next;
            }
        }
        let (marker, next) = self.particles(end);
        if self.syntax.file.genitive.contains(marker)
            && matches!(self.class(next), Class::Noun | Class::Determiner)
        {
            let again = self.nouns_end(next);
            let verb_follows = self.class(again) == Class::VerbSuffix;
            if !verb_follows && again > next {
                self.add_phrase(at..end, marker);
                return next;
            }
        }
        if self.class(next) == Class::NegativeCopula {
            return self.denied(at..end, marker, next);
        }
        self.add_phrase(at..end, marker);
        next.max(end)
    }

    /// Returns the end of the run of nouns that begins at `at`; bracketed words belong to it.
    fn nouns_end(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            match self.class(end) {
                Class::Noun | Class::BoundNoun | Class::NounSuffix | Class::Determiner
                    if !self.breaks(at, end) =>
                {
                    end += 1;
                }
                Class::Joiner if end > at && matches!(self.class(end + 1), Class::Noun) => end += 1,
                Class::Quote => match self.quoted_name(end) {
                    Some(after) => end = after,
                    None => return end,
                },
                Class::Open => match self.closing(end) {
                    Some(close) => end = close + 1,
                    None if end == at => return at,
                    None => return end,
                },
                _ => return end,
            }
        }
    }

    /// Tells whether a noun at `at` begins a new phrase: a date before it is a phrase of its own.
    fn breaks(&self, begin: usize, at: usize) -> bool {
        if at == begin || !self.tokens[at].spaced {
            return false;
        }
        let file = &self.syntax.file;
        let mut last = at - 1;
        if self.class(last) == Class::Close {
            let open = (begin..last)
                .rev()
                .find(|it| self.class(*it) == Class::Open);
            last = open.and_then(|it| it.checked_sub(1)).unwrap_or(last);
        }
        let date = file.date_units.contains(&self.tokens[last].form) && last > begin
            || file.date_words.contains(&self.tokens[last].form);
        let number = self.tokens[at]
            .form
            .starts_with(|it: char| it.is_ascii_digit());
        let unit = self
            .tokens
            .get(at + 1)
            .is_some_and(|it| file.date_units.contains(&it.form));
        let goes_on = number && unit || file.date_words.contains(&self.tokens[at].form);
        date && !goes_on
    }

    /// Returns the token after a few nouns in quotation marks that begin at `at`: a name.
    fn quoted_name(&self, at: usize) -> Option<usize> {
        let from = self.tokens[at].span.end();
        let quote = self.sentence.quotes.iter().find(|it| it.start() == from)?;
        let mut next = at + 1;
        while next < self.tokens.len() && quote.contains(self.tokens[next].span) {
            let noun = matches!(
                self.class(next),
                Class::Noun
                    | Class::BoundNoun
                    | Class::NounSuffix
                    | Class::Joiner
                    | Class::Determiner
            );
            if !noun {
                return None;
            }
            next += 1;
        }
        (next > at + 1 && self.class(next) == Class::Quote).then_some(next + 1)
    }

    /// Returns the bracket that closes the one at `at`, if it closes soon.
    fn closing(&self, at: usize) -> Option<usize> {
        (at + 1..self.tokens.len().min(at + 24)).find(|it| self.class(*it) == Class::Close)
    }

    /// Returns the canonical form of the particles at `at` (the first that says a role), and where they end.
    fn particles(&self, at: usize) -> (&'a str, usize) {
        let mut end = at;
        let mut marker = "";
        while self.class(end) == Class::Particle && !self.tokens[end].spaced {
            let form = &self.tokens[end].form;
            if marker.is_empty() {
                marker = self.syntax.file.particles.get(form).unwrap_or(form);
            }
            end += 1;
        }
        (marker, end)
    }

    /// Returns the frame like "because of" that begins inside or after the nouns `at..end`.
    fn noun_frame(&self, at: usize, end: usize) -> Option<NounFrame<'a>> {
        let syntax = self.syntax;
        (at + 1..=end).find_map(|begin| {
            let (row, frame_end) = syntax.frame(FrameAfter::Noun, self.tokens, begin)?;
            let joint = row.joint.as_ref().unwrap_or(&row.id);
            (frame_end >= end).then_some(NounFrame {
                begin,
                end: frame_end,
                joint,
                goes_on: row.goes_on,
            })
        })
    }

    /// Reads "is in the middle of N": the noun is the predicate.
    fn progressive_noun(&mut self, at: usize, noun_end: usize, endings: usize) -> usize {
        let head = noun_end - 1;
        if at < head {
            self.add_phrase(at..head, "");
        }
        self.predicate(head..noun_end, endings, PredicateKind::Verb)
    }

    /// "not A but B": the denied phrase stays with its neighbour.
    fn denied(&mut self, tokens: Range<usize>, marker: &'a str, at: usize) -> usize {
        let chain = read_chain(self.syntax, self.tokens, self.classes, at + 1);
        if chain.clause == ClauseKind::Adnominal {
            self.add_phrase(tokens, marker);
            if let Some(phrase) = self.waiting.last_mut() {
                phrase.negated = true;
            }
            return chain.end;
        }
        self.add_phrase(tokens, marker);
        self.predicate(at..at + 1, at + 1, PredicateKind::State)
    }

    /// Reads a noun with a light verb: everything before the noun is its object, spoken without a particle.
    fn verbal_noun(&mut self, at: usize, end: usize) -> usize {
        let mut head = end - 1;
        while head > at
            && (self.class(head) == Class::NounSuffix
                || (!self.tokens[head].spaced && self.class(head) == Class::Noun))
        {
            head -= 1;
        }
        if at < head {
            self.add_phrase(at..head, "");
        }
        self.predicate(head..end, end + 1, PredicateKind::Verb)
    }

    /// Reads "is …": a state, or a bound noun that closes the clause before it.
    fn copula(&mut self, at: usize, end: usize) -> usize {
        let chain = read_chain(self.syntax, self.tokens, self.classes, end + 1);
        if chain.clause == ClauseKind::Adnominal {
            self.add_phrase(at..end, "");
            return chain.end;
        }
        let head = (at..end)
            .rev()
            .find(|it| self.class(*it) == Class::Noun)
            .unwrap_or(end - 1);
        if at < head {
            self.add_phrase(at..head, "");
        }
        self.predicate(head..end, end + 1, PredicateKind::State)
    }

    fn add_phrase(&mut self, tokens: Range<usize>, marker: &'a str) {
        // A clause before "A of B" modifies B.
        let genitive = self.syntax.file.genitive.contains(marker);
        let modifiers = if genitive {
            Vec::new()
        } else {
            std::mem::take(&mut self.modifiers)
        };
        let event = self.nominal_event(&tokens, marker);
        let main = self.syntax.file.subject.contains(marker)
            && self.waiting.is_empty()
            && self.out.is_empty()
            && self.date_follows(tokens.end);
        for modifier in &modifiers {
            self.out[*modifier].head_noun = Some(tokens.end - 1);
            if event.is_some() {
                self.out[*modifier].governor = event;
            }
        }
        self.waiting.push(Phrase {
            tokens,
            marker,
            event,
            modifiers,
            negated: false,
            shared: false,
            main,
        });
    }

    /// Tells whether a date stands after the particle that follows the phrase which ends at `end`.
    fn date_follows(&self, end: usize) -> bool {
        let (_, next) = self.particles(end);
        self.syntax.opens_main(self.tokens, next)
    }

    /// Makes a nominal predicate of a phrase whose last noun names an event.
    fn nominal_event(&mut self, tokens: &Range<usize>, marker: &str) -> Option<usize> {
        if self.syntax.file.genitive.contains(marker) {
            return None;
        }
        let head = self.head_of(tokens)?;
        let lemma = self.text_of(&head);
        if !self.event_nouns.contains(&*lemma) {
            return None;
        }
        let mut arguments = self.genitives(tokens.start);
        if tokens.start < head.start {
            arguments.push(self.argument(tokens.start..head.start, ""));
        }
        let trigger = self.span(&head);
        let joint = if self.syntax.file.particles.values().any(|it| it == marker) {
            ""
        } else {
            marker
        };
        let predicate = Predicate {
            carrier: false,
            trigger,
            tokens: head,
            phrase: None,
            lemma: lemma.into_owned(),
            kind: PredicateKind::Noun,
            clause: ClauseKind::Noun,
            joint: joint.to_owned(),
            joint_span: None,
            head_noun: None,
            tense: Tense::Unmarked,
            passive: false,
            negated: false,
            moods: Vec::new(),
            extent: arguments
                .iter()
                .fold(trigger, |span, it| span.join(it.span)),
            arguments,
            governor: None,
            quoted: self.sentence.is_quoted(trigger),
        };
        self.out.push(predicate);
        Some(self.out.len() - 1)
    }

    /// Returns the tokens of the phrase's head noun: the last one outside brackets, with its suffixes.
    fn head_of(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let mut end = tokens.end;
        if self.class(end - 1) == Class::Close {
            end = (tokens.start..end)
                .rev()
                .find(|it| self.class(*it) == Class::Open)?;
        }
        let mut head = end.checked_sub(1)?;
        while head > tokens.start && self.class(head) == Class::NounSuffix {
            head -= 1;
        }
        (head >= tokens.start && self.class(head) == Class::Noun).then_some(head..end)
    }

    /// Takes the genitive phrases that stand directly before token `before`.
    fn genitives(&self, before: usize) -> Vec<Argument> {
        let mut arguments = Vec::new();
        let mut edge = before;
        for phrase in self.waiting.iter().rev() {
            let genitive = self.syntax.file.genitive.contains(phrase.marker);
            if !genitive || phrase.tokens.end + 2 < edge {
                break;
            }
            edge = phrase.tokens.start;
            arguments.insert(0, self.argument(phrase.tokens.clone(), phrase.marker));
        }
        arguments
    }
}
