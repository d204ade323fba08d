//! What every verb needs before it can read: the packs, the known entities, the event types; and the story it works on.

use super::{
    Context,
    args::{Global, StoryArgs},
    place, report,
};
use crate::{
    Error, Result, answer,
    derive::Rules,
    lang::{Catalog, EventTypes, Packs},
    model::{Article, Derived, Diagnostic, Lang, Reading, Story},
    pipeline::Reader,
    read::{self, Input},
    resolve,
    store::Access,
};
use rayon::{ThreadPoolBuilder, prelude::*};
use std::{collections::BTreeMap, path::PathBuf};

/// The data that reading and answering work with.
pub struct Engine {
    /// One pack a language.
    pub packs: Packs,
    /// Known entities.
    pub catalog: Catalog,
    /// The ontology of events.
    pub types: EventTypes,
    /// What follows from events.
    pub rules: Rules,
}

/// An input, read.
pub struct Read {
    /// The file, with the line for JSON lines.
    pub name: String,
    /// What it tells.
    pub reading: Reading,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// A story to answer from.
pub struct Loaded {
    /// The story, with what holds across its articles.
    pub story: Story,
    /// Inputs that could not be read.
    pub failed: usize,
    /// Whether what holds across the articles is not in the store, because adding was cut short.
    pub unfinished: bool,
}

impl Engine {
    /// Returns the data that travels inside the program, with what the flags add.
    pub fn load(global: &Global) -> Result<Self> {
        if let Some(jobs) = global.jobs {
            let pool = ThreadPoolBuilder::new().num_threads(jobs.get());
            pool.build_global()
                .map_err(|it| Error::store("no threads could be started").because(it))?;
        }
        let (packs, catalog) = rayon::join(Packs::embedded, Catalog::embedded);
        let (mut packs, mut catalog) = (packs?, catalog?);
        for folder in &global.packs {
            packs.add(Packs::read_folder(folder)?);
        }
        for path in &global.entities {
            let text = std::fs::read_to_string(path).map_err(|it| Error::io(path, it))?;
            catalog.extend(Catalog::parse(&path.display().to_string(), &text)?);
        }
        if let Some(lang) = global.given_lang() {
            packs.get(&lang)?;
        }
        let types = EventTypes::embedded()?;
        let mut rules = Rules::embedded(&types);
        for folder in &global.rules {
            rules.add_folder(folder)?;
        }
        Ok(Self {
            packs,
            catalog,
            types,
            rules,
        })
    }

    /// Returns the reader of articles; loading its dictionaries takes a moment.
    pub fn reader(&self) -> Result<Reader> {
        let reader = Reader::new(&self.packs, &self.catalog, &self.types)?;
        Ok(reader.with_rules(self.rules.clone()))
    }

    /// Computes what holds across the articles of `story`, replacing what was derived before.
    ///
    /// # Errors
    ///
    /// If a rule cannot be run.
    pub fn derive(&self, story: &mut Story) -> Result<()> {
        let (merges, mut links) = resolve::across(story, &self.types);
        story.derived = Derived {
            merges,
            links: Vec::new(),
        };
        links.extend(self.rules.across(story)?);
        links.sort();
        story.derived.links = links;
        Ok(())
    }
}

impl Context {
    /// Returns the inputs that could be read, in order, and how many could not; those are told on standard error.
    pub fn articles(&self, inputs: Vec<Input>) -> (Vec<(String, Article)>, usize) {
        let mut articles = Vec::new();
        let mut failed = 0;
        for input in inputs {
            match input.article {
                Ok(article) => articles.push((input.name, article)),
                Err(error) => {
                    failed += 1;
                    self.console.failed_input(&error, self.json);
                }
            }
        }
        (articles, failed)
    }

    /// Returns the inputs at `paths`, read from files with what the flags assume of them.
    pub fn inputs(&self, paths: &[PathBuf], options: &read::Options) -> Vec<Input> {
        read::read_paths(paths, options, &self.engine.packs)
    }

    /// Returns the story that `args` name: made from the files of `--in`, or from the store.
    pub fn story(&self, args: &StoryArgs) -> Result<Loaded> {
        let mut loaded = if args.inputs.is_empty() {
            self.story_of(&place::open(&self.global, Access::Read)?)?
        } else {
            self.story_of_files(args)?
        };
        if let Some(published) = &args.as_of {
            loaded.story = answer::as_of(&loaded.story, published.day);
        }
        Ok(loaded)
    }

    fn story_of_files(&self, args: &StoryArgs) -> Result<Loaded> {
        let options = read::Options {
            published: args.published.clone(),
            lang: self.global.given_lang(),
            ..read::Options::default()
        };
        let (articles, failed) = self.articles(self.inputs(&args.inputs, &options));
        if articles.is_empty() {
            return Err(Error::input("none of the inputs of --in could be read")
                .hint("a question goes before --in: backstory why QUESTION --in PATH"));
        }
        let mut story = Story::default();
        let mut undatable = 0;
        let reader = self.engine.reader()?;
        let reads = read_all(&reader, articles, Reader::read)?;
        // Giving the memory of a dictionary back takes a while; nobody waits for it.
        rayon::spawn(move || drop(reader));
        for read in reads {
            undatable += report::undatable(&read.reading);
            story.insert(read.reading);
        }
        if undatable != 0 {
            let dates = report::count(undatable, "relative date");
            self.console.note(&format!("note: articles without a publication date have {dates} that cannot be resolved; pass --published 2025-07-16"));
        }
        self.engine.derive(&mut story)?;
        Ok(Loaded {
            story,
            failed,
            unfinished: false,
        })
    }
}

/// How one article is read: with or without background events.
pub type ReadOne = fn(&Reader, Article) -> (Reading, Vec<Diagnostic>);

/// Reads `articles` on every core; the results keep their order.
///
/// # Errors
///
/// If a rule file of one of their languages is wrong.
pub fn read_all(
    reader: &Reader,
    articles: Vec<(String, Article)>,
    read: ReadOne,
) -> Result<Vec<Read>> {
    let mut by_lang: BTreeMap<Lang, Vec<(usize, String, Article)>> = BTreeMap::new();
    for (place, (name, article)) in articles.into_iter().enumerate() {
        let same = by_lang.entry(article.lang.clone()).or_default();
        same.push((place, name, article));
    }
    // The articles of one language are read while another is still made ready.
    let groups = by_lang.into_par_iter().map(|(lang, articles)| {
        reader.prepare(&lang).map_err(Error::usage)?;
        let reads = articles.into_par_iter().map(|(place, name, article)| {
            let (reading, diagnostics) = read(reader, article);
            let read = Read {
                name,
                reading,
                diagnostics,
            };
            (place, read)
        });
        Ok(reads.collect::<Vec<_>>())
    });
    let groups: Vec<Vec<(usize, Read)>> = groups.collect::<Result<_>>()?;
    let mut reads: Vec<(usize, Read)> = groups.into_iter().flatten().collect();
    reads.sort_by_key(|it| it.0);
    Ok(reads.into_iter().map(|it| it.1).collect())
}
