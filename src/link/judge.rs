//! Which clauses that words join are cause and effect: a linear score over what is true of the two, weights in `linking.toml`.
//!
//! It judges what the rules leave to it, and says how sure a link is; a pack without weights leaves everything to the rules.

use super::Input;
use super::pairs::{Facts, Pair, each_feature};
use super::rows::{Refused, Signals};
use crate::Result;
use crate::lang::Pack;
use crate::lang::weights::{self, Take, Weights};
use crate::model::{Confidence, Link, Place, Relation, Strength};
use crate::syntax::PredicateRef;
use rustc_hash::{FxHashMap, FxHashSet};

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
        let (told, facts) = (told(input), Facts::new(input));
        let score = |link: &Link| {
            let weighed = signals.weighed.contains_key(&link.rule);
            let pair = pair(&told, link).filter(|_| weighed)?;
            let features = |take: &mut Take| each_feature(input, &facts, pair, take);
            Some(self.weights.score(features))
        };
        let scores: Vec<_> = stated.iter().map(score).collect();
        let answers = stated
            .iter()
            .filter(|it| it.relation == Relation::RespondsTo);
        let answers: FxHashSet<Option<Place>> = answers.map(|it| it.from.trigger).collect();
        let remains = |refused: Refused, link: Link| {
            // That the deed answers this is told already.
            let known = refused == Refused::Answer && answers.contains(&link.to.trigger);
            remains(refused, link).filter(|_| !known)
        };
        let holds = self.surest(&stated, &scores);
        let judged = stated.into_iter().zip(scores).zip(holds);
        let judged = judged.filter_map(|((link, score), holds)| {
            let Some(&refused) = signals.weighed.get(&link.rule) else {
                return Some(link);
            };
            match score {
                Some(score) if holds => Some(weighed(link, score, refused == Refused::Words)),
                Some(_) => remains(refused, doubted(link)),
                None => remains(refused, link),
            }
        });
        judged.collect()
    }

    /// Tells which links hold: of those that are less likely right than wrong, only the surest of each cause and of each effect.
    fn surest(&self, links: &[Link], scores: &[Option<f64>]) -> Vec<bool> {
        let mut order: Vec<(f64, usize)> = (0..links.len())
            .filter_map(|it| Some((scores[it]?, it)))
            .filter(|it| self.weights.threshold <= it.0)
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut causes, mut effects) = (FxHashSet::default(), FxHashSet::default());
        let mut holds = vec![false; links.len()];
        for (score, idx) in order {
            let [from, to] = [&links[idx].from, &links[idx].to].map(|it| it.event.as_ref());
            let free = !causes.contains(&from) && !effects.contains(&to);
            if free || EVEN_ODDS <= score {
                holds[idx] = true;
                causes.insert(from);
                effects.insert(to);
            }
        }
        holds
    }
}

/// Returns every link that the weights judge, as its two places, with the names of what is true of it.
pub(super) fn features(
    signals: &Signals,
    input: &Input,
    stated: &[Link],
) -> Vec<([PredicateRef; 2], Vec<String>)> {
    let (told, facts) = (told(input), Facts::new(input));
    let weighed = stated
        .iter()
        .filter(|it| signals.weighed.contains_key(&it.rule));
    weighed
        .filter_map(|link| {
            let pair = pair(&told, link)?;
            let names = weights::names(|take| each_feature(input, &facts, pair, take));
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
        sure: link.confidence,
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

/// Returns what is left of a link whose events are not likely to be what the words join: the clauses, as sure as the words are.
fn doubted(mut link: Link) -> Link {
    link.from.event = None;
    link.to.event = None;
    link
}

/// Returns a link with the likelihood of its score.
fn weighed(mut link: Link, score: f64, clear: bool) -> Link {
    link.confidence = Confidence::from_probability(weights::probability(score));
    if clear || EVEN_ODDS <= score {
        link
    } else {
        supposed(link)
    }
}

/// Returns a link of words that need not say cause, and hardly do here: it is kept, and counts as stated by nobody.
fn supposed(mut link: Link) -> Link {
    if link.strength == Strength::Explicit {
        link.strength = Strength::Implicit;
    }
    link.asserted = false;
    link
}
