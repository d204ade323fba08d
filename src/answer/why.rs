//! `why`, `effects`, `path` and `ask`: chains, what is reversed, what disagrees, what was only earlier.

use super::context::reverses;
use super::teller::{Found, Teller};
use super::{Answer, Asked, Basis, Chain, Hop, Options, Verb, as_of, sparql};
use crate::Result;
use crate::graph::{CausalGraph, Path};
use crate::model::{EventId, EventView, Lang, Link, Strength};
use std::collections::{BTreeMap, BTreeSet};

/// How many events are listed that were only earlier.
const EARLIER: usize = 5;

impl Teller<'_> {
    /// Returns what led to the event that `query`, a question, some words or an event id, names.
    ///
    /// An answer without chains says that no cause is recorded.
    ///
    /// # Errors
    ///
    /// If no event fits; [`Teller::nearest`] lists what is close.
    pub fn why(&self, query: &str, options: &Options) -> Result<Answer> {
        self.told(Verb::Why, query, &self.about(query), options)
    }

    /// Returns what the event that `query` names led to.
    ///
    /// # Errors
    ///
    /// If no event fits; [`Teller::nearest`] lists what is close.
    pub fn effects(&self, query: &str, options: &Options) -> Result<Answer> {
        self.told(Verb::Effects, query, &self.about(query), options)
    }

    /// Returns how the event that `from` names led to the one that `to` names.
    ///
    /// # Errors
    ///
    /// If no event fits either; [`Teller::nearest`] lists what is close.
    pub fn path(&self, from: &str, to: &str, options: &Options) -> Result<Answer> {
        let question = format!("{} → {}", from.trim(), to.trim());
        let asked = Asked {
            begin: Some(from.to_owned()),
            ..Asked::words(to)
        };
        self.told(Verb::Path, &question, &asked, options)
    }

    /// Returns the answer to `question`: of what led to an event, what it led to, or how one led to another.
    ///
    /// # Errors
    ///
    /// If no event fits; [`Teller::nearest`] lists what is close.
    pub fn ask(&self, question: &str, options: &Options) -> Result<Answer> {
        let asked = self.read(question);
        self.told(Self::verb_of(&asked), question, &asked, options)
    }

    /// Returns what `query` asks about one event, whatever else it names.
    fn about(&self, query: &str) -> Asked {
        Asked {
            begin: None,
            ..self.read(query)
        }
    }

    /// Answers from what was known at the time asked for.
    fn told(&self, verb: Verb, question: &str, asked: &Asked, options: &Options) -> Result<Answer> {
        if let Some(day) = options.as_of {
            let known = as_of(self.story, day);
            let options = Options {
                as_of: None,
                ..options.clone()
            };
            return Teller::new(&known, self.knowledge).told(verb, question, asked, &options);
        }
        let words = match &options.at {
            Some(at) if question.trim().is_empty() => at.as_str(),
            _ => question,
        };
        let lang = self.lang(words, options.lang.as_ref());
        let found = self.resolve_for(Some(verb), &asked.event, &lang, options)?;
        let begin = match &asked.begin {
            None => None,
            Some(words) => {
                let anywhere = Options {
                    at: None,
                    ..options.clone()
                };
                Some(self.begin(words, &lang, &found, &anywhere)?)
            }
        };
        let mut answer = self.answer((verb, asked.course), found, begin, options);
        question.clone_into(&mut answer.question);
        answer.lang = lang;
        answer.conflicts = self.conflicts(&answer, options);
        answer.events = self.named(&answer);
        answer.sparql = sparql::query(&answer);
        Ok(answer)
    }

    /// Returns the beginning of a path: the best fit that is not its end.
    fn begin(&self, words: &str, lang: &Lang, end: &Found, options: &Options) -> Result<EventId> {
        let found = self.resolve(words, lang, options)?;
        let other = found.also.iter().find(|it| it.id != end.event);
        let same = found.event == end.event;
        Ok(match other {
            Some(other) if same => other.id.clone(),
            _ => found.event,
        })
    }

    fn answer(
        &self,
        (verb, course): (Verb, bool),
        found: Found,
        begin: Option<EventId>,
        options: &Options,
    ) -> Answer {
        let Found { event, also } = found;
        let along = if course {
            self.along(verb, (&event, begin.as_ref()), options)
        } else {
            Vec::new()
        };
        let asked = (verb, &event, begin.as_ref());
        let graph = self.surroundings(asked, options);
        let chains = chains(&graph, asked, options);
        let left_out = if chains.is_empty() {
            let options = options.widest();
            self::chains(&self.surroundings(asked, &options), asked, &options).len()
        } else {
            0
        };
        let reverses = reverses(&graph, verb, &event, options);
        let mut order = order(&graph, asked, &chains, &reverses);
        if !along.is_empty() {
            let own: BTreeSet<&EventId> = order.iter().chain(along.iter().copied()).collect();
            order = self.graph(&own, options).time_order(own);
        }
        let earlier = match verb {
            Verb::Why => self.earlier(&event, &order, options),
            _ => Vec::new(),
        };
        Answer {
            verb,
            question: String::new(),
            lang: Lang::new("und"),
            event,
            begin,
            also_matches: also,
            chains,
            left_out,
            reverses,
            conflicts: Vec::new(),
            earlier,
            along: along.into_iter().cloned().collect(),
            order,
            events: BTreeMap::new(),
            sparql: String::new(),
        }
    }

    /// Returns the graph of what an answer may name.
    fn surroundings<'t>(&'t self, asked: AskedOf<'t>, options: &Options) -> CausalGraph<'t> {
        let (verb, event, begin) = asked;
        let mut near = self.near(verb, event, options);
        near.extend(begin);
        near.retain(|it| {
            let asked = *it == event || Some(*it) == begin;
            asked || self.view(it).is_some_and(|it| options.spans(it))
        });
        self.graph(&near, options)
    }

    /// Returns the events just before `event`, in time order, those with the same participants first to be kept.
    fn earlier(&self, event: &EventId, order: &[EventId], options: &Options) -> Vec<EventId> {
        let Some(asked) = self.view(event) else {
            return Vec::new();
        };
        let at = asked.event.when.bounds();
        let Some(day) = at.earliest.or(at.latest) else {
            return Vec::new();
        };
        let own: BTreeSet<&EventId> = order.iter().collect();
        let mut near: Vec<(bool, i64, &EventId)> = Vec::new();
        for view in &self.views {
            let bounds = view.event.when.bounds();
            let Some(last) = bounds.latest.filter(|_| !own.contains(&view.event.id)) else {
                continue;
            };
            if day <= last || !options.spans(view) {
                continue;
            }
            near.push((
                !shares(asked, view),
                (day - last).num_days(),
                &view.event.id,
            ));
        }
        near.sort_unstable();
        near.truncate(EARLIER);
        let near: BTreeSet<&EventId> = near.into_iter().map(|it| it.2).collect();
        let graph = self.graph(&near, options);
        graph.time_order(near)
    }

    /// Returns the views of every event that the answer names.
    fn named(&self, answer: &Answer) -> BTreeMap<EventId, EventView> {
        let hops = answer.chains.iter().flat_map(|it| &it.steps);
        let hops = hops.chain(&answer.reverses);
        let ends = hops.flat_map(|it| [&it.earlier, &it.later]);
        let conflicts = answer.conflicts.iter().flat_map(|it| &it.events);
        let ids = answer.order.iter().chain(&answer.earlier);
        let ids = ids.chain(conflicts).chain(ends).chain([&answer.event]);
        let views = ids.filter_map(|it| Some((it.clone(), self.view(it)?.clone())));
        views.collect()
    }
}

/// What is asked: how, about which event, and where a path begins.
type AskedOf<'a> = (Verb, &'a EventId, Option<&'a EventId>);

/// Returns the chains of `graph` that answer, strongest first.
fn chains(graph: &CausalGraph, asked: AskedOf, options: &Options) -> Vec<Chain> {
    let walk = options.walk();
    let paths = match asked {
        (Verb::Path, event, Some(begin)) => graph.paths(begin, event, walk),
        (Verb::Effects, event, _) => graph.chains_from(event, walk),
        (_, event, _) => graph.chains_to(event, walk),
    };
    paths.iter().filter_map(chain).collect()
}

/// Returns the answer's own events in time order.
///
/// `why` looks back: of reversals and reinforcements only the earlier sides belong, `effects` looks on, a path is only itself.
fn order(graph: &CausalGraph, asked: AskedOf, chains: &[Chain], reverses: &[Hop]) -> Vec<EventId> {
    let (verb, event, begin) = asked;
    let mut own: BTreeSet<&EventId> = BTreeSet::from([event]);
    own.extend(begin);
    let steps = chains.iter().flat_map(|it| &it.steps);
    own.extend(steps.flat_map(|it| [&it.earlier, &it.later]));
    // A hop joins in only if it touches what already belongs: reversals come before what strengthened them.
    for hop in reverses.iter().filter(|it| !it.link.relation.is_causal()) {
        if verb == Verb::Effects && own.contains(&hop.earlier) {
            own.insert(&hop.later);
        }
        if verb == Verb::Why && own.contains(&hop.later) {
            own.insert(&hop.earlier);
        }
    }
    graph.time_order(own)
}

fn chain(path: &Path) -> Option<Chain> {
    let steps: Option<Vec<Hop>> = path.links.iter().map(|it| hop(it)).collect();
    let basis = path.links.iter().map(|it| basis(it)).max()?;
    Some(Chain {
        score: (path.score * 1000.0).round() / 1000.0,
        basis,
        steps: steps?,
    })
}

/// Returns the step that `link` states.
pub(super) fn hop(link: &Link) -> Option<Hop> {
    let (earlier, later) = link.in_time_order()?;
    Some(Hop {
        earlier: earlier.clone(),
        later: later.clone(),
        link: link.clone(),
    })
}

impl Basis {
    /// Returns how one claim is known; what is not asserted is only suggested.
    pub fn of(link: &Link) -> Self {
        match link.strength {
            _ if !link.asserted => Self::Hedged,
            Strength::Explicit => Self::Stated,
            Strength::Derived => Self::Derived,
            Strength::Hedged | Strength::Conditional | Strength::Implicit => Self::Hedged,
        }
    }
}

fn basis(link: &Link) -> Basis {
    Basis::of(link)
}

/// Tells whether somebody or something takes part in both.
fn shares(a: &EventView, b: &EventView) -> bool {
    let known = |it: &EventView| -> BTreeSet<String> {
        let taking_part = it.event.participants.iter().filter(|it| !it.negated);
        let names = taking_part.map(|it| match &it.entity {
            Some(entity) => entity.to_string(),
            None => it.text.clone(),
        });
        names.collect()
    };
    !known(a).is_disjoint(&known(b))
}
