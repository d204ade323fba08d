//! Numbers for the sentences that an answer cites, the same in every format, and where each stands.
//!
//! Counting goes in the order of reading: the event, the chains, what is reversed, what disagrees.

use super::{Content, Offsets, Shown, View, clean};
use crate::answer::{Answer, Hop, Timeline};
use crate::model::{ArticleId, EventView, Evidence, Field, Mention, Place, Span};
use std::collections::{BTreeMap, BTreeSet};

/// At most so many articles are cited for one event; JSON has them all.
const ARTICLES_AN_EVENT: usize = 3;
/// At most so many sentences are cited for one claim.
const SENTENCES_A_LINK: usize = 2;

/// Cells of an article's name beside a sentence.
const NAME: usize = 40;
/// Cells of an article's name in the list of articles, where it is the beginning of a text without a headline.
const BEGINNING: usize = 64;

/// The cited sentences in the order of their numbers, and their articles in the order of their letters.
#[derive(Clone, Debug, Default)]
pub struct Citations<'a> {
    entries: Vec<&'a Evidence>,
    articles: Vec<&'a ArticleId>,
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
        for id in &answer.along {
            citations.add_event(event(id));
        }
        citations
    }

    /// Returns the citations of a timeline: of its events in order, each with the claims that lead to it.
    pub fn of_timeline(timeline: &'a Timeline) -> Self {
        let mut citations = Self::default();
        for view in &timeline.events {
            citations.add_event(Some(view));
            for link in &timeline.links {
                let ends = link.in_time_order();
                if ends.is_some_and(|it| *it.1 == view.event.id) {
                    citations.add(link.evidence().iter().take(SENTENCES_A_LINK));
                }
            }
        }
        citations
    }

    /// Returns the citations of one event: of every mention, then of its claims.
    pub fn of_shown(shown: &'a Shown) -> Self {
        let mut citations = Self::default();
        let mentions = shown.event.event.mentions().iter();
        citations.add(mentions.map(|it| &it.evidence));
        for link in &shown.links {
            citations.add(link.evidence().iter().take(SENTENCES_A_LINK));
        }
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
            if !self.articles.contains(&&it.article) {
                self.articles.push(&it.article);
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

    /// Returns the articles with their letters, from A.
    pub fn articles(&self) -> impl Iterator<Item = (String, &'a ArticleId)> {
        let articles = self.articles.iter().enumerate();
        articles.map(|(idx, it)| (letter(idx), *it))
    }

    /// Returns the letter of `article`.
    fn letter(&self, article: &ArticleId) -> Option<String> {
        let idx = self.articles.iter().position(|it| *it == article)?;
        Some(letter(idx))
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

/// Returns A to Z, then AA, AB, ...
fn letter(idx: usize) -> String {
    let own = char::from(b'A' + u8::try_from(idx % 26).unwrap_or(0));
    match idx / 26 {
        0 => own.to_string(),
        before => letter(before - 1) + &own.to_string(),
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

/// Returns what an article is called: its headline, else how its text begins, else its id.
pub fn name(view: &View, id: &ArticleId) -> String {
    let article = view.story.article(id);
    let title = article
        .and_then(|it| it.title.as_deref())
        .map(clean::one_line);
    let begins = || {
        let line = article?.text.lines().find(|it| !it.trim().is_empty())?;
        Some(clean::clip(&clean::one_line(line), BEGINNING, "…"))
    };
    let title = title.filter(|it| !it.is_empty()).or_else(begins);
    title.unwrap_or_else(|| clean::one_line(id.as_str()))
}

/// Returns the day on which the article was published, if it says so.
pub fn day(view: &View, id: &ArticleId) -> Option<String> {
    let published = view.story.article(id)?.published.as_ref();
    published.map(|it| it.day.to_string())
}

/// Returns who published the article, and on which day, as far as it says.
fn origin(view: &View, id: &ArticleId) -> Option<String> {
    let article = view.story.article(id)?;
    let day = day(view, id);
    let source = article.source.as_deref().map(clean::one_line);
    let parts: Vec<String> = source.into_iter().chain(day).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Returns what leads to the article: who published it and when, its id, and where it stands on the web.
pub fn whereabouts(view: &View, id: &ArticleId) -> Vec<String> {
    let url = view.story.article(id).and_then(|it| it.url.as_deref());
    let id_words = Some(clean::one_line(id.as_str()));
    let parts = [origin(view, id), id_words, url.map(clean::one_line)];
    parts.into_iter().flatten().collect()
}

/// Returns where the sentence stands, as `A Chip cleared again · s10 (674–758)`: article, sentence, code points.
pub fn place_words(view: &View, citations: &Citations, it: &Evidence) -> String {
    let letter = citations.letter(&it.article);
    let name = clean::clip(&name(view, &it.article), NAME, "…").replace("……", "…");
    let name = letter.map_or_else(|| name.clone(), |it| format!("{it} {name}"));
    let Some(reading) = view.story.readings.get(&it.article) else {
        return name;
    };
    let offsets = Offsets::new(reading.article.field(it.place.field));
    let (start, end) = offsets.of(it.sentence);
    let sentence = match it.place.field {
        Field::Title => view.words.get("say", "title").to_owned(),
        Field::Text => {
            let place = Place::new(Field::Text, it.sentence);
            let texts = reading.sentences.iter();
            let mut texts = texts.filter(|it| it.field == Field::Text);
            let number = texts.position(|it| *it == place);
            number.map_or_else(String::new, |idx| {
                let n = (idx + 1).to_string();
                view.words.fill("say", "sentence", &[("n", &n)]) + " "
            })
        }
    };
    let sentence = sentence.trim_end();
    let space = if sentence.is_empty() { "" } else { " " };
    format!("{name} · {sentence}{space}({start}–{end})")
}

/// Returns the text around the sentence that was asked for: what stands before and after it.
pub fn around<'a>(view: &View<'a>, it: &Evidence) -> Option<[&'a str; 2]> {
    let Content::Show(shown) = view.content else {
        return None;
    };
    let wide = shown.context.get(it)?;
    let text = view.story.article(&it.article)?.field(it.place.field);
    let before = text.get(wide.start()..it.sentence.start())?;
    let after = text.get(it.sentence.end()..wide.end())?;
    Some([before, after])
}
