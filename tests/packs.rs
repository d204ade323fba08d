//! Every `accept` and `reject` of every rule file under `data/lang/` is one named test, as `ko/timex/last-day/accept/1`.
//!
//! Each sort of rule file has one function that returns its cases; a new sort is one function and one line in [`SORTS`].

use backstory::Result;
use backstory::lang::{Pack, Packs};
use backstory::model::{Article, ArticleId, Field, Lang, Place, Published, Span, Timex};
use backstory::text::{Document, Sentence, SentenceKind};
use backstory::time::TimeReader;
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::{fs, sync::Arc};

/// Returns the cases of one sort of rule file.
type Cases = fn(&Pack) -> Result<Vec<Trial>>;

/// The sorts of rule files.
const SORTS: &[Cases] = &[timex];

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

/// Reads `text`, whose sentences stand on lines of their own.
fn read(reader: &TimeReader, lang: &Lang, text: &str, dct: Option<&str>) -> Vec<(String, Timex)> {
    let article = Article {
        id: ArticleId::new("case"),
        title: None,
        text: text.to_owned(),
        lang: lang.clone(),
        published: dct.and_then(Published::parse),
        source: None,
        url: None,
    };
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
