//! Events → links that follow from them by named rules: the CONSTRUCT queries of `queries/rules`.
//!
//! A rule sees facts of events in the terms of the store, and what the rules before it made. A triple whose predicate is a relation becomes a
//! link of the strength `derived`, with a sentence of each side; any other is a step for the rules after it.
//! Nothing here is kept, and no order is made a cause.

mod groups;
mod rule;

pub use rule::Rule;

use crate::lang::EventTypes;
use crate::model::{Event, Evidence, Link, LinkEnd, LinkParts, Relation, RuleId, Story, Strength};
use crate::rdf::{Quad, Vocab};
use crate::store::{Construct, Scratch};
use crate::{Error, Result};
use include_dir::{Dir, include_dir};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/queries/rules");

/// The rules, in the order in which they run.
#[derive(Clone)]
pub struct Rules {
    list: Vec<Rule>,
    /// The queries of the rules, read when first needed, and once for all copies.
    queries: Arc<OnceLock<Result<Vec<Construct>>>>,
    vocab: Vocab,
    /// What rules may ask of event types.
    types: Vec<Quad>,
    /// Whether all rules travel inside the program.
    own: bool,
}

impl Rules {
    /// Returns the rules that travel inside the program.
    pub fn embedded(types: &EventTypes) -> Self {
        let files = RULES.files().filter_map(|it| {
            let file = it.path().file_stem()?.to_str()?;
            Some(Rule::read(file, it.contents_utf8()?))
        });
        let mut rules: Vec<Rule> = files.collect();
        rules.sort_by(|a, b| a.file.cmp(&b.file));
        let vocab = Vocab::default();
        let undone = types
            .iter()
            .filter_map(|it| Some((it.id.as_str(), it.opposite.as_deref()?)));
        Self {
            own: true,
            types: vocab.opposites(undone),
            vocab,
            queries: Arc::default(),
            list: rules,
        }
    }

    /// Adds the rules of a folder; one with the name of another takes its place.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or is no CONSTRUCT query; the message names the line.
    pub fn add_folder(&mut self, folder: &Path) -> Result<()> {
        let empty = Scratch::new(&self.vocab, [])?;
        for rule in Rule::read_folder(folder)? {
            let shown = folder.join(format!("{}.rq", rule.file));
            empty.construct(&Construct::new(
                &self.vocab,
                &shown.display().to_string(),
                &rule.text,
            )?)?;
            self.list.retain(|it| it.id() != rule.id());
            self.list.push(rule);
        }
        self.list.sort_by(|a, b| a.file.cmp(&b.file));
        self.queries = Arc::default();
        self.own = false;
        Ok(())
    }

    /// Returns every rule, in the order in which they run.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.list.iter()
    }

    /// Returns the links that follow from the events of one article, but for those that `stated` has; sorted.
    ///
    /// # Errors
    ///
    /// If a rule cannot be run.
    pub fn within(&self, events: &[Event], stated: &[Link]) -> Result<Vec<Link>> {
        let events: Vec<&Event> = events.iter().collect();
        self.links(&events, stated, |_, _| true)
    }

    /// Returns the links between articles that follow from what all of them tell; sorted.
    ///
    /// # Errors
    ///
    /// If a rule cannot be run.
    pub fn across(&self, story: &Story) -> Result<Vec<Link>> {
        let views = story.event_views();
        let events: Vec<&Event> = views.iter().map(|it| &it.event).collect();
        self.links(&events, &story.links(), |from, to| {
            from.main_mention().evidence.article != to.main_mention().evidence.article
        })
    }

    fn queries(&self) -> Result<&[Construct]> {
        let read = |it: &Rule| Construct::new(&self.vocab, &it.file, &it.text);
        let queries = self
            .queries
            .get_or_init(|| self.list.iter().map(read).collect());
        match queries {
            Ok(queries) => Ok(queries),
            Err(error) => Err(Error::usage(error.to_string())),
        }
    }

    /// Returns what follows for every two events that are `wanted`, but for what `stated` has as facts.
    fn links(
        &self,
        events: &[&Event],
        stated: &[Link],
        wanted: impl Fn(&Event, &Event) -> bool,
    ) -> Result<Vec<Link>> {
        // What rules of a reader's own ask for, only they know.
        let groups = if self.own {
            groups::of(events)
        } else {
            vec![events.to_vec()]
        };
        let facts_stated = stated.iter().filter(|it| it.asserted);
        let mut known: BTreeSet<_> = facts_stated.map(Link::claim).collect();
        let mut links = Vec::new();
        for group in groups {
            for (rule, [from, to], relation) in self.found(&group)? {
                if wanted(from, to) {
                    let made = link(rule, from, to, relation);
                    links.extend(made.filter(|it| known.insert(it.claim())));
                }
            }
        }
        links.sort();
        Ok(links)
    }

    /// Returns what the rules find among `events`: the rule, the two sides, and how they are related.
    fn found<'a>(
        &'a self,
        events: &[&'a Event],
    ) -> Result<Vec<(&'a Rule, [&'a Event; 2], Relation)>> {
        let facts = self.vocab.facts(events.iter().copied());
        let scratch = Scratch::new(&self.vocab, facts.into_iter().chain(self.types.clone()))?;
        let by_iri: FxHashMap<String, &Event> = events
            .iter()
            .map(|it| (self.vocab.event(&it.id).as_str().to_owned(), *it))
            .collect();
        let mut found = Vec::new();
        let mut made: FxHashSet<&str> = FxHashSet::default();
        for (rule, query) in self.list.iter().zip(self.queries()?) {
            if rule.after.as_deref().is_some_and(|it| !made.contains(it)) {
                continue;
            }
            let triples = scratch.construct(query)?;
            if !triples.is_empty() {
                made.insert(rule.id());
            }
            for [from, relation, to] in triples {
                let relation = self.vocab.read_relation(&relation);
                let sides = by_iri.get(&from).zip(by_iri.get(&to));
                if let Some((relation, (from, to))) = relation.zip(sides) {
                    found.push((rule, [*from, *to], relation));
                }
            }
        }
        Ok(found)
    }
}

/// Returns the derived link, with a sentence of each side as evidence.
fn link(rule: &Rule, from: &Event, to: &Event, relation: Relation) -> Option<Link> {
    let id = RuleId::new(format!("derived/{}", rule.id()));
    let article = |it: &Event| it.main_mention().evidence.article.clone();
    // A place is one of the link's article; an event of another is told by its own mention.
    let one_article = article(from) == article(to);
    let end = |event: &Event| LinkEnd {
        event: Some(event.id.clone()),
        trigger: one_article.then(|| event.main_mention().evidence.place),
        clause: None,
    };
    let mut evidence: Vec<Evidence> = [from, to]
        .map(|it| Evidence {
            rule: id.clone(),
            ..it.main_mention().evidence.clone()
        })
        .into();
    evidence.sort();
    evidence.dedup();
    let parts = LinkParts {
        from: end(from),
        to: end(to),
        relation,
        strength: Strength::Derived,
        confidence: rule.confidence,
        asserted: true,
        cue: String::new(),
        cue_place: None,
        rule: id,
        attribution: Vec::new(),
    };
    Link::new(parts, evidence)
}
