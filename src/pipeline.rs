//! The straight line in code: an article in, what it tells out.
//!
//! A pure function of the article and the packs: no files, clock, network or thread order.

use crate::derive::Rules;
use crate::entity::NameFinder;
use crate::event::EventReader;
use crate::lang::{Catalog, EventTypes, Pack, Packs};
use crate::link::LinkReader;
use crate::model::{
    Article, Diagnostic, Event, EventId, Lang, Link, Place, Reading, Relation, RuleId, Timex,
};
use crate::syntax::{Clauses, NameMention, PredicateRef, SyntaxReader};
use crate::text::{Document, TextReader};
use crate::time::TimeReader;
use crate::{Result, event, link, resolve};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Two events that a rule joins, each with its place, and the features of the two.
pub type PairFeatures = ([(EventId, Place); 2], Vec<String>);

/// Reads articles of every language that has a pack; a language is made ready when its first article comes.
pub struct Reader {
    packs: BTreeMap<Lang, (Pack, OnceLock<Result<LanguageReader>>)>,
    catalog: Catalog,
    types: EventTypes,
    rules: Rules,
}

/// The stages of one language, in order.
struct LanguageReader {
    text: TextReader,
    syntax: SyntaxReader,
    time: TimeReader,
    names: NameFinder,
    events: EventReader,
    links: LinkReader,
}

/// What an article tells, what stands in its background, and remarks.
type Told = (Reading, Background, Vec<Diagnostic>);

/// Events that no timeline wants, of salience 0, and the order that they have among each other and with those that it wants.
#[derive(Default)]
struct Background {
    events: Vec<Event>,
    links: Vec<Link>,
}

/// An article as the stages before events leave it.
struct ClauseStage<'a> {
    document: Document<'a>,
    clauses: Vec<Clauses>,
    names: Vec<Vec<NameMention>>,
    timexes: Vec<Timex>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    /// Returns the reader for the languages of `packs`.
    ///
    /// # Errors
    ///
    /// None today; rule files are checked when their language is first needed.
    pub fn new(packs: &Packs, catalog: &Catalog, types: &EventTypes) -> Result<Self> {
        let packs = packs
            .iter()
            .map(|it| (it.lang.clone(), (it.clone(), OnceLock::new())))
            .collect();
        Ok(Self {
            packs,
            catalog: catalog.clone(),
            types: types.clone(),
            rules: Rules::embedded(types),
        })
    }

    /// Returns the same with other rules of what follows from events.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// Makes the language ready now, so that a wrong rule file is told before any article is read.
    ///
    /// # Errors
    ///
    /// If a rule file is wrong or there is no pack for the language.
    pub fn prepare(&self, lang: &Lang) -> std::result::Result<(), String> {
        self.language(lang).map(|_| ())
    }

    /// Returns what `article` tells, and remarks on what could not be read.
    pub fn read(&self, article: Article) -> (Reading, Vec<Diagnostic>) {
        let (reading, _, diagnostics) = self.read_apart(article);
        (reading, diagnostics)
    }

    /// Returns the same with the events that no timeline wants, of salience 0 and in no claim but of order.
    pub fn read_with_background(&self, article: Article) -> (Reading, Vec<Diagnostic>) {
        let (mut reading, background, diagnostics) = self.read_apart(article);
        reading.events.extend(background.events);
        reading
            .events
            .sort_by_key(|it| it.main_mention().evidence.place);
        reading.links.extend(background.links);
        (reading, diagnostics)
    }

    fn read_apart(&self, article: Article) -> Told {
        match self.language(&article.lang) {
            Ok(language) => language.read(&article, &self.types, &self.rules),
            Err(message) => {
                let remark = Diagnostic {
                    place: None,
                    message,
                    rule: RuleId::new("read/language"),
                };
                (empty(article), Background::default(), vec![remark])
            }
        }
    }

    /// Returns every candidate predicate of `article` with its span and the features its salience is computed from.
    pub fn features(&self, article: &Article) -> Vec<(Place, Vec<String>)> {
        self.of(article, LanguageReader::features)
    }

    /// Returns every candidate predicate of `article` with its span and the features that tell whether it mentions an event.
    pub fn mention_features(&self, article: &Article) -> Vec<(Place, Vec<String>)> {
        self.of(article, LanguageReader::mention_features)
    }

    /// Returns every candidate predicate of `article` with each time expression that may date it, the value of that, and the features of the two.
    pub fn date_features(&self, article: &Article) -> Vec<(Place, String, Vec<String>)> {
        self.of(article, LanguageReader::date_features)
    }

    /// Returns every two events of `article` that the weights of links judge: their names, their places, and the features of the two.
    pub fn joint_features(&self, article: &Article) -> Vec<PairFeatures> {
        self.of(article, LanguageReader::joint_features)
    }

    /// Returns the features of every sentence of `article` and of its causal connectives.
    pub fn link_features(&self, article: &Article) -> Vec<link::SentenceFeatures> {
        self.of(article, LanguageReader::link_features)
    }

    /// Returns what the reader of the article's language makes of it; nothing if there is none.
    fn of<T>(
        &self,
        article: &Article,
        read: impl FnOnce(&LanguageReader, &Article, &EventTypes) -> Vec<T>,
    ) -> Vec<T> {
        let language = self.language(&article.lang);
        language.map_or_else(|_| Vec::new(), |it| read(it, article, &self.types))
    }

    fn language(&self, lang: &Lang) -> std::result::Result<&LanguageReader, String> {
        let Some((pack, ready)) = self.packs.get(lang) else {
            let known: Vec<&str> = self.packs.keys().map(Lang::as_str).collect();
            return Err(format!(
                "no pack for the language `{lang}`; known: {}",
                known.join(", ")
            ));
        };
        let language = ready.get_or_init(|| LanguageReader::new(pack, &self.catalog, &self.types));
        language.as_ref().map_err(ToString::to_string)
    }
}

impl LanguageReader {
    fn new(pack: &Pack, catalog: &Catalog, types: &EventTypes) -> Result<Self> {
        // The dictionary takes longest; the rules are made ready beside it.
        let (text, rules) = rayon::join(
            || TextReader::new(pack, catalog),
            || {
                let events = EventReader::new(pack, types)?;
                let syntax = SyntaxReader::new(pack, events.lexicon().event_nouns())?;
                Ok((
                    events,
                    syntax,
                    TimeReader::new(pack)?,
                    NameFinder::new(pack, catalog)?,
                    LinkReader::new(pack)?,
                ))
            },
        );
        let (events, syntax, time, names, links) = rules?;
        Ok(Self {
            text: text?,
            syntax,
            time,
            names,
            links,
            events,
        })
    }

    fn read(&self, article: &Article, types: &EventTypes, rules: &Rules) -> Told {
        let (mut stage, told) = self.told(article, types);
        let links = self.with_links(&stage, &told, types, LinkReader::read);
        let links = with_named_sides(&told, links);
        let (events, background, links) = worth_telling(told.events, &told.salience, links);
        let used = events
            .iter()
            .flat_map(|it| &it.participants)
            .filter_map(|it| it.entity.as_ref());
        let quoted = events
            .iter()
            .flat_map(Event::mentions)
            .flat_map(|it| &it.attribution)
            .filter_map(|it| it.entity.as_ref());
        let entities = self.names.entities(used.chain(quoted));
        let sentences = stage.document.sentences.iter().map(|it| it.place);
        let mut reading = Reading {
            article: article.clone(),
            sentences: sentences.collect(),
            timexes: stage.timexes,
            events,
            links,
            entities,
        };
        match rules.within(&reading.events, &reading.links) {
            Ok(links) => resolve::settle(&mut reading, links),
            Err(error) => stage.diagnostics.push(Diagnostic {
                place: None,
                message: error.to_string(),
                rule: RuleId::new("derived"),
            }),
        }
        (reading, background, stage.diagnostics)
    }

    fn features(&self, article: &Article, types: &EventTypes) -> Vec<(Place, Vec<String>)> {
        self.drafts(article, types, EventReader::features)
    }

    fn mention_features(&self, article: &Article, types: &EventTypes) -> Vec<(Place, Vec<String>)> {
        self.drafts(article, types, EventReader::mention_features)
    }

    /// Returns the place of every draft with the features that `read` tells of it.
    fn drafts(
        &self,
        article: &Article,
        types: &EventTypes,
        read: impl FnOnce(&EventReader, &event::Input) -> Vec<(event::Draft, Vec<String>)>,
    ) -> Vec<(Place, Vec<String>)> {
        let stage = self.clauses(article);
        let is_title = |it: &str| self.names.is_title(it);
        let input = stage.input(types, &is_title);
        let drafts = read(&self.events, &input).into_iter();
        drafts
            .map(|(draft, features)| (draft.place(&input), features))
            .collect()
    }

    fn date_features(
        &self,
        article: &Article,
        types: &EventTypes,
    ) -> Vec<(Place, String, Vec<String>)> {
        let stage = self.clauses(article);
        let is_title = |it: &str| self.names.is_title(it);
        let input = stage.input(types, &is_title);
        let pairs = self.events.date_features(&input).into_iter();
        pairs
            .map(|(draft, date, features)| {
                let value = date.map(|it| it.to_string()).unwrap_or_default();
                (draft.place(&input), value, features)
            })
            .collect()
    }

    fn joint_features(&self, article: &Article, types: &EventTypes) -> Vec<PairFeatures> {
        let (stage, told) = self.told(article, types);
        let pairs = self.with_links(&stage, &told, types, |reader, input| {
            reader.joint_features(input)
        });
        let event = |at: &PredicateRef| {
            let event = &told.events[told.anchors[at]];
            (event.id.clone(), event.main_mention().evidence.place)
        };
        pairs
            .into_iter()
            .map(|(ends, features)| (ends.map(|it| event(&it)), features))
            .collect()
    }

    fn link_features(&self, article: &Article, types: &EventTypes) -> Vec<link::SentenceFeatures> {
        let (stage, told) = self.told(article, types);
        self.with_links(&stage, &told, types, LinkReader::features)
    }

    /// Runs the stages before links.
    fn told<'a>(
        &self,
        article: &'a Article,
        types: &EventTypes,
    ) -> (ClauseStage<'a>, event::Output) {
        let stage = self.clauses(article);
        let is_title = |it: &str| self.names.is_title(it);
        let told = self.events.read(&stage.input(types, &is_title));
        (stage, told)
    }

    /// Runs the stages before events.
    fn clauses<'a>(&self, article: &'a Article) -> ClauseStage<'a> {
        let document = self.text.read(article, &|it| self.syntax.corrected(it));
        let (timexes, diagnostics) = self.time.read(&document);
        let names = self.names.read(&document);
        let clauses = document
            .sentences
            .iter()
            .map(|it| self.syntax.clauses(article.field(it.field()), it))
            .collect();
        ClauseStage {
            document,
            clauses,
            names,
            timexes,
            diagnostics,
        }
    }

    /// Calls `read` with what the link stage reads.
    fn with_links<T>(
        &self,
        stage: &ClauseStage,
        told: &event::Output,
        types: &EventTypes,
        read: impl FnOnce(&LinkReader, &link::Input) -> T,
    ) -> T {
        let lexicon = self.events.lexicon();
        let reporting = |at: PredicateRef| {
            lexicon
                .reporting(&stage.clauses[at.sentence].predicates[at.predicate])
                .is_some()
        };
        let input = link::Input {
            document: &stage.document,
            clauses: &stage.clauses,
            events: &told.events,
            anchors: &told.anchors,
            types,
            reporting: &reporting,
        };
        read(&self.links, &input)
    }
}

impl ClauseStage<'_> {
    fn input<'a>(
        &'a self,
        types: &'a EventTypes,
        is_title: &'a dyn Fn(&str) -> bool,
    ) -> event::Input<'a> {
        event::Input {
            document: &self.document,
            clauses: &self.clauses,
            names: &self.names,
            timexes: &self.timexes,
            types,
            is_title,
        }
    }
}

/// Keeps the events that are core, that a stated cause names or that a link to a core one needs, the links among them, and what is said of causes;
/// background events come apart.
fn worth_telling(
    events: Vec<Event>,
    salience: &[event::Salience],
    links: Vec<Link>,
) -> (Vec<Event>, Background, Vec<Link>) {
    let of = |wanted: event::Salience| {
        let fitting = events
            .iter()
            .zip(salience)
            .filter(move |it| *it.1 == wanted);
        fitting
            .map(|it| it.0.id.clone())
            .collect::<BTreeSet<EventId>>()
    };
    let mut keep = of(event::Salience::Core);
    let aside = of(event::Salience::Background);
    let needed: Vec<EventId> = links
        .iter()
        .filter(|it| it.relation.says_more_than_order())
        .filter_map(|it| Some((it, it.from.event.as_ref()?, it.to.event.as_ref()?)))
        .filter(|(it, from, to)| {
            let stated = it.asserted && it.relation.is_causal();
            let told = |id: &EventId| keep.contains(id) || stated && aside.contains(id);
            told(from) || told(to)
        })
        .flat_map(|(_, from, to)| [from.clone(), to.clone()])
        .collect();
    keep.extend(needed);
    let kept = |it: &Option<EventId>| it.as_ref().is_none_or(|id| keep.contains(id));
    let given = |it: &Option<EventId>| {
        it.as_ref()
            .is_some_and(|id| keep.contains(id) || aside.contains(id))
    };
    let orders = |it: &Link| {
        it.relation == Relation::Before
            && !(kept(&it.from.event) && kept(&it.to.event))
            && given(&it.from.event)
            && given(&it.to.event)
    };
    let (ordering, links): (Vec<_>, Vec<_>) = links.into_iter().partition(orders);
    let links = links.into_iter().filter_map(|mut link| {
        // What is said to cause what stays said, in its words, where a side is nothing to tell by itself.
        if matches!(link.relation, Relation::Prevents) || link.relation.is_causal() {
            for end in [&mut link.from, &mut link.to] {
                end.event = end.event.take().filter(|it| keep.contains(it));
            }
        }
        (kept(&link.from.event) && kept(&link.to.event)).then_some(link)
    });
    let links = links.collect();
    let (events, rest): (Vec<_>, Vec<_>) = events.into_iter().partition(|it| keep.contains(&it.id));
    let mut background: Vec<_> = rest
        .into_iter()
        .filter(|it| aside.contains(&it.id))
        .collect();
    for event in &mut background {
        event.salience = 0;
    }
    let background = Background {
        events: background,
        links: ordering,
    };
    (events, background, links)
}

/// Gives the sides of stated causes their events, also those that are events but never core: what is said to have caused something is worth telling.
fn with_named_sides(told: &event::Output, links: Vec<Link>) -> Vec<Link> {
    let anchored: BTreeSet<usize> = told.anchors.values().copied().collect();
    let mut at: BTreeMap<Place, &EventId> = BTreeMap::new();
    let events = told.events.iter().enumerate();
    let never_core =
        |idx: usize| !anchored.contains(&idx) && told.salience[idx] != event::Salience::Nothing;
    for (_, event) in events.filter(|it| never_core(it.0)) {
        for mention in event.mentions() {
            at.entry(mention.evidence.place).or_insert(&event.id);
        }
    }
    let named = |mut link: Link| {
        if link.asserted && link.relation.is_causal() {
            for end in [&mut link.from, &mut link.to] {
                let named = end.trigger.and_then(|it| at.get(&it));
                let named = named.map(|it| (*it).clone());
                end.event = end.event.take().or(named);
            }
            if link.from.event == link.to.event {
                link.to.event = None;
            }
        }
        link
    };
    links.into_iter().map(named).collect()
}

fn empty(article: Article) -> Reading {
    Reading {
        article,
        sentences: Vec::new(),
        timexes: Vec::new(),
        events: Vec::new(),
        links: Vec::new(),
        entities: BTreeMap::new(),
    }
}
