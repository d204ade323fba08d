//! A story made ready for questions, and what is known apart from any story.

use super::near::Net;
use super::questions::{Asked, Questions};
use super::search::{Corpus, Index, Query, words_of};
use super::{Match, Options, Verb};
use crate::lang::{Catalog, EventTypes, Packs};
use crate::model::{ArticleId, EventId, EventView, Lang, Link, Relation, Story};
use crate::{Error, Result};
use std::sync::OnceLock;

/// What is known apart from any story: how people ask, sorts of events, names of entities.
pub struct Knowledge {
    /// How people ask.
    pub questions: Questions,
    /// Sorts of events.
    pub types: EventTypes,
    /// Known entities.
    pub catalog: Catalog,
}

impl Knowledge {
    /// Returns what travels inside the program.
    ///
    /// # Errors
    ///
    /// If a data file is wrong; tests keep that from happening in a release.
    pub fn embedded() -> Result<Self> {
        Ok(Self {
            questions: Questions::new(&Packs::embedded()?)?,
            types: EventTypes::embedded()?,
            catalog: Catalog::embedded()?,
        })
    }
}

/// An event with this part of the best one's score fits a question nearly as well.
const NEARLY: f64 = 0.8;

/// The fewest characters that name an event; a bare `e:` names nothing.
const SHORTEST: usize = 4;

/// A story made ready for questions.
///
/// # Example: no event, no answer
///
/// ```
/// use backstory::answer::{Knowledge, Options, Teller};
/// use backstory::model::Story;
/// let (story, knowledge) = (Story::default(), Knowledge::embedded()?);
/// let teller = Teller::new(&story, &knowledge);
/// let error = teller.why("H20 exports resumed", &Options::default()).unwrap_err();
/// assert!(error.is_not_found());
/// # Ok::<(), backstory::Error>(())
/// ```
pub struct Teller<'s> {
    pub(super) story: &'s Story,
    pub(super) knowledge: &'s Knowledge,
    pub(super) views: Vec<EventView>,
    pub(super) links: Vec<Link>,
    index: OnceLock<Index>,
    net: OnceLock<Net>,
}

/// The event a question is about, and others it fits.
pub(super) struct Found {
    pub event: EventId,
    pub also: Vec<Match>,
}

impl<'s> Teller<'s> {
    /// Returns `story` made ready for questions; costs one pass over it.
    pub fn new(story: &'s Story, knowledge: &'s Knowledge) -> Self {
        Self {
            story,
            knowledge,
            views: story.event_views(),
            links: story.links(),
            index: OnceLock::new(),
            net: OnceLock::new(),
        }
    }

    /// Returns every merged event, sorted by id.
    pub fn views(&self) -> &[EventView] {
        &self.views
    }

    /// Returns every claim, ends mapped to merged events.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Returns the merged view of `id`: of the event itself or of a member, written in full or so far that it is the only one.
    pub fn view(&self, id: &EventId) -> Option<&EventView> {
        let by_id = self.views.binary_search_by(|it| it.event.id.cmp(id));
        if let Ok(at) = by_id {
            return Some(&self.views[at]);
        }
        let has = |view: &EventView| view.members.contains(id);
        if let Some(view) = self.views.iter().find(|it| has(it)) {
            return Some(view);
        }
        let begins = |it: &&EventView| it.event.id.as_str().starts_with(id.as_str());
        let mut fitting = self.views.iter().filter(begins);
        let first = fitting.next().filter(|_| SHORTEST <= id.as_str().len());
        first.filter(|_| fitting.next().is_none())
    }

    /// Returns the events that `query`, a question or some words, fits, best first.
    pub fn find(&self, query: &str, lang: Option<&Lang>) -> Vec<Match> {
        let asked = self.knowledge.questions.read(query);
        let lang = self.lang(query, lang);
        self.query(&asked.event, &lang, |index, corpus, query| {
            index.find(corpus, query)
        })
    }

    /// Returns the language to answer `query` in: `lang`, or that of the query; an id has that of the article that tells the event.
    pub fn lang(&self, query: &str, lang: Option<&Lang>) -> Lang {
        let lang_of = |it: &ArticleId| Some(self.story.readings.get(it)?.article.lang.clone());
        let named = || {
            let view = self.view(&EventId::new(query.trim()))?;
            lang_of(&view.event.main_mention().evidence.article)
        };
        let asked = || self.knowledge.questions.lang_of(query).cloned();
        let told = || Some(self.story.readings.values().next()?.article.lang.clone());
        let lang = lang.cloned().or_else(named).or_else(asked).or_else(told);
        lang.unwrap_or_else(|| Lang::new("und"))
    }

    /// Returns what `question` asks.
    pub fn read(&self, question: &str) -> Asked {
        self.knowledge.questions.read(question)
    }

    /// Returns the event that `words` names.
    ///
    /// # Errors
    ///
    /// If there is none; [`Teller::nearest`] lists what is close.
    pub(super) fn resolve(&self, words: &str, lang: &Lang, options: &Options) -> Result<Found> {
        self.resolve_for(None, words, lang, options)
    }

    /// Returns the event that `words` names, of those that fit nearly as well rather one that `verb` has something to tell about.
    pub(super) fn resolve_for(
        &self,
        verb: Option<Verb>,
        words: &str,
        lang: &Lang,
        options: &Options,
    ) -> Result<Found> {
        let named = EventId::new(words.trim());
        let given = options.at.as_ref();
        if let Some(view) = given
            .or(Some(&named))
            .filter(|it| given.is_some() || it.as_str().starts_with("e:"))
            .and_then(|it| self.view(it))
        {
            let event = view.event.id.clone();
            let also = Vec::new();
            return Ok(Found { event, also });
        }
        if let Some(id) = given {
            return Err(Error::not_found(format!("no event `{id}`"))
                .hint("list events with `backstory timeline` or `backstory find WORDS`"));
        }
        let mut matches = self.query(words, lang, |index, corpus, query| {
            index.find(corpus, query)
        });
        if matches.is_empty() {
            return Err(self.nothing(words));
        }
        self.prefer_the_told(&mut matches);
        self.prefer_the_explained(verb, &mut matches, options);
        let best = matches.remove(0);
        matches.retain(|it| best.score * 0.5 <= it.score);
        matches.truncate(5);
        Ok(Found {
            event: best.id,
            also: matches,
        })
    }

    /// Puts the event that the best match only reports first, if the question fits it nearly as well.
    fn prefer_the_told(&self, matches: &mut [Match]) {
        let reports = |link: &&Link| link.relation == Relation::Reports && link.asserted;
        let told: Vec<&EventId> = self
            .links
            .iter()
            .filter(reports)
            .filter(|it| it.from.event.as_ref() == Some(&matches[0].id))
            .filter_map(|it| it.to.event.as_ref())
            .collect();
        let least = matches[0].score * NEARLY;
        let better = matches
            .iter()
            .position(|it| told.contains(&&it.id) && least <= it.score);
        if let Some(at) = better {
            matches[..=at].rotate_right(1);
        }
    }

    /// Puts an event first of which a cause is recorded, or an effect if that is asked, if the question fits it nearly as well as the best match.
    fn prefer_the_explained(&self, verb: Option<Verb>, matches: &mut [Match], options: &Options) {
        let admits = options.graph();
        let explained = |event: &EventId| {
            let causes = self.links_at(event);
            let mut causes = causes.filter(|it| it.relation.is_causal() && admits.admits(it));
            causes.any(|it| match (verb, it.in_time_order()) {
                (Some(Verb::Why), Some((_, later))) => later == event,
                (Some(Verb::Effects), Some((earlier, _))) => earlier == event,
                _ => false,
            })
        };
        let least = matches[0].score * NEARLY;
        let mut fitting = matches.iter().take_while(|it| least <= it.score);
        if let Some(at) = fitting.position(|it| explained(&it.id)) {
            matches[..=at].rotate_right(1);
        }
    }

    /// Returns the events nearest to words that fit none, at most three.
    pub fn nearest(&self, words: &str, lang: &Lang) -> Vec<Match> {
        self.query(words, lang, |index, corpus, query| {
            index.nearest(corpus, query)
        })
    }

    fn nothing(&self, words: &str) -> Error {
        let error = Error::not_found(format!("no event fits `{}`", words.trim()));
        if self.views.is_empty() {
            error.hint("the story has no events; add articles with `backstory add PATH`")
        } else {
            error.hint("use other words, or the id of an event, as `backstory timeline` lists them")
        }
    }

    fn query<T>(&self, words: &str, lang: &Lang, run: impl Fn(&Index, &Corpus, &Query) -> T) -> T {
        let corpus = Corpus {
            story: self.story,
            views: &self.views,
            links: &self.links,
            knowledge: self.knowledge,
        };
        let questions = &self.knowledge.questions;
        let (date, rest) = questions.date_of(words);
        let query = Query {
            words: words_of(questions.words(), &rest),
            date,
            lang,
        };
        let index = self.index.get_or_init(|| Index::new(&corpus));
        run(index, &corpus, &query)
    }

    /// Returns the claims at each event; made when first needed.
    pub(super) fn net(&self) -> &Net {
        self.net.get_or_init(|| Net::new(&self.views, &self.links))
    }

    /// Returns what was asked, in the form of one of the three verbs: `why` if no rule knows the question.
    pub(super) fn verb_of(asked: &Asked) -> Verb {
        asked.verb.unwrap_or(Verb::Why)
    }
}
