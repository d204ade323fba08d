//! `explain`: for every fact of an article the rule that read it, and how its date came about.

use super::{
    Context, Done, Outcome,
    engine::{self, Read},
    verbs::{ExtractArgs, Kind},
};
use crate::{
    export::Offsets,
    model::{Event, Evidence, Field, Link, LinkEnd, Place, Reading, Timex},
    pipeline::Reader,
};
use std::fmt::Write;

pub fn run(ctx: &Context, args: &ExtractArgs) -> Done {
    let options = args
        .given
        .options(ctx.global.given_lang(), Kind::format(args.kind));
    let (articles, failed) = ctx.articles(ctx.inputs(&args.paths, &options));
    let reader = ctx.engine.reader()?;
    for read in engine::read_all(&reader, articles, Reader::read)? {
        ctx.console.print(&Explanation::of(&read).text(&read))?;
    }
    Ok(Outcome::after(failed))
}

/// Words and places of one article.
struct Explanation<'a> {
    reading: &'a Reading,
    title: Offsets<'a>,
    text: Offsets<'a>,
}

impl<'a> Explanation<'a> {
    fn of(read: &'a Read) -> Self {
        let article = &read.reading.article;
        Self {
            reading: &read.reading,
            title: Offsets::new(article.field(Field::Title)),
            text: Offsets::new(&article.text),
        }
    }

    fn text(&self, read: &Read) -> String {
        let article = &self.reading.article;
        let published = article.published.as_ref();
        let mut out = format!(
            "{}  {}  {}  {}\n",
            read.name,
            article.id,
            article.lang,
            published.map_or("no publication date", |it| &it.original)
        );
        section(
            &mut out,
            "times",
            self.reading.timexes.iter().map(|it| self.timex(it)),
        );
        section(
            &mut out,
            "events",
            self.reading.events.iter().map(|it| self.event(it)),
        );
        section(
            &mut out,
            "claims",
            self.reading.links.iter().map(|it| self.link(it)),
        );
        let notes = read.diagnostics.iter();
        section(
            &mut out,
            "notes",
            notes.map(|it| {
                let place = it
                    .place
                    .map_or_else(String::new, |it| format!("{} ", self.words(it)));
                format!("  {place}{}\n    rule {}\n", it.message, it.rule)
            }),
        );
        out
    }

    fn timex(&self, timex: &Timex) -> String {
        let value = if timex.value.is_empty() {
            "unresolved"
        } else {
            &timex.value
        };
        let mut out = format!(
            "  {}  {}  {value}\n",
            self.words(timex.place),
            timex.kind.as_str()
        );
        let _ = writeln!(out, "    rule {}: {}", timex.rule, timex.derivation);
        out
    }

    fn event(&self, event: &Event) -> String {
        let date = event.when.edtf().map_or_else(
            || "no date stated".to_owned(),
            |it| format!("{it} ({})", event.when.certainty().as_str()),
        );
        let lang = &self.reading.article.lang;
        let mut out = format!(
            "  {}  {}  {}\n",
            event.id,
            event.event_type,
            event.label(lang)
        );
        let _ = writeln!(out, "    {date}, {}", event.factuality.as_str());
        for mention in event.mentions() {
            out.push_str(&self.evidence(&mention.evidence));
            for source in &mention.attribution {
                let _ = writeln!(out, "      said by {}", self.words(source.place));
            }
        }
        for it in &event.participants {
            let entity = it
                .entity
                .as_ref()
                .map_or_else(String::new, |it| format!(" = {it}"));
            let not = if it.negated { "not " } else { "" };
            let _ = writeln!(
                out,
                "    {not}{} {}{entity}",
                it.role.as_str(),
                self.words(it.place)
            );
        }
        out
    }

    fn link(&self, link: &Link) -> String {
        let mut out = format!(
            "  {} {} {}\n    {}, {:.2}{}{}\n",
            self.end(&link.from),
            link.relation.as_str(),
            self.end(&link.to),
            link.strength.as_str(),
            link.confidence.value(),
            if link.asserted { ", asserted" } else { "" },
            link.cue_place
                .map_or_else(String::new, |it| format!(", cue {}", self.words(it)))
        );
        for evidence in link.evidence() {
            out.push_str(&self.evidence(evidence));
        }
        out
    }

    fn end(&self, end: &LinkEnd) -> String {
        let clause = || end.clause.map(|it| self.words(it));
        let event = end.event.as_ref().map(ToString::to_string);
        event.or_else(clause).unwrap_or_else(|| "?".to_owned())
    }

    fn evidence(&self, evidence: &Evidence) -> String {
        let sentence = Place::new(evidence.place.field, evidence.sentence);
        let quote = self.reading.article.slice(sentence.field, sentence.span);
        let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
        format!(
            "    rule {} at {}\n      in \"{quote}\"\n",
            evidence.rule,
            self.words(evidence.place)
        )
    }

    /// Returns the words of `place` with their code points.
    fn words(&self, place: Place) -> String {
        let offsets = match place.field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        };
        let (start, end) = offsets.of(place.span);
        let words = self.reading.article.slice(place.field, place.span);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("\"{words}\" ({} {start}-{end})", place.field.as_str())
    }
}

fn section(out: &mut String, name: &str, rows: impl Iterator<Item = String>) {
    let _ = writeln!(out, "{name}");
    let before = out.len();
    for row in rows {
        out.push_str(&row);
    }
    if out.len() == before {
        out.push_str("  none\n");
    }
}
