//! Text for a terminal: the event, what led to it, what was reversed, what disagrees, and the sentences that say so.
//!
//! The basis word always precedes the number, dates carry their granularity in words, and every statement carries the numbers of its sentences.

mod answer;
mod evidence;
mod listing;
mod page;

use super::{Content, Exporter, View, clean, dates};
use crate::model::{EventView, Link, Strength};
use page::{Ink, Page, Piece};
use std::io;

/// The format `text`.
pub struct Text;

impl Exporter for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extension(&self) -> &'static str {
        "txt"
    }

    fn about(&self) -> &'static str {
        "text for a terminal, every statement with the numbers of its sentences"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["answer", "timeline", "show", "find"]
    }

    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        let mut page = Page::new(view.options);
        match view.content {
            Content::Answer(answer) => answer::write(&mut page, view, answer),
            Content::Timeline(timeline) => listing::timeline(&mut page, view, timeline),
            Content::Show(shown) => listing::show(&mut page, view, shown),
            Content::Found(found) => listing::found(&mut page, view, found),
        }
        page.end_line();
        out.write_all(page.finish().as_bytes())
    }
}

/// Where the basis of a claim stands, if the line leaves room.
const BASIS_COLUMN: usize = 47;

fn heading(page: &mut Page, view: &View, key: &str, note: &str) {
    page.blank();
    page.put(Ink::Strong, &page.glyphs(view.words.get("head", key)));
    if !note.is_empty() {
        page.put(Ink::Plain, "  ");
        let hang = clean::cells(view.words.get("head", key)) + 2;
        page.flow(hang, &[Piece::new(Ink::Plain, page.glyphs(note))]);
    }
    page.end_line();
}

fn label(view: &View, event: &EventView) -> String {
    clean::one_line(event.event.label(view.lang()))
}

fn date(page: &Page, view: &View, event: &EventView) -> String {
    page.glyphs(&dates::date_words(view.words, &event.event.when))
}

/// Returns the basis of a claim: how it is known, how sure, by which words, in which sentences.
fn basis(page: &Page, view: &View, link: &Link, marks: String) -> Vec<Piece> {
    let colour = match link.strength {
        Strength::Explicit => Ink::Sure,
        _ => Ink::Unsure,
    };
    let word = view.words.get("strength", link.strength.as_str());
    let known = format!("{word} {:.2}", link.confidence.value());
    let mut pieces = vec![Piece::whole(colour, known)];
    let cue = clean::one_line(&link.cue);
    if !cue.is_empty() {
        let room = if view.options.whole { usize::MAX } else { 24 };
        let cue = clean::clip(&cue, room, &page.glyphs("…"));
        pieces.push(Piece::whole(Ink::Plain, format!("\"{cue}\"")));
    }
    if !marks.is_empty() {
        pieces.push(Piece::whole(Ink::Dim, marks));
    }
    pieces
}

/// Writes the commands that lead on from here, each on a line of its own and unbroken, to be copied.
fn next_steps(page: &mut Page, view: &View, id: &str) {
    let id = clean::one_line(id);
    page.blank();
    let lead = format!("{}: ", view.words.get("head", "next"));
    page.put(Ink::Dim, &lead);
    let again = clean::one_line(view.again);
    let again = if again.is_empty() {
        again
    } else {
        format!(" {again}")
    };
    let column = clean::cells(&lead);
    page.put(Ink::Dim, &format!("backstory show {id}{again}"));
    page.end_line();
    page.pad_to(column);
    let around = format!("backstory timeline --around {id} -o story.svg{again}");
    page.put(Ink::Dim, &around);
    page.end_line();
}
