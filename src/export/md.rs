//! Markdown: an answer or a timeline as a short document.
//!
//! Text of articles never stands at the beginning of a line and every character that Markdown reads is escaped.

use super::cite::{self, Citations};
use super::dates::date_words;
use super::json::conflict_word;
use super::words::reversal_heading;
use super::{Content, Detail, Exporter, Shown, View, clean, unsupported};
use crate::answer::{Answer, Hop, Timeline, Verb};
use crate::model::{EventId, EventView, Link};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

/// The format `md`.
pub struct Markdown;

impl Exporter for Markdown {
    fn name(&self) -> &'static str {
        "md"
    }

    fn extension(&self) -> &'static str {
        "md"
    }

    fn about(&self) -> &'static str {
        "Markdown with numbered evidence"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["answer", "timeline", "show"]
    }

    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        let text = match view.content {
            Content::Answer(answer) => Told::new(view, answer).document(),
            Content::Timeline(timeline) => timeline_document(view, timeline),
            Content::Show(shown) => show_document(view, shown),
            Content::Found(_) => return Err(unsupported(self, view)),
        };
        out.write_all(text.as_bytes())
    }
}

struct Told<'a, 'v> {
    view: &'v View<'a>,
    answer: &'a Answer,
    citations: Citations<'a>,
}

impl<'a, 'v> Told<'a, 'v> {
    fn new(view: &'v View<'a>, answer: &'a Answer) -> Self {
        Self {
            view,
            answer,
            citations: Citations::of_answer(answer),
        }
    }

    fn document(&self) -> String {
        let words = self.view.words;
        let (head, chains, none) = match self.answer.verb {
            Verb::Why => ("why", "led-here", "no-cause"),
            Verb::Effects => ("effects", "led-to", "no-effect"),
            Verb::Path => ("path", "the-way", "no-path"),
        };
        let mut text = format!("# {}: {}\n\n", words.get("head", head), self.title());
        if let Some(event) = self.answer.events.get(&self.answer.event) {
            let date = escape(&date_words(words, &event.event.when));
            let factuality = words.get("factuality", event.event.factuality.as_str());
            push(
                &mut text,
                &format!("**{date}** · {factuality} {}", self.marks(event)),
            );
        }
        heading(&mut text, words.get("head", chains));
        if self.answer.chains.is_empty() {
            push(&mut text, &words.none_found(none, self.answer.left_out));
        }
        for (idx, chain) in self.answer.chains.iter().enumerate() {
            let first = chain.steps.first().map(|it| self.dated(&it.earlier));
            push(
                &mut text,
                &format!("{}. {}", idx + 1, first.unwrap_or_default()),
            );
            for hop in &chain.steps {
                push(&mut text, &format!("   - {}", self.hop(hop)));
            }
        }
        self.asides(&mut text);
        sources(&mut text, self.view, &self.citations);
        text
    }

    fn title(&self) -> String {
        let ends = self.answer.begin.iter().chain([&self.answer.event]);
        let ends = ends.filter_map(|it| self.answer.events.get(it));
        let ends: Vec<String> = ends.map(|it| label(self.view, it)).collect();
        ends.join(" → ")
    }

    /// Writes what is reversed, what disagrees, and what is only earlier.
    fn asides(&self, text: &mut String) {
        let words = self.view.words;
        if !self.answer.reverses.is_empty() {
            heading(text, words.get("head", reversal_heading(self.answer.verb)));
        }
        for hop in &self.answer.reverses {
            let (from, hop) = (self.dated(&hop.earlier), self.hop(hop));
            push(text, &format!("- {from}\n  - {hop}"));
        }
        heading(text, words.get("head", "conflicts"));
        if self.answer.conflicts.is_empty() {
            push(text, words.get("say", "none-found"));
        }
        for it in &self.answer.conflicts {
            let kind = words.get("conflict", conflict_word(it.kind));
            let marks = escape(&self.citations.marks(&it.evidence));
            push(text, &format!("- **{kind}** {} {marks}", escape(&it.text)));
        }
        if !self.answer.along.is_empty() {
            heading(text, words.get("head", "along"));
            push(text, &format!("{}\n", words.get("say", "earlier-note")));
            for id in &self.answer.along {
                push(text, &format!("- {}", self.dated(id)));
            }
        }
        if self.answer.chains.is_empty() && !self.answer.earlier.is_empty() {
            heading(text, words.get("head", "earlier"));
            push(text, &format!("{}\n", words.get("say", "earlier-note")));
            for id in &self.answer.earlier {
                push(text, &format!("- {}", self.dated(id)));
            }
        }
    }

    fn dated(&self, id: &EventId) -> String {
        let event = self.answer.events.get(id);
        event.map_or_else(String::new, |it| {
            format!("{} {}", dated(self.view, it), self.marks(it))
        })
    }

    fn hop(&self, hop: &Hop) -> String {
        let word = self.view.words.get("relation", hop.link.relation.as_str());
        let marks = escape(&self.citations.marks(hop.link.evidence()));
        let to = self.answer.events.get(&hop.later);
        let to = to.map_or_else(String::new, |it| label(self.view, it));
        format!("*{word}* → {to} — {} {marks}", basis(self.view, &hop.link))
    }

    fn marks(&self, it: &EventView) -> String {
        escape(&self.citations.of(it))
    }
}

fn timeline_document(view: &View, timeline: &Timeline) -> String {
    let mut text = format!("# {}\n\n", view.words.get("head", "timeline"));
    let events: BTreeMap<&EventId, &EventView> = timeline
        .events
        .iter()
        .map(|it| (&it.event.id, it))
        .collect();
    let citations = match view.options.evidence {
        Detail::None => Citations::default(),
        Detail::Short | Detail::All => Citations::of_timeline(timeline),
    };
    for event in &timeline.events {
        let marks = escape(&citations.of(event));
        push(&mut text, &format!("- {} {marks}", dated(view, event)));
        for link in &timeline.links {
            let ends = link.in_time_order();
            let other = ends.filter(|it| *it.1 == event.event.id);
            if let Some(other) = other.and_then(|it| events.get(it.0)) {
                let marks = escape(&citations.marks(link.evidence()));
                push(
                    &mut text,
                    &format!("  - {} {marks}", back(view, link, other)),
                );
            }
        }
    }
    sources(&mut text, view, &citations);
    text
}

fn show_document(view: &View, shown: &Shown) -> String {
    let citations = Citations::of_shown(shown);
    let mut text = format!("# {}\n\n", label(view, &shown.event));
    push(&mut text, &dated(view, &shown.event));
    heading(&mut text, view.words.get("head", "links"));
    for link in &shown.links {
        let Some((earlier, later)) = link.in_time_order() else {
            continue;
        };
        let line = if *later == shown.event.event.id {
            shown.neighbours.get(earlier).map(|it| back(view, link, it))
        } else {
            let word = view.words.get("relation", link.relation.as_str());
            let other = shown.neighbours.get(later);
            other.map(|it| format!("*{word}* → {} — {}", dated(view, it), basis(view, link)))
        };
        if let Some(line) = line {
            let marks = escape(&citations.marks(link.evidence()));
            push(&mut text, &format!("- {line} {marks}"));
        }
    }
    sources(&mut text, view, &citations);
    text
}

fn back(view: &View, link: &Link, other: &EventView) -> String {
    let word = view.words.get("relation-back", link.relation.as_str());
    format!("*{word}*: {} — {}", label(view, other), basis(view, link))
}

fn basis(view: &View, link: &Link) -> String {
    let word = view.words.get("strength", link.strength.as_str());
    let known = format!("{word} {:.2}", link.confidence.value());
    if link.cue.is_empty() {
        return known;
    }
    format!("{known} “{}”", escape(&link.cue))
}

fn sources(text: &mut String, view: &View, citations: &Citations) {
    if citations.is_empty() {
        return;
    }
    heading(text, view.words.get("head", "evidence"));
    for (number, it) in citations.iter() {
        let place = escape(&cite::place_words(view, citations, it));
        let quote = escape(&cite::quote(view, it));
        let [before, after] = cite::around(view, it).unwrap_or_default().map(escape);
        let quote = format!("{before} “{quote}” {after}");
        push(text, &format!("{number}. {place}  \n   {}", quote.trim()));
    }
    heading(text, view.words.get("head", "articles"));
    for (letter, id) in citations.articles() {
        let name = escape(&cite::name(view, id));
        let parts = escape(&cite::whereabouts(view, id).join(" · "));
        push(text, &format!("- {letter} {name}  \n  {parts}"));
    }
}

fn dated(view: &View, it: &EventView) -> String {
    let date = escape(&date_words(view.words, &it.event.when));
    format!("**{date}** {}", label(view, it))
}

fn label(view: &View, it: &EventView) -> String {
    escape(it.event.label(view.lang()))
}

fn heading(text: &mut String, words: &str) {
    // Writing into a text cannot fail.
    let _ = write!(text, "\n## {words}\n\n");
}

fn push(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

/// Escapes what Markdown, its HTML and its automatic links read.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for it in clean::one_line(text).chars() {
        let read = matches!(
            it,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '<'
                | '>'
                | '&'
                | '#'
                | '|'
                | '~'
                | '$'
                | '@'
                | '!'
                | ':'
        );
        if read {
            escaped.push('\\');
        }
        escaped.push(it);
    }
    escaped.replace("www.", "www\\.")
}
