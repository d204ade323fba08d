//! Gives the noun phrases that are no subjects to the predicate they belong to, and puts the clauses together.

use super::{
    chunks::Piece,
    predicates::{Draft, Drafting},
};
use crate::{
    model::Span,
    syntax::{ClauseKind, Predicate, PredicateKind, Tense},
    text::SentenceKind,
};

impl Drafting<'_> {
    /// Makes a predicate of every noun that names an event, also of one that has something.
    pub(super) fn nouns(&mut self) {
        for at in 0..self.chunks.len() {
            let Some(noun) = self.noun(at).cloned() else {
                continue;
            };
            let owner = noun.genitive.clone().filter(|it| self.is_event(it.end - 1));
            for head in owner
                .map(|it| it.end - 1)
                .into_iter()
                .chain(self.is_event(noun.head).then_some(noun.head))
            {
                let Some(trigger) = self.span(head..head + 1) else {
                    continue;
                };
                let predicate = self.noun_predicate(at, head, trigger);
                self.drafts.push(Draft {
                    predicate,
                    chunk: at,
                    subject: None,
                    group: None,
                    dropped: false,
                });
                if head == noun.head {
                    let idx = self.drafts.len() - 1;
                    if let Some(genitive) = noun.genitive.clone() {
                        self.add_tokens(idx, genitive, "genitive", false);
                    }
                    if !noun.compound.is_empty() {
                        self.add_tokens(idx, noun.compound.clone(), "compound", false);
                    }
                }
            }
        }
    }

    fn is_event(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        let nouns = [&self.grammar.event_nouns, &self.grammar.other_nouns];
        token.tag.as_str().starts_with("NN") && nouns.iter().any(|it| it.contains(token.lemma()))
    }

    /// Tells whether the noun names an event by itself, so that it has phrases of its own and speaks for a light verb.
    fn names_event(&self, noun: &Draft) -> bool {
        self.grammar.event_nouns.contains(&noun.predicate.lemma)
    }

    fn noun_predicate(&self, at: usize, head: usize, trigger: Span) -> Predicate {
        let joint = at
            .checked_sub(1)
            .and_then(|it| match &self.chunks[it].piece {
                Piece::Joint(row) => Some((
                    self.grammar.joints[*row].name.clone(),
                    self.chunks[it].tokens.clone(),
                )),
                _ => None,
            });
        let (joint, joint_tokens) = joint.unzip();
        let negated = self.noun(at).is_some_and(|it| it.negated);
        Predicate {
            trigger,
            tokens: head..head + 1,
            phrase: self
                .noun(at)
                .and_then(|it| self.span(it.core.start.min(head)..head + 1)),
            lemma: self.sentence.tokens[head].lemma().to_owned(),
            kind: PredicateKind::Noun,
            clause: ClauseKind::Noun,
            joint: joint.unwrap_or_default(),
            joint_span: joint_tokens.and_then(|it| self.span(it)),
            head_noun: None,
            tense: Tense::Unmarked,
            passive: false,
            negated,
            moods: self.modifier_moods(at, head),
            arguments: Vec::new(),
            extent: trigger,
            governor: None,
            quoted: self.sentence.is_quoted(trigger),
            carrier: false,
        }
    }

    /// Returns the moods of the words before the event noun at token `head` of the phrase at `at`: `the alleged attack`.
    fn modifier_moods(&self, at: usize, head: usize) -> Vec<String> {
        let tokens = self
            .noun(at)
            .map_or(head..head, |it| it.core.start.min(head)..head);
        let forms = self.sentence.tokens[tokens]
            .iter()
            .map(|it| it.form.as_str());
        let rows = forms.filter_map(|it| self.grammar.modifiers.get(it));
        rows.map(|&it| self.grammar.moods[it].name.clone())
            .collect()
    }

    /// Gives every phrase that is left to a predicate.
    pub(super) fn attach(&mut self) {
        let mut last: Option<(usize, usize, String)> = None;
        for at in 0..self.chunks.len() {
            let Some(noun) = self.noun(at) else { continue };
            let time = noun.time;
            if self.used[at] {
                last = None;
                continue;
            }
            let joined = at.checked_sub(1).is_some_and(|it| {
                matches!(self.chunks[it].piece, Piece::Coordinator | Piece::Comma)
            });
            let listed = joined
                && !time
                && (matches!(self.chunks[at - 1].piece, Piece::Coordinator)
                    || self.is_list(at - 1, self.chunks.len()));
            if let Some((before, owner, marker)) = last.take().filter(|it| listed && it.0 + 2 >= at)
            {
                debug_assert!(before < at, "chunks stand in order");
                self.add(owner, at, &marker);
                last = Some((at, owner, marker));
                continue;
            }
            let Some((owner, marker)) = self.owner(at, time) else {
                continue;
            };
            self.add(owner, at, &marker);
            last = Some((at, owner, marker));
        }
        self.lighten();
        self.speech_after();
        self.passive_headlines();
    }

    /// Returns the predicate the phrase at `at` belongs to, and as what.
    fn owner(&self, at: usize, time: bool) -> Option<(usize, String)> {
        let marker = self.marker(at).map(str::to_owned);
        // A phrase after an event noun: `a ban on exports`.
        if let Some(marker) = &marker {
            let noun = at.checked_sub(2).and_then(|it| {
                self.drafts.iter().position(|draft| {
                    draft.group.is_none()
                        && draft.chunk == it
                        && (marker == "of" || self.names_event(draft))
                        && self
                            .noun(it)
                            .is_some_and(|noun| noun.head == draft.predicate.tokens.start)
                })
            });
            if let Some(noun) =
                noun.filter(|_| !time && self.grammar.noun_prepositions.contains(marker))
            {
                return Some((noun, marker.clone()));
            }
            if marker == "of" && at >= 2 && self.noun(at - 2).is_some() {
                return None;
            }
        }
        let verbs = || {
            self.drafts
                .iter()
                .enumerate()
                .filter(|it| it.1.group.is_some())
        };
        let before = verbs().rfind(|it| it.1.chunk < at);
        let after = verbs().find(|it| it.1.chunk > at);
        let opens = |from: usize| {
            (from..at).any(|it| match &self.chunks[it].piece {
                Piece::Relative => true,
                Piece::Joint(row) => {
                    self.grammar.joints[*row].clause && !self.grammar.joints[*row].phrase
                }
                _ => false,
            })
        };
        let Some((idx, draft)) = before.filter(|it| !opens(it.1.chunk + 1)) else {
            let (idx, _) = after?;
            return marker.map(|it| (idx, it));
        };
        // `…, in May, it fell`: the next clause's subject stands after this phrase.
        if let (Some(_), Some((next, later))) = (&marker, after) {
            let comma = at > 0
                && (draft.chunk + 1..at)
                    .rev()
                    .take(2)
                    .any(|it| matches!(self.chunks[it].piece, Piece::Comma));
            if comma && later.subject.is_some_and(|it| it > at) {
                return Some((next, marker.unwrap_or_default()));
            }
        }
        match marker {
            Some(marker) => Some((idx, marker)),
            None if time => Some((idx, "time".to_owned())),
            None => self.object(idx, draft, at).map(|it| (idx, it.to_owned())),
        }
    }

    /// Tells whether the bare phrase at `at` is an object of draft `idx`, and which.
    fn object(&self, idx: usize, draft: &Draft, at: usize) -> Option<&'static str> {
        let group = draft.group.as_ref()?;
        let direct = (draft.chunk + 1..at).all(|it| {
            matches!(
                self.chunks[it].piece,
                Piece::Adverb | Piece::Adjective | Piece::Quote
            ) || self.noun(it).is_some_and(|it| it.time)
        });
        let objects = self.drafts[idx]
            .predicate
            .arguments
            .iter()
            .filter(|it| it.marker == "object")
            .count();
        if direct {
            return Some(if group.copula { "complement" } else { "object" });
        }
        let adjacent = objects == 1 && at == draft.chunk + 2;
        (adjacent && self.grammar.ditransitive.contains(&draft.predicate.lemma)).then_some("second")
    }

    /// `…, the firm said`: what stands before a closing speech verb is its content.
    fn speech_after(&mut self) {
        for idx in 1..self.drafts.len() {
            let draft = &self.drafts[idx];
            let (at, predicate) = (draft.chunk, &draft.predicate);
            let said = draft.group.as_ref().is_some_and(|it| it.finite)
                && self.grammar.speech.contains(&predicate.lemma);
            let from = draft.subject.map_or(at, |it| it.min(at));
            let closed = from
                .checked_sub(1)
                .is_some_and(|it| matches!(self.chunks[it].piece, Piece::Comma | Piece::Quote));
            let content = self.drafts.iter().any(|it| {
                it.predicate.governor == Some(idx) && it.predicate.clause == ClauseKind::Content
            });
            let object = predicate
                .arguments
                .iter()
                .any(|it| it.marker == "object" && it.span > predicate.trigger);
            let adnominal =
                predicate.clause == ClauseKind::Adnominal || !predicate.joint.is_empty();
            let first = self.drafts.iter().position(|it| {
                it.group.is_some() && it.chunk < from && it.predicate.clause == ClauseKind::Main
            });
            let Some(first) = first.filter(|_| said && closed && !content && !object && !adnominal)
            else {
                continue;
            };
            let inner = &mut self.drafts[first].predicate;
            (inner.clause, inner.governor) = (ClauseKind::Content, Some(idx));
            let outer = &mut self.drafts[idx].predicate;
            (outer.clause, outer.governor) = (ClauseKind::Main, None);
        }
    }

    /// Lets an event noun speak for the light verb that carries it.
    fn lighten(&mut self) {
        for idx in 0..self.drafts.len() {
            let draft = &self.drafts[idx];
            // Of two objects the first is the one it is given to.
            if draft
                .predicate
                .arguments
                .iter()
                .any(|it| it.marker == "second")
            {
                for argument in &mut self.drafts[idx].predicate.arguments {
                    match argument.marker.as_str() {
                        "object" => "recipient".clone_into(&mut argument.marker),
                        "second" => "object".clone_into(&mut argument.marker),
                        _ => {}
                    }
                }
            }
            let draft = &self.drafts[idx];
            let wanted = if draft.predicate.passive {
                "subject"
            } else {
                "object"
            };
            if draft.group.is_none() || !self.grammar.light.contains(&draft.predicate.lemma) {
                continue;
            }
            let heads: Vec<usize> = draft
                .predicate
                .arguments
                .iter()
                .filter(|it| it.marker == wanted)
                .map(|it| it.tokens.end - 1)
                .collect();
            let noun = self.drafts.iter().position(|it| {
                it.group.is_none()
                    && self.names_event(it)
                    && heads.contains(&it.predicate.tokens.start)
            });
            if let Some(noun) = noun {
                self.melt(idx, noun);
            }
        }
    }

    /// Makes draft `noun` the predicate of the clause of the light verb `verb`.
    fn melt(&mut self, verb: usize, noun: usize) {
        let light = self.drafts[verb].predicate.clone();
        let carried = self.drafts[noun].predicate.clone();
        self.carry(light.tokens.start, &light);
        let target = &mut self.drafts[verb].predicate;
        target.trigger = carried.trigger;
        target.tokens = carried.tokens.clone();
        target.lemma = carried.lemma;
        target.kind = PredicateKind::Noun;
        target.negated ^= carried.negated;
        target.extent = light.extent.join(carried.extent);
        target
            .arguments
            .retain(|it| !it.span.contains(carried.trigger));
        target.arguments.extend(carried.arguments);
        // The noun is what happens: its clause's subject is not what undergoes it.
        target.passive = false;
        self.drafts[noun].dropped = true;
    }

    /// `Deal reached`: in a headline, a past form without object is a passive unless the verb never has one.
    fn passive_headlines(&mut self) {
        if self.sentence.kind != SentenceKind::Headline {
            return;
        }
        for idx in 0..self.drafts.len() {
            let draft = &self.drafts[idx];
            let Some(group) = &draft.group else { continue };
            let alone = group.main == self.chunks[draft.chunk].tokens.start
                && matches!(self.sentence.tokens[group.main].tag.as_str(), "VBD" | "VBN");
            let object = draft
                .predicate
                .arguments
                .iter()
                .any(|it| it.marker == "object");
            let content = self
                .drafts
                .iter()
                .any(|it| it.predicate.governor == Some(idx));
            if alone
                && !object
                && !content
                && !self.grammar.intransitive.contains(&draft.predicate.lemma)
            {
                let predicate = &mut self.drafts[idx].predicate;
                predicate.passive = true;
                predicate.tense = Tense::Past;
            }
        }
    }

    // ---- The finished clauses

    /// Returns the predicates in the order of their triggers.
    pub(super) fn finish(mut self) -> Vec<Predicate> {
        self.govern_nouns();
        self.extend();
        let mut order: Vec<usize> = (0..self.drafts.len())
            .filter(|&it| !self.drafts[it].dropped && !self.is_helper(it))
            .collect();
        order.sort_by_key(|&it| self.drafts[it].predicate.trigger);
        let place = |old: usize| order.iter().position(|&it| it == old);
        let told = order.iter().map(|&old| {
            let mut predicate = self.drafts[old].predicate.clone();
            let own = predicate.governor;
            predicate.governor = own.and_then(place);
            predicate
        });
        let mut predicates: Vec<Predicate> = told.collect();
        self.put_carriers(&mut predicates);
        predicates
    }

    /// Adds the verbs that only carry another predicate, each at its place.
    fn put_carriers(&mut self, predicates: &mut Vec<Predicate>) {
        for carrier in std::mem::take(&mut self.carriers) {
            let at = predicates.partition_point(|it| it.trigger < carrier.trigger);
            for predicate in predicates.iter_mut() {
                let later = predicate.governor.filter(|it| at <= *it);
                predicate.governor = later.map(|it| it + 1).or(predicate.governor);
            }
            predicates.insert(at, carrier);
        }
    }

    /// Tells whether the draft is a bare `be` that says nothing.
    fn is_helper(&self, idx: usize) -> bool {
        let predicate = &self.drafts[idx].predicate;
        predicate.kind == PredicateKind::State && predicate.arguments.is_empty()
    }

    /// A noun belongs to the predicate whose argument holds it.
    fn govern_nouns(&mut self) {
        for idx in 0..self.drafts.len() {
            if self.drafts[idx].group.is_some() || self.drafts[idx].dropped {
                continue;
            }
            let trigger = self.drafts[idx].predicate.trigger;
            let holds = |it: &Draft| {
                !it.dropped
                    && it
                        .predicate
                        .arguments
                        .iter()
                        .any(|arg| arg.span.contains(trigger))
            };
            let governor = self
                .drafts
                .iter()
                .enumerate()
                .position(|(at, it)| at != idx && holds(it));
            self.drafts[idx].predicate.governor = governor;
        }
    }

    /// Widens every clause by its joint and by the clauses inside it.
    fn extend(&mut self) {
        for draft in &mut self.drafts {
            let predicate = &mut draft.predicate;
            let first = self
                .sentence
                .tokens
                .get(self.chunks[draft.chunk].tokens.start)
                .map(|it| it.span);
            predicate.extent = [predicate.joint_span, first]
                .into_iter()
                .flatten()
                .fold(predicate.extent, Span::join);
        }
        for idx in (0..self.drafts.len()).rev() {
            let predicate = &self.drafts[idx].predicate;
            let inside = matches!(
                predicate.clause,
                ClauseKind::Content | ClauseKind::Adnominal | ClauseKind::Noun
            );
            let (extent, governor) = (predicate.extent, predicate.governor);
            if let Some(governor) = governor.filter(|&it| inside && it != idx) {
                let outer = &mut self.drafts[governor].predicate;
                outer.extent = outer.extent.join(extent);
            }
        }
    }
}
