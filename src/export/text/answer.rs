//! An answer: the event, the chains, what is reversed, what disagrees, the evidence, the next step.

use super::super::cite::Citations;
use super::super::json::conflict_word;
use super::super::words::reversal_heading;
use super::super::{Detail, View, clean};
use super::page::{Ink, Page, Piece, width_of};
use super::{BASIS_COLUMN, basis, date, evidence, heading, label, next_steps};
use crate::answer::{Answer, Chain, Hop, Verb};
use crate::model::{EventId, EventView, Relation};

/// Cells before the date of a numbered chain.
const MARGIN: usize = 5;

/// Writes `answer`.
pub fn write(page: &mut Page, view: &View, answer: &Answer) {
    let told = Told {
        view,
        answer,
        citations: match view.options.evidence {
            Detail::None => Citations::default(),
            Detail::Short | Detail::All => Citations::of_answer(answer),
        },
        dates: date_width(page, view, answer),
    };
    told.head(page);
    told.chains(page);
    told.earlier(page);
    told.along(page);
    told.reverses(page);
    told.conflicts(page);
    evidence::write(
        page,
        view,
        &told.citations,
        answer.events.get(&answer.event),
    );
    next_steps(page, view, answer.event.as_str());
}

/// Returns the cells of the widest date at the head of a chain, within reason.
fn date_width(page: &Page, view: &View, answer: &Answer) -> usize {
    let firsts = answer.chains.iter().filter_map(|it| it.steps.first());
    let heads = firsts.chain(&answer.reverses).map(|it| &it.earlier);
    let earlier = answer.earlier.iter().filter(|_| answer.chains.is_empty());
    let events = heads
        .chain(earlier)
        .chain(&answer.along)
        .filter_map(|it| answer.events.get(it))
        .map(|it| clean::cells(&date(page, view, it)));
    events.max().unwrap_or(0).clamp(10, 20)
}

struct Told<'a, 'v> {
    view: &'v View<'a>,
    answer: &'a Answer,
    citations: Citations<'a>,
    dates: usize,
}

impl<'a> Told<'a, '_> {
    fn event(&self, id: &EventId) -> Option<&'a EventView> {
        self.answer.events.get(id)
    }

    /// Returns the cell at which labels begin.
    fn column(&self) -> usize {
        MARGIN + self.dates + 2
    }

    fn head(&self, page: &mut Page) {
        let key = match self.answer.verb {
            Verb::Why => "why",
            Verb::Effects => "effects",
            Verb::Path => "path",
        };
        page.put(
            Ink::Strong,
            &format!("{}: ", self.view.words.get("head", key)),
        );
        let begin = self.answer.begin.as_ref().and_then(|it| self.event(it));
        let event = self.event(&self.answer.event);
        let mut title: Vec<Piece> = Vec::new();
        for (idx, it) in begin.into_iter().chain(event).enumerate() {
            if 0 < idx {
                title.push(Piece::new(Ink::Strong, page.glyphs("→")));
            }
            title.push(Piece::new(Ink::Strong, label(self.view, it)));
        }
        page.flow(MARGIN, &title);
        let id = clean::one_line(self.answer.event.as_str());
        page.tail(usize::MAX, MARGIN, &[Piece::whole(Ink::Dim, id)]);
        page.end_line();
        if let Some(event) = event {
            page.pad_to(MARGIN);
            page.flow(MARGIN, &self.status(page, event));
            page.end_line();
        }
    }

    /// Returns when it happened, whether it did, who says so, and how many tell it.
    fn status(&self, page: &Page, event: &EventView) -> Vec<Piece> {
        let words = self.view.words;
        let factuality = words.get("factuality", event.event.factuality.as_str());
        let mut parts = vec![date(page, self.view, event), factuality.to_owned()];
        let who = evidence::quoted_names(self.view, event);
        if !who.is_empty() {
            let who = who.join(", ");
            parts.push(words.fill("say", "according-to", &[("who", &who)]));
        }
        parts.push(evidence::sources_words(self.view, event));
        let last = parts.len() - 1;
        let dot = page.glyphs("·");
        let mut pieces: Vec<Piece> = parts
            .iter()
            .enumerate()
            .map(|(idx, it)| {
                let dot = if idx < last {
                    format!(" {dot}")
                } else {
                    String::new()
                };
                Piece::new(Ink::Plain, format!("{it}{dot}"))
            })
            .collect();
        pieces.push(Piece::whole(Ink::Dim, self.citations.of(event)));
        pieces
    }

    fn chains(&self, page: &mut Page) {
        let (head, nothing) = match self.answer.verb {
            Verb::Why => ("led-here", "no-cause"),
            Verb::Effects => ("led-to", "no-effect"),
            Verb::Path => ("the-way", "no-path"),
        };
        let chains = &self.answer.chains;
        if chains.is_empty() {
            let nothing = self.view.words.none_found(nothing, self.answer.left_out);
            return heading(page, self.view, head, &nothing);
        }
        let note = self.view.words.count("paths", chains.len(), &[]);
        heading(page, self.view, head, &note);
        for (idx, chain) in chains.iter().enumerate() {
            self.chain(page, idx + 1, chain);
        }
    }

    fn chain(&self, page: &mut Page, number: usize, chain: &Chain) {
        let Some(first) = chain.steps.first() else {
            return;
        };
        page.put(Ink::Strong, &format!("{number:>3}  "));
        // What followed from the event need not name it again in front of every chain.
        let skip = self.answer.verb == Verb::Effects && first.earlier == self.answer.event;
        if !skip {
            self.row(page, &first.earlier);
        }
        for (depth, hop) in chain.steps.iter().enumerate() {
            self.hop(page, MARGIN + 2 * depth, hop);
        }
    }

    /// Writes an event with its date and the numbers of its sentences.
    fn row(&self, page: &mut Page, id: &EventId) {
        let Some(event) = self.event(id) else {
            return page.end_line();
        };
        let column = self.column();
        page.put(Ink::Plain, &date(page, self.view, event));
        page.put(Ink::Plain, "  ");
        page.pad_to(column);
        let label = Piece::new(Ink::Plain, label(self.view, event));
        let marks = Piece::whole(Ink::Dim, self.citations.of(event));
        page.flow(column, &[label, marks]);
        page.end_line();
    }

    /// Writes a step: the relation, where it leads, how that is known.
    fn hop(&self, page: &mut Page, margin: usize, hop: &Hop) {
        page.pad_to(margin);
        let relation = hop.link.relation;
        let word = self.view.words.get("relation", relation.as_str());
        let ink = match relation {
            Relation::Reverses => Ink::Alarm,
            _ => Ink::Plain,
        };
        let lead = page.glyphs(&format!("└ {word} →"));
        page.put(ink, &lead);
        page.put(Ink::Plain, " ");
        let column = (margin + clean::cells(&lead) + 1).max(self.column());
        page.pad_to(column);
        let tail = basis(
            page,
            self.view,
            &hop.link,
            self.citations.marks(hop.link.evidence()),
        );
        let target = self.target(
            page,
            &hop.later,
            page.width.saturating_sub(column + 2 + width_of(&tail)),
        );
        page.flow(column, &target);
        page.tail(BASIS_COLUMN, column, &tail);
        page.end_line();
    }

    /// Returns where a step leads; the event asked about is known by now and cut to `room` cells.
    fn target(&self, page: &Page, id: &EventId, room: usize) -> Vec<Piece> {
        let Some(event) = self.event(id) else {
            return Vec::new();
        };
        let label = label(self.view, event);
        if *id == self.answer.event {
            let whole = self.view.options.whole || room < 12;
            let room = if whole { usize::MAX } else { room };
            let label = clean::clip(&label, room, &page.glyphs("…"));
            return vec![Piece::new(Ink::Strong, label)];
        }
        let dated = format!("{}, {label}", date(page, self.view, event));
        let marks = Piece::whole(Ink::Dim, self.citations.of(event));
        vec![Piece::new(Ink::Plain, dated), marks]
    }

    fn earlier(&self, page: &mut Page) {
        if !self.answer.chains.is_empty() || self.answer.earlier.is_empty() {
            return;
        }
        heading(
            page,
            self.view,
            "earlier",
            self.view.words.get("say", "earlier-note"),
        );
        for id in &self.answer.earlier {
            page.pad_to(MARGIN);
            self.row(page, id);
        }
    }

    fn along(&self, page: &mut Page) {
        if self.answer.along.is_empty() {
            return;
        }
        let note = self.view.words.get("say", "earlier-note");
        heading(page, self.view, "along", note);
        for id in &self.answer.along {
            page.pad_to(MARGIN);
            self.row(page, id);
        }
    }

    fn reverses(&self, page: &mut Page) {
        let hops = &self.answer.reverses;
        if hops.is_empty() {
            return;
        }
        heading(page, self.view, reversal_heading(self.answer.verb), "");
        let (undone, beside): (Vec<&Hop>, Vec<&Hop>) = hops
            .iter()
            .partition(|it| it.link.relation == Relation::Reverses);
        let mut told: Vec<&Hop> = Vec::new();
        for hop in undone {
            page.pad_to(2);
            self.row(page, &hop.earlier);
            self.hop(page, MARGIN, hop);
            for it in &beside {
                let touches = [&it.earlier, &it.later].contains(&&hop.earlier);
                if touches && !told.contains(it) {
                    told.push(it);
                    self.beside(page, &hop.earlier, it);
                }
            }
        }
        for hop in beside.into_iter().filter(|it| !told.contains(it)) {
            page.pad_to(2);
            self.row(page, &hop.earlier);
            self.hop(page, MARGIN, hop);
        }
    }

    /// Writes what came before or after the event `here` that was undone.
    fn beside(&self, page: &mut Page, here: &EventId, hop: &Hop) {
        let (arrow, section, other) = if hop.later == *here {
            ("↑", "relation-back", &hop.earlier)
        } else {
            ("↓", "relation", &hop.later)
        };
        let Some(other) = self.event(other) else {
            return;
        };
        page.pad_to(MARGIN);
        let word = self.view.words.get(section, hop.link.relation.as_str());
        page.put(Ink::Plain, &page.glyphs(&format!("{arrow} {word}:")));
        page.put(Ink::Plain, " ");
        let dated = format!(
            "{}, {}",
            date(page, self.view, other),
            label(self.view, other)
        );
        page.flow(MARGIN + 2, &[Piece::new(Ink::Plain, dated)]);
        let tail = basis(
            page,
            self.view,
            &hop.link,
            self.citations.marks(hop.link.evidence()),
        );
        page.tail(BASIS_COLUMN, MARGIN + 2, &tail);
        page.end_line();
    }

    fn conflicts(&self, page: &mut Page) {
        let conflicts = &self.answer.conflicts;
        if conflicts.is_empty() {
            let none = self.view.words.get("say", "none-found");
            return heading(page, self.view, "conflicts", none);
        }
        heading(page, self.view, "conflicts", "");
        for it in conflicts {
            page.put(Ink::Alarm, "  ! ");
            let kind = self.view.words.get("conflict", conflict_word(it.kind));
            page.put(Ink::Plain, kind);
            page.put(Ink::Plain, "  ");
            page.pad_to(self.column());
            let text = Piece::new(Ink::Plain, clean::one_line(&it.text));
            let marks = Piece::whole(Ink::Dim, self.citations.marks(&it.evidence));
            page.flow(self.column(), &[text, marks]);
            page.end_line();
        }
    }
}
