//! Numbers for the sentences that an answer cites, the same in every format, and where each stands.
//!
//! Counting goes in the order of reading: the event, the chains, what is reversed, what disagrees.

use super::{Offsets, View, clean};
use crate::answer::{Answer, Hop};
use crate::model::{ArticleId, EventView, Evidence, Field, Mention, Place, Span};
use std::collections::{BTreeMap, BTreeSet};

/// At most so many articles are cited for one event; JSON has them all.
const ARTICLES_AN_EVENT: usize = 3;
/// At most so many sentences are cited for one claim.
const SENTENCES_A_LINK: usize = 2;

/// The cited sentences in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub struct Citations<'a> {
    entries: Vec<&'a Evidence>,
    numbers: BTreeMap<(&'a ArticleId, Field, Span), usize>,
}

impl<'a> Citations<'a> {
    /// Returns the citations of `answer`.
    pub fn of_answer(answer: &'a Answer) -> Self {
        let mut citations = Self::default();
        let event = |it| answer.events.get(it);
        let begin = answer.begin.as_ref().and_then(event);
        citations.add_event(event(&answer.event));
        citations.add_event(begin);
        let hops = answer.chains.iter().flat_map(|it| &it.steps);
        for Hop {
            earlier,
            link,
            later,
        } in hops.chain(&answer.reverses)
        {
            citations.add_event(event(earlier));
            citations.add(link.evidence().iter().take(SENTENCES_A_LINK));
            citations.add_event(event(later));
        }
        for conflict in &answer.conflicts {
            citations.add(&conflict.evidence);
        }
        if answer.chains.is_empty() {
            for id in &answer.earlier {
                citations.add_event(event(id));
            }
        }
        citations
    }

    /// Returns the citations of every mention of one event.
    pub fn of_event(view: &'a EventView) -> Self {
        let mut citations = Self::default();
        citations.add(view.event.mentions().iter().map(|it| &it.evidence));
        citations
    }

    /// Adds sentences that are not numbered yet.
    pub fn add(&mut self, evidence: impl IntoIterator<Item = &'a Evidence>) {
        for it in evidence {
            let next = self.entries.len() + 1;
            let number = *self.numbers.entry(key(it)).or_insert(next);
            if number == next {
                self.entries.push(it);
            }
        }
    }

    fn add_event(&mut self, view: Option<&'a EventView>) {
        if let Some(view) = view {
            self.add(cited_mentions(view).map(|it| &it.evidence));
        }
    }

    /// Returns the numbers of the sentences that tell `view`, as `[1][4]`.
    pub fn of(&self, view: &EventView) -> String {
        self.marks(cited_mentions(view).map(|it| &it.evidence))
    }

    /// Returns the numbers of `evidence`, as `[1][4]`; those without a number are left out.
    pub fn marks<'b>(&self, evidence: impl IntoIterator<Item = &'b Evidence>) -> String {
        let known = evidence
            .into_iter()
            .filter_map(|it| self.numbers.get(&key(it)));
        let numbers: BTreeSet<usize> = known.copied().collect();
        let marks: Vec<String> = numbers.iter().map(|it| format!("[{it}]")).collect();
        marks.concat()
    }

    /// Returns the sentences with their numbers, from 1.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &'a Evidence)> {
        self.entries
            .iter()
            .enumerate()
            .map(|(idx, it)| (idx + 1, *it))
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn key(it: &Evidence) -> (&ArticleId, Field, Span) {
    (&it.article, it.place.field, it.sentence)
}

/// Returns the best mention of each article, the best article first.
fn cited_mentions(view: &EventView) -> impl Iterator<Item = &Mention> {
    let mut seen = BTreeSet::new();
    let mentions = view.event.mentions().iter();
    mentions
        .filter(move |it| seen.insert(&it.evidence.article))
        .take(ARTICLES_AN_EVENT)
}

/// Returns the words of the sentence, on one line.
pub fn quote(view: &View, it: &Evidence) -> String {
    clean::one_line(sentence(view, it))
}

/// Returns the words of the sentence as given.
pub fn sentence<'a>(view: &View<'a>, it: &Evidence) -> &'a str {
    let article = view.story.article(&it.article);
    article.map_or("", |article| article.slice(it.place.field, it.sentence))
}

/// Returns where the sentence stands, as `h20 s10 (674–758)`: article, sentence, code points.
pub fn place_words(view: &View, it: &Evidence) -> String {
    let name = clean::clip(&clean::one_line(it.article.as_str()), 32, "…");
    let Some(reading) = view.story.readings.get(&it.article) else {
        return name;
    };
    let offsets = Offsets::new(reading.article.field(it.place.field));
    let (start, end) = offsets.of(it.sentence);
    let sentence = match it.place.field {
        Field::Title => view.words.get("say", "title").to_owned(),
        Field::Text => {
            let place = Place::new(Field::Text, it.sentence);
            let mut texts = reading
                .sentences
                .iter()
                .filter(|it| it.field == Field::Text);
            match texts.position(|it| *it == place) {
                Some(idx) => {
                    let n = (idx + 1).to_string();
                    view.words.fill("say", "sentence", &[("n", &n)])
                }
                None => String::new(),
            }
        }
    };
    let parts = [name, sentence, format!("({start}–{end})")];
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join(" ")
}
