//! Whether a rule holds in a text: one function for each sort of rule.

use super::Beside;
use crate::Result;
use crate::answer::Questions;
use crate::event::EventReader;
use crate::lang::{Example, Pack, Packs, RuleRow};
use crate::model::{Article, ArticleId, Field, Lang, Place, Published, Span, Timex};
use crate::pipeline::Reader;
use crate::syntax::SyntaxReader;
use crate::text::{
    BoilerplateFile, Document, Sentence, SentenceKind, TextReader, Token, WordSegmenter,
};
use crate::time::TimeReader;
use regex::Regex;
use rustc_hash::FxHashSet;
use std::sync::{Arc, OnceLock};

/// The day that examples were published, where they do not say.
const PUBLISHED: &str = "2025-07-16";

/// Whether a rule holds in a text, and what was found there.
pub(super) struct Found {
    pub holds: bool,
    pub seen: String,
    /// What holding means, as "a link by ko/link/ja".
    pub wanted: String,
}

/// Says whether the rule holds in the example; it is told whether it should.
pub(super) type Judge = Arc<dyn Fn(&RuleRow, &Example, bool) -> Found + Send + Sync>;

/// The pack whose rules are judged, and what its readers need.
pub(super) struct World<'a> {
    pack: &'a Pack,
    beside: Beside<'a>,
    text: OnceLock<Arc<TextReader>>,
}

impl<'a> World<'a> {
    pub fn new(pack: &'a Pack, beside: Beside<'a>) -> Self {
        Self {
            pack,
            beside,
            text: OnceLock::new(),
        }
    }

    /// Returns the reader of text; its dictionary is loaded once.
    fn text(&self) -> Result<Arc<TextReader>> {
        if let Some(reader) = self.text.get() {
            return Ok(Arc::clone(reader));
        }
        let reader = Arc::new(TextReader::new(self.pack, self.beside.catalog)?);
        Ok(Arc::clone(self.text.get_or_init(|| reader)))
    }
}

/// An accepted text has the expression, read by that rule with that value; in a rejected one the rule reads nothing.
pub(super) fn timex(world: &World<'_>) -> Result<Judge> {
    let reader = TimeReader::new(world.pack)?;
    let lang = world.pack.lang.clone();
    Ok(Arc::new(move |row, example, wants| {
        let rule = format!("{lang}/timex/{}", row.id);
        let get = |key: &str| example.wanted.get(key).map_or("", String::as_str);
        let dct = example.wanted.get("dct").map(String::as_str);
        // Without a date of its own an accepted text has none, a rejected one the usual.
        let dct = if wants { dct } else { Some(PUBLISHED) };
        let found = timexes(&reader, &article(&lang, &example.text, dct));
        let by_rule = |it: &&(String, Timex)| it.1.rule.as_str() == rule;
        let edtf = |it: &Timex| {
            it.edtf
                .as_ref()
                .map_or_else(String::new, ToString::to_string)
        };
        let holds = match found
            .iter()
            .filter(by_rule)
            .find(|it| !wants || it.0 == get("timex"))
        {
            Some((_, it)) if wants => {
                it.value == get("value") && (get("edtf").is_empty() || edtf(it) == get("edtf"))
            }
            found => found.is_some(),
        };
        let wanted = if wants {
            expression(get("timex"), get("value"), get("edtf"), &rule)
        } else {
            format!("an expression by {rule}")
        };
        let seen = found
            .iter()
            .map(|(text, it)| expression(text, &it.value, &edtf(it), it.rule.as_str()));
        Found {
            holds,
            seen: listed(seen),
            wanted,
        }
    }))
}

/// An accepted line is no news by that rule, a rejected one is not told by it.
pub(super) fn boilerplate(world: &World<'_>) -> Result<Judge> {
    let file: BoilerplateFile = world.pack.rows("boilerplate.toml")?;
    let patterns: Vec<(String, Option<Regex>)> = file
        .line
        .into_iter()
        .chain(file.lead)
        .map(|it| (it.id, Regex::new(&it.pattern).ok()))
        .collect();
    Ok(Arc::new(move |row, example, _| {
        let own = patterns.iter().find(|it| it.0 == row.id);
        let pattern = own.and_then(|it| it.1.as_ref());
        let holds = pattern.is_some_and(|it| it.is_match(&example.text));
        let seen = if holds { "a match of" } else { "no match of" };
        let text = pattern.map_or("a wrong pattern", Regex::as_str);
        Found {
            holds,
            seen: format!("{seen} `{text}` in \"{}\"", example.text),
            wanted: "a match".to_owned(),
        }
    }))
}

/// The `[word]` of an accepted sentence has the tag that the rule gives, that of a rejected one has another.
pub(super) fn tagging(world: &World<'_>) -> Result<Judge> {
    let lexicon = world.pack.file("lexicon.tsv").as_bytes();
    let segmenter = WordSegmenter::new(world.pack, lexicon)?;
    Ok(Arc::new(move |row, example, _| {
        let pattern = row.texts.get("match").map_or("", String::as_str);
        let (_, to) = pattern.split_once('>').unwrap_or_default();
        let tag: String = to
            .chars()
            .take_while(|it| !matches!(it, ':' | ']'))
            .collect();
        let text = example.text.replace(['[', ']'], "");
        let tokens = segmenter.tokens(&text, 0);
        let at = example.text.find('[');
        let token = tokens.iter().find(|it| Some(it.span.start()) == at);
        let found = token.map_or("no [word] in the example", |it| it.tag.as_str());
        Found {
            holds: found == tag,
            seen: format!("{found} in \"{}\"", example.text),
            wanted: tag,
        }
    }))
}

/// An accepted sentence has the frame, a rejected one has not.
pub(super) fn frame(world: &World<'_>) -> Result<Judge> {
    syntactic(world, SyntaxReader::corrected, "the frame", |it, of| {
        it.frames_in(of)
    })
}

/// A token of an accepted sentence is corrected, and none of a rejected one.
pub(super) fn retag(world: &World<'_>) -> Result<Judge> {
    syntactic(
        world,
        |_, it| it,
        "a token corrected by",
        |it, of| it.corrections_in(&of.tokens),
    )
}

/// The rule is among those that `rules` finds in a sentence whose tokens `prepare` has made ready.
fn syntactic(
    world: &World<'_>,
    prepare: fn(&SyntaxReader, Vec<Token>) -> Vec<Token>,
    wanted: &'static str,
    rules: for<'a> fn(&'a SyntaxReader, &'a Sentence) -> Vec<&'a str>,
) -> Result<Judge> {
    let text = world.text()?;
    let syntax = SyntaxReader::new(world.pack, FxHashSet::default())?;
    let lang = world.pack.lang.clone();
    Ok(Arc::new(move |row, example, _| {
        let article = article(&lang, &example.text, None);
        let document = text.read(&article, &|it| prepare(&syntax, it));
        let sentences = document.sentences.iter();
        let found: Vec<&str> = sentences.flat_map(|it| rules(&syntax, it)).collect();
        Found {
            holds: found.contains(&row.id.as_str()),
            seen: format!("{} in {}", listed(found.iter()), tokens(&document)),
            wanted: format!("{wanted} `{}`", row.id),
        }
    }))
}

/// The rule decides a predicate of an accepted sentence, and none of a rejected one.
pub(super) fn factuality(world: &World<'_>) -> Result<Judge> {
    let text = world.text()?;
    let events = EventReader::new(world.pack, world.beside.types)?;
    let syntax = SyntaxReader::new(world.pack, events.lexicon().event_nouns())?;
    let lang = world.pack.lang.clone();
    Ok(Arc::new(move |row, example, _| {
        let article = article(&lang, &example.text, None);
        let document = text.read(&article, &|it| syntax.corrected(it));
        let mut found = Vec::new();
        for sentence in &document.sentences {
            let clauses = syntax.clauses(&article.text, sentence);
            let rules = events.factuality_in(sentence, &clauses);
            found.extend(rules.into_iter().map(str::to_owned));
        }
        Found {
            holds: found.contains(&row.id),
            seen: format!("{} in {}", listed(found.iter()), tokens(&document)),
            wanted: format!("a predicate decided by `{}`", row.id),
        }
    }))
}

/// The whole line makes a link by that rule of an accepted text, and none of a rejected one.
pub(super) fn causal(world: &World<'_>) -> Result<Judge> {
    let mut packs: Packs = world.beside.packs.clone();
    packs.add(world.pack.clone());
    let reader = Reader::new(&packs, world.beside.catalog, world.beside.types)?;
    let lang = world.pack.lang.clone();
    reader.prepare(&lang).map_err(crate::Error::usage)?;
    Ok(Arc::new(move |row, example, _| {
        let link = format!("{lang}/link/{}", row.id);
        let article = article(&lang, &example.text, Some(PUBLISHED));
        let (reading, _) = reader.read_with_background(article);
        let events = reading.events.iter().map(|it| {
            let place = it.main_mention().evidence.place;
            let words = reading.article.slice(place.field, place.span);
            format!("{} \"{words}\"", it.event_type)
        });
        let links = reading.links.iter().map(|it| it.rule.as_str());
        Found {
            holds: links.clone().any(|it| it == link),
            seen: format!("links {}; events {}", listed(links), listed(events)),
            wanted: format!("a link by {link}"),
        }
    }))
}

/// An accepted question is read by that rule and leaves those words; a rejected one is not read by it.
pub(super) fn question(world: &World<'_>) -> Result<Judge> {
    let mut packs: Packs = world.beside.packs.clone();
    packs.add(world.pack.clone());
    let questions = Questions::new(&packs)?;
    let lang = world.pack.lang.clone();
    Ok(Arc::new(move |row, example, wants| {
        let asked = questions.read(&example.text);
        let get = |key: &str| example.wanted.get(key).map(String::as_str);
        let rule = format!("{lang}/questions/{}", row.id);
        let event = get("to").or_else(|| get("event")).unwrap_or("");
        let by_rule = asked.rule.as_deref() == Some(rule.as_str());
        let shown = |event: &str, begin: Option<&str>| {
            let begin = begin.map_or_else(String::new, |it| format!(" from \"{it}\""));
            format!("\"{event}\"{begin}")
        };
        Found {
            holds: by_rule
                && (!wants || asked.event == event && asked.begin.as_deref() == get("from")),
            seen: format!(
                "{} by {}",
                shown(&asked.event, asked.begin.as_deref()),
                asked.rule.as_deref().unwrap_or("no rule")
            ),
            wanted: if wants {
                format!("{} by {rule}", shown(event, get("from")))
            } else {
                rule
            },
        }
    }))
}

/// Returns a time expression as a message says it; the EDTF date where it is not the value.
fn expression(text: &str, value: &str, edtf: &str, rule: &str) -> String {
    let edtf = if edtf.is_empty() || edtf == value {
        String::new()
    } else {
        format!(" ({edtf})")
    };
    format!("\"{text}\" = {value}{edtf} by {rule}")
}

fn article(lang: &Lang, text: &str, published: Option<&str>) -> Article {
    Article {
        id: ArticleId::new("example"),
        title: None,
        text: text.to_owned(),
        lang: lang.clone(),
        published: published.and_then(Published::parse),
        source: None,
        url: None,
    }
}

/// Reads an article whose sentences stand on lines of their own.
fn timexes(reader: &TimeReader, article: &Article) -> Vec<(String, Timex)> {
    let text = &article.text;
    let mut sentences = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive('\n') {
        if let Some(span) = Span::new(start, start + part.len()) {
            sentences.push(Sentence {
                place: Place::new(Field::Text, span),
                kind: SentenceKind::Body,
                paragraph: 0,
                tokens: Vec::new(),
                quotes: Vec::new(),
            });
        }
        start += part.len();
    }
    let document = Document { article, sentences };
    let (timexes, _) = reader.read(&document);
    let words = |it: Timex| (it.place.span.slice(text).to_owned(), it);
    timexes.into_iter().map(words).collect()
}

/// Returns the words of the document with their tags.
fn tokens(document: &Document<'_>) -> String {
    let tokens = document.sentences.iter().flat_map(|it| &it.tokens);
    let tokens = tokens.map(|it| format!("{}/{}", it.form, it.tag.as_str()));
    tokens.collect::<Vec<_>>().join(" ")
}

fn listed(items: impl Iterator<Item = impl ToString>) -> String {
    let items: Vec<String> = items.map(|it| it.to_string()).collect();
    if items.is_empty() {
        "nothing".to_owned()
    } else {
        items.join(", ")
    }
}
