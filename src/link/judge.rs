//! Which clauses that words join are cause and effect: a linear score over what is true of the two, weights in `linking.toml`.
//!
//! It judges what the rules leave to it, and says how sure a link is; a pack without weights leaves everything to the rules.

use super::Input;
use super::pairs::{Pair, each_feature};
use super::rows::{Refused, Signals};
use crate::Result;
use crate::lang::Pack;
use crate::lang::weights::{self, Weights};
use crate::model::{Confidence, Link, Place, Relation, Strength};
use crate::syntax::PredicateRef;
use rustc_hash::FxHashMap;

/// The score of a link that is as likely right as wrong.
const EVEN_ODDS: f64 = 0.0;

/// The weights of one language.
pub(super) struct Judge {
    weights: Weights,
}

/// The predicates that tell an event, by where they stand.
type Told = FxHashMap<Place, PredicateRef>;

impl Judge {
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            weights: pack.rows("linking.toml")?,
        })
    }

    /// Returns the links of `stated` that hold.
    ///
    /// Where a rule's words say cause whatever they join, a link that is refused keeps its clauses and loses its events.
    pub fn judge(&self, signals: &Signals, input: &Input, stated: Vec<Link>) -> Vec<Link> {
        if self.weights.is_empty() {
            return stated;
        }
        let told = told(input);
        let judged = stated.into_iter().filter_map(|mut link| {
            let Some(&refused) = signals.weighed.get(&link.rule) else {
                return Some(link);
            };
            let Some(pair) = pair(&told, &link) else {
                return remains(refused, link);
            };
            let score = self.weights.score(|take| each_feature(input, pair, take));
            link.confidence = Confidence::from_probability(weights::probability(score));
            if score < self.weights.threshold {
                return remains(refused, doubted(link));
            }
            let sure = refused == Refused::Words || EVEN_ODDS <= score;
            Some(if sure { link } else { supposed(link) })
        });
        judged.collect()
    }
}

/// Returns every link that the weights judge, as its two places, with the names of what is true of it.
pub(super) fn features(
    signals: &Signals,
    input: &Input,
    stated: &[Link],
) -> Vec<([PredicateRef; 2], Vec<String>)> {
    let told = told(input);
    let weighed = stated
        .iter()
        .filter(|it| signals.weighed.contains_key(&it.rule));
    weighed
        .filter_map(|link| {
            let pair = pair(&told, link)?;
            let names = weights::names(|take| each_feature(input, pair, take));
            Some(([pair.from, pair.to], names))
        })
        .collect()
}

fn told(input: &Input) -> Told {
    let place = |at: &PredicateRef| input.place(at.sentence, input.predicate(*at).trigger);
    input.anchors.keys().map(|it| (place(it), *it)).collect()
}

fn pair<'a>(told: &Told, link: &'a Link) -> Option<Pair<'a>> {
    let at = |place: Option<Place>| told.get(&place?).copied();
    link.from.event.as_ref().zip(link.to.event.as_ref())?;
    Some(Pair {
        from: at(link.from.trigger)?,
        to: at(link.to.trigger)?,
        rule: &link.rule,
    })
}

/// Returns what remains of a link that says nothing sure of two events.
fn remains(refused: Refused, mut link: Link) -> Option<Link> {
    match refused {
        Refused::Nothing => None,
        Refused::Words => Some(link),
        Refused::Answer => {
            link = doubted(link);
            std::mem::swap(&mut link.from, &mut link.to);
            link.relation = Relation::RespondsTo;
            Some(link)
        }
    }
}

/// Returns what is left of a link whose events are not likely cause and effect: the words are there, and what they join is not known.
fn doubted(mut link: Link) -> Link {
    link.from.event = None;
    link.to.event = None;
    link.strength = Strength::Implicit;
    link.asserted = false;
    link
}

/// Returns a link of words that need not say cause, and hardly do here: it is kept, and counts as stated by nobody.
fn supposed(mut link: Link) -> Link {
    if link.strength == Strength::Explicit {
        link.strength = Strength::Implicit;
    }
    link.asserted = false;
    link
}
