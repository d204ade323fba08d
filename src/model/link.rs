//! Claims that two events are related.

use super::participant::words;
use super::{ArticleId, Attribution, EventId, Evidence, LinkId, Place, RuleId, hash_hex};

words!(
    /// How two events are related; `from` is the cause, the earlier, or the reversing event.
    Relation {
        /// Brought it about.
        Causes = "causes",
        /// Made it possible.
        Enables = "enables",
        /// Contributed to it; weaker than causes.
        LeadsTo = "leads_to",
        /// Kept it from happening.
        Prevents = "prevents",
        /// Did not keep it from happening (despite).
        DoesNotPrevent = "does_not_prevent",
        /// Undid the state that the other set.
        Reverses = "reverses",
        /// Made an earlier measure stricter.
        Strengthens = "strengthens",
        /// Was done in answer to it.
        RespondsTo = "responds_to",
        /// Came earlier; no cause.
        Before = "before",
        /// Took place while the other went on.
        Contains = "contains",
        /// Is the telling of it.
        Reports = "reports",
        /// Judges or discusses it.
        About = "about",
    }
);

impl Relation {
    /// Tells whether walking from effect to cause follows this relation: causes, enables, leads to, and responds to (backwards).
    pub fn is_causal(self) -> bool {
        matches!(
            self,
            Self::Causes | Self::Enables | Self::LeadsTo | Self::RespondsTo
        )
    }

    /// Tells whether one event did something to the other, and not only stood beside it or was told by it.
    pub fn says_more_than_order(self) -> bool {
        !matches!(
            self,
            Self::Before | Self::Contains | Self::Reports | Self::About
        )
    }

    /// Tells whether `from` is the later event: what reverses, strengthens or answers came after.
    pub fn from_is_later(self) -> bool {
        matches!(self, Self::Reverses | Self::Strengthens | Self::RespondsTo)
    }
}

words!(
    /// How a claim is known.
    Strength {
        /// The text says it with a cue.
        Explicit = "explicit",
        /// A named rule concluded it from stated facts.
        Derived = "derived",
        /// The text suggests it: a question, "it seems".
        Hedged = "hedged",
        /// The text makes it depend on something.
        Conditional = "conditional",
        /// Nothing but juxtaposition.
        Implicit = "implicit",
    }
);

/// A probability in hundredths, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// Returns `hundredths`, at most 100.
    pub fn new(hundredths: u8) -> Self {
        Self(hundredths.min(100))
    }

    /// Returns the nearest hundredth of `probability`, 0 to 1.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0 to 100 before"
    )]
    pub fn from_probability(probability: f64) -> Self {
        Self((probability * 100.0).round().clamp(0.0, 100.0) as u8)
    }

    /// Returns the hundredths, 0 to 100.
    pub fn hundredths(self) -> u8 {
        self.0
    }

    /// Returns the probability, 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// One side of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkEnd {
    /// The event, where the side is one.
    pub event: Option<EventId>,
    /// The trigger that this statement joins.
    pub trigger: Option<Place>,
    /// The clause that states the side.
    pub clause: Option<Place>,
}

/// A claim that one event is related to another.
///
/// Invariant: it has at least one sentence of evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    evidence: Vec<Evidence>,
    /// The cause, the earlier, or the reversing side.
    pub from: LinkEnd,
    /// The other side.
    pub to: LinkEnd,
    /// How they are related.
    pub relation: Relation,
    /// How that is known.
    pub strength: Strength,
    /// How sure, calibrated.
    pub confidence: Confidence,
    /// Whether it counts as stated fact: only such claims are walked unless asked otherwise.
    pub asserted: bool,
    /// The words that signal it, as written; empty if there are none.
    pub cue: String,
    /// Where the cue stands.
    pub cue_place: Option<Place>,
    /// The rule that read or concluded it.
    pub rule: RuleId,
    /// Who says so, if not the article itself.
    pub attribution: Vec<Attribution>,
}

/// What a [`Link`] is made of besides its evidence.
#[derive(Clone, Debug)]
pub struct LinkParts {
    /// The cause, the earlier, or the reversing side.
    pub from: LinkEnd,
    /// The other side.
    pub to: LinkEnd,
    /// How they are related.
    pub relation: Relation,
    /// How that is known.
    pub strength: Strength,
    /// How sure.
    pub confidence: Confidence,
    /// Whether it counts as stated fact.
    pub asserted: bool,
    /// The words that signal it.
    pub cue: String,
    /// Where the cue stands.
    pub cue_place: Option<Place>,
    /// The rule.
    pub rule: RuleId,
    /// Who says so.
    pub attribution: Vec<Attribution>,
}

impl Link {
    /// Returns the claim, or `None` without a sentence of evidence.
    pub fn new(parts: LinkParts, evidence: Vec<Evidence>) -> Option<Self> {
        let LinkParts {
            from,
            to,
            relation,
            strength,
            confidence,
            asserted,
            cue,
            cue_place,
            rule,
            attribution,
        } = parts;
        (!evidence.is_empty()).then_some(Self {
            evidence,
            from,
            to,
            relation,
            strength,
            confidence,
            asserted,
            cue,
            cue_place,
            rule,
            attribution,
        })
    }

    /// Returns what it says of which events, however that is known.
    pub fn claim(&self) -> (Option<EventId>, Option<EventId>, Relation) {
        (
            self.from.event.clone(),
            self.to.event.clone(),
            self.relation,
        )
    }

    /// Returns the sentences that support it; at least one.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// Returns the article of its first sentence.
    pub fn article(&self) -> &ArticleId {
        &self.evidence[0].article
    }

    /// Returns its name: a hash of its ends, its relation, its rule and where it is stated.
    pub fn id(&self) -> LinkId {
        let end = |end: &LinkEnd| {
            let event = end.event.as_ref().map_or("", EventId::as_str);
            format!("{event}|{:?}|{:?}", end.trigger, end.clause)
        };
        let places: Vec<String> = self
            .evidence
            .iter()
            .map(|it| {
                format!(
                    "{}:{}:{:?}",
                    it.article,
                    it.place.field.as_str(),
                    it.sentence
                )
            })
            .collect();
        let places = places.join(";");
        let parts = [
            &*end(&self.from),
            self.relation.as_str(),
            &end(&self.to),
            self.rule.as_str(),
            &places,
        ];
        LinkId::new(format!("l:{}", hash_hex(&parts, 12)))
    }

    /// Returns the earlier event and the later one in the order of the relation, where both are events.
    pub fn in_time_order(&self) -> Option<(&EventId, &EventId)> {
        let (from, to) = (self.from.event.as_ref()?, self.to.event.as_ref()?);
        Some(if self.relation.from_is_later() {
            (to, from)
        } else {
            (from, to)
        })
    }
}
