//! Rows that several documents share: events, claims, evidence, articles.

use super::super::{Offsets, View};
use crate::model::{
    Article, ArticleId, Edtf, EntityId, EventId, EventView, Evidence, Field, Interval, Link,
    Mention, Part, Participant, Span, When,
};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An event as all articles tell it.
#[derive(Serialize)]
pub struct EventRow<'a> {
    id: &'a str,
    iri: String,
    #[serde(rename = "type")]
    event_type: &'a str,
    label: &'a str,
    labels: BTreeMap<&'a str, &'a str>,
    date: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    certainty: &'static str,
    factuality: &'static str,
    participants: Vec<ParticipantRow<'a>>,
    mentions: Vec<MentionRow<'a>>,
    sources: &'a [String],
    independent_sources: usize,
}

#[derive(Serialize)]
struct ParticipantRow<'a> {
    role: &'static str,
    label: &'a str,
    entity: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    negated: bool,
}

#[derive(Serialize)]
struct MentionRow<'a> {
    article: &'a str,
    field: &'static str,
    start: usize,
    end: usize,
    text: &'a str,
    sentence: [usize; 2],
    quote: &'a str,
    rule: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attribution: Vec<&'a str>,
}

/// A claim.
#[derive(Serialize)]
pub struct LinkRow<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    relation: &'static str,
    strength: &'static str,
    confidence: f64,
    asserted: bool,
    evidence: Vec<EvidenceRow<'a>>,
    rule: &'a str,
}

/// A sentence: `quote` is what stands from `start` to `end` of `field`.
#[derive(Serialize)]
pub struct EvidenceRow<'a> {
    article: &'a str,
    field: &'static str,
    start: usize,
    end: usize,
    quote: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<&'a str>,
}

/// Where an article comes from; what it does not say is null.
#[derive(Serialize)]
pub struct ArticleRow<'a> {
    title: Option<&'a str>,
    published: Option<&'a str>,
    source: Option<&'a str>,
    lang: &'a str,
    url: Option<&'a str>,
}

/// Makes rows, and remembers the articles they name.
pub struct Maker<'a, 'v> {
    view: &'v View<'a>,
    offsets: BTreeMap<(&'a ArticleId, Field), Offsets<'a>>,
    named: BTreeSet<&'a ArticleId>,
}

impl<'a, 'v> Maker<'a, 'v> {
    /// Returns a maker that has named no article yet.
    pub fn new(view: &'v View<'a>) -> Self {
        Self {
            view,
            offsets: BTreeMap::new(),
            named: BTreeSet::new(),
        }
    }

    /// Returns the row of an event.
    pub fn event(&mut self, it: &'a EventView) -> EventRow<'a> {
        let event = &it.event;
        let (earliest, latest) = days(event.when.edtf(), event.when.bounds());
        let labels = event.labels.iter();
        EventRow {
            id: event.id.as_str(),
            iri: (self.view.iri)(&event.id),
            event_type: event.event_type.as_str(),
            label: event.label(self.view.lang()),
            labels: labels.map(|it| (it.0.as_str(), it.1.as_str())).collect(),
            date: date(&event.when),
            earliest,
            latest,
            certainty: event.when.certainty().as_str(),
            factuality: event.factuality.as_str(),
            participants: self.participants(&event.participants),
            mentions: event.mentions().iter().map(|it| self.mention(it)).collect(),
            sources: &it.sources,
            independent_sources: it.independent_sources,
        }
    }

    fn participants(&self, participants: &'a [Participant]) -> Vec<ParticipantRow<'a>> {
        let row = |it: &'a Participant| ParticipantRow {
            role: it.role.as_str(),
            label: self.view.name(it),
            entity: it.entity.as_ref().map(EntityId::as_str),
            negated: it.negated,
        };
        participants.iter().map(row).collect()
    }

    fn mention(&mut self, it: &'a Mention) -> MentionRow<'a> {
        let place = &it.evidence.place;
        let (text, start, end) = self.slice(&it.evidence, place.span);
        let (quote, from, to) = self.slice(&it.evidence, it.evidence.sentence);
        MentionRow {
            article: it.evidence.article.as_str(),
            field: place.field.as_str(),
            start,
            end,
            text,
            sentence: [from, to],
            quote,
            rule: it.evidence.rule.as_str(),
            attribution: it.attribution.iter().map(|it| it.source.as_str()).collect(),
        }
    }

    /// Returns the row of a claim.
    pub fn link(&mut self, it: &'a Link) -> LinkRow<'a> {
        let cue = (!it.cue.is_empty()).then_some(it.cue.as_str());
        let evidence = it.evidence().iter();
        LinkRow {
            from: it.from.event.as_ref().map(EventId::as_str),
            to: it.to.event.as_ref().map(EventId::as_str),
            relation: it.relation.as_str(),
            strength: it.strength.as_str(),
            confidence: it.confidence.value(),
            asserted: it.asserted,
            evidence: evidence.map(|it| self.evidence(it, cue)).collect(),
            rule: it.rule.as_str(),
        }
    }

    /// Returns the row of a sentence.
    pub fn evidence(&mut self, it: &'a Evidence, cue: Option<&'a str>) -> EvidenceRow<'a> {
        EvidenceRow {
            cue,
            ..self.around(it, it.sentence)
        }
    }

    /// Returns the row of the text at `span` around a sentence.
    pub fn around(&mut self, it: &'a Evidence, span: Span) -> EvidenceRow<'a> {
        let (quote, start, end) = self.slice(it, span);
        EvidenceRow {
            article: it.article.as_str(),
            field: it.place.field.as_str(),
            start,
            end,
            quote,
            cue: None,
        }
    }

    /// Returns the articles named so far.
    pub fn articles(&self) -> BTreeMap<&'a str, ArticleRow<'a>> {
        let known = self.named.iter();
        known
            .filter_map(|id| Some((id.as_str(), article_row(self.view.story.article(id)?))))
            .collect()
    }

    fn slice(&mut self, it: &'a Evidence, span: Span) -> (&'a str, usize, usize) {
        self.named.insert(&it.article);
        let field = it.place.field;
        let article = self.view.story.article(&it.article);
        let text = article.map_or("", |article| article.field(field));
        let offsets = self.offsets.entry((&it.article, field));
        let (start, end) = offsets.or_insert_with(|| Offsets::new(text)).of(span);
        (span.slice(text), start, end)
    }
}

fn article_row(it: &Article) -> ArticleRow<'_> {
    ArticleRow {
        title: it.title.as_deref(),
        published: it.published.as_ref().map(|it| it.original.as_str()),
        source: it.source.as_deref(),
        lang: it.lang.as_str(),
        url: it.url.as_deref(),
    }
}

/// Returns the date, or where none is stated between which days it must lie, if that is known; `certainty` tells the two apart.
fn date(when: &When) -> Option<String> {
    let bounds = when.bounds();
    let end = |day: Option<NaiveDate>| day.map_or("..".to_owned(), |it| it.to_string());
    let known = bounds.earliest.is_some() || bounds.latest.is_some();
    let between = || format!("{}/{}", end(bounds.earliest), end(bounds.latest));
    when.edtf()
        .map(ToString::to_string)
        .or_else(|| known.then(between))
}

/// Returns the first and the last day as JSON has them: a day, or the moment where the date is one.
pub fn days(edtf: Option<&Edtf>, bounds: Interval) -> (Option<String>, Option<String>) {
    let moment = |part: Option<Part>| match part {
        Some(Part::Minute(it)) => Some(it.format("%Y-%m-%dT%H:%M:%S").to_string()),
        _ => None,
    };
    let start = edtf.and_then(Edtf::start);
    let end = edtf.and_then(|it| {
        if it.is_interval() {
            it.end()
        } else {
            it.start()
        }
    });
    let day = |it: NaiveDate| it.to_string();
    (
        moment(start).or_else(|| bounds.earliest.map(day)),
        moment(end).or_else(|| bounds.latest.map(day)),
    )
}
