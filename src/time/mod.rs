//! Document → time expressions: matched by the rules of `timex.toml`, resolved against the publication date and the story so far.
//!
//! It knows no language; every word is in the pack. It does not say which event happened when.
//!
//! Reading has three steps: rules read words (`matcher`), joining rules make larger expressions of smaller ones, and what they say becomes dates (`resolve`).
//!
//! ```
//! use backstory::lang::Packs;
//! use backstory::model::{Article, ArticleId, Field, Lang, Place, Published, Span};
//! use backstory::text::{Document, Sentence, SentenceKind};
//! use backstory::time::TimeReader;
//!
//! let article = Article {
//!     id: ArticleId::new("h20"),
//!     title: None,
//!     text: "Nvidia said on July 14 that it would resume sales.".to_owned(),
//!     lang: Lang::new("en"),
//!     published: Published::parse("2025-07-16"),
//!     source: None,
//!     url: None,
//! };
//! let span = Span::new(0, article.text.len()).unwrap();
//! let sentence = Sentence {
//!     place: Place::new(Field::Text, span),
//!     kind: SentenceKind::Body,
//!     paragraph: 0,
//!     tokens: Vec::new(),
//!     quotes: Vec::new(),
//! };
//! let document = Document { article: &article, sentences: vec![sentence] };
//! let packs = Packs::embedded()?;
//! let (timexes, _) = TimeReader::new(packs.get(&article.lang)?)?.read(&document);
//! assert_eq!(timexes[0].value, "2025-07-14");
//! # Ok::<(), backstory::Error>(())
//! ```

mod answer;
mod calendar;
mod clock;
mod context;
mod feast;
mod fields;
mod length;
mod marker;
mod matcher;
mod meaning;
mod moon;
mod need;
mod pattern;
mod reach;
mod resolve;
mod rule;
mod share;
mod tithi;
mod weekday;
mod zone;

use crate::lang::{Pack, timex::AroundRow};
use crate::model::{Diagnostic, Place, Timex, TimexKind};
use crate::text::Document;
use crate::{Error, Result};
use chrono::NaiveDateTime;
use matcher::{Found, Matcher};
use meaning::Tense;
use regex::{Regex, RegexBuilder};
use resolve::{Lack, Narrative, Resolved};

/// Reads the time expressions of one language; made once, used for any number of documents.
#[derive(Debug)]
pub struct TimeReader {
    matcher: Matcher,
    future: Around,
    past: Around,
    behind: Around,
    /// What may stand beside the expressions of a text that tells nothing else.
    alone: Option<Regex>,
    nearest_year: bool,
    joints: share::Joints,
    /// The zone of articles that tell none with their publication.
    home: Option<i32>,
}

/// How much memory one thread may use for what it knows of a cue: a cue that looks far ahead knows much, and forgetting it costs more.
const CUE_MEMORY: usize = 8 << 20;

/// Cues before and after an expression.
#[derive(Debug)]
struct Around {
    left: Option<Regex>,
    right: Option<Regex>,
}

impl TimeReader {
    /// Returns a reader with the rules of `pack`.
    ///
    /// # Errors
    ///
    /// If a rule is wrong; the message names the rule and what is known.
    pub fn new(pack: &Pack) -> Result<Self> {
        let matcher = Matcher::new(pack)?;
        Ok(Self {
            future: Around::new(&matcher, pack, &pack.timex.future)?,
            past: Around::new(&matcher, pack, &pack.timex.past)?,
            behind: Around::new(&matcher, pack, &pack.timex.behind)?,
            alone: cue(&matcher, pack, &pack.timex.alone)?,
            nearest_year: pack.timex.nearest_year,
            joints: share::Joints {
                list: cue(&matcher, pack, &pack.timex.list)?,
                same: cue(&matcher, pack, &pack.timex.same)?,
            },
            home: zone::code(&pack.timex.zone),
            matcher,
        })
    }

    /// Returns the time expressions of `document` in order, and what could not be dated.
    ///
    /// Without a publication date whatever is relative to it has an empty value; text is never an error.
    pub fn read(&self, document: &Document<'_>) -> (Vec<Timex>, Vec<Diagnostic>) {
        let published = document.article.published.as_ref();
        let moment = published.and_then(|it| {
            let text = it.original.get(..16)?.replace(' ', "T");
            NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M").ok()
        });
        let told = published.and_then(|it| zone::of_moment(&it.original));
        let home = told.or(self.home);
        let day = published.map(|it| it.day);
        let mut narrative = Narrative::new(day, moment, self.nearest_year, home);
        let (mut timexes, mut diagnostics) = (Vec::new(), Vec::new());
        for sentence in &document.sentences {
            let text = document.slice(sentence, sentence.span());
            let mut all = self.matcher.find(text);
            self.joints.share(text, &mut all);
            let alone = document.sentences.len() == 1 && self.is_alone(text, &all);
            for mut found in all {
                if alone {
                    found.meaning = found.meaning.coming();
                }
                let place = Place::new(sentence.field(), found.span.shift(sentence.span().start()));
                let rule = &self.matcher.rules[found.rule].id;
                let tense = if alone {
                    Tense::Ahead
                } else {
                    self.tense(text, &found)
                };
                match narrative.resolve(&found.meaning, tense) {
                    Ok(resolved) => {
                        narrative.advance(&found.meaning, &resolved);
                        timexes.push(timex(place, resolved, rule.clone()));
                    }
                    Err(lack) => {
                        let message = lack_message(lack, found.span.slice(text));
                        diagnostics.push(Diagnostic {
                            place: Some(place),
                            message,
                            rule: rule.clone(),
                        });
                        // What points at nothing says nothing: "at the time", with no time told.
                        let nothing = lack == Lack::Told && found.meaning.is_same();
                        if lack != Lack::Date && !nothing {
                            timexes.push(unresolved(place, &found, lack, rule.clone()));
                        }
                    }
                }
            }
        }
        (timexes, diagnostics)
    }

    /// Returns what the sentence speaks of where `found` stands.
    fn tense(&self, text: &str, found: &Found) -> Tense {
        let at = found.context;
        let (before, after) = (&text[..at.start()], &text[at.end()..]);
        if self.past.is_match(before, after) {
            Tense::Behind
        } else if self.future.is_match(before, after) {
            Tense::Ahead
        } else if self.behind.is_match(before, after) {
            Tense::Behind
        } else {
            Tense::Open
        }
    }

    /// Tells whether `text` is nothing but the expressions `all`.
    fn is_alone(&self, text: &str, all: &[Found]) -> bool {
        let Some(alone) = self.alone.as_ref().filter(|_| !all.is_empty()) else {
            return false;
        };
        let mut from = 0;
        let mut between = |to: usize, next: usize| {
            let rest = text.get(from..to).unwrap_or("");
            from = next;
            alone.is_match(rest)
        };
        let inside = all.iter().all(|it| between(it.span.start(), it.span.end()));
        inside && between(text.len(), text.len())
    }
}

impl Around {
    fn new(matcher: &Matcher, pack: &Pack, row: &AroundRow) -> Result<Self> {
        Ok(Self {
            left: cue(matcher, pack, &row.left)?,
            right: cue(matcher, pack, &row.right)?,
        })
    }

    fn is_match(&self, before: &str, after: &str) -> bool {
        let is = |cue: &Option<Regex>, text: &str| cue.as_ref().is_some_and(|it| it.is_match(text));
        is(&self.left, before) || is(&self.right, after)
    }
}

/// Returns the cue `pattern`, `None` if there is none.
fn cue(matcher: &Matcher, pack: &Pack, pattern: &str) -> Result<Option<Regex>> {
    if pattern.is_empty() {
        return Ok(None);
    }
    let regex = matcher.tables.expand(pattern).map(|it| it.regex);
    let regex = regex.and_then(|it| {
        let mut regex = RegexBuilder::new(&it);
        let regex = regex.dfa_size_limit(CUE_MEMORY).build();
        regex.map_err(|it| it.to_string())
    });
    regex.map(Some).map_err(|it| {
        let lang = &pack.lang;
        Error::usage(format!(
            "data/lang/{lang}/timex.toml: cue `{pattern}`: {it}"
        ))
        .hint("a cue is a regular expression; see [future] and [past] in docs/packs.md")
    })
}

fn timex(place: Place, resolved: Resolved, rule: crate::model::RuleId) -> Timex {
    let Resolved {
        answer,
        approximate,
        anaphoric,
        elapsed,
        covers,
        derivation,
    } = resolved;
    let kind = answer.kind();
    // A time of day is always rough; only dates say so.
    let rough = approximate && kind == TimexKind::Date;
    let edtf = answer
        .edtf()
        .map(|it| if rough { it.approximately() } else { it });
    Timex {
        place,
        kind,
        value: answer.value(),
        edtf,
        covers: covers.or_else(|| clock::covers(&answer)),
        anaphoric,
        elapsed,
        rule,
        derivation,
    }
}

fn unresolved(place: Place, found: &Found, lack: Lack, rule: crate::model::RuleId) -> Timex {
    // How far away is told all the same: an hour later, three days later where no day was told.
    let length = found.meaning.length();
    let length = length.filter(|it| lack == Lack::Told || it.has_clock());
    Timex {
        place,
        kind: length.map_or_else(|| found.meaning.kind(), |_| TimexKind::Duration),
        value: length.map_or_else(|| found.meaning.partial_value(), length::value),
        edtf: None,
        covers: None,
        anaphoric: false,
        elapsed: false,
        rule,
        derivation: "unresolved: relative to a date or an hour that is not known".to_owned(),
    }
}

fn lack_message(lack: Lack, words: &str) -> String {
    match lack {
        Lack::Published => {
            format!(
                "`{words}` counts from the publication date, which is not known; give it with --published DATE"
            )
        }
        Lack::Moment => {
            format!(
                "`{words}` counts from the hour of publication, which is not known; give it with --published DATETIME"
            )
        }
        Lack::Told => {
            format!("`{words}` counts from a date told before, and there is none")
        }
        Lack::Date => format!("`{words}` is no date of the calendar; left out"),
    }
}
