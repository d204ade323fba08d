//! The grammar of languages whose predicates end their clause (Korean, Japanese).
//!
//! One pass from left to right: noun phrases wait until a predicate takes them.
//! What a tag, particle or ending does comes from `syntax.toml`; event types and dates are not known here.

mod chain;
mod rows;

use super::{Argument, ClauseKind, Clauses, Predicate, PredicateKind, Tense};
use crate::{
    Result,
    lang::Pack,
    model::Span,
    text::{Sentence, Token},
};
use chain::{Chain, read_chain};
use rows::{Class, ClauseWord, FrameAfter, Syntax};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Reads clauses of a head-final language.
pub struct HeadFinal {
    syntax: Syntax,
    event_nouns: FxHashSet<String>,
}

/// A noun phrase that waits for its predicate.
#[derive(Clone, Debug)]
struct Phrase {
    tokens: Range<usize>,
    marker: String,
    /// The nominal predicate it is.
    event: Option<usize>,
    /// The clauses that modify it.
    modifiers: Vec<usize>,
    negated: bool,
    /// A topic that an earlier clause has taken already.
    shared: bool,
    /// The subject of the whole sentence: a date follows it.
    main: bool,
}

/// The state of one pass.
struct Pass<'a> {
    syntax: &'a Syntax,
    event_nouns: &'a FxHashSet<String>,
    sentence: &'a Sentence,
    tokens: &'a [Token],
    waiting: Vec<Phrase>,
    /// Clauses that still need a governor.
    open: Vec<usize>,
    /// Clauses with a subject of their own, passed over while a clause with another subject is told.
    passed: Vec<usize>,
    /// Adnominal clauses whose noun has not come yet.
    modifiers: Vec<usize>,
    out: Vec<Predicate>,
}

impl HeadFinal {
    /// Returns the grammar of `pack`; `event_nouns` are the nouns that name an event by themselves.
    ///
    /// # Errors
    ///
    /// If `syntax.toml` is wrong.
    pub fn new(pack: &Pack, event_nouns: FxHashSet<String>) -> Result<Self> {
        Ok(Self {
            syntax: Syntax::new(pack)?,
            event_nouns,
        })
    }

    /// Returns the tokens as this grammar corrects them.
    pub fn corrected(&self, tokens: &[Token]) -> Vec<Token> {
        self.syntax.corrected(tokens)
    }

    /// Returns the clauses of `sentence`.
    pub fn clauses(&self, sentence: &Sentence) -> Clauses {
        let mut pass = Pass {
            syntax: &self.syntax,
            event_nouns: &self.event_nouns,
            sentence,
            tokens: &sentence.tokens,
            waiting: Vec::new(),
            open: Vec::new(),
            passed: Vec::new(),
            modifiers: Vec::new(),
            out: Vec::new(),
        };
        let mut at = 0;
        while at < sentence.tokens.len() {
            at = pass.step(at).max(at + 1);
        }
        pass.finish();
        Clauses {
            predicates: pass.out,
        }
    }
}

impl Pass<'_> {
    fn class(&self, at: usize) -> Class {
        self.tokens
            .get(at)
            .map_or(Class::Other, |it| self.syntax.class(it))
    }

    /// Reads what begins at `at`; returns where the next piece begins.
    fn step(&mut self, at: usize) -> usize {
        if let Some(end) = self.syntax.transparent_end(self.tokens, at) {
            return end;
        }
        match self.class(at) {
            Class::Noun | Class::BoundNoun | Class::Determiner | Class::Open | Class::Quote => {
                self.noun_phrase(at)
            }
            Class::Verb | Class::Auxiliary => {
                self.predicate(at..at + 1, at + 1, PredicateKind::Verb)
            }
            Class::Adjective | Class::NegativeCopula => {
                self.predicate(at..at + 1, at + 1, PredicateKind::State)
            }
            Class::VerbSuffix => self.predicate(at..at + 1, at + 1, PredicateKind::Verb),
            _ => at + 1,
        }
    }

    /// Reads nouns up to their particle, or to the verb that they make.
    fn noun_phrase(&mut self, at: usize) -> usize {
        let end = self.nouns_end(at);
        if end == at {
            return at + 1;
        }
        let verbal = self.class(end) == Class::VerbSuffix && !self.tokens[end].spaced;
        if verbal {
            return self.verbal_noun(at, end);
        }
        if let Some((frame_at, frame_end, joint, goes_on)) = self.noun_frame(at, end) {
            if goes_on {
                return self.progressive_noun(at, frame_at, frame_end);
            }
            self.add_phrase(at..frame_at, &joint);
            return frame_end;
        }
        if self.class(end) == Class::Copula {
            let next = self.copula(at, end);
            if next > end {
                return next;
            }
        }
        let (marker, next) = self.particles(end);
        if self.syntax.file.genitive.contains(&marker)
            && matches!(self.class(next), Class::Noun | Class::Determiner)
        {
            let again = self.nouns_end(next);
            let verb_follows = self.class(again) == Class::VerbSuffix;
            if !verb_follows && again > next {
                self.add_phrase(at..end, &marker);
                return next;
            }
        }
        if self.class(next) == Class::NegativeCopula {
            return self.denied(at..end, &marker, next);
        }
        self.add_phrase(at..end, &marker);
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
                    end += 1
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
        let goes_on = self.tokens[at]
            .form
            .starts_with(|it: char| it.is_ascii_digit())
            || file.date_words.contains(&self.tokens[at].form);
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
    fn particles(&self, at: usize) -> (String, usize) {
        let mut end = at;
        let mut marker = String::new();
        while self.class(end) == Class::Particle && !self.tokens[end].spaced {
            let form = &self.tokens[end].form;
            let canonical = self.syntax.file.particles.get(form).unwrap_or(form);
            if marker.is_empty() {
                marker.clone_from(canonical);
            }
            end += 1;
        }
        (marker, end)
    }

    /// Returns where a frame like "because of" begins inside or after the nouns `at..end`, where it ends, and its name.
    fn noun_frame(&self, at: usize, end: usize) -> Option<(usize, usize, String, bool)> {
        (at + 1..=end).find_map(|begin| {
            let (row, frame_end) = self.syntax.frame(FrameAfter::Noun, self.tokens, begin)?;
            let joint = row.joint.clone().unwrap_or_else(|| row.id.clone());
            (frame_end >= end).then_some((begin, frame_end, joint, row.goes_on))
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
    fn denied(&mut self, tokens: Range<usize>, marker: &str, at: usize) -> usize {
        let chain = read_chain(self.syntax, self.tokens, at + 1);
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
        let chain = read_chain(self.syntax, self.tokens, end + 1);
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

    fn add_phrase(&mut self, tokens: Range<usize>, marker: &str) {
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
            marker: marker.to_owned(),
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
        let lemma = self.text_of(&(head.clone()));
        if !self.event_nouns.contains(&lemma) {
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
            trigger,
            tokens: head,
            lemma,
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
            let genitive = self.syntax.file.genitive.contains(&phrase.marker);
            if !genitive || phrase.tokens.end + 2 < edge {
                break;
            }
            edge = phrase.tokens.start;
            arguments.insert(0, self.argument(phrase.tokens.clone(), &phrase.marker));
        }
        arguments
    }

    fn argument(&self, tokens: Range<usize>, marker: &str) -> Argument {
        Argument {
            span: self.span(&tokens),
            tokens,
            marker: marker.to_owned(),
            negated: false,
        }
    }

    /// Makes a predicate of the stem `tokens`, whose endings begin at `endings`.
    fn predicate(&mut self, tokens: Range<usize>, endings: usize, kind: PredicateKind) -> usize {
        let chain = read_chain(self.syntax, self.tokens, endings);
        let light = self.tokens.get(endings.wrapping_sub(1));
        let passive = chain.passive
            || (kind == PredicateKind::Verb
                && light.is_some_and(|it| self.syntax.file.passive.contains(&it.form)));
        let lemma = self.text_of(&tokens);
        let all = tokens.start..chain.end.max(tokens.end);
        let trigger = self.span(&(tokens.start..chain.trigger_end.max(tokens.end)));
        let embedded = self.syntax.file.embedded.contains(&chain.joint);
        let phrases = self.take(if embedded {
            ClauseKind::Content
        } else {
            chain.clause
        });
        let idx = self.out.len();
        let mut arguments = Vec::new();
        for phrase in &phrases {
            for modifier in phrase.modifiers.iter().copied().chain(phrase.event) {
                self.out[modifier].governor.get_or_insert(idx);
            }
            let negated = phrase.negated;
            arguments.push(Argument {
                negated,
                ..self.argument(phrase.tokens.clone(), &phrase.marker)
            });
        }
        self.attach_open(idx, &chain, &phrases);
        let extent = arguments
            .iter()
            .fold(self.span(&all), |span, it| span.join(it.span));
        let negated = chain.negated || self.syntax.file.negation.contains(&lemma);
        let Chain {
            clause,
            joint,
            joint_tokens,
            tense,
            moods,
            ..
        } = chain;
        self.out.push(Predicate {
            trigger,
            tokens: all,
            lemma,
            kind,
            clause,
            joint,
            joint_span: joint_tokens.map(|it| self.span(&it)),
            head_noun: None,
            tense,
            passive,
            negated,
            moods,
            arguments,
            extent,
            governor: None,
            quoted: self.sentence.is_quoted(trigger),
        });
        self.distribute(idx);
        match clause {
            ClauseKind::Adnominal => self.modifiers.push(idx),
            ClauseKind::Main | ClauseKind::Noun => (),
            ClauseKind::Joined | ClauseKind::Content => self.open.push(idx),
        }
        chain.end
    }

    /// "A said B did it": of two subjects the first belongs to the clause that is told, if the second comes after it.
    ///
    /// "A says that B is not so": of two subjects before the told clause the second belongs to it.
    fn distribute(&mut self, idx: usize) {
        let content = |it: &Predicate| it.clause == ClauseKind::Content && it.governor == Some(idx);
        let Some(told) = self.out[..idx].iter().rposition(content) else {
            return;
        };
        let at = self.out[told].trigger.start();
        let file = &self.syntax.file;
        let who =
            |it: &Argument| file.topic.contains(&it.marker) || file.subject.contains(&it.marker);
        let arguments = &self.out[idx].arguments;
        let before = arguments
            .iter()
            .filter(|it| who(it) && it.span.end() <= at)
            .count();
        let after = arguments.iter().any(|it| who(it) && at < it.span.start());
        if before == 0 || !after && before < 2 || self.out[told].arguments.iter().any(who) {
            return;
        }
        // All phrases before the told clause go with its subject; without a speaker after it, only from the second subject on.
        let first = arguments.iter().position(who).unwrap_or(0);
        let second = arguments
            .iter()
            .skip(first + 1)
            .position(who)
            .map_or(first, |it| it + first + 1);
        let from = if after { 0 } else { second };
        let (mut kept, mut moved) = (Vec::new(), Vec::new());
        for (position, argument) in self.out[idx].arguments.drain(..).enumerate() {
            let own = position < from || at < argument.span.start();
            if own {
                kept.push(argument)
            } else {
                moved.push(argument)
            }
        }
        self.out[idx].arguments = kept;
        moved.append(&mut self.out[told].arguments);
        self.out[told].arguments = moved;
        self.distribute(told);
    }

    /// Takes the waiting phrases that belong to a clause of that kind.
    fn take(&mut self, clause: ClauseKind) -> Vec<Phrase> {
        let file = &self.syntax.file;
        let is_topic = |it: &Phrase| it.main || file.topic.contains(&it.marker);
        let is_subject = |it: &Phrase| !it.main && file.subject.contains(&it.marker);
        let last_topic = self.waiting.iter().rposition(is_topic);
        let from = match clause {
            ClauseKind::Main | ClauseKind::Noun => 0,
            ClauseKind::Joined => {
                let own = self
                    .waiting
                    .iter()
                    .skip(last_topic.map_or(0, |it| it + 1))
                    .any(is_subject);
                if own { self.floor(last_topic) } else { 0 }
            }
            ClauseKind::Content | ClauseKind::Adnominal => self.inner_edge(last_topic),
        };
        let mut taken = self.waiting.split_off(from);
        if clause == ClauseKind::Joined {
            if let Some(topic) = taken.iter().find(|it| is_topic(it)) {
                self.waiting.push(Phrase {
                    modifiers: Vec::new(),
                    event: None,
                    shared: true,
                    ..topic.clone()
                });
            }
        }
        let says_who = |it: &Phrase| is_topic(it) || is_subject(it);
        if taken.iter().any(|it| says_who(it) && !it.shared) {
            taken.retain(|it| !it.shared);
        }
        taken
    }

    /// Returns where the phrases of an embedded clause begin: after the topic, and with its own subject.
    fn inner_edge(&self, last_topic: Option<usize>) -> usize {
        let file = &self.syntax.file;
        let floor = self.floor(last_topic);
        let mut edge = self.waiting.len();
        let mut objects = 0;
        while edge > floor {
            let phrase = &self.waiting[edge - 1];
            objects += usize::from(file.object.contains(&phrase.marker));
            if objects > 1 {
                break;
            }
            edge -= 1;
            if file.subject.contains(&phrase.marker) {
                while edge > floor && self.belongs_to_next(edge - 1) {
                    edge -= 1;
                }
                break;
            }
        }
        edge
    }

    /// Returns where the phrases after the topic begin; a date right after it is the topic's.
    fn floor(&self, last_topic: Option<usize>) -> usize {
        let file = &self.syntax.file;
        let dated = |it: usize| {
            let last = self
                .waiting
                .get(it)
                .filter(|p| p.marker.is_empty())
                .map(|p| &self.tokens[p.tokens.end - 1].form);
            last.is_some_and(|form| {
                file.date_units.contains(form) || file.date_words.contains(form)
            })
        };
        last_topic.map_or(0, |it| if dated(it + 1) { it + 2 } else { it + 1 })
    }

    /// Tells whether a waiting phrase only completes the next one (A의 B, A와 B).
    fn belongs_to_next(&self, at: usize) -> bool {
        let marker = &self.waiting[at].marker;
        self.syntax.file.genitive.contains(marker) || self.syntax.file.coordination.contains(marker)
    }

    /// Gives open clauses their governor.
    fn attach_open(&mut self, idx: usize, chain: &Chain, phrases: &[Phrase]) {
        let adnominal = chain.clause == ClauseKind::Adnominal;
        let from = phrases.first().map_or(usize::MAX, |it| it.tokens.start);
        let own_subject = phrases
            .iter()
            .any(|it| self.syntax.file.subject.contains(&it.marker));
        let mut still_open = Vec::new();
        if chain.clause == ClauseKind::Main {
            self.open.append(&mut self.passed);
        } else if own_subject {
            let same_subject = |it: &usize| {
                self.syntax.file.same_subject.contains(&self.out[*it].joint)
                    && self.has_subject(*it)
            };
            let (passed, open): (Vec<usize>, Vec<usize>) =
                self.open.iter().partition(|it| same_subject(it));
            self.passed.extend(passed);
            self.open = open;
        }
        for open in std::mem::take(&mut self.open) {
            let before = self.out[open].tokens.end <= from;
            let waits = match self.out[open].clause {
                ClauseKind::Content => adnominal && !phrases.is_empty() && before,
                _ => adnominal && (own_subject || self.has_topic(open)),
            };
            if waits {
                still_open.push(open);
            } else {
                self.out[open].governor = Some(idx);
            }
        }
        self.open = still_open;
        if chain.clause == ClauseKind::Content {
            self.open.append(&mut self.passed);
        }
    }

    fn has_subject(&self, predicate: usize) -> bool {
        let file = &self.syntax.file;
        self.out[predicate]
            .arguments
            .iter()
            .any(|it| file.subject.contains(&it.marker) || file.topic.contains(&it.marker))
    }

    fn has_topic(&self, predicate: usize) -> bool {
        self.out[predicate]
            .arguments
            .iter()
            .any(|it| self.syntax.file.topic.contains(&it.marker))
    }

    /// Closes the sentence: what is left belongs to its last predicate.
    fn finish(&mut self) {
        let main = self
            .out
            .iter()
            .rposition(|it| it.clause == ClauseKind::Main);
        let Some(main) = main else { return };
        for phrase in std::mem::take(&mut self.waiting) {
            if let Some(event) = phrase.event {
                if event != main {
                    self.out[event].governor.get_or_insert(main);
                }
            }
        }
        for open in std::mem::take(&mut self.open) {
            if open != main {
                self.out[open].governor.get_or_insert(main);
            }
        }
    }

    fn span(&self, tokens: &Range<usize>) -> Span {
        let first = self.tokens[tokens.start].span;
        let last = self.tokens[tokens.end.max(tokens.start + 1) - 1].span;
        first.join(last)
    }

    /// Returns the forms of `tokens` put together.
    fn text_of(&self, tokens: &Range<usize>) -> String {
        self.tokens[tokens.clone()]
            .iter()
            .map(|it| it.form.as_str())
            .collect()
    }
}

impl From<ClauseWord> for ClauseKind {
    fn from(word: ClauseWord) -> Self {
        match word {
            ClauseWord::Main => Self::Main,
            ClauseWord::Joined => Self::Joined,
            ClauseWord::Adnominal => Self::Adnominal,
            ClauseWord::Content => Self::Content,
        }
    }
}
