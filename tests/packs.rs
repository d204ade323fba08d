//! Every `accept` and `reject` of every rule file under `data/lang/` is one named test, as `ko/timex/last-day/accept/1`.
//!
//! Each sort of rule file has one function that returns its cases; a new sort is one function and one line in [`SORTS`].

use backstory::Result;
use backstory::lang::{Catalog, EventTypes, Pack, Packs};
use backstory::model::{Article, ArticleId, Field, Lang, Place, Published, Span, Timex};
use backstory::pipeline::Reader;
use backstory::syntax::SyntaxReader;
use backstory::text::{BoilerplateFile, Document, Sentence, SentenceKind, TextReader};
use backstory::time::TimeReader;
use libtest_mimic::{Arguments, Failed, Trial};
use regex::Regex;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, sync::Arc};

/// Returns the cases of one sort of rule file.
type Cases = fn(&Pack) -> Result<Vec<Trial>>;

/// The sorts of rule files.
const SORTS: &[Cases] = &[timex, boilerplate, syntax, causal];

/// Examples that fail today, kept so that a rule that is mended shows here.
const FAIL_TODAY: &[&str] = &[];

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for folder in folders() {
        let pack = Packs::read_folder(&folder)?;
        for sort in SORTS {
            trials.extend(sort(&pack)?);
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The folders of `data/lang/`, by name, without the template.
fn folders() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lang");
    let entries = fs::read_dir(data).expect("data/lang is part of the project");
    let mut folders: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    folders.retain(|it| {
        it.is_dir()
            && it
                .file_name()
                .is_some_and(|it| !it.to_string_lossy().starts_with('_'))
    });
    folders.sort();
    folders
}

/// The cases of `timex.toml`: an accepted text has the expression, read by that rule; in a rejected one the rule reads nothing.
fn timex(pack: &Pack) -> Result<Vec<Trial>> {
    let reader = Arc::new(TimeReader::new(pack)?);
    let mut trials = Vec::new();
    for row in &pack.timex.rule {
        let rule = format!("{}/timex/{}", pack.lang, row.id);
        for (idx, case) in row.accept.iter().cloned().enumerate() {
            let (reader, lang, rule) = (Arc::clone(&reader), pack.lang.clone(), rule.clone());
            let name = format!("{rule}/accept/{}", idx + 1);
            trials.push(Trial::test(name, move || {
                let found = read(&reader, &lang, &case.text, case.dct.as_deref());
                let Some((_, timex)) = found
                    .iter()
                    .find(|(text, it)| *text == case.timex && it.rule.as_str() == rule)
                else {
                    return Err(Failed::from(format!(
                        "wanted {:?}, found {}",
                        case.timex,
                        shown(&found)
                    )));
                };
                let edtf = timex.edtf.as_ref().map(ToString::to_string);
                if timex.value != case.value || (case.edtf.is_some() && edtf != case.edtf) {
                    return Err(format!(
                        "wanted {:?} {:?}, found {}",
                        case.value,
                        case.edtf,
                        shown(&found)
                    )
                    .into());
                }
                Ok(())
            }));
        }
        for (idx, text) in row.reject.iter().cloned().enumerate() {
            let (reader, lang, rule) = (Arc::clone(&reader), pack.lang.clone(), rule.clone());
            let name = format!("{rule}/reject/{}", idx + 1);
            trials.push(Trial::test(name, move || {
                let found = read(&reader, &lang, &text, Some("2025-07-16"));
                let wrong = found.iter().any(|(_, it)| it.rule.as_str() == rule);
                if wrong {
                    Err(format!("found {}", shown(&found)).into())
                } else {
                    Ok(())
                }
            }));
        }
        if row.accept.is_empty() || row.reject.is_empty() {
            let name = format!("{rule}/cases");
            trials.push(Trial::test(name, || {
                Err("a rule needs at least one accept and one reject".into())
            }));
        }
    }
    Ok(trials)
}

/// The cases of `boilerplate.toml`: an accepted line is no news by that rule, a rejected one is not told by it.
fn boilerplate(pack: &Pack) -> Result<Vec<Trial>> {
    let file: BoilerplateFile = pack.rows("boilerplate.toml")?;
    let mut trials = Vec::new();
    for row in file.line {
        let pattern = Regex::new(&row.pattern).expect("the pack reader has checked the pattern");
        let examples = Examples {
            id: row.id,
            accept: row.accept,
            reject: row.reject,
        };
        let rule = format!("{}/boilerplate/{}", pack.lang, examples.id);
        let matches = move |line: &str| Found {
            holds: pattern.is_match(line),
            shown: pattern.as_str().to_owned(),
        };
        trials.extend(examples.trials(&rule, matches));
    }
    Ok(trials)
}

/// The cases of the frames of `syntax.toml`: an accepted sentence has the frame, a rejected one has not.
fn syntax(pack: &Pack) -> Result<Vec<Trial>> {
    #[derive(Default, Deserialize)]
    struct Frames {
        #[serde(default)]
        frame: Vec<Examples>,
    }
    let file: Frames = pack.rows("syntax.toml")?;
    if file.frame.is_empty() {
        return Ok(Vec::new());
    }
    let text = TextReader::new(pack, &Catalog::embedded()?)?;
    let syntax = SyntaxReader::new(pack, FxHashSet::default())?;
    let readers = Arc::new((text, syntax));
    let mut trials = Vec::new();
    for examples in file.frame {
        let (readers, lang, id) = (Arc::clone(&readers), pack.lang.clone(), examples.id.clone());
        let matches = move |sentence: &str| {
            let (text, syntax) = &*readers;
            let article = article(&lang, sentence, None);
            let document = text.read(&article, &|it| syntax.corrected(it));
            let found = document
                .sentences
                .iter()
                .flat_map(|it| syntax.frames_in(it));
            let found: Vec<&str> = found.collect();
            let tokens = document.sentences.iter().flat_map(|it| &it.tokens);
            let tokens: Vec<String> = tokens
                .map(|it| format!("{}/{}", it.form, it.tag.as_str()))
                .collect();
            Found {
                holds: found.contains(&id.as_str()),
                shown: format!("[{}] in {}", found.join(", "), tokens.join(" ")),
            }
        };
        let rule = format!("{}/syntax/{}", pack.lang, examples.id);
        trials.extend(examples.trials(&rule, matches));
    }
    Ok(trials)
}

/// The cases of `causal.toml`: the whole line makes a link by that rule of an accepted text, and none of a rejected one.
fn causal(pack: &Pack) -> Result<Vec<Trial>> {
    /// The rows by sort.
    type Rows = BTreeMap<String, Vec<Examples>>;
    let file: Rows = pack.rows("causal.toml")?;
    let mut packs = Packs::embedded()?;
    packs.add(pack.clone());
    let reader = Reader::new(&packs, &Catalog::embedded()?, &EventTypes::embedded()?)?;
    let reader = Arc::new(reader);
    let mut trials = Vec::new();
    for examples in file.into_values().flatten() {
        let (reader, lang) = (Arc::clone(&reader), pack.lang.clone());
        let link = format!("{lang}/link/{}", examples.id);
        let matches = move |text: &str| {
            let (reading, _) = reader.read(article(&lang, text, Some("2025-07-16")));
            let events: Vec<String> = reading
                .events
                .iter()
                .map(|it| {
                    let place = it.main_mention().evidence.place;
                    format!(
                        "{} {}",
                        it.event_type,
                        reading.article.slice(place.field, place.span)
                    )
                })
                .collect();
            let links: Vec<&str> = reading.links.iter().map(|it| it.rule.as_str()).collect();
            Found {
                holds: links.contains(&link.as_str()),
                shown: format!(
                    "links [{}], events [{}]",
                    links.join(", "),
                    events.join(", ")
                ),
            }
        };
        let rule = format!("{}/causal/{}", pack.lang, examples.id);
        trials.extend(examples.trials(&rule, matches));
    }
    Ok(trials)
}

/// What every rule row has.
#[derive(Deserialize)]
struct Examples {
    id: String,
    #[serde(default)]
    accept: Vec<String>,
    #[serde(default)]
    reject: Vec<String>,
}

/// Whether a rule holds in a text, and what was found there.
struct Found {
    holds: bool,
    shown: String,
}

impl Examples {
    /// Returns one test for every example; `matches` tells whether the rule called `rule` holds in a text.
    fn trials(
        self,
        rule: &str,
        matches: impl Fn(&str) -> Found + Send + Sync + 'static,
    ) -> Vec<Trial> {
        let matches = Arc::new(matches);
        let sorts = [
            ("accept", true, self.accept),
            ("reject", false, self.reject),
        ];
        let mut trials = Vec::new();
        for (sort, wanted, texts) in sorts {
            for (idx, text) in texts.into_iter().enumerate() {
                let matches = Arc::clone(&matches);
                let name = format!("{rule}/{sort}/{}", idx + 1);
                let fails_today = FAIL_TODAY.contains(&name.as_str());
                trials.push(Trial::test(name, move || {
                    let found = matches(&text);
                    let right = found.holds == wanted;
                    if right && fails_today {
                        return Err("it holds now: take it out of FAIL_TODAY".into());
                    }
                    if right || fails_today {
                        return Ok(());
                    }
                    Err(format!("{sort} {text:?}: found {}", found.shown).into())
                }));
            }
        }
        trials
    }
}

fn article(lang: &Lang, text: &str, published: Option<&str>) -> Article {
    Article {
        id: ArticleId::new("case"),
        title: None,
        text: text.to_owned(),
        lang: lang.clone(),
        published: published.and_then(Published::parse),
        source: None,
        url: None,
    }
}

/// Reads `text`, whose sentences stand on lines of their own.
fn read(reader: &TimeReader, lang: &Lang, text: &str, dct: Option<&str>) -> Vec<(String, Timex)> {
    let article = article(lang, text, dct);
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
    let document = Document {
        article: &article,
        sentences,
    };
    let (timexes, _) = reader.read(&document);
    timexes
        .into_iter()
        .map(|it| (it.place.span.slice(text).to_owned(), it))
        .collect()
}

fn shown(found: &[(String, Timex)]) -> String {
    let each = found.iter().map(|(text, it)| {
        let edtf = it
            .edtf
            .as_ref()
            .map_or_else(String::new, |it| format!(" = {it}"));
        format!("{text:?} {}{edtf} by {}", it.value, it.rule)
    });
    let all = each.collect::<Vec<_>>().join("; ");
    if all.is_empty() {
        "nothing".to_owned()
    } else {
        all
    }
}
