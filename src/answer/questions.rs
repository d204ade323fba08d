//! What a question asks: its verb and the words that name the event, by `data/lang/<lang>/questions.toml`.
//!
//! The words are matched here and nowhere else; nothing here knows events.

use super::{Verb, terms::Words};
use crate::lang::{Pack, Packs, parse_toml};
use crate::model::Lang;
use crate::{Error, Result};
use regex::{Captures, Regex};
use serde::Deserialize;

/// `questions.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionsFile {
    /// Ways to ask; the first that matches decides.
    #[serde(default)]
    pub question: Vec<QuestionRow>,
    /// Ways to name a day or a month in a question.
    #[serde(default)]
    pub date: Vec<DateRow>,
    /// Words and endings that say nothing about an event.
    #[serde(default)]
    pub words: WordsRow,
}

/// One way to ask.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionRow {
    /// Its name.
    pub id: String,
    /// `why`, `effects` or `path`.
    pub verb: String,
    /// What asks; dropped, unless it has a group `event`, or `from` and `to`.
    #[serde(rename = "match")]
    pub pattern: String,
    /// Whether it asks for the course of events, not for causes alone.
    #[serde(default)]
    pub course: bool,
    /// Questions it reads, with what is left of them.
    pub accept: Vec<AcceptRow>,
    /// Texts it must not match.
    pub reject: Vec<String>,
}

/// A question and what is left of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptRow {
    /// The question.
    pub text: String,
    /// The words that name the event.
    pub event: Option<String>,
    /// Of a path, the words that name its beginning.
    pub from: Option<String>,
    /// Of a path, the words that name its end.
    pub to: Option<String>,
}

/// One way to name a day or a month.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRow {
    /// With the groups `y`, `m`, `d`; `{month}` is any of the months' names.
    #[serde(rename = "match")]
    pub pattern: String,
}

/// Words and endings that say nothing about an event.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsRow {
    /// The names of each month.
    #[serde(default)]
    pub months: Vec<Vec<String>>,
    /// Words that are dropped.
    #[serde(default)]
    pub stop: Vec<String>,
    /// Endings that are cut off.
    #[serde(default)]
    pub suffixes: Vec<String>,
}

/// A day, a month or a year named in a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateHint {
    /// The year.
    pub year: Option<i32>,
    /// The month, 1 to 12.
    pub month: Option<u32>,
    /// The day of the month.
    pub day: Option<u32>,
}

/// What a question asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What for; `None` if no rule knows the question.
    pub verb: Option<Verb>,
    /// The words that name the event; of a path, its end.
    pub event: String,
    /// Of a path, the words that name its beginning.
    pub begin: Option<String>,
    /// Whether the course of events is asked for, not causes alone.
    pub course: bool,
    /// The rule that read it, as `en/questions/why`.
    pub rule: Option<String>,
}

impl Asked {
    /// Returns what words that ask nothing name: an event.
    pub(super) fn words(text: &str) -> Self {
        Self {
            verb: None,
            event: text.to_owned(),
            begin: None,
            course: false,
            rule: None,
        }
    }
}

struct Rule {
    id: String,
    verb: Verb,
    course: bool,
    pattern: Regex,
}

struct Rules {
    lang: Lang,
    scripts: Vec<String>,
    asking: Vec<Rule>,
    dates: Vec<Regex>,
    months: Vec<Vec<String>>,
}

/// The ways to ask in every language.
pub struct Questions {
    langs: Vec<Rules>,
    words: Words,
}

impl Questions {
    /// Returns the ways to ask of `packs`.
    ///
    /// # Errors
    ///
    /// If a rule file is wrong; the message names the rule.
    pub fn new(packs: &Packs) -> Result<Self> {
        let mut words = Words::default();
        let mut langs = Vec::new();
        for pack in packs.iter() {
            let file = Self::file(pack)?;
            words.add(&file.words);
            langs.push(Rules::new(pack, file)?);
        }
        Ok(Self { langs, words })
    }

    /// Returns the rows of the pack's `questions.toml`.
    ///
    /// # Errors
    ///
    /// If the file is wrong.
    pub fn file(pack: &Pack) -> Result<QuestionsFile> {
        let path = pack.shown("questions.toml");
        parse_toml(&path, pack.file("questions.toml"))
    }

    /// Returns the language of `text`: the first whose script it uses, Latin script last.
    pub fn lang_of(&self, text: &str) -> Option<&Lang> {
        let uses = |rules: &&Rules, latin: bool| {
            let scripts = rules.scripts.iter().map(String::as_str);
            let mut fitting = scripts.filter(|it| (*it == "Latin") == latin);
            fitting.any(|it| text.chars().any(|c| is_script(c, it)))
        };
        let mut langs = self.langs.iter();
        let other = langs.find(|it| uses(it, false));
        let latin = || self.langs.iter().find(|it| uses(it, true));
        other.or_else(latin).map(|it| &it.lang)
    }

    /// Returns what `text` asks.
    pub fn read(&self, text: &str) -> Asked {
        let text = text.trim();
        let lang = self.lang_of(text);
        let rules = self.langs.iter().find(|it| Some(&it.lang) == lang);
        let rules = rules.into_iter().flat_map(|it| &it.asking);
        for rule in rules {
            if let Some(found) = rule.pattern.captures(text) {
                return rule.asked(text, &found);
            }
        }
        Asked::words(text)
    }

    /// Returns the date named in `text`, and `text` without it.
    pub fn date_of(&self, text: &str) -> (Option<DateHint>, String) {
        for lang in &self.langs {
            for pattern in &lang.dates {
                let Some(found) = pattern.captures(text) else {
                    continue;
                };
                let number = |name: &str| found.name(name)?.as_str().parse::<u32>().ok();
                let month = number("m").or_else(|| lang.month(found.name("m")?.as_str()));
                let hint = DateHint {
                    year: number("y").and_then(|it| i32::try_from(it).ok()),
                    month,
                    day: number("d"),
                };
                return (Some(hint), without(text, &found));
            }
        }
        (None, text.to_owned())
    }

    /// Returns how words are compared.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }
}

impl Rules {
    fn new(pack: &Pack, file: QuestionsFile) -> Result<Self> {
        let path = pack.shown("questions.toml");
        let wrong = |id: &str, message: String| {
            Error::usage(format!("{path}: `{id}`: {message}")).hint("docs/packs.md lists the keys")
        };
        let mut asking = Vec::new();
        for row in &file.question {
            let verb = match row.verb.as_str() {
                "why" => Verb::Why,
                "effects" => Verb::Effects,
                "path" => Verb::Path,
                other => {
                    let message = format!("unknown verb `{other}`, wanted why, effects or path");
                    return Err(wrong(&row.id, message));
                }
            };
            let pattern = Regex::new(&row.pattern).map_err(|it| wrong(&row.id, it.to_string()))?;
            let id = format!("{}/questions/{}", pack.lang, row.id);
            let course = row.course;
            asking.push(Rule {
                id,
                verb,
                course,
                pattern,
            });
        }
        let months: Vec<&str> = file
            .words
            .months
            .iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let months = months.join("|");
        let dates = file.date.iter().map(|row| {
            let pattern = row.pattern.replace("{month}", &format!("(?:{months})"));
            Regex::new(&pattern).map_err(|it| wrong("date", it.to_string()))
        });
        Ok(Self {
            lang: pack.lang.clone(),
            scripts: pack.manifest.scripts.clone(),
            asking,
            dates: dates.collect::<Result<_>>()?,
            months: file.words.months,
        })
    }

    /// Returns the number of the month called `name`.
    fn month(&self, name: &str) -> Option<u32> {
        let name = name.to_lowercase();
        let at = self.months.iter().position(|it| it.contains(&name))?;
        u32::try_from(at + 1).ok()
    }
}

impl Rule {
    fn asked(&self, text: &str, found: &Captures) -> Asked {
        let group = |name: &str| found.name(name).map(|it| it.as_str().trim().to_owned());
        let event = group("to").or_else(|| group("event"));
        Asked {
            verb: Some(self.verb),
            event: event.unwrap_or_else(|| without(text, found)),
            begin: group("from"),
            course: self.course,
            rule: Some(self.id.clone()),
        }
    }
}

/// Returns `text` without what was found.
fn without(text: &str, found: &Captures) -> String {
    let whole = found.get_match();
    let before = text.get(..whole.start()).unwrap_or("").trim_end();
    let after = text.get(whole.end()..).unwrap_or("").trim_start();
    format!("{before} {after}").trim().to_owned()
}

/// Tells whether `c` is of the Unicode script called `script`, of those that a question's language can be told by.
fn is_script(c: char, script: &str) -> bool {
    let c = u32::from(c);
    let within = |ranges: &[(u32, u32)]| ranges.iter().any(|(a, b)| (*a..=*b).contains(&c));
    match script {
        "Latin" => within(&[(0x41, 0x5a), (0x61, 0x7a), (0xc0, 0x24f)]),
        "Hangul" => within(&[(0x1100, 0x11ff), (0x3130, 0x318f), (0xac00, 0xd7a3)]),
        "Hiragana" => within(&[(0x3041, 0x309f)]),
        "Katakana" => within(&[(0x30a0, 0x30ff)]),
        "Han" => within(&[(0x3400, 0x4dbf), (0x4e00, 0x9fff)]),
        "Cyrillic" => within(&[(0x400, 0x52f)]),
        "Greek" => within(&[(0x370, 0x3ff)]),
        "Arabic" => within(&[(0x600, 0x6ff)]),
        "Hebrew" => within(&[(0x590, 0x5ff)]),
        "Thai" => within(&[(0xe00, 0xe7f)]),
        "Devanagari" => within(&[(0x900, 0x97f)]),
        _ => false,
    }
}
