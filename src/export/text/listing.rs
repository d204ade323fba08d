//! A timeline, one event, and what a search found.

use super::super::cite::Citations;
use super::super::{Detail, Found, Shown, View, clean};
use super::page::{Ink, Page, Piece};
use super::{BASIS_COLUMN, basis, date, evidence, heading, label, next_steps};
use crate::answer::Timeline;
use crate::model::{EventId, EventView, Factuality, Link};
use std::collections::BTreeMap;

/// Cells before a line that belongs to the one above.
const INDENT: usize = 2;
/// Where the line of a thing found begins.
const FOUND: usize = 24;

/// Writes the events in time order, below each the earlier ones it is related to.
pub fn timeline(page: &mut Page, view: &View, timeline: &Timeline) {
    let n = timeline.events.len();
    page.put(Ink::Strong, view.words.get("head", "timeline"));
    page.put(Ink::Plain, "  ");
    page.put(Ink::Plain, &view.words.count("events", n, &[]));
    page.end_line();
    let events: BTreeMap<&EventId, &EventView> = timeline
        .events
        .iter()
        .map(|it| (&it.event.id, it))
        .collect();
    let mut into: BTreeMap<&EventId, Vec<(&EventId, &Link)>> = BTreeMap::new();
    for link in &timeline.links {
        if let Some((earlier, later)) = link.in_time_order() {
            into.entry(later).or_default().push((earlier, link));
        }
    }
    let widths = timeline
        .events
        .iter()
        .map(|it| clean::cells(&date(page, view, it)));
    let column = widths.max().unwrap_or(0).clamp(10, 20) + 2;
    let citations = match view.options.evidence {
        Detail::None => Citations::default(),
        Detail::Short | Detail::All => Citations::of_timeline(timeline),
    };
    for event in &timeline.events {
        row(page, view, column, event, &citations);
        for (earlier, link) in into.get(&event.event.id).into_iter().flatten() {
            if let Some(other) = events.get(earlier) {
                related(
                    page,
                    view,
                    column + INDENT,
                    &Related {
                        other,
                        link,
                        later: true,
                    },
                    &citations,
                );
            }
        }
    }
    evidence::write(page, view, &citations, None);
}

fn row(page: &mut Page, view: &View, column: usize, event: &EventView, citations: &Citations) {
    page.put(Ink::Plain, &date(page, view, event));
    page.put(Ink::Plain, "  ");
    page.pad_to(column);
    let mut pieces = vec![Piece::new(Ink::Strong, label(view, event))];
    if event.event.factuality != Factuality::Actual {
        let word = view
            .words
            .get("factuality", event.event.factuality.as_str());
        pieces.push(Piece::whole(Ink::Unsure, format!("({word})")));
    }
    let marks = citations.of(event);
    if !marks.is_empty() {
        pieces.push(Piece::whole(Ink::Dim, marks));
    }
    page.flow(column, &pieces);
    let id = clean::one_line(event.event.id.as_str());
    page.tail(usize::MAX, column, &[Piece::whole(Ink::Dim, id)]);
    page.end_line();
}

/// The event at the other end of a claim.
struct Related<'a> {
    other: &'a EventView,
    link: &'a Link,
    /// The claim is told below its later event.
    later: bool,
}

fn related(page: &mut Page, view: &View, margin: usize, it: &Related, citations: &Citations) {
    let (arrow, section) = if it.later {
        ("↑", "relation-back")
    } else {
        ("↓", "relation")
    };
    let word = view.words.get(section, it.link.relation.as_str());
    page.pad_to(margin);
    page.put(Ink::Plain, &page.glyphs(&format!("{arrow} {word}:")));
    page.put(Ink::Plain, " ");
    let dated = format!("{}, {}", date(page, view, it.other), label(view, it.other));
    page.flow(margin + INDENT, &[Piece::new(Ink::Plain, dated)]);
    let marks = citations.marks(it.link.evidence());
    let tail = basis(page, view, it.link, marks);
    page.tail(BASIS_COLUMN, margin + INDENT, &tail);
    page.end_line();
}

/// Writes everything known about one event.
pub fn show(page: &mut Page, view: &View, shown: &Shown) {
    let event = &shown.event;
    page.flow(0, &[Piece::new(Ink::Strong, label(view, event))]);
    let id = clean::one_line(event.event.id.as_str());
    page.tail(usize::MAX, 5, &[Piece::whole(Ink::Dim, id)]);
    page.end_line();
    page.pad_to(5);
    page.flow(
        5,
        &[Piece::new(Ink::Plain, page.glyphs(&status(view, event)))],
    );
    page.end_line();
    participants(page, view, event);
    let citations = match view.options.evidence {
        Detail::None => Citations::default(),
        Detail::Short | Detail::All => Citations::of_shown(shown),
    };
    links(page, view, shown, &citations);
    if !event.why_merged.is_empty() {
        heading(page, view, "merged", "");
        for why in &event.why_merged {
            page.pad_to(INDENT);
            page.flow(INDENT, &[Piece::new(Ink::Plain, clean::one_line(why))]);
            page.end_line();
        }
    }
    evidence::write(page, view, &citations, Some(event));
    next_steps(page, view, event.event.id.as_str());
}

fn status(view: &View, event: &EventView) -> String {
    let words = view.words;
    let when = &event.event.when;
    let mut parts = vec![super::dates::date_words(words, when)];
    let edtf = when.edtf().map(ToString::to_string);
    parts.extend(edtf.filter(|it| *it != parts[0]));
    parts.push(event.event.event_type.as_str().to_owned());
    let factuality = event.event.factuality.as_str();
    parts.push(words.get("factuality", factuality).to_owned());
    parts.push(evidence::sources_words(view, event));
    parts.join(" · ")
}

fn participants(page: &mut Page, view: &View, event: &EventView) {
    if event.event.participants.is_empty() {
        return;
    }
    heading(page, view, "participants", "");
    let participants = event.event.participants.iter().filter(|it| !it.negated);
    for it in participants {
        page.pad_to(INDENT);
        page.put(Ink::Dim, view.words.get("role", it.role.as_str()));
        page.put(Ink::Plain, "  ");
        page.pad_to(12);
        let name = clean::one_line(view.name(it));
        page.flow(12, &[Piece::new(Ink::Plain, name)]);
        page.end_line();
    }
}

fn links(page: &mut Page, view: &View, shown: &Shown, citations: &Citations) {
    if shown.links.is_empty() {
        return;
    }
    heading(page, view, "links", "");
    for link in &shown.links {
        let Some((earlier, after)) = link.in_time_order() else {
            continue;
        };
        let later = *after == shown.event.event.id;
        let other = if later { earlier } else { after };
        if let Some(other) = shown.neighbours.get(other) {
            related(
                page,
                view,
                INDENT,
                &Related { other, link, later },
                citations,
            );
        }
    }
}

/// Writes what a search found, best first.
pub fn found(page: &mut Page, view: &View, found: &Found) {
    page.put(Ink::Strong, view.words.get("head", "find"));
    page.put(Ink::Plain, "  ");
    let question = clean::one_line(&found.question);
    page.flow(INDENT, &[Piece::new(Ink::Plain, format!("\"{question}\""))]);
    page.end_line();
    if found.hits.is_empty() {
        page.pad_to(INDENT);
        page.put(Ink::Plain, view.words.get("say", "nothing"));
        page.end_line();
    }
    for hit in &found.hits {
        page.pad_to(INDENT);
        page.put(Ink::Dim, view.words.get("kind", hit.kind.as_str()));
        page.put(Ink::Plain, "  ");
        page.pad_to(10);
        page.put(
            Ink::Plain,
            &hit.date.as_deref().map(clean::one_line).unwrap_or_default(),
        );
        page.put(Ink::Plain, "  ");
        page.pad_to(FOUND);
        let label = clean::one_line(&hit.label);
        page.flow(FOUND, &[Piece::new(Ink::Plain, label)]);
        let id = clean::one_line(&hit.id);
        page.tail(usize::MAX, FOUND, &[Piece::whole(Ink::Dim, id)]);
        page.end_line();
    }
}
