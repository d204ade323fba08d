//! Clauses: a predicate with its endings takes the phrases that wait, and clauses that are open get their governor.
//!
//! Where a noun phrase ends is not decided here, nor what an ending says.

use super::super::{Argument, ClauseKind, Predicate, PredicateKind};
use super::chain::{Chain, read_chain};
use super::{Pass, Phrase};
use std::ops::Range;

impl<'a> Pass<'a> {
    /// Makes a predicate of the stem `tokens`, whose endings begin at `endings`.
    pub(super) fn predicate(
        &mut self,
        tokens: Range<usize>,
        endings: usize,
        kind: PredicateKind,
    ) -> usize {
        let tokens = self.without_marks(tokens);
        let chain = read_chain(self.syntax, self.tokens, self.classes, endings);
        let light = self.tokens.get(endings.wrapping_sub(1));
        let passive = chain.passive
            || (kind == PredicateKind::Verb
                && light.is_some_and(|it| self.syntax.file.passive.contains(&it.form)));
        let lemma = self.text_of(&tokens).into_owned();
        let all = tokens.start..chain.end.max(tokens.end);
        let trigger = self.span(&(tokens.start..chain.trigger_end.max(tokens.end)));
        let phrases = self.phrases_of(kind, &chain, tokens.start);
        let idx = self.out.len();
        let arguments = self.arguments(idx, &phrases);
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
            carrier: false,
            trigger,
            tokens: all,
            phrase: None,
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

    /// Closes the sentence: what is left belongs to its last predicate.
    pub(super) fn finish(&mut self) {
        let main = self
            .out
            .iter()
            .rposition(|it| it.clause == ClauseKind::Main);
        let Some(main) = main else { return };
        for phrase in std::mem::take(&mut self.waiting) {
            if let Some(event) = phrase.event.filter(|it| *it != main) {
                self.out[event].governor.get_or_insert(main);
            }
        }
        for open in std::mem::take(&mut self.open) {
            if open != main {
                self.out[open].governor.get_or_insert(main);
            }
        }
    }

    /// Returns `phrases` as arguments of the predicate `idx`, which governs what modifies them.
    fn arguments(&mut self, idx: usize, phrases: &[Phrase]) -> Vec<Argument> {
        let mut arguments = Vec::new();
        for phrase in phrases {
            for modifier in phrase.modifiers.iter().copied().chain(phrase.event) {
                self.out[modifier].governor.get_or_insert(idx);
            }
            arguments.push(Argument {
                negated: phrase.negated,
                ..self.argument(phrase.tokens.clone(), phrase.marker)
            });
        }
        arguments
    }

    /// Takes the waiting phrases that belong to a clause of that kind.
    ///
    /// Returns the stem without the marks that join it to the word before (사면·복권하다).
    fn without_marks(&self, tokens: Range<usize>) -> Range<usize> {
        let is_word = |it: &usize| self.tokens[*it].form.chars().any(char::is_alphanumeric);
        let first = tokens.clone().find(is_word).unwrap_or(tokens.start);
        first..tokens.end
    }

    /// What stands outside the quotation marks around the predicate at token `at` belongs to whoever says it.
    fn take(&mut self, clause: ClauseKind, at: usize) -> Vec<Phrase<'a>> {
        let file = &self.syntax.file;
        let is_topic = |it: &Phrase| it.main || file.topic.contains(it.marker);
        let is_subject = |it: &Phrase| !it.main && file.subject.contains(it.marker);
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
        let from = from.max(self.quote_edge(at));
        let mut taken = self.waiting.split_off(from);
        if clause == ClauseKind::Joined
            && let Some(topic) = taken.iter().find(|it| is_topic(it))
        {
            self.waiting.push(Phrase {
                modifiers: Vec::new(),
                event: None,
                shared: true,
                ..topic.clone()
            });
        }
        let says_who = |it: &Phrase| is_topic(it) || is_subject(it);
        if taken.iter().any(|it| says_who(it) && !it.shared) {
            taken.retain(|it| !it.shared);
        }
        taken
    }

    /// Takes the phrases of a predicate of that kind at token `at`.
    fn phrases_of(&mut self, kind: PredicateKind, chain: &Chain, at: usize) -> Vec<Phrase<'a>> {
        if kind == PredicateKind::State && chain.clause == ClauseKind::Adnominal {
            let edge = self.quality_edge().max(self.quote_edge(at));
            return self.waiting.split_off(edge);
        }
        let embedded = self.syntax.file.embedded.contains(&chain.joint);
        let clause = if embedded {
            ClauseKind::Content
        } else {
            chain.clause
        };
        self.take(clause, at)
    }

    /// Returns the first waiting phrase inside the quotation marks around token `at`; 0 if there are none.
    fn quote_edge(&self, at: usize) -> usize {
        let span = self.tokens[at.min(self.tokens.len() - 1)].span;
        let Some(quote) = self.sentence.quotes.iter().find(|it| it.contains(span)) else {
            return 0;
        };
        let inside = |it: &Phrase| quote.start() <= self.tokens[it.tokens.start].span.start();
        self.waiting
            .iter()
            .position(inside)
            .unwrap_or(self.waiting.len())
    }

    /// A quality before a noun ("large", "whose size is large") has at most the phrase right before it.
    fn quality_edge(&self) -> usize {
        let file = &self.syntax.file;
        let close = self
            .waiting
            .last()
            .is_some_and(|it| !it.main && file.subject.contains(it.marker));
        self.waiting.len() - usize::from(close)
    }

    /// Returns where the phrases of an embedded clause begin: after the topic, and with its own subject.
    fn inner_edge(&self, last_topic: Option<usize>) -> usize {
        let file = &self.syntax.file;
        let floor = self.floor(last_topic);
        let mut edge = self.waiting.len();
        let mut objects = 0;
        while edge > floor {
            let phrase = &self.waiting[edge - 1];
            objects += usize::from(file.object.contains(phrase.marker));
            if objects > 1 {
                break;
            }
            edge -= 1;
            if file.subject.contains(phrase.marker) {
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
        let marker = self.waiting[at].marker;
        self.syntax.file.genitive.contains(marker) || self.syntax.file.coordination.contains(marker)
    }

    /// Gives open clauses their governor.
    fn attach_open(&mut self, idx: usize, chain: &Chain, phrases: &[Phrase]) {
        let adnominal = chain.clause == ClauseKind::Adnominal;
        let from = phrases.first().map_or(usize::MAX, |it| it.tokens.start);
        let own_subject = phrases
            .iter()
            .any(|it| self.syntax.file.subject.contains(it.marker));
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
                kept.push(argument);
            } else {
                moved.push(argument);
            }
        }
        self.out[idx].arguments = kept;
        moved.append(&mut self.out[told].arguments);
        self.out[told].arguments = moved;
        self.distribute(told);
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
}
