//! Tokens → chunks: noun phrases, verb groups, and the words between them.
//!
//! Chunks do not overlap and stand in order; a chunk is never nested. It does not decide what belongs to what.

use super::grammar::Grammar;
use crate::text::Token;
use std::ops::Range;

/// What a chunk is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A noun phrase.
    Noun(NounPhrase),
    /// A verb group.
    Verb(VerbGroup),
    /// Words that join a clause or precede a noun phrase: a row of the grammar's joints.
    Joint(usize),
    /// A preposition that is no joint.
    Preposition,
    /// `who`, `which`, `that`: begins a clause about the noun before it.
    Relative,
    /// `and`, `or`.
    Coordinator,
    Comma,
    /// A mark that ends what belongs together: semicolon, dash, colon.
    Break,
    /// A quotation mark.
    Quote,
    Adverb,
    /// An adjective outside a noun phrase.
    Adjective,
}

/// A chunk with its tokens.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) piece: Piece,
    pub(super) tokens: Range<usize>,
}

/// A noun phrase; its tokens include the determiner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NounPhrase {
    /// The tokens without determiner.
    pub(super) core: Range<usize>,
    /// The last noun.
    pub(super) head: usize,
    /// Tokens of who has it, without determiner and `'s`.
    pub(super) genitive: Option<Range<usize>>,
    /// The nouns right before the head, as in `chip export ban`.
    pub(super) compound: Range<usize>,
    /// Only tells the time.
    pub(super) time: bool,
    /// Said not to take part.
    pub(super) negated: bool,
}

/// A verb group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent feature of the form"
)]
pub(super) struct VerbGroup {
    /// The verb that names what happens.
    pub(super) main: usize,
    /// The token after its particle, or after itself.
    pub(super) end: usize,
    pub(super) finite: bool,
    pub(super) infinitive: bool,
    pub(super) participle: Option<Participle>,
    pub(super) passive: bool,
    pub(super) past: bool,
    pub(super) future: bool,
    pub(super) negated: bool,
    /// Only `be`: what the subject is said to be follows.
    pub(super) copula: bool,
    /// Rows of the grammar's moods.
    pub(super) moods: Vec<usize>,
    /// Verbs that melted into it: `is expected to`.
    pub(super) melted: Vec<usize>,
}

/// A verb form that stands without auxiliary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Participle {
    /// `banning`.
    Present,
    /// `banned`.
    Past,
}

/// Reads chunks off the tokens of one sentence.
pub(super) struct Chunker<'a> {
    pub(super) grammar: &'a Grammar,
    pub(super) tokens: &'a [Token],
}

impl Chunker<'_> {
    /// Returns the chunks of the sentence.
    pub(super) fn chunks(&self) -> Vec<Chunk> {
        let mut chunks = Vec::with_capacity(self.tokens.len() / 2 + 1);
        let mut at = 0;
        while at < self.tokens.len() {
            let (piece, end) = self.chunk(at);
            chunks.push(Chunk {
                piece,
                tokens: at..end,
            });
            at = end.max(at + 1);
        }
        chunks
    }

    fn tag(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |it| it.tag.as_str())
    }

    fn form(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |it| it.form.as_str())
    }

    fn lemma(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", Token::lemma)
    }

    fn chunk(&self, at: usize) -> (Piece, usize) {
        let tag = self.tag(at);
        if let Some(found) = self.joint(at) {
            return found;
        }
        if let Some(found) = self.verb(at) {
            return found;
        }
        if let Some((noun, end)) = self.noun(at) {
            return (Piece::Noun(noun), end);
        }
        let piece = match tag {
            "IN" | "TO" | "RP" => Piece::Preposition,
            "WDT" | "WP" | "WP$" | "WRB" => Piece::Relative,
            "CC" => Piece::Coordinator,
            "PUNCT" | "POS" => match self.form(at) {
                "," => Piece::Comma,
                ";" | ":" | "—" | "–" | "-" | "--" | "(" | ")" | "." | "?" | "!" => {
                    Piece::Break
                }
                _ => Piece::Quote,
            },
            _ if tag.starts_with("JJ") || tag.starts_with("VB") => Piece::Adjective,
            _ => Piece::Adverb,
        };
        (piece, at + 1)
    }

    fn joint(&self, at: usize) -> Option<(Piece, usize)> {
        let rest = self.tokens[at + 1..].iter().map(|it| it.form.as_str());
        let (row, count) = self.grammar.joint(self.form(at), &rest)?;
        let tag = self.tag(at);
        // The infinitive is a verb's, a lone `that` before a verb is a relative, and so on.
        let other = self.form(at) == self.grammar.infinitive && self.is_infinitive(at)
            || count == 1
                && (matches!(tag, "WDT" | "DT" | "VBD" | "VBN" | "NN")
                    || tag == "RB" && self.tag(at + 1) != "PRP" && !self.begins_clause(at));
        (!other).then_some((Piece::Joint(row), at + count))
    }

    /// Tells whether a comma or the beginning stands before `at`.
    fn begins_clause(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|it| self.form(it) == ",")
    }

    fn is_infinitive(&self, at: usize) -> bool {
        let next = (at + 1..self.tokens.len()).find(|&it| self.tag(it) != "RB");
        self.form(at) == self.grammar.infinitive && next.is_some_and(|it| self.tag(it) == "VB")
    }

    // ---- Noun phrases

    fn noun(&self, start: usize) -> Option<(NounPhrase, usize)> {
        let mut at = start;
        let mut core = start;
        let (mut head, mut genitive) = (None, None);
        let mut nouns = start;
        while at < self.tokens.len() {
            match self.tag(at) {
                "PRP" | "EX" if head.is_none() && at == start => {
                    return Some((self.phrase(at..at + 1, at, None, at), at + 1));
                }
                "DT" | "PDT" | "PRP$" | "WP$" if head.is_none() => {
                    core = at + 1;
                    nouns = at + 1;
                }
                "POS" if head.is_some() => {
                    genitive = head.take().map(|it| core..it + 1);
                    nouns = at + 1;
                }
                "NNP" if head.is_some_and(|it| self.is_time(at) && !self.is_time(it)) => break,
                "NN" | "NNS" | "NNP" | "NNPS" | "FW" => head = Some(at),
                "CD" if head.is_none_or(|it| {
                    self.tag(it) == "CD"
                        || self.is_time(it)
                        || self.is_nominal(at + 1)
                            && self.form(at).starts_with(|it: char| it.is_ascii_digit())
                }) =>
                {
                    nouns = at + 1;
                    head = Some(at);
                }
                "JJ" | "JJR" | "JJS"
                    if head.is_none_or(|it| self.tag(it) == "CD") && self.leads_to_noun(at) =>
                {
                    nouns = at + 1;
                }
                "RB" | "RBR" | "RBS"
                    if head.is_none()
                        && self.tag(at + 1).starts_with("JJ")
                        && self.leads_to_noun(at + 1) =>
                {
                    nouns = at + 2;
                }
                "VBN" | "VBG" | "VBD"
                    if head.is_none_or(|it| self.tag(it) == "CD")
                        && self.is_attributive(at, start) =>
                {
                    nouns = at + 1;
                }
                _ => break,
            }
            at += 1;
        }
        let Some(head) = head else {
            // `this`, `some`, `the`: a phrase of its own only if it says something.
            let lone = at > start && self.tag(at - 1) == "DT";
            return (lone && genitive.is_none())
                .then(|| (self.phrase(at - 1..at, at - 1, None, at), at));
        };
        Some((self.phrase(core..head + 1, head, genitive, nouns), at))
    }

    fn phrase(
        &self,
        core: Range<usize>,
        head: usize,
        genitive: Option<Range<usize>>,
        nouns: usize,
    ) -> NounPhrase {
        let before = core.start.checked_sub(1);
        let denies = |it: usize| self.grammar.negations.contains(self.form(it));
        let deeper = before
            .and_then(|it| it.checked_sub(1))
            .is_some_and(|it| self.tag(before.unwrap_or(0)) == "DT" && denies(it));
        NounPhrase {
            time: genitive.is_none() && self.is_time(head) || self.is_year(head),
            negated: before.is_some_and(denies) || deeper,
            compound: nouns.min(head)..head,
            core,
            head,
            genitive,
        }
    }

    fn is_time(&self, at: usize) -> bool {
        self.grammar.time_nouns.contains(self.lemma(at))
    }

    fn is_year(&self, at: usize) -> bool {
        let form = self.form(at);
        form.len() == 4
            && form.bytes().all(|it| it.is_ascii_digit())
            && (form.starts_with("19") || form.starts_with("20"))
    }

    fn is_nominal(&self, at: usize) -> bool {
        matches!(self.tag(at), "NN" | "NNS" | "NNP" | "NNPS")
    }

    /// Tells whether a noun comes after adjectives and the like.
    fn leads_to_noun(&self, at: usize) -> bool {
        let mut next = at + 1;
        while matches!(self.tag(next), "JJ" | "JJR" | "JJS" | "CD" | "VBN" | "VBG")
            || matches!(self.tag(next), "CC" | "PUNCT")
                && self.tag(next + 1).starts_with("JJ")
                && self.form(next) != "."
        {
            next += 1;
        }
        self.is_nominal(next)
    }

    /// Tells whether a participle modifies the noun after it.
    fn is_attributive(&self, at: usize, start: usize) -> bool {
        let noun =
            self.is_nominal(at + 1) || self.tag(at + 1).starts_with("JJ") && self.leads_to_noun(at);
        let inside = at > start
            && matches!(
                self.tag(at - 1),
                "DT" | "PRP$" | "POS" | "JJ" | "CD" | "JJS" | "JJR" | "RB"
            );
        let after = at == start
            && self.tag(at) == "VBN"
            && at
                .checked_sub(1)
                .is_some_and(|it| matches!(self.tag(it), "IN" | "TO"));
        // `despite rising prices`: what cannot have an object modifies the noun.
        let alone = at == start
            && self.tag(at) == "VBG"
            && self.grammar.intransitive.contains(self.lemma(at));
        noun && (inside || after || alone) && self.form(at + 1) != ","
    }

    // ---- Verb groups

    fn verb(&self, start: usize) -> Option<(Piece, usize)> {
        let mut at = start;
        let mut group = VerbGroup::default();
        let infinitive = self.is_infinitive(start);
        let tag = self.tag(start);
        if infinitive {
            group.infinitive = true;
            at += 1;
        } else if tag != "MD" && !tag.starts_with("VB") || self.is_attributive(start, start) {
            return None;
        }
        let mut have = false;
        loop {
            at = self.adverbs(at, &mut group);
            let modal = self.tag(at) == "MD";
            if !modal && !self.tag(at).starts_with("VB") {
                return None;
            }
            self.colour(at, &mut group);
            group.main = at;
            if at == start || group.infinitive && at == start + 1 {
                self.form_of(at, &mut group);
            } else if modal {
                group.finite = true;
            }
            have |= !modal && self.lemma(at) == self.grammar.have;
            let Some(next) = self.next_verb(at, &mut group) else {
                break;
            };
            group.past |= have && self.tag(next) == "VBN";
            at = next;
        }
        let main = self.lemma(group.main);
        group.copula = main == self.grammar.be;
        group.end = group.main + 1;
        let phrasal = format!("{main} {}", self.form(group.end));
        if self.grammar.particles.contains(self.form(group.end))
            && self.grammar.phrasal.contains(&phrasal)
        {
            group.end += 1;
        }
        let end = group.end;
        Some((Piece::Verb(group), end))
    }

    /// Notes what the first verb of a group says by its form.
    fn form_of(&self, at: usize, group: &mut VerbGroup) {
        if group.infinitive {
            return;
        }
        match self.tag(at) {
            "VBG" => group.participle = Some(Participle::Present),
            "VBN" => {
                group.participle = Some(Participle::Past);
                group.passive = true;
            }
            "VBD" => (group.finite, group.past) = (true, true),
            _ => group.finite = true,
        }
    }

    /// Steps over adverbs, noting negation and moods.
    fn adverbs(&self, mut at: usize, group: &mut VerbGroup) -> usize {
        while matches!(self.tag(at), "RB" | "RBR" | "RBS") {
            group.negated |= self.grammar.negations.contains(self.form(at));
            self.colour(at, group);
            at += 1;
        }
        at
    }

    fn colour(&self, at: usize, group: &mut VerbGroup) {
        group.negated |= self.tag(at) == "MD" && self.grammar.negations.contains(self.form(at));
        if let Some(&row) = self.grammar.mood_words.get(self.form(at)) {
            group.moods.push(row);
            group.future |= self.grammar.moods[row].future;
        }
    }

    /// Returns the next verb of the same group after `at`, which is then an auxiliary.
    fn next_verb(&self, at: usize, group: &mut VerbGroup) -> Option<usize> {
        let mut seen = VerbGroup::default();
        let mut next = self.adverbs(at + 1, &mut seen);
        let (lemma, tag) = (self.lemma(at), self.tag(next));
        let is_modal = self.tag(at) == "MD";
        let question = self.tag(next) == "PRP"
            && at
                .checked_sub(1)
                .is_none_or(|it| !self.is_nominal(it) && self.tag(it) != "PRP");
        if question {
            next = self.adverbs(next + 1, &mut seen);
        }
        let tag = if question { self.tag(next) } else { tag };
        let be = lemma == self.grammar.be && !is_modal;
        let fits = tag == "VB" && (is_modal || lemma == self.grammar.support)
            || lemma == self.grammar.have && matches!(tag, "VBN" | "VBD")
            || be && matches!(tag, "VBN" | "VBG" | "VBD") && !self.is_attributive_complement(next);
        if !fits && is_modal && next > at + 1 {
            // `will not`, `may, however`: the negation still counts.
            group.negated |= seen.negated;
        }
        if fits {
            group.passive = be && matches!(tag, "VBN" | "VBD");
            group.negated |= seen.negated;
            group.moods.append(&mut seen.moods);
            return Some(next);
        }
        self.melt(at, next, &seen, group)
    }

    fn is_attributive_complement(&self, at: usize) -> bool {
        self.tag(at) == "VBG" && self.tag(at + 1) == "NN" && self.tag(at - 1) == "DT"
    }

    /// Melts `is expected to`, `is likely to`, `has to` into the group of the infinitive.
    fn melt(
        &self,
        at: usize,
        next: usize,
        seen: &VerbGroup,
        group: &mut VerbGroup,
    ) -> Option<usize> {
        let be = self.lemma(at) == self.grammar.be;
        let word = if be && matches!(self.tag(next), "JJ" | "VBN" | "VBD" | "IN" | "VBG") {
            next
        } else {
            at
        };
        let passive = word == at && group.passive;
        let row = *self.grammar.melting.get(self.lemma(word))?;
        // `expected to` melts only as a passive or an adjective: `they expected it to` does not.
        let fits = be
            || passive
            || self.lemma(at) == self.grammar.have
            || self.tag(at) == "VBG" && group.main == at && at > 0 && !group.infinitive;
        let verb = (word + 2..self.tokens.len()).find(|&it| self.tag(it) != "RB")?;
        if !fits || !self.is_infinitive(word + 1) || self.tag(verb) != "VB" {
            return None;
        }
        group.passive = false;
        group.moods.push(row);
        group.future |= self.grammar.moods[row].future;
        group.negated |= seen.negated;
        if self.tag(word).starts_with("VB") && self.lemma(word) != self.grammar.have {
            group.melted.push(word);
        }
        Some(verb)
    }
}
