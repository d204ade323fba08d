//! The list of sentences at the end, and the words for who says so.

use super::super::cite::{self, Citations};
use super::super::{Content, Detail, View, clean};
use super::heading;
use super::page::{Ink, Page, Piece};
use crate::model::{Attribution, EntityKind, Event, EventView, Evidence};
use std::collections::{BTreeMap, BTreeSet};

/// So many sentences are printed unless all are asked for.
const FEW: usize = 4;
/// Where quotes begin.
const MARGIN: usize = 7;
/// So many names are named.
const NAMES: usize = 4;

/// Writes the sentences of `citations`, as many as the view asks for.
pub fn write(page: &mut Page, view: &View, citations: &Citations, event: Option<&EventView>) {
    let detail = view.options.evidence;
    if detail == Detail::None || citations.is_empty() {
        return;
    }
    heading(page, view, "evidence", &summary(view, citations, event));
    // A timeline has many events, whose numbers need their sentences.
    let is_timeline = matches!(view.content, Content::Timeline(_));
    let shown = if detail == Detail::All || is_timeline {
        citations.len()
    } else {
        FEW
    };
    for (number, it) in citations.iter().take(shown) {
        entry(page, view, citations, (number, it));
    }
    let more = citations.len().saturating_sub(shown);
    if 0 < more {
        let lead = page.glyphs("  …");
        page.put(Ink::Dim, &lead);
        page.pad_to(MARGIN);
        let n = more.to_string();
        let values = [("n", n.as_str()), ("command", "--evidence all")];
        let words = view.words.fill("say", "more", &values);
        page.put(Ink::Dim, &words);
        page.end_line();
    }
    articles(page, view, citations);
}

/// Writes the articles that the letters stand for.
fn articles(page: &mut Page, view: &View, citations: &Citations) {
    heading(page, view, "articles", "");
    for (letter, id) in citations.articles() {
        page.put(Ink::Dim, &format!("  {letter}"));
        page.put(Ink::Plain, "  ");
        page.pad_to(MARGIN);
        let name = page.glyphs(&cite::name(view, id));
        page.flow(MARGIN, &[Piece::new(Ink::Plain, name)]);
        page.end_line();
        page.pad_to(MARGIN);
        let parts = cite::whereabouts(view, id).join(" · ");
        page.flow(MARGIN, &[Piece::new(Ink::Dim, page.glyphs(&parts))]);
        page.end_line();
    }
}

fn entry(page: &mut Page, view: &View, citations: &Citations, (number, it): (usize, &Evidence)) {
    page.put(Ink::Dim, &format!("  [{number}]"));
    page.put(Ink::Plain, "  ");
    page.pad_to(MARGIN);
    let mut place = vec![Piece::new(
        Ink::Dim,
        page.glyphs(&cite::place_words(view, citations, it)),
    )];
    if let Some(day) = cite::day(view, &it.article) {
        place.push(Piece::whole(Ink::Dim, page.glyphs(&format!("· {day}"))));
    }
    page.flow(MARGIN, &place);
    page.end_line();
    let [before, after] = cite::around(view, it).unwrap_or_default();
    aside(page, before);
    page.pad_to(MARGIN);
    let quote = match view.options.evidence {
        Detail::All => cite::quote(view, it),
        _ if view.options.whole => cite::quote(view, it),
        _ => snippet(view, it, 2 * (page.width - MARGIN) - 8, &page.glyphs("…")),
    };
    page.flow(
        MARGIN + 1,
        &[Piece::new(Ink::Plain, format!("\"{quote}\""))],
    );
    page.end_line();
    aside(page, after);
}

/// Writes what stands around a sentence, without its quotation marks.
fn aside(page: &mut Page, text: &str) {
    let text = clean::one_line(text);
    if !text.trim().is_empty() {
        page.pad_to(MARGIN + 1);
        page.flow(MARGIN + 1, &[Piece::new(Ink::Dim, text)]);
        page.end_line();
    }
}

/// Returns at most `room` cells of the sentence, around the words that say it.
fn snippet(view: &View, it: &Evidence, room: usize, mark: &str) -> String {
    let sentence = cite::sentence(view, it);
    let whole = clean::one_line(sentence);
    if clean::cells(&whole) <= room {
        return whole;
    }
    let words_end = it.place.span.end().saturating_sub(it.sentence.start());
    let before = clean::one_line(sentence.get(..words_end).unwrap_or(""));
    if clean::cells(&before) <= room - clean::cells(mark) {
        return clean::clip(&whole, room, mark);
    }
    // The words stand late: leave out the beginning up to a space, so that a third of the room follows them.
    let skip = clean::cells(&before) - room * 2 / 3;
    let (head, tail) = clean::split_at_cells(&whole, skip);
    let tail = match tail.split_once(' ') {
        Some((_, rest)) if !head.ends_with(' ') => rest,
        _ => tail,
    };
    clean::clip(&format!("{mark}{tail}"), room, mark)
}

/// Returns how many articles, which outlets they quote, and whether another publisher confirms the event.
fn summary(view: &View, citations: &Citations, event: Option<&EventView>) -> String {
    let articles: BTreeSet<_> = citations.iter().map(|it| &it.1.article).collect();
    let mut parts = vec![view.words.count("articles", articles.len(), &[])];
    let outlets = outlets(view, citations);
    if !outlets.is_empty() {
        let mut names: Vec<&str> = outlets.iter().map(String::as_str).take(NAMES).collect();
        if NAMES < outlets.len() {
            names.push("…");
        }
        let names = names.join(", ");
        parts.push(
            view.words
                .count("outlets", outlets.len(), &[("names", &names)]),
        );
    }
    match event {
        Some(it) if it.independent_sources < 2 => {
            parts.push(view.words.get("say", "not-confirmed").to_owned());
        }
        Some(it) => parts.push(sources_words(view, it)),
        None => {}
    }
    parts.join(" · ")
}

/// Returns the news media quoted in the cited sentences, by name.
fn outlets(view: &View, citations: &Citations) -> BTreeSet<String> {
    let mut said: BTreeMap<_, Vec<&Attribution>> = BTreeMap::new();
    for reading in view.story.readings.values() {
        for mention in reading.events.iter().flat_map(Event::mentions) {
            let it = &mention.evidence;
            let sentence = (&it.article, it.place.field, it.sentence);
            said.entry(sentence)
                .or_default()
                .extend(&mention.attribution);
        }
    }
    let cited = citations
        .iter()
        .filter_map(|(_, it)| said.get(&(&it.article, it.place.field, it.sentence)));
    let known = cited.flatten().filter_map(|it| it.entity.as_ref());
    known
        .filter(|it| {
            view.entity(it)
                .is_some_and(|it| it.kind == EntityKind::Media)
        })
        .filter_map(|it| view.entity_name(it))
        .map(clean::one_line)
        .collect()
}

/// Returns who is quoted with the event, by name, in the order of mention.
pub fn quoted_names(view: &View, event: &EventView) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for it in event.event.mentions().iter().flat_map(|it| &it.attribution) {
        let known = it.entity.as_ref().and_then(|it| view.entity_name(it));
        let name = clean::one_line(known.unwrap_or(&it.source));
        if !names.contains(&name) && names.len() < NAMES {
            names.push(name);
        }
    }
    names
}

/// Returns how many independent publishers tell the event.
pub fn sources_words(view: &View, event: &EventView) -> String {
    let n = event.independent_sources;
    if n < 2 {
        return view.words.get("say", "single-source").to_owned();
    }
    view.words
        .fill("say", "sources-many", &[("n", &n.to_string())])
}
