//! Which events of different articles are one: clusters of events that are alike, built from the most alike pair on.

use super::likeness::likeness;
use super::profile::{Profile, Profiles};
use crate::model::{EntityId, EventId, EventTypeId, Merge};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// A pair at least so alike brings two clusters together ...
const PAIR: f64 = -2.5;
/// ... if their most alike pairs are so alike on average.
const CLUSTERS: f64 = -2.0;
/// So many pairs are looked at: what is told again and again is told in too many ways for all of them to be alike.
const MOST_ALIKE: usize = 3;
/// What is told often is the likelier to be told of again: times the logarithm of the events in the greater cluster.
const TOLD_OFTEN: f64 = 0.5;
/// Part of the pairs that may have to be two events: one wrong date does not part all others.
const CONTRADICTING: f64 = 0.2;
/// What pairs inside one article count for: that article tells them apart.
const TOLD_APART: f64 = -4.0;

/// A term that so many events have tells none from the others.
const COMMON: usize = 150;

/// Returns the sets of events that are one, sorted.
pub(super) fn merges(profiles: &Profiles) -> Vec<Merge> {
    let mut clusters = Clusters::new(profiles);
    for (_, a, b) in pairs(profiles) {
        clusters.join(a, b);
    }
    let groups = clusters.members.iter().filter(|it| 1 < it.len());
    let mut merges: Vec<Merge> = groups.map(|it| merge(&profiles.all, it)).collect();
    merges.sort();
    merges
}

/// Returns the pairs of events of different articles that may be one, the most alike first.
fn pairs(profiles: &Profiles) -> Vec<(f64, usize, usize)> {
    let Profiles { all, by_term, .. } = profiles;
    let by_name = by_name_and_type(all);
    let sharing = by_term.values().chain(by_name.values());
    let sharing: Vec<&Vec<usize>> = sharing.filter(|it| it.len() <= COMMON).collect();
    let mut sharing_of: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for (which, members) in sharing.iter().enumerate() {
        for &member in *members {
            sharing_of[member].push(which);
        }
    }
    let alike_of = |a: usize| {
        let near = sharing_of[a].iter().flat_map(|it| sharing[*it]).copied();
        let elsewhere = near.filter(|it| a < *it && all[*it].article != all[a].article);
        let mut others: Vec<usize> = elsewhere.collect();
        others.sort_unstable();
        others.dedup();
        others.into_iter().filter_map(move |b| {
            let like = likeness(&all[a], &all[b], profiles)?;
            (PAIR < like).then_some((like, a, b))
        })
    };
    let indices = (0..all.len()).into_par_iter();
    let mut pairs: Vec<(f64, usize, usize)> = indices.flat_map_iter(alike_of).collect();
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    pairs
}

/// Returns the events by each name that they have and their type: what those of two languages can share.
fn by_name_and_type<'a>(
    all: &'a [Profile],
) -> FxHashMap<(&'a EntityId, &'a EventTypeId), Vec<usize>> {
    let mut found: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for (idx, profile) in all.iter().enumerate() {
        for name in profile.entities.keys() {
            let key = (name, &profile.event.event_type);
            found.entry(key).or_default().push(idx);
        }
    }
    found
}

/// A partition of events.
struct Clusters<'a> {
    profiles: &'a Profiles<'a>,
    /// The cluster of each event.
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Pairs of clusters that are two events, with how many events each had.
    apart: FxHashSet<[(usize, usize); 2]>,
    /// How alike events are, as far as it was asked.
    known: FxHashMap<(usize, usize), Option<f64>>,
}

impl<'a> Clusters<'a> {
    fn new(profiles: &'a Profiles<'a>) -> Self {
        let count = profiles.all.len();
        Self {
            profiles,
            of: (0..count).collect(),
            members: (0..count).map(|it| vec![it]).collect(),
            apart: FxHashSet::default(),
            known: FxHashMap::default(),
        }
    }

    /// Makes one cluster of those of `a` and `b` if they are alike and little contradicts it.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of[a], self.of[b]);
        let (kept, gone) = (a.min(b), a.max(b));
        let pair = [kept, gone].map(|it| (it, self.members[it].len()));
        if a == b || self.apart.contains(&pair) {
            return;
        }
        if self.likeness(kept, gone).is_none_or(|it| it < CLUSTERS) {
            self.apart.insert(pair);
            return;
        }
        let moved = std::mem::take(&mut self.members[gone]);
        for &idx in &moved {
            self.of[idx] = kept;
        }
        self.members[kept].extend(moved);
    }

    /// Returns how alike the most alike pairs between two clusters are, `None` if too many cannot be one event.
    fn likeness(&mut self, a: usize, b: usize) -> Option<f64> {
        let (mut alike, mut contradicting) = (Vec::new(), 0.0);
        for x in 0..self.members[a].len() {
            for y in 0..self.members[b].len() {
                match self.pair(self.members[a][x], self.members[b][y]) {
                    Some(like) => alike.push(like),
                    None => contradicting += 1.0,
                }
            }
        }
        let pairs = number(alike.len()) + contradicting;
        if alike.is_empty() || CONTRADICTING * pairs < contradicting {
            return None;
        }
        alike.sort_by(|x, y| y.total_cmp(x));
        alike.truncate(MOST_ALIKE);
        let average = alike.iter().sum::<f64>() / number(alike.len());
        Some(average + TOLD_OFTEN * number(self.deeds(a).max(self.deeds(b)).max(1)).ln())
    }

    /// Returns how many events of a cluster are deeds: who says something says much more.
    fn deeds(&self, cluster: usize) -> usize {
        let members = self.members[cluster].iter();
        members.filter(|it| !self.profiles.all[**it].talk).count()
    }

    /// Returns how alike two events are.
    fn pair(&mut self, x: usize, y: usize) -> Option<f64> {
        let profiles = self.profiles;
        let known = self.known.entry((x.min(y), x.max(y)));
        *known.or_insert_with(|| {
            let [x, y] = [x.min(y), x.max(y)].map(|it| &profiles.all[it]);
            let like = likeness(x, y, profiles)?;
            Some(if x.at == y.at { TOLD_APART } else { like })
        })
    }
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn merge(profiles: &[Profile], cluster: &[usize]) -> Merge {
    let mut members: Vec<EventId> = cluster
        .iter()
        .map(|it| profiles[*it].event.id.clone())
        .collect();
    members.sort();
    let first = &profiles[cluster[0]];
    let mut why: Vec<String> = cluster[1..]
        .iter()
        .map(|it| reason(first, &profiles[*it]))
        .collect();
    why.sort();
    why.dedup();
    Merge { members, why }
}

/// Says why two events are one.
fn reason(a: &Profile, b: &Profile) -> String {
    let both_dated = a.event.when.edtf().is_some() && b.event.when.edtf().is_some();
    let dates = if both_dated {
        "compatible dates"
    } else {
        "no contradicting dates"
    };
    let both = a.entities.keys().filter(|it| b.entities.contains_key(*it));
    let shared: Vec<&str> = both.map(EntityId::as_str).collect();
    let names = if shared.is_empty() {
        "alike words".to_owned()
    } else {
        format!("both name {}", shared.join(" and "))
    };
    format!("{}, {dates}, {names}", b.event.event_type)
}
