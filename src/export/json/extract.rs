//! The line that `extract` prints for an article: everything read in it, and nothing from other articles.

use super::super::Offsets;
use super::harmless;
use super::rows::days;
use crate::lang::EventTypes;
use crate::model::{
    Article, Attribution, Diagnostic, EntityId, Event, EventId, Field, Link, LinkEnd, Participant,
    Place, Reading, Span, Timex,
};
use serde::Serialize;

/// Events at least so salient are the core of their article.
const CORE: u8 = 60;
/// Events at least so salient, and less than core, are secondary; the others optional, or background if not salient at all.
const SECONDARY: u8 = 30;
/// Events less salient than this are background.
const OPTIONAL: u8 = 1;

/// Returns the line of `backstory.extract/1` for one article, without a line break.
pub fn extract_line(reading: &Reading, diagnostics: &[Diagnostic], types: &EventTypes) -> String {
    let article = &reading.article;
    let cut = Cutter::new(article);
    let row = ReadingRow {
        schema: "backstory.extract/1",
        id: article.id.as_str(),
        lang: article.lang.as_str(),
        published: article.published.as_ref().map(|it| it.original.as_str()),
        timexes: reading.timexes.iter().map(|it| cut.timex(it)).collect(),
        events: reading
            .events
            .iter()
            .map(|it| cut.event(it, types))
            .collect(),
        links: reading.links.iter().map(|it| cut.link(it)).collect(),
        diagnostics: diagnostics.iter().map(|it| cut.diagnostic(it)).collect(),
    };
    // Rows are plain texts and numbers, which always serialise.
    harmless(serde_json::to_string(&row).unwrap_or_default())
}

#[derive(Serialize)]
struct ReadingRow<'a> {
    schema: &'static str,
    id: &'a str,
    lang: &'a str,
    published: Option<&'a str>,
    timexes: Vec<TimexRow<'a>>,
    events: Vec<EventRow<'a>>,
    links: Vec<LinkRow<'a>>,
    diagnostics: Vec<DiagnosticRow<'a>>,
}

#[derive(Serialize)]
struct TimexRow<'a> {
    #[serde(flatten)]
    words: WordsRow<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
    edtf: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    rule: &'a str,
}

/// Words of the article; `text` is what stands from `start` to `end` of `field`.
#[derive(Serialize)]
struct WordsRow<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    field: &'static str,
}

#[derive(Serialize)]
struct EventRow<'a> {
    id: &'a str,
    #[serde(flatten)]
    words: WordsRow<'a>,
    #[serde(rename = "type")]
    event_type: &'a str,
    class: &'a str,
    label: &'a str,
    date: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    certainty: &'static str,
    factuality: &'static str,
    participants: Vec<ParticipantRow<'a>>,
    attribution: Vec<AttributionRow<'a>>,
    sentence: [usize; 2],
    mentions: Vec<WordsRow<'a>>,
    salience: &'static str,
    rule: &'a str,
}

#[derive(Serialize)]
struct ParticipantRow<'a> {
    role: &'static str,
    start: usize,
    end: usize,
    text: &'a str,
    field: &'static str,
    entity: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    negated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<AmountRow<'a>>,
}

/// A figure: its value as a decimal number, and what it counts.
#[derive(Serialize)]
struct AmountRow<'a> {
    value: String,
    unit: &'a str,
}

#[derive(Serialize)]
struct AttributionRow<'a> {
    source: &'a str,
    start: usize,
    end: usize,
    field: &'static str,
    entity: Option<&'a str>,
}

#[derive(Serialize)]
struct LinkRow<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    relation: &'static str,
    strength: &'static str,
    confidence: f64,
    asserted: bool,
    cue: Option<WordsRow<'a>>,
    from_span: Option<[usize; 2]>,
    to_span: Option<[usize; 2]>,
    cause_span: Option<[usize; 2]>,
    effect_span: Option<[usize; 2]>,
    sentence: [usize; 2],
    field: &'static str,
    rule: &'a str,
}

#[derive(Serialize)]
struct DiagnosticRow<'a> {
    start: Option<usize>,
    end: Option<usize>,
    field: Option<&'static str>,
    message: &'a str,
    rule: &'a str,
}

/// Cuts words out of an article and counts their code points.
struct Cutter<'a> {
    article: &'a Article,
    title: Offsets<'a>,
    text: Offsets<'a>,
}

impl<'a> Cutter<'a> {
    fn new(article: &'a Article) -> Self {
        Self {
            article,
            title: Offsets::new(article.field(Field::Title)),
            text: Offsets::new(article.field(Field::Text)),
        }
    }

    fn span(&self, field: Field, span: Span) -> [usize; 2] {
        let offsets = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        };
        let (start, end) = offsets.of(span);
        [start, end]
    }

    fn words(&self, place: Place) -> WordsRow<'a> {
        let [start, end] = self.span(place.field, place.span);
        WordsRow {
            start,
            end,
            text: self.article.slice(place.field, place.span),
            field: place.field.as_str(),
        }
    }

    fn timex(&self, it: &'a Timex) -> TimexRow<'a> {
        let (earliest, latest) = it.extent();
        TimexRow {
            words: self.words(it.place),
            kind: it.kind.as_str(),
            value: &it.value,
            edtf: it.edtf.as_ref().map(ToString::to_string),
            earliest,
            latest,
            rule: it.rule.as_str(),
        }
    }

    fn event(&self, it: &'a Event, types: &'a EventTypes) -> EventRow<'a> {
        let main = &it.main_mention().evidence;
        let (earliest, latest) = days(it.when.edtf(), it.when.bounds());
        let mentions = it.mentions().iter();
        let mut said: Vec<&Attribution> = mentions.clone().flat_map(|it| &it.attribution).collect();
        said.sort();
        said.dedup();
        EventRow {
            id: it.id.as_str(),
            words: self.words(main.place),
            event_type: it.event_type.as_str(),
            class: types.class(&it.event_type),
            label: it.label(&self.article.lang),
            date: it.when.edtf().map(ToString::to_string),
            earliest,
            latest,
            certainty: it.when.certainty().as_str(),
            factuality: it.factuality.as_str(),
            participants: it.participants.iter().map(|it| self.party(it)).collect(),
            attribution: said.into_iter().map(|it| self.attribution(it)).collect(),
            sentence: self.span(main.place.field, main.sentence),
            mentions: mentions.map(|it| self.words(it.evidence.place)).collect(),
            salience: match it.salience {
                CORE.. => "core",
                SECONDARY.. => "secondary",
                OPTIONAL.. => "optional",
                _ => "background",
            },
            rule: main.rule.as_str(),
        }
    }

    fn party(&self, it: &'a Participant) -> ParticipantRow<'a> {
        let words = self.words(it.place);
        ParticipantRow {
            role: it.role.as_str(),
            start: words.start,
            end: words.end,
            text: words.text,
            field: words.field,
            entity: it.entity.as_ref().map(EntityId::as_str),
            negated: it.negated,
            amount: it.amount.as_ref().map(|it| AmountRow {
                value: it.decimal(),
                unit: &it.unit,
            }),
        }
    }

    fn attribution(&self, it: &'a Attribution) -> AttributionRow<'a> {
        let words = self.words(it.place);
        AttributionRow {
            source: &it.source,
            start: words.start,
            end: words.end,
            field: words.field,
            entity: it.entity.as_ref().map(EntityId::as_str),
        }
    }

    fn link(&self, it: &'a Link) -> LinkRow<'a> {
        let place = |it: Option<Place>| it.map(|it| self.span(it.field, it.span));
        let ends = |it: &LinkEnd| (place(it.trigger), place(it.clause));
        let ((from_span, cause_span), (to_span, effect_span)) = (ends(&it.from), ends(&it.to));
        let first = &it.evidence()[0];
        LinkRow {
            from: it.from.event.as_ref().map(EventId::as_str),
            to: it.to.event.as_ref().map(EventId::as_str),
            relation: it.relation.as_str(),
            strength: it.strength.as_str(),
            confidence: it.confidence.value(),
            asserted: it.asserted,
            cue: it.cue_place.map(|it| self.words(it)),
            from_span,
            to_span,
            cause_span,
            effect_span,
            sentence: self.span(first.place.field, first.sentence),
            field: first.place.field.as_str(),
            rule: it.rule.as_str(),
        }
    }

    fn diagnostic(&self, it: &'a Diagnostic) -> DiagnosticRow<'a> {
        let span = it.place.map(|it| self.span(it.field, it.span));
        DiagnosticRow {
            start: span.map(|it| it[0]),
            end: span.map(|it| it[1]),
            field: it.place.map(|it| it.field.as_str()),
            message: &it.message,
            rule: it.rule.as_str(),
        }
    }
}
