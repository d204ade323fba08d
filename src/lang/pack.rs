//! A pack: one language's folder, read and checked.

use super::{parse_toml, timex::TimexFile};
use crate::{Error, Result, model::Lang};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/lang");

/// How sentences are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grammar {
    /// Predicates end their clause, particles follow nouns, endings join clauses (Korean, Japanese).
    HeadFinal,
    /// Predicates stand between subject and object, prepositions precede nouns (English).
    HeadInitial,
}

/// What cuts a sentence into tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Segmenter {
    /// Morphemes by vibrato with the dictionary `data/dict/<lang>/`.
    Dictionary,
    /// Words by spaces and punctuation, tagged from the pack's `lexicon`.
    Words,
}

/// `pack.toml`: what the language is and how its text is cut.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackManifest {
    /// The language's own name.
    pub name: String,
    /// Unicode script names whose share decides the language, as `Hangul`.
    pub scripts: Vec<String>,
    /// Its commonest words in small letters: a text in its script that has hardly any of them is in another language.
    #[serde(default)]
    pub common: Vec<String>,
    /// How sentences are built.
    pub grammar: Grammar,
    /// What cuts a sentence into tokens.
    pub segmenter: Segmenter,
    /// Characters that end a sentence.
    pub sentence_end: String,
    /// Words whose full stop does not end a sentence.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Opening and closing quotation marks, as `“”`.
    pub quotes: Vec<String>,
}

/// One language's rules.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The language.
    pub lang: Lang,
    /// What the language is.
    pub manifest: PackManifest,
    /// Time expressions.
    pub timex: TimexFile,
    /// Where it was read from, as messages say it.
    path: String,
    files: BTreeMap<String, String>,
}

impl Pack {
    /// Returns the content of the pack's file `name`, or an empty text if it has none.
    pub fn file(&self, name: &str) -> &str {
        self.files.get(name).map_or("", String::as_str)
    }

    /// Returns the rows of the pack's file `name`; a file that is not there has the default rows.
    pub fn rows<T: serde::de::DeserializeOwned + Default>(&self, name: &str) -> Result<T> {
        match self.files.get(name) {
            None => Ok(T::default()),
            Some(text) => parse_toml(&self.shown(name), text),
        }
    }

    /// Returns the path of the pack's file `name` for messages, as `data/lang/ko/timex.toml`.
    pub fn shown(&self, name: &str) -> String {
        format!("{}/{name}", self.path)
    }

    /// Returns the names and contents of the rule files, by name.
    pub(super) fn rule_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_rules = |it: &str| Path::new(it).extension().is_some_and(|it| it == "toml");
        let files = self.files.iter().filter(move |it| is_rules(it.0));
        files.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    fn from_files(lang: &str, path: &str, files: BTreeMap<String, String>) -> Result<Self> {
        let shown = |name: &str| format!("{path}/{name}");
        let need = |name: &str| {
            files.get(name).ok_or_else(|| {
                Error::usage(format!("{}: missing", shown(name)))
                    .hint("copy it from data/lang/_template and fill it")
            })
        };
        Ok(Self {
            lang: Lang::new(lang),
            manifest: parse_toml(&shown("pack.toml"), need("pack.toml")?)?,
            timex: parse_toml(&shown("timex.toml"), need("timex.toml")?)?,
            path: path.to_owned(),
            files,
        })
    }
}

/// Every language that can be read.
#[derive(Clone, Debug)]
pub struct Packs {
    packs: Vec<Pack>,
}

impl Packs {
    /// Returns the packs that travel inside the program.
    ///
    /// # Errors
    ///
    /// If a rule file is wrong; tests keep that from happening in a release.
    pub fn embedded() -> Result<Self> {
        let mut packs = Vec::new();
        for dir in EMBEDDED.dirs() {
            let lang = dir
                .path()
                .file_name()
                .and_then(|it| it.to_str())
                .unwrap_or("");
            if lang.starts_with('_') {
                continue;
            }
            let mut files = BTreeMap::new();
            for file in dir.files() {
                let name = file.path().file_name().and_then(|it| it.to_str());
                if let (Some(name), Some(text)) = (name, file.contents_utf8()) {
                    files.insert(name.to_owned(), text.to_owned());
                }
            }
            packs.push(Pack::from_files(lang, &format!("data/lang/{lang}"), files)?);
        }
        packs.sort_by(|a, b| a.lang.cmp(&b.lang));
        Ok(Self { packs })
    }

    /// Returns the pack in the folder `dir`, whose name is its language tag.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or a rule file is wrong.
    pub fn read_folder(dir: &Path) -> Result<Pack> {
        let lang = dir.file_name().and_then(|it| it.to_str()).unwrap_or("");
        if dir.is_dir() && !dir.join("pack.toml").exists() {
            let message = format!("{} is no language pack: it has no pack.toml", dir.display());
            return Err(Error::usage(message).hint(
                "name a folder such as data/lang/ko; data/lang/_template shows what one has",
            ));
        }
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(dir).map_err(|it| Error::io(dir, it))? {
            let path = entry.map_err(|it| Error::io(dir, it))?.path();
            if path.is_file() {
                let text = fs::read_to_string(&path).map_err(|it| Error::io(&path, it))?;
                let name = path.file_name().and_then(|it| it.to_str()).unwrap_or("");
                files.insert(name.to_owned(), text);
            }
        }
        Pack::from_files(lang, &dir.display().to_string(), files)
    }

    /// Adds a pack, replacing that of the same language.
    pub fn add(&mut self, pack: Pack) {
        self.packs.retain(|it| it.lang != pack.lang);
        self.packs.push(pack);
        self.packs.sort_by(|a, b| a.lang.cmp(&b.lang));
    }

    /// Returns the pack of `lang`.
    ///
    /// # Errors
    ///
    /// If there is none; the message lists those there are.
    pub fn get(&self, lang: &Lang) -> Result<&Pack> {
        self.packs
            .iter()
            .find(|it| it.lang == *lang)
            .ok_or_else(|| {
                let known: Vec<&str> = self.packs.iter().map(|it| it.lang.as_str()).collect();
                Error::usage(format!("unknown language `{lang}`"))
                    .hint(format!("known: {}", known.join(", ")))
            })
    }

    /// Returns every pack, by tag.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter()
    }
}
