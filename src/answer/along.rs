//! What the articles that tell an event tell along with it: the course of events, where that is asked for.
//!
//! An article tells what came before for its readers to understand; that several articles tell of it shows that it matters.
//! None of it is said to be a cause.

use super::search::is_telling;
use super::teller::Teller;
use super::{Options, Verb};
use crate::model::{ArticleId, EventId, EventView, Interval};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How many events are told along.
const MOST: usize = 4;

/// So many articles tell an event that matters.
const ARTICLES: usize = 2;

impl Teller<'_> {
    /// Returns the events told by several articles, at least one of them telling `event` or `begin`, that came before `event`;
    /// after it where effects are asked for, and after `begin` where a path is; those that most articles tell.
    pub(super) fn along<'t>(
        &'t self,
        verb: Verb,
        (event, begin): (&EventId, Option<&EventId>),
        options: &Options,
    ) -> Vec<&'t EventId> {
        let Some(asked) = self.view(event) else {
            return Vec::new();
        };
        let begin = begin.and_then(|it| self.view(it));
        let mut own = articles(asked);
        own.extend(begin.into_iter().flat_map(articles));
        let fits = |it: &EventView| match verb {
            Verb::Why => is_before(it, asked),
            Verb::Effects => is_before(asked, it),
            Verb::Path => is_before(it, asked) && begin.is_some_and(|begin| is_before(begin, it)),
        };
        let mut along: Vec<(Reverse<(usize, usize)>, &EventId)> = Vec::new();
        for view in &self.views {
            if !self.is_deed(view) || !options.spans(view) || !fits(view) {
                continue;
            }
            let telling = articles(view);
            let together = telling.intersection(&own).count();
            if 0 < together && ARTICLES <= telling.len() {
                along.push((Reverse((together, telling.len())), &view.event.id));
            }
        }
        along.sort_unstable();
        along.truncate(MOST);
        along.into_iter().map(|it| it.1).collect()
    }

    /// Tells whether an event happened and is more than telling of others.
    fn is_deed(&self, view: &EventView) -> bool {
        view.event.factuality.is_told_as_fact() && !is_telling(self.knowledge, view)
    }
}

/// Returns the articles that tell an event.
fn articles(view: &EventView) -> BTreeSet<&ArticleId> {
    let mentions = view.event.mentions().iter();
    mentions.map(|it| &it.evidence.article).collect()
}

/// Tells whether `a` began on an earlier day than `b`, as far as is known of both.
fn is_before(a: &EventView, b: &EventView) -> bool {
    let (a, b) = (a.event.when.bounds(), b.event.when.bounds());
    let earliest = b.earliest.or(b.latest);
    a.is_before(Interval { earliest, ..b })
}
